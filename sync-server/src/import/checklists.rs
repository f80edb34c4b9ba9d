//! 检查表: checklists, found by name; items by their text. An item keeps its code while its text
//! stays the same; a changed text is a new item.

use std::collections::{BTreeMap, BTreeSet};

use xunan_core::register::{Checklist, Item, Table as Rows};
use xunan_core::target::catalogue::plain;

use super::ledger::{Action, Difference, Ledger};
use super::problem::Fault;
use super::table::{Row, Table};
use super::value::{self, Words};
use super::{Scope, answer_type};

static LEVELS: Words<bool> = Words(&[("一般", false), ("疑似重大", true)]);

/// Checklists as the files and the register have them.
pub(super) struct Checklists {
    ledger: Ledger<String, Checklist>,
    by_name: BTreeMap<String, String>,
    /// Items of the register that the files don't have: list's code, its name, item.
    missing_items: Vec<(String, Item)>,
    /// Lists at fault: what refers to them isn't wrong itself.
    unread: BTreeSet<String>,
    only_brought: bool,
}

impl Checklists {
    pub(super) fn read(tables: &[&Table], scope: &mut Scope<'_>) -> Self {
        let versions = scope.register.checklist_versions();
        let ledger = Ledger::new(
            Rows::Checklist,
            versions.map(|(code, versions)| (code.to_owned(), versions)),
        );
        let mut lists = Self {
            by_name: ledger.by_key(|list: &Checklist| plain(&list.name)),
            ledger,
            missing_items: Vec::new(),
            unread: BTreeSet::new(),
            only_brought: !tables.is_empty() && scope.options.retire_missing,
        };
        let codes = scope.register.checklist_versions();
        let mut codes = Codes::after('k', codes.map(|(code, _)| code));
        for table in tables {
            lists.bring(table, &mut codes, scope);
        }
        lists
    }

    fn bring(&mut self, table: &Table, codes: &mut Codes, scope: &mut Scope<'_>) {
        let title = Title::of(table);
        let word = plain(&title.name);
        let rows = item_rows(table, scope);
        let first = table.rows().next();
        let missing = if title.industries.is_empty() {
            Some("适用行业")
        } else if first.is_none() {
            Some("检查内容")
        } else {
            None
        };
        if let Some(column) = missing {
            let found = (title.name.clone(), Fault::Blank { column });
            scope.problems.add(&table.origin, None, Some(column), found);
        }
        let (Some(rows), Some(first)) = (rows, first) else {
            self.unread.insert(word);
            return;
        };
        let code = self.by_name.entry(word).or_insert_with(|| codes.draw());
        let code = code.clone();
        let items = self.items(&code, rows, scope);
        let held = self.ledger.held(&code);
        let list = Checklist {
            version: held.map_or(1, |held| {
                held.version.saturating_add(u32::from(held.items != items))
            }),
            name: title.name.clone(),
            english: title.english,
            industries: title.industries,
            items,
        };
        if let Err(place) = self.ledger.bring(code, list, first) {
            let fault = Fault::KeyTwice {
                key: title.name,
                first: place,
            };
            scope.problems.at(first, "检查内容", fault);
        }
    }

    /// The rows as items. A text that any version of the list had keeps its code; what the newest
    /// has beyond the rows stays at the end, unless it is to be retired.
    fn items(&mut self, code: &str, rows: Vec<ItemRow<'_>>, scope: &Scope<'_>) -> Vec<Item> {
        let mut versions = scope.register.checklist_versions();
        let versions = versions.find(|(other, _)| *other == code);
        let versions = versions.map_or(&[][..], |(_, versions)| versions.all());
        let ever: Vec<&Item> = versions
            .iter()
            .rev()
            .flat_map(|version| &version.value.items)
            .collect();
        let mut codes = Codes::after('i', ever.iter().map(|item| item.code.as_str()));
        let mut items: Vec<Item> = Vec::new();
        for row in rows {
            let held = ever
                .iter()
                .find(|item| plain(&item.text) == plain(row.text));
            let code = held.map_or_else(|| codes.draw(), |item| item.code.clone());
            items.push(row.item(code, held.copied()));
        }
        let newest = versions.last().filter(|version| version.to.is_none());
        let newest = newest.into_iter().flat_map(|version| &version.value.items);
        let missing: Vec<&Item> = newest
            .filter(|held| !items.iter().any(|item| item.code == held.code))
            .collect();
        if !scope.options.retire_missing {
            for item in missing {
                self.missing_items.push((code.to_owned(), item.clone()));
                items.push(item.clone());
            }
        }
        items
    }

    /// The code of the list that a cell names. `None` was reported, unless the fault is in the
    /// list itself.
    pub(super) fn find(
        &self,
        name: &str,
        (row, column): (Row<'_>, &'static str),
        scope: &mut Scope<'_>,
    ) -> Option<String> {
        let word = plain(name);
        if self.unread.contains(&word) {
            return None;
        }
        let code = self.by_name.get(&word).filter(|code| {
            self.ledger.is_brought(code) || (self.ledger.is_in_force(code) && !self.only_brought)
        });
        if code.is_none() {
            let names = self.ledger.brought().chain(self.ledger.in_force());
            let fault = Fault::ListUnknown {
                name: name.to_owned(),
                similar: value::similar(name, names.map(|(_, list)| list.name.as_str())),
            };
            scope.problems.at(row, column, fault);
        }
        code.cloned()
    }

    pub(super) fn differences(&self, retire: bool, present: bool) -> Vec<Difference> {
        let mut all = self.ledger.differences(retire, |_, _| present);
        all.extend(self.missing_items.iter().map(|(list, item)| Difference {
            table: Rows::Checklist,
            id: format!("{list}/{}", item.code),
            action: Action::Missing,
            before: serde_json::to_value(item).ok(),
            after: None,
        }));
        all
    }
}

