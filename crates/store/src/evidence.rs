//! What a bundle carries of an edition, and the edition made of it again.

use crate::{
    Edition, Store, StoreError,
    catalogue::{self, Entry},
    connection::{self, Mode},
    fault::Fault,
    layer,
    row::RawRow,
    tree, wkb,
};
use rusqlite::Connection;
use territory::{EditionEvidence, EditionMeta, KeptFeature, ProofError, hex, unhex};

const COLUMNS: &str = "key, source_row, attributes, source_fields, geom, home_zone, land, source_geom";

/// Why the evidence of an edition is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// Root, box or proof cannot be read, or the proof does not hold.
    #[error("edition {edition}: {source}")]
    Proof {
        /// The edition.
        edition: String,
        /// What is wrong.
        source: ProofError,
    },
    /// A feature is carried that the tree does not have, or not with this content.
    #[error("edition {edition}, feature {key}: its content is not what the tree has")]
    Feature {
        /// The edition.
        edition: String,
        /// The feature.
        key: String,
    },
    /// The tree has a feature there that is not carried.
    #[error("edition {edition}: {missing} features that meet the box are not carried")]
    Missing {
        /// The edition.
        edition: String,
        /// How many.
        missing: usize,
    },
    /// A row that does not decode.
    #[error("edition {edition}: {detail}")]
    Row {
        /// The edition.
        edition: String,
        /// Row and column.
        detail: String,
    },
}

impl EvidenceError {
    /// What is wrong, in Spanish, naming the edition and the feature.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Proof { edition, source } => format!("edición {edition}: {}", source.sentence_es()),
            Self::Feature { edition, key } => {
                format!("edición {edition}, elemento {key}: su contenido no es el que la raíz de la edición recoge")
            }
            Self::Missing { edition, missing } => {
                format!("edición {edition}: faltan {missing} elementos que tocan el recuadro consultado")
            }
            Self::Row { edition, detail } => format!("edición {edition}: {detail}"),
        }
    }
}

impl Store {
    /// The pruned tree of an edition for a box (degrees), with the rows of the features that meet it.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`]; the engine's.
    pub fn evidence(&self, edition: &str, searched: [f64; 4]) -> Result<EditionEvidence, StoreError> {
        let connection = connection::open(self.path(), Mode::Read)?;
        let entry = catalogue::entry_of(&connection, edition).map_err(|fault| fault.at(self.path()))?;
        let Some(entry) = entry else {
            return Err(StoreError::UnknownEdition {
                id: edition.to_owned(),
                nearest: Vec::new(),
            });
        };
        evidence(&connection, &entry, searched).map_err(|fault| fault.at(self.path()))
    }
}

fn evidence(connection: &Connection, entry: &Entry, searched: [f64; 4]) -> Result<EditionEvidence, Fault> {
    let tree = tree::of_edition(connection, entry)?;
    Ok(EditionEvidence {
        meta: EditionMeta {
            quality: serde_json::Value::Null,
            ..entry.meta.clone()
        },
        root: hex(&tree.root()),
        searched: searched.map(|side| format!("{:016x}", side.to_bits())),
        proof: tree.proof(searched),
        features: meeting(connection, entry, searched)?,
    })
}

/// The rows whose boxes meet the one searched, by key.
fn meeting(
    connection: &Connection,
    entry: &Entry,
    [west, south, east, north]: [f64; 4],
) -> Result<Vec<KeptFeature>, Fault> {
    let mut statement = connection.prepare_cached(&layer::rows_of_edition(entry.meta.kind, COLUMNS))?;
    let mut rows = statement.query([entry.series_id, entry.ordinal])?;
    let mut features = Vec::new();
    while let Some(row) = rows.next()? {
        let geom = row
            .get_ref(4)?
            .as_blob()
            .map_err(|error| Fault::Damaged(error.to_string()))?;
        let bounds = wkb::blob_envelope(geom).map_err(|error| Fault::Damaged(error.to_string()))?;
        if bounds.is_none_or(|[w, s, e, n]| w > east || west > e || s > north || south > n) {
            continue;
        }
        features.push(KeptFeature {
            key: row.get(0)?,
            source_row: row.get::<_, i64>(1)?.cast_unsigned(),
            attributes: row.get(2)?,
            source_fields: row.get(3)?,
            geom: row.get(4)?,
            home_zone: row.get(5)?,
            land: row.get(6)?,
            source_geom: row.get(7)?,
        });
    }
    features.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(features)
}

impl Edition {
    /// The edition as far as the evidence shows it, after checking that the proof leads to the stated root, that it holds for
    /// `searched` (degrees), and that the rows carried are those of the tree that meet the box: all of them and no other.
    ///
    /// # Errors
    /// The first thing that does not hold, with edition and feature.
    pub fn of_evidence(evidence: EditionEvidence, searched: [f64; 4]) -> Result<Self, EvidenceError> {
        let edition = evidence.meta.id.clone();
        let unproved = |source| EvidenceError::Proof {
            edition: edition.clone(),
            source,
        };
        let root = unhex(&evidence.root).ok_or_else(|| unproved(ProofError::Malformed(evidence.root.clone())))?;
        let mut awaited = evidence.proof.features_meeting(&root, searched).map_err(unproved)?;
        let mut placed = Vec::with_capacity(evidence.features.len());
        for kept in evidence.features {
            let content = kept.content().hash();
            let Some(place) = awaited.iter().position(|hash| *hash == content) else {
                return Err(EvidenceError::Feature { edition, key: kept.key });
            };
            awaited.swap_remove(place);
            let row = RawRow::kept(kept).decode("elemento");
            placed.push(row.map_err(|fault| EvidenceError::Row {
                edition: edition.clone(),
                detail: match fault {
                    Fault::Damaged(detail) => detail,
                    other => format!("{other:?}"),
                },
            })?);
        }
        match awaited.len() {
            0 => Ok(Self::from_placed(evidence.meta, placed, 0).with_root(root)),
            missing => Err(EvidenceError::Missing { edition, missing }),
        }
    }
}
