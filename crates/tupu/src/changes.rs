//! `tupu changes`: what is different between two times, or between two editions.

use crate::check::write;
use crate::editions::table;
use crate::exit::refuse;
use crate::{clock, rules, times};
use clap::Args;
use conflicts::{ChangeOut, LayerChanges, SeriesCompared};
use indicatif::ProgressBar;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{SnapshotOptions, Store};
use territory::{ChangeKind, LayerKind, Metres};

/// Dice qué cambió en una capa entre dos fechas, o entre dos ediciones.
#[derive(Args)]
#[command(after_help = "Ejemplos:
  tupu changes --store cusco.gpkg --layer concessions --from 2026-01-01 --to 2026-06-30
  tupu changes --store cusco.gpkg --layer concessions --from 2026-01-01 --csv --out cambios.csv
  tupu changes --store cusco.gpkg --from-edition concessions-ingemmet-cusco-1 --to-edition concessions-ingemmet-cusco-2 --patch parche.json

Un día (AAAA-MM-DD) pregunta por los hechos que regían ese día, con lo que se sabe ahora; un instante (AAAA-MM-DDThh:mm:ssZ), por lo
que se sabía entonces. Un lindero cambió si se apartó del anterior más que la tolerancia.")]
pub struct ChangesArgs {
    /// El almacén (GeoPackage) de donde se lee.
    #[arg(long, value_name = "ALMACEN")]
    store: PathBuf,
    /// La capa; no hace falta con --from-edition y --to-edition.
    #[arg(long, value_name = "CAPA", value_parser = crate::import::kinds(), hide_possible_values = true, required_unless_present = "from_edition", conflicts_with = "from_edition")]
    layer: Option<LayerKind>,
    /// Desde qué día o instante.
    #[arg(
        long,
        value_name = "FECHA",
        required_unless_present = "from_edition",
        conflicts_with = "from_edition"
    )]
    from: Option<String>,
    /// Hasta qué día o instante; por omisión, hoy.
    #[arg(long, value_name = "FECHA", conflicts_with = "from_edition")]
    to: Option<String>,
    /// La edición anterior.
    #[arg(long, value_name = "EDICION", requires = "to_edition")]
    from_edition: Option<String>,
    /// La edición posterior.
    #[arg(long, value_name = "EDICION", requires = "from_edition")]
    to_edition: Option<String>,
    /// Metros que un lindero ha de apartarse para contar; por omisión, los del libro de reglas.
    #[arg(long, value_name = "METROS")]
    tolerance: Option<f64>,
    /// Carpeta de otro libro de reglas.
    #[arg(long, value_name = "CARPETA")]
    rules: Option<PathBuf>,
    /// Responde en JSON.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Responde en CSV.
    #[arg(long)]
    csv: bool,
    /// Escribe la respuesta en este archivo.
    #[arg(long, value_name = "ARCHIVO")]
    out: Option<PathBuf>,
    /// Escribe además el parche exacto que lleva de una edición a la otra.
    #[arg(long, value_name = "ARCHIVO")]
    patch: Option<PathBuf>,
    /// Hasta qué visibilidad de ediciones se consulta.
    #[arg(long, value_name = "VISIBILIDAD", default_value = "public", value_parser = ["public", "office", "private"])]
    visibility: String,
}

/// Runs the command.
pub fn run(args: ChangesArgs) -> anyhow::Result<()> {
    let tolerance = tolerance(&args)?;
    let store = Store::open_read(&args.store)?;
    let spinner = spinner();
    let changes = compare(&args, &store, tolerance);
    spinner.finish_and_clear();
    let changes = changes?;
    if let Some(path) = &args.patch {
        write(Some(path), &patches(&store, &changes)?)?;
    }
    let text = if args.json {
        reports::canonical_json(&changes)? + "\n"
    } else if args.csv {
        reports::changes_csv(&changes)?
    } else {
        speak(&changes)
    };
    write(args.out.as_deref(), &text)
}

