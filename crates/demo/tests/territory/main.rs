//! What the generated territory must hold, read back from its own files.

mod files;
mod people;
mod read;
mod relief;
