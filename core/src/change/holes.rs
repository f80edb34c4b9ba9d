//! A hole planted in each rule: what that rule alone keeps out gets in, and without the hole it is
//! refused with that rule's number.

use super::value::Draft;
use super::*;
use super::{invalid::hole, write};
use crate::code::Code;
use crate::document::Document;
use crate::id::{ActorId, ChangeHash, DocId};
use crate::record::RecordKind;
use crate::timestamp::Timestamp;

const NOON: Timestamp = Timestamp(1_796_097_600_000);
const DOC: DocId = DocId::from_bytes([7; 16]);

/// A document with a conflict: a root, and `end` put twice apart.
struct Scene {
    log: Vec<Change>,
    history: History,
}

fn actor(n: u8) -> ActorId {
    ActorId::from_bytes([n; 20])
}

fn puts(pairs: &[(&str, &str)]) -> Vec<(String, Scalar)> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()))
        .collect()
}

fn root_puts() -> Vec<(String, Scalar)> {
    let mut root = puts(&[("v", "inspection/1"), ("site", "s"), ("kind", "routine")]);
    root.push(("id".to_owned(), Scalar::Bytes(DOC.as_bytes().to_vec())));
    root
}

fn scene() -> Scene {
    let mut history = History::new(DOC, RecordKind::Inspection);
    let root = history.compose(actor(1), NOON, root_puts()).unwrap();
    history.append(&root);
    let apart = |n| {
        history
            .compose(actor(n), NOON, puts(&[("end", "apart")]))
            .unwrap()
    };
    let log = vec![root, apart(1), apart(2)];
    log.iter()
        .for_each(|change| assert!(history.append(change).index() < 3));
    Scene { log, history }
}

impl Scene {
    /// What the third actor would honestly write.
    fn draft(&self, pairs: &[(&str, &str)]) -> Draft {
        drafted(&self.history.compose(actor(3), NOON, puts(pairs)).unwrap())
    }
    /// What it would write as the one who begins the inspection apart.
    fn root_draft(&self) -> Draft {
        let fresh = History::new(DOC, self.history.kind());
        drafted(&fresh.compose(actor(3), NOON, root_puts()).unwrap())
    }
    fn judge(&self, raw: &[u8]) -> Result<Admission, Invalid> {
        self.history.admit(&Change::read(raw)?)
    }
}

fn drafted(change: &Change) -> Draft {
    Draft {
        actor: change.actor,
        seq: change.seq,
        start_op: change.start_op,
        time: change.time,
        deps: change.deps.clone(),
        ops: change.ops.clone(),
    }
}

/// Bytes of a draft that nobody has checked.
fn forged(draft: &Draft) -> Vec<u8> {
    write::chunk(&write::body(draft)).0
}

/// Bytes of a draft whose body was bent.
fn bent(draft: &Draft, bend: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut body = write::body(draft);
    bend(&mut body);
    write::chunk(&body).0
}

struct Case {
    what: &'static str,
    code: Code,
    /// The rules that keep it out.
    rules: &'static [u8],
    raw: Vec<u8>,
}

/// Every case is refused by the first of its rules, whatever the others do, and gets in when all
/// of its rules have holes.
fn assert_kept_out(scene: &Scene, cases: Vec<Case>) {
    for Case {
        what,
        code,
        rules,
        raw,
    } in cases
    {
        let refused = scene.judge(&raw).unwrap_err();
        assert_eq!((refused.code, refused.rule), (code, rules[0]), "{what}");
        let others: Vec<u8> = (1..=11).filter(|rule| *rule != rules[0]).collect();
        let alone = hole::planted(&others, || scene.judge(&raw)).unwrap_err();
        assert_eq!(alone.code, code, "{what}: kept out by this rule alone");
        let let_in = hole::planted(rules, || scene.judge(&raw));
        assert_eq!(
            let_in,
            Ok(Admission::New),
            "{what}: kept out by no other rule"
        );
    }
}

