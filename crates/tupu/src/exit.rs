//! How a command ends: what went wrong in a sentence for people, and a code for scripts.

use std::process::ExitCode;

/// Something asked for that cannot be answered as asked: exit 3.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// A refusal with its sentence, as an error of a command.
pub fn refuse<T>(sentence: impl Into<String>) -> anyhow::Result<T> {
    Err(Refusal(sentence.into()).into())
}

/// Prints the error and gives its code: 3 for input, 4 for the store, 1 for anything else.
pub fn report(error: &anyhow::Error) -> ExitCode {
    let (code, sentence) = judge(error);
    eprintln!("error: {sentence}");
    ExitCode::from(code)
}

/// What a person reads of an error.
pub fn sentence(error: &anyhow::Error) -> String {
    judge(error).1
}

fn judge(error: &anyhow::Error) -> (u8, String) {
    for cause in error.chain() {
        if let Some(error) = cause.downcast_ref::<store::StoreError>() {
            let code = match error {
                store::StoreError::DuplicateKey { .. }
                | store::StoreError::UnfitFeature { .. }
                | store::StoreError::UnknownEdition { .. }
                | store::StoreError::OtherKind { .. }
                | store::StoreError::AlreadyWithdrawn { .. }
                | store::StoreError::WithdrawnTooEarly { .. } => 3,
                _ => 4,
            };
            return (code, error.sentence_es());
        }
        if let Some(error) = cause.downcast_ref::<ingest::ImportError>() {
            return (3, error.sentence_es());
        }
        if let Some(error) = cause.downcast_ref::<ingest::RasterError>() {
            return (3, error.sentence_es());
        }
        if let Some(error) = cause.downcast_ref::<ingest::WriteError>() {
            return (1, error.sentence_es());
        }
        if let Some(error) = cause.downcast_ref::<uploads::UploadError>() {
            return (3, error.sentence_es());
        }
        if let Some(refusal) = cause.downcast_ref::<Refusal>() {
            return (3, refusal.to_string());
        }
    }
    (1, format!("{error:#}"))
}

/// Lets a reader close the pipe (`tupu … | head`) without a panic: a write that fails so ends the program quietly.
pub fn quiet_on_closed_pipe() {
    let inherited = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let text = info.payload().downcast_ref::<String>().map_or("", String::as_str);
        if text.contains("Broken pipe") {
            #[expect(clippy::exit, reason = "nobody reads on")]
            std::process::exit(0);
        }
        inherited(info);
    }));
}