/// Short codes, each given once for ever: `k1`, `k2`, …
struct Codes {
    letter: char,
    last: u32,
}

impl Codes {
    fn after<'c>(letter: char, codes: impl Iterator<Item = &'c str>) -> Self {
        let numbers = codes.filter_map(|code| code.strip_prefix(letter)?.parse().ok());
        Self {
            letter,
            last: numbers.max().unwrap_or(0),
        }
    }
    fn draw(&mut self) -> String {
        self.last = self.last.saturating_add(1);
        format!("{}{}", self.letter, self.last)
    }
}

/// What stands above the header.
#[derive(Default)]
struct Title {
    name: String,
    english: String,
    industries: Vec<String>,
}

const LABELS: [&str; 4] = ["检查表", "检查表名称", "英文名称", "适用行业"];

impl Title {
    /// In CSV one line: 检查表, name, English, 适用行业, value. In a workbook the name alone, then
    /// labels with their values beside them. Without either the sheet's name.
    fn of(table: &Table) -> Self {
        let mut title = Self::default();
        let mut heading = None;
        for row in &table.titles {
            let mut words = row
                .cells
                .iter()
                .flat_map(|cell| labelled(cell))
                .filter(|word| !word.is_empty())
                .peekable();
            while let Some(word) = words.next() {
                let value = |next: Option<&str>| next.unwrap_or_default().to_owned();
                match plain(word).as_str() {
                    "检查表" | "检查表名称" => {
                        title.name = value(words.next());
                        if let Some(english) = words.next_if(|next| !is_label(next)) {
                            title.english = english.to_owned();
                        }
                    }
                    "英文名称" => title.english = value(words.next_if(|next| !is_label(next))),
                    "适用行业" => {
                        let industries = value(words.next_if(|next| !is_label(next)));
                        title.industries = value::several(&industries).map(str::to_owned).collect();
                    }
                    _ => heading = heading.or(Some(word)),
                }
            }
        }
        if title.name.is_empty() {
            heading
                .unwrap_or(&table.origin.sheet)
                .clone_into(&mut title.name);
        }
        title
    }
}

fn is_label(word: &str) -> bool {
    LABELS.contains(&plain(word).as_str())
}

/// A cell may hold a label and its value: 适用行业：通用.
fn labelled(cell: &str) -> Vec<&str> {
    match cell.split_once(['：', ':']) {
        Some((label, value)) if is_label(label) => vec![label, value.trim()],
        _ => vec![cell],
    }
}

/// A row that could be read.
struct ItemRow<'t> {
    row: Row<'t>,
    text: &'t str,
    /// All but what may stay as the register has it.
    read: Item,
}

impl ItemRow<'_> {
    fn item(self, code: String, held: Option<&Item>) -> Item {
        let mut item = Item { code, ..self.read };
        let Some(held) = held else {
            return item;
        };
        // What the sheet has no column for stays as it was.
        let keep = |column| !self.row.speaks_of(column);
        for (column, text, old) in [
            ("检查类别", &mut item.section, &held.section),
            ("检查内容（英文）", &mut item.english, &held.english),
            ("检查方法", &mut item.method, &held.method),
            ("依据", &mut item.basis, &held.basis),
            ("重大判定条款", &mut item.clause, &held.clause),
        ] {
            if keep(column) {
                text.clone_from(old);
            }
        }
        if keep("默认等级") {
            item.suspected_major = held.suspected_major;
        }
        if keep("建议拍照") {
            item.photo = held.photo;
        }
        item
    }
}

/// All rows of a list; `None` if one of them is at fault, which was reported.
fn item_rows<'t>(table: &'t Table, scope: &mut Scope<'_>) -> Option<Vec<ItemRow<'t>>> {
    let mut rows: Vec<ItemRow<'t>> = Vec::new();
    let mut whole = true;
    for (at, row) in (1_u32..).zip(table.rows()) {
        let Some(item) = item_row(row, at, scope) else {
            whole = false;
            continue;
        };
        match rows
            .iter()
            .find(|other| plain(other.text) == plain(item.text))
        {
            None => rows.push(item),
            Some(same) if same.read == item.read => {}
            Some(other) => {
                let fault = Fault::KeyTwice {
                    key: item.text.to_owned(),
                    first: other.row.place(),
                };
                scope.problems.at(row, "检查内容", fault);
                whole = false;
            }
        }
    }
    whole.then_some(rows)
}

fn item_row<'t>(row: Row<'t>, at: u32, scope: &mut Scope<'_>) -> Option<ItemRow<'t>> {
    let problems = &mut scope.problems;
    let text = problems.required(row, "检查内容");
    let answer = problems.required(row, "答案类型");
    let answer = answer.and_then(|text| problems.take(row, "答案类型", answer_type::read(text)));
    let number = match row.filled("序号") {
        Some(text) => problems.take(row, "序号", value::count(text)),
        None => Some(at),
    };
    let suspected = match row.filled("默认等级") {
        Some(text) => problems.take(row, "默认等级", LEVELS.read(text)),
        None => Some(false),
    };
    let photo = problems.take(row, "建议拍照", value::yes(row.get("建议拍照")));
    let words = |column| row.get(column).to_owned();
    let text = text?;
    Some(ItemRow {
        row,
        text,
        read: Item {
            code: String::new(),
            number: number?,
            section: words("检查类别"),
            text: text.to_owned(),
            english: words("检查内容（英文）"),
            method: words("检查方法"),
            answer: answer?,
            basis: words("依据"),
            suspected_major: suspected?,
            clause: words("重大判定条款"),
            photo: photo?,
        },
    })
}
