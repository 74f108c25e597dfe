//! An authenticated R-tree: one hash stands for all features of an edition, and a pruned tree proves which of them meet a box.
//!
//! A leaf is a feature's content hash with its lon/lat box. Leaves are packed in the order of a Morton curve through the centres
//! of their boxes, then of their hashes, sixteen to a node. The hash of a node covers the hashes and the boxes of its children, so
//! that nobody can move a box, drop a child or add one without changing the root.

use crate::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Children of a node at most.
const FAN_OUT: usize = 16;
const NODE: &[u8] = b"tupu/node/1\n";
const LEAF: &[u8] = b"tupu/leaf/1\n";
const ROOT: &[u8] = b"tupu/edition-root/1\n";
const LIST: &[u8] = b"tupu/editions/1\n";

/// West, south, east, north in degrees WGS 84; none for what has no points.
pub type LonLatBox = Option<[f64; 4]>;

/// A feature in the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaf {
    /// Hash of its content.
    pub content: Hash,
    /// Its box.
    pub bounds: LonLatBox,
}

/// The tree over an edition's features.
#[derive(Clone, Debug)]
pub struct MerkleTree {
    /// Leaves, then each level of nodes above them; the last has one node.
    levels: Vec<Vec<Entry>>,
    count: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: Hash,
    bounds: LonLatBox,
    content: Hash,
}

/// A part of a tree: what a search for a box visits, with hash and box in place of the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Branch {
    /// A node that was looked into.
    Open(Vec<Branch>),
    /// A node that was not: its box does not meet the one searched.
    Closed(Stub),
    /// A feature: its content hash.
    Feature(Stub),
}

/// A hash with its box; the box as the bits of four floats, in hex, so that no digit is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stub {
    /// Lower-case hex.
    pub hash: String,
    /// West, south, east, north: 16 hex digits each.
    #[serde(rename = "box", default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[String; 4]>,
}

/// Proof of what meets a box in an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Features of the whole edition.
    pub count: u64,
    /// The pruned tree.
    pub tree: Branch,
}

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// A hash or a box is not written as it should be.
    #[error("«{0}» is no hash or box")]
    Malformed(String),
    /// The tree leads to another root.
    #[error("the tree leads to the root {found}, the edition has {stated}")]
    Root {
        /// What the tree leads to.
        found: String,
        /// What was stated.
        stated: String,
    },
    /// A part that meets the box was left closed: features in it are not shown.
    #[error("a part of the tree that meets the box is not shown")]
    Closed,
}

impl ProofError {
    /// What is wrong, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Malformed(text) => format!("la prueba no se puede leer en «{text}»"),
            Self::Root { found, stated } => {
                format!(
                    "la prueba lleva a la raíz {found} y la edición tiene la raíz {stated}: se quitó, se añadió o se movió algo"
                )
            }
            Self::Closed => "una parte del árbol que toca el recuadro consultado no se muestra".to_owned(),
        }
    }
}

impl MerkleTree {
    /// The tree over features in any order: the same features give the same tree.
    pub fn of(mut leaves: Vec<Leaf>) -> Self {
        leaves.sort_by_cached_key(|leaf| (leaf.bounds.is_none(), leaf.bounds.map_or(0, morton), leaf.content));
        let count = leaves.len() as u64;
        let entry = |leaf: Leaf| Entry {
            hash: leaf_hash(&leaf.content),
            bounds: leaf.bounds,
            content: leaf.content,
        };
        let mut levels: Vec<Vec<Entry>> = vec![leaves.into_iter().map(entry).collect()];
        while levels.last().is_some_and(|level| level.len() > 1 || levels.len() == 1) {
            let below = levels.last().map_or(&[][..], Vec::as_slice);
            let above: Vec<Entry> = if below.is_empty() {
                vec![node(&[])]
            } else {
                below.chunks(FAN_OUT).map(node).collect()
            };
            levels.push(above);
        }
        Self { levels, count }
    }

    /// The hash that stands for the whole edition.
    pub fn root(&self) -> Hash {
        let top = self.levels.last().and_then(|level| level.first());
        root_hash(self.count, &top.map_or_else(|| node(&[]).hash, |entry| entry.hash))
    }

    /// The part of the tree that a search for a box (degrees, closed) visits.
    pub fn proof(&self, searched: [f64; 4]) -> Proof {
        Proof {
            count: self.count,
            tree: self.open(self.levels.len() - 1, 0, searched),
        }
    }

    fn open(&self, level: usize, place: usize, searched: [f64; 4]) -> Branch {
        let below = &self.levels[level - 1];
        let first = place * FAN_OUT;
        let children = (first..below.len().min(first + FAN_OUT)).map(|child| {
            let entry = &below[child];
            let stub = |hash: &Hash| Stub {
                hash: hex(hash),
                bounds: entry
                    .bounds
                    .map(|bounds| bounds.map(|side| format!("{:016x}", side.to_bits()))),
            };
            match (level, meets(entry.bounds, searched)) {
                (1, _) => Branch::Feature(stub(&entry.content)),
                (_, true) => self.open(level - 1, child, searched),
                (_, false) => Branch::Closed(stub(&entry.hash)),
            }
        });
        Branch::Open(children.collect())
    }
}

impl Proof {
    /// The features of the edition with that root whose boxes meet the one searched: all of them, and no other.
    ///
    /// # Errors
    /// When the tree does not lead to the root, or hides a part that meets the box.
    pub fn features_meeting(&self, root: &Hash, searched: [f64; 4]) -> Result<Vec<Hash>, ProofError> {
        let mut found = Vec::new();
        let Branch::Open(_) = &self.tree else {
            return Err(ProofError::Closed);
        };
        let top = walk(&self.tree, searched, &mut found)?;
        let reached = root_hash(self.count, &top.0.hash);
        if reached != *root {
            return Err(ProofError::Root {
                found: hex(&reached),
                stated: hex(root),
            });
        }
        if top.1 {
            return Err(ProofError::Closed);
        }
        Ok(found)
    }
}

