//! `tupu watershed catchment`: the land that drains to a point of an elevation model.

use super::derive::point;
use super::ground::{Ground, kind_of_area, positive};
use super::progress::Progress;
use super::tables::{land, rounded};
use crate::exit::refuse;
use clap::Args;
use geo_types::Geometry;
use ingest::{VectorFormat, write_vectors};
use serde_json::json;
use std::path::PathBuf;
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Metres, Value};
use watershed::{Network, Snapped, Snapper, catchment_of};

/// Traza lo que drena a un punto, sobre un modelo de elevación.
///
/// El punto se lleva al curso modelado más cercano; más allá de --snap no se responde. Un manantial de agua subterránea no se deduce
/// del relieve.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed catchment dem.tif --point 624632,8348276 --out cuenca.gpkg
  tupu watershed catchment dem.tif --point 624632,8348276 --snap 200 --threshold 10ha --json")]
pub struct CatchmentArgs {
    #[command(flatten)]
    ground: Ground,
    /// El punto, en las coordenadas del modelo.
    #[arg(long, value_name = "X,Y", value_parser = point, allow_hyphen_values = true)]
    point: [f64; 2],
    /// Lo más lejos que está el curso al que se lleva el punto, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 100.0, value_parser = positive)]
    snap: f64,
    /// Escribe la cuenca en este archivo .gpkg o .fgb.
    #[arg(long, value_name = "ARCHIVO", required_unless_present = "json")]
    out: Option<PathBuf>,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: CatchmentArgs) -> anyhow::Result<()> {
    let format = match args
        .out
        .as_ref()
        .map(|out| out.extension().and_then(|ending| ending.to_str()))
    {
        None => None,
        Some(Some("gpkg")) => Some(VectorFormat::GeoPackage),
        Some(Some("fgb")) => Some(VectorFormat::FlatGeobuf),
        Some(_) => return refuse("--out: la extensión debe ser .gpkg o .fgb"),
    };
    let mut progress = Progress::bar();
    let drained = args.ground.drain(&mut progress)?;
    let drainage = &drained.drainage;
    let network = Network::find(drainage, &drained.accumulation, drained.threshold);
    let ground = watershed::Ground {
        drained: drainage,
        sea: None,
    };
    let found = Snapper::of_network(drainage, &network).snap(ground, args.point, Metres(args.snap));
    let Snapped::Found(snap) = found else {
        return refuse(found.sentence_es().unwrap_or_default());
    };
    let mouth = network.nearest_cell(drainage, snap.place.node, snap.at);
    let Some(land_above) = catchment_of(drainage, mouth, drained.threshold) else {
        return refuse("No se puede determinar: el punto cae donde el modelo de elevación no tiene dato.");
    };
    progress.finish();
    let grid = drainage.grid();
    let [x, y] = grid.centre(mouth as usize);
    let kind = kind_of_area(grid.crs());
    let hectares = rounded(land_above.area / 1e4, 4);
    if let Some((path, format)) = args.out.as_ref().zip(format) {
        let table = GeoTable {
            name: "catchment".to_owned(),
            title: "Lo que drena al punto".to_owned(),
            description: "Cuenca modelada a partir de un modelo de elevación.".to_owned(),
            geometry: Some(GeometryKind::Land),
            columns: vec![
                (format!("area_ha_{kind}"), ColumnKind::Real),
                ("snap_m".to_owned(), ColumnKind::Real),
                ("perimeter_m".to_owned(), ColumnKind::Real),
            ],
            rows: vec![GeoRow {
                geometry: Some(Geometry::MultiPolygon(land(grid, &land_above.outline))),
                values: vec![
                    Value::Real(hectares),
                    Value::Real(rounded(snap.distance.0, 2)),
                    Value::Real(rounded(land_above.outline.perimeter, 2)),
                ],
            }],
        };
        write_vectors(path, format, drained.place.crs, &table)?;
    }
    if args.json {
        let answer = json!({
            "hydrography": "modelled",
            "point": args.point, "outlet": [rounded(x, 3), rounded(y, 3)], "snap_m": rounded(snap.distance.0, 2),
            "crs": format!("EPSG:{}", grid.crs().epsg()), "area_kind": kind, format!("area_ha_{kind}"): hectares,
            "cells": land_above.cells.len(), "threshold_cells": drained.threshold,
        });
        println!("{answer:#}");
    } else {
        let measured = if kind == "planar" { "planas" } else { "geodésicas" };
        println!(
            "Drenan al punto {hectares:.2} ha {measured} (modelado); el curso está a {:.1} m.",
            snap.distance.0
        );
    }
    Ok(())
}
