//! Reading into memory, and where things are.

use ingest::{Imported, OpenError, Profile, ReadError, Request, Source};
use std::path::{Path, PathBuf};
use territory::NewFeature;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of real data; says so when it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TUPU_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let file = folder.join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        file.display()
    );
    eprintln!("SKIPPED: there is no {}", file.display());
    None
}

/// A profile of `config/layers`.
pub fn shipped(name: &str) -> Profile {
    Profile::load(&root().join(format!("config/layers/{name}.toml")))
        .unwrap_or_else(|e| panic!("{name}: {}", e.sentence_es()))
}

/// A profile for a test: `rest` follows the obligatory keys.
pub fn profile(rest: &str) -> Profile {
    let head = "title='t'\npublisher='p'\nterritory='t'\nsource='s'\nlicence='l'\nvalid_from='2020-01-01'\n";
    Profile::parse("prueba", &format!("{head}{rest}")).unwrap()
}

/// A request for a file with a profile, and nothing else said.
pub fn request<'a>(source: &'a str, profile: &'a Profile) -> Request<'a> {
    Request {
        source,
        profile,
        kind: None,
        crs: None,
        table: None,
        valid_from: None,
        territory: None,
        visibility: None,
    }
}

/// Why nothing came.
#[derive(Debug)]
pub enum Failure {
    /// Not opened.
    Open(OpenError),
    /// Not read.
    Read(ReadError),
}

impl Failure {
    /// What a person is told.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Open(error) => error.sentence_es(),
            Self::Read(error) => error.sentence_es(),
        }
    }
}

/// Everything that a request gives.
pub fn import(request: &Request<'_>) -> Result<(Imported, Vec<NewFeature>), Failure> {
    let mut request = request.clone();
    request.valid_from = request.valid_from.or(Some(jiff::civil::date(2020, 1, 1)));
    let source = Source::open(&request).map_err(Failure::Open)?;
    let mut features = Vec::new();
    let mut sink = |feature| {
        features.push(feature);
        Ok(())
    };
    let imported = source.read(&mut sink, &mut |_| {}).map_err(Failure::Read)?;
    Ok((imported, features))
}

/// Everything in a file.
pub fn import_file(path: &Path, profile: &Profile) -> Result<(Imported, Vec<NewFeature>), Failure> {
    import(&request(path.to_str().unwrap(), profile))
}

/// The kept features' keys, in order.
pub fn keys(features: &[NewFeature]) -> Vec<&str> {
    features.iter().map(|feature| feature.feature.key.as_str()).collect()
}
