//! `docs/permissions.md` is the table of rights, printed. `UPDATE_EXPECT=1` rewrites it.

use std::fmt::Write;

use expect_test::expect_file;
use xunan_core::permit::table::{
    Administer, Answer, EventRule, FINDING_EVENTS, HeldIn, INSPECTION_EVENTS, Inspect, KEYS, Needs,
    Order, POSTS, PostRights, See,
};
use xunan_core::record::RecordKind;
use xunan_core::register::PostKind;

const HEAD: &str = "\
# 谁可以做什么 Who may do what

本页由权利表（`core/src/permit/table.rs`）生成，请勿手改；改表后运行
`UPDATE_EXPECT=1 cargo test -p xunan-core --test it permissions_page`。

This page is printed from the table of rights (`core/src/permit/table.rs`); don't edit it. After a
change of the table run the command above.

权利来自岗位：政府单位的岗位，管到本单位监管的检查对象（属地上级、行业主管、全区监管职责）；企业的岗位，管到本单位及其下属单位。
手机按这张表显示能做的事，中继按同一张表收或退；每一次不予接受都说明出路。

Rights come with posts. Those of government units hold for the sites that the unit oversees (above it
in territory, its regulator, or with a district-wide remit); those of enterprises for the own site and
the sites below it. A phone offers by this table and the relay refuses by it; each refusal names its
way out.
";

const FOOT: &str = "
## 说明 Notes

- 权力 power：责令整改权限（法定或委托）。没有权限的单位提请有权限的单位。
  The power to order rectification; a unit without it proposes to one that has it.
- 执法证过期或缺第二名执法人员，不拦工作，只作标记。
  An expired certificate or a missing second officer never stops work; the act is marked.
- 企业自查、岗位自查发现的隐患，在移交、定为重大或销号以前只归企业自己；移交或定为重大以后，只由监管单位责令。
  What an enterprise found itself is its own until it is handed over, major or closed; once handed
  over, major or acted in by an overseer, only overseers order in it.
- 整改人自己不得复查通过。 The person who rectified never passes it.
- 不在台账的地点，由最初记录人的单位及其上级、有全区监管职责的单位监管，明确单位以后由该单位的监管单位监管。
  A place that is not in the register is overseen by the units of those who began the record, those
  above them, and those with a district-wide remit; once its unit is named, by those that oversee
  that unit.
- 年度计划由管理员导入；导入以后改月份、换人须写明理由，由中继登记，原来的内容保留。已经查完的、已不能补查的不再改，
  过了月份的不移到别的月份。
  The plan comes in by the administrator's import. Who moves a visit or names a stand-in after it says
  why; the relay writes it down and keeps what was. A visit that was made, or can no longer be made,
  stays as it is, and one whose month is over stays in it.
- 有管理员岗位的人不写安全记录，也不改年度计划。 Who holds an administrator's post writes no records and
  changes no plan.
";

#[test]
fn the_page_shows_the_table() {
    let page = format!("{HEAD}{}{}{}{FOOT}", posts(), keys(), events());
    expect_file!["../../../docs/permissions.md"].assert_eq(&page);
}

fn posts() -> String {
    let mut page = "\n## 岗位与权利 Posts and rights\n\n\
        | 岗位 post | 所在单位 held in | 查看 see | 检查 inspect | 责令 order | 答复 answer | 牵头 lead | 改年度计划 change the plan | 管理 administer |\n\
        |---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for post in &POSTS {
        let cells = cells(post);
        writeln!(page, "| {} |", cells.join(" | ")).unwrap();
    }
    page
}

fn cells(post: &PostRights) -> [&'static str; 9] {
    let none = "–";
    [
        kind(post.kind),
        match post.held_in {
            HeldIn::Government => "政府单位 government",
            HeldIn::Enterprise => "企业 enterprise",
            HeldIn::Anywhere => "任何单位 any",
        },
        match post.see {
            See::Audience => "可见范围内的记录 records whose audience has the unit",
            See::ServedSite => "本单位的，送达以后 own site, once served",
            See::OwnTasks => "自己的任务 own tasks",
            See::RegisterOnly => "台账，不看记录 the register, no records",
        },
        match post.inspect {
            Some(Inspect::Official) => "● 监督检查 official",
            Some(Inspect::SelfInspection) => "企业自查、岗位自查 self-inspection, post check",
            Some(Inspect::PostCheck) => "岗位自查 post check",
            None => none,
        },
        match post.order {
            Some(Order::WithPowerAndCertificate) => {
                "单位有权限、本人有执法证 in a unit with the power, with a certificate"
            }
            Some(Order::WithPower) => "单位有权限 in a unit with the power",
            Some(Order::SelfFound) => "自己查出的 in findings of their own",
            None => none,
        },
        match post.answer {
            Some(Answer::Site) => "●",
            Some(Answer::IfNamed) => "被指定为责任人时 if named responsible",
            None => none,
        },
        if post.lead { "●" } else { none },
        if post.plan {
            "本单位及其下级单位 of the own unit and those below"
        } else {
            none
        },
        match post.administer {
            Some(Administer::InvitePrincipals) => {
                "邀请所查对象的主要负责人 invite the principal of a site they inspect"
            }
            Some(Administer::InviteWorkers) => "邀请本单位从业人员 invite own workers",
            Some(Administer::Everything) => "●",
            None => none,
        },
    ]
}

