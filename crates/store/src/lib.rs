//! Editions in a GeoPackage and the snapshot in memory
