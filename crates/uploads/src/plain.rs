//! Coordinates as people type them: one pair on a line, or pairs parted by semicolons; headings may declare the system.

use crate::raw::{Claim, Collector, Pair, Raw};
use crate::text::{folded, quoted};
use crate::{At, Format, Limits, UploadError};
use crs::written::{Declared, Order, Unread, Written, read_declaration, read_pair};

/// Reads the vertices of one or several polygons; a blank line or a heading parts them.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(Format::Coordinates, Claim::Nothing, limits);
    let mut blocks: Vec<Vec<Pair>> = vec![Vec::new()];
    let mut header = None;
    for (number, line) in text.lines().enumerate() {
        let heading =
            two_numbers(line).is_none() && (!line.contains(|c: char| c.is_ascii_digit()) || declares_only(line));
        if heading {
            blocks.push(Vec::new());
            header = Header::of(line).or(header);
            let said = read_heading(line)?;
            declare(&mut collector, said, line)?;
            continue;
        }
        let by_header = || header.as_ref().and_then(|header| header.pair(line));
        let written = pairs_of(line)
            .or_else(|reason| by_header().ok_or(reason))
            .map_err(|reason| match reason {
                Unread::Declaration(contradiction) => UploadError::Contradiction(contradiction),
                reason => UploadError::BadCoordinate {
                    at: At::Line {
                        line: number + 1,
                        column: 0,
                    },
                    text: quoted(line, 60),
                    reason,
                },
            })?;
        collector.count_vertices(written.pairs.len())?;
        collector.heights(written.heights);
        for pair in written.pairs {
            declare(&mut collector, pair.declared, line)?;
            blocks.last_mut().expect("there is always a block").push(pair.pair);
        }
    }
    blocks.retain(|block| !block.is_empty());
    let vertices: usize = blocks.iter().map(Vec::len).sum();
    if vertices < 3 {
        return Err(UploadError::TooFewVertices { vertices });
    }
    if blocks.iter().any(|block| block.len() < 3) {
        blocks = vec![blocks.concat()];
    }
    for block in blocks {
        collector.feature()?;
        for ring in split_closed(block) {
            collector.polygon(vec![ring])?;
        }
    }
    collector.finish()
}

const EAST: &[&str] = &["este", "easting", "x", "longitud", "lon", "long", "e"];
const NORTH: &[&str] = &["norte", "northing", "y", "latitud", "lat", "n"];

/// The rings of a list in which a ring ends where its first vertex comes again; the whole list when the rest is no ring.
pub(crate) fn split_closed(vertices: Vec<Pair>) -> Vec<Vec<Pair>> {
    let mut rings: Vec<Vec<Pair>> = vec![Vec::new()];
    for &vertex in &vertices {
        let ring = rings.last_mut().expect("there is always a ring");
        ring.push(vertex);
        if ring.len() > 3 && ring[0] == vertex {
            rings.push(Vec::new());
        }
    }
    if rings.last().is_some_and(Vec::is_empty) {
        rings.pop();
    }
    if rings.iter().all(|ring| ring.len() >= 3) && rings.len() > 1 {
        rings
    } else {
        vec![vertices]
    }
}

fn declare(collector: &mut Collector<'_>, said: Declared, line: &str) -> Result<(), UploadError> {
    if said.is_empty() {
        return Ok(());
    }
    collector.raw.declared = collector.raw.declared.join(said)?;
    let names_system = said.crs.is_some() || said.zone.is_some() || said.datum.is_some();
    if names_system && collector.raw.claim == Claim::Nothing {
        collector.raw.claim = Claim::Said(quoted(line, 60));
    }
    Ok(())
}

fn declares_only(line: &str) -> bool {
    read_declaration(line).is_ok_and(|(said, rest)| !said.is_empty() && !rest.contains(|c: char| c.is_ascii_digit()))
}

/// What a heading says: `UTM 17S WGS84`, `Este Norte`, `Latitud, Longitud`.
fn read_heading(line: &str) -> Result<Declared, UploadError> {
    let (mut said, _) = read_declaration(line)?;
    let folded = folded(line);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let place = |known: &[&str]| words.iter().position(|word| known.contains(word));
    let (east, north) = (place(EAST), place(NORTH));
    if let (Some(east), Some(north)) = (east, north) {
        said.order = Some(if east < north {
            Order::EastFirst
        } else {
            Order::NorthFirst
        });
    }
    Ok(said)
}

/// Where east and north stand among the words of a heading: a table whose columns are parted by blanks.
struct Header {
    columns: usize,
    east: usize,
    north: usize,
}

