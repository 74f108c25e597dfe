//! Totals by layer and group: the union first, the plain sum beside it.

use crate::pair::Judged;
use crate::rulebook::LayerRule;
use crate::{Fixed, Rulebook, Subject, TotalOut, bands};
use concessions::RightGroup;
use territory::{UnionArea, UtmHectares};

/// Totals of one layer's findings. A layer without groups has one total, `todos`.
pub(crate) fn of_layer(subject: &Subject, layer: &LayerRule, judged: &[&Judged<'_>], book: &Rulebook) -> Vec<TotalOut> {
    if !layer.grouped {
        let land: Vec<&Judged<'_>> = judged
            .iter()
            .copied()
            .filter(|item| item.feature.land.is_some())
            .collect();
        return if land.is_empty() {
            Vec::new()
        } else {
            vec![total(subject, layer, "todos", &land, book)]
        };
    }
    let in_groups = |wanted: &[RightGroup]| -> Vec<&Judged<'_>> {
        let group = |item: &Judged<'_>| item.finding.status.group.as_ref().and_then(|group| group.parse().ok());
        judged
            .iter()
            .copied()
            .filter(|item| group(item).is_some_and(|group| wanted.contains(&group)))
            .collect()
    };
    let mut totals: Vec<TotalOut> = RightGroup::ALL
        .iter()
        .map(|group| total(subject, layer, group.id(), &in_groups(&[*group]), book))
        .collect();
    let live: Vec<RightGroup> = RightGroup::ALL.into_iter().filter(|group| group.is_live()).collect();
    let judged = in_groups(&live);
    // where all live rights are of one group, its union is theirs
    let same = totals
        .iter()
        .find(|total| live.iter().any(|group| group.id() == total.group) && total.count == judged.len());
    let vigente = match same {
        Some(total) => TotalOut {
            group: "vigente".to_owned(),
            ..total.clone()
        },
        None => total(subject, layer, "vigente", &judged, book),
    };
    totals.push(vigente);
    totals
}

fn total(subject: &Subject, layer: &LayerRule, group: &str, judged: &[&Judged<'_>], book: &Rulebook) -> TotalOut {
    let (union, band) = match judged {
        [] => (UnionArea::default(), None),
        [one] => {
            let union = UnionArea {
                area: one.overlap.area,
                ground: one.overlap.ground,
            };
            (union, one.band)
        }
        _ => bands::union(subject, judged, book),
    };
    let sum: UtmHectares = judged.iter().map(|item| item.overlap.area).sum();
    TotalOut {
        layer: layer.id,
        group: group.to_owned(),
        count: judged.len(),
        sum_ha: Fixed(sum.0),
        union_ha: Fixed(union.area.0),
        band90: band.map(|band| [Fixed(band.low.0), Fixed(band.high.0)]),
        union_geodesic_ha: Fixed(union.ground.0),
        share_of_subject: Fixed(union.area.share_of(subject.footprint.utm_hectares()).0),
    }
}
