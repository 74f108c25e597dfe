//! The judgement and its rulebook, from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod bands;
mod changes;
mod common;
mod judgement;
mod rulebook_faults;
mod source;
mod versions;
mod water;
