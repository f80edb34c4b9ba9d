//! Targets: boundary cases by hand, and a small year against a second count.

mod cases;
mod oracle;
mod sample;
mod scene;
