//! The square of Web Mercator: tiles, and the grid of whole numbers on which a source lies.

use crs::Crs;
use geo_types::Coord;

/// Units along the side of a tile.
pub const EXTENT: u32 = 4096;
/// The deepest zoom that is served; a unit is 2.3 mm there.
pub const MAX_ZOOM: u8 = 22;

/// Units of the deepest zoom along the side of the world, as a power of two.
const WORLD_BITS: u32 = MAX_ZOOM as u32 + 12;
/// Half the side of the world, metres of EPSG:3857.
const HALF_WORLD_M: f64 = 20_037_508.342_789_244;
/// Where the square ends.
const MOST_LATITUDE: f64 = 85.051_128_779_806;

/// A tile of the matrix set `WebMercatorQuad`: `x` grows to the east, `y` to the south.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    z: u8,
    x: u32,
    y: u32,
}

impl TileId {
    /// The tile in column `x` and row `y` of zoom `z`; none outside of the matrix.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        let within = z <= MAX_ZOOM && x >> z == 0 && y >> z == 0;
        within.then_some(Self { z, x, y })
    }

    /// The tile of a zoom that holds a position (degrees); positions beyond the square count as on its edge.
    pub fn holding(z: u8, lon: f64, lat: f64) -> Option<Self> {
        let world = on_grid(&[Coord { x: lon, y: lat }]);
        let [x, y] = world[0].map(|value| u32::try_from(value >> (WORLD_BITS - u32::from(z.min(MAX_ZOOM)))));
        Self::new(z, x.ok()?, y.ok()?)
    }

    /// Zoom.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row.
    pub fn y(self) -> u32 {
        self.y
    }

    /// West, south, east and north in metres of EPSG:3857.
    pub fn metres(self) -> [f64; 4] {
        let side = 2.0 * HALF_WORLD_M / (1_u64 << self.z) as f64;
        let (west, north) = (
            f64::from(self.x) * side - HALF_WORLD_M,
            HALF_WORLD_M - f64::from(self.y) * side,
        );
        [west, north - side, west + side, north]
    }

    /// How many doublings a tile unit is of a grid unit.
    pub(crate) fn coarseness(self) -> u32 {
        u32::from(MAX_ZOOM - self.z)
    }

    /// Its north-western corner on the grid of the world.
    pub(crate) fn corner(self) -> [i64; 2] {
        let side = WORLD_BITS - u32::from(self.z);
        [i64::from(self.x) << side, i64::from(self.y) << side]
    }
}

/// Lon/lat WGS 84 degrees on the grid of the world: `x` to the east, `y` to the south, 0 to 2^34 − 1. Latitudes beyond the square are
/// drawn in to its edge.
pub(crate) fn on_grid(lonlat: &[Coord<f64>]) -> Vec<[i64; 2]> {
    let mut coords: Vec<Coord<f64>> = lonlat
        .iter()
        .map(|coord| Coord {
            x: coord.x.clamp(-180.0, 180.0),
            y: coord.y.clamp(-MOST_LATITUDE, MOST_LATITUDE),
        })
        .collect();
    crs::transform_from_lonlat(Crs::WEB_MERCATOR, None, &mut coords)
        .expect("a feature's coordinates are finite, and were drawn in to the range of the projection");
    coords.into_iter().map(|Coord { x, y }| [whole(x), whole(-y)]).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a whole number below 2^35, drawn in to the grid"
)]
fn whole(metres: f64) -> i64 {
    let units = (1_u64 << WORLD_BITS) as f64;
    let value = (metres + HALF_WORLD_M) / (2.0 * HALF_WORLD_M) * units;
    (value.round() as i64).clamp(0, (1 << WORLD_BITS) - 1)
}

/// A part of the world's grid on which offsets fit into 32 bits: a corner, and how many doublings its unit is coarser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    corner: [i64; 2],
    shift: u32,
}

impl Grid {
    /// The finest that holds a box of lon/lat degrees.
    pub(crate) fn holding([west, south, east, north]: [f64; 4]) -> Self {
        let corners = on_grid(&[Coord { x: west, y: north }, Coord { x: east, y: south }]);
        let [corner, other] = [corners[0], corners[1]];
        let span = (other[0] - corner[0]).max(other[1] - corner[1]);
        let mut shift = 0;
        while span >> shift >= i64::from(u32::MAX) {
            shift += 1;
        }
        Self { corner, shift }
    }

