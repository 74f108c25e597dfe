//! The processes of OGC API Processes: what they take, and what somebody asks of them.

mod described;
mod order;

pub(crate) use described::{ABOUT, CHECK, INPUTS, TITLE, described, summary};
pub(crate) use order::Order;
