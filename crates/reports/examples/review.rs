//! Writes the marks of a language after somebody read every translation beside its Spanish sentence:
//! `cargo run -p reports --example review -- en 2026-11-21 >> config/text/en/reviewed.toml`.

#![expect(clippy::print_stdout, reason = "its output is the lines")]

use reports::Lang;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [lang, day] = args.as_slice() else {
        return Err("modo de uso: review IDIOMA AAAA-MM-DD".into());
    };
    let lang: Lang = lang
        .parse()
        .map_err(|error: reports::UnknownLang| error.sentence_es())?;
    print!("{}", reports::review_lines(lang, day.parse()?));
    Ok(())
}
