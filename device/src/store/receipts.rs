//! The relay's word on when changes reached it, and in which push: per record and actor, as runs.

use rusqlite::{Connection, params};
use xunan_core::document::Document;
use xunan_core::id::ActorId;
use xunan_core::timestamp::Timestamp;
use xunan_core::wire::sync::Seal;

use super::documents::DocNo;
use super::{Stored, fixed, unsigned};

const TABLE: &str = "receipts";

/// Keeps a push's seal and gives its local number.
pub(crate) fn push(connection: &Connection, seal: &Seal) -> Stored<i64> {
    // The relay's first word on a push stands, whoever repeats it.
    connection
        .prepare_cached(
            "INSERT INTO pushes (root, received, device, signature) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (root) DO NOTHING",
        )?
        .execute(params![
            seal.root,
            seal.received.0,
            seal.device.as_bytes(),
            seal.signature
        ])?;
    Ok(connection
        .prepare_cached("SELECT n FROM pushes WHERE root = ?1")?
        .query_row([seal.root], |row| row.get(0))?)
}

/// Notes that the actor's changes up to `seq`, above what is noted, came in a push.
pub(crate) fn note(
    connection: &Connection,
    doc: DocNo,
    last: (&ActorId, u32),
    push: i64,
) -> Stored<()> {
    connection
        .prepare_cached(
            "INSERT INTO receipts (doc, actor, seq, push) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (doc, actor, seq) DO NOTHING",
        )?
        .execute(params![doc.0, last.0.as_bytes(), last.1, push])?;
    Ok(())
}

/// Tells a record when the relay received its changes.
pub(crate) fn apply(connection: &Connection, doc: DocNo, document: &mut Document) -> Stored<()> {
    let mut statement = connection.prepare_cached(
        "SELECT actor, seq, received FROM receipts JOIN pushes ON pushes.n = receipts.push
         WHERE doc = ?1 ORDER BY actor, seq",
    )?;
    let mut rows = statement.query([doc.0])?;
    let mut noted: Vec<(ActorId, u32, Timestamp)> = Vec::new();
    while let Some(row) = rows.next()? {
        let actor: Vec<u8> = row.get(0)?;
        noted.push((
            ActorId::from_bytes(fixed(&actor, TABLE)?),
            unsigned(row.get(1)?, TABLE)?,
            Timestamp(row.get(2)?),
        ));
    }
    let received = |actor: ActorId, seq: u32| {
        let place = noted.partition_point(|row| (row.0, row.1) < (actor, seq));
        noted
            .get(place)
            .filter(|row| row.0 == actor)
            .map(|row| row.2)
    };
    let found: Vec<_> = document
        .history()
        .entries()
        .filter_map(|(_, entry)| Some((entry.hash, received(entry.actor, entry.seq)?)))
        .collect();
    for (hash, at) in found {
        document.set_received(&hash, at);
    }
    Ok(())
}
