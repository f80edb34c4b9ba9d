//! The people to play, as the first start of `cargo xtask run` invited them; kept in `cast.json`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::people::{self, Part};
use crate::relay::Relay;
use crate::step;

const FILE: &str = "cast.json";

/// The people, and the site that they all meet at this month.
#[derive(Serialize, Deserialize)]
pub(crate) struct Cast {
    site: String,
    parts: Vec<CastPart>,
}

/// A person to play, with an invitation.
#[derive(Serialize, Deserialize)]
pub(crate) struct CastPart {
    name: String,
    /// Names the person's device folder, too.
    pub(crate) phone: String,
    unit: String,
    role: String,
    code: String,
    /// What the window is opened with.
    pub(crate) link: String,
}

impl Cast {
    /// Invites the people of the sample who meet in a month (1–12); later starts keep them.
    pub(crate) fn invite_once(
        sample: &Path,
        folder: &Path,
        relay: &Relay,
        month: u8,
    ) -> Result<Self> {
        if folder.join(FILE).exists() {
            return Self::read(folder);
        }
        let (site, parts) = people::cast(&sample.join("demo"), month)?;
        let parts = parts.iter().map(|part| invited(relay, part));
        let cast = Self {
            site,
            parts: parts.collect::<Result<_>>()?,
        };
        fs::write(folder.join(FILE), serde_json::to_vec_pretty(&cast)?).context(FILE)?;
        Ok(cast)
    }

    /// The people whom an earlier start invited.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let bytes = fs::read(folder.join(FILE));
        let bytes =
            bytes.context("nothing was imported yet: start with `cargo xtask run` first")?;
        serde_json::from_slice(&bytes).context(FILE)
    }

    /// The one to play if nobody is named.
    pub(crate) fn first(&self) -> Option<&CastPart> {
        self.parts.first()
    }

    /// By name or phone number.
    pub(crate) fn find(&self, person: &str) -> Result<&CastPart> {
        let fits = |part: &&CastPart| part.name == person || part.phone == person;
        let names: Vec<&str> = self.parts.iter().map(|part| part.name.as_str()).collect();
        self.parts.iter().find(fits).with_context(|| {
            format!(
                "{person} is not one of the people to play: {}",
                names.join("、")
            )
        })
    }

    /// Says who can be played and how.
    pub(crate) fn tell(&self, port: u16) {
        step::say(&format!(
            "\n巡安中继: http://127.0.0.1:{port}    本月同去一家: {}",
            self.site
        ));
        step::say("一次性邀请（每人一部设备）：");
        for part in &self.parts {
            step::say(&format!(
                "  {}  {}  {} · {}\n      {}",
                part.code, part.name, part.role, part.unit, part.link
            ));
        }
        step::say("另开一人的窗口：cargo xtask run --person 姓名    结束：Ctrl-C\n");
    }
}

fn invited(relay: &Relay, part: &Part) -> Result<CastPart> {
    let invitation = relay.invite(part)?;
    Ok(CastPart {
        name: part.name.clone(),
        phone: part.phone.clone(),
        unit: part.unit.clone(),
        role: part.role.to_owned(),
        code: invitation.code,
        link: invitation.link,
    })
}
