//! The hatches as pictures that repeat without a seam, for `MapLibre`.

use crate::layers::{LayerStyles, PIXEL_MM};
use crate::symbology::{Hatch, HatchKind};
use crate::{Fill, Group, Item, MapError, Rect, Scene};
use geo_types::Coord;
use std::collections::BTreeMap;

/// Pixels between two pictures of the sheet: what one lets over its edge does not reach the next.
const GAP: f64 = 4.0;

/// All hatches on one sheet.
#[derive(Clone, Debug)]
pub struct Sprites {
    /// The sheet, PNG.
    pub png: Vec<u8>,
    /// Left, top, width and height of each hatch in pixels of the sheet, by the name `hatch-` and its style.
    pub places: BTreeMap<String, [u32; 4]>,
}

/// The sheet with `ratio` pixels for one of 0.28 mm.
///
/// # Errors
/// The picture's.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a sheet has some hundred pixels"
)]
pub fn sprites(styles: &LayerStyles, ratio: f64) -> Result<Sprites, MapError> {
    let (mut items, mut places) = (Vec::new(), BTreeMap::new());
    let (mut left, mut high) = (GAP, 1.0_f64);
    for (name, hatch) in styles.hatches() {
        let (wide, tall, seamless) = repeated(hatch, ratio);
        let corner = Coord { x: left, y: GAP };
        items.push(cell(&seamless, corner, (wide, tall)));
        let whole = |value: f64| value.round() as u32;
        places.insert(format!("hatch-{name}"), [left, GAP, wide, tall].map(whole));
        left += wide + GAP * 2.0;
        high = high.max(tall);
    }
    let (width, height) = (left, high + GAP * 2.0);
    let scene = Scene {
        width_mm: width,
        height_mm: height,
        lang: String::new(),
        title: String::new(),
        desc: String::new(),
        groups: vec![Group { name: "hatches", items }],
    };
    let png = scene.picture((width.round() as u32, height.round() as u32), None)?;
    Ok(Sprites { png, places })
}

/// Width and height of the least picture that repeats, in whole pixels, and the hatch in pixels whose spacing fits it.
fn repeated(hatch: &Hatch, ratio: f64) -> (f64, f64, Hatch) {
    let pixels = |mm: f64| mm / PIXEL_MM * ratio;
    let slanted = (hatch.angle.rem_euclid(90.0) - 45.0).abs() < 1.0;
    let apart = pixels(hatch.spacing);
    let side = if slanted {
        apart * std::f64::consts::SQRT_2
    } else {
        apart
    };
    // dots stagger from row to row: two rows repeat, and their whole number of pixels is even
    let side = match hatch.kind {
        HatchKind::Dots => (side / 2.0).round().max(1.0) * 2.0,
        _ => side.round().max(2.0),
    };
    let fitted = Hatch {
        spacing: if slanted { side / std::f64::consts::SQRT_2 } else { side },
        width: pixels(hatch.width),
        ..hatch.clone()
    };
    let tall = if hatch.kind == HatchKind::Dots {
        side * 2.0
    } else {
        side
    };
    (side, tall, fitted)
}

fn cell(hatch: &Hatch, corner: Coord<f64>, (wide, tall): (f64, f64)) -> Item {
    let room = Rect::new(corner.x, corner.y, wide, tall).grown(GAP - 1.0);
    // half a row in: no line lies on the edge
    let origin = Coord {
        x: corner.x,
        y: corner.y + hatch.spacing / 2.0,
    };
    Item::Area {
        rings: vec![room.corners()],
        fill: Fill {
            paint: None,
            hatch: hatch.clone(),
            turn: 0,
            origin,
        },
    }
}
