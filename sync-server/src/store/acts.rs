//! What administrators did, for whoever asks later.

use xunan_core::timestamp::Timestamp;

use super::{Result, Writing};

impl Writing<'_> {
    /// Notes an act: what (`invite`, `revoke`, `setting`, `import`) and about which id.
    pub fn note_act(&self, what: &str, about: &str, now: Timestamp) -> Result<()> {
        self.sql.execute(
            "INSERT INTO acts (at, what, about) VALUES (?, ?, ?)",
            (now.0, what, about),
        )?;
        Ok(())
    }
}
