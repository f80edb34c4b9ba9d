//! Named points at which tests kill the app: `XUNAN_HALT_AT=<point>` ends the process there, at
//! once and without any tidying, as a phone does. In release builds there are no such points.
//!
//! | point | where |
//! |---|---|
//! | `commit.before` | inside a transaction, before its commit |
//! | `commit.after` | after a commit, before anybody was told |
//! | `write.before` | a command is composed, its transaction hasn't begun |
//! | `push.before` | a push is packed and noted, nothing was sent |
//! | `answer.before` | an answer came, nothing of it is kept |
//! | `answer.noted` | receipts of a push are kept, the push isn't at its end |
//! | `answer.middle` | some slices of an answer are kept, the cursor isn't |
//! | `blob.half` | half of a blob's bytes are written |
//! | `blob.before_row` | a blob's bytes are durable, its row isn't |
//!
//! `XUNAN_HALT_AT=<point>:<n>` ends it at the n-th time.

/// Passes a point.
#[cfg(not(all(debug_assertions, feature = "native")))]
pub(crate) const fn at(_point: &str) {}

/// Passes a point, or ends the process there if a test asked for it.
#[cfg(all(debug_assertions, feature = "native"))]
pub(crate) fn at(point: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static ASKED: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);

    let asked = ASKED.get_or_init(|| {
        let text = std::env::var("XUNAN_HALT_AT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        Some((name.to_owned(), nth.parse().ok()?))
    });
    if let Some((name, nth)) = asked
        && name == point
        && PASSED.fetch_add(1, Ordering::Relaxed) + 1 == *nth
    {
        std::process::abort();
    }
}
