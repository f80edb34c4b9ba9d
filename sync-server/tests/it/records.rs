//! Pushes and pulls of records.

use xunan_core::code::Code;
use xunan_core::record::{Event, FindingAct, RecordKind};
use xunan_core::testing::day;
use xunan_core::wire::body;
use xunan_core::wire::sync::{Cursor, Outcome, SyncRequest};

use crate::phone::{NOW, Phone, World, doc, text};

fn order(world: &World, unit: &str) -> Event<FindingAct> {
    let act = FindingAct::Ordered {
        due: day(15),
        who: world.cast.person("李娜"),
        ground: "安全生产法".to_owned(),
    };
    world.cast.official(unit, ["周敏", "李强"], act)
}

fn site(world: &World) -> xunan_core::id::UnitId {
    world.cast.unit("宏达")
}

#[tokio::test]
async fn what_one_pushes_another_pulls_with_its_receipt_and_proof() {
    let world = World::new().await;
    let (mut zhou, mut li) = (world.phone("周敏").await, world.phone("李强").await);
    li.sync().await;
    zhou.report(doc(1), site(&world));
    zhou.put(doc(1), RecordKind::Finding, &[("where", text("东侧"))]);
    let pushed = zhou.sync().await;
    assert_eq!(pushed.receipt, Some(NOW));
    assert_eq!(pushed.verdicts, []);

    let answer = li.sync().await;
    assert_eq!(
        li.histories[&doc(1)].heads(),
        zhou.histories[&doc(1)].heads()
    );
    let news = answer.news.unwrap();
    assert_eq!(news.seals.len(), 1);
    assert_eq!(news.seals[0].received, NOW);
    assert_eq!(news.seals[0].device, zhou.enrolled.device);
    let message = xunan_core::author::push_message(zhou.enrolled.organisation, &news.seals[0].root);
    let public = zhou.key.verifying_key().to_bytes();
    xunan_core::author::verify(&public, &message, &news.seals[0].signature).unwrap();
}

#[tokio::test]
async fn own_changes_do_not_come_back() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    zhou.sync().await;
    zhou.report(doc(1), site(&world));
    // Neither the new record, which comes into sight by its own push, nor what is written in it
    // later.
    assert_eq!(zhou.sync().await.news, None);
    zhou.put(doc(1), RecordKind::Finding, &[("where", text("东侧"))]);
    let answer = zhou.sync().await;
    assert_eq!(answer.news, None);
}

#[tokio::test]
async fn who_waits_is_told_of_others_and_who_was_set_back_of_its_own() {
    let world = World::new().await;
    let (mut zhou, mut li) = (world.phone("周敏").await, world.phone("李强").await);
    zhou.sync().await;
    zhou.sync().await;
    let (mut before, mut set_back) = (zhou.clone(), zhou.clone());
    let waiting = SyncRequest {
        wait: 50,
        ..zhou.request()
    };
    let asker = zhou.clone();
    let answer = tokio::spawn(async move { asker.send(&waiting).await });
    tokio::task::yield_now().await;
    zhou.report(doc(1), site(&world));
    zhou.sync().await;
    li.report(doc(2), site(&world));
    li.sync().await;
    before.take(&answer.await.unwrap().unwrap());
    assert!(before.has(doc(2)) && !before.has(doc(1)));

    set_back.sync().await;
    assert!(set_back.has(doc(1)) && set_back.has(doc(2)));
}

#[tokio::test]
async fn nothing_new_is_small_whatever_there_is() {
    let world = World::new().await;
    let (mut zhou, mut li) = (world.phone("周敏").await, world.phone("李强").await);
    for n in 0..100 {
        zhou.report(doc(n), site(&world));
    }
    zhou.sync().await;
    li.sync().await;
    li.sync().await;
    let request = body::pack(&li.request().encode());
    assert!(request.len() <= 120, "{}", request.len());
    let answer = li.send_bytes(request).await.unwrap();
    assert!(answer.len() <= 120, "{}", answer.len());
}

