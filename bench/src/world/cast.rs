//! Whom and what a workload names, as spreadsheets for the relay's import beside the sample.
//!
//! An author is an inspector of the district's emergency bureau, which oversees every site, and
//! safety officer of the groups that hold the sites where he or she records: so that one device may
//! write all edits of its records, acceptance included. Rectifications are recorded on the site's
//! behalf, because nobody passes their own work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::workload::{Kind, Workload};

/// The unit of all authors and of the viewer.
pub(crate) const BUREAU: &str = "青石区应急管理局";
/// Phone number of a supervisor of the bureau in the sample: sees every official record.
pub(crate) const SUPERVISOR: &str = "19900000012";
/// Phone number of the district's leader in the sample.
pub(crate) const LEADER: &str = "19900000002";

const TOWNSHIPS: [&str; 5] = [
    "东关街道办事处",
    "北湖街道办事处",
    "柳河镇人民政府",
    "石桥镇人民政府",
    "南坡镇人民政府",
];

/// See the module. Labels are the workload's.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// Each person's sites, and whether he or she writes records.
    people: BTreeMap<String, (bool, BTreeSet<String>)>,
    sites: BTreeSet<String>,
    lists: BTreeMap<String, BTreeSet<String>>,
}

impl Cast {
    /// Of several workloads together.
    pub(crate) fn of(workloads: &[&Workload]) -> Self {
        let mut cast = Self::default();
        for record in workloads.iter().flat_map(|workload| &workload.0) {
            let site = record.first_word("site").to_owned();
            let author = cast.people.entry(record.author().to_owned()).or_default();
            author.0 = true;
            author.1.insert(site.clone());
            if record.kind == Kind::Finding {
                let person = cast.people.entry(record.first_word("resp").to_owned());
                person.or_default().1.insert(site.clone());
            } else {
                let list = cast.lists.entry(record.first_word("tpl").to_owned());
                let keys = record.edits.iter().flat_map(|edit| &edit.set);
                let items = keys.filter_map(|(key, _)| {
                    key.strip_prefix("ans.")
                        .or_else(|| key.strip_prefix("note."))
                });
                list.or_default().extend(items.map(str::to_owned));
            }
            cast.sites.insert(site);
        }
        cast
    }

    /// Those who write records, with their phone numbers.
    pub(crate) fn authors(&self) -> impl Iterator<Item = (&str, String)> {
        let numbered = (1_u32..).zip(&self.people);
        let authors = numbered.filter(|(_, (_, (writes, _)))| *writes);
        authors.map(|(number, (label, _))| (label.as_str(), phone(number)))
    }

    /// Writes the spreadsheets into a folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut files = vec![
            (folder.join("sites.csv"), self.units()),
            (folder.join("people.csv"), self.rows_of_people()),
        ];
        for (number, (label, items)) in (1_u32..).zip(&self.lists) {
            let path = folder.join(format!("list-{number}.csv"));
            files.push((path, checklist(label, items)));
        }
        for (path, text) in &files {
            fs::write(path, text)?;
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }

    fn units(&self) -> String {
        let mut text =
            String::from("单位名称,层级,上级单位（属地）,行业,行业主管部门,统一社会信用代码\n");
        let mut add = |name: &str, parent: &str, number: usize| {
            text.push_str(&format!(
                "{name},生产经营单位,{parent},机械加工,青石区工业和信息化局,91379900BN{number:08}\n"
            ));
        };
        for (number, township) in (0..).zip(TOWNSHIPS) {
            add(&group(number), township, number);
        }
        for (number, site) in (TOWNSHIPS.len()..).zip(&self.sites) {
            add(site, &group(number), number);
        }
        text
    }

    fn groups_of(&self, sites: &BTreeSet<String>) -> BTreeSet<String> {
        let numbered = (TOWNSHIPS.len()..).zip(&self.sites);
        let theirs = numbered.filter(|(_, site)| sites.contains(*site));
        theirs.map(|(number, _)| group(number)).collect()
    }

    fn rows_of_people(&self) -> String {
        let mut text =
            String::from("姓名,手机号,单位,职务,岗位类别,分管工作,执法证号,证件有效期\n");
        for (number, (label, (writes, sites))) in (1_u32..).zip(&self.people) {
            let phone = phone(number);
            let certificate = if *writes {
                let certificate = format!("1509{number:07},2029-06-30");
                text.push_str(&format!(
                    "{label},{phone},{BUREAU},执法人员,检查人员,工贸,{certificate}\n"
                ));
                certificate
            } else {
                ",".to_owned()
            };
            for group in self.groups_of(sites) {
                text.push_str(&format!(
                    "{label},{phone},{group},安全员,安全员,日常安全管理,{certificate}\n"
                ));
            }
        }
        text
    }
}

/// The group that holds every fifth site.
fn group(number: usize) -> String {
    let number = number % TOWNSHIPS.len();
    format!("基准集团{number}")
}

fn phone(number: u32) -> String {
    format!("188{number:08}")
}

fn checklist(label: &str, items: &BTreeSet<String>) -> String {
    let mut text = format!(
        "检查表,{label},{label},适用行业,通用\n\
         序号,检查类别,检查内容,检查内容（英文）,检查方法,答案类型,依据,默认等级,重大判定条款,建议拍照\n"
    );
    for (number, item) in (1_u32..).zip(items) {
        text.push_str(&format!(
            "{number},现场,{item},{item},现场查看,符合/不符合/不适用,,一般,,否\n"
        ));
    }
    text
}
