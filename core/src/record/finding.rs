//! A finding as it reads: what was reported, its events, and the state that they add up to
//! (protocol.md, "Reading a finding"). The law itself is in [`crate::rule::finding_state`].

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeNo, History, Write};
use crate::id::{DocId, EventId, PersonId, UnitId};
use crate::record::reading::{Reader, shown, text_of};
use crate::record::{
    Authors, Clause, EventAt, FindingAct, FindingKey, ItemRef, Level, Location, Photo, Said,
};
use crate::rule::finding_state::{Standing, is_by_enterprise, judge};
use crate::timestamp::{Date, Timestamp};

/// How far a finding is. Computed, never stored; the first that fits, from the last to the first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Nobody ordered anything yet.
    Reported,
    /// Under a duty to rectify.
    Ordered,
    /// The site took note of the duty.
    Accepted,
    /// The site asked for a later deadline, and nobody answered yet.
    ExtensionAsked,
    /// Reported as done; to be re-checked.
    Rectified,
    /// Withdrawn, or the same as another finding.
    Withdrawn,
    /// Passed, or corrected on the spot.
    Closed,
}

/// Where a finding comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Recorded through a government post.
    Official,
    /// Recorded through an enterprise post.
    #[serde(rename = "self")]
    SelfFound,
    /// Passed on from a complaint.
    Report,
}

impl Origin {
    /// Its word in records.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::SelfFound => "self",
            Self::Report => "report",
        }
    }
    /// From its word in records.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Official, Self::SelfFound, Self::Report]
            .into_iter()
            .find(|origin| origin.as_str() == word)
    }
}

/// Why an event that is kept and shown changes nothing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NoEffect {
    /// Somebody settled that it does not hold.
    Settled,
    /// It closed, and was overtaken by something that opens, put by somebody who had seen it.
    Overtaken,
    /// It closes, but its author had not seen something that opens.
    OpeningUnseen,
    /// It closes, but its author had not seen a halt resumed.
    NotResumed,
    /// It closes, but its author or an officer of it reported the rectification.
    OwnWork,
    /// It passes, but no rectification that counts was there to be passed.
    NothingRectified,
    /// It rectifies a major finding without the five in place.
    FiveMissing,
    /// It grants a later deadline beside somebody who declined it.
    Declined,
}

/// A re-check's verdict on a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The `passed` or `failed`.
    pub event: EventId,
    /// Which of both.
    pub passed: bool,
    /// Its counted time.
    pub at: Timestamp,
}

/// A duty to rectify: the causally last orders or failures, several at once if they were put apart.
/// A `failed` ends the duty before it and begins the next; an `ordered` that had seen another
/// replaces it within the same duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The orders or failures that make it.
    pub events: Vec<EventId>,
    /// The units that issued them, ascending, each once.
    pub units: Vec<UnitId>,
    /// The officers who answer for it: of those events, or of a later `reassigned`. Ascending.
    pub officers: Vec<PersonId>,
    /// Counted time of the earliest of the events.
    pub began: Timestamp,
    /// Its final deadline: of its events and the standing grants; a later failure doesn't move it.
    pub deadline: Date,
    /// The earliest `rectified` that counts and answers it (and no later duty).
    pub rectified: Option<(EventId, Timestamp)>,
    /// The earliest such one that nobody failed after having seen it.
    pub rectified_unfailed: Option<(EventId, Timestamp)>,
    /// Verdicts on it, whether or not the finding was closed by them, in the order of `events`.
    /// A `passed` of one's own work or of nothing is not among them.
    pub verdicts: Vec<Verdict>,
}

/// Put on a named level's list until closed (挂牌督办).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The `listed` event.
    pub event: EventId,
    /// The level's name.
    pub level: String,
    /// The main leader who answers for it.
    pub who: PersonId,
    /// The unit that listed it.
    pub unit: Option<UnitId>,
}

/// A contradiction in a field of the report: different values put by people who had not seen each
/// other's.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldConflict {
    /// The key.
    pub key: String,
    /// What was said, the one shown first.
    pub said: Vec<Said<String>>,
}

