//! `tupu watershed publish`: a drained elevation model as an edition of a store.

use super::ground::{Drained, Ground, mean_cell};
use super::progress::Progress;
use crate::{clock, exit::refuse};
use clap::Args;
use geo_types::{Coord, Geometry, LineString, Polygon};
use jiff::civil::Date;
use serde_json::json;
use std::path::PathBuf;
use store::{DraftEdition, NewDrainage, Store};
use territory::{
    Attributes, Counts, Coverage, EditionMeta, Feature, LayerKind, NewFeature, Operation, Series, Value, Visibility,
};
use watershed::Grid;

/// Deriva el drenaje de un modelo de elevación y lo publica en un almacén, para preguntar qué hay aguas arriba y aguas abajo.
///
/// Es hidrografía modelada: no reemplaza la oficial. Una edición publicada no cambia; la siguiente de la misma serie la sucede.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed publish dem.tif --store cusco.gpkg --territory Piuray --valid-from 2011-01-01 --source «ASTER GDEM 2»
  tupu watershed publish n14w074.hgt n14w075.hgt --store cusco.gpkg --threshold 50ha --breach --json")]
pub struct PublishArgs {
    #[command(flatten)]
    ground: Ground,
    /// El almacén (GeoPackage) donde se publica; se crea si no existe.
    #[arg(long, value_name = "ALMACEN")]
    store: PathBuf,
    /// El título de la edición.
    #[arg(long, value_name = "TITULO", default_value = "Modelo de drenaje")]
    title: String,
    /// Quién publica; con --territory, la serie.
    #[arg(long, value_name = "NOMBRE", default_value = "Sin declarar")]
    publisher: String,
    /// El territorio de la serie.
    #[arg(long, value_name = "NOMBRE", default_value = "Sin declarar")]
    territory: String,
    /// De dónde son las alturas; por omisión, los nombres de los archivos.
    #[arg(long, value_name = "TEXTO")]
    source: Option<String>,
    /// La licencia de las alturas.
    #[arg(long, value_name = "TEXTO", default_value = "No consta")]
    licence: String,
    /// Desde qué día vale (AAAA-MM-DD); por omisión, hoy.
    #[arg(long, value_name = "FECHA")]
    valid_from: Option<Date>,
    /// Quién verá la edición.
    #[arg(long, value_name = "VISIBILIDAD", value_parser = crate::import::visibilities(), default_value = "public")]
    visibility: Visibility,
    /// La altura del mar en el modelo, en metros: lo que está a esa altura y da al borde es mar. Sin esto, ninguna celda se tiene por mar.
    #[arg(long, value_name = "METROS", allow_hyphen_values = true)]
    sea: Option<f64>,
    /// Las alturas las hizo un programa: toda página lo dirá.
    #[arg(long)]
    synthetic: bool,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: PublishArgs) -> anyhow::Result<()> {
    let mut progress = Progress::bar();
    let drained = args.ground.drain(&mut progress)?;
    progress.phase("se publica", 0.1);
    let store = Store::open_or_create(&args.store)?;
    let feature = feature(&args, &drained)?;
    let mut draft = store.begin(edition(&args, &drained))?;
    let new = NewDrainage {
        drained: &drained.drainage,
        threshold_cells: drained.threshold,
        sea_mm: args.sea.map(watershed::millimetres),
    };
    draft.push_drainage(feature, new)?;
    let counts = Counts {
        read: 1,
        kept: 1,
        ..Counts::default()
    };
    let meta = draft.commit(counts, quality(&drained), clock::now())?;
    progress.finish();
    tell(&args, &meta, &drained);
    Ok(())
}

fn files(args: &PublishArgs) -> String {
    let names = args.ground.files.iter().filter_map(|file| file.file_name());
    let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.join(", ")
}

fn edition(args: &PublishArgs, drained: &Drained) -> DraftEdition {
    let crs = drained.drainage.grid().crs();
    DraftEdition {
        kind: LayerKind::Drainage,
        series: Series {
            publisher: args.publisher.clone(),
            territory: args.territory.clone(),
        },
        title: args.title.clone(),
        source: args.source.clone().unwrap_or_else(|| files(args)),
        licence: args.licence.clone(),
        visibility: args.visibility,
        valid_from: args.valid_from.unwrap_or_else(|| clock::day_in_lima(clock::now())),
        valid_until: None,
        scale_denominator: None,
        sigma_m: None,
        coverage: Coverage::Undeclared,
        crs: crs.to_string(),
        operation: Operation {
            id: "none".to_owned(),
            accuracy_m: 0.0,
        },
        synthetic: args.synthetic,
    }
}

