//! Everybody's attempts at everything: who tries what, in which phase of which record, and whether
//! product.md lets them. Made for the rule and, with the people's device keys, for a real relay.

mod attempts;
mod cast;
mod matrix;
mod scenes;

pub use attempts::{Attempt, Stage, stages};
pub use cast::{Organisation, Player, Relation, actor_of, key_of, person, unit};
pub use scenes::{Log, Of, Scene, Step, What, doc, finding_event, root, text};