const fn kind(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Party => "党委主要负责人 party",
        PostKind::Main => "主要领导 main",
        PostKind::InCharge => "分管领导 in-charge",
        PostKind::DualDuty => "一岗双责成员 dual-duty",
        PostKind::Supervisor => "安监人员 supervisor",
        PostKind::Inspector => "检查人员 inspector",
        PostKind::Principal => "企业主要负责人 principal",
        PostKind::SafetyOfficer => "安全员 safety officer",
        PostKind::Worker => "从业人员 worker",
        PostKind::Administrator => "管理员 administrator",
    }
}

const fn needs(needs: Needs) -> &'static str {
    match needs {
        Needs::Root => "只在首次记录时 in the first change only",
        Needs::Inspect => "检查 inspect",
        Needs::InspectUnfinished => "检查，结束以前 inspect, until finished",
        Needs::TeamUntilEnd => {
            "本人（有检查权）或组内任何人，结束以前 oneself (with inspect) or any of the team, until finished"
        }
        Needs::ReporterUntilOrdered => {
            "报告人或检查组，责令或了结以前 the reporter or the inspection's team, until ordered or closed"
        }
        Needs::Order => "责令 order",
        Needs::Answer => "答复 answer",
        Needs::Lead => "牵头 lead",
        Needs::See => "能看到的人 whoever sees it",
        Needs::InspectWithoutPower => "检查，单位没有权限 inspect, in a unit without the power",
        Needs::AnswerOrBehalf => "答复；代报须检查 answer; on behalf: inspect",
        Needs::ReporterThenOrder => {
            "责令以前报告人一方，以后责令 the reporter's side before an order, then order"
        }
        Needs::Team => "检查组 the team",
        Needs::Signature => {
            "本人；被检查单位代表、见证人可在组员手机上 one's own; representative and witness on a phone of the team"
        }
        Needs::BeganThenOrder => {
            "结束以前发起人或带队领导，以后责令 who began it or its leader before the end, then order"
        }
        Needs::LeaderRole => "带队领导 who has the leader's role",
        Needs::TeamAfterEnd => "检查组，结束以后 the team, after the end",
    }
}

fn keys() -> String {
    let mut page = "\n## 字段 Keys\n\n\
        首次记录须有检查权。 A record's first change asks for the right to inspect.\n\n\
        | 记录 record | 字段 keys | 须有 asks for |\n|---|---|---|\n"
        .to_owned();
    for rule in &KEYS {
        let record = match rule.record {
            RecordKind::Inspection => "检查 inspection",
            RecordKind::Finding => "隐患 finding",
        };
        let keys: Vec<String> = rule.keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(
            page,
            "| {record} | {} | {} |",
            keys.join(" "),
            needs(rule.needs)
        )
        .unwrap();
    }
    page
}

fn events() -> String {
    let mut page = String::new();
    let tables: [(&str, &[EventRule]); 2] = [
        ("隐患的事件 Events of a finding", &FINDING_EVENTS),
        ("检查的事件 Events of an inspection", &INSPECTION_EVENTS),
    ];
    for (title, rules) in tables {
        write!(
            page,
            "\n## {title}\n\n| 事件 event | 须有 asks for | 须先有 needed in its past |\n|---|---|---|\n"
        )
        .unwrap();
        for rule in rules {
            let past = rule
                .past
                .map_or("–".to_owned(), |past| format!("`{past}` {}", event(past)));
            let name = event(rule.kind);
            writeln!(
                page,
                "| `{}` {name} | {} | {past} |",
                rule.kind,
                needs(rule.needs)
            )
            .unwrap();
        }
    }
    page
}

fn event(kind: &str) -> &'static str {
    match kind {
        "proposed" => "提请",
        "ordered" => "责令整改",
        "graded" => "定级",
        "accepted" => "接收",
        "assigned" => "指派",
        "asked" => "申请延期",
        "granted" => "同意延期",
        "declined" => "不同意延期",
        "rectified" => "整改",
        "corrected_on_spot" => "当场予以纠正",
        "passed" => "复查通过",
        "failed" => "复查不通过",
        "halted" => "停止作业、使用",
        "resumed" => "恢复",
        "reassigned" => "改派",
        "transferred" => "移交",
        "listed" => "挂牌督办",
        "unlisted" => "摘牌",
        "decided" => "批示",
        "settled" => "定夺",
        "withdrawn" => "撤回",
        "duplicate" => "重复",
        "sited" => "明确单位",
        "commented" => "说明",
        "finished" => "结束",
        "reopened" => "重新打开",
        "signed" => "签字",
        "refused" => "拒签",
        "lead" => "带队意见",
        other => panic!("{other} has no Chinese word"),
    }
}
