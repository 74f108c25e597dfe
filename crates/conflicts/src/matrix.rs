//! One row of a regional matrix, `tupu/matrix/1`: a subject's totals against a layer, from the same findings as its report.

use crate::{EditionOut, Fixed, Report, TotalOut};
use serde::Serialize;
use territory::LayerKind;

/// Many subjects against one layer.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// `tupu/matrix/1`.
    pub schema: &'static str,
    /// Computing rules.
    pub method: u32,
    /// Layer of the subjects.
    pub subjects: LayerKind,
    /// Layer judged against.
    pub against: LayerKind,
    /// The rulebook's id and hash.
    pub rulebook: crate::RulebookOut,
    /// For when.
    pub as_of: crate::AsOfOut,
    /// The editions that the subjects and the features judged against come from, by id.
    pub editions: Vec<EditionOut>,
    /// Whether slivers were kept.
    pub slivers_kept: bool,
    /// One row a subject, in the order of edition and source row.
    pub rows: Vec<MatrixRow>,
}

/// A subject's row.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    /// Edition of the subject.
    pub edition: String,
    /// Row of the source, 1 for the first.
    pub source_row: u64,
    /// Key.
    pub feature: String,
    /// Name.
    pub name: String,
    /// Zone in which it was judged.
    pub utm_zone: u8,
    /// Planar hectares.
    pub utm_ha: Fixed<4>,
    /// Hectares on the ellipsoid.
    pub geodesic_ha: Fixed<4>,
    /// Hectares as registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_ha: Option<Fixed<4>>,
    /// State of the layer judged against, for this subject.
    pub state: crate::LayerState,
    /// Totals by group.
    pub totals: Vec<TotalOut>,
    /// Number of roces.
    pub roces: usize,
    /// Pairs above the sliver limit, then the roces.
    pub pairs: Vec<MatrixPair>,
}

/// A pair of a row.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixPair {
    /// Key of the feature.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// Group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `firme` or `roce`.
    pub class: crate::Class,
    /// Planar hectares shared.
    pub utm_ha: Fixed<4>,
    /// Geodesic hectares shared.
    pub geodesic_ha: Fixed<4>,
    /// Planar hectares of the feature.
    pub feature_utm_ha: Fixed<4>,
    /// Mean width in metres.
    pub mean_width_m: Fixed<2>,
}

/// The row of a report against one layer. `edition` and `source_row` say where the subject comes from.
pub fn matrix_row(report: &Report, against: LayerKind, edition: &str, source_row: u64) -> MatrixRow {
    let pairs = report
        .findings
        .iter()
        .chain(&report.roces)
        .filter(|finding| finding.layer == against);
    let pairs = pairs.filter_map(|finding| {
        let overlap = finding.overlap.as_ref()?;
        Some(MatrixPair {
            feature: finding.feature.clone(),
            name: finding.name.clone(),
            group: finding.status.group.clone(),
            class: finding.class,
            utm_ha: overlap.utm_ha,
            geodesic_ha: overlap.geodesic_ha,
            feature_utm_ha: finding.feature_utm_ha?,
            mean_width_m: overlap.mean_width_m,
        })
    });
    let state = report
        .layers
        .iter()
        .find(|layer| layer.id == against)
        .map(|layer| layer.state);
    let subject = &report.subject;
    MatrixRow {
        edition: edition.to_owned(),
        source_row,
        feature: subject.id.clone().unwrap_or_default(),
        name: subject.name.clone().unwrap_or_default(),
        utm_zone: subject.area.utm_zone,
        utm_ha: subject.area.utm_ha,
        geodesic_ha: subject.area.geodesic_ha,
        declared_ha: subject.area.declared_ha,
        state: state.unwrap_or(crate::LayerState::NoData),
        totals: report
            .totals
            .iter()
            .filter(|total| total.layer == against)
            .cloned()
            .collect(),
        roces: report.roces.iter().filter(|finding| finding.layer == against).count(),
        pairs: pairs.collect(),
    }
}
