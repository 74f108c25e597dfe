//! A packed tree of boxes: searched often, never changed.

/// West, north, east, south on the grid of a source.
pub(crate) type GridBox = [u32; 4];

const FAN: usize = 16;

/// Whether two closed boxes meet.
#[inline]
pub(crate) fn meet(a: &GridBox, b: &GridBox) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// Whether the first lies within the second.
#[inline]
pub(crate) fn within(a: &GridBox, b: &GridBox) -> bool {
    b[0] <= a[0] && b[1] <= a[1] && a[2] <= b[2] && a[3] <= b[3]
}

/// The box of points; none of no points.
pub(crate) fn around(points: &[[u32; 2]]) -> Option<GridBox> {
    points.iter().map(|[x, y]| [*x, *y, *x, *y]).reduce(join)
}

/// The box of two.
pub(crate) fn join(a: GridBox, b: GridBox) -> GridBox {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Boxes in the order of a curve that keeps neighbours together, sixteen to a parent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Boxes {
    order: Vec<u32>,
    floors: Vec<Vec<GridBox>>,
}

impl Boxes {
    /// Of boxes, by their position.
    pub(crate) fn of(boxes: &[GridBox]) -> Self {
        let mut order: Vec<(u64, u32)> = (0_u32..)
            .zip(boxes)
            .map(|(position, bounds)| (along_curve(bounds), position))
            .collect();
        order.sort_unstable();
        let order: Vec<u32> = order.into_iter().map(|(_, position)| position).collect();
        let mut floors = vec![
            order
                .iter()
                .map(|position| boxes[*position as usize])
                .collect::<Vec<_>>(),
        ];
        while floors[floors.len() - 1].len() > FAN {
            let below = &floors[floors.len() - 1];
            let above = below
                .chunks(FAN)
                .map(|chunk| chunk.iter().copied().reduce(join).expect("a chunk holds one at least"))
                .collect();
            floors.push(above);
        }
        Self { order, floors }
    }

    /// Positions, ascending, of the boxes that meet one.
    pub(crate) fn meeting(&self, wanted: &GridBox) -> Vec<u32> {
        let mut found = Vec::new();
        let top = self.floors.len() - 1;
        let mut open: Vec<(usize, usize)> = (0..self.floors[top].len()).map(|at| (top, at)).collect();
        while let Some((floor, at)) = open.pop() {
            if !meet(&self.floors[floor][at], wanted) {
                continue;
            }
            if floor == 0 {
                found.push(self.order[at]);
            } else {
                let last = ((at + 1) * FAN).min(self.floors[floor - 1].len());
                open.extend((at * FAN..last).map(|below| (floor - 1, below)));
            }
        }
        found.sort_unstable();
        found
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        let boxes: usize = self.floors.iter().map(Vec::len).sum();
        self.order.len() * size_of::<u32>() + boxes * size_of::<GridBox>()
    }
}

/// Where the centre of a box lies on the Morton curve.
fn along_curve(bounds: &GridBox) -> u64 {
    let centre = |low: u32, high: u32| u64::from(low.midpoint(high));
    spread(centre(bounds[0], bounds[2])) | spread(centre(bounds[1], bounds[3])) << 1
}

/// The 32 bits of a number at the even places of 64.
fn spread(value: u64) -> u64 {
    let mut bits = value & 0xffff_ffff;
    bits = (bits | bits << 16) & 0x0000_ffff_0000_ffff;
    bits = (bits | bits << 8) & 0x00ff_00ff_00ff_00ff;
    bits = (bits | bits << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    bits = (bits | bits << 2) & 0x3333_3333_3333_3333;
    (bits | bits << 1) & 0x5555_5555_5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some_box() -> impl Strategy<Value = GridBox> {
        (any::<[u32; 2]>(), 0_u32..1 << 28, 0_u32..1 << 28)
            .prop_map(|([x, y], wide, high)| [x, y, x.saturating_add(wide), y.saturating_add(high)])
    }

    proptest! {
        #[test]
        fn a_search_finds_what_looking_at_each_box_finds(boxes in prop::collection::vec(some_box(), 0..400), wanted in some_box()) {
            let each: Vec<u32> = (0..).zip(&boxes).filter(|(_, bounds)| meet(bounds, &wanted)).map(|(at, _)| at).collect();
            prop_assert_eq!(Boxes::of(&boxes).meeting(&wanted), each);
        }
    }
}
