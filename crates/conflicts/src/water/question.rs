//! The one question: what lies upstream of a place, or below it.

use super::answer::{
    AskedOut, ByGroup, Direction, GroundOut, LyingOut, PartOut, SnapOut, WaterAnswer, WaterLayerOut, WaterState,
};
use super::laid::{WaterLayer, lonlat_of, on_grid};
use super::model::WaterModel;
use crate::Fixed;
use concessions::RightGroup;
use geo_types::{Geometry, Point};
use territory::{Feature, LayerKind, Metres};
use watershed::{Above, Below, Laid, Snapped, Standing, WaterIndex, Waters, covered_cells};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// Longitude and latitude WGS 84.
    Point([f64; 2]),
    /// A feature: a point is led to the nearest stream, all else is asked about as the ground that it covers.
    Feature {
        /// Its layer.
        layer: LayerKind,
        /// Its edition.
        edition: &'a str,
        /// Itself.
        feature: &'a Feature,
    },
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct WaterQuestion<'a> {
    /// What is asked about.
    pub asked: Asked<'a>,
    /// Which way.
    pub direction: Direction,
    /// How far the stream may lie to which a point is led.
    pub limit: Metres,
}

/// Where the question begins on a model.
struct Begun {
    cells: Vec<u32>,
    snap: Option<SnapOut>,
    part: Option<PartOut>,
}

/// No beginning: why, and in words.
struct Nowhere {
    state: WaterState,
    explanation: Option<String>,
    snap: Option<SnapOut>,
}

const NO_MODEL: &str = "No se puede determinar: no hay ningún modelo de drenaje publicado para esta fecha; quien administra el almacén \
                        puede publicar uno con «tupu watershed publish».";

/// Answers a question by the first of the models that holds the place; where none does, by what the first says of it.
///
/// Of a model the cells of the units in which the place lies are walked, and no others. The order of all lists is that of ways, editions and keys.
pub fn water_answer(models: &[WaterModel], question: &WaterQuestion<'_>) -> WaterAnswer {
    let mut refused: Option<(&WaterModel, Nowhere)> = None;
    for model in models {
        match begin(&model.waters, question) {
            Ok(begun) => return answered(model, question, begun),
            // a model that holds the place and knows no answer tells more than one that does not hold it
            Err(nowhere)
                if refused
                    .as_ref()
                    .is_none_or(|(_, known)| known.state == WaterState::OffModel) =>
            {
                refused = Some((model, nowhere));
            }
            Err(_) => {}
        }
    }
    let mut answer = WaterAnswer {
        direction: question.direction,
        state: WaterState::NoModel,
        explanation: Some(NO_MODEL.to_owned()),
        asked: question.asked.out(),
        model: None,
        snap: None,
        part: None,
        catchment: None,
        layers: Vec::new(),
        limits: Vec::new(),
    };
    if let Some((model, nowhere)) = refused {
        let Nowhere {
            state,
            explanation,
            snap,
        } = nowhere;
        answer.model = (state != WaterState::OffModel).then(|| model.out());
        (answer.state, answer.explanation, answer.snap) = (state, explanation, snap);
    }
    answer
}

impl Asked<'_> {
    fn out(&self) -> AskedOut {
        match self {
            Self::Point(point) => AskedOut {
                point: Some(point.map(Fixed)),
                ..AskedOut::default()
            },
            Self::Feature {
                layer,
                edition,
                feature,
            } => AskedOut {
                point: None,
                layer: Some(*layer),
                id: Some(feature.key.clone()),
                name: Some(feature.name().to_owned()),
                edition: Some((*edition).to_owned()),
            },
        }
    }

    /// Whether a feature of a layer is the one asked about.
    fn is(&self, kind: LayerKind, (edition, id): (&str, &str)) -> bool {
        matches!(self, Self::Feature { layer, edition: own, feature } if *layer == kind && *own == edition && feature.key == id)
    }
}

