//! Who this relay is, and the positions that it gives out.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use xunan_core::id::{Epoch, OrganisationId};
use xunan_core::timestamp::Timestamp;

use super::{Reading, Result, Writing, count, fixed, integer};

/// Who a relay is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The organisation that it serves.
    pub organisation: OrganisationId,
    /// Its storage's life.
    pub epoch: Epoch,
    /// Key of its nonces; never leaves.
    pub(crate) secret: [u8; 32],
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("organisation", &self.organisation)
            .field("epoch", &self.epoch)
            .finish_non_exhaustive()
    }
}

/// Reads who the relay is; draws it if the file is new.
pub(super) fn identity(sql: &mut Connection, now: Timestamp) -> Result<Identity> {
    let step = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let held = step
        .query_row("SELECT organisation, epoch, secret FROM relay", [], |row| {
            let bytes = |n| row.get::<_, Vec<u8>>(n);
            Ok((bytes(0)?, bytes(1)?, bytes(2)?))
        })
        .optional()?;
    let identity = if let Some((organisation, epoch, secret)) = held {
        Identity {
            organisation: OrganisationId::from_bytes(fixed(&organisation)?),
            epoch: Epoch::from_bytes(fixed(&epoch)?),
            secret: fixed(&secret)?,
        }
    } else {
        let identity = Identity {
            organisation: OrganisationId::new(count(now.0), &crate::random()?),
            epoch: Epoch::from_bytes(crate::random()?),
            secret: crate::random()?,
        };
        step.execute(
            "INSERT INTO relay (one, organisation, epoch, secret, created) VALUES (1, ?, ?, ?, ?)",
            (
                identity.organisation.as_bytes(),
                identity.epoch.as_bytes(),
                identity.secret,
                now.0,
            ),
        )?;
        identity
    };
    step.commit()?;
    Ok(identity)
}

impl Reading<'_> {
    /// Where devices reach the relay; empty until it was served.
    pub fn public_url(&self) -> Result<String> {
        let url = self
            .sql
            .query_row("SELECT public_url FROM relay", [], |row| row.get(0))?;
        Ok(url)
    }
    /// The last position given out: changes and turns of audiences share one order.
    pub fn head(&self) -> Result<u64> {
        let head = self
            .sql
            .query_row("SELECT head FROM relay", [], |row| row.get(0))?;
        Ok(count(head))
    }
    /// The register's revision by which audiences were last worked out for every record.
    pub fn audience_revision(&self) -> Result<u64> {
        let revision = self
            .sql
            .query_row("SELECT audience_revision FROM relay", [], |row| row.get(0))?;
        Ok(count(revision))
    }
}

impl Writing<'_> {
    /// Notes where devices reach the relay.
    pub fn set_public_url(&self, url: &str) -> Result<()> {
        self.sql.execute("UPDATE relay SET public_url = ?", [url])?;
        Ok(())
    }
    /// Gives out a position.
    pub fn next_position(&self) -> Result<u64> {
        let mut next = self
            .sql
            .prepare_cached("UPDATE relay SET head = head + 1 RETURNING head")?;
        Ok(count(next.query_row([], |row| row.get(0))?))
    }
    /// Notes by which register audiences are worked out.
    pub fn set_audience_revision(&self, revision: u64) -> Result<()> {
        self.sql.execute(
            "UPDATE relay SET audience_revision = ?",
            [integer(revision)],
        )?;
        Ok(())
    }
}
