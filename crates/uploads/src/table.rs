//! Tables: vertices in rows by their coordinate columns, or a WKT column.

use crate::plain::split_closed;
use crate::raw::{Claim, Collector, Pair, Raw};
use crate::text::{folded, quoted};
use crate::{At, Format, Kind, LeftOut, Limits, UploadError, wkt};
use crs::UtmZone;
use crs::dms;
use crs::written::{Axis, Contradiction, Declared, Order, Unit, read_declaration};
use csv::StringRecord;

/// Which columns matter.
#[derive(Debug, Default)]
struct Columns {
    wkt: Option<usize>,
    east: Option<usize>,
    north: Option<usize>,
    /// The column that tells the polygons apart.
    group: Option<usize>,
    zone: Option<usize>,
    datum: Option<usize>,
    declared: Declared,
}

/// A polygon in the making: what the group column says, and its vertices so far.
type Group = (String, Vec<Pair>);

/// A line beyond this is data, not names of columns.
const LONGEST_HEADER: usize = 8_000;

/// Whether the first line names coordinate columns.
pub(crate) fn has_header(text: &str) -> bool {
    let Some(line) = text.lines().find(|line| !line.trim().is_empty()) else {
        return false;
    };
    if line.len() > LONGEST_HEADER {
        return false;
    }
    let mut reader = reader(line, delimiter(line));
    reader.headers().is_ok_and(|header| columns(header).is_usable())
}

/// Reads a table with a header.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Raw, UploadError> {
    let mut collector = Collector::new(Format::Csv, Claim::Nothing, limits);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut reader = reader(text, delimiter(first));
    let header = reader
        .headers()
        .map_err(|_| collector.malformed(At::Line { line: 1, column: 0 }, "la cabecera"))?
        .clone();
    let columns = columns(&header);
    if !columns.is_usable() {
        let names: Vec<String> = header.iter().take(12).map(|name| quoted(name, 30)).collect();
        let seen = format!(
            "no hay columnas de coordenadas (se vio: {}); use lon y lat, este y norte, x e y, o wkt",
            names.join(", ")
        );
        return Err(collector.malformed(At::Line { line: 1, column: 0 }, seen));
    }
    collector.raw.declared = columns.declared;
    if columns.declared.datum.is_some() || columns.declared.zone.is_some() || columns.declared.crs.is_some() {
        collector.raw.claim = Claim::Said(quoted(first, 80));
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut at_group = std::collections::BTreeMap::new();
    for (row, record) in reader.records().enumerate() {
        let line = row + 2;
        let record =
            record.map_err(|_| collector.malformed(At::Line { line, column: 0 }, "una fila que no se entiende"))?;
        let line = record
            .position()
            .map_or(line, |position| usize::try_from(position.line()).unwrap_or(line));
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).map_or("", str::trim);
        if columns.wkt.is_some() {
            wkt_row(&mut collector, cell(columns.wkt), row + 1, line)?;
            continue;
        }
        let (east, north) = (cell(columns.east), cell(columns.north));
        if east.is_empty() && north.is_empty() {
            collector.raw.left_out.push(LeftOut {
                feature: row + 1,
                kind: Kind::Row,
            });
            continue;
        }
        row_declares(&mut collector, cell(columns.zone), cell(columns.datum))?;
        let key = cell(columns.group).to_owned();
        let group = *at_group.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        collector.count_vertices(1)?;
        let pair = pair(&mut collector.raw.declared, east, north, line)?;
        groups[group].1.push(pair);
    }
    take_groups(&mut collector, groups)?;
    collector.finish()
}

fn take_groups(collector: &mut Collector<'_>, groups: Vec<Group>) -> Result<(), UploadError> {
    if let [(_, vertices)] = &groups[..]
        && vertices.len() < 3
    {
        return Err(UploadError::TooFewVertices {
            vertices: vertices.len(),
        });
    }
    for (_, vertices) in groups {
        collector.feature()?;
        for ring in split_closed(vertices) {
            collector.polygon(vec![ring])?;
        }
    }
    Ok(())
}

fn wkt_row(collector: &mut Collector<'_>, cell: &str, row: usize, line: usize) -> Result<(), UploadError> {
    if cell.is_empty() {
        collector.raw.left_out.push(LeftOut {
            feature: row,
            kind: Kind::Row,
        });
        return Ok(());
    }
    collector.feature()?;
    // a byte within a cell helps nobody: the line does
    wkt::read_into(collector, cell, 0)
        .map(drop)
        .map_err(|error| match error {
            UploadError::Malformed { format, seen, .. } => UploadError::Malformed {
                format,
                at: At::Line { line, column: 0 },
                seen,
            },
            UploadError::Truncated { format, .. } => UploadError::Truncated {
                format,
                at: At::Line { line, column: 0 },
            },
            other => other,
        })
}

