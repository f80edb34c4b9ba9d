//! The catalogue of metrics: what may be counted, under which names spreadsheets ask for it, which
//! records it needs, and whether the law lets it be a target.
//!
//! Nothing is counted here; each metric's formula is in its own file.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a target counts. Its code (`plan_completion`) stands in the register's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Planned visits that a complete official inspection fulfilled ÷ all due.
    PlanCompletion,
    /// Complete inspections of a planned visit, led by a leader.
    LeaderLed,
    /// Complete ÷ official inspections finished.
    RecordsComplete,
    /// Official inspections finished.
    Inspections,
    /// Sites of the area that were inspected ÷ active ones.
    Coverage,
    /// Findings reported.
    FindingsReported,
    /// Duties rectified by their final deadline ÷ all.
    RectifiedOnTime,
    /// Findings open and past their final deadline.
    Overdue,
    /// Duties re-checked within the days allowed ÷ all.
    RecheckedOnTime,
    /// Major findings that a main leader handled ÷ all.
    MajorInPerson,
    /// Major findings that the relay received on the day of the report ÷ all.
    MajorSameDay,
    /// Listed findings closed by their final deadline ÷ all.
    ListedClosedOnTime,
    /// Major findings not closed.
    MajorOpen,
    /// Finished self-inspections of the enterprise.
    SelfInspections,
    /// Finished post checks.
    PostChecks,
    /// Training hours attended, per head.
    TrainingHours,
    /// People with a valid certificate ÷ those who need one.
    Certificates,
    /// Safety meetings held or chaired.
    Meetings,
    /// Drills held or taken part in.
    Drills,
    /// Letters of the level below that are signed ÷ those due.
    LettersSigned,
    /// People who confirmed their operation-procedure card ÷ those who have one.
    CardsConfirmed,
    /// Accidents with a death.
    Deaths,
    /// Accidents with a serious injury or death.
    SeriousInjuries,
    /// Violations recorded against the person.
    Violations,
    /// Records found false.
    FalseRecords,
}

/// Records that a later part of the app will hold; what needs them reads 未计数：缺少…记录 until
/// then, never 0 and never met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MissingRecords {
    /// 督查: supervisions of a unit below, which `leader_led` counts, too.
    Supervision,
    /// 培训
    Training,
    /// 特种作业证
    Certificate,
    /// 会议
    Meeting,
    /// 演练
    Drill,
    /// 责任书签订
    LetterSignature,
    /// 操作规程卡
    Card,
    /// 事故
    Accident,
    /// 违章
    Violation,
    /// 弄虚作假
    FalseRecord,
}

/// What the number is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A rate, in per cent.
    Percent,
    /// A number of records.
    Count,
    /// Hours per head.
    Hours,
}

/// The rule that forbids a metric as a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Prohibition {
    /// 国办发〔2024〕54号: no quotas of inspections or findings for government bodies.
    InspectionQuota,
    /// 国办函〔2026〕12号: government apps may not score hours of study.
    StudyQuota,
}

impl Prohibition {
    /// The document that says so, as it is cited.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::InspectionQuota => "国办发〔2024〕54号",
            Self::StudyQuota => "国办函〔2026〕12号",
        }
    }
}

/// For whom a metric may not be a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unlawful {
    Never,
    /// Units of the government and their people; an enterprise may set it for itself.
    ForOfficials(Prohibition),
    /// Counts official work alone, so there is nobody for whom it could be a lawful target.
    Always(Prohibition),
}

/// One row of the catalogue.
struct Entry {
    metric: Metric,
    code: &'static str,
    /// With full-width brackets; [`Metric::named`] reads half-width ones as well.
    names: &'static [&'static str],
    measure: Measure,
    missing: Option<MissingRecords>,
    unlawful: Unlawful,
    fewer_is_better: bool,
}

impl Entry {
    const fn new(
        metric: Metric,
        code: &'static str,
        names: &'static [&'static str],
        measure: Measure,
    ) -> Self {
        Self {
            metric,
            code,
            names,
            measure,
            missing: None,
            unlawful: Unlawful::Never,
            fewer_is_better: false,
        }
    }
    const fn missing(mut self, records: MissingRecords) -> Self {
        self.missing = Some(records);
        self
    }
    const fn unlawful(mut self, whom: Unlawful) -> Self {
        self.unlawful = whom;
        self
    }
    const fn fewer_is_better(mut self) -> Self {
        self.fewer_is_better = true;
        self
    }
}

