//! The seal of a document: the root of the editions that it used, and the node's signature over that root and the id.

use crate::{Code, NodeKey, PublicKey};
use serde::{Deserialize, Serialize};
use territory::{Hash, editions_root, hex, unhex};

const MESSAGE: &[u8] = b"tupu/seal/1\n";

/// What a document says of its own origin. It is outside of the id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// SHA-256 of the list of the bundle's parts, where a bundle was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle_sha256: Option<String>,
    /// Merkle root over the editions used: id and root of each.
    pub editions_root: String,
    /// Short name of the key that signed; none where nobody signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// Signature over the id and the editions' root, 128 hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ed25519: Option<String>,
    /// Where the node answers for the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify_url: Option<String>,
}

/// What a seal is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sealing<'a> {
    /// Id and root of each edition used, in any order.
    pub editions: &'a [(String, Hash)],
    /// The node's key; without one the document is hashed and not signed.
    pub key: Option<&'a NodeKey>,
    /// The address of the node up to `/verify/`, to which the code is added.
    pub verify_url: Option<&'a str>,
    /// Hash of the bundle, where one was made.
    pub bundle_sha256: Option<&'a str>,
}

impl Sealing<'_> {
    /// The seal of a document.
    pub(crate) fn seal(&self, id: &Hash, code: Code) -> Seal {
        let root = editions_root(self.editions);
        Seal {
            bundle_sha256: self.bundle_sha256.map(ToOwned::to_owned),
            editions_root: hex(&root),
            key_id: self.key.map(|key| key.public().id()),
            ed25519: self.key.map(|key| key.sign(&message(id, &root))),
            verify_url: self
                .verify_url
                .map(|base| format!("{}/{code}", base.trim_end_matches('/'))),
        }
    }
}

/// What became of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// By this key.
    By(PublicKey),
    /// The key is at hand, and it did not sign this.
    Forged(PublicKey),
    /// By a key that is not at hand: its short name.
    Unknown(String),
    /// The seal is not whole: a key without signature, a signature without key, or hashes that are none.
    Broken,
    /// Nobody signed.
    Unsigned,
}

impl Seal {
    /// Whether one of the keys signed the id with this seal's root.
    pub fn signed(&self, id: &str, keys: &[PublicKey]) -> Signed {
        let (name, signature) = match (&self.key_id, &self.ed25519) {
            (Some(name), Some(signature)) => (name, signature),
            (None, None) => return Signed::Unsigned,
            _ => return Signed::Broken,
        };
        let Some((id, root)) = unhex(id).zip(unhex(&self.editions_root)) else {
            return Signed::Broken;
        };
        match keys.iter().find(|key| key.id() == *name) {
            Some(key) if key.signed(&message(&id, &root), signature) => Signed::By(*key),
            Some(key) => Signed::Forged(*key),
            None => Signed::Unknown(name.clone()),
        }
    }
}

/// What is signed: a word that separates it from other signatures, the id, the root.
fn message(id: &Hash, root: &Hash) -> Vec<u8> {
    [MESSAGE, id, root].concat()
}
