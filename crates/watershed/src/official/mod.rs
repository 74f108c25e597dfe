//! Official units (*unidades hidrográficas*) as their authority gives them: codes of mixed levels, read, nested and linked by their digits.

mod faults;
mod holdings;
mod land;
mod read;
mod tree;

pub use faults::{LandFault, UnitFault};
pub use holdings::{Holding, holdings};
pub use land::{LandLimits, land_faults};
pub use read::GivenUnit;
pub use tree::{OfficialUnit, OfficialUnits, is_shore};
