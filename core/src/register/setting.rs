//! The organisation's settings, with their defaults.

use serde::{Deserialize, Serialize};

use crate::timestamp::{Date, Zone};

/// What the organisation may choose. Each setting is a row of the register named like its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Time zone of days, months and deadlines.
    pub zone: Zone,
    /// The day from which targets are counted.
    pub counted_from: Option<Date>,
    /// Days for a re-check after the report of rectification or the deadline.
    pub recheck_days: u32,
    /// An extension is asked at most so many days before the deadline.
    pub extension_days: u32,
    /// Days to answer a request for extension.
    pub extension_answer_days: u32,
    /// A reminder comes so many days before the deadline.
    pub reminder_days: u32,
    /// A finding is to be ordered within so many days of its report.
    pub not_ordered_days: u32,
    /// So many days over the deadline it goes to the main leader.
    pub escalate_days: u32,
    /// A major finding is to be handled in person within so many days.
    pub major_days: u32,
    /// Targets against 国办发〔2024〕54号 give points all the same.
    pub unlawful_targets_allowed: bool,
    /// Grades: the lowest totals of 优秀, 良好, 合格.
    pub grades: [u32; 3],
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            zone: Zone::default(),
            counted_from: None,
            recheck_days: 10,
            extension_days: 10,
            extension_answer_days: 5,
            reminder_days: 3,
            not_ordered_days: 2,
            escalate_days: 7,
            major_days: 1,
            unlawful_targets_allowed: false,
            grades: [90, 80, 60],
        }
    }
}

impl Settings {
    /// From the rows of table `setting`: (name, `fields.value`). What isn't understood keeps its
    /// default.
    #[must_use]
    pub fn from_rows<'a>(rows: impl Iterator<Item = (&'a str, &'a serde_json::Value)>) -> Self {
        let mut settings = Self::default();
        for (name, value) in rows {
            // One at a time, so that a newer relay's value of one doesn't lose the others.
            let Ok(serde_json::Value::Object(mut all)) = serde_json::to_value(&settings) else {
                continue;
            };
            if all.insert(name.to_owned(), value.clone()).is_some()
                && let Ok(changed) = serde_json::from_value(serde_json::Value::Object(all))
            {
                settings = changed;
            }
        }
        settings
    }
}
