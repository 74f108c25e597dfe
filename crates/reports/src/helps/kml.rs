//! The border and the rights for a globe or a telephone's map (KML 2.2).

use super::gpx::{about, label, name_of};
use super::xml::{element, escaped, lines_of, points_of};
use crate::{Document, Lang, Texts};
use conflicts::{Finding, Report, ReportShapes, ShapeOf};
use geo_types::{Coord, LineString, Polygon};
use std::fmt::Write as _;

/// Styles: id and colour as KML writes it (alpha, blue, green, red). The colours of states are those of GEOCATMIN.
const STYLES: [(&str, &str, u8); 6] = [
    ("tierra", "ff0054d2", 4),
    ("titulado", "ffb0561c", 3),
    ("tramite", "ff347a1e", 3),
    ("extinguido", "ff241f1b", 2),
    ("otros", "ff1f5180", 2),
    ("otra-capa", "ff7a6a00", 2),
];

/// The subject as land and the findings as lines and points, with letter, code, name, state and hectares.
///
/// Findings are drawn as lines so that the file, read back, gives the subject alone.
pub fn kml(document: &Document<'_, Report>, shapes: &ReportShapes, lang: Lang) -> String {
    let texts = Texts::of(lang);
    let report = document.content;
    let mut out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n"
            .to_owned();
    element(&mut out, "name", &name_of(report, texts));
    element(&mut out, "description", &about(document, texts));
    for (id, colour, width) in STYLES {
        let _ = writeln!(
            out,
            "<Style id=\"{id}\"><LineStyle><color>{colour}</color><width>{width}</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle></Style>"
        );
    }
    out.push_str("<Placemark>\n");
    element(&mut out, "name", &name_of(report, texts));
    element(&mut out, "description", &about(document, texts));
    out.push_str("<styleUrl>#tierra</styleUrl>\n<MultiGeometry>\n");
    shapes.subject.0.iter().for_each(|polygon| land(&mut out, polygon));
    out.push_str("</MultiGeometry>\n</Placemark>\n<Folder>\n");
    element(&mut out, "name", &texts.say("folder-rights"));
    let letters = crate::letters(report);
    for ((finding, shape), letter) in report.findings.iter().zip(&shapes.findings).zip(&letters) {
        placemark(&mut out, texts, (finding, shape), letter.as_ref());
    }
    out.push_str("</Folder>\n</Document>\n</kml>\n");
    out
}

fn land(out: &mut String, polygon: &Polygon<f64>) {
    out.push_str("<Polygon><outerBoundaryIs><LinearRing>");
    coordinates(out, &polygon.exterior().0);
    out.push_str("</LinearRing></outerBoundaryIs>");
    for hole in polygon.interiors() {
        out.push_str("<innerBoundaryIs><LinearRing>");
        coordinates(out, &hole.0);
        out.push_str("</LinearRing></innerBoundaryIs>");
    }
    out.push_str("</Polygon>\n");
}

fn placemark(out: &mut String, texts: &Texts, (finding, shape): (&Finding, &ShapeOf), letter: Option<&String>) {
    out.push_str("<Placemark>\n");
    element(out, "name", &label(texts, finding, letter));
    element(out, "description", &description(texts, finding));
    let group = finding.status.group.as_deref();
    let known = STYLES.iter().find(|(id, ..)| Some(*id) == group);
    let style = known.map_or("otra-capa", |(id, ..)| id);
    let _ = writeln!(out, "<styleUrl>#{}</styleUrl>\n<MultiGeometry>", escaped(style));
    for LineString(line) in lines_of(&shape.lonlat) {
        out.push_str("<LineString>");
        coordinates(out, line);
        out.push_str("</LineString>\n");
    }
    for at in points_of(&shape.lonlat) {
        out.push_str("<Point>");
        coordinates(out, &[at]);
        out.push_str("</Point>\n");
    }
    out.push_str("</MultiGeometry>\n</Placemark>\n");
}

fn description(texts: &Texts, finding: &Finding) -> String {
    let group = finding.status.group.as_deref();
    let state = group.map_or_else(|| texts.say("not-stated"), |group| texts.say(&format!("group-{group}")));
    let layer = texts.say(&format!("layer-{}", finding.layer));
    let mut values = vec![("layer", layer.into()), ("state", state.into())];
    match &finding.overlap {
        Some(overlap) => {
            values.push(("ha", overlap.utm_ha.to_string().into()));
            texts.fill("track-overlap", &values)
        }
        None => texts.fill("track-no-overlap", &values),
    }
}

fn coordinates(out: &mut String, line: &[Coord<f64>]) {
    out.push_str("<coordinates>");
    for (place, at) in line.iter().enumerate() {
        let blank = if place > 0 { " " } else { "" };
        let _ = write!(out, "{blank}{:.8},{:.8}", at.x, at.y);
    }
    out.push_str("</coordinates>");
}
