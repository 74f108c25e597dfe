//! The land under live rights by year of filing.

use super::{Region, cells::said};
use crate::number;
use crate::steps::Steps;
use crate::view::Block;

/// The figure; none for fewer than two dated years.
pub(super) fn of_years(region: &Region<'_>) -> Option<Block> {
    let years = region.matrix.series.iter();
    let steps = Steps::of(years.map(|year| (year.year, year.union_geodesic_ha.0)))?;
    let texts = region.texts;
    let values = [
        ("from", format!("{:.0}", steps.first().0).into()),
        ("to", format!("{:.0}", steps.last().0).into()),
        ("ha", number::hectares_text(texts, steps.last().1).into()),
    ];
    Some(Block::Figure {
        svg: steps.svg(&texts.say("region-series-axis")),
        alt: texts.fill("region-series-alt", &values),
        caption: said(texts.fill("region-series-figure", &values)),
    })
}