fn tolerance(args: &ChangesArgs) -> anyhow::Result<Metres> {
    match args.tolerance {
        Some(metres) if metres.is_finite() && metres >= 0.0 => Ok(Metres(metres)),
        Some(metres) => refuse(format!(
            "--tolerance: {metres} no es una distancia en metros; dé 0 o más"
        )),
        None => {
            let shelf = rules::shelf(args.rules.as_deref())?;
            Ok(conflicts::change_tolerance(
                shelf.in_force(clock::day_in_lima(clock::now())),
            ))
        }
    }
}

fn compare(args: &ChangesArgs, store: &Store, tolerance: Metres) -> anyhow::Result<LayerChanges> {
    if let (Some(from), Some(to)) = (&args.from_edition, &args.to_edition) {
        return Ok(store.edition_changes(from, to, tolerance)?);
    }
    let (Some(layer), Some(from)) = (args.layer, &args.from) else {
        return refuse("diga --layer y --from, o --from-edition y --to-edition");
    };
    let now = clock::now();
    let ceiling = crate::check::ceiling(&args.visibility);
    let to = match &args.to {
        Some(text) => times::moment("--to", text, now)?,
        None => times::present(now),
    };
    let from = times::moment("--from", from, to.known)?;
    times::in_order(("--from", from), ("--to", to))?;
    let at = |as_of| SnapshotOptions { ceiling, as_of };
    let changes = store.layer_changes(layer, (at(from), at(to)), tolerance)?;
    if changes.compared.is_empty() {
        return refuse(format!(
            "no hay ninguna edición de la capa {layer} en el almacén para ninguna de las dos fechas. «tupu editions» las enumera"
        ));
    }
    Ok(changes)
}

/// The exact patch of each series that was compared, in one document.
fn patches(store: &Store, changes: &LayerChanges) -> anyhow::Result<String> {
    let mut patches = Vec::new();
    for series in &changes.compared {
        let (Some(before), Some(after)) = (&series.before, &series.after) else {
            continue;
        };
        let mut patch = store.patch(&before.edition, &after.edition)?.to_json();
        patch["from"] = serde_json::json!({ "edition": before.edition, "sha256": before.sha256 });
        patch["to"] = serde_json::json!({ "edition": after.edition, "sha256": after.sha256 });
        patches.push(patch);
    }
    if patches.is_empty() {
        return refuse("--patch: ninguna serie tiene edición en las dos fechas: no hay de qué escribir un parche");
    }
    let document = serde_json::json!({ "schema": "tupu/patch/1", "layer": changes.layer, "patches": patches });
    Ok(document.to_string() + "\n")
}

/// What became of something, in words.
pub fn kind_es(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "nuevo",
        ChangeKind::Gone => "ya no está",
        ChangeKind::Status => "otro estado",
        ChangeKind::Holder => "otro titular",
        ChangeKind::Geometry => "otro lindero",
        ChangeKind::Attributes => "otro dato",
    }
}

/// The changes of a layer as a person reads them in a terminal.
fn speak(changes: &LayerChanges) -> String {
    let mut text = format!(
        "Cambios en {}: del {} al {}; tolerancia de linderos {} m\n",
        changes.layer, changes.from.valid, changes.to.valid, changes.tolerance_m
    );
    for series in &changes.compared {
        text.push_str(&compared(series));
    }
    text.push('\n');
    if changes.events.is_empty() {
        text.push_str("Ningún cambio en lo comparado.\n");
        return text;
    }
    let counts: Vec<Vec<String>> = ChangeKind::ALL
        .iter()
        .map(|kind| vec![kind_es(*kind).to_owned(), changes.counts[kind.id()].to_string()])
        .collect();
    text.push_str(&table(&["cambio", "cuenta"], &counts));
    text.push('\n');
    text.push_str(&listed(&changes.events, "--json y --csv los traen"));
    text
}

