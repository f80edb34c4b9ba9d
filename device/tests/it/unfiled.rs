//! What a sheet holds until it is filed: it outlives the app, and its photos go when it goes.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use xunan_core::code::Code;
use xunan_core::id::Sha256;
use xunan_core::record::{Level, Photo};
use xunan_device::request::{
    FindingEdit, NewPhoto, QueueFilter, QueueGroup, Reply, Report, Request,
};

use super::world::{Phone, World, new_photo, person, unit};

fn keep_photo(world: &mut World, phone: &mut Phone, bytes: &[u8]) -> Photo {
    let photo = new_photo(bytes);
    match world.call(phone, Request::KeepPhoto { photo }).unwrap() {
        Reply::KeepPhoto(photo) => photo,
        other => panic!("{other:?}"),
    }
}

fn keep(world: &mut World, phone: &mut Phone, name: &str, content: Option<&str>) -> Option<Code> {
    let request = Request::KeepUnfiled {
        name: name.to_owned(),
        content: content.map(str::to_owned),
    };
    world.call(phone, request).err().map(|problem| problem.code)
}

fn kept(world: &mut World, phone: &mut Phone, name: &str) -> Option<String> {
    let name = name.to_owned();
    match world.call(phone, Request::Unfiled { name }).unwrap() {
        Reply::Unfiled(content) => content,
        other => panic!("{other:?}"),
    }
}

fn report(photos: Vec<NewPhoto>, corrected: Option<Vec<NewPhoto>>) -> Request {
    Request::Report(Report {
        from: None,
        item: None,
        site: Some(unit("厂")),
        place: None,
        complaint: false,
        text: "通道被挡".to_owned(),
        location: "泵房".to_owned(),
        level: Level::General,
        clause: None,
        basis: String::new(),
        due: None,
        who: None,
        photos,
        loc: None,
        corrected,
    })
}

fn is_here(world: &mut World, phone: &mut Phone, hash: &Sha256) -> bool {
    let hash = hash.to_string();
    match world.call(phone, Request::Photo { hash }).unwrap() {
        Reply::Photo(url) => url.is_some(),
        other => panic!("{other:?}"),
    }
}

fn content_of(photo: &Photo) -> String {
    format!(
        r#"{{"photos":[{}]}}"#,
        serde_json::to_string(photo).unwrap()
    )
}

fn again(photo: Photo) -> NewPhoto {
    NewPhoto {
        base64: String::new(),
        kept: Some(photo),
        loc: None,
        taken: None,
    }
}

#[test]
fn a_report_comes_back_after_the_app_was_ended_and_its_photo_travels_once() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let photo = keep_photo(&mut world, &mut lin, &[7; 4096]);
    let content = content_of(&photo);
    assert_eq!(keep(&mut world, &mut lin, "report", Some(&content)), None);
    lin.open(&world);
    assert_eq!(kept(&mut world, &mut lin, "report"), Some(content));
    assert!(is_here(&mut world, &mut lin, &photo.h));

    let filed = world.call(&mut lin, report(vec![again(photo.clone())], None));
    let Ok(Reply::Done { id: Some(id), .. }) = filed else {
        panic!("{filed:?}");
    };
    assert_eq!(keep(&mut world, &mut lin, "report", None), None);
    assert_eq!(kept(&mut world, &mut lin, "report"), None);
    let view = match world.call(&mut lin, Request::Finding { id }).unwrap() {
        Reply::Finding(view) => view,
        other => panic!("{other:?}"),
    };
    assert_eq!(view.before[0].photo, photo);
    assert!(view.before[0].here, "what the record names stays");
    world.sync(&mut lin).unwrap();
    assert!(world.relay.blob(&photo.h).is_some());
}

#[test]
fn photos_that_nothing_names_any_more_go() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let dropped = keep_photo(&mut world, &mut lin, &[1; 4096]);
    let shared = keep_photo(&mut world, &mut lin, &[2; 4096]);
    let both = format!("{}{}", content_of(&dropped), content_of(&shared));
    keep(&mut world, &mut lin, "report", Some(&both));
    keep(&mut world, &mut lin, "act", Some(&content_of(&shared)));
    keep(&mut world, &mut lin, "report", None);
    assert!(!is_here(&mut world, &mut lin, &dropped.h));
    assert!(!is_here(&mut world, &mut lin, &dropped.thumb));
    assert!(is_here(&mut world, &mut lin, &shared.h), "another sheet");
    let tried = world.call(&mut lin, report(vec![again(dropped)], None));
    assert_eq!(tried.unwrap_err().code, Code::PhotoUnreadable);

    // Taken in, and the app ended before a sheet named it.
    let lost = keep_photo(&mut world, &mut lin, &[3; 4096]);
    lin.open(&world);
    assert!(!is_here(&mut world, &mut lin, &lost.h));
    assert!(is_here(&mut world, &mut lin, &shared.h));
    assert_eq!(lin.count("SELECT count(*) FROM blobs"), 2);
}

