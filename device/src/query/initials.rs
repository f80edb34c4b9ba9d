//! Pinyin initials: how people look for a name on a keyboard without Chinese. The table is made by
//! the build script.

/// Characters beyond the tables: an older block and whole planes of rare ones.
const RARE: [std::ops::RangeInclusive<char>; 2] =
    ['\u{3400}'..='\u{4dbf}', '\u{20000}'..='\u{3ffff}'];

include!(concat!(env!("OUT_DIR"), "/initials.rs"));

/// Whether a word of small letters and digits is the run of initials of a part of the text; every
/// reading of a character counts.
pub(super) fn fit(word: &str, text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(word.chars().count()).any(|run| {
        let mut pairs = run.iter().zip(word.chars());
        pairs.all(|(character, wanted)| begins_with(*character, wanted))
    })
}

fn begins_with(character: char, wanted: char) -> bool {
    if character.is_ascii_alphanumeric() {
        return character.eq_ignore_ascii_case(&wanted);
    }
    // Nobody shall be missed for a rare character whose readings aren't known here.
    [FIRST, SECOND]
        .map(|table| in_table(table, character))
        .contains(&Some(wanted))
        || more(character).contains(wanted)
        || RARE.iter().any(|block| block.contains(&character))
}

fn in_table(table: &[u8], character: char) -> Option<char> {
    let place = u32::from(character).checked_sub(u32::from(*COMMON.start()))?;
    let letter = table.get(usize::try_from(place).ok()?)?;
    Some(char::from(*letter))
}

/// The initials that the tables don't hold.
fn more(character: char) -> &'static str {
    let place = MORE.binary_search_by_key(&character, |(held, _)| *held);
    let entry = place.ok().and_then(|place| MORE.get(place));
    entry.map_or("", |(_, initials)| initials)
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn every_reading_of_every_kind_of_character_counts() {
        assert!(fit("zq", "重庆") && fit("cq", "重庆"));
        assert!(fit("2hcg", "2号储罐") && fit("lpg", "LPG站"));
        assert!(fit("l", "〇") && !fit("z", "〇"));
        assert!(!fit("a", "、"));
    }

    #[test]
    fn a_rare_character_of_a_name_hides_nobody() {
        assert!(fit("wgs", "王\u{2cb4a}山") && !fit("wgl", "王\u{2cb4a}山"));
        assert!(!fit("wa", "王、"));
    }

    #[test]
    fn the_table_covers_what_it_says() {
        let common = super::COMMON.count();
        assert_eq!([super::FIRST.len(), super::SECOND.len()], [common, common]);
        assert!(super::MORE.is_sorted_by_key(|(character, _)| *character));
    }
}
