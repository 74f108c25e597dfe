//! A report as a person reads it in a terminal.

use conflicts::{ChangesOut, Finding, LayerState, Report};
use std::fmt::Write as _;
use territory::LayerKind;

/// The report in lines of text.
pub fn report(report: &Report, id: &str) -> String {
    let mut text = String::new();
    let subject = &report.subject;
    let name = subject.name.as_deref().unwrap_or("la tierra consultada");
    let _ = writeln!(text, "Informe de superposición: {name}");
    let area = &subject.area;
    let declared = area
        .declared_ha
        .map(|ha| format!(" · {:.2} ha declaradas", ha.0))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "{:.2} ha planas (UTM {} sur) · {:.2} ha geodésicas{declared}",
        area.utm_ha.0, area.utm_zone, area.geodesic_ha.0
    );
    if let Some(admin) = &subject.admin {
        let place: Vec<&str> = [&admin.district, &admin.province, &admin.department]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let _ = writeln!(text, "{}", place.join(", "));
    }
    for sentence in &subject.source.evidence {
        let _ = writeln!(text, "{sentence}");
    }
    let standing = if report.standing == "complete" {
        "completo"
    } else {
        "INCOMPLETO: alguna capa no se consultó"
    };
    let _ = writeln!(text, "vigente al {} · informe {standing}\n", report.as_of.valid);
    totals(&mut text, report);
    list(&mut text, "Superposiciones", &report.findings);
    list(&mut text, "Roces (menores al límite; no suman)", &report.roces);
    if let Some(changes) = &report.changes {
        changed(&mut text, changes);
    }
    let _ = writeln!(text, "Capas");
    for layer in &report.layers {
        let state = match layer.state {
            LayerState::Consulted => "consultada",
            LayerState::Partial => "parcial",
            LayerState::NoData => "sin dato",
            LayerState::NotConsulted => "NO CONSULTADA",
        };
        let edition = layer
            .edition
            .as_ref()
            .map(|edition| format!("  {} ({})", edition.edition, edition.valid_from))
            .unwrap_or_default();
        let _ = writeln!(text, "  {state:<13} {}{edition}", layer.title);
    }
    let _ = writeln!(text, "\nLo que no se sabe");
    for limit in &report.limits {
        let _ = writeln!(text, "  - {}", limit.text);
    }
    let _ = writeln!(text, "\nReglas {} · huella del informe {id}", report.rulebook.id);
    text
}

/// What changed, and what could not be compared.
fn changed(text: &mut String, changes: &ChangesOut) {
    let (from, to) = (changes.from.valid, changes.to.valid);
    if changes.events.is_empty() {
        let _ = writeln!(text, "Cambios del {from} al {to}: ninguno en lo comparado");
    } else {
        let _ = writeln!(text, "Cambios del {from} al {to}: {}", changes.events.len());
        text.push_str(&crate::changes::listed(&changes.events, "--json los trae"));
    }
    for series in changes.compared.iter().filter(|series| !series.is_compared()) {
        let edition = series.after.as_ref().or(series.before.as_ref());
        let edition = edition.map_or("", String::as_str);
        let _ = writeln!(
            text,
            "  {} no se comparó: {edition} no tiene otra edición en esas fechas",
            series.layer
        );
    }
    text.push('\n');
}

fn totals(text: &mut String, report: &Report) {
    let shown: Vec<_> = report.totals.iter().filter(|total| total.count > 0).collect();
    if shown.is_empty() {
        let _ = writeln!(
            text,
            "Ninguna superposición por encima del límite en las capas consultadas.\n"
        );
        return;
    }
    let _ = writeln!(
        text,
        "{:<18} {:<11} {:>6} {:>14} {:>14} {:>8}",
        "Capa", "grupo", "cuenta", "unión ha", "suma ha", "%"
    );
    for total in shown {
        let _ = writeln!(
            text,
            "{:<18} {:<11} {:>6} {:>14.2} {:>14.2} {:>8.2}",
            total.layer.id(),
            total.group,
            total.count,
            total.union_ha.0,
            total.sum_ha.0,
            total.share_of_subject.0 * 100.0
        );
    }
    let _ = writeln!(
        text,
        "La unión cuenta una vez la tierra que varios derechos comparten.\n"
    );
}

/// Findings by layer, the largest first; what a screen does not hold is counted and stands in the JSON.
fn list(text: &mut String, title: &str, findings: &[Finding]) {
    const SHOWN: usize = 12;
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}: {}", findings.len());
    for of_layer in findings.chunk_by(|a, b| a.layer == b.layer) {
        // every mining right is named: they are what is asked about
        let shown = if of_layer[0].layer == LayerKind::Concessions {
            of_layer.len()
        } else {
            of_layer.len().min(SHOWN)
        };
        for finding in &of_layer[..shown] {
            line(text, finding);
        }
        if shown < of_layer.len() {
            let layer = of_layer[0].layer.id();
            let _ = writeln!(
                text,
                "  {layer:<16} … y {} más: --json y --html los traen",
                of_layer.len() - shown
            );
        }
    }
    text.push('\n');
}

fn line(text: &mut String, finding: &Finding) {
    let group = finding
        .status
        .group
        .as_deref()
        .or(finding.status.label.as_deref())
        .unwrap_or("");
    let area = finding
        .overlap
        .as_ref()
        .map_or_else(String::new, |overlap| format!("{:.2} ha", overlap.utm_ha.0));
    let since = finding
        .filed_at
        .map(|date| format!(" desde {date}"))
        .unwrap_or_default();
    let holder = finding
        .holder
        .as_deref()
        .map(|holder| format!(" · {holder}"))
        .unwrap_or_default();
    let (layer, feature, name) = (finding.layer.id(), &finding.feature, &finding.name);
    let _ = writeln!(
        text,
        "  {layer:<16} {feature:<14} {group:<11} {area:>12}  {name}{holder}{since}"
    );
}