fn begin(waters: &Waters, question: &WaterQuestion<'_>) -> Result<Begun, Nowhere> {
    let own;
    let lonlat = match &question.asked {
        Asked::Point([x, y]) => {
            own = Geometry::Point(Point::new(*x, *y));
            &own
        }
        Asked::Feature { feature, .. } => &feature.lonlat,
    };
    let Some(geometry) = on_grid(waters.grid(), lonlat) else {
        return Err(nowhere(Snapped::Nowhere(Standing::OffGrid), question.limit));
    };
    if let Geometry::Point(point) = geometry {
        let found = waters.snap([point.x(), point.y()], question.limit);
        let (snap, mouth) = found.map_err(|why| nowhere(why, question.limit))?;
        let snap = SnapOut {
            distance_m: Some(Fixed(snap.distance.0)),
            limit_m: Fixed(question.limit.0),
            at: lonlat_of(waters.grid().crs(), snap.at).map(|at| at.map(Fixed)),
        };
        return Ok(Begun {
            cells: vec![mouth.cell],
            snap: Some(snap),
            part: None,
        });
    }
    let (cells, beyond) = covered_cells(waters.grid(), &geometry);
    on_land(waters, cells, beyond).map_err(|standing| nowhere(Snapped::Nowhere(standing), question.limit))
}

/// A land begins with its measured cells.
fn on_land(waters: &Waters, cells: Vec<u32>, beyond: bool) -> Result<Begun, Standing> {
    let laid = Laid {
        class: 0,
        cells,
        beyond,
    };
    let known = laid.standings(waters);
    if known.covered == 0 {
        return Err(Standing::OffGrid);
    }
    if known.unknown == known.covered {
        return Err(Standing::NoData);
    }
    Ok(Begun {
        cells: laid.cells,
        snap: None,
        part: Some(PartOut {
            cells: known.covered,
            unmeasured: known.unknown,
            without_stream: known.astray,
            partly_off_model: beyond,
        }),
    })
}

fn nowhere(why: Snapped, limit: Metres) -> Nowhere {
    let snap = |nearest: Option<Metres>| SnapOut {
        distance_m: nearest.map(|nearest| Fixed(nearest.0)),
        limit_m: Fixed(limit.0),
        at: None,
    };
    let (state, snap) = match why {
        Snapped::Beyond { nearest, .. } => (WaterState::BeyondLimit, Some(snap(nearest))),
        Snapped::Nowhere(Standing::NoData) => (WaterState::NoData, None),
        Snapped::Nowhere(Standing::InTheSea) => (WaterState::InTheSea, None),
        _ => (WaterState::OffModel, None),
    };
    Nowhere {
        state,
        explanation: why.sentence_es(),
        snap,
    }
}

fn answered(model: &WaterModel, question: &WaterQuestion<'_>, begun: Begun) -> WaterAnswer {
    let (waters, canals) = (&*model.waters, &model.canals.canals);
    let (layers, catchment) = match question.direction {
        Direction::Upstream => {
            let above = Above::of(waters, canals, &begun.cells);
            let tell = |layer: &std::sync::Arc<WaterLayer>| upstream(model, layer, (question, &above));
            let ground = GroundOut {
                area_ha: hectares(above.ground()),
            };
            (model.layers.iter().map(tell).collect(), Some(ground))
        }
        Direction::Downstream => {
            let below = Below::of(waters, canals, &begun.cells);
            let tell = |layer: &std::sync::Arc<WaterLayer>| downstream(model, layer, (question, &below));
            (model.layers.iter().map(tell).collect(), None)
        }
    };
    WaterAnswer {
        direction: question.direction,
        state: WaterState::Answered,
        explanation: None,
        asked: question.asked.out(),
        model: Some(model.out()),
        limits: limits(model, begun.part),
        snap: begun.snap,
        part: begun.part,
        catchment,
        layers,
    }
}

fn limits(model: &WaterModel, part: Option<PartOut>) -> Vec<String> {
    let partly = part.is_some_and(|part| part.partly_off_model || part.unmeasured > 0);
    let unknown_canals = model.canals.editions.is_empty();
    let told = [
        (true, "modelled"),
        (true, "groundwater"),
        (unknown_canals, "canals-unknown"),
        (partly, "partly-off-model"),
    ];
    told.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, id)| id.to_owned())
        .collect()
}

