//! The node's key and the keys that it trusts, as the settings name them.

use crate::config::SealSettings;
use reports::{KeyError, NodeKey, PublicKey};
use serde_json::{Value, json};
use std::{io, os::unix::fs::PermissionsExt, path::PathBuf};

/// With what documents are signed and signatures are checked.
#[derive(Debug)]
pub(crate) struct Seals {
    /// Signs; without one documents are hashed and not signed.
    pub key: Option<NodeKey>,
    /// Up to `/verify`.
    pub verify_url: Option<String>,
    trusted: Vec<PublicKey>,
}

/// Settings of the seal that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key file does not read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The key file is no key.
    #[error("{path}: {source}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyError,
    },
    /// A trusted key is no key.
    #[error("trusted: {0}")]
    Trusted(KeyError),
    /// The address does not begin as addresses do.
    #[error("verify_url: {0}")]
    Address(String),
}

impl SealError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Unreadable { path, source } => format!(
                "[seal] key_file: no se puede leer la clave {}: {source}. Revise la ruta y el permiso, o cree una con «tupu keys new --out ARCHIVO».",
                path.display()
            ),
            Self::Key { path, source } => format!("[seal] key_file: {}: {}", path.display(), source.sentence_es()),
            Self::Trusted(source) => format!("[seal] trusted: {}", source.sentence_es()),
            Self::Address(found) => format!(
                "[seal] verify_url: «{found}» no es una dirección; escríbala entera, como https://ejemplo.pe/verify"
            ),
        }
    }
}

impl Seals {
    /// Reads what the settings name.
    ///
    /// # Errors
    /// When the key, a trusted key or the address cannot be used.
    pub(crate) fn open(settings: &SealSettings) -> Result<Self, SealError> {
        let trusted = settings.trusted.iter().map(|text| text.parse());
        if let Some(found) = settings.verify_url.as_deref().filter(|url| !is_address(url)) {
            return Err(SealError::Address(found.to_owned()));
        }
        Ok(Self {
            key: settings.key_file.as_ref().map(read).transpose()?,
            verify_url: settings.verify_url.clone(),
            trusted: trusted.collect::<Result<_, _>>().map_err(SealError::Trusted)?,
        })
    }

    /// All public keys: the own one first, each once.
    pub(crate) fn public(&self) -> Vec<PublicKey> {
        let mut keys: Vec<PublicKey> = self.key.iter().map(NodeKey::public).collect();
        for key in &self.trusted {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        keys
    }

    /// The public keys as documents list them.
    pub(crate) fn described(&self) -> Value {
        let own = self.key.as_ref().map(NodeKey::public);
        let keys: Vec<Value> = self
            .public()
            .iter()
            .map(|key| {
                json!({
                    "key_id": key.id(),
                    "algorithm": "Ed25519",
                    "public": key.to_string(),
                    "signs": own == Some(*key),
                })
            })
            .collect();
        json!({ "keys": keys })
    }
}

fn is_address(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

fn read(path: &PathBuf) -> Result<NodeKey, SealError> {
    let unreadable = |source| SealError::Unreadable {
        path: path.clone(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let mode = path.metadata().map_err(unreadable)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!("others may read the key file; chmod 600 takes that away");
    }
    NodeKey::from_file(&text).map_err(|source| SealError::Key {
        path: path.clone(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_used_are_named() {
        let of = |change: &dyn Fn(&mut SealSettings)| {
            let mut settings = SealSettings::default();
            change(&mut settings);
            Seals::open(&settings).map(|_| ()).map_err(|error| error.sentence_es())
        };
        assert_eq!(of(&|_| {}), Ok(()));
        let told = of(&|settings| settings.key_file = Some("/none/such.key".into())).unwrap_err();
        assert!(told.contains("key_file") && told.contains("such.key"), "{told}");
        let told = of(&|settings| settings.trusted = vec!["abc".into()]).unwrap_err();
        assert!(told.contains("trusted") && told.contains("abc"), "{told}");
        let told = of(&|settings| settings.verify_url = Some("ejemplo.pe".into())).unwrap_err();
        assert!(told.contains("verify_url") && told.contains("ejemplo.pe"), "{told}");
    }

    #[test]
    fn keys_are_listed_once_the_own_one_first() {
        let folder = tempfile::tempdir().unwrap();
        let (own, old) = (NodeKey::from_seed(&[7; 32]), NodeKey::from_seed(&[8; 32]).public());
        let path = folder.path().join("node.key");
        std::fs::write(&path, own.to_file()).unwrap();
        let settings = SealSettings {
            key_file: Some(path),
            trusted: vec![old.to_string(), own.public().to_string()],
            verify_url: None,
        };
        let seals = Seals::open(&settings).unwrap();
        assert_eq!(seals.public(), [own.public(), old]);
        let signs: Vec<Value> = seals.described()["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["signs"].clone())
            .collect();
        assert_eq!(signs, [true, false]);
    }
}
