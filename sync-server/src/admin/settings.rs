//! What the organisation may choose; each setting is a row of the register.

use serde_json::{Map, Value, json};
use xunan_core::code::Code;
use xunan_core::register::{Register, Settings, Table};
use xunan_core::timestamp::Date;
use xunan_core::wire::admin::SettingLine;

use super::Acting;
use crate::store::{NewRow, StoreError, Writing};
use crate::zone::{ZoneUnknown, zone};

/// A setting that can't be set so.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// No such setting.
    #[error("no setting is called {0:?}; `xunan-relay setting --data DIR` lists them")]
    Unknown(String),
    /// A value that it can't have.
    #[error("{name} can't be {value:?}; {form}")]
    Value {
        /// The setting.
        name: String,
        /// As given.
        value: String,
        /// What it can be.
        form: &'static str,
    },
    /// No such zone.
    #[error(transparent)]
    Zone(#[from] ZoneUnknown),
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SettingError {
    pub(crate) const fn code(&self) -> Code {
        match self {
            Self::Unknown(_) => Code::SettingUnknown,
            Self::Value { .. } | Self::Zone(_) => Code::SettingValue,
            Self::Store(error) => error.code(),
        }
    }
}

/// All settings, as they hold.
pub(crate) fn lines(register: &Register) -> Vec<SettingLine> {
    let held = fields(register.settings());
    let defaults = fields(&Settings::default());
    let line = |(name, value): (&String, &Value)| SettingLine {
        value: shown(name, value),
        default: shown(name, defaults.get(name).unwrap_or(&Value::Null)),
        name: name.clone(),
    };
    held.iter().map(line).collect()
}

/// Sets one, from what somebody wrote.
pub(crate) fn set(
    edit: &Writing<'_>,
    name: &str,
    text: &str,
    acting: Acting,
) -> Result<(), SettingError> {
    let defaults = fields(&Settings::default());
    let default = defaults
        .get(name)
        .ok_or_else(|| SettingError::Unknown(name.to_owned()))?;
    let row = NewRow {
        table: Table::Setting,
        id: name.to_owned(),
        valid_to: None,
        fields: json!({ "value": parse(name, text, default)? }),
    };
    edit.append_rows(&[row], acting.now)?;
    edit.note_act("setting", name, acting.by, acting.now)?;
    Ok(())
}

fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// As people write it.
fn shown(name: &str, value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            all.join(",")
        }
        Value::Object(zone) if name == "zone" => {
            let name = zone.get("name").and_then(Value::as_str);
            name.unwrap_or_default().to_owned()
        }
        other => other.to_string(),
    }
}

/// What somebody wrote, in the form that the setting's default has.
fn parse(name: &str, text: &str, default: &Value) -> Result<Value, SettingError> {
    let wrong = |form| SettingError::Value {
        name: name.to_owned(),
        value: text.to_owned(),
        form,
    };
    match (name, default) {
        ("zone", _) => Ok(json!(zone(text)?)),
        ("counted_from", _) if text == "none" => Ok(Value::Null),
        ("counted_from", _) => {
            let day: Date = text
                .parse()
                .map_err(|_| wrong("a day: 2026-12-01, or none"))?;
            Ok(json!(day))
        }
        (_, Value::Bool(_)) => match text {
            "yes" => Ok(json!(true)),
            "no" => Ok(json!(false)),
            _ => Err(wrong("yes or no")),
        },
        (_, Value::Array(_)) => {
            let form = "three falling numbers: 90,80,60";
            let parts: Result<Vec<u32>, _> = text.split(',').map(|n| n.trim().parse()).collect();
            match parts.map_err(|_| wrong(form))?[..] {
                [a, b, c] if a > b && b > c => Ok(json!([a, b, c])),
                _ => Err(wrong(form)),
            }
        }
        _ => {
            let number: u32 = text.parse().map_err(|_| wrong("a whole number"))?;
            Ok(json!(number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_reads_back_what_it_shows() {
        for (name, value) in fields(&Settings::default()) {
            let text = shown(&name, &value);
            let read = parse(&name, &text, &value).unwrap();
            assert_eq!(shown(&name, &read), text, "{name}");
        }
    }

    #[test]
    fn what_a_setting_cannot_be_is_said() {
        for (name, text) in [
            ("recheck_days", "ten"),
            ("grades", "90,95,60"),
            ("counted_from", "soon"),
            ("unlawful_targets_allowed", "1"),
        ] {
            let defaults = fields(&Settings::default());
            let outcome = parse(name, text, &defaults[name]);
            assert!(
                matches!(outcome, Err(SettingError::Value { .. })),
                "{name} {text}"
            );
        }
    }
}
