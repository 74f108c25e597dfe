//! How long the paper form takes: the first time, and again, for a community's report with map and for long tables.
//!
//! `cargo run --release --example paper -p reports [FOLDER]`; with a folder, the files are kept there.

#[path = "../tests/renderings/paper_sample.rs"]
mod paper_sample;

use reports::view::View;
use reports::{Paper, PdfOptions, pdf};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let mut views: Vec<(String, View)> = vec![("community".to_owned(), paper_sample::community())];
    for rows in [40, 1_000, 5_000] {
        views.push((format!("office-{rows}"), paper_sample::office(rows)));
    }
    for (name, view) in views {
        for round in 1..=4 {
            // another id each time: nothing but what is common to all documents can be taken from a cache
            let mut view = view.clone();
            view.id.replace_range(0..1, &round.to_string());
            write!(view.title, " {round}")?;
            measure(&name, round, &view, folder.as_ref())?;
        }
    }
    Ok(())
}

fn measure(name: &str, round: u32, view: &View, folder: Option<&PathBuf>) -> Result<(), Box<dyn Error>> {
    let (map, issued) = (paper_sample::map(), paper_sample::issued());
    let options = PdfOptions {
        paper: Paper::A4,
        map: Some(&map),
        issued: &issued,
    };
    let began = Instant::now();
    let made = pdf(view, &options)?;
    let taken = began.elapsed().as_millis();
    writeln!(std::io::stdout(), "{name} {round}: {taken} ms, {} bytes", made.len())?;
    if let Some(folder) = folder {
        std::fs::write(folder.join(format!("{name}.pdf")), &made)?;
    }
    Ok(())
}
