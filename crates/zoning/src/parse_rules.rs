//! The decision table: rules over classes, complete and each of use.

use crate::Fault;
use crate::model::{Rule, Submodel};
use crate::read::{Node, written};
use crate::table::Table;
use toml::Value;

/// Combinations of classes that a table may have.
const MOST_COMBINATIONS: usize = 1 << 20;

/// The factors of the table and its rules.
pub(crate) fn read_rules(root: Node<'_>, submodels: &[Submodel], zones: &[String]) -> Option<(Vec<usize>, Vec<Rule>)> {
    let factors = find_factors(root, submodels);
    if !root.has("rules") {
        root.refuse("rules", Fault::Missing);
        return None;
    }
    let rules = root.list("rules", |node| read_rule(node, submodels, &factors, zones))?;
    let twice = (1..rules.len()).find(|place| rules[..*place].iter().any(|rule| rule.name == rules[*place].name));
    if let Some(place) = twice {
        root.faults
            .add(&format!("rules[{}].name", place + 1), &rules[place].name, Fault::Twice);
    }
    let sizes: Vec<usize> = factors.iter().map(|factor| submodels[*factor].classes.len()).collect();
    let combinations = sizes.iter().try_fold(1_usize, |all, size| all.checked_mul(*size));
    let Some(found) = combinations.filter(|found| *found <= MOST_COMBINATIONS) else {
        let (found, most) = (combinations.unwrap_or(usize::MAX), MOST_COMBINATIONS);
        root.faults.add("rules", "—", Fault::TooMany { found, most });
        return None;
    };
    let table = Table::new(&sizes, &rules);
    find_uncovered(root, &table, found, |factor, class| {
        let submodel = &submodels[factors[factor]];
        format!("{}={}", submodel.name, submodel.classes[class])
    });
    for (place, rule) in rules.iter().enumerate().filter(|(place, _)| !table.uses(*place)) {
        root.faults
            .add(&format!("rules[{}]", place + 1), &rule.name, Fault::Unreachable);
    }
    Some((factors, rules))
}

fn find_uncovered(root: Node<'_>, table: &Table, count: usize, name: impl Fn(usize, usize) -> String) {
    let uncovered = (0..count).filter(|code| table.rule(*code).is_none());
    let named = uncovered.map(|code| {
        let classes = table.classes(code).into_iter().enumerate();
        classes
            .map(|(factor, class)| name(factor, class))
            .collect::<Vec<_>>()
            .join(" + ")
    });
    let named: Vec<String> = named.collect();
    if !named.is_empty() {
        root.faults.add("rules", "—", Fault::Uncovered(named));
    }
}

/// The submodels that some rule asks for.
fn find_factors(root: Node<'_>, submodels: &[Submodel]) -> Vec<usize> {
    let rules = root.table.get("rules").and_then(Value::as_array);
    let asked = |name: &String| {
        let conditions = rules
            .into_iter()
            .flatten()
            .filter_map(|rule| rule.get("when")?.as_table());
        conditions.into_iter().any(|when| when.contains_key(name))
    };
    (0..submodels.len())
        .filter(|place| asked(&submodels[*place].name))
        .collect()
}

fn read_rule(node: Node<'_>, submodels: &[Submodel], factors: &[usize], zones: &[String]) -> Option<Rule> {
    node.only(&["name", "when", "zone"]);
    let name = node.text("name");
    let zone = node.place_in("zone", zones);
    let when = node.within("when", |inner| {
        let known: Vec<&str> = submodels.iter().map(|submodel| submodel.name.as_str()).collect();
        let strangers = inner.table.keys().filter(|key| !known.contains(&key.as_str()));
        for key in strangers {
            inner.refuse(
                key,
                Fault::NotOneOf(known.iter().map(|name| (*name).to_owned()).collect()),
            );
        }
        let read = factors.iter().map(|factor| read_condition(inner, &submodels[*factor]));
        let read: Vec<Option<Vec<u8>>> = read.collect();
        read.into_iter().collect::<Option<Vec<Vec<u8>>>>()
    });
    Some(Rule {
        name: name?,
        when: when?,
        zone: zone?,
    })
}

/// The classes that a rule takes of a submodel: a name or a list of names.
fn read_condition(node: Node<'_>, submodel: &Submodel) -> Option<Vec<u8>> {
    let Some(value) = node.table.get(&submodel.name) else {
        return Some(Vec::new());
    };
    let one = std::slice::from_ref(value);
    let wanted = value.as_array().map_or(one, Vec::as_slice);
    if wanted.is_empty() {
        node.refuse(&submodel.name, Fault::Count { found: 0, wanted: 1 });
        return None;
    }
    let class = |value: &Value| {
        let place = submodel
            .classes
            .iter()
            .position(|class| Some(class.as_str()) == value.as_str());
        if place.is_none() {
            let key = node.key(&submodel.name);
            node.faults
                .add(&key, &written(value), Fault::NotOneOf(submodel.classes.clone()));
        }
        place.and_then(|place| u8::try_from(place + 1).ok())
    };
    let read: Vec<Option<u8>> = wanted.iter().map(class).collect();
    read.into_iter().collect()
}
