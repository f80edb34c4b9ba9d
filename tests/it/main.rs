//! The app as people meet it: real relay process, real devices, real files, real signals.

mod faults;
mod rights;
mod stories;
mod support;
