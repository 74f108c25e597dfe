//! The check of a file or of coordinates that somebody hands in, and the form for it.

use super::{Answer, Site};
use crate::{
    answer::{document, media},
    checking::{LONGEST_NAME, Land, Query},
    config::Config,
    given::gather,
    judging::{Ask, Course},
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    pool::busy,
    rendering::{REPORT, Wish},
    speech::{PAGE, Speech},
};
use actix_web::{HttpRequest, web::Payload};
use crs::{Crs, UtmZone};
use maud::{Markup, html};
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
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = match format {
        Format::Html => as_page(&site.config, &speech),
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

fn as_page(config: &Config, speech: &Speech) -> String {
    let say = |id: &str| speech.say(id);
    let body = html! {
        p { (say("form-words")) }
        form method="post" action="/checks" enctype="multipart/form-data" {
            (land(config, speech))
            label for="name" { (say("form-name")) }
            input id="name" name="name" maxlength=(LONGEST_NAME);
            label for="zone" { (say("form-zone")) }
            select id="zone" name="zone" {
                option value="" { (say("form-zone-own")) }
                @for zone in UtmZone::ALL { option value=(zone.number()) { (zone.number()) " S" } }
            }
            label { input type="checkbox" name="slivers" value="keep"; " " (say("form-slivers")) }
            label { input type="checkbox" name="keep" value="true"; " " (say("form-keep")) }
            input type="hidden" name="f" value="html";
            input type="hidden" name="lang" value=(speech.lang.code());
            p { button type="submit" { (say("form-check")) } }
        }
    };
    page_for(speech, (&say("page-check-my-land"), false), &body)
}

/// The land as a file or as coordinates, and its system.
fn land(config: &Config, speech: &Speech) -> Markup {
    let limits = &config.uploads;
    let most = [
        ("bytes", crate::words::count(limits.bytes as u64).into()),
        ("vertices", crate::words::count(limits.vertices as u64).into()),
    ];
    html! {
        label for="file" { (speech.say("form-file")) }
        p .hint id="file-hint" { (speech.fill("form-file-words", &most)) }
        input id="file" name="file" type="file" aria-describedby="file-hint" accept=".geojson,.json,.kml,.kmz,.gpx,.csv,.zip,.txt,.wkt";
        label for="coords" { (speech.say("form-coords")) }
        p .hint id="coords-hint" { (speech.say("form-coords-words")) }
        textarea id="coords" name="coords" rows="8" aria-describedby="coords-hint" {}
        label for="crs" { (speech.say("form-crs")) }
        p .hint id="crs-hint" { (speech.say("form-crs-words")) }
        input id="crs" name="crs" list="systems" aria-describedby="crs-hint";
        datalist id="systems" { @for crs in Crs::all() { option value=(crs) lang=[speech.spanish()] { (crs.name()) } } }
    }
}
