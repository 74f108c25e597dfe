//! The numbering itself, and ways in millimetres.

use crate::Network;
use std::ops::Range;

/// Pieces of a network (reaches, units) in pre-order: each is followed at once by all that drains through it.
///
/// Pieces are *nodes*, numbered by the caller from 0; their places in the pre-order are *ranks*. Outlets and the branches of a node are in
/// the order of their nodes. Memory: 28 bytes a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Of each node.
    ranks: Vec<u32>,
    /// Of each rank, as all that follows.
    nodes: Vec<u32>,
    sizes: Vec<u32>,
    next: Vec<u32>,
    lengths: Vec<u32>,
    /// From its lower end to that of its outlet.
    to_outlet: Vec<u64>,
}

/// Why links make no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlowError {
    /// Every node has a length.
    #[error("{lengths} lengths for {nodes} nodes")]
    Lengths {
        /// Nodes given.
        nodes: usize,
        /// Lengths given.
        lengths: usize,
    },
    /// More nodes than can be numbered with 32 bits.
    #[error("{nodes} nodes: at most 4 294 967 294 can be numbered")]
    TooMany {
        /// Nodes given.
        nodes: usize,
    },
    /// A node that is not there.
    #[error("node {node} is named, and there are {nodes}")]
    NoSuchNode {
        /// The number that is named.
        node: u32,
        /// Nodes given.
        nodes: usize,
    },
    /// Water that returns to where it came from.
    #[error("the flow goes round: {cycles:?}")]
    Cycles {
        /// Each in the direction of flow, from its least node.
        cycles: Vec<Vec<u32>>,
    },
    /// A sum beyond 64 bits.
    #[error("the amounts of class {class} add up to more than 64 bits hold")]
    TooMuch {
        /// The class.
        class: usize,
    },
    /// A class that is not there.
    #[error("class {class} is named, and there are {classes}")]
    NoSuchClass {
        /// The number that is named.
        class: usize,
        /// Classes there are.
        classes: usize,
    },
}

impl FlowError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Lengths { nodes, lengths } => {
                format!("Hay {lengths} longitudes para {nodes} tramos; dé una longitud a cada tramo.")
            }
            Self::TooMany { nodes } => {
                format!("La red tiene {nodes} tramos; divídala en partes de menos de 4 294 967 295.")
            }
            Self::NoSuchNode { node, nodes } => {
                format!("Se nombra el tramo {node} y la red tiene {nodes} (desde 0); corrija el enlace.")
            }
            Self::Cycles { cycles } => format!(
                "El flujo vuelve a su origen en {} ciclo(s): {cycles:?}; corrija hacia dónde desemboca uno de los tramos de cada ciclo.",
                cycles.len()
            ),
            Self::TooMuch { class } => {
                format!("La suma de la clase {class} no cabe en 64 bits; revise la unidad de las cantidades.")
            }
            Self::NoSuchClass { class, classes } => {
                format!("Se nombra la clase {class} y hay {classes} (desde 0); corrija la clase.")
            }
        }
    }
}

/// A place along a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The node.
    pub node: u32,
    /// Millimetres above its lower end; not more than its length.
    pub above: u32,
}

const NONE: u32 = u32::MAX;

impl Flow {
    /// Numbers nodes: `next` says for each the node that it flows into, `None` for an outlet; `lengths` are in millimetres.
    ///
    /// # Errors
    /// As many lengths as nodes are needed; a next node that is not there; cycles, all of them.
    ///
    /// ```
    /// // 1 and 2 flow into 0, 3 into 2
    /// let flow = watershed::Flow::new(&[None, Some(0), Some(0), Some(2)], &[9, 1, 2, 4])?;
    /// assert!(flow.is_upstream(3, 2) && !flow.is_upstream(3, 1));
    /// assert_eq!(flow.upstream(2), [2, 3]);
    /// # Ok::<(), watershed::FlowError>(())
    /// ```
    pub fn new(next: &[Option<u32>], lengths: &[u32]) -> Result<Self, FlowError> {
        let nodes = next.len();
        if lengths.len() != nodes {
            return Err(FlowError::Lengths {
                nodes,
                lengths: lengths.len(),
            });
        }
        if nodes >= NONE as usize {
            return Err(FlowError::TooMany { nodes });
        }
        let beyond = |node: &u32| *node as usize >= nodes;
        if let Some(node) = next.iter().flatten().copied().find(beyond) {
            return Err(FlowError::NoSuchNode { node, nodes });
        }
        let sizes = sizes(next)?;
        Ok(Self::number(next, lengths, &sizes))
    }

