//! Layers laid on a model: lon/lat to its cells, springs to its streams, canals to both their ends.

use super::answer::CanalFaultOut;
use concessions::{MiningRight, RightGroup};
use crs::Crs;
use geo::{BoundingRect, CoordsIter, MapCoords};
use geo_types::{Coord, Geometry, LineString};
use rayon::prelude::*;
use std::cell::Cell;
use territory::{EditionMeta, Feature, LayerKind, Metres};
use watershed::{Canal, Canals, FlowError, Grid, Laid, Mouth, WaterIndex, Waters, covered_cells};

/// The layers that answers tell of, in their order.
pub const WATER_LAYERS: [LayerKind; 4] = [
    LayerKind::Concessions,
    LayerKind::Communities,
    LayerKind::Springs,
    LayerKind::ProtectedAreas,
];

/// A layer as the snapshot has it.
#[derive(Clone, Debug)]
pub struct GivenLayer<'a> {
    /// The layer.
    pub kind: LayerKind,
    /// Its editions in force.
    pub editions: Vec<(&'a EditionMeta, &'a [Feature])>,
}

/// A layer laid on a model.
#[derive(Debug)]
pub struct WaterLayer {
    /// The layer.
    pub kind: LayerKind,
    /// Its editions.
    pub editions: Vec<String>,
    pub(super) named: Vec<Named>,
    pub(super) index: WaterIndex,
    /// Points that meet no stream within the limit.
    pub(super) not_placed: u32,
}

/// A feature near the model.
#[derive(Debug)]
pub(super) struct Named {
    pub id: String,
    pub name: String,
    /// Place among the editions.
    pub edition: u32,
    pub group: Option<RightGroup>,
}

/// Canals laid on a model.
#[derive(Debug, Default)]
pub struct CanalsLaid {
    /// Their editions.
    pub editions: Vec<String>,
    pub(super) canals: Canals,
    pub(super) names: Vec<String>,
    /// Those that could not be laid.
    pub faults: Vec<CanalFaultOut>,
}

/// Lon/lat as coordinates of a grid; none where they have none there.
pub(super) fn on_grid(grid: &Grid, lonlat: &Geometry<f64>) -> Option<Geometry<f64>> {
    let mut coords: Vec<Coord<f64>> = lonlat.coords_iter().collect();
    crs::transform_from_lonlat(grid.crs(), None, &mut coords).ok()?;
    Some(lonlat.map_coords(one_after_another(&coords, &Cell::new(0))))
}

/// Puts coordinates in the place of others, in the order of their walk.
pub(super) fn one_after_another<'a>(
    coords: &'a [Coord<f64>],
    at: &'a Cell<usize>,
) -> impl Fn(Coord<f64>) -> Coord<f64> + Copy + 'a {
    move |coord| coords.get(at.replace(at.get() + 1)).copied().unwrap_or(coord)
}

/// Coordinates of a grid as lon/lat; none where they are no place.
pub(super) fn lonlat_of(crs: Crs, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
    let mut coords = [Coord { x, y }];
    crs::transform_to_lonlat(crs, None, &mut coords).ok()?;
    Some([coords[0].x, coords[0].y])
}

/// Degrees by which a side of a grid bends between two of the points that are asked for, at most.
const BEND: f64 = 0.01;

/// West, south, east, north of a grid in degrees, by the corners and middles of its sides, somewhat widened.
fn frame(grid: &Grid) -> Option<[f64; 4]> {
    let steps = |count: usize| (0..=8).map(move |part| count * part / 8);
    let (columns, rows) = (grid.columns(), grid.rows());
    let along = steps(columns).flat_map(|column| [[column, 0], [column, rows]]);
    let across = steps(rows).flat_map(|row| [[0, row], [columns, row]]);
    let mut frame = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for [column, row] in along.chain(across) {
        let [lon, lat] = lonlat_of(grid.crs(), grid.corner(column, row))?;
        frame = [
            frame[0].min(lon),
            frame[1].min(lat),
            frame[2].max(lon),
            frame[3].max(lat),
        ];
    }
    Some([frame[0] - BEND, frame[1] - BEND, frame[2] + BEND, frame[3] + BEND])
}

fn meets(feature: &Feature, [west, south, east, north]: [f64; 4]) -> bool {
    feature.lonlat.bounding_rect().is_some_and(|rect| {
        let (least, most) = (rect.min(), rect.max());
        least.x <= east && most.x >= west && least.y <= north && most.y >= south
    })
}

/// The cells of a feature: of a point the place of the stream within `limit`, of all else what it covers.
pub(super) fn cells_of(waters: &Waters, lonlat: &Geometry<f64>, limit: Metres) -> Option<(Vec<u32>, bool)> {
    let geometry = on_grid(waters.grid(), lonlat)?;
    match &geometry {
        Geometry::Point(point) => {
            let found = waters.snap([point.x(), point.y()], limit).ok();
            found.map(|(_, mouth)| (vec![mouth.cell], false))
        }
        _ => Some(covered_cells(waters.grid(), &geometry)),
    }
}

