//! `tupu map --layers`: a sheet of whole layers.

use super::MapArgs;
use crate::exit::refuse;
use clap::Args;
use crs::{Crs, UtmZone};
use jiff::Timestamp;
use reports::{Issued, Lang, LayerSheetAsk, LayerSheetGround, Paper, Scene, in_drawing_order, layer_sheet};
use store::Snapshot;
use territory::LayerKind;

/// What only sheets of layers have.
#[derive(Args)]
pub struct OfLayers {
    /// Con --layers: la caja que debe verse, oeste,sur,este,norte en grados, o en el sistema de --crs; sin ella, todo lo que las capas tienen.
    #[arg(
        long,
        value_name = "O,S,E,N",
        value_delimiter = ',',
        num_args = 1,
        allow_hyphen_values = true
    )]
    bbox: Option<Vec<f64>>,
    /// Con --layers: la lámina de pie; sin --portrait ni --landscape, como la tierra se vea más grande.
    #[arg(long, conflicts_with = "landscape")]
    portrait: bool,
    /// Con --layers: el título; sin él, los nombres de las capas.
    #[arg(long, value_name = "TITULO")]
    title: Option<String>,
    /// Con --layers: sin nombres sobre el mapa.
    #[arg(long)]
    no_names: bool,
    /// Con --layers: el idioma, es o en.
    #[arg(long, value_name = "IDIOMA")]
    lang: Option<String>,
}

impl OfLayers {
    /// Refuses what only sheets of layers have, where one of a land was asked for.
    pub fn refuse_without_layers(&self) -> anyhow::Result<()> {
        let given = [
            (self.bbox.is_some(), "--bbox"),
            (self.portrait, "--portrait"),
            (self.title.is_some(), "--title"),
            (self.no_names, "--no-names"),
            (self.lang.is_some(), "--lang"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, name)) => refuse(format!("{name} es de una lámina de capas: agregue --layers o quítelo")),
            None => Ok(()),
        }
    }
}

/// The drawing, and by whom and when it was issued: the day of its newest edition, so that the same data gives the same bytes.
pub fn scene(
    args: &MapArgs,
    kinds: &[LayerKind],
    snapshot: &Snapshot,
    now: Timestamp,
) -> anyhow::Result<(Scene, Issued)> {
    let kinds = in_drawing_order(kinds.to_vec());
    let lang: Lang = match args.of_layers.lang.as_deref().unwrap_or("es") {
        "es" => Lang::Es,
        "en" => Lang::En,
        other => return refuse(format!("--lang {other}: las láminas se escriben en es o en")),
    };
    let drawn = ask(args, &kinds, snapshot)?.resolved().and_then(|ask| {
        let reach = ask.reach()?;
        let ground = LayerSheetGround {
            layers: snapshot.layers_in(&kinds, reach),
            units: snapshot.units_about(reach),
            as_of: snapshot.options.as_of,
        };
        layer_sheet(&ask, &ground, lang)
    });
    let issued = Issued::now_of(
        snapshot.newest_publication().unwrap_or(now),
        "tupu",
        env!("CARGO_PKG_VERSION"),
    );
    match drawn {
        Ok(sheet) => Ok((sheet.scene, issued)),
        Err(error) => refuse(error.sentence_es()),
    }
}

fn ask(args: &MapArgs, kinds: &[LayerKind], snapshot: &Snapshot) -> anyhow::Result<LayerSheetAsk> {
    let system = match args.crs.as_deref().map(Crs::parse) {
        None => Crs::WGS84,
        Some(Ok(system)) => system,
        Some(Err(error)) => return refuse(error.sentence_es()),
    };
    let land = match args.of_layers.bbox.as_deref() {
        Some([west, south, east, north]) if west < east && south < north => {
            LayerSheetAsk::land_of(system, [*west, *south, *east, *north])
        }
        Some(_) => {
            return refuse(
                "--bbox: cuatro números, oeste,sur,este,norte; el oeste menor que el este y el sur que el norte",
            );
        }
        None => match snapshot.bounds_of(kinds) {
            Some(bounds) => LayerSheetAsk::land_of(Crs::WGS84, bounds),
            None => return refuse("las capas pedidas no tienen elementos: dé la caja con --bbox"),
        },
    };
    Ok(LayerSheetAsk {
        land: match land {
            Ok(land) => land,
            Err(error) => return refuse(error.sentence_es()),
        },
        zone: args.zone.and_then(UtmZone::from_number),
        paper: args.paper.map_or(Paper::A4, super::Paper::of_reports),
        lying: match (args.landscape, args.of_layers.portrait) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        },
        scale: args.scale,
        title: args.of_layers.title.clone(),
        names: !args.of_layers.no_names,
    })
}