fn case(what: &'static str, code: Code, rules: &'static [u8], raw: Vec<u8>) -> Case {
    Case {
        what,
        code,
        rules,
        raw,
    }
}

/// An honest change, bent.
fn draft_with(scene: &Scene, edit: impl FnOnce(&mut Draft)) -> Vec<u8> {
    let mut draft = scene.draft(&[("rep", "x")]);
    edit(&mut draft);
    forged(&draft)
}

fn op(key: &str, value: Scalar) -> Op {
    Op {
        key: key.to_owned(),
        value,
        pred: Vec::new(),
    }
}

/// The action column, a literal of one put, written as a run of one.
fn run_of_one(body: &mut [u8]) {
    let literal = body
        .windows(2)
        .position(|pair| pair == [0x7f, 0x01])
        .unwrap();
    body[literal] = 0x01;
}

fn text(len: usize) -> Scalar {
    Scalar::Text("x".repeat(len))
}

#[test]
fn rule_1() {
    let scene = scene();
    let bytes = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut raw = draft_with(&scene, |_| ());
        edit(&mut raw);
        raw
    };
    let compressed = bytes(&|raw| {
        raw[8] = 2;
        let checksum: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(&raw[8..]).into();
        raw[4..8].copy_from_slice(&checksum[..4]);
    });
    // Three values of nearly 32 KiB are more than a change may have.
    let large =
        |draft: &mut Draft| draft.ops = ["p", "q", "r"].map(|key| op(key, text(30_000))).into();
    assert_kept_out(
        &scene,
        vec![
            case(
                "a wrong checksum",
                Code::ChangeBytes,
                &[1],
                bytes(&|raw| raw[4] ^= 1),
            ),
            case("a compressed chunk", Code::ChangeBytes, &[1], compressed),
            case(
                "bytes after its end",
                Code::ChangeBytes,
                &[1],
                bytes(&|raw| raw.push(0)),
            ),
            case(
                "above 64 KiB",
                Code::ChangeBytes,
                &[1],
                draft_with(&scene, large),
            ),
        ],
    );
}

#[test]
fn rules_2_and_3() {
    let scene = scene();
    let honest = scene.draft(&[("rep", "x")]);
    let early = draft_with(&scene, |draft| draft.time = Timestamp(-1));
    let disorder = draft_with(&scene, |draft| draft.deps.reverse());
    let cargo = bent(&honest, |body| body.extend(b"cargo"));
    assert_kept_out(
        &scene,
        vec![
            case("a time before all", Code::ChangeHeader, &[2], early),
            case("deps in disorder", Code::ChangeHeader, &[2], disorder),
            case(
                "cargo after the columns",
                Code::ChangeColumns,
                &[3, 6],
                cargo,
            ),
        ],
    );
}

#[test]
fn rules_4_to_6() {
    let scene = scene();
    let with = |edit: &dyn Fn(&mut Draft)| draft_with(&scene, edit);
    let blank = with(&|draft| draft.ops[0].key = "a b".into());
    let long = with(&|draft| draft.ops[0].value = text(32_769));
    let late = with(&|draft| draft.ops[0].value = Scalar::Time(1 << 53));
    let otherwise = bent(&scene.draft(&[("rep", "x")]), |body| run_of_one(body));
    let mut settling = scene.draft(&[("end", "x")]);
    settling.ops[0].pred.reverse();
    assert_kept_out(
        &scene,
        vec![
            case("a key with a blank", Code::ChangeOps, &[4], blank),
            case(
                "no op",
                Code::ChangeOps,
                &[4],
                with(&|draft| draft.ops.clear()),
            ),
            case("a value above 32 KiB", Code::ChangeValue, &[5], long),
            case(
                "a time that no browser holds",
                Code::ChangeValue,
                &[5],
                late,
            ),
            case("another encoding", Code::ChangeEncoding, &[6], otherwise),
            case(
                "predecessors in disorder",
                Code::ChangeEncoding,
                &[6, 11],
                forged(&settling),
            ),
        ],
    );
    let ops = |count| {
        (0..count)
            .map(|n| op(&format!("k{n}"), Scalar::Null))
            .collect::<Vec<_>>()
    };
    let refused = scene
        .judge(&with(&|draft| draft.ops = ops(513)))
        .unwrap_err();
    assert_eq!((refused.code, refused.rule), (Code::ChangeOps, 4));
    assert_eq!(
        scene.judge(&with(&|draft| draft.ops = ops(512))),
        Ok(Admission::New)
    );
}

