//! What lies on the nodes of a network, in the order of their ranks: what lies upstream of one is a slice, and so are its sums.

use super::{Flow, FlowError, Reached};

/// Things that lie on nodes (rights, communities, intakes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items<T> {
    /// By rank, the first of its items; one more at the end.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Items<T> {
    /// Things with the node that each lies on; those of one node stay in the order given. What lies on several nodes is given once for each.
    ///
    /// # Errors
    /// A node that is not there; more things than can be numbered with 32 bits.
    pub fn new(flow: &Flow, given: Vec<(u32, T)>) -> Result<Self, FlowError> {
        check_nodes(flow, given.iter().map(|(node, _)| *node))?;
        if u32::try_from(given.len()).is_err() {
            return Err(FlowError::TooMany { nodes: given.len() });
        }
        let mut starts = vec![0; flow.len() + 1];
        for (node, _) in &given {
            starts[flow.rank(*node) as usize + 1] += 1;
        }
        for at in 0..flow.len() {
            starts[at + 1] += starts[at];
        }
        let mut ranked: Vec<(u32, T)> = given.into_iter().map(|(node, item)| (flow.rank(node), item)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let items = ranked.into_iter().map(|(_, item)| item).collect();
        Ok(Self { starts, items })
    }

    /// What lies on nodes of some ranks.
    fn of_ranks(&self, ranks: &std::ops::Range<u32>) -> &[T] {
        &self.items[self.starts[ranks.start as usize] as usize..self.starts[ranks.end as usize] as usize]
    }

    /// All that lies on a node and upstream of it, as the flow goes.
    pub fn upstream(&self, flow: &Flow, node: u32) -> &[T] {
        self.of_ranks(&flow.ranks_upstream(node))
    }

    /// All that lies on what drains to a node, also by diversions.
    pub fn reached<'a>(&'a self, reached: &'a Reached) -> impl Iterator<Item = &'a T> {
        reached.ranges.iter().flat_map(|ranks| self.of_ranks(ranks))
    }

    /// [`Items::reached`], each once though it lies on several nodes, ascending.
    pub fn distinct(&self, reached: &Reached) -> Vec<T>
    where
        T: Clone + Ord,
    {
        let mut found: Vec<T> = self.reached(reached).cloned().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Amounts by class (say, hundredths of a square metre by the state of a right) on the nodes of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// For each class and rank the sum of all lower ranks; one more at the end.
    before: Vec<Vec<u64>>,
}

impl Amounts {
    /// Amounts as (node, class, amount): whole numbers in the caller's unit, so that sums are exact. Classes are numbered from 0.
    ///
    /// # Errors
    /// A node or a class that is not there; a sum beyond 64 bits.
    pub fn new(flow: &Flow, classes: usize, given: &[(u32, usize, u64)]) -> Result<Self, FlowError> {
        check_nodes(flow, given.iter().map(|(node, ..)| *node))?;
        let mut before = vec![vec![0_u64; flow.len() + 1]; classes];
        for (node, class, amount) in given {
            let sums = before
                .get_mut(*class)
                .ok_or(FlowError::NoSuchClass { class: *class, classes })?;
            let slot = &mut sums[flow.rank(*node) as usize + 1];
            *slot = slot.checked_add(*amount).ok_or(FlowError::TooMuch { class: *class })?;
        }
        for (class, sums) in before.iter_mut().enumerate() {
            for at in 0..flow.len() {
                sums[at + 1] = sums[at + 1].checked_add(sums[at]).ok_or(FlowError::TooMuch { class })?;
            }
        }
        Ok(Self { before })
    }

    /// The sum of a class over a node and all upstream of it.
    ///
    /// # Panics
    /// When the class is not there.
    pub fn upstream(&self, flow: &Flow, node: u32, class: usize) -> u64 {
        self.of_ranks(&flow.ranks_upstream(node), class)
    }

    /// The sum of a class over what drains to a node, also by diversions, each node once.
    ///
    /// # Panics
    /// When the class is not there.
    pub fn reached(&self, reached: &Reached, class: usize) -> u64 {
        reached.ranges.iter().map(|ranks| self.of_ranks(ranks, class)).sum()
    }

    /// The sum of a class over nodes of some ranks.
    pub(crate) fn of_ranks(&self, ranks: &std::ops::Range<u32>, class: usize) -> u64 {
        self.before[class][ranks.end as usize] - self.before[class][ranks.start as usize]
    }
}

fn check_nodes(flow: &Flow, mut named: impl Iterator<Item = u32>) -> Result<(), FlowError> {
    let nodes = flow.len();
    let beyond = named.find(|node| *node as usize >= nodes);
    beyond.map_or(Ok(()), |node| Err(FlowError::NoSuchNode { node, nodes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_what_lies_upstream_are_exact_and_too_much_is_refused() {
        let flow = Flow::new(&[None, Some(0), Some(0)], &[1; 3]).unwrap();
        let amounts = Amounts::new(&flow, 2, &[(1, 0, 5), (2, 0, 7), (1, 1, 1), (1, 0, 2)]).unwrap();
        assert_eq!([0, 1, 2].map(|node| amounts.upstream(&flow, node, 0)), [14, 7, 7]);
        assert_eq!(amounts.upstream(&flow, 2, 1), 0);
        let much = Amounts::new(&flow, 1, &[(1, 0, u64::MAX), (2, 0, 1)]);
        assert_eq!(much, Err(FlowError::TooMuch { class: 0 }));
        let class = Amounts::new(&flow, 1, &[(1, 3, 1)]);
        assert_eq!(class, Err(FlowError::NoSuchClass { class: 3, classes: 1 }));
        let node = Items::new(&flow, vec![(4, "right")]);
        assert_eq!(node, Err(FlowError::NoSuchNode { node: 4, nodes: 3 }));
    }
}
