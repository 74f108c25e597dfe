//! What features (rights, communities, zones) hold of the finest units, ready to be added up along the flow.

use super::OfficialUnits;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use territory::{Shape, SliverRule, overlap};

/// Ground that a feature and a unit share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The node of the unit: its place among the finest units.
    pub node: u32,
    /// The feature's place in the list given.
    pub feature: usize,
    /// Shared ground in hundredths of a square metre, in the plane of the zone: whole numbers add up exactly in
    /// [`Amounts`](crate::Amounts).
    pub area: u64,
}

/// What each feature shares with each of the finest units, by feature, then by node; `lands` in the order of [`OfficialUnits::units`], all
/// shapes in one UTM zone. Slivers are left out. Features that overlap one another count each: sums are of rights, not of ground covered.
///
/// # Panics
/// When there are fewer lands than units.
pub fn holdings(
    units: &OfficialUnits,
    lands: &[Option<&Shape>],
    features: &[&Shape],
    sliver: SliverRule,
) -> Vec<Holding> {
    let (finest, _) = units.flow();
    let boxed = |(node, unit): (u32, &usize)| {
        let land = lands[*unit].filter(|land| !land.is_empty())?;
        let [west, south, east, north] = land.bbox();
        let area = Rectangle::from_corners([west, south], [east, north]);
        Some(GeomWithData::new(area, (node, land)))
    };
    let tree = RTree::bulk_load((0..).zip(finest).filter_map(boxed).collect());
    let of_feature = |(feature, shape): (usize, &&Shape)| -> Vec<Holding> {
        if shape.is_empty() {
            return Vec::new();
        }
        let [west, south, east, north] = shape.bbox();
        let near = tree.locate_in_envelope_intersecting(&AABB::from_corners([west, south], [east, north]));
        let shared = near.filter_map(|unit| {
            let (node, land) = unit.data;
            let shared = overlap(shape, land);
            let told = shared.area.0 > 0.0 && !sliver.is_sliver(&shared);
            told.then(|| Holding {
                node,
                feature,
                area: hundredths(shared.area.0),
            })
        });
        let mut found: Vec<Holding> = shared.collect();
        found.sort_unstable_by_key(|holding| holding.node);
        found
    };
    features.iter().enumerate().flat_map(of_feature).collect()
}

/// Hectares as hundredths of a square metre.
fn hundredths(hectares: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "areas are positive, and no land is larger than a planet"
    )]
    let whole = libm::round(hectares * 1e6) as u64;
    whole
}
