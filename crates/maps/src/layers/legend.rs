//! The signs of a layer and what they mean, as a scene of its own.

use super::{GeometryKind, LayerLook, Step};
use crate::compose::{Shown, drawn};
use crate::legend::sample;
use crate::{Face, Group, Item, MapError, Rect, Scene, Words};
use geo_types::Coord;
use std::collections::BTreeMap;

const SWATCH: (f64, f64) = (8.4, 5.0);
const ROW: f64 = 6.4;
const SIZE: f64 = 3.1;
const GAP: f64 = 2.0;
const EDGE: f64 = 0.7;

/// A sign with its words.
#[derive(Clone, Copy, Debug)]
pub struct LegendRow<'a> {
    /// How it is drawn.
    pub step: &'a Step,
    /// What it is drawn on.
    pub geometry: GeometryKind,
}

impl LayerLook {
    /// The signs of a layer, the highest first: those of a scale, or of every scale.
    pub fn signs(&self, denominator: Option<f64>) -> Vec<LegendRow<'_>> {
        let mut rows: Vec<LegendRow<'_>> = Vec::new();
        for rule in self.rules.iter().rev() {
            let steps: Vec<&Step> = match denominator {
                Some(scale) => rule.steps_at(scale).collect(),
                None => rule.draw.iter().take(1).collect(),
            };
            for step in steps {
                if rows.iter().all(|row| row.step.name != step.name) {
                    rows.push(LegendRow {
                        step,
                        geometry: self.geometry,
                    });
                }
            }
        }
        rows
    }
}

/// Signs one below the other, each with its words by the ids of the symbology, and a note below them.
///
/// # Errors
/// [`MapError::NoWords`].
pub fn legend_scene(
    rows: &[LegendRow<'_>],
    meanings: &BTreeMap<String, String>,
    note: Option<&str>,
) -> Result<Scene, MapError> {
    let mut items = Vec::new();
    let mut wide: f64 = SWATCH.0;
    for (at, row) in rows.iter().enumerate() {
        let top = EDGE + at as f64 * ROW;
        items.extend(sign(row, Rect::new(EDGE, top, SWATCH.0, SWATCH.1)));
        let Some(id) = &row.step.style.legend else { continue };
        let words = meanings.get(id).ok_or_else(|| MapError::NoWords(id.clone()))?;
        wide = wide.max(SWATCH.0 + GAP + Face::Condensed.width(words, SIZE));
        items.push(line(words, EDGE + SWATCH.0 + GAP, top + SWATCH.1 / 2.0 + SIZE * 0.35));
    }
    let mut height = EDGE * 2.0 + rows.len() as f64 * ROW;
    if let Some(note) = note {
        wide = wide.max(Face::Condensed.width(note, SIZE));
        items.push(line(note, EDGE, height + SIZE * 0.8));
        height += ROW;
    }
    Ok(Scene {
        width_mm: wide + EDGE * 2.0 + 1.0,
        height_mm: height,
        lang: String::new(),
        title: String::new(),
        desc: String::new(),
        groups: vec![Group { name: "legend", items }],
    })
}

fn line(words: &str, x: f64, y: f64) -> Item {
    Item::Words(Words::plain(Coord { x, y }, words, Face::Condensed, SIZE))
}

fn sign(row: &LegendRow<'_>, swatch: Rect) -> Vec<Item> {
    let shown = Shown {
        style: row.step.name.clone(),
        area: row.geometry == GeometryKind::Area,
        line: row.geometry == GeometryKind::Line,
    };
    drawn(sample(&shown, swatch), &row.step.style, 0)
}

#[cfg(test)]
mod tests {
    use crate::Symbology;
    use crate::layers::LayerStyles;
    use territory::LayerKind;

    #[test]
    fn every_sign_that_a_scale_draws_is_in_its_legend_once_and_no_other() {
        let shared = Symbology::parse(include_str!("../../../../config/symbology/report.toml")).unwrap();
        let styles = LayerStyles::parse(include_str!("../../../../config/symbology/layers.toml"), &shared).unwrap();
        for kind in LayerKind::ALL {
            let look = styles.look(*kind);
            for scale in [500.0, 49_999.0, 150_000.0, 299_999.0, 300_000.0, 500_000.0, 5e6, 1e8] {
                let drawn = look.rules.iter().flat_map(|rule| rule.steps_at(scale));
                let mut drawn: Vec<&str> = drawn.map(|step| step.name.as_str()).collect();
                let mut told: Vec<&str> = look
                    .signs(Some(scale))
                    .iter()
                    .map(|row| row.step.name.as_str())
                    .collect();
                drawn.sort_unstable();
                drawn.dedup();
                told.sort_unstable();
                assert_eq!(told, drawn, "{kind} at 1:{scale}");
                let worded = look
                    .signs(Some(scale))
                    .iter()
                    .all(|row| row.step.style.legend.is_some());
                assert!(worded, "{kind} at 1:{scale}: a sign without words");
            }
        }
    }
}
