//! Submodels: members, weights, combination, classes, and their tree.

use crate::model::{Combine, Criterion, Member, Origin, RankFormula, Submodel};
use crate::parse_criteria::fraction;
use crate::read::Node;
use crate::weights::{GREATEST_RATIO, MOST_COMPARED, compare_pairs, rank_order_centroid, rank_sum};
use crate::{Fault, normalised};
use toml::Value;

/// A submodel with its members by name, as the file has them.
struct Draft {
    name: String,
    title: String,
    members: Vec<String>,
    combine: Combine,
    origin: Origin,
    classes: Vec<String>,
    breaks: Vec<f64>,
}

const COMBINATIONS: [&str; 5] = ["linear", "owa", "gamma", "and", "or"];

/// Classes that fit beside *sin dato*.
const MOST_CLASSES: usize = 50;

pub(crate) fn read_submodels(root: Node<'_>, criteria: &[Criterion]) -> Option<Vec<Submodel>> {
    let drafts = root.each("submodels", read_draft)?;
    let mut known: Vec<String> = criteria.iter().map(|criterion| criterion.name.clone()).collect();
    known.extend(drafts.iter().map(|draft| draft.name.clone()));
    let mut sound = true;
    for draft in &drafts {
        let key = format!("submodels.{}", draft.name);
        if criteria.iter().any(|criterion| criterion.name == draft.name) {
            root.faults.add(&key, &draft.name, Fault::Twice);
            sound = false;
        }
        for member in &draft.members {
            let fault = match criteria.iter().find(|criterion| criterion.name == *member) {
                Some(criterion) if criterion.value.is_none() => {
                    root.faults
                        .add(&format!("criteria.{member}.value"), "—", Fault::Missing);
                    sound = false;
                    continue;
                }
                None if !known.contains(member) => Fault::NotOneOf(known.clone()),
                _ => continue,
            };
            root.faults.add(&format!("{key}.members"), member, fault);
            sound = false;
        }
    }
    let order = sound.then(|| in_order(root, &drafts)).flatten()?;
    let place = |name: &String| -> Option<Member> {
        let criterion = criteria.iter().position(|criterion| criterion.name == *name);
        let submodel = || order.iter().position(|place| drafts[*place].name == *name);
        criterion
            .map(Member::Criterion)
            .or_else(|| submodel().map(Member::Submodel))
    };
    let finished = order.iter().map(|at| finish(&drafts[*at], &place));
    finished.collect()
}

/// The draft with its members found and sorted, weights following them.
fn finish(draft: &Draft, place: &impl Fn(&String) -> Option<Member>) -> Option<Submodel> {
    let found: Option<Vec<Member>> = draft.members.iter().map(place).collect();
    let found = found?;
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| found[*at]);
    let combine = match &draft.combine {
        Combine::Linear(weights) => Combine::Linear(order.iter().map(|at| weights[*at]).collect()),
        other => other.clone(),
    };
    Some(Submodel {
        name: draft.name.clone(),
        title: draft.title.clone(),
        members: order.iter().map(|at| found[*at]).collect(),
        combine,
        origin: draft.origin.clone(),
        classes: draft.classes.clone(),
        breaks: draft.breaks.clone(),
    })
}

/// Places of the drafts, members first; else the circle is a fault.
fn in_order(root: Node<'_>, drafts: &[Draft]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < drafts.len() {
        let placed = |name: &String| order.iter().any(|place| drafts[*place].name == *name);
        let waits = |name: &String| drafts.iter().any(|draft| draft.name == *name) && !placed(name);
        let next = (0..drafts.len()).find(|place| !order.contains(place) && !drafts[*place].members.iter().any(waits));
        let Some(next) = next else {
            let circle = circle(drafts, &order);
            root.faults.add("submodels", &circle[0].clone(), Fault::Cycle(circle));
            return None;
        };
        order.push(next);
    }
    Some(order)
}

/// A way from a submodel back to itself, among those that could not be placed.
fn circle(drafts: &[Draft], placed: &[usize]) -> Vec<String> {
    let open = |name: &String| {
        let found = drafts.iter().position(|draft| draft.name == *name);
        found.filter(|place| !placed.contains(place))
    };
    let mut at = (0..drafts.len())
        .find(|place| !placed.contains(place))
        .unwrap_or_default();
    let mut way: Vec<usize> = Vec::new();
    while !way.contains(&at) {
        way.push(at);
        at = drafts[at].members.iter().find_map(open).unwrap_or(at);
    }
    let start = way.iter().position(|place| *place == at).unwrap_or_default();
    let ring = way[start..].iter().chain([&at]);
    ring.map(|place| drafts[*place].name.clone()).collect()
}

