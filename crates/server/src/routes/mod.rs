//! The routes: one file for each, and the table that joins them.

mod api;
mod changes;
mod check;
mod checks;
mod collection;
mod editions;
mod feature;
mod headwaters;
mod health;
mod home;
mod items;
mod jobs;
mod keys;
pub(crate) mod layer;
mod map_tiles;
mod maps;
mod metrics;
mod problems;
mod processes;
mod reports;
mod schemas;
mod sheets;
mod source;
mod standards;
mod styles;
mod tile_matrix_sets;
mod tiles;
mod tilesets;
mod unit;
mod verify;
mod water;
mod wms;

use crate::{finish::nothing_here, problem::Kind, problem::Problem, shared::Shared};
use actix_web::{
    FromRequest, Handler, HttpResponse, Resource, Responder, guard, web,
    web::{Data, ServiceConfig},
};

pub(crate) use self::map_tiles::{OF_A_TILE, OF_A_TILE_OF_SEVERAL};
pub(crate) use self::maps::{OF_A_LAYER, OF_SEVERAL, colour};
pub(crate) use schemas::NAMES as SCHEMA_NAMES;
pub(crate) use tile_matrix_sets::SET as TILE_SET;
pub(crate) use tiles::MEDIA as TILE_MEDIA;
pub(crate) use water::GEOJSON;

/// What handlers take: the shared state.
pub(crate) type Site = Data<Shared>;
/// What handlers give.
pub(crate) type Answer = Result<HttpResponse, Problem>;

/// The table of routes. An address is compared with one after another, so those that are asked most often come first.
pub(crate) fn configure(app: &mut ServiceConfig) {
    app.service(reading("/collections/{layer}/tiles/{set}/{z}/{y}/{x}", tiles::of_layer))
        .service(reading("/collections/{layer}/items", items::items))
        .service(reading("/", home::home))
        .service(reading("/api", api::api))
        .service(reading("/api.html", api::in_words))
        .service(reading("/health", health::health))
        .service(reading("/ready", health::ready))
        .service(reading("/conformance", standards::conformance))
        .service(reading("/metrics", metrics::metrics))
        .service(reading("/collections", collection::collections))
        .service(reading("/collections/{layer}", collection::collection))
        .service(reading("/collections/{layer}/changes", changes::changes))
        .service(reading("/collections/{layer}/queryables", standards::queryables))
        .service(reading("/collections/{layer}/schema", standards::schema))
        .service(reading("/collections/{layer}/items/{id}", feature::feature))
        .service(reading("/collections/{layer}/items/{id}/check", check::check))
        .service(reading("/collections/{layer}/tiles", tilesets::list_of_layer))
        .service(reading("/collections/{layer}/tiles/{set}", tilesets::set_of_layer))
        .service(reading("/collections/{layer}/map", maps::of_layer))
        .service(reading("/collections/{layer}/map/tiles", tilesets::maps_of_layer))
        .service(reading(
            "/collections/{layer}/map/tiles/{set}",
            tilesets::map_set_of_layer,
        ))
        .service(reading(
            "/collections/{layer}/map/tiles/{set}/{z}/{y}/{x}",
            map_tiles::one,
        ))
        .service(reading("/map", maps::of_several))
        .service(reading("/map/tiles", tilesets::maps_of_all))
        .service(reading("/map/tiles/{set}", tilesets::map_set_of_all))
        .service(reading("/map/tiles/{set}/{z}/{y}/{x}", map_tiles::several))
        .service(reading("/wms", wms::wms))
        .service(reading("/collections/{layer}/qgis", styles::qgis))
        .service(reading("/styles", styles::styles))
        .service(reading("/styles/{id}", styles::style))
        .service(reading("/sprites/{name}", styles::sprite))
        .service(reading("/fonts/{stack}/{range}", styles::letters))
        .service(reading("/tiles", tilesets::list_of_all))
        .service(reading("/tiles/{set}", tilesets::set_of_all))
        .service(reading("/tiles/{set}/{z}/{y}/{x}", tiles::of_several))
        .service(reading("/tileMatrixSets", tile_matrix_sets::sets))
        .service(reading("/tileMatrixSets/{set}", tile_matrix_sets::set))
        .service(reading("/watershed/source", source::source))
        .service(reading("/watershed/headwaters", headwaters::headwaters))
        .service(reading("/watershed/{code}", unit::unit))
        .service(reading("/editions", editions::editions))
        .service(reading("/keys", keys::keys))
        .service(reading("/reports/{code}", reports::report))
        .service(reading("/schemas/{name}", schemas::schema))
        .service(reading("/verify/{code}", verify::verify))
        .service(
            web::resource("/verify")
                .route(reads().to(verify::form))
                .route(web::post().to(verify::post))
                .default_service(web::to(|| async { only("GET, HEAD, POST") })),
        )
        .service(reading("/watershed", water::watershed))
        .service(reading("/upstream", water::upstream))
        .service(reading("/downstream", water::downstream))
        .service(reading("/processes", processes::processes))
        .service(reading("/processes/{id}", processes::process))
        .service(
            web::resource("/processes/{id}/execution")
                .route(web::post().to(processes::execution))
                .default_service(web::to(|| async { only("POST") })),
        )
        .service(reading("/jobs", jobs::jobs))
        .service(
            web::resource("/jobs/{id}")
                .route(reads().to(jobs::job))
                .route(web::delete().to(jobs::dismiss))
                .default_service(web::to(|| async { only("GET, HEAD, DELETE") })),
        )
        .service(reading("/jobs/{id}/results", jobs::results))
        .service(reading("/problems", problems::problems))
        .service(reading("/problems/{slug}", problems::problem))
        .service(
            web::resource("/checks")
                .route(reads().to(checks::form))
                .route(web::post().to(checks::post))
                .default_service(web::to(|| async { only("GET, HEAD, POST") })),
        )
        .default_service(web::to(nowhere));
}

fn reads() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn reading<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(reads().to(handler))
        .default_service(web::to(|| async { only("GET, HEAD") }))
}

fn only(methods: &'static str) -> Answer {
    let detail = format!("Esta dirección solo admite {methods}.");
    Err(Problem {
        allow: Some(methods),
        ..Kind::MethodNotAllowed.because(detail)
    })
}

async fn nowhere() -> Answer {
    Err(nothing_here())
}

#[cfg(test)]
mod tests {
    use crate::openapi::OPERATIONS;
    use std::collections::BTreeSet;

    /// The addresses that the table of routes names, on whatever line.
    fn routed() -> BTreeSet<&'static str> {
        let table = include_str!("mod.rs").split("#[cfg(test)]").next().unwrap_or_default();
        ["reading(", "resource("]
            .into_iter()
            .flat_map(|call| table.split(call).skip(1))
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
            .collect()
    }

    #[test]
    fn the_description_of_the_interface_and_the_table_of_routes_have_the_same_addresses() {
        let described: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.path).collect();
        assert!(described.len() > 20);
        assert_eq!(described, routed());
    }
}
