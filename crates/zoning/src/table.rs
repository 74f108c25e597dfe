//! The decision table unfolded: the rule of every combination of classes.

use crate::model::Rule;

/// For every combination of classes the first rule that takes it.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What one class more of each factor adds to the code of a combination.
    steps: Vec<usize>,
    sizes: Vec<usize>,
    /// The place of the rule plus one; 0: none.
    rules: Vec<u8>,
}

impl Table {
    /// Of factors of so many classes. Rules beyond 255 are not held; the parser refuses them.
    pub(crate) fn new(sizes: &[usize], rules: &[Rule]) -> Self {
        let mut steps = Vec::with_capacity(sizes.len());
        let mut count = 1;
        for size in sizes {
            steps.push(count);
            count *= size;
        }
        let mut table = Self {
            steps,
            sizes: sizes.to_vec(),
            rules: vec![0; count],
        };
        for code in 0..count {
            let classes = table.classes(code);
            let takes = |rule: &Rule| {
                let mut conditions = rule.when.iter().zip(&classes);
                conditions
                    .all(|(taken, class)| taken.is_empty() || taken.iter().any(|one| usize::from(*one) == class + 1))
            };
            let first = rules.iter().position(takes);
            table.rules[code] = first.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0);
        }
        table
    }

    /// The classes of a combination, from 0.
    pub(crate) fn classes(&self, code: usize) -> Vec<usize> {
        let places = self.steps.iter().zip(&self.sizes);
        places.map(|(step, size)| code / step % size).collect()
    }

    /// The place of the rule of a combination.
    pub(crate) fn rule(&self, code: usize) -> Option<usize> {
        usize::from(self.rules[code]).checked_sub(1)
    }

    /// Whether a rule is the first of any combination.
    pub(crate) fn uses(&self, rule: usize) -> bool {
        self.rules.iter().any(|held| usize::from(*held) == rule + 1)
    }

    pub(crate) fn step(&self, factor: usize) -> usize {
        self.steps[factor]
    }

    pub(crate) fn combinations(&self) -> usize {
        self.rules.len()
    }
}
