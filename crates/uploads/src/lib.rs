//! The public's files become geometry, in pure Rust, with limits
