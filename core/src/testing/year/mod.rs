//! A year of the sample district, generated from a seed: inspections and findings as people write
//! them, with what goes wrong in a year. Whoever counts it must come to the same numbers.
//!
//! What is written here is what is said, not what is allowed: nobody judges rights.

mod dice;
mod district;
mod finding;
mod inspection;
mod plan;
mod record;
mod rectification;

pub use district::{District, device_key};
pub use finding::{act, clause, five};
pub use inspection::signed;
pub use record::{Doc, HOUR, MINUTE, Pen, Received, at, day, pen, text};

use dice::Dice;
use finding::Found;
use plan::Plan;

/// The year's records.
pub struct Year {
    /// Made by the plan, and others.
    pub inspections: Vec<Doc>,
    /// Of these inspections.
    pub findings: Vec<Doc>,
}

impl Year {
    /// So many of each; the same district and seed give the same year.
    #[must_use]
    pub fn generate(district: &District, seed: u64, inspections: usize, findings: usize) -> Self {
        let dice = &mut Dice::new(seed);
        let visits = district.plan.iter();
        let mut plans: Vec<Plan> = visits
            .filter_map(|(row, visit)| Plan::of_visit(district, dice, (*row, visit)))
            .collect();
        while plans.len() < inspections {
            plans.push(Plan::of_nobody(district, dice));
        }
        let mut year = Self {
            inspections: Vec::new(),
            findings: Vec::new(),
        };
        let mut found: Vec<Found> = Vec::new();
        for (n, plan) in plans.iter().enumerate() {
            let doc = inspection::write(dice, &format!("inspection {seed} {n}"), plan);
            found.extend(plan.found(doc.history.id()));
            year.inspections.push(doc);
        }
        for n in 0..findings {
            let found = found[dice.below(found.len())].clone();
            let name = format!("finding {seed} {n}");
            year.findings
                .push(finding::write(district, dice, &name, found));
        }
        year
    }
}

/// The people's sheet (人员.csv) with some certificates that run out within the year.
#[must_use]
pub fn with_certificates_that_run_out(people: &str) -> String {
    let mut certified = 0;
    let line_of = |line: &str| {
        let certificate = line.rsplit_once(',').filter(|(_, date)| {
            let is_one = date.starts_with("20");
            certified += usize::from(is_one);
            is_one && certified % 7 == 0
        });
        certificate.map_or_else(
            || format!("{line}\n"),
            |(rest, _)| format!("{rest},2026-06-15\n"),
        )
    };
    people.lines().map(line_of).collect()
}
