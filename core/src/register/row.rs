//! A row as it is stored and sent: table, id, revision, validity, and its fields as JSON.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// Which rows these are; decides the shape of `fields`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// [`super::Unit`]
    Unit,
    /// [`super::Person`]
    Person,
    /// [`super::Post`]
    Post,
    /// [`super::Device`]
    Device,
    /// [`super::Checklist`], by its short code (`k3`)
    Checklist,
    /// [`super::Letter`]
    Letter,
    /// [`super::Target`]
    Target,
    /// [`super::PlannedVisit`]
    Plan,
    /// One setting, by its name: `{"value": …}`
    Setting,
}

/// One version of a row. A later revision of the same `(table, id)` ends the earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Which table.
    pub table: Table,
    /// The row's id as text: a UUID, a checklist's code, or a setting's name.
    pub id: String,
    /// The relay's order: one number for all tables, ascending.
    pub revision: u64,
    /// When this version was written at the relay. The first version of an id counts as valid from
    /// always.
    pub valid_from: Timestamp,
    /// Set when the row was retired: it is kept for what refers to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
    /// The row's content.
    pub fields: serde_json::Value,
}
