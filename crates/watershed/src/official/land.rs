//! The land of official units against their codes: overlaps, gaps, parts beyond their unit, and whether what flows on touches.

use super::{LandFault, OfficialUnits};
use std::collections::{BTreeMap, BTreeSet};
use territory::{Metres, Shape, SliverRule, UtmHectares, difference, dissolve, gap, overlap};

/// What is too little to be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandLimits {
    /// Overlaps and gaps that are smaller or thinner are two drawings of one line.
    pub sliver: SliverRule,
    /// Units this near to one another touch.
    pub touch: Metres,
}

/// What is wrong between land and codes. `lands` are the units' in the order of [`OfficialUnits::units`], all in one UTM zone.
///
/// Overlaps are measured between any two units of which none is part of the other; gaps are ground that the units of
/// a level, with coarser ones that are not divided, enclose. In the order of codes, kind by kind.
///
/// # Panics
/// When there are fewer lands than units.
pub fn land_faults(units: &OfficialUnits, lands: &[Option<&Shape>], limits: LandLimits) -> Vec<LandFault> {
    let check = Check { units, lands, limits };
    let all = 0..units.units().len();
    let bare = all.clone().filter(|unit| check.land(*unit).is_none());
    let mut faults: Vec<LandFault> = bare.map(|unit| LandFault::NoLand { code: check.code(unit) }).collect();
    faults.extend(check.overlaps());
    faults.extend(
        check
            .levels()
            .iter()
            .flat_map(|(level, members)| check.gaps(*level, members)),
    );
    faults.extend(all.clone().flat_map(|unit| check.nesting(unit)));
    faults.extend(all.flat_map(|unit| check.apart(unit)));
    faults
}

struct Check<'a> {
    units: &'a OfficialUnits,
    lands: &'a [Option<&'a Shape>],
    limits: LandLimits,
}

impl<'a> Check<'a> {
    fn land(&self, unit: usize) -> Option<&'a Shape> {
        self.lands[unit].filter(|land| !land.is_empty())
    }

    fn code(&self, unit: usize) -> String {
        self.units.units()[unit].code.clone()
    }

    /// Pairs that share ground; boxes are swept from west to east.
    fn overlaps(&self) -> Vec<LandFault> {
        let boxed = |unit: usize| Some((self.land(unit)?.bbox(), unit));
        let mut boxes: Vec<([f64; 4], usize)> = (0..self.lands.len()).filter_map(boxed).collect();
        boxes.sort_by(|(a, first), (b, second)| a[0].total_cmp(&b[0]).then(first.cmp(second)));
        let mut pairs = Vec::new();
        for (at, (own, unit)) in boxes.iter().enumerate() {
            let near = boxes[at + 1..].iter().take_while(|(other, _)| other[0] <= own[2]);
            let meeting = near.filter(|(other, _)| other[1] <= own[3] && own[1] <= other[3]);
            pairs.extend(meeting.map(|(_, other)| [*unit.min(other), *unit.max(other)]));
        }
        pairs.sort_unstable();
        pairs.into_iter().filter_map(|pair| self.overlap(pair)).collect()
    }

    fn overlap(&self, [first, second]: [usize; 2]) -> Option<LandFault> {
        if self.units.parts(first).contains(&second) {
            return None;
        }
        let shared = overlap(self.land(first)?, self.land(second)?);
        let told = shared.area.0 > 0.0 && !self.limits.sliver.is_sliver(&shared);
        told.then(|| LandFault::Overlap {
            codes: [self.code(first), self.code(second)],
            area: shared.area,
            width: shared.mean_width(),
        })
    }

    /// For each level of the layer what shares out its ground: its units, and coarser ones that are not divided.
    fn levels(&self) -> BTreeMap<usize, Vec<usize>> {
        let level = |unit: usize| self.units.units()[unit].code.len();
        let with_land: Vec<usize> = (0..self.lands.len())
            .filter(|unit| self.land(*unit).is_some())
            .collect();
        let levels: BTreeSet<usize> = with_land.iter().map(|unit| level(*unit)).collect();
        let of_level = |wanted: usize| {
            let shares =
                |unit: &usize| level(*unit) == wanted || (level(*unit) < wanted && self.units.is_finest(*unit));
            with_land.iter().copied().filter(shares).collect()
        };
        levels.into_iter().map(|wanted| (wanted, of_level(wanted))).collect()
    }

    /// The holes of what the units of a level cover together.
    fn gaps(&self, level: usize, members: &[usize]) -> Vec<LandFault> {
        let lands: Vec<&Shape> = members.iter().filter_map(|unit| self.land(*unit)).collect();
        let holes = dissolve(&lands)
            .to_metres()
            .into_iter()
            .flat_map(|part| part.into_inner().1);
        let shapes = holes.map(|hole| Shape::from_metres(&geo_types::Polygon::new(hole, Vec::new()).into()));
        let told = shapes.filter(|hole| !self.is_sliver(hole));
        told.map(|hole| LandFault::Gap {
            level,
            area: area(&hole),
            place: hole.bbox(),
        })
        .collect()
    }

    /// A unit against its parts: what they leave open of it, and what of them lies outside.
    fn nesting(&self, unit: usize) -> Vec<LandFault> {
        let children: Vec<usize> = self.units.children(unit).collect();
        let lands: Vec<&Shape> = children.iter().filter_map(|child| self.land(*child)).collect();
        let (Some(land), false) = (self.land(unit), lands.is_empty()) else {
            return Vec::new();
        };
        let open = self.pieces(&difference(land, &dissolve(&lands))).into_iter();
        let mut faults: Vec<LandFault> = open
            .map(|(area, place)| LandFault::Uncovered {
                code: self.code(unit),
                area,
                place,
            })
            .collect();
        for child in children {
            let Some(own) = self.land(child) else { continue };
            let beyond = self.pieces(&difference(own, land)).into_iter();
            faults.extend(beyond.map(|(area, place)| LandFault::Outside {
                code: self.code(child),
                parent: self.code(unit),
                area,
                place,
            }));
        }
        faults
    }

    /// A finest unit that does not touch the one it flows into.
    fn apart(&self, unit: usize) -> Vec<LandFault> {
        if !self.units.is_finest(unit) {
            return Vec::new();
        }
        let far = |next: &usize| {
            let lands = self.land(unit).zip(self.land(*next));
            lands.is_some_and(|(own, other)| gap(own, other, self.limits.touch).is_none())
        };
        let next = self.units.next(unit).into_iter().filter(far);
        next.map(|next| LandFault::Apart {
            code: self.code(unit),
            next: self.code(next),
            beyond: self.limits.touch,
        })
        .collect()
    }

    /// The parts of a land that are no slivers: area and place.
    fn pieces(&self, land: &Shape) -> Vec<(UtmHectares, [f64; 4])> {
        let parts = land
            .to_metres()
            .into_iter()
            .map(|part| Shape::from_metres(&part.into()));
        let told = parts.filter(|part| !self.is_sliver(part));
        told.map(|part| (area(&part), part.bbox())).collect()
    }

    fn is_sliver(&self, land: &Shape) -> bool {
        let (area, perimeter) = (land.square_metres(), land.perimeter());
        let rule = self.limits.sliver;
        perimeter <= 0.0 || area / 10_000.0 < rule.min_area.0 || 2.0 * area / perimeter < rule.min_width.0
    }
}

fn area(land: &Shape) -> UtmHectares {
    UtmHectares::from_square_metres(land.square_metres())
}
