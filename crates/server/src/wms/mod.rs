//! WMS 1.3.0 and 1.1.1 behind its route: what was asked, and the documents that answer.

mod asked;
mod capabilities;
mod exception;
mod info;
mod picture;
mod xml;

pub(crate) use asked::{Asked, Request, Version};
pub(crate) use capabilities::{Described, capabilities};
pub(crate) use exception::{Code, Exception};
pub(crate) use info::{InfoForm, feature_info};
pub(crate) use picture::{legend, legend_size, map_asked, point_asked};
