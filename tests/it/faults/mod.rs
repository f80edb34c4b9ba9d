//! Sudden deaths: of devices and of the relay, at every named point of their write paths and at
//! random moments. What was confirmed is there, nothing is there twice, and after a sync everybody
//! has the same.

mod device;
mod ledger;
mod moments;
mod relay;
