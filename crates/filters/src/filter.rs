//! A filter as written, and the same bound to the properties of a layer.

use crate::{
    Expr, FilterError, Limits, PropertyType, Queryables, Record, bind::Binder, needs, node::Node, read_json, read_text,
    write_json, write_text,
};
use geo_types::Geometry;
use serde_json::Value;

/// A CQL2 filter as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    expr: Expr,
}

impl Filter {
    /// Reads CQL2 text.
    ///
    /// # Errors
    /// [`FilterError::Syntax`] with the character at fault, [`FilterError::TooMuch`] beyond the limits.
    pub fn from_text(text: &str, limits: &Limits) -> Result<Self, FilterError> {
        read_text::read(text, limits).map(|expr| Self { expr })
    }

    /// Reads CQL2 JSON.
    ///
    /// # Errors
    /// [`FilterError::Syntax`] with the line or the member at fault, [`FilterError::TooMuch`] beyond the limits.
    pub fn from_json(json: &str, limits: &Limits) -> Result<Self, FilterError> {
        read_json::read(json, limits).map(|expr| Self { expr })
    }

    /// Reads CQL2 JSON that was parsed already; the limit of bytes is the caller's.
    ///
    /// # Errors
    /// [`FilterError::Syntax`] with the member at fault, [`FilterError::TooMuch`] beyond the limits.
    pub fn from_value(value: &Value, limits: &Limits) -> Result<Self, FilterError> {
        read_json::read_value(value, limits).map(|expr| Self { expr })
    }

    /// CQL2 text that reads back as this filter.
    pub fn to_text(&self) -> String {
        write_text::write(&self.expr)
    }

    /// CQL2 JSON that reads back as this filter.
    pub fn to_json(&self) -> Value {
        write_json::write(&self.expr)
    }

    /// The expression.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The names of the properties, each once, in alphabetical order.
    pub fn properties(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.expr.each_property(&mut |name| names.push(name));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Changes every literal geometry, so that coordinates in another system (`filter-crs`) become longitude and latitude. Boxes
    /// are given as polygons of their corners; one whose west is above its east, as two parts at the antimeridian.
    ///
    /// # Errors
    /// Those of `change`; the filter is then partly changed and of no use.
    pub fn change_geometries<E>(
        &mut self,
        mut change: impl FnMut(&mut Geometry<f64>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.expr.each_geometry(&mut change)
    }

    /// Finds the properties, checks the types, makes the literals ready.
    ///
    /// # Errors
    /// Any but [`FilterError::Syntax`]; [`FilterError::TooMuch`] only where the edges of a literal lie over one another by the
    /// hundred thousands.
    pub fn bind(&self, queryables: &Queryables) -> Result<Bound, FilterError> {
        let node = Binder { queryables }.condition(&self.expr)?;
        Ok(Bound {
            node,
            queryables: queryables.clone(),
        })
    }
}

/// A filter bound to [`Queryables`]; it can be shared between threads.
///
/// To ask one feature takes microseconds as a rule, and with the most crowded literal that the limits let through some tenths of a
/// millisecond: who asks many features looks at the time between them.
#[derive(Clone, Debug)]
pub struct Bound {
    node: Node,
    queryables: Queryables,
}

impl Bound {
    /// Whether the filter is true of a feature: neither false nor null.
    pub fn accepts<R: Record + ?Sized>(&self, record: &R) -> bool {
        self.node.ask(record) == Some(true)
    }

    /// True, false, or none where a value that decides is null.
    pub fn evaluate<R: Record + ?Sized>(&self, record: &R) -> Option<bool> {
        self.node.ask(record)
    }

    /// Boxes (west, south, east, north; degrees) one of which the box of a feature must meet, borders included, for the filter to be
    /// true of it: ask an index with them, then [`Self::accepts`]. None where features anywhere, or without geometry, may do; an
    /// empty list where none does. At most 16.
    pub fn bounds(&self) -> Option<Vec<[f64; 4]>> {
        self.node.boxes(true)
    }

    /// Whether the box of a feature (none without geometry) meets [`Self::bounds`], which the caller keeps.
    pub fn may_hold(bounds: Option<&[[f64; 4]]>, feature: Option<&[f64; 4]>) -> bool {
        needs::may_hold(bounds, feature)
    }

    /// The texts one of which a property must have for the filter to be true, each once; none where others may do, or where the
    /// property is no text.
    pub fn key_equals(&self, property: &str) -> Option<Vec<&str>> {
        match self.queryables.find(property) {
            Ok((slot, PropertyType::String)) => self.node.texts(slot, true),
            _ => None,
        }
    }
}
