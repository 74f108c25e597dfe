//! The look of layers for other programs: style documents, letters, hatches, and layers ready for QGIS.

use super::{Answer, Site, layer::layer, maps::in_drawing_order};
use crate::{
    answer::{base_of, document, entity_tag_of, unchanged},
    current::Current,
    documents::link,
    negotiate::{accepts, not_offered},
    params::Params,
    problem::{Kind, Problem},
    words::title_of,
};
use actix_web::{HttpRequest, HttpResponse, http::header, web::Path};
use maps::{
    Face,
    styles::{Styled, Written, glyphs, maplibre, qml, qml_body, sld, sprites},
};
use reports::{Lang, Texts, layer_meanings, layer_styles, symbology_mark};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _};
use territory::LayerKind;

const MAPLIBRE: &str = "application/vnd.mapbox.style+json";
const SLD: &str = "application/vnd.ogc.sld+xml;version=1.0";
const QML: &str = "application/x-qgis-layer-settings";
const QLR: &str = "application/x-qgis-layer-definition";
/// The style of all layers together.
const ALL: &str = "todas";

/// `/styles`
pub(crate) async fn styles(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    if params.f().is_some_and(|f| f != "json") {
        return Err(not_offered(params.f(), &["json"]));
    }
    let current = site.current()?;
    let tag = entity_tag_of(&current.tag, "styles");
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let mut list = vec![listed(ALL, "Todas las capas", &[("mapbox", MAPLIBRE)])];
    for kind in current.snapshot.kinds() {
        list.push(listed(
            kind.id(),
            title_of(kind),
            &[("mapbox", MAPLIBRE), ("sld", SLD), ("qml", QML)],
        ));
    }
    let body = json!({
        "styles": list,
        "default": ALL,
        "links": [link("self", "/styles?f=json", "application/json")],
    });
    Ok(document("application/json", Some(&tag), body.to_string()))
}

fn listed(id: &str, title: &str, forms: &[(&str, &str)]) -> Value {
    let links: Vec<Value> = forms
        .iter()
        .map(|(f, media)| link("stylesheet", &format!("/styles/{id}?f={f}"), media))
        .collect();
    json!({ "id": id, "title": title, "links": links })
}

/// `/styles/{id}`
pub(crate) async fn style(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let current = site.current()?;
    let kind = if *path == ALL {
        None
    } else {
        Some(layer(&current.snapshot, &path)?)
    };
    let offered: &[(&str, &'static str)] = match kind {
        None => &[("mapbox", MAPLIBRE)],
        Some(_) => &[("mapbox", MAPLIBRE), ("sld", SLD), ("qml", QML)],
    };
    let (f, media) = chosen(&request, &params, offered)?;
    let here = base_of(&request).unwrap_or_default();
    let tag = tag(&current, &format!("{here}{}{f}", &*path));
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let meanings = layer_meanings(Texts::of(Lang::Es));
    let body = match (kind, f) {
        (Some(kind), "sld") => sld(&written(kind, &meanings)),
        (Some(kind), "qml") => qml(&written(kind, &meanings)),
        (kind, _) => {
            let kinds = kind.map_or_else(|| in_drawing_order(current.snapshot.kinds()), |kind| vec![kind]);
            let layers: Vec<Written<'_>> = kinds.into_iter().map(|kind| written(kind, &meanings)).collect();
            let letters = format!("{here}/fonts/{{fontstack}}/{{range}}.pbf");
            let styled = Styled {
                base: &here,
                glyphs: Some(&letters),
            };
            maplibre(kind.map_or("Tupu", title_of), &layers, &styled).to_string()
        }
    };
    let mut answer = document(media, Some(&tag), body);
    if f == "qml" {
        attach(&mut answer, &format!("{}.qml", &*path));
    }
    Ok(answer)
}

/// The form that `f` names, else the first that the reader takes.
fn chosen(
    request: &HttpRequest,
    params: &Params,
    offered: &[(&'static str, &'static str)],
) -> Result<(&'static str, &'static str), Problem> {
    let found = match params.f() {
        Some(word) => offered.iter().find(|(f, _)| *f == word),
        None => offered.iter().find(|(_, media)| {
            let plain = media.split(';').next().unwrap_or(media);
            accepts(
                request.headers(),
                &[plain, "application/*", "application/json", "text/html", "*/*"],
            )
        }),
    };
    let words: Vec<&str> = offered.iter().map(|(f, _)| *f).collect();
    found.copied().ok_or_else(|| not_offered(params.f(), &words))
}

fn written(kind: LayerKind, meanings: &BTreeMap<String, String>) -> Written<'_> {
    Written {
        kind,
        title: title_of(kind),
        look: layer_styles().look(kind),
        meanings,
    }
}

