//! Who can be played: six people of the sample who have a visit due this month at one site,
//! and the administrator.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// A person to play and the part.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// 姓名
    pub(crate) name: String,
    /// 手机号: names one person where two have the same name.
    pub(crate) phone: String,
    /// 单位
    pub(crate) unit: String,
    /// What the person does in the chain.
    pub(crate) role: &'static str,
}

#[derive(Deserialize)]
struct PersonRow {
    姓名: String,
    手机号: String,
    单位: String,
    岗位类别: String,
}

#[derive(Deserialize)]
struct UnitRow {
    单位名称: String,
    责令整改权限: String,
    全区监管职责: String,
}

#[derive(Deserialize)]
struct VisitRow {
    检查单位: String,
    检查对象: String,
    计划月份: u8,
    检查方式: String,
    检查人员: String,
}

fn rows<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let headers = reader
        .headers()?
        .iter()
        .map(|h| h.trim_start_matches('\u{feff}').to_owned());
    let headers = headers.collect::<csv::StringRecord>();
    reader.set_headers(headers);
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| path.display().to_string())
}

/// The cast for a month (1–12): officers, leader, supervisor, the site's two, the administrator;
/// and the site.
pub(crate) fn cast(sample: &Path, month: u8) -> Result<(String, Vec<Part>)> {
    let people: Vec<PersonRow> = rows(&sample.join("人员.csv"))?;
    let visits: Vec<VisitRow> = rows(&sample.join("年度检查计划.csv"))?;
    let units: Vec<UnitRow> = rows(&sample.join("单位.csv"))?;
    let has_power = |unit: &str| {
        units
            .iter()
            .any(|u| u.单位名称 == unit && !u.责令整改权限.is_empty())
    };
    let led = |v: &&VisitRow| v.检查方式 == "领导带队";
    let found = visits
        .iter()
        .filter(|v| v.计划月份 == month && has_power(&v.检查单位))
        .filter(led)
        .find_map(|visit| parts(visit, &people, &units))
        .or_else(|| {
            visits
                .iter()
                .filter(led)
                .find_map(|visit| parts(visit, &people, &units))
        });
    found.context(
        "the sample has no visit led by a leader with officers, safety officer and principal",
    )
}

fn parts(visit: &VisitRow, people: &[PersonRow], units: &[UnitRow]) -> Option<(String, Vec<Part>)> {
    let part = |p: &PersonRow, role| Part {
        name: p.姓名.clone(),
        phone: p.手机号.clone(),
        unit: p.单位.clone(),
        role,
    };
    let in_unit = |unit: &str, kind: &str, role| {
        people
            .iter()
            .find(|p| p.单位 == unit && p.岗位类别 == kind)
            .map(|p| part(p, role))
    };
    let mut officers = Vec::new();
    let mut leader = None;
    for name in visit.检查人员.split('、') {
        let person = people
            .iter()
            .find(|p| p.单位 == visit.检查单位 && p.姓名 == name)?;
        if person.岗位类别 == "检查人员" && officers.len() < 2 {
            officers.push(part(person, "检查人员"));
        } else if person.岗位类别 != "检查人员" && leader.is_none() {
            leader = Some(part(person, "带队领导"));
        }
    }
    if officers.len() < 2 {
        let more = people
            .iter()
            .filter(|p| p.单位 == visit.检查单位 && p.岗位类别 == "检查人员");
        let more = more
            .filter(|p| officers.iter().all(|o| o.phone != p.手机号))
            .map(|p| part(p, "检查人员"));
        let missing = 2_usize.saturating_sub(officers.len());
        let more: Vec<Part> = more.take(missing).collect();
        officers.extend(more);
    }
    let [first, second] = <[Part; 2]>::try_from(officers).ok()?;
    let cast = vec![
        first,
        second,
        leader?,
        // A department without a supervisor of its own is watched by one with a district-wide remit.
        in_unit(&visit.检查单位, "安监人员", "监管人员").or_else(|| {
            let remits = units.iter().filter(|u| !u.全区监管职责.is_empty());
            remits
                .filter_map(|u| in_unit(&u.单位名称, "安监人员", "监管人员"))
                .next()
        })?,
        in_unit(&visit.检查对象, "安全员", "企业安全员")?,
        in_unit(&visit.检查对象, "企业主要负责人", "企业主要负责人")?,
        people
            .iter()
            .find(|p| p.岗位类别 == "管理员")
            .map(|p| part(p, "管理员"))?,
    ];
    Some((visit.检查对象.clone(), cast))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_month_has_a_whole_cast() {
        let sample = crate::root().join("sample/demo");
        for month in 1..=12 {
            let (site, cast) = super::cast(&sample, month).unwrap();
            assert_eq!(cast.len(), 7, "month {month} at {site}");
        }
    }
}
