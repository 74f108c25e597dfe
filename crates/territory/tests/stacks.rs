//! Shapes on shapes, against a count of cells: rectangles of whole cells share edges and corners as mining rights do.

use geo_types::{MultiPolygon, Rect, coord};
use proptest::prelude::*;
use territory::{Shape, Stacks, overlap, stacks_within, union_within};

const SIDE: i32 = 8;
const CELL: f64 = 1000.0;

/// West, south, east, north in cells.
type Cells = [i32; 4];

fn shape([west, south, east, north]: Cells) -> Shape {
    let place = |x: i32, y: i32| coord! { x: 700_000.0 + f64::from(x) * CELL, y: 8_500_000.0 + f64::from(y) * CELL };
    Shape::from_metres(&MultiPolygon(vec![
        Rect::new(place(west, south), place(east, north)).to_polygon(),
    ]))
}

fn cells() -> impl Strategy<Value = Cells> {
    (0..SIDE, 0..SIDE, 1..5, 1..5).prop_map(|(x, y, width, height)| [x, y, x + width, y + height])
}

fn holds([west, south, east, north]: Cells, x: i32, y: i32) -> bool {
    (west..east).contains(&x) && (south..north).contains(&y)
}

fn hectares(stacks: &Stacks) -> Vec<f64> {
    stacks.at_least.iter().map(|area| area.area.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_depth_has_the_area_of_its_cells(subject in cells(), objects in prop::collection::vec(cells(), 1..9)) {
        let depth_at = |x, y| objects.iter().filter(|object| holds(**object, x, y)).count();
        let inside = || (0..2 * SIDE).flat_map(|x| (0..2 * SIDE).map(move |y| (x, y))).filter(|(x, y)| holds(subject, *x, *y));
        let deepest = inside().map(|(x, y)| depth_at(x, y)).max().unwrap_or(0);
        let expected: Vec<f64> = (1..=deepest)
            .map(|depth| 100.0 * inside().filter(|(x, y)| depth_at(*x, *y) >= depth).count() as f64)
            .collect();
        let shapes: Vec<Shape> = objects.iter().map(|object| shape(*object)).collect();
        let shapes: Vec<&Shape> = shapes.iter().collect();
        let stacks = stacks_within(&shape(subject), &shapes);
        let measured = hectares(&stacks);
        prop_assert_eq!(measured.len(), expected.len(), "{:?} {:?}", &measured, &expected);
        for (one, other) in measured.iter().zip(&expected) {
            prop_assert!((one - other).abs() < 1e-6, "{:?} {:?}", &measured, &expected);
        }
        prop_assert_eq!(stacks.deepest.map_or(0, |place| place.objects.len()), deepest);
    }

    #[test]
    fn the_depths_add_up_to_the_plain_sum_and_the_first_is_the_union(
        subject in cells(),
        objects in prop::collection::vec((cells(), -499.0_f64..499.0), 1..7),
    ) {
        let subject = shape(subject);
        let moved = |(cells, metres): &(Cells, f64)| {
            let mut land = shape(*cells).to_metres();
            land.0[0].exterior_mut(|ring| ring.0.iter_mut().for_each(|c| { c.x += metres; c.y -= metres / 3.0; }));
            Shape::from_metres(&land)
        };
        let shapes: Vec<Shape> = objects.iter().map(moved).collect();
        let shapes: Vec<&Shape> = shapes.iter().collect();
        let stacks = stacks_within(&subject, &shapes);
        let sum: f64 = shapes.iter().map(|object| overlap(&subject, object).area.0).sum();
        let measured = hectares(&stacks);
        // what a depth below a tenth of a square metre leaves out
        prop_assert!((measured.iter().sum::<f64>() - sum).abs() < 1e-4, "{:?} {}", &measured, sum);
        prop_assert!(measured.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9));
        let union = union_within(&subject, &shapes).area.0;
        prop_assert!((measured.first().copied().unwrap_or(0.0) - union).abs() < 1e-4);
    }
}

#[test]
fn nothing_over_the_subject_is_no_stack() {
    let stacks = stacks_within(&shape([0, 0, 2, 2]), &[&shape([2, 0, 4, 2])]);
    assert_eq!(stacks, Stacks::default());
}
