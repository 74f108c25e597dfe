//! Mends geometry at the door, once, and says what was done with the areas before and after.

use crate::overlay::{contours_of, run};
use crate::shape::{GRID_PER_METRE, GridPoint, Shape, same};
use crate::validity::turns_back;
use crate::{UtmHectares, overlay};
use geo_types::{LineString, MultiPolygon, Polygon};
use i_overlay::core::{fill_rule::FillRule, overlay_rule::OverlayRule};
use serde::{Deserialize, Serialize};

/// What was done to a geometry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// A ring whose ends did not meet was closed. Readers say so: the polygon type holds closed rings only.
    ClosedRing,
    /// Points repeated within 0.1 mm were dropped.
    DroppedRepeats,
    /// A ring without area (fewer than three different points) was dropped.
    DroppedRing,
    /// A spike without area was cut off.
    CutSpike,
    /// The direction of a ring was turned: exteriors counter-clockwise, holes clockwise.
    TurnedRing,
    /// A ring that crosses itself (a bow-tie) was split where it crosses; each side of a crossing stays land by the even-odd rule.
    SplitCrossing,
    /// Holes outside of their exterior, or overlapping, were resolved: land is the exterior less all its holes.
    MendedHoles,
    /// Overlapping parts were joined, so that the land they share counts once.
    JoinedParts,
    /// A part that lay inside another was absorbed.
    AbsorbedShell,
}

/// One repair.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// What was done.
    pub kind: RepairKind,
    /// The polygon of the geometry, 0 for the first; of the whole geometry where parts were joined.
    pub part: usize,
    /// How many points or rings it concerned.
    pub count: usize,
    /// Hectares of the part (or whole) as it came, by its rings.
    pub area_before: UtmHectares,
    /// Hectares after this repair.
    pub area_after: UtmHectares,
}

/// A geometry after its repairs.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The land; empty when nothing was left.
    pub shape: Shape,
    /// What was done, in order.
    pub repairs: Vec<Repair>,
}

impl Repair {
    /// What a reader says that closed `count` rings of polygon `part`, whose area is as it came.
    pub fn closed(part: usize, count: usize, area: UtmHectares) -> Self {
        Self {
            kind: RepairKind::ClosedRing,
            part,
            count,
            area_before: area,
            area_after: area,
        }
    }
}

impl Repaired {
    /// Whether a repair moved, added or removed land, and not only the way it was written.
    pub fn changed_land(&self) -> bool {
        use RepairKind::{AbsorbedShell, CutSpike, JoinedParts, MendedHoles, SplitCrossing};
        self.repairs.iter().any(|r| {
            matches!(
                r.kind,
                AbsorbedShell | CutSpike | JoinedParts | MendedHoles | SplitCrossing
            )
        })
    }
}

/// Rounds polygons in metres of one zone to the grid and makes them valid. Coordinates must be finite.
///
/// ```
/// use geo_types::{MultiPolygon, polygon};
/// let bow_tie = polygon![(x: 0.0, y: 0.0), (x: 100.0, y: 100.0), (x: 100.0, y: 0.0), (x: 0.0, y: 100.0)];
/// let repaired = territory::repair(&MultiPolygon(vec![bow_tie]));
/// assert_eq!(repaired.repairs[0].kind, territory::RepairKind::SplitCrossing);
/// assert!((repaired.shape.square_metres() - 5000.0).abs() < 1e-6);
/// ```
pub fn repair(land: &MultiPolygon<f64>) -> Repaired {
    let mut repairs = Vec::new();
    for (part, polygon) in land.iter().enumerate() {
        note_writing(part, polygon, &mut repairs);
    }
    let shape = Shape::from_metres(land);
    if shape.is_empty() || shape.is_valid() {
        return Repaired { shape, repairs };
    }
    let mut mended = Vec::new();
    for (part, polygon) in land.iter().enumerate() {
        let whole = mend_polygon(part, polygon, &mut repairs);
        if !whole.is_empty() {
            mended.push(whole);
        }
    }
    Repaired {
        shape: join_parts(&mended, &mut repairs),
        repairs,
    }
}

fn hectares(shape: &Shape) -> UtmHectares {
    UtmHectares::from_square_metres(shape.square_metres())
}

fn grid(line: &LineString<f64>) -> Vec<GridPoint> {
    line.0
        .iter()
        .map(|c| [(c.x * GRID_PER_METRE).round(), (c.y * GRID_PER_METRE).round()])
        .collect()
}

