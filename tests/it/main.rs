//! The app as people meet it: real relay process, real devices, real files, real signals.

mod stories;
mod support;
