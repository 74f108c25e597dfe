//! The real dependencies against the drawing of docs/ARCHITECTURE.md.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};
use tests::{root, table_under, text_of, words_by_name};

type Names = BTreeSet<String>;

const SUBJECTS: [&str; 4] = ["zoning", "watershed", "concessions", "projects"];

fn drawing() -> String {
    text_of("docs/ARCHITECTURE.md")
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo reads the workspace")
}

/// What each crate of `crates/` names in its manifest, for its own code or only for its tests.
fn named(of_tests: bool) -> BTreeMap<String, Names> {
    let wanted = |kind: DependencyKind| (kind == DependencyKind::Development) == of_tests;
    metadata()
        .workspace_packages()
        .iter()
        .filter(|package| package.name.as_str() != "tests")
        .map(|package| {
            let names = package.dependencies.iter().filter(|dependency| wanted(dependency.kind));
            (
                package.name.to_string(),
                names.map(|dependency| dependency.name.clone()).collect(),
            )
        })
        .collect()
}

/// The arrows between crates of the house.
fn arrows(of_tests: bool) -> BTreeMap<String, Names> {
    let all = named(of_tests);
    let house: Names = all.keys().cloned().collect();
    all.into_iter()
        .map(|(name, names)| (name, names.intersection(&house).cloned().collect()))
        .collect()
}

/// What each library of Cargo.lock brings, by name; versions of one name are joined.
fn locked() -> BTreeMap<String, Names> {
    let lock: toml::Table = text_of("Cargo.lock").parse().expect("Cargo.lock is TOML");
    let mut brought: BTreeMap<String, Names> = BTreeMap::new();
    for package in lock["package"].as_array().expect("a list of packages") {
        let name = package["name"].as_str().expect("a package has a name").to_owned();
        let dependencies = package.get("dependencies").and_then(toml::Value::as_array);
        let names = dependencies.into_iter().flatten().filter_map(toml::Value::as_str);
        let first_word = |text: &str| text.split(' ').next().unwrap_or(text).to_owned();
        brought.entry(name).or_default().extend(names.map(first_word));
    }
    brought
}

/// Everything that the own code of a crate reaches, through crates of the house and through libraries.
fn reach(name: &str, own: &BTreeMap<String, Names>, locked: &BTreeMap<String, Names>) -> Names {
    let mut reached = Names::new();
    let mut open = vec![name.to_owned()];
    while let Some(next) = open.pop() {
        let names = own
            .get(&next)
            .or_else(|| locked.get(&next))
            .cloned()
            .unwrap_or_default();
        open.extend(names.into_iter().filter(|name| reached.insert(name.clone())));
    }
    reached
}

#[test]
fn the_arrows_are_the_drawn_ones() {
    let (drawn, real) = (words_by_name("## Arrows", &drawing()), arrows(false));
    let row =
        |(name, names): (&String, &Names)| format!("{name} → {}", names.iter().cloned().collect::<Vec<_>>().join(" "));
    let drawn: Vec<String> = drawn.iter().map(row).collect();
    let real: Vec<String> = real.iter().map(row).collect();
    assert_eq!(
        real, drawn,
        "left: Cargo.toml; right: the table «Arrows» of docs/ARCHITECTURE.md. Mend the one that is wrong"
    );
}

#[test]
fn no_arrow_points_up_or_sideways() {
    let floors: BTreeMap<String, usize> = table_under("## Arrows", &drawing())
        .into_iter()
        .map(|row| {
            (
                row[0].clone(),
                row[2].parse().expect("the third column is the number of a floor"),
            )
        })
        .collect();
    for of_tests in [false, true] {
        for (from, targets) in arrows(of_tests) {
            for to in targets {
                assert!(
                    floors[&from] > floors[&to],
                    "{from} (floor {}) may not know {to} (floor {})",
                    floors[&from],
                    floors[&to]
                );
            }
        }
    }
}

#[test]
fn the_subjects_are_blind_to_each_other() {
    for (from, targets) in arrows(false).into_iter().chain(arrows(true)) {
        let knows: Vec<&String> = targets.iter().filter(|to| SUBJECTS.contains(&to.as_str())).collect();
        assert!(
            !SUBJECTS.contains(&from.as_str()) || knows.is_empty(),
            "{from} knows {knows:?}"
        );
    }
}

#[test]
fn each_of_these_libraries_is_known_where_the_drawing_says_and_nowhere_else() {
    let real = named(false);
    for (library, allowed) in words_by_name("## Alone", &drawing()) {
        let users: Names = real
            .iter()
            .filter(|(_, names)| names.contains(&library))
            .map(|(name, _)| name.clone())
            .collect();
        assert_eq!(
            users, allowed,
            "left: the crates that name {library}; right: those that may"
        );
    }
}

#[test]
fn nothing_reaches_what_it_must_never_reach() {
    let (own, locked) = (named(false), locked());
    for (name, forbidden) in words_by_name("## Never", &drawing()) {
        assert!(
            own.contains_key(&name),
            "the table «Never» names {name}, which is no crate"
        );
        let reached = reach(&name, &own, &locked);
        for library in forbidden {
            assert!(
                locked.contains_key(&library),
                "the table «Never» names {library}, which nobody uses"
            );
            assert!(!reached.contains(&library), "{name} reaches {library}");
        }
    }
}

#[test]
fn no_library_brings_gdal_or_proj_or_sqlite_behind_our_back() {
    let house: Names = named(false).into_keys().chain(["tests".to_owned()]).collect();
    for native in ["gdal", "proj", "rusqlite"] {
        let bringers: Vec<String> = locked()
            .into_iter()
            .filter(|(name, brought)| brought.contains(native) && !house.contains(name))
            .map(|(name, _)| name)
            .collect();
        assert!(bringers.is_empty(), "{bringers:?} bring {native}");
    }
}

#[test]
fn every_crate_says_what_it_is_and_stands_in_its_folder() {
    for package in metadata().workspace_packages() {
        let name = package.name.as_str();
        assert!(
            package.description.as_ref().is_some_and(|text| text.len() > 10),
            "{name} has no description"
        );
        let folder = package.manifest_path.parent().and_then(|folder| folder.file_name());
        assert_eq!(folder, Some(name), "the folder of a crate has its name");
    }
}
