//! What an import changes, in words: which row, what it was, what it becomes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use xunan_core::register::{Goal, InspectionKind, PostKind, Register, Table as Rows, UnitLevel};

use super::ledger::{Action, Difference};
use super::people::POST_KINDS;
use super::plan::VISIT_KINDS;
use super::units::level_word;
use super::value;

/// One row that is new, changes, or is no longer in the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What happens to it.
    pub action: Action,
    /// Which table of the register.
    pub table: Rows,
    /// Its id there.
    pub id: String,
    /// The row in words: a name, or what its key is made of.
    pub row: String,
    /// Of a changed row, what changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
}

/// A column that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Its header.
    pub column: &'static str,
    /// What it was; empty for nothing.
    pub before: String,
    /// What it becomes.
    pub after: String,
}

/// The headers of the register's fields.
const COLUMNS: [(Rows, &str, &str); 41] = [
    (Rows::Unit, "name", "单位名称"),
    (Rows::Unit, "level", "层级"),
    (Rows::Unit, "key", "统一社会信用代码"),
    (Rows::Unit, "parent", "上级单位（属地）"),
    (Rows::Unit, "industry", "行业"),
    (Rows::Unit, "regulators", "行业主管部门"),
    (Rows::Unit, "remit", "全区监管职责"),
    (Rows::Unit, "power", "责令整改权限"),
    (Rows::Unit, "address", "地址"),
    (Rows::Unit, "place", "纬度、经度"),
    (Rows::Unit, "risk", "风险等级"),
    (Rows::Unit, "workers", "从业人数"),
    (Rows::Person, "name", "姓名"),
    (Rows::Person, "phone", "手机号"),
    (Rows::Person, "certificate", "执法证号、有效期"),
    (Rows::Post, "person", "姓名"),
    (Rows::Post, "unit", "单位"),
    (Rows::Post, "kind", "岗位类别"),
    (Rows::Post, "title", "职务"),
    (Rows::Post, "duties", "分管工作"),
    (Rows::Checklist, "name", "检查表"),
    (Rows::Checklist, "english", "英文名称"),
    (Rows::Checklist, "industries", "适用行业"),
    (Rows::Checklist, "version", "版本"),
    (Rows::Checklist, "items", "检查内容"),
    (Rows::Target, "metric", "指标"),
    (Rows::Target, "name", "指标"),
    (Rows::Target, "goal", "目标值"),
    (Rows::Target, "period", "周期"),
    (Rows::Target, "weight", "分值"),
    (Rows::Target, "rule", "评分规则"),
    (Rows::Target, "veto", "一票否决"),
    (Rows::Plan, "year", "年度"),
    (Rows::Plan, "month", "计划月份"),
    (Rows::Plan, "unit", "检查单位"),
    (Rows::Plan, "site", "检查对象"),
    (Rows::Plan, "kind", "检查方式"),
    (Rows::Plan, "lists", "检查表"),
    (Rows::Plan, "officers", "检查人员"),
    (Rows::Plan, "limit", "年度检查上限（次）"),
    (Rows::Setting, "value", "设置"),
];

/// Words of the register's values.
const VALUES: [(&str, &str); 11] = [
    ("statutory", "法定"),
    ("delegated", "委托"),
    ("red", "红"),
    ("orange", "橙"),
    ("yellow", "黄"),
    ("blue", "蓝"),
    ("month", "月"),
    ("quarter", "季"),
    ("year", "年"),
    ("proportional", "按比例得分"),
    ("all_or_nothing", "全有或全无"),
];

/// Names of all ids that a preview may show.
pub(super) struct Words {
    names: BTreeMap<String, String>,
}

impl Words {
    pub(super) fn new(register: &Register, differences: &[Difference]) -> Self {
        let mut names = BTreeMap::new();
        for (id, versions) in register.units() {
            let unit = versions.newest().map(|version| version.value.name.clone());
            names.extend(unit.map(|name| (id.to_string(), name)));
        }
        for (id, versions) in register.people() {
            let person = versions.newest().map(|version| version.value.name.clone());
            names.extend(person.map(|name| (id.to_string(), name)));
        }
        for (code, versions) in register.checklist_versions() {
            let list = versions.newest().map(|version| version.value.name.clone());
            names.extend(list.map(|name| (code.to_owned(), name)));
        }
        let mut words = Self { names };
        let letters = register.letter_versions().filter_map(|(id, versions)| {
            let letter = serde_json::to_value(&versions.newest()?.value).ok()?;
            Some((id.to_string(), words.letter(&letter)))
        });
        let letters: Vec<(String, String)> = letters.collect();
        words.names.extend(letters);
        for difference in differences {
            if let Some(after) = &difference.after {
                let name = match difference.table {
                    Rows::Unit | Rows::Person | Rows::Checklist => text(after, "name").to_owned(),
                    Rows::Letter => words.letter(after),
                    _ => continue,
                };
                words.names.insert(difference.id.clone(), name);
            }
        }
        words
    }

