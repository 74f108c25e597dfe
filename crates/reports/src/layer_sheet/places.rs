//! Where a sheet lies: names of its departments, provinces and districts, and the small map.

use super::LayerSheetGround;
use super::classes::frame_of;
use conflicts::LayerAround;
use geo::BoundingRect;
use geo_types::Geometry;
use maps::{Locator, MapError, Window};
use territory::{Feature, LayerKind, shared_area};

/// Where a sheet lies.
pub(super) struct Places<'a> {
    /// Names of the units that the frame meets, by layer, the largest first, each sorted.
    pub names: Vec<(LayerKind, Vec<&'a str>)>,
    /// The small map.
    pub locator: Option<Locator<'a>>,
}

/// Finds them.
pub(super) fn places<'a>(ground: &'a LayerSheetGround<'a>, window: &Window) -> Result<Places<'a>, MapError> {
    let frame = frame_of(window);
    let in_frame = |feature: &Feature| {
        let land = feature.land.as_ref();
        land.is_some_and(|land| shared_area(&frame, land.shape_in(window.zone, &feature.lonlat)).0 > 0.0)
    };
    let mut names = Vec::new();
    let mut locator: Option<Locator<'a>> = None;
    for layer in &ground.units {
        let all: Vec<&Feature> = features(layer);
        let (met, others): (Vec<&Feature>, Vec<&Feature>) = all.iter().partition(|feature| in_frame(feature));
        let mut said: Vec<&str> = met
            .iter()
            .filter_map(|feature| feature.attributes.text("name"))
            .collect();
        said.sort_unstable();
        said.dedup();
        if !said.is_empty() {
            names.push((layer.kind, said));
        }
        match &mut locator {
            None if !all.is_empty() => {
                locator = Some(Locator {
                    extent: extent(&all, window)?,
                    units: lands(&met),
                    others: lands(&others),
                });
            }
            // the outline of one unit alone says little: what it is made of stands in it
            Some(locator) if locator.units.len() == 1 && locator.others.len() < 2 => {
                locator.others.extend(lands(&all));
            }
            _ => {}
        }
    }
    Ok(Places { names, locator })
}

fn features<'a>(layer: &LayerAround<'a>) -> Vec<&'a Feature> {
    layer
        .editions
        .iter()
        .flat_map(|edition| edition.features.iter().copied())
        .collect()
}

fn lands<'a>(features: &[&'a Feature]) -> Vec<&'a Geometry<f64>> {
    features.iter().map(|feature| &feature.lonlat).collect()
}

/// The box of units and of the frame.
fn extent(units: &[&Feature], window: &Window) -> Result<[f64; 4], MapError> {
    let boxes = units.iter().filter_map(|feature| feature.lonlat.bounding_rect());
    let boxes = boxes.map(|bounds| [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]);
    let frame = window.lonlat_box()?;
    Ok(boxes.fold(frame, |all, one| {
        [
            all[0].min(one[0]),
            all[1].min(one[1]),
            all[2].max(one[2]),
            all[3].max(one[3]),
        ]
    }))
}
