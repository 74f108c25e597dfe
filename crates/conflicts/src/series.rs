//! Land under live rights by the year of their filing, cumulated.

use crate::pair::Judged;
use crate::rulebook::LayerRule;
use crate::{Fixed, SeriesOut, Subject};
use concessions::RightGroup;
use territory::{Shape, union_by_rank};

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
    let dated: Vec<(Option<i16>, &Shape)> = judged
        .iter()
        .filter(|item| item.finding.class.counts() && is_live(item))
        .filter_map(|item| {
            let land = item.feature.land.as_ref()?;
            let year = item.finding.filed_at.map(jiff::civil::Date::year);
            Some((year, land.shape_in(zone, &item.feature.lonlat)))
        })
        .collect();
    let mut years: Vec<Option<i16>> = dated.iter().map(|(year, _)| *year).collect();
    years.sort_unstable();
    years.dedup();
    let ranked: Vec<(&Shape, usize)> = dated
        .iter()
        .map(|(year, shape)| (*shape, years.partition_point(|other| other < year)))
        .collect();
    let unions = union_by_rank(subject.footprint.shape(), &ranked);
    years
        .into_iter()
        .zip(unions)
        .map(|(year, union)| SeriesOut {
            layer: layer.id,
            group: "vigente".to_owned(),
            year,
            count: dated.iter().filter(|(filed, _)| *filed == year).count(),
            union_ha: Fixed(union.area.0),
            union_geodesic_ha: Fixed(union.ground.0),
        })
        .collect()
}
