//! `tupu watershed map`: shaded relief with streams, units, or what drains to a point.

use super::derive::point;
use super::ground::{area, mean_cell, positive};
use super::model::{Model, Relief};
use super::picture::Picture;
use super::progress::Progress;
use super::rights::{Layers, OnCells, on_cells};
use crate::exit::refuse;
use clap::{Args, ValueEnum};
use geo_types::{Coord, MultiPolygon};
use reports::{CatchmentShown, LayerSheetAsk, Paper, RELIEF_CONTEXT, ReliefMap, Scene, letter, relief_map};
use store::Snapshot;
use territory::{LayerKind, Metres};
use watershed::{Catchment, Division, NODATA, bearing, catchment_of, find_units};

/// Dibuja el relieve sombreado con los cursos modelados, las microcuencas o lo que drena a un punto.
///
/// Con --store dibuja también derechos mineros, comunidades, manantiales y lagunas, y dice qué derechos están en lo que drena al punto.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed map dem.tif --out relieve.png
  tupu watershed map dem.tif --units --size 5km2 --paper a3 --out microcuencas.pdf
  tupu watershed map dem.tif --point 624632,8348276 --store cusco.gpkg --out cuenca.svg
  tupu watershed map --store cusco.gpkg --point=-72.05,-13.42 --out cuenca.pdf
  tupu watershed map dem.tif --point=-73.84471,-14.93557 --threshold 10ha --out cuenca.svg")]
pub struct MapArgs {
    #[command(flatten)]
    relief: Relief,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    layers: Layers,
    /// Dibuja lo que drena a este punto: en las coordenadas del modelo, o en grados como longitud,latitud.
    #[arg(long, value_name = "X,Y", value_parser = point, allow_hyphen_values = true, conflicts_with = "units")]
    point: Option<[f64; 2]>,
    /// Lo más lejos que está el curso al que se lleva el punto, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 100.0, value_parser = positive)]
    snap: f64,
    /// Dibuja las microcuencas con sus códigos.
    #[arg(long)]
    units: bool,
    /// Área hasta la que una microcuenca no se divide más.
    #[arg(long, value_name = "AREA", default_value = "10km2", value_parser = area, requires = "units")]
    size: f64,
    /// El papel.
    #[arg(long, value_name = "a4|a3|a2|a1", default_value = "a4")]
    paper: PaperName,
    /// La lámina apaisada; sin --landscape ni --portrait, como la tierra se vea más grande.
    #[arg(long)]
    landscape: bool,
    /// La lámina de pie.
    #[arg(long, conflicts_with = "landscape")]
    portrait: bool,
    /// Denominador de la escala; sin él, la menor escala redonda en que entra.
    #[arg(long, value_name = "N")]
    scale: Option<u32>,
}

/// Sheets of paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PaperName {
    A4,
    A3,
    A2,
    A1,
}

/// Runs the command.
pub fn run(args: &MapArgs) -> anyhow::Result<()> {
    let form = args.picture.form(false)?;
    let held = args.layers.held()?;
    let mut progress = Progress::bar();
    let model = args.relief.model(held.as_ref(), args.point, &mut progress)?;
    let snapshot = held.map(|(_, snapshot)| snapshot);
    let shown = args
        .point
        .map(|point| catchment(&model, point, Metres(args.snap)))
        .transpose()?;
    let ask = ask(args, &model, shown.as_ref().map(|(_, shown)| &shown.land))?;
    let layers = match (&snapshot, ask.reach()) {
        (Some(snapshot), Ok(reach)) => snapshot.layers_in(&RELIEF_CONTEXT, reach),
        (None, Ok(_)) => Vec::new(),
        (_, Err(error)) => return refuse(error.sentence_es()),
    };
    let inside = match (&shown, &snapshot) {
        (Some((catchment, shown)), Some(snapshot)) => inside(&model, catchment, &shown.land, snapshot),
        _ => Vec::new(),
    };
    let (units, borders) = if args.units {
        units(args, &model)?
    } else {
        (Vec::new(), Vec::new())
    };
    let map = ReliefMap {
        ask,
        heights: model.heights(),
        streams: model.streams()?,
        borders,
        units,
        letters: inside
            .iter()
            .map(|right| (right.key.clone(), right.letter.clone()))
            .collect(),
        catchment: shown.map(|(_, shown)| shown),
        layers,
        model: model.source.clone(),
    };
    progress.finish();
    args.picture
        .write(form, relief_map(&map, args.picture.lang), Scene::svg)?;
    for right in &inside {
        println!("{}", right.line);
    }
    Ok(())
}

