//! The `.shp` of a Shapefile (ESRI white paper, 1998): polygons, with every length checked against the bytes that are there.

use crate::prj;
use crate::raw::{Claim, Collector, Pair, Raw};
use crate::{At, Format, Kind, Limits, TooMuch, UploadError, nest};

const HEADER: usize = 100;
/// Rings of one shape: nesting them costs their square.
const RINGS: usize = 5_000;

/// Reads the polygons of a `.shp`, in the system of its `.prj` where there is one.
pub(crate) fn read(bytes: &[u8], prj: Option<&str>, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(Format::Shapefile, Claim::Nothing, limits);
    if let Some(text) = prj {
        let (declared, words) = prj::read(text)?;
        collector.raw.declared = declared;
        collector.raw.claim = Claim::Said(words);
    }
    if bytes.len() < HEADER {
        return Err(cut(bytes.len()));
    }
    if big(bytes, 0) != Some(9994) {
        return Err(collector.malformed(At::Byte(0), "el .shp no empieza con el número 9994"));
    }
    let mut at = HEADER;
    while at < bytes.len() {
        let (Some(_), Some(words)) = (big(bytes, at), big(bytes, at + 4)) else {
            return Err(cut(bytes.len()));
        };
        let length = usize::try_from(words).ok().and_then(|words| words.checked_mul(2));
        let Some(length) = length.filter(|length| *length >= 4) else {
            let seen = format!("un registro dice medir {words} palabras");
            return Err(collector.malformed(At::Byte(at as u64), seen));
        };
        let content = bytes
            .get(at + 8..)
            .and_then(|rest| rest.get(..length))
            .ok_or_else(|| cut(bytes.len()))?;
        record(&mut collector, content, at)?;
        at += 8 + length;
    }
    collector.finish()
}

fn record(collector: &mut Collector<'_>, content: &[u8], at: usize) -> Result<(), UploadError> {
    let feature = collector.feature()?;
    let kind = little(content, 0).unwrap_or_default();
    match kind {
        0 => collector.leave_out(Kind::Empty),
        1 | 8 | 11 | 18 | 21 | 28 => collector.leave_out(Kind::Point),
        3 | 13 | 23 => collector.leave_out(Kind::Line),
        5 | 15 | 25 => {
            let rings = rings(collector, content, at)?;
            let vertices: usize = rings.iter().map(Vec::len).sum();
            if kind != 5 {
                collector.heights(vertices);
            }
            if let Some(vertex) = rings
                .iter()
                .flatten()
                .position(|(x, y)| !x.is_finite() || !y.is_finite())
            {
                return Err(UploadError::NonFinite {
                    feature,
                    vertex: vertex + 1,
                });
            }
            if rings.is_empty() {
                collector.leave_out(Kind::Empty);
            }
            for polygon in nest::polygons(rings) {
                collector.polygon(polygon)?;
            }
        }
        31 => collector.leave_out(Kind::Other),
        other => {
            let seen = format!("el registro {feature} tiene el tipo de forma {other}, que no existe");
            return Err(collector.malformed(At::Byte(at as u64), seen));
        }
    }
    Ok(())
}

fn rings(collector: &mut Collector<'_>, content: &[u8], at: usize) -> Result<Vec<Vec<Pair>>, UploadError> {
    let count = |offset| little(content, offset).and_then(|count| usize::try_from(count).ok());
    let wrong = |collector: &Collector<'_>| {
        let seen = format!("los anillos del registro {} no caben en él", collector.current());
        collector.malformed(At::Byte(at as u64), seen)
    };
    let (Some(parts), Some(points)) = (count(36), count(40)) else {
        return Err(wrong(collector));
    };
    // both counts are below 2³¹: no overflow on 64 bits
    if content.len() < 44 + 4 * parts + 16 * points {
        return Err(wrong(collector));
    }
    if parts > RINGS {
        return Err(UploadError::too_much(TooMuch::Rings, parts, RINGS));
    }
    collector.count_vertices(points)?;
    let starts: Option<Vec<usize>> = (0..parts).map(|part| count(44 + 4 * part)).collect();
    let mut starts = starts.ok_or_else(|| wrong(collector))?;
    starts.push(points);
    if starts.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err(wrong(collector));
    }
    let origin = 44 + 4 * parts;
    let double = |offset: usize| {
        let bytes = content[offset..offset + 8].try_into().expect("eight bytes");
        f64::from_le_bytes(bytes)
    };
    let point = |index: usize| (double(origin + 16 * index), double(origin + 16 * index + 8));
    Ok(starts
        .windows(2)
        .map(|pair| (pair[0]..pair[1]).map(point).collect())
        .collect())
}

fn cut(length: usize) -> UploadError {
    UploadError::Truncated {
        format: Format::Shapefile,
        at: At::Byte(length as u64),
    }
}

fn big(bytes: &[u8], at: usize) -> Option<i32> {
    bytes
        .get(at..at + 4)
        .map(|four| i32::from_be_bytes(four.try_into().expect("four bytes")))
}

fn little(bytes: &[u8], at: usize) -> Option<i32> {
    bytes
        .get(at..at + 4)
        .map(|four| i32::from_le_bytes(four.try_into().expect("four bytes")))
}
