//! `tupu import`: reads a layer, says what was found, and publishes it as an edition.

use crate::clock;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::{
    ImportError, Imported, OpenError, Profile, ProfileError, Progress, QualityReport, ReadError, Request, SinkError,
    Source,
};
use jiff::civil::Date;
use rust_embed::RustEmbed;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use store::{Draft, EditionFilter, Store, StoreError};
use territory::{EditionMeta, LayerKind, NewFeature, Visibility};

#[derive(RustEmbed)]
#[folder = "../../config/layers/"]
#[include = "*.toml"]
struct Embedded;

/// Importa una capa: la lee, la limpia, dice qué encontró y la publica como edición.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu import catastro.zip --profile ingemmet-shp-2019 --dry-run
  tupu import comunidades.geojson --profile communities --valid-from 2019-06-30 --store cusco.gpkg
  tupu import zonas.shp --layer zoning --profile mi-perfil.toml --crs EPSG:32718 --strict --store cusco.gpkg")]
pub struct ImportArgs {
    /// Un archivo, una carpeta, un ZIP, o una conexión «PG:host=… dbname=…».
    #[arg(value_name = "FUENTE")]
    pub source: String,
    /// De qué trata la capa, cuando el perfil no lo dice.
    #[arg(long, value_name = "CLASE", value_parser = kinds())]
    pub layer: Option<LayerKind>,
    /// El perfil: un nombre de los que trae el programa (ingemmet-2009, communities, generic…) o la ruta de un TOML.
    #[arg(long, value_name = "NOMBRE|RUTA", default_value = "generic")]
    pub profile: String,
    /// El almacén (GeoPackage) donde se publica; se crea si no existe.
    #[arg(long, value_name = "ALMACEN", required_unless_present = "dry_run")]
    pub store: Option<PathBuf>,
    /// El sistema de coordenadas de la fuente, cuando no lo declara o lo declara mal.
    #[arg(long, value_name = "EPSG")]
    pub crs: Option<String>,
    /// Una de varias capas de la fuente.
    #[arg(long, value_name = "NOMBRE")]
    pub table: Option<String>,
    /// Desde qué día valen los datos (AAAA-MM-DD).
    #[arg(long, value_name = "FECHA")]
    pub valid_from: Option<Date>,
    /// El territorio de la serie: Perú, Cajamarca.
    #[arg(long, value_name = "NOMBRE")]
    pub territory: Option<String>,
    /// Quién verá la edición.
    #[arg(long, value_name = "VISIBILIDAD", value_parser = visibilities())]
    pub visibility: Option<Visibility>,
    /// Lee e informa, sin escribir nada.
    #[arg(long)]
    pub dry_run: bool,
    /// No publica nada si alguna fila se rechaza.
    #[arg(long)]
    pub strict: bool,
    /// Responde el informe de calidad en JSON.
    #[arg(long)]
    pub json: bool,
}

/// The kinds of layers, offered by name where another word is given.
pub fn kinds() -> impl TypedValueParser<Value = LayerKind> {
    PossibleValuesParser::new(LayerKind::ALL.iter().map(|kind| kind.id())).try_map(|id| id.parse::<LayerKind>())
}

/// Who may see an edition, by its word.
pub fn visibilities() -> impl TypedValueParser<Value = Visibility> {
    PossibleValuesParser::new(["public", "office", "private"]).map(|word| match word.as_str() {
        "private" => Visibility::Private,
        "office" => Visibility::Office,
        _ => Visibility::Public,
    })
}

/// Runs the command.
///
/// # Errors
/// [`ImportError`] for the input and [`StoreError`] for the store; nothing is published then.
pub fn run(args: ImportArgs) -> anyhow::Result<()> {
    let profile = profile_of(&args.profile).map_err(ImportError::from)?;
    let request = Request {
        source: &args.source,
        profile: &profile,
        kind: args.layer,
        crs: args.crs.as_deref(),
        table: args.table.as_deref(),
        valid_from: args.valid_from,
        territory: args.territory.as_deref(),
        visibility: args.visibility,
    };
    let (source, assumed) = open(request)?;
    let fresh = args.store.as_deref().filter(|path| !args.dry_run && !path.exists());
    let outcome = read_and_publish(&args, source, assumed);
    if let (Err(_), Some(path)) = (&outcome, fresh) {
        remove_empty(path);
    }
    outcome
}

/// Removes a store that this run made and nobody published in.
fn remove_empty(path: &Path) {
    let published = Store::open_read(path).and_then(|store| store.editions(EditionFilter::default()));
    if published.is_ok_and(|editions| editions.is_empty()) {
        for ending in ["", "-wal", "-shm"] {
            let mut file = path.as_os_str().to_owned();
            file.push(ending);
            // what is not there, or cannot be removed, is left
            std::fs::remove_file(file).ok();
        }
    }
}

