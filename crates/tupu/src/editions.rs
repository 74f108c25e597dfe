//! `tupu editions`: what is published in a store.

use crate::clock;
use crate::times::Times;
use clap::Args;
use std::path::PathBuf;
use store::{EditionFilter, Store};
use territory::{EditionMeta, LayerKind, Visibility};

/// Enumera las ediciones de un almacén; con --valid-at o --known-at, solo las que se veían entonces.
#[derive(Args)]
pub struct EditionsArgs {
    /// Almacén (archivo .gpkg).
    #[arg(long, value_name = "ALMACÉN")]
    store: PathBuf,
    /// Solo las de una capa: concessions, communities, …
    #[arg(long, value_name = "CAPA", value_parser = layer_kind)]
    layer: Option<LayerKind>,
    #[command(flatten)]
    times: Times,
    /// Responde en JSON, con todo lo que se sabe de cada edición.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: EditionsArgs) -> anyhow::Result<()> {
    let filter = EditionFilter {
        kind: args.layer,
        ceiling: None,
    };
    let mut editions = Store::open_read(&args.store)?.editions(filter)?;
    if args.times.are_stated() {
        let as_of = args.times.as_of(clock::now())?;
        editions.retain(|edition| as_of.sees(edition));
    }
    if args.json {
        println!("{:#}", serde_json::json!({ "editions": editions }));
    } else if editions.is_empty() {
        println!(
            "Ninguna edición. Publique una: tupu import ARCHIVO --layer CAPA --store {}",
            args.store.display()
        );
    } else {
        let heads = [
            "edición",
            "título",
            "vigente desde",
            "hasta",
            "publicada (UTC)",
            "elementos",
            "la ve",
            "estado",
        ];
        print!("{}", table(&heads, &editions.iter().map(line).collect::<Vec<_>>()));
    }
    Ok(())
}

fn line(meta: &EditionMeta) -> Vec<String> {
    let minute = |moment: jiff::Timestamp| moment.strftime("%Y-%m-%d %H:%M").to_string();
    let standing = match meta.withdrawn_at {
        Some(at) => format!("retirada {}", minute(at)),
        None => "publicada".to_owned(),
    };
    vec![
        meta.id.clone(),
        if meta.synthetic {
            format!("{} (datos sintéticos)", meta.title)
        } else {
            meta.title.clone()
        },
        meta.valid_from.to_string(),
        meta.valid_until.map_or_else(|| "–".to_owned(), |date| date.to_string()),
        minute(meta.published_at),
        meta.counts.kept.to_string(),
        audience(meta.visibility).to_owned(),
        standing,
    ]
}

/// Who may see an edition, in words.
pub fn audience(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "el público",
        Visibility::Office => "la oficina",
        Visibility::Private => "quien la publicó",
    }
}

/// The kind that a word names; otherwise the sentence that lists them.
pub fn layer_kind(word: &str) -> Result<LayerKind, String> {
    word.parse().map_err(|_| {
        let known: Vec<&str> = LayerKind::ALL.iter().map(|kind| kind.id()).collect();
        format!("no hay ninguna capa «{word}»; las que hay: {}", known.join(", "))
    })
}

/// Columns as wide as their widest cell, two spaces between them, a rule under the heads. Cells of digits stand to the right.
pub fn table(heads: &[&str], lines: &[Vec<String>]) -> String {
    let letters = |cell: &str| cell.chars().count();
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(column, head)| {
            lines
                .iter()
                .map(|line| letters(&line[column]))
                .chain([letters(head)])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let heads: Vec<String> = heads.iter().map(|&head| head.to_owned()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    [&heads, &rule]
        .into_iter()
        .chain(lines)
        .map(|line| row(line, &widths))
        .collect()
}

fn row(cells: &[String], widths: &[usize]) -> String {
    let padded: Vec<String> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            let figures = cell.bytes().all(|byte| byte.is_ascii_digit());
            if figures {
                format!("{cell:>width$}")
            } else {
                format!("{cell:<width$}")
            }
        })
        .collect();
    format!("{}\n", padded.join("  ").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_lines_up_letters_to_the_left_and_figures_to_the_right() {
        let lines = [
            vec!["ñandú".to_owned(), "7".to_owned()],
            vec!["a".to_owned(), "1200".to_owned()],
        ];
        assert_eq!(
            table(&["ave", "n"], &lines),
            "ave    n\n─────  ────\nñandú     7\na      1200\n"
        );
    }

    #[test]
    fn an_unknown_layer_is_answered_with_the_known_ones() {
        assert_eq!(layer_kind("communities"), Ok(LayerKind::Communities));
        assert!(layer_kind("comunidades").unwrap_err().contains("communities"));
    }
}
