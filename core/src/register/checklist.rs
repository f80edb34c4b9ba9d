//! Checklists: versioned lists of items. Items keep their code while their text stays the same.

use serde::{Deserialize, Serialize};

/// How an item is answered (答案类型).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum AnswerType {
    /// 符合/不符合/不适用
    Conform,
    /// 数值（unit），low–high. The limits are decimal texts, inclusive.
    Number {
        /// Unit of measure, for example `%`.
        unit: String,
        /// Lowest good value.
        low: Option<String>,
        /// Highest good value.
        high: Option<String>,
    },
    /// One of several words.
    Choice {
        /// The words.
        options: Vec<String>,
    },
    /// Free text.
    Text,
}

/// One item of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Item {
    /// Short code, unique in its list for ever.
    pub code: String,
    /// 序号, for showing.
    pub number: u32,
    /// 检查类别
    pub section: String,
    /// 检查内容
    pub text: String,
    /// 检查内容（英文）
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
    /// 检查方法
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// 答案类型
    pub answer: AnswerType,
    /// 依据
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// 默认等级 is 疑似重大: a prompt, not a verdict.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspected_major: bool,
    /// 重大判定条款: the prompt's standard and article.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// 建议拍照: asked for, never forced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub photo: bool,
}

/// A checklist; its row's id is its short code (`k3`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checklist {
    /// Its name, which the import finds it by.
    pub name: String,
    /// Its English name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
    /// 适用行业: `通用` fits all, `专项` is offered under "more", `岗位自查` is for post checks; else
    /// industries.
    pub industries: Vec<String>,
    /// Counts up with each change of its items.
    pub version: u32,
    /// In the order shown.
    pub items: Vec<Item>,
}
