//! Tiles for programs that read `TileJSON`.

use super::{Data, Described};
use crate::words::title_of;
use maps::tiles::FieldKind;
use maud::html;
use serde_json::{Map, Value, json};
use territory::LayerKind;

/// The last zoom that `TileJSON` names: closer up, readers enlarge its tiles, whose units are 15 cm.
const TILEJSON_ZOOM: u8 = 16;

/// The document, with addresses under a base.
pub(super) fn as_tilejson(described: &Described, base: &str) -> Value {
    let layer = |kind: &LayerKind| {
        let contents = described.current.tiles.contents(*kind);
        let fields: Map<String, Value> = contents
            .iter()
            .flat_map(|contents| &contents.fields)
            .map(|(name, kind)| (name.clone(), in_tilejson(*kind).into()))
            .collect();
        json!({ "id": kind.id(), "description": title_of(*kind), "minzoom": 0, "maxzoom": TILEJSON_ZOOM, "fields": fields })
    };
    let mut document = json!({
        "tilejson": "3.0.0",
        "name": described.title(),
        "scheme": "xyz",
        "tiles": [format!("{base}{}", described.item("{z}/{y}/{x}"))],
        "minzoom": 0,
        "maxzoom": TILEJSON_ZOOM,
        "attribution": attribution(described),
    });
    if described.data == Data::Vector {
        document["vector_layers"] = described.kinds.iter().map(layer).collect();
    }
    if let Some(bounds) = described.bounds() {
        document["bounds"] = json!(bounds);
    }
    document
}

fn in_tilejson(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Date => "String",
        FieldKind::Integer | FieldKind::Number => "Number",
        FieldKind::Truth => "Boolean",
    }
}

/// Who publishes the editions, each once, in words that need no escaping in a page.
fn attribution(described: &Described) -> String {
    let editions = described
        .kinds
        .iter()
        .flat_map(|kind| described.current.snapshot.collection(*kind));
    let mut publishers: Vec<String> = editions
        .map(|edition| format!("{} ({})", edition.meta.series.publisher, edition.meta.valid_from))
        .collect();
    publishers.sort_unstable();
    publishers.dedup();
    html! { (publishers.join(", ")) }.into_string()
}
