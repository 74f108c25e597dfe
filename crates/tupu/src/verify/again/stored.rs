//! What a store holds of that which a report was made of.

use super::{Material, at, same_method, text, used_editions};
use crate::rules;
use conflicts::{CheckOptions, Rulebook, Subject};
use crs::UtmZone;
use jiff::{Timestamp, civil::Date};
use reports::Examined;
use serde_json::Value;
use std::path::Path;
use store::{Snapshot, SnapshotOptions, Store};
use territory::{AsOf, LayerKind, Visibility};

/// What was found, or why the report cannot be made again.
type Found<T> = Result<T, String>;

impl Material {
    /// What a store holds; `Err` inside with why the report cannot be made again from it.
    pub fn of_store(examined: &Examined, path: &Path) -> anyhow::Result<Found<Self>> {
        let asked = same_method(examined).and_then(|()| Ok((book(examined)?, as_of(examined)?)));
        let (book, as_of) = match asked {
            Ok(asked) => asked,
            Err(why) => return Ok(Err(why)),
        };
        let snapshot = match seen_by(examined, &Store::open_read(path)?, as_of)? {
            Ok(snapshot) => snapshot,
            Err(why) => return Ok(Err(why)),
        };
        Ok(subject(examined, &snapshot).map(|subject| Self {
            book,
            subject,
            options: options(examined),
            snapshot,
            source: "el almacén",
            other_bundle: None,
        }))
    }
}

/// The rulebook of the report, among those in the program.
fn book(examined: &Examined) -> Found<Rulebook> {
    let shelf = rules::shelf(None).map_err(|error| error.to_string())?;
    let stated = text(examined, &["rulebook", "sha256"]);
    let book = shelf.books().iter().find(|book| book.sha256 == stated);
    book.cloned().ok_or_else(|| {
        let id = text(examined, &["rulebook", "id"]);
        format!("el libro de reglas del informe ({id}) no es ninguno de los de este programa: use su paquete")
    })
}

fn as_of(examined: &Examined) -> Found<AsOf> {
    let valid = text(examined, &["as_of", "valid"]).parse::<Date>();
    let known = text(examined, &["as_of", "known"]).parse::<Timestamp>();
    Ok(AsOf {
        valid: valid.map_err(|_| "el informe no dice para qué día se hizo".to_owned())?,
        known: known.unwrap_or(Timestamp::MIN),
    })
}

/// The snapshot of the most public standing that sees all editions that the report used; `Err` inside with one that nobody sees.
fn seen_by(examined: &Examined, store: &Store, as_of: AsOf) -> anyhow::Result<Result<Snapshot, String>> {
    let used = used_editions(examined);
    let mut missing = String::new();
    for ceiling in [Visibility::Public, Visibility::Office, Visibility::Private] {
        let snapshot = Snapshot::load(store, SnapshotOptions { ceiling, as_of })?;
        match used.iter().find(|id| snapshot.edition(id).is_none()) {
            None => return Ok(Ok(snapshot)),
            Some(id) => (*id).clone_into(&mut missing),
        }
    }
    Ok(Err(format!(
        "el almacén no tiene la edición {missing} entre las que rigen en esas fechas: use el almacén de donde salió el informe, o su paquete"
    )))
}

/// The feature that the report is about.
fn subject(examined: &Examined, snapshot: &Snapshot) -> Found<Subject> {
    let zone = at(examined, &["subject", "area", "utm_zone"]).and_then(Value::as_u64);
    let zone = zone
        .and_then(|zone| u8::try_from(zone).ok())
        .and_then(UtmZone::from_number);
    let layer = text(examined, &["subject", "layer"]).parse::<LayerKind>();
    let layer =
        layer.map_err(|_| "la tierra de este informe no es de ninguna capa: hace falta su paquete".to_owned())?;
    let key = text(examined, &["subject", "id"]);
    let [found] = snapshot.find(layer, key)[..] else {
        return Err(format!(
            "el almacén no tiene un único elemento {layer}/{key} en esas fechas"
        ));
    };
    Subject::feature(layer, &found.edition.meta, found.feature, zone).map_err(|error| error.sentence_es())
}

fn options(examined: &Examined) -> CheckOptions {
    let limits = at(examined, &["limits"]).and_then(Value::as_array);
    let kept = |limit: &Value| limit["kind"].as_str() == Some("slivers-kept");
    CheckOptions {
        keep_slivers: limits.is_some_and(|limits| limits.iter().any(kept)),
    }
}
