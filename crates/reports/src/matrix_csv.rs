//! The matrix as CSV: one row a subject, and one row a pair.

use crate::csv_text::{CsvError, cell, code, table};
use conflicts::{Fixed, LayerState, Matrix, MatrixRow, TotalOut};
use territory::LayerKind;

/// The groups of the columns: those of mining rights, or `todos` for layers without groups.
pub(crate) fn groups(matrix: &Matrix) -> &'static [&'static str] {
    match matrix.against {
        LayerKind::Concessions => &["titulado", "tramite", "extinguido", "otros"],
        _ => &["todos"],
    }
}

/// One row a subject, in the matrix's order.
///
/// | column | what |
/// |---|---|
/// | `source_row`, `edition`, `feature`, `name` | the subject: its row from 1, edition, key, name |
/// | `utm_zone`, `utm_ha`, `geodesic_ha`, `declared_ha` | the judging zone and the three areas |
/// | `state` | `consulted`, `partial`, `no-data`, `not-consulted`: the layer judged against, here |
/// | `n_G`, `sum_G`, `union_G` | of group G (`titulado tramite extinguido otros`, or `todos`): count, planar hectares, plain and of the union |
/// | `union_vigente`, `pct_vigente` | of `titulado` and `tramite` together: union, and its percentage of `utm_ha` |
/// | `roces` | overlaps below the sliver limit, in no total |
/// | `low_G`, `high_G` | the ends of the band of `union_G`, `vigente` included; empty where no positional deviation is known |
/// | `stack` | most live rights over one place; empty where nowhere two are |
///
/// A layer without data leaves its cells empty: an empty cell is no zero.
///
/// # Errors
/// When a row cannot be written.
pub fn matrix_csv(matrix: &Matrix) -> Result<String, CsvError> {
    let groups = groups(matrix);
    let live = matrix.against == LayerKind::Concessions;
    let first = [
        "source_row",
        "edition",
        "feature",
        "name",
        "utm_zone",
        "utm_ha",
        "geodesic_ha",
        "declared_ha",
        "state",
    ];
    let mut header: Vec<String> = first.map(ToOwned::to_owned).to_vec();
    for group in groups {
        header.extend(["n", "sum", "union"].map(|what| format!("{what}_{group}")));
    }
    if live {
        header.extend(["union_vigente", "pct_vigente"].map(ToOwned::to_owned));
    }
    header.push("roces".to_owned());
    for group in groups {
        header.extend(["low", "high"].map(|what| format!("{what}_{group}")));
    }
    if live {
        header.extend(["low_vigente", "high_vigente", "stack"].map(ToOwned::to_owned));
    }
    table(header, matrix.rows.iter().map(|row| subject(row, groups, live)))
}

fn subject(row: &MatrixRow, groups: &[&str], live: bool) -> Vec<String> {
    let mut cells = vec![
        row.source_row.to_string(),
        row.edition.clone(),
        row.feature.clone(),
        row.name.clone(),
        row.utm_zone.to_string(),
        row.utm_ha.to_string(),
        row.geodesic_ha.to_string(),
        cell(row.declared_ha),
        code(&row.state),
    ];
    for group in groups {
        let total = total(row, group);
        cells.push(cell(total.map(|total| total.count)));
        cells.push(cell(total.map(|total| total.sum_ha)));
        cells.push(cell(total.map(|total| total.union_ha)));
    }
    if live {
        let total = total(row, "vigente");
        cells.push(cell(total.map(|total| total.union_ha)));
        cells.push(cell(total.map(|total| Fixed::<4>(total.share_of_subject.0 * 100.0))));
    }
    cells.push(cell(roces(row)));
    let vigente: &[&str] = if live { &["vigente"] } else { &[] };
    for group in groups.iter().chain(vigente) {
        let band = total(row, group).and_then(|total| total.band90);
        cells.extend([cell(band.map(|band| band[0])), cell(band.map(|band| band[1]))]);
    }
    if live {
        cells.push(cell(row.stack.as_ref().map(|stack| stack.deepest)));
    }
    cells
}

/// The total of a group; none where the layer has no data here and nothing was found: that is no zero.
pub(crate) fn total<'a>(row: &'a MatrixRow, group: &str) -> Option<&'a TotalOut> {
    let total = row.totals.iter().find(|total| total.group == group)?;
    (total.count > 0 || !knows_nothing(row)).then_some(total)
}

/// The number of roces; none where the layer has no data here and nothing grazes.
pub(crate) fn roces(row: &MatrixRow) -> Option<usize> {
    (row.roces > 0 || !knows_nothing(row)).then_some(row.roces)
}

fn knows_nothing(row: &MatrixRow) -> bool {
    matches!(row.state, LayerState::NoData | LayerState::NotConsulted)
}

/// One row a pair: those above the sliver limit, then the roces, subject by subject.
///
/// Columns: `source_row`, `edition`, `subject`, `subject_name`, `feature`, `feature_name`, `group`, `class` (`firme`, `probable`, `dudoso`, `roce`), `utm_ha`,
/// `geodesic_ha` (shared hectares, planar and on the ellipsoid), `feature_utm_ha`, `mean_width_m`, `band_low`, `band_high` (planar
/// hectares), `filed_at`, `precedence`, `feature_edition`, `rule`, `severity`.
///
/// # Errors
/// When a row cannot be written.
pub fn matrix_pairs_csv(matrix: &Matrix) -> Result<String, CsvError> {
    let header = [
        "source_row",
        "edition",
        "subject",
        "subject_name",
        "feature",
        "feature_name",
        "group",
        "class",
        "utm_ha",
        "geodesic_ha",
        "feature_utm_ha",
        "mean_width_m",
        "band_low",
        "band_high",
        "filed_at",
        "precedence",
        "feature_edition",
        "rule",
        "severity",
    ];
    let rows = matrix.rows.iter().flat_map(|row| {
        row.pairs.iter().map(|pair| {
            vec![
                row.source_row.to_string(),
                row.edition.clone(),
                row.feature.clone(),
                row.name.clone(),
                pair.feature.clone(),
                pair.name.clone(),
                cell(pair.group.as_ref()),
                code(&pair.class),
                pair.utm_ha.to_string(),
                pair.geodesic_ha.to_string(),
                pair.feature_utm_ha.to_string(),
                pair.mean_width_m.to_string(),
                cell(pair.band90.map(|band| band[0])),
                cell(pair.band90.map(|band| band[1])),
                cell(pair.filed_at),
                pair.precedence.as_ref().map(code).unwrap_or_default(),
                pair.edition.clone(),
                pair.rule.clone(),
                code(&pair.severity),
            ]
        })
    });
    table(header.map(ToOwned::to_owned), rows)
}
