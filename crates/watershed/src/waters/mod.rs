//! A drained model ready to be asked: what lies above a place and below it, with ways and hectares, without walking whole basins.

mod above;
mod below;
mod canals;
mod held;
mod index;
mod laid;

pub use above::{Above, Lying, Source};
pub use below::{Below, Met};
pub use canals::{Canal, Canals};
pub use held::{Mouth, Waters};
pub use index::{GroundBy, WaterIndex};
pub use laid::{Laid, Standings};
