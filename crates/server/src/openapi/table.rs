//! The table of operations, in the order of the document.

use super::operations::{Body, Forms, ITEMS, OPENAPI, Operation};
use crate::items::asked::PARAMETERS;
use crate::routes::{OF_A_LAYER, OF_A_TILE, OF_A_TILE_OF_SEVERAL, OF_SEVERAL};

const PAGE: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
/// For programs and for people.
const BOTH: Forms = Forms::Of(&[("json", JSON), ("html", PAGE)]);
/// What features may be named by, or are made of.
const SCHEMA: Forms = Forms::Of(&[("json", "application/schema+json"), ("html", PAGE)]);
const CSV: &str = "text/csv; charset=utf-8; header=present";
const MAP_TILE: Forms = Forms::Of(&[("png", "image/png")]);
const TILE: Forms = Forms::Of(&[("mvt", crate::routes::TILE_MEDIA)]);

/// Refusals of an address without names in it.
const PLAIN: &[u16] = &[400, 406];
/// Refusals of an address that names something.
const NAMED: &[u16] = &[400, 404, 406, 503];
/// Refusals of a tile that is drawn.
const DRAWN: &[u16] = &[400, 404, 406, 503, 504];
/// Refusals of an address that needs the store.
const STORED: &[u16] = &[400, 406, 503];
/// Refusals of a check of something known.
const CHECKED: &[u16] = &[400, 404, 406, 409, 422, 503, 504, 507];

/// Refusals of a question about water at a point.
const WATER: &[u16] = &[400, 406, 422, 503, 504];
/// Refusals of a question about water that may name a feature.
const WATER_OF_FEATURE: &[u16] = &[400, 404, 406, 409, 422, 503, 504];
/// Land for programs, facts for people.
const DRAWN_LAND: Forms = Forms::Of(&[("json", crate::routes::GEOJSON), ("html", PAGE)]);
/// The parameters of a question about water.
const WATER_QUESTION: &[&str] = &[
    "point-asked",
    "feature-asked",
    "edition",
    "snap",
    "valid-at",
    "known-at",
    "lang",
];

const fn read(
    words: &'static str,
    path: &'static str,
    query: &'static [&'static str],
    (forms, refusals): (Forms, &'static [u16]),
) -> Operation {
    Operation {
        words,
        path,
        body: Body::None,
        query,
        forms,
        refusals,
    }
}

