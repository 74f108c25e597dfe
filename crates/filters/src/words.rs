//! What people read about a refused filter, in Spanish, with the mend.

use crate::error::{FilterError, Measure, Place, Wanted};

/// A type, as the language and our errors know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole or other number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// An instant.
    Timestamp,
    /// A day or an instant.
    Instant,
    /// An interval.
    Interval,
    /// A geometry.
    Geometry,
    /// A list.
    Array,
    /// A value of one of the scalar types.
    Scalar,
}

impl Kind {
    fn es(self) -> &'static str {
        match self {
            Self::Text => "un texto",
            Self::Number => "un número",
            Self::Boolean => "una condición (verdadero o falso)",
            Self::Date => "una fecha",
            Self::Timestamp => "una fecha con hora",
            Self::Instant => "una fecha, una fecha con hora o un intervalo",
            Self::Interval => "un intervalo",
            Self::Geometry => "una geometría",
            Self::Array => "una lista",
            Self::Scalar => "un texto, un número, una fecha, una fecha con hora o una condición",
        }
    }

    /// The type as an argument of a function.
    pub(crate) fn argument_es(self) -> &'static str {
        match self {
            Self::Text => "texto",
            Self::Number => "número",
            Self::Boolean => "condición",
            Self::Date | Self::Instant => "fecha",
            Self::Timestamp => "fecha con hora",
            Self::Interval => "intervalo",
            Self::Geometry => "geometría",
            Self::Array => "lista",
            Self::Scalar => "valor",
        }
    }

    /// How a literal of the type is written.
    fn mend(self) -> &'static str {
        match self {
            Self::Text => "Un texto se escribe entre comillas simples: 'Cajamarca'.",
            Self::Number => "Un número se escribe sin comillas: 12.5.",
            Self::Boolean => "Una condición es, por ejemplo, nombre = 'Llacanora'.",
            Self::Date => "Una fecha se escribe DATE('2024-05-31').",
            Self::Timestamp => "Una fecha con hora se escribe TIMESTAMP('2024-05-31T10:20:30Z').",
            Self::Instant => "Una fecha se escribe DATE('2024-05-31'); con hora, TIMESTAMP('2024-05-31T10:20:30Z').",
            Self::Interval => {
                "Un intervalo se escribe INTERVAL('2024-01-01', '2024-12-31') o con '..' si no tiene fin."
            }
            Self::Geometry => "Una geometría se escribe, por ejemplo, POINT(-78.5 -7.15) o BBOX(-79, -8, -78, -7).",
            Self::Array => "Una lista se escribe entre corchetes: ['a', 'b'].",
            Self::Scalar => "Use un texto entre comillas simples, un número o una fecha.",
        }
    }
}

/// A text of at most so many characters, with an ellipsis where it was cut.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn place_es(place: &Place) -> String {
    match place {
        Place::Character(at) => format!("en el carácter {at}"),
        Place::LineColumn(line, column) => format!("en la línea {line}, columna {column}"),
        Place::Pointer(path) if path.is_empty() => "en el primer nivel del JSON".to_owned(),
        Place::Pointer(path) => format!("en «{path}» del JSON"),
    }
}

fn wanted_es(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Operand => {
            "un valor, un nombre de propiedad o un paréntesis que abre (los textos van entre comillas simples)"
        }
        Wanted::Sign(sign) => return format!("«{sign}»"),
        Wanted::OperatorOrEnd => "un operador (AND, OR, =, <, …) o el fin del filtro",
        Wanted::NegatedTest => "LIKE, BETWEEN o IN después de NOT",
        Wanted::Quote(quote) => return format!("la comilla que cierra ({quote})"),
        Wanted::KnownSign => "un signo del lenguaje (para «distinto de» use <>)",
        Wanted::Number => "un número",
        Wanted::Date => "una fecha entre comillas simples, como '2024-05-31'",
        Wanted::Timestamp => "una fecha con hora entre comillas simples, como '2024-05-31T10:20:30Z'",
        Wanted::IntervalEnd => "'2024-05-31', '2024-05-31T10:20:30Z', '..', una propiedad o una función",
        Wanted::Member => {
            "un objeto solo con «op» y «args», «property», «date», «timestamp», «interval», «bbox», o una geometría GeoJSON"
        }
        Wanted::Operation => "el nombre de una operación de CQL2 o de una función",
        Wanted::Array => "una lista con los elementos que le corresponden",
        Wanted::Text => "un texto",
        Wanted::GeometryType => "un tipo de geometría (Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon, GeometryCollection)",
        Wanted::Coordinates => "coordenadas como las pide el tipo de geometría",
        Wanted::Line => "una línea con dos posiciones o más",
        Wanted::Ring => "un anillo con cuatro posiciones o más, la última igual a la primera",
        Wanted::Bbox => "oeste, sur, este, norte (o seis números con alturas), con el sur no mayor que el norte",
        Wanted::Operands(name, 1) => return format!("un operando para «{name}»"),
        Wanted::Operands(name, count) => return format!("{count} operandos para «{name}»"),
        Wanted::Json => "JSON bien formado",
    }
    .to_owned()
}

