//! Coordinate systems, datums, pinned operations and disguises
