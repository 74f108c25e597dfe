//! How bright the ground is under light from the north-west, in whole numbers.

use super::sample::Surface;

/// Tones from black to white; [`FLAT`] is that of level ground.
pub const TONES: u8 = 30;
/// The tone of level ground.
pub const FLAT: u8 = 21;
/// One, of slopes and of directions.
const ONE: i64 = 4096;
/// Lights from the south-west, west, north-west and north: east and north of each.
const LIGHTS: [[i64; 2]; 4] = [[-2896, -2896], [-4096, 0], [-2896, 2896], [0, 4096]];
const NORTH_WEST: usize = 2;
/// The mean slope that a picture should show: gentle land is steepened up to it, at most sixfold.
const WANTED: i64 = ONE * 33 / 100;
const MOST_TENTHS: i64 = 60;

/// The shades of a surface.
pub struct Shades {
    /// For each pixel.
    pub tones: Vec<u8>,
    /// How many tenths steeper than the ground.
    pub exaggeration_tenths: u32,
}

/// The tones of all pixels.
pub fn shades(surface: &Surface) -> Shades {
    let slopes: Vec<[i64; 2]> = (0..surface.rows * surface.columns)
        .map(|at| slope(surface, at % surface.columns, at / surface.columns))
        .collect();
    let total: i64 = slopes.iter().map(length).sum();
    let mean = total / i64::try_from(slopes.len()).unwrap_or(1).max(1);
    let tenths = (WANTED * 10 / mean.max(1)).clamp(10, MOST_TENTHS);
    let tones = slopes.iter().map(|slope| tone(slope.map(|part| part * tenths / 10)));
    Shades {
        tones: tones.collect(),
        exaggeration_tenths: u32::try_from(tenths).unwrap_or(10),
    }
}

/// Rise eastward and northward by Horn (1981), in parts of [`ONE`].
fn slope(surface: &Surface, column: usize, row: usize) -> [i64; 2] {
    let Some(own) = surface.at(column.cast_signed(), row.cast_signed()) else {
        return [0, 0];
    };
    let at = |dx: isize, dy: isize| {
        let height = surface.at(column.cast_signed() + dx, row.cast_signed() + dy);
        i64::from(height.unwrap_or(own))
    };
    let east = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
    let north = at(-1, -1) + 2 * at(0, -1) + at(1, -1) - at(-1, 1) - 2 * at(0, 1) - at(1, 1);
    // cliffs of a thousandfold slope are errors of the heights; they stay within the numbers
    [east, north].map(|rise| (rise * ONE / (8 * surface.side_mm)).clamp(-1000 * ONE, 1000 * ONE))
}

fn length([east, north]: &[i64; 2]) -> i64 {
    (east * east + north * north).isqrt()
}

/// The tone of a slope: half from the light of the north-west, half from all four, each counting by how much it comes from the side.
fn tone(slope: [i64; 2]) -> u8 {
    let [east, north] = slope;
    let square = east * east + north * north;
    let normal = (square + ONE * ONE).isqrt();
    // light at 45° over the horizon: its level and its upright part are the same
    let lit = |[x, y]: [i64; 2]| ((ONE * ONE - east * x - north * y) / normal * 2896 / ONE).max(0);
    let all = if square == 0 {
        lit(LIGHTS[NORTH_WEST])
    } else {
        let weighed = LIGHTS.map(|light| {
            // the square of the sine between the fall of the ground and the light, in parts of ONE
            let cross = (east * light[1] - north * light[0]) / ONE;
            cross * cross * ONE / square * lit(light) / ONE
        });
        weighed.iter().sum::<i64>() / 2
    };
    let both = i64::midpoint(all, lit(LIGHTS[NORTH_WEST]));
    let tone = (both * i64::from(TONES) + ONE / 2) / ONE;
    u8::try_from(tone).unwrap_or(TONES).min(TONES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_ground_is_flat_toned_and_the_north_west_is_lit() {
        assert_eq!(tone([0, 0]), FLAT);
        // ground that rises to the south-east looks to the north-west
        let (lit, dark) = (tone([ONE / 2, -ONE / 2]), tone([-ONE / 2, ONE / 2]));
        assert!(lit > FLAT && dark < FLAT - 8, "{lit} {dark}");
        for steep in [[1000 * ONE, 0], [-1000 * ONE, 1000 * ONE], [0, -1000 * ONE]] {
            assert!(tone(steep) <= TONES);
        }
    }

    #[test]
    fn gentle_land_is_steepened_and_steep_land_is_not() {
        let plane = |rise: i32| Surface {
            columns: 20,
            rows: 20,
            side_mm: 10_000,
            heights: (0..400).map(|at| Some(at % 20 * rise)).collect(),
        };
        assert_eq!(shades(&plane(10)).exaggeration_tenths, 60);
        assert_eq!(shades(&plane(9_000)).exaggeration_tenths, 10);
        let gentle = shades(&plane(1_500)).exaggeration_tenths;
        assert!((20..40).contains(&gentle), "{gentle}");
    }
}
