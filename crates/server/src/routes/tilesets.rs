//! What tiles there are of a layer or of all of them, for OGC API clients, for map libraries (`TileJSON`) and for people.

mod tilejson;

use super::{
    Answer, Site,
    layer::layer,
    tile_matrix_sets::{SET, SET_CRS, SET_URI, known_set},
    tiles::{MEDIA, collections},
};
use crate::{
    answer::{document, entity_tag_of, media, unchanged},
    current::Current,
    documents::{is_synthetic, link},
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    problem::Problem,
    speech::{PAGE, Speech},
    words::title_of,
};
use actix_web::{HttpRequest, web::Path};
use maps::tiles::{FieldKind, MAX_ZOOM, TileId};
use maud::html;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use territory::{Extent, LayerKind};
use tilejson::as_tilejson;

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

/// What is described: some layers under an address.
struct Described {
    current: Arc<Current>,
    kinds: Vec<LayerKind>,
    /// One layer; none where there are several.
    only: Option<LayerKind>,
    /// `/collections/{layer}/tiles` or `/tiles`.
    here: String,
    /// `?collections=…`, where the address needs it.
    query: String,
    data: Data,
}

/// What the tiles hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Data {
    /// Features.
    Vector,
    /// Pictures.
    Map,
}

impl Data {
    /// Its part of the address, the word of `f` and the media type.
    fn of(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Vector => ("/tiles", "mvt", MEDIA),
            Self::Map => ("/map/tiles", "png", "image/png"),
        }
    }

    /// As the standard names it.
    fn word(self) -> &'static str {
        match self {
            Self::Vector => "vector",
            Self::Map => "map",
        }
    }
}

/// `/collections/{layer}/tiles`
pub(crate) async fn list_of_layer(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    list_of(&request, &site, Some(&path), Data::Vector)
}

/// `/tiles`
pub(crate) async fn list_of_all(request: HttpRequest, site: Site) -> Answer {
    list_of(&request, &site, None, Data::Vector)
}

/// `/collections/{layer}/map/tiles`
pub(crate) async fn maps_of_layer(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    list_of(&request, &site, Some(&path), Data::Map)
}

/// `/map/tiles`
pub(crate) async fn maps_of_all(request: HttpRequest, site: Site) -> Answer {
    list_of(&request, &site, None, Data::Map)
}

/// `/collections/{layer}/tiles/{set}`
pub(crate) async fn set_of_layer(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    set_of(&request, &site, (Some(&path.0), &path.1), Data::Vector).await
}

/// `/tiles/{set}`
pub(crate) async fn set_of_all(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    set_of(&request, &site, (None, &path), Data::Vector).await
}

/// `/collections/{layer}/map/tiles/{set}`
pub(crate) async fn map_set_of_layer(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    set_of(&request, &site, (Some(&path.0), &path.1), Data::Map).await
}

/// `/map/tiles/{set}`
pub(crate) async fn map_set_of_all(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    set_of(&request, &site, (None, &path), Data::Map).await
}

fn list_of(request: &HttpRequest, site: &Site, layer: Option<&str>, data: Data) -> Answer {
    let (params, described) = asked(request, site, layer, data)?;
    list(request, &params, &described)
}

async fn set_of(request: &HttpRequest, site: &Site, (layer, name): (Option<&str>, &str), data: Data) -> Answer {
    let (params, described) = asked(request, site, layer, data)?;
    known_set(name)?;
    set(request, site, &params, described).await
}

/// The layer of the address, or those of `collections`.
fn asked(request: &HttpRequest, site: &Site, layer: Option<&str>, data: Data) -> Result<(Params, Described), Problem> {
    let known: &[&'static str] = if layer.is_some() {
        PAGE
    } else {
        &["f", "lang", "collections"]
    };
    let params = Params::read(request.query_string(), known)?;
    let current = site.current()?;
    let described = match layer {
        Some(name) => of_layer(current, name, data)?,
        None => of_several(current, &params, data)?,
    };
    Ok((params, described))
}

fn of_layer(current: Arc<Current>, name: &str, data: Data) -> Result<Described, Problem> {
    let kind = layer(&current.snapshot, name)?;
    Ok(Described {
        current,
        kinds: vec![kind],
        only: Some(kind),
        here: format!("/collections/{kind}{}", data.of().0),
        query: String::new(),
        data,
    })
}

fn of_several(current: Arc<Current>, params: &Params, data: Data) -> Result<Described, Problem> {
    let kinds = collections(&current, params)?;
    let ids: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
    Ok(Described {
        only: None,
        here: data.of().0.to_owned(),
        query: format!("collections={}", ids.join(",")),
        current,
        kinds,
        data,
    })
}

impl Described {
    /// What people call it, in the language of documents.
    fn title(&self) -> String {
        self.title_in(&Speech::default())
    }

    fn title_in(&self, speech: &Speech) -> String {
        match self.only {
            Some(kind) => speech.layer(kind),
            None => speech.say("tiles-several"),
        }
    }

    fn address(&self, path: &str, f: &str) -> String {
        let query = if self.query.is_empty() {
            String::new()
        } else {
            format!("{}&", self.query)
        };
        format!("{}{path}?{query}f={f}", self.here)
    }

    fn item(&self, place: &str) -> String {
        self.address(&format!("/{SET}/{place}"), self.data.of().1)
    }

