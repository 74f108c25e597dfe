//! The matrix as a whole: its rows added up, ordered and questioned.

use super::{Hotspot, Matrix, MatrixLimit, MatrixRow, MatrixTotal, MatrixYear, Ranked, quality};
use crate::{AsOfOut, EditionOut, Fixed, Limit, Report, Rulebook, RulebookOut, TotalOut};
use std::collections::{BTreeMap, BTreeSet};
use territory::{AsOf, EditionMeta, LayerKind};

/// What a matrix is about.
#[derive(Clone, Debug)]
pub struct MatrixHead<'a> {
    /// Layer of the subjects.
    pub subjects: LayerKind,
    /// Layer judged against.
    pub against: LayerKind,
    /// Rules.
    pub book: &'a Rulebook,
    /// For when.
    pub as_of: AsOf,
    /// Whether slivers were kept.
    pub slivers_kept: bool,
    /// The editions of both layers, in any order.
    pub editions: Vec<&'a EditionMeta>,
}

/// Puts rows together. They are given with their reports' limits and standing, in the order of edition and source row.
pub fn matrix(head: &MatrixHead<'_>, rows: Vec<(MatrixRow, Vec<Limit>, &'static str)>) -> Matrix {
    let mut editions: Vec<&EditionMeta> = head.editions.clone();
    editions.sort_by(|a, b| a.id.cmp(&b.id));
    editions.dedup_by(|a, b| a.id == b.id);
    let incomplete = rows.iter().any(|(_, _, standing)| *standing != "complete");
    let limits = limits(&rows);
    let rows: Vec<MatrixRow> = rows.into_iter().map(|(row, _, _)| row).collect();
    let subjects_ha: f64 = rows.iter().map(|row| row.geodesic_ha.0).sum();
    Matrix {
        schema: "tupu/matrix/1",
        standing: if incomplete { "incomplete" } else { "complete" },
        method: crate::METHOD,
        subjects: head.subjects,
        against: head.against,
        rulebook: RulebookOut::of(head.book),
        as_of: AsOfOut {
            valid: head.as_of.valid,
            known: editions.iter().map(|meta| meta.published_at).max(),
        },
        slivers_kept: head.slivers_kept,
        subjects_geodesic_ha: Fixed(subjects_ha),
        totals: totals(&rows, subjects_ha),
        ranking: ranking(&rows),
        hotspots: hotspots(&rows),
        series: series(&rows),
        quality: quality::findings(head, &editions, &rows),
        limits,
        editions: editions.into_iter().map(EditionOut::of).collect(),
        rows,
    }
}

impl Report {
    /// What a matrix keeps of a report beside its row: the limits that are not about other layers, and the standing.
    pub fn for_matrix(self, row: MatrixRow, against: LayerKind) -> (MatrixRow, Vec<Limit>, &'static str) {
        let concerned = |limit: &Limit| limit.layer.is_none_or(|layer| layer == against);
        let limits = self.limits.into_iter().filter(concerned).collect();
        (row, limits, self.standing)
    }
}

/// The total by which a row is ranked: live rights, or everything where there are no groups.
fn main_total(row: &MatrixRow) -> Option<&TotalOut> {
    let of = |group: &str| row.totals.iter().find(|total| total.group == group);
    of("vigente").or_else(|| of("todos"))
}

fn totals(rows: &[MatrixRow], subjects_ha: f64) -> Vec<MatrixTotal> {
    let mut groups: Vec<&str> = Vec::new();
    for total in rows.iter().flat_map(|row| &row.totals) {
        if !groups.contains(&total.group.as_str()) {
            groups.push(&total.group);
        }
    }
    groups
        .into_iter()
        .map(|group| group_total(rows, group, subjects_ha))
        .collect()
}

fn group_total(rows: &[MatrixRow], group: &str, subjects_ha: f64) -> MatrixTotal {
    let of_group = |pair: &&super::MatrixPair| {
        pair.class.counts()
            && match group {
                "todos" => true,
                "vigente" => is_live(pair.group.as_deref()),
                _ => pair.group.as_deref() == Some(group),
            }
    };
    let pairs = || rows.iter().flat_map(|row| &row.pairs).filter(of_group);
    let features: BTreeSet<(&str, &str)> = pairs().map(|pair| (&*pair.edition, &*pair.feature)).collect();
    let counted = || {
        let of_row = |row: &'_ MatrixRow| row.totals.iter().position(|total| total.group == group);
        rows.iter()
            .filter_map(move |row| Some(&row.totals[of_row(row)?]))
            .filter(|total| total.count > 0)
    };
    let union: f64 = counted().map(|total| total.union_geodesic_ha.0).sum();
    MatrixTotal {
        group: group.to_owned(),
        subjects: counted().count(),
        pairs: pairs().count(),
        features: features.len(),
        sum_geodesic_ha: Fixed(pairs().map(|pair| pair.geodesic_ha.0).sum()),
        union_geodesic_ha: Fixed(union),
        band90_geodesic_ha: band(counted()),
        share_of_subjects: Fixed(if subjects_ha > 0.0 { union / subjects_ha } else { 0.0 }),
    }
}

