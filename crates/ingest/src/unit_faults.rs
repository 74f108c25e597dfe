//! What is wrong with a layer of official hydrographic units: its codes, and its land against them.

use crate::quality::{CodeFault, GroundFault, UnitsQuality};
use crs::UtmZone;
use std::collections::BTreeMap;
use territory::{Feature, Footprint, Metres, Shape, SliverRule, UtmHectares};
use watershed::{GivenUnit, LandLimits, OfficialUnits, land_faults};

/// Vertices of all units that are held: some 150 MB. The national layer to level 8 has less.
pub const MOST_POINTS: usize = 4_000_000;
/// Overlaps and gaps that are smaller (ha) or thinner (m) are two drawings of one line at 1:100 000; units this near touch.
const LIMITS: LandLimits = LandLimits {
    sliver: SliverRule {
        min_area: UtmHectares(1.0),
        min_width: Metres(5.0),
    },
    touch: Metres(5.0),
};

/// The units of a layer, until their vertices are too many.
#[derive(Debug)]
pub(crate) struct Units {
    shores: Vec<String>,
    given: Vec<GivenUnit>,
    lands: Vec<Option<(UtmZone, Shape)>>,
    points: usize,
    numbers: Vec<u64>,
}

impl Units {
    /// Of a profile that names these shores.
    pub(crate) fn new(shores: &[String]) -> Self {
        Self {
            shores: shores.to_vec(),
            given: Vec::new(),
            lands: Vec::new(),
            points: 0,
            numbers: Vec::new(),
        }
    }

    /// A row whose code came as a number.
    pub(crate) fn add_number(&mut self, row: u64) {
        self.numbers.push(row);
    }

    /// Keeps what a unit says of itself, and its land while there is room.
    pub(crate) fn add(&mut self, feature: &Feature) {
        self.given.push(GivenUnit::of(feature));
        let land = feature.land.as_ref();
        self.points += land.map_or(0, |land| land.shape.point_count());
        if self.points > MOST_POINTS {
            self.lands = Vec::new();
        } else {
            self.lands.push(land.map(|land| (land.home, land.shape.clone())));
        }
    }

    /// Judges codes and land; the same input gives the same list.
    pub(crate) fn judge(self) -> UnitsQuality {
        let shores: Vec<&str> = self.shores.iter().map(String::as_str).collect();
        let (units, faults) = OfficialUnits::read(&self.given, &shores);
        let mut quality = UnitsQuality {
            units: units.units().len() as u64,
            finest: units.flow().0.len() as u64,
            listed_from_ha: LIMITS.sliver.min_area.0,
            listed_from_m: LIMITS.sliver.min_width.0,
            ..UnitsQuality::default()
        };
        for fault in &faults {
            quality.codes.add(CodeFault {
                rows: fault.rows(),
                field: fault.field(),
                finding: fault.sentence_es(),
            });
        }
        if !self.numbers.is_empty() {
            quality.codes.add(CodeFault {
                field: "CODIGO".to_owned(),
                finding: NUMBERS.to_owned(),
                rows: self.numbers.clone(),
            });
        }
        if self.points > MOST_POINTS {
            quality.why_not = Some(format!("la capa supera {MOST_POINTS} vértices"));
            return quality;
        }
        let Some(zone) = self.zone() else {
            quality.why_not = Some("ninguna unidad tiene polígono".to_owned());
            return quality;
        };
        quality.zone = Some(zone.number());
        let lands = self.in_zone(zone);
        let ordered: Vec<Option<&Shape>> = units.units().iter().map(|unit| lands[unit.place].as_ref()).collect();
        for fault in land_faults(&units, &ordered, LIMITS) {
            quality.land.add(GroundFault {
                codes: fault.codes().into_iter().map(str::to_owned).collect(),
                hectares: fault.area().map(|area| area.0),
                finding: fault.sentence_es(),
            });
        }
        quality
    }

    /// The zone of most units; of equals the western one.
    fn zone(&self) -> Option<UtmZone> {
        let mut counts: BTreeMap<u8, (usize, UtmZone)> = BTreeMap::new();
        for (zone, _) in self.lands.iter().flatten() {
            counts.entry(zone.number()).or_insert((0, *zone)).0 += 1;
        }
        let most = counts.values().map(|(count, _)| *count).max()?;
        counts.values().find(|(count, _)| *count == most).map(|(_, zone)| *zone)
    }

    /// All lands in one zone. What the projection refuses there is told as a unit without land.
    fn in_zone(&self, zone: UtmZone) -> Vec<Option<Shape>> {
        let moved = |land: &Option<(UtmZone, Shape)>| {
            let (home, shape) = land.as_ref()?;
            if *home == zone {
                return Some(shape.clone());
            }
            let lonlat = Footprint::from_stored(*home, shape.clone()).ok()?.lonlat().ok()?;
            Shape::from_lonlat(&lonlat.into(), zone).ok()
        };
        self.lands.iter().map(moved).collect()
    }
}

const NUMBERS: &str = "CODIGO vino como número: un código de la región 0 (Titicaca) pierde así su cero inicial y pasaría por uno de otra \
                       región. Vuelva a exportar CODIGO como texto.";
