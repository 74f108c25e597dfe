//! HTTP in, documents out
