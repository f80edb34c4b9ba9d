//! The rows of projections. What is in them is [`crate::projection`]'s.

use rusqlite::{Connection, params};
use xunan_core::id::DocId;

use super::documents::DocNo;
use super::{StoreError, Stored, fixed};
use crate::projection::Projection;

const TABLE: &str = "projections";

/// Raised whenever a projection is made differently: then all are made anew at the next start. What
/// is kept has no names: the order of fields and of an enum's variants is its shape, too.
const SHAPE: i64 = 2;

/// Keeps what a record projects to; none takes it out.
pub(crate) fn put(
    connection: &Connection,
    doc: DocNo,
    projection: Option<&Projection>,
) -> Stored<()> {
    let Some(projection) = projection else {
        connection
            .prepare_cached("DELETE FROM projections WHERE doc = ?1")?
            .execute([doc.0])?;
        return Ok(());
    };
    let unreadable = |_| StoreError::Unreadable { table: TABLE };
    let content = postcard::to_allocvec(projection).map_err(unreadable)?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO projections (doc, shape, content) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![doc.0, SHAPE, content])?;
    Ok(())
}

/// Projections with their records, and records without one of this shape.
type Kept = (Vec<(DocId, Projection)>, Vec<DocId>);

/// All of this shape, and the records whose projection is of another or missing.
pub(crate) fn all(connection: &Connection) -> Stored<Kept> {
    let mut statement = connection.prepare(
        "SELECT d.id, p.content FROM documents d
         LEFT JOIN projections p ON p.doc = d.n AND p.shape = ?1 ORDER BY d.n",
    )?;
    let mut rows = statement.query([SHAPE])?;
    let (mut found, mut stale) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let id: Vec<u8> = row.get(0)?;
        let id = DocId::from_bytes(fixed(&id, TABLE)?);
        let content = row.get_ref(1)?.as_blob_or_null().ok().flatten();
        match content.and_then(|bytes| postcard::from_bytes(bytes).ok()) {
            Some(projection) => found.push((id, projection)),
            None => stale.push(id),
        }
    }
    Ok((found, stale))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use xunan_core::id::{PersonId, RowId, Sha256, UnitId};
    use xunan_core::record::{FindingState, Level, Origin, TeamRole};
    use xunan_core::register::InspectionKind;
    use xunan_core::target::{
        Act, DutyFacts, FindingFacts, InspectionFacts, Listing, Rest, RestKind,
    };
    use xunan_core::timestamp::{Date, Timestamp};

    use super::*;
    use crate::projection::{FindingRecord, InspectionRecord};

    const DOC: DocId = DocId::from_bytes([1; 16]);
    const UNIT: UnitId = UnitId::from_bytes([2; 16]);
    const PERSON: PersonId = PersonId::from_bytes([3; 16]);
    const VISIT: RowId = RowId::from_bytes([4; 16]);
    const AT: Timestamp = Timestamp(1_800_000_000_000);

    fn inspection() -> Projection {
        let record = InspectionRecord {
            site: Some(UNIT),
            place: Some("工地".to_owned()),
            kind: InspectionKind::Post,
            began: AT,
            began_by: Some(PERSON),
            finished: Some(AT),
            withdrawn: true,
            plan: vec![VISIT],
            team: vec![(PERSON, TeamRole::Left)],
            lists: vec!["GM".to_owned()],
            answered: (7, 300),
            conflicts: 1,
            refused: true,
            end: "done".to_owned(),
            changed: AT,
        };
        let facts = InspectionFacts {
            id: DOC,
            site: Some(UNIT),
            kind: InspectionKind::Post,
            began: AT,
            finished: Some(AT),
            withdrawn: true,
            basis: true,
            plan: vec![VISIT],
            team: vec![PERSON],
            leaders: vec![PERSON],
            experts: vec![PERSON],
            signed: vec![PERSON],
            represented: true,
        };
        Projection::Inspection(Box::new(record), Box::new(facts))
    }

    fn finding() -> Projection {
        Projection::Finding(Box::new(found()), Box::new(found_facts()))
    }
    fn day() -> Date {
        Date::from_ymd(2026, 12, 2).unwrap()
    }
    fn found() -> FindingRecord {
        FindingRecord {
            site: Some(UNIT),
            place: None,
            from: Some(DOC),
            item: Some(("GM".to_owned(), "1.1".to_owned())),
            origin: Origin::Report,
            text: "护栏".to_owned(),
            location: "东门".to_owned(),
            level: Level::Major,
            suspected: true,
            state: FindingState::Closed,
            deadline: Some(day()),
            thumb: Some(Sha256::from_bytes([5; 32])),
            halted: true,
            listed: true,
            disputed: true,
            conflicted: true,
            reporter: Some(PERSON),
            reported: AT,
            responsible: vec![PERSON],
            units: vec![UNIT],
            officers: vec![PERSON],
            proposed_to: vec![UNIT],
            rectified: Some(AT),
            asked: Some(AT),
            unlisted: true,
            empty: true,
            changed: AT,
        }
    }
    fn found_facts() -> FindingFacts {
        let duty = DutyFacts {
            units: vec![UNIT],
            officers: vec![PERSON],
            began: AT,
            deadline: day(),
            rectified: Some(AT),
            kept: Some(AT),
            rechecked: None,
        };
        let rest = Rest {
            kind: RestKind::Duplicate,
            from: AT,
            until: None,
        };
        FindingFacts {
            id: DOC,
            site: Some(UNIT),
            own: true,
            reporter: Some(PERSON),
            reported: AT,
            received: Some(AT),
            major_since: Some(AT),
            duties: vec![duty],
            rests: vec![rest],
            acts: vec![Act { by: PERSON, at: AT }],
            listed: vec![Listing {
                unit: UNIT,
                by: PERSON,
                at: AT,
            }],
        }
    }

    /// Whoever finds other bytes here raises `SHAPE`: bytes of the old one would be read wrongly.
    #[test]
    fn what_is_kept_has_this_shape() {
        let kept = |projection| {
            let bytes = postcard::to_allocvec(&projection).unwrap();
            assert_eq!(
                postcard::from_bytes::<Projection>(&bytes).unwrap(),
                projection
            );
            hex::encode(bytes)
        };
        assert_eq!(SHAPE, 2);
        expect!["000110020202020202020202020202020202020106e5b7a5e59cb00580c0e285e3680110030303030303030303030303030303030180c0e285e36801011004040404040404040404040404040404011003030303030303030303030303030303030102474d07ac02010104646f6e6580c0e285e36810010101010101010101010101010101010110020202020202020202020202020202020580c0e285e3680180c0e285e368010101100404040404040404040404040404040401100303030303030303030303030303030301100303030303030303030303030303030301100303030303030303030303030303030301100303030303030303030303030303030301"].assert_eq(&kept(inspection()));
        expect!["01011002020202020202020202020202020202000110010101010101010101010101010101010102474d03312e310206e68aa4e6a08f06e4b89ce997a8010106010a323032362d31322d3032012005050505050505050505050505050505050505050505050505050505050505050101010101100303030303030303030303030303030380c0e285e3680110030303030303030303030303030303030110020202020202020202020202020202020110030303030303030303030303030303030110020202020202020202020202020202020180c0e285e3680180c0e285e368010180c0e285e36810010101010101010101010101010101010110020202020202020202020202020202020101100303030303030303030303030303030380c0e285e3680180c0e285e3680180c0e285e3680101100202020202020202020202020202020201100303030303030303030303030303030380c0e285e3680a323032362d31322d30320180c0e285e3680180c0e285e36800010380c0e285e3680001100303030303030303030303030303030380c0e285e368011002020202020202020202020202020202100303030303030303030303030303030380c0e285e368"].assert_eq(&kept(finding()));
    }
}
