//! Every operation of the server: the one table of which its OpenAPI document and the page of it are made.

use crate::items::form::ItemForm;
use crate::rendering::REPORT;
use maps::tiles::MAX_ZOOM;

/// What can be asked of the server at an address.
pub(crate) struct Operation {
    /// The id of its sentence; without `api-`, its `operationId`.
    pub words: &'static str,
    /// The address as the table of routes has it.
    pub path: &'static str,
    /// What is sent; nothing where it is only read.
    pub body: Body,
    /// Keys of its parameters in the address, those of the path apart.
    pub query: &'static [&'static str],
    /// The forms of its answer.
    pub forms: Forms,
    /// The statuses of its refusals.
    pub refusals: &'static [u16],
}

/// What is sent to an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// Nothing: `GET`.
    None,
    /// Land: `POST`.
    Land,
    /// A document of ours: `POST`.
    Document,
}

/// The forms of an answer.
#[derive(Clone, Copy)]
pub(crate) enum Forms {
    /// One media type, and no `f`.
    Only(&'static str),
    /// Words of `f` with their media types.
    Of(&'static [(&'static str, &'static str)]),
    /// Those of a list of features.
    Items,
    /// Those of one feature.
    Item,
    /// Those of a report.
    Report,
}

const PAGE: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
/// For programs and for people.
const BOTH: Forms = Forms::Of(&[("json", JSON), ("html", PAGE)]);
/// What features may be named by, or are made of.
const SCHEMA: Forms = Forms::Of(&[("json", "application/schema+json"), ("html", PAGE)]);
const CSV: &str = "text/csv; charset=utf-8; header=present";
const TILE: Forms = Forms::Of(&[("mvt", crate::routes::TILE_MEDIA)]);
/// The media type of the document itself.
pub(crate) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Refusals of an address without names in it.
const PLAIN: &[u16] = &[400, 406];
/// Refusals of an address that names something.
const NAMED: &[u16] = &[400, 404, 406, 503];
/// Refusals of an address that needs the store.
const STORED: &[u16] = &[400, 406, 503];
/// Refusals of a check of something known.
const CHECKED: &[u16] = &[400, 404, 406, 409, 422, 503, 504, 507];

impl Forms {
    /// The words of `f`, each with its media type; the first is the usual one.
    pub(crate) fn list(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Only(media) => vec![("", media)],
            Self::Of(list) => list.to_vec(),
            Self::Items => ItemForm::ALL.map(|form| (form.word(), form.media())).to_vec(),
            Self::Item => ItemForm::ONE.map(|form| (form.word(), form.media())).to_vec(),
            Self::Report => REPORT.iter().map(|form| (form.word(), form.media())).collect(),
        }
    }

    /// Whether `f` chooses.
    pub(crate) fn has_choice(self) -> bool {
        !matches!(self, Self::Only(_))
    }
}

impl Operation {
    /// The `operationId`.
    pub(crate) fn id(&self) -> &'static str {
        self.words.trim_start_matches("api-")
    }

    /// The method in the letters of OpenAPI.
    pub(crate) fn method(&self) -> &'static str {
        if self.body == Body::None { "get" } else { "post" }
    }

    /// Keys of the parameters in the path, in their order.
    pub(crate) fn in_path(&self) -> impl Iterator<Item = &'static str> {
        let parts = self.path.split('/');
        parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Whether there is an address of its own for each layer: clients look there for the properties of the layer.
    pub(crate) fn is_list(&self) -> bool {
        self.path == ITEMS
    }

    /// The group under which it stands on the page: the sentence of the group.
    pub(crate) fn group(&self) -> &'static str {
        match self.path {
            path if path.contains("tile") => "api-group-tiles",
            path if path.ends_with("/check") || path.starts_with("/checks") => "api-group-checks",
            path if path.starts_with("/collections") || path == "/editions" => "api-group-data",
            path if path.starts_with("/verify") || path.starts_with("/reports") || path == "/keys" => {
                "api-group-papers"
            }
            _ => "api-group-server",
        }
    }
}

/// The groups in the order of the page.
pub(crate) const GROUPS: [&str; 5] = [
    "api-group-data",
    "api-group-checks",
    "api-group-tiles",
    "api-group-papers",
    "api-group-server",
];

/// The address of the features of a layer.
pub(crate) const ITEMS: &str = "/collections/{layer}/items";

/// What may be asked of a list of features; the properties of its layer come to it.
const ITEM_QUERY: &[&str] = &[
    "limit",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "q",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
    "skipGeometry",
    "token",
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
        &["from", "to"],
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
        ITEM_QUERY,
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
    read("api-editions", "/editions", &["lang"], (BOTH, STORED)),
    read(
        "api-tilesets-of-layer",
        "/collections/{layer}/tiles",
        &[],
        (BOTH, NAMED),
    ),
    read(
        "api-tileset-of-layer",
        "/collections/{layer}/tiles/{set}",
        &[],
        (TILESET, NAMED),
    ),
    read(
        "api-tile-of-layer",
        "/collections/{layer}/tiles/{set}/{z}/{y}/{x}",
        &[],
        (TILE, NAMED),
    ),
    read("api-tilesets", "/tiles", &["collections"], (BOTH, STORED)),
    read("api-tileset", "/tiles/{set}", &["collections"], (TILESET, NAMED)),
    read("api-tile", "/tiles/{set}/{z}/{y}/{x}", &["collections"], (TILE, NAMED)),
    read("api-matrix-sets", "/tileMatrixSets", &[], (BOTH, PLAIN)),
    read("api-matrix-set", "/tileMatrixSets/{set}", &[], (BOTH, &[400, 404, 406])),
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
    read("api-verify-form", "/verify", &["code-asked", "lang"], (BOTH, PLAIN)),
    Operation {
        words: "api-verify-document",
        path: "/verify",
        body: Body::Document,
        query: &[],
        forms: BOTH,
        refusals: &[400, 406, 408, 413, 415, 503],
    },
    read("api-verify", "/verify/{code}", &[], (BOTH, &[400, 404, 406])),
    read("api-keys", "/keys", &["lang"], (BOTH, PLAIN)),
    read(
        "api-schema",
        "/schemas/{name}",
        &[],
        (Forms::Only("application/schema+json"), &[400, 404]),
    ),
    read("api-problems", "/problems", &["lang"], (BOTH, PLAIN)),
    read("api-problem", "/problems/{slug}", &["lang"], (BOTH, &[400, 404, 406])),
];

const TILESET: Forms = Forms::Of(&[("json", JSON), ("html", PAGE), ("tilejson", JSON)]);

/// The last zoom of tiles.
pub(crate) const LAST_ZOOM: u64 = MAX_ZOOM as u64;
