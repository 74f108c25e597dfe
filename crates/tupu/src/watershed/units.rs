//! `tupu watershed units`: the tree of official units, what is wrong with it, and the sheet of one of them.

pub mod sheet;
mod tree;

use crate::check::ceiling;
use crate::exit::refuse;
use crate::import::profile_of;
use crate::times::Times;
use crate::{clock, rules};
use clap::Args;
use conflicts::water::{UnitSheet, UnitTree, unit_sheet, within};
use conflicts::{Shelf, Subject};
use ingest::{ImportError, Request, Source, UnitsQuality};
use std::path::PathBuf;
use std::sync::Arc;
use store::{Edition, Snapshot, SnapshotOptions, Store};
use territory::{AsOf, Feature, LayerKind, NewFeature};

/// From which units of a store to answer.
#[derive(Args)]
pub struct Asked {
    /// El almacén (GeoPackage) con una capa de unidades hidrográficas.
    #[arg(long, value_name = "ALMACEN")]
    store: Option<PathBuf>,
    /// La edición, cuando varias tienen unidades.
    #[arg(long, value_name = "EDICION", requires = "store")]
    edition: Option<String>,
    #[command(flatten)]
    times: Times,
    /// Carpeta de un libro de reglas, o de una carpeta por versión; rige la del día consultado.
    #[arg(long, value_name = "CARPETA")]
    rules: Option<PathBuf>,
    /// Hasta qué visibilidad de ediciones se consulta.
    #[arg(long, value_name = "VISIBILIDAD", default_value = "public", value_parser = ["public", "office", "private"])]
    visibility: String,
}

impl Asked {
    /// What the store has for the times asked for.
    pub fn snapshot(&self) -> anyhow::Result<(Snapshot, AsOf)> {
        let Some(path) = &self.store else {
            return refuse("falta --store ALMACEN: el GeoPackage con las capas");
        };
        let as_of = self.times.as_of(clock::now())?;
        let ceiling = ceiling(&self.visibility);
        let snapshot = Snapshot::load(&Store::open_read(path)?, SnapshotOptions { ceiling, as_of })?;
        Ok((snapshot, as_of))
    }

    /// The rules.
    pub fn shelf(&self) -> anyhow::Result<Shelf> {
        rules::shelf(self.rules.as_deref())
    }
}

/// El árbol de las unidades hidrográficas oficiales: qué cae en qué, qué corre hacia dónde, y qué no corresponde entre códigos y terreno.
///
/// El flujo sale de los códigos Pfafstetter: una unidad está aguas arriba de otra si, después de lo que tienen en común, su cifra es
/// mayor y todas las que quedan de la otra son impares.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu watershed units unidades.geojson
  tupu watershed units --store puno.gpkg --json
  tupu watershed units --store puno.gpkg --code 01765")]
pub struct UnitsArgs {
    /// Un archivo de unidades, que se lee sin publicar nada.
    #[arg(value_name = "ARCHIVO", conflicts_with = "store", required_unless_present = "store")]
    file: Option<String>,
    /// El perfil con que se lee el archivo.
    #[arg(long, value_name = "NOMBRE|RUTA", default_value = "ana-units")]
    profile: String,
    /// La ficha de la unidad de este código.
    #[arg(long, value_name = "CODIGO", requires = "store")]
    code: Option<String>,
    #[command(flatten)]
    asked: Asked,
    /// Responde en JSON.
    #[arg(long)]
    json: bool,
}

/// A layer of units: its tree, and what its import found.
struct Layer {
    title: String,
    tree: UnitTree,
    quality: Option<UnitsQuality>,
}

/// Runs the command.
pub fn run(args: UnitsArgs) -> anyhow::Result<()> {
    if args.file.is_some() {
        let layer = of_file(&args)?;
        return tree::tell(&[layer], args.json);
    }
    let (snapshot, as_of) = args.asked.snapshot()?;
    let editions = editions(&args.asked, &snapshot)?;
    let Some(code) = &args.code else {
        let layers: Vec<Layer> = editions.iter().map(of_edition).collect();
        return tree::tell(&layers, args.json);
    };
    let sheet = sheet_of(&args, (&snapshot, as_of), &editions, code)?;
    if args.json {
        print!("{}", reports::canonical_json(&sheet)?);
        Ok(())
    } else {
        print!("{}", sheet::text(&sheet));
        Ok(())
    }
}

