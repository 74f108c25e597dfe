//! Real files and files made with GDAL, read through the public interface.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod bad_input;
mod cleaning;
mod elevation;
mod formats;
mod making;
mod real_layers;
mod shipped_profiles;
mod support;
mod units;
