//! The features of a layer: the first ones, those of a name, a box, a filter, a day.

use super::{
    Answer, Site,
    layer::{candidate, layer},
};
use crate::{
    answer::{base_of, document, entity_tag_of, unchanged},
    clock,
    current::Current,
    items::{
        asked::{Asked, PARAMETERS, say_crs, state},
        chunks::{PIECE, Text, Written},
        form::ItemForm,
        listing::{Given, Listing},
    },
    negotiate::Format,
    params::Params,
    problem::{Kind, Problem},
    speech::Speech,
    words::title_of,
};
use actix_web::{HttpRequest, HttpResponse, http::header, web::Path};
use features::{At, Collection, Selection, flatgeobuf, table};
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;
use store::{NameRank, Snapshot};
use territory::LayerKind;

/// `/collections/{layer}/items`
pub(crate) async fn items(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let params = params(&request, &current, kind)?;
    let form = ItemForm::chosen(request.headers(), params.f(), &ItemForm::ALL)?;
    let state = state(&params, &current, kind)?;
    // where no time is asked for, today's collection answers: there is nothing to compare
    let asks_for_a_time = ["datetime", "token"].iter().any(|name| params.text(name).is_some());
    let collection = current
        .collections
        .find(&current, kind, asks_for_a_time.then_some(state.0))?
        .ok_or_else(|| no_edition(kind, &state.0.valid.to_string()))?;
    let limits = (site.config.items.usual, site.config.items.most);
    let asked = Asked::read(&params, (collection, state), form, limits)?;
    let speech = Speech::of(&request, &params)?;
    let tag = match form {
        ItemForm::Html => speech.entity_tag(&current.tag, Format::Html),
        _ => entity_tag_of(&current.tag, form.word()),
    };
    // a search may find nothing: that comes before what the reader has
    if params.text("q").is_none()
        && let Some(answer) = unchanged(&request, &tag)
    {
        return Ok(answer);
    }
    let crs = asked.shown.crs;
    let given: Vec<(String, String)> = params.into_pairs().collect();
    let base = base_of(&request);
    let job = site
        .pool
        .run(move |stop| found(asked, &given, (form, base.as_deref(), &speech), stop));
    let body = match job.await? {
        Found::Bytes(bytes) => {
            let mut answer = file(form, &tag, kind, bytes);
            say_crs(&mut answer, form, crs);
            return Ok(answer);
        }
        Found::Long(written) => written,
    };
    let stream = body.stream(Arc::clone(&site.pool));
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, form.media()))
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "no-cache"));
    let mut answer = answer.streaming(Box::pin(stream));
    say_crs(&mut answer, form, crs);
    Ok(answer)
}

/// The parameters, the properties of the layer among them.
fn params(request: &HttpRequest, current: &Current, kind: LayerKind) -> Result<Params, Problem> {
    let today = current.collections.find(current, kind, None)?;
    let properties = today.iter().flat_map(|collection| &collection.schema.properties);
    let known: Vec<&str> = ["f"]
        .into_iter()
        .chain(PARAMETERS)
        .chain(properties.map(|property| property.name.as_str()))
        .collect();
    Params::read(request.query_string(), &known)
}

fn no_edition(kind: LayerKind, day: &str) -> Problem {
    let detail = format!(
        "De «{}» no hay ninguna edición que valga el {day}. /editions enumera las que hay, con sus fechas.",
        title_of(kind)
    );
    Kind::UnknownLayer.because(detail)
}

enum Found {
    /// Everything.
    Bytes(Vec<u8>),
    /// A list that is written while it is read.
    Long(Box<Written>),
}

