use crate::MODEL;
use crate::engine::measured;
use zoning::{Combine, Engine, Grids, Model, draws, one_at_a_time, read_model, stable_or_fragile};

fn zones(model: &Model, grids: &Grids<'_>, cells: usize) -> Vec<u8> {
    let mut codes = vec![0; cells];
    let engine = Engine::new(model);
    engine.decide(grids, &mut codes).expect("grids that fit");
    engine.zones_of(&mut codes);
    codes
}

#[test]
fn draws_count_what_deciding_anew_finds() {
    let (cells, count) = (20_011, 25);
    let model = read_model("prueba.toml", MODEL).expect("a sound model");
    let measured = measured(cells, 5);
    let values: Vec<&[f32]> = measured.iter().map(Vec::as_slice).collect();
    let within: Vec<u8> = (0..cells).map(|cell| u8::from(cell % 11 != 3)).collect();
    let grids = Grids {
        values: &values,
        within: Some(&within),
    };
    let drawn = draws(&model, count, 15.0, 42);
    assert_eq!(drawn, draws(&model, count, 15.0, 42));
    assert_ne!(drawn, draws(&model, count, 15.0, 43));
    let first = zones(&model, &grids, cells);
    let mut wanted: Vec<u16> = first
        .iter()
        .map(|zone| if matches!(zone, 0 | 255) { u16::MAX } else { 0 })
        .collect();
    let mut changed = Vec::new();
    for other in &drawn {
        let other = zones(other, &grids, cells);
        changed.push(
            (0..cells)
                .map(|cell| u64::from(other[cell] != first[cell]))
                .sum::<u64>(),
        );
        for cell in 0..cells {
            if wanted[cell] == u16::MAX && matches!(first[cell], 0 | 255) {
                continue;
            }
            wanted[cell] += u16::from(other[cell] == first[cell]);
        }
    }
    let mut keeps = vec![9; cells];
    let found = Engine::new(&model)
        .sensitivity(&drawn, &grids, &mut keeps)
        .expect("grids that fit");
    assert_eq!(keeps, wanted);
    assert_eq!(found.changed, changed);
    assert!(changed.iter().sum::<u64>() > 0, "weights matter in the test");
    let stable = stable_or_fragile(&keeps, count, 0.9);
    for cell in 0..cells {
        let code = if keeps[cell] == u16::MAX {
            0
        } else {
            1 + u8::from(keeps[cell] >= 23)
        };
        assert_eq!(stable[cell], code);
    }
}

#[test]
fn one_weight_at_a_time_leaves_the_others_in_their_proportions() {
    let model = read_model("prueba.toml", MODEL).expect("a sound model");
    let Combine::Linear(weights) = &model.submodels[2].combine else {
        panic!("linear")
    };
    let changed = one_at_a_time(&model, 0.2);
    assert_eq!(changed.len(), 6);
    for (change, model) in changed {
        let Combine::Linear(new) = &model.submodels[2].combine else {
            panic!("linear")
        };
        assert!((new.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((new[change.member] / weights[change.member] - change.factor).abs() < 1e-12);
        let others: Vec<usize> = (0..3).filter(|at| *at != change.member).collect();
        assert!((new[others[0]] / new[others[1]] - weights[others[0]] / weights[others[1]]).abs() < 1e-12);
    }
}
