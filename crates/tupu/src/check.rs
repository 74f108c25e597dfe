//! `tupu check`: one land against everything, or all lands of a layer against one.

use crate::exit::refuse;
use crate::times::Times;
use crate::{bundle, changes, clock, keep, keys, matrix, outputs, rules, subject, times};
use clap::Args;
use conflicts::{CheckOptions, Report, check};
use crs::UtmZone;
use reports::{Document, Issued, Sealing, sealed};
use std::path::PathBuf;
use store::{Snapshot, SnapshotOptions, Store};
use territory::{LayerKind, Visibility};

/// Responde qué se superpone con una tierra, o con todas las de una capa.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu check --store cusco.gpkg --name \"Pukamarka Alta\"
  tupu check --store cusco.gpkg --file lindero.kml --out informe.html
  tupu check --store cusco.gpkg --name \"Pukamarka Alta\" --out informe.pdf
  tupu check --store cusco.gpkg --name \"Pukamarka Alta\" --audience office --out informe.pdf
  tupu check --store cusco.gpkg --coords \"812000 8514000; 815000 8514000; 815000 8516500\" --crs EPSG:32718
  tupu check --store cusco.gpkg --all communities --out matriz.csv --pairs parejas.csv
  tupu check --store cusco.gpkg --all communities --out matriz.pdf --keep")]
pub struct CheckArgs {
    /// El almacén (GeoPackage) de donde se lee.
    #[arg(long, value_name = "ALMACEN")]
    pub store: PathBuf,
    #[command(flatten)]
    pub land: subject::Land,
    /// La capa en la que se busca --name.
    #[arg(long, value_name = "CAPA", default_value = "communities", value_parser = crate::import::kinds(), hide_possible_values = true)]
    pub layer: LayerKind,
    /// Con --all: la capa contra la que se cruza.
    #[arg(long, value_name = "CAPA", default_value = "concessions", value_parser = crate::import::kinds(), hide_possible_values = true)]
    pub against: LayerKind,
    /// Sistema de coordenadas de --file o --coords: EPSG:32717, EPSG:24878, …
    #[arg(long, value_name = "EPSG")]
    pub crs: Option<String>,
    /// «keep» cuenta también las superposiciones menores al límite de roce.
    #[arg(long, value_name = "keep", value_parser = ["keep"])]
    pub slivers: Option<String>,
    /// Mide en esta zona UTM sur en vez de la propia de la tierra.
    #[arg(long, value_name = "17|18|19", value_parser = clap::value_parser!(u8).range(17..=19))]
    pub zone: Option<u8>,
    #[command(flatten)]
    pub times: Times,
    /// Dice además qué cambió desde un día (AAAA-MM-DD), un instante, o un informe anterior (su archivo JSON).
    #[arg(long, value_name = "FECHA|INFORME", conflicts_with = "all")]
    pub since: Option<String>,
    /// Carpeta de un libro de reglas, o de una carpeta por versión; rige la del día consultado.
    #[arg(long, value_name = "CARPETA")]
    pub rules: Option<PathBuf>,
    /// Responde el documento canónico en JSON.
    #[arg(long, conflicts_with = "html")]
    pub json: bool,
    /// Responde una página HTML.
    #[arg(long)]
    pub html: bool,
    #[command(flatten)]
    pub words: WordsOnly,
    /// Lengua del informe: es, qu, en.
    #[arg(long, value_name = "LENGUA", default_value = "es")]
    pub lang: String,
    /// Para quién es: community (comunidad) u office (oficina).
    #[arg(long, value_name = "PARA", default_value = "community")]
    pub audience: String,
    /// Escribe la respuesta en este archivo. Su terminación dice el formato: .pdf, .html, .json, .csv, .xlsx, .gpkg, .gpx, .kml,
    /// .svg y .png (el mapa), .txt; «vertices.csv», la lista de vértices. Con --all: .pdf, .html, .json, .csv, .xlsx.
    #[arg(long, value_name = "ARCHIVO")]
    pub out: Option<PathBuf>,
    /// Con --all: escribe además las parejas en este archivo CSV.
    #[arg(long, value_name = "ARCHIVO", requires = "all")]
    pub pairs: Option<PathBuf>,
    /// Escribe además un paquete ZIP con el que cualquiera puede volver a hacer el informe sin conexión.
    #[arg(long, value_name = "ARCHIVO", conflicts_with = "all")]
    pub bundle: Option<PathBuf>,
    /// Guarda el documento (no la tierra) en el registro del almacén: el servidor lo encuentra por su código.
    #[arg(long)]
    pub keep: bool,
    /// Firma el documento con esta clave de «tupu keys new».
    #[arg(long, value_name = "ARCHIVO")]
    pub key: Option<PathBuf>,
    /// Hasta qué visibilidad de ediciones se consulta.
    #[arg(long, value_name = "VISIBILIDAD", default_value = "public", value_parser = ["public", "office", "private"])]
    pub visibility: String,
}

