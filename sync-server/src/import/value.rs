//! What is written in a cell: numbers, days, months, lists, and words of a fixed set.

use xunan_core::register::Goal;
use xunan_core::target::catalogue::plain;
use xunan_core::timestamp::Date;

use super::problem::Fault;

/// A decimal number of at most three places, not negative; `100%` is 100.
pub(crate) fn decimal(text: &str) -> Result<Goal, Fault> {
    let words = plain(text).replace(',', "");
    let words = words.strip_suffix('%').unwrap_or(&words);
    let (whole, places) = words.split_once('.').unwrap_or((words, ""));
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if words.starts_with('-') && decimal(words.trim_start_matches('-')).is_ok() {
        return Err(Fault::NumberTooFine);
    }
    if whole.is_empty() || !is_number(whole) || !is_number(places) {
        return Err(Fault::NumberExpected);
    }
    let places = places.trim_end_matches('0');
    if places.len() > 3 || whole.len() > 12 {
        return Err(Fault::NumberTooFine);
    }
    format!("{whole}{places:0<3}")
        .parse()
        .map(Goal)
        .map_err(|_| Fault::NumberExpected)
}

/// A decimal as people write it: 98, 97.5.
pub(crate) fn shown(number: Goal) -> String {
    let text = format!("{}.{:03}", number.0 / 1000, (number.0 % 1000).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A count: `120`, `1,200`, `120人`, `4次`.
pub(crate) fn count(text: &str) -> Result<u32, Fault> {
    let words = plain(text).replace(',', "");
    let words = words.trim_end_matches(['人', '次']);
    let whole = words.strip_suffix(".0").unwrap_or(words);
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::NumberExpected);
    }
    whole.parse().map_err(|_| Fault::NumberExpected)
}

/// A coordinate in degrees.
pub(crate) fn degrees(text: &str) -> Result<f64, Fault> {
    let degrees: f64 = plain(text)
        .trim_end_matches('°')
        .parse()
        .map_err(|_| Fault::NumberExpected)?;
    if degrees.is_finite() {
        Ok(degrees)
    } else {
        Err(Fault::NumberExpected)
    }
}

/// `2026`, `2026年`, `2026年度`.
pub(crate) fn year(text: &str) -> Result<i32, Fault> {
    let words = plain(text);
    let words = words.trim_end_matches('度').trim_end_matches('年');
    match words.parse() {
        Ok(year @ 2000..=2100) => Ok(year),
        _ => Err(Fault::YearExpected),
    }
}