fn row_declares(collector: &mut Collector<'_>, zone: &str, datum: &str) -> Result<(), UploadError> {
    let mut said = Declared::default();
    let digits: String = zone.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        let known = digits.parse().ok().and_then(UtmZone::from_number);
        said.zone = Some(known.ok_or_else(|| Contradiction::Zone(quoted(zone, 20)))?);
        said.unit = Some(Unit::Metres);
    }
    if !datum.is_empty() {
        said.datum = read_declaration(datum)?.0.datum;
    }
    if !said.is_empty() {
        collector.raw.declared = collector.raw.declared.join(said)?;
        if collector.raw.claim == Claim::Nothing {
            collector.raw.claim = Claim::Said(quoted(&format!("{zone} {datum}"), 40));
        }
    }
    Ok(())
}

fn pair(declared: &mut Declared, east: &str, north: &str, line: usize) -> Result<Pair, UploadError> {
    let number = |cell: &str| match cell.parse::<f64>() {
        Ok(value) => Ok(dms::Angle {
            value,
            axis: None,
            hemisphere: None,
            sexagesimal: false,
        }),
        Err(_) => dms::parse(cell).map_err(|reason| UploadError::BadCoordinate {
            at: At::Line { line, column: 0 },
            text: quoted(cell, 40),
            reason,
        }),
    };
    let (first, second) = (number(east)?, number(north)?);
    if first.sexagesimal || second.sexagesimal {
        declared.unit.get_or_insert(Unit::Degrees);
    }
    declared.signs_settled |= first.hemisphere == Some(false) || second.hemisphere == Some(false);
    // the letters of the cells are stronger than the names of the columns
    let crossed = first.axis == Some(Axis::North) && second.axis == Some(Axis::East);
    Ok(if crossed {
        (second.value, first.value)
    } else {
        (first.value, second.value)
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The delimiter that the header uses most; a semicolon or tab wins over commas.
fn delimiter(line: &str) -> u8 {
    let count = |mark: char| line.matches(mark).count();
    let best = [';', '\t', '|', ',']
        .into_iter()
        .rev()
        .max_by_key(|&mark| count(mark))
        .filter(|&mark| count(mark) > 0);
    match best {
        Some(';') => b';',
        Some('\t') => b'\t',
        Some('|') => b'|',
        _ => b',',
    }
}

impl Columns {
    const fn is_usable(&self) -> bool {
        self.wkt.is_some() || (self.east.is_some() && self.north.is_some())
    }
}

fn columns(header: &StringRecord) -> Columns {
    let mut columns = Columns::default();
    let mut unit = None;
    for (at, name) in header.iter().enumerate() {
        let words = words(name);
        let is = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let alone = |letter: &str| {
            words == [letter]
                || (is(&[
                    "utm",
                    "coord",
                    "coords",
                    "coordenada",
                    "coordenadas",
                    "wgs84",
                    "psad56",
                    "point",
                ]) && is(&[letter]))
        };
        let said = read_declaration(name).map(|(declared, _)| declared).unwrap_or_default();
        let (place, axis_unit) = if is(&["wkt", "geom", "geometry", "geometria", "the_geom"]) {
            (&mut columns.wkt, None)
        } else if is(&["lon", "long", "longitud", "longitude", "lng"]) {
            (&mut columns.east, Some(Unit::Degrees))
        } else if is(&["lat", "latitud", "latitude"]) {
            (&mut columns.north, Some(Unit::Degrees))
        } else if is(&["este", "easting", "east"]) || alone("e") {
            (&mut columns.east, Some(Unit::Metres))
        } else if is(&["norte", "northing", "north"]) || alone("n") {
            (&mut columns.north, Some(Unit::Metres))
        } else if alone("x") || is(&["coordx", "xcoord", "coorx"]) {
            (&mut columns.east, None)
        } else if alone("y") || is(&["coordy", "ycoord", "coory"]) {
            (&mut columns.north, None)
        } else if is(&[
            "parcela",
            "poligono",
            "lote",
            "predio",
            "terreno",
            "parcel",
            "polygon",
            "parte",
            "part",
            "comunidad",
        ]) {
            (&mut columns.group, None)
        } else if is(&["zona", "huso", "zone"]) {
            (&mut columns.zone, None)
        } else if is(&["datum"]) {
            (&mut columns.datum, None)
        } else {
            continue;
        };
        if place.is_none() {
            *place = Some(at);
            unit = unit.or(axis_unit);
            columns.declared = columns.declared.join(said).unwrap_or(columns.declared);
        }
    }
    columns.declared.unit = columns.declared.unit.or(unit);
    if columns.east.is_some() {
        columns.declared.order = Some(Order::EastFirst);
    }
    if columns.wkt.is_some() {
        columns.declared = Declared::default();
    }
    columns
}

/// The words of a column name: `COORD_X (m)` → `coord`, `x`.
fn words(name: &str) -> Vec<String> {
    let folded = folded(name);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .filter(|word| !matches!(*word, "m" | "mts" | "metros" | "grados" | "dd" | "gms"))
        .map(str::to_owned)
        .collect()
}
