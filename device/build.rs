//! The pinyin initials of characters, as a table: whole readings would be most of what a phone
//! loads, and a search asks for initials alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use pinyin::ToPinyinMulti;

/// The characters whose first initial stands at their own place in the table; rarer ones have none.
const COMMON: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';
/// The number zero, the one character of names before them.
const ZERO: char = '\u{3007}';

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut first = String::new();
    let mut more = String::new();
    for character in std::iter::once(ZERO).chain(COMMON) {
        let initials = initials_of(character);
        let mut rest = initials.chars();
        if character != ZERO {
            first.push(rest.next().unwrap_or('-'));
        }
        let rest = rest.as_str();
        if !rest.is_empty() {
            write!(more, "({character:?}, {rest:?}), ")?;
        }
    }
    let (from, to) = (COMMON.start(), COMMON.end());
    let table = format!(
        "const COMMON: std::ops::RangeInclusive<char> = {from:?}..={to:?};\n\
         static FIRST: &[u8] = b{first:?};\n\
         static MORE: &[(char, &str)] = &[{more}];\n"
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
