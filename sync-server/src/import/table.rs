//! What kind of sheet it is, and which column is which: both by header words, in any order, below
//! any title rows.

use std::collections::BTreeMap;

use serde::Serialize;
use xunan_core::target::catalogue::plain;

use super::problem::{Fault, Problems};
use super::sheet::{Origin, Sheet, SheetRow};

/// A kind of sheet, in the order in which they refer to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 单位
    Units,
    /// 人员
    People,
    /// 检查表
    Checklists,
    /// 责任书目标
    Letters,
    /// 年度检查计划
    Plan,
}

/// A column of a kind of sheet.
struct Column {
    name: &'static str,
    /// Other headers that mean the same.
    aliases: &'static [&'static str],
    required: bool,
}

const fn must(name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column {
        name,
        aliases,
        required: true,
    }
}
const fn may(name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column {
        name,
        aliases,
        required: false,
    }
}

static UNITS: &[Column] = &[
    must("单位名称", &[]),
    must("层级", &[]),
    must("上级单位（属地）", &["上级单位", "属地"]),
    may("行业", &[]),
    may("行业主管部门", &[]),
    may("全区监管职责", &[]),
    may("责令整改权限", &[]),
    may("统一社会信用代码", &[]),
    may("地址", &[]),
    may("经度", &[]),
    may("纬度", &[]),
    may("坐标系", &[]),
    may("风险等级", &[]),
    may("从业人数", &[]),
];
static PEOPLE: &[Column] = &[
    must("姓名", &[]),
    must("岗位类别", &[]),
    must("手机号", &["手机号码", "手机"]),
    must("单位", &["单位名称", "所在单位"]),
    may("职务", &[]),
    may("分管工作", &[]),
    may("执法证号", &[]),
    may("证件有效期", &[]),
];
static CHECKLISTS: &[Column] = &[
    must("检查内容", &[]),
    must("答案类型", &[]),
    may("序号", &[]),
    may("检查类别", &[]),
    may("检查内容（英文）", &[]),
    may("检查方法", &[]),
    may("依据", &[]),
    may("默认等级", &[]),
    may("重大判定条款", &[]),
    may("建议拍照", &[]),
];
static LETTERS: &[Column] = &[
    must("指标", &[]),
    must("目标值", &[]),
    must("年度", &[]),
    must("签发单位", &[]),
    must("签订单位（人）", &["签订单位", "签订人"]),
    must("所在单位", &[]),
    may("层次", &[]),
    must("周期", &[]),
    must("分值", &[]),
    must("评分规则", &[]),
    may("一票否决", &[]),
];
static PLAN: &[Column] = &[
    must("检查对象", &[]),
    must("计划月份", &[]),
    must("年度", &[]),
    must("检查单位", &[]),
    must("检查方式", &[]),
    may("检查表", &[]),
    may("检查人员", &[]),
    may("年度检查上限（次）", &["年度检查上限"]),
];
/// Columns that people add for themselves and nobody expects to be read.
const PRIVATE: [&str; 2] = ["序号", "备注"];

impl Kind {
    /// All, in the order in which they refer to each other.
    pub const ALL: [Self; 5] = [
        Self::Units,
        Self::People,
        Self::Checklists,
        Self::Letters,
        Self::Plan,
    ];
    /// Its name for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Units => "单位",
            Self::People => "人员",
            Self::Checklists => "检查表",
            Self::Letters => "责任书目标",
            Self::Plan => "年度检查计划",
        }
    }
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Units => UNITS,
            Self::People => PEOPLE,
            Self::Checklists => CHECKLISTS,
            Self::Letters => LETTERS,
            Self::Plan => PLAN,
        }
    }
    /// The headers that tell it from the others.
    const fn marks(self) -> &'static [&'static str] {
        match self {
            Self::Units => &["单位名称", "层级"],
            Self::People => &["姓名", "岗位类别"],
            Self::Checklists => &["检查内容"],
            Self::Letters => &["指标", "目标值"],
            Self::Plan => &["检查对象", "计划月份"],
        }
    }
}

impl Column {
    fn is_headed(&self, header: &str) -> bool {
        std::iter::once(&self.name)
            .chain(self.aliases)
            .any(|name| plain(name) == header)
    }
}

/// A header's words for comparing; a star marks what must be filled, in many templates.
fn header_words(cell: &str) -> String {
    plain(cell).replace('*', "")
}

/// A sheet of a known kind.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) kind: Kind,
    pub(crate) origin: Origin,
    /// The rows above the header.
    pub(crate) titles: Vec<SheetRow>,
    columns: BTreeMap<&'static str, usize>,
    rows: Vec<SheetRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'t> {
    table: &'t Table,
    row: &'t SheetRow,
}

