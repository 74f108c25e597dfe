//! Reading a TOML tree while every fault is written down.

use crate::{Fault, ModelError};
use std::cell::RefCell;
use toml::{Table, Value};

/// The faults of a file, as they are found.
pub(crate) struct Faults<'a> {
    file: &'a str,
    found: RefCell<Vec<ModelError>>,
}

impl<'a> Faults<'a> {
    pub(crate) fn new(file: &'a str) -> Self {
        Self {
            file,
            found: RefCell::default(),
        }
    }

    pub(crate) fn add(&self, key: &str, value: &str, fault: Fault) {
        self.found.borrow_mut().push(ModelError {
            file: self.file.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            fault,
        });
    }

    /// The tree of a file; a fault if it is no TOML.
    pub(crate) fn toml(&self, text: &str) -> Option<Table> {
        let read = text.parse::<Table>();
        read.map_err(|error| self.add("—", "—", Fault::Syntax(error.message().to_owned())))
            .ok()
    }

    pub(crate) fn none(&self) -> bool {
        self.found.borrow().is_empty()
    }

    pub(crate) fn into_list(self) -> Vec<ModelError> {
        self.found.into_inner()
    }
}

/// Reads a whole file: what `read` makes of its root, or all faults that were found.
pub(crate) fn read_file<T>(
    file: &str,
    text: &str,
    read: impl FnOnce(Node<'_>) -> Option<T>,
) -> Result<T, Vec<ModelError>> {
    let faults = Faults::new(file);
    let table = faults.toml(text);
    let made = table.as_ref().and_then(|table| {
        read(Node {
            table,
            path: "",
            faults: &faults,
        })
    });
    match made {
        Some(made) if faults.none() => Ok(made),
        _ => Err(faults.into_list()),
    }
}

/// A table of the file with the way to it.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub table: &'a Table,
    pub path: &'a str,
    pub faults: &'a Faults<'a>,
}

pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(crate) fn number(value: &Value) -> Option<f64> {
    let whole = |whole: i64| i32::try_from(whole).ok().map(f64::from);
    let number = value.as_float().or_else(|| value.as_integer().and_then(whole))?;
    number.is_finite().then_some(number)
}

impl<'a> Node<'a> {
    pub(crate) fn key(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    pub(crate) fn refuse(&self, name: &str, fault: Fault) {
        let value = self.table.get(name).map_or_else(|| "—".to_owned(), written);
        self.faults.add(&self.key(name), &value, fault);
    }

    /// Every key that is not one of these is a fault.
    pub(crate) fn only(&self, names: &[&str]) {
        for name in self.table.keys().filter(|name| !names.contains(&name.as_str())) {
            self.refuse(name, Fault::UnknownKey);
        }
    }

    fn want<T>(&self, name: &str, kind: &'static str, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        match self.table.get(name) {
            None => {
                self.refuse(name, Fault::Missing);
                None
            }
            Some(value) => {
                let read = read(value);
                if read.is_none() {
                    self.refuse(name, Fault::Kind(kind));
                }
                read
            }
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// A text with something in it.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let filled = |value: &Value| value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
        self.want(name, "un texto no vacío", filled)
    }

    pub(crate) fn optional_text(&self, name: &str) -> Option<String> {
        if self.has(name) { self.text(name) } else { None }
    }

    pub(crate) fn number_within(&self, name: &str, low: f64, high: f64) -> Option<f64> {
        let found = self.want(name, "un número", number)?;
        if (low..=high).contains(&found) {
            return Some(found);
        }
        self.refuse(name, Fault::Range(low, high));
        None
    }

    pub(crate) fn whole_within(&self, name: &str, low: u32, high: u32) -> Option<u32> {
        let whole = |value: &Value| value.as_integer();
        let found = self.want(name, "un número entero", whole)?;
        let kept = u32::try_from(found).ok().filter(|found| (low..=high).contains(found));
        if kept.is_none() {
            self.refuse(name, Fault::Range(f64::from(low), f64::from(high)));
        }
        kept
    }

    pub(crate) fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        let all = |value: &Value| value.as_array()?.iter().map(number).collect();
        self.want(name, "una lista de números", all)
    }

    pub(crate) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let all = |value: &Value| -> Option<Vec<String>> {
            let texts = value.as_array()?.iter().map(|value| value.as_str().map(str::to_owned));
            texts.collect()
        };
        self.want(name, "una lista de textos", all)
    }

    /// One of some words; gives its place.
    pub(crate) fn one_of(&self, name: &str, words: &[&str]) -> Option<usize> {
        let found = self.text(name)?;
        let place = words.iter().position(|word| *word == found);
        if place.is_none() {
            self.refuse(
                name,
                Fault::NotOneOf(words.iter().map(|word| (*word).to_owned()).collect()),
            );
        }
        place
    }

    /// The name of one of some things; gives its place.
    pub(crate) fn place_in(&self, name: &str, names: &[String]) -> Option<usize> {
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        self.one_of(name, &words)
    }

    /// Calls with the table of a key, if there is one.
    pub(crate) fn within<T>(&self, name: &str, read: impl FnOnce(Node<'_>) -> Option<T>) -> Option<T> {
        let table = self.want(name, "una tabla", Value::as_table)?;
        let path = self.key(name);
        read(Node {
            table,
            path: &path,
            faults: self.faults,
        })
    }

    /// Calls with each table of a table of tables; `None` if one of them could not be read.
    pub(crate) fn each<T>(&self, name: &str, read: impl Fn(&str, Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        self.within(name, |node| {
            let read = node.table.keys().map(|key| node.within(key, |inner| read(key, inner)));
            let read: Vec<Option<T>> = read.collect();
            read.into_iter().collect()
        })
    }

    /// Calls with each table of a list of tables, in its order; none if the key is not there.
    pub(crate) fn list<T>(&self, name: &str, read: impl Fn(Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        if !self.has(name) {
            return Some(Vec::new());
        }
        let tables =
            |value: &'a Value| -> Option<Vec<&'a Table>> { value.as_array()?.iter().map(Value::as_table).collect() };
        let tables = self.want(name, "una lista de tablas", tables)?;
        let read = tables.into_iter().enumerate().map(|(place, table)| {
            let path = format!("{}[{}]", self.key(name), place + 1);
            read(Node {
                table,
                path: &path,
                faults: self.faults,
            })
        });
        let read: Vec<Option<T>> = read.collect();
        read.into_iter().collect()
    }
}