/// All operations, in the order of the document.
pub(crate) const OPERATIONS: &[Operation] = &[
    read("api-home", "/", &["lang"], (BOTH, PLAIN)),
    read(
        "api-definition",
        "/api",
        &["lang"],
        (Forms::Of(&[("json", OPENAPI), ("html", PAGE)]), STORED),
    ),
    read(
        "api-definition-page",
        "/api.html",
        &["lang"],
        (Forms::Only(PAGE), &[400, 503]),
    ),
    read("api-conformance", "/conformance", &["lang"], (BOTH, PLAIN)),
    read("api-health", "/health", &[], (Forms::Only(JSON), &[400])),
    read("api-ready", "/ready", &[], (Forms::Only(JSON), &[400, 503])),
    read("api-collections", "/collections", &["lang"], (BOTH, STORED)),
    read("api-collection", "/collections/{layer}", &["lang"], (BOTH, NAMED)),
    read(
        "api-changes",
        "/collections/{layer}/changes",
        &["from", "to", "lang"],
        (Forms::Of(&[("json", JSON), ("html", PAGE), ("csv", CSV)]), NAMED),
    ),
    read(
        "api-queryables",
        "/collections/{layer}/queryables",
        &["lang"],
        (SCHEMA, NAMED),
    ),
    read(
        "api-item-schema",
        "/collections/{layer}/schema",
        &["lang"],
        (SCHEMA, NAMED),
    ),
    read(
        "api-items",
        ITEMS,
        &PARAMETERS,
        (Forms::Items, &[400, 404, 406, 503, 504]),
    ),
    read(
        "api-item",
        "/collections/{layer}/items/{id}",
        &["edition", "crs", "lang"],
        (Forms::Item, &[400, 404, 406, 409, 503]),
    ),
    read(
        "api-check",
        "/collections/{layer}/items/{id}/check",
        &[
            "report-lang",
            "audience",
            "zone",
            "slivers",
            "valid-at",
            "known-at",
            "since",
            "keep",
            "edition",
        ],
        (Forms::Report, CHECKED),
    ),
    read(
        "api-source",
        "/watershed/source",
        WATER_QUESTION,
        (BOTH, &[400, 404, 406, 409, 422, 503, 504]),
    ),
    read(
        "api-headwaters",
        "/watershed/headwaters",
        &["region", "edition", "valid-at", "known-at", "lang"],
        (BOTH, &[400, 404, 406, 409, 422, 503, 504]),
    ),
    read(
        "api-unit",
        "/watershed/{code}",
        &["edition", "valid-at", "known-at", "lang"],
        (BOTH, &[400, 404, 406, 409, 422, 503, 504]),
    ),
    read("api-editions", "/editions", &["lang"], (BOTH, STORED)),
    read(
        "api-tilesets-of-layer",
        "/collections/{layer}/tiles",
        &["lang"],
        (BOTH, NAMED),
    ),
    read(
        "api-tileset-of-layer",
        "/collections/{layer}/tiles/{set}",
        &["lang"],
        (TILESET, NAMED),
    ),
    read(
        "api-tile-of-layer",
        "/collections/{layer}/tiles/{set}/{z}/{y}/{x}",
        &[],
        (TILE, NAMED),
    ),
    read("api-tilesets", "/tiles", &["collections", "lang"], (BOTH, STORED)),
    read(
        "api-tileset",
        "/tiles/{set}",
        &["collections", "lang"],
        (TILESET, NAMED),
    ),
    read("api-tile", "/tiles/{set}/{z}/{y}/{x}", &["collections"], (TILE, NAMED)),
    read("api-matrix-sets", "/tileMatrixSets", &["lang"], (BOTH, PLAIN)),
    read(
        "api-matrix-set",
        "/tileMatrixSets/{set}",
        &["lang"],
        (BOTH, &[400, 404, 406]),
    ),
    read("api-check-form", "/checks", &["lang"], (BOTH, PLAIN)),
    Operation {
        words: "api-check-land",
        path: "/checks",
        body: Body::Land,
        query: &[
            "report-lang",
            "audience",
            "land-crs",
            "land-name",
            "zone",
            "slivers",
            "valid-at",
            "known-at",
            "since",
            "keep",
        ],
        forms: Forms::Report,
        refusals: &[400, 406, 408, 409, 413, 415, 422, 503, 504, 507],
    },
    read(
        "api-report",
        "/reports/{code}",
        &["report-id", "report-lang", "audience"],
        (Forms::Report, &[400, 404, 406, 409, 503]),
    ),
    read(
        "api-watershed",
        "/watershed",
        &["point", "snap", "valid-at", "known-at", "lang"],
        (DRAWN_LAND, WATER),
    ),
    read("api-upstream", "/upstream", WATER_QUESTION, (BOTH, WATER_OF_FEATURE)),
    read(
        "api-downstream",
        "/downstream",
        WATER_QUESTION,
        (BOTH, WATER_OF_FEATURE),
    ),
    read("api-verify-form", "/verify", &["code-asked", "lang"], (BOTH, PLAIN)),
    Operation {
        words: "api-verify-document",
        path: "/verify",
        body: Body::Document,
        query: &["lang"],
        forms: BOTH,
        refusals: &[400, 406, 408, 413, 415, 503],
    },
    read("api-verify", "/verify/{code}", &["lang"], (BOTH, &[400, 404, 406])),
    read("api-keys", "/keys", &["lang"], (BOTH, PLAIN)),
    read(
        "api-schema",
        "/schemas/{name}",
        &[],
        (Forms::Only("application/schema+json"), &[400, 404]),
    ),
    read(
        "api-map-of-layer",
        "/collections/{layer}/map",
        &OF_A_LAYER,
        (SHEET, &[400, 404, 406, 422, 503, 504]),
    ),
    read("api-map", "/map", &OF_SEVERAL, (SHEET, &[400, 404, 406, 422, 503, 504])),
    read(
        "api-map-tilesets-of-layer",
        "/collections/{layer}/map/tiles",
        &["lang"],
        (BOTH, NAMED),
    ),
    read(
        "api-map-tileset-of-layer",
        "/collections/{layer}/map/tiles/{set}",
        &["lang"],
        (TILESET, NAMED),
    ),
    read(
        "api-map-tile-of-layer",
        "/collections/{layer}/map/tiles/{set}/{z}/{y}/{x}",
        &OF_A_TILE,
        (MAP_TILE, DRAWN),
    ),
    read(
        "api-map-tilesets",
        "/map/tiles",
        &["collections", "lang"],
        (BOTH, STORED),
    ),
    read(
        "api-map-tileset",
        "/map/tiles/{set}",
        &["collections", "lang"],
        (TILESET, NAMED),
    ),
    read(
        "api-map-tile",
        "/map/tiles/{set}/{z}/{y}/{x}",
        &OF_A_TILE_OF_SEVERAL,
        (MAP_TILE, DRAWN),
    ),
    read("api-wms", "/wms", &["service", "request"], (Forms::Several(WMS), &[])),
    read(
        "api-qgis",
        "/collections/{layer}/qgis",
        &[],
        (Forms::Only("application/x-qgis-layer-definition"), &[400, 404, 503]),
    ),
    read("api-styles", "/styles", &[], (Forms::Of(&[("json", JSON)]), STORED)),
    read("api-style", "/styles/{id}", &[], (STYLE, NAMED)),
    read(
        "api-sprite",
        "/sprites/{name}",
        &[],
        (Forms::Several(&["image/png", JSON]), &[400, 404]),
    ),
    read(
        "api-letters",
        "/fonts/{stack}/{range}",
        &[],
        (Forms::Only("application/x-protobuf"), &[400, 404, 503, 504]),
    ),
    read(
        "api-processes",
        "/processes",
        &["limit-processes", "lang"],
        (BOTH, PLAIN),
    ),
    read("api-process", "/processes/{id}", &["lang"], (BOTH, &[400, 404, 406])),
    Operation {
        words: "api-execution",
        path: "/processes/{id}/execution",
        body: Body::Inputs,
        query: &[],
        forms: Forms::Report,
        refusals: &[400, 404, 406, 408, 409, 413, 415, 422, 503, 504, 507],
    },
    read("api-jobs", "/jobs", &["jobs-asked", "lang"], (BOTH, PLAIN)),
    read("api-job", "/jobs/{id}", &["lang"], (BOTH, &[400, 404, 406])),
    Operation {
        words: "api-dismiss",
        path: "/jobs/{id}",
        body: Body::Dismissal,
        query: &[],
        forms: Forms::Only(JSON),
        refusals: &[400, 404, 409],
    },
    read(
        "api-results",
        "/jobs/{id}/results",
        &[],
        (Forms::Ordered, &[400, 404, 409, 422, 503, 504]),
    ),
    read(
        "api-metrics",
        "/metrics",
        &[],
        (Forms::Only("text/plain; version=0.0.4; charset=utf-8"), &[400]),
    ),
    read("api-problems", "/problems", &["lang"], (BOTH, PLAIN)),
    read("api-problem", "/problems/{slug}", &["lang"], (BOTH, &[400, 404, 406])),
];

/// Pictures, and sheets of paper.
const SHEET: Forms = Forms::Of(&[
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("pdf", "application/pdf"),
]);
const STYLE: Forms = Forms::Of(&[
    ("mapbox", "application/vnd.mapbox.style+json"),
    ("sld", "application/vnd.ogc.sld+xml;version=1.0"),
    ("qml", "application/x-qgis-layer-settings"),
]);
/// Some answers of WMS; its refusals are in its own words.
const WMS: &[&str] = &[
    "text/xml; charset=utf-8",
    "text/xml",
    "application/vnd.ogc.wms_xml",
    "application/vnd.ogc.se_xml",
    "image/png",
];
const TILESET: Forms = Forms::Of(&[("json", JSON), ("html", PAGE), ("tilejson", JSON)]);
