//! The command line of Tupu.

fn main() {}
