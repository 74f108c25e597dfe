//! Units by their codes: what lies in what, what flows into what, what a family lacks.

use super::UnitFault;
use super::read::{GivenUnit, read};
use crate::{Flow, lies_upstream};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An official unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialUnit {
    /// Its Pfafstetter code, 1 to 8 digits.
    pub code: String,
    /// Its name, as given.
    pub name: String,
    /// Its place among the rows given.
    pub place: usize,
}

/// Official units in the order of their codes, named by their places in it.
///
/// Levels may be mixed. Water flows between the *finest* units, those that have no part in the layer; a coarser unit takes part through its
/// parts. Flow by code has no cycle: every unit flows into one of a lesser code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialUnits {
    units: Vec<OfficialUnit>,
    /// The nearest unit of the layer that each lies in.
    parents: Vec<Option<usize>>,
    /// For each unit the end of its parts, which follow it.
    ends: Vec<usize>,
    /// The finest units, ascending: nodes of `flow` are places in this list.
    finest: Vec<usize>,
    flow: Flow,
}

impl OfficialUnits {
    /// Reads the rows of a layer; the faults are listed, and what has a code of its own is kept.
    ///
    /// `shores` are codes of interbasins that lie along the sea or a lake, and with them all that they are divided into by odd digits: water
    /// leaves them and nothing flows through them, as along the Pacific (`1`), where the digits only count the rivers from one end of the
    /// coast to the other. Without them codes of a coast read as those of a river.
    pub fn read(rows: &[GivenUnit], shores: &[&str]) -> (Self, Vec<UnitFault>) {
        let (units, mut faults) = read(rows);
        let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        let parents = parents(&codes);
        let mut ends: Vec<usize> = (1..=codes.len()).collect();
        for at in (0..codes.len()).rev() {
            if let Some(parent) = parents[at] {
                ends[parent] = ends[parent].max(ends[at]);
            }
        }
        let finest: Vec<usize> = (0..codes.len()).filter(|at| ends[*at] == at + 1).collect();
        let fine: Vec<&str> = finest.iter().map(|at| codes[*at]).collect();
        let flow = flow_by_code(&fine, shores);
        faults.extend(orphans(&codes, &parents));
        faults.extend(gaps(&codes));
        faults.extend(unused_shores(&codes, shores));
        let units = Self {
            units,
            parents,
            ends,
            finest,
            flow,
        };
        (units, faults)
    }

    /// The units, by code.
    pub fn units(&self) -> &[OfficialUnit] {
        &self.units
    }

    /// The place of a code.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.units.binary_search_by(|unit| unit.code.as_str().cmp(code)).ok()
    }

    /// The finest unit that the land of any code lies in, or the unit of the code itself: the longest beginning of it that the layer has.
    pub fn locate(&self, code: &str) -> Option<usize> {
        (1..=code.len()).rev().find_map(|end| self.find(code.get(..end)?))
    }

    /// The nearest unit of the layer that a unit lies in.
    pub fn parent(&self, unit: usize) -> Option<usize> {
        self.parents[unit]
    }

    /// The units whose parent a unit is.
    pub fn children(&self, unit: usize) -> impl Iterator<Item = usize> + '_ {
        self.parts(unit)
            .skip(1)
            .filter(move |part| self.parents[*part] == Some(unit))
    }

    /// A unit and all that lies in it.
    pub fn parts(&self, unit: usize) -> Range<usize> {
        unit..self.ends[unit]
    }

    /// Whether a unit has no part in the layer.
    pub fn is_finest(&self, unit: usize) -> bool {
        self.ends[unit] == unit + 1
    }

    /// The finest units, ascending, and their flow: nodes are places in this list, without lengths.
    pub fn flow(&self) -> (&[usize], &Flow) {
        (&self.finest, &self.flow)
    }

    /// The finest units into which water of a unit flows next; none where it ends. A coarse unit along a shore may leave by several.
    pub fn next(&self, unit: usize) -> Vec<usize> {
        let below = self.exits(unit).filter_map(|node| self.flow.next(node));
        let distinct: BTreeSet<usize> = below.map(|node| self.finest[node as usize]).collect();
        distinct.into_iter().collect()
    }

    /// The finest units whose water flows into a unit, without its own parts, by code.
    pub fn upstream(&self, unit: usize) -> Vec<usize> {
        let above = self.exits(unit).flat_map(|node| self.flow.upstream(node));
        let mut found: Vec<usize> = above.map(|node| self.finest[*node as usize]).collect();
        found.retain(|other| !self.parts(unit).contains(other));
        found.sort_unstable();
        found
    }

    /// The finest units that water of a unit flows through after it, from the nearest on.
    pub fn downstream(&self, unit: usize) -> Vec<usize> {
        let below = self.exits(unit).flat_map(|node| self.flow.downstream(node));
        let distinct: BTreeSet<usize> = below.map(|node| self.finest[node as usize]).collect();
        let outside = distinct.into_iter().rev();
        outside.filter(|other| !self.parts(unit).contains(other)).collect()
    }

    /// The finest units along the main stem from the mouth of a unit to the source: odd digits after what all of them begin with.
    pub fn main_stem(&self, unit: usize) -> Vec<usize> {
        let code = self.units[unit].code.as_bytes();
        let odd = code.iter().rev().take_while(|digit| **digit % 2 == 1).count();
        // a code never loses its first digit: regions have no river in common
        let common = (code.len() - odd).max(1);
        let mouth = self.exits(unit).next();
        let along = |node: &u32| {
            let other = self.units[self.finest[*node as usize]].code.as_bytes();
            other.starts_with(&code[..common]) && other[common..].iter().all(|digit| digit % 2 == 1)
        };
        let above = mouth.map_or(&[][..], |mouth| self.flow.upstream(mouth));
        let mut stem: Vec<usize> = above
            .iter()
            .filter(|node| along(node))
            .map(|node| self.finest[*node as usize])
            .collect();
        stem.sort_unstable();
        stem
    }

    /// The nodes of a unit's parts from which water leaves it or ends.
    fn exits(&self, unit: usize) -> impl Iterator<Item = u32> + '_ {
        let within = |at: usize| crate::upstream::as_u32(self.finest.partition_point(|other| *other < at));
        let nodes = within(unit)..within(self.ends[unit]);
        let leaves = {
            let nodes = nodes.clone();
            move |node: &u32| self.flow.next(*node).is_none_or(|next| !nodes.contains(&next))
        };
        nodes.filter(leaves)
    }
}

