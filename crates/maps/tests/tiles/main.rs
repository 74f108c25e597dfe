//! Vector tiles, read back by a strict reader and compared with where their features really lie.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where its ground is missing"
)]

mod decoder;
mod laws;
mod made;
mod neighbours;
mod small;
