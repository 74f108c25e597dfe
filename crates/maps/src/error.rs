//! What can be wrong with a map.

/// Why there is no map.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// Nothing to draw a map of.
    #[error("there is no land to draw")]
    NoLand,
    /// The asked scale is too large for the sheet.
    #[error("the land does not fit at 1:{asked}; the least round scale that fits is 1:{fits}")]
    DoesNotFit {
        /// Denominator.
        asked: u32,
        /// The least round denominator that fits.
        fits: u32,
    },
    /// A denominator that no sheet has.
    #[error("1:{asked} is not between 1:500 and 1:10 000 000")]
    Scale {
        /// Denominator.
        asked: u32,
    },
    /// A box or a picture without width or height.
    #[error("the box or the picture has no width or no height")]
    EmptyBox,
    /// Legend and sources leave no room on a sheet.
    #[error("the legend and the sources have no room on {paper}")]
    Crowded {
        /// The sheet.
        paper: &'static str,
    },
    /// Farther east or west than the zones of Peru.
    #[error("the middle of the box lies at longitude {lon}, in no UTM zone of Peru")]
    NoZone {
        /// Degrees.
        lon: f64,
    },
    /// Larger than a country.
    #[error("the land fits at no scale that is drawn")]
    TooLarge,
    /// A coordinate that cannot be projected.
    #[error(transparent)]
    Transform(#[from] crs::TransformError),
    /// A picture without pixels, or with too many.
    #[error("a picture of {width} by {height} pixels cannot be made")]
    PictureSize {
        /// Pixels.
        width: f64,
        /// Pixels.
        height: f64,
    },
    /// The symbology is wrong: what and where, as its reader says it.
    #[error("symbology: {0}")]
    Symbology(String),
    /// A feature names a style that the symbology does not have.
    #[error("the symbology has no style «{0}»")]
    NoStyle(String),
    /// The symbology wants words that were not given.
    #[error("there are no words for «{0}»")]
    NoWords(String),
}

impl MapError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoLand => "No hay ninguna tierra que dibujar.".to_owned(),
            Self::DoesNotFit { asked, fits } => format!(
                "A escala 1:{} la tierra no entra en la hoja. La menor escala redonda en que entra es 1:{}: pida esa, u otra hoja.",
                grouped(*asked),
                grouped(*fits)
            ),
            Self::Scale { asked } => format!(
                "La escala 1:{} no se puede dibujar: pida una entre 1:500 y 1:10 000 000.",
                grouped(*asked)
            ),
            Self::EmptyBox => {
                "La caja o la imagen no tiene ancho o alto: el oeste debe ser menor que el este y el sur menor que el norte.".to_owned()
            }
            Self::Crowded { paper } => format!(
                "La leyenda y las fuentes no entran en una hoja {} con letras legibles: pida menos capas o una hoja mayor.",
                paper.to_uppercase()
            ),
            Self::NoZone { lon } => format!(
                "El centro de la caja está en la longitud {lon:.4}, y las zonas UTM 17, 18 y 19 van de 84° O a 66° O: pida una caja del Perú."
            ),
            Self::TooLarge => {
                "La tierra no entra en la hoja a ninguna de las escalas que se dibujan. Revise sus coordenadas, o pida otra hoja.".to_owned()
            }
            Self::Transform(error) => error.sentence_es(),
            Self::PictureSize { width, height } => format!(
                "No se puede hacer una imagen de {width} por {height} puntos: pida menos puntos por pulgada, entre 1 y 72 millones de puntos en total."
            ),
            Self::Symbology(error) => format!("La simbología tiene un error: {error}"),
            Self::NoStyle(style) => format!("La simbología no tiene el estilo «{style}»: agréguelo."),
            Self::NoWords(id) => format!("Falta el texto «{id}» de la simbología: agréguelo."),
        }
    }
}

/// A number with its thousands apart.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}
