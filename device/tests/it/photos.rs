//! A photo that is taken off: it is back with one tap, and stays once its time is over.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::{Code, Problem};
use xunan_core::id::{DocId, Sha256};
use xunan_core::record::{Event, FindingAct, Level};
use xunan_core::register::InspectionKind;
use xunan_device::request::{Begin, FindingView, Reply, Report, Request};

use super::world::{Fate, Phone, World, new_photo, unit};

/// Does something that can be taken back; gives its number.
fn undoable(world: &mut World, phone: &mut Phone, request: Request) -> i64 {
    match world.call(phone, request).unwrap() {
        Reply::Done {
            command,
            undo_until: Some(_),
            ..
        } => command,
        other => panic!("{other:?}"),
    }
}

fn begun(world: &mut World, phone: &mut Phone) -> DocId {
    let begin = Request::Begin(Begin {
        site: Some(unit("厂")),
        place: None,
        kind: InspectionKind::Routine,
        basis: None,
        plan: Vec::new(),
        lists: vec!["k1".to_owned()],
        team: Vec::new(),
        role: "member".to_owned(),
        loc: None,
    });
    match world.call(phone, begin).unwrap() {
        Reply::Done { id: Some(id), .. } => id,
        other => panic!("{other:?}"),
    }
}

/// The hashes of the photos of an item.
fn of_item(world: &mut World, phone: &mut Phone, id: DocId) -> Vec<Sha256> {
    let Reply::Inspection(view) = world.call(phone, Request::Inspection { id }).unwrap() else {
        panic!("an inspection");
    };
    let photos = view.lists[0].sections[0].items[0].photos.iter();
    photos.map(|shown| shown.photo.h).collect()
}

fn removal(id: DocId, hash: Sha256) -> Request {
    Request::RemovePhoto {
        id,
        list: "k1".to_owned(),
        item: "1".to_owned(),
        hash,
    }
}

#[test]
fn an_items_photo_is_taken_off_until_the_end_and_back_also_after_the_app_was_ended() {
    let mut world = World::new();
    world.checklist();
    let mut lin = world.joined("林检");
    let id = begun(&mut world, &mut lin);
    let add = Request::AddPhoto {
        id,
        list: "k1".to_owned(),
        item: "1".to_owned(),
        photo: new_photo(&[7; 4096]),
    };
    world.call(&mut lin, add).unwrap();
    let taken = of_item(&mut world, &mut lin, id);
    world.line = Box::new(|_| Fate::Lost);
    let command = undoable(&mut world, &mut lin, removal(id, taken[0]));
    assert!(of_item(&mut world, &mut lin, id).is_empty());
    lin.open(&world);
    assert!(of_item(&mut world, &mut lin, id).is_empty());
    world.call(&mut lin, Request::Undo { command }).unwrap();
    assert_eq!(of_item(&mut world, &mut lin, id), taken);

    world.call(&mut lin, Request::Finish { id }).unwrap();
    let late = world.call(&mut lin, removal(id, taken[0])).unwrap_err();
    assert_eq!(late.code, Code::PermitFinished);
    assert_eq!(of_item(&mut world, &mut lin, id), taken, "evidence stays");
}

fn finding(world: &mut World, phone: &mut Phone, id: DocId) -> FindingView {
    match world.call(phone, Request::Finding { id }).unwrap() {
        Reply::Finding(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_keeps_its_last_photo_and_all_of_them_once_somebody_acted() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let report = Request::Report(Report {
        from: None,
        item: None,
        site: Some(unit("厂")),
        place: None,
        complaint: false,
        text: String::new(),
        location: String::new(),
        level: Level::General,
        clause: None,
        basis: String::new(),
        due: None,
        who: None,
        photos: vec![new_photo(&[1; 4096]), new_photo(&[2; 4096])],
        loc: None,
        corrected: None,
    });
    let Ok(Reply::Done { id: Some(id), .. }) = world.call(&mut lin, report) else {
        panic!("it is kept");
    };
    let remove = |world: &mut World, lin: &mut Phone, hash| -> Result<Reply, Problem> {
        world.call(lin, Request::RemoveFindingPhoto { id, hash })
    };
    let hashes = |view: FindingView| -> Vec<Sha256> {
        view.before.iter().map(|shown| shown.photo.h).collect()
    };
    let both = hashes(finding(&mut world, &mut lin, id));
    let hash = both[0];
    let command = undoable(
        &mut world,
        &mut lin,
        Request::RemoveFindingPhoto { id, hash },
    );
    assert_eq!(hashes(finding(&mut world, &mut lin, id)), [both[1]]);
    let last = remove(&mut world, &mut lin, both[1]).unwrap_err();
    assert_eq!(last.code, Code::FindingEmpty, "neither photo nor words");
    world.call(&mut lin, Request::Undo { command }).unwrap();
    assert_eq!(hashes(finding(&mut world, &mut lin, id)), both);

    let event = Event::new(FindingAct::Withdrawn {
        reason: "看错了".to_owned(),
    });
    let photos = Vec::new();
    let act = Request::Act { id, event, photos };
    undoable(&mut world, &mut lin, act);
    assert!(!finding(&mut world, &mut lin, id).may_edit);
    let late = remove(&mut world, &mut lin, both[0]).unwrap_err();
    assert_eq!(late.code, Code::PermitOrdered);
}
