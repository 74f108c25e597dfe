//! The corners of the land asked about, with coordinates that a receiver or a plan shows.

use crate::Texts;
use crate::csv_text::{CsvError, table};
use crate::number::fixed;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::ReportShapes;
use crs::{TransformError, UtmZone, lonlat_to_utm};
use geo_types::Coord;

/// A corner of the land.
#[derive(Clone, Debug, PartialEq)]
pub struct Corner {
    /// From 1 on over all rings, in the order of the geometry: `V1`, `V2`, …
    pub number: usize,
    /// From 1 on: which part of the land.
    pub part: usize,
    /// 0 for the part's outer border, from 1 on for its holes.
    pub hole: usize,
    /// Metres in the judging zone, WGS 84.
    pub easting: f64,
    /// Metres in the judging zone, WGS 84.
    pub northing: f64,
    /// Degrees WGS 84.
    pub lon: f64,
    /// Degrees WGS 84.
    pub lat: f64,
    /// Number of the next corner on the ring.
    pub next: usize,
    /// Planar metres to it in the judging zone.
    pub to_next_m: f64,
}

impl Corner {
    /// `V1`.
    pub fn name(&self) -> String {
        format!("V{}", self.number)
    }
}

/// The corners of the subject; the point that closes a ring is not repeated.
///
/// # Errors
/// When a position has no place in the judging zone.
pub fn corners(shapes: &ReportShapes) -> Result<Vec<Corner>, TransformError> {
    let mut all = Vec::new();
    for (part, polygon) in (1..).zip(&shapes.subject.0) {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for (hole, ring) in rings.enumerate() {
            let open = open_ring(&ring.0);
            add_ring(&mut all, (part, hole), open, shapes.zone)?;
        }
    }
    Ok(all)
}

/// A ring without the point that closes it.
pub(super) fn open_ring(ring: &[Coord<f64>]) -> &[Coord<f64>] {
    match ring {
        [first, .., last] if first == last => &ring[..ring.len() - 1],
        _ => ring,
    }
}

fn add_ring(
    all: &mut Vec<Corner>,
    (part, hole): (usize, usize),
    lonlat: &[Coord<f64>],
    zone: UtmZone,
) -> Result<(), TransformError> {
    let mut metres = lonlat.to_vec();
    lonlat_to_utm(&mut metres, zone)?;
    let first = all.len() + 1;
    for (place, (degrees, at)) in lonlat.iter().zip(&metres).enumerate() {
        let next = (place + 1) % metres.len();
        let (east, north) = (metres[next].x - at.x, metres[next].y - at.y);
        all.push(Corner {
            number: first + place,
            part,
            hole,
            easting: at.x,
            northing: at.y,
            lon: degrees.x,
            lat: degrees.y,
            next: first + next,
            to_next_m: (east * east + north * north).sqrt(),
        });
    }
    Ok(())
}

/// Degrees, minutes and seconds to a hundredth: `78°38'24.50" O`. `marks` are the letters for positive and negative.
fn sexagesimal(degrees: f64, marks: [char; 2]) -> String {
    let text = format!("{:.0}", (degrees.abs() * 360_000.0).round());
    let hundredths: u64 = text.parse().unwrap_or_default();
    let (whole, rest) = (hundredths / 360_000, hundredths % 360_000);
    let (minutes, seconds) = (rest / 6_000, rest % 6_000);
    let mark = if degrees < 0.0 { marks[1] } else { marks[0] };
    format!(
        "{whole}°{minutes:02}'{:02}.{:02}\" {mark}",
        seconds / 100,
        seconds % 100
    )
}

