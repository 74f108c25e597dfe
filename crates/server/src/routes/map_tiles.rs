//! One tile as a picture (OGC API Maps in tiles), of one layer or of several: for programs that show pictures alone.

use super::{
    Answer, Site,
    layer::layer,
    maps::in_drawing_order,
    tile_matrix_sets::known_set,
    tiles::{collections, place},
};
use crate::{
    answer::{entity_tag_of, unchanged},
    current::Current,
    drawing::{Medium, Picture},
    negotiate::{accepts, not_offered},
    params::{Params, invalid},
    problem::Problem,
    shared::Shared,
    tiles::{CacheKey, TileForm},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Path},
};
use maps::{
    layers::{PIXEL_MM, View},
    tiles::TileId,
};
use reports::symbology_mark;
use std::sync::Arc;
use territory::LayerKind;

const ACCEPTED: &[&str] = &["image/png", "image/*", "*/*"];
/// Pixels along the side of a tile.
const SIDE: u32 = 256;
/// The parameters of a tile, beside `f` and the layers.
pub(crate) const OF_A_TILE: [&str; 1] = ["pixel-ratio"];
/// The same, and the layers.
pub(crate) const OF_A_TILE_OF_SEVERAL: [&str; 2] = ["collections", "pixel-ratio"];

/// Matrix set, zoom, row, column.
type Place = (String, String, String, String);

/// `/collections/{layer}/map/tiles/{set}/{z}/{y}/{x}`
pub(crate) async fn one(
    request: HttpRequest,
    site: Site,
    path: Path<(String, String, String, String, String)>,
) -> Answer {
    let params = Params::read(request.query_string(), &["f", "pixel-ratio"])?;
    let (name, set, z, y, x) = path.into_inner();
    let current = site.current()?;
    let kind = layer(&current.snapshot, &name)?;
    answer(&request, &site, &params, (current, vec![kind], (set, z, y, x))).await
}

/// `/map/tiles/{set}/{z}/{y}/{x}`
pub(crate) async fn several(request: HttpRequest, site: Site, path: Path<Place>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "collections", "pixel-ratio"])?;
    let current = site.current()?;
    let kinds = collections(&current, &params)?;
    answer(&request, &site, &params, (current, kinds, path.into_inner())).await
}

async fn answer(
    request: &HttpRequest,
    site: &Shared,
    params: &Params,
    (current, kinds, (set, z, y, x)): (Arc<Current>, Vec<LayerKind>, Place),
) -> Answer {
    let offered = params
        .f()
        .map_or_else(|| accepts(request.headers(), ACCEPTED), |word| word == "png");
    if !offered {
        return Err(not_offered(params.f(), &["png"]));
    }
    known_set(&set)?;
    let tile = place(&z, &y, &x)?;
    let ratio = ratio(params)?;
    // the same features look otherwise in another program, and by another symbology
    let (version, mark) = (env!("CARGO_PKG_VERSION"), symbology_mark());
    let tag = entity_tag_of(&current.tiles.tag(&kinds), &format!("png{ratio}-{version}-{mark}"));
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let key = CacheKey {
        kinds,
        tile,
        form: TileForm::Picture(ratio),
    };
    let bytes = match current.tiles.cache.ask(&key) {
        Some(bytes) => bytes,
        None => site.pool.run(move |_| made(&current, key, ratio)).await?,
    };
    Ok(sent(&tag, bytes))
}

/// Pixels for each of the usual ones.
fn ratio(params: &Params) -> Result<u32, Problem> {
    match params.text("pixel-ratio").map(str::trim) {
        None | Some("1") => Ok(1),
        Some("2") => Ok(2),
        Some(other) => Err(invalid("pixel-ratio", other, "1 o 2")),
    }
}

/// Draws a tile, without names: they would be cut where it ends. Nothing where no feature is.
fn made(current: &Current, key: CacheKey, ratio: u32) -> Result<Bytes, Problem> {
    let picture = Picture {
        kinds: in_drawing_order(key.kinds.clone()),
        view: view(key.tile, ratio),
        names: false,
        background: None,
    };
    let scene = picture.scene(&current.snapshot)?;
    let bytes = if scene.groups.iter().all(|group| group.items.is_empty()) {
        Bytes::new()
    } else {
        Bytes::from(Medium::Png.bytes(scene, picture.view.pixels, None)?)
    };
    current.tiles.cache.keep(key, bytes.clone());
    Ok(bytes)
}

fn view(tile: TileId, ratio: u32) -> View {
    let side = SIDE * ratio;
    View::new(
        crs::Crs::WEB_MERCATOR,
        tile.metres(),
        (side, side),
        PIXEL_MM / f64::from(ratio),
    )
    .expect("a tile has a width and a height")
}

fn sent(tag: &str, bytes: Bytes) -> HttpResponse {
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
    answer.insert_header((header::CONTENT_TYPE, Medium::Png.media()));
    answer.body(bytes)
}
