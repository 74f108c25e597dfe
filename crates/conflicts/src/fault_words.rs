//! The kinds of faults in words: English for logs, Spanish with the mend for people.

use crate::FaultKind;

impl FaultKind {
    /// What is wrong, in English.
    pub(crate) fn english(self) -> &'static str {
        match self {
            Self::MissingFile => "is missing",
            Self::Unreadable => "does not read",
            Self::UnknownKey => "unknown key",
            Self::MissingKey => "the key is missing",
            Self::UnknownFormat => "unknown format",
            Self::Twice => "the id stands twice",
            Self::NoReason => "without its reason",
            Self::BadNumber => "a number out of bounds",
            Self::EndsBeforeBegins => "ends before it begins",
            Self::UnknownLayer => "the layer is not consulted",
            Self::UnknownGroup => "the group is not known",
            Self::UnknownNorm => "the norm is not in norms.toml",
            Self::UnknownAuthority => "the authority is not in norms.toml",
            Self::RepealedNorm => "the norm was repealed before or within the time of the book",
            Self::LaterNorm => "the norm was not yet in force when the book began",
            Self::Unused => "no rule names it",
            Self::NoRule => "a finding of this layer could be left without a rule",
            Self::NeverReached => "never reached behind the rules before it",
            Self::StepGap => "the steps leave a gap: the last must begin at 0",
            Self::StepOrder => "the steps must go from the largest share down",
            Self::NoSentence => "the sentence is missing",
            Self::UnknownSentence => "nobody writes this sentence",
            Self::UnknownPlace => "the place is not known",
            Self::ForbiddenWord => "a forbidden word",
            Self::NoApprovedWord => "none of the approved words",
            Self::SameId => "two versions have this id",
            Self::SameStart => "two versions begin on this day",
            Self::TimeGap => "no version is in force from this day until the next begins",
            Self::TimeOverlap => "another version begins before this one ends",
            Self::NoVersion => "no rulebook in the folder",
        }
    }

    /// What is wrong, in Spanish.
    pub(crate) fn what_es(self) -> &'static str {
        match self {
            Self::MissingFile => "falta el archivo",
            Self::Unreadable => "no se puede leer",
            Self::UnknownKey => "la clave no se conoce",
            Self::MissingKey => "falta la clave",
            Self::UnknownFormat => "el formato no se conoce",
            Self::Twice => "el identificador está dos veces",
            Self::NoReason => "falta la razón",
            Self::BadNumber => "el número está fuera de lo posible",
            Self::EndsBeforeBegins => "termina antes de empezar",
            Self::UnknownLayer => "la capa no se consulta",
            Self::UnknownGroup => "el grupo no existe",
            Self::UnknownNorm => "la norma no está en norms.toml",
            Self::UnknownAuthority => "la autoridad no está en norms.toml",
            Self::RepealedNorm => "la norma deja de regir antes de que termine la vigencia del libro",
            Self::LaterNorm => "la norma empieza a regir después que el libro",
            Self::Unused => "ninguna regla la nombra",
            Self::NoRule => "un hallazgo de esta capa podría quedar sin regla",
            Self::NeverReached => "no se usa nunca: una regla anterior de la capa toma todo lo suyo",
            Self::StepGap => "los tramos dejan un hueco",
            Self::StepOrder => "los tramos no van de la parte mayor a la menor",
            Self::NoSentence => "falta la frase",
            Self::UnknownSentence => "ningún informe escribe esta frase",
            Self::UnknownPlace => "lo que va entre llaves no se conoce",
            Self::ForbiddenWord => "la frase tiene una palabra vedada",
            Self::NoApprovedWord => "la frase no tiene ninguna de las palabras aprobadas",
            Self::SameId => "dos versiones llevan este identificador",
            Self::SameStart => "dos versiones empiezan a regir el mismo día",
            Self::TimeGap => "desde este día, y hasta que empieza la versión siguiente, no rige ningún libro",
            Self::TimeOverlap => "otra versión empieza a regir antes de que esta termine",
            Self::NoVersion => "la carpeta no tiene ningún libro de reglas",
        }
    }

    /// What to do about it, in Spanish.
    pub(crate) fn mend_es(self) -> &'static str {
        match self {
            Self::MissingFile => "Póngalo en la carpeta del libro",
            Self::Unreadable => "Corrija esa línea",
            Self::UnknownKey | Self::UnknownSentence => "Corrija su nombre o quítela",
            Self::MissingKey => "Agréguela",
            Self::UnknownFormat => "Escriba format = 2",
            Self::Twice => "Deje uno o cambie el otro",
            Self::NoReason => "Escriba por qué; si es una convención, empiece con «convención:»",
            Self::BadNumber => "Corrija el número",
            Self::EndsBeforeBegins => "Corrija una de las dos fechas",
            Self::UnknownLayer => "Agréguela a layers.toml o corrija la regla",
            Self::UnknownGroup => "Use titulado, tramite, extinguido u otros",
            Self::UnknownNorm => "Agréguela ahí o quítela de la regla",
            Self::UnknownAuthority => "Agréguela ahí o corrija la regla",
            Self::RepealedNorm => "Quítela de la regla, o haga regir otra versión del libro desde ese día",
            Self::LaterNorm => "Quítela de la regla, o cítela en una versión que empiece con ella",
            Self::Unused => "Nómbrela en una regla o quítela",
            Self::NoRule => "Agregue en rules.toml una regla de la capa sin group ni category, o una por cada grupo",
            Self::NeverReached => "Póngala antes, o quítela",
            Self::StepGap => "El último tramo debe empezar en at_least = 0.0",
            Self::StepOrder => "Ordénelos por at_least, de mayor a menor",
            Self::NoSentence => "Escríbala",
            Self::UnknownPlace => "Use name, feature, status, ha, percent, land o distance",
            Self::ForbiddenWord => "Dígalo con otra palabra",
            Self::NoApprovedWord => "Use una de las de [words] approved en rulebook.toml",
            Self::SameId => "Dé otro a una de las dos",
            Self::SameStart => "Cambie la fecha de una de las dos",
            Self::TimeGap | Self::TimeOverlap => "Haga que una termine el día en que empieza la otra",
            Self::NoVersion => "Ponga en ella rulebook.toml y los demás archivos, o una carpeta por versión",
        }
    }
}
