//! What the signs mean: only those that are drawn.

use crate::compose::{Shown, drawn};
use crate::flat::Flat;
use crate::ramp::ramp_items;
use crate::{Anchor, Colour, Face, Group, Item, Layout, Lines, MapError, Rect, Symbology, Words};
use geo_types::Coord;

const SIZE: f64 = 2.5;
const STEP: f64 = 3.0;
const SWATCH: (f64, f64) = (8.0, 4.2);
const AFTER: f64 = 1.3;
const HEADING: f64 = 4.8;
/// Letters of a heading within the legend, and what it takes.
const GROUP: (f64, f64) = (2.5, 3.9);
/// Letters of the notes under the heading, and from line to line.
const NOTE: (f64, f64) = (2.0, 2.5);
const BETWEEN: f64 = 2.0;

/// A sign of a legend: the name of a style.
#[derive(Clone, Copy, Debug)]
pub struct LegendSign<'a>(pub &'a str);

struct Row<'a> {
    style: &'a str,
    heading: Option<&'a str>,
    lines: Vec<String>,
    figure: Option<&'a str>,
    height: f64,
}

/// Room of one column, how much larger than usual its signs are, and how much smaller its rows.
#[derive(Clone, Copy)]
struct Column {
    width: f64,
    by: f64,
    shrink: f64,
}

/// The legend of what was drawn, in that order; its rows draw together where there are many.
pub fn legend(layout: &Layout, symbology: &Symbology, shown: &[Shown], words: &Lines) -> Result<Group, MapError> {
    let (place, by) = (layout.legend, layout.letters);
    let columns = f64::from(layout.columns);
    let column = Column {
        width: place.width / columns - BETWEEN,
        by,
        shrink: 1.0,
    };
    let names: Vec<LegendSign<'_>> = shown.iter().map(|shown| LegendSign(&shown.style)).collect();
    let rows = rows(&names, symbology, words, column)?;
    let (mut items, head) = heading(place, words, by);
    let room = place.height - head;
    let shrink = (room / needed(&rows, layout.columns, room)).min(1.0);
    let (mut at, mut y) = (0.0, 0.0);
    for row in &rows {
        if y > 0.0 && y + row.height * shrink > room + 1e-6 && at + 1.0 < columns {
            (at, y) = (at + 1.0, 0.0);
        }
        let corner = Coord {
            x: place.x + at * place.width / columns,
            y: place.y + head + y,
        };
        let of = shown.iter().find(|shown| shown.style == row.style);
        if let Some(shown) = of {
            let column = Column { shrink, ..column };
            items.extend(row_items(row, shown, (corner, column), symbology)?);
        }
        y += row.height * shrink;
    }
    Ok(Group { name: "legend", items })
}

