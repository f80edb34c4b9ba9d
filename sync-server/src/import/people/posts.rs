//! Which post of the register a row speaks of.

use xunan_core::id::{PersonId, RowId, UnitId};
use xunan_core::register::{Post, PostKind};

use super::People;
use super::entry::Entry;
use crate::import::Scope;
use crate::import::problem::Fault;

impl People {
    /// A person's rows are all of the person's posts. A post keeps its unit for life; a post of
    /// another kind in the same unit is the same post, changed.
    pub(super) fn bring_posts(
        &mut self,
        person: PersonId,
        group: &[Entry<'_>],
        scope: &mut Scope<'_>,
    ) {
        let mut free: Vec<(RowId, Post)> = self
            .posts
            .in_force()
            .filter(|(_, post)| post.person == person)
            .map(|(id, post)| (*id, post.clone()))
            .collect();
        let mut taken: Vec<(UnitId, PostKind, RowId)> = Vec::new();
        let mut rest = Vec::new();
        for entry in group {
            match take(&mut free, |p| p.unit == entry.unit && p.kind == entry.kind) {
                Some(id) => taken.push((entry.unit, entry.kind, id)),
                None => rest.push(entry),
            }
        }
        for entry in rest {
            let known = |(unit, kind, _): &(UnitId, PostKind, RowId)| {
                *unit == entry.unit && *kind == entry.kind
            };
            if !taken.iter().any(known) {
                let id = take(&mut free, |post| post.unit == entry.unit)
                    .unwrap_or_else(|| RowId::from_bytes((scope.draw)()));
                taken.push((entry.unit, entry.kind, id));
            }
        }
        for entry in group {
            let own = |(unit, kind, _): &&(UnitId, PostKind, RowId)| {
                *unit == entry.unit && *kind == entry.kind
            };
            if let Some((_, _, id)) = taken.iter().find(own) {
                self.bring_post(*id, person, entry, scope);
            }
        }
        self.ended.extend(free.into_iter().map(|(id, _)| id));
    }

    fn bring_post(
        &mut self,
        id: RowId,
        person: PersonId,
        entry: &Entry<'_>,
        scope: &mut Scope<'_>,
    ) {
        let held = self.posts.held(&id);
        let text = |column, held: Option<&String>| {
            if entry.row.speaks_of(column) {
                entry.row.get(column).to_owned()
            } else {
                held.cloned().unwrap_or_default()
            }
        };
        let post = Post {
            person,
            unit: entry.unit,
            kind: entry.kind,
            title: text("职务", held.map(|post| &post.title)),
            duties: text("分管工作", held.map(|post| &post.duties)),
        };
        if let Err(place) = self.posts.bring(id, post, entry.row) {
            let fault = Fault::KeyTwice {
                key: format!("{} {}", entry.name, entry.row.get("岗位类别")),
                first: place,
            };
            scope.problems.at(entry.row, "手机号", fault);
        }
    }
}

fn take(free: &mut Vec<(RowId, Post)>, fits: impl Fn(&Post) -> bool) -> Option<RowId> {
    let at = free.iter().position(|(_, post)| fits(post))?;
    Some(free.remove(at).0)
}
