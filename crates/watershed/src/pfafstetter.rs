//! Pfafstetter codes (Verdin & Verdin 1999, doi:10.1016/S0022-1694(99)00011-6).
//!
//! At each level the four largest tributaries of the main stem get 2, 4, 6 and 8 from the mouth upward, what lies between them 1, 3, 5
//! and 7, and all above the uppermost 9, also where there are fewer than four. Every piece is divided again in the same way, the
//! lowest interbasin too.

use crate::Network;
use std::ops::Range;

/// How far basins are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// The most digits of a code, those of the prefix included.
    pub digits: usize,
    /// Pieces of no more cells than this are left whole.
    pub whole_below: u32,
}

/// A piece of land with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The code; that of a basin which was not divided is its prefix.
    pub code: String,
    /// The outlet reach of its basin.
    pub basin: u32,
    /// Its part of the main stem: reaches from its mouth upward.
    pub stem: Range<u32>,
    /// The other branches of it, each with all that lies upstream.
    pub branches: Vec<u32>,
    /// Cells of its land.
    pub cells: u32,
}

/// Divides the basin of an outlet reach; pieces are in the order of their codes.
pub fn divide(network: &Network, outlet: u32, prefix: &str, division: Division) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let stem = network.main_stem(outlet);
    let whole = Part {
        branches: branches(network, &stem),
        stem,
    };
    let mut divider = Divider {
        network,
        division,
        outlet,
        pieces: &mut pieces,
    };
    divider.divide(whole, prefix);
    pieces
}

/// Whether the land of `code` lies upstream of that of `other`, by their codes alone: after what both begin with, its digit is the
/// greater one and the digits of `other` from there on are odd. Codes of different basins, or a code and a part of it, never do.
///
/// ```
/// use watershed::lies_upstream;
/// assert!(lies_upstream("01766", "01765") && lies_upstream("01769", "01761"));
/// assert!(!lies_upstream("01763", "01762"));
/// ```
pub fn lies_upstream(code: &str, other: &str) -> bool {
    let (code, other) = (code.as_bytes(), other.as_bytes());
    let common = code.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (Some(own), Some(rest)) = (code.get(common), other.get(common..)) else {
        return false;
    };
    common > 0 && rest.first().is_some_and(|first| own > first) && rest.iter().all(|digit| digit % 2 == 1)
}

/// Land to be divided.
struct Part {
    stem: Range<u32>,
    /// Branches of the stem from its mouth upward: the reach of the stem that they flow into, and they.
    branches: Vec<(u32, u32)>,
}

/// The branches along a main stem, from its mouth upward.
fn branches(network: &Network, stem: &Range<u32>) -> Vec<(u32, u32)> {
    let along = stem
        .clone()
        .flat_map(|at| network.branches(at).skip(1).map(move |branch| (at, branch)));
    along.collect()
}

struct Divider<'a> {
    network: &'a Network,
    division: Division,
    outlet: u32,
    pieces: &'a mut Vec<Piece>,
}

