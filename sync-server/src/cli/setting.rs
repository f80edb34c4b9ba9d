//! `setting`: what the organisation may choose; each is a row of the register.

use clap::Args;
use serde_json::{Value, json};
use xunan_core::register::{Settings, Table};
use xunan_core::timestamp::Date;

use super::{CliError, DataDir, say};
use crate::clock::Clock;
use crate::store::NewRow;
use crate::zone::zone;

/// List the organisation's settings, show one, or set one
#[derive(Debug, Args)]
pub(super) struct Setting {
    #[command(flatten)]
    data: DataDir,
    /// The setting
    name: Option<String>,
    /// Its new value
    value: Option<String>,
}

impl Setting {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let rows = store.read(|ask| ask.rows())?;
        let held = fields(xunan_core::register::Register::new(&rows, None).settings());
        let defaults = fields(&Settings::default());
        let known = |name: &str| {
            let default = defaults.get(name);
            default.ok_or_else(|| CliError::SettingUnknown(name.to_owned()))
        };
        match (self.name, self.value) {
            (None, _) => {
                for (name, value) in &held {
                    let default = shown(name, known(name)?);
                    say(format_args!(
                        "{name} {} (default {default})",
                        shown(name, value)
                    ))?;
                }
            }
            (Some(name), None) => {
                known(&name)?;
                say(shown(&name, held.get(&name).unwrap_or(&Value::Null)))?;
            }
            (Some(name), Some(text)) => {
                let value = parse(&name, &text, known(&name)?)?;
                let now = clock.now();
                store.write(|edit| {
                    let row = NewRow {
                        table: Table::Setting,
                        id: name.clone(),
                        valid_to: None,
                        fields: json!({ "value": value }),
                    };
                    edit.append_rows(&[row], now)?;
                    edit.note_act("setting", &name, now)
                })?;
            }
        }
        Ok(())
    }
}

fn fields(settings: &Settings) -> serde_json::Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
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
fn parse(name: &str, text: &str, default: &Value) -> Result<Value, CliError> {
    let wrong = |form| CliError::SettingValue {
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
                matches!(outcome, Err(CliError::SettingValue { .. })),
                "{name} {text}"
            );
        }
    }
}