/// Square millimetres as hectares.
fn hectares(ground: u64) -> Fixed<2> {
    Fixed(ground as f64 / 1e10)
}

fn share(part: u64, whole: u64) -> Fixed<4> {
    Fixed(if whole == 0 { 0.0 } else { part as f64 / whole as f64 })
}

/// Whether features of a layer are points: of those hectares say nothing.
fn is_land(kind: LayerKind) -> bool {
    kind.is_land()
}

fn upstream(model: &WaterModel, layer: &WaterLayer, (question, above): (&WaterQuestion<'_>, &Above)) -> WaterLayerOut {
    let (waters, land) = (&*model.waters, is_land(layer.kind));
    let found = layer.index.above(waters, above);
    let tell = found.into_iter().map(|lying| {
        let mut out = named(model, layer, (lying.feature, lying.way, lying.by));
        if land {
            out.area_ha = Some(hectares(lying.ground));
            out.share_of_catchment = Some(share(lying.ground, above.ground()));
        }
        out
    });
    let mut out = of_layer(layer, question, tell.collect());
    if land {
        let ground = layer.index.ground_above(waters, above);
        let by = |group: Option<String>, part: u64| ByGroup {
            group,
            area_ha: hectares(part),
            share_of_catchment: share(part, above.ground()),
        };
        out.union = Some(by(None, ground.all));
        if layer.kind == LayerKind::Concessions {
            let groups = RightGroup::ALL
                .iter()
                .zip(&ground.classes)
                .filter(|(_, part)| **part > 0);
            out.groups = groups
                .map(|(group, part)| by(Some(group.id().to_owned()), *part))
                .collect();
        }
    }
    out
}

fn downstream(
    model: &WaterModel,
    layer: &WaterLayer,
    (question, below): (&WaterQuestion<'_>, &Below),
) -> WaterLayerOut {
    let found = layer.index.below(&model.waters, below);
    let tell = found
        .into_iter()
        .map(|met| named(model, layer, (met.feature, met.way, met.by)));
    of_layer(layer, question, tell.collect())
}

fn named(model: &WaterModel, layer: &WaterLayer, (feature, way, by): (u32, u64, Option<u32>)) -> LyingOut {
    let named = &layer.named[feature as usize];
    let standing = layer.index.standings()[feature as usize];
    LyingOut {
        id: named.id.clone(),
        name: named.name.clone(),
        edition: layer.editions[named.edition as usize].clone(),
        group: named.group.map(|group| group.id().to_owned()),
        path_km: Fixed(way as f64 / 1e6),
        area_ha: None,
        share_of_catchment: None,
        by_canal: by.map(|canal| model.canals.names[canal as usize].clone()),
        partly_off_model: standing.beyond || standing.unknown > 0,
    }
}

/// What is told of a layer: nearest first, without what was asked about.
fn of_layer(layer: &WaterLayer, question: &WaterQuestion<'_>, mut features: Vec<LyingOut>) -> WaterLayerOut {
    features.retain(|out| !question.asked.is(layer.kind, (&out.edition, &out.id)));
    features.sort_by(|a, b| {
        let by_way = a.path_km.0.total_cmp(&b.path_km.0);
        by_way.then_with(|| (&a.edition, &a.id).cmp(&(&b.edition, &b.id)))
    });
    WaterLayerOut {
        layer: layer.kind,
        editions: layer.editions.clone(),
        features,
        groups: Vec::new(),
        union: None,
        not_placed: layer.not_placed,
        partly_off_model: partly(&layer.index),
    }
}

fn partly(index: &WaterIndex) -> u32 {
    let standings = index.standings().iter();
    let partly = standings.filter(|standing| standing.covered > 0 && (standing.beyond || standing.unknown > 0));
    u32::try_from(partly.count()).unwrap_or(u32::MAX)
}
