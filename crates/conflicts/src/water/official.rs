//! Official hydrographic units with their flow by code, and the sheet of one of them.

use super::within::Within;
use crate::{EditionOut, Fixed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use territory::{EditionMeta, Feature, Value};
use watershed::{GivenUnit, OfficialUnits, UnitFault};

/// The units of an edition, linked by their codes. Made once for each edition: some milliseconds for thousands of units.
#[derive(Clone, Debug)]
pub struct UnitTree {
    units: OfficialUnits,
    faults: Vec<UnitFault>,
    /// In the order of the units.
    facts: Vec<UnitRef>,
    /// Codes of units along the sea or a lake.
    shores: BTreeSet<String>,
}

/// A unit as others name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitRef {
    /// Pfafstetter code.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
    /// Its key in the layer of units.
    pub feature: String,
    /// Planar hectares in its own zone; none without a polygon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_ha: Option<Fixed<4>>,
    /// That zone: 17, 18 or 19 south.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_zone: Option<u8>,
    /// Hectares that its authority declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_ha: Option<Fixed<4>>,
}

/// A fault of the codes of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFaultOut {
    /// Rows of the source, from 1; none where the fault is of the layer.
    pub rows: Vec<u64>,
    /// The field of the source that has to be mended.
    pub field: String,
    /// What is wrong and how to mend it, in Spanish.
    pub finding: String,
}

/// A code that an edition does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no unit has the code {code:?}; nearest: {nearest:?}")]
pub struct UnknownUnit {
    /// What was asked for.
    pub code: String,
    /// The units that share the longest beginning with it, in order; a few of them.
    pub nearest: Vec<String>,
    /// How many share it.
    pub sharing: usize,
}

impl UnknownUnit {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        let Self { code, nearest, sharing } = self;
        if nearest.is_empty() {
            return format!(
                "Ninguna unidad hidrográfica tiene el código «{code}», ni uno que comience igual. Revise el código y sus ceros a la izquierda."
            );
        }
        let more = sharing - nearest.len();
        let more = if more > 0 {
            format!(" y {more} más")
        } else {
            String::new()
        };
        format!(
            "Ninguna unidad hidrográfica tiene el código «{code}». Las que comienzan igual: {}{more}. Elija una de ellas.",
            nearest.join(", ")
        )
    }
}

/// Codes that a refusal offers.
const OFFERED: usize = 9;

impl UnitTree {
    /// The units that features say they are: `code`, `level`, `level_1` to `level_8`, and `shore` where nothing flows through them.
    pub fn of(features: &[Feature]) -> Self {
        let given: Vec<GivenUnit> = features.iter().map(GivenUnit::of).collect();
        let along = |feature: &&Feature| feature.attributes.0.get("shore") == Some(&Value::Bool(true));
        let shores = features.iter().filter(along);
        let shores: BTreeSet<String> = shores
            .filter_map(|feature| feature.attributes.text("code").map(ToOwned::to_owned))
            .collect();
        let named: Vec<&str> = shores.iter().map(String::as_str).collect();
        let (units, faults) = OfficialUnits::read(&given, &named);
        let facts = units.units().iter().map(|unit| {
            let feature = &features[unit.place];
            let land = feature.land.as_ref();
            UnitRef {
                code: unit.code.clone(),
                name: if unit.name.is_empty() {
                    unit.code.clone()
                } else {
                    unit.name.clone()
                },
                feature: feature.key.clone(),
                utm_ha: land.map(|land| Fixed(land.shape.square_metres() / 10_000.0)),
                utm_zone: land.map(|land| land.home.number()),
                declared_ha: feature.attributes.number("declared_ha").map(Fixed),
            }
        });
        Self {
            facts: facts.collect(),
            faults,
            shores,
            units,
        }
    }

    /// The units by code, with their flow.
    pub fn units(&self) -> &OfficialUnits {
        &self.units
    }

    /// What is known of each unit, in the order of their codes.
    pub fn facts(&self) -> &[UnitRef] {
        &self.facts
    }

    /// The faults of the codes.
    pub fn faults(&self) -> Vec<UnitFaultOut> {
        self.faults.iter().map(told).collect()
    }

    /// The unit of a code.
    ///
    /// # Errors
    /// When no unit has it; with the units that begin alike.
    pub fn find(&self, code: &str) -> Result<usize, UnknownUnit> {
        self.units.find(code).ok_or_else(|| self.unknown(code))
    }

    fn unknown(&self, code: &str) -> UnknownUnit {
        let beginning = |end: usize| {
            let begin = code.get(..end)?;
            let alike: Vec<&UnitRef> = self.facts.iter().filter(|unit| unit.code.starts_with(begin)).collect();
            (!alike.is_empty()).then_some(alike)
        };
        let alike = (1..=code.len()).rev().find_map(beginning).unwrap_or_default();
        UnknownUnit {
            code: code.to_owned(),
            nearest: alike.iter().take(OFFERED).map(|unit| unit.code.clone()).collect(),
            sharing: alike.len(),
        }
    }

