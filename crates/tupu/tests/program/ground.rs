//! A small store, a key, and a signed report with its bundle.

use geo_types::{Geometry, MultiPolygon, Rect, coord};
use reports::{Bundle, ReadBundle};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use store::Store;
use tempfile::TempDir;
use territory::{
    Attributes, Counts, Coverage, DraftEdition, Feature, Land, LayerKind, NewFeature, Operation, Series, Shape,
    Visibility,
};

pub fn square(key: &str, east: f64, north: f64) -> NewFeature {
    let (x, y) = (-79.0 + east / 100.0, -7.0 + north / 100.0);
    let corner = coord! { x: x + 0.02, y: y + 0.02 };
    let lonlat = Geometry::MultiPolygon(MultiPolygon(vec![
        Rect::new(coord! { x: x, y: y }, corner).to_polygon(),
    ]));
    let shape = Shape::from_lonlat(&lonlat, crs::UtmZone::Z17).unwrap();
    let mut attributes = Attributes::default();
    attributes.set("name", territory::Value::Text(format!("Tierra {key}")));
    attributes.set("state_group", territory::Value::Text("titulado".into()));
    NewFeature {
        feature: Feature {
            key: key.into(),
            source_row: 1,
            attributes,
            source_fields: serde_json::Map::new(),
            lonlat,
            land: Some(Land::new(crs::UtmZone::Z17, shape)),
        },
        source: None,
    }
}

pub fn publish(store: &Store, kind: LayerKind, features: Vec<NewFeature>) {
    publish_as(store, kind, features, Visibility::Public);
}

pub fn publish_as(store: &Store, kind: LayerKind, features: Vec<NewFeature>, visibility: Visibility) {
    let draft = DraftEdition {
        kind,
        series: Series {
            publisher: "Prueba".into(),
            territory: "Perú".into(),
        },
        title: "Capa".into(),
        source: "datos sintéticos".into(),
        licence: "ninguna declarada".into(),
        visibility,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: None,
        scale_denominator: Some(100_000),
        sigma_m: Some(50.0),
        coverage: Coverage::National,
        crs: "EPSG:32717".into(),
        operation: Operation {
            id: "none".into(),
            accuracy_m: 0.0,
        },
        synthetic: true,
    };
    let kept = features.len() as u64;
    let mut draft = store.begin(draft).unwrap();
    for feature in features {
        draft.push(feature).unwrap();
    }
    let counts = Counts {
        read: kept,
        kept,
        ..Counts::default()
    };
    draft
        .commit(counts, Value::Null, "2026-02-01T12:00:00Z".parse().unwrap())
        .unwrap();
}

pub struct Place {
    pub folder: TempDir,
}

impl Place {
    /// A store, a key, and a signed report with its bundle.
    pub fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let store = Store::create(place.path("s.gpkg")).unwrap();
        publish(&store, LayerKind::Communities, vec![square("c-1", 0.0, 0.0)]);
        let rights = (0..60_u8).map(|n| {
            let (east, north) = (f64::from(n % 10) * 5.0, f64::from(n / 10) * 5.0);
            square(&format!("r-{n:02}"), east + 1.0, north + 1.0)
        });
        publish(&store, LayerKind::Concessions, rights.collect());
        drop(store);
        assert_eq!(place.run(&["keys", "new", "--out", "node.key"]).0, 0);
        let made = place.run(&[
            "check",
            "--store",
            "s.gpkg",
            "--feature",
            "communities/c-1",
            "--valid-at",
            "2026-06-01",
            "--json",
            "--out",
            "r.json",
            "--key",
            "node.key",
            "--bundle",
            "b.zip",
        ]);
        assert_eq!(made.0, 0, "{}", made.1);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code, standard output and error.
    pub fn run(&self, args: &[&str]) -> (i32, String) {
        let ran = Command::new(Path::new(env!("CARGO_BIN_EXE_tupu")))
            .args(args)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let text = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        (ran.status.code().unwrap(), text.concat())
    }

    pub fn verify(&self, more: &[&str]) -> (i32, Value) {
        let args: Vec<&str> = ["verify", "--json", "--key", "node.key"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        let (code, text) = self.run(&args);
        let end = text.rfind('}').unwrap_or_else(|| panic!("no answer: {text}"));
        (code, serde_json::from_str(&text[..=end]).unwrap())
    }

    /// A bundle in which a forger changed a text in one part, and wrote a list of parts that fits.
    pub fn forged(&self, part: &str, from: &str, to: &str) -> String {
        let mut read = ReadBundle::read(&std::fs::read(self.path("b.zip")).unwrap()).unwrap();
        let bytes = read.bundle.parts.get_mut(part).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed, "«{from}» is in {part}");
        *bytes = changed.into_bytes();
        let Bundle { program, parts } = read.bundle;
        let zip = Bundle { program, parts }.to_zip(&read.report).unwrap();
        std::fs::write(self.path("forged.zip"), zip).unwrap();
        "forged.zip".to_owned()
    }
}
