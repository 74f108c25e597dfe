//! Features by OGC API Features: what was asked, what answers, and how it is written.

pub(crate) mod asked;
pub(crate) mod chunks;
pub(crate) mod collections;
pub(crate) mod form;
pub(crate) mod listing;
pub(crate) mod token;
