//! The border and the rights for a hand-held receiver (GPX 1.1).

use super::corners::{corners, open_ring};
use super::xml::{element, escaped, lines_of, points_of};
use crate::number::day_text;
use crate::{Document, Lang, Texts};
use conflicts::{Finding, Report, ReportShapes, ShapeOf};
use crs::TransformError;
use geo_types::{Coord, LineString};
use std::fmt::Write as _;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The border as tracks, its corners as waypoints (`V1`, …), findings as tracks and waypoints with letter, code and name.
///
/// Read back, by our own reader too, the file gives the subject alone: only the outer borders of the subject are closed tracks. Holes and
/// the borders of rights are drawn in open pieces, which look the same.
///
/// # Errors
/// When a corner has no place in the judging zone.
pub fn gpx(document: &Document<'_, Report>, shapes: &ReportShapes, lang: Lang) -> Result<String, TransformError> {
    let texts = Texts::of(lang);
    let mut out = HEAD.to_owned();
    let program = format!("{} {}", document.issued.program, document.issued.version);
    let _ = writeln!(
        out,
        "<gpx version=\"1.1\" creator=\"{}\" xmlns=\"http://www.topografix.com/GPX/1/1\">",
        escaped(&program)
    );
    metadata(&mut out, document, shapes, texts);
    for corner in corners(shapes)? {
        waypoint(
            &mut out,
            Coord {
                x: corner.lon,
                y: corner.lat,
            },
            &corner.name(),
        );
    }
    let report = document.content;
    let letters = crate::letters(report);
    let judged = || report.findings.iter().zip(&shapes.findings).zip(&letters);
    for ((finding, shape), letter) in judged() {
        for at in points_of(&shape.lonlat) {
            waypoint(&mut out, at, &label(texts, finding, letter.as_ref()));
        }
    }
    subject(&mut out, report, shapes, texts);
    for ((finding, shape), letter) in judged() {
        track_of(&mut out, shape, &label(texts, finding, letter.as_ref()));
    }
    out.push_str("</gpx>\n");
    Ok(out)
}

/// `A 010123409 LA ESPERANZA`.
pub(super) fn label(texts: &Texts, finding: &Finding, letter: Option<&String>) -> String {
    let (code, name) = (finding.feature.clone(), finding.name.clone());
    match letter {
        Some(letter) => texts.fill(
            "track-right",
            &[
                ("letter", letter.clone().into()),
                ("code", code.into()),
                ("name", name.into()),
            ],
        ),
        None => texts.fill("track-other", &[("code", code.into()), ("name", name.into())]),
    }
}

/// Name of the land, or what stands for it.
pub(super) fn name_of(report: &Report, texts: &Texts) -> String {
    let name = report.subject.name.clone();
    name.unwrap_or_else(|| texts.say("subject-without-name"))
}

/// Land, report and day: what a file is of. Notices stand after it.
pub(super) fn about(document: &Document<'_, Report>, texts: &Texts) -> String {
    let report = document.content;
    let values = [
        ("name", name_of(report, texts).into()),
        ("code", document.code.to_string().into()),
        ("day", day_text(texts, report.as_of.valid).into()),
    ];
    let mut said = vec![texts.fill("track-file", &values)];
    said.extend(crate::tables::notices(report, texts));
    said.push(texts.say("track-rights"));
    said.join(". ").replace(".. ", ". ")
}

fn metadata(out: &mut String, document: &Document<'_, Report>, shapes: &ReportShapes, texts: &Texts) {
    out.push_str("<metadata>\n");
    element(out, "name", &name_of(document.content, texts));
    let mut said = about(document, texts);
    if shapes.subject.0.iter().any(|polygon| !polygon.interiors().is_empty()) {
        said.push(' ');
        said.push_str(&texts.say("track-holes"));
    }
    element(out, "desc", &said);
    element(out, "time", &document.issued.at.to_string());
    out.push_str("</metadata>\n");
}

fn waypoint(out: &mut String, at: Coord<f64>, name: &str) {
    let _ = writeln!(
        out,
        "<wpt lat=\"{:.8}\" lon=\"{:.8}\"><name>{}</name></wpt>",
        at.y,
        at.x,
        escaped(name)
    );
}

fn subject(out: &mut String, report: &Report, shapes: &ReportShapes, texts: &Texts) {
    out.push_str("<trk>\n");
    let name = name_of(report, texts);
    element(out, "name", &texts.fill("track-subject", &[("name", name.into())]));
    for polygon in &shapes.subject.0 {
        segment(out, &polygon.exterior().0);
    }
    for hole in shapes.subject.0.iter().flat_map(geo_types::Polygon::interiors) {
        pieces(&hole.0).for_each(|piece| segment(out, piece));
    }
    out.push_str("</trk>\n");
}

fn track_of(out: &mut String, shape: &ShapeOf, name: &str) {
    let lines = lines_of(&shape.lonlat);
    if lines.is_empty() {
        return;
    }
    out.push_str("<trk>\n");
    element(out, "name", name);
    for LineString(line) in lines {
        pieces(line).for_each(|piece| segment(out, piece));
    }
    out.push_str("</trk>\n");
}

/// A line in pieces of at most three points, each beginning where the last one ended: none of them encloses anything.
fn pieces(line: &[Coord<f64>]) -> impl Iterator<Item = &[Coord<f64>]> {
    let edges = open_ring(line).len().max(1);
    (0..edges)
        .step_by(2)
        .map(move |from| &line[from..line.len().min(from + 3)])
        .filter(|piece| piece.len() > 1)
}

fn segment(out: &mut String, line: &[Coord<f64>]) {
    out.push_str("<trkseg>\n");
    for at in line {
        let _ = writeln!(out, "<trkpt lat=\"{:.8}\" lon=\"{:.8}\"/>", at.y, at.x);
    }
    out.push_str("</trkseg>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_every_edge_once() {
        for corners in 3..9_i32 {
            let mut ring: Vec<Coord<f64>> = (0..corners)
                .map(|i| Coord {
                    x: f64::from(i),
                    y: f64::from(i * i),
                })
                .collect();
            ring.push(ring[0]);
            let edges: Vec<_> = pieces(&ring).flat_map(|piece| piece.windows(2)).collect();
            let wanted: Vec<_> = ring.windows(2).collect();
            assert_eq!(edges, wanted, "{corners}");
            assert!(pieces(&ring).all(|piece| piece.len() <= 3));
        }
    }
}