/// For each of ascending codes the place of the longest other one that it begins with.
fn parents(codes: &[&str]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(codes.len());
    for (at, code) in codes.iter().enumerate() {
        while open.last().is_some_and(|last| !code.starts_with(codes[*last])) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

/// Whether nothing flows through a unit: its code is that of a shore, or of an odd part of one.
pub fn is_shore(code: &str, shores: &[&str]) -> bool {
    let odd = |rest: &str| rest.bytes().all(|digit| digit % 2 == 1);
    shores.iter().any(|shore| code.strip_prefix(shore).is_some_and(odd))
}

/// The flow between codes: each into a lesser one.
fn flow_by_code(codes: &[&str], shores: &[&str]) -> Flow {
    let lengths = vec![0; codes.len()];
    Flow::new(&next_by_code(codes, shores), &lengths).expect("codes fall downstream")
}

/// For each of ascending codes, none of which begins another, the nearest one that lies downstream of it.
fn next_by_code(codes: &[&str], shores: &[&str]) -> Vec<Option<u32>> {
    // what lies downstream of a code lies downstream of all codes between them that begin alike: a stack holds the candidates
    let mut open: Vec<usize> = Vec::new();
    let mut next = Vec::with_capacity(codes.len());
    for (at, code) in codes.iter().enumerate() {
        while open.last().is_some_and(|last| !lies_upstream(code, codes[*last])) {
            open.pop();
        }
        let flows = |below: &usize| !is_shore(code, shores) && !is_shore(codes[*below], shores);
        next.push(open.last().copied().filter(flows).map(crate::upstream::as_u32));
        open.push(at);
    }
    next
}

/// Units of a nested layer without a parent, though the layer has units of a coarser level. In a layer of finest units only, no unit is
/// an orphan.
fn orphans(codes: &[&str], parents: &[Option<usize>]) -> Vec<UnitFault> {
    if parents.iter().all(Option::is_none) {
        return Vec::new();
    }
    let levels: BTreeSet<usize> = codes.iter().map(|code| code.len()).collect();
    let missing = |(code, parent): (&&str, &Option<usize>)| {
        let level = *levels.range(..code.len()).next_back()?;
        let found = parent.is_some_and(|parent| codes[parent].len() == level);
        (!found).then(|| UnitFault::Orphan {
            code: (*code).to_owned(),
            missing: code[..level].to_owned(),
        })
    };
    codes.iter().zip(parents).filter_map(missing).collect()
}

/// Families that lack digits: every digit up to the greatest but 9, and below a 9 the tributary that makes it one. A family of one is a
/// way to its parts only, and 0, a closed basin, may be or not.
fn gaps(codes: &[&str]) -> Vec<UnitFault> {
    let mut families: BTreeMap<&str, BTreeSet<u8>> = BTreeMap::new();
    for code in codes {
        for end in 1..code.len() {
            families
                .entry(&code[..end])
                .or_default()
                .insert(code.as_bytes()[end] - b'0');
        }
    }
    let lacks = |(family, digits): (&str, BTreeSet<u8>)| {
        let greatest = digits.range(..9).next_back().copied().unwrap_or(0);
        let last = if digits.contains(&9) {
            greatest + greatest % 2
        } else {
            greatest
        };
        let missing: Vec<u8> = (1..=last.min(8)).filter(|digit| !digits.contains(digit)).collect();
        (digits.len() > 1 && !missing.is_empty()).then(|| UnitFault::Gap {
            family: family.to_owned(),
            digits: digits.into_iter().collect(),
            missing,
        })
    };
    families.into_iter().filter_map(lacks).collect()
}

/// Shores in a region of which the layer has units, and none of them along the shore.
fn unused_shores(codes: &[&str], shores: &[&str]) -> Vec<UnitFault> {
    let here = |shore: &&&str| codes.iter().any(|code| code.get(..1) == shore.get(..1));
    let unused = shores
        .iter()
        .filter(here)
        .filter(|shore| !codes.iter().any(|code| is_shore(code, &[shore])));
    unused
        .map(|shore| UnitFault::UnusedShore {
            shore: (*shore).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
