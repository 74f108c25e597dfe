//! Pictures of layers: from a snapshot and what somebody asks to see, to a scene and its bytes.

mod axes;
mod picture;
mod sheet;

pub(crate) use axes::Axes;
pub(crate) use picture::{Medium, Picture, Sizes, meta_of};
pub(crate) use sheet::{Sheet, SheetForm, refused};
