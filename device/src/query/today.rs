//! Today: my targets and my tasks.

use xunan_core::order::Order;
use xunan_core::register::{PostKind, Signer};

use super::View;
use super::shown::rank;
use super::tasks::last_day;
use crate::request::{TargetRow, Today};

impl View<'_> {
    /// The first screen.
    pub(crate) fn today_screen(&self, not_accepted: u32) -> Today {
        let main = self.units_as(&[PostKind::Main, PostKind::Party, PostKind::Principal]);
        let unit = main.first().copied();
        let year = self.today.year();
        let rows = |signer: Signer| -> Vec<TargetRow> {
            let targets = self.counting().targets_of(signer, year);
            targets
                .into_iter()
                .filter_map(|id| self.target_now(id))
                .collect()
        };
        Today {
            me: self.person(self.me),
            date: self.today,
            days_left: self.days_left(),
            own: rows(Signer::Person(self.me)),
            unit: unit
                .map(|unit| rows(Signer::Unit(unit)))
                .unwrap_or_default(),
            unit_name: unit.map(|unit| self.unit_name(unit)).unwrap_or_default(),
            tasks: self.tasks(not_accepted),
        }
    }

    /// Days left of the month, the quarter and the year, today not counted.
    pub(crate) fn days_left(&self) -> [u32; 3] {
        let (year, month) = (self.today.year(), self.today.month());
        let quarter = month.div_ceil(3).saturating_mul(3);
        [month, quarter, 12].map(|last| {
            let days = last_day(year, last).map_or(0, |day| day.days_since(self.today));
            u32::try_from(days).unwrap_or(0)
        })
    }

    /// My posts, the one shown on Today first.
    pub(crate) fn my_posts(&self) -> Vec<crate::request::PersonShown> {
        let mut posts: Vec<_> = self.register.posts_of(self.me).collect();
        posts.order_by_key(|post| rank(post.kind));
        posts
            .into_iter()
            .map(|post| self.person_in(self.me, Some(post)))
            .collect()
    }
}
