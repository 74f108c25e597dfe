//! What lies upstream of a place and below it, and the land that drains to a point.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{document, entity_tag_of, media, unchanged},
    current::Current,
    judging::{over_limit, unread},
    negotiate::{Format, format},
    params::{Params, invalid},
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
    water_page,
    waters::explain,
};
use actix_web::HttpRequest;
use conflicts::{Asked, BasinOut, Direction, NoBasin, WaterAnswer, WaterQuestion, basin, water_answer};
use geojson::{Feature as GeoFeature, GeoJson, Geometry, JsonObject};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::sync::Arc;
use store::Snapshot;
use territory::{Feature, Metres};

/// The parameters of both questions.
pub(crate) const QUESTION: &[&str] = &[
    "f", "lang", "point", "feature", "edition", "snap", "valid-at", "known-at",
];
/// Those of the catchment of a point.
pub(crate) const BASIN: &[&str] = &["f", "lang", "point", "snap", "valid-at", "known-at"];
/// GeoJSON.
pub(crate) const GEOJSON: &str = "application/geo+json";
/// Metres beyond which nobody snaps.
const FARTHEST: f64 = 5_000.0;

/// `/upstream`
pub(crate) async fn upstream(request: HttpRequest, site: Site) -> Answer {
    question(request, site, Direction::Upstream).await
}

/// `/downstream`
pub(crate) async fn downstream(request: HttpRequest, site: Site) -> Answer {
    question(request, site, Direction::Downstream).await
}

/// When and how far.
#[derive(Clone, Copy)]
pub(super) struct When {
    valid: Option<Date>,
    known: Option<Timestamp>,
    pub(super) limit: Metres,
}

impl When {
    pub(super) fn of(params: &Params, shared: &Shared) -> Result<Self, Problem> {
        let usual = shared.config.water.snap_m;
        let limit = params.text("snap").map_or(Ok(usual), |text| {
            let metres: Option<f64> = text.trim().parse().ok();
            let fits = metres.filter(|metres| *metres > 0.0 && *metres <= FARTHEST);
            fits.ok_or_else(|| invalid("snap", text, &format!("metros, más de 0 y hasta {FARTHEST}")))
        })?;
        Ok(Self {
            valid: params.valid_at()?,
            known: params.known_at()?,
            limit: Metres(limit),
        })
    }

    /// The snapshot of these times.
    pub(super) fn snapshot(&self, current: &Current) -> Result<Arc<Snapshot>, Problem> {
        current
            .as_of(self.valid, self.known)
            .map_err(|error| unread(current, error))
    }
}

/// What is asked about, as the address has it.
pub(super) enum Place {
    Point([f64; 2]),
    Feature {
        layer: String,
        key: String,
        edition: Option<String>,
    },
}

impl Place {
    pub(super) fn of(params: &Params) -> Result<Self, Problem> {
        match (params.text("point"), params.text("feature")) {
            (Some(text), None) => point(text).map(Self::Point),
            (None, Some(text)) => {
                let parts = text
                    .split_once('/')
                    .filter(|(layer, key)| !layer.is_empty() && !key.is_empty());
                let (layer, key) = parts.ok_or_else(|| invalid("feature", text, "capa/clave, como springs/M-12"))?;
                Ok(Self::Feature {
                    layer: layer.to_owned(),
                    key: key.to_owned(),
                    edition: params.text("edition").map(ToOwned::to_owned),
                })
            }
            (Some(_), Some(_)) => Err(Kind::InvalidParameter
                .because("Hay «point» y también «feature». Deje uno de los dos.")
                .with("parameter", "feature")),
            (None, None) => Err(Kind::InvalidParameter
                .because("Falta el lugar: «point=longitud,latitud» o «feature=capa/clave».")
                .with("parameter", "point")),
        }
    }
}

/// Longitude and latitude.
fn point(text: &str) -> Result<[f64; 2], Problem> {
    let wrong = || invalid("point", text, "longitud,latitud en grados WGS 84, como -72.05,-13.42");
    let (lon, lat) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str, most: f64| {
        let read: Option<f64> = text.trim().parse().ok();
        read.filter(|number| (-most..=most).contains(number)).ok_or_else(wrong)
    };
    Ok([number(lon, 180.0)?, number(lat, 90.0)?])
}

async fn question(request: HttpRequest, site: Site, direction: Direction) -> Answer {
    let params = Params::read(request.query_string(), QUESTION)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let (place, when) = (Place::of(&params)?, When::of(&params, &site)?);
    let current = site.current()?;
    let tag = speech.entity_tag(&current.tag, format);
    if current.waters.is_ready()
        && let Some(answer) = unchanged(&request, &tag)
    {
        return Ok(answer);
    }
    let shared = site.clone();
    let body = site
        .pool
        .run(move |stop| {
            if let Some(unit) = super::unit::asked(&place) {
                return super::unit::along((&shared, &current), unit, (direction, when, stop), (format, &speech));
            }
            let answer = answer(&shared, &current, &place, (direction, when))?;
            match format {
                Format::Html => Ok(water_page::of_answer(&answer, &speech)),
                _ => reports::canonical_json(&answer).map_err(|error| Problem::internal(&error)),
            }
        })
        .await?;
    Ok(document(media(format), Some(&tag), body))
}

