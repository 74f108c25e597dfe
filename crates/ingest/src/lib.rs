//! Foreign files become validated, explained layers; the only crate that knows GDAL
