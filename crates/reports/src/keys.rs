//! The node's key: Ed25519, in a file of its own, and the public half that everybody may have.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use territory::{hex, unhex};

const FORMAT: &str = "tupu/key/1";
const ID_LENGTH: usize = 16;

/// Signs documents. Its secret is wiped from memory when it goes.
pub struct NodeKey(SigningKey);

/// Tells whether a signature is the node's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// What is wrong with a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The file is no key file.
    #[error("no key file: {0}")]
    File(String),
    /// The public half in the file is not that of the secret.
    #[error("the public key of the file is not that of its secret")]
    Halves,
    /// The text is no public key.
    #[error("«{0}» is no public key")]
    Public(String),
}

impl KeyError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::File(detail) => format!(
                "El archivo no es una clave de Tupu ({detail}). Cree una con «tupu keys new --out ARCHIVO», o recupere la copia."
            ),
            Self::Halves => "La clave pública del archivo no corresponde a su clave secreta: el archivo fue alterado. \
                             Recupere la copia."
                .to_owned(),
            Self::Public(text) => format!(
                "«{text}» no es una clave pública: se esperan 64 cifras hexadecimales en minúsculas, como las da \
                 «tupu keys show ARCHIVO»."
            ),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    format: String,
    public: String,
    secret: String,
}

impl NodeKey {
    /// The key of 32 random bytes that the caller drew.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Reads a key file: JSON with `format` (`tupu/key/1`), `public` and `secret`, each 64 hex digits.
    ///
    /// # Errors
    /// When the text is no key file, or its halves do not belong together. The secret is in no message.
    pub fn from_file(text: &str) -> Result<Self, KeyError> {
        let no_file = |what: &str| KeyError::File(what.to_owned());
        // the parser's words could quote the secret: only the place is told
        let file: KeyFile = serde_json::from_str(text)
            .map_err(|error| no_file(&format!("línea {}, columna {}", error.line(), error.column())))?;
        if file.format != FORMAT {
            return Err(no_file("su campo «format» no es tupu/key/1"));
        }
        let seed = unhex(&file.secret).ok_or_else(|| no_file("su campo «secret» no son 64 cifras hexadecimales"))?;
        let key = Self::from_seed(&seed);
        if key.public().to_string() == file.public {
            Ok(key)
        } else {
            Err(KeyError::Halves)
        }
    }

    /// The text of its key file.
    pub fn to_file(&self) -> String {
        let (public, secret) = (self.public(), hex(&self.0.to_bytes()));
        format!("{{\n  \"format\": \"{FORMAT}\",\n  \"public\": \"{public}\",\n  \"secret\": \"{secret}\"\n}}\n")
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The signature of a message, lower-case hex.
    pub(crate) fn sign(&self, message: &[u8]) -> String {
        hex(&self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for NodeKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "NodeKey({})", self.public().id())
    }
}

impl PublicKey {
    /// As documents list it: `key_id`, `algorithm`, `public`.
    pub fn described(&self) -> serde_json::Value {
        serde_json::json!({ "key_id": self.id(), "algorithm": "Ed25519", "public": self.to_string() })
    }

    /// Its short name: the first 16 hex digits of its SHA-256.
    pub fn id(&self) -> String {
        let mut id = hex(&Sha256::digest(self.0.as_bytes()));
        id.truncate(ID_LENGTH);
        id
    }

    /// Whether the signature (hex) of the message is this key's.
    pub(crate) fn signed(&self, message: &[u8], signature: &str) -> bool {
        let halves = signature.is_ascii().then(|| signature.split_at_checked(64)).flatten();
        let Some((first, second)) = halves.and_then(|(first, second)| unhex(first).zip(unhex(second))) else {
            return false;
        };
        self.0
            .verify_strict(message, &Signature::from_components(first, second))
            .is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let refused = || KeyError::Public(text.chars().take(80).collect());
        let bytes = unhex(text.trim()).ok_or_else(refused)?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_reads_back_and_its_secret_stays_out_of_messages() {
        let key = NodeKey::from_seed(&[7; 32]);
        let text = key.to_file();
        assert_eq!(NodeKey::from_file(&text).unwrap().public(), key.public());
        let secret = hex(&[7; 32]);
        assert!(!format!("{key:?}").contains(&secret));
        let broken = text.replace("\"secret\"", "\"other\"");
        let error = NodeKey::from_file(&broken).unwrap_err();
        assert!(!error.sentence_es().contains(&secret), "{error}");
        let swapped = text.replace(&secret, &hex(&[8; 32]));
        assert_eq!(NodeKey::from_file(&swapped).unwrap_err(), KeyError::Halves);
    }

    #[test]
    fn a_signature_is_of_one_message_and_one_key() {
        let (key, other) = (NodeKey::from_seed(&[7; 32]), NodeKey::from_seed(&[8; 32]));
        let signature = key.sign(b"one");
        assert!(key.public().signed(b"one", &signature));
        assert!(!key.public().signed(b"two", &signature));
        assert!(!other.public().signed(b"one", &signature));
        assert!(!key.public().signed(b"one", "not hex"));
        assert!(!key.public().signed(b"one", &signature.to_uppercase()));
    }

    #[test]
    fn a_public_key_is_known_by_its_text() {
        let public = NodeKey::from_seed(&[7; 32]).public();
        assert_eq!(public.to_string().parse(), Ok(public));
        assert_eq!(public.id().len(), ID_LENGTH);
        assert!(matches!("K7F3".parse::<PublicKey>(), Err(KeyError::Public(_))));
    }
}
