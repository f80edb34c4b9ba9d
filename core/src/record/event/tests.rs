//! Events read, written and refused.

use super::*;

const UUID: &str = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

fn whole_findings() -> Vec<String> {
    let who = format!(r#""who":"{UUID}""#);
    let unit = format!(r#""unit":"{UUID}""#);
    vec![
        format!(r#"{{"k":"proposed","to":"{UUID}"}}"#),
        format!(r#"{{"k":"ordered","due":"2026-12-01",{who},"ground":"第四十一条",{unit}}}"#),
        format!(r#"{{"k":"graded","level":"general",{unit}}}"#),
        r#"{"k":"accepted"}"#.to_owned(),
        format!(r#"{{"k":"assigned",{who}}}"#),
        r#"{"k":"asked","due":"2026-12-01","reason":"缺件"}"#.to_owned(),
        format!(r#"{{"k":"granted","due":"2026-12-01",{unit}}}"#),
        format!(r#"{{"k":"declined","reason":"可先停用",{unit}}}"#),
        r#"{"k":"rectified","text":"已更换"}"#.to_owned(),
        r#"{"k":"corrected_on_spot","text":"已移走"}"#.to_owned(),
        format!(r#"{{"k":"passed",{unit}}}"#),
        format!(r#"{{"k":"failed","due":"2026-12-01",{unit}}}"#),
        format!(r#"{{"k":"halted","measure":"停止使用","ground":"第六十五条",{unit}}}"#),
        format!(r#"{{"k":"resumed",{unit}}}"#),
        format!(r#"{{"k":"reassigned",{who},{unit}}}"#),
        format!(r#"{{"k":"transferred","to":"{UUID}",{unit}}}"#),
        format!(r#"{{"k":"listed","level":"区级",{who},{unit}}}"#),
        r#"{"k":"unlisted"}"#.to_owned(),
        format!(r#"{{"k":"decided","text":"本周内停产整改",{unit}}}"#),
        format!(r#"{{"k":"settled","not":["0a0b0c0d.7"],{unit}}}"#),
        r#"{"k":"withdrawn","reason":"记错对象"}"#.to_owned(),
        format!(r#"{{"k":"duplicate","of":"{UUID}"}}"#),
        format!(r#"{{"k":"sited","site":"{UUID}",{unit}}}"#),
        r#"{"k":"commented","text":"明天再看"}"#.to_owned(),
    ]
}

fn whole_inspections() -> Vec<String> {
    let drawing = "00".repeat(32);
    vec![
        r#"{"k":"finished"}"#.to_owned(),
        r#"{"k":"reopened","reason":"漏记"}"#.to_owned(),
        format!(r#"{{"k":"signed","as":"officer","name":"周敏","drawing":"{drawing}"}}"#),
        r#"{"k":"refused","reason":"不认可","witness":"物业经理"}"#.to_owned(),
        r#"{"k":"withdrawn","reason":"去错"}"#.to_owned(),
        r#"{"k":"lead","text":"当场要求整改"}"#.to_owned(),
        r#"{"k":"settled","key":"a/k3/12","value":"fail"}"#.to_owned(),
        r#"{"k":"commented","text":"好"}"#.to_owned(),
    ]
}

fn kind_of(text: &str) -> String {
    serde_json::from_str::<KindOnly>(text).unwrap().k
}

#[test]
fn every_kind_is_read_and_written_alike() {
    let kinds: Vec<String> = whole_findings().iter().map(|text| kind_of(text)).collect();
    assert_eq!(kinds, FindingAct::KINDS);
    for text in whole_findings() {
        let event = Event::<FindingAct>::read(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(Event::read(&event.to_text()), Ok(event), "{text}");
    }
    let kinds: Vec<String> = whole_inspections()
        .iter()
        .map(|text| kind_of(text))
        .collect();
    assert_eq!(kinds, InspectionAct::KINDS);
    for text in whole_inspections() {
        let event = Event::<InspectionAct>::read(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(Event::read(&event.to_text()), Ok(event), "{text}");
    }
}

/// Takes one field away from each whole event: those that are its kind's own are missed.
#[test]
fn a_known_kind_without_its_own_fields_is_broken() {
    for text in whole_findings() {
        let whole: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&text).unwrap();
        for field in whole.keys().filter(|field| field.as_str() != "k") {
            let mut broken = whole.clone();
            broken.remove(field);
            let broken = serde_json::Value::Object(broken).to_string();
            assert_eq!(
                Event::<FindingAct>::read(&broken),
                Err(EventError::Shape),
                "{broken}"
            );
        }
    }
    let major = format!(r#"{{"k":"graded","level":"major","unit":"{UUID}"}}"#);
    assert_eq!(Event::<FindingAct>::read(&major), Err(EventError::Shape));
    for broken in [
        r#"{"k":"lead"}"#,
        r#"{"k":"lead","text":" "}"#,
        r#"{"k":"signed","as":"officer","name":"周敏"}"#,
        r#"{"k":"signed","as":"king","name":"周敏","drawing":"00"}"#,
        r#"{"k":"settled","value":"ok"}"#,
    ] {
        assert_eq!(
            Event::<InspectionAct>::read(broken),
            Err(EventError::Shape),
            "{broken}"
        );
    }
}

#[test]
fn a_picture_says_what_words_could() {
    let photo = Photo {
        h: Sha256::from_bytes([1; 32]),
        size: 1,
        thumb: Sha256::from_bytes([2; 32]),
        taken: Timestamp(0),
        loc: None,
    };
    let rectified = FindingAct::Rectified {
        five: None,
        behalf: false,
    };
    let mut event = Event::new(rectified);
    assert!(!FindingAct::is_whole(&event));
    event.photos.push(photo);
    assert!(FindingAct::is_whole(&event));
}

#[test]
fn a_newer_kind_is_no_mistake() {
    let newer = r#"{"k":"teleported","to":1}"#;
    assert_eq!(
        Event::<FindingAct>::read(newer),
        Err(EventError::UnknownKind)
    );
    // Each kind of record has its own kinds of event.
    let other = r#"{"k":"finished"}"#;
    assert_eq!(
        Event::<FindingAct>::read(other),
        Err(EventError::UnknownKind)
    );
    for nothing in ["", "[]", "7", r#"{"re":[]}"#, r#"{"k":7}"#] {
        assert_eq!(
            Event::<FindingAct>::read(nothing),
            Err(EventError::Shape),
            "{nothing}"
        );
    }
}
