//! What is wrong with a change, and the one gate through which every rule refuses.

use crate::code::Code;

/// A change that isn't admitted, or a batch that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} (rule {rule}){}", key.as_ref().map(|key| format!(" at {key}")).unwrap_or_default())]
pub struct Invalid {
    /// What is wrong.
    pub code: Code,
    /// The rule that refuses, 1–11; 0 for a batch.
    pub rule: u8,
    /// The key that it is about.
    pub key: Option<String>,
}

impl Invalid {
    pub(crate) const fn new(code: Code) -> Self {
        Self {
            code,
            rule: rule_of(code),
            key: None,
        }
    }
    pub(crate) fn at(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }
}

const fn rule_of(code: Code) -> u8 {
    match code {
        Code::ChangeBytes => 1,
        Code::ChangeHeader => 2,
        Code::ChangeColumns => 3,
        Code::ChangeOps => 4,
        Code::ChangeValue => 5,
        Code::ChangeEncoding => 6,
        Code::ChangeLimit | Code::ChangeHeld => 7,
        Code::ChangeDeps => 8,
        Code::ChangeSequence | Code::ChangeFork => 9,
        Code::ChangeKeys | Code::ChangeEvent | Code::ChangeTailTaken => 10,
        Code::ChangePreds => 11,
        _ => 0,
    }
}

/// Refuses with `code` unless `holds`. Rules say nothing in any other way, so that a test can plant
/// a hole in one of them (`hole::planted`) and show what would get in.
pub(crate) fn require(holds: bool, code: Code) -> Result<(), Invalid> {
    if holds || hole::is_in(rule_of(code)) {
        Ok(())
    } else {
        Err(Invalid::new(code))
    }
}

#[cfg(not(test))]
mod hole {
    pub(super) const fn is_in(_rule: u8) -> bool {
        false
    }
}

/// Holes that tests plant, each in its own thread.
#[cfg(test)]
pub(crate) mod hole {
    use std::cell::Cell;

    thread_local! { static RULES: Cell<u16> = const { Cell::new(0) }; }

    pub(super) fn is_in(rule: u8) -> bool {
        RULES.get() & (1 << rule) != 0
    }

    /// Runs `work` as if these rules didn't exist.
    pub(crate) fn planted<T>(rules: &[u8], work: impl FnOnce() -> T) -> T {
        RULES.set(rules.iter().fold(0, |set, rule| set | 1 << rule));
        let outcome = work();
        RULES.set(0);
        outcome
    }
}
