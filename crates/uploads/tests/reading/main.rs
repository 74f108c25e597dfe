//! Uploads of every format: what gives land, what is refused and how, and that nothing panics.

mod formats;
mod fuzz;
mod made;
mod refusals;