#[test]
fn rule_7() {
    let mut scene = scene();
    for n in 3..=u32::try_from(limits::DOCUMENT_ACTORS).unwrap() {
        let mut bytes = [0; 20];
        bytes[16..].copy_from_slice(&n.to_be_bytes());
        let writer = ActorId::from_bytes(bytes);
        let change = scene
            .history
            .compose(writer, NOON, puts(&[("end", "x")]))
            .unwrap();
        scene.history.append(&change);
    }
    let refused = scene
        .history
        .compose(actor(3), NOON, puts(&[("end", "x")]))
        .unwrap_err();
    assert_eq!(refused.code, Code::ChangeLimit);
    let draft = hole::planted(&[7], || scene.draft(&[("end", "x")]));
    let raw = forged(&draft);
    assert_kept_out(
        &scene,
        vec![case("the 201st actor", Code::ChangeLimit, &[7], raw)],
    );
    let old = scene.history.compose(actor(1), NOON, puts(&[("end", "x")]));
    assert!(old.is_ok(), "who is in goes on writing");
}

#[test]
fn rules_8_and_9() {
    let scene = scene();
    let root = scene.log[0].hash;
    let mut seen_twice = scene.draft(&[("end", "x")]);
    seen_twice.deps.push(root);
    seen_twice.deps.sort_unstable();
    let with = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = scene.draft(&[("rep", "x")]);
        edit(&mut draft);
        forged(&draft)
    };
    // The second actor once more, as if it had not written before.
    let mut fork = drafted(&scene.log[2]);
    fork.ops[0].value = "else".into();
    assert_kept_out(
        &scene,
        vec![
            case(
                "an ancestor among the deps",
                Code::ChangeDeps,
                &[8],
                forged(&seen_twice),
            ),
            case(
                "a seq left out",
                Code::ChangeSequence,
                &[9],
                with(&|d| d.seq = 2),
            ),
            case(
                "a poisonous counter",
                Code::ChangeSequence,
                &[9],
                with(&|d| d.start_op = 1 << 29),
            ),
            case(
                "another in its place",
                Code::ChangeFork,
                &[9],
                forged(&fork),
            ),
        ],
    );
}

#[test]
fn rule_10_of_roots() {
    let scene = scene();
    let with = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = scene.root_draft();
        edit(&mut draft);
        forged(&draft)
    };
    let keys = |what, raw| case(what, Code::ChangeKeys, &[10], raw);
    assert_eq!(scene.judge(&with(&|_| ())), Ok(Admission::New));
    assert_kept_out(
        &scene,
        vec![
            keys(
                "a root of another document",
                with(&|d| d.ops[3].value = Scalar::Bytes(vec![8; 16])),
            ),
            keys(
                "a root of another kind",
                with(&|d| d.ops[0].value = "finding/1".into()),
            ),
            keys("a root without id", with(&|d| d.ops.truncate(3))),
            keys("a root elsewhere", with(&|d| d.ops[1].value = "t".into())),
            keys("a root without kind", with(&|d| drop(d.ops.remove(2)))),
        ],
    );
}