fn compared(series: &SeriesCompared) -> String {
    let of = &series.publisher;
    let territory = &series.territory;
    match (&series.before, &series.after) {
        (Some(before), Some(after)) if before.edition == after.edition => {
            format!("  {of} ({territory}): la misma edición, {}\n", after.edition)
        }
        (Some(before), Some(after)) => {
            let minor = match series.minor {
                0 => String::new(),
                count => format!("; {count} con diferencias menores, que no son cambios"),
            };
            format!(
                "  {of} ({territory}): {} ({}) → {} ({}){minor}\n",
                before.edition, before.features, after.edition, after.features
            )
        }
        (None, Some(after)) => {
            format!(
                "  {of} ({territory}): NO SE COMPARÓ: no hay edición anterior a {}\n",
                after.edition
            )
        }
        (Some(before), None) => {
            format!(
                "  {of} ({territory}): NO SE COMPARÓ: no hay edición posterior a {}\n",
                before.edition
            )
        }
        (None, None) => String::new(),
    }
}

/// A table of events; what a screen does not hold is counted, and `elsewhere` says where it is.
pub fn listed(events: &[ChangeOut], elsewhere: &str) -> String {
    const SHOWN: usize = 40;
    let dash = || "–".to_owned();
    let line = |event: &ChangeOut| {
        let what = match (&event.field, event.moved_m) {
            (Some(field), _) => format!("{}: {field}", kind_es(event.kind)),
            (None, Some(moved)) => format!("{} (hasta {moved} m)", kind_es(event.kind)),
            (None, None) => kind_es(event.kind).to_owned(),
        };
        let unit = if matches!(event.kind, ChangeKind::New | ChangeKind::Gone | ChangeKind::Geometry) {
            " ha"
        } else {
            ""
        };
        let said = |value: &Option<String>| value.as_ref().map_or_else(dash, |value| format!("{value}{unit}"));
        vec![
            event.layer.id().to_owned(),
            event.feature.clone(),
            event.name.clone(),
            what,
            said(&event.before),
            said(&event.after),
        ]
    };
    let lines: Vec<Vec<String>> = events.iter().take(SHOWN).map(line).collect();
    let mut text = table(&["capa", "clave", "nombre", "cambio", "antes", "ahora"], &lines);
    if events.len() > SHOWN {
        let _ = writeln!(text, "… y {} más: {elsewhere}", events.len() - SHOWN);
    }
    text
}

/// Something that turns on a terminal; nothing elsewhere.
fn spinner() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner().with_message("comparando");
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}

/// What `--since` asks for: a day as known at `known`, a moment, or the times of an earlier report.
pub fn since(text: &str, known: jiff::Timestamp) -> anyhow::Result<territory::AsOf> {
    let path = Path::new(text);
    if !path.is_file() {
        return times::moment("--since", text, known);
    }
    let name = path.display();
    let refused = |why: &str| refuse(format!("--since: {name} no sirve como informe anterior: {why}"));
    let document: serde_json::Value = match std::fs::read(path).map(|bytes| serde_json::from_slice(&bytes)) {
        Ok(Ok(document)) => document,
        Ok(Err(error)) => return refused(&format!("no es JSON ({error})")),
        Err(error) => return refused(&format!("no se puede leer ({error})")),
    };
    if document["schema"] != "tupu/report/1" {
        return refused("no es un documento tupu/report/1");
    }
    let time = |name: &str| document["as_of"][name].as_str().unwrap_or_default().to_owned();
    match (time("valid").parse(), time("known").parse()) {
        (Ok(valid), Ok(known)) => Ok(territory::AsOf { valid, known }),
        (Ok(_), Err(_)) => refused("no usó ninguna edición, así que no hay con qué comparar"),
        _ => refused("no dice para cuándo es (as_of)"),
    }
}
