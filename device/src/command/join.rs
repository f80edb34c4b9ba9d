//! Joins a team-mate's inspection: by name if it is here, by the code on the team-mate's phone if
//! there is no network. The code says what a root must repeat, so that both begin one document.

use serde::{Deserialize, Serialize};
use xunan_core::code::{Code, Problem};
use xunan_core::command::inspection as command;
use xunan_core::id::{DocId, UnitId};
use xunan_core::record::{RecordKind, TeamRole, read_inspection};
use xunan_core::register::InspectionKind;

use super::{done, draft};
use crate::device::Device;
use crate::request::Reply;

/// What stands before the code's content, so that another QR code isn't taken for one.
const PREFIX: &str = "XUNAN1:";

/// The code's content: short names, as every character makes the code denser.
#[derive(Serialize, Deserialize)]
struct JoinCode {
    i: DocId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    s: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    p: Option<String>,
    k: InspectionKind,
    l: Vec<(String, u32)>,
}

impl Device {
    /// The code that a team-mate scans.
    pub(crate) fn join_code(&mut self, id: DocId) -> Result<Reply, Problem> {
        let history = self.history(id)?;
        let inspection = read_inspection(&history, self.register(), self.register());
        let inspection = inspection.ok_or(Problem::new(Code::RecordAbsent))?;
        let code = JoinCode {
            i: id,
            s: inspection.site,
            p: inspection.place,
            k: inspection.kind,
            l: inspection.lists,
        };
        let text = serde_json::to_string(&code).map_err(|_| Problem::new(Code::Internal))?;
        Ok(Reply::JoinCode(format!("{PREFIX}{text}")))
    }

    pub(crate) fn join(&mut self, code: &str) -> Result<Reply, Problem> {
        let invalid = || Problem::new(Code::InputInvalid).with("field", "code");
        let me = self.must_me()?;
        let content = code.trim().strip_prefix(PREFIX).ok_or_else(invalid)?;
        let code: JoinCode = serde_json::from_str(content).map_err(|_| invalid())?;
        let member = [(me, TeamRole::Member)];
        // Its root is here already: joining is one put. Else a root of one's own repeats it.
        let puts = if self
            .history(code.i)
            .is_ok_and(|history| !history.is_empty())
        {
            command::name_member(me, TeamRole::Member)
        } else {
            command::begin(&command::Begin {
                site: code.s,
                place: code.p.as_deref(),
                kind: code.k,
                loc: None,
                basis: None,
                plan: &[],
                lists: &code.l,
                team: &member,
            })?
        };
        let written = self.write(draft(code.i, RecordKind::Inspection, puts, "join"))?;
        Ok(done(Some(code.i), written))
    }
}
