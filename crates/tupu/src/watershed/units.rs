//! `tupu watershed units`: the tree of official units, what is wrong with it, and the sheet of one of them.

pub mod sheet;
mod tree;

use crate::check::ceiling;
use crate::exit::refuse;
use crate::import::profile_of;
use crate::times::Times;
use crate::{clock, rules};
use clap::Args;
use conflicts::water::{Along, UnitTree, UnknownUnit, joined, unit_sheet, unit_ways, units_along, within};
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
  tupu watershed units --store puno.gpkg --code 01765
  tupu watershed units --store puno.gpkg --code 01765 --along upstream")]
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
    /// Con --code: todo lo que está aguas arriba o aguas abajo de la unidad por los códigos, y lo que hay en esa tierra junta.
    #[arg(long, value_name = "HACIA", requires = "code", value_parser = ["upstream", "downstream"])]
    along: Option<String>,
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
    let one = one_of(&editions, code)?;
    let shelf = args.asked.shelf()?;
    let book = shelf.in_force(as_of.valid);
    let look = |subject: &Subject| within(subject, &snapshot.surroundings(subject, book), book, as_of);
    let (json, text) = match args.along.as_deref() {
        None => {
            let subject = one.subject()?;
            let sheet = unit_sheet(&one.tree, one.unit, (&one.edition.meta, look(&subject)));
            (reports::canonical_json(&sheet)?, sheet::text(&sheet))
        }
        Some(word) => {
            let along = if word == "upstream" {
                Along::Upstream
            } else {
                Along::Downstream
            };
            let units = units_along(&one.tree, one.unit, along);
            let features: Vec<&Feature> = units.iter().map(|unit| one.feature(*unit)).collect();
            let subject = match joined(&features) {
                Ok(subject) => subject,
                Err(error) => return refuse(error.sentence_es()),
            };
            let held = subject.as_ref().map(look);
            let ways = unit_ways(&one.tree, (one.unit, along), (&one.edition.meta, held));
            (reports::canonical_json(&ways)?, sheet::ways(&ways))
        }
    };
    print!("{}", if args.json { json } else { text });
    Ok(())
}

/// A unit of an edition.
struct One<'a> {
    tree: UnitTree,
    unit: usize,
    edition: &'a Edition,
}

impl One<'_> {
    fn feature(&self, unit: usize) -> &Feature {
        let key = &self.tree.facts()[unit].feature;
        self.edition.find(key).expect("the tree was made of this edition")
    }

    fn subject(&self) -> anyhow::Result<Subject> {
        let feature = self.feature(self.unit);
        match Subject::feature(LayerKind::HydrographicUnits, &self.edition.meta, feature, None) {
            Ok(subject) => Ok(subject),
            Err(error) => refuse(error.sentence_es()),
        }
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

/// The unit of a code, in the one edition that has it.
fn one_of<'a>(editions: &'a [Arc<Edition>], code: &str) -> anyhow::Result<One<'a>> {
    let mut found: Vec<One<'a>> = Vec::new();
    let mut unknown: Vec<UnknownUnit> = Vec::new();
    for edition in editions {
        let tree = UnitTree::of(&edition.features);
        match tree.find(code) {
            Ok(unit) => found.push(One { tree, unit, edition }),
            Err(error) => unknown.push(error),
        }
    }
    if found.len() > 1 {
        let ids: Vec<&str> = found.iter().map(|one| one.edition.meta.id.as_str()).collect();
        return refuse(format!(
            "la unidad {code} está en {} ediciones; elija una con --edition: {}",
            found.len(),
            ids.join(", ")
        ));
    }
    let nearest = unknown
        .iter()
        .max_by_key(|unknown| unknown.nearest.iter().map(|near| alike(near, code)).max());
    match (found.pop(), nearest) {
        (Some(one), _) => Ok(one),
        (None, nearest) => refuse(nearest.map_or_else(String::new, UnknownUnit::sentence_es)),
    }
}

/// Digits with which two codes begin alike.
fn alike(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}
