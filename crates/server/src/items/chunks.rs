//! Long lists, some hundred features at a time: a slow reader holds no place in the pool, and no list is in memory whole.

use crate::items::asked::Asked;
use crate::pool::Pool;
use crate::problem::Problem;
use actix_web::web::Bytes;
use features::{At, csv_head, csv_row, feature_json};
use futures_util::stream::{self, Stream};
use std::sync::Arc;

/// Features of a piece.
pub(crate) const PIECE: usize = 500;

/// The text forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// Features with commas between them.
    Json,
    /// Lines.
    Csv,
}

/// What is written: the question, its answer, and what goes before and after.
pub(crate) struct Written {
    /// The question.
    pub asked: Asked,
    /// Places to write, in order.
    pub places: Vec<At>,
    /// As what.
    pub text: Text,
    /// Before the first.
    pub head: String,
    /// After the last.
    pub tail: String,
}

impl Written {
    /// Everything in one piece.
    pub(crate) fn whole(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.room(self.places.len()));
        for piece in 0..self.pieces() {
            self.piece(piece, &mut out);
        }
        out
    }

    fn pieces(&self) -> usize {
        self.places.len().div_ceil(PIECE).max(1)
    }

    /// About how many bytes so many features take.
    fn room(&self, features: usize) -> usize {
        features * 800 + self.head.len() + self.tail.len()
    }

    /// Writes one piece: the head with the first, the tail with the last.
    fn piece(&self, number: usize, out: &mut Vec<u8>) {
        let start = number * PIECE;
        let end = (start + PIECE).min(self.places.len());
        if number == 0 {
            out.extend_from_slice(self.head.as_bytes());
            if self.text == Text::Csv {
                out.extend(csv_head(&self.asked.collection.schema, &self.asked.shown));
            }
        }
        for (at, place) in (start..).zip(&self.places[start..end]) {
            let row = self.asked.collection.row(*place);
            match self.text {
                Text::Csv => out.extend(csv_row(&row, &self.asked.collection.schema, &self.asked.shown)),
                Text::Json => {
                    out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
                    feature_json(out, &row, &self.asked.shown, "");
                }
            }
        }
        if end == self.places.len() {
            out.extend_from_slice(self.tail.as_bytes());
        }
    }

    /// Piece after piece, each made in the pool when the reader has taken the one before.
    pub(crate) fn stream(self, pool: Arc<Pool>) -> impl Stream<Item = Result<Bytes, Problem>> {
        let pieces = self.pieces();
        stream::unfold((Arc::new(self), pool, 0), move |(written, pool, number)| async move {
            if number >= pieces {
                return None;
            }
            let job = Arc::clone(&written);
            let make = move |_| {
                let mut out = Vec::with_capacity(job.room(PIECE));
                job.piece(number, &mut out);
                Ok(Bytes::from(out))
            };
            let made = pool.run(make).await;
            // after a refusal there is nothing more: the reader sees a list that was cut
            let next = if made.is_ok() { number + 1 } else { pieces };
            Some((made, (written, pool, next)))
        })
    }
}
