//! A small map of where the land lies: outlines of the units round it, and the frame among them.

use crate::flat::Flat;
use crate::{Anchor, Colour, Face, Fit, Group, Item, MapError, MapSpec, Paint, Pen, Rect, Window, Words};
use geo_types::{Coord, Geometry, MultiPolygon, Rect as Box};

/// A frame that is smaller than this on the locator has a ring round it too.
const LEAST: f64 = 2.5;
const CAPTION: (f64, f64) = (2.5, 4.0);
const MARK: Colour = Colour::new(0xb0, 0x12, 0x2b);

/// The locator, where the layout has room for one and there is something to draw.
pub fn locator(spec: &MapSpec<'_>) -> Result<Option<Group>, MapError> {
    let (Some(place), Some(locator)) = (spec.layout.locator, &spec.locator) else {
        return Ok(None);
    };
    let by = spec.layout.letters;
    let top = CAPTION.1 * by;
    let frame = Rect::new(place.x, place.y + top, place.width, place.height - top);
    let window = window(spec, locator.extent, frame)?;
    let mut items = vec![Item::areas([frame.corners()], Some(Paint::plain(Colour::WHITE)), None)];
    let (around, units) = (Pen::plain(Colour::GREY, 0.12), Pen::plain(Colour::INK, 0.25));
    items.extend(outlines(&locator.others, &window, None, &around)?);
    let tint = Paint {
        colour: Colour::GREY,
        opacity: 0.22,
    };
    items.extend(outlines(&locator.units, &window, Some(tint), &units)?);
    items.extend(marked(spec, &window));
    items.push(Item::areas(
        [frame.corners()],
        None,
        Some(Pen::plain(Colour::INK, 0.25)),
    ));
    let at = Coord {
        x: place.x,
        y: place.y + 2.4 * by,
    };
    let said = &spec.words.locator;
    let size = CAPTION.0 * by * (place.width / Face::CondensedSemibold.width(said, CAPTION.0 * by)).min(1.0);
    let words = Words::plain(at, said, Face::CondensedSemibold, size).anchored(Anchor::Start);
    items.push(Item::Words(words));
    Ok(Some(Group { name: "locator", items }))
}

/// The window of the locator: its extent in the zone of the map.
fn window(spec: &MapSpec<'_>, [west, south, east, north]: [f64; 4], frame: Rect) -> Result<Window, MapError> {
    let extent = Box::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    Window::round(
        spec.window.zone,
        &MultiPolygon(vec![extent.to_polygon()]),
        frame,
        Fit::Close,
    )
}

fn outlines(units: &[&Geometry<f64>], window: &Window, fill: Option<Paint>, pen: &Pen) -> Result<Vec<Item>, MapError> {
    let mut items = Vec::new();
    for unit in units {
        let flat = Flat::of(unit, window)?;
        if !flat.rings.is_empty() && fill.is_some() {
            items.push(Item::areas(flat.rings, fill, None));
        }
        if !flat.lines.is_empty() {
            items.push(Item::lines(flat.lines, pen.clone()));
        }
    }
    Ok(items)
}

/// The frame of the map, and a ring round it where it is small.
fn marked(spec: &MapSpec<'_>, window: &Window) -> Vec<Item> {
    let corners: Vec<Coord<f64>> = spec
        .window
        .frame
        .corners()
        .into_iter()
        .map(|corner| window.paper(spec.window.ground(corner)))
        .collect();
    let (least, most) = (corners[0], corners[2]);
    let inside = Rect::new(least.x, least.y, most.x - least.x, most.y - least.y);
    let cut = crate::clip::ring(&corners, &window.frame);
    let pen = Pen::plain(MARK, 0.45);
    let fill = Paint {
        colour: MARK,
        opacity: 0.18,
    };
    let mut items = Vec::new();
    if cut.len() > 2 {
        items.push(Item::areas([cut], Some(fill), Some(pen.clone())));
    }
    if inside.width < LEAST && inside.height < LEAST && window.frame.has(inside.centre()) {
        items.push(Item::Disc {
            centre: inside.centre(),
            radius: LEAST,
            fill: None,
            pen: Some(pen),
        });
    }
    items
}
