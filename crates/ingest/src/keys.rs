//! Keys that were given out, so that each is unique in its edition.

use std::collections::HashMap;

/// What becomes of a row that wants a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The key is its own.
    Own(String),
    /// Another row has the key; this one gets a suffix.
    Suffixed { key: String, first_row: u64 },
    /// The very same row came before.
    Copy { of_row: u64 },
}

/// Every key given out, with the row and the content that have it: some 60 bytes a feature, no geometry.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    taken: HashMap<Box<str>, Holder>,
}

#[derive(Debug, Clone, Copy)]
struct Holder {
    row: u64,
    digest: u64,
}

impl Keys {
    /// Gives a row its key: its id, else `c-` and the first twelve hexadecimal digits of its content's hash.
    pub(crate) fn claim(&mut self, id: Option<&str>, digest: u64, row: u64) -> Claim {
        let key = id.map_or_else(|| format!("c-{:012x}", digest >> 16), str::to_owned);
        let Some(holder) = self.taken.get(key.as_str()) else {
            self.taken.insert(key.clone().into_boxed_str(), Holder { row, digest });
            return Claim::Own(key);
        };
        if holder.digest == digest {
            return Claim::Copy { of_row: holder.row };
        }
        let first_row = holder.row;
        let mut suffix = 2;
        let key = loop {
            let next = format!("{key}-{suffix}");
            match self.taken.get(next.as_str()) {
                Some(other) if other.digest == digest => return Claim::Copy { of_row: other.row },
                Some(_) => suffix += 1,
                None => break next,
            }
        };
        self.taken.insert(key.clone().into_boxed_str(), Holder { row, digest });
        Claim::Suffixed { key, first_row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_rows_with_one_id_stay_apart_and_copies_are_told() {
        let mut keys = Keys::default();
        assert_eq!(keys.claim(Some("A"), 1, 1), Claim::Own("A".to_owned()));
        assert_eq!(
            keys.claim(Some("A"), 2, 2),
            Claim::Suffixed {
                key: "A-2".to_owned(),
                first_row: 1
            }
        );
        assert_eq!(keys.claim(Some("A-3"), 3, 3), Claim::Own("A-3".to_owned()));
        assert_eq!(
            keys.claim(Some("A"), 4, 4),
            Claim::Suffixed {
                key: "A-4".to_owned(),
                first_row: 1
            }
        );
        assert_eq!(keys.claim(Some("A"), 1, 5), Claim::Copy { of_row: 1 });
        assert_eq!(keys.claim(Some("A"), 4, 6), Claim::Copy { of_row: 4 });
    }

    #[test]
    fn rows_without_id_are_named_by_their_content() {
        let mut keys = Keys::default();
        assert_eq!(
            keys.claim(None, 0x3fa9_0011_2233_4455, 1),
            Claim::Own("c-3fa900112233".to_owned())
        );
        assert_eq!(keys.claim(None, 0x3fa9_0011_2233_4455, 2), Claim::Copy { of_row: 1 });
        let claim = keys.claim(None, 0x3fa9_0011_2233_9999, 3);
        assert_eq!(
            claim,
            Claim::Suffixed {
                key: "c-3fa900112233-2".to_owned(),
                first_row: 1
            }
        );
    }
}
