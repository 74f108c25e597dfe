//! What features say, as tiles write it: names and values once, features as numbers of both.

use std::collections::{BTreeMap, HashMap};
use territory::{Feature, Value};

/// Names of fields that we add ourselves.
const KEY: &str = "key";
const EDITION: &str = "edition";

/// Fields and values of a source. A value is its `Tile.Value` message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Names of fields.
    pub keys: Vec<String>,
    messages: Vec<u8>,
    ends: Vec<u32>,
    tags: Vec<[u32; 2]>,
    tag_ends: Vec<u32>,
}

impl Words {
    /// Of the features of an edition: the key, the edition's id, and the fields that say something.
    pub(crate) fn of(edition: &str, features: &[Feature]) -> Self {
        let mut making = Making::default();
        for feature in features {
            making.say(KEY, &Value::Text(feature.key.clone()));
            making.say(EDITION, &Value::Text(edition.to_owned()));
            let fields = feature.attributes.0.iter();
            for (name, value) in fields.filter(|(name, _)| name.as_str() != KEY && name.as_str() != EDITION) {
                making.say(name, value);
            }
            making.words.tag_ends.push(index(making.words.tags.len()));
        }
        making.words
    }

    /// Fields and values of a feature: positions in `keys` and of [`Words::message`].
    pub(crate) fn tags(&self, feature: u32) -> &[[u32; 2]] {
        &self.tags[span(&self.tag_ends, feature)]
    }

    /// The message of a value.
    pub(crate) fn message(&self, value: u32) -> &[u8] {
        &self.messages[span(&self.ends, value)]
    }

    /// How many different values.
    pub(crate) fn values(&self) -> usize {
        self.ends.len()
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.messages.len() + (self.ends.len() + self.tag_ends.len()) * 4 + self.tags.len() * 8
    }
}

fn span(ends: &[u32], at: u32) -> std::ops::Range<usize> {
    let at = at as usize;
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    start..ends[at] as usize
}

fn index(length: usize) -> u32 {
    u32::try_from(length).expect("what an edition says is less than 4 GiB")
}

#[derive(Default)]
struct Making {
    words: Words,
    keys: BTreeMap<String, u32>,
    // only asked, never walked: its order is nobody's
    values: HashMap<Vec<u8>, u32>,
}

impl Making {
    fn say(&mut self, name: &str, value: &Value) {
        let Some(message) = message(value) else {
            return;
        };
        let words = &mut self.words;
        let key = self.keys.get(name).copied().unwrap_or_else(|| {
            words.keys.push(name.to_owned());
            let key = index(words.keys.len() - 1);
            self.keys.insert(name.to_owned(), key);
            key
        });
        let value = self.values.get(&message).copied().unwrap_or_else(|| {
            words.messages.extend_from_slice(&message);
            words.ends.push(index(words.messages.len()));
            let value = index(words.ends.len() - 1);
            self.values.insert(message, value);
            value
        });
        words.tags.push([key, value]);
    }
}

/// A value as a message; nothing where nothing was said.
fn message(value: &Value) -> Option<Vec<u8>> {
    use super::wire::Message;
    let mut message = Message::default();
    match value {
        Value::Null => return None,
        Value::Text(text) => message.bytes(1, text.as_bytes()),
        Value::Date(date) => message.bytes(1, date.to_string().as_bytes()),
        Value::Real(number) => message.double(3, *number),
        Value::Integer(number) => match u64::try_from(*number) {
            Ok(number) => message.number(5, number),
            Err(_) => message.number(6, zigzag(*number)),
        },
        Value::Bool(truth) => message.number(7, u64::from(*truth)),
    }
    Some(message.0)
}

fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}
