//! The processes of OGC API Processes: what they take, and what somebody asks of them.

mod described;
mod order;

pub(crate) use described::{CHECK, INPUTS, about, described, summary, title};
pub(crate) use order::Order;
