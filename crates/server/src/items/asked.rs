//! What a request asks of a collection, read and checked before anything is looked at.

use crate::clock;
use crate::current::Current;
use crate::items::{form::ItemForm, token::Token};
use crate::params::{Params, TIME, invalid};
use crate::problem::{Kind, Problem};
use actix_web::HttpResponse;
use actix_web::http::header::{HeaderName, HeaderValue};
use crs::{Crs, transform_to_lonlat};
use features::{Area, Collection, Query, Shown, WireCrs, sort_keys};
use filters::{Bound, Filter, FilterError, Limits, PropertyType};
use geo_types::{Coord, Geometry};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use std::sync::Arc;
use territory::{AsOf, LayerKind};

/// The parameters of every list of features beside `f`; the properties of the collection come to them.
pub(crate) const PARAMETERS: [&str; 14] = [
    "limit",
    "token",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "q",
    "filter",
    "filter-lang",
    "filter-crs",
    "sortby",
    "properties",
    "skipGeometry",
    "lang",
];

/// Whether a name is that of a parameter, which a property of the same name cannot be.
pub(crate) fn is_parameter(name: &str) -> bool {
    name == "f" || PARAMETERS.contains(&name)
}

/// A question, ready to be answered.
pub(crate) struct Asked {
    /// Of which features.
    pub collection: Arc<Collection>,
    /// In which state of the store they are.
    pub as_of: AsOf,
    /// Which of them.
    pub query: Query,
    /// What of them.
    pub shown: Shown,
    /// How many at most; none for all.
    pub limit: Option<usize>,
    /// How many come before the page.
    pub before: usize,
}

/// The state of the store that is asked for: that of a token, of a time, or of now.
///
/// # Errors
/// `invalid-parameter` for a time or token that is none, and for a span of time in which the editions change.
pub(crate) fn state(params: &Params, current: &Current, kind: LayerKind) -> Result<(AsOf, usize), Problem> {
    if let Some(text) = params.text("token") {
        let token = Token::read(text)?;
        return Ok((token.as_of, token.before));
    }
    let valid = match params.text("datetime") {
        Some(text) => day(text, current, kind)?,
        None => current.snapshot.options.as_of.valid,
    };
    // the last change of the store stands for «now»: pages to come are asked as known then
    let known = current.last_change().unwrap_or(Timestamp::UNIX_EPOCH);
    Ok((AsOf { valid, known }, 0))
}

/// The day of a time, or of a span of time in which no edition of the layer begins or ends.
fn day(text: &str, current: &Current, kind: LayerKind) -> Result<Date, Problem> {
    let read = |part: &str| -> Result<Option<Date>, Problem> {
        let plain = part.trim().replace(' ', "+");
        match plain.as_str() {
            "" | ".." => Ok(None),
            _ => {
                let moment = plain.parse::<Timestamp>().map(clock::day_of);
                moment
                    .or_else(|_| plain.parse())
                    .map(Some)
                    .map_err(|_| invalid("datetime", text, TIME))
            }
        }
    };
    let Some((from, to)) = text.split_once('/') else {
        return read(text)?.ok_or_else(|| invalid("datetime", text, TIME));
    };
    let (from, to) = (read(from)?, read(to)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(invalid(
            "datetime",
            text,
            "un intervalo cuyo comienzo no sea posterior a su fin",
        ));
    }
    let (from, to) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
    let turns = current.turns(kind, from, to);
    if turns.is_empty() {
        return Ok(to);
    }
    let days: Vec<String> = turns.iter().take(8).map(Date::to_string).collect();
    let expected = format!(
        "un solo día: las ediciones de esta capa cambian dentro de ese intervalo ({}), y lo que era cierto un día puede no serlo otro",
        days.join(", ")
    );
    Err(invalid("datetime", text, &expected).with("changes", json!(days)))
}

impl Asked {
    /// Reads the rest of the question.
    ///
    /// # Errors
    /// `unknown-parameter` and `invalid-parameter`, each naming its parameter and what is expected.
    pub(crate) fn read(
        params: &Params,
        (collection, (as_of, before)): (Arc<Collection>, (AsOf, usize)),
        form: ItemForm,
        limit: (usize, usize),
    ) -> Result<Self, Problem> {
        let crs = wire_crs(params, "crs")?;
        if form == ItemForm::GeoPackage && crs.crs() != Crs::WGS84 {
            return Err(invalid(
                "crs",
                &crs.uri(),
                "CRS84: los GeoPackage salen siempre en grados",
            ));
        }
        let query = Query {
            area: area(params)?,
            filters: filters(params, &collection)?,
            order: match params.text("sortby") {
                Some(text) => {
                    sort_keys(text, &collection).map_err(|error| unknown_property("sortby", &error.0, &collection))?
                }
                None => Vec::new(),
            },
        };
        let shown = Shown {
            crs,
            properties: properties(params, &collection)?,
            skip_geometry: flag(params, "skipGeometry")?,
        };
        let limit = if form.is_paged() || params.text("limit").is_some() {
            Some(params.limit(limit.0, limit.1)?)
        } else {
            None
        };
        Ok(Self {
            collection,
            as_of,
            query,
            shown,
            limit,
            before,
        })
    }
}

/// The system that a parameter names; CRS84 where none is.
pub(crate) fn wire_crs(params: &Params, name: &str) -> Result<WireCrs, Problem> {
    let Some(text) = params.text(name) else {
        return Ok(WireCrs::CRS84);
    };
    WireCrs::parse(text).map_err(|_| {
        let known: Vec<String> = WireCrs::all().into_iter().map(WireCrs::uri).collect();
        invalid(name, text, &format!("uno de estos sistemas: {}", known.join(", "))).with("available", json!(known))
    })
}

