//! Making a report again from its bundle or its store, and the first input that differs.

mod differ;
mod stored;

use crate::rules;
use conflicts::{CheckOptions, Rulebook, Subject, check};
use crs::UtmZone;
use differ::first_difference;
use jiff::{Timestamp, civil::Date};
use reports::{Examined, Issued, QUESTION_PART, Question, ReadBundle, SubjectAsked, Verdict, document};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use store::{Edition, Snapshot, SnapshotOptions, Unread};
use territory::{AsOf, EditionEvidence, Hash, LayerKind, Visibility, editions_root, hex};

/// All that a report is made of.
pub struct Material {
    book: Rulebook,
    subject: Subject,
    snapshot: Snapshot,
    options: CheckOptions,
    source: &'static str,
    /// What shows that the bundle is not the one that the report names, though all that it holds may lead to the report.
    other_bundle: Option<String>,
}

/// Both verdicts, from a bundle.
pub fn with_bundle(examined: &Examined, read: &ReadBundle) -> (Verdict, Verdict) {
    if let Err(why) = same_method(examined) {
        return (Verdict::unchecked(why.clone()), Verdict::unchecked(why));
    }
    match Material::of_bundle(examined, read) {
        Ok(material) => material.judge(examined),
        Err(why) => (
            Verdict::no(why),
            Verdict::unchecked("no se llegó a comprobar: antes difiere lo que se dice arriba"),
        ),
    }
}

/// The text at a place of the document.
fn at<'a>(examined: &'a Examined, path: &[&str]) -> Option<&'a Value> {
    let mut value = examined.fields.get(*path.first()?)?;
    for step in &path[1..] {
        value = value.get(step)?;
    }
    Some(value)
}

fn text<'a>(examined: &'a Examined, path: &[&str]) -> &'a str {
    at(examined, path).and_then(Value::as_str).unwrap_or_default()
}

/// The method of the document, compared with the program's.
fn same_method(examined: &Examined) -> Result<(), String> {
    let stated = at(examined, &["method"]).and_then(Value::as_u64);
    if stated == Some(u64::from(conflicts::METHOD)) {
        return Ok(());
    }
    Err(format!(
        "difiere el método: el informe dice {} y este programa calcula con el {}. Use el programa de aquella versión",
        stated.map_or_else(|| "otro".to_owned(), |method| method.to_string()),
        conflicts::METHOD
    ))
}

impl Material {
    /// What a bundle holds, in the order in which inputs are compared: dates, rulebook, editions with features, subject.
    fn of_bundle(examined: &Examined, read: &ReadBundle) -> Result<Self, String> {
        let sentence = |error: reports::BundleError| error.sentence_es();
        if let Some(part) = &read.differing {
            // a changed edition is told with its feature further down
            if !part.starts_with("editions/") {
                return Err(format!("la parte «{part}» del paquete no es la que su lista recoge"));
            }
        }
        let question: Question = read.bundle.json(QUESTION_PART).map_err(sentence)?;
        same_times(examined, &question)?;
        let book = book_of(examined, read)?;
        let (mut editions, mut boxes) = (BTreeMap::new(), BTreeMap::new());
        for name in read.bundle.parts.keys().filter(|name| name.starts_with("editions/")) {
            let mut evidence: EditionEvidence = read.bundle.json(name).map_err(sentence)?;
            evidence.meta.quality = Value::Null;
            let id = evidence.meta.id.clone();
            let searched = box_of(&evidence)?;
            boxes.insert(id.clone(), searched);
            let edition = Edition::of_evidence(evidence, searched).map_err(|error| error.sentence_es())?;
            editions.insert(id, Arc::new(edition));
        }
        let stated = examined.seal.as_ref().and_then(|seal| seal.bundle_sha256.clone());
        let snapshot = Snapshot {
            unread: question.unread.iter().cloned().map(unread).collect(),
            ..Snapshot::of(editions.values().cloned().collect(), everything(question.valid))
        };
        let subject = subject_of(&question.subject, &editions)?;
        let own_box = |edition: &Edition| {
            Snapshot::searched(&subject, &edition.meta, &book).as_ref() == boxes.get(&edition.meta.id)
        };
        if !editions.values().all(|edition| own_box(edition)) {
            return Err("difiere la tierra: el recuadro consultado no es el suyo".to_owned());
        }
        let is_other = stated.is_some_and(|stated| stated != read.sha256) || read.differing.is_some();
        let part = read.differing.as_deref().unwrap_or("parts.json");
        Ok(Self {
            book,
            subject,
            snapshot,
            options: CheckOptions {
                keep_slivers: question.keep_slivers,
            },
            source: "el paquete",
            other_bundle: is_other.then(|| format!("el paquete no es el del informe: difiere «{part}»")),
        })
    }

