//! What is wrong or missing in the data of a matrix.

use super::{MatrixHead, MatrixRow, QualityOut};
use std::collections::{BTreeMap, BTreeSet};
use territory::{Coverage, EditionMeta, LayerKind};

/// Declared and measured hectares that differ by more than this part of the declared ones are told: the convention of the
/// import's quality report.
const DECLARED_TOLERANCE: f64 = 0.05;

/// Every kind of finding about the data.
pub(crate) const QUALITY_KINDS: [&str; 8] = [
    "rejected-rows",
    "repaired-rows",
    "undeclared-coverage",
    "unknown-deviation",
    "declared-differs",
    "declared-missing",
    "shared-key",
    "undated",
];

pub(super) fn findings(head: &MatrixHead<'_>, editions: &[&EditionMeta], rows: &[MatrixRow]) -> Vec<QualityOut> {
    let mut found = Vec::new();
    for meta in editions {
        about_edition(meta, &mut found);
    }
    about_subjects(head.subjects, rows, &mut found);
    if head.against == LayerKind::Concessions {
        about_rights(head.against, rows, &mut found);
    }
    found
}

fn about_edition(meta: &EditionMeta, found: &mut Vec<QualityOut>) {
    let mut add = |kind: &'static str, count: u64, of: Option<u64>| {
        if count > 0 {
            found.push(QualityOut {
                kind,
                layer: meta.kind,
                edition: Some(meta.id.clone()),
                count,
                of,
                features: Vec::new(),
            });
        }
    };
    let counts = &meta.counts;
    add("rejected-rows", counts.rejected, Some(counts.read));
    add("repaired-rows", counts.repaired, Some(counts.read));
    add(
        "undeclared-coverage",
        u64::from(matches!(meta.coverage, Coverage::Undeclared)),
        None,
    );
    add("unknown-deviation", u64::from(meta.sigma_m.is_none()), None);
}

fn about_subjects(layer: LayerKind, rows: &[MatrixRow], found: &mut Vec<QualityOut>) {
    let differs = |row: &&MatrixRow| {
        row.declared_ha
            .is_some_and(|declared| (row.utm_ha.0 - declared.0).abs() > DECLARED_TOLERANCE * declared.0.abs())
    };
    let keys = |wanted: &dyn Fn(&&MatrixRow) -> bool| -> Vec<String> {
        rows.iter().filter(wanted).map(|row| row.feature.clone()).collect()
    };
    let mut times: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows {
        *times.entry((&row.edition, &row.feature)).or_default() += 1;
    }
    let shared = times
        .into_iter()
        .filter(|(_, times)| *times > 1)
        .map(|((_, key), _)| key.to_owned());
    let lists = [
        ("declared-differs", keys(&differs)),
        ("declared-missing", keys(&|row| row.declared_ha.is_none())),
        ("shared-key", shared.collect()),
    ];
    for (kind, features) in lists {
        list(kind, layer, features, rows.len(), found);
    }
}

fn about_rights(layer: LayerKind, rows: &[MatrixRow], found: &mut Vec<QualityOut>) {
    let pairs = || rows.iter().flat_map(|row| &row.pairs);
    let all: BTreeSet<&str> = pairs().map(|pair| pair.feature.as_str()).collect();
    let undated: BTreeSet<&str> = pairs()
        .filter(|pair| pair.filed_at.is_none())
        .map(|pair| pair.feature.as_str())
        .collect();
    let features = undated.into_iter().map(ToOwned::to_owned).collect();
    list("undated", layer, features, all.len(), found);
}

fn list(kind: &'static str, layer: LayerKind, features: Vec<String>, of: usize, found: &mut Vec<QualityOut>) {
    if !features.is_empty() {
        found.push(QualityOut {
            kind,
            layer,
            edition: None,
            count: features.len() as u64,
            of: Some(of as u64),
            features,
        });
    }
}