impl Divider<'_> {
    fn divide(&mut self, part: Part, code: &str) {
        let cells = self.cells(&part);
        if part.branches.is_empty() || code.len() >= self.division.digits || cells <= self.division.whole_below {
            self.pieces.push(Piece {
                code: code.to_owned(),
                basin: self.outlet,
                stem: part.stem,
                branches: part.branches.into_iter().map(|(_, branch)| branch).collect(),
                cells,
            });
            return;
        }
        let chosen = self.largest_four(&part.branches);
        let mut rest = part
            .branches
            .into_iter()
            .filter(|branch| !chosen.contains(branch))
            .peekable();
        let mut from = part.stem.start;
        for (digit, (joined, tributary)) in (1..).step_by(2).zip(&chosen) {
            // two of the four that meet the stem in one place have nothing between them
            if from <= *joined {
                let between = std::iter::from_fn(|| rest.next_if(|branch| branch.0 <= *joined)).collect();
                let below = Part {
                    stem: from..joined + 1,
                    branches: between,
                };
                self.divide(below, &format!("{code}{digit}"));
            }
            from = joined + 1;
            let stem = self.network.main_stem(*tributary);
            let whole = Part {
                branches: branches(self.network, &stem),
                stem,
            };
            self.divide(whole, &format!("{code}{}", digit + 1));
        }
        let above = Part {
            stem: from..part.stem.end,
            branches: rest.collect(),
        };
        if !above.stem.is_empty() {
            self.divide(above, &format!("{code}9"));
        }
    }

    /// The four branches that drain the most, from the mouth upward.
    fn largest_four(&self, branches: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let mut ranked = branches.to_vec();
        ranked.sort_by_key(|(_, branch)| (std::cmp::Reverse(self.drained(*branch)), *branch));
        ranked.truncate(4);
        ranked.sort_unstable();
        ranked
    }

    fn drained(&self, reach: u32) -> u32 {
        self.network.reaches[reach as usize].drained_cells
    }

    /// Its own land: of each reach of the stem what no branch brings, and the branches that belong to it.
    fn cells(&self, part: &Part) -> u32 {
        let brought = |reach: u32| {
            self.network
                .branches(reach)
                .map(|branch| self.drained(branch))
                .sum::<u32>()
        };
        let stem: u32 = part
            .stem
            .clone()
            .map(|reach| self.drained(reach) - brought(reach))
            .sum();
        stem + part
            .branches
            .iter()
            .map(|(_, branch)| self.drained(*branch))
            .sum::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reach;

    /// A stem of single-cell reaches, mouth first, each met by branches that drain so many cells.
    fn comb(teeth: &[&[u32]]) -> Network {
        let mut reaches: Vec<Reach> = Vec::new();
        let reach = |next: Option<u32>, drained_cells: u32| Reach {
            first: 0,
            last: 0,
            next,
            size: 1,
            strahler: 1,
            shreve: 1,
            drained_cells,
            length: 1.0,
            heights: [0, 0],
        };
        let mut above = 1;
        let mut sizes = Vec::new();
        for teeth in teeth.iter().rev() {
            above += 1 + teeth.iter().sum::<u32>();
            sizes.push(above);
        }
        sizes.reverse();
        for (at, size) in (0_u32..).zip(&sizes) {
            reaches.push(reach(at.checked_sub(1), *size));
        }
        let stem = u32::try_from(reaches.len()).unwrap();
        reaches.push(reach(stem.checked_sub(1), 1));
        for (at, teeth) in (0_u32..).zip(teeth).collect::<Vec<_>>().into_iter().rev() {
            reaches.extend(teeth.iter().map(|tooth| reach(Some(at), *tooth)));
        }
        for at in (1..reaches.len()).rev() {
            let size = reaches[at].size;
            let next = reaches[at].next.unwrap() as usize;
            reaches[next].size += size;
        }
        Network { reaches, threshold: 1 }
    }

    fn codes(network: &Network, digits: usize) -> Vec<String> {
        let pieces = divide(network, 0, "", Division { digits, whole_below: 0 });
        let total: u32 = pieces.iter().map(|piece| piece.cells).sum();
        assert_eq!(total, network.reaches[0].drained_cells, "the pieces are the whole");
        pieces.into_iter().map(|piece| piece.code).collect()
    }

    #[test]
    fn the_four_largest_are_even_from_the_mouth_upward() {
        let network = comb(&[&[5], &[90], &[80], &[70], &[4], &[60], &[3]]);
        assert_eq!(codes(&network, 1), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        let pieces = divide(
            &network,
            0,
            "",
            Division {
                digits: 1,
                whole_below: 0,
            },
        );
        assert_eq!(pieces[1].cells, 90);
        assert_eq!((pieces[0].stem.clone(), pieces[0].cells), (0..2, 1 + 5 + 1));
        assert_eq!((pieces[6].stem.clone(), pieces[6].cells), (4..6, 1 + 4 + 1));
        assert_eq!(pieces[8].cells, 1 + 3 + 1);
    }

    #[test]
    fn the_lowest_interbasin_is_divided_too_and_9_is_the_uppermost() {
        let network = comb(&[&[5], &[6], &[90], &[80], &[70], &[4], &[60]]);
        let all = [
            "11", "12", "13", "14", "19", "2", "3", "4", "5", "6", "71", "72", "79", "8", "9",
        ];
        assert_eq!(codes(&network, 2), all);
        assert_eq!(codes(&comb(&[&[5]]), 8), ["1", "2", "9"]);
        assert_eq!(codes(&comb(&[]), 8), [""]);
    }

    #[test]
    fn branches_that_meet_in_one_place_have_nothing_between_them() {
        let network = comb(&[&[9, 8, 7], &[5]]);
        assert_eq!(codes(&network, 1), ["1", "2", "4", "6", "7", "8", "9"]);
    }

    #[test]
    fn codes_tell_what_lies_upstream() {
        assert!(lies_upstream("0176912", "01767") && lies_upstream("0176912", "0176731"));
        assert!(
            !lies_upstream("0176912", "0176732"),
            "a tributary within an interbasin receives nothing from above"
        );
        assert!(!lies_upstream("01765", "01765") && !lies_upstream("017651", "01765"));
        assert!(!lies_upstream("9", "1"), "no common basin");
    }
}
