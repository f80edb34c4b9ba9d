//! The right to administer: who may invite whom. An invitation lets its person write under their
//! own name from then on, so nobody may hand out more than the table gives them.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::id::PersonId;
use crate::permit::attempt::{Held, held};
use crate::permit::oversight::{holds, oversees};
use crate::permit::refused::{Refused, WayOut};
use crate::permit::table::Administer;
use crate::register::{Post, PostKind, Register};

/// Whether a person administers people, posts, invitations, devices and the import.
pub fn may_administer(register: &Register, author: PersonId) -> Result<(), Refused> {
    let mut posts = held(register, author).into_iter();
    if posts.any(|held| held.rights.administer == Some(Administer::Everything)) {
        return Ok(());
    }
    Err(refused(register))
}

/// Whether a person may invite another: with each of the invited person's posts.
pub fn may_invite(register: &Register, author: PersonId, invited: PersonId) -> Result<(), Refused> {
    let mine = held(register, author);
    let covers = |post: &Post| mine.iter().any(|held| invites(register, held, post));
    let mut posts = register.posts_of(invited).peekable();
    if posts.peek().is_some() && posts.all(covers) {
        return Ok(());
    }
    may_administer(register, author)
}

fn invites(register: &Register, held: &Held, post: &Post) -> bool {
    match held.rights.administer {
        Some(Administer::Everything) => true,
        Some(Administer::InvitePrincipals) => {
            post.kind == PostKind::Principal && oversees(register, held.unit, post.unit)
        }
        Some(Administer::InviteWorkers) => {
            post.kind == PostKind::Worker && holds(register, held.unit, post.unit)
        }
        None => false,
    }
}

fn refused(register: &Register) -> Refused {
    Refused {
        code: Code::PermitNoRight,
        key: String::new(),
        details: Box::new(WayOut::people(administrators(register))),
    }
}

/// The people who administer.
pub(crate) fn administrators(register: &Register) -> BTreeSet<PersonId> {
    let units = register.units();
    let posts = units.flat_map(|(unit, _)| register.posts_in(unit));
    posts
        .filter(|post| post.kind == PostKind::Administrator)
        .map(|post| post.person)
        .collect()
}
