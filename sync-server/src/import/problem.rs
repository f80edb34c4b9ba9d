//! What is wrong with a spreadsheet: where, what is there, and what to do about it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::sheet::Origin;
use super::table::Row;

/// Whether a problem stops the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 要改: nothing is imported until it is mended.
    Block,
    /// 提醒: imported all the same.
    Note,
}

impl Severity {
    /// Its word for people.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Block => "要改",
            Self::Note => "提醒",
        }
    }
}

/// What is wrong, with what its sentence needs. The sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the sentence above each says what its fields are"
)]
pub enum Fault {
    // Files, sheets and columns.
    /// The file can't be read at all.
    #[error("这个文件打不开（{reason}）。请用 WPS 或 Excel 打开后另存为 .xlsx 或 .csv，再导入")]
    FileUnreadable { reason: String },
    /// An old or locked workbook.
    #[error("这是旧版 .xls 文件，或者设了密码。请打开后取消密码、另存为 .xlsx，再导入")]
    FileOldFormat,
    /// Neither UTF-8 nor GB18030.
    #[error("文字编码认不出。请用 WPS 或 Excel 打开后另存为“CSV UTF-8”，再导入")]
    FileEncoding,
    /// No sheet of the file has a known header.
    #[error(
        "没有找到表头。单位表要有“单位名称、层级”，人员表要有“姓名、岗位类别”，责任书目标要有“指标、目标值”，年度检查计划要有“检查对象、计划月份”，检查表要有“检查内容”"
    )]
    HeaderMissing,
    /// One sheet of several has no known header.
    #[error("这张工作表没有认得的表头，没有读。不需要导入就不用管")]
    SheetSkipped,
    /// A column that its kind of sheet must have.
    #[error("缺少这一列。请在表头这一行补上“{column}”")]
    ColumnMissing { column: &'static str },
    /// A header that stands twice.
    #[error("表头“{column}”出现了两次。请删掉或改名其中一列")]
    ColumnTwice { column: &'static str },
    /// A header that nothing is read from.
    #[error("不认识这一列，没有读。不需要导入就不用管")]
    ColumnUnknown,
    /// A formula that failed.
    #[error("单元格是公式错误。请改成文字或数字")]
    CellError,

    // Values.
    /// Nothing where something is due.
    #[error("这一格不能空。请补上“{column}”")]
    Blank { column: &'static str },
    /// Not a mobile number.
    #[error("手机号要 11 位，这里是 {digits} 位。手机号用来认人，不能猜，请补成 11 位")]
    PhoneWrong { digits: usize },
    /// Not a credit code.
    #[error("统一社会信用代码要 18 位数字和大写字母，这里是 {length} 位。请对照营业执照改")]
    CreditCodeWrong { length: usize },
    /// Not a number.
    #[error("这里要填数字。请改成数字")]
    NumberExpected,
    /// More places than are kept.
    #[error("最多三位小数，不能是负数。请改")]
    NumberTooFine,
    /// Not a day.
    #[error("日期看不懂。请写成 2028-06-30 这样")]
    DateExpected,
    /// Not a year.
    #[error("年度要写成 2026 这样的四位数")]
    YearExpected,
    /// Not a month of the plan's year.
    #[error("月份要写 1 到 12，年份要和“年度”一致")]
    MonthExpected,
    /// A word that is none of the known ones.
    #[error("不认识这个词。请改成：{}", allowed.join("、"))]
    WordUnknown { allowed: Vec<&'static str> },
    /// An answer type that is none of the known ones.
    #[error("答案类型要写“符合/不符合/不适用”、“数值（单位），下限–上限”、“选项：甲/乙”或“文字”")]
    AnswerTypeUnknown,
    /// Only one of two that belong together.
    #[error("填了一半。请把“{other}”也填上，或者两格都空着")]
    HalfFilled { other: &'static str },
    /// Not on the globe, or the two stand in each other's place.
    #[error("经度在 -180 到 180 之间，纬度在 -90 到 90 之间。请看看两列是不是写反了")]
    PlaceOutOfRange,

    // What names what.
    /// No unit of this name or code.
    #[error("没有“{name}”这个单位{}", suggestion(.similar, "。请改成登记的单位名称，或先把它加进单位表"))]
    UnitUnknown {
        name: String,
        similar: Option<String>,
    },
    /// Several enterprises of this name.
    #[error("叫“{name}”的单位有 {count} 个。请改写成它的统一社会信用代码")]
    UnitAmbiguous { name: String, count: usize },
    /// A unit of another level is needed here.
    #[error("“{name}”是{level}，这里要填{wanted}。请改")]
    UnitLevelWrong {
        name: String,
        level: &'static str,
        wanted: &'static str,
    },
    /// Something that enterprises don't have.
    #[error("只有政府单位才有{column}。请把这一格清空")]
    GovernmentOnly { column: &'static str },
    /// Nobody of this name in the unit.
    #[error("{place}没有“{name}”{}", suggestion(.similar, "。请改成登记的姓名，或先把人加进人员表"))]
    PersonUnknown {
        name: String,
        place: String,
        similar: Option<String>,
    },
    /// Several of this name.
    #[error("{place}叫“{name}”的有 {count} 人。请在姓名后写上手机号，例如 {name}（13800000000）")]
    PersonAmbiguous {
        name: String,
        place: String,
        count: usize,
    },
    /// No checklist of this name.
    #[error("没有“{name}”这张检查表{}", suggestion(.similar, "。请改成检查表的名称，或先导入它"))]
    ListUnknown {
        name: String,
        similar: Option<String>,
    },
    /// A unit that would be above itself.
    #[error("上级单位绕成了圈：{path}。请改其中一个的上级单位")]
    ParentLoop { path: String },
    /// One phone number, two names.
    #[error("这个手机号在第 {row} 行是{name}的。一个手机号只能是一个人，请改其中一行")]
    PhoneOfAnother { name: String, row: u32 },
    /// The rows of one person name two certificates.
    #[error("和第 {row} 行同一个人的执法证不一样。请改成一样")]
    CertificateDiffers { row: u32 },
    /// The same key with other content.
    #[error("和{first}是同一项（{key}），内容不一样。请删掉一行，或改成一样")]
    KeyTwice { key: String, first: String },
    /// A post that the unit's level doesn't have.
    #[error("“{kind}”只能在{wanted}，“{unit}”是{level}。请改岗位类别或单位")]
    PostNotHere {
        kind: &'static str,
        wanted: &'static str,
        unit: String,
        level: &'static str,
    },
    /// 层次 says that a person signs, and no unit says where that person is.
    #[error("层次是“个人”，要填所在单位。请改其中一个")]
    LevelWithoutUnit,
    /// A unit says where a person is, and 层次 says that a unit signs.
    #[error("填了所在单位，层次应当是“个人”。请改其中一个")]
    LevelNotPerson,
    /// 层次 says something else than the signing unit is.
    #[error("层次和签订单位（人）对不上：这个单位登记的层级是{level}。请改其中一个")]
    LevelDisagrees { level: &'static str },
    /// A yearly limit that differs between rows of one unit and site.
    #[error("同一检查单位、同一检查对象的上限要一样，第 {row} 行是 {limit} 次。请改成一样")]
    LimitDiffers { row: u32, limit: u32 },
    /// Said to be the same person: the old number is somebody's with another name.
    #[error("--same-person {old}={new}：旧号登记的是另一个姓名。请检查两个号码")]
    SamePersonOther { old: String, new: String },
    /// Said to be the same person: the old number is nobody's.
    #[error("--same-person {old}={new}：没有人登记旧号。请检查两个号码")]
    SamePersonUnknown { old: String, new: String },

    // Notes.
    /// An enterprise of this name is registered under another code.
    #[error(
        "已有同名单位，信用代码是 {held}。如果是同一家换了代码，导入后旧的会列在“表里没有了的”"
    )]
    NameElsewhere { held: String },
    /// The number's holder had another name.
    #[error("这个手机号原来登记的是{name}，会改名。如果是号码换了人用，请先停用原来的人")]
    NameChanged { name: String },
    /// A certificate past its day.
    #[error("证件已过期。照常导入，参加的检查会注明“证件过期”，不算完整")]
    CertificateExpired,
    /// An officer of another unit.
    #[error("{name}在{unit}，按联合检查人员导入")]
    JointOfficer { name: String, unit: String },
    /// A metric that isn't in the catalogue.
    #[error("不认识这个指标。照常导入，会显示“未计数”")]
    MetricUnknown,
    /// A metric that may not be a target here.
    #[error("{rule}不许下达这个指标。照常显示，不计分")]
    MetricUnlawful { rule: &'static str },
    /// A goal that is hardly meant.
    #[error("这个指标按百分数算，目标值是 {goal}%，照常导入。如果写错了，请改")]
    GoalDoubtful { goal: String },
    /// Weights of a letter that don't sum to 100.
    #[error("{letter}的分值合计 {sum}，不是 100。照常导入，得分按合计折算")]
    WeightSum { letter: String, sum: String },
    /// A known name in a known unit with a new number.
    #[error(
        "{name}在{unit}登记的手机号是 {old}，这一行先不导入。是同一个人换了号，加 --same-person {old}={new}；是另一个人，加 --new-person {new}"
    )]
    PhoneChanged {
        name: String,
        unit: String,
        old: String,
        new: String,
    },
}

fn shown(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Array(words) => {
            let words: Vec<String> = words.into_iter().filter_map(shown).collect();
            Some(words.join("、"))
        }
        other => Some(other.to_string()),
    }
}

fn suggestion(similar: &Option<String>, otherwise: &str) -> String {
    match similar {
        Some(name) => format!("，是不是“{name}”？请改"),
        None => otherwise.to_owned(),
    }
}

impl Fault {
    /// Its code, and by name what its sentence needs; several words are one list.
    pub(crate) fn told(&self) -> (String, BTreeMap<String, String>) {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else {
            return <_>::default();
        };
        let mut details: BTreeMap<String, String> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, shown(value)?)))
            .collect();
        (details.remove("code").unwrap_or_default(), details)
    }

    /// Whether it stops the import.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::SheetSkipped
            | Self::ColumnUnknown
            | Self::NameElsewhere { .. }
            | Self::NameChanged { .. }
            | Self::CertificateExpired
            | Self::JointOfficer { .. }
            | Self::MetricUnknown
            | Self::MetricUnlawful { .. }
            | Self::GoalDoubtful { .. }
            | Self::WeightSum { .. }
            | Self::PhoneChanged { .. } => Severity::Note,
            _ => Severity::Block,
        }
    }
}

