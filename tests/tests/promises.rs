//! What the conventions say of the files themselves.

use std::path::{Path, PathBuf};
use tests::{kept_files, root, text_of};

const LONGEST: usize = 400;

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|found| extensions.iter().any(|extension| found == *extension))
}

/// Files that people wrote: text without the data, the lock and the licence.
fn written() -> Vec<PathBuf> {
    const KINDS: [&str; 11] = ["rs", "toml", "md", "sh", "py", "sql", "ftl", "css", "js", "html", "yml"];
    let mut files = kept_files();
    files.retain(|file| has_extension(file, &KINDS) || file.starts_with(".ci"));
    files
}

/// The lines of code of a source file before its tests.
fn code_lines(text: &str) -> usize {
    text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}

#[test]
fn no_source_file_is_too_long() {
    let sources = kept_files().into_iter().filter(|file| {
        let in_source = file.components().any(|part| part.as_os_str() == "src");
        has_extension(file, &["rs"]) && in_source
    });
    let long: Vec<String> = sources
        .map(|file| (code_lines(&text_of(&file)), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(
        long.is_empty(),
        "longer than {LONGEST} lines, tests excluded: {long:#?}"
    );
}

#[test]
fn nothing_is_left_to_do_in_the_files() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    for file in written() {
        let text = text_of(&file);
        for (number, line) in text.lines().enumerate() {
            let found = marks.iter().find(|mark| {
                line.split(|c: char| !c.is_alphanumeric() && !"!(".contains(c))
                    .any(|word| word.starts_with(**mark))
            });
            assert!(found.is_none(), "{}:{}: {}", file.display(), number + 1, line.trim());
        }
    }
}

#[test]
fn no_file_holds_the_marks_of_an_unfinished_merge() {
    let marks = ["<".repeat(7) + " ", ">".repeat(7) + " "];
    let torn: Vec<PathBuf> = written()
        .into_iter()
        .filter(|file| {
            text_of(file)
                .lines()
                .any(|line| marks.iter().any(|mark| line.starts_with(mark)))
        })
        .collect();
    assert!(torn.is_empty(), "{torn:?}");
}

#[test]
fn no_file_names_a_place_of_some_machine() {
    let places = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Use", "rs/"),
    ];
    for file in written() {
        let text = text_of(&file);
        for (number, line) in text.lines().enumerate() {
            let found = places.iter().find(|place| line.contains(**place));
            assert!(found.is_none(), "{}:{}: {}", file.display(), number + 1, line.trim());
        }
    }
}

#[test]
fn every_settings_file_is_toml() {
    let files: Vec<PathBuf> = kept_files()
        .into_iter()
        .filter(|file| file.starts_with("config") && has_extension(file, &["toml"]))
        .collect();
    assert!(files.len() > 10, "the settings are in config/");
    for file in files {
        let parsed = text_of(&file).parse::<toml::Table>();
        assert!(parsed.is_ok(), "{}: {}", file.display(), parsed.unwrap_err());
    }
}

#[test]
fn no_lint_is_allowed_away_in_the_code() {
    let allow = concat!("allow", "(");
    let attribute = |line: &str| line.starts_with("#[") || line.starts_with("#![");
    for file in kept_files().into_iter().filter(|file| has_extension(file, &["rs"])) {
        let text = text_of(&file);
        let found = text
            .lines()
            .map(str::trim)
            .find(|line| attribute(line) && line.contains(allow));
        assert_eq!(found, None, "{}: say expect, with the reason", file.display());
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    for file in kept_files().into_iter().filter(|file| has_extension(file, &["md"])) {
        let folder = root().join(file.parent().unwrap_or(Path::new("")));
        let text = text_of(&file);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#', ' ']).next())
        {
            let elsewhere = link.is_empty() || link.contains("://") || link.starts_with("mailto:");
            assert!(
                elsewhere || folder.join(link).exists(),
                "{}: {link} is not there",
                file.display()
            );
        }
    }
}

#[test]
fn decisions_are_numbered_without_a_gap_and_say_their_four_parts() {
    let mut decisions: Vec<PathBuf> = kept_files()
        .into_iter()
        .filter(|file| file.starts_with("docs/decisions"))
        .collect();
    decisions.retain(|file| has_extension(file, &["md"]));
    for (number, file) in decisions.iter().enumerate() {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        assert!(
            name.starts_with(&format!("{:04}-", number + 1)),
            "{name} should be number {}",
            number + 1
        );
        let text = text_of(file);
        for part in ["## Context", "## Decision", "## What it costs", "## Superseded by"] {
            assert!(text.contains(part), "{name} lacks «{part}»");
        }
    }
}