/// All corners as CSV. Easting, northing and lengths in metres to a decimetre, degrees to a ten-millionth, both WGS 84.
///
/// # Errors
/// When a row cannot be written.
pub fn corners_csv(corners: &[Corner], zone: UtmZone) -> Result<String, CsvError> {
    const COLUMNS: [&str; 12] = [
        "corner",
        "part",
        "hole",
        "utm_zone",
        "easting",
        "northing",
        "latitude",
        "longitude",
        "latitude_dms",
        "longitude_dms",
        "next",
        "to_next_m",
    ];
    let rows = corners.iter().map(|corner| {
        vec![
            corner.name(),
            corner.part.to_string(),
            corner.hole.to_string(),
            format!("{}S", zone.number()),
            format!("{:.1}", corner.easting),
            format!("{:.1}", corner.northing),
            format!("{:.7}", corner.lat),
            format!("{:.7}", corner.lon),
            sexagesimal(corner.lat, ['N', 'S']),
            sexagesimal(corner.lon, ['E', 'O']),
            format!("V{}", corner.next),
            format!("{:.1}", corner.to_next_m),
        ]
    });
    table(COLUMNS.map(ToOwned::to_owned), rows)
}

/// The annex with the corners: at most `most` rows. Where there are more, it says how many are missing and where they are.
pub fn corners_section(texts: &Texts, corners: &[Corner], zone: UtmZone, most: usize) -> Section {
    let words = texts.fill("corners-words", &[("zone", zone.number().to_string().into())]);
    let mut blocks = vec![text(words)];
    if corners.iter().any(|corner| corner.part > 1 || corner.hole > 0) {
        blocks.push(text(texts.say("corners-rings")));
    }
    if corners.len() > most {
        let values = [
            ("shown", most.to_string().into()),
            ("all", corners.len().to_string().into()),
        ];
        blocks.push(text(texts.fill("corners-more", &values)));
    }
    let shown = &corners[..most.min(corners.len())];
    blocks.push(Block::Table {
        table: Table {
            caption: Said::plain(texts.say("corners-heading")),
            columns: columns(texts),
            rows: shown.iter().map(|corner| row(texts, corner)).collect(),
            dense: true,
        },
    });
    Section {
        id: "corners".to_owned(),
        heading: Said::plain(texts.say("corners-heading")),
        annex: true,
        on_new_page: false,
        blocks,
    }
}

fn text(words: String) -> Block {
    Block::Text {
        text: Said::plain(words),
    }
}

fn columns(texts: &Texts) -> Vec<Column> {
    let column = |words: String, number: bool, weight: u8| Column {
        heading: Said::plain(words),
        number,
        weight,
        ..Column::default()
    };
    vec![
        column(texts.say("corners-name"), false, 4),
        column(texts.say("corners-east"), true, 7),
        column(texts.say("corners-north"), true, 7),
        column(texts.say("corners-lat"), false, 10),
        column(texts.say("corners-lon"), false, 10),
        column(texts.say("corners-length"), true, 9),
    ]
}

fn row(texts: &Texts, corner: &Corner) -> Row {
    let cell = |words: String| Cell {
        text: Said::plain(words),
        ..Cell::default()
    };
    let ring = [
        ("part", corner.part.to_string().into()),
        ("hole", corner.hole.to_string().into()),
    ];
    let small = match (corner.part, corner.hole) {
        (1, 0) => None,
        (_, 0) => Some(texts.fill("corners-part", &ring)),
        _ => Some(texts.fill("corners-hole", &ring)),
    };
    Row {
        cells: vec![
            Cell {
                small: small.map(Said::plain),
                head: true,
                ..cell(corner.name())
            },
            cell(fixed(corner.easting, 1)),
            cell(fixed(corner.northing, 1)),
            cell(sexagesimal(corner.lat, ['N', 'S'])),
            cell(sexagesimal(corner.lon, ['E', 'O'])),
            Cell {
                // the next line has the next corner, but where a ring closes
                small: (corner.next != corner.number + 1).then(|| Said::plain(format!("→ V{}", corner.next))),
                ..cell(fixed(corner.to_next_m, 1))
            },
        ],
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use super::sexagesimal;

    #[test]
    fn seconds_that_round_up_carry_into_minutes_and_degrees() {
        assert_eq!(sexagesimal(-78.640_138_888_9, ['E', 'O']), "78°38'24.50\" O");
        assert_eq!(sexagesimal(-6.999_999_999, ['N', 'S']), "7°00'00.00\" S");
        assert_eq!(sexagesimal(0.5, ['N', 'S']), "0°30'00.00\" N");
    }
}
