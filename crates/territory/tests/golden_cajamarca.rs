//! Overlaps and unions of Cajamarca's rights and communities (2009) against GEOS, in UTM 17S as the golden tables are.
#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that is skipped says so, and one that cannot be set up fails"
)]

use crs::UtmZone;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use std::collections::HashMap;
use std::path::PathBuf;
use territory::{Land, Shape, locate, overlap, union_within};

fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the shared data lie is the tester's to say"
    )]
    let folder =
        std::env::var("TUPU_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let data = PathBuf::from(folder).join("data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        data.display()
    );
    eprintln!("SKIPPED: no shared data at {}", data.display());
    None
}

fn rings(value: &serde_json::Value) -> Polygon<f64> {
    let line = |ring: &serde_json::Value| {
        let coord = |c: &serde_json::Value| Coord {
            x: c[0].as_f64().unwrap(),
            y: c[1].as_f64().unwrap(),
        };
        LineString(ring.as_array().unwrap().iter().map(coord).collect())
    };
    let mut lines = value.as_array().unwrap().iter().map(line);
    Polygon::new(lines.next().unwrap(), lines.collect())
}

fn layer(path: PathBuf) -> Vec<(serde_json::Value, Land)> {
    let text = std::fs::read_to_string(path).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = document["features"].as_array().unwrap();
    let land = |feature: &serde_json::Value| {
        let parts = feature["geometry"]["coordinates"]
            .as_array()
            .unwrap()
            .iter()
            .map(rings)
            .collect();
        locate(&MultiPolygon(parts), Some(UtmZone::Z17)).unwrap().land
    };
    features
        .iter()
        .map(|feature| (feature["properties"].clone(), land(feature)))
        .collect()
}

fn table(path: PathBuf) -> Vec<HashMap<String, String>> {
    csv::Reader::from_path(path)
        .unwrap()
        .into_deserialize()
        .map(Result::unwrap)
        .collect()
}

/// 0.01 ha or a ten-thousandth of the value: what the golden tables ask.
fn near(found: f64, expected: &str) -> bool {
    let expected: f64 = expected.parse().unwrap();
    (found - expected).abs() <= 0.01_f64.max(expected.abs() * 1e-4)
}

fn group(state: &str) -> &'static str {
    match state {
        s if s.contains("Titulad") => "titulado",
        s if s.contains("ámite") => "tramite",
        s if s.contains("Exting") => "extinguido",
        _ => "otros",
    }
}

#[test]
fn every_pair_and_every_union_equals_geos() {
    let Some(data) = shared() else { return };
    let communities = layer(data.join("real/communities/cajamarca_comunidades_campesinas.geojson"));
    let rights = layer(data.join("real/mining/cajamarca_catastro_minero_2009.geojson"));
    let pairs = table(data.join("golden/cajamarca_concession_x_comunidad.csv"));
    let golden: HashMap<(usize, &str), &HashMap<String, String>> = pairs
        .iter()
        .map(|row| ((row["area_row"].parse().unwrap(), row["CODIGOU"].as_str()), row))
        .collect();
    let summary = table(data.join("golden/cajamarca_comunidad_summary.csv"));
    let mut found = 0;
    for (row, (_, land)) in communities.iter().enumerate() {
        let expected = &summary[row];
        assert!(
            near(land.shape.square_metres() / 1e4, &expected["area_ha"]),
            "area of {}",
            expected["name"]
        );
        let met: Vec<_> = rights
            .iter()
            .map(|(fields, right)| (fields, right, overlap(&land.shape, &right.shape)))
            .filter(|m| m.2.touches)
            .collect();
        for (fields, right, shared) in &met {
            let code = fields["CODIGOU"].as_str().unwrap();
            let Some(pair) = golden.get(&(row, code)) else {
                panic!(
                    "{} × {code}: {} ha, not in the golden table",
                    expected["name"], shared.area.0
                )
            };
            assert!(
                near(shared.area.0, &pair["overlap_ha"]),
                "{} × {code}: {} against {}",
                expected["name"],
                shared.area.0,
                pair["overlap_ha"]
            );
            assert!(
                near(right.shape.square_metres() / 1e4, &pair["conc_ha"]),
                "area of {code}"
            );
            let built = territory::intersection(&land.shape, &right.shape);
            assert!(
                (built.square_metres() / 1e4 - shared.area.0).abs() < 1e-3,
                "{code}: the general overlay differs"
            );
            found += 1;
        }
        for wanted in ["titulado", "tramite", "extinguido", "otros"] {
            let of_group: Vec<_> = met
                .iter()
                .filter(|m| group(m.0["D_ESTADO"].as_str().unwrap()) == wanted)
                .collect();
            let shapes: Vec<&Shape> = of_group.iter().map(|m| &m.1.shape).collect();
            assert_eq!(
                of_group.len().to_string(),
                expected[&format!("n_{wanted}")],
                "{}: count of {wanted}",
                expected["name"]
            );
            let sum: f64 = of_group.iter().map(|m| m.2.area.0).sum();
            assert!(
                near(sum, &expected[&format!("sum_{wanted}")]),
                "{}: sum of {wanted} {sum}",
                expected["name"]
            );
            let union = union_within(&land.shape, &shapes).area.0;
            assert!(
                near(union, &expected[&format!("union_{wanted}")]),
                "{}: union of {wanted} {union}",
                expected["name"]
            );
        }
        let live: Vec<&Shape> = met
            .iter()
            .filter(|m| matches!(group(m.0["D_ESTADO"].as_str().unwrap()), "titulado" | "tramite"))
            .map(|m| &m.1.shape)
            .collect();
        let union = union_within(&land.shape, &live).area.0;
        assert!(
            near(union, &expected["union_vigente"]),
            "{}: live union {union}",
            expected["name"]
        );
    }
    assert_eq!(found, pairs.len(), "pairs that GEOS found and we did not");
}
