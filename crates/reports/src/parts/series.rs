//! Land under live rights by the year of their filing: a table and a figure of steps.

use super::section;
use crate::number;
use crate::steps::Steps;
use crate::teller::Teller;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::SeriesOut;

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
        blocks.extend(figure(tell, of_layer));
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
        ..Table::default()
    }
}

/// The land under rights as steps over the years; none for fewer than two dated years.
fn figure(tell: &Teller<'_>, steps: &[SeriesOut]) -> Option<Block> {
    let drawn = Steps::of(steps.iter().map(|step| (step.year, step.union_ha.0)))?;
    let places = [
        ("from", format!("{:.0}", drawn.first().0).into()),
        ("to", format!("{:.0}", drawn.last().0).into()),
        ("ha", number::hectares_text(tell.texts, drawn.last().1).into()),
    ];
    Some(Block::Figure {
        svg: drawn.svg(&tell.texts.say("series-axis")),
        alt: tell.fill("series-alt", &places).text,
        // the table under it has the caption of both
        caption: Said::default(),
    })
}
