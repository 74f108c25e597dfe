//! The JSON documents about layers and editions, written once for each snapshot.

use crate::words::title_of;
use actix_web::web::Bytes;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::Snapshot;
use territory::{Coverage, EditionMeta, Extent, LayerKind};

/// The relation of a layer to its vector tiles.
const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
/// The relation of a layer to its tiles as pictures.
const MAP_TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map";
/// The relation of a layer to its picture.
const MAP: &str = "http://www.opengis.net/def/rel/ogc/1.0/map";

/// Documents ready to send.
pub(crate) struct Documents {
    /// `/collections`.
    pub collections: Bytes,
    /// `/collections/{layer}`.
    pub collection: BTreeMap<LayerKind, Bytes>,
    /// `/editions`.
    pub editions: Bytes,
    /// All editions that may be seen, newest first, the withdrawn ones too.
    pub history: Vec<EditionMeta>,
}

impl Documents {
    /// Of a snapshot and of every edition of its store.
    pub(crate) fn of(snapshot: &Snapshot, every: &[EditionMeta]) -> Self {
        let kinds = snapshot.kinds();
        let each: BTreeMap<LayerKind, Value> = kinds.iter().map(|kind| (*kind, collection(snapshot, *kind))).collect();
        let all = json!({
            "links": [link("self", "/collections?f=json", "application/json"), link("alternate", "/collections?f=html", "text/html")],
            "collections": each.values().collect::<Vec<_>>(),
        });
        let mut history = every.to_vec();
        history.sort_by(|one, other| {
            other
                .published_at
                .cmp(&one.published_at)
                .then_with(|| one.id.cmp(&other.id))
        });
        let editions = json!({ "editions": history.iter().map(edition).collect::<Vec<_>>() });
        Self {
            collections: bytes(&all),
            collection: each.iter().map(|(kind, document)| (*kind, bytes(document))).collect(),
            editions: bytes(&editions),
            history,
        }
    }
}

/// A link of OGC API.
pub(crate) fn link(rel: &str, href: &str, media: &str) -> Value {
    json!({ "rel": rel, "href": href, "type": media })
}

/// Features kept by all editions of a layer.
pub(crate) fn kept(snapshot: &Snapshot, kind: LayerKind) -> u64 {
    snapshot.collection(kind).map(|edition| edition.meta.counts.kept).sum()
}

/// Whether some edition of the snapshot was made by a program.
pub(crate) fn is_synthetic(snapshot: &Snapshot, kind: Option<LayerKind>) -> bool {
    snapshot
        .editions
        .iter()
        .any(|edition| edition.meta.synthetic && kind.is_none_or(|kind| edition.meta.kind == kind))
}

/// Whether some edition of a collection was made by a program.
pub(crate) fn is_synthetic_kind(collection: &features::Collection) -> bool {
    collection.editions.iter().any(|edition| edition.meta.synthetic)
}

fn collection(snapshot: &Snapshot, kind: LayerKind) -> Value {
    let here = format!("/collections/{kind}");
    let editions: Vec<Value> = snapshot.collection(kind).map(|of| edition(&of.meta)).collect();
    let extents = snapshot.collection(kind).filter_map(|edition| edition.meta.extent);
    let bbox = extents
        .map(|Extent(bbox)| bbox)
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let mut document = json!({
        "id": kind.id(),
        "title": title_of(kind),
        "itemType": "feature",
        "crs": features::WireCrs::all().into_iter().map(features::WireCrs::uri).collect::<Vec<_>>(),
        "storageCrs": features::WireCrs::CRS84.uri(),
        "count": kept(snapshot, kind),
        "synthetic": is_synthetic(snapshot, Some(kind)),
        "editions": editions,
        "links": [
            link("self", &format!("{here}?f=json"), "application/json"),
            link("alternate", &format!("{here}?f=html"), "text/html"),
            link("items", &format!("{here}/items?f=json"), "application/geo+json"),
            link(TILESETS, &format!("{here}/tiles?f=json"), "application/json"),
            link(MAP, &format!("{here}/map?f=png"), "image/png"),
            link(MAP_TILESETS, &format!("{here}/map/tiles?f=json"), "application/json"),
            link("styles", &format!("/styles/{kind}?f=mapbox"), "application/vnd.mapbox.style+json"),
            link("items", &format!("{here}/items?f=html"), "text/html"),
            link("items", &format!("{here}/items?f=csv"), "text/csv"),
            link("items", &format!("{here}/items?f=fgb"), "application/flatgeobuf"),
            link("items", &format!("{here}/items?f=gpkg"), "application/geopackage+sqlite3"),
            link("http://www.opengis.net/def/rel/ogc/1.0/queryables", &format!("{here}/queryables"), "application/schema+json"),
            link("http://www.opengis.net/def/rel/ogc/1.0/schema", &format!("{here}/schema"), "application/schema+json"),
        ],
    });
    if let Some(bbox) = bbox {
        let begins = snapshot.collection(kind).map(|edition| edition.meta.valid_from).min();
        document["extent"] = json!({
            "spatial": { "bbox": [bbox], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84" },
            "temporal": { "interval": [[begins.map(|day| format!("{day}T00:00:00Z")), null]], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" },
        });
    }
    document
}

/// What is known of an edition, but for the quality report of its import.
pub(crate) fn edition(meta: &EditionMeta) -> Value {
    let coverage = match &meta.coverage {
        Coverage::Undeclared => json!({ "kind": "undeclared" }),
        Coverage::National => json!({ "kind": "national" }),
        Coverage::Area { source, .. } => json!({ "kind": "area", "source": source }),
    };
    json!({
        "id": meta.id,
        "layer": meta.kind,
        "title": meta.title,
        "publisher": meta.series.publisher,
        "territory": meta.series.territory,
        "source": meta.source,
        "licence": meta.licence,
        "visibility": meta.visibility,
        "valid_from": meta.valid_from,
        "valid_until": meta.valid_until,
        "published_at": meta.published_at,
        "withdrawn_at": meta.withdrawn_at,
        "scale_denominator": meta.scale_denominator,
        "sigma_m": meta.sigma_m,
        "coverage": coverage,
        "crs": meta.crs,
        "operation": meta.operation,
        "counts": meta.counts,
        "extent": meta.extent,
        "sha256": meta.sha256,
        "synthetic": meta.synthetic,
    })
}

fn bytes(document: &Value) -> Bytes {
    Bytes::from(document.to_string())
}