fn read_draft(name: &str, node: Node<'_>) -> Option<Draft> {
    node.only(&[
        "title",
        "members",
        "combine",
        "weights",
        "order_weights",
        "gamma",
        "classes",
        "breaks",
    ]);
    let title = node.text("title");
    let members = read_members(node);
    let cut = read_classes(node);
    let members = members?;
    let combined = read_combination(node, &members);
    let ((combine, origin), (classes, breaks)) = (combined?, cut?);
    Some(Draft {
        name: name.to_owned(),
        title: title?,
        members,
        combine,
        origin,
        classes,
        breaks,
    })
}

fn read_members(node: Node<'_>) -> Option<Vec<String>> {
    let members = node.texts("members")?;
    let twice = (1..members.len()).any(|place| members[..place].contains(&members[place]));
    if twice {
        node.refuse("members", Fault::Twice);
    } else if members.is_empty() {
        node.refuse("members", Fault::Count { found: 0, wanted: 1 });
    } else {
        return Some(members);
    }
    None
}

fn read_classes(node: Node<'_>) -> Option<(Vec<String>, Vec<f64>)> {
    let classes = node.texts("classes");
    let breaks = node.numbers("breaks");
    let (classes, breaks) = (classes?, breaks?);
    if classes.is_empty() || classes.len() > MOST_CLASSES {
        let found = classes.len();
        node.refuse(
            "classes",
            Fault::TooMany {
                found,
                most: MOST_CLASSES,
            },
        );
    } else if (1..classes.len()).any(|place| classes[..place].contains(&classes[place])) {
        node.refuse("classes", Fault::Twice);
    } else if breaks.len() + 1 != classes.len() {
        let (found, wanted) = (breaks.len(), classes.len() - 1);
        node.refuse("breaks", Fault::Count { found, wanted });
    } else if breaks.windows(2).any(|pair| pair[0] >= pair[1]) {
        node.refuse("breaks", Fault::Order);
    } else if breaks.iter().any(|at| *at <= 0.0 || *at > 1.0) {
        node.refuse("breaks", Fault::Range(0.0, 1.0));
    } else {
        return Some((classes, breaks));
    }
    None
}

fn read_combination(node: Node<'_>, members: &[String]) -> Option<(Combine, Origin)> {
    let kind = node.one_of("combine", &COMBINATIONS)?;
    let belongs = [
        ("weights", kind == 0),
        ("order_weights", kind == 1),
        ("gamma", kind == 2),
    ];
    for (key, _) in belongs.iter().filter(|(key, belongs)| !belongs && node.has(key)) {
        node.refuse(key, Fault::UnknownKey);
    }
    let combine = match kind {
        0 => {
            let (weights, origin) = node.within("weights", |inner| read_weights(inner, members))?;
            return Some((Combine::Linear(weights), origin));
        }
        1 => {
            let weights = node.numbers("order_weights")?;
            let (found, wanted) = (weights.len(), members.len());
            if found != wanted {
                node.refuse("order_weights", Fault::Count { found, wanted });
                return None;
            }
            Combine::Ordered(summing(node, "order_weights", &weights)?)
        }
        2 => Combine::Gamma(node.number_within("gamma", 0.0, 1.0)?),
        3 => Combine::And,
        _ => Combine::Or,
    };
    Some((combine, Origin::None))
}

fn read_weights(node: Node<'_>, members: &[String]) -> Option<(Vec<f64>, Origin)> {
    match node.one_of("method", &["direct", "ranks", "pairs"])? {
        0 => Some((read_direct(node, members, &["method"])?, Origin::Direct)),
        1 => {
            node.only(&["method", "order", "formula"]);
            let formula = node.one_of("formula", &["centroid", "sum"]);
            let order = node.texts("order")?;
            let rank = |member: &String| order.iter().position(|name| name == member);
            let ranks: Option<Vec<usize>> = members.iter().map(rank).collect();
            let Some(ranks) = ranks.filter(|_| order.len() == members.len()) else {
                node.refuse("order", Fault::NotOneOf(members.to_vec()));
                return None;
            };
            let (weights, formula) = match formula? {
                0 => (rank_order_centroid(members.len()), RankFormula::Centroid),
                _ => (rank_sum(members.len()), RankFormula::Sum),
            };
            let weights = ranks.into_iter().map(|rank| weights[rank]).collect();
            Some((weights, Origin::Ranks(formula)))
        }
        _ => read_pairs(node, members.len()),
    }
}