/// The model as a feature: the frame of its grid, and what it was made with.
fn feature(args: &PublishArgs, drained: &Drained) -> anyhow::Result<NewFeature> {
    let grid = drained.drainage.grid();
    let frame = frame(grid);
    let mut corners = frame.clone();
    if let Err(error) = crs::transform_to_lonlat(grid.crs(), None, &mut corners) {
        return refuse(error.sentence_es());
    }
    let polygon = |ring: Vec<Coord<f64>>| Geometry::Polygon(Polygon::new(LineString(ring), Vec::new()));
    let mut attributes = Attributes::default();
    let place = grid.placement();
    let whole = |number: usize| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    for (name, value) in [
        ("name", Value::Text(args.title.clone())),
        ("hydrography", Value::Text("modelada".to_owned())),
        ("columns", whole(grid.columns())),
        ("rows", whole(grid.rows())),
        ("cells_with_data", whole(drained.known)),
        ("cell_width", Value::Real(place.width)),
        ("cell_height", Value::Real(place.height)),
        ("grid_crs", Value::Text(grid.crs().to_string())),
        ("threshold_cells", Value::Integer(i64::from(drained.threshold))),
        ("breached", Value::Bool(drained.breached.is_some())),
    ] {
        attributes.set(name, value);
    }
    Ok(NewFeature {
        feature: Feature {
            key: "modelo".to_owned(),
            source_row: 1,
            attributes,
            source_fields: serde_json::Map::new(),
            lonlat: polygon(corners),
            land: None,
        },
        source: (!grid.crs().is_geographic()).then(|| polygon(frame)),
    })
}

/// The frame of a grid with points between its corners, against the clock.
fn frame(grid: &Grid) -> Vec<Coord<f64>> {
    const PARTS: usize = 16;
    let (columns, rows) = (grid.columns(), grid.rows());
    let at = |column: usize, row: usize| {
        let [x, y] = grid.corner(column, row);
        Coord { x, y }
    };
    let parts = || 0..PARTS;
    let south = parts().map(|part| at(columns * part / PARTS, rows));
    let east = parts().map(|part| at(columns, rows - rows * part / PARTS));
    let north = parts().map(|part| at(columns - columns * part / PARTS, 0));
    let west = parts().map(|part| at(0, rows * part / PARTS));
    let mut ring: Vec<Coord<f64>> = south.chain(east).chain(north).chain(west).collect();
    ring.push(ring[0]);
    ring
}

fn quality(drained: &Drained) -> serde_json::Value {
    let raised = drained.drainage.raised;
    json!({
        "hydrography": "modelled",
        "cells": drained.drainage.grid().cells(), "cells_with_data": drained.known,
        "heights_m": drained.heights.map(|height| f64::from(height) / 1000.0),
        "threshold_cells": drained.threshold, "mean_cell_m2": mean_cell(drained.drainage.grid()),
        "fill": { "cells": raised.cells, "deepest_m": f64::from(raised.deepest) / 1000.0 },
        "breach": drained.breached.map(|breached| json!({ "depressions": breached.depressions, "left": breached.left, "cells": breached.cells })),
    })
}

fn tell(args: &PublishArgs, meta: &EditionMeta, drained: &Drained) {
    if args.json {
        let answer = json!({
            "edition": meta.id, "published_at": meta.published_at, "valid_from": meta.valid_from, "sha256": meta.sha256,
            "quality": meta.quality,
        });
        println!("{answer:#}");
        return;
    }
    println!(
        "Publicada la edición {} ({} celdas; cursos desde {} celdas). Hidrografía modelada: no reemplaza la oficial.",
        meta.id,
        drained.drainage.grid().cells(),
        drained.threshold
    );
    if args.valid_from.is_none() {
        println!(
            "No se dijo desde cuándo vale: se tomó el día de hoy, {}. Si se sabe, indíquelo con --valid-from.",
            meta.valid_from
        );
    }
}
