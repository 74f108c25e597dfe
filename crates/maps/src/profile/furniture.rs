//! Title, legend and notes of a profile.

use super::{BELOW, LEGEND_ROW, MARGIN, NOTE, Places, ProfileSpec};
use crate::compose::{Shown, drawn};
use crate::legend::sample;
use crate::{Colour, Face, Item, MapError, Rect, Words};
use geo_types::Coord;

/// Title and subtitle.
pub fn head(spec: &ProfileSpec<'_>, places: &Places) -> Vec<Item> {
    let room = places.width - 2.0 * MARGIN;
    let fit = |text: &str, face: Face, size: f64| size * (room / face.width(text, size)).min(1.0);
    let at = |y: f64| Coord {
        x: MARGIN,
        y: MARGIN + y,
    };
    let (title, subtitle) = (&spec.words.title, &spec.words.subtitle);
    let title = Words::plain(at(4.4), title, Face::Semibold, fit(title, Face::Semibold, 4.6));
    let subtitle = Words::plain(at(8.8), subtitle, Face::Regular, fit(subtitle, Face::Regular, 2.7));
    vec![Item::Words(title), Item::Words(subtitle.coloured(Colour::GREY))]
}

/// The styles of the bands that have words, each once.
pub fn styles<'a>(spec: &ProfileSpec<'a>) -> Vec<&'a str> {
    let mut styles: Vec<&str> = Vec::new();
    for band in &spec.bands {
        let said = spec
            .symbology
            .style(band.style)
            .is_ok_and(|style| style.legend.is_some());
        if said && !styles.contains(&band.style) {
            styles.push(band.style);
        }
    }
    styles
}

/// What the styles of the bands mean, in two columns under the axis.
pub fn legend(spec: &ProfileSpec<'_>, places: &Places) -> Result<Vec<Item>, MapError> {
    let mut items = Vec::new();
    let column = (places.width - 2.0 * MARGIN) / 2.0;
    for (at, name) in styles(spec).into_iter().enumerate() {
        let style = spec.symbology.style(name)?;
        let Some(id) = &style.legend else { continue };
        let meaning = spec
            .words
            .meanings
            .get(id)
            .ok_or_else(|| MapError::NoWords(id.clone()))?;
        let x = MARGIN + (at % 2) as f64 * column;
        let y = places.bottom + BELOW + (at / 2) as f64 * LEGEND_ROW;
        let shown = Shown {
            style: name.to_owned(),
            area: true,
            line: true,
        };
        items.extend(drawn(sample(&shown, Rect::new(x, y, 8.0, 4.2)), style, 0));
        let words = Words::plain(
            Coord {
                x: x + 10.0,
                y: y + 3.0,
            },
            meaning,
            Face::Condensed,
            2.5,
        );
        items.push(Item::Words(words));
    }
    Ok(items)
}

/// The notes.
pub fn foot(places: &Places) -> Vec<Item> {
    let top = places.height - MARGIN - places.notes.len() as f64 * NOTE.1;
    let lines = places.notes.iter().enumerate().map(|(at, line)| {
        let y = top + (at + 1) as f64 * NOTE.1 - 0.6;
        let words = Words::plain(Coord { x: MARGIN, y }, line, Face::Condensed, NOTE.0);
        Item::Words(words.coloured(Colour::GREY))
    });
    lines.collect()
}
