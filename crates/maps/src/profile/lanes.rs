//! Bars side by side: each in the first lane where it and its letter stand on no other.

/// Millimetres that a letter takes beside a short bar.
const LETTER: f64 = 5.5;

/// Where a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// 0 for the highest.
    pub row: usize,
}

/// The lanes of some stretches, in their order, with so many millimetres for a metre.
pub fn lanes(reaches: impl Iterator<Item = [f64; 2]>, mm_of_a_metre: f64) -> Vec<Lane> {
    let mut rows: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut out = Vec::new();
    for [from, to] in reaches {
        let (start, end) = (from * mm_of_a_metre, to * mm_of_a_metre);
        let end = if end - start < LETTER {
            end.max(start + 0.5) + LETTER
        } else {
            end
        };
        let free = |row: &Vec<[f64; 2]>| row.iter().all(|[left, right]| end < *left || start > *right);
        let row = rows.iter().position(free).unwrap_or_else(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[row].push([start, end]);
        out.push(Lane { row });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_stands_in_lanes_of_its_own_and_short_bars_keep_room_for_their_letter() {
        let reaches = [[0.0, 50.0], [40.0, 90.0], [60.0, 80.0], [80.5, 81.0], [83.0, 99.0]];
        let rows: Vec<usize> = lanes(reaches.into_iter(), 1.0).iter().map(|lane| lane.row).collect();
        assert_eq!(rows, [0, 1, 0, 0, 2]);
    }
}
