//! The authenticated tree: a proof shows everything that meets a box and nothing can be moved, dropped or hidden.

use proptest::prelude::*;
use territory::{Branch, Hash, Leaf, MerkleTree, Proof, ProofError, Stub, editions_root};

fn leaf(number: u16, west: f64, south: f64, side: f64) -> Leaf {
    let mut content = [0; 32];
    content[..2].copy_from_slice(&number.to_le_bytes());
    Leaf {
        content,
        bounds: Some([west, south, west + side, south + side]),
    }
}

fn lattice(count: u16) -> Vec<Leaf> {
    (0..count)
        .map(|n| {
            leaf(
                n,
                -80.0 + f64::from(n % 40) * 0.1,
                -15.0 + f64::from(n / 40) * 0.1,
                0.05,
            )
        })
        .collect()
}

fn meeting(leaves: &[Leaf], [w, s, e, n]: [f64; 4]) -> Vec<Hash> {
    let meets = |leaf: &&Leaf| {
        leaf.bounds
            .is_some_and(|b| b[0] <= e && w <= b[2] && b[1] <= n && s <= b[3])
    };
    let mut found: Vec<Hash> = leaves.iter().filter(meets).map(|leaf| leaf.content).collect();
    found.sort_unstable();
    found
}

proptest! {
    #[test]
    fn a_proof_shows_exactly_what_meets_the_box(
        places in prop::collection::vec((-81.0..-68.0_f64, -18.0..0.0_f64, 0.0..2.0_f64), 0..400),
        (w, s, wide, high) in (-81.0..-68.0_f64, -18.0..0.0_f64, 0.0..3.0_f64, 0.0..3.0_f64),
        turn in 0_usize..400,
    ) {
        let mut leaves: Vec<Leaf> = (0..).zip(&places).map(|(n, (x, y, side))| leaf(n, *x, *y, *side)).collect();
        let tree = MerkleTree::of(leaves.clone());
        if !leaves.is_empty() {
            let by = turn % leaves.len();
            leaves.rotate_left(by);
        }
        prop_assert_eq!(MerkleTree::of(leaves.clone()).root(), tree.root());
        let searched = [w, s, w + wide, s + high];
        let mut shown = tree.proof(searched).features_meeting(&tree.root(), searched).unwrap();
        shown.sort_unstable();
        prop_assert_eq!(shown, meeting(&leaves, searched));
    }
}

const SEARCHED: [f64; 4] = [-78.32, -14.23, -78.11, -14.07];

/// Runs `change` on the first feature, closed or open branch that takes it.
fn tamper(branch: &mut Branch, change: &mut dyn FnMut(&mut Branch) -> bool) -> bool {
    if change(branch) {
        return true;
    }
    match branch {
        Branch::Open(children) => children.iter_mut().any(|child| tamper(child, change)),
        _ => false,
    }
}

fn tampered(change: &mut dyn FnMut(&mut Branch) -> bool) -> Result<Vec<Hash>, ProofError> {
    let tree = MerkleTree::of(lattice(700));
    let Proof {
        count,
        tree: mut pruned,
    } = tree.proof(SEARCHED);
    assert!(tamper(&mut pruned, change), "nothing was changed");
    Proof { count, tree: pruned }.features_meeting(&tree.root(), SEARCHED)
}

#[test]
fn a_dropped_feature_is_noticed() {
    let outcome = tampered(&mut |branch| match branch {
        Branch::Open(children) if matches!(children.first(), Some(Branch::Feature(_))) => children.pop().is_some(),
        _ => false,
    });
    assert!(matches!(outcome, Err(ProofError::Root { .. })), "{outcome:?}");
}

#[test]
fn a_moved_box_is_noticed() {
    let far = || Some([0.0_f64, 1.0, 2.0, 3.0].map(|side| format!("{:016x}", side.to_bits())));
    for of_feature in [true, false] {
        let outcome = tampered(&mut |branch| match branch {
            Branch::Feature(Stub { bounds, .. }) if of_feature => bounds.replace(far().unwrap()).is_some(),
            Branch::Closed(Stub { bounds, .. }) if !of_feature => bounds.replace(far().unwrap()).is_some(),
            _ => false,
        });
        assert!(matches!(outcome, Err(ProofError::Root { .. })), "{outcome:?}");
    }
}

#[test]
fn a_changed_content_is_noticed() {
    let outcome = tampered(&mut |branch| match branch {
        Branch::Feature(stub) => {
            stub.hash
                .replace_range(..1, if stub.hash.starts_with('0') { "1" } else { "0" });
            true
        }
        _ => false,
    });
    assert!(matches!(outcome, Err(ProofError::Root { .. })), "{outcome:?}");
}

#[test]
fn a_proof_for_another_box_hides_too_much() {
    let tree = MerkleTree::of(lattice(700));
    let elsewhere = [-76.4, -13.3, -76.2, -13.1];
    let outcome = tree.proof(SEARCHED).features_meeting(&tree.root(), elsewhere);
    assert_eq!(outcome, Err(ProofError::Closed));
}

#[test]
fn another_count_is_another_root() {
    let tree = MerkleTree::of(lattice(3));
    let proof = Proof {
        count: 4,
        ..tree.proof(SEARCHED)
    };
    assert!(proof.features_meeting(&tree.root(), SEARCHED).is_err());
}

#[test]
fn an_empty_edition_has_a_root_and_shows_nothing() {
    let tree = MerkleTree::of(Vec::new());
    assert_eq!(
        tree.proof(SEARCHED).features_meeting(&tree.root(), SEARCHED),
        Ok(Vec::new())
    );
    assert_ne!(tree.root(), MerkleTree::of(lattice(1)).root());
}

#[test]
fn features_without_points_are_in_the_tree_and_meet_nothing() {
    let mut leaves = lattice(20);
    leaves.push(Leaf {
        content: [9; 32],
        bounds: None,
    });
    let tree = MerkleTree::of(leaves);
    assert_ne!(tree.root(), MerkleTree::of(lattice(20)).root());
    let whole = [-180.0, -90.0, 180.0, 90.0];
    assert_eq!(
        tree.proof(whole).features_meeting(&tree.root(), whole).unwrap().len(),
        20
    );
}

#[test]
fn the_root_of_editions_depends_on_ids_and_roots_and_not_on_their_order() {
    let one = [
        ("a-1".to_owned(), [1; 32]),
        ("b-1".to_owned(), [2; 32]),
        ("c-1".to_owned(), [3; 32]),
    ];
    let mut turned = one.clone();
    turned.rotate_left(1);
    assert_eq!(editions_root(&one), editions_root(&turned));
    for changed in [
        vec![one[0].clone(), one[1].clone()],
        vec![("a-2".to_owned(), [1; 32]), one[1].clone(), one[2].clone()],
        vec![("a-1".to_owned(), [4; 32]), one[1].clone(), one[2].clone()],
        Vec::new(),
    ] {
        assert_ne!(editions_root(&one), editions_root(&changed));
    }
}
