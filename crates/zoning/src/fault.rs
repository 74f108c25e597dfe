//! What is wrong with a model file, and how it is mended.

/// One fault of a model file: where it is, what stands there, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {key} = {value}: {fault}")]
pub struct ModelError {
    /// The file, as the caller named it.
    pub file: String,
    /// The key, with its tables, as `submodels.valor.weights.method`; a number in brackets is a place of a list, from 1.
    pub key: String,
    /// What stands there; «—» where nothing does.
    pub value: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What may be wrong with a value of a model file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The file is no TOML.
    #[error("no TOML: {0}")]
    Syntax(String),
    /// A key that the model needs is not there.
    #[error("missing")]
    Missing,
    /// A key that nobody reads: a misspelling.
    #[error("unknown key")]
    UnknownKey,
    /// Another kind of value is wanted.
    #[error("wanted {0}")]
    Kind(&'static str),
    /// The value is none of those that there are.
    #[error("not one of {}", .0.join(", "))]
    NotOneOf(Vec<String>),
    /// A number out of its range, ends included.
    #[error("outside {0} to {1}")]
    Range(f64, f64),
    /// Breakpoints, codes or breaks that do not grow.
    #[error("numbers must grow")]
    Order,
    /// Another number of values is wanted.
    #[error("{found} values, wanted {wanted}")]
    Count {
        /// How many there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// Weights that sum to neither 1 nor 100.
    #[error("sum is {0}")]
    Sum(f64),
    /// Two entries of a comparison that are not the inverse of one another.
    #[error("row {row}, column {column} is not the inverse of its counterpart")]
    NotReciprocal {
        /// Row, from 1.
        row: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Comparisons that contradict one another too much.
    #[error("consistency ratio {0:.3}")]
    Inconsistent(f64),
    /// A submodel that is made of itself.
    #[error("made of itself: {}", .0.join(" > "))]
    Cycle(Vec<String>),
    /// The name stands twice.
    #[error("named twice")]
    Twice,
    /// Combinations of classes for which no rule is written: all of them.
    #[error("{} combinations without a rule", .0.len())]
    Uncovered(Vec<String>),
    /// A rule that others always forestall.
    #[error("never reached")]
    Unreachable,
    /// A criterion, submodel or zone that nothing uses.
    #[error("not used")]
    Unused,
    /// More than the engine holds.
    #[error("{found}, at most {most}")]
    TooMany {
        /// How many.
        found: usize,
        /// At most.
        most: usize,
    },
}

/// How many uncovered combinations a sentence names; the fault itself holds all.
const NAMED: usize = 12;

impl ModelError {
    /// What a person reads, in Spanish: where, what, and the mend.
    pub fn sentence_es(&self) -> String {
        let Self {
            file,
            key,
            value,
            fault,
        } = self;
        format!("{file}, clave «{key}», valor «{value}»: {}", fault.sentence_es())
    }
}

impl Fault {
    /// What is wrong and how it is mended, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Syntax(what) => format!("el archivo no es TOML ({what}); corrija esa línea."),
            Self::Missing => "falta; escríbala, el modelo no supone ningún valor.".to_owned(),
            Self::UnknownKey => "nadie lee esta clave; corrija su nombre o bórrela.".to_owned(),
            Self::Kind(wanted) => format!("se esperaba {wanted}; escríbalo así."),
            Self::NotOneOf(names) => format!(
                "no figura entre {}; escriba uno de ellos o declárelo.",
                names.join(", ")
            ),
            Self::Range(low, high) => format!("está fuera de {low} a {high}; corrija el número."),
            Self::Order => "los números deben ir de menor a mayor sin repetirse; ordénelos.".to_owned(),
            Self::Count { found, wanted } => format!("hay {found} valores y se esperan {wanted}; complete la lista."),
            Self::Sum(sum) => {
                format!("los pesos suman {sum}; deben sumar 1 (o 100). Corríjalos, no se reparten de oficio.")
            }
            Self::NotReciprocal { row, column } => format!(
                "la fila {row}, columna {column} no es el inverso de la fila {column}, columna {row}; escriba por ejemplo 3 y \"1/3\"."
            ),
            Self::Inconsistent(ratio) => format!(
                "la razón de consistencia es {ratio:.3} y el límite es 0.10; revise las comparaciones o dé la razón en accept_inconsistency."
            ),
            Self::Cycle(names) => format!(
                "el submodelo se compone de sí mismo ({}); quite un miembro.",
                names.join(" > ")
            ),
            Self::Twice => "el nombre aparece dos veces; deje uno.".to_owned(),
            Self::Uncovered(combinations) => uncovered_es(combinations),
            Self::Unreachable => "las reglas anteriores ya deciden todos sus casos; súbala o bórrela.".to_owned(),
            Self::Unused => "nada en el modelo lo usa; úselo o bórrelo.".to_owned(),
            Self::TooMany { found, most } => format!("son {found} y caben {most}; simplifique el modelo."),
        }
    }
}

fn uncovered_es(combinations: &[String]) -> String {
    let shown = combinations.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    let rest = combinations.len().saturating_sub(NAMED);
    let more = if rest > 0 {
        format!("; y {rest} más")
    } else {
        String::new()
    };
    format!(
        "{} combinaciones de clases sin regla: {shown}{more}. Agregue reglas hasta cubrirlas.",
        combinations.len()
    )
}