    /// A position of the world as an offset.
    pub(crate) fn offset(&self, world: [i64; 2]) -> [u32; 2] {
        let one = |axis: usize| {
            let offset = (world[axis] - self.corner[axis]).max(0) >> self.shift;
            u32::try_from(offset).unwrap_or(u32::MAX)
        };
        [one(0), one(1)]
    }

    /// How offsets become units of a tile.
    pub(crate) fn in_tile(&self, tile: TileId) -> InTile {
        let corner = tile.corner();
        let from = [self.corner[0] - corner[0], self.corner[1] - corner[1]];
        let unit = (1_u64 << tile.coarseness()) as f64;
        InTile {
            from: from.map(|value| value as f64 / unit),
            scale: (1_u64 << self.shift) as f64 / unit,
        }
    }

    /// Grid units of the world in one of its own.
    pub(crate) fn unit(&self) -> f64 {
        (1_u64 << self.shift) as f64
    }
}

/// Offsets of a source into units of a tile: exact, for all factors are powers of two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InTile {
    from: [f64; 2],
    scale: f64,
}

impl InTile {
    /// A position in units of the tile.
    #[inline]
    pub(crate) fn place(&self, [x, y]: [u32; 2]) -> [f64; 2] {
        [
            self.from[0] + f64::from(x) * self.scale,
            self.from[1] + f64::from(y) * self.scale,
        ]
    }

    /// A box in units of the tile as offsets, grown to whole ones; none where it lies off the grid.
    pub(crate) fn offsets(&self, least: f64, most: f64) -> Option<[u32; 4]> {
        let back = |value: f64, axis: usize| (value - self.from[axis]) / self.scale;
        let low = [back(least, 0).floor(), back(least, 1).floor()];
        let high = [back(most, 0).ceil(), back(most, 1).ceil()];
        if high.iter().any(|value| *value < 0.0) || low.iter().any(|value| *value > f64::from(u32::MAX)) {
            return None;
        }
        Some([offset(low[0]), offset(low[1]), offset(high[0]), offset(high[1])])
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "drawn in to the range of offsets"
)]
fn offset(value: f64) -> u32 {
    value.clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_outside_of_the_matrix_are_none() {
        assert!(TileId::new(0, 0, 0).is_some() && TileId::new(22, (1 << 22) - 1, 0).is_some());
        assert!(TileId::new(0, 1, 0).is_none() && TileId::new(5, 0, 32).is_none() && TileId::new(23, 0, 0).is_none());
    }

    #[test]
    fn cajamarca_lies_in_the_tile_that_the_slippy_map_formula_gives() {
        // x = ⌊(lon + 180)/360 · 2^z⌋, y = ⌊(1 − asinh(tan φ)/π)/2 · 2^z⌋
        let (lon, lat) = (-78.516_67_f64, -7.163_78_f64);
        for z in [0_u8, 5, 10, 14, 22] {
            let side = (1_u64 << z) as f64;
            let x = ((lon + 180.0) / 360.0 * side).floor();
            let y = ((1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side).floor();
            let tile = TileId::holding(z, lon, lat).unwrap();
            assert_eq!((f64::from(tile.x()), f64::from(tile.y())), (x, y), "zoom {z}");
        }
    }

    #[test]
    fn the_ends_of_the_world_stay_on_the_grid() {
        let ends = on_grid(&[Coord { x: 180.0, y: -90.0 }, Coord { x: -180.0, y: 90.0 }]);
        let last = (1_i64 << WORLD_BITS) - 1;
        assert_eq!(ends[0][0], last);
        assert!(ends[0][1] > last - 200 && ends[1][1] < 200, "{ends:?}");
        assert_eq!(ends[1][0], 0);
    }

    #[test]
    fn a_source_round_the_world_gets_a_coarser_grid_and_one_of_peru_the_finest() {
        let peru = Grid::holding([-82.0, -19.0, -68.0, 1.0]);
        assert_eq!(peru.shift, 0);
        let world = Grid::holding([-180.0, -80.0, 180.0, 80.0]);
        assert_eq!(world.shift, 3);
        let tile = TileId::new(0, 0, 0).unwrap();
        let place = world.in_tile(tile).place(world.offset([1 << 33, 1 << 33]));
        assert!((place[0] - 2048.0).abs() < 0.01 && (place[1] - 2048.0).abs() < 0.01);
    }
}
