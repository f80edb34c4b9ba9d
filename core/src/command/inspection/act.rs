//! Puts one event of an inspection: its end and what may follow it, signatures, remarks.

use crate::change::{History, Scalar};
use crate::command::InputError;
use crate::command::input::{needed, words};
use crate::record::reading::shown;
use crate::record::{Act, Event, InspectionAct, InspectionKey};

/// The event as it is stored, with what a person must have given.
///
/// # Errors
/// [`InputError::Invalid`] if a reason, a name or words are missing or too long, or if there is
/// nothing to settle under the key.
pub fn act(mut event: Event<InspectionAct>) -> Result<Event<InspectionAct>, InputError> {
    if let Some(text) = event.text.take() {
        event.text = Some(words("text", &text)?).filter(|text| !text.is_empty());
    }
    match &mut event.act {
        InspectionAct::Reopened { reason } | InspectionAct::Withdrawn { reason } => {
            *reason = needed("reason", reason)?;
        }
        InspectionAct::Refused { reason, witness } => {
            *reason = needed("reason", reason)?;
            *witness = needed("witness", witness)?;
        }
        InspectionAct::Signed { name, opinion, .. } => {
            *name = needed("name", name)?;
            if let Some(words) = opinion {
                *words = needed("opinion", words)?;
            }
        }
        InspectionAct::Settled { key, .. } if !is_settled_by_choice(key) => {
            return Err(InputError::Invalid { field: "key" });
        }
        _ => {}
    }
    if InspectionAct::is_whole(&event) {
        Ok(event)
    } else {
        Err(InputError::Invalid { field: "text" })
    }
}

/// The value that is put again to settle a conflict before the end: one of those that stand.
#[must_use]
pub fn chosen(history: &History, key: &str, value: Option<&str>) -> Option<Scalar> {
    let stands = history.visible(key).into_iter();
    let mut fits = stands.filter(|write| shown(&write.value).as_deref() == value);
    let chosen = fits.next().map(|write| write.value.clone());
    chosen.filter(|_| is_settled_by_choice(key))
}

/// What several people may have said at once and one of them can choose among.
fn is_settled_by_choice(key: &str) -> bool {
    InspectionKey::read(key).is_some_and(|key| {
        let is_fixed = matches!(key, InspectionKey::Event(_) | InspectionKey::Team(_));
        !is_fixed && !key.is_root_only()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acted(act: InspectionAct) -> Result<InspectionAct, InputError> {
        super::act(Event::new(act)).map(|event| event.act)
    }

    #[test]
    fn what_a_person_must_give_is_asked_for() {
        let missing = |field| Err(InputError::Invalid { field });
        let reopened = |reason: &str| InspectionAct::Reopened {
            reason: reason.to_owned(),
        };
        assert_eq!(acted(reopened(" ")), missing("reason"));
        assert_eq!(acted(reopened(" 漏记 ")), Ok(reopened("漏记")));
        let refused = |witness: &str| InspectionAct::Refused {
            reason: "不认可".to_owned(),
            witness: witness.to_owned(),
        };
        assert_eq!(acted(refused("")), missing("witness"));
        assert_eq!(acted(InspectionAct::Lead), missing("text"));
        assert_eq!(acted(InspectionAct::Finished), Ok(InspectionAct::Finished));
    }

    #[test]
    fn what_is_chosen_before_the_end_is_a_value_that_stands() {
        let cast = crate::testing::Cast::new();
        let mut story = crate::testing::Story::inspection(&cast, "周敏", &[]);
        story.text("one", "周敏", &["root"], &[("rep", "李娜")]);
        story.text("other", "李强", &["root"], &[("rep", "张伟")]);
        let history = story.told();
        let rep = |name: &str| chosen(&history, "rep", Some(name));
        assert_eq!(rep("张伟"), Some(Scalar::from("张伟")));
        assert_eq!(rep("陈工"), None);
        assert_eq!(chosen(&history, "site", None), None);
    }

    #[test]
    fn only_what_may_contradict_is_settled() {
        let settled = |key: &str| InspectionAct::Settled {
            key: key.to_owned(),
            value: None,
        };
        for key in ["a/k1/3", "n/k1/3", "end", "rep"] {
            assert!(acted(settled(key)).is_ok(), "{key}");
        }
        let person = crate::id::PersonId::from_bytes([1; 16]);
        let team = InspectionKey::Team(person).to_string();
        for key in ["site", "kind", "ev/0a0b0c0d.1", &team, "unknown"] {
            assert!(acted(settled(key)).is_err(), "{key}");
        }
    }
}
