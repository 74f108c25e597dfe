//! The parameters of all operations: what each is called, what it may hold, and an example of it.

use super::Ground;
use super::operations::LAST_ZOOM;
use crate::problem::Kind;
use crate::routes::{SCHEMA_NAMES, TILE_SET};
use features::WireCrs;
use reports::{Audience, Lang};
use serde_json::{Value, json};

/// A parameter.
pub(crate) struct Parameter {
    /// Its key among all parameters; parameters of one name may differ from one address to another.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The id of its sentence.
    pub words: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it stands in the path, or must be in the address.
    pub need: Need,
}

/// Where a parameter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// In the path.
    Path,
    /// In the address, always.
    Always,
    /// In the address, if one likes.
    Free,
}

/// What a parameter holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    /// The id of a layer that is here.
    Layer,
    /// Ids of layers that are here.
    Layers,
    /// The key of a feature.
    Feature,
    /// How many, up to the limit of the server.
    Limit,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A language of reports.
    ReportLang,
    /// An audience.
    Audience,
    /// The slug of a refusal.
    Problem,
    /// A UTM zone.
    Zone,
    /// A whole number from 0, up to a last one where there is one.
    Number(Option<u64>, u64),
    /// West, south, east, north, or the same with heights.
    Box,
    /// A coordinate system.
    System,
    /// A day.
    Day,
    /// Text like this.
    Text(&'static str),
}

const fn path(key: &'static str, words: &'static str, holds: Holds) -> Parameter {
    Parameter {
        key,
        name: key,
        words,
        holds,
        need: Need::Path,
    }
}

const fn named(key: &'static str, name: &'static str, words: &'static str, holds: Holds) -> Parameter {
    Parameter {
        name,
        ..path(key, words, holds)
    }
}

const fn free(key: &'static str, name: &'static str, words: &'static str, holds: Holds) -> Parameter {
    Parameter {
        key,
        name,
        words,
        holds,
        need: Need::Free,
    }
}

