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
    /// The words that a medium needs for itself.
    pub words: Words,
}

/// The words that a medium needs for itself, in the language of the view.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Words {
    /// `Página {n} de {total}`, with both places to be filled by the medium that counts pages.
    pub page: String,
    /// Heading of the list of annexes.
    pub annexes: String,
    /// What stands in the place of a map that nobody drew.
    pub no_map: String,
    /// What a reader who cannot see the page hears of a line to write on.
    pub notes: String,
    /// Name of the list of signs.
    pub legend: String,
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
    /// A heading inside a section.
    Heading {
        /// Stable id, for links.
        id: String,
        /// What follows.
        text: Said,
    },
    /// One sheet of many: what is known of one thing, in little room, together where a page can hold it.
    Sheet {
        /// Stable id, for links.
        id: String,
        /// What it is of.
        text: Said,
        /// In order.
        facts: Vec<Fact>,
    },
    /// What the colours, hatches and letters of states mean.
    Legend {
        /// State group and its words.
        entries: Vec<LegendEntry>,
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

/// A state group and what its sign means.
#[derive(Clone, Debug, Serialize)]
pub struct LegendEntry {
    /// `titulado`, `tramite`, `extinguido`, `otros`.
    pub group: String,
    /// Its words.
    pub text: Said,
}

/// A line of the answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerLine {
    /// The figure that stands out, if there is one: `3`, `22 de cada 100`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
    /// The part of the land that the figure tells, between 0 and 1, for a bar beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The sentence, which says everything without the figure too.
    pub text: Said,
}

/// A term and what it is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Fact {
    /// The term.
    pub term: Said,
    /// What it is.
    pub fact: Said,
    /// Whether it is a hash or another word of machines.
    pub machine: bool,
    /// The exact value behind a rounded one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// Where to read more: an address, or `#` and the id of a section or heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
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
    /// Whether every cell is a short word or number: a medium may set the rows in two columns, with second lines beside the first.
    pub dense: bool,
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
    /// Whether a narrow medium may set it on a line of its own below the others, with its heading before it.
    pub below: bool,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Whether it stands for the rows above it.
    pub total: bool,
    /// What the row is of, for programs: `finding concessions 010123409`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
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
    /// The state of a layer, which stands in a frame: `consulted`, `partial`, `no-data`, `not-consulted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<&'static str>,
    /// Where to read more: `#` and the id of a section or heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
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

impl Column {
    /// A column of words.
    pub fn words(heading: Said, weight: u8) -> Self {
        Self {
            heading,
            weight,
            ..Self::default()
        }
    }

    /// A column of numbers.
    pub fn numbers(heading: Said, weight: u8) -> Self {
        Self {
            heading,
            number: true,
            weight,
            ..Self::default()
        }
    }

    /// The same, for a line of its own where there is little width.
    #[must_use]
    pub fn below(self) -> Self {
        Self { below: true, ..self }
    }
}

impl Cell {
    /// A cell that says this.
    pub fn of(text: Said) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// The same, with a second line.
    #[must_use]
    pub fn small(self, small: Said) -> Self {
        Self {
            small: Some(small),
            ..self
        }
    }

    /// The same, with the exact value behind it.
    #[must_use]
    pub fn exact(self, exact: &impl ToString) -> Self {
        Self {
            exact: Some(exact.to_string()),
            ..self
        }
    }

    /// The same, as the head of its row.
    #[must_use]
    pub fn head(self) -> Self {
        Self { head: true, ..self }
    }
}

impl Fact {
    /// A term and what it is.
    pub fn of(term: Said, fact: Said) -> Self {
        Self {
            term,
            fact,
            ..Self::default()
        }
    }
}
