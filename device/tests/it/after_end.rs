//! What can still be done in an inspection that is finished: sign, settle, say — and what can't.

use base64::Engine as _;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::Code;
use xunan_core::id::DocId;
use xunan_core::record::{Event, InspectionAct, RecordKind};
use xunan_core::register::InspectionKind;
use xunan_device::request::{Begin, InspectionView, NewPhoto, Reply, Request, TaskKind};

use super::world::{Phone, World, person, unit};

const KIND: RecordKind = RecordKind::Inspection;

/// An inspection of 厂 that 林检 began with 王检 as its leader, known to both.
fn begun(world: &mut World, lin: &mut Phone, wang: &mut Phone) -> DocId {
    let begin = Request::Begin(Begin {
        site: Some(unit("厂")),
        place: None,
        kind: InspectionKind::Routine,
        basis: Some("action".to_owned()),
        plan: Vec::new(),
        lists: vec!["k1".to_owned()],
        team: vec![(person("王检"), "leader".to_owned())],
        role: "member".to_owned(),
        loc: None,
    });
    let Ok(Reply::Done { id: Some(id), .. }) = world.call(lin, begin) else {
        panic!("begins");
    };
    both(world, lin, wang);
    id
}

fn both(world: &mut World, one: &mut Phone, other: &mut Phone) {
    for _ in 0..2 {
        world.sync(one).unwrap();
        world.sync(other).unwrap();
    }
}

