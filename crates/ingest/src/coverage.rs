//! The ground where a layer is complete, as its profile declares it.

use crate::profile::CoverageRule;
use crate::{OpenError, Profile};
use geo_types::{LineString, MultiPolygon, Polygon};
use serde_json::Value;
use territory::{Coverage, locate};

/// The declared coverage, its outline valid and in lon/lat.
pub(crate) fn declared(profile: &Profile) -> Result<Coverage, OpenError> {
    match &profile.coverage {
        CoverageRule::Undeclared => Ok(Coverage::Undeclared),
        CoverageRule::National => Ok(Coverage::National),
        CoverageRule::Area { source, bbox, file } => {
            let outline = match (bbox, file) {
                (Some([west, south, east, north]), _) => {
                    let ring = vec![
                        (*west, *south),
                        (*east, *south),
                        (*east, *north),
                        (*west, *north),
                        (*west, *south),
                    ];
                    MultiPolygon(vec![Polygon::new(LineString::from(ring), Vec::new())])
                }
                (None, Some(file)) => {
                    let path = profile
                        .folder
                        .as_ref()
                        .map_or_else(|| file.clone(), |folder| folder.join(file));
                    outline_in(&path).map_err(|why| OpenError::Coverage(format!("{}: {why}", path.display())))?
                }
                (None, None) => return Err(OpenError::Coverage("no indica ni «bbox» ni «file»".to_owned())),
            };
            let located = locate(&outline, None).map_err(|error| OpenError::Coverage(error.to_string()))?;
            Ok(Coverage::Area {
                source: source.clone(),
                outline: located.lonlat,
            })
        }
    }
}

/// Every polygon of a GeoJSON file in lon/lat.
fn outline_in(path: &std::path::Path) -> Result<MultiPolygon<f64>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let json: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut polygons = Vec::new();
    gather(&json, &mut polygons)?;
    if polygons.is_empty() {
        Err("no contiene ningún polígono".to_owned())
    } else {
        Ok(MultiPolygon(polygons))
    }
}

fn gather(json: &Value, polygons: &mut Vec<Polygon<f64>>) -> Result<(), String> {
    let broken = || "las coordenadas no son pares de números".to_owned();
    match json["type"].as_str() {
        Some("FeatureCollection") => json["features"]
            .as_array()
            .into_iter()
            .flatten()
            .try_for_each(|f| gather(f, polygons)),
        Some("Feature") => gather(&json["geometry"], polygons),
        Some("GeometryCollection") => json["geometries"]
            .as_array()
            .into_iter()
            .flatten()
            .try_for_each(|g| gather(g, polygons)),
        Some("Polygon") => {
            polygons.push(polygon(&json["coordinates"]).ok_or_else(broken)?);
            Ok(())
        }
        Some("MultiPolygon") => {
            for part in json["coordinates"].as_array().ok_or_else(broken)? {
                polygons.push(polygon(part).ok_or_else(broken)?);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn polygon(rings: &Value) -> Option<Polygon<f64>> {
    let ring = |ring: &Value| -> Option<LineString<f64>> {
        ring.as_array()?
            .iter()
            .map(|at| Some((at[0].as_f64()?, at[1].as_f64()?)))
            .collect::<Option<Vec<_>>>()
            .map(LineString::from)
    };
    let mut rings = rings
        .as_array()?
        .iter()
        .map(ring)
        .collect::<Option<Vec<_>>>()?
        .into_iter();
    let exterior = rings.next()?;
    let exterior_holds = !exterior.0.is_empty();
    exterior_holds.then(|| Polygon::new(exterior, rings.collect()))
}
