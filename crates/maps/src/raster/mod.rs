//! A scene as pixels: coverage counted exactly on a grid of 1/256 of a pixel, in 16 steps, and laid over what is there.

mod canvas;
mod draw;
mod ink;
mod mask;
mod outline;
mod picture;
mod stroke;
mod weave;

pub(crate) use canvas::Canvas;
pub(crate) use ink::{Pixel, opaque, plain};