fn answer(
    shared: &Shared,
    current: &Current,
    place: &Place,
    (direction, when): (Direction, When),
) -> Result<WaterAnswer, Problem> {
    let snapshot = when.snapshot(current)?;
    let asked = match place {
        Place::Point(point) => Asked::Point(*point),
        Place::Feature {
            layer: name,
            key,
            edition,
        } => {
            let kind = layer(&snapshot, name)?;
            let found = find(&snapshot, kind, key, edition.as_deref())?;
            within_walk(shared, found.feature)?;
            Asked::Feature {
                layer: kind,
                edition: &found.edition.meta.id,
                feature: found.feature,
            }
        }
    };
    let question = WaterQuestion {
        asked,
        direction,
        limit: when.limit,
    };
    current
        .waters
        .ask((&current.store, &snapshot), shared.config.water.limits(), |made| {
            let mut answer = water_answer(&made.models, &question);
            explain(made, &mut answer);
            answer
        })
}

/// Refuses land that is larger than what may be walked, before it is.
fn within_walk(shared: &Shared, feature: &Feature) -> Result<(), Problem> {
    let area = feature.land.as_ref().map_or(0.0, |land| land.shape.square_metres());
    let limit = shared.config.water.walk_ha;
    let hectares = (area / 1e4).ceil();
    if hectares > limit {
        return Err(over_limit(
            "hectáreas de la tierra consultada",
            whole(hectares),
            whole(limit),
        ));
    }
    Ok(())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "hectares of a country are below 2^53 and not negative"
)]
pub(super) fn whole(hectares: f64) -> u64 {
    hectares.max(0.0) as u64
}

/// `/watershed`
pub(crate) async fn watershed(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), BASIN)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let text = params
        .text("point")
        .ok_or_else(|| invalid("point", "", "longitud,latitud en grados WGS 84"))?;
    let (place, when) = (point(text)?, When::of(&params, &site)?);
    let current = site.current()?;
    let tag = match format {
        Format::Html => speech.entity_tag(&current.tag, format),
        _ => entity_tag_of(&current.tag, "geojson"),
    };
    if current.waters.is_ready()
        && let Some(answer) = unchanged(&request, &tag)
    {
        return Ok(answer);
    }
    let (shared, most) = (site.clone(), site.config.water.walk_ha);
    let body = site
        .pool
        .run(move |_| {
            let snapshot = when.snapshot(&current)?;
            let limits = shared.config.water.limits();
            let found = current.waters.ask((&current.store, &snapshot), limits, |made| {
                let mut found = basin(&made.models, place, (when.limit, most));
                if let Err(NoBasin::Nowhere(answer)) = &mut found {
                    explain(made, answer);
                }
                found
            })?;
            match (found, format) {
                (Err(NoBasin::TooLarge { hectares }), _) => {
                    Err(over_limit("hectáreas de cuenca", whole(hectares), whole(most)))
                }
                (Ok(found), Format::Html) => Ok(water_page::of_basin(&found, place, &speech)),
                (Err(NoBasin::Nowhere(answer)), Format::Html) => Ok(water_page::of_answer(&answer, &speech)),
                (Ok(found), _) => drawn(&found, place),
                (Err(NoBasin::Nowhere(answer)), _) => feature_of(None, &*answer),
            }
        })
        .await?;
    let media = if format == Format::Html { media(format) } else { GEOJSON };
    Ok(document(media, Some(&tag), body))
}

fn drawn(found: &BasinOut, point: [f64; 2]) -> Result<String, Problem> {
    let mut land = found.land.clone();
    // seven places are a centimetre: cells have no more
    geo_types_round(&mut land);
    let mut value = serde_json::to_value(found).map_err(|error| Problem::internal(&error))?;
    value["state"] = "answered".into();
    value["point"] = serde_json::json!(point);
    feature_of(Some(Geometry::from(&land)), &value)
}

fn geo_types_round(land: &mut geo_types::MultiPolygon<f64>) {
    let round = |value: f64| (value * 1e7).round() / 1e7;
    for polygon in &mut land.0 {
        let ring = |ring: &mut geo_types::LineString<f64>| {
            for coord in &mut ring.0 {
                (coord.x, coord.y) = (round(coord.x), round(coord.y));
            }
        };
        polygon.exterior_mut(ring);
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(ring));
    }
}

/// A GeoJSON feature; without land where there is no answer, and then its properties say why.
fn feature_of(geometry: Option<Geometry>, properties: &impl serde::Serialize) -> Result<String, Problem> {
    let properties: Value = serde_json::to_value(properties).map_err(|error| Problem::internal(&error))?;
    let properties: Option<JsonObject> = properties.as_object().cloned();
    let feature = GeoFeature {
        geometry,
        properties,
        ..GeoFeature::default()
    };
    Ok(GeoJson::from(feature).to_string())
}