#[test]
fn rule_10_of_others() {
    let scene = scene();
    let with = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = scene.draft(&[("rep", "x"), ("rep_post", "y")]);
        edit(&mut draft);
        forged(&draft)
    };
    let mut same_tail = [9; 20];
    same_tail[16..].copy_from_slice(&[1; 4]);
    let foreign_event = with(&|d| d.ops[0].key = "ev/01010101.1".into());
    let taken = with(&|d| d.actor = ActorId::from_bytes(same_tail));
    assert_kept_out(
        &scene,
        vec![
            case(
                "a key twice",
                Code::ChangeKeys,
                &[10],
                with(&|d| d.ops[1].key = "rep".into()),
            ),
            case(
                "v put again",
                Code::ChangeKeys,
                &[10, 11],
                with(&|d| d.ops[0].key = "v".into()),
            ),
            case(
                "id put again",
                Code::ChangeKeys,
                &[10, 11],
                with(&|d| d.ops[0].key = "id".into()),
            ),
            case(
                "somebody else's event",
                Code::ChangeEvent,
                &[10],
                foreign_event,
            ),
            case("a taken tail", Code::ChangeTailTaken, &[10], taken),
        ],
    );
}

#[test]
fn rule_10_lets_a_finding_begin_once() {
    let mut scene = scene();
    let begun = |n| {
        let fresh = History::new(DOC, RecordKind::Finding);
        let mut puts = root_puts();
        puts[0].1 = "finding/1".into();
        fresh.compose(actor(n), NOON, puts).unwrap()
    };
    scene.history = History::new(DOC, RecordKind::Finding);
    scene.history.append(&begun(1));
    let second = begun(2).raw().to_vec();
    assert_kept_out(
        &scene,
        vec![case("a second root", Code::ChangeKeys, &[10], second)],
    );
}

#[test]
fn rule_11() {
    let scene = scene();
    let with = |edit: &dyn Fn(&mut Vec<OpId>)| {
        let mut draft = scene.draft(&[("end", "x")]);
        edit(&mut draft.ops[0].pred);
        forged(&draft)
    };
    let unseen = OpId {
        counter: 77,
        actor: actor(1),
    };
    assert_kept_out(
        &scene,
        vec![
            case(
                "nothing replaced",
                Code::ChangePreds,
                &[11],
                with(&Vec::clear),
            ),
            case(
                "half of a conflict replaced",
                Code::ChangePreds,
                &[11],
                with(&|p| p.truncate(1)),
            ),
            case(
                "something unseen replaced",
                Code::ChangePreds,
                &[11],
                with(&|p| p.push(unseen)),
            ),
        ],
    );
}

/// Takes the change into a document past the given rules, and says whether all is well after.
fn survives(scene: &Scene, holes: &[u8], raw: &[u8]) -> bool {
    hole::planted(holes, || {
        let mut document = Document::new(DOC, RecordKind::Inspection);
        document.apply(&scene.log).unwrap();
        let change = Change::read(raw).unwrap();
        document.apply(&[change]).is_ok() && document.snapshot().is_ok()
    })
}

#[test]
fn what_the_rules_keep_out_destroys_documents() {
    let scene = scene();
    let honest = scene.draft(&[("end", "x")]);
    assert!(survives(&scene, &[], &forged(&honest)));
    let with = |edit: &dyn Fn(&mut Draft)| {
        let mut draft = honest.clone();
        edit(&mut draft);
        forged(&draft)
    };
    assert!(!survives(
        &scene,
        &[6],
        &bent(&honest, |body| run_of_one(body))
    ));
    assert!(!survives(&scene, &[9], &with(&|d| d.seq = 2)));
    let unseen = OpId {
        counter: 77,
        actor: actor(1),
    };
    assert!(!survives(
        &scene,
        &[11],
        &with(&|d| d.ops[0].pred.push(unseen))
    ));
}

#[test]
fn a_dependency_that_is_not_here_holds_a_change() {
    let scene = scene();
    let mut draft = scene.draft(&[("rep", "x")]);
    let unknown = ChangeHash::from_bytes([0xff; 32]);
    draft.deps.push(unknown);
    let held = Admission::Held {
        missing: vec![unknown],
    };
    assert_eq!(scene.judge(&forged(&draft)), Ok(held));
}