/// The entry of a branch, and whether something that meets the box is hidden in it.
fn walk(branch: &Branch, searched: [f64; 4], found: &mut Vec<Hash>) -> Result<(Entry, bool), ProofError> {
    match branch {
        Branch::Feature(stub) => {
            let (content, bounds) = stub.read()?;
            if meets(bounds, searched) {
                found.push(content);
            }
            let hash = leaf_hash(&content);
            Ok((Entry { hash, bounds, content }, false))
        }
        Branch::Closed(stub) => {
            let (hash, bounds) = stub.read()?;
            Ok((
                Entry {
                    hash,
                    bounds,
                    content: hash,
                },
                meets(bounds, searched),
            ))
        }
        Branch::Open(children) => {
            let (mut entries, mut hidden) = (Vec::with_capacity(children.len()), false);
            for child in children {
                let (entry, hides) = walk(child, searched, found)?;
                entries.push(entry);
                hidden |= hides;
            }
            Ok((node(&entries), hidden))
        }
    }
}

impl Stub {
    fn read(&self) -> Result<(Hash, LonLatBox), ProofError> {
        let hash = unhex(&self.hash).ok_or_else(|| ProofError::Malformed(self.hash.clone()))?;
        let Some(sides) = &self.bounds else {
            return Ok((hash, None));
        };
        let mut bounds = [0.0; 4];
        for (bound, side) in bounds.iter_mut().zip(sides) {
            let bits = u64::from_str_radix(side, 16).map_err(|_| ProofError::Malformed(side.clone()))?;
            *bound = f64::from_bits(bits);
            if !bound.is_finite() {
                return Err(ProofError::Malformed(side.clone()));
            }
        }
        Ok((hash, Some(bounds)))
    }
}

/// The root over the editions that a document used: id and root of each, in the order of the ids.
pub fn editions_root(editions: &[(String, Hash)]) -> Hash {
    let mut sorted: Vec<&(String, Hash)> = editions.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut level: Vec<Hash> = sorted
        .into_iter()
        .map(|(id, root)| {
            let mut hasher = Sha256::new_with_prefix(LIST);
            hasher.update([0]);
            hasher.update((id.len() as u64).to_le_bytes());
            hasher.update(id);
            hasher.update(root);
            hasher.finalize().into()
        })
        .collect();
    let count = level.len() as u64;
    while level.len() > 1 {
        level = level.chunks(2).map(pair).collect();
    }
    let mut hasher = Sha256::new_with_prefix(LIST);
    hasher.update([2]);
    hasher.update(count.to_le_bytes());
    for top in level {
        hasher.update(top);
    }
    hasher.finalize().into()
}

fn pair(hashes: &[Hash]) -> Hash {
    let mut hasher = Sha256::new_with_prefix(LIST);
    hasher.update([1]);
    for hash in hashes {
        hasher.update(hash);
    }
    hasher.finalize().into()
}

fn leaf_hash(content: &Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix(LEAF);
    hasher.update(content);
    hasher.finalize().into()
}

fn root_hash(count: u64, top: &Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix(ROOT);
    hasher.update(count.to_le_bytes());
    hasher.update(top);
    hasher.finalize().into()
}

fn node(children: &[Entry]) -> Entry {
    let mut hasher = Sha256::new_with_prefix(NODE);
    hasher.update((children.len() as u64).to_le_bytes());
    let mut whole: LonLatBox = None;
    for child in children {
        hasher.update(child.hash);
        match child.bounds {
            None => hasher.update([0]),
            Some(bounds) => {
                hasher.update([1]);
                for side in bounds {
                    hasher.update(side.to_bits().to_le_bytes());
                }
                let [w, s, e, n] = whole.unwrap_or(bounds);
                whole = Some([w.min(bounds[0]), s.min(bounds[1]), e.max(bounds[2]), n.max(bounds[3])]);
            }
        }
    }
    let hash = hasher.finalize().into();
    Entry {
        hash,
        bounds: whole,
        content: hash,
    }
}

fn meets(bounds: LonLatBox, [west, south, east, north]: [f64; 4]) -> bool {
    bounds.is_some_and(|[w, s, e, n]| w <= east && west <= e && s <= north && south <= n)
}

/// Place of a box's centre on a Morton curve over the globe, 24 bits an axis.
fn morton([west, south, east, north]: [f64; 4]) -> u64 {
    spread(cell(west.midpoint(east), 180.0)) | spread(cell(south.midpoint(north), 90.0)) << 1
}

/// A coordinate in `-most..=most` as one of 2^24 cells.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 24 bits just before"
)]
fn cell(value: f64, most: f64) -> u64 {
    ((value + most) / (2.0 * most) * 16_777_216.0).clamp(0.0, 16_777_215.0) as u64
}

fn spread(value: u64) -> u64 {
    (0..24).fold(0, |spread, bit| spread | (value >> bit & 1) << (2 * bit))
}

/// Lower-case hex of a hash.
pub fn hex(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string does not fail");
            text
        })
}

/// The hash that some hex stands for; none where the text is no lower-case hex of 32 bytes.
pub fn unhex(text: &str) -> Option<Hash> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let bytes = text.as_bytes();
    let mut hash = [0; 32];
    if bytes.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(bytes.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}
