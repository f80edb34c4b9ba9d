//! The pinyin initials of characters, as a table: whole readings would be most of what a phone
//! loads, and a search asks for initials alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use pinyin::ToPinyinMulti;

/// The characters that have places of their own in the tables; rarer ones have none.
const COMMON: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';
/// The number zero, the one character of names before them.
const ZERO: char = '\u{3007}';
/// No (further) initial.
const NONE: char = '-';

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let (mut first, mut second, mut more) = (String::new(), String::new(), String::new());
    for character in COMMON {
        let initials = initials_of(character);
        let mut rest = initials.chars();
        first.push(rest.next().unwrap_or(NONE));
        second.push(rest.next().unwrap_or(NONE));
        let rest = rest.as_str();
        if !rest.is_empty() {
            write!(more, "({character:?}, {rest:?}), ")?;
        }
    }
    let (from, to, zero) = (COMMON.start(), COMMON.end(), initials_of(ZERO));
    let table = format!(
        "const COMMON: std::ops::RangeInclusive<char> = {from:?}..={to:?};\n\
         /// The initials of a character, each once, in the alphabet's order.\n\
         static FIRST: &[u8] = b{first:?};\n\
         static SECOND: &[u8] = b{second:?};\n\
         static MORE: &[(char, &str)] = &[({ZERO:?}, {zero:?}), {more}];\n"
    );
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("initials.rs"), table)?;
    Ok(())
}

/// The initials of all its readings, each once.
fn initials_of(character: char) -> String {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    let initials: BTreeSet<char> = readings.filter_map(|p| p.plain().chars().next()).collect();
    initials.into_iter().filter(char::is_ascii).collect()
}