#[tokio::test]
async fn a_push_seen_before_gets_its_old_answer() {
    let world = World::new().await;
    let mut zheng = world.phone("郑检").await;
    zheng.report(doc(1), site(&world));
    let request = zheng.request();
    let first = zheng.send(&request).await.unwrap();
    world.pass(1000);
    let again = zheng.send(&request).await.unwrap();
    assert_eq!(first.receipt, Some(NOW));
    assert_eq!(again.receipt, first.receipt);
    assert_eq!(again.verdicts, first.verdicts);
    assert!(!first.verdicts.is_empty());
    let pushes = world.relay.store().read(|ask| ask.pushes()).unwrap();
    assert_eq!(pushes.len(), 1);
}

#[tokio::test]
async fn who_has_no_right_is_refused_with_code_key_and_descendants_and_others_go_on() {
    let world = World::new().await;
    let (mut zhou, mut zheng) = (world.phone("周敏").await, world.phone("郑检").await);
    // 郑检 is of the other township: 宏达 is not overseen.
    zheng.report(doc(1), site(&world));
    zheng.put(doc(1), RecordKind::Finding, &[("where", text("东侧"))]);
    let answer = zheng.sync().await;
    assert_eq!(answer.receipt, Some(NOW));
    let outcomes: Vec<_> = answer
        .verdicts
        .iter()
        .map(|verdict| (verdict.part, verdict.position, &verdict.outcome))
        .collect();
    let [
        (
            0,
            0,
            Outcome::Refused {
                code, rule, key, ..
            },
        ),
        (0, 1, Outcome::Descends),
    ] = &outcomes[..]
    else {
        panic!("{outcomes:?}");
    };
    assert_eq!((*code, *rule), (Code::PermitNotOverseen, 13));
    assert!(key.is_some());

    // One record refused, another appended, in one push: a duty of an order that nobody gave.
    zhou.report(doc(2), site(&world));
    zhou.report(doc(3), site(&world));
    zhou.act(doc(3), &order(&world, "西关"));
    let answer = zhou.sync().await;
    let [verdict] = &answer.verdicts[..] else {
        panic!("{:?}", answer.verdicts);
    };
    assert_eq!((verdict.part, verdict.position), (1, 1));
    let mut li = world.phone("李强").await;
    li.sync().await;
    assert!(li.has(doc(2)));
    assert_eq!(li.histories[&doc(3)].len(), 1);
    assert!(!li.has(doc(1)));
}

#[tokio::test]
async fn an_actor_of_another_device_is_refused_by_rule_12() {
    let world = World::new().await;
    let (mut zhou, li) = (world.phone("周敏").await, world.phone("李强").await);
    zhou.actor = li.actor;
    zhou.report(doc(1), site(&world));
    let answer = zhou.sync().await;
    let Outcome::Refused { code, rule, .. } = &answer.verdicts[0].outcome else {
        panic!("{:?}", answer.verdicts);
    };
    assert_eq!((*code, *rule), (Code::PermitActor, 12));
}

#[tokio::test]
async fn a_signature_over_something_else_appends_nothing() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    zhou.report(doc(1), site(&world));
    let mut request = zhou.request();
    request.push.as_mut().unwrap().signature[0] ^= 1;
    let problem = zhou.send(&request).await.unwrap_err();
    assert_eq!(problem.code, Code::WireSignature);
    assert_eq!(world.relay.store().read(|ask| ask.head()).unwrap(), 0);
}

#[tokio::test]
async fn a_fork_and_a_missing_dependency_are_told_and_take_nothing_along() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    zhou.report(doc(1), site(&world));
    zhou.sync().await;
    // A copy of the phone's storage: both write as the same actor.
    let mut copy = zhou.clone();
    zhou.put(doc(1), RecordKind::Finding, &[("where", text("东侧"))]);
    zhou.sync().await;
    copy.put(doc(1), RecordKind::Finding, &[("where", text("西侧"))]);
    copy.report(doc(2), site(&world));
    let answer = copy.send(&copy.request()).await.unwrap();
    assert_eq!(answer.receipt, None);
    let outcomes: Vec<_> = answer.verdicts.iter().map(|v| &v.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Fork]);

    // A change whose dependency the relay does not have.
    let mut lost = world.phone("李强").await;
    lost.report(doc(3), site(&world));
    lost.outbox.clear();
    lost.put(doc(3), RecordKind::Finding, &[("where", text("东侧"))]);
    let answer = lost.send(&lost.request()).await.unwrap();
    assert_eq!(answer.receipt, None);
    assert!(!answer.verdicts.is_empty());
    let documents = world.relay.store().read(|ask| ask.documents()).unwrap();
    assert_eq!(documents.len(), 1);
}

