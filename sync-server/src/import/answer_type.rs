//! 答案类型: how a spreadsheet says in which way an item is answered.

use xunan_core::register::AnswerType;
use xunan_core::target::catalogue::plain;

use super::problem::Fault;

/// `符合/不符合/不适用`; `数值（unit），low–high` with one or both limits; `选项：甲/乙`; `文字`.
pub(super) fn read(text: &str) -> Result<AnswerType, Fault> {
    let words = plain(text);
    match words.as_str() {
        "符合/不符合/不适用" => return Ok(AnswerType::Conform),
        "文字" => return Ok(AnswerType::Text),
        _ => {}
    }
    let read = if let Some(rest) = words.strip_prefix("数值") {
        number(rest)
    } else if let Some(rest) = words.strip_prefix("选项:") {
        choice(rest)
    } else {
        None
    };
    read.ok_or(Fault::AnswerTypeUnknown)
}

fn choice(rest: &str) -> Option<AnswerType> {
    let options: Vec<String> = rest
        .split('/')
        .filter(|option| !option.is_empty())
        .map(str::to_owned)
        .collect();
    (options.len() > 1).then_some(AnswerType::Choice { options })
}

fn number(rest: &str) -> Option<AnswerType> {
    let (unit, limits) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => ("", rest),
    };
    let (low, high) = between(limits.trim_start_matches(','))?;
    if let (Some(low), Some(high)) = (&low, &high)
        && low.parse::<f64>().ok()? > high.parse::<f64>().ok()?
    {
        return None;
    }
    Some(AnswerType::Number {
        unit: unit.to_owned(),
        low,
        high,
    })
}

type Limits = (Option<String>, Option<String>);

/// `low–high`, `≥low`, `≤high`, or nothing.
fn between(text: &str) -> Option<Limits> {
    if text.is_empty() {
        return Some((None, None));
    }
    if let Some(low) = text.strip_prefix('≥') {
        return Some((limit(low)?, None));
    }
    if let Some(high) = text.strip_prefix('≤') {
        return Some((None, limit(high)?));
    }
    let parting = |c: char| matches!(c, '–' | '—' | '~' | '至');
    // A hyphen may be a minus sign, so it parts only where nothing better does.
    let (low, high) = text.split_once(parting).or_else(|| text.split_once('-'))?;
    Some((limit(low)?, limit(high)?))
}

/// The inner `None` is a limit left open; the outer one is no number.
fn limit(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return Some(None);
    }
    let is_finite = text.parse::<f64>().is_ok_and(f64::is_finite);
    is_finite.then(|| Some(text.to_owned()))
}
