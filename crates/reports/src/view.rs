//! What a rendering shows, in order, already in words: the one thing that pages and sheets are made of.
//!
//! An audience decides what is said (`community`, `office`); a medium (HTML, PDF) only decides how it looks. So no medium can
//! lose what another shows.

use serde::Serialize;

/// A document for people.
#[derive(Clone, Debug, Default, Serialize)]
pub struct View {
    /// BCP 47 code of its language.
    pub lang: String,
    /// `community` or `office`.
    pub audience: String,
    /// Title.
    pub title: String,
    /// The line under it: place, standing, date of the data.
    pub subtitle: Said,
    /// Said before everything else: synthetic data, an incomplete report.
    pub notices: Vec<Notice>,
    /// Sections in order; the first ones make the report, the rest are annexes.
    pub sections: Vec<Section>,
    /// The short code.
    pub code: String,
    /// The id in full.
    pub id: String,
    /// Lines of the foot: id, rules, program, moment.
    pub foot: Vec<Fact>,
    /// Repeated on every page: title in short, code, standing.
    pub running: String,
}

/// Words, with their language where it is not the document's: a sentence without a reviewed translation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The words.
    pub text: String,
    /// BCP 47 code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<&'static str>,
}

/// How much a notice asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// To know.
    Note,
    /// The report is not whole.
    Bad,
}

/// A notice.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// How loud.
    pub tone: Tone,
    /// What.
    pub text: Said,
}

/// A section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    /// Stable id, for links and bookmarks.
    pub id: String,
    /// Heading.
    pub heading: Said,
    /// Whether it is an annex.
    pub annex: bool,
    /// Whether it begins a page.
    pub on_new_page: bool,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// The lines of the answer: large, one fact each.
    Answer {
        /// From the most to the least important.
        lines: Vec<AnswerLine>,
    },
    /// A paragraph.
    Text {
        /// What it says.
        text: Said,
    },
    /// A list.
    Bullets {
        /// One each.
        items: Vec<Said>,
    },
    /// Terms with their facts.
    Facts {
        /// In order.
        facts: Vec<Fact>,
    },
    /// A table.
    Table {
        /// The table.
        table: Table,
    },
    /// The map of the report, where the caller drew one.
    Map,
    /// A picture that the view brings with it.
    Figure {
        /// SVG.
        svg: String,
        /// For those who do not see it.
        alt: String,
        /// Under it.
        caption: Said,
    },
    /// A square code with an address or the short code in it, and words beside it.
    Code {
        /// What it holds.
        content: String,
        /// What stands beside it.
        text: Said,
    },
    /// Empty lines to write on.
    Notes {
        /// How many.
        lines: u8,
    },
}

/// A line of the answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerLine {
    /// The figure that stands out, if there is one: `3`, `22 de cada 100`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
    /// The sentence, which says everything without the figure too.
    pub text: Said,
}

/// A term and what it is.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// The term.
    pub term: Said,
    /// What it is.
    pub fact: Said,
    /// Whether it is a hash or another word of machines.
    pub machine: bool,
}

/// A table: every row has one cell a column.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its name.
    pub caption: Said,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Column {
    /// Its heading.
    pub heading: Said,
    /// Whether it holds numbers, which stand to the right.
    pub number: bool,
    /// Its part of the width, against the other columns'.
    pub weight: u8,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Whether it stands for the rows above it.
    pub total: bool,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// What it says.
    pub text: Said,
    /// A second, smaller line: a code, a band.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Said>,
    /// The exact value behind a rounded one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// State group whose colour and hatch stand before the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub swatch: Option<String>,
    /// Whether it is the letter of a right on the map.
    pub letter: bool,
    /// Whether it heads its row.
    pub head: bool,
}

impl Said {
    /// Words in the language of the document.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
        }
    }
}