/// The numbers of a day or month, however they are parted; none if there is anything else.
fn parts(text: &str) -> Vec<u16> {
    let day_only = match text.split_once([' ', 'T']) {
        Some((day, clock)) if clock.contains(':') => day,
        _ => text,
    };
    plain(day_only)
        .trim_end_matches(['日', '份', '月'])
        .split(['-', '/', '.', '年', '月'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .unwrap_or_default()
}

/// `2028-06-30`, `2028/6/30`, `2028.6.30`, `2028年6月30日`, `20280630`.
pub(crate) fn date(text: &str) -> Result<Date, Fault> {
    let words = plain(text);
    let digits_only = words.len() == 8 && words.bytes().all(|b| b.is_ascii_digit());
    if digits_only && let Ok(number) = words.parse::<u32>() {
        return ymd(number / 10_000, number / 100 % 100, number % 100);
    }
    match parts(text).as_slice() {
        [year @ 1900..=9999, month, day] => ymd(*year, *month, *day),
        _ => Err(Fault::DateExpected),
    }
}

fn ymd(
    year: impl TryInto<i32>,
    month: impl TryInto<u8>,
    day: impl TryInto<u8>,
) -> Result<Date, Fault> {
    let (Ok(year), Ok(month), Ok(day)) = (year.try_into(), month.try_into(), day.try_into()) else {
        return Err(Fault::DateExpected);
    };
    Date::from_ymd(year, month, day).map_err(|_| Fault::DateExpected)
}

/// The same day so many years later; 29 February becomes the 28th where there is none.
pub(crate) fn years_later(date: Date, years: i32) -> Date {
    let year = date.year().saturating_add(years);
    Date::from_ymd(year, date.month(), date.day())
        .or_else(|_| Date::from_ymd(year, date.month(), 28))
        .unwrap_or(date)
}

/// A month of the year that the row names: `3`, `3月`, `2026年3月`, `2026-03`, a date cell.
pub(crate) fn month(text: &str, row_year: i32) -> Result<u8, Fault> {
    let month = match parts(text).as_slice() {
        [month] => *month,
        [year, month] | [year, month, _] if i32::from(*year) == row_year => *month,
        _ => return Err(Fault::MonthExpected),
    };
    match u8::try_from(month) {
        Ok(month @ 1..=12) => Ok(month),
        _ => Err(Fault::MonthExpected),
    }
}

/// Several names in one cell: parted by 、 as a rule, and by what else people use.
pub(crate) fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A person's name. Two-character names are often spread with a space to three characters' width.
pub(crate) fn person_name(text: &str) -> String {
    let is_latin = text.chars().any(|c| c.is_ascii_alphabetic());
    if is_latin {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// Words of a fixed set, each with what it means.
pub(crate) struct Words<T: 'static>(pub(crate) &'static [(&'static str, T)]);

impl<T: Copy> Words<T> {
    pub(crate) fn read(&self, text: &str) -> Result<T, Fault> {
        let words = plain(text);
        self.0
            .iter()
            .find(|(word, _)| plain(word) == words)
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| Fault::WordUnknown {
                allowed: self.0.iter().map(|(word, _)| *word).collect(),
            })
    }
}

impl<T: Copy + PartialEq> Words<T> {
    /// The first word for a meaning.
    pub(crate) fn word(&self, meaning: T) -> &'static str {
        self.0
            .iter()
            .find(|(_, other)| *other == meaning)
            .map_or("", |(word, _)| *word)
    }
}

/// 是, 否; an empty cell is no.
pub(crate) fn yes(text: &str) -> Result<bool, Fault> {
    match plain(text).as_str() {
        "" | "否" | "无" | "×" | "N" | "n" => Ok(false),
        "是" | "有" | "√" | "✓" | "Y" | "y" => Ok(true),
        _ => Err(Fault::WordUnknown {
            allowed: vec!["是", "否"],
        }),
    }
}

/// What a cell says where "nothing" may be written out.
pub(crate) fn unless_none(text: &str) -> Option<&str> {
    match text {
        "" | "无" | "否" | "-" | "—" | "/" => None,
        _ => Some(text),
    }
}

/// The name among `names` that `text` was perhaps meant to be: the one nearest, if it is near.
pub(crate) fn similar<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let wanted: Vec<char> = text.chars().collect();
    let allowed = (wanted.len() / 3).max(1);
    let mut nearest: Vec<(usize, &str)> = names
        .map(|name| (distance(&wanted, name), name))
        .filter(|(steps, name)| {
            *steps <= allowed || (wanted.len() >= 2 && name.contains(text)) || *steps == 0
        })
        .collect();
    nearest.sort();
    nearest.dedup();
    match nearest.as_slice() {
        [(_, name)] => Some((*name).to_owned()),
        [(a, name), (b, _), ..] if a < b => Some((*name).to_owned()),
        _ => None,
    }
}

/// Levenshtein's distance: characters to put in, take out or replace.
fn distance(wanted: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=wanted.len()).collect();
    for (i, letter) in name.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (above, want) in row.iter().skip(1).zip(wanted) {
            let replaced = diagonal.saturating_add(usize::from(*want != letter));
            let cell = replaced
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            next.push(cell);
            diagonal = *above;
            left = cell;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