/// Answers that are words alone.
#[derive(Args)]
pub struct WordsOnly {
    /// Responde el mensaje de texto: 160 caracteres a lo más.
    #[arg(long, conflicts_with_all = ["html", "json", "out", "all"])]
    pub sms: bool,
    /// Responde el texto para leer en voz alta, de tres minutos a lo más.
    #[arg(long, conflicts_with_all = ["html", "json", "sms", "all"])]
    pub spoken: bool,
}

/// Runs the command.
pub fn run(args: CheckArgs) -> anyhow::Result<()> {
    let now = clock::now();
    let as_of = args.times.as_of(now)?;
    let shelf = rules::shelf(args.rules.as_deref())?;
    let book = shelf.in_force(as_of.valid);
    let store = Store::open_read(&args.store)?;
    let ceiling = ceiling(&args.visibility);
    let snapshot = Snapshot::load(&store, SnapshotOptions { ceiling, as_of })?;
    let zone = args.zone.and_then(UtmZone::from_number);
    let options = CheckOptions {
        keep_slivers: args.slivers.is_some(),
    };
    let issued = reports::Issued::now_of(now, "tupu", env!("CARGO_PKG_VERSION"));
    if let Some(subjects) = args.land.all {
        return matrix::run(
            &args,
            &matrix::Against {
                snapshot: &snapshot,
                book,
                as_of,
                options,
                zone,
                subjects,
            },
            &issued,
        );
    }
    let subject = subject::find(&args.land, args.layer, args.crs.as_deref(), zone, &snapshot)?;
    let around = snapshot.surroundings(&subject, book);
    let mut report = check(&subject, &around, book, as_of, options);
    if let Some(text) = &args.since {
        let since = changes::since(text, as_of.known)?;
        times::in_order(("--since", since), ("la fecha del informe", as_of))?;
        let before = Snapshot::load(&store, SnapshotOptions { ceiling, as_of: since })?;
        report.changes = Some(snapshot.changes_since(&before, &subject, book));
    }
    let made = bundle::Made {
        store: &store,
        snapshot: &snapshot,
        subject: &subject,
        options,
        book,
    };
    let document = seal(&args, &report, &issued, &made)?;
    if args.keep {
        keep::keep(&args.store, &document, snapshot.visibility_of(&report))?;
    }
    let rendering = outputs::rendering(&args)?;
    let shapes = |kinds: &[LayerKind], frame: Option<[f64; 4]>, shared: bool| {
        snapshot.shapes_of((&subject, &around), &report, (kinds, frame), shared)
    };
    let drawn = reports::Drawn {
        subject: &subject,
        shapes: &shapes,
    };
    let bytes = outputs::of(outputs::asked(&args)?, &document, drawn, &rendering)?;
    write_bytes(args.out.as_deref(), &bytes)
}

/// The visibility that a word names.
pub fn ceiling(word: &str) -> Visibility {
    match word {
        "office" => Visibility::Office,
        "private" => Visibility::Private,
        _ => Visibility::Public,
    }
}

/// The document with its seal, signed where a key was named; its bundle is written where one was asked for.
fn seal<'a>(
    args: &CheckArgs,
    report: &'a Report,
    issued: &Issued,
    made: &bundle::Made<'_>,
) -> anyhow::Result<Document<'a, Report>> {
    let key = args.key.as_deref().map(keys::read).transpose()?;
    if let Some(out) = &args.bundle {
        return bundle::write(out, report, issued, (made, key.as_ref()));
    }
    let sealing = Sealing {
        editions: &made.snapshot.roots_of(report),
        key: key.as_ref(),
        ..Sealing::default()
    };
    Ok(sealed(report, issued, &sealing)?)
}

/// Writes to the file, or to standard output.
pub fn write(out: Option<&std::path::Path>, text: &str) -> anyhow::Result<()> {
    write_bytes(out, text.as_bytes())
}

/// Writes to the file, or to standard output.
pub fn write_bytes(out: Option<&std::path::Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match out {
        None => print!("{}", String::from_utf8_lossy(bytes)),
        Some(path) => {
            if let Err(error) = std::fs::write(path, bytes) {
                return refuse(format!("no se puede escribir {}: {error}", path.display()));
            }
            eprintln!("escrito {}", path.display());
        }
    }
    Ok(())
}
