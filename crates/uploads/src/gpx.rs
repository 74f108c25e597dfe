//! GPX: a track or route that comes back to its start is a border; numbered waypoints are its corners.

use crate::raw::{Claim, Collector, Pair, Raw};
use crate::xml::{Piece, Pieces};
use crate::{Format, Kind, Limits, Note, UploadError};
use crs::disguise::kilometres;
use geo_types::coord;

/// Metres between the ends of a walk round a field: the error of a hand-held receiver, twice.
const CLOSING_GAP_M: f64 = 30.0;
/// The ends are also near beside the length of the walk.
const CLOSING_SHARE: f64 = 0.05;

struct Waypoint {
    at: Pair,
    name: String,
}

/// Reads the tracks, routes and waypoints of a document.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(Format::Gpx, Claim::Standard, limits);
    let mut pieces = Pieces::new(text, Format::Gpx, limits.depth());
    let mut line: Vec<Pair> = Vec::new();
    let mut waypoints: Vec<Waypoint> = Vec::new();
    let (mut in_waypoint, mut in_name) = (false, false);
    loop {
        match pieces.next()? {
            Piece::Open(name, attributes) => match name.as_str() {
                "trkpt" | "rtept" => line.push(position(&mut collector, &attributes, &pieces, line.len() + 1)?),
                "wpt" => {
                    let at = position(&mut collector, &attributes, &pieces, waypoints.len() + 1)?;
                    waypoints.push(Waypoint {
                        at,
                        name: String::new(),
                    });
                    in_waypoint = true;
                }
                "trkseg" | "rte" => line.clear(),
                "name" => in_name = in_waypoint,
                _ => {}
            },
            Piece::Close(name) => match name.as_str() {
                "trkseg" | "rte" => walk(&mut collector, std::mem::take(&mut line))?,
                "wpt" => in_waypoint = false,
                "name" => in_name = false,
                _ => {}
            },
            Piece::Text(text) => {
                if let (true, Some(last)) = (in_name, waypoints.last_mut()) {
                    last.name.push_str(text.trim());
                }
            }
            Piece::End => break,
        }
    }
    corners(&mut collector, &waypoints)?;
    collector.finish()
}

fn position(
    collector: &mut Collector<'_>,
    attributes: &[(String, String)],
    pieces: &Pieces<'_>,
    vertex: usize,
) -> Result<Pair, UploadError> {
    collector.count_vertices(1)?;
    let number = |name: &str| {
        let text = attributes
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim());
        text.parse::<f64>().map_err(|_| {
            let seen = format!("«{name}» de un punto es «{}»", crate::text::quoted(text, 20));
            collector.malformed(crate::At::Byte(pieces.byte()), seen)
        })
    };
    let pair = (number("lon")?, number("lat")?);
    if !pair.0.is_finite() || !pair.1.is_finite() {
        return Err(UploadError::NonFinite {
            feature: collector.current() + 1,
            vertex,
        });
    }
    Ok(pair)
}

/// A track segment or route: land where it comes back to its start.
fn walk(collector: &mut Collector<'_>, line: Vec<Pair>) -> Result<(), UploadError> {
    let feature = collector.feature()?;
    if line.is_empty() {
        collector.leave_out(Kind::Empty);
        return Ok(());
    }
    let metres = |a: Pair, b: Pair| 1000.0 * kilometres(coord! { x: a.0, y: a.1 }, coord! { x: b.0, y: b.1 });
    let gap_m = metres(line[0], line[line.len() - 1]);
    let length: f64 = line.windows(2).map(|step| metres(step[0], step[1])).sum();
    if line.len() < 4 || gap_m > CLOSING_GAP_M || gap_m > CLOSING_SHARE * length {
        collector.leave_out(Kind::Line);
        return Ok(());
    }
    collector.raw.notes.push(Note::TrackClosed { feature, gap_m });
    collector.polygon(vec![line])
}

/// Waypoints that are numbered 1, 2, 3… (or V1, V2…) in the order of the file are the corners of a field.
fn corners(collector: &mut Collector<'_>, waypoints: &[Waypoint]) -> Result<(), UploadError> {
    if waypoints.is_empty() {
        return Ok(());
    }
    let numbers: Vec<Option<u32>> = waypoints.iter().map(|waypoint| number_of(&waypoint.name)).collect();
    let in_order = numbers
        .windows(2)
        .all(|pair| matches!(pair, [Some(a), Some(b)] if a.checked_add(1) == Some(*b)));
    let alone = collector.raw.polygons.is_empty();
    if alone && waypoints.len() >= 3 && in_order && numbers[0].is_some_and(|first| first <= 1) {
        collector.feature()?;
        collector.raw.notes.push(Note::PointsJoined { count: waypoints.len() });
        return collector.polygon(vec![waypoints.iter().map(|waypoint| waypoint.at).collect()]);
    }
    for _ in waypoints {
        collector.feature()?;
        collector.leave_out(Kind::Point);
    }
    Ok(())
}

/// The number that a name ends in, when letters at most go before it.
fn number_of(name: &str) -> Option<u32> {
    let letters = name.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let plain = letters
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_' | '.'));
    plain.then(|| name.trim()[letters.len()..].parse().ok()).flatten()
}
