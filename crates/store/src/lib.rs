//! Editions in a GeoPackage file and the snapshot of them in memory.
//!
//! A [`Store`] is one file: a table per layer kind whose rows say from which edition to which they hold, a view per edition, and
//! the catalogue beside them. [`Store::begin`] gives a [`Draft`]; its commit publishes an edition in one transaction. A
//! [`Snapshot`] is what a reader of some standing sees for a pair of times. This crate knows no clock, no HTTP and no GDAL.
//!
//! ```
//! # use territory::{AsOf, Coverage, Counts, LayerKind, Operation, Series, Visibility};
//! use store::{DraftEdition, Snapshot, SnapshotOptions, Store};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("cajamarca.gpkg");
//! let store = Store::create(path)?;
//! let draft = store.begin(DraftEdition {
//!     kind: LayerKind::Communities,
//!     series: Series { publisher: "DRAC".into(), territory: "Cajamarca".into() },
//!     title: "Comunidades campesinas".into(),
//!     source: "Dirección Regional de Agricultura".into(),
//!     licence: "ninguna declarada".into(),
//!     visibility: Visibility::Public,
//!     valid_from: "2019-01-01".parse()?,
//!     valid_until: None,
//!     scale_denominator: Some(25_000),
//!     sigma_m: None,
//!     coverage: Coverage::Undeclared,
//!     crs: "EPSG:32717".into(),
//!     operation: Operation { id: "none".into(), accuracy_m: 0.0 },
//!     synthetic: false,
//! })?;
//! // … draft.push(feature)? for each feature …
//! let meta = draft.commit(Counts::default(), serde_json::Value::Null, "2026-11-21T12:00:00Z".parse()?)?;
//! assert_eq!(meta.id, "communities-drac-cajamarca-1");
//!
//! let as_of = AsOf { valid: "2026-11-21".parse()?, known: meta.published_at };
//! let snapshot = Snapshot::load(&store, SnapshotOptions { ceiling: Visibility::Public, as_of })?;
//! assert_eq!(snapshot.collection(LayerKind::Communities).count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod apart;
mod attributes_json;
mod cache;
mod catalogue;
mod changes;
mod check;
mod connection;
mod content;
mod draft;
mod edition;
mod error;
mod evidence;
mod fault;
mod framed;
mod gathered;
mod grid;
mod header;
mod issued;
mod layer;
mod load;
mod names;
mod origins;
mod package;
mod publish;
mod register;
mod row;
mod slug;
mod snapshot;
mod store;
mod strips;
mod surroundings;
mod tree;
mod waters;
mod wkb;

pub use apart::{Apart, content_sha256};
pub use check::{EditionReport, StoreReport};
pub use draft::Draft;
pub use edition::Edition;
pub use error::StoreError;
pub use evidence::EvidenceError;
pub use gathered::GatherError;
pub use grid::NewDrainage;
pub use header::FORMAT_VERSION;
pub use names::{NameMatch, NameRank};
pub use package::package;
pub use register::{Issue, Register, RegisterError};
pub use snapshot::{Found, Snapshot, SnapshotCounts, SnapshotOptions, Unread};
pub use store::{EditionFilter, Store};
pub use territory::DraftEdition;
pub use waters::{WaterLimits, WaterModels};
