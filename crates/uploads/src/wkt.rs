//! Well-known text, with or without `SRID=…;`.

use crate::raw::{Claim, Collector, Pair, Raw};
use crate::{At, Format, Kind, Limits, TooMuch, UploadError};
use crs::Crs;
use crs::written::Declared;

/// Whether a text begins as well-known text does.
pub(crate) fn looks_like(text: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(40)
        .collect::<String>()
        .to_ascii_uppercase();
    let head = head
        .split_once(';')
        .filter(|(srid, _)| srid.starts_with("SRID="))
        .map_or(head.as_str(), |(_, tail)| tail);
    let word = head
        .trim_start()
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let rest = head.trim_start()[word.len()..].trim_start();
    is_type(word) && (rest.is_empty() || rest.starts_with(['(', 'Z', 'M', 'E']))
}

fn is_type(word: &str) -> bool {
    matches!(
        word,
        "POLYGON" | "MULTIPOLYGON" | "GEOMETRYCOLLECTION" | "POINT" | "MULTIPOINT" | "LINESTRING" | "MULTILINESTRING"
    )
}

/// Reads one or several geometries, one after the other.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(Format::Wkt, Claim::Nothing, limits);
    let mut rest = text.trim();
    while !rest.is_empty() {
        collector.feature()?;
        let used = read_into(&mut collector, rest, text.len() - rest.len())?;
        rest = rest[used..].trim_start_matches(|c: char| c.is_whitespace() || c == ';');
    }
    collector.finish()
}

/// Reads one geometry of the current feature from the front of a text that begins at a byte; says how long it was.
pub(crate) fn read_into(collector: &mut Collector<'_>, text: &str, start: usize) -> Result<usize, UploadError> {
    let mut cursor = Cursor { text, at: 0, start };
    if cursor.word_ahead().eq_ignore_ascii_case("SRID") {
        let (head, _) = text.split_once(';').ok_or_else(|| cursor.wrong(collector))?;
        let code = head.split_once('=').map_or("", |(_, code)| code).trim();
        let crs = Crs::parse(code)?;
        collector.raw.declared = collector.raw.declared.join(Declared::of(crs))?;
        collector.raw.claim = Claim::Said(crs.to_string());
        cursor.at = head.len() + 1;
    }
    geometry(collector, &mut cursor, 0)?;
    Ok(cursor.at)
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// Byte of the whole document where `text` begins.
    start: usize,
}

impl<'t> Cursor<'t> {
    fn skip_blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn word_ahead(&mut self) -> &'t str {
        self.skip_blank();
        let rest = &self.text[self.at..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())]
    }

    fn take_word(&mut self) -> String {
        let word = self.word_ahead();
        self.at += word.len();
        word.to_ascii_uppercase()
    }

    fn take(&mut self, c: char) -> bool {
        self.skip_blank();
        let found = self.text[self.at..].starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn expect(&mut self, collector: &Collector<'_>, c: char) -> Result<(), UploadError> {
        if self.take(c) {
            Ok(())
        } else {
            Err(self.wrong(collector))
        }
    }

    fn wrong(&self, collector: &Collector<'_>) -> UploadError {
        let at = At::Byte((self.start + self.at) as u64);
        let rest = self.text[self.at..].trim_start();
        if rest.is_empty() {
            return UploadError::Truncated {
                format: collector.raw.format,
                at,
            };
        }
        collector.malformed(at, format!("no se entiende «{}»", crate::text::quoted(rest, 24)))
    }

    /// The numbers of one position.
    fn position(&mut self, collector: &mut Collector<'_>, vertex: usize) -> Result<Pair, UploadError> {
        let mut numbers = [0.0; 4];
        let mut count = 0;
        loop {
            self.skip_blank();
            let rest = &self.text[self.at..];
            let length = rest
                .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | '('))
                .unwrap_or(rest.len());
            if length == 0 {
                break;
            }
            let number = rest[..length].parse::<f64>().map_err(|_| self.wrong(collector))?;
            if count == 4 {
                return Err(self.wrong(collector));
            }
            numbers[count] = number;
            count += 1;
            self.at += length;
        }
        if count < 2 {
            return Err(self.wrong(collector));
        }
        if !numbers[0].is_finite() || !numbers[1].is_finite() {
            return Err(UploadError::NonFinite {
                feature: collector.current(),
                vertex,
            });
        }
        if count > 2 {
            collector.heights(1);
        }
        Ok((numbers[0], numbers[1]))
    }
}

fn geometry(collector: &mut Collector<'_>, cursor: &mut Cursor<'_>, depth: usize) -> Result<(), UploadError> {
    if depth > collector.limits.nesting {
        return Err(UploadError::too_much(TooMuch::Nesting, depth, collector.limits.nesting));
    }
    cursor.skip_blank();
    let start = cursor.at;
    let mut kind = cursor.take_word();
    for suffix in ["ZM", "Z", "M"] {
        if kind.len() > 7 && kind.ends_with(suffix) && is_type(&kind[..kind.len() - suffix.len()]) {
            kind.truncate(kind.len() - suffix.len());
        }
    }
    if !is_type(&kind) {
        cursor.at = start;
        return Err(cursor.wrong(collector));
    }
    if matches!(cursor.word_ahead().to_ascii_uppercase().as_str(), "Z" | "M" | "ZM") {
        cursor.take_word();
    }
    if cursor.word_ahead().eq_ignore_ascii_case("EMPTY") {
        cursor.take_word();
        collector.leave_out(Kind::Empty);
        return Ok(());
    }
    match kind.as_str() {
        "POLYGON" => polygon(collector, cursor),
        "MULTIPOLYGON" => list(collector, cursor, polygon),
        "GEOMETRYCOLLECTION" => list(collector, cursor, |collector, cursor| {
            geometry(collector, cursor, depth + 1)
        }),
        other => {
            skip_parentheses(collector, cursor)?;
            collector.leave_out(if other.ends_with("POINT") {
                Kind::Point
            } else {
                Kind::Line
            });
            Ok(())
        }
    }
}

/// `( item, item, … )`
fn list(
    collector: &mut Collector<'_>,
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Collector<'_>, &mut Cursor<'_>) -> Result<(), UploadError>,
) -> Result<(), UploadError> {
    cursor.expect(collector, '(')?;
    loop {
        item(collector, cursor)?;
        if !cursor.take(',') {
            return cursor.expect(collector, ')');
        }
    }
}

fn polygon(collector: &mut Collector<'_>, cursor: &mut Cursor<'_>) -> Result<(), UploadError> {
    let mut rings: Vec<Vec<Pair>> = Vec::new();
    let mut vertex = 0;
    list(collector, cursor, |collector, cursor| {
        let mut ring = Vec::new();
        list(collector, cursor, |collector, cursor| {
            vertex += 1;
            collector.count_vertices(1)?;
            ring.push(cursor.position(collector, vertex)?);
            Ok(())
        })?;
        rings.push(std::mem::take(&mut ring));
        Ok(())
    })?;
    collector.polygon(rings)
}

fn skip_parentheses(collector: &Collector<'_>, cursor: &mut Cursor<'_>) -> Result<(), UploadError> {
    cursor.expect(collector, '(')?;
    let mut depth = 1;
    while depth > 0 {
        let rest = &cursor.text[cursor.at..];
        let Some(found) = rest.find(['(', ')']) else {
            cursor.at = cursor.text.len();
            return Err(cursor.wrong(collector));
        };
        depth = if rest[found..].starts_with('(') {
            depth + 1
        } else {
            depth - 1
        };
        cursor.at += found + 1;
    }
    Ok(())
}
