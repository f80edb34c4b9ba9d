//! A finding as a row of the hazard ledger (隐患台账).

use xunan_core::record::{Finding, FindingState, Level, Origin};
use xunan_core::register::Register;
use xunan_core::timestamp::Timestamp;

use super::words::{moment, or_nothing, people, person, site, units, yes};

pub(super) const COLUMNS: [&str; 21] = [
    "编号",
    "检查对象",
    "具体位置",
    "隐患内容",
    "等级",
    "判定条款",
    "来源",
    "上报人",
    "上报时间",
    "状态",
    "责令单位",
    "执法人员",
    "整改责任人",
    "整改期限",
    "逾期",
    "停产停业",
    "挂牌督办",
    "有争议",
    "整改时间",
    "销号时间",
    "当场改正",
];

/// One cell for each of [`COLUMNS`].
pub(super) fn row(finding: &Finding, register: &Register, now: Timestamp) -> Vec<String> {
    let today = register.settings().zone.day(now);
    let rectified = finding.duty().and_then(|duty| duty.rectified);
    vec![
        finding.id.to_string(),
        site(register, finding.site, finding.place.as_deref()),
        finding.location_words.clone(),
        finding.text.clone(),
        level(finding).to_owned(),
        or_nothing(finding.clause.as_ref(), |clause| {
            format!("{} {}", clause.standard, clause.article)
        }),
        origin(finding.origin).to_owned(),
        or_nothing(finding.reporter, |id| person(register, id)),
        moment(register, finding.reported),
        state(finding.state).to_owned(),
        units(register, &finding.units),
        people(register, &finding.officers),
        people(register, &finding.responsible),
        or_nothing(finding.deadline, |day| day.to_string()),
        yes(finding.is_overdue(today)),
        yes(finding.halted),
        or_nothing(finding.listed.as_ref(), |listed| {
            format!("{} {}", listed.level, person(register, listed.who))
        }),
        yes(finding.disputed),
        or_nothing(rectified, |(_, at)| moment(register, at)),
        or_nothing(finding.closed, |at| moment(register, at)),
        yes(finding.corrected_on_spot),
    ]
}

const fn level(finding: &Finding) -> &'static str {
    match finding.level {
        Level::Major => "重大",
        Level::General if finding.suspected => "疑似重大",
        Level::General => "一般",
    }
}

const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Official => "监督检查",
        Origin::SelfFound => "企业自查",
        Origin::Report => "举报",
    }
}

const fn state(state: FindingState) -> &'static str {
    match state {
        FindingState::Reported => "已上报",
        FindingState::Ordered => "整改中",
        FindingState::Accepted => "已签收",
        FindingState::ExtensionAsked => "申请延期",
        FindingState::Rectified => "待复查",
        FindingState::Withdrawn => "已撤回",
        FindingState::Closed => "已销号",
    }
}
