//! `people`: who is in the register, with their posts and devices.

use clap::Args;
use serde_json::json;
use xunan_core::register::{Post, PostKind, Register};

use super::{CliError, DataDir, say};
use crate::clock::Clock;
use crate::store::StoreError;

/// List people with their posts
#[derive(Debug, Args)]
pub(super) struct People {
    #[command(flatten)]
    data: DataDir,
    /// For machines: one JSON object a line
    #[arg(long)]
    json: bool,
}

impl People {
    pub(super) fn run(self, clock: &Clock) -> Result<(), CliError> {
        let store = self.data.open(clock)?;
        let (rows, devices) =
            store.read(|ask| Ok::<_, StoreError>((ask.rows()?, ask.devices()?)))?;
        let register = Register::new(&rows, None);
        for (id, versions) in register.people() {
            let Some(person) = versions.current() else {
                continue;
            };
            let of_person = |device: &&crate::store::DeviceRecord| {
                device.person == id && device.revoked.is_none()
            };
            let devices = devices.iter().filter(of_person).count();
            let posts: Vec<&Post> = register.posts_of(id).collect();
            if self.json {
                let posts: Vec<_> = posts
                    .iter()
                    .map(|post| {
                        json!({
                            "unit": unit_name(&register, post), "unit_id": post.unit,
                            "kind": post.kind, "title": post.title,
                        })
                    })
                    .collect();
                say(json!({
                    "id": id, "name": person.name, "phone": person.phone, "posts": posts,
                    "devices": devices,
                }))?;
                continue;
            }
            let posts: Vec<String> = posts
                .iter()
                .map(|post| format!("{} {}", unit_name(&register, post), word(post.kind)))
                .collect();
            say(format_args!(
                "{} {} [{}] devices: {devices}",
                person.name,
                person.phone.as_deref().unwrap_or("-"),
                posts.join("; "),
            ))?;
        }
        Ok(())
    }
}

fn unit_name<'r>(register: &'r Register, post: &Post) -> &'r str {
    register.unit(post.unit).map_or("", |unit| &unit.name)
}

/// The post's kind as the spreadsheets word it.
const fn word(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Party => "党委主要负责人",
        PostKind::Main => "主要领导",
        PostKind::InCharge => "分管领导",
        PostKind::DualDuty => "一岗双责成员",
        PostKind::Supervisor => "安监人员",
        PostKind::Inspector => "检查人员",
        PostKind::Principal => "企业主要负责人",
        PostKind::SafetyOfficer => "安全员",
        PostKind::Worker => "从业人员",
        PostKind::Administrator => "管理员",
    }
}