/// A weight for each member, by name.
pub(crate) fn read_direct(node: Node<'_>, members: &[String], others: &[&str]) -> Option<Vec<f64>> {
    let mut names: Vec<&str> = members.iter().map(String::as_str).collect();
    names.extend(others);
    node.only(&names);
    let weights: Vec<Option<f64>> = members
        .iter()
        .map(|member| node.number_within(member, 0.0, 100.0))
        .collect();
    let weights: Option<Vec<f64>> = weights.into_iter().collect();
    summing_at(node, &weights?)
}

/// Weights that sum to 1 or to 100.
fn checked(weights: &[f64]) -> Result<Vec<f64>, Fault> {
    let sum: f64 = weights.iter().sum();
    let near = |wanted: f64| (sum - wanted).abs() <= 1e-6 * wanted;
    if (near(1.0) || near(100.0)) && weights.iter().all(|weight| *weight >= 0.0) {
        Ok(normalised(weights))
    } else {
        Err(Fault::Sum(sum))
    }
}

fn summing_at(node: Node<'_>, weights: &[f64]) -> Option<Vec<f64>> {
    let list = weights.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    checked(weights)
        .map_err(|fault| node.faults.add(node.path, &list, fault))
        .ok()
}

fn summing(node: Node<'_>, name: &str, weights: &[f64]) -> Option<Vec<f64>> {
    checked(weights).map_err(|fault| node.refuse(name, fault)).ok()
}

fn read_pairs(node: Node<'_>, count: usize) -> Option<(Vec<f64>, Origin)> {
    node.only(&["method", "matrix", "accept_inconsistency"]);
    let matrix = read_matrix(node, count);
    let accepted = node.optional_text("accept_inconsistency");
    let matrix = matrix?;
    if count > MOST_COMPARED {
        let most = MOST_COMPARED;
        node.refuse("matrix", Fault::TooMany { found: count, most });
        return None;
    }
    let compared = compare_pairs(&matrix)?;
    if compared.ratio > GREATEST_RATIO && accepted.is_none() {
        node.faults.add(
            &node.key("matrix"),
            &format!("CR {:.3}", compared.ratio),
            Fault::Inconsistent(compared.ratio),
        );
        return None;
    }
    let ratio = compared.ratio;
    Some((compared.weights, Origin::Pairs { ratio, accepted }))
}

fn read_matrix(node: Node<'_>, count: usize) -> Option<Vec<Vec<f64>>> {
    let rows = node.table.get("matrix").and_then(Value::as_array);
    let Some(rows) = rows else {
        let fault = if node.has("matrix") {
            Fault::Kind("una lista de filas")
        } else {
            Fault::Missing
        };
        node.refuse("matrix", fault);
        return None;
    };
    let row = |row: &Value| -> Option<Vec<f64>> { row.as_array()?.iter().map(fraction).collect() };
    let matrix: Option<Vec<Vec<f64>>> = rows.iter().map(row).collect();
    let Some(matrix) = matrix else {
        node.refuse(
            "matrix",
            Fault::Kind("filas de números positivos o fracciones como \"1/3\""),
        );
        return None;
    };
    if let Some(short) = matrix
        .iter()
        .map(Vec::len)
        .chain([matrix.len()])
        .find(|length| *length != count)
    {
        node.refuse(
            "matrix",
            Fault::Count {
                found: short,
                wanted: count,
            },
        );
        return None;
    }
    for (row, entries) in matrix.iter().enumerate() {
        for (column, entry) in entries.iter().enumerate() {
            if (entry * matrix[column][row] - 1.0).abs() > 1e-9 {
                let (row, column) = (row + 1, column + 1);
                let key = format!("{}[{row}][{column}]", node.key("matrix"));
                node.faults
                    .add(&key, &entry.to_string(), Fault::NotReciprocal { row, column });
                return None;
            }
        }
    }
    Some(matrix)
}
