//! Lines that follow the cells of a raster, without their stairs: for drawing only, nothing is measured on them.

use geo_types::Coord;

/// Each point drawn to the middle of its neighbours, so many times. The ends of an open line stay, so lines that meet there still do;
/// of a closed one the first point is not repeated.
pub fn smoothed(mut points: Vec<Coord<f64>>, closed: bool, times: u32) -> Vec<Coord<f64>> {
    let count = points.len();
    if count < 3 {
        return points;
    }
    for _ in 0..times {
        let before = points.clone();
        for (at, point) in points.iter_mut().enumerate() {
            if !closed && (at == 0 || at + 1 == count) {
                continue;
            }
            let (last, next) = (before[(at + count - 1) % count], before[(at + 1) % count]);
            *point = (last + next + *point * 2.0) / 4.0;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stairs_become_a_slope_and_ends_stay() {
        let stairs: Vec<Coord<f64>> = (0..40_i32)
            .map(|at| Coord {
                x: f64::from((at + 1) / 2),
                y: f64::from(at / 2),
            })
            .collect();
        let smooth = smoothed(stairs.clone(), false, 4);
        assert_eq!((smooth[0], smooth[39]), (stairs[0], stairs[39]));
        let off = |point: &Coord<f64>| (point.x - point.y - 0.5).abs();
        assert!(smooth[4..36].iter().all(|point| off(point) < 0.05), "{smooth:?}");
    }

    #[test]
    fn a_ring_has_no_end_that_stays_and_a_line_read_backward_is_the_same() {
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| Coord { x, y });
        let smooth = smoothed(square.to_vec(), true, 1);
        assert!(
            smooth
                .iter()
                .all(|point| (point.x - 0.5).abs() < 0.5 && (point.y - 0.5).abs() < 0.5)
        );
        let line = vec![square[0], square[1], square[2], square[3]];
        let mut back = smoothed(line.iter().rev().copied().collect(), false, 3);
        back.reverse();
        assert_eq!(back, smoothed(line, false, 3));
    }
}
