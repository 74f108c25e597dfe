//! What a store promises, from outside.
#![expect(clippy::unwrap_used, reason = "a test fails where its ground is missing")]

mod changes;
mod drainage;
mod issued;
mod killing;
mod neighbours;
mod openings;
mod publication;
mod register;
mod sample;
mod searches;
mod times;
mod trees;
