//! Land under live rights by the year of their filing, cumulated.

use crate::pair::Judged;
use crate::rulebook::LayerRule;
use crate::{Fixed, SeriesOut, Subject};
use concessions::RightGroup;
use std::collections::BTreeMap;
use territory::{Shape, union_within};

/// The series of a layer with groups: rights that enter the totals and are titled or in process, those without a date first.
pub(crate) fn of_layer(subject: &Subject, layer: &LayerRule, judged: &[&Judged<'_>]) -> Vec<SeriesOut> {
    if !layer.grouped {
        return Vec::new();
    }
    let is_live = |item: &Judged<'_>| {
        let group = item.finding.status.group.as_ref();
        group
            .and_then(|group| group.parse().ok())
            .is_some_and(RightGroup::is_live)
    };
    let zone = subject.footprint.zone();
    let mut by_year: BTreeMap<Option<i16>, Vec<&Shape>> = BTreeMap::new();
    for item in judged
        .iter()
        .filter(|item| item.finding.class.counts() && is_live(item))
    {
        if let Some(land) = &item.feature.land {
            let year = item.finding.filed_at.map(jiff::civil::Date::year);
            let shape = land.shape_in(zone, &item.feature.lonlat);
            by_year.entry(year).or_default().push(shape);
        }
    }
    let mut until_then: Vec<&Shape> = Vec::new();
    by_year
        .into_iter()
        .map(|(year, filed)| {
            until_then.extend(&filed);
            let union = union_within(subject.footprint.shape(), &until_then);
            SeriesOut {
                layer: layer.id,
                group: "vigente".to_owned(),
                year,
                count: filed.len(),
                union_ha: Fixed(union.area.0),
                union_geodesic_ha: Fixed(union.ground.0),
            }
        })
        .collect()
}
