//! KML: polygons of placemarks; links are never followed.

use crate::raw::{Claim, Collector, Pair, Raw};
use crate::xml::{Piece, Pieces};
use crate::{At, Format, Kind, Limits, Note, TooMuch, UploadError};
use crs::written::Unread;

/// What is open while reading.
#[derive(Default)]
struct State {
    /// Folders, documents and collections.
    nested: usize,
    /// Whether the placemark gave or left out anything yet.
    filled: bool,
    polygon: Option<Open>,
    /// The text of the coordinates that are open.
    coordinates: Option<String>,
    links: usize,
}

/// A polygon that is being read.
#[derive(Default)]
struct Open {
    inner: bool,
    exterior: Option<Vec<Pair>>,
    holes: Vec<Vec<Pair>>,
    vertices: usize,
}

/// Reads the polygons of a document.
pub(crate) fn read(text: &str, format: Format, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(format, Claim::Standard, limits);
    let mut pieces = Pieces::new(text, format, limits.depth());
    let mut state = State::default();
    loop {
        match pieces.next()? {
            Piece::Open(name, _) => open(&mut state, &mut collector, &name)?,
            Piece::Close(name) => close(&mut state, &mut collector, &name, pieces.byte())?,
            Piece::Text(text) => {
                if let Some(coordinates) = &mut state.coordinates {
                    coordinates.push_str(&text);
                    // a comment may part the text: a blank keeps tuples apart
                    coordinates.push(' ');
                }
            }
            Piece::End => break,
        }
    }
    if state.links > 0 {
        collector.raw.notes.push(Note::LinksIgnored { count: state.links });
    }
    collector.finish()
}

fn open(state: &mut State, collector: &mut Collector<'_>, name: &str) -> Result<(), UploadError> {
    match name {
        "Folder" | "Document" | "MultiGeometry" => {
            state.nested += 1;
            // a document and one folder are the usual wrapping
            let limit = collector.limits.nesting + 2;
            if state.nested > limit {
                return Err(UploadError::too_much(TooMuch::Nesting, state.nested, limit));
            }
        }
        "Placemark" => {
            collector.feature()?;
            state.filled = false;
        }
        "Polygon" => {
            if collector.current() == 0 {
                collector.feature()?;
            }
            state.filled = true;
            state.polygon = Some(Open::default());
        }
        "innerBoundaryIs" | "outerBoundaryIs" => {
            if let Some(polygon) = &mut state.polygon {
                polygon.inner = name == "innerBoundaryIs";
            }
        }
        "coordinates" if state.polygon.is_some() => state.coordinates = Some(String::new()),
        "Point" | "LineString" | "LinearRing" | "Track" | "MultiTrack" | "Model" if state.polygon.is_none() => {
            state.filled = true;
            collector.leave_out(match name {
                "Point" => Kind::Point,
                "Model" => Kind::Other,
                _ => Kind::Line,
            });
        }
        "GroundOverlay" | "PhotoOverlay" | "ScreenOverlay" => collector.leave_out(Kind::Other),
        "NetworkLink" => state.links += 1,
        _ => {}
    }
    Ok(())
}

fn close(state: &mut State, collector: &mut Collector<'_>, name: &str, byte: u64) -> Result<(), UploadError> {
    match name {
        "Folder" | "Document" | "MultiGeometry" => state.nested = state.nested.saturating_sub(1),
        "Placemark" if !state.filled => collector.leave_out(Kind::Empty),
        "coordinates" => {
            if let (Some(text), Some(polygon)) = (state.coordinates.take(), &mut state.polygon) {
                let ring = tuples(collector, &text, &mut polygon.vertices, byte)?;
                if polygon.inner {
                    polygon.holes.push(ring);
                } else {
                    polygon.exterior = Some(ring);
                }
            }
        }
        "Polygon" => match state.polygon.take() {
            Some(Open {
                exterior: Some(exterior),
                holes,
                ..
            }) => {
                let mut rings = vec![exterior];
                rings.extend(holes);
                collector.polygon(rings)?;
            }
            _ => collector.leave_out(Kind::Empty),
        },
        _ => {}
    }
    Ok(())
}

/// `lon,lat,height` tuples parted by blanks; blanks after the commas are forgiven.
fn tuples(collector: &mut Collector<'_>, text: &str, vertex: &mut usize, byte: u64) -> Result<Vec<Pair>, UploadError> {
    let joined;
    let text = if text.contains(", ") || text.contains(" ,") {
        joined = join_commas(text);
        joined.as_str()
    } else {
        text
    };
    let mut ring = Vec::new();
    for tuple in text.split_whitespace() {
        *vertex += 1;
        collector.count_vertices(1)?;
        let mut numbers = tuple.split(',');
        let bad = |part: &str| UploadError::BadCoordinate {
            at: At::Byte(byte),
            text: crate::text::quoted(tuple, 40),
            reason: Unread::NotANumber {
                text: crate::text::quoted(part, 20),
            },
        };
        let mut number = || {
            let part = numbers.next().unwrap_or_default();
            part.trim().parse::<f64>().map_err(|_| bad(part))
        };
        let pair = (number()?, number()?);
        if numbers
            .next()
            .is_some_and(|height| !matches!(height.trim(), "" | "0" | "0.0"))
        {
            collector.heights(1);
        }
        if !pair.0.is_finite() || !pair.1.is_finite() {
            return Err(UploadError::NonFinite {
                feature: collector.current(),
                vertex: *vertex,
            });
        }
        ring.push(pair);
    }
    Ok(ring)
}

/// The text without blanks beside commas.
fn join_commas(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !joined.is_empty() && !joined.ends_with(',') && !word.starts_with(',') {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}