    /// Makes the report again and compares: features used, completeness.
    pub fn judge(&self, examined: &Examined) -> (Verdict, Verdict) {
        (self.same_report(examined), self.same_editions(examined))
    }

    fn same_report(&self, examined: &Examined) -> Verdict {
        let around = self.snapshot.surroundings(&self.subject, &self.book);
        let as_of = self.snapshot.options.as_of;
        let report = check(&self.subject, &around, &self.book, as_of, self.options);
        let issued = Issued::now_of(Timestamp::UNIX_EPOCH, "tupu", env!("CARGO_PKG_VERSION"));
        let made = document(&report, &issued).map_err(|error| error.sentence_es());
        let again = made.and_then(|made| {
            let fields: Value = serde_json::from_str(&made.json).map_err(|error| error.to_string())?;
            Ok((made.id, fields))
        });
        let (id, mut fields) = match again {
            Ok(again) => again,
            Err(why) => return Verdict::no(why),
        };
        if id == examined.id {
            if let Some(why) = &self.other_bundle {
                return Verdict::no(why.clone());
            }
            return Verdict::yes(format!("el informe vuelve a salir igual con {}", self.source));
        }
        let mut stated = Value::Object(examined.fields.clone());
        let changes = stated.as_object_mut().and_then(|fields| fields.remove("changes"));
        if changes.is_some() {
            fields.as_object_mut().map(|fields| fields.remove("changes"));
        }
        match first_difference(&stated, &fields) {
            Some(what) => Verdict::no(format!("{what}; lo demás no se comparó")),
            None if self.other_bundle.is_some() => Verdict::no(self.other_bundle.clone().unwrap_or_default()),
            None => Verdict::yes(format!(
                "el informe vuelve a salir igual con {}, salvo «changes», que necesita también las ediciones anteriores y no se \
                 comprobó",
                self.source
            )),
        }
    }

    fn same_editions(&self, examined: &Examined) -> Verdict {
        let Some(seal) = &examined.seal else {
            return Verdict::unchecked("el documento no lleva sello y no dice a qué ediciones se refiere");
        };
        let used = used_editions(examined);
        let root = |id: &&str| Some(((*id).to_owned(), self.snapshot.edition(id)?.root?));
        let roots: Option<Vec<(String, Hash)>> = used.iter().map(root).collect();
        let Some(roots) = roots else {
            let missing = used.iter().find(|id| self.snapshot.edition(id).is_none());
            return Verdict::no(format!(
                "{} no tiene la edición {}",
                self.source,
                missing.copied().unwrap_or("que el informe usó")
            ));
        };
        let found = hex(&editions_root(&roots));
        if found != seal.editions_root {
            return Verdict::no(format!(
                "las {} ediciones de {} llevan a la raíz {found} y el sello dice {}",
                roots.len(),
                self.source,
                seal.editions_root
            ));
        }
        let signed = examined.signature.holds == reports::Holds::Yes;
        let whose = if signed {
            "que la firma cubre"
        } else {
            "que el documento dice, sin una firma comprobada"
        };
        Verdict::yes(format!(
            "{} ediciones, con la raíz {whose}: ningún otro elemento suyo toca el recuadro consultado",
            roots.len()
        ))
    }
}

