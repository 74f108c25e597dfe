//! PROJ pipelines, spelt out in full and made once per thread.
//!
//! The strings need no `proj.db` and name the algorithm of the projection, so that neither `PROJ_DATA` nor a
//! `proj.ini` of the machine can change a result.

use crate::system::{Projection, System};
use crate::{Crs, Datum, DatumOperation};
use proj::Proj;
use std::cell::RefCell;
use std::fmt::Write as _;

/// From coordinates of a system to lon/lat WGS 84, or back.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    ToLonLat,
    FromLonLat,
}

thread_local! {
    static MADE: RefCell<Vec<(Crs, DatumOperation, Proj)>> = const { RefCell::new(Vec::new()) };
}

/// Points per call of the library: enough to make the call cheap, few enough to stay in the cache.
const CHUNK: usize = 1024;

/// Runs all points through the pipeline of a system.
///
/// # Errors
/// The library's words, with the index of the first point that it refused; earlier chunks are then already changed.
pub(crate) fn run(
    crs: Crs,
    operation: DatumOperation,
    direction: Direction,
    coords: &mut [geo_types::Coord<f64>],
) -> Result<(), (usize, String)> {
    MADE.with_borrow_mut(|made| {
        let known = made.iter().position(|(of, by, _)| *of == crs && *by == operation);
        let known = known.unwrap_or_else(|| {
            let pipeline = to_lonlat(crs.system(), operation);
            let proj = Proj::new(&pipeline).expect("every pipeline of the table is tested");
            made.push((crs, operation, proj));
            made.len() - 1
        });
        let proj = &made[known].2;
        let mut buffer: Vec<(f64, f64)> = Vec::with_capacity(CHUNK.min(coords.len()));
        for (chunk, points) in coords.chunks_mut(CHUNK).enumerate() {
            buffer.clear();
            buffer.extend(points.iter().map(|point| (point.x, point.y)));
            let backwards = direction == Direction::FromLonLat;
            if proj.project_array(&mut buffer, backwards).is_err() {
                let (index, reason) = first_refused(proj, points, backwards);
                return Err((chunk * CHUNK + index, reason));
            }
            for (index, (point, &(x, y))) in points.iter_mut().zip(&buffer).enumerate() {
                if !x.is_finite() || !y.is_finite() {
                    return Err((chunk * CHUNK + index, "no finite result".to_owned()));
                }
                (point.x, point.y) = (x, y);
            }
        }
        Ok(())
    })
}

fn first_refused(proj: &Proj, points: &[geo_types::Coord<f64>], backwards: bool) -> (usize, String) {
    for (index, point) in points.iter().enumerate() {
        if let Err(error) = proj.project_array(&mut [(point.x, point.y)], backwards) {
            return (index, error.to_string());
        }
    }
    (0, "refused together, though each point alone is accepted".to_owned())
}

/// The pipeline from a system to lon/lat WGS 84 in degrees.
fn to_lonlat(system: &System, operation: DatumOperation) -> String {
    let ellipsoid = system.datum.ellipsoid();
    let mut pipeline = String::from("+proj=pipeline");
    let steps = match system.projection {
        Projection::Geographic => "+step +proj=unitconvert +xy_in=deg +xy_out=rad".to_owned(),
        Projection::WebMercator => "+step +inv +proj=webmerc +ellps=WGS84".to_owned(),
        Projection::Utm(zone) => {
            format!(
                "+step +inv +proj=utm +zone={} +south +ellps={ellipsoid} +algo=poder_engsager",
                zone.number()
            )
        }
        Projection::Strip(_, parameters) => {
            format!("+step +inv +proj=tmerc {parameters} +ellps={ellipsoid} +algo=poder_engsager")
        }
    };
    write!(pipeline, " {steps}").expect("writing to a string");
    if system.datum == Datum::Psad56 {
        let helmert = operation.helmert();
        write!(
            pipeline,
            " +step +proj=cart +ellps={ellipsoid} +step {helmert} +step +inv +proj=cart +ellps=WGS84"
        )
        .expect("writing to a string");
    }
    pipeline.push_str(" +step +proj=unitconvert +xy_in=rad +xy_out=deg");
    pipeline
}
