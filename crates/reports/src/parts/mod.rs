//! What more than one audience says: each function gives the blocks or the whole of one section.

pub(crate) mod answer;
pub(crate) mod changes;
pub(crate) mod frame;
pub(crate) mod layers;
pub(crate) mod method;
pub(crate) mod reasons;
pub(crate) mod series;
pub(crate) mod sheets;
pub(crate) mod subject;
pub(crate) mod tables;
pub(crate) mod totals;

use crate::teller::Teller;
use crate::view::{Block, Section};

/// A section with its heading by id.
pub(crate) fn section(tell: &Teller<'_>, id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        heading: tell.texts.said(heading, &[]),
        annex: false,
        on_new_page: false,
        blocks,
    }
}

/// The same, as an annex.
pub(crate) fn annex(tell: &Teller<'_>, id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section {
        annex: true,
        ..section(tell, id, heading, blocks)
    }
}

/// A paragraph by id.
pub(crate) fn text(tell: &Teller<'_>, id: &str) -> Block {
    Block::Text {
        text: tell.texts.said(id, &[]),
    }
}