#[tokio::test]
async fn a_finding_of_an_unknown_inspection_waits_and_goes_through_with_it() {
    let world = World::new().await;
    // A self-inspection decides who in the enterprise may report from it.
    let mut officer = world.phone("张伟").await;
    let from = doc(1).to_string();
    let more = [
        ("origin", "self"),
        ("text", "杂物"),
        ("level", "general"),
        ("from", from.as_str()),
    ];
    officer.begin(doc(2), RecordKind::Finding, site(&world), &more);
    let request = officer.request();
    let answer = officer.send(&request).await.unwrap();
    let outcomes: Vec<_> = answer.verdicts.iter().map(|v| &v.outcome).collect();
    assert!(
        matches!(outcomes[..], [Outcome::Held { .. }]),
        "{outcomes:?}"
    );
    assert_eq!(world.relay.store().read(|ask| ask.head()).unwrap(), 0);
    let kind = [("kind", "self")];
    officer.begin(doc(1), RecordKind::Inspection, site(&world), &kind);
    let answer = officer.sync().await;
    assert_eq!(answer.verdicts, []);
    // The held push itself, sent late, is known by now.
    let answer = officer.send(&request).await.unwrap();
    assert_eq!(answer.verdicts, []);
}

#[tokio::test]
async fn a_waiting_request_answers_at_the_first_news() {
    let world = World::new().await;
    let (mut zhou, mut li) = (world.phone("周敏").await, world.phone("李强").await);
    li.sync().await;
    li.sync().await;
    let waiting = SyncRequest {
        wait: 50,
        ..li.request()
    };
    let asker = li.clone();
    let answer = tokio::spawn(async move { asker.send(&waiting).await });
    tokio::task::yield_now().await;
    zhou.report(doc(1), site(&world));
    zhou.sync().await;
    let answer = answer.await.unwrap().unwrap();
    li.take(&answer);
    assert!(li.has(doc(1)));
}

#[tokio::test]
async fn a_device_revoked_while_it_waits_gets_nothing_more() {
    let world = World::new().await;
    let (mut zhou, mut li) = (world.phone("周敏").await, world.phone("李强").await);
    li.sync().await;
    li.sync().await;
    let waiting = SyncRequest {
        wait: 50,
        ..li.request()
    };
    let asker = li.clone();
    let answer = tokio::spawn(async move { asker.send(&waiting).await });
    tokio::task::yield_now().await;
    crate::phone::revoke(&world, &li);
    zhou.report(doc(1), site(&world));
    zhou.sync().await;
    let code = answer.await.unwrap().unwrap_err().code;
    // If the request came in after the revocation, its session is gone.
    assert!(matches!(code, Code::DeviceRevoked | Code::SessionInvalid));
}

#[tokio::test]
async fn what_somebody_with_a_new_device_did_counts_for_who_has_not_heard_of_it() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    zhou.report(doc(1), site(&world));
    zhou.act(doc(1), &order(&world, "东关"));
    zhou.sync().await;
    // The principal enrols when 周敏 is told no more rows; the relay judges 周敏 by those of then.
    let mut principal = world.phone("李娜").await;
    principal.sync().await;
    let rectified = FindingAct::Rectified {
        five: None,
        behalf: false,
    };
    let rectified = Event {
        text: Some("已清理".to_owned()),
        ..Event::new(rectified)
    };
    principal.act(doc(1), &rectified);
    assert_eq!(principal.sync().await.verdicts, []);
    let answer = zhou.send(&zhou.request()).await.unwrap();
    zhou.take(&answer);
    let passed = world
        .cast
        .official("东关", ["周敏", "李强"], FindingAct::Passed);
    let passed = Event {
        text: Some("已复查".to_owned()),
        ..passed
    };
    zhou.act(doc(1), &passed);
    assert_eq!(zhou.sync().await.verdicts, []);
}

#[tokio::test]
async fn a_waiting_request_is_let_go_before_the_relay_stops() {
    let world = World::new().await;
    let mut li = world.phone("李强").await;
    li.sync().await;
    li.sync().await;
    let waiting = SyncRequest {
        wait: 50,
        ..li.request()
    };
    let asker = li.clone();
    let answer = tokio::spawn(async move { asker.send(&waiting).await });
    tokio::task::yield_now().await;
    world.relay.close();
    let answer = answer.await.unwrap().unwrap();
    assert_eq!(answer.news, None);
}

