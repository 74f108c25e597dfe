//! `tupu check --all`: every land of a layer against another layer, in one table.

use crate::check::{CheckArgs, write, write_bytes};
use crate::exit::refuse;
use crate::{keep, outputs};
use conflicts::{CheckOptions, Limit, MatrixHead, MatrixRow, Rulebook, Subject, check, matrix, matrix_row, stack};
use crs::UtmZone;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use reports::{Form, MATRIX_FORMS, Sealing};
use std::io::IsTerminal;
use store::{Edition, Snapshot};
use territory::{AsOf, Feature, LayerKind};

/// What a matrix is made of.
pub struct Against<'a> {
    pub snapshot: &'a Snapshot,
    pub book: &'a Rulebook,
    pub as_of: AsOf,
    pub options: CheckOptions,
    pub zone: Option<UtmZone>,
    pub subjects: LayerKind,
}

/// Judges every land of the layer and writes the table.
pub fn run(args: &CheckArgs, against: &Against<'_>, issued: &reports::Issued) -> anyhow::Result<()> {
    let mut subjects: Vec<(&Edition, &Feature)> = against
        .snapshot
        .collection(against.subjects)
        .flat_map(|edition| edition.features.iter().map(move |feature| (edition.as_ref(), feature)))
        .collect();
    subjects.sort_by(|a, b| (&a.0.meta.id, a.1.source_row).cmp(&(&b.0.meta.id, b.1.source_row)));
    if subjects.is_empty() {
        return refuse(format!(
            "no hay ninguna edición de la capa {} en el almacén para esa fecha",
            against.subjects
        ));
    }
    let bar = progress(subjects.len() as u64);
    let rows: anyhow::Result<Vec<_>> = subjects
        .par_iter()
        .map(|(edition, feature)| {
            let row = row(against, args.against, edition, feature);
            bar.inc(1);
            row
        })
        .collect();
    bar.finish_and_clear();
    let both = [against.subjects, args.against].map(|kind| against.snapshot.collection(kind));
    let head = MatrixHead {
        subjects: against.subjects,
        against: args.against,
        book: against.book,
        as_of: against.as_of,
        slivers_kept: against.options.keep_slivers,
        editions: both.into_iter().flatten().map(|edition| &edition.meta).collect(),
    };
    let matrix = matrix(&head, rows?);
    if let Some(path) = &args.pairs {
        write(Some(path), &reports::matrix_pairs_csv(&matrix)?)?;
    }
    let form = form(args)?;
    let ids = head.editions.iter().map(|meta| meta.id.as_str());
    let editions = against.snapshot.roots_of_editions(ids);
    let key = args.key.as_deref().map(crate::keys::read).transpose()?;
    let sealing = Sealing {
        editions: &editions,
        key: key.as_ref(),
        ..Sealing::default()
    };
    let document = reports::sealed(&matrix, issued, &sealing)?;
    if args.keep {
        let used = matrix.editions.iter().map(|edition| edition.edition.as_str());
        keep::keep(&args.store, &document, against.snapshot.visibility_of_editions(used))?;
    }
    match reports::render_matrix(form, &document, &outputs::rendering(args)?)? {
        Some(bytes) => write_bytes(args.out.as_deref(), &bytes),
        None => refuse(unwritten(form.ending())),
    }
}

/// The form asked for: by the ending of the file, else by a flag, else CSV.
fn form(args: &CheckArgs) -> anyhow::Result<Form> {
    let Some(path) = &args.out else {
        return Ok(match (args.json, args.html) {
            (true, _) => Form::Json,
            (_, true) => Form::Html,
            _ => Form::Csv,
        });
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match Form::of_file(&name).filter(|form| MATRIX_FORMS.contains(form)) {
        Some(form) => Ok(form),
        None => refuse(unwritten(&name)),
    }
}

fn unwritten(name: &str) -> String {
    let endings: Vec<&str> = MATRIX_FORMS.iter().map(|form| form.ending()).collect();
    format!(
        "--out: una matriz no se escribe como «{name}»; use {}",
        endings.join(", ")
    )
}

fn row(
    against: &Against<'_>,
    layer: LayerKind,
    edition: &Edition,
    feature: &Feature,
) -> anyhow::Result<(MatrixRow, Vec<Limit>, &'static str)> {
    let subject = match Subject::feature(against.subjects, &edition.meta, feature, against.zone) {
        Ok(subject) => subject,
        Err(error) => return refuse(format!("{}/{}: {error}", against.subjects, feature.key)),
    };
    let mut around = against.snapshot.surroundings(&subject, against.book);
    around.layers.retain(|entry| entry.kind == layer);
    let report = check(&subject, &around, against.book, against.as_of, against.options);
    let from = (edition.meta.id.as_str(), feature.source_row);
    let stack = stack(&report, &subject, &around, layer);
    let row = matrix_row(&report, layer, from, stack);
    Ok(report.for_matrix(row, layer))
}

/// A progress bar on a terminal; nothing elsewhere.
fn progress(total: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  faltan {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}
