//! Whole layers on a picture of any offered coordinate system: which rule draws a feature, and the scene of all of them.

mod compose;
mod hits;
mod legend;
mod mercator;
mod projected;
mod rules;
mod symbology;
mod view;

pub use compose::{LayerFeature, LayerMap, compose_layers};
pub use legend::{LegendRow, legend_scene};
pub use projected::BEYOND_MM;
pub use rules::{Condition, GeometryKind, LayerLook, LayerRule, LayerStyles, RuleFinder, Step};
pub use view::{PIXEL_MM, View};