/// A finding as it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which.
    pub id: DocId,
    /// The change that reported it.
    pub root: ChangeNo,
    /// Who reported it, if the register knows the device.
    pub reporter: Option<PersonId>,
    /// Counted time of the report.
    pub reported: Timestamp,
    /// When the relay received the report, once that is known.
    pub reported_received: Option<Timestamp>,

    /// The unit where it was found, after `sited` if there was one.
    pub site: Option<UnitId>,
    /// Words for a place that is not in the register.
    pub place: Option<String>,
    /// The inspection that found it.
    pub from: Option<DocId>,
    /// (checklist, item) that it was found at.
    pub item: Option<(String, String)>,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is.
    pub text: String,
    /// Where on the site, in words.
    pub location_words: String,
    /// The law or standard that it offends.
    pub basis: String,
    /// The proposed deadline; in conflict the earliest.
    pub proposed_due: Option<Date>,
    /// The proposed responsible person.
    pub proposed_who: Option<PersonId>,
    /// Photos from before, by hash.
    pub photos: Vec<Said<Photo>>,
    /// Where it was recorded.
    pub loc: Option<Location>,
    /// Contradictions in the fields above.
    pub conflicts: Vec<FieldConflict>,

    /// How serious it is: major only with a clause.
    pub level: Level,
    /// Called major without a clause yet: counts as general.
    pub suspected: bool,
    /// The clause of a judging standard that makes it major.
    pub clause: Option<Clause>,
    /// Since when it is major (counted time), if it is.
    pub major_since: Option<Timestamp>,

    /// All known events: by cause, then counted time, then id.
    pub events: Vec<EventAt<FindingAct>>,
    /// How many events this version doesn't know; they are kept and not shown.
    pub unknown_events: usize,
    /// The events that are kept and shown, and change nothing.
    pub no_effect: BTreeMap<EventId, NoEffect>,

    /// How far it is.
    pub state: FindingState,
    /// The current duty's deadline.
    pub deadline: Option<Date>,
    /// All duties, the current one last.
    pub duties: Vec<Duty>,
    /// Who is to rectify: named by the causally last order, assignment or reassignment. Several if
    /// those were put apart; ascending.
    pub responsible: Vec<PersonId>,
    /// Work or use is halted and not resumed.
    pub halted: bool,
    /// Under listed supervision.
    pub listed: Option<Listed>,
    /// Something contradicts, and nobody who saw both has acted since.
    pub disputed: bool,
    /// The events on either side of what contradicts.
    pub contradicting: Vec<EventId>,
    /// When it was closed: counted time of the earliest closing event that holds.
    pub closed: Option<Timestamp>,
    /// It was found, rectified and passed in one.
    pub corrected_on_spot: bool,
    /// The units that it is with now: that issued the duty, or that it was transferred to. Ascending.
    pub units: Vec<UnitId>,
    /// The officers whom it is with now. Ascending.
    pub officers: Vec<PersonId>,
    /// The units that it was proposed or transferred to. Ascending.
    pub proposed_to: Vec<UnitId>,
    /// The overseers see it although the enterprise found it: handed over, major, or acted in by one
    /// of them. True for what the enterprise did not find.
    pub shared: bool,
    /// The site's people see it: something was ordered, halted or corrected on the spot.
    pub served: bool,
}

impl Finding {
    /// Whether an event has effect.
    #[must_use]
    pub fn holds(&self, event: &EventId) -> bool {
        !self.no_effect.contains_key(event)
    }
    /// The current duty.
    #[must_use]
    pub fn duty(&self) -> Option<&Duty> {
        self.duties.last()
    }
    /// Neither closed nor withdrawn.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, FindingState::Closed | FindingState::Withdrawn)
    }
    /// Under a duty, the deadline's day over, and nothing that counts answers the duty.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        let waiting = matches!(
            self.state,
            FindingState::Ordered | FindingState::Accepted | FindingState::ExtensionAsked
        );
        waiting && self.deadline.is_some_and(|deadline| deadline < today)
    }
    /// The events that are settled not to hold. As the last `settled` alone counts, another one must
    /// name again those of them that it leaves so.
    pub fn settled(&self) -> impl Iterator<Item = EventId> {
        let settled = self.no_effect.iter();
        settled
            .filter(|(_, why)| **why == NoEffect::Settled)
            .map(|(id, _)| *id)
    }
    /// The event of this name.
    #[must_use]
    pub fn event(&self, id: &EventId) -> Option<&EventAt<FindingAct>> {
        self.events.iter().find(|event| event.id == *id)
    }
}

/// Reads a finding; none while its first change isn't there or its origin isn't known here.
#[must_use]
pub fn read_finding(history: &History, authors: &dyn Authors) -> Option<Finding> {
    let reader = Reader::new(history, authors);
    let root = reader.root()?;
    let report = reader.said(root, ());
    let (events, unknown_events) = reader.events::<FindingAct>();
    let standing = judge(&reader, &events);
    let origin = Origin::parse(reader.text("origin")?)?;
    let words = |key: &str| reader.text(key).unwrap_or_default().to_owned();
    let item = reader.text("item").and_then(ItemRef::read);
    Some(Finding {
        id: history.id(),
        root,
        reporter: report.by,
        reported: report.counted,
        reported_received: history.entry(root)?.received,
        site: sited(&events, &standing).or_else(|| reader.parsed("site")),
        place: reader.text("place").map(str::to_owned),
        from: reader.parsed("from"),
        item: item.map(ItemRef::to_owned_pair),
        origin,
        text: words("text"),
        location_words: words("where"),
        basis: words("basis"),
        proposed_due: earliest_due(history),
        proposed_who: reader.parsed("who"),
        photos: photos(&reader),
        loc: reader.json("loc"),
        conflicts: conflicts(&reader),
        level: standing.grade.level(),
        suspected: standing.grade.is_suspected,
        proposed_to: proposed_to(&events),
        shared: origin != Origin::SelfFound || is_shared(&reader, &events, &standing),
        served: is_served(authors, &events),
        events,
        unknown_events,
        clause: standing.grade.clause,
        major_since: standing.grade.major_since,
        no_effect: standing.no_effect,
        state: standing.state,
        deadline: standing.deadline,
        duties: standing.duties,
        responsible: standing.responsible,
        halted: standing.halted,
        listed: standing.listed,
        disputed: standing.disputed,
        contradicting: standing.contradicting,
        closed: standing.closed,
        corrected_on_spot: standing.corrected_on_spot,
        units: standing.units,
        officers: standing.officers,
    })
}

