//! A target in a period as a row.

use xunan_core::register::{Register, Signer, Target};
use xunan_core::target::catalogue::MissingRecords;
use xunan_core::target::{NotCounted, Progress, Standing, Value};

use super::words::{or_nothing, person, unit, units, yes};
use crate::import::decimal;

pub(super) const COLUMNS: [&str; 14] = [
    "年度",
    "签发单位",
    "签订单位（人）",
    "所在单位",
    "指标",
    "周期",
    "目标值",
    "完成值",
    "分子",
    "分母",
    "状态",
    "分值",
    "得分",
    "暂计",
];

/// One cell for each of [`COLUMNS`].
pub(super) fn row(register: &Register, target: &Target, progress: &Progress) -> Vec<String> {
    let letter = register.letter(target.letter);
    let (signer, of) = match letter.map(|letter| letter.signer) {
        Some(Signer::Unit(id)) => (unit(register, id), String::new()),
        Some(Signer::Person(id)) => {
            let posts = register.posts_of(id).map(|post| &post.unit);
            (person(register, id), units(register, posts))
        }
        None => (String::new(), String::new()),
    };
    let (good, of_all) = match progress.value {
        Some(Value::Rate { good, of }) => (good.to_string(), of.to_string()),
        _ => (String::new(), String::new()),
    };
    vec![
        or_nothing(letter, |letter| letter.year.to_string()),
        or_nothing(letter, |letter| unit(register, letter.issuer)),
        signer,
        of,
        target.name.clone(),
        progress.window.period.to_string(),
        decimal(target.goal),
        or_nothing(progress.value.and_then(Value::exact), |n| n.to_string()),
        good,
        of_all,
        standing(progress),
        decimal(target.weight),
        or_nothing(progress.points, |points| points.to_string()),
        yes(progress.tally.provisional),
    ]
}

fn standing(progress: &Progress) -> String {
    if let Some(rule) = progress.prohibition {
        return format!("不计分：{}", rule.source());
    }
    let word = match progress.standing {
        Standing::Reached => "已达到",
        Standing::MetByNothing => "无需计数，视为达到",
        Standing::NotApplicable => "不适用",
        Standing::Running => "进行中",
        Standing::OutOfReach => "已达不到",
        Standing::Missed => "未达到",
        Standing::NotStarted => "未启用",
        Standing::Coming => "未开始",
        Standing::NotCounted(NotCounted::UnknownMetric) => "未计数：不认识的指标",
        Standing::NotCounted(NotCounted::NotVisible) => "未计数",
        Standing::NotCounted(NotCounted::Missing(records)) => {
            return format!("未计数：缺少{}记录", missing(records));
        }
    };
    word.to_owned()
}

const fn missing(records: MissingRecords) -> &'static str {
    match records {
        MissingRecords::Supervision => "督查",
        MissingRecords::Training => "培训",
        MissingRecords::Certificate => "特种作业证",
        MissingRecords::Meeting => "会议",
        MissingRecords::Drill => "演练",
        MissingRecords::LetterSignature => "责任书签订",
        MissingRecords::Card => "操作规程卡",
        MissingRecords::Accident => "事故",
        MissingRecords::Violation => "违章",
        MissingRecords::FalseRecord => "弄虚作假",
    }
}
