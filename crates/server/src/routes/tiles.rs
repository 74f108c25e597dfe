//! One vector tile, of one layer or of several.

use super::{Answer, Site, layer::layer, tile_matrix_sets::known_set};
use crate::{
    answer::{entity_tag_of, unchanged},
    current::Current,
    negotiate::{accepts, not_offered},
    params::{Params, invalid},
    problem::{Kind, Problem},
    shared::Shared,
    tiles::{CacheKey, Coding, TileForm},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Path},
};
use maps::tiles::{MAX_ZOOM, TileId};
use serde_json::json;
use std::sync::Arc;
use territory::LayerKind;

/// The media type of vector tiles.
pub(crate) const MEDIA: &str = "application/vnd.mapbox-vector-tile";
const ACCEPTED: &[&str] = &[
    MEDIA,
    "application/x-protobuf",
    "application/octet-stream",
    "application/*",
    "*/*",
];

/// Matrix set, zoom, row, column.
type Place = (String, String, String, String);

/// `/collections/{layer}/tiles/{set}/{z}/{y}/{x}`
pub(crate) async fn of_layer(
    request: HttpRequest,
    site: Site,
    path: Path<(String, String, String, String, String)>,
) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let (name, set, z, y, x) = path.into_inner();
    let current = site.current()?;
    let kind = layer(&current.snapshot, &name)?;
    answer(&request, &site, &params, (current, vec![kind], (set, z, y, x))).await
}

/// `/tiles/{set}/{z}/{y}/{x}`
pub(crate) async fn of_several(request: HttpRequest, site: Site, path: Path<Place>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "collections"])?;
    let current = site.current()?;
    let kinds = collections(&current, &params)?;
    answer(&request, &site, &params, (current, kinds, path.into_inner())).await
}

/// The layers of `collections`, each once and in the order of all layers; all of them where nothing was asked.
///
/// # Errors
/// `invalid-parameter` with the layer that is none, and those that there are.
pub(crate) fn collections(current: &Current, params: &Params) -> Result<Vec<LayerKind>, Problem> {
    let known = current.snapshot.kinds();
    let Some(text) = params.text("collections") else {
        return Ok(known);
    };
    let mut kinds = Vec::new();
    for name in text.split(',').map(str::trim) {
        let kind = known.iter().find(|kind| kind.id() == name).ok_or_else(|| {
            let ids: Vec<&str> = known.iter().map(|kind| kind.id()).collect();
            invalid(
                "collections",
                name,
                &format!("capas separadas por comas, de estas: {}", ids.join(", ")),
            )
            .with("available", json!(ids))
        })?;
        kinds.push(*kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(kinds)
}

async fn answer(
    request: &HttpRequest,
    site: &Shared,
    params: &Params,
    (current, kinds, (set, z, y, x)): (Arc<Current>, Vec<LayerKind>, Place),
) -> Answer {
    let offered = params
        .f()
        .map_or_else(|| accepts(request.headers(), ACCEPTED), |word| word == "mvt");
    if !offered {
        return Err(not_offered(params.f(), &["mvt"]));
    }
    known_set(&set)?;
    let tile = place(&z, &y, &x)?;
    let tag = entity_tag_of(&current.tiles.tag(&kinds), "mvt");
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let coding = Coding::asked(request.headers());
    let form = TileForm::Vector(coding);
    let key = CacheKey { kinds, tile, form };
    let bytes = match current.tiles.cache.ask(&key) {
        Some(bytes) => bytes,
        None => site.pool.run(move |_| made(&current, (key, coding))).await?,
    };
    Ok(sent(&tag, coding, bytes))
}

/// Makes a tile and packs it, or packs the one that was made.
fn made(current: &Current, (key, coding): (CacheKey, Coding)) -> Result<Bytes, Problem> {
    let cache = &current.tiles.cache;
    let plain = CacheKey {
        form: TileForm::Vector(Coding::Identity),
        ..key.clone()
    };
    let bytes = cache.find(&plain).unwrap_or_else(|| {
        let bytes = Bytes::from(current.tiles.tile(&key.kinds, key.tile));
        cache.keep(plain, bytes.clone());
        bytes
    });
    if coding == Coding::Identity || bytes.is_empty() {
        return Ok(bytes);
    }
    let packed = coding.pack(&bytes).map_err(|error| Problem::internal(&error))?;
    let packed = Bytes::from(packed);
    cache.keep(key, packed.clone());
    Ok(packed)
}

fn sent(tag: &str, coding: Coding, bytes: Bytes) -> HttpResponse {
    let mut answer = if bytes.is_empty() {
        HttpResponse::NoContent()
    } else {
        HttpResponse::Ok()
    };
    answer.insert_header((header::ETAG, tag));
    answer.insert_header((header::CACHE_CONTROL, "no-cache"));
    if bytes.is_empty() {
        return answer.finish();
    }
    answer.insert_header((header::CONTENT_TYPE, MEDIA));
    answer.append_header((header::VARY, "accept-encoding"));
    if let Some(name) = coding.name() {
        answer.insert_header((header::CONTENT_ENCODING, name));
    }
    answer.body(bytes)
}

/// The tile of an address.
///
/// # Errors
/// `invalid-parameter` for what is no number, `unknown-tile` for what lies beyond the matrix.
pub(crate) fn place(z: &str, y: &str, x: &str) -> Result<TileId, Problem> {
    let number = |name: &str, text: &str| -> Result<u64, Problem> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let parsed = if digits {
            Some(text.parse().unwrap_or(u64::MAX))
        } else {
            None
        };
        parsed.ok_or_else(|| {
            invalid(
                name,
                text,
                "un número entero, como en /tiles/WebMercatorQuad/12/2130/1157",
            )
        })
    };
    let (z, y, x) = (number("z", z)?, number("y", y)?, number("x", x)?);
    let small = |value: u64| u32::try_from(value).ok();
    let tile = u8::try_from(z).ok().zip(small(x)).zip(small(y));
    tile.and_then(|((z, x), y)| TileId::new(z, x, y)).ok_or_else(|| {
        Kind::UnknownTile
            .because(format!(
                "No hay tesela en el nivel {z}, fila {y}, columna {x}. Los niveles van de 0 a {MAX_ZOOM}, y en cada uno hay 2^nivel \
                 filas y columnas, desde 0."
            ))
            .with("max_zoom", MAX_ZOOM)
    })
}
