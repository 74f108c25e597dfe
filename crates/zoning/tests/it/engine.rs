use crate::MODEL;
use proptest::prelude::*;
use zoning::{Combine, Engine, Grids, GridsError, Member, Model, NO_DATA, OUTSIDE, Outcome, read_model};

fn model() -> Model {
    read_model("prueba.toml", MODEL).expect("a sound model")
}

/// The output function of `SplitMix64` (Steele, Lea & Flood 2014), as a part of 1.
fn part(seed: u64, place: u64) -> f64 {
    let x = seed.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Measurements of altitude, protected area, slope, soil and distance, with holes.
#[expect(clippy::cast_possible_truncation, reason = "grids are single")]
pub fn measured(cells: usize, seed: u64) -> Vec<Vec<f32>> {
    let ranges = [(1500.0, 3500.0), (0.0, 30.0), (0.0, 60.0), (0.0, 4.5), (0.0, 9000.0)];
    let grid = |criterion: usize| {
        let (low, span) = ranges[criterion];
        let coded = criterion == 1 || criterion == 3;
        let cell = move |cell: usize| {
            let place = (cell * 8 + criterion) as u64;
            let value = low + span * part(seed, place);
            let value = if coded { value.floor() } else { value };
            if part(seed ^ 0x4d, place) < 0.03 {
                f32::NAN
            } else {
                value as f32
            }
        };
        (0..cells).map(cell).collect()
    };
    (0..5).map(grid).collect()
}

/// Scores by the definitions, in double precision.
fn scores(model: &Model, values: &[f64]) -> Vec<Option<f64>> {
    let mut scores: Vec<Option<f64>> = Vec::new();
    for submodel in &model.submodels {
        let member = |member: &Member| match *member {
            Member::Criterion(place) => model.criteria[place]
                .value
                .as_ref()
                .expect("a member has a value")
                .at(values[place]),
            Member::Submodel(place) => scores[place],
        };
        let found: Option<Vec<f64>> = submodel.members.iter().map(member).collect();
        scores.push(found.map(|mut found| match &submodel.combine {
            Combine::Linear(weights) => found.iter().zip(weights).map(|(a, b)| a * b).sum(),
            Combine::Ordered(weights) => {
                found.sort_by(|a, b| b.total_cmp(a));
                found.iter().zip(weights).map(|(a, b)| a * b).sum()
            }
            Combine::Gamma(gamma) => {
                let all: f64 = found.iter().product();
                let none: f64 = found.iter().map(|value| 1.0 - value).product();
                (1.0 - none).powf(*gamma) * all.powf(1.0 - gamma)
            }
            Combine::And => found.iter().copied().fold(1.0, f64::min),
            Combine::Or => found.iter().copied().fold(0.0, f64::max),
        }));
    }
    scores
}

fn check(model: &Model, grids: &[Vec<f32>]) {
    let cells = grids[0].len();
    let views: Vec<&[f32]> = grids.iter().map(Vec::as_slice).collect();
    let given = Grids {
        values: &views,
        within: None,
    };
    let engine = Engine::new(model);
    for place in 0..model.submodels.len() {
        let (mut classes, mut found) = (vec![9; cells], vec![0.0; cells]);
        let rating = engine
            .rate(place, &given, (&mut classes, Some(&mut found)))
            .expect("grids that fit");
        assert_eq!(rating.by_class.iter().sum::<u64>(), cells as u64);
        for cell in 0..cells {
            let values: Vec<f64> = grids.iter().map(|grid| f64::from(grid[cell])).collect();
            let Some(wanted) = scores(model, &values)[place] else {
                assert_eq!(classes[cell], NO_DATA);
                assert!(found[cell].is_nan());
                continue;
            };
            // the slack of gamma: a power of 0.3 stretches what is near 0
            let slack = if matches!(model.submodels[place].combine, Combine::Gamma(_)) {
                2e-5
            } else {
                1e-6
            };
            assert!(
                (f64::from(found[cell]) - wanted).abs() < slack,
                "{} for {wanted}",
                found[cell]
            );
            let breaks = &model.submodels[place].breaks;
            if breaks.iter().all(|at| (at - wanted).abs() > slack) {
                let class = 1 + breaks.iter().filter(|at| wanted >= **at).count();
                assert_eq!(usize::from(classes[cell]), class);
            }
        }
        for (class, cells) in rating.by_class.iter().enumerate() {
            assert_eq!(
                *cells,
                classes.iter().filter(|one| usize::from(**one) == class).count() as u64
            );
        }
    }
}

#[test]
fn scores_in_single_precision_equal_those_in_double() {
    let mut model = model();
    check(&model, &measured(3000, 1));
    model.submodels[2].combine = Combine::Ordered(vec![0.5, 0.3, 0.2]);
    model.submodels[1].combine = Combine::Or;
    check(&model, &measured(1537, 2));
}

#[test]
fn every_cell_names_who_decided_it() {
    let (model, cells) = (model(), 4001);
    let mut grids = measured(cells, 3);
    grids[1][17] = 1.0;
    let views: Vec<&[f32]> = grids.iter().map(Vec::as_slice).collect();
    let within: Vec<u8> = (0..cells).map(|cell| u8::from(cell % 7 != 0)).collect();
    let engine = Engine::new(&model);
    let given = Grids {
        values: &views,
        within: Some(&within),
    };
    let mut outcomes = vec![9; cells];
    let decided = engine.decide(&given, &mut outcomes).unwrap();
    let inside = within.iter().map(|cell| u64::from(*cell)).sum::<u64>();
    assert_eq!(decided.cells, inside);
    assert_eq!(decided.by_outcome.iter().sum::<u64>(), inside);
    assert_eq!(engine.outcome(outcomes[17]), Outcome::Constraint(0));
    for cell in 0..cells {
        if cell % 7 == 0 {
            assert_eq!(outcomes[cell], OUTSIDE);
            continue;
        }
        if [1.0, 2.0].contains(&grids[1][cell]) {
            assert_eq!(engine.outcome(outcomes[cell]), Outcome::Constraint(0));
            continue;
        }
        let values: Vec<f64> = grids.iter().map(|grid| f64::from(grid[cell])).collect();
        let scores = scores(&model, &values);
        let (Some(fragile), Some(productive)) = (scores[1], scores[2]) else {
            assert_eq!(engine.outcome(outcomes[cell]), Outcome::NoData);
            continue;
        };
        let wanted = match (fragile >= 0.35, productive >= 0.4, productive >= 0.7) {
            (false, true, _) => 0,
            (true, _, true) => 1,
            (true, _, false) => 2,
            (false, false, _) => 3,
        };
        if [fragile - 0.35, productive - 0.4, productive - 0.7]
            .iter()
            .all(|gap| gap.abs() > 2e-5)
        {
            assert_eq!(engine.outcome(outcomes[cell]), Outcome::Rule(wanted));
        }
    }
    let covered = (0..cells)
        .filter(|cell| within[*cell] == 1 && grids[0][*cell].is_finite())
        .count();
    assert_eq!(decided.covered[0], covered as u64);
    let in_units: u64 = decided.units.iter().map(|(_, cells)| cells).sum();
    assert!(in_units >= inside - decided.by_outcome[0] - decided.by_outcome[1]);
    engine.zones_of(&mut outcomes);
    assert_eq!(outcomes[17], 1);
    assert_eq!(outcomes[0], OUTSIDE);
}

#[test]
fn grids_that_do_not_fit_are_refused() {
    let grids = measured(10, 1);
    let mut views: Vec<&[f32]> = grids.iter().map(Vec::as_slice).collect();
    let engine = Engine::new(&model());
    let refused = engine.decide(
        &Grids {
            values: &views[..4],
            within: None,
        },
        &mut [0; 10],
    );
    assert_eq!(refused, Err(GridsError::Criteria { found: 4, wanted: 5 }));
    views[2] = &views[2][..9];
    let Err(error) = engine.decide(
        &Grids {
            values: &views,
            within: None,
        },
        &mut [0; 10],
    ) else {
        panic!("a short grid")
    };
    assert!(error.sentence_es().contains("pendiente"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn splitting_the_grid_and_the_number_of_threads_change_nothing(seed in 0_u64..1000, cut in 1_usize..140_000) {
        let cells = 140_001;
        let grids = measured(cells, seed);
        let engine = Engine::new(&model());
        let run = |from: usize, to: usize, threads: usize| {
            let views: Vec<&[f32]> = grids.iter().map(|grid| &grid[from..to]).collect();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut out = vec![0; to - from];
            let decided = pool.install(|| engine.decide(&Grids { values: &views, within: None }, &mut out)).unwrap();
            (out, decided)
        };
        let (whole, tally) = run(0, cells, 1);
        prop_assert_eq!(&(whole.clone(), tally.clone()), &run(0, cells, 3));
        let ((mut first, above), (second, below)) = (run(0, cut, 2), run(cut, cells, 1));
        first.extend(second);
        prop_assert_eq!(whole, first);
        prop_assert_eq!(tally.by_outcome[0], above.by_outcome[0] + below.by_outcome[0]);
    }

    #[test]
    fn scaling_weights_and_writing_members_in_another_order_change_nothing(seed in 0_u64..1000, scale in 0.01_f64..1.0) {
        let direct = |order: [&str; 3], scale: f64| {
            let weight = |name: &str| match name { "suelo" => 0.5, "altitud" => 0.3, _ => 0.2 } * scale;
            let weights = order.map(|name| format!("{name} = {}", weight(name))).join(", ");
            let members = order.map(|name| format!("\"{name}\"")).join(", ");
            let text = MODEL
                .replace("members = [\"suelo\", \"altitud\", \"accesible\"]", &format!("members = [{members}]"))
                .replace("method = \"pairs\", matrix = [[1, 3, 5], [\"1/3\", 1, 2], [\"1/5\", \"1/2\", 1]]", &format!("method = \"direct\", {weights}"));
            read_model("prueba.toml", &text)
        };
        let grids = measured(2000, seed);
        let views: Vec<&[f32]> = grids.iter().map(Vec::as_slice).collect();
        let decide = |model: &Model| {
            let mut out = vec![0; 2000];
            Engine::new(model).decide(&Grids { values: &views, within: None }, &mut out).unwrap();
            out
        };
        let model = direct(["suelo", "altitud", "accesible"], 1.0).unwrap();
        let wanted = decide(&model);
        prop_assert_eq!(&wanted, &decide(&direct(["accesible", "suelo", "altitud"], 100.0).unwrap()));
        let mut scaled = model.clone();
        let Combine::Linear(weights) = &mut scaled.submodels[2].combine else { panic!("linear") };
        let times: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
        *weights = zoning::normalised(&times);
        prop_assert_eq!(wanted, decide(&scaled));
    }
}
