//! The register's rows of one table beside what the files bring: what is new, what changed, what
//! is no longer there.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;
use xunan_core::register::{Table, Versions};

use super::table::Row;

/// A row to be written: the store gives it its revision and its moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    /// Which table.
    pub table: Table,
    /// The row's id as text.
    pub id: String,
    /// Its content.
    pub fields: Value,
    /// Ends the row; its content stays for what refers to it.
    pub retired: bool,
}

/// What an import does to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 新
    New,
    /// 改
    Changed,
    /// 停用
    Retired,
    /// 没了: in the register and not in the files; kept.
    Missing,
}

/// One row that changes, or that the files no longer have.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    pub(crate) table: Table,
    pub(crate) id: String,
    pub(crate) action: Action,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl Difference {
    /// The row that makes it so; what is only missing is left alone.
    pub(crate) fn draft(&self) -> Option<Draft> {
        let fields = match self.action {
            Action::New | Action::Changed => self.after.clone()?,
            Action::Retired => self.before.clone()?,
            Action::Missing => return None,
        };
        Some(Draft {
            table: self.table,
            id: self.id.clone(),
            fields,
            retired: self.action == Action::Retired,
        })
    }
}

#[derive(Debug)]
struct Held<T> {
    value: T,
    retired: bool,
}

#[derive(Debug)]
struct Brought<T> {
    value: T,
    place: String,
}

/// One table's rows: held by the register, and brought by the files in their order.
#[derive(Debug)]
pub(crate) struct Ledger<I, T> {
    table: Table,
    held: BTreeMap<I, Held<T>>,
    brought: BTreeMap<I, Brought<T>>,
    order: Vec<I>,
}

impl<I: Clone + Ord + Display, T: Clone + PartialEq + Serialize> Ledger<I, T> {
    pub(crate) fn new<'r>(table: Table, rows: impl Iterator<Item = (I, &'r Versions<T>)>) -> Self
    where
        T: 'r,
    {
        let held = rows.filter_map(|(id, versions)| {
            let newest = versions.newest()?;
            let held = Held {
                value: newest.value.clone(),
                retired: newest.to.is_some(),
            };
            Some((id, held))
        });
        Self {
            table,
            held: held.collect(),
            brought: BTreeMap::new(),
            order: Vec::new(),
        }
    }

    /// The ids by a key, those in force before retired ones: a key that comes back gets its row.
    pub(crate) fn by_key<K: Ord>(&self, key: impl Fn(&T) -> K) -> BTreeMap<K, I> {
        let mut ids = BTreeMap::new();
        for wanted in [false, true] {
            for (id, held) in self.held.iter().filter(|(_, held)| held.retired == wanted) {
                ids.entry(key(&held.value)).or_insert_with(|| id.clone());
            }
        }
        ids
    }
    /// The rows of the register that are in force.
    pub(crate) fn in_force(&self) -> impl Iterator<Item = (&I, &T)> {
        self.held
            .iter()
            .filter(|(_, held)| !held.retired)
            .map(|(id, held)| (id, &held.value))
    }
    /// What the register says, retired or not.
    pub(crate) fn held(&self, id: &I) -> Option<&T> {
        self.held.get(id).map(|held| &held.value)
    }
    /// What the import leaves in force, as far as it is known: what the files say, else the register.
    pub(crate) fn current(&self, id: &I) -> Option<&T> {
        let brought = self.brought.get(id).map(|brought| &brought.value);
        brought.or_else(|| self.held(id))
    }
    /// What the files say.
    pub(crate) fn brought(&self) -> impl Iterator<Item = (&I, &T)> {
        self.order
            .iter()
            .filter_map(|id| Some((id, &self.brought.get(id)?.value)))
    }
    pub(crate) fn is_in_force(&self, id: &I) -> bool {
        self.held.get(id).is_some_and(|held| !held.retired)
    }
    pub(crate) fn is_brought(&self, id: &I) -> bool {
        self.brought.contains_key(id)
    }

    /// Takes a row's content; the same twice is once. Other content for the same row is refused
    /// with the place of the first.
    pub(crate) fn bring(&mut self, id: I, value: T, row: Row<'_>) -> Result<(), String> {
        match self.brought.get(&id) {
            Some(first) if first.value == value => Ok(()),
            Some(first) => Err(first.place.clone()),
            None => {
                let place = row.place();
                self.order.push(id.clone());
                self.brought.insert(id, Brought { value, place });
                Ok(())
            }
        }
    }

    /// Everything that is new or differs, in the files' order, then what `scope` covers and the
    /// files don't have.
    pub(crate) fn differences(
        &self,
        retire: bool,
        scope: impl Fn(&I, &T) -> bool,
    ) -> Vec<Difference> {
        let difference = |id: &I, action, before: Option<&T>, after: Option<&T>| Difference {
            table: self.table,
            id: id.to_string(),
            action,
            before: before.and_then(json),
            after: after.and_then(json),
        };
        let brought = self.brought().filter_map(|(id, value)| {
            Some(match self.held.get(id) {
                Some(held) if held.retired => difference(id, Action::New, None, Some(value)),
                Some(held) if held.value == *value => return None,
                Some(held) => difference(id, Action::Changed, Some(&held.value), Some(value)),
                None => difference(id, Action::New, None, Some(value)),
            })
        });
        let action = if retire {
            Action::Retired
        } else {
            Action::Missing
        };
        let missing = self
            .in_force()
            .filter(|(id, value)| !self.is_brought(id) && scope(id, value))
            .map(|(id, value)| difference(id, action, Some(value), None));
        brought.chain(missing).collect()
    }
}

/// The register's types hold nothing that JSON can't.
fn json<T: Serialize>(value: &T) -> Option<Value> {
    serde_json::to_value(value).ok()
}
