//! What administrators did, for whoever asks later.

use xunan_core::id::PersonId;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::admin::ActLine;

use super::{Reading, Result, Writing, fixed, integer};

impl Reading<'_> {
    /// The newest acts.
    pub fn acts(&self, limit: u64) -> Result<Vec<ActLine>> {
        let mut ask = self
            .sql
            .prepare_cached("SELECT at, by, what, about FROM acts ORDER BY n DESC LIMIT ?")?;
        let mut found = ask.query([integer(limit)])?;
        let mut acts = Vec::new();
        while let Some(row) = found.next()? {
            let by = row.get::<_, Option<Vec<u8>>>(1)?;
            let by = by.map(|bytes| fixed(&bytes)).transpose()?;
            acts.push(ActLine {
                at: Timestamp(row.get(0)?),
                by: by.map(PersonId::from_bytes),
                what: row.get(2)?,
                about: row.get(3)?,
            });
        }
        Ok(acts)
    }
}

impl Writing<'_> {
    /// Notes an act: what (`invite`, `revoke`, `setting`, `import`,
    /// `plan`), about which id, and by whom
    /// (none: at the command line).
    pub fn note_act(
        &self,
        what: &str,
        about: &str,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<()> {
        self.sql.execute(
            "INSERT INTO acts (at, what, about, by) VALUES (?, ?, ?, ?)",
            (
                now.0,
                what,
                about,
                by.map(|person| person.as_bytes().to_vec()),
            ),
        )?;
        Ok(())
    }
}