    /// West, south, east, north of all layers; none where there are no features.
    fn bounds(&self) -> Option<[f64; 4]> {
        let editions = self
            .kinds
            .iter()
            .flat_map(|kind| self.current.snapshot.collection(*kind));
        let extents = editions
            .filter_map(|edition| edition.meta.extent)
            .map(|Extent(bounds)| bounds);
        extents.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    fn tileset(&self) -> Value {
        let item = json!({
            "rel": "item",
            "href": self.item("{tileMatrix}/{tileRow}/{tileCol}"),
            "type": self.data.of().2,
            "templated": true,
        });
        json!({
            "title": self.title(),
            "dataType": self.data.word(),
            "crs": SET_CRS,
            "tileMatrixSetURI": SET_URI,
            "links": [
                link("self", &self.address(&format!("/{SET}"), "json"), "application/json"),
                link("alternate", &self.address(&format!("/{SET}"), "tilejson"), "application/json"),
                link(TILING_SCHEME, &format!("/tileMatrixSets/{SET}"), "application/json"),
                item,
            ],
        })
    }

    fn synthetic(&self) -> bool {
        self.kinds
            .iter()
            .any(|kind| is_synthetic(&self.current.snapshot, Some(*kind)))
    }
}

fn list(request: &HttpRequest, params: &Params, described: &Described) -> Answer {
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(request, params)?;
    let tag = speech.entity_tag(&described.current.tag, format);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let body = match format {
        Format::Html => as_page(described, &speech),
        _ => json!({
            "links": [
                link("self", &described.address("", "json"), "application/json"),
                link("alternate", &described.address("", "html"), "text/html"),
            ],
            "tilesets": [described.tileset()],
        })
        .to_string(),
    };
    Ok(document(media(format), Some(&tag), body))
}

async fn set(request: &HttpRequest, site: &Site, params: &Params, described: Described) -> Answer {
    let tilejson = params.f() == Some("tilejson");
    let format = if tilejson {
        Format::Json
    } else {
        format(request.headers(), params.f(), &[Format::Json, Format::Html])?
    };
    let speech = Speech::of(request, params)?;
    let base = tilejson.then(|| {
        let info = request.connection_info();
        format!("{}://{}", info.scheme(), info.host())
    });
    let tag = match &base {
        Some(base) => entity_tag_of(
            &described.current.tag,
            &base.replace(|letter: char| !letter.is_ascii_alphanumeric(), "."),
        ),
        None => speech.entity_tag(&described.current.tag, format),
    };
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    if format == Format::Html {
        return Ok(document(media(format), Some(&tag), as_page(&described, &speech)));
    }
    // the first look at what features say goes through all of them
    let body = site
        .pool
        .run(move |_| {
            Ok(match base {
                Some(base) => as_tilejson(&described, &base),
                None => as_metadata(&described),
            })
        })
        .await?;
    Ok(document("application/json", Some(&tag), body.to_string()))
}

fn as_metadata(described: &Described) -> Value {
    let mut document = described.tileset();
    document["layers"] = described
        .kinds
        .iter()
        .map(|kind| layer_metadata(described, *kind))
        .collect();
    if let Some(bounds) = described.bounds() {
        let [west, south, east, north] = bounds;
        document["boundingBox"] = json!({ "lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84 });
        document["tileMatrixSetLimits"] = (0..=MAX_ZOOM).filter_map(|zoom| limits(zoom, bounds)).collect();
    }
    document
}

fn layer_metadata(described: &Described, kind: LayerKind) -> Value {
    let contents = described.current.tiles.contents(kind);
    let properties: Map<String, Value> = contents
        .iter()
        .flat_map(|contents| &contents.fields)
        .map(|(name, kind)| (name.clone(), property(*kind)))
        .collect();
    let mut document = json!({
        "id": kind.id(),
        "title": title_of(kind),
        "dataType": described.data.word(),
        "crs": SET_CRS,
        "minTileMatrix": "0",
        "maxTileMatrix": MAX_ZOOM.to_string(),
        "propertiesSchema": { "type": "object", "properties": properties },
        "links": [link("geodata", &format!("/collections/{kind}"), "application/json")],
    });
    if let Some(dimension) = contents.and_then(|contents| contents.dimension) {
        document["geometryDimension"] = dimension.into();
    }
    document
}

fn property(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text => json!({ "type": "string" }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Integer => json!({ "type": "integer" }),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Truth => json!({ "type": "boolean" }),
    }
}

fn limits(zoom: u8, [west, south, east, north]: [f64; 4]) -> Option<Value> {
    let (first, last) = (TileId::holding(zoom, west, north)?, TileId::holding(zoom, east, south)?);
    Some(json!({
        "tileMatrix": zoom.to_string(),
        "minTileRow": first.y(),
        "maxTileRow": last.y(),
        "minTileCol": first.x(),
        "maxTileCol": last.x(),
    }))
}

fn as_page(described: &Described, speech: &Speech) -> String {
    let tilejson = described.address(&format!("/{SET}"), "tilejson");
    let metadata = described.address(&format!("/{SET}"), "json");
    let body = html! {
        p { (speech.say(if described.data == Data::Vector { "tiles-words" } else { "tiles-words-map" })) }
        dl {
            dt { "TileJSON (MapLibre, QGIS)" }
            dd { a href=(tilejson) { code { (tilejson) } } }
            dt { (speech.say("tiles-one")) }
            dd { code { (described.item("{z}/{y}/{x}")) } }
            dt { (speech.say("tiles-described")) }
            dd { a href=(metadata) { code { (metadata) } } }
        }
        h2 { (speech.say("page-layers")) }
        ul {
            @for kind in &described.kinds {
                li { a href=(speech.href(&format!("/collections/{kind}"))) { (speech.layer(*kind)) } " (" code { (kind) } ")" }
            }
        }
    };
    let title = speech.fill("tiles-title", &[("layer", described.title_in(speech).into())]);
    page_for(speech, (&title, described.synthetic()), &body)
}
