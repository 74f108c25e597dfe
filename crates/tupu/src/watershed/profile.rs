//! `tupu watershed profile`: height over the way of the water, and the rights that it runs through.

use super::derive::point;
use super::ground::positive;
use super::model::{Led, Model, Relief};
use super::picture::Picture;
use super::progress::Progress;
use super::rights::{Layers, on_cells};
use super::tables::rounded;
use clap::Args;
use geo_types::Coord;
use reports::{RiverBand, RiverProfile, letter, river_profile, river_profile_page};
use serde_json::{Value, json};
use store::Snapshot;
use territory::{LayerKind, Metres};
use watershed::{Step, profile, stretches};

/// Dibuja el perfil de un curso modelado, con los derechos por los que pasa.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed profile dem.tif --point 624632,8348276 --out perfil.svg
  tupu watershed profile --store cusco.gpkg --point=-72.05,-13.42 --out perfil.svg
  tupu watershed profile dem.tif --point 624632,8348276 --from-source --store cusco.gpkg --out perfil.html")]
pub struct ProfileArgs {
    #[command(flatten)]
    relief: Relief,
    #[command(flatten)]
    picture: Picture,
    #[command(flatten)]
    layers: Layers,
    /// El punto: en las coordenadas del modelo, o en grados como longitud,latitud.
    #[arg(long, value_name = "X,Y", value_parser = point, allow_hyphen_values = true)]
    point: [f64; 2],
    /// Lo más lejos que está el curso al que se lleva el punto, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 100.0, value_parser = positive)]
    snap: f64,
    /// Desde la cabecera del curso principal hasta el punto, en vez de desde el punto hasta donde termina.
    #[arg(long)]
    from_source: bool,
    /// Escribe además el perfil en JSON en la salida.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &ProfileArgs) -> anyhow::Result<()> {
    let form = args.picture.form(true)?;
    let held = args.layers.held()?;
    let mut progress = Progress::bar();
    let model = args.relief.model(held.as_ref(), Some(args.point), &mut progress)?;
    let snapshot = held.map(|(_, snapshot)| snapshot);
    let led = model.led(args.point, Metres(args.snap))?;
    let steps = steps(&model, &led, args.from_source);
    let bands = match &snapshot {
        Some(snapshot) => bands(&model, &steps, snapshot)?,
        None => Vec::new(),
    };
    let editions = snapshot
        .iter()
        .flat_map(|snapshot| snapshot.collection(LayerKind::Concessions));
    let rights_from: Vec<_> = editions.map(|edition| edition.meta.clone()).collect();
    let river = RiverProfile {
        line: steps
            .iter()
            .map(|step| [step.way, f64::from(step.height) / 1000.0])
            .collect(),
        bands,
        from_source: args.from_source,
        consulted: !rights_from.is_empty(),
        rights_from,
        title: args.picture.title.clone(),
        model: model.source.clone(),
    };
    progress.finish();
    let lang = args.picture.lang;
    args.picture.write(form, river_profile(&river, lang), |scene| {
        river_profile_page(&river, scene, lang)
    })?;
    if args.json {
        println!("{:#}", told(&river, led.snap.distance));
    }
    Ok(())
}

/// The way of the water from the point down, or from the source of its main stem down to it.
fn steps(model: &Model, led: &Led, from_source: bool) -> Vec<Step> {
    let (drainage, network) = (model.waters.drained(), model.waters.network());
    if !from_source {
        return profile(drainage, led.mouth);
    }
    let highest = network
        .main_stem(led.snap.place.node)
        .last()
        .unwrap_or(led.snap.place.node);
    let mut steps = profile(drainage, network.reaches[highest as usize].first);
    if let Some(at) = steps.iter().position(|step| step.cell == led.mouth) {
        steps.truncate(at + 1);
    }
    steps
}

/// The rights that the way runs through, by where it first meets them; a right has one letter, however often it is met.
fn bands(model: &Model, steps: &[Step], snapshot: &Snapshot) -> anyhow::Result<Vec<RiverBand>> {
    let grid = model.grid();
    let places = model.lonlat(steps.iter().map(|step| grid.centre(step.cell as usize)))?;
    let beyond = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let around = places
        .iter()
        .fold(beyond, |[west, south, east, north], Coord { x, y }| {
            [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
        });
    let found = snapshot.features_in(&[LayerKind::Concessions], around);
    let mut met: Vec<RiverBand> = Vec::new();
    for right in on_cells(model, found.into_iter().map(|(_, feature)| feature)) {
        met.extend(stretches(steps, &right.cells).into_iter().map(|reach| {
            RiverBand {
                letter: String::new(),
                key: right.feature.key.clone(),
                name: right.feature.name().to_owned(),
                group: right
                    .feature
                    .attributes
                    .text("state_group")
                    .unwrap_or("otros")
                    .to_owned(),
                reach,
            }
        }));
    }
    met.sort_by(|a, b| a.reach[0].total_cmp(&b.reach[0]).then_with(|| a.key.cmp(&b.key)));
    let mut known: Vec<String> = Vec::new();
    for band in &mut met {
        let at = known.iter().position(|key| *key == band.key).unwrap_or_else(|| {
            known.push(band.key.clone());
            known.len() - 1
        });
        band.letter = letter(u32::try_from(at + 1).unwrap_or(u32::MAX));
    }
    Ok(met)
}

fn told(river: &RiverProfile, snap: Metres) -> Value {
    let points = river
        .line
        .iter()
        .map(|[along, height]| json!([rounded(*along, 2), rounded(*height, 3)]));
    let bands = river.bands.iter().map(|band| {
        json!({
            "letter": band.letter, "feature": band.key, "name": band.name, "group": band.group,
            "from_m": rounded(band.reach[0], 2), "to_m": rounded(band.reach[1], 2),
        })
    });
    json!({
        "hydrography": "modelled",
        "snap_m": rounded(snap.0, 2),
        "length_m": rounded(river.length(), 2),
        "high_m": river.high(), "low_m": river.low(),
        "rights_consulted": river.consulted,
        "rights": bands.collect::<Vec<_>>(),
        "points": points.collect::<Vec<_>>(),
    })
}
