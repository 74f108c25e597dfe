//! Land under live rights by the year of their filing: a table and a figure of steps.

use super::section;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::SeriesOut;
use std::fmt::Write as _;

/// The section, where a layer has rights with a group.
pub(crate) fn series(tell: &Teller<'_>) -> Option<Section> {
    if tell.report.series.is_empty() {
        return None;
    }
    let mut blocks = vec![super::text(tell, "series-words")];
    for of_layer in tell
        .report
        .series
        .chunk_by(|a, b| a.layer == b.layer && a.group == b.group)
    {
        let dated = of_layer.iter().any(|step| step.year.is_some());
        if dated {
            blocks.push(figure(tell, of_layer));
        }
        blocks.push(Block::Table {
            table: table(tell, of_layer),
        });
    }
    Some(section(tell, "series", "series-heading", blocks))
}

fn caption(tell: &Teller<'_>, steps: &[SeriesOut]) -> Said {
    let layer = steps
        .first()
        .map(|step| tell.layer(step.layer).text)
        .unwrap_or_default();
    tell.fill("series-caption", &[("layer", layer.into())])
}

fn year(tell: &Teller<'_>, step: &SeriesOut) -> Said {
    match step.year {
        Some(year) => Said::plain(year.to_string()),
        None => tell.say("without-date"),
    }
}

fn table(tell: &Teller<'_>, steps: &[SeriesOut]) -> Table {
    let columns = vec![
        Column::words(tell.say("col-year"), 2),
        Column::numbers(tell.say("col-count"), 1),
        Column::numbers(tell.say("col-union"), 2),
        Column::numbers(tell.say("col-union-geodesic"), 2),
    ];
    let rows = steps.iter().map(|step| Row {
        cells: vec![
            Cell::of(year(tell, step)).head(),
            Cell::of(Said::plain(number::count(step.count))).exact(&step.count),
            tell.hectares(step.union_ha).small(tell.say("band-none")),
            tell.hectares(step.union_geodesic_ha),
        ],
        total: false,
        key: Some(format!(
            "series {} {} {}",
            step.layer,
            step.group,
            step.year.map(|year| year.to_string()).unwrap_or_default()
        )),
    });
    Table {
        caption: caption(tell, steps),
        columns,
        rows: rows.collect(),
    }
}

/// Width and height of the figure and its margins, in its own units.
const FRAME: [f64; 2] = [720.0, 240.0];
const MARGIN: [f64; 4] = [14.0, 12.0, 34.0, 84.0];

/// One bar for each step; the axis begins at nothing and ends at the largest.
fn figure(tell: &Teller<'_>, steps: &[SeriesOut]) -> Block {
    let top = steps
        .iter()
        .map(|step| step.union_ha.0)
        .fold(0.0_f64, f64::max)
        .max(0.0001);
    let [above, right, below, left] = MARGIN;
    let (wide, high) = (FRAME[0] - left - right, FRAME[1] - above - below);
    let slot = wide / steps.len() as f64;
    let every = steps.len().div_ceil(12);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0} {:.0}" font-family="IBM Plex Sans, sans-serif" font-size="13" fill="#1b1f24">"##,
        FRAME[0], FRAME[1]
    );
    for (share, ha) in [(0.0, 0.0), (0.5, top / 2.0), (1.0, top)] {
        let y = above + high * (1.0 - share);
        let words = number::hectares_text(tell.texts, ha);
        write!(
            svg,
            r##"<path d="M{left:.1} {y:.1}H{:.1}" stroke="#cfd4da"/><text x="{:.1}" y="{:.1}" text-anchor="end">{words} ha</text>"##,
            FRAME[0] - right,
            left - 6.0,
            y + 4.0
        )
        .expect("writing to a string does not fail");
    }
    for (place, step) in steps.iter().enumerate() {
        let x = left + slot * place as f64;
        let tall = high * step.union_ha.0 / top;
        write!(
            svg,
            r##"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{tall:.1}" fill="#1c56b0"/>"##,
            x + slot * 0.12,
            above + high - tall,
            slot * 0.76
        )
        .expect("writing to a string does not fail");
        if place % every == 0 {
            let label = step
                .year
                .map_or_else(|| tell.texts.say("year-none"), |year| year.to_string());
            write!(
                svg,
                r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{label}</text>"#,
                x + slot / 2.0,
                FRAME[1] - 12.0
            )
            .expect("writing to a string does not fail");
        }
    }
    svg.push_str("</svg>");
    let last = steps.last().map_or(0.0, |step| step.union_ha.0);
    let places = [
        ("n", number::count(steps.len()).into()),
        ("ha", number::hectares_text(tell.texts, last).into()),
    ];
    Block::Figure {
        svg,
        alt: tell.fill("series-alt", &places).text,
        caption: caption(tell, steps),
    }
}