/// Notes what rounding, closing and turning change in how the rings are written.
fn note_writing(part: usize, polygon: &Polygon<f64>, repairs: &mut Vec<Repair>) {
    let area = hectares(&Shape::from_metres(&MultiPolygon(vec![polygon.clone()])));
    let mut note = |kind, count: usize| {
        if count > 0 {
            repairs.push(Repair {
                kind,
                part,
                count,
                area_before: area,
                area_after: area,
            });
        }
    };
    let (mut repeats, mut flat, mut turned) = (0, 0, 0);
    for (position, line) in std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .enumerate()
    {
        let points = grid(line);
        let Some(&first) = points.first() else {
            flat += 1;
            continue;
        };
        repeats += points.windows(2).filter(|pair| same(pair[0], pair[1])).count();
        let twice: f64 = points
            .windows(2)
            .map(|w| (w[0][0] - first[0]) * (w[1][1] - first[1]) - (w[1][0] - first[0]) * (w[0][1] - first[1]))
            .sum();
        let mut distinct = points.clone();
        distinct.dedup_by(|a, b| same(*a, *b));
        flat += usize::from(distinct.len() < 4 && (distinct.len() < 3 || same(distinct[0], distinct[2])));
        turned += usize::from(twice != 0.0 && (twice > 0.0) != (position == 0));
    }
    note(RepairKind::DroppedRepeats, repeats);
    note(RepairKind::DroppedRing, flat);
    note(RepairKind::TurnedRing, turned);
}

/// The exterior by the even-odd rule, less all its holes.
fn mend_polygon(part: usize, polygon: &Polygon<f64>, repairs: &mut Vec<Repair>) -> Shape {
    let alone =
        |line: &LineString<f64>| Shape::from_metres(&MultiPolygon(vec![Polygon::new(line.clone(), Vec::new())]));
    let before = hectares(&Shape::from_metres(&MultiPolygon(vec![polygon.clone()])));
    let raw = alone(polygon.exterior());
    let shell = resolve(part, &raw, before, repairs);
    let holes: Vec<Shape> = polygon
        .interiors()
        .iter()
        .map(|hole| resolve(part, &alone(hole), before, repairs))
        .filter(|h| !h.is_empty())
        .collect();
    if holes.is_empty() {
        return shell;
    }
    let whole = overlay::difference(&shell, &overlay::dissolve(&holes.iter().collect::<Vec<_>>()));
    let expected = shell.square_metres() - holes.iter().map(Shape::square_metres).sum::<f64>();
    if (whole.square_metres() - expected).abs() > 1e-3 {
        let after = hectares(&whole);
        repairs.push(Repair {
            kind: RepairKind::MendedHoles,
            part,
            count: holes.len(),
            area_before: before,
            area_after: after,
        });
    }
    whole
}

/// One ring by the even-odd rule; notes a crossing or a spike.
fn resolve(part: usize, ring: &Shape, before: UtmHectares, repairs: &mut Vec<Repair>) -> Shape {
    if ring.is_empty() || ring.is_valid() {
        return ring.clone();
    }
    let resolved = run(&contours_of(ring), &Vec::new(), OverlayRule::Subject, FillRule::EvenOdd);
    let points = &ring.points;
    let spikes = (1..points.len())
        .filter(|&i| {
            turns_back(
                points[i - 1],
                points[i],
                points[if i + 1 == points.len() { 1 } else { i + 1 }],
            )
        })
        .count();
    let only_spikes = spikes > 0 && (resolved.square_metres() - ring.square_metres().abs()).abs() < 1e-3;
    let (kind, count) = if only_spikes {
        (RepairKind::CutSpike, spikes)
    } else {
        (RepairKind::SplitCrossing, 1)
    };
    repairs.push(Repair {
        kind,
        part,
        count,
        area_before: before,
        area_after: hectares(&resolved),
    });
    resolved
}

fn join_parts(parts: &[Shape], repairs: &mut Vec<Repair>) -> Shape {
    let joined = overlay::dissolve(&parts.iter().collect::<Vec<_>>());
    let sum: f64 = parts.iter().map(Shape::square_metres).sum();
    if sum - joined.square_metres() > 1e-3 {
        let absorbed = |position: usize| {
            parts.iter().enumerate().any(|(other, shell)| {
                other != position
                    && parts[position].square_metres() < shell.square_metres()
                    && overlay::difference(&parts[position], shell).is_empty()
            })
        };
        let nested = (0..parts.len()).filter(|&position| absorbed(position)).count();
        let kind = if nested > 0 {
            RepairKind::AbsorbedShell
        } else {
            RepairKind::JoinedParts
        };
        let count = if nested > 0 { nested } else { parts.len() };
        let before = UtmHectares::from_square_metres(sum);
        repairs.push(Repair {
            kind,
            part: 0,
            count,
            area_before: before,
            area_after: hectares(&joined),
        });
    }
    joined
}
