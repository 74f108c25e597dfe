//! Layers, symbology and an extent in; SVG and PNG maps out. Knows no verdict, no file and no language: every word is given.
//!
//! A map is composed once, as a [`Scene`] of plain shapes and words in millimetres of paper (`x` to the right, `y` down), and two
//! back ends draw the same scene.

mod arrows;
mod bars;
mod clip;
mod colour;
mod compose;
mod error;
mod flat;
pub mod fonts;
mod grid;
mod hatch;
mod labels;
pub mod layers;
mod layout;
mod legend;
mod letters;
mod locator;
mod packed;
mod pixels;
mod place;
mod png;
mod profile;
mod ramp;
mod raster;
mod rect;
mod relief;
mod scene;
mod sheet_layout;
mod smooth;
mod spec;
pub mod styles;
mod svg;
mod symbology;
mod thin;
pub mod tiles;
mod window;
mod xml;

pub use bars::{bar_length, walk_bar_minutes};
pub use colour::{Colour, difference, seen_by};
pub use compose::compose;
pub use error::MapError;
pub use fonts::Face;
pub use layout::{Layout, Paper};
pub use legend::{LegendSign, legend_height};
pub use pixels::Pixels;
pub use profile::{ProfileBand, ProfileMark, ProfileSpec, ProfileWords, compose_profile, profile_exaggeration};
pub use rect::Rect;
pub use relief::{Heights, Relief, ReliefLook, TintStep, WaterLook, relief};
pub use scene::{Anchor, Fill, Group, Halo, Item, Line, Paint, Pen, Scene, Words};
pub use sheet_layout::LayerNeeds;
pub use smooth::smoothed;
pub use spec::{Lines, Locator, MapFeature, MapSpec, Ramp, SubjectLand, Walk};
pub use symbology::{Arrow, Hatch, HatchKind, LabelStyle, Style, Symbol, Symbology};
pub use window::{Fit, ROUND_SCALES, Window, convergence_degrees};
pub use xml::xml_escaped;
