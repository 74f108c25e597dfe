//! Where the water of an intake comes from, and what lies there.

mod page;

use super::{
    Answer, Site,
    layer::{feature as find, layer},
    water::{Place, When},
};
use crate::{
    answer::{document, media, unchanged},
    current::Current,
    judging::{Course, no_subject, over_limit, within_of},
    negotiate::{Format, format},
    params::Params,
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
    waters::explain,
};
use actix_web::HttpRequest;
use conflicts::water::{IntakeOut, Registered, SourceView, source_view};
use conflicts::{BasinOut, Fixed, NoBasin, Subject, WaterAnswer, basin};
use geo_types::Geometry;
use store::Snapshot;
use territory::LayerKind;

/// The parameters.
const SOURCE: &[&str] = &[
    "f", "lang", "point", "feature", "edition", "snap", "valid-at", "known-at",
];

/// What is answered: the view, or why there is none.
enum Found {
    View(Box<SourceView>),
    Nowhere(Box<WaterAnswer>),
}

/// `/watershed/source`
pub(crate) async fn source(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), SOURCE)?;
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
            let found = found((&shared, &current), &place, (when, &Course::until(stop)))?;
            match (found, format) {
                (Found::View(view), Format::Html) => Ok(page::of(&view, &speech)),
                (Found::Nowhere(answer), Format::Html) => Ok(crate::water_page::of_answer(&answer, &speech)),
                (Found::View(view), _) => reports::canonical_json(&*view).map_err(|error| Problem::internal(&error)),
                (Found::Nowhere(answer), _) => {
                    reports::canonical_json(&*answer).map_err(|error| Problem::internal(&error))
                }
            }
        })
        .await?;
    Ok(document(media(format), Some(&tag), body))
}

fn found(
    (shared, current): (&Shared, &Current),
    place: &Place,
    (when, course): (When, &Course),
) -> Result<Found, Problem> {
    let snapshot = when.snapshot(current)?;
    let intake = intake(place, &snapshot)?;
    let (point, most) = (intake.point.map(|degrees| degrees.0), shared.config.water.walk_ha);
    let limits = shared.config.water.limits();
    let basin = current.waters.ask((&current.store, &snapshot), limits, |made| {
        let mut found = basin(&made.models, point, (when.limit, most));
        if let Err(NoBasin::Nowhere(answer)) = &mut found {
            explain(made, answer);
        }
        found
    })?;
    match basin {
        Ok(basin) => {
            let view = view((shared, current), &snapshot, (intake, basin), course)?;
            Ok(Found::View(Box::new(view)))
        }
        Err(NoBasin::TooLarge { hectares }) => Err(over_limit(
            "hectáreas de cuenca",
            super::water::whole(hectares),
            super::water::whole(most),
        )),
        Err(NoBasin::Nowhere(answer)) => Ok(Found::Nowhere(answer)),
    }
}

/// The point that was named, or that of a feature.
fn intake(place: &Place, snapshot: &Snapshot) -> Result<IntakeOut, Problem> {
    let (name, key, edition) = match place {
        Place::Point(point) => {
            return Ok(IntakeOut {
                point: point.map(Fixed),
                feature: None,
                name: None,
            });
        }
        Place::Feature { layer, key, edition } => (layer, key, edition),
    };
    let kind = layer(snapshot, name)?;
    let found = find(snapshot, kind, key, edition.as_deref())?;
    let Geometry::Point(at) = &found.feature.lonlat else {
        return Err(Kind::InvalidParameter
            .because("La captación debe ser un punto. Elija un elemento de «springs», o dé «point=longitud,latitud».")
            .with("parameter", "feature"));
    };
    Ok(IntakeOut {
        point: [Fixed(at.x()), Fixed(at.y())],
        feature: Some((kind, key.clone())),
        name: Some(found.feature.name().to_owned()),
    })
}

fn view(
    (shared, current): (&Shared, &Current),
    snapshot: &Snapshot,
    (intake, basin): (IntakeOut, BasinOut),
    course: &Course,
) -> Result<SourceView, Problem> {
    let subject = Subject::geometry(&basin.land, None).map_err(|error| no_subject(&error))?;
    let works = Registered::of(&subject, &snapshot.layer_around(LayerKind::Projects, &subject));
    let within = within_of(shared, (current, snapshot), (&subject, course))?;
    Ok(source_view(intake, basin, works, within))
}