/// How high the legend of some signs is with letters of full size, on a layout whose legend has its width and columns.
///
/// # Errors
/// [`MapError::NoStyle`], [`MapError::NoWords`].
pub fn legend_height(
    signs: &[LegendSign<'_>],
    symbology: &Symbology,
    words: &Lines,
    layout: &Layout,
) -> Result<f64, MapError> {
    let (place, by) = (layout.legend, layout.letters);
    let column = Column {
        width: place.width / f64::from(layout.columns) - BETWEEN,
        by,
        shrink: 1.0,
    };
    let rows = rows(signs, symbology, words, column)?;
    let (_, head) = heading(place, words, by);
    let total: f64 = rows.iter().map(|row| row.height).sum();
    let mut room = total / f64::from(layout.columns);
    while room < total && needed(&rows, layout.columns, room) > room + 1e-9 {
        room += 0.5;
    }
    Ok(head + room)
}

/// The heading and its notes, and how high they are.
fn heading(place: Rect, words: &Lines, by: f64) -> (Vec<Item>, f64) {
    let at = Coord {
        x: place.x,
        y: place.y + 3.0 * by,
    };
    let mut items = vec![Item::Words(Words::plain(at, &words.legend, Face::Semibold, 2.9 * by))];
    let mut y = HEADING * by;
    let notes = words
        .legend_notes
        .iter()
        .flat_map(|note| Face::Condensed.wrap(note, NOTE.0 * by, place.width - BETWEEN));
    for line in notes {
        let at = Coord {
            x: place.x,
            y: place.y + y + 1.4 * by,
        };
        let words = Words::plain(at, line, Face::Condensed, NOTE.0 * by);
        items.push(Item::Words(words.coloured(Colour::GREY)));
        y += NOTE.1 * by;
    }
    if !words.legend_notes.is_empty() {
        y += 1.2 * by;
    }
    if let Some(ramp) = &words.ramp {
        let (drawn, high) = ramp_items(ramp, Rect::new(place.x, place.y + y, place.width - BETWEEN, 0.0), by);
        items.extend(drawn);
        y += high;
    }
    (items, y)
}

/// The rows of those signs that have words.
fn rows<'a>(
    signs: &[LegendSign<'a>],
    symbology: &Symbology,
    words: &'a Lines,
    Column { width, by, .. }: Column,
) -> Result<Vec<Row<'a>>, MapError> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut last: Option<&str> = None;
    for LegendSign(style) in signs.iter().copied() {
        let Some(id) = &symbology.style(style)?.legend else {
            continue;
        };
        let meaning = words.meanings.get(id).ok_or_else(|| MapError::NoWords(id.clone()))?;
        let figure = words.figures.get(style).map(String::as_str);
        let taken = figure.map_or(0.0, |figure| Face::Condensed.width(figure, SIZE * by) + 2.0 * by);
        let lines = Face::Condensed.wrap(meaning, SIZE * by, width - (SWATCH.0 + 2.0) * by - taken);
        let over = words.headings.get(style).map(String::as_str);
        let heading = over.filter(|heading| last != Some(*heading));
        last = over;
        let own = SWATCH.1.max(lines.len() as f64 * STEP) + AFTER;
        let height = by * (own + heading.map_or(0.0, |_| GROUP.1));
        rows.push(Row {
            style,
            heading,
            lines,
            figure,
            height,
        });
    }
    Ok(rows)
}

/// Height that the rows take, each column as full as the room; more than the room where they do not fit.
fn needed(rows: &[Row<'_>], columns: u32, room: f64) -> f64 {
    let mut shrink = 1.0;
    // finer and finer until the rows fit: few steps, always the same
    for _ in 0..40 {
        let (mut used, mut y) = (1, 0.0);
        let mut over = false;
        for row in rows {
            if y > 0.0 && y + row.height * shrink > room + 1e-6 {
                (used, y) = (used + 1, 0.0);
            }
            y += row.height * shrink;
            over |= y > room + 1e-6;
        }
        if used <= columns && !over {
            break;
        }
        shrink *= 0.96;
    }
    room / shrink
}

fn row_items(
    row: &Row<'_>,
    shown: &Shown,
    (mut corner, Column { width, by, shrink }): (Coord<f64>, Column),
    symbology: &Symbology,
) -> Result<Vec<Item>, MapError> {
    let (wide, by) = (by, by * shrink);
    let mut items = Vec::new();
    if let Some(heading) = row.heading {
        let at = Coord {
            x: corner.x,
            y: corner.y + 2.4 * by,
        };
        let size = GROUP.0 * by * (width / Face::CondensedSemibold.width(heading, GROUP.0 * by)).min(1.0);
        items.push(Item::Words(Words::plain(at, heading, Face::CondensedSemibold, size)));
        corner.y += GROUP.1 * by;
    }
    let swatch = Rect::new(corner.x, corner.y, SWATCH.0 * wide, SWATCH.1 * by);
    items.extend(drawn(sample(shown, swatch), symbology.style(row.style)?, 0));
    let text = row.lines.len() as f64 * STEP * by;
    let mut y = corner.y + (swatch.height.max(text) - text) / 2.0;
    let mut say = |x: f64, text: &str, anchor: Anchor, y: f64| {
        let words = Words::plain(Coord { x, y }, text, Face::Condensed, SIZE * by);
        items.push(Item::Words(words.coloured(Colour::INK).anchored(anchor)));
    };
    if let Some(figure) = row.figure {
        say(corner.x + width, figure, Anchor::End, y + (STEP - 0.75) * by);
    }
    for line in &row.lines {
        y += STEP * by;
        say(corner.x + swatch.width + 2.0 * wide, line, Anchor::Start, y - 0.75 * by);
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