fn found(
    asked: Asked,
    given: &[(String, String)],
    (form, base, speech): (ItemForm, Option<&str>, &Speech),
    stop: Instant,
) -> Result<Found, Problem> {
    let collection = Arc::clone(&asked.collection);
    let text = given
        .iter()
        .find(|(name, _)| name == "q")
        .map(|(_, text)| text.as_str());
    let in_time = || Instant::now() < stop;
    let selection = match text {
        Some(text) => collection.select_among(&named(&collection, text)?, &asked.query, &in_time),
        None => collection.select(&asked.query, &in_time),
    };
    let selection = selection.ok_or_else(|| {
        Kind::TimeLimit
            .because("Elegir los elementos pasó el tiempo límite. Pida una caja menor o un filtro más sencillo.")
    })?;
    let end = asked
        .limit
        .map_or(selection.count(), |limit| asked.before.saturating_add(limit));
    let places = selection.cut(asked.before..end, &collection);
    match form {
        ItemForm::Json | ItemForm::Html => Ok(page((asked, places), &selection, given, (form, base, speech))),
        ItemForm::Csv => Ok(shorter(Written {
            asked,
            places,
            text: Text::Csv,
            head: String::new(),
            tail: String::new(),
        })),
        ItemForm::FlatGeobuf => {
            let rows = places.iter().map(|at| collection.row(*at));
            let made = flatgeobuf(title_of(collection.kind), rows, &collection.schema, &asked.shown);
            made.map(Found::Bytes).map_err(|error| Problem::internal(&error))
        }
        ItemForm::GeoPackage => {
            let rows = places.iter().map(|at| collection.row(*at));
            let table = table(&collection, title_of(collection.kind), rows, &asked.shown);
            let made = store::package(&[table], asked.as_of.known);
            made.map(Found::Bytes).map_err(|error| Problem::internal(&error))
        }
    }
}

fn page(
    (asked, places): (Asked, Vec<At>),
    selection: &Selection,
    given: &[(String, String)],
    (form, base, speech): (ItemForm, Option<&str>, &Speech),
) -> Found {
    let listing = Listing {
        asked: &asked,
        places: &places,
        matched: selection.count(),
        given: Given::of(given),
        base: base.unwrap_or_default(),
        speech,
        time_stamp: clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    if form == ItemForm::Html {
        return Found::Bytes(listing.html().into_bytes());
    }
    let (head, tail) = listing.around();
    shorter(Written {
        asked,
        places,
        text: Text::Json,
        head,
        tail,
    })
}

/// Short lists at once, long ones as they are read.
fn shorter(written: Written) -> Found {
    if written.places.len() <= PIECE {
        Found::Bytes(written.whole())
    } else {
        Found::Long(Box::new(written))
    }
}

fn file(form: ItemForm, tag: &str, kind: LayerKind, bytes: Vec<u8>) -> HttpResponse {
    let mut answer = document(form.media(), Some(tag), bytes);
    if !form.is_paged() {
        let name = format!("attachment; filename=\"{}.{}\"", kind.id(), form.word());
        if let Ok(value) = header::HeaderValue::from_str(&name) {
            answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
    }
    answer
}

/// Those whose name holds the text, the best first; where only similar names exist they are offered with a refusal.
fn named(collection: &Collection, text: &str) -> Result<Vec<At>, Problem> {
    let options = store::SnapshotOptions {
        ceiling: territory::Visibility::Private,
        as_of: territory::AsOf {
            valid: jiff::civil::Date::MAX,
            known: jiff::Timestamp::MAX,
        },
    };
    let snapshot = Snapshot::of(collection.editions.clone(), options);
    let found = snapshot.search_by_name(collection.kind, text, collection.count());
    let (held, near): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|found| !matches!(found.rank, NameRank::Near(_)));
    if !held.is_empty() {
        return Ok(held
            .iter()
            .filter_map(|found| collection.at(&found.edition.meta.id, &found.feature.key))
            .collect());
    }
    let candidates: Vec<Value> = near
        .iter()
        .take(5)
        .map(|found| candidate(collection.kind, &found.feature.key, found.feature.name()))
        .collect();
    let text: String = text.chars().take(80).collect();
    Err(Kind::UnknownName
        .because(format!(
            "Ningún elemento de «{}» se llama «{text}». Pruebe con parte del nombre, o suba el lindero en /checks.",
            title_of(collection.kind)
        ))
        .with("candidates", candidates))
}