/// The ids of the editions that the report used.
fn used_editions(examined: &Examined) -> Vec<&str> {
    at(examined, &["layers"])
        .and_then(Value::as_array)
        .map(|layers| layers.iter().filter_map(|layer| layer["edition"].as_str()).collect())
        .unwrap_or_default()
}

fn unread((kind, edition, detail): (LayerKind, String, String)) -> Unread {
    Unread { kind, edition, detail }
}

/// Everything at hand, on that day: the bundle holds what was used and nothing else.
fn everything(valid: Date) -> SnapshotOptions {
    SnapshotOptions {
        ceiling: Visibility::Private,
        as_of: AsOf {
            valid,
            known: Timestamp::MAX,
        },
    }
}

fn same_times(examined: &Examined, question: &Question) -> Result<(), String> {
    let known = question.known.map(|known| known.to_string()).unwrap_or_default();
    for (field, asked) in [("valid", question.valid.to_string()), ("known", known)] {
        let stated = text(examined, &["as_of", field]);
        if stated != asked {
            return Err(format!(
                "difiere as_of.{field}: el informe dice «{stated}» y el paquete «{asked}»"
            ));
        }
    }
    Ok(())
}

/// The rulebook of the bundle; where it is not the report's, the file that differs from the program's own, if that one is.
fn book_of(examined: &Examined, read: &ReadBundle) -> Result<Rulebook, String> {
    let files: BTreeMap<String, String> = read
        .bundle
        .parts
        .iter()
        .filter_map(|(name, bytes)| {
            let name = name.strip_prefix("rulebook/")?;
            Some((name.to_owned(), String::from_utf8(bytes.clone()).ok()?))
        })
        .collect();
    let stated = text(examined, &["rulebook", "sha256"]);
    let book = Rulebook::parse(&files);
    if let Ok(book) = &book
        && book.sha256 == stated
    {
        return Ok(book.clone());
    }
    let shelf = rules::shelf(None).map_err(|error| error.to_string())?;
    let book = shelf.books().iter().find(|book| book.sha256 == stated);
    let own = book.map(|book| book.files.clone()).unwrap_or_default();
    let known = !own.is_empty();
    let file = own.iter().find(|(name, text)| files.get(*name) != Some(text));
    match (known, file) {
        (true, Some((name, _))) => Err(format!("difiere el libro de reglas: el archivo {name}")),
        _ => Err(format!(
            "difiere el libro de reglas: sus archivos no tienen la huella {stated}"
        )),
    }
}

/// The box for which an edition's evidence was made.
fn box_of(evidence: &EditionEvidence) -> Result<[f64; 4], String> {
    let sides = evidence.searched.each_ref().map(|side| u64::from_str_radix(side, 16));
    match sides {
        [Ok(west), Ok(south), Ok(east), Ok(north)] => Ok([west, south, east, north].map(f64::from_bits)),
        _ => Err(format!(
            "difiere la tierra: el recuadro de {} no se puede leer",
            evidence.meta.id
        )),
    }
}

fn subject_of(asked: &SubjectAsked, editions: &BTreeMap<String, Arc<Edition>>) -> Result<Subject, String> {
    match asked {
        SubjectAsked::Geometry(given) => given
            .subject()
            .map_err(|field| format!("difiere la tierra: su campo {field} no se puede leer")),
        SubjectAsked::Feature {
            layer,
            edition,
            feature,
            zone,
        } => {
            let held = editions
                .get(edition)
                .ok_or_else(|| format!("el paquete no tiene la edición {edition} de la tierra"))?;
            let found = held
                .find(feature)
                .ok_or_else(|| format!("el paquete no tiene el elemento {feature} de la edición {edition}"))?;
            let zone = UtmZone::from_number(*zone);
            Subject::feature(*layer, &held.meta, found, zone).map_err(|error| error.sentence_es())
        }
    }
}
