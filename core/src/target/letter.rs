//! A letter's points: each target's year, the total, and the veto.

use crate::id::{PersonId, RowId};
use crate::register::Settings;

use super::counting::Counting;
use super::period::{PeriodId, Phase};
use super::points::Exact;
use super::progress::{Progress, Standing};

/// A target over its letter's year.
#[derive(Debug, Clone)]
pub struct TargetYear {
    /// Which target.
    pub target: RowId,
    /// Its weight in the letter.
    pub weight: Exact,
    /// Every period, in order.
    pub periods: Vec<Progress>,
    /// The mean of the points of the finished periods that count; nothing if none does.
    pub points: Option<Exact>,
    /// A veto item that was not reached in a finished period.
    pub is_vetoed: bool,
}

/// A letter's points so far.
#[derive(Debug, Clone)]
pub struct LetterPoints {
    /// Its targets.
    pub targets: Vec<TargetYear>,
    /// Σ points of the targets that count.
    pub points: Exact,
    /// Σ weight of the targets that count.
    pub weight: Exact,
    /// Points ÷ weight × 100; nothing while no target counts.
    pub total: Option<Exact>,
    /// A veto item was not reached: the letter fails whatever the points.
    pub is_vetoed: bool,
}

/// What a total amounts to (等次).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 优秀
    Excellent,
    /// 良好
    Good,
    /// 合格
    Pass,
    /// 不合格
    Fail,
}

impl LetterPoints {
    /// The grade of the targets that count so far; nothing while none does. A veto item that was not
    /// reached fails the letter whatever the points.
    #[must_use]
    pub fn grade(&self, settings: &Settings) -> Option<Grade> {
        let total = self.total?;
        let [excellent, good, pass] = settings.grades;
        let reaches = |lowest: u32| total >= Exact::whole(i128::from(lowest));
        let reached = [
            (excellent, Grade::Excellent),
            (good, Grade::Good),
            (pass, Grade::Pass),
        ];
        let best = reached.into_iter().find(|(lowest, _)| reaches(*lowest));
        let graded = best.filter(|_| !self.is_vetoed);
        Some(graded.map_or(Grade::Fail, |(_, grade)| grade))
    }
}

impl Counting<'_> {
    /// A letter's points, as `viewer` may see them; nothing if there is no such letter.
    #[must_use]
    pub fn letter_points(&self, letter: RowId, viewer: Option<PersonId>) -> Option<LetterPoints> {
        self.register.letter(letter)?;
        let mut points = LetterPoints {
            targets: Vec::new(),
            points: Exact::ZERO,
            weight: Exact::ZERO,
            total: None,
            is_vetoed: false,
        };
        for id in self.targets_of_letter(letter) {
            let Some(of_year) = self.target_year(*id, viewer) else {
                continue;
            };
            if let Some(gained) = of_year.points {
                points.points = points.points.plus(gained);
                points.weight = points.weight.plus(of_year.weight);
            }
            points.is_vetoed |= of_year.is_vetoed;
            points.targets.push(of_year);
        }
        points.total = (points.weight > Exact::ZERO)
            .then(|| points.points.over(points.weight).times(Exact::whole(100)));
        Some(points)
    }

    /// A target over its letter's year, as `viewer` may see it; nothing if there is no such target.
    #[must_use]
    pub fn target_year(&self, id: RowId, viewer: Option<PersonId>) -> Option<TargetYear> {
        let target = self.register.target(id)?;
        let year = self.register.letter(target.letter)?.year;
        let periods: Vec<Progress> = PeriodId::all(target.period, year)
            .filter_map(|period| self.progress(id, period, viewer))
            .collect();
        let finished = || {
            let is_finished = |p: &&Progress| p.window.phase == Phase::Finished;
            periods.iter().filter(is_finished)
        };
        let points: Vec<Exact> = finished().filter_map(|period| period.points).collect();
        let sum = points.iter().fold(Exact::ZERO, |sum, one| sum.plus(*one));
        let mean = sum.over(Exact::whole(i128::try_from(points.len()).unwrap_or(0)));
        let is_missed =
            |period: &Progress| period.standing == Standing::Missed && period.prohibition.is_none();
        Some(TargetYear {
            target: id,
            weight: target.weight.into(),
            points: (!points.is_empty()).then_some(mean),
            is_vetoed: target.veto && finished().any(is_missed),
            periods,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_has_the_grade_whose_lowest_it_reaches_and_a_veto_fails_it() {
        let settings = Settings::default();
        let graded = |total: Option<(i128, i128)>, is_vetoed| {
            let points = LetterPoints {
                targets: Vec::new(),
                points: Exact::ZERO,
                weight: Exact::ZERO,
                total: total.map(|(above, below)| Exact::new(above, below)),
                is_vetoed,
            };
            points.grade(&settings)
        };
        assert_eq!(graded(Some((90, 1)), false), Some(Grade::Excellent));
        // Shown as 90.0 and not yet excellent: grades are of the exact total.
        assert_eq!(graded(Some((8_999, 100)), false), Some(Grade::Good));
        assert_eq!(graded(Some((60, 1)), false), Some(Grade::Pass));
        assert_eq!(graded(Some((0, 1)), false), Some(Grade::Fail));
        assert_eq!(graded(Some((100, 1)), true), Some(Grade::Fail));
        assert_eq!(graded(None, false), None);
        let strict = Settings {
            grades: [95, 85, 70],
            ..settings
        };
        let points = LetterPoints {
            targets: Vec::new(),
            points: Exact::ZERO,
            weight: Exact::ZERO,
            total: Some(Exact::whole(90)),
            is_vetoed: false,
        };
        assert_eq!(points.grade(&strict), Some(Grade::Good));
    }
}
