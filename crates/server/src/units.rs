//! Official hydrographic units of a snapshot, linked by their codes: made when the snapshot is, and kept where the features are the same.

use crate::judging::no_subject;
use crate::problem::{Kind, Problem};
use crate::words::segment;
use conflicts::Subject;
use conflicts::water::{UnitTree, UnknownUnit};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{Edition, Snapshot};
use territory::{Feature, LayerKind};

/// The trees of the editions of units, by edition.
#[derive(Default)]
pub(crate) struct UnitTrees(Vec<Grown>);

struct Grown {
    edition: Arc<Edition>,
    tree: Arc<UnitTree>,
}

/// A unit, its tree and its edition.
#[derive(Clone)]
pub(crate) struct FoundUnit {
    /// The edition of the units.
    pub edition: Arc<Edition>,
    /// Its tree.
    pub tree: Arc<UnitTree>,
    /// The place of the unit in it.
    pub unit: usize,
}

impl FoundUnit {
    /// The feature of a unit of the tree; none where the tree is of other features.
    pub(crate) fn feature(&self, unit: usize) -> Option<&Feature> {
        self.edition.find(&self.tree.facts()[unit].feature)
    }

    /// The unit as the subject of a check.
    ///
    /// # Errors
    /// `no-land`; `internal` where the tree is of other features.
    pub(crate) fn subject(&self) -> Result<Subject, Problem> {
        let feature = self.feature(self.unit);
        let feature = feature.ok_or_else(|| Problem::internal(&"a tree of other features"))?;
        let subject = Subject::feature(LayerKind::HydrographicUnits, &self.edition.meta, feature, None);
        subject.map_err(|error| no_subject(&error))
    }
}

impl UnitTrees {
    /// Those of a snapshot. What `before` made of the same features is kept.
    pub(crate) fn of(snapshot: &Snapshot, before: Option<&Self>) -> Self {
        let same = |edition: &Edition| {
            let mut known = before?.0.iter();
            let known = known.find(|known| Arc::ptr_eq(&known.edition.features, &edition.features));
            known.map(|known| Arc::clone(&known.tree))
        };
        let grown = |edition: &Arc<Edition>| Grown {
            tree: same(edition).unwrap_or_else(|| Arc::new(UnitTree::of(&edition.features))),
            edition: Arc::clone(edition),
        };
        Self(snapshot.collection(LayerKind::HydrographicUnits).map(grown).collect())
    }

    /// The unit of a code, in the edition asked for where several have it.
    ///
    /// # Errors
    /// `unknown-feature` with the codes that begin alike; `ambiguous-feature` with the editions.
    pub(crate) fn find(&self, code: &str, edition: Option<&str>) -> Result<FoundUnit, Problem> {
        let wanted = |grown: &&Grown| edition.is_none_or(|id| id == grown.edition.meta.id);
        let mut found = Vec::new();
        let mut unknown: Vec<UnknownUnit> = Vec::new();
        for grown in self.0.iter().filter(wanted) {
            match grown.tree.find(code) {
                Ok(unit) => found.push(FoundUnit {
                    edition: Arc::clone(&grown.edition),
                    tree: Arc::clone(&grown.tree),
                    unit,
                }),
                Err(error) => unknown.push(error),
            }
        }
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(self.nearest(code, unknown)),
            _ => Err(ambiguous(
                &format!("la unidad «{code}»"),
                &format!("/watershed/{}?", segment(code)),
                &found,
            )),
        }
    }

    /// The headwaters of a region by their codes, in the edition asked for where several have units.
    ///
    /// # Errors
    /// `ambiguous-feature` with the editions.
    pub(crate) fn headwaters(&self, region: &str, edition: Option<&str>) -> Result<Vec<FoundUnit>, Problem> {
        let wanted = |grown: &&Grown| edition.is_none_or(|id| id == grown.edition.meta.id);
        let each = self.0.iter().filter(wanted).map(|grown| {
            let units = grown.tree.headwaters(region).into_iter();
            let found = |unit| FoundUnit {
                edition: Arc::clone(&grown.edition),
                tree: Arc::clone(&grown.tree),
                unit,
            };
            units.map(found).collect::<Vec<_>>()
        });
        let mut each: Vec<Vec<FoundUnit>> = each.filter(|found| !found.is_empty()).collect();
        if each.len() > 1 {
            let first: Vec<FoundUnit> = each.iter().map(|found| found[0].clone()).collect();
            let what = format!("unidades de «{region}» que terminan en 9");
            return Err(ambiguous(
                &what,
                &format!("/watershed/headwaters?region={region}&"),
                &first,
            ));
        }
        Ok(each.pop().unwrap_or_default())
    }

    fn nearest(&self, code: &str, unknown: Vec<UnknownUnit>) -> Problem {
        let code: String = code.chars().take(80).collect();
        let best = unknown.into_iter().max_by_key(|unknown| {
            let alike = |other: &String| other.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
            unknown.nearest.iter().map(alike).max()
        });
        let Some(unknown) = best else {
            return Kind::UnknownFeature
                .because("Ninguna edición de unidades hidrográficas tiene ese id. Quite «edition».");
        };
        let unknown = UnknownUnit { code, ..unknown };
        let candidate = |code: &String| {
            let name = self.0.iter().find_map(|grown| {
                let unit = grown.tree.find(code).ok()?;
                Some(grown.tree.facts()[unit].name.clone())
            });
            json!({ "id": code, "name": name, "href": format!("/watershed/{}", segment(code)) })
        };
        let candidates: Vec<Value> = unknown.nearest.iter().map(candidate).collect();
        Kind::UnknownFeature
            .because(unknown.sentence_es())
            .with("candidates", candidates)
            .with("sharing", unknown.sharing)
    }
}

/// Which edition is meant: `what` several of them have, and the beginning of the address that names one.
fn ambiguous(what: &str, address: &str, found: &[FoundUnit]) -> Problem {
    let candidate = |found: &FoundUnit| {
        let meta = &found.edition.meta;
        let href = format!("{address}edition={}", segment(&meta.id));
        json!({ "id": meta.id, "edition": meta.id, "name": meta.title, "href": href })
    };
    let candidates: Vec<Value> = found.iter().map(candidate).collect();
    Kind::AmbiguousFeature
        .because(format!(
            "{} ediciones tienen {what}. Elija una con «edition».",
            found.len()
        ))
        .with("candidates", candidates)
}
