//! A small land with rights, an area, a spring, roces and layers that nobody could read, judged by the shipped rulebook.

use conflicts::{
    CheckOptions, CoverageArea, EditionAround, LayerAround, Matrix, MatrixHead, Report, ReportShapes, Rulebook,
    Subject, Surroundings, check, matrix_row,
};
use crs::UtmZone;
use geo_types::{Coord, Geometry, MultiPolygon, Point, Rect, coord};
use reports::Issued;
use std::collections::BTreeMap;
use territory::{
    AsOf, Attributes, Counts, Coverage, DeclaredHectares, EditionMeta, Feature, Land, LayerKind, Operation, Series,
    Value, Visibility, locate,
};

pub fn book() -> Rulebook {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/rules/2026-1");
    let read = |name: &str| {
        (
            name.to_owned(),
            std::fs::read_to_string(format!("{folder}/{name}")).unwrap(),
        )
    };
    let files: BTreeMap<String, String> = Rulebook::FILES.into_iter().map(read).collect();
    Rulebook::parse(&files).unwrap()
}

fn as_of() -> AsOf {
    AsOf {
        valid: "2026-06-01".parse().unwrap(),
        known: "2026-06-02T00:00:00Z".parse().unwrap(),
    }
}

pub fn issued(at: &str) -> Issued {
    Issued::now_of(at.parse().unwrap(), "tupu", "0.1.0")
}

fn rectangle(west: f64, south: f64, width: f64, height: f64) -> MultiPolygon<f64> {
    let (x, y) = (700_000.0 + west * 1000.0, 8_500_000.0 + south * 1000.0);
    let mut land = Rect::new(
        coord! {x: x, y: y},
        coord! {x: x + width * 1000.0, y: y + height * 1000.0},
    )
    .to_polygon();
    land.exterior_mut(|ring| {
        let mut coords: Vec<Coord<f64>> = ring.0.clone();
        crs::utm_to_lonlat(&mut coords, UtmZone::Z18).unwrap();
        ring.0 = coords;
    });
    MultiPolygon(vec![land])
}

fn feature(key: &str, land: MultiPolygon<f64>, fields: &[(&str, &str)]) -> Feature {
    let located = locate(&land, None).unwrap();
    Feature {
        key: key.to_owned(),
        source_row: 1,
        attributes: attributes(fields),
        source_fields: serde_json::Map::new(),
        lonlat: Geometry::MultiPolygon(land),
        land: Some(Land::new(located.land.home, located.land.shape)),
    }
}

fn attributes(fields: &[(&str, &str)]) -> Attributes {
    let mut attributes = Attributes::default();
    for (field, value) in fields {
        let value = match value.parse() {
            Ok(date) => Value::Date(date),
            Err(_) => Value::Text((*value).to_owned()),
        };
        attributes.set(field, value);
    }
    attributes
}

fn right(key: &str, name: &str, land: MultiPolygon<f64>, state: (&str, &str, &str)) -> Feature {
    let (code, label, group) = state;
    let fields = [
        ("code", key),
        ("name", name),
        ("state_code", code),
        ("state_label", label),
        ("state_group", group),
        ("holder", "Minera del Ensayo S.A.C. & Hijos"),
        ("filed_at", "2009-09-17"),
    ];
    feature(key, land, &fields)
}

fn meta(kind: LayerKind, id: &str) -> EditionMeta {
    EditionMeta {
        id: id.to_owned(),
        kind,
        series: Series {
            publisher: "INGEMMET".into(),
            territory: "Perú".into(),
        },
        title: "Catastro minero de ensayo".into(),
        source: "prueba".into(),
        licence: "datos abiertos".into(),
        visibility: Visibility::Public,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: None,
        published_at: "2026-05-01T00:00:00Z".parse().unwrap(),
        withdrawn_at: None,
        scale_denominator: Some(100_000),
        sigma_m: Some(50.0),
        coverage: Coverage::Undeclared,
        crs: "EPSG:4326".into(),
        operation: Operation {
            id: "EPSG:1208".into(),
            accuracy_m: 16.0,
        },
        counts: Counts::default(),
        extent: None,
        sha256: "0".repeat(64),
        synthetic: false,
        quality: serde_json::Value::Null,
    }
}

fn layer<'a>(
    kind: LayerKind,
    meta: &'a EditionMeta,
    coverage: CoverageArea<'a>,
    features: &'a [Feature],
) -> LayerAround<'a> {
    LayerAround {
        kind,
        editions: vec![EditionAround {
            meta,
            coverage,
            features: features.iter().collect(),
        }],
        failure: None,
    }
}

