//! What the relay exports, by the real program: every number of every letter, counted again by
//! somebody else over generated years, and the tables as other programs open them.

mod numbers;
mod place;
mod tables;