impl WaterLayer {
    /// Lays a layer on a model; points are led to streams within `limit`.
    ///
    /// # Errors
    /// Never for the layers of [`WATER_LAYERS`]: their classes are few.
    pub fn lay(waters: &Waters, given: &GivenLayer<'_>, limit: Metres) -> Result<Self, FlowError> {
        let frame = frame(waters.grid());
        let near = given.editions.iter().zip(0_u32..).flat_map(|((_, features), edition)| {
            let features = features
                .iter()
                .filter(|feature| frame.is_none_or(|frame| meets(feature, frame)));
            features.map(move |feature| (edition, feature))
        });
        let near: Vec<(u32, &Feature)> = near.collect();
        let rights = given.kind == LayerKind::Concessions;
        let lay = |(edition, feature): &(u32, &Feature)| {
            let cells = cells_of(waters, &feature.lonlat, limit);
            let group = rights.then(|| MiningRight::of(feature).group());
            let named = Named {
                id: feature.key.clone(),
                name: feature.name().to_owned(),
                edition: *edition,
                group,
            };
            let class = group.map_or(0, |group| {
                RightGroup::ALL.iter().position(|known| *known == group).unwrap_or(0)
            });
            let placed = cells.is_some();
            let (cells, beyond) = cells.unwrap_or_default();
            (named, Laid { class, cells, beyond }, placed)
        };
        let laid: Vec<(Named, Laid, bool)> = near.par_iter().map(lay).collect();
        let not_placed = u32::try_from(laid.iter().filter(|(.., placed)| !placed).count()).unwrap_or(u32::MAX);
        let (named, laid): (Vec<Named>, Vec<Laid>) = laid.into_iter().map(|(named, laid, _)| (named, laid)).unzip();
        Ok(Self {
            kind: given.kind,
            editions: given.editions.iter().map(|(meta, _)| meta.id.clone()).collect(),
            index: WaterIndex::new(waters, if rights { RightGroup::ALL.len() } else { 1 }, &laid)?,
            named,
            not_placed,
        })
    }
}

impl CanalsLaid {
    /// Lays canals on a model: both ends of each line, from the intake down, are led to streams within `limit`.
    pub fn lay(waters: &Waters, given: &GivenLayer<'_>, limit: Metres) -> Self {
        let mut laid = Self {
            editions: given.editions.iter().map(|(meta, _)| meta.id.clone()).collect(),
            ..Self::default()
        };
        let mut canals = Vec::new();
        let frame = frame(waters.grid());
        for (meta, features) in &given.editions {
            for feature in features
                .iter()
                .filter(|feature| frame.is_none_or(|frame| meets(feature, frame)))
            {
                match canal(waters, feature, limit) {
                    Ok(canal) => {
                        canals.push(canal);
                        laid.names.push(feature.name().to_owned());
                    }
                    Err(reason) => laid.faults.push(CanalFaultOut {
                        id: feature.key.clone(),
                        edition: meta.id.clone(),
                        reason,
                    }),
                }
            }
        }
        laid.canals = Canals::new(canals);
        laid
    }
}

/// A canal, or why it is none, in Spanish.
fn canal(waters: &Waters, feature: &Feature, limit: Metres) -> Result<Canal, String> {
    let line = match on_grid(waters.grid(), &feature.lonlat) {
        Some(Geometry::LineString(line)) => line,
        Some(Geometry::MultiLineString(lines)) if lines.0.len() == 1 => lines.0[0].clone(),
        Some(_) => return Err("no es una sola línea; dibuje el canal desde la toma hasta donde entrega".to_owned()),
        None => return Err("sus coordenadas no se pueden llevar al sistema del modelo; revíselas".to_owned()),
    };
    let end = |coord: Option<&Coord<f64>>, what: &str| -> Result<Mouth, String> {
        let coord = coord.ok_or_else(|| "no tiene vértices".to_owned())?;
        let found = waters.snap([coord.x, coord.y], limit);
        found.map(|(_, mouth)| mouth).map_err(|why| {
            let why = why.sentence_es().unwrap_or_default();
            format!("{what}: {why}")
        })
    };
    let (from, to) = (end(line.0.first(), "la toma")?, end(line.0.last(), "la entrega")?);
    if from.cell == to.cell {
        return Err("la toma y la entrega caen en el mismo lugar del cauce; revise sus extremos".to_owned());
    }
    Ok(Canal {
        from,
        to,
        length: length(waters.grid(), &line),
    })
}

/// Millimetres of a line on a grid.
fn length(grid: &Grid, line: &LineString<f64>) -> u32 {
    let place = grid.placement();
    let metres: f64 = line
        .lines()
        .map(|edge| {
            let row = grid
                .cell_at([edge.start.x, edge.start.y])
                .map_or(0, |cell| cell / grid.columns());
            let [east, south] = grid.spacing(row);
            (edge.dx() / place.width * east).hypot(edge.dy() / place.height * south)
        })
        .sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates; no canal is 4 000 km long"
    )]
    let whole = (metres * 1000.0).round() as u32;
    whole
}