/// A report as somebody saw it: the paper of an order reads words and photos as they were then.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportThen {
    /// What it is.
    pub text: String,
    /// Where on the site, in words.
    pub location_words: String,
    /// The law or standard that it offends.
    pub basis: String,
    /// Photos from before, by hash.
    pub photos: Vec<Photo>,
}

/// Reads a report as the author of a change saw it.
#[must_use]
pub fn report_then(history: &History, at: ChangeNo) -> ReportThen {
    let words = |key: &str| {
        let visible = history.visible_at(key, at);
        let first = visible.first().and_then(|write| text_of(write));
        first.unwrap_or_default().to_owned()
    };
    let photo = |key: &str| {
        let Some(FindingKey::Photo(hash)) = FindingKey::read(key) else {
            return None;
        };
        let visible = history.visible_at(key, at);
        let mut photos = visible.into_iter();
        photos.find_map(|write| Photo::read(hash, text_of(write)?))
    };
    ReportThen {
        text: words("text"),
        location_words: words("where"),
        basis: words("basis"),
        photos: history
            .keys_from("p/")
            .filter_map(|(key, _)| photo(key))
            .collect(),
    }
}

/// The unit that somebody found the place to belong to, by the last who did.
fn sited(events: &[EventAt<FindingAct>], standing: &Standing) -> Option<UnitId> {
    let sites = events
        .iter()
        .rev()
        .filter_map(|event| match event.event.act {
            FindingAct::Sited { site } => Some((event.id, site)),
            _ => None,
        });
    let mut holding = sites.filter(|(id, _)| !standing.no_effect.contains_key(id));
    holding.next().map(|(_, site)| site)
}

fn earliest_due(history: &History) -> Option<Date> {
    let visible = history.visible("due");
    let dates = visible.into_iter().filter_map(text_of);
    dates.filter_map(|text| text.parse().ok()).min()
}

/// A photo stays while anybody's last word on it is the photo.
fn photos(reader: &Reader<'_>) -> Vec<Said<Photo>> {
    let keys = reader.history.keys_from("p/");
    let photo = |key: &str| {
        let Some(FindingKey::Photo(hash)) = FindingKey::read(key) else {
            return None;
        };
        reader.photo(key, hash)
    };
    keys.filter_map(|(key, _)| photo(key)).collect()
}

/// Equal values are no conflict.
fn conflicts(reader: &Reader<'_>) -> Vec<FieldConflict> {
    let fields = ["text", "where", "level", "clause", "basis", "due", "who"];
    let conflict = |key: &str| {
        let visible = reader.history.visible(key);
        let first = visible.first()?;
        let differ = visible.iter().any(|write| write.value != first.value);
        let said =
            |write: &&Write| reader.said(write.change, shown(&write.value).unwrap_or_default());
        differ.then(|| FieldConflict {
            key: key.to_owned(),
            said: visible.iter().map(said).collect(),
        })
    };
    fields.into_iter().filter_map(conflict).collect()
}

fn proposed_to(events: &[EventAt<FindingAct>]) -> Vec<UnitId> {
    let units = events.iter().filter_map(|event| match event.event.act {
        FindingAct::Proposed { to } | FindingAct::Transferred { to } => Some(to),
        _ => None,
    });
    units.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Handed over, ever major, or acted in by an overseer.
fn is_shared(reader: &Reader<'_>, events: &[EventAt<FindingAct>], standing: &Standing) -> bool {
    let site: Option<UnitId> = reader.parsed("site");
    standing.grade.was_major
        || events.iter().any(|event| match &event.event.act {
            FindingAct::Proposed { .. } => true,
            act => act.is_by_order() && event.event.unit != site,
        })
}

/// From the first of these the site's people see it. What they corrected themselves serves nothing.
fn is_served(authors: &dyn Authors, events: &[EventAt<FindingAct>]) -> bool {
    events.iter().any(|event| match event.event.act {
        FindingAct::Ordered { .. } | FindingAct::Halted { .. } => true,
        FindingAct::CorrectedOnSpot => !is_by_enterprise(authors, event),
        _ => false,
    })
}
