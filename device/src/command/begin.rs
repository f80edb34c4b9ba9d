//! Begins an inspection; team, lists, ground.

use serde::Deserialize;
use xunan_core::code::{Code, Problem};
use xunan_core::command::inspection as command;
use xunan_core::id::{DocId, PersonId, RowId};
use xunan_core::record::{Basis, RecordKind, TeamRole};

use super::{done, draft};
use crate::device::Device;
use crate::request::{Begin, Reply};

/// A word of the screens as core's value.
pub(crate) fn parsed<T: for<'de> Deserialize<'de>>(
    field: &'static str,
    word: &str,
) -> Result<T, Problem> {
    let invalid = |_| Problem::new(Code::InputInvalid).with("field", field);
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(invalid)
}

impl Device {
    pub(crate) fn begin(&mut self, begin: &Begin) -> Result<Reply, Problem> {
        let me = self.must_me()?;
        let mut team: Vec<(PersonId, TeamRole)> = vec![(me, parsed("role", &begin.role)?)];
        for (person, role) in begin.team.iter().filter(|(person, _)| *person != me) {
            team.push((*person, parsed("role", role)?));
        }
        let basis: Option<Basis> = begin
            .basis
            .as_deref()
            .map(|word| parsed("basis", word))
            .transpose()?;
        let lists = self.newest_lists(&begin.lists)?;
        let puts = command::begin(&command::Begin {
            site: begin.site,
            place: begin.place.as_deref(),
            kind: begin.kind,
            loc: begin.loc.as_ref(),
            basis,
            plan: &begin.plan,
            lists: &lists,
            team: &team,
        })?;
        let id = self.new_document();
        let written = self.write(draft(id, RecordKind::Inspection, puts, "begin"))?;
        Ok(done(Some(id), written))
    }

    fn newest_lists(&self, codes: &[String]) -> Result<Vec<(String, u32)>, Problem> {
        let unknown = || Problem::new(Code::InputInvalid).with("field", "list");
        let versions = codes.iter().map(|code| {
            let list = self.register().checklist(code, None).ok_or_else(unknown)?;
            Ok((code.clone(), list.version))
        });
        versions.collect()
    }

    pub(crate) fn name_member(
        &mut self,
        id: DocId,
        person: PersonId,
        role: &str,
    ) -> Result<Reply, Problem> {
        let role: TeamRole = parsed("role", role)?;
        let puts = command::name_member(person, role);
        if role == TeamRole::Left {
            return self.put_undoable(id, RecordKind::Inspection, puts, "leave");
        }
        let written = self.write(draft(id, RecordKind::Inspection, puts, "team"))?;
        Ok(done(Some(id), written))
    }

    pub(crate) fn add_list(&mut self, id: DocId, list: &str) -> Result<Reply, Problem> {
        let lists = self.newest_lists(&[list.to_owned()])?;
        let puts = lists
            .iter()
            .flat_map(|(code, version)| command::add_list(code, *version));
        let puts = puts.collect();
        let written = self.write(draft(id, RecordKind::Inspection, puts, "list"))?;
        Ok(done(Some(id), written))
    }

    pub(crate) fn set_basis(
        &mut self,
        id: DocId,
        basis: &str,
        plan: &[RowId],
    ) -> Result<Reply, Problem> {
        let before = self.read_inspection(id)?.plan;
        let puts = command::set_basis(parsed("basis", basis)?, plan, &before);
        let written = self.write(draft(id, RecordKind::Inspection, puts, "basis"))?;
        Ok(done(Some(id), written))
    }
}
