//! A small store and a server on it.

use crate::client::{Reply, get};
use conflicts::Shelf;
use crs::UtmZone;
use geo_types::{Geometry, MultiPolygon, Point, Rect, coord};
use jiff::Timestamp;
use server::{Config, Settings, Started, Stop, read_rules, serve};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use store::{DraftEdition, Store};
use tempfile::TempDir;
use territory::{
    Attributes, Counts, Coverage, EditionMeta, Feature, Land, LayerKind, NewFeature, Operation, Series, Shape, Value,
    Visibility,
};

/// A server, its store and its folder; it ends with this.
pub struct Stage {
    pub addr: SocketAddr,
    pub path: PathBuf,
    pub stop: Stop,
    server: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl Stage {
    /// A store with communities, rights, a district and a spring, served.
    pub fn usual() -> Self {
        Self::with(|_| {}, |path| publish_usual(&Store::create(path).unwrap()))
    }

    /// The usual one under other settings.
    pub fn set(settings: impl FnOnce(&mut Config)) -> Self {
        Self::with(settings, |path| publish_usual(&Store::create(path).unwrap()))
    }

    /// A server on whatever `make` leaves at the path.
    pub fn with(settings: impl FnOnce(&mut Config), make: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tupu.gpkg");
        make(&path);
        let mut config = Config {
            addr: "127.0.0.1:0".parse().unwrap(),
            workers: 1,
            poll_ms: 50,
            shutdown_s: 10,
            ..Config::default()
        };
        settings(&mut config);
        let settings = Settings {
            config,
            shelf: shelf(),
            store: path.clone(),
        };
        let (tell, told) = mpsc::channel();
        let server = thread::spawn(move || serve(settings, |started| tell.send(started).unwrap()).unwrap());
        let Started { addr, stop } = told.recv().unwrap();
        let stage = Self {
            addr,
            path,
            stop,
            server: Some(server),
            _folder: folder,
        };
        until("the first look at the store", || {
            get(addr, "/ready").json()["detail"] != STARTING
        });
        stage
    }

    pub fn get(&self, path: &str) -> Reply {
        get(self.addr, path)
    }

    /// Waits for the server to end.
    pub fn join(mut self) {
        self.server.take().unwrap().join().unwrap();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(server) = self.server.take() {
            server.join().ok();
        }
    }
}

const STARTING: &str = "El servidor está leyendo su almacén. Vuelva en unos segundos.";

/// Waits for something to become true, two seconds at most.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{what} did not come within 2 s"
        );
        thread::sleep(Duration::from_millis(10));
    }
}

/// The shipped rulebooks.
pub fn shelf() -> Shelf {
    read_rules(&shipped_rules()).unwrap()
}

pub fn shipped_rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/rules")
}

pub fn moment(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

pub fn draft(kind: LayerKind, territory: &str) -> DraftEdition {
    DraftEdition {
        kind,
        series: Series {
            publisher: "Prueba".into(),
            territory: territory.into(),
        },
        title: format!("{kind} de {territory}"),
        source: "datos sintéticos".into(),
        licence: "ninguna declarada".into(),
        visibility: Visibility::Public,
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
    }
}

/// A square, its lower left corner in hundredths of a degree east of 79° W and north of 7° S, `side` hundredths wide.
pub fn square(key: &str, name: &str, (east, north): (f64, f64), side: f64) -> NewFeature {
    let (x, y) = (-79.0 + east / 100.0, -7.0 + north / 100.0);
    let corner = coord! { x: x + side / 100.0, y: y + side / 100.0 };
    let land = Geometry::MultiPolygon(MultiPolygon(vec![
        Rect::new(coord! { x: x, y: y }, corner).to_polygon(),
    ]));
    let shape = Shape::from_lonlat(&land, UtmZone::Z17).unwrap();
    feature(key, name, land, Some(Land::new(UtmZone::Z17, shape)))
}

fn feature(key: &str, name: &str, lonlat: Geometry<f64>, land: Option<Land>) -> NewFeature {
    let mut attributes = Attributes::default();
    attributes.set("name", Value::Text(name.into()));
    attributes.set("code", Value::Text(key.into()));
    NewFeature {
        feature: Feature {
            key: key.into(),
            source_row: 1,
            attributes,
            source_fields: serde_json::Map::new(),
            lonlat,
            land,
        },
        source: None,
    }
}

pub fn right(key: &str, place: (f64, f64), group: &str) -> NewFeature {
    let mut right = square(key, &format!("Derecho {key}"), place, 1.0);
    right.feature.attributes.set("state_group", Value::Text(group.into()));
    right
}

pub fn publish(store: &Store, draft: DraftEdition, features: Vec<NewFeature>, day: &str) -> EditionMeta {
    let mut draft = store.begin(draft).unwrap();
    let kept = features.len() as u64;
    for feature in features {
        draft.push(feature).unwrap();
    }
    let counts = Counts {
        read: kept,
        kept,
        rejected: 0,
        repaired: 0,
    };
    draft.commit(counts, serde_json::json!({}), moment(day)).unwrap()
}

fn publish_usual(store: &Store) {
    let communities = vec![
        square("c-1", "El Tingo", (0.0, 0.0), 2.0),
        square("c-2", "Ñañañique / La Lima", (10.0, 0.0), 2.0),
        square("c/3 %", "Río Grande", (20.0, 0.0), 2.0),
    ];
    publish(
        store,
        draft(LayerKind::Communities, "Cajamarca"),
        communities,
        "2026-02-01",
    );
    publish(
        store,
        draft(LayerKind::Communities, "Cusco"),
        vec![square("c-2", "Otra comunidad", (30.0, 0.0), 1.0)],
        "2026-02-02",
    );
    let rights = vec![
        right("01-T", (0.0, 0.0), "titulado"),
        right("02-X", (1.5, 1.5), "extinguido"),
    ];
    publish(store, draft(LayerKind::Concessions, "Perú"), rights, "2026-02-03");
    let district = square("060101", "Cajamarca", (-50.0, -50.0), 100.0);
    publish(store, draft(LayerKind::Districts, "Perú"), vec![district], "2026-02-04");
    let spring = feature("p-1", "Ojo de agua", Geometry::Point(Point::new(-78.99, -6.99)), None);
    publish(
        store,
        draft(LayerKind::Springs, "Cajamarca"),
        vec![spring],
        "2026-02-05",
    );
    let private = DraftEdition {
        visibility: Visibility::Office,
        ..draft(LayerKind::Hazards, "Reservado")
    };
    publish(
        store,
        private,
        vec![square("h-1", "Reservado", (0.0, 0.0), 2.0)],
        "2026-02-06",
    );
}
