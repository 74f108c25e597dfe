//! Mining rights: code, state, holder, dates