#[test]
fn a_sheet_holds_words_and_no_more() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let large = "长".repeat(30_000);
    let refused = keep(&mut world, &mut lin, "report", Some(&large));
    assert_eq!(refused, Some(Code::UnfiledTooLarge));
    for n in 0..200 {
        let name = format!("act/{n}");
        assert_eq!(keep(&mut world, &mut lin, &name, Some("{}")), None);
    }
    let many = keep(&mut world, &mut lin, "report", Some("{}"));
    assert_eq!(many, Some(Code::UnfiledTooLarge));
    assert_eq!(keep(&mut world, &mut lin, "act/7", Some("{1}")), None);
    assert_eq!(keep(&mut world, &mut lin, "act/7", None), None);
    assert_eq!(keep(&mut world, &mut lin, "report", Some("{}")), None);
}

#[test]
fn corrected_on_the_spot_asks_for_its_photo_by_a_code_of_its_own() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let tried = world.call(&mut lin, report(Vec::new(), Some(Vec::new())));
    assert_eq!(tried.unwrap_err().code, Code::AfterMissing);
    let done = report(Vec::new(), Some(vec![new_photo(&[9; 4096])]));
    assert!(world.call(&mut lin, done).is_ok());
}

#[test]
fn words_that_differ_are_shown_with_their_authors_and_one_is_chosen() {
    let mut world = World::new();
    let mut lin = world.joined("林检");
    let mut zhou = world.joined("周监");
    world.sync(&mut lin).unwrap();
    // Of one team: both may change what it found, until somebody orders.
    let visit = lin.begin();
    for member in ["林检", "周监"] {
        let joins = Request::AddTeam {
            id: visit,
            person: person(member),
            role: "member".to_owned(),
        };
        world.call(&mut lin, joins).unwrap();
    }
    let Request::Report(mut found) = report(Vec::new(), None) else {
        panic!("a report");
    };
    found.from = Some(visit);
    let filed = world.call(&mut lin, Request::Report(found));
    let Ok(Reply::Done { id: Some(id), .. }) = filed else {
        panic!("{filed:?}");
    };
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    let edit = |text: &str| Request::EditFinding {
        id,
        edit: FindingEdit {
            text: Some(text.to_owned()),
            ..FindingEdit::default()
        },
    };
    world.call(&mut lin, edit("通道被桶挡住")).unwrap();
    world.call(&mut zhou, edit("通道被纸箱挡住")).unwrap();
    world.sync(&mut lin).unwrap();
    world.sync(&mut zhou).unwrap();
    world.sync(&mut lin).unwrap();
    let view = |world: &mut World, phone: &mut Phone| match world
        .call(phone, Request::Finding { id })
        .unwrap()
    {
        Reply::Finding(view) => view,
        other => panic!("{other:?}"),
    };
    let seen = view(&mut world, &mut lin);
    assert!(seen.may_edit);
    let [conflict] = seen.conflicts.as_slice() else {
        panic!("{:?}", seen.conflicts);
    };
    assert_eq!(conflict.field, "text");
    let named = |said: &xunan_device::request::FieldSaid| {
        let by = said.by.person.as_ref().map(|person| person.name.clone());
        (by.unwrap_or_default(), said.words.clone())
    };
    let mut said: Vec<(String, String)> = conflict.said.iter().map(named).collect();
    said.sort();
    let expected = [("周监", "通道被纸箱挡住"), ("林检", "通道被桶挡住")];
    assert_eq!(said, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    let of_zhou = conflict.said.iter().find(|s| s.words.contains("纸箱"));
    let edit = of_zhou.unwrap().edit.clone();
    world
        .call(&mut lin, Request::EditFinding { id, edit })
        .unwrap();
    let settled = view(&mut world, &mut lin);
    assert!(settled.conflicts.is_empty());
    assert_eq!(settled.row.text, "通道被纸箱挡住");
}

#[test]
fn the_queue_obeys_unit_period_and_words() {
    let mut world = World::new();
    let kind = xunan_core::register::PostKind::Supervisor;
    let mut wang = world.phone_of("王督", kind, "东");
    world.enrol(&mut wang);
    world.sync(&mut wang).unwrap();
    world.call(&mut wang, report(Vec::new(), None)).unwrap();
    let mut asked = |query: &str, of: Option<&str>, period: Option<&str>| {
        let filter = QueueFilter {
            query: query.to_owned(),
            unit: of.map(unit),
            period: period.map(str::to_owned),
        };
        let group = Some(QueueGroup::Order);
        let request = Request::Queue {
            group,
            filter,
            limit: 0,
        };
        match world.call(&mut wang, request).unwrap() {
            Reply::Queue(queue) => queue,
            other => panic!("{other:?}"),
        }
    };
    let all = asked("", None, None);
    assert_eq!(all.findings.len(), 1);
    assert_eq!(all.units.len(), 1, "only its own: {:?}", all.units);
    assert_eq!(asked("通道", Some("东"), Some("2027-01")).findings.len(), 1);
    assert_eq!(asked("王督", None, Some("2027")).findings.len(), 1);
    assert_eq!(asked("", Some("区"), None).findings.len(), 1, "above it");
    for nothing in [
        asked("配电", None, None),
        asked("", Some("厂外"), None),
        asked("", None, Some("2026-12")),
    ] {
        assert!(nothing.findings.is_empty());
        let counts = nothing.groups.iter().map(|(_, count)| count);
        assert_eq!(counts.sum::<u32>(), 0);
    }
}
