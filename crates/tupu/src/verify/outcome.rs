//! What a verification says: three proofs and the signature, each yes, no or not checked, with the reason.

use reports::{Examined, Holds, Verdict};
use serde_json::{Value, json};
use std::fmt;

/// The outcome.
pub struct Outcome {
    pub examined: Examined,
    pub features: Verdict,
    pub completeness: Verdict,
}

impl Outcome {
    fn rows(&self) -> [(&'static str, &'static str, &Verdict); 4] {
        [
            ("bytes", "los bytes", &self.examined.bytes),
            ("signature", "la firma", &self.examined.signature),
            ("features", "los elementos usados", &self.features),
            ("completeness", "que no falte ninguno", &self.completeness),
        ]
    }

    /// Whether everything that was checked holds.
    pub fn holds(&self) -> bool {
        self.rows().iter().all(|(_, _, verdict)| verdict.holds != Holds::No)
    }

    fn stated(&self, field: &str) -> String {
        match self.examined.fields.get(field) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "—".to_owned(),
        }
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let mut out = json!({
            "holds": self.holds(),
            "id": self.examined.id,
            "code": self.examined.code.to_string(),
            "issued_at": self.stated("issued_at"),
        });
        for (name, _, verdict) in self.rows() {
            out[name] = json!(verdict);
        }
        out
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} {}", self.stated("schema"), self.stated("code"))?;
        writeln!(
            out,
            "emitido {} · método {}",
            self.stated("issued_at"),
            self.stated("method")
        )?;
        for (_, title, verdict) in self.rows() {
            let word = match verdict.holds {
                Holds::Yes => "sí",
                Holds::No => "NO",
                Holds::NotChecked => "no comprobado",
            };
            writeln!(out, "{title:<22} {word:<14} {}", verdict.why)?;
        }
        writeln!(out, "comprobado con tupu {}", env!("CARGO_PKG_VERSION"))
    }
}