fn is_live(group: Option<&str>) -> bool {
    let group = group.and_then(|group| group.parse::<concessions::RightGroup>().ok());
    group.is_some_and(concessions::RightGroup::is_live)
}

/// Adds up the ends of bands, each turned from planar into ground hectares by its own total.
fn band<'a>(totals: impl Iterator<Item = &'a TotalOut>) -> Option<[Fixed<4>; 2]> {
    let (mut low, mut high) = (0.0, 0.0);
    for total in totals {
        let [from, to] = total.band90?;
        let ground = if total.union_ha.0 > 0.0 {
            total.union_geodesic_ha.0 / total.union_ha.0
        } else {
            1.0
        };
        low += from.0 * ground;
        high += to.0 * ground;
    }
    Some([Fixed(low), Fixed(high)])
}

fn ranking(rows: &[MatrixRow]) -> Vec<Ranked> {
    let mut found: Vec<(&MatrixRow, &TotalOut)> = rows
        .iter()
        .filter_map(|row| Some((row, main_total(row).filter(|total| total.count > 0)?)))
        .collect();
    found.sort_by(|(a, one), (b, other)| {
        let by_share = other.share_of_subject.0.total_cmp(&one.share_of_subject.0);
        by_share.then_with(|| (&a.edition, a.source_row).cmp(&(&b.edition, b.source_row)))
    });
    let mut ranked: Vec<Ranked> = Vec::with_capacity(found.len());
    for (position, (row, total)) in found.into_iter().enumerate() {
        // equal as printed: a difference nobody sees makes no order
        let same = ranked
            .last()
            .filter(|last| last.share_of_subject.to_string() == total.share_of_subject.to_string());
        ranked.push(Ranked {
            place: same.map_or(position + 1, |last| last.place),
            edition: row.edition.clone(),
            source_row: row.source_row,
            feature: row.feature.clone(),
            name: row.name.clone(),
            count: total.count,
            share_of_subject: total.share_of_subject,
            union_geodesic_ha: total.union_geodesic_ha,
        });
    }
    ranked
}

fn hotspots(rows: &[MatrixRow]) -> Vec<Hotspot> {
    let spot = |row: &MatrixRow| {
        Some(Hotspot {
            edition: row.edition.clone(),
            source_row: row.source_row,
            feature: row.feature.clone(),
            name: row.name.clone(),
            stack: row.stack.clone()?,
        })
    };
    let mut spots: Vec<Hotspot> = rows.iter().filter_map(spot).collect();
    spots.sort_by(|a, b| {
        let by_depth = b.stack.deepest.cmp(&a.stack.deepest);
        let by_land = || b.stack.stacked_geodesic_ha.0.total_cmp(&a.stack.stacked_geodesic_ha.0);
        by_depth
            .then_with(by_land)
            .then_with(|| (&a.edition, a.source_row).cmp(&(&b.edition, b.source_row)))
    });
    spots
}

/// The years of all rows; each row stands with what it had by then.
fn series(rows: &[MatrixRow]) -> Vec<MatrixYear> {
    let mut gains: BTreeMap<Option<i16>, f64> = BTreeMap::new();
    let mut filed: BTreeMap<Option<i16>, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for row in rows {
        let mut before = 0.0;
        for year in &row.series {
            *gains.entry(year.year).or_default() += year.union_geodesic_ha.0 - before;
            before = year.union_geodesic_ha.0;
        }
        let live = |pair: &&super::MatrixPair| pair.class.counts() && is_live(pair.group.as_deref());
        for pair in row.pairs.iter().filter(live) {
            let year = pair.filed_at.map(jiff::civil::Date::year);
            filed.entry(year).or_default().insert((&pair.edition, &pair.feature));
        }
    }
    let mut union = 0.0;
    gains
        .into_iter()
        .map(|(year, gain)| {
            union += gain;
            MatrixYear {
                year,
                features: filed.get(&year).map_or(0, BTreeSet::len),
                union_geodesic_ha: Fixed(union),
            }
        })
        .collect()
}

/// Each limit once, in the order in which the rows bring them.
fn limits(rows: &[(MatrixRow, Vec<Limit>, &'static str)]) -> Vec<MatrixLimit> {
    let mut limits: Vec<MatrixLimit> = Vec::new();
    let mut place: BTreeMap<(&str, Option<LayerKind>, &str), usize> = BTreeMap::new();
    for limit in rows.iter().flat_map(|(_, limits, _)| limits) {
        let at = *place.entry((&limit.kind, limit.layer, &limit.text)).or_insert_with(|| {
            limits.push(MatrixLimit {
                limit: limit.clone(),
                subjects: 0,
            });
            limits.len() - 1
        });
        limits[at].subjects += 1;
    }
    limits
}
