//! The check of a file or of coordinates that somebody hands in, and the form for it.

use super::{Answer, Site};
use crate::{
    answer::{document, media},
    checking::{LONGEST_NAME, Land, Query},
    config::Config,
    given::gather,
    judging::{Ask, Course},
    negotiate::{Format, format},
    page::page,
    params::Params,
    pool::busy,
    rendering::{REPORT, Wish},
    words::count,
};
use actix_web::{HttpRequest, web::Payload};
use crs::{Crs, UtmZone};
use maud::html;
use serde_json::json;

const FORMATS: &str = "GeoJSON, KML, KMZ, GPX, CSV, Shapefile en ZIP, WKT, coordenadas en texto";

/// `POST /checks`
pub(crate) async fn post(request: HttpRequest, site: Site, payload: Payload) -> Answer {
    // the snapshot of the moment in which the request began
    let current = site.current()?;
    let room = site.uploads.try_acquire();
    let _room = room.map_err(|_| busy("Ya se reciben", site.config.uploads.at_once))?;
    let given = gather(&request, payload, &site.config).await?;
    let format = format(request.headers(), given.params.f(), REPORT)?;
    let wish = Wish::of(format, &given.params)?;
    let ask = Ask::of(&given.params)?;
    let why = given.params.keep()?;
    let query = Query {
        land: Land::sent(given.bytes, (given.media, given.filename), &given.params)?,
        ask,
        why,
        wish,
    };
    let shared = site.clone();
    let answered = site
        .pool
        .run(move |stop| query.answered(&shared, &current, &Course::until(stop)))
        .await?;
    Ok(answered.response(None))
}

/// `GET /checks`
pub(crate) async fn form(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let body = match format {
        Format::Html => as_page(&site.config),
        _ => described(&site.config),
    };
    Ok(document(media(format), None, body))
}

fn described(config: &Config) -> String {
    json!({
        "title": "Consultar una tierra",
        "method": "POST",
        "formats": FORMATS.split(", ").collect::<Vec<_>>(),
        "parameters": crate::given::PARAMS,
        "fields": ["file", "coords"],
        "limits": {
            "bytes": config.uploads.bytes,
            "unpacked_bytes": config.uploads.unpacked_bytes,
            "entries": config.uploads.entries,
            "vertices": config.uploads.vertices,
            "area_ha": config.uploads.area_ha,
            "seconds": config.check.seconds,
            "body_seconds": config.body_s,
        },
    })
    .to_string()
}

fn as_page(config: &Config) -> String {
    let limits = &config.uploads;
    let body = html! {
        p { "Suba el lindero o escriba sus coordenadas: una de las dos cosas. Nada de lo que envíe se guarda, si no lo pide." }
        form method="post" action="/checks" enctype="multipart/form-data" {
            label for="file" { "Archivo" }
            p .hint id="file-hint" {
                (FORMATS) ". Hasta " (count(limits.bytes as u64)) " octetos y " (count(limits.vertices as u64)) " vértices."
            }
            input id="file" name="file" type="file" aria-describedby="file-hint" accept=".geojson,.json,.kml,.kmz,.gpx,.csv,.zip,.txt,.wkt";
            label for="coords" { "Coordenadas" }
            p .hint id="coords-hint" { "Un vértice en cada línea: grados o UTM. Por ejemplo: 17 M 765000 9250000." }
            textarea id="coords" name="coords" rows="8" aria-describedby="coords-hint" {}
            label for="crs" { "Sistema de coordenadas" }
            p .hint id="crs-hint" { "Déjelo vacío si el archivo lo dice o si no lo sabe: le preguntaremos." }
            input id="crs" name="crs" list="systems" aria-describedby="crs-hint";
            datalist id="systems" { @for crs in Crs::all() { option value=(crs) { (crs.name()) } } }
            label for="name" { "Nombre de la tierra (opcional)" }
            input id="name" name="name" maxlength=(LONGEST_NAME);
            label for="zone" { "Zona UTM en que se mide" }
            select id="zone" name="zone" {
                option value="" { "La que contiene la mayor parte" }
                @for zone in UtmZone::ALL { option value=(zone.number()) { (zone.number()) " Sur" } }
            }
            label {
                input type="checkbox" name="slivers" value="keep";
                " Contar también los roces (superposiciones muy pequeñas o delgadas)"
            }
            label {
                input type="checkbox" name="keep" value="true";
                " Guardar el informe (no el archivo), para que otros lo encuentren con su código"
            }
            input type="hidden" name="f" value="html";
            p { button type="submit" { "Consultar" } }
        }
    };
    page("Consultar mi terreno", false, &body)
}
