//! A target's row: its value in a period, how it stands, what is left, and its points.

use crate::id::{PersonId, RowId, UnitId};
use crate::register::{Letter, Register, Signer, Target};

use super::catalogue::{Metric, MissingRecords, Prohibition};
use super::counting::Counting;
use super::left::{Held, WhatIsLeft, what_is_left};
use super::metric;
use super::number::{Tally, Value};
use super::period::{PeriodId, Phase, Window};
use super::points::{Asked, Exact};
use super::subject::Subject;

/// Why a target has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    /// The spreadsheet's name is no metric of the catalogue.
    UnknownMetric,
    /// 未计数：缺少…记录
    Missing(MissingRecords),
    /// An enterprise's own findings are not visible outside it.
    NotVisible,
}

/// How a target stands in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// 已达到
    Reached,
    /// Nothing to count, which is met.
    MetByNothing,
    /// 不适用
    NotApplicable,
    /// On its way.
    Running,
    /// Running, and 已达不到.
    OutOfReach,
    /// The period is over, and the goal was not reached.
    Missed,
    /// 未计数
    NotCounted(NotCounted),
    /// 未启用: the period was over before counting began.
    NotStarted,
    /// The period is still to come.
    Coming,
}

/// A target in one period.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Which target.
    pub target: RowId,
    /// What it counts, if the name is known.
    pub metric: Option<Metric>,
    /// In which period.
    pub window: Window,
    /// How it stands.
    pub standing: Standing,
    /// The number, if there is one.
    pub value: Option<Value>,
    /// The records behind it.
    pub tally: Tally,
    /// What is left to do.
    pub left: WhatIsLeft,
    /// What the number gives, if the target counts in this period; of a running one, so far.
    pub points: Option<Exact>,
    /// The rule against it as a target: then it gives no points.
    pub prohibition: Option<Prohibition>,
}

/// What a target asks.
pub(super) fn asked(target: &Target, metric: Metric) -> Asked {
    Asked {
        goal: target.goal,
        weight: target.weight,
        rule: target.rule,
        fewer_is_better: metric.fewer_is_better(),
    }
}

/// The metric of a target, by its code.
pub(super) fn metric_of(target: &Target) -> Option<Metric> {
    target.metric.as_deref().and_then(Metric::parse)
}

impl Counting<'_> {
    /// A target in one period, as `viewer` may see it (all of it, if none is given: the relay's
    /// export). Nothing if there is no such target.
    #[must_use]
    pub fn progress(
        &self,
        target: RowId,
        period: PeriodId,
        viewer: Option<PersonId>,
    ) -> Option<Progress> {
        let row = self.register.target(target)?;
        let letter = self.register.letter(row.letter)?;
        let window = self.window(period);
        let whose = self.subject(letter.signer, &window);
        let metric = metric_of(row);
        let prohibition = metric
            .and_then(|metric| metric.prohibition(whose.is_official))
            .filter(|_| !self.register.settings().unlawful_targets_allowed);
        let mut progress = Progress {
            target,
            metric,
            window,
            standing: Standing::NotStarted,
            value: None,
            tally: Tally::default(),
            left: WhatIsLeft::default(),
            points: None,
            prohibition,
        };
        match self.countable(metric, &whose, viewer) {
            Err(why) => progress.standing = Standing::NotCounted(why),
            Ok(metric) => match window.phase {
                Phase::NotStarted => {}
                Phase::Coming => progress.standing = Standing::Coming,
                Phase::Running | Phase::Finished => {
                    self.fill(&mut progress, (metric, row), &whose);
                }
            },
        }
        Some(progress)
    }

    /// A target in the period that today is in; the last of the letter's year if that is over.
    #[must_use]
    pub fn progress_now(&self, target: RowId, viewer: Option<PersonId>) -> Option<Progress> {
        let row = self.register.target(target)?;
        let year = self.register.letter(row.letter)?.year;
        let today = self.day(self.now);
        let running = PeriodId::of(row.period, today);
        let all: Vec<PeriodId> = PeriodId::all(row.period, year).collect();
        let period = if all.contains(&running) {
            Some(running)
        } else if today.year() < year {
            all.first().copied()
        } else {
            all.last().copied()
        };
        self.progress(target, period?, viewer)
    }

    /// The targets of the letters that bind a signer in a year.
    pub fn targets_of(&self, signer: Signer, year: i32) -> Vec<RowId> {
        let binds = |letter: &Letter| letter.signer == signer && letter.year == year;
        self.register
            .letters()
            .filter(|(_, letter)| binds(letter))
            .flat_map(|(id, _)| self.targets_of_letter(id))
            .copied()
            .collect()
    }

    /// Whether there is anything to count, for these eyes.
    fn countable(
        &self,
        metric: Option<Metric>,
        whose: &Subject,
        viewer: Option<PersonId>,
    ) -> Result<Metric, NotCounted> {
        let metric = metric.ok_or(NotCounted::UnknownMetric)?;
        if let Some(missing) = metric.missing() {
            return Err(NotCounted::Missing(missing));
        }
        let hides = !whose.is_official && metric::is_of_findings(metric);
        match viewer {
            Some(viewer) if hides && !is_inside(self.register, viewer, &whose.areas) => {
                Err(NotCounted::NotVisible)
            }
            _ => Ok(metric),
        }
    }

    fn fill(&self, progress: &mut Progress, (metric, row): (Metric, &Target), whose: &Subject) {
        let Some(tally) = metric::tally(self, metric, whose, &progress.window) else {
            return;
        };
        let value = metric::value(metric, &tally);
        let held = Held {
            metric,
            tally: &tally,
            value,
            asked: asked(row, metric),
        };
        if progress.window.is_running() || tally.provisional {
            progress.left = what_is_left(self, &held, whose, &progress.window);
        }
        progress.standing = standing(&held, progress);
        progress.value = Some(value);
        progress.points = match progress.standing {
            Standing::NotApplicable | Standing::NotCounted(_) => None,
            _ => value.exact().map(|exact| held.asked.points(exact)),
        }
        .filter(|_| progress.prohibition.is_none());
        progress.tally = tally;
    }
}

fn standing(held: &Held<'_>, progress: &Progress) -> Standing {
    let Some(exact) = held.value.exact() else {
        return Standing::NotApplicable;
    };
    if held.value == Value::MetByNothing {
        Standing::MetByNothing
    } else if held.asked.is_reached(exact) {
        Standing::Reached
    } else if held.metric == Metric::LeaderLed {
        Standing::NotCounted(NotCounted::Missing(MissingRecords::Supervision))
    } else if !progress.window.is_running() {
        Standing::Missed
    } else if progress.left.is_out_of_reach {
        Standing::OutOfReach
    } else {
        Standing::Running
    }
}

/// Whether a person is of one of these enterprises, or of one above it.
fn is_inside(register: &Register, person: PersonId, enterprises: &[UnitId]) -> bool {
    let holders = enterprises
        .iter()
        .flat_map(|unit| crate::permit::oversight::holders(register, *unit));
    let holders: Vec<UnitId> = holders.collect();
    register
        .posts_of(person)
        .any(|post| post.kind.is_enterprise() && holders.contains(&post.unit))
}
