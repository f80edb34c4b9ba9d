//! The end: conclusion, time on paper, the site's representative.

use crate::change::Scalar;
use crate::command::input::text_or_null;
use crate::command::{InputError, Puts};
use crate::record::InspectionKey;
use crate::timestamp::Timestamp;

/// What is set; none stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Conclusion<'a> {
    /// The conclusion's words.
    pub end: Option<&'a str>,
    /// The end's time on paper.
    pub ended: Option<Timestamp>,
    /// Name of the site's representative.
    pub representative: Option<&'a str>,
    /// Post of the site's representative.
    pub representative_post: Option<&'a str>,
}

/// The puts of the end's fields.
///
/// # Errors
/// [`InputError::Invalid`] if words are too long.
pub fn conclude(command: &Conclusion<'_>) -> Result<Puts, InputError> {
    let mut puts = Puts::new();
    let texts = [
        (InspectionKey::End, "end", command.end),
        (InspectionKey::Representative, "rep", command.representative),
        (
            InspectionKey::RepresentativePost,
            "rep_post",
            command.representative_post,
        ),
    ];
    for (key, field, text) in texts {
        if text.is_some() {
            puts.push((key.to_string(), text_or_null(field, text)?));
        }
    }
    if let Some(ended) = command.ended {
        puts.push((InspectionKey::Ended.to_string(), Scalar::Time(ended.0)));
    }
    Ok(puts)
}

/// The conclusion composed from the answers: [items, 符合, 不符合, 不适用, unanswered], hazards
/// recorded, and those of them that were ordered or corrected already. Stored in Chinese, the
/// language of the record.
#[must_use]
pub fn conclusion(counts: &[u32; 5], findings: u32, ordered: u32) -> String {
    let [items, ok, fail, na, unanswered] = *counts;
    let mut parts = vec![format!("符合 {ok}")];
    let more = [("不符合", fail), ("不适用", na), ("未答", unanswered)];
    parts.extend(
        more.iter()
            .filter(|(_, n)| *n > 0)
            .map(|(word, n)| format!("{word} {n}")),
    );
    let answers = format!("查 {items} 项：{}。", parts.join("，"));
    let hazards = match (findings, ordered) {
        (0, _) => "未发现隐患。".to_owned(),
        (all, 0) => format!("发现隐患 {all} 条，已提出。"),
        (all, ordered) if all == ordered => format!("{all} 条隐患已责令限期整改。"),
        (all, ordered) => format!("发现隐患 {all} 条，其中 {ordered} 条已责令限期整改。"),
    };
    answers + &hazards
}

#[cfg(test)]
mod tests {
    use super::conclusion;

    #[test]
    fn a_conclusion_says_what_is_there_and_nothing_else() {
        assert_eq!(
            conclusion(&[46, 41, 3, 0, 2], 3, 3),
            "查 46 项：符合 41，不符合 3，未答 2。3 条隐患已责令限期整改。"
        );
        assert_eq!(
            conclusion(&[8, 8, 0, 0, 0], 0, 0),
            "查 8 项：符合 8。未发现隐患。"
        );
        assert_eq!(
            conclusion(&[8, 7, 1, 0, 0], 2, 1),
            "查 8 项：符合 7，不符合 1。发现隐患 2 条，其中 1 条已责令限期整改。"
        );
    }
}
