//! `tupu map`: the map of a report as a picture or a sheet at a round scale, and sheets of whole layers.

mod layers;

use crate::exit::refuse;
use crate::times::Times;
use crate::{clock, rules, subject};
use clap::{Args, ValueEnum};
use conflicts::{CheckOptions, Subject, check, shapes};
use crs::UtmZone;
use reports::{Issued, Lang, MAP_CONTEXT, MapError, Scene, SheetAsk, map_frame, sheet_frame};
use std::path::{Path, PathBuf};
use store::{Snapshot, SnapshotOptions, Store};
use territory::{LayerKind, Visibility};

/// Dibuja el mapa de una tierra con los derechos mineros, el agua y los vecinos, o una lámina de capas enteras.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu map --store cusco.gpkg --name \"Pukamarka Alta\" --out mapa.svg
  tupu map --store cusco.gpkg --name \"Pukamarka Alta\" --paper a3 --landscape --scale 25000 --out lamina.pdf
  tupu map --store cusco.gpkg --layers zoning,concessions --paper a3 --out zonificacion.pdf")]
pub struct MapArgs {
    /// El almacén (GeoPackage) de donde se lee.
    #[arg(long, value_name = "ALMACEN")]
    store: PathBuf,
    #[command(flatten)]
    land: subject::Land,
    /// Una lámina de estas capas enteras, con sus hectáreas en la leyenda, en vez del mapa de una tierra.
    #[arg(long, value_name = "CAPA,CAPA", group = "land", value_delimiter = ',', value_parser = crate::import::kinds(), hide_possible_values = true)]
    layers: Option<Vec<LayerKind>>,
    #[command(flatten)]
    of_layers: layers::OfLayers,
    /// La capa en la que se busca --name.
    #[arg(long, value_name = "CAPA", default_value = "communities", value_parser = crate::import::kinds(), hide_possible_values = true)]
    layer: LayerKind,
    /// Sistema de coordenadas de --file o --coords: EPSG:32717, EPSG:24878, …
    #[arg(long, value_name = "EPSG")]
    crs: Option<String>,
    /// Dibuja en esta zona UTM sur en vez de la propia de la tierra.
    #[arg(long, value_name = "17|18|19", value_parser = clap::value_parser!(u8).range(17..=19))]
    zone: Option<u8>,
    #[command(flatten)]
    times: Times,
    /// Carpeta de otro libro de reglas.
    #[arg(long, value_name = "CARPETA")]
    rules: Option<PathBuf>,
    /// Una lámina entera en este papel; sin él, la imagen que va dentro del informe.
    #[arg(long, value_name = "a4|a3|a2|a1")]
    paper: Option<Paper>,
    /// La lámina apaisada.
    #[arg(long)]
    landscape: bool,
    /// Denominador de la escala de la lámina; sin él, la menor escala redonda en que entra la tierra.
    #[arg(long, value_name = "N")]
    scale: Option<u32>,
    /// Puntos por pulgada de una imagen PNG.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u16).range(30..=600))]
    dpi: u16,
    /// Escribe el mapa en este archivo; su extensión (.pdf, .svg, .png) dice el formato. El PDF es una página del tamaño exacto del
    /// papel: imprímalo al 100 %, sin «ajustar a la página», y la barra de escala mide lo que dice.
    #[arg(long, value_name = "ARCHIVO")]
    out: PathBuf,
}

/// Sheets of paper.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 420 × 594 mm.
    A2,
    /// 594 × 841 mm.
    A1,
}

/// How a map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
    Pdf,
}

impl Form {
    fn of(out: &Path) -> anyhow::Result<Self> {
        let ending = out.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            Some("pdf") => Ok(Self::Pdf),
            _ => refuse(format!(
                "--out {}: la extensión debe ser .pdf, .svg o .png",
                out.display()
            )),
        }
    }
}

/// Runs the command.
pub fn run(args: MapArgs) -> anyhow::Result<()> {
    let form = Form::of(&args.out)?;
    if args.land.all.is_some() {
        return refuse("tupu map dibuja una sola tierra: dé --name, --feature, --file o --coords en vez de --all");
    }
    let now = clock::now();
    let as_of = args.times.as_of(now)?;
    let shelf = rules::shelf(args.rules.as_deref())?;
    let book = shelf.in_force(as_of.valid);
    let store = Store::open_read(&args.store)?;
    let ceiling = Visibility::Public;
    let snapshot = Snapshot::load(&store, SnapshotOptions { ceiling, as_of })?;
    if let Some(kinds) = &args.layers {
        let (scene, issued) = layers::scene(&args, kinds, &snapshot, now)?;
        return finish(&args, form, Ok(scene), &issued);
    }
    args.of_layers.refuse_without_layers()?;
    if args.paper.is_none() && (args.landscape || args.scale.is_some()) {
        return refuse("--landscape y --scale son de una lámina: agregue --paper a4, a3, a2 o a1");
    }
    let zone = args.zone.and_then(UtmZone::from_number);
    let subject = subject::find(&args.land, args.layer, args.crs.as_deref(), zone, &snapshot)?;
    let around = snapshot.surroundings(&subject, book);
    let report = check(&subject, &around, book, as_of, CheckOptions::default());
    let ask = ask(&args);
    let scene = frame(&subject, ask).and_then(|frame| {
        let context = snapshot.features_in(&MAP_CONTEXT, frame);
        let shapes = shapes(&subject, &around, &report, &context, false);
        match ask {
            Some(ask) => reports::sheet(&report, &shapes, Lang::Es, ask),
            None => reports::map_scene(&report, &shapes, Lang::Es),
        }
    });
    let issued = Issued::now_of(now, "tupu", env!("CARGO_PKG_VERSION"));
    finish(&args, form, scene, &issued)
}

/// Writes a drawing in its form.
fn finish(args: &MapArgs, form: Form, scene: Result<Scene, MapError>, issued: &Issued) -> anyhow::Result<()> {
    let bytes = match scene.map(|scene| (form, scene)) {
        Ok((Form::Svg, scene)) => Ok(scene.svg().into_bytes()),
        Ok((Form::Png, scene)) => scene.png(f64::from(args.dpi)),
        Ok((Form::Pdf, scene)) => Ok(reports::sheet_pdf(&scene, issued)?),
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => write(&args.out, &bytes),
        Err(error) => refuse(error.sentence_es()),
    }
}

impl Paper {
    fn of_reports(self) -> reports::Paper {
        match self {
            Self::A4 => reports::Paper::A4,
            Self::A3 => reports::Paper::A3,
            Self::A2 => reports::Paper::A2,
            Self::A1 => reports::Paper::A1,
        }
    }
}

fn ask(args: &MapArgs) -> Option<SheetAsk> {
    Some(SheetAsk {
        paper: args.paper?.of_reports(),
        lying: args.landscape,
        scale: args.scale,
    })
}

fn frame(subject: &Subject, ask: Option<SheetAsk>) -> Result<[f64; 4], MapError> {
    let zone = subject.footprint.zone();
    match ask {
        Some(ask) => sheet_frame(zone, &subject.lonlat, ask),
        None => map_frame(zone, &subject.lonlat),
    }
}

fn write(out: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Err(error) = std::fs::write(out, bytes) {
        return refuse(format!("no se puede escribir {}: {error}", out.display()));
    }
    eprintln!("escrito {}", out.display());
    Ok(())
}