fn measure_es(measure: Measure, limit: usize) -> String {
    let (what, mend) = match measure {
        Measure::Bytes => ("bytes", "Acórtelo o pártalo en varios."),
        Measure::Depth => (
            "niveles de paréntesis u operaciones anidadas",
            "Simplifique la expresión.",
        ),
        Measure::Nodes => ("partes", "Pártalo en varios filtros."),
        Measure::Vertices => (
            "vértices en sus geometrías",
            "Simplifique las geometrías o suba un archivo.",
        ),
        Measure::Pattern => ("caracteres en un patrón de LIKE", "Acorte el patrón."),
        Measure::Crowding => (
            "pares de lados encimados en una geometría",
            "Simplifique la geometría o suba un archivo.",
        ),
    };
    format!("El filtro tiene más de {limit} {what}, que es el límite. {mend}")
}

fn unknown_es(name: &str, nearest: &[String]) -> String {
    match nearest {
        [] => format!("No hay una propiedad «{name}». Vea las que se pueden filtrar en /queryables."),
        names => format!("No hay una propiedad «{name}». ¿Quiso decir «{}»?", names.join("» o «")),
    }
}

pub(crate) fn sentence_es(error: &FilterError) -> String {
    match error {
        FilterError::Syntax { place, wanted, found } => {
            let found = if found.is_empty() {
                "termina".to_owned()
            } else {
                format!("dice «{found}»")
            };
            let (place, wanted) = (place_es(place), wanted_es(wanted));
            format!("El filtro no se entiende {place}: {found}, y se esperaba {wanted}.")
        }
        FilterError::TooMuch { measure, limit } => measure_es(*measure, *limit),
        FilterError::UnknownProperty { name, nearest } => unknown_es(name, nearest),
        FilterError::UnknownFunction { name } => {
            let known = crate::functions::names();
            format!("No hay una función «{name}». Las que hay: {known}.")
        }
        FilterError::WrongArguments { name, signature } => format!("La función «{name}» se escribe {signature}."),
        FilterError::WrongType { wanted, found, near } => {
            let (wanted_is, found) = (wanted.es(), found.es());
            format!("En «{near}» va {wanted_is} y hay {found}. {}", wanted.mend())
        }
        FilterError::Incomparable { left, right, near } => {
            let (found, other) = (left.es(), right.es());
            format!("En «{near}» se compara {found} con {other}. {}", left.mend())
        }
        FilterError::NoOrder { kind, near } => {
            format!("En «{near}» se ordena {}, que solo admite = y <>.", kind.es())
        }
        FilterError::PatternNotLiteral { near } => {
            format!("En «{near}» el patrón de LIKE debe ser un texto escrito entre comillas simples.")
        }
        FilterError::IntervalReversed { near } => {
            format!("El intervalo «{near}» termina antes de empezar: invierta sus extremos.")
        }
        FilterError::IntervalsOnly { operation, near } => {
            let interval = Kind::Interval.mend();
            format!("«{operation}» relaciona intervalos y «{near}» es un instante. {interval}")
        }
        geometric => geometric_es(geometric),
    }
}

fn geometric_es(error: &FilterError) -> String {
    match error {
        FilterError::NotLonLat { x, y, near } => format!(
            "En «{near}» la posición ({x}, {y}) no es longitud y latitud en grados: corríjala o declare el sistema de \
             coordenadas del filtro (filter-crs)."
        ),
        FilterError::InvalidGeometry { x, y, near } => format!(
            "En «{near}» la geometría no es válida cerca de ({x}, {y}): los anillos de un polígono no se cruzan ni se tocan a sí \
             mismos, los huecos van dentro, y una línea tiene largo. Corríjala."
        ),
        FilterError::Collection { operation, near } => format!(
            "«{operation}» no está definida para la colección «{near}»: use una geometría de un solo tipo, o S_INTERSECTS \
             o S_DISJOINT."
        ),
        other => other.to_string(),
    }
}
