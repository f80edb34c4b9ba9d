//! Targets: boundary cases by hand, and whole years against a second count.

mod cases;
mod findings;
mod oracle;
mod sample;
mod scene;
mod world;
mod year;
