//! The device against a relay of its own making: without sockets, threads or time, so that a test
//! can lose any answer and end the app at any moment.

mod cuts;
mod exchange;
mod redo;
mod relay;
mod scope;
mod world;
