//! A strict reader of Mapbox Vector Tiles 2.1, after the specification and not after our writer: whatever the specification forbids or
//! advises against breaks the test.

use geo::Validation;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use std::collections::{BTreeMap, BTreeSet};

/// A value of a tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    Text(String),
    Double(f64),
    Unsigned(u64),
    Signed(i64),
    Truth(bool),
}

/// A feature.
#[derive(Clone, Debug)]
pub struct Read {
    pub id: u64,
    pub tags: BTreeMap<String, Tag>,
    pub geometry: Geometry<f64>,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct ReadLayer {
    pub name: String,
    pub features: Vec<Read>,
}

impl ReadLayer {
    pub fn ids(&self) -> BTreeSet<u64> {
        self.features.iter().map(|feature| feature.id).collect()
    }
}

/// The layers of a tile, none of which may reach farther than `buffer` units beyond it.
pub fn read_tile(bytes: &[u8], buffer: i64) -> Vec<ReadLayer> {
    let mut names = BTreeSet::new();
    fields(bytes)
        .into_iter()
        .map(|(field, content)| {
            assert_eq!(field, 3, "a tile holds layers only");
            let layer = read_layer(content.bytes(), buffer);
            assert!(names.insert(layer.name.clone()), "the layer {} is twice", layer.name);
            layer
        })
        .collect()
}

#[derive(Clone, Copy, Debug)]
enum Content<'a> {
    Number(u64),
    Fixed([u8; 8]),
    Bytes(&'a [u8]),
}

impl<'a> Content<'a> {
    fn bytes(self) -> &'a [u8] {
        let Self::Bytes(bytes) = self else {
            panic!("bytes expected, and not {self:?}")
        };
        bytes
    }

    fn number(self) -> u64 {
        let Self::Number(number) = self else {
            panic!("a number expected, and not {self:?}")
        };
        number
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate() {
        assert!(at < 10, "a number is longer than 64 bits");
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            *bytes = &bytes[at + 1..];
            return value;
        }
    }
    panic!("a number is cut off");
}

fn fields(mut bytes: &[u8]) -> Vec<(u64, Content<'_>)> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let head = varint(&mut bytes);
        let content = match head & 7 {
            0 => Content::Number(varint(&mut bytes)),
            1 => {
                let (fixed, rest) = bytes.split_at(8);
                bytes = rest;
                Content::Fixed(fixed.try_into().unwrap())
            }
            2 => {
                let length = usize::try_from(varint(&mut bytes)).unwrap();
                let (taken, rest) = bytes.split_at(length);
                bytes = rest;
                Content::Bytes(taken)
            }
            other => panic!("wire type {other}"),
        };
        fields.push((head >> 3, content));
    }
    fields
}

fn packed(mut bytes: &[u8]) -> Vec<u32> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        values.push(u32::try_from(varint(&mut bytes)).unwrap());
    }
    values
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn read_layer(bytes: &[u8], buffer: i64) -> ReadLayer {
    let (mut name, mut version, mut extent) = (None, None, None);
    let (mut features, mut keys, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (field, content) in fields(bytes) {
        match field {
            15 => assert!(version.replace(content.number()).is_none()),
            1 => assert!(name.replace(text(content.bytes())).is_none()),
            2 => features.push(content.bytes()),
            3 => keys.push(text(content.bytes())),
            4 => values.push(read_value(content.bytes())),
            5 => assert!(extent.replace(content.number()).is_none()),
            other => panic!("a layer has no field {other}"),
        }
    }
    assert_eq!((version, extent), (Some(2), Some(4096)));
    assert!(!features.is_empty(), "a layer should have a feature");
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "a key is twice");
    for (at, value) in values.iter().enumerate() {
        assert!(
            values.len() > 2000 || !values[..at].contains(value),
            "{value:?} is twice"
        );
    }
    let mut used = (BTreeSet::new(), BTreeSet::new());
    let features: Vec<Read> = features
        .into_iter()
        .map(|feature| read_feature(feature, &keys, &values, &mut used, buffer))
        .collect();
    assert_eq!(
        (used.0.len(), used.1.len()),
        (keys.len(), values.len()),
        "every key and value is used"
    );
    let distinct: BTreeSet<(u64, u8)> = features
        .iter()
        .map(|read| (read.id, dimension(&read.geometry)))
        .collect();
    assert_eq!(distinct.len(), features.len(), "ids are unique");
    ReadLayer {
        name: name.unwrap(),
        features,
    }
}

fn dimension(geometry: &Geometry<f64>) -> u8 {
    match geometry {
        Geometry::MultiPoint(_) => 0,
        Geometry::MultiLineString(_) => 1,
        _ => 2,
    }
}

