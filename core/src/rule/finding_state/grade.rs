//! How serious a finding is: the worse of the causally last words on it, and since when.
//!
//! A level comes from the report (key `level`, with `clause`) or from a `graded`. Called major
//! without naming a clause, it is suspected and counts as general.

use crate::change::{ChangeNo, History, Scalar};
use crate::record::reading::Reader;
use crate::record::{Clause, EventAt, FindingAct, Level};
use crate::rule::CountedTimes;
use crate::rule::cause::Causes;
use crate::timestamp::Timestamp;

/// What a finding's level reads as.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grade {
    pub(crate) is_major: bool,
    pub(crate) is_suspected: bool,
    pub(crate) clause: Option<Clause>,
    pub(crate) major_since: Option<Timestamp>,
    /// Somebody called it major and named a clause, whatever came of it.
    pub(crate) was_major: bool,
    /// Every turn to major but the root's: what closes must have seen them.
    pub(crate) turns: Vec<ChangeNo>,
}

impl Grade {
    pub(crate) const fn level(&self) -> Level {
        if self.is_major {
            Level::Major
        } else {
            Level::General
        }
    }
}

/// One word on the level.
#[derive(Clone, Copy)]
struct Word<'a> {
    change: ChangeNo,
    is_major: bool,
    /// Of a `graded`; the report's clause has a key of its own.
    clause: Option<&'a Clause>,
}

/// A value of key `clause`, as the report names it.
struct ReportClause {
    change: ChangeNo,
    clause: Option<Clause>,
}

/// Reads the level from the report's fields and those events that hold.
pub(crate) fn grade(reader: &Reader<'_>, live: &[&EventAt<FindingAct>]) -> Grade {
    let history = reader.history;
    let causes = Causes(history);
    let fields = report_words(history);
    let events: Vec<Word<'_>> = live.iter().filter_map(|event| graded_word(event)).collect();
    let words: Vec<Word<'_>> = fields.iter().chain(&events).copied().collect();
    let clauses = report_clauses(history);
    let visible_clause = history
        .visible("clause")
        .iter()
        .find_map(|write| read_clause(&write.value));

    let last = causes.last(&words, |word| word.change);
    let graded_clause = last.iter().rev().find_map(|word| word.clause);
    let by_field = last
        .iter()
        .any(|word| word.is_major && word.clause.is_none());
    let clause = graded_clause
        .cloned()
        .or_else(|| visible_clause.filter(|_| by_field));
    let is_major = clause.is_some();
    let since = Since {
        causes,
        times: &reader.times,
        words: &words,
        clauses: &clauses,
    };
    Grade {
        is_major,
        is_suspected: by_field && !is_major,
        clause,
        was_major: since.was_ever(),
        major_since: since.earliest().filter(|_| is_major),
        turns: turns(history, &words, &clauses),
    }
}

fn report_words(history: &History) -> Vec<Word<'static>> {
    let word = |write: &crate::change::Write| Word {
        change: write.change,
        is_major: write.value.as_text() == Some("major"),
        clause: None,
    };
    history.writes("level").iter().map(word).collect()
}

fn graded_word(event: &EventAt<FindingAct>) -> Option<Word<'_>> {
    match &event.event.act {
        FindingAct::Graded { level, clause } => Some(Word {
            change: event.change,
            is_major: *level == Level::Major,
            clause: clause.as_ref().filter(|_| *level == Level::Major),
        }),
        _ => None,
    }
}

fn report_clauses(history: &History) -> Vec<ReportClause> {
    let clause = |write: &crate::change::Write| ReportClause {
        change: write.change,
        clause: read_clause(&write.value),
    };
    history.writes("clause").iter().map(clause).collect()
}

fn read_clause(value: &Scalar) -> Option<Clause> {
    serde_json::from_str(value.as_text()?).ok()
}

/// A turn to major: a word that says so, or a clause put where the report already said so. What the
/// root says is no turn.
fn turns(history: &History, words: &[Word<'_>], clauses: &[ReportClause]) -> Vec<ChangeNo> {
    let is_root = |change: ChangeNo| {
        let entry = history.entry(change);
        entry.is_none_or(|entry| entry.deps.is_empty())
    };
    let called_major = |change: ChangeNo| {
        let levels = history.visible_at("level", change);
        levels
            .iter()
            .any(|write| write.value.as_text() == Some("major"))
    };
    let by_word = words
        .iter()
        .filter(|word| word.is_major && (word.clause.is_some() || !is_root(word.change)))
        .map(|word| word.change);
    let by_clause = clauses
        .iter()
        .filter(|put| put.clause.is_some() && !is_root(put.change) && called_major(put.change))
        .map(|put| put.change);
    by_word.chain(by_clause).collect()
}

/// Since when a finding is major: the earliest word with a clause that nobody took back.
struct Since<'a> {
    causes: Causes<'a>,
    times: &'a CountedTimes,
    words: &'a [Word<'a>],
    clauses: &'a [ReportClause],
}

impl Since<'_> {
    fn earliest(&self) -> Option<Timestamp> {
        let standing = |word: &&Word<'_>| word.is_major && !self.was_taken_back(word.change);
        let at = |word: &Word<'_>| self.times.of(word.change);
        let majors = || self.words.iter().filter(standing);
        let graded = majors().filter(|word| word.clause.is_some()).map(at).min();
        let called = majors().filter(|word| word.clause.is_none()).map(at).min();
        let named = self.clause_named();
        // The report's word and its clause may come apart: it is major when both are there.
        let reported = called.zip(named).map(|(called, named)| called.max(named));
        graded.into_iter().chain(reported).min()
    }
    fn was_ever(&self) -> bool {
        let named = self.clauses.iter().any(|put| put.clause.is_some());
        let called = |word: &Word<'_>| word.is_major && (named || word.clause.is_some());
        self.words.iter().any(called)
    }
    fn was_taken_back(&self, change: ChangeNo) -> bool {
        let takes_back =
            |word: &Word<'_>| !word.is_major && self.causes.had_seen(word.change, change);
        self.words.iter().any(takes_back)
    }
    fn clause_named(&self) -> Option<Timestamp> {
        let cleared = |change: ChangeNo| {
            let mut later = self.clauses.iter();
            later.any(|put| put.clause.is_none() && self.causes.had_seen(put.change, change))
        };
        self.clauses
            .iter()
            .filter(|put| put.clause.is_some() && !cleared(put.change))
            .map(|put| self.times.of(put.change))
            .min()
    }
}
