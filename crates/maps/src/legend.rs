//! What the signs mean: only those that are drawn.

use crate::compose::{Shown, drawn};
use crate::flat::Flat;
use crate::{Colour, Face, Group, Item, Layout, Lines, MapError, Rect, Symbology, Words};
use geo_types::Coord;

const SIZE: f64 = 2.5;
const STEP: f64 = 3.0;
const SWATCH: (f64, f64) = (8.0, 4.2);
const AFTER: f64 = 1.3;
const HEADING: f64 = 4.8;

struct Row<'a> {
    shown: &'a Shown,
    lines: Vec<String>,
    height: f64,
}

/// The legend of what was drawn, in that order; its rows draw together where there are many.
pub fn legend(layout: &Layout, symbology: &Symbology, shown: &[Shown], words: &Lines) -> Result<Group, MapError> {
    let place = layout.legend;
    let columns = f64::from(layout.columns);
    let width = place.width / columns - 2.0;
    let mut rows = Vec::new();
    for shown in shown {
        let Some(id) = &symbology.style(&shown.style)?.legend else {
            continue;
        };
        let meaning = words.meanings.get(id).ok_or_else(|| MapError::NoWords(id.clone()))?;
        let lines = Face::Condensed.wrap(meaning, SIZE, width - SWATCH.0 - 2.0);
        let height = SWATCH.1.max(lines.len() as f64 * STEP) + AFTER;
        rows.push(Row { shown, lines, height });
    }
    let room = place.height - HEADING;
    let needed = needed(&rows, layout.columns, room);
    let shrink = (room / needed).min(1.0);
    let heading = Coord {
        x: place.x,
        y: place.y + 3.0,
    };
    let mut items = vec![Item::Words(Words::plain(heading, &words.legend, Face::Semibold, 2.9))];
    let (mut column, mut y) = (0.0, 0.0);
    for row in &rows {
        if y > 0.0 && y + row.height * shrink > room + 1e-6 && column + 1.0 < columns {
            (column, y) = (column + 1.0, 0.0);
        }
        let corner = Coord {
            x: place.x + column * place.width / columns,
            y: place.y + HEADING + y,
        };
        items.extend(row_items(row, corner, shrink, symbology)?);
        y += row.height * shrink;
    }
    Ok(Group { name: "legend", items })
}

/// Height that the rows take, each column as full as the room; more than the room where they do not fit.
fn needed(rows: &[Row<'_>], columns: u32, room: f64) -> f64 {
    let mut shrink = 1.0;
    // finer and finer until the rows fit: few steps, always the same
    for _ in 0..40 {
        let (mut used, mut y) = (1, 0.0);
        let mut over = false;
        for row in rows {
            if y > 0.0 && y + row.height * shrink > room {
                (used, y) = (used + 1, 0.0);
            }
            y += row.height * shrink;
            over |= y > room;
        }
        if used <= columns && !over {
            break;
        }
        shrink *= 0.96;
    }
    room / shrink
}

fn row_items(row: &Row<'_>, corner: Coord<f64>, shrink: f64, symbology: &Symbology) -> Result<Vec<Item>, MapError> {
    let swatch = Rect::new(corner.x, corner.y, SWATCH.0, SWATCH.1 * shrink);
    let mut items = drawn(&sample(row.shown, swatch), symbology.style(&row.shown.style)?, 0);
    let text = row.lines.len() as f64 * STEP * shrink;
    let mut y = corner.y + (swatch.height.max(text) - text) / 2.0;
    for line in &row.lines {
        y += STEP * shrink;
        let at = Coord {
            x: corner.x + SWATCH.0 + 2.0,
            y: y - 0.75 * shrink,
        };
        items.push(Item::Words(
            Words::plain(at, line, Face::Condensed, SIZE * shrink).coloured(Colour::INK),
        ));
    }
    Ok(items)
}

/// A small area, line or point of a style.
pub fn sample(shown: &Shown, swatch: Rect) -> Flat {
    let centre = swatch.centre();
    let mut flat = Flat::default();
    if shown.area {
        let inner = Rect::about(centre, swatch.width - 1.0, swatch.height - 0.8);
        let mut ring = inner.corners();
        flat.rings.push(ring.clone());
        ring.push(ring[0]);
        flat.lines.push(ring);
    } else if shown.line {
        flat.lines.push(vec![
            Coord {
                x: swatch.x,
                y: centre.y + 0.6,
            },
            Coord {
                x: centre.x,
                y: centre.y - 0.6,
            },
            Coord {
                x: swatch.right(),
                y: centre.y + 0.3,
            },
        ]);
    } else {
        flat.points.push(centre);
    }
    flat
}