impl<'t> Row<'t> {
    /// A cell's text; empty where the cell or the column is missing.
    pub(crate) fn get(self, column: &'static str) -> &'t str {
        self.table
            .columns
            .get(column)
            .and_then(|at| self.row.cells.get(*at))
            .map_or("", String::as_str)
    }
    /// A cell's text, if there is any.
    pub(crate) fn filled(self, column: &'static str) -> Option<&'t str> {
        Some(self.get(column)).filter(|text| !text.is_empty())
    }
    /// Whether the sheet has the column: what a sheet doesn't speak of stays as it was.
    pub(crate) fn speaks_of(self, column: &'static str) -> bool {
        self.table.columns.contains_key(column)
    }
    pub(crate) fn number(self) -> u32 {
        self.row.number
    }
    pub(crate) fn origin(self) -> &'t Origin {
        &self.table.origin
    }
    /// Where it is, for another row's problem.
    pub(crate) fn place(self) -> String {
        format!("{}第 {} 行", self.table.origin.sheet, self.row.number)
    }
}

impl Table {
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| Row { table: self, row })
    }

    /// Reads a sheet as what it is; `None` if it has no known header.
    pub(crate) fn find(sheet: Sheet, problems: &mut Problems) -> Option<Self> {
        let Sheet { origin, rows } = sheet;
        let (at, kind) = header_of(&rows)?;
        let mut rows = rows.into_iter();
        let titles: Vec<SheetRow> = rows.by_ref().take(at).collect();
        let header = rows.next()?;
        let columns = columns_of(kind, &header, &origin, problems);
        let rows = rows
            .filter(|row| !is_remark(row) && !repeats(row, &header))
            .collect();
        let table = Self {
            kind,
            origin,
            titles,
            columns,
            rows,
        };
        table.report_failed_formulas(problems);
        Some(table)
    }

    fn report_failed_formulas(&self, problems: &mut Problems) {
        for row in self.rows() {
            for column in self.columns.keys() {
                if is_formula_error(row.get(column)) {
                    problems.at(row, column, Fault::CellError);
                }
            }
        }
    }
}

fn is_formula_error(text: &str) -> bool {
    matches!(
        text,
        "#N/A" | "#REF!" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NULL!" | "#NUM!"
    )
}

/// The first row that has all the marks of a kind.
fn header_of(rows: &[SheetRow]) -> Option<(usize, Kind)> {
    rows.iter().enumerate().find_map(|(at, row)| {
        let words: Vec<String> = row.cells.iter().map(|cell| header_words(cell)).collect();
        let marked = |kind: &Kind| {
            kind.marks()
                .iter()
                .all(|mark| words.iter().any(|word| *word == plain(mark)))
        };
        // 检查内容 alone marks a checklist, so it is asked last.
        [
            Kind::Units,
            Kind::People,
            Kind::Letters,
            Kind::Plan,
            Kind::Checklists,
        ]
        .into_iter()
        .find(marked)
        .map(|kind| (at, kind))
    })
}

fn columns_of(
    kind: Kind,
    header: &SheetRow,
    origin: &Origin,
    problems: &mut Problems,
) -> BTreeMap<&'static str, usize> {
    let mut columns = BTreeMap::new();
    for (at, cell) in header.cells.iter().enumerate() {
        let words = header_words(cell);
        if words.is_empty() {
            continue;
        }
        let known = kind
            .columns()
            .iter()
            .find(|column| column.is_headed(&words));
        let fault = match known {
            Some(column) if columns.contains_key(column.name) => Fault::ColumnTwice {
                column: column.name,
            },
            Some(column) => {
                columns.insert(column.name, at);
                continue;
            }
            None if PRIVATE.contains(&words.as_str()) => continue,
            None => Fault::ColumnUnknown,
        };
        problems.add(
            origin,
            Some(header.number),
            Some(cell),
            (cell.clone(), fault),
        );
    }
    for column in kind.columns() {
        if column.required && !columns.contains_key(column.name) {
            let fault = Fault::ColumnMissing {
                column: column.name,
            };
            let place = (Some(header.number), Some(column.name));
            problems.add(origin, place.0, place.1, (String::new(), fault));
        }
    }
    columns
}

/// A heading, a remark, a total or a signature line: one filled cell, or words that say so.
fn is_remark(row: &SheetRow) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else {
        return true;
    };
    filled.next().is_none()
        || ["注", "备注", "合计", "填表", "制表"]
            .iter()
            .any(|word| first.starts_with(word))
}

/// Long sheets repeat their header on each page.
fn repeats(row: &SheetRow, header: &SheetRow) -> bool {
    row.cells
        .iter()
        .zip(&header.cells)
        .all(|(cell, head)| header_words(cell) == header_words(head))
}