/// What differs between the samples.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Kilometres of the first right inside the land.
    pub width: f64,
    pub synthetic: bool,
    /// Whether the layer of rights could not be read.
    pub failed: bool,
    /// Whether there are rights at all.
    pub rights: bool,
}

pub const USUAL: Sample = Sample {
    width: 1.0,
    synthetic: true,
    failed: false,
    rights: true,
};

pub fn sample(of: Sample) -> Report {
    with_shapes(of).0
}

/// The report and its geometries.
pub fn with_shapes(of: Sample) -> (Report, ReportShapes) {
    let mut subject = Subject::geometry(&rectangle(0.0, 0.0, 20.0, 9.0), None).unwrap();
    subject.name = Some("Comunidad Campesina Ñahuin «El Ensayo»".to_owned());
    subject.declared = Some(DeclaredHectares(17_950.0));
    subject.evidence = vec!["el archivo declara WGS 84".to_owned()];
    let rights = if of.rights {
        vec![
            right(
                "010123409",
                "LA ESPERANZA <2009>",
                rectangle(-1.0, 0.0, 1.0 + of.width, 4.0),
                ("T", "D.M. Titulado D.L. 708", "titulado"),
            ),
            right(
                "010123509",
                "SAN ANTONIO UNO",
                rectangle(0.5, 0.0, 3.0, 4.0),
                ("T", "D.M. Titulado D.L. 708", "titulado"),
            ),
            right(
                "080004412",
                "CERRO AZUL",
                rectangle(6.0, 3.0, 2.0, 2.0),
                ("P", "D.M. en Trámite D.L. 708", "tramite"),
            ),
            right(
                "080004477",
                "QORI 3",
                rectangle(12.0, 5.0, 1.0, 1.0),
                ("X", "D.M. Extinguido", "extinguido"),
            ),
            right(
                "P0000112",
                "CANTERA RÍO",
                rectangle(15.0, 1.0, 0.4, 0.4),
                ("A", "Cantera", "otros"),
            ),
            right(
                "080004499",
                "LINDERO SUR",
                rectangle(2.0, -1.0, 1.0, 1.001),
                ("T", "D.M. Titulado D.L. 708", "titulado"),
            ),
        ]
    } else {
        Vec::new()
    };
    let areas = [feature(
        "PN01",
        rectangle(18.0, 0.0, 5.0, 9.0),
        &[("name", "Parque del Ensayo"), ("category", "Parque Nacional")],
    )];
    let mut spring = feature("M1", rectangle(0.0, 0.0, 1.0, 1.0), &[("name", "Manantial Puquio")]);
    spring.land = None;
    let mut at = vec![coord! {x: 705_000.0, y: 8_504_000.0}];
    crs::utm_to_lonlat(&mut at, UtmZone::Z18).unwrap();
    spring.lonlat = Geometry::Point(Point(at[0]));
    let springs = [spring];
    let mut of_rights = meta(LayerKind::Concessions, "concessions-2026-05-01");
    of_rights.synthetic = of.synthetic;
    let of_areas = meta(LayerKind::ProtectedAreas, "protected-areas-2026-05-01");
    let of_springs = meta(LayerKind::Springs, "springs-2026-05-01");
    let mut rights = layer(LayerKind::Concessions, &of_rights, CoverageArea::National, &rights);
    rights.failure = of.failed.then(|| "el archivo no se pudo leer".to_owned());
    let around = Surroundings {
        stop: None,
        layers: vec![
            rights,
            layer(LayerKind::ProtectedAreas, &of_areas, CoverageArea::National, &areas),
            layer(LayerKind::Springs, &of_springs, CoverageArea::Undeclared, &springs),
            LayerAround {
                kind: LayerKind::Zoning,
                editions: Vec::new(),
                failure: Some("el archivo no se pudo leer".into()),
            },
        ],
    };
    let report = check(&subject, &around, &book(), as_of(), CheckOptions::default());
    let shapes = conflicts::shapes(&subject, &around, &report, &[], true);
    (report, shapes)
}

/// Two rows: one with rights, one where the layer has no data.
pub fn matrix() -> Matrix {
    let mut without = sample(Sample { rights: false, ..USUAL });
    for layer in &mut without.layers {
        layer.state = conflicts::LayerState::NoData;
    }
    let book = book();
    let head = MatrixHead {
        subjects: LayerKind::Communities,
        against: LayerKind::Concessions,
        book: &book,
        as_of: as_of(),
        slivers_kept: false,
        editions: vec![],
    };
    let rows = (1..).zip([sample(USUAL), without]).map(|(row, report)| {
        let row = matrix_row(&report, LayerKind::Concessions, ("communities-1", row), None);
        report.for_matrix(row, LayerKind::Concessions)
    });
    conflicts::matrix(&head, rows.collect())
}
