//! From a number to points: exact fractions, rounded only when shown.

use std::cmp::Ordering;
use std::fmt;

use crate::register::{Goal, PointRule};

/// An exact non-negative fraction.
///
/// Numbers of records stay below 2³² and goals and weights below 2⁵³, so its arithmetic, which
/// reduces at each step, does not leave 128 bits.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    above: i128,
    below: i128,
}

const fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { above: 0, below: 1 };

    /// `above ÷ below`; nothing if `below` is not positive.
    #[must_use]
    pub const fn new(above: i128, below: i128) -> Self {
        if below <= 0 {
            return Self::ZERO;
        }
        match common_divisor(above.saturating_abs(), below) {
            0 => Self::ZERO,
            by => Self {
                above: above / by,
                below: below / by,
            },
        }
    }
    /// A whole number.
    #[must_use]
    pub const fn whole(n: i128) -> Self {
        Self::new(n, 1)
    }
    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        let left = self.above.saturating_mul(other.below);
        let right = other.above.saturating_mul(self.below);
        Self::new(
            left.saturating_add(right),
            self.below.saturating_mul(other.below),
        )
    }
    /// The difference.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        self.plus(Self {
            above: other.above.saturating_neg(),
            below: other.below,
        })
    }
    /// The product.
    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        Self::new(
            self.above.saturating_mul(other.above),
            self.below.saturating_mul(other.below),
        )
    }
    /// The quotient; nothing if the divisor is not positive.
    #[must_use]
    pub const fn over(self, other: Self) -> Self {
        Self::new(
            self.above.saturating_mul(other.below),
            self.below.saturating_mul(other.above),
        )
    }
    /// As tenths, rounded half up: for showing.
    #[must_use]
    pub const fn tenths(self) -> i128 {
        let twice = self.above.saturating_mul(20).saturating_add(self.below);
        twice.div_euclid(self.below.saturating_mul(2))
    }
    /// The least whole number that is not less.
    #[must_use]
    pub const fn ceiling(self) -> i128 {
        self.above
            .saturating_add(self.below.saturating_sub(1))
            .div_euclid(self.below)
    }
    /// As a fraction in lowest terms.
    #[must_use]
    pub const fn parts(self) -> (i128, i128) {
        (self.above, self.below)
    }
    /// For a screen's bars; never counted with.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "a picture needs no more than a float's precision"
    )]
    pub const fn approximate(self) -> f64 {
        self.above as f64 / self.below as f64
    }
}

impl From<Goal> for Exact {
    fn from(goal: Goal) -> Self {
        Self::new(i128::from(goal.0), 1000)
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Exact {}
impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = self.above.saturating_mul(other.below);
        left.cmp(&other.above.saturating_mul(self.below))
    }
}

/// With one digit after the point, rounded half up; `.0` is left out.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.tenths();
        match tenths.rem_euclid(10) {
            0 => write!(f, "{}", tenths.div_euclid(10)),
            rest => write!(f, "{}.{rest}", tenths.div_euclid(10)),
        }
    }
}

/// What a target asks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// 目标值
    pub goal: Goal,
    /// 分值
    pub weight: Goal,
    /// 评分规则
    pub rule: PointRule,
    /// Reached when at most the goal; else when at least the goal.
    pub fewer_is_better: bool,
}

impl Asked {
    /// Whether a value reaches the goal.
    #[must_use]
    pub fn is_reached(&self, value: Exact) -> bool {
        let goal = Exact::from(self.goal);
        if self.fewer_is_better {
            value <= goal
        } else {
            value >= goal
        }
    }
    /// The points of a period with this value.
    ///
    /// Where fewer is better, 按比例 turns round (goal ÷ value), so that more harm never gives more
    /// points; where more is better, 每次扣N分 deducts for each that is missing.
    #[must_use]
    pub fn points(&self, value: Exact) -> Exact {
        let (goal, weight) = (Exact::from(self.goal), Exact::from(self.weight));
        let reached = self.is_reached(value);
        match self.rule {
            PointRule::Proportional | PointRule::AllOrNothing if reached => weight,
            PointRule::AllOrNothing => Exact::ZERO,
            PointRule::Proportional if self.fewer_is_better => weight.times(goal.over(value)),
            PointRule::Proportional => weight.times(value.over(goal)),
            PointRule::Deduct(each) => {
                let off = if reached {
                    Exact::ZERO
                } else if self.fewer_is_better {
                    value.minus(goal)
                } else {
                    goal.minus(value)
                };
                weight.minus(off.times(each.into())).max(Exact::ZERO)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(goal: i32, rule: PointRule, fewer_is_better: bool) -> Asked {
        Asked {
            goal: Goal::whole(goal),
            weight: Goal::whole(20),
            rule,
            fewer_is_better,
        }
    }

    #[test]
    fn points_in_proportion_are_exact_and_never_more_than_the_weight() {
        let asked = asked(98, PointRule::Proportional, false);
        let two_thirds = Exact::new(200, 3);
        assert_eq!(asked.points(two_thirds), Exact::new(20 * 200, 3 * 98));
        assert_eq!(asked.points(two_thirds).to_string(), "13.6");
        assert_eq!(asked.points(Exact::whole(100)), Exact::whole(20));
        assert_eq!(asked.points(Exact::whole(98)), Exact::whole(20));
    }

    #[test]
    fn all_or_nothing_takes_the_goal_itself() {
        let asked = asked(100, PointRule::AllOrNothing, false);
        assert_eq!(asked.points(Exact::whole(100)), Exact::whole(20));
        assert_eq!(asked.points(Exact::new(9999, 100)), Exact::ZERO);
    }

    #[test]
    fn deductions_begin_above_the_goal_and_end_at_nothing() {
        let asked = asked(1, PointRule::Deduct(Goal::whole(2)), true);
        assert_eq!(asked.points(Exact::whole(0)), Exact::whole(20));
        assert_eq!(asked.points(Exact::whole(1)), Exact::whole(20));
        assert_eq!(asked.points(Exact::whole(4)), Exact::whole(14));
        assert_eq!(asked.points(Exact::whole(99)), Exact::ZERO);
    }

    #[test]
    fn a_goal_of_nothing_divides_nothing() {
        let more = asked(0, PointRule::Proportional, false);
        assert_eq!(more.points(Exact::ZERO), Exact::whole(20));
        let fewer = asked(0, PointRule::Proportional, true);
        assert_eq!(fewer.points(Exact::ZERO), Exact::whole(20));
        assert_eq!(fewer.points(Exact::whole(3)), Exact::ZERO);
    }

    #[test]
    fn halves_are_rounded_up_and_only_when_shown() {
        assert_eq!(Exact::new(1, 20).to_string(), "0.1");
        assert_eq!(Exact::new(1, 21).to_string(), "0");
        assert_eq!(Exact::new(1995, 100).to_string(), "20");
        let third = Exact::new(1, 3);
        assert_eq!(third.plus(third).plus(third), Exact::whole(1));
    }
}
