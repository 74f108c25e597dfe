//! The way in which the square map is cut into tiles.

use super::{Answer, Site};
use crate::{
    answer::{document, media, unchanged},
    documents::link,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    problem::{Kind, Problem},
    speech::{PAGE, Speech},
};
use actix_web::{HttpRequest, web::Path};
use maps::tiles::MAX_ZOOM;
use maud::html;
use serde_json::{Value, json};

/// The only matrix set that is served.
pub(crate) const SET: &str = "WebMercatorQuad";
/// Its name in the register of the OGC.
pub(crate) const SET_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Its coordinate system.
pub(crate) const SET_CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";

const HALF_WORLD_M: f64 = 20_037_508.342_789_244;
/// Metres of a pixel that the standard takes every screen to have.
const PIXEL_M: f64 = 0.000_28;

/// Whether a matrix set is served.
///
/// # Errors
/// `unknown-tile` with the one that is.
pub(crate) fn known_set(name: &str) -> Result<(), Problem> {
    if name == SET {
        return Ok(());
    }
    let name: String = name.chars().take(80).collect();
    let detail = format!("No hay ninguna cuadrícula de teselas «{name}». Use {SET}.");
    Err(Kind::UnknownTile.because(detail).with("available", json!([SET])))
}

/// `/tileMatrixSets`
pub(crate) async fn sets(request: HttpRequest) -> Answer {
    let whole = json!({ "tileMatrixSets": [{
        "id": SET,
        "title": "Google Maps Compatible for the World",
        "uri": SET_URI,
        "crs": SET_CRS,
        "links": [link("self", &format!("/tileMatrixSets/{SET}"), "application/json")],
    }] });
    answer(&request, &whole)
}

/// `/tileMatrixSets/{set}`
pub(crate) async fn set(request: HttpRequest, _site: Site, path: Path<String>) -> Answer {
    known_set(&path)?;
    let whole = json!({
        "id": SET,
        "title": "Google Maps Compatible for the World",
        "uri": SET_URI,
        "crs": SET_CRS,
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "orderedAxes": ["X", "Y"],
        "tileMatrices": (0..=MAX_ZOOM).map(matrix).collect::<Vec<_>>(),
    });
    answer(&request, &whole)
}

fn matrix(zoom: u8) -> Value {
    let side = 1_u64 << zoom;
    let cell = 2.0 * HALF_WORLD_M / 256.0 / side as f64;
    json!({
        "id": zoom.to_string(),
        "scaleDenominator": cell / PIXEL_M,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF_WORLD_M, HALF_WORLD_M],
        "tileWidth": 256,
        "tileHeight": 256,
        "matrixWidth": side,
        "matrixHeight": side,
    })
}

/// The same for everybody until another program is here.
fn answer(request: &HttpRequest, whole: &Value) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(request, &params)?;
    let tag = speech.entity_tag(env!("CARGO_PKG_VERSION"), format);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let levels = (1 + u32::from(MAX_ZOOM)).to_string();
    let body = match format {
        Format::Html => {
            let body = html! {
                p { (speech.fill("tiles-grids-words", &[("set", SET.into()), ("levels", levels.into())])) }
                p { a href=(format!("/tileMatrixSets/{SET}?f=json")) { (speech.say("tiles-grids-definition")) } }
            };
            page_for(&speech, (&speech.say("tiles-grids"), false), &body)
        }
        _ => whole.to_string(),
    };
    Ok(document(media(format), Some(&tag), body))
}