/// One problem, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// 要改 or 提醒.
    pub severity: Severity,
    /// The file as it was named.
    pub file: String,
    /// The sheet, or the CSV file's name without its ending.
    pub sheet: String,
    /// The file's own row number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The column's header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What is there.
    pub found: String,
    /// What is wrong and what to do.
    pub advice: String,
    /// The same for machines.
    pub fault: Fault,
}

/// The problems met so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Of a cell of a row.
    pub(crate) fn at(&mut self, row: Row<'_>, column: &'static str, fault: Fault) {
        let found = row.get(column).to_owned();
        self.add(
            row.origin(),
            Some(row.number()),
            Some(column),
            (found, fault),
        );
    }
    /// Of a file or a sheet as a whole, or of a place that is no [`Row`].
    pub(crate) fn add(
        &mut self,
        origin: &Origin,
        row: Option<u32>,
        column: Option<&str>,
        (found, fault): (String, Fault),
    ) {
        self.0.push(Problem {
            severity: fault.severity(),
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            row,
            column: column.map(str::to_owned),
            found,
            advice: fault.to_string(),
            fault,
        });
    }
    /// The text of a cell that may not be empty.
    pub(crate) fn required<'t>(&mut self, row: Row<'t>, column: &'static str) -> Option<&'t str> {
        let text = row.get(column);
        if text.is_empty() {
            self.at(row, column, Fault::Blank { column });
            return None;
        }
        Some(text)
    }
    /// The value of a cell, or its fault is noted.
    pub(crate) fn take<T>(
        &mut self,
        row: Row<'_>,
        column: &'static str,
        value: Result<T, Fault>,
    ) -> Option<T> {
        value.map_err(|fault| self.at(row, column, fault)).ok()
    }
    pub(crate) fn any_blocks(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Block)
    }
    /// Those that block first, each group by place.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by(|a, b| {
            (a.severity, &a.file, a.row.is_some(), &a.sheet, a.row).cmp(&(
                b.severity,
                &b.file,
                b.row.is_some(),
                &b.sheet,
                b.row,
            ))
        });
        self.0
    }
}