/// What drains to a point, and how it is shown.
fn catchment(model: &Model, point: [f64; 2], limit: Metres) -> anyhow::Result<(Catchment, CatchmentShown)> {
    let led = model.led(point, limit)?;
    let drainage = model.waters.drained();
    let Some(found) = catchment_of(drainage, led.mouth, model.waters.network().threshold) else {
        return refuse("No se puede determinar: el punto cae donde el modelo de elevación no tiene dato.");
    };
    let places = model.lonlat([led.asked, model.grid().centre(led.mouth as usize)])?;
    let shown = CatchmentShown {
        land: model.land(&found.outline, true)?,
        hectares: model.hectares(&found),
        relief: found.relief(),
        cut: is_cut(model, &found),
        places: ([places[0], places[1]], led.snap.distance.0),
    };
    Ok((found, shown))
}

/// Whether a cell of a catchment besides its mouth lies at the edge of the grid or beside one that nobody measured.
fn is_cut(model: &Model, catchment: &Catchment) -> bool {
    let (grid, heights) = (model.grid(), model.waters.drained().filled.millimetres());
    let (columns, rows) = (grid.columns(), grid.rows());
    let open = |cell: u32| {
        let (column, row) = (cell as usize % columns, cell as usize / columns);
        let inner = column > 0 && row > 0 && column + 1 < columns && row + 1 < rows;
        let around =
            || (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| row * columns + column));
        !inner || around().any(|other| heights[other] == NODATA)
    };
    catchment
        .cells
        .iter()
        .any(|cell| *cell != catchment.mouth && open(*cell))
}

fn ask(args: &MapArgs, model: &Model, land: Option<&MultiPolygon<f64>>) -> anyhow::Result<LayerSheetAsk> {
    let whole = match land {
        Some(land) => Ok(land.clone()),
        None => LayerSheetAsk::land_of(model.grid().crs(), model.bounds()),
    };
    let land = match whole {
        Ok(land) => land,
        Err(error) => return refuse(error.sentence_es()),
    };
    let ask = LayerSheetAsk {
        land,
        zone: None,
        paper: match args.paper {
            PaperName::A4 => Paper::A4,
            PaperName::A3 => Paper::A3,
            PaperName::A2 => Paper::A2,
            PaperName::A1 => Paper::A1,
        },
        lying: (args.landscape || args.portrait).then_some(args.landscape),
        scale: args.scale,
        title: args.picture.title.clone(),
        names: true,
    };
    match ask.resolved() {
        Ok(ask) => Ok(ask),
        Err(error) => refuse(error.sentence_es()),
    }
}

type Named = (Vec<(String, MultiPolygon<f64>)>, Vec<geo_types::LineString<f64>>);

/// Units with their codes, and their borders.
fn units(args: &MapArgs, model: &Model) -> anyhow::Result<Named> {
    let drainage = model.waters.drained();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and no grid has more cells"
    )]
    let whole_below = (args.size / mean_cell(drainage.grid())) as u32;
    let division = Division { digits: 8, whole_below };
    let found = find_units(drainage, model.waters.network(), None, division);
    let outlines: Vec<_> = found.units.iter().map(|unit| unit.outline.clone()).collect();
    let mut named = Vec::new();
    for unit in &found.units {
        named.push((unit.piece.code.clone(), model.land(&unit.outline, false)?));
    }
    Ok((named, model.borders(&outlines)?))
}

/// A right in a catchment.
struct Inside {
    letter: String,
    key: String,
    line: String,
}

/// The rights that lie in a catchment, by the shortest way of their water.
fn inside(model: &Model, catchment: &Catchment, land: &MultiPolygon<f64>, snapshot: &Snapshot) -> Vec<Inside> {
    let Some(bounds) = geo::BoundingRect::bounding_rect(land) else {
        return Vec::new();
    };
    let (Coord { x: west, y: south }, Coord { x: east, y: north }) = (bounds.min(), bounds.max());
    let found = snapshot.features_in(&[LayerKind::Concessions], [west, south, east, north]);
    let over = on_cells(model, found.into_iter().map(|(_, feature)| feature));
    let mut rows: Vec<(u32, &OnCells<'_>, f64)> = over
        .iter()
        .filter_map(|right| {
            let lies = bearing(model.waters.drained(), catchment, (&right.cells, false));
            Some((lies.way_down_to_it?, right, lies.area))
        })
        .collect();
    rows.sort_by(|a, b| (a.0, &a.1.feature.key).cmp(&(b.0, &b.1.feature.key)));
    let kind = if model.grid().crs().is_geographic() {
        "geodésicas"
    } else {
        "planas"
    };
    let mut out = Vec::new();
    for (number, (way, right, area)) in (1..).zip(rows) {
        let (letter, key) = (letter(number), right.feature.key.clone());
        let state = right
            .feature
            .attributes
            .text("state_label")
            .unwrap_or("estado no consta");
        let (name, hectares, kilometres) = (right.feature.name(), area / 1e4, f64::from(way) / 1e6);
        let line = format!(
            "{letter}  {key}  {name} ({state}): {hectares:.1} ha {kind} en lo que drena al punto, a {kilometres:.2} km por el curso del \
             agua (modelado)"
        );
        out.push(Inside { letter, key, line });
    }
    out
}