/// All of them.
pub(crate) const PARAMETERS: &[Parameter] = &[
    path("layer", "param-layer", Holds::Layer),
    path("id", "param-id", Holds::Feature),
    path("set", "param-set", Holds::Word(&[TILE_SET])),
    path("z", "param-z", Holds::Number(Some(LAST_ZOOM), 12)),
    path("y", "param-y", Holds::Number(None, 2130)),
    path("x", "param-x", Holds::Number(None, 1157)),
    path("code", "param-code", Holds::Text("K7F3-22QM-9X5C")),
    named("unit", "code", "param-unit", Holds::Text("01765")),
    path("name", "param-schema", Holds::Word(&SCHEMA_NAMES)),
    path("slug", "param-slug", Holds::Problem),
    named("style", "id", "param-style", Holds::Text("concessions")),
    named(
        "sprite",
        "name",
        "param-sprite",
        Holds::Word(&["tupu.json", "tupu.png", "tupu@2x.json", "tupu@2x.png"]),
    ),
    path("stack", "param-stack", Holds::Text("IBM Plex Sans Regular")),
    path("range", "param-range", Holds::Text("0-255.pbf")),
    named("process", "id", "param-process", Holds::Word(&["check"])),
    named("job", "id", "param-job", Holds::Text("1")),
    free("lang", "lang", "param-lang", Holds::Word(&["es", "en"])),
    free("report-lang", "lang", "param-report-lang", Holds::ReportLang),
    free("audience", "audience", "param-audience", Holds::Audience),
    free("zone", "zone", "param-zone", Holds::Zone),
    free("slivers", "slivers", "param-slivers", Holds::Word(&["keep"])),
    free("keep", "keep", "param-keep", Holds::Word(&["true", "false"])),
    free("valid-at", "valid-at", "param-valid-at", Holds::Day),
    free(
        "known-at",
        "known-at",
        "param-known-at",
        Holds::Text("2026-03-01T12:00:00Z"),
    ),
    free("since", "since", "param-since", Holds::Text("2026-01-31")),
    free(
        "edition",
        "edition",
        "param-edition",
        Holds::Text("concessions-2026-02"),
    ),
    free("limit", "limit", "param-limit", Holds::Limit),
    free("bbox", "bbox", "param-bbox", Holds::Box),
    free("bbox-crs", "bbox-crs", "param-bbox-crs", Holds::System),
    free("crs", "crs", "param-crs", Holds::System),
    free("datetime", "datetime", "param-datetime", Holds::Text("2026-03-01")),
    free("q", "q", "param-q", Holds::Text("San Juan")),
    free(
        "filter",
        "filter",
        "param-filter",
        Holds::Text("CASEI(name) LIKE CASEI('san%')"),
    ),
    free(
        "filter-lang",
        "filter-lang",
        "param-filter-lang",
        Holds::Word(&["cql2-text", "cql2-json"]),
    ),
    free("filter-crs", "filter-crs", "param-filter-crs", Holds::System),
    free("sortby", "sortby", "param-sortby", Holds::Text("-name")),
    free("properties", "properties", "param-properties", Holds::Text("name,code")),
    free(
        "skipGeometry",
        "skipGeometry",
        "param-skip-geometry",
        Holds::Word(&["false", "true"]),
    ),
    free("token", "token", "param-token", Holds::Text("20260301.0.14")),
    free("collections", "collections", "param-collections", Holds::Layers),
    free("land-crs", "crs", "param-land-crs", Holds::Text("EPSG:32717")),
    free("land-name", "name", "param-land-name", Holds::Text("Anexo Alto")),
    free("report-id", "id", "param-report-id", Holds::Text(REPORT_ID)),
    free("code-asked", "code", "param-code", Holds::Text("K7F3-22QM-9X5C")),
    Parameter {
        key: "from",
        name: "from",
        words: "param-from",
        holds: Holds::Text("2026-01-31"),
        need: Need::Always,
    },
    Parameter {
        key: "region",
        name: "region",
        words: "param-region",
        holds: Holds::Text("0176"),
        need: Need::Always,
    },
    free("width", "width", "param-width", Holds::Number(None, 800)),
    free("height", "height", "param-height", Holds::Number(None, 600)),
    free("bgcolor", "bgcolor", "param-bgcolor", Holds::Text("0xFFFFFF")),
    free(
        "transparent",
        "transparent",
        "param-transparent",
        Holds::Word(&["true", "false"]),
    ),
    free(
        "mm-per-pixel",
        "mm-per-pixel",
        "param-mm-per-pixel",
        Holds::Text("0.28"),
    ),
    free(
        "pixel-ratio",
        "pixel-ratio",
        "param-pixel-ratio",
        Holds::Word(&["1", "2"]),
    ),
    free("names", "names", "param-names", Holds::Word(&["true", "false"])),
    free("paper", "paper", "param-paper", Holds::Word(&["a4", "a3", "a2", "a1"])),
    free(
        "orientation",
        "orientation",
        "param-orientation",
        Holds::Word(&["portrait", "landscape"]),
    ),
    free("scale", "scale", "param-scale", Holds::Text("100000")),
    free("dpi", "dpi", "param-dpi", Holds::Number(None, 150)),
    free(
        "title",
        "title",
        "param-title",
        Holds::Text("Zonificación del distrito"),
    ),
    free("limit-processes", "limit", "param-limit", Holds::Number(None, 10)),
    free("jobs-asked", "id", "param-jobs", Holds::Text("1")),
    Parameter {
        key: "service",
        name: "SERVICE",
        words: "param-service",
        holds: Holds::Word(&["WMS"]),
        need: Need::Always,
    },
    Parameter {
        key: "request",
        name: "REQUEST",
        words: "param-request",
        holds: Holds::Word(&["GetCapabilities", "GetMap", "GetFeatureInfo", "GetLegendGraphic"]),
        need: Need::Always,
    },
    Parameter {
        key: "point",
        name: "point",
        words: "param-point",
        holds: Holds::Text(POINT),
        need: Need::Always,
    },
    free("point-asked", "point", "param-point", Holds::Text(POINT)),
    free("feature-asked", "feature", "param-feature", Holds::Text("springs/1")),
    free("snap", "snap", "param-snap", Holds::Number(None, 100)),
    free("to", "to", "param-to", Holds::Text("2026-03-01T12:00:00Z")),
];