/// Says in which system the coordinates of an answer are.
pub(crate) fn say_crs(answer: &mut HttpResponse, form: ItemForm, crs: WireCrs) {
    if let Ok(value) = HeaderValue::from_str(&format!("<{}>", crs.uri()))
        && form != ItemForm::Html
    {
        answer
            .headers_mut()
            .insert(HeaderName::from_static("content-crs"), value);
    }
}

fn area(params: &Params) -> Result<Option<Area>, Problem> {
    let crs = wire_crs(params, "bbox-crs")?;
    let Some(text) = params.text("bbox") else {
        return Ok(None);
    };
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse::<f64>()).collect();
    let wrong = |expected: &str| invalid("bbox", text, expected);
    let numbers = numbers.map_err(|_| wrong(features::AreaError::Numbers.expected_es()))?;
    Area::new(&numbers, crs)
        .map(Some)
        .map_err(|error| wrong(error.expected_es()))
}

fn filters(params: &Params, collection: &Collection) -> Result<Vec<Bound>, Problem> {
    let limits = Limits::default();
    let mut filters = Vec::new();
    let crs = wire_crs(params, "filter-crs")?;
    let lang = params.text("filter-lang").unwrap_or("cql2-text");
    let read = match lang {
        "cql2-text" => Filter::from_text,
        "cql2-json" => Filter::from_json,
        other => {
            return Err(invalid("filter-lang", other, "cql2-text o cql2-json")
                .with("available", json!(["cql2-text", "cql2-json"])));
        }
    };
    let refused = |error: FilterError| invalid_filter(&error);
    if let Some(text) = params.text("filter") {
        let mut filter = read(text, &limits).map_err(refused)?;
        filter
            .change_geometries(|geometry| to_degrees(geometry, crs))
            .map_err(|()| {
                invalid(
                    "filter-crs",
                    &crs.uri(),
                    "un sistema en que quepan las coordenadas del filtro",
                )
            })?;
        filters.push(filter.bind(&collection.queryables).map_err(refused)?);
    }
    let properties = collection.schema.properties.iter();
    for property in properties.filter(|property| !is_parameter(&property.name)) {
        if let Some(value) = params.text(&property.name) {
            let literal = literal(property.kind, value);
            let text = format!("\"{}\" = {literal}", property.name.replace('"', "\"\""));
            let filter = Filter::from_text(&text, &limits).and_then(|filter| filter.bind(&collection.queryables));
            filters.push(filter.map_err(|_| invalid(&property.name, value, kind_es(property.kind)))?);
        }
    }
    Ok(filters)
}

fn invalid_filter(error: &FilterError) -> Problem {
    Kind::InvalidParameter
        .because(format!("«filter»: {}", error.sentence_es()))
        .with("parameter", "filter")
}

/// A value of an address as CQL2 writes it; one that is none of its type makes a filter that is refused.
fn literal(kind: PropertyType, value: &str) -> String {
    let quoted = format!("'{}'", value.replace('\'', "''"));
    match kind {
        PropertyType::Number | PropertyType::Integer if value.trim().parse::<f64>().is_ok_and(f64::is_finite) => {
            value.trim().to_owned()
        }
        PropertyType::Boolean if matches!(value.trim(), "true" | "false") => value.trim().to_owned(),
        PropertyType::Date => format!("DATE({quoted})"),
        PropertyType::Timestamp => format!("TIMESTAMP({quoted})"),
        _ => quoted,
    }
}

/// What is expected of a type, in Spanish.
pub(crate) fn kind_es(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Number => "un número",
        PropertyType::Integer => "un número entero",
        PropertyType::Boolean => "true o false",
        PropertyType::Date => "una fecha como 2026-01-31",
        PropertyType::Timestamp => "un momento como 2026-01-31T12:00:00Z",
        PropertyType::String | PropertyType::Geometry | PropertyType::Array => "un texto",
    }
}

fn to_degrees(geometry: &mut Geometry<f64>, crs: WireCrs) -> Result<(), ()> {
    features::move_points(geometry, &mut |points: &mut [Coord<f64>]| {
        if crs.is_swapped() {
            for point in points.iter_mut() {
                std::mem::swap(&mut point.x, &mut point.y);
            }
        }
        if crs.crs() == Crs::WGS84 {
            return Ok(());
        }
        transform_to_lonlat(crs.crs(), None, points).map(drop).map_err(drop)
    })
}

fn properties(params: &Params, collection: &Collection) -> Result<Option<Vec<String>>, Problem> {
    let Some(text) = params.text("properties") else {
        return Ok(None);
    };
    let read = |name: &str| {
        let name = name.trim();
        match collection.schema.kind(name) {
            Some(_) => Ok(name.to_owned()),
            None => Err(unknown_property("properties", name, collection)),
        }
    };
    text.split(',').map(read).collect::<Result<Vec<_>, _>>().map(Some)
}

fn flag(params: &Params, name: &str) -> Result<bool, Problem> {
    match params.text(name) {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(invalid(name, other, "true o false")),
    }
}

fn unknown_property(parameter: &str, name: &str, collection: &Collection) -> Problem {
    let known: Vec<&str> = collection
        .schema
        .properties
        .iter()
        .map(|property| property.name.as_str())
        .collect();
    invalid(
        parameter,
        name,
        &format!("propiedades de esta capa: {}", known.join(", ")),
    )
    .with("available", json!(known))
}
