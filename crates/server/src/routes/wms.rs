//! WMS 1.3.0 and 1.1.1.

use super::{Answer, Site};
use crate::{
    answer::{base_of, document, entity_tag_of, unchanged},
    clock,
    current::Current,
    drawing::{Medium, Picture},
    judging::unread,
    params::Time,
    problem::Problem,
    wms::{
        Asked, Code, Described, Exception, InfoForm, Request, Version, capabilities, feature_info, legend, map_asked,
        point_asked,
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use maps::{Colour, Face, Group, Item, Scene, Words};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::Snapshot;
use territory::{LayerKind, hex};

/// Features of one answer about a point, at most.
const MOST_FEATURES: usize = 50;

/// `/wms`
pub(crate) async fn wms(request: HttpRequest, site: Site) -> Answer {
    let asked = Asked::read(request.query_string());
    let answered = match asked.request() {
        Ok(Request::Capabilities) => describe(&request, &site, &asked).await,
        Ok(Request::Map) => map(&request, &site, &asked).await,
        Ok(Request::FeatureInfo) => info(&site, &asked).await,
        Ok(Request::LegendGraphic) => graphic(&request, &site, &asked),
        Err(refused) => Err(refused),
    };
    Ok(answered.unwrap_or_else(|refused| refusal(&asked, &refused)))
}

/// What is served now; its troubles in the words of WMS.
fn current(site: &Site) -> Result<(Arc<Current>, Vec<LayerKind>), Exception> {
    let current = site.current()?;
    let kinds = current.snapshot.kinds();
    Ok((current, kinds))
}

/// A tag of this very question about the data of now.
fn tag(request: &HttpRequest, current: &Current) -> String {
    let mut hash = Sha256::new();
    hash.update(request.query_string());
    hash.update(request.connection_info().host());
    entity_tag_of(&current.tag, &format!("wms-{}", &hex(&hash.finalize())[..16]))
}

async fn describe(request: &HttpRequest, site: &Site, asked: &Asked) -> Result<HttpResponse, Exception> {
    let (current, kinds) = current(site)?;
    let generation = current.snapshot.generation;
    if let Some(known) = asked.text("UPDATESEQUENCE").and_then(|text| text.parse::<u64>().ok()) {
        match known.cmp(&generation) {
            std::cmp::Ordering::Equal => {
                return Err(Exception::new(
                    Code::CurrentUpdateSequence,
                    "El documento que tiene es el vigente.",
                ));
            }
            std::cmp::Ordering::Greater => {
                let text = format!("UPDATESEQUENCE={known} es posterior al vigente, que es {generation}.");
                return Err(Exception::new(Code::InvalidUpdateSequence, text));
            }
            std::cmp::Ordering::Less => {}
        }
    }
    let tag = tag(request, &current);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let here = format!("{}/wms?", base_of(request).unwrap_or_default());
    let (version, limits) = (asked.version, site.config.maps);
    let body = site
        .pool
        .run(move |_| {
            let today = clock::today();
            let first = current
                .documents
                .history
                .iter()
                .map(|meta| meta.valid_from)
                .min()
                .unwrap_or(today);
            Ok(capabilities(
                version,
                &Described {
                    snapshot: &current.snapshot,
                    kinds: &kinds,
                    here: &here,
                    days: (first.min(today), today),
                    limits,
                },
            ))
        })
        .await?;
    let media = match version {
        Version::V130 => "text/xml; charset=utf-8",
        Version::V111 => "application/vnd.ogc.wms_xml; charset=utf-8",
    };
    Ok(document(media, Some(&tag), body))
}

async fn map(request: &HttpRequest, site: &Site, asked: &Asked) -> Result<HttpResponse, Exception> {
    let (current, kinds) = current(site)?;
    let wanted = map_asked(asked, &kinds, site.config.maps)?;
    let tag = tag(request, &current);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let medium = wanted.medium;
    let bytes = site
        .pool
        .run(move |_| {
            let snapshot = snapshot(&current, wanted.time)?;
            let picture = &wanted.picture;
            medium.bytes(picture.scene(&snapshot)?, picture.view.pixels, picture.background)
        })
        .await?;
    Ok(document(medium.media(), Some(&tag), bytes))
}

fn snapshot(current: &Current, time: Option<Time>) -> Result<Arc<Snapshot>, Problem> {
    let Some(time) = time else {
        return Ok(Arc::clone(&current.snapshot));
    };
    let as_of = Time::later(Some(time));
    current
        .as_of(Some(as_of.valid), Some(as_of.known))
        .map_err(|error| unread(current, error))
}

async fn info(site: &Site, asked: &Asked) -> Result<HttpResponse, Exception> {
    let (current, kinds) = current(site)?;
    let wanted = map_asked(asked, &kinds, site.config.maps)?;
    let at = point_asked(asked, &wanted.picture.view)?;
    let form = InfoForm::read(asked.text("INFO_FORMAT"))?;
    let most = match asked.text("FEATURE_COUNT") {
        None => 1,
        Some(text) => match text.parse::<usize>() {
            Ok(count) if count > 0 => count.min(MOST_FEATURES),
            _ => {
                return Err(Exception::invalid(
                    "FEATURE_COUNT",
                    text,
                    &format!("un número de 1 a {MOST_FEATURES}"),
                ));
            }
        },
    };
    let queried = asked.layers("QUERY_LAYERS", &kinds)?;
    if let Some(other) = queried.iter().find(|kind| !wanted.picture.kinds.contains(kind)) {
        let text =
            format!("QUERY_LAYERS nombra «{other}», que no está en LAYERS. Pida en QUERY_LAYERS solo capas de LAYERS.");
        return Err(Exception::new(Code::LayerNotDefined, text));
    }
    let body = site
        .pool
        .run(move |_| {
            let snapshot = snapshot(&current, wanted.time)?;
            let picture = Picture {
                kinds: queried,
                ..wanted.picture
            };
            Ok(feature_info(&snapshot, &picture, (at, most), form))
        })
        .await?;
    Ok(document(form.content_type(), None, body))
}

fn graphic(request: &HttpRequest, site: &Site, asked: &Asked) -> Result<HttpResponse, Exception> {
    let (current, kinds) = current(site)?;
    let (scene, pixels, medium) = legend(asked, &kinds)?;
    let tag = tag(request, &current);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let bytes = medium.bytes(scene, pixels, Some(Colour::WHITE))?;
    Ok(document(medium.media(), Some(&tag), bytes))
}

/// A refusal as XML, or as a picture where that was asked for.
fn refusal(asked: &Asked, refused: &Exception) -> HttpResponse {
    let wanted = asked.text("EXCEPTIONS").unwrap_or_default().to_ascii_lowercase();
    let is_map = asked.request().is_ok_and(|request| request == Request::Map);
    if is_map && (wanted.ends_with("inimage") || wanted.ends_with("blank")) {
        let text = if wanted.ends_with("blank") { "" } else { &refused.text };
        if let Some(bytes) = said_in_picture(asked, text) {
            return document("image/png", None, bytes);
        }
    }
    let media = match asked.version {
        Version::V130 => "text/xml; charset=utf-8",
        Version::V111 => "application/vnd.ogc.se_xml; charset=utf-8",
    };
    let mut answer = document(media, None, refused.xml(asked.version));
    if let Ok(status) = StatusCode::from_u16(refused.status) {
        *answer.status_mut() = status;
    }
    answer
}

/// Words on a picture of the size that was asked, or of a usual one.
fn said_in_picture(asked: &Asked, text: &str) -> Option<Vec<u8>> {
    const MM: f64 = maps::layers::PIXEL_MM;
    const SIZE: f64 = 3.4;
    let side = |name: &str, usual: u32| {
        asked
            .whole(name, "")
            .ok()
            .filter(|side| (1..=4096).contains(side))
            .unwrap_or(usual)
    };
    let (width, height) = (side("WIDTH", 400), side("HEIGHT", 300));
    let (width_mm, height_mm) = (f64::from(width) * MM, f64::from(height) * MM);
    let lines = Face::Condensed.wrap(text, SIZE, (width_mm - 4.0).max(10.0));
    let line = |(at, line): (usize, &String)| {
        let place = geo_types::Coord {
            x: 2.0,
            y: 5.0 + at as f64 * SIZE * 1.3,
        };
        Item::Words(Words::plain(place, line, Face::Condensed, SIZE))
    };
    let scene = Scene {
        width_mm,
        height_mm,
        lang: "es".to_owned(),
        title: text.to_owned(),
        desc: String::new(),
        groups: vec![Group {
            name: "words",
            items: lines.iter().enumerate().map(line).collect(),
        }],
    };
    let transparent = asked
        .text("TRANSPARENT")
        .is_some_and(|word| word.eq_ignore_ascii_case("true"));
    Medium::Png
        .bytes(scene, (width, height), (!transparent).then_some(Colour::WHITE))
        .ok()
}