const POINT: &str = "-72.05,-13.42";
const REPORT_ID: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// The parameter of a key.
pub(crate) fn parameter(key: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.key == key)
}

impl Parameter {
    /// As OpenAPI has it.
    pub(crate) fn described(&self, ground: &Ground<'_>) -> Value {
        let mut all = json!({
            "name": self.name,
            "in": if self.need == Need::Path { "path" } else { "query" },
            "required": self.need != Need::Free,
            "description": ground.speech.say(self.words),
            "schema": self.holds.schema(ground),
        });
        if let Some(example) = self.holds.example(ground) {
            all["example"] = example;
        }
        if matches!(self.holds, Holds::Layers | Holds::Box) {
            all["style"] = "form".into();
            all["explode"] = false.into();
        }
        all
    }
}

impl Holds {
    /// The JSON Schema of the value.
    pub(crate) fn schema(self, ground: &Ground<'_>) -> Value {
        let words = |words: &[&str]| json!({ "type": "string", "enum": words });
        match self {
            Self::Layer => words(&ground.layer_ids()),
            Self::Layers => json!({ "type": "array", "minItems": 1, "items": words(&ground.layer_ids()) }),
            Self::Limit => {
                json!({ "type": "integer", "minimum": 1, "maximum": ground.limits.most, "default": ground.limits.usual })
            }
            Self::Word(list) => words(list),
            Self::ReportLang => json!({ "type": "string", "enum": Lang::ALL.map(Lang::code), "default": "es" }),
            Self::Audience => {
                let known: Vec<&str> = Audience::ALL.iter().map(|audience| audience.id()).collect();
                json!({ "type": "string", "enum": known, "default": Audience::default().id() })
            }
            Self::Problem => words(&Kind::ALL.iter().map(|kind| kind.slug()).collect::<Vec<_>>()),
            Self::Zone => json!({ "type": "integer", "enum": [17, 18, 19] }),
            Self::Number(None, _) => json!({ "type": "integer", "minimum": 0 }),
            Self::Number(Some(last), _) => json!({ "type": "integer", "minimum": 0, "maximum": last }),
            Self::Box => json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } }),
            Self::System => {
                let known: Vec<String> = WireCrs::all().into_iter().map(WireCrs::uri).collect();
                json!({ "type": "string", "enum": known, "default": WireCrs::CRS84.uri() })
            }
            Self::Day => json!({ "type": "string", "format": "date" }),
            Self::Feature | Self::Text(_) => json!({ "type": "string", "minLength": 1 }),
        }
    }

    /// A value that is understood; none where there is nothing in the store to name.
    fn example(self, ground: &Ground<'_>) -> Option<Value> {
        Some(match self {
            Self::Layer => ground.example?.0.id().into(),
            Self::Layers => json!([ground.example?.0.id()]),
            Self::Feature => ground.example?.1.into(),
            Self::Limit => ground.limits.usual.into(),
            Self::Word(list) => (*list.first()?).into(),
            Self::ReportLang => "es".into(),
            Self::Audience => Audience::default().id().into(),
            Self::Problem => Kind::ALL.first()?.slug().into(),
            Self::Zone => 17.into(),
            Self::Number(_, example) => example.into(),
            Self::Box => json!([-79.0, -7.5, -78.0, -6.5]),
            Self::System => WireCrs::CRS84.uri().into(),
            Self::Day => "2026-03-01".into(),
            Self::Text(example) => example.into(),
        })
    }
}