    /// The reaches of a network as nodes; their lengths rounded to millimetres of the grid's metres.
    ///
    /// # Panics
    /// When the reaches are not those of a network that was found.
    pub fn of_network(network: &Network) -> Self {
        let next: Vec<Option<u32>> = network.reaches.iter().map(|reach| reach.next).collect();
        let lengths: Vec<u32> = network
            .reaches
            .iter()
            .map(|reach| millimetres_along(reach.length))
            .collect();
        Self::new(&next, &lengths).expect("a network is numbered, and has no cycle")
    }

    /// Ranks are handed out from the outlets upward.
    fn number(next: &[Option<u32>], lengths: &[u32], sizes: &[u32]) -> Self {
        let branches = Branches::of(next);
        let count = next.len();
        let mut flow = Self {
            ranks: vec![0; count],
            nodes: Vec::with_capacity(count),
            sizes: Vec::with_capacity(count),
            next: Vec::with_capacity(count),
            lengths: Vec::with_capacity(count),
            to_outlet: Vec::with_capacity(count),
        };
        let mut open: Vec<u32> = (0..)
            .zip(next)
            .filter(|(_, next)| next.is_none())
            .map(|(node, _)| node)
            .collect();
        open.reverse();
        while let Some(node) = open.pop() {
            let at = node as usize;
            flow.ranks[at] = as_u32(flow.nodes.len());
            let below = next[at].map(|next| flow.ranks[next as usize]);
            let to_outlet = below.map_or(0, |below| {
                flow.to_outlet[below as usize] + u64::from(flow.lengths[below as usize])
            });
            flow.nodes.push(node);
            flow.sizes.push(sizes[at]);
            flow.next.push(below.unwrap_or(NONE));
            flow.lengths.push(lengths[at]);
            flow.to_outlet.push(to_outlet);
            open.extend(branches.of_node(at).iter().rev());
        }
        flow
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The rank of a node.
    ///
    /// # Panics
    /// When the node is not there, as all that asks by node.
    pub fn rank(&self, node: u32) -> u32 {
        self.ranks[node as usize]
    }

    /// The node of a rank.
    pub fn node(&self, rank: u32) -> u32 {
        self.nodes[rank as usize]
    }

    /// The node that one flows into.
    pub fn next(&self, node: u32) -> Option<u32> {
        let next = self.next[self.rank(node) as usize];
        (next != NONE).then(|| self.node(next))
    }

    /// Its length in millimetres.
    pub fn length(&self, node: u32) -> u32 {
        self.lengths[self.rank(node) as usize]
    }

    /// The ranks of all that drains through a node, itself first.
    pub fn ranks_upstream(&self, node: u32) -> Range<u32> {
        let rank = self.rank(node);
        rank..rank + self.sizes[rank as usize]
    }

    /// All that drains through a node, itself first, in pre-order.
    pub fn upstream(&self, node: u32) -> &[u32] {
        let Range { start, end } = self.ranks_upstream(node);
        &self.nodes[start as usize..end as usize]
    }

    /// Whether `upper` drains through `lower`; a node does through itself.
    pub fn is_upstream(&self, upper: u32, lower: u32) -> bool {
        self.ranks_upstream(lower).contains(&self.rank(upper))
    }

    /// The nodes that one drains through, itself first, down to the outlet.
    pub fn downstream(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |node| self.next(*node))
    }

    /// Millimetres from the lower end of a node to that of its outlet.
    pub fn to_outlet(&self, node: u32) -> u64 {
        self.to_outlet[self.rank(node) as usize]
    }

    /// Millimetres along the flow from one place down to another; none where the first does not drain through the second.
    pub fn path(&self, from: Place, to: Place) -> Option<u64> {
        let height = |place: Place| self.to_outlet(place.node) + u64::from(place.above);
        let drains = self.is_upstream(from.node, to.node);
        height(from).checked_sub(height(to)).filter(|_| drains)
    }
}

/// Metres as whole millimetres, at most 4 294 km.
pub(crate) fn millimetres_along(metres: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates; no reach is longer than a continent"
    )]
    let whole = libm::round(metres * 1000.0) as u32;
    whole
}

