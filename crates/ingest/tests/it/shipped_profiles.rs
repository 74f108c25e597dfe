//! The profiles in `config/layers` are valid, and `generic.toml` explains every key.

use crate::support::{root, shipped};
use ingest::Profile;
use std::collections::BTreeSet;
use std::fs;

fn names() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("config/layers")).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect()
}

#[test]
fn every_shipped_profile_is_valid_and_says_where_its_data_comes_from() {
    let names = names();
    assert!(names.len() >= 17, "{names:?}");
    for name in names {
        let profile = shipped(&name);
        assert_eq!(profile.kind.is_none(), name == "generic", "{name}");
        for (key, text) in [
            ("title", &profile.title),
            ("source", &profile.source),
            ("licence", &profile.licence),
        ] {
            assert!(!text.trim().is_empty(), "{name}: {key}");
        }
    }
}

#[test]
fn the_generic_profile_explains_every_key() {
    let text = fs::read_to_string(root().join("config/layers/generic.toml")).unwrap();
    // a key that is not there is refused, and the refusal lists the keys that are
    for (prefix, suffix) in [
        ("", ""),
        ("", "[fields.a]\nfrom=['b']\nzzz=1"),
        ("", "[domains.a]\nzzz=1"),
        ("", "[zone]\nzzz=1"),
        ("", "[coordinates]\nzzz=1"),
    ] {
        let wrong = if suffix.is_empty() {
            "zzz=1".to_owned()
        } else {
            format!("{prefix}{suffix}")
        };
        let head = "title='t'\npublisher='p'\nterritory='t'\nsource='s'\nlicence='l'\n";
        let refusal = Profile::parse("prueba", &format!("{head}{wrong}"))
            .unwrap_err()
            .sentence_es();
        let expected = refusal
            .split("expected one of")
            .nth(1)
            .or_else(|| refusal.split("expected").nth(1));
        let keys: Vec<&str> = expected
            .unwrap_or_else(|| panic!("{refusal}"))
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        assert!(keys.len() >= 2, "{refusal}");
        for key in keys {
            assert!(text.contains(key), "generic.toml does not explain «{key}»");
        }
    }
}
