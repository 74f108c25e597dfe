//! The band of a union: each edition shifts as one, and the subject against all of them.
//!
//! With v the drift of an edition's part of the border, the area has the variance σ²·|Σ v|² of the subject and Σ σ²·|v|² of the editions. Where that step
//! reaches nothing or the whole subject, or the band of a part is no straight one, the union of one edition is measured at the
//! shifts of [`territory::shifts`]; the unions of many objects or of several editions keep the linear band, cut to the subject.

use crate::deviation::{of_pair, of_subject, shift_together};
use crate::pair::Judged;
use crate::{Rulebook, Subject};
use rayon::prelude::*;
use territory::{Band, Metres, Shape, UnionArea, UnionDrift, UtmHectares, shifts, union_drift, union_within};

/// Objects up to which a union is measured at shifts: beyond, one of them weighs little in it, and each shift costs a union.
const FEW: usize = 200;

/// The union of what features share with the subject, and its band; none where the deviation of one is unknown.
pub(crate) fn union(subject: &Subject, judged: &[&Judged<'_>], book: &Rulebook) -> (UnionArea, Option<Band>) {
    let zone = subject.footprint.zone();
    let mut editions: Vec<&Judged<'_>> = Vec::new();
    let mut objects: Vec<(&Shape, usize)> = Vec::new();
    for item in judged {
        let Some(land) = &item.feature.land else { continue };
        let known = editions.iter().position(|known| known.edition.id == item.edition.id);
        let edition = known.unwrap_or_else(|| {
            editions.push(item);
            editions.len() - 1
        });
        objects.push((land.shape_in(zone, &item.feature.lonlat), edition));
    }
    let found = union_drift(subject.footprint.shape(), &objects);
    let deviations: Option<Vec<Metres>> = editions
        .iter()
        .map(|item| of_pair(subject, item.edition, book))
        .collect();
    let Some(deviations) = deviations else {
        return (found.union, None);
    };
    let linear = linear(subject, &editions, &found, book);
    let most = subject.footprint.utm_hectares();
    let bent = judged
        .iter()
        .any(|item| item.band.is_some_and(|band| is_bent(item.overlap.area, band)));
    let straight = !bent && (linear.is_exact() || (linear.low.0 > 0.0 && linear.high < most));
    let band = match deviations[..] {
        [deviation] if deviation.0 > 0.0 && !straight && objects.len() <= FEW => {
            shifted(subject, &objects, &found, deviation)
        }
        _ => linear,
    };
    (found.union, Some(band.within(UtmHectares(0.0), most)))
}

fn linear(subject: &Subject, editions: &[&Judged<'_>], found: &UnionDrift, book: &Rulebook) -> Band {
    let own = of_subject(subject, book).map_or(0.0, |Metres(sigma)| sigma);
    let mut together = [0.0; 2];
    let mut variance = 0.0;
    for (item, [x, y]) in editions.iter().zip(&found.drift) {
        if shift_together(subject, item.edition) {
            continue;
        }
        together = [together[0] + x, together[1] + y];
        let sigma = item.edition.deviation().map_or(0.0, |Metres(sigma)| sigma);
        variance += sigma * sigma * (x * x + y * y);
    }
    let [x, y] = together;
    Band::linear(found.union.area, variance + own * own * (x * x + y * y))
}

/// Whether the ends lie at different distances: the band of a part was measured at shifts.
fn is_bent(area: UtmHectares, band: Band) -> bool {
    const ROUNDING: f64 = 1e-6;
    ((band.high.0 - area.0) - (area.0 - band.low.0)).abs() > ROUNDING
}

/// All objects shift together, so the subject is shifted against them.
fn shifted(subject: &Subject, objects: &[(&Shape, usize)], found: &UnionDrift, deviation: Metres) -> Band {
    let objects: Vec<&Shape> = objects.iter().map(|(shape, _)| *shape).collect();
    let ways = shifts(deviation, found.drift[0]);
    let areas: Vec<UtmHectares> = ways
        .par_iter()
        .map(|way| {
            let land = subject.footprint.shape().shifted(way.map(|part| -part));
            union_within(&land, &objects).area
        })
        .collect();
    let areas = areas.try_into().expect("each shift gives one area");
    Band::of_shifts(found.union.area, &areas)
}
