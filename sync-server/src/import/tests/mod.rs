//! The rules of metrics.md, section "Import", one test each, on small files; and the sample.

mod columns;
mod keys;
mod names;
mod options;
mod report;
mod sample;
mod words;

use std::collections::BTreeMap;

use xunan_core::register::{Register, Row, Table};
use xunan_core::timestamp::{Date, Timestamp};

use super::{Options, Outcome, Problem, Severity, SourceFile, World, plan};

/// A CSV file.
fn csv(name: &str, text: &str) -> SourceFile {
    SourceFile {
        name: format!("{name}.csv"),
        bytes: text.trim_start().as_bytes().to_vec(),
    }
}

/// An organisation that files are imported into.
#[derive(Default)]
struct Organisation {
    rows: Vec<Row>,
    drawn: u8,
    options: Options,
}

impl Organisation {
    fn register(&self) -> Register {
        Register::new(&self.rows, None)
    }

    /// What the import would do; nothing is written.
    fn preview(&mut self, files: &[SourceFile]) -> Outcome {
        let mut drawn = u128::from(self.drawn) << 64;
        let mut draw = || {
            drawn += 1;
            drawn.to_be_bytes()
        };
        let mut world = World {
            today: day("2026-11-24"),
            draw: &mut draw,
        };
        plan(files, &self.register(), &self.options, &mut world).unwrap()
    }

    /// Imports, as the store would write it.
    fn import(&mut self, files: &[SourceFile]) -> Outcome {
        let outcome = self.preview(files);
        self.drawn += 1;
        let now = Timestamp(i64::from(self.drawn));
        for draft in &outcome.drafts {
            self.rows.push(Row {
                table: draft.table,
                id: draft.id.clone(),
                revision: self.rows.len() as u64 + 1,
                valid_from: now,
                valid_to: draft.retired.then_some(now),
                fields: draft.fields.clone(),
            });
        }
        outcome
    }

    /// Imports what must have nothing to mend.
    fn import_whole(&mut self, files: &[SourceFile]) -> Outcome {
        let outcome = self.import(files);
        assert_eq!(blocks(&outcome), Vec::<String>::new());
        outcome
    }

    /// The rows in force by table and id.
    fn in_force(&self) -> BTreeMap<(Table, String), serde_json::Value> {
        let mut held = BTreeMap::new();
        for row in &self.rows {
            let key = (row.table, row.id.clone());
            match row.valid_to {
                None => held.insert(key, row.fields.clone()),
                Some(_) => held.remove(&key),
            };
        }
        held
    }

    fn person_named(&self, name: &str) -> Option<xunan_core::register::Person> {
        let register = self.register();
        let mut found = register
            .people()
            .filter_map(|(_, versions)| versions.current())
            .filter(|person| person.name == name);
        found.next().cloned()
    }

    fn unit_named(&self, name: &str) -> Option<xunan_core::register::Unit> {
        let register = self.register();
        let mut found = register
            .units()
            .filter_map(|(_, versions)| versions.current())
            .filter(|unit| unit.name == name);
        found.next().cloned()
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Problems as `sheet row column: found → code`.
fn said(outcome: &Outcome, severity: Severity) -> Vec<String> {
    let matching = outcome.problems.iter().filter(|p| p.severity == severity);
    matching.map(line).collect()
}

fn line(problem: &Problem) -> String {
    let fault = serde_json::to_value(&problem.fault).unwrap();
    format!(
        "{} {} {}: {} → {}",
        problem.sheet,
        problem.row.map_or("-".to_owned(), |row| row.to_string()),
        problem.column.as_deref().unwrap_or("-"),
        problem.found,
        fault["code"].as_str().unwrap()
    )
}

fn blocks(outcome: &Outcome) -> Vec<String> {
    said(outcome, Severity::Block)
}
fn notes(outcome: &Outcome) -> Vec<String> {
    said(outcome, Severity::Note)
}

/// A district with a bureau, a street office and two enterprises.
const UNITS: &str = "
单位名称,层级,上级单位（属地）,行业,行业主管部门,全区监管职责,责令整改权限,统一社会信用代码,经度,纬度,风险等级,从业人数
青石区人民政府,区,,,,,,,,,,
应急管理局,区直部门,青石区人民政府,,,综合监管,法定,,,,,
东关街道办事处,乡镇（街道）,青石区人民政府,,,,委托,,,,,
宏达机械,生产经营单位,东关街道办事处,机械加工,应急管理局,,,91379900MA00000001,118.2,36.1,黄,120
恒源化工,生产经营单位,东关街道办事处,危险化学品,应急管理局,,,91379900MA00000002,118.21,36.11,红色,8人
";
const PEOPLE: &str = "
姓名,手机号,单位,职务,岗位类别,分管工作,执法证号,证件有效期
夏娟,13800000001,应急管理局,局长,主要领导,全面工作,,
马平,13800000002,应急管理局,执法人员,检查人员,,15001,2027-06-30
万春梅,13800000003,东关街道办事处,检查员,检查人员,,15002,2028-06-30
吴总,13800000004,宏达机械,总经理,企业主要负责人,,,
";
const LISTS: &str = "
检查表,通用检查表,General,适用行业,通用
序号,检查类别,检查内容,检查方法,答案类型,依据,默认等级,重大判定条款,建议拍照
1,责任制,建立责任制,查文件,符合/不符合/不适用,《安全生产法》,一般,,否
2,现场,氧含量合格,检测,数值（%），19.5–23.5,,疑似重大,第十三条,是
";
const LETTERS: &str = "
年度,签发单位,签订单位（人）,所在单位,层次,指标,目标值,周期,分值,评分规则,一票否决
2026,青石区人民政府,应急管理局,,政府（区直）部门,年度监督检查计划完成率（%）,100,季,60,按比例得分,
2026,青石区人民政府,应急管理局,,政府（区直）部门,生产安全死亡事故（起）,0,年,40,全有或全无,是
2026,应急管理局,马平,应急管理局,个人,逾期未整改隐患（条）,0,月,100,每条扣2分,
";
const PLAN: &str = "
年度,检查单位,检查对象,计划月份,检查方式,检查表,检查人员,年度检查上限（次）
2026,东关街道办事处,宏达机械,3,日常,通用检查表,万春梅,4
2026,应急管理局,恒源化工,11,领导带队,,夏娟、马平,6
";

fn district() -> Vec<SourceFile> {
    vec![
        csv("单位", UNITS),
        csv("人员", PEOPLE),
        csv("检查表", LISTS),
        csv("责任书目标", LETTERS),
        csv("年度检查计划", PLAN),
    ]
}

/// The district, imported.
fn begun() -> Organisation {
    let mut organisation = Organisation::default();
    organisation.import_whole(&district());
    organisation
}
