//! What the crate promises, against plain ways of finding the same.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the grids of tests are small, or numbered with 32 bits"
)]

mod drainage;
mod network;
mod official;
mod plain;
mod points;
mod tiled;
mod upstream;
mod waters;