fn read_and_publish(args: &ImportArgs, source: Source, assumed: Option<String>) -> anyhow::Result<()> {
    let mut draft = begin(args, &source)?;
    let bar = progress_bar(source.rows());
    let mut sink = |feature: NewFeature| match &mut draft {
        Some(draft) => draft.push(feature).map_err(|error| Box::new(error) as SinkError),
        None => Ok(()),
    };
    let read = source.read(&mut sink, &mut |progress: Progress| bar.set_position(progress.rows));
    bar.finish_and_clear();
    let Imported { counts, mut quality } = match read {
        Ok(imported) => imported,
        Err(error) => return Err(explained(error, args.json)),
    };
    quality.reading.notes.extend(assumed);
    if args.strict && counts.rejected > 0 {
        tell(&quality, None, args.json);
        return Err(ImportError::Strict {
            rejected: counts.rejected,
        }
        .into());
    }
    let edition = match draft {
        Some(draft) => Some(
            draft
                .tell_waiting(tell_waiting)
                .commit(counts, quality.to_json(), clock::now())?,
        ),
        None => None,
    };
    tell(&quality, edition.as_ref(), args.json);
    Ok(())
}

/// Opens the source. Where neither the profile nor the caller says since when the data hold, the day of the import is the
/// least that is sure, and the report says that it was taken.
fn open(request: Request<'_>) -> anyhow::Result<(Source, Option<String>)> {
    match Source::open(&request) {
        Ok(source) => Ok((source, None)),
        Err(OpenError::NoValidFrom) => {
            let today = clock::day_in_lima(clock::now());
            let source = Source::open(&Request {
                valid_from: Some(today),
                ..request
            })
            .map_err(ImportError::from)?;
            let note = format!(
                "No consta desde cuándo valen los datos: se tomó el día de la importación, {today}. Si se sabe, indíquelo con \
                 --valid-from AAAA-MM-DD."
            );
            Ok((source, Some(note)))
        }
        Err(error) => Err(ImportError::from(error).into()),
    }
}

/// A profile by its path, or by its bare name among those that the program carries.
pub fn profile_of(named: &str) -> Result<Profile, ProfileError> {
    let path = Path::new(named);
    let is_path = path.components().count() > 1 || path.extension().is_some();
    match Embedded::get(&format!("{named}.toml")) {
        Some(file) if !is_path => Profile::parse(named, &String::from_utf8_lossy(&file.data)),
        _ if is_path || path.exists() => Profile::load(path),
        _ => {
            let known: Vec<String> = Embedded::iter()
                .map(|name| name.trim_end_matches(".toml").to_owned())
                .collect();
            Err(ProfileError::Unknown {
                name: named.to_owned(),
                known,
            })
        }
    }
}

fn begin(args: &ImportArgs, source: &Source) -> Result<Option<Draft>, StoreError> {
    let (Some(path), false) = (&args.store, args.dry_run) else {
        return Ok(None);
    };
    Store::open_or_create(path)?.begin(source.described().clone()).map(Some)
}

fn progress_bar(rows: Option<u64>) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match rows {
        Some(rows) => (ProgressBar::new(rows), "{bar:30} {pos}/{len} filas, faltan {eta}"),
        None => (ProgressBar::new_spinner(), "{spinner} {pos} filas"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn tell_waiting(waited: std::time::Duration) {
    if waited.as_millis() < 400 {
        eprintln!("Otro proceso está publicando en el almacén; se espera a que termine…");
    }
}

/// The store's own error where the store refused; else the input's, after what was found of it.
fn explained(error: ReadError, json: bool) -> anyhow::Error {
    match error {
        ReadError::Sink(problem) => match problem.downcast::<StoreError>() {
            Ok(error) => (*error).into(),
            Err(other) => anyhow::anyhow!(other),
        },
        ReadError::NothingRemains { read, quality } => {
            tell(&quality, None, json);
            ImportError::from(ReadError::NothingRemains { read, quality }).into()
        }
        damaged @ ReadError::Damaged { .. } => ImportError::from(damaged).into(),
    }
}

fn tell(quality: &QualityReport, edition: Option<&EditionMeta>, json: bool) {
    if json {
        let edition = edition.map(|meta| {
            serde_json::json!({
                "id": meta.id, "layer": meta.kind.id(), "published_at": meta.published_at, "valid_from": meta.valid_from,
                "sha256": meta.sha256, "counts": meta.counts, "extent": meta.extent,
            })
        });
        println!("{:#}", serde_json::json!({ "edition": edition, "quality": quality }));
        return;
    }
    print!("{}", quality.to_spanish());
    match edition {
        Some(meta) => println!("Publicada la edición {} con {} elementos.", meta.id, meta.counts.kept),
        None => println!("No se escribió nada."),
    }
}