/// `/collections/{layer}/qgis`
pub(crate) async fn qgis(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    Params::read(request.query_string(), &[])?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let here = base_of(&request).unwrap_or_default();
    let tag = tag(&current, &format!("{here}{kind}qlr"));
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let meanings = layer_meanings(Texts::of(Lang::Es));
    let mut answer = document(QLR, Some(&tag), layer_definition(&written(kind, &meanings), &here));
    attach(&mut answer, &format!("{kind}.qlr"));
    Ok(answer)
}

/// A layer of QGIS over OGC API Features, with its look.
fn layer_definition(layer: &Written<'_>, here: &str) -> String {
    use maps::layers::GeometryKind as G;
    let (geometry, id) = (
        match layer.look.geometry {
            G::Area => "Polygon",
            G::Line => "Line",
            G::Point => "Point",
        },
        format!("tupu_{}", layer.kind.id().replace('-', "_")),
    );
    let source = format!(
        "restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='{}' url='{here}' pagingEnabled='true' preferCoordinatesForWfsT11='false'",
        layer.kind
    );
    let (source, title) = (attribute(&source), attribute(layer.title));
    let mut out = String::from("<!DOCTYPE qgis-layer-definition>\n<qlr>");
    let _ = writeln!(
        out,
        "<layer-tree-group name=\"\" checked=\"Qt::Checked\" expanded=\"1\"><layer-tree-layer id=\"{id}\" name=\"{title}\" source=\"{source}\" \
         providerKey=\"OAPIF\" checked=\"Qt::Checked\" expanded=\"1\"/></layer-tree-group>\
         <maplayers><maplayer type=\"vector\" geometry=\"{geometry}\" labelsEnabled=\"1\"><id>{id}</id><datasource>{source}</datasource>\
         <layername>{title}</layername><srs><spatialrefsys><authid>OGC:CRS84</authid></spatialrefsys></srs>\
         <provider encoding=\"UTF-8\">OAPIF</provider>{}</maplayer></maplayers></qlr>",
        qml_body(layer)
    );
    out
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn attach(answer: &mut HttpResponse, name: &str) {
    if let Ok(value) = header::HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
}

/// `/sprites/{name}`: `tupu.json`, `tupu.png`, and both with `@2x`.
pub(crate) async fn sprite(request: HttpRequest, path: Path<String>) -> Answer {
    Params::read(request.query_string(), &[])?;
    let (name, ratio) = match path.strip_prefix("tupu@2x.") {
        Some(rest) => (rest, 2.0),
        None => (path.strip_prefix("tupu.").unwrap_or_default(), 1.0),
    };
    if !["json", "png"].contains(&name) {
        return Err(Kind::NotFound.because("De las tramas hay tupu.json, tupu.png, tupu@2x.json y tupu@2x.png."));
    }
    let tag = entity_tag_of(
        env!("CARGO_PKG_VERSION"),
        &format!("sprites-{ratio}-{name}-{}", symbology_mark()),
    );
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let sheet = sprites(layer_styles(), ratio).map_err(|error| Problem::internal(&error))?;
    if name == "png" {
        return Ok(document("image/png", Some(&tag), sheet.png));
    }
    let place = |[x, y, width, height]: [u32; 4]| json!({ "x": x, "y": y, "width": width, "height": height, "pixelRatio": ratio });
    let index: BTreeMap<String, Value> = sheet.places.into_iter().map(|(name, at)| (name, place(at))).collect();
    Ok(document("application/json", Some(&tag), json!(index).to_string()))
}

/// `/fonts/{stack}/{range}`: the letters of the first face that is known, `0-255.pbf`.
pub(crate) async fn letters(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    Params::read(request.query_string(), &[])?;
    let (stack, range) = path.into_inner();
    let face = stack
        .split(',')
        .find_map(|name| Face::ALL.into_iter().find(|face| face.stack() == name.trim()));
    let from = range
        .strip_suffix(".pbf")
        .and_then(|range| range.split_once('-'))
        .and_then(|(from, to)| {
            let (from, to) = (from.parse::<u32>().ok()?, to.parse::<u32>().ok()?);
            (from % 256 == 0 && from < 65_536 && to == from + 255).then_some(from)
        });
    let (Some(face), Some(from)) = (face, from) else {
        let known = Face::ALL.map(Face::stack).join(", ");
        return Err(Kind::NotFound.because(format!(
            "Las letras son de {known}, en grupos de 256 como 0-255.pbf, hasta 65280-65535.pbf."
        )));
    };
    let tag = entity_tag_of(
        env!("CARGO_PKG_VERSION"),
        &format!("letters-{}-{from}", face.stack().replace(' ', "-")),
    );
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let bytes = site.pool.run(move |_| Ok(glyphs(face, from))).await?;
    Ok(document("application/x-protobuf", Some(&tag), bytes))
}

fn tag(current: &Current, what: &str) -> String {
    entity_tag_of(
        &current.tag,
        &what.replace(|letter: char| !letter.is_ascii_alphanumeric(), "."),
    )
}