    /// A difference in words. Letters are left out: each shows in its targets.
    pub(super) fn change(&self, difference: &Difference) -> Option<Change> {
        if difference.table == Rows::Letter {
            return None;
        }
        let content = difference.after.as_ref().or(difference.before.as_ref())?;
        Some(Change {
            action: difference.action,
            table: difference.table,
            id: difference.id.clone(),
            row: self.row(difference, content),
            fields: match (&difference.before, &difference.after) {
                (Some(before), Some(after)) => self.fields(difference.table, before, after),
                _ => Vec::new(),
            },
        })
    }

    fn row(&self, difference: &Difference, content: &Value) -> String {
        let name = |field| self.shown(field, content.get(field).unwrap_or(&Value::Null));
        match difference.table {
            Rows::Unit | Rows::Person => text(content, "name").to_owned(),
            Rows::Post => format!("{}，{}{}", name("person"), name("unit"), name("kind")),
            Rows::Checklist => match difference.id.split_once('/') {
                Some((list, _)) => format!("{}：{}", self.name(list), text(content, "text")),
                None => text(content, "name").to_owned(),
            },
            Rows::Letter => self.letter(content),
            Rows::Target => format!("{}，{}", name("letter"), text(content, "name")),
            Rows::Plan => format!(
                "{}，{}年{}月，{}，{}",
                name("site"),
                name("year"),
                name("month"),
                name("unit"),
                name("kind")
            ),
            Rows::Setting => match difference.id.as_str() {
                "counted_from" => format!("从 {} 起计数", name("value")),
                other => other.to_owned(),
            },
            Rows::Device => difference.id.clone(),
        }
    }

    fn letter(&self, letter: &Value) -> String {
        let signer = letter.get("signer").and_then(Value::as_object);
        let signer = signer.and_then(|signer| signer.values().next());
        let signer = signer.and_then(Value::as_str).unwrap_or_default();
        let year = letter.get("year").map(Value::to_string);
        format!("{}年{}责任书", year.unwrap_or_default(), self.name(signer))
    }

    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn fields(&self, table: Rows, before: &Value, after: &Value) -> Vec<FieldChange> {
        let columns = COLUMNS.iter().filter(|(of, ..)| *of == table);
        let changes = columns.filter_map(|(_, field, column)| {
            let (old, new) = (before.get(field), after.get(field));
            if old == new {
                return None;
            }
            if *field == "items" {
                return Some(items(old, new));
            }
            Some(FieldChange {
                column,
                before: self.shown(field, old.unwrap_or(&Value::Null)),
                after: self.shown(field, new.unwrap_or(&Value::Null)),
            })
        });
        changes.collect()
    }

    fn shown(&self, field: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Value::Number(number) if matches!(field, "goal" | "weight") => {
                value::shown(Goal(number.as_i64().unwrap_or_default()))
            }
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.word(field, text),
            Value::Array(all) => {
                let words: Vec<String> = all.iter().map(|one| self.shown(field, one)).collect();
                words.join("、")
            }
            Value::Object(parts) => self.parts(parts),
        }
    }

    fn word(&self, field: &str, text: &str) -> String {
        let parsed = Value::String(text.to_owned());
        if field == "level"
            && let Ok(level) = serde_json::from_value::<UnitLevel>(parsed.clone())
        {
            return level_word(level).to_owned();
        }
        if field == "kind" {
            if let Ok(kind) = serde_json::from_value::<PostKind>(parsed) {
                return POST_KINDS.word(kind).to_owned();
            }
            if let Some(kind) = InspectionKind::parse(text) {
                return VISIT_KINDS.word(kind).to_owned();
            }
        }
        if matches!(field, "power" | "risk" | "period" | "rule")
            && let Some((_, word)) = VALUES.iter().find(|(code, _)| *code == text)
        {
            return (*word).to_owned();
        }
        self.name(text)
    }

    /// A certificate, or a rule that deducts.
    fn parts(&self, parts: &Map<String, Value>) -> String {
        if let Some(points) = parts.get("deduct").and_then(Value::as_i64) {
            return format!("每条扣{}分", value::shown(Goal(points)));
        }
        let words: Vec<String> = ["number", "expires"]
            .iter()
            .filter_map(|field| Some(self.shown(field, parts.get(*field)?)))
            .collect();
        words.join("，")
    }
}

fn text<'v>(row: &'v Value, field: &str) -> &'v str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Items are many and long: how many are new, changed and gone.
fn items(before: Option<&Value>, after: Option<&Value>) -> FieldChange {
    let by_code = |items: Option<&Value>| -> BTreeMap<String, Value> {
        let items = items.and_then(Value::as_array).into_iter().flatten();
        items
            .map(|item| (text(item, "code").to_owned(), item.clone()))
            .collect()
    };
    let (old, new) = (by_code(before), by_code(after));
    let added = new.keys().filter(|code| !old.contains_key(*code)).count();
    let gone = old.keys().filter(|code| !new.contains_key(*code)).count();
    let changed = new
        .iter()
        .filter(|(code, item)| old.get(*code).is_some_and(|held| held != *item))
        .count();
    FieldChange {
        column: "检查内容",
        before: format!("{} 项", old.len()),
        after: format!(
            "{} 项：新 {added} 项，改 {changed} 项，停用 {gone} 项",
            new.len()
        ),
    }
}
