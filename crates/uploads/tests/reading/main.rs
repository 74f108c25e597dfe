//! Uploads of every format: what gives land, what is refused and how, and that nothing panics.
#![expect(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "small files are plainest to read when they are made as text"
)]

mod formats;
mod fuzz;
mod made;
mod real;
mod refusals;