/// Reads a file as an import would, and publishes nothing.
fn of_file(args: &UnitsArgs) -> anyhow::Result<Layer> {
    let profile = profile_of(&args.profile).map_err(ImportError::from)?;
    let request = Request {
        source: args.file.as_deref().unwrap_or_default(),
        profile: &profile,
        kind: Some(LayerKind::HydrographicUnits),
        crs: None,
        table: None,
        valid_from: Some(clock::day_in_lima(clock::now())),
        territory: None,
        visibility: None,
    };
    let source = Source::open(&request).map_err(ImportError::from)?;
    let mut features: Vec<Feature> = Vec::new();
    let mut sink = |new: NewFeature| {
        features.push(new.feature);
        Ok(())
    };
    let read = source.read(&mut sink, &mut |_| {}).map_err(ImportError::from)?;
    Ok(Layer {
        title: read.quality.reading.file.clone(),
        tree: UnitTree::of(&features),
        quality: read.quality.units,
    })
}

fn of_edition(edition: &Arc<Edition>) -> Layer {
    let quality = edition.meta.quality.get("units").cloned();
    Layer {
        title: edition.meta.id.clone(),
        tree: UnitTree::of(&edition.features),
        quality: quality.and_then(|quality| serde_json::from_value(quality).ok()),
    }
}

/// The editions of units in force, or the one that was named.
pub fn editions(args: &Asked, snapshot: &Snapshot) -> anyhow::Result<Vec<Arc<Edition>>> {
    let wanted = |edition: &&Arc<Edition>| args.edition.as_ref().is_none_or(|id| *id == edition.meta.id);
    let all = snapshot.collection(LayerKind::HydrographicUnits);
    let found: Vec<Arc<Edition>> = all.filter(wanted).cloned().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if let Some(failure) = snapshot.failure_of(LayerKind::HydrographicUnits) {
        return refuse(format!("no se consultaron las unidades hidrográficas: {failure}"));
    }
    let known = snapshot.collection(LayerKind::HydrographicUnits);
    let known: Vec<&str> = known.map(|edition| edition.meta.id.as_str()).collect();
    refuse(match (&args.edition, known.is_empty()) {
        (Some(id), false) => format!(
            "no hay ninguna edición «{id}» de unidades hidrográficas. Las que rigen: {}",
            known.join(", ")
        ),
        _ => "no consta ninguna capa de unidades hidrográficas para esa fecha. Publíquela con tupu import … --profile ana-units".to_owned(),
    })
}

fn sheet_of(
    args: &UnitsArgs,
    (snapshot, as_of): (&Snapshot, AsOf),
    editions: &[Arc<Edition>],
    code: &str,
) -> anyhow::Result<UnitSheet> {
    let trees: Vec<(UnitTree, &Arc<Edition>)> = editions
        .iter()
        .map(|edition| (UnitTree::of(&edition.features), edition))
        .collect();
    let found: Vec<_> = trees
        .iter()
        .filter_map(|(tree, edition)| Some((tree, tree.find(code).ok()?, *edition)))
        .collect();
    let (tree, unit, edition) = match found.as_slice() {
        [one] => *one,
        [] => {
            let refused = trees.iter().filter_map(|(tree, _)| tree.find(code).err());
            let nearest = refused.max_by_key(|unknown| unknown.nearest.iter().map(|near| alike(near, code)).max());
            return refuse(nearest.map_or_else(String::new, |unknown| unknown.sentence_es()));
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(.., edition)| edition.meta.id.as_str()).collect();
            return refuse(format!(
                "la unidad {code} está en {} ediciones; elija una con --edition: {}",
                several.len(),
                ids.join(", ")
            ));
        }
    };
    let shelf = args.asked.shelf()?;
    let book = shelf.in_force(as_of.valid);
    let key = &tree.facts()[unit].feature;
    let feature = edition.find(key).expect("the tree was made of this edition");
    let subject = match Subject::feature(LayerKind::HydrographicUnits, &edition.meta, feature, None) {
        Ok(subject) => subject,
        Err(error) => return refuse(error.sentence_es()),
    };
    let around = snapshot.surroundings(&subject, book);
    Ok(unit_sheet(
        tree,
        unit,
        (&edition.meta, within(&subject, &around, book, as_of)),
    ))
}

/// Digits with which two codes begin alike.
fn alike(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}