/// How many nodes drain through each, or all cycles: nodes are taken away from the sources down, and what stays goes round.
fn sizes(next: &[Option<u32>]) -> Result<Vec<u32>, FlowError> {
    let mut inflows = vec![0_u32; next.len()];
    for below in next.iter().flatten() {
        inflows[*below as usize] += 1;
    }
    let mut sizes = vec![1_u32; next.len()];
    let mut taken = 0;
    for source in 0..next.len() {
        let mut at = Some(source).filter(|at| inflows[*at] == 0);
        while let Some(here) = at {
            inflows[here] = NONE;
            taken += 1;
            at = next[here].and_then(|below| {
                let (below, size) = (below as usize, sizes[here]);
                sizes[below] += size;
                inflows[below] -= 1;
                (inflows[below] == 0).then_some(below)
            });
        }
    }
    if taken == next.len() {
        return Ok(sizes);
    }
    let round = |node: usize| inflows[node] != NONE;
    Err(FlowError::Cycles {
        cycles: cycles(next, round),
    })
}

/// The cycles among nodes of which all go round.
fn cycles(next: &[Option<u32>], round: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
    let mut seen = vec![false; next.len()];
    let mut found = Vec::new();
    for start in (0..next.len()).filter(|node| round(*node)) {
        let mut cycle = Vec::new();
        let mut at = start;
        while !std::mem::replace(&mut seen[at], true) {
            cycle.push(as_u32(at));
            at = next[at].expect("what goes round goes on") as usize;
        }
        if !cycle.is_empty() {
            found.push(cycle);
        }
    }
    found
}

/// What flows into each node, ascending.
struct Branches {
    starts: Vec<u32>,
    nodes: Vec<u32>,
}

impl Branches {
    fn of(next: &[Option<u32>]) -> Self {
        let mut starts = vec![0_u32; next.len() + 1];
        for below in next.iter().flatten() {
            starts[*below as usize + 1] += 1;
        }
        for at in 0..next.len() {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut nodes = vec![0; starts[next.len()] as usize];
        for (node, below) in (0..).zip(next) {
            if let Some(below) = below {
                let slot = &mut free[*below as usize];
                nodes[*slot as usize] = node;
                *slot += 1;
            }
        }
        Self { starts, nodes }
    }

    fn of_node(&self, node: usize) -> &[u32] {
        &self.nodes[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

pub(crate) fn as_u32(value: usize) -> u32 {
    u32::try_from(value).expect("nodes are numbered with 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_cycles_are_named_and_their_branches_are_not() {
        // 1 → 2 → 1, 5 → 5, 3 → 1 is only a branch, 4 an outlet
        let next = [None, Some(2), Some(1), Some(1), None, Some(5)];
        let error = Flow::new(&next, &[0; 6]).unwrap_err();
        assert_eq!(
            error,
            FlowError::Cycles {
                cycles: vec![vec![1, 2], vec![5]]
            }
        );
        assert!(error.sentence_es().contains("2 ciclo(s)"));
    }

    #[test]
    fn what_cannot_be_numbered_is_refused() {
        assert_eq!(
            Flow::new(&[None], &[]),
            Err(FlowError::Lengths { nodes: 1, lengths: 0 })
        );
        assert_eq!(
            Flow::new(&[Some(7)], &[1]),
            Err(FlowError::NoSuchNode { node: 7, nodes: 1 })
        );
        assert!(Flow::new(&[], &[]).unwrap().is_empty());
    }

    #[test]
    fn a_way_is_measured_between_places_and_never_upward() {
        let flow = Flow::new(&[Some(1), Some(2), None, Some(1)], &[1_000, 500, 300, 70]).unwrap();
        let place = |node, above| Place { node, above };
        assert_eq!(flow.path(place(0, 1_000), place(2, 0)), Some(1_800));
        assert_eq!(flow.path(place(0, 200), place(1, 400)), Some(300));
        assert_eq!(flow.path(place(1, 400), place(0, 200)), None);
        assert_eq!(
            flow.path(place(1, 100), place(1, 400)),
            None,
            "below it on the same reach"
        );
        assert_eq!(flow.path(place(3, 0), place(0, 0)), None, "another branch");
        assert_eq!(flow.downstream(3).collect::<Vec<_>>(), [3, 1, 2]);
    }
}