fn view(world: &mut World, phone: &mut Phone, id: DocId) -> InspectionView {
    match world.call(phone, Request::Inspection { id }).unwrap() {
        Reply::Inspection(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn sign(world: &mut World, phone: &mut Phone, id: DocId, role: &str) {
    let png = b"\x89PNG\r\n\x1a\nink";
    let drawing = NewPhoto {
        base64: base64::engine::general_purpose::STANDARD.encode(png),
        kept: None,
        loc: None,
        taken: None,
    };
    let (role, name) = (role.to_owned(), "姓名".to_owned());
    let signed = Request::Sign {
        id,
        role,
        name,
        drawing,
        opinion: None,
    };
    world.call(phone, signed).unwrap();
}

#[test]
fn who_has_not_signed_still_can_after_the_end_and_it_counts() {
    let mut world = World::new();
    world.checklist();
    let (mut lin, mut wang) = (world.joined("林检"), world.joined("王检"));
    let id = begun(&mut world, &mut lin, &mut wang);
    let asked = |world: &mut World, phone: &mut Phone| view(world, phone, id).to_sign;
    assert_eq!(asked(&mut world, &mut lin), ["officer", "representative"]);
    sign(&mut world, &mut lin, id, "officer");
    world.call(&mut lin, Request::Finish { id }).unwrap();
    both(&mut world, &mut lin, &mut wang);

    assert_eq!(asked(&mut world, &mut lin), ["representative"]);
    assert_eq!(asked(&mut world, &mut wang), ["leader", "representative"]);
    sign(&mut world, &mut wang, id, "leader");
    sign(&mut world, &mut lin, id, "representative");
    both(&mut world, &mut lin, &mut wang);
    for phone in [&mut lin, &mut wang] {
        let now = view(&mut world, phone, id);
        assert_eq!(now.signatures.len(), 3);
        assert!(now.signatures.iter().all(|signature| signature.counts));
        assert!(now.to_sign.is_empty());
        assert!(now.lacking.is_empty(), "complete: {:?}", now.lacking);
    }
    // Its fields change no more.
    let fields = Request::SetEnd {
        id,
        end: None,
        rep: Some("别人".to_owned()),
        rep_post: None,
    };
    let refused = world.call(&mut lin, fields).unwrap_err();
    assert_eq!(refused.code, Code::PermitFinished);
}

#[test]
fn what_contradicts_is_settled_after_the_end_and_the_task_goes() {
    let mut world = World::new();
    world.checklist();
    let (mut lin, mut wang) = (world.joined("林检"), world.joined("王检"));
    let id = begun(&mut world, &mut lin, &mut wang);
    lin.answer_item(id, "1", "ok");
    lin.write(id, KIND, &[("rep", "李娜")]).unwrap();
    wang.answer_item(id, "1", "fail");
    wang.write(id, KIND, &[("rep", "张伟")]).unwrap();
    both(&mut world, &mut lin, &mut wang);
    world.call(&mut lin, Request::Finish { id }).unwrap();
    both(&mut world, &mut lin, &mut wang);

    let tasks = |world: &mut World, phone: &mut Phone| match world.call(phone, Request::Today {}) {
        Ok(Reply::Today(today)) => {
            let of_conflicts = |kind: &TaskKind| *kind == TaskKind::Conflict;
            let kinds = today.tasks.iter().map(|task| task.kind);
            kinds.filter(of_conflicts).count()
        }
        other => panic!("{other:?}"),
    };
    let now = view(&mut world, &mut wang, id);
    assert!(!now.may_fill && now.settles);
    assert_eq!(now.row.conflicts, 2);
    let about = &now.contradictions[0];
    assert_eq!((about.key.as_str(), about.said.len()), ("rep", 2));
    assert_eq!(tasks(&mut world, &mut wang), 1);

    let answer = Request::Settle {
        id,
        list: "k1".to_owned(),
        item: "1".to_owned(),
        value: Some("ok".to_owned()),
    };
    world.call(&mut wang, answer).unwrap();
    let field = Request::SettleField {
        id,
        key: "rep".to_owned(),
        value: Some("李娜".to_owned()),
    };
    world.call(&mut wang, field).unwrap();
    both(&mut world, &mut lin, &mut wang);
    for phone in [&mut lin, &mut wang] {
        let now = view(&mut world, phone, id);
        assert_eq!(now.row.conflicts, 0);
        let item = &now.lists[0].sections[0].items[0];
        assert_eq!(item.value.as_deref(), Some("ok"));
        assert_eq!(tasks(&mut world, phone), 0);
        let settled = now.timeline.iter().filter(|entry| entry.kind == "settled");
        let words: Vec<&str> = settled.map(|entry| entry.text.as_str()).collect();
        assert!(words.contains(&"1 1"), "the item by its words: {words:?}");
    }
}

#[test]
fn a_field_is_settled_before_the_end_by_a_value_that_stands() {
    let mut world = World::new();
    world.checklist();
    let (mut lin, mut wang) = (world.joined("林检"), world.joined("王检"));
    let id = begun(&mut world, &mut lin, &mut wang);
    // Both wrote at the end without seeing each other.
    let open = || Request::SetEnd {
        id,
        end: None,
        rep: None,
        rep_post: None,
    };
    world.line = Box::new(|_| super::world::Fate::Lost);
    world.call(&mut lin, open()).unwrap();
    world.pass(60_000);
    world.call(&mut wang, open()).unwrap();
    world.line = Box::new(|_| super::world::Fate::Arrives);
    both(&mut world, &mut lin, &mut wang);
    let now = view(&mut world, &mut lin, id);
    let [about] = now.contradictions.as_slice() else {
        panic!("{:?}", now.contradictions);
    };
    assert_eq!(about.field, "ended");
    let settle = |value: Option<String>| Request::SettleField {
        id,
        key: "ended".to_owned(),
        value,
    };
    let invented = world.call(&mut lin, settle(Some("1".to_owned())));
    assert_eq!(invented.unwrap_err().code, Code::InputInvalid);
    let later = about.said.iter().filter_map(|said| said.value.clone());
    world.call(&mut lin, settle(later.max())).unwrap();
    let now = view(&mut world, &mut lin, id);
    assert!(now.contradictions.is_empty() && now.row.conflicts == 0);
}

#[test]
fn the_leaders_opinion_stands_beside_the_signatures_and_a_remark_in_the_timeline() {
    let mut world = World::new();
    world.checklist();
    let (mut lin, mut wang) = (world.joined("林检"), world.joined("王检"));
    let id = begun(&mut world, &mut lin, &mut wang);
    let say = |act: InspectionAct| {
        let event = Event {
            text: Some("三天内复查".to_owned()),
            ..Event::new(act)
        };
        Request::ActOnInspection { id, event }
    };
    let refused = world.call(&mut lin, say(InspectionAct::Lead)).unwrap_err();
    assert_eq!(refused.code, Code::PermitNotLeader);
    world.call(&mut wang, say(InspectionAct::Lead)).unwrap();
    world.call(&mut lin, Request::Finish { id }).unwrap();
    world.call(&mut lin, say(InspectionAct::Commented)).unwrap();
    both(&mut world, &mut lin, &mut wang);
    let now = view(&mut world, &mut lin, id);
    assert_eq!(now.opinions.len(), 1);
    assert_eq!(now.opinions[0].value.as_deref(), Some("三天内复查"));
    let remarks = now
        .timeline
        .iter()
        .filter(|entry| entry.kind == "commented");
    assert_eq!(remarks.count(), 1);
    match world.call(&mut wang, Request::End { id }).unwrap() {
        Reply::End(end) => assert!(end.leads && end.opinions.len() == 1),
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_left_the_team_by_mistake_is_back_with_one_tap() {
    let mut world = World::new();
    world.checklist();
    let (mut lin, mut wang) = (world.joined("林检"), world.joined("王检"));
    let id = begun(&mut world, &mut lin, &mut wang);
    let leave = Request::LeaveTeam {
        id,
        person: person("王检"),
    };
    let Ok(Reply::Done {
        command,
        undo_until: Some(_),
        ..
    }) = world.call(&mut wang, leave)
    else {
        panic!("it is offered to be taken back");
    };
    assert_eq!(view(&mut world, &mut wang, id).team.len(), 1);
    world.call(&mut wang, Request::Undo { command }).unwrap();
    let team = view(&mut world, &mut wang, id).team;
    assert_eq!(team.len(), 2);
    assert!(team.iter().any(|one| one.role == "leader"));
}
