//! What the server promises, asked of a real one on a port of its own.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where its ground is missing"
)]

mod api;
mod bad_input;
mod changes;
mod checks;
mod client;
#[path = "../../../maps/tests/tiles/decoder.rs"]
mod decoder;
mod errors;
mod features;
mod kept;
mod languages;
mod limits;
mod map_tiles;
mod maps;
mod metrics;
mod pages;
mod processes;
mod rules;
mod seals;
mod sheets;
mod source;
mod stage;
mod stopping;
mod swaps;
mod tiles;
mod units;
mod water;