    /// Whether nothing flows through a unit: it lies along the sea or a lake.
    pub fn is_shore(&self, unit: usize) -> bool {
        self.shores.contains(&self.units.units()[unit].code)
    }

    /// The finest units of a region (a beginning of codes) whose code ends in 9, by code: a proxy of headwaters.
    pub fn headwaters(&self, region: &str) -> Vec<usize> {
        let (finest, _) = self.units.flow();
        let code = |unit: &usize| self.facts[*unit].code.as_str();
        let all = finest.iter().copied();
        all.filter(|unit| code(unit).starts_with(region) && code(unit).ends_with('9'))
            .collect()
    }

    fn named(&self, units: impl IntoIterator<Item = usize>) -> Vec<UnitRef> {
        units.into_iter().map(|unit| self.facts[unit].clone()).collect()
    }

    /// The units that a unit lies in, from the nearest on, and the shorter codes that are no unit of the layer.
    fn parents(&self, unit: usize) -> (Vec<UnitRef>, Vec<String>) {
        let chain = std::iter::successors(self.units.parent(unit), |parent| self.units.parent(*parent));
        let parents = self.named(chain);
        let code = &self.units.units()[unit].code;
        let shorter = (1..code.len()).rev().map(|end| code[..end].to_owned());
        let absent = shorter.filter(|shorter| self.units.find(shorter).is_none()).collect();
        (parents, absent)
    }
}

fn told(fault: &UnitFault) -> UnitFaultOut {
    UnitFaultOut {
        rows: fault.rows(),
        field: fault.field(),
        finding: fault.sentence_es(),
    }
}

/// What flows through the end of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrainedOut {
    /// The unit and those upstream of it.
    pub units: usize,
    /// The sum of their planar hectares, each in its own zone; none where one of them has no polygon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_ha: Option<Fixed<4>>,
}

/// The sheet of a unit, `tupu/hydrographic-unit/1`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitSheet {
    /// `tupu/hydrographic-unit/1`.
    pub schema: String,
    /// `official`: codes and borders are its authority's; what flows where follows from the codes.
    pub hydrography: String,
    /// The edition of the units.
    pub edition: EditionOut,
    /// The unit.
    pub unit: UnitRef,
    /// Whether it lies along the sea or a lake: nothing flows through it.
    pub shore: bool,
    /// The units that it lies in, from the nearest on.
    pub parents: Vec<UnitRef>,
    /// Shorter codes that it lies in and that the layer does not have.
    pub absent_parents: Vec<String>,
    /// The units into which it is divided.
    pub children: Vec<UnitRef>,
    /// The units into which its water flows next; none where it ends, or where the layer does.
    pub next: Vec<UnitRef>,
    /// The finest units whose water flows through it, by code.
    pub upstream: Vec<UnitRef>,
    /// The finest units that its water flows through, from the nearest on.
    pub downstream: Vec<UnitRef>,
    /// The finest units along the main stem, from its mouth to the source.
    pub main_stem: Vec<UnitRef>,
    /// All that flows through its end.
    pub drained: DrainedOut,
    /// Faults of the layer's codes that concern it.
    pub faults: Vec<UnitFaultOut>,
    /// What codes cannot tell: stable words.
    pub not_known: Vec<String>,
    /// What lies within it.
    pub within: Within,
}

/// The sheet of a unit of a tree, with what lies within its land.
///
/// # Panics
/// When the tree has no such unit.
pub fn unit_sheet(tree: &UnitTree, unit: usize, (meta, within): (&EditionMeta, Within)) -> UnitSheet {
    let units = tree.units();
    let code = &units.units()[unit].code;
    let (parents, absent_parents) = tree.parents(unit);
    let upstream = units.upstream(unit);
    let drained = std::iter::once(unit).chain(upstream.iter().copied());
    let hectares: Option<f64> = drained.map(|unit| tree.facts[unit].utm_ha.map(|area| area.0)).sum();
    let shore = tree.is_shore(unit);
    UnitSheet {
        schema: "tupu/hydrographic-unit/1".to_owned(),
        hydrography: "official".to_owned(),
        edition: EditionOut::of(meta),
        unit: tree.facts[unit].clone(),
        shore,
        parents,
        absent_parents,
        children: tree.named(units.children(unit)),
        next: tree.named(units.next(unit)),
        drained: DrainedOut {
            units: upstream.len() + 1,
            utm_ha: hectares.map(Fixed),
        },
        upstream: tree.named(upstream),
        downstream: tree.named(units.downstream(unit)),
        main_stem: tree.named(units.main_stem(unit)),
        faults: tree.faults.iter().filter(|fault| fault.names(code)).map(told).collect(),
        not_known: not_known(shore),
        within,
    }
}

/// What codes cannot tell.
pub(super) fn not_known(shore: bool) -> Vec<String> {
    let always = ["inside", "beyond", "canals", "groundwater"];
    let along = shore.then_some("shore");
    along.into_iter().chain(always).map(ToOwned::to_owned).collect()
}