/// The catalogue, in the order of [`Metric`].
static CATALOGUE: [Entry; 25] = [
    Entry::new(
        Metric::PlanCompletion,
        "plan_completion",
        &["年度监督检查计划完成率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::LeaderLed,
        "leader_led",
        &["带队督查（次）", "领导带队检查（次）", "本人带队检查（次）"],
        Measure::Count,
    ),
    Entry::new(
        Metric::RecordsComplete,
        "records_complete",
        &["检查记录完整率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::Inspections,
        "inspections",
        &["检查生产经营单位（次）", "参加检查（次）"],
        Measure::Count,
    )
    .unlawful(Unlawful::Always(Prohibition::InspectionQuota)),
    Entry::new(
        Metric::Coverage,
        "coverage",
        &["辖区单位检查覆盖率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::FindingsReported,
        "findings_reported",
        &["排查隐患（条）"],
        Measure::Count,
    )
    .unlawful(Unlawful::ForOfficials(Prohibition::InspectionQuota)),
    Entry::new(
        Metric::RectifiedOnTime,
        "rectified_on_time",
        &["隐患按期整改率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::Overdue,
        "overdue",
        &["逾期未整改隐患（条）"],
        Measure::Count,
    )
    .fewer_is_better(),
    Entry::new(
        Metric::RecheckedOnTime,
        "rechecked_on_time",
        &["按期复查率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::MajorInPerson,
        "major_in_person",
        &["重大隐患主要领导亲自处理率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::MajorSameDay,
        "major_same_day",
        &["重大隐患当日上报率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::ListedClosedOnTime,
        "listed_closed_on_time",
        &["挂牌督办按期销号率（%）"],
        Measure::Percent,
    ),
    Entry::new(
        Metric::MajorOpen,
        "major_open",
        &["重大隐患未销号（条）"],
        Measure::Count,
    )
    .fewer_is_better(),
    Entry::new(
        Metric::SelfInspections,
        "self_inspections",
        &["企业自查（次）", "组织自查（次）"],
        Measure::Count,
    ),
    Entry::new(
        Metric::PostChecks,
        "post_checks",
        &["岗位自查（次）"],
        Measure::Count,
    ),
    Entry::new(
        Metric::TrainingHours,
        "training_hours",
        &["安全培训（学时/人）", "从业人员培训（学时/人）", "培训学时"],
        Measure::Hours,
    )
    .missing(MissingRecords::Training)
    .unlawful(Unlawful::ForOfficials(Prohibition::StudyQuota)),
    Entry::new(
        Metric::Certificates,
        "certificates",
        &["特种作业持证率（%）"],
        Measure::Percent,
    )
    .missing(MissingRecords::Certificate),
    Entry::new(
        Metric::Meetings,
        "meetings",
        &["议安会议（次）", "主持安全会议（次）"],
        Measure::Count,
    )
    .missing(MissingRecords::Meeting),
    Entry::new(
        Metric::Drills,
        "drills",
        &["应急演练（次）"],
        Measure::Count,
    )
    .missing(MissingRecords::Drill),
    Entry::new(
        Metric::LettersSigned,
        "letters_signed",
        &["责任书签订率（%）"],
        Measure::Percent,
    )
    .missing(MissingRecords::LetterSignature),
    Entry::new(
        Metric::CardsConfirmed,
        "cards_confirmed",
        &["操作规程卡确认率（%）", "本岗位操作规程卡确认"],
        Measure::Percent,
    )
    .missing(MissingRecords::Card),
    Entry::new(
        Metric::Deaths,
        "deaths",
        &["生产安全死亡事故（起）"],
        Measure::Count,
    )
    .missing(MissingRecords::Accident)
    .fewer_is_better(),
    Entry::new(
        Metric::SeriousInjuries,
        "serious_injuries",
        &["重伤以上事故（起）"],
        Measure::Count,
    )
    .missing(MissingRecords::Accident)
    .fewer_is_better(),
    Entry::new(
        Metric::Violations,
        "violations",
        &["违章操作（次）"],
        Measure::Count,
    )
    .missing(MissingRecords::Violation)
    .fewer_is_better(),
    Entry::new(
        Metric::FalseRecords,
        "false_records",
        &["弄虚作假（次）"],
        Measure::Count,
    )
    .missing(MissingRecords::FalseRecord)
    .fewer_is_better(),
];

impl Metric {
    /// All of them, in the catalogue's order.
    pub fn all() -> impl Iterator<Item = Self> {
        CATALOGUE.iter().map(|entry| entry.metric)
    }
    /// By its code in the register.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        CATALOGUE
            .iter()
            .find(|entry| entry.code == code)
            .map(|entry| entry.metric)
    }
    /// By a name that spreadsheets use (指标); spaces and full- or half-width forms don't matter.
    #[must_use]
    pub fn named(words: &str) -> Option<Self> {
        let words = plain(words);
        CATALOGUE
            .iter()
            .find(|entry| entry.names.iter().any(|name| plain(name) == words))
            .map(|entry| entry.metric)
    }

    fn entry(self) -> Option<&'static Entry> {
        CATALOGUE.iter().find(|entry| entry.metric == self)
    }
    /// Its code in the register.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.entry().map_or("", |entry| entry.code)
    }
    /// The names that spreadsheets use; the first is the one to show.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        self.entry().map_or(&[], |entry| entry.names)
    }
    /// What the number is measured in.
    #[must_use]
    pub fn measure(self) -> Measure {
        self.entry().map_or(Measure::Count, |entry| entry.measure)
    }
    /// The records that it needs and that don't exist yet: the second group. The first group,
    /// counted from inspections and findings, needs none.
    #[must_use]
    pub fn missing(self) -> Option<MissingRecords> {
        self.entry().and_then(|entry| entry.missing)
    }
    /// Reached when at most the goal; all others when at least the goal.
    #[must_use]
    pub fn fewer_is_better(self) -> bool {
        self.entry().is_some_and(|entry| entry.fewer_is_better)
    }
    /// The rule against it as a target of a government unit or its people (`official`), or of an
    /// enterprise and its people. Such a target is kept and shown, and gives no points.
    #[must_use]
    pub fn prohibition(self, official: bool) -> Option<Prohibition> {
        match self.entry()?.unlawful {
            Unlawful::Never => None,
            Unlawful::ForOfficials(rule) => official.then_some(rule),
            Unlawful::Always(rule) => Some(rule),
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Words of a spreadsheet for comparing: spaces left out, full-width forms as half-width ones.
#[must_use]
pub fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\u{200b}'))
        .map(half_width)
        .collect()
}

/// U+FF01–FF5E repeat ASCII's printable characters at a fixed distance.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_one_row_in_order_and_its_code_is_its_name_in_json() {
        for (at, entry) in CATALOGUE.iter().enumerate() {
            assert_eq!(entry.metric as usize, at);
            assert_eq!(
                serde_json::to_value(entry.metric).unwrap(),
                serde_json::json!(entry.code)
            );
            assert_eq!(Metric::parse(entry.code), Some(entry.metric));
        }
        assert_eq!(Metric::FalseRecords as usize + 1, CATALOGUE.len());
    }

    #[test]
    fn a_name_belongs_to_one_metric_in_every_width() {
        for entry in &CATALOGUE {
            for name in entry.names {
                assert_eq!(Metric::named(name), Some(entry.metric), "{name}");
            }
        }
        for name in ["按期复查率(%)", "按期复查率（％）", " 按期 复查率（%） "]
        {
            assert_eq!(Metric::named(name), Some(Metric::RecheckedOnTime), "{name}");
        }
        assert_eq!(Metric::named("安全积分（分）"), None);
        assert_eq!(Metric::named(""), None);
    }

    #[test]
    fn quotas_are_for_enterprises_alone() {
        let quota = Some(Prohibition::InspectionQuota);
        assert_eq!(Metric::Inspections.prohibition(true), quota);
        assert_eq!(Metric::Inspections.prohibition(false), quota);
        assert_eq!(Metric::FindingsReported.prohibition(true), quota);
        assert_eq!(Metric::FindingsReported.prohibition(false), None);
        assert_eq!(
            Metric::TrainingHours
                .prohibition(true)
                .map(Prohibition::source),
            Some("国办函〔2026〕12号")
        );
        assert_eq!(Metric::TrainingHours.prohibition(false), None);
        assert_eq!(Metric::PlanCompletion.prohibition(true), None);
    }

    #[test]
    fn fewer_is_better_for_what_should_not_happen() {
        let fewer: Vec<&str> = Metric::all()
            .filter(|metric| metric.fewer_is_better())
            .map(Metric::code)
            .collect();
        assert_eq!(
            fewer,
            [
                "overdue",
                "major_open",
                "deaths",
                "serious_injuries",
                "violations",
                "false_records"
            ]
        );
    }
}
