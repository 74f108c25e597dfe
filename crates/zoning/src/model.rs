//! A zoning model: criteria, submodels, the decision table and the zones that it names.

use crate::ValueFunction;

/// A model that was read whole and found without fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its name, as its files are named.
    pub name: String,
    /// Its title, for people.
    pub title: String,
    /// EPSG code of the projected system of its grid, in metres.
    pub epsg: u32,
    /// Side of a cell, metres.
    pub cell: f64,
    /// Denominator of the scale at which it may be read.
    pub scale: u32,
    /// The least area of a zone, hectares (*unidad mínima cartografiable*).
    pub minimum_unit: f64,
    /// Who agreed it and when.
    pub agreement: Agreement,
    /// Criteria in the order of their names: the order in which grids are handed to the engine.
    pub criteria: Vec<Criterion>,
    /// Submodels, members before those that are made of them.
    pub submodels: Vec<Submodel>,
    /// Zones in the order of their codes.
    pub zones: Vec<Zone>,
    /// What decides before the table, first match wins.
    pub constraints: Vec<Constraint>,
    /// The submodels whose classes the table reads, as places of [`Self::submodels`]: an ecological-economic unit (UEE) is land where all
    /// of them have one class.
    pub factors: Vec<usize>,
    /// The decision table, first match wins; complete.
    pub rules: Vec<Rule>,
    /// Other weights by name.
    pub scenarios: Vec<Scenario>,
}

/// Who agreed a model, when, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who: *Comisión Técnica*.
    pub by: String,
    /// The day, `YYYY-MM-DD`.
    pub on: String,
}

/// Something measured of every cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// Its name in the model.
    pub name: String,
    /// The layer or raster it comes from.
    pub source: String,
    /// The field of a layer; `None`: a raster.
    pub field: Option<String>,
    /// How it comes to the model's grid.
    pub to_grid: ToGrid,
    /// Its unit, as it is printed.
    pub unit: String,
    /// What suits: `None` for a criterion that only constrains.
    pub value: Option<ValueFunction>,
}

/// How a source comes to the model's grid; always written in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToGrid {
    /// The raster's cell under the middle of the model's cell.
    Nearest,
    /// Between the four nearest cells of the raster.
    Bilinear,
    /// The mean of the raster's cells within the model's cell.
    Mean,
    /// The commonest code of the raster's cells within the model's cell.
    Majority,
    /// The feature under the middle of the cell.
    Centre,
    /// Metres from the middle of the cell to the nearest feature.
    Distance,
}

/// Values of criteria and of other submodels, combined and cut in classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Submodel {
    /// Its name in the model.
    pub name: String,
    /// Its title, for people.
    pub title: String,
    /// What it is made of: criteria by name, then submodels by name.
    pub members: Vec<Member>,
    /// How its members are combined.
    pub combine: Combine,
    /// Where its weights come from.
    pub origin: Origin,
    /// Names of its classes, from the least score.
    pub classes: Vec<String>,
    /// The scores at which the second and later classes begin.
    pub breaks: Vec<f64>,
}

/// A member of a submodel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// A place of [`Model::criteria`].
    Criterion(usize),
    /// A place of [`Model::submodels`].
    Submodel(usize),
}

/// How the values of members become one score of 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Combine {
    /// Σ wᵢ xᵢ, weights in the order of the members; their sum is 1.
    Linear(Vec<f64>),
    /// Σ vⱼ x₍ⱼ₎ over the values from the best to the least (Yager 1988); the sum of the order weights is 1.
    Ordered(Vec<f64>),
    /// (1 − Π(1 − xᵢ))^γ · (Π xᵢ)^(1 − γ) (Zimmermann & Zysno 1980).
    Gamma(f64),
    /// The least value.
    And,
    /// The greatest value.
    Or,
}

/// Where weights come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// Written in the file.
    Direct,
    /// From the order of importance, by this formula.
    Ranks(RankFormula),
    /// From comparisons of pairs.
    Pairs {
        /// The consistency ratio.
        ratio: f64,
        /// Why a ratio above 0.10 is taken.
        accepted: Option<String>,
    },
    /// The combination has no weights of members.
    None,
}

/// How ranks become weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankFormula {
    /// Rank order centroid.
    Centroid,
    /// Rank sum.
    Sum,
}

/// A zone that the model may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its code.
    pub code: String,
    /// The label of the region, kept as it is.
    pub title: String,
    /// The national category beside it.
    pub category: Category,
}

/// The five categories of DS 087-2004-PCM, article 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// a: *zonas productivas*.
    Productive,
    /// b: *zonas de protección y conservación ecológica*.
    Protection,
    /// c: *zonas de tratamiento especial*.
    SpecialTreatment,
    /// d: *zonas de recuperación*.
    Recovery,
    /// e: *zonas urbanas o industriales*.
    UrbanIndustrial,
}

impl Category {
    /// All of them, in the order of their letters.
    pub const ALL: [Self; 5] = [
        Self::Productive,
        Self::Protection,
        Self::SpecialTreatment,
        Self::Recovery,
        Self::UrbanIndustrial,
    ];

    /// The letter of the article.
    pub fn letter(self) -> &'static str {
        ["a", "b", "c", "d", "e"][self as usize]
    }

    /// The category of a letter.
    pub fn from_letter(letter: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.letter() == letter)
    }
}

/// Land that a criterion decides before the table does.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its name.
    pub name: String,
    /// A place of [`Model::criteria`].
    pub criterion: usize,
    /// What the criterion measures there.
    pub test: Test,
    /// A place of [`Model::zones`].
    pub zone: usize,
    /// Why.
    pub reason: String,
}

/// What a constraint asks of a measurement; *sin dato* never meets it.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// One of these codes.
    In(Vec<u32>),
}

/// A row of the decision table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// For each of [`Model::factors`] the classes that it takes, from 1; empty: any.
    pub when: Vec<Vec<u8>>,
    /// A place of [`Model::zones`].
    pub zone: usize,
}

/// Other weights for some submodels.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Places of [`Model::submodels`] with their weights.
    pub weights: Vec<(usize, Vec<f64>)>,
}

impl Model {
    /// The model with the weights of a scenario. `None` if there is none of that name.
    #[must_use]
    pub fn with_scenario(&self, name: &str) -> Option<Self> {
        let scenario = self.scenarios.iter().find(|scenario| scenario.name == name)?;
        let mut model = self.clone();
        for (submodel, weights) in &scenario.weights {
            model.submodels[*submodel].combine = Combine::Linear(weights.clone());
            model.submodels[*submodel].origin = Origin::Direct;
        }
        Some(model)
    }

    /// The least number of cells of a zone.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the parser bounds both, and a hectare has fewer cells than a number holds"
    )]
    pub fn minimum_cells(&self) -> u32 {
        // a hair less, so that 4 ha of cells of 0.09 ha are not one more for a rounding
        (self.minimum_unit * 10_000.0 / (self.cell * self.cell) - 1e-9).ceil() as u32
    }
}
