//! Layers, symbology and an extent in; SVG and PNG maps out. Knows no verdict, no file and no language.

pub mod fonts;