impl Header {
    fn of(line: &str) -> Option<Self> {
        let words: Vec<String> = line.split_whitespace().map(folded).collect();
        let place = |known: &[&str]| {
            words
                .iter()
                .position(|word| known.contains(&word.trim_matches(['(', ')', ':'])))
        };
        let (east, north) = (place(EAST)?, place(NORTH)?);
        Some(Self {
            columns: words.len(),
            east,
            north,
        })
    }

    /// The pair of a row that has as many columns; the order of the heading is kept.
    fn pair(&self, line: &str) -> Option<Line> {
        let cells: Vec<&str> = line.split_whitespace().collect();
        if cells.len() != self.columns {
            return None;
        }
        let (first, second) = (self.east.min(self.north), self.east.max(self.north));
        let pair = read_pair(&format!("{}; {}", cells[first], cells[second])).ok()?;
        Some(Line {
            pairs: vec![pair],
            heights: 0,
        })
    }
}

struct Line {
    pairs: Vec<Written>,
    heights: usize,
}

/// The pairs of a line, by the first way of reading it that holds.
fn pairs_of(line: &str) -> Result<Line, Unread> {
    let plainly = match read_one(line) {
        Ok(pair) => {
            return Ok(Line {
                pairs: vec![pair],
                heights: 0,
            });
        }
        Err(contradiction @ Unread::Declaration(_)) => return Err(contradiction),
        Err(reason) => reason,
    };
    let several = by_semicolons(line).or_else(|| tuples(line));
    let one = || {
        let rest = without_label(line);
        let labelled = rest.and_then(|rest| read_pair(rest).ok()).map(|pair| (pair, 0));
        let high = || with_height(rest.unwrap_or(line)).or_else(|| with_height(line));
        labelled.or_else(high).map(|(pair, heights)| Line {
            pairs: vec![pair],
            heights,
        })
    };
    several.or_else(one).ok_or(plainly)
}

fn read_one(text: &str) -> Result<Written, Unread> {
    two_numbers(text).map_or_else(|| read_pair(text), Ok)
}

/// Two numbers as programs write them, which are most: no need to look closer. NaN and infinity pass, to be refused by vertex.
fn two_numbers(text: &str) -> Option<Written> {
    let mut numbers = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|part| !part.is_empty());
    let pair = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then(|| Written {
        pair,
        declared: Declared::default(),
    })
}

/// `-78.5 -7.1; -78.4 -7.1; …`
fn by_semicolons(line: &str) -> Option<Line> {
    let pieces: Vec<&str> = line
        .split(';')
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let pairs: Option<Vec<Written>> = pieces.iter().map(|piece| read_one(piece).ok()).collect();
    pairs
        .filter(|pairs| pairs.len() > 1)
        .map(|pairs| Line { pairs, heights: 0 })
}

/// `-78.5,-7.1,3400 -78.4,-7.1,3400 …`, as KML writes them.
fn tuples(line: &str) -> Option<Line> {
    let mut heights = 0;
    let pairs: Option<Vec<Written>> = line
        .split_whitespace()
        .map(|tuple| {
            let numbers: Option<Vec<f64>> = tuple.split(',').map(|part| part.parse().ok()).collect();
            match numbers?[..] {
                [x, y] => Some((x, y)),
                [x, y, _] => {
                    heights += 1;
                    Some((x, y))
                }
                _ => None,
            }
        })
        .map(|pair| {
            pair.map(|pair| Written {
                pair,
                declared: Declared::default(),
            })
        })
        .collect();
    pairs
        .filter(|pairs| pairs.len() > 1)
        .map(|pairs| Line { pairs, heights })
}

/// The line without `V1`, `P-01`, `3)`, `12` or `A` in front.
fn without_label(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | ')'))?;
    let (label, rest) = line.split_at(end);
    let letters = label
        .trim_end_matches(['.', '°', 'º'])
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = label.len() - letters.len();
    let name = letters
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '_' | '.'))
        && letters.chars().count() <= 8;
    let signed = letters.starts_with('-');
    let letter = digits == 0 && letters.chars().count() == 1;
    (name && !signed && (letter || (1..=5).contains(&digits)))
        .then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | ')' | '.')))
}

/// Three plain numbers: the third is a height.
fn with_height(text: &str) -> Option<(Written, usize)> {
    let parts: Vec<&str> = if text.contains(';') {
        text.split(';').map(str::trim).collect()
    } else {
        text.split(|c: char| c.is_whitespace() || c == ',')
            .filter(|part| !part.is_empty())
            .collect()
    };
    let [x, y, z] = parts[..] else { return None };
    let number = |part: &str| part.replace(',', ".").parse::<f64>().ok();
    number(z)?;
    let pair = (number(x)?, number(y)?);
    Some((
        Written {
            pair,
            declared: Declared::default(),
        },
        1,
    ))
}
