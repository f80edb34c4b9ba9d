//! Invitations and devices.

use ed25519_dalek::SigningKey;
use xunan_core::code::{Code, Retry};
use xunan_core::register::Table;
use xunan_core::wire::enrol::EnrolRequest;

use crate::phone::{World, revoke, sign_in};

const HOUR: i64 = 3_600_000;

fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

#[tokio::test]
async fn a_code_is_for_one_device() {
    let world = World::new().await;
    let code = world.invite(world.cast.person("周敏"), 1);
    let answer = world.enrol(&key(1), &code).await.unwrap();
    assert_eq!(answer.person, world.cast.person("周敏"));
    let second = world.enrol(&key(2), &code).await.unwrap_err();
    assert_eq!(second.code, Code::InvitationUsed);
    // The same device again, as after a lost answer, gets its id again.
    let again = world.enrol(&key(1), &code).await.unwrap();
    assert_eq!(again.device, answer.device);
}

#[tokio::test]
async fn a_wrong_code_and_a_late_one_enrol_nobody() {
    let world = World::new().await;
    let unknown = world.enrol(&key(1), "NO-SUCH").await.unwrap_err();
    assert_eq!(unknown.code, Code::InvitationUnknown);
    let code = world.invite(world.cast.person("周敏"), 1);
    world.pass(HOUR);
    let late = world.enrol(&key(1), &code).await.unwrap_err();
    assert_eq!(late.code, Code::InvitationExpired);
    let devices = world.relay.store().read(|ask| ask.devices()).unwrap();
    assert!(devices.is_empty());
}

#[tokio::test]
async fn who_guesses_codes_gets_nowhere_and_others_go_on() {
    let world = World::new().await;
    let code = world.invite(world.cast.person("周敏"), 1);
    for n in 0..30 {
        let guess = format!("{n:05}-{n:05}");
        let wrong = world.enrol_from("198.51.100.7", &key(1), &guess).await;
        assert_eq!(wrong.unwrap_err(), Code::InvitationUnknown);
    }
    let lucky = world.enrol_from("198.51.100.7", &key(1), &code).await;
    assert_eq!(lucky.unwrap_err(), Code::InvitationTooMany);
    let devices = || world.relay.store().read(|ask| ask.devices()).unwrap();
    assert!(devices().is_empty());
    // Somebody else's address has nothing to do with it.
    world
        .enrol_from("198.51.100.8", &key(2), &code)
        .await
        .unwrap();
    let later = world.invite(world.cast.person("李强"), 1);
    world.pass(10 * 60 * 1000);
    world
        .enrol_from("198.51.100.7", &key(1), &later)
        .await
        .unwrap();
}

#[tokio::test]
async fn half_a_code_is_not_completed_by_trying_from_many_addresses() {
    let world = World::new().await;
    let code = world.invite(world.cast.person("周敏"), 1);
    let half: String = code.chars().take(6).collect();
    for n in 0..10 {
        let address = format!("198.51.100.{n}");
        let wrong = world
            .enrol_from(&address, &key(1), &format!("{half}{n:05}"))
            .await;
        assert_eq!(wrong.unwrap_err(), Code::InvitationUnknown);
    }
    let lucky = world.enrol_from("198.51.100.99", &key(1), &code).await;
    assert_eq!(lucky.unwrap_err(), Code::InvitationTooMany);
    world.pass(10 * 60 * 1000);
    world
        .enrol_from("198.51.100.99", &key(1), &code)
        .await
        .unwrap();
}

#[tokio::test]
async fn who_mistypes_a_few_times_enrols_all_the_same() {
    let world = World::new().await;
    let code = world.invite(world.cast.person("周敏"), 1);
    // The code ends with 0.
    for n in 1..6 {
        let start: String = code.chars().take(code.len() - 1).collect();
        let typo = format!("{start}{n}");
        let wrong = world.enrol(&key(1), &typo).await.unwrap_err();
        assert_eq!(wrong.code, Code::InvitationUnknown, "{typo} for {code}");
    }
    world.enrol(&key(1), &code).await.unwrap();
}

#[tokio::test]
async fn a_key_enrols_only_by_whoever_holds_it() {
    let world = World::new().await;
    let code = world.invite(world.cast.person("周敏"), 1);
    let request = EnrolRequest {
        code,
        public_key: hex::encode(key(1).verifying_key().to_bytes()),
        proof: "00".repeat(64),
        platform: String::new(),
    };
    let outcome: Result<serde_json::Value, _> = world.post("enrol", &request).await;
    assert_eq!(outcome.unwrap_err().code, Code::WireSignature);
}

#[tokio::test]
async fn a_malformed_body_is_told_in_the_one_shape() {
    let world = World::new().await;
    let outcome: Result<serde_json::Value, _> = world.post("enrol", &"nonsense").await;
    let problem = outcome.unwrap_err();
    assert_eq!(
        (problem.code, problem.retry),
        (Code::WireBody, Retry::Never)
    );
}

#[tokio::test]
async fn an_enrolled_device_is_in_the_register() {
    let world = World::new().await;
    let mut phone = world.phone("周敏").await;
    phone.sync().await;
    let id = phone.enrolled.device.to_string();
    let own = phone.rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!(own.table, Table::Device);
}

#[tokio::test]
async fn a_session_ends_after_a_day_and_is_renewed_before() {
    let world = World::new().await;
    let mut phone = world.phone("周敏").await;
    world.pass(13 * HOUR);
    let answer = phone.sync().await;
    let renewed = answer.token.expect("half of the day is over");
    world.pass(12 * HOUR);
    assert_eq!(phone.stopped().await, Code::SessionInvalid);
    let old = std::mem::replace(&mut phone.token, renewed);
    phone.sync().await;
    phone.token = old;
    sign_in(&world, &mut phone).await.unwrap();
    phone.sync().await;
}

#[tokio::test]
async fn a_nonce_is_good_for_minutes() {
    let world = World::new().await;
    let mut phone = world.phone("周敏").await;
    phone.token = "none".to_owned();
    sign_in(&world, &mut phone).await.unwrap();
    phone.token = "none".to_owned();
    let nonce = phone.send(&phone.request()).await.unwrap_err().details["nonce"].clone();
    world.pass(6 * 60 * 1000);
    let (device, organisation) = (phone.enrolled.device, phone.enrolled.organisation);
    let message = xunan_core::wire::enrol::session_message(organisation, device, &nonce);
    let proof = ed25519_dalek::Signer::sign(&phone.key, &message).to_bytes();
    let request = xunan_core::wire::enrol::SessionRequest {
        device,
        nonce,
        proof: hex::encode(proof),
    };
    let late: Result<serde_json::Value, _> = world.post("session", &request).await;
    assert_eq!(late.unwrap_err().code, Code::SessionInvalid);
}

#[tokio::test]
async fn a_revoked_device_is_out_at_once() {
    let world = World::new().await;
    let mut phone = world.phone("周敏").await;
    phone.sync().await;
    revoke(&world, &phone);
    // Its session is gone, and it gets no new one.
    assert_eq!(phone.stopped().await, Code::SessionInvalid);
    let refused = sign_in(&world, &mut phone).await.unwrap_err();
    assert_eq!(refused.code, Code::DeviceRevoked);
}
