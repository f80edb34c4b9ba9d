//! Names as people say them, and names as people look for them.

use xunan_core::register::{Register, Unit, UnitLevel};

use crate::query::initials;

const COMPANY: [&str; 4] = ["股份有限公司", "有限责任公司", "有限公司", "公司"];
const OFFICE: [&str; 2] = ["办事处", "人民政府"];

/// A unit's name without the district and the legal form: 青石区恒源化工有限公司 → 恒源化工,
/// 东关街道办事处 → 东关街道, 青石区应急管理局 → 区应急管理局.
pub(crate) fn short(register: &Register, unit: &Unit) -> String {
    let district = district(register);
    let name = unit.name.as_str();
    let within = name
        .strip_prefix(district.as_str())
        .filter(|rest| !rest.is_empty());
    let shortened = match unit.level {
        UnitLevel::District => return district,
        UnitLevel::Department => match within {
            Some(rest) => format!("区{rest}"),
            None => name.to_owned(),
        },
        UnitLevel::Township => without(within.unwrap_or(name), &OFFICE).to_owned(),
        UnitLevel::Enterprise => without(within.unwrap_or(name), &COMPANY).to_owned(),
    };
    // Two characters would no longer name anything.
    if shortened.chars().count() < 2 {
        name.to_owned()
    } else {
        shortened
    }
}

/// What officials call a bureau among themselves, where it isn't its name without 局.
const CALLED: [(&str, &str); 12] = [
    ("住房和城乡建设", "住建"),
    ("工业和信息化", "工信"),
    ("市场监督管理", "市监"),
    ("消防救援", "消防"),
    ("交通运输", "交通"),
    ("教育和体育", "教体"),
    ("卫生健康", "卫健"),
    ("应急管理", "应急"),
    ("生态环境", "环保"),
    ("文化和旅游", "文旅"),
    ("自然资源", "资规"),
    ("农业农村", "农业"),
];

/// A government unit in a narrow cell: 东关街道办事处 → 东关, 青石区住房和城乡建设局 → 住建. Its whole
/// name stands beside it for who asks.
pub(crate) fn tiny(register: &Register, unit: &Unit) -> String {
    let short = short(register, unit);
    let bare = short.strip_prefix('区').unwrap_or(&short);
    let bare = without(bare, &["街道", "大队", "委员会", "镇", "乡", "局"]);
    let called = CALLED.iter().find(|(name, _)| *name == bare);
    match called {
        Some((_, called)) => (*called).to_owned(),
        None if bare.chars().count() < 2 => short,
        None => bare.to_owned(),
    }
}

fn district(register: &Register) -> String {
    let units = register
        .units()
        .filter_map(|(_, versions)| versions.current());
    let mut districts = units.filter(|unit| unit.level == UnitLevel::District);
    districts
        .next()
        .map(|unit| without(&unit.name, &OFFICE).to_owned())
        .unwrap_or_default()
}

fn without<'a>(name: &'a str, endings: &[&str]) -> &'a str {
    endings
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

/// Whether a name, address or text fits what was typed: every word of it is contained, or is the
/// run of pinyin initials of a part (hyhg finds 恒源化工; every reading of a character counts).
pub(crate) fn fits(query: &str, texts: &[&str]) -> bool {
    query
        .split_whitespace()
        .all(|word| texts.iter().any(|text| fits_word(word, text)))
}

fn fits_word(word: &str, text: &str) -> bool {
    if text.contains(word) {
        return true;
    }
    if !word.chars().all(|c| c.is_ascii_alphanumeric()) {
        return false;
    }
    let word = word.to_ascii_lowercase();
    text.to_ascii_lowercase().contains(&word) || initials::fit(&word, text)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_name_is_found_by_part_initials_and_each_reading() {
        assert!(fits("恒源", &["青石区恒源化工有限公司"]));
        assert!(fits("hyhg", &["青石区恒源化工有限公司"]));
        assert!(fits("HY 北环", &["青石区恒源化工有限公司", "北环路152号"]));
        assert!(fits("zq", &["重庆"]) && fits("cq", &["重庆"]));
        assert!(!fits("hx", &["青石区恒源化工有限公司"]));
        assert!(fits("隐患", &["三处隐患未改"]) && fits("电", &["配电箱"]));
    }
}
