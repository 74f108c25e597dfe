//! The program from outside, on a small store.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where its ground is missing"
)]

mod ground;
mod served;
mod sheets;
mod units;
mod verify;
mod water;