#[tokio::test]
async fn a_first_sync_comes_in_pages_own_tasks_first_and_goes_on_by_the_log() {
    let world = World::new().await;
    let (mut zhou, mut chen) = (world.phone("周敏").await, world.phone("孙监").await);
    for n in 0..120 {
        zhou.report(doc(n), site(&world));
        zhou.put(
            doc(n),
            RecordKind::Finding,
            &[("where", text("东侧配电间".repeat(40)))],
        );
    }
    zhou.sync().await;
    let small = |phone: &Phone| SyncRequest {
        size: 3000,
        ..phone.request()
    };
    let mut pages = 0;
    loop {
        let answer = chen.send(&small(&chen)).await.unwrap();
        chen.take(&answer);
        pages += 1;
        if pages == 2 {
            // Written meanwhile: it comes by the log, afterwards.
            zhou.put(doc(0), RecordKind::Finding, &[("where", text("西侧"))]);
            zhou.report(doc(200), site(&world));
            zhou.sync().await;
        }
        if !answer.more {
            break;
        }
    }
    assert!(pages > 2, "{pages}");
    chen.sync().await;
    assert_eq!(chen.histories.len(), 121);
    for (id, history) in &zhou.histories {
        assert_eq!(chen.histories[id].heads(), history.heads());
    }
}

#[tokio::test]
async fn a_record_asked_for_comes_whole_if_it_is_in_sight() {
    let world = World::new().await;
    let (mut zhou, mut zheng) = (world.phone("周敏").await, world.phone("郑检").await);
    zhou.report(doc(1), site(&world));
    zhou.sync().await;
    zhou.histories.clear();
    let whole = |phone: &Phone| SyncRequest {
        whole: vec![doc(1)],
        ..phone.request()
    };
    let answer = zhou.send(&whole(&zhou)).await.unwrap();
    assert_eq!(answer.news.as_ref().unwrap().arrivals, [0]);
    zhou.take(&answer);
    assert!(zhou.has(doc(1)));
    zheng.sync().await;
    let answer = zheng.send(&whole(&zheng)).await.unwrap();
    assert_eq!(answer.news, None);
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_words() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    let code = |bytes: Vec<u8>| {
        let zhou = zhou.clone();
        async move { zhou.send_bytes(bytes).await.unwrap_err().code }
    };
    assert_eq!(code(vec![9, 9]).await, Code::WireBody);
    let mut other_version = zhou.request().encode();
    other_version[0] = 9;
    assert_eq!(code(body::pack(&other_version)).await, Code::WireVersion);
    assert_eq!(code(vec![1; 5 << 20]).await, Code::WireTooLarge);
    let bomb = body::pack(&vec![0; 40 << 20]);
    assert_eq!(code(bomb).await, Code::WireTooLarge);
    zhou.cursor = Some(Cursor(vec![1, 2, 3]));
    assert_eq!(zhou.stopped().await, Code::WireCursor);
}

#[tokio::test]
async fn work_done_offline_in_good_faith_is_judged_by_the_register_of_then_and_marked() {
    let world = World::new().await;
    let mut zhou = world.phone("周敏").await;
    zhou.sync().await;
    // The post ends while 周敏 is offline.
    let mut cast = world.cast.rows().iter();
    let post = cast
        .find(|row| {
            row.table == xunan_core::register::Table::Post
                && row.fields["person"] == world.cast.person("周敏").to_string()
        })
        .unwrap();
    world.write_rows(&[xunan_relay::store::NewRow {
        table: post.table,
        id: post.id.clone(),
        valid_to: Some(world.now()),
        fields: post.fields.clone(),
    }]);
    zhou.report(doc(1), site(&world));
    let answer = zhou.sync().await;
    assert_eq!(answer.verdicts, []);
    let changes = world
        .relay
        .store()
        .read(|ask| ask.changes_of(doc(1), None))
        .unwrap();
    assert!(changes[0].marked);
    // From that answer on the phone knows, and so does the relay's judgement.
    zhou.report(doc(2), site(&world));
    let answer = zhou.sync().await;
    assert!(matches!(
        answer.verdicts[0].outcome,
        Outcome::Refused { .. }
    ));
}
