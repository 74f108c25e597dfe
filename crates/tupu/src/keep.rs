//! Keeping a document in the register beside the store, where the server finds it by its code.

use crate::exit::refuse;
use reports::Document;
use std::path::Path;
use store::{Issue, Register};
use territory::Visibility;

/// Keeps a document and says so; the first issue of an id stays. Who runs the program has no limit but the disk.
pub fn keep<T>(store: &Path, document: &Document<'_, T>, visibility: Visibility) -> anyhow::Result<()> {
    let register = Register::beside(store, u64::MAX);
    let issue = Issue {
        id: document.id.clone(),
        code: document.code.to_string(),
        issued_at: document.issued.at,
        visibility,
        json: document.json.clone(),
    };
    match register.keep(&issue) {
        Ok(true) => eprintln!("guardado en el registro con el código {}", issue.code),
        Ok(false) => eprintln!(
            "ya estaba en el registro con el código {}: queda el primero que se emitió",
            issue.code
        ),
        Err(error) => return refuse(error.sentence_es()),
    }
    Ok(())
}
