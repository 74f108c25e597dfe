//! `tupu check --all`: every land of a layer against another layer, in one table.

use crate::check::{CheckArgs, write};
use crate::exit::refuse;
use conflicts::{CheckOptions, Limit, MatrixHead, MatrixRow, Rulebook, Subject, check, matrix, matrix_row, stack};
use crs::UtmZone;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
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
    let format = args
        .out
        .as_deref()
        .and_then(|path| path.extension())
        .and_then(|ending| ending.to_str());
    let format = format.unwrap_or(match (args.json, args.html) {
        (true, _) => "json",
        (_, true) => "html",
        _ => "csv",
    });
    let text = match format {
        "json" => reports::document(&matrix, issued)?.json + "\n",
        "html" => reports::matrix_html(&reports::document(&matrix, issued)?),
        "csv" => reports::matrix_csv(&matrix)?,
        other => return refuse(format!("--out: no se escribe «.{other}»; use .csv, .json o .html")),
    };
    write(args.out.as_deref(), &text)
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
