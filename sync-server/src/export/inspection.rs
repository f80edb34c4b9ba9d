//! An inspection as a row.

use xunan_core::record::{AnswerMeaning, Basis, Inspection, TeamRole, completeness};
use xunan_core::register::{InspectionKind, Register};

use super::words::{moment, or_nothing, people, site, yes};

pub(super) const COLUMNS: [&str; 17] = [
    "编号",
    "检查对象",
    "检查方式",
    "检查依据",
    "检查表",
    "带队领导",
    "检查人员",
    "开始时间",
    "结束时间",
    "符合",
    "不符合",
    "不适用",
    "检查结论",
    "被检查单位代表",
    "拒签",
    "记录完整",
    "已撤回",
];

/// One cell for each of [`COLUMNS`].
pub(super) fn row(inspection: &Inspection, register: &Register) -> Vec<String> {
    let in_role = |role: TeamRole| {
        let members = inspection.team.iter().filter(move |m| m.role == role);
        people(register, members.map(|member| &member.person))
    };
    let answered = |meanings: &[AnswerMeaning]| {
        let answers = inspection.answers.values();
        let count = answers.filter(|answer| meanings.contains(&answer.meaning));
        count.count().to_string()
    };
    let lists: Vec<&str> = inspection
        .lists
        .iter()
        .map(|(code, version)| {
            let list = register.checklist(code, Some(*version));
            list.map_or(code.as_str(), |list| list.name.as_str())
        })
        .collect();
    let is_complete = inspection.finished.is_some()
        && (!inspection.is_official() || completeness(inspection, register).is_empty());
    vec![
        inspection.id.to_string(),
        site(register, inspection.site, inspection.place.as_deref()),
        kind(inspection.kind).to_owned(),
        or_nothing(inspection.basis, |basis| basis_word(basis).to_owned()),
        lists.join("、"),
        in_role(TeamRole::Leader),
        in_role(TeamRole::Member),
        moment(register, inspection.began),
        or_nothing(inspection.finished, |at| moment(register, at)),
        answered(&[AnswerMeaning::Good]),
        answered(&[AnswerMeaning::Fail, AnswerMeaning::OutOfLimits]),
        answered(&[AnswerMeaning::NotApplicable]),
        inspection.end.clone().unwrap_or_default(),
        inspection.representative.clone().unwrap_or_default(),
        or_nothing(inspection.refusals.last(), |refusal| refusal.reason.clone()),
        yes(is_complete),
        yes(inspection.withdrawn),
    ]
}

const fn kind(kind: InspectionKind) -> &'static str {
    match kind {
        InspectionKind::Routine => "日常检查",
        InspectionKind::Special => "专项检查",
        InspectionKind::LeaderLed => "领导带队检查",
        InspectionKind::Recheck => "复查",
        InspectionKind::SelfInspection => "企业自查",
        InspectionKind::Post => "岗位自查",
    }
}

const fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Plan => "年度计划",
        Basis::Action => "专项行动",
        Basis::Report => "举报",
        Basis::Recheck => "复查",
    }
}
