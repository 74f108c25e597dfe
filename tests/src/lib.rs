//! What the tests of the whole house share: where it stands, its files, its tables.
#![expect(clippy::panic, reason = "only tests call this, and a panic is how a test fails")]

pub mod cli;
pub mod wkb;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
///
/// # Panics
/// Never where this crate lies in a folder of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies in a folder of the repository")
        .to_path_buf()
}

/// The text of a file of the repository.
///
/// # Panics
/// When it cannot be read.
pub fn text_of(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files that the repository keeps, relative to its root: what git tracks or would track, or, without git, what is there
/// outside `target` and `var`.
///
/// # Panics
/// When a folder cannot be read.
pub fn kept_files() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .current_dir(root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output();
    let mut files: Vec<PathBuf> = match listed {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout)
            .split_terminator('\0')
            .map(PathBuf::from)
            .collect(),
        _ => walk(&root()),
    };
    files.retain(|file| root().join(file).is_file());
    files.sort();
    files.dedup();
    files
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    const LEFT_OUT: [&str; 3] = [".git", "target", "var"];
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        let left_out = path
            .file_name()
            .is_some_and(|name| LEFT_OUT.iter().any(|out| name == *out));
        if path.is_dir() && !left_out {
            files.extend(walk(&path));
        } else if path.is_file() {
            files.extend(path.strip_prefix(root()).map(Path::to_path_buf));
        }
    }
    files
}

/// The rows of the first table under a heading of a Markdown file, without its head: cells without spaces and back quotes.
///
/// # Panics
/// When there is no such heading or no table under it.
pub fn table_under(heading: &str, markdown: &str) -> Vec<Vec<String>> {
    let lines = markdown.lines().skip_while(|line| *line != heading).skip(1);
    let rows: Vec<Vec<String>> = lines
        .take_while(|line| !line.starts_with('#'))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect();
    assert!(!rows.is_empty(), "there is no table under «{heading}»");
    rows
}

/// A table under a heading as pairs of a name and the words beside it; a dash is no words.
pub fn words_by_name(heading: &str, markdown: &str) -> BTreeMap<String, BTreeSet<String>> {
    let words = |cell: &str| {
        cell.split_whitespace()
            .filter(|word| *word != "—")
            .map(str::to_owned)
            .collect()
    };
    table_under(heading, markdown)
        .into_iter()
        .map(|row| (row[0].clone(), words(&row[1])))
        .collect()
}
