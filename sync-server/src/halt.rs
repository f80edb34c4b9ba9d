//! Named points in the write path where a test lets the relay die.
//!
//! With `XUNAN_HALT_AT=<point>` a build with debug assertions aborts the process there: no
//! destructor runs and no buffer is flushed, as when the power goes. Release builds know none of
//! it. The points:
//!
//! | point | where |
//! |---|---|
//! | `append.before` | a push is judged, nothing is written |
//! | `append.after` | its rows are written, the transaction is not committed |
//! | `commit.after` | it is on disk, nobody was told |
//! | `blob.half` | half of an upload's bytes are in the partial file |
//! | `blob.before_rename` | a blob's bytes are whole and on disk under the partial name |
//! | `blob.after_rename` | it has its own name, the database does not know it |
//! | `enrol.after_commit` | a device is enrolled, it was not told |

/// Dies here if the environment says so.
#[cfg(debug_assertions)]
pub(crate) fn at(point: &str) {
    use std::sync::OnceLock;
    static POINT: OnceLock<Option<String>> = OnceLock::new();
    let chosen = POINT.get_or_init(|| std::env::var("XUNAN_HALT_AT").ok());
    if chosen.as_deref() == Some(point) {
        std::process::abort();
    }
}

/// Nothing, in release builds.
#[cfg(not(debug_assertions))]
pub(crate) const fn at(_point: &str) {}