fn read_value(bytes: &[u8]) -> Tag {
    let fields = fields(bytes);
    assert_eq!(fields.len(), 1, "a value is one of the kinds");
    match fields[0] {
        (1, content) => Tag::Text(text(content.bytes())),
        (3, Content::Fixed(bytes)) => Tag::Double(f64::from_le_bytes(bytes)),
        (5, content) => Tag::Unsigned(content.number()),
        (6, content) => Tag::Signed(unzigzag(content.number())),
        (7, content) => Tag::Truth(content.number() == 1),
        other => panic!("{other:?} is no value that we write"),
    }
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

fn read_feature(
    bytes: &[u8],
    keys: &[String],
    values: &[Tag],
    used: &mut (BTreeSet<usize>, BTreeSet<usize>),
    buffer: i64,
) -> Read {
    let (mut id, mut kind, mut tags, mut commands) = (None, None, Vec::new(), Vec::new());
    for (field, content) in fields(bytes) {
        match field {
            1 => assert!(id.replace(content.number()).is_none()),
            2 => tags = packed(content.bytes()),
            3 => assert!(kind.replace(content.number()).is_none()),
            4 => commands = packed(content.bytes()),
            other => panic!("a feature has no field {other}"),
        }
    }
    let mut told = BTreeMap::new();
    for pair in tags.chunks(2) {
        let [key, value] = [pair[0] as usize, pair[1] as usize];
        used.0.insert(key);
        used.1.insert(value);
        assert!(
            told.insert(keys[key].clone(), values[value].clone()).is_none(),
            "{} is told twice",
            keys[key]
        );
    }
    let paths = paths(&commands, buffer);
    let geometry = match kind.expect("a feature says what it is") {
        1 => points(&paths),
        2 => lines(&paths),
        3 => areas(&paths),
        other => panic!("geometry {other}"),
    };
    Read {
        id: id.expect("every feature has an id"),
        tags: told,
        geometry,
    }
}

/// A path and whether it was closed.
type Path = (Vec<[i64; 2]>, bool);

fn paths(commands: &[u32], buffer: i64) -> Vec<Path> {
    let mut paths: Vec<Path> = Vec::new();
    let mut pen = [0_i64, 0];
    let mut at = 0;
    let mut last = 0;
    while at < commands.len() {
        let (id, count) = (commands[at] & 7, commands[at] >> 3);
        at += 1;
        assert!(count > 0, "a command of nothing");
        match id {
            1 | 2 => {
                for turn in 0..count {
                    let step = [commands[at], commands[at + 1]].map(|value| unzigzag(u64::from(value)));
                    at += 2;
                    pen = [pen[0] + step[0], pen[1] + step[1]];
                    let within = pen.iter().all(|value| (-buffer..=4096 + buffer).contains(value));
                    assert!(within, "{pen:?} lies beyond the buffer of {buffer}");
                    if id == 2 {
                        assert_ne!(step, [0, 0], "a line of no length");
                        paths.last_mut().expect("a line begins somewhere").0.push(pen);
                    } else {
                        assert!(turn == 0 || last != 2, "several moves between lines");
                        paths.push((vec![pen], false));
                    }
                }
            }
            7 => {
                assert_eq!((count, last), (1, 2), "a ring is closed once, after its lines");
                paths.last_mut().unwrap().1 = true;
            }
            other => panic!("command {other}"),
        }
        last = id;
    }
    assert!(!paths.is_empty(), "a feature has a geometry");
    paths
}

fn coord(point: [i64; 2]) -> Coord<f64> {
    let [x, y] = point.map(|value| f64::from(i32::try_from(value).unwrap()));
    Coord { x, y }
}

fn points(paths: &[Path]) -> Geometry<f64> {
    assert!(paths.iter().all(|(points, closed)| points.len() == 1 && !closed));
    Geometry::MultiPoint(MultiPoint(
        paths.iter().map(|(points, _)| Point(coord(points[0]))).collect(),
    ))
}

fn lines(paths: &[Path]) -> Geometry<f64> {
    assert!(paths.iter().all(|(points, closed)| points.len() > 1 && !closed));
    let line = |(points, _): &Path| LineString(points.iter().copied().map(coord).collect());
    Geometry::MultiLineString(MultiLineString(paths.iter().map(line).collect()))
}

fn areas(paths: &[Path]) -> Geometry<f64> {
    let mut polygons: Vec<(LineString<f64>, Vec<LineString<f64>>)> = Vec::new();
    for (points, closed) in paths {
        assert!(
            *closed && points.len() > 2,
            "a ring has three corners and is closed: {points:?}"
        );
        assert_ne!(points[0], points[points.len() - 1], "the first point is not repeated");
        let next = points.iter().cycle().skip(1);
        let area: i64 = points.iter().zip(next).map(|(p, q)| p[0] * q[1] - q[0] * p[1]).sum();
        assert_ne!(area, 0, "a ring without area: {points:?}");
        let ring = LineString(points.iter().chain(&points[..1]).copied().map(coord).collect());
        if area > 0 {
            polygons.push((ring, Vec::new()));
        } else {
            polygons
                .last_mut()
                .expect("an exterior comes before its holes")
                .1
                .push(ring);
        }
    }
    let land = MultiPolygon(
        polygons
            .into_iter()
            .map(|(outer, holes)| Polygon::new(outer, holes))
            .collect(),
    );
    assert!(land.is_valid(), "{:?} in {land:?}", land.validation_errors());
    Geometry::MultiPolygon(land)
}
