//! CQL2 filters (OGC 21-065r2, Common Query Language): text and JSON become one expression, which is bound to the properties of a
//! layer and then asked of its features.
//!
//! [`Filter`] reads and writes; [`Filter::bind`] finds the properties and checks the types; [`Bound`] answers, and says which boxes
//! and which keys are worth looking at. Pure: no file, no clock, no SQL. Null is SQL's: what needs a missing value is neither true
//! nor false.
//!
//! ```
//! use filters::{Filter, Limits, PropertyType, Queryables};
//!
//! let queryables = Queryables::new([("name", PropertyType::String), ("geom", PropertyType::Geometry)]);
//! let filter = Filter::from_text("name LIKE 'San %' AND S_INTERSECTS(geom, BBOX(-79, -8, -78, -7))", &Limits::default())?;
//! let bound = filter.bind(&queryables)?;
//! assert_eq!(bound.bounds(), Some(vec![[-79.0, -8.0, -78.0, -7.0]]));
//! # Ok::<(), filters::FilterError>(())
//! ```

mod area;
mod ast;
mod bind;
mod bind_terms;
mod builder;
mod edges;
mod error;
mod eval;
mod feature;
mod filter;
mod fold;
mod functions;
mod instant;
mod like;
mod limits;
mod literal;
mod needs;
mod node;
mod ops;
mod parts;
mod queryables;
mod read_geojson;
mod read_json;
mod read_literals;
mod read_text;
mod read_wkt;
mod record;
#[cfg(test)]
mod round_trip;
mod temporal;
mod tokens;
mod valid;
mod words;
mod write_json;
mod write_text;

pub use ast::{End, Expr};
pub use error::{FilterError, Measure, Place, Wanted};
pub use feature::FeatureRecord;
pub use filter::{Bound, Filter};
pub use functions::{FunctionInfo, functions};
pub use limits::Limits;
pub use ops::{Arithmetic, Comparison, Lists, Op, Spatial, Temporal};
pub use queryables::{PropertyType, Queryables};
pub use record::{Record, Scalar};
pub use words::Kind;
