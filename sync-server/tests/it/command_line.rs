//! The program as administrators meet it, and as it dies.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use xunan_core::code::Code;
use xunan_core::testing::Cast;

use crate::phone::{Phone, begin_organisation, doc};

const PROGRAM: &str = env!("CARGO_BIN_EXE_xunan-relay");

fn run(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    let (name, rest) = arguments.split_first().unwrap();
    command.arg(name).arg("--data").arg(dir).args(rest);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A relay process; it is killed when it goes out of scope.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(dir: &Path, halt_at: &str) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(dir)
            .env("XUNAN_HALT_AT", halt_at)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap();
        Self {
            child,
            address: address.to_owned(),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may be dead already: that is what some tests are about.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn organisation() -> (tempfile::TempDir, Cast) {
    let (dir, cast) = (tempfile::tempdir().unwrap(), Cast::new());
    begin_organisation(dir.path(), &cast);
    (dir, cast)
}

fn invite(dir: &Path, name: &str) -> String {
    let invited = said(&run(dir, &["invite", "--person", name, "--json"]));
    let invited: Value = serde_json::from_str(&invited).unwrap();
    invited["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_administrator_invites_lists_and_revokes_beside_a_serving_relay() {
    let (dir, cast) = organisation();
    let served = Served::start(dir.path(), "");
    let code = invite(dir.path(), "周敏");
    let shown = said(&run(dir.path(), &["invite", "--person", "李强"]));
    let link = format!("http://{}/#/enrol?code=", served.address);
    assert!(shown.contains(&link), "{shown}");
    assert!(shown.contains('█'), "a QR code in the terminal");

    let mut phone = Phone::enrol(&served.address, 1, &code).await;
    phone.report(doc(1), cast.unit("宏达"));
    phone.sync().await;
    let people = said(&run(dir.path(), &["people"]));
    assert!(
        people.contains("周敏 - [东关街道 检查人员] devices: 1"),
        "{people}"
    );
    let devices = said(&run(dir.path(), &["devices", "--json"]));
    let device: Value = serde_json::from_str(devices.trim()).unwrap();
    assert_eq!(device["name"], "周敏");
    assert!(device["last_sync"].as_i64().unwrap() > 0);

    let copy = dir.path().join("copy.sqlite");
    said(&run(dir.path(), &["backup", copy.to_str().unwrap()]));
    assert!(copy.exists());
    let again = run(dir.path(), &["backup", copy.to_str().unwrap()]);
    assert_eq!(again.status.code(), Some(1), "a backup never overwrites");
    let sound = said(&run(dir.path(), &["verify"]));
    assert!(sound.starts_with("1 changes in 1 records"), "{sound}");

    let id = phone.enrolled.device.to_string();
    said(&run(dir.path(), &["revoke", "--device", &id]));
    assert_eq!(phone.stopped().await, Code::SessionInvalid);
    let again = run(dir.path(), &["revoke", "--device", &id]);
    assert_eq!(again.status.code(), Some(1));
}

#[test]
fn wrong_usage_is_2_and_a_problem_in_words_is_1() {
    let (dir, _cast) = organisation();
    assert_eq!(run(dir.path(), &["invite"]).status.code(), Some(2));
    let nobody = run(dir.path(), &["invite", "--person", "无此人"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("无此人"));
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(run(empty.path(), &["verify"]).status.code(), Some(1));
    assert!(!empty.path().join("relay.sqlite").exists());
}

#[test]
fn a_setting_is_set_and_shown() {
    let (dir, _cast) = organisation();
    said(&run(dir.path(), &["setting", "recheck_days", "12"]));
    assert_eq!(said(&run(dir.path(), &["setting", "recheck_days"])), "12\n");
    let all = said(&run(dir.path(), &["setting"]));
    assert!(all.contains("recheck_days 12 (default 10)"), "{all}");
    let wrong = run(dir.path(), &["setting", "zone", "Mars/Olympus"]);
    assert_eq!(wrong.status.code(), Some(1));
}

#[cfg(unix)]
#[tokio::test]
async fn a_relay_told_to_stop_lets_waiting_requests_answer_and_ends_well() {
    let (dir, _cast) = organisation();
    let mut served = Served::start(dir.path(), "");
    let code = invite(dir.path(), "周敏");
    let mut phone = Phone::enrol(&served.address, 1, &code).await;
    phone.sync().await;
    phone.sync().await;
    let mut waiting = phone.request();
    waiting.wait = 50;
    let asker = phone.clone();
    let answer = tokio::spawn(async move { asker.send(&waiting).await });
    // The request is under way when its connection is; a signal before would be no test.
    phone.sync().await;
    let pid = served.child.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(killed.success());
    assert_eq!(answer.await.unwrap().unwrap().news, None);
    assert!(served.child.wait().unwrap().success());
}

/// Pushes to a relay that dies at a point; gives how many changes are in the log when it is back,
/// and what it says to the same push.
async fn push_and_die(point: &str) -> (usize, bool) {
    let (dir, cast) = organisation();
    let code = invite(dir.path(), "周敏");
    let mut dying = Served::start(dir.path(), point);
    let mut phone = Phone::enrol(&dying.address, 1, &code).await;
    phone.report(doc(1), cast.unit("宏达"));
    let request = phone.request();
    assert!(
        phone.line_breaks(&request).await,
        "it died before it answered"
    );
    assert!(!dying.child.wait().unwrap().success());

    let served = Served::start(dir.path(), "");
    phone.address = served.address.clone();
    let sound = said(&run(dir.path(), &["verify"]));
    let changes = sound.split(' ').next().unwrap().parse().unwrap();
    let answer = phone.send(&request).await.unwrap();
    let sound = said(&run(dir.path(), &["verify"]));
    assert!(sound.starts_with("1 changes"), "{sound}");
    (
        changes,
        answer.receipt.is_some() && answer.verdicts.is_empty(),
    )
}

#[tokio::test]
async fn a_push_is_whole_or_not_at_all_wherever_the_relay_dies() {
    assert_eq!(push_and_die("append.before").await, (0, true));
    assert_eq!(push_and_die("append.after").await, (0, true));
    assert_eq!(push_and_die("commit.after").await, (1, true));
}

#[tokio::test]
async fn an_enrolment_whose_answer_was_lost_is_not_lost() {
    let (dir, _cast) = organisation();
    let code = invite(dir.path(), "周敏");
    let dying = Served::start(dir.path(), "enrol.after_commit");
    assert!(Phone::enrolment_breaks(&dying.address, 1, &code).await);
    drop(dying);
    let served = Served::start(dir.path(), "");
    let mut phone = Phone::enrol(&served.address, 1, &code).await;
    phone.sync().await;
}
