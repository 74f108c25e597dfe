//! The evidence that the bundle of a report carries: of every edition that the report used.

use crate::{Snapshot, Store, StoreError};
use conflicts::{Report, Rulebook, Subject, SubjectKind};
use std::collections::BTreeMap;
use territory::{EditionEvidence, Hash, LayerKind, hex};

/// Why the evidence of a report cannot be gathered.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The land has no points, and so no box.
    #[error("the land has no points")]
    NoLand,
    /// The store has another content under the id of an edition than the report was made of.
    #[error("edition {edition} is not the one that the report was made of")]
    Changed {
        /// The edition.
        edition: String,
    },
    /// A layer was not judged because the time was over: nobody could make that report again.
    #[error("the time was over before layer {layer} was judged")]
    OutOfTime {
        /// The layer.
        layer: LayerKind,
    },
    /// The store's.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl GatherError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoLand => "La tierra consultada no tiene puntos.".to_owned(),
            Self::Changed { edition } => format!(
                "La edición {edition} cambió en el almacén mientras se hacía el informe. Revise el almacén con «tupu store check»."
            ),
            Self::OutOfTime { layer } => format!(
                "Se acabó el tiempo antes de terminar con la capa {layer}: ese informe no se puede volver a hacer, y por eso no hay \
                 paquete. Vuelva a pedirlo, o use el programa en su equipo."
            ),
            Self::Store(error) => error.sentence_es(),
        }
    }
}

impl Snapshot {
    /// The evidence of every edition that a report made from this snapshot used, and of its subject's, by id.
    ///
    /// # Errors
    /// When a layer was not judged in time, the store no longer has what the report was made of, or cannot be read.
    pub fn gathered(
        &self,
        store: &Store,
        (report, subject): (&Report, &Subject),
        book: &Rulebook,
    ) -> Result<BTreeMap<String, EditionEvidence>, GatherError> {
        // a layer that is damaged in the store is told in the question and comes out the same again
        let late = report
            .layers
            .iter()
            .find(|layer| layer.state == conflicts::LayerState::NotConsulted && self.failure_of(layer.id).is_none());
        if let Some(layer) = late {
            return Err(GatherError::OutOfTime { layer: layer.id });
        }
        let mut wanted: BTreeMap<String, Hash> = self.roots_of(report).into_iter().collect();
        if let SubjectKind::Feature { edition, .. } = &subject.kind
            && let Some(found) = self.edition(edition)
        {
            wanted.entry(edition.clone()).or_insert(found.root.unwrap_or_default());
        }
        let each = wanted.into_iter().map(|(id, root)| {
            let found = self
                .edition(&id)
                .ok_or_else(|| GatherError::Changed { edition: id.clone() })?;
            let searched = Self::searched(subject, &found.meta, book).ok_or(GatherError::NoLand)?;
            let evidence = store.evidence(&id, searched)?;
            if evidence.root != hex(&root) {
                return Err(GatherError::Changed { edition: id });
            }
            Ok((id, evidence))
        });
        each.collect()
    }

    /// The editions that could not be read, as a bundle's question lists them: layer, edition, why.
    pub fn unread_list(&self) -> Vec<(LayerKind, String, String)> {
        let unread = self.unread.iter();
        unread
            .map(|unread| (unread.kind, unread.edition.clone(), unread.detail.clone()))
            .collect()
    }
}
