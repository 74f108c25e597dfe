//! How much each member of a submodel counts: direct, by rank, or by comparison of pairs (AHP).

/// Weights divided by their sum.
///
/// # Panics
/// Never: a sum of 0 gives zeros.
pub fn normalised(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    weights
        .iter()
        .map(|weight| if sum > 0.0 { weight / sum } else { 0.0 })
        .collect()
}

/// Rank order centroid (Barron & Barrett 1996): weight of each of `count` ranks, the most important first.
pub fn rank_order_centroid(count: usize) -> Vec<f64> {
    let tail = |rank: usize| (rank..=count).map(|place| 1.0 / place as f64).sum::<f64>();
    (1..=count).map(|rank| tail(rank) / count as f64).collect()
}

/// Rank sum: weight of each of `count` ranks, the most important first.
pub fn rank_sum(count: usize) -> Vec<f64> {
    let total = (count * (count + 1)) as f64 / 2.0;
    (1..=count).map(|rank| (count + 1 - rank) as f64 / total).collect()
}

/// What a matrix of comparisons of pairs says.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The principal eigenvector, its sum being 1.
    pub weights: Vec<f64>,
    /// The principal eigenvalue.
    pub eigenvalue: f64,
    /// (λ − n) / (n − 1), 0 for one or two.
    pub index: f64,
    /// The index over that of random matrices.
    pub ratio: f64,
}

/// The greatest consistency ratio that is taken without a reason.
pub const GREATEST_RATIO: f64 = 0.10;

/// Mean consistency index of random reciprocal matrices of 1 to 10 rows (Saaty 1980).
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// The most members that pairs are compared of: beyond it there is no agreed random index.
pub const MOST_COMPARED: usize = RANDOM_INDEX.len();

/// Steps of the power iteration: as many as any reciprocal matrix of ten rows on the scale of 1 to 9 needs, many times over.
const STEPS: usize = 10_000;

/// Weights and consistency of a reciprocal matrix, by power iteration in a fixed order. Rows that are not of one length with the
/// matrix give `None`, as do more rows than have a random index.
pub fn compare_pairs(matrix: &[Vec<f64>]) -> Option<Comparison> {
    let count = matrix.len();
    let square = matrix.iter().all(|row| row.len() == count);
    if count == 0 || !square || count > MOST_COMPARED {
        return None;
    }
    let times = |weights: &[f64]| -> Vec<f64> {
        let dot = |row: &Vec<f64>| row.iter().zip(weights).map(|(a, b)| a * b).sum();
        matrix.iter().map(dot).collect()
    };
    let mut weights = vec![1.0 / count as f64; count];
    for _ in 0..STEPS {
        let next = normalised(&times(&weights));
        let moved = next
            .iter()
            .zip(&weights)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        weights = next;
        if moved < 1e-15 {
            break;
        }
    }
    let stretched = times(&weights);
    let eigenvalue = stretched.iter().zip(&weights).map(|(a, b)| a / b).sum::<f64>() / count as f64;
    let index = if count > 2 {
        ((eigenvalue - count as f64) / (count - 1) as f64).max(0.0)
    } else {
        0.0
    };
    let random = RANDOM_INDEX[count - 1];
    let ratio = if random > 0.0 { index / random } else { 0.0 };
    Some(Comparison {
        weights,
        eigenvalue,
        index,
        ratio,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[&str]) -> Vec<Vec<f64>> {
        let number = |word: &str| match word.split_once('/') {
            Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
            None => word.parse().unwrap(),
        };
        rows.iter().map(|row| row.split(' ').map(number).collect()).collect()
    }

    /// Saaty (2008), «Decision making with the analytic hierarchy process», Int. J. Services Sciences 1(1): which drink is drunk most
    /// in the United States. The printed weights are .177 .019 .042 .116 .190 .129 .327 with a ratio of .022.
    const DRINKS: [&str; 7] = [
        "1 9 5 2 1 1 1/2",
        "1/9 1 1/3 1/9 1/9 1/9 1/9",
        "1/5 3 1 1/3 1/4 1/3 1/9",
        "1/2 9 3 1 1/2 1 1/3",
        "1 9 4 2 1 2 1/2",
        "1 9 3 1 1/2 1 1/3",
        "2 9 9 3 2 3 1",
    ];

    #[test]
    fn the_drinks_of_saaty_have_his_weights_and_ratio() {
        let found = compare_pairs(&matrix(&DRINKS)).unwrap();
        let printed = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327];
        for (found, printed) in found.weights.iter().zip(printed) {
            assert!((found - printed).abs() < 0.001, "{found} for {printed}");
        }
        assert!((found.ratio - 0.022).abs() < 0.001, "{}", found.ratio);
    }

    #[test]
    fn an_eigenvector_equals_that_of_lapack() {
        let found = compare_pairs(&matrix(&SCHOOLS)).unwrap();
        assert!(
            (found.eigenvalue - SCHOOLS_EIGENVALUE).abs() < 1e-9,
            "{}",
            found.eigenvalue
        );
        for (found, wanted) in found.weights.iter().zip(SCHOOLS_WEIGHTS) {
            assert!((found - wanted).abs() < 1e-9, "{found} for {wanted}");
        }
    }

    #[test]
    fn the_schools_of_saaty_are_too_inconsistent() {
        let found = compare_pairs(&matrix(&SCHOOLS)).unwrap();
        assert!(found.ratio > 2.0 * GREATEST_RATIO);
    }

    /// Six criteria for a school (Saaty 1980, The Analytic Hierarchy Process).
    const SCHOOLS: [&str; 6] = [
        "1 4 3 1 3 4",
        "1/4 1 7 3 1/5 1",
        "1/3 1/7 1 1/5 1/5 1/6",
        "1 1/3 5 1 1 1/3",
        "1/3 5 5 1 1 3",
        "1/4 1 6 3 1/3 1",
    ];
    /// numpy.linalg.eig of numpy 1.24.2 (LAPACK).
    const SCHOOLS_EIGENVALUE: f64 = 7.419_870_101_921;
    const SCHOOLS_WEIGHTS: [f64; 6] = [
        0.320_770_183_263,
        0.139_502_745_421,
        0.034_768_307_7,
        0.128_486_018_463,
        0.237_389_994_74,
        0.139_082_750_413,
    ];

    #[test]
    fn a_consistent_matrix_gives_back_its_weights() {
        let weights = [0.5, 0.3, 0.2];
        let rows = weights.map(|above| weights.map(|below| above / below).to_vec());
        let found = compare_pairs(&rows).unwrap();
        for (found, wanted) in found.weights.iter().zip(weights) {
            assert!((found - wanted).abs() < 1e-14);
        }
        assert!(found.ratio.abs() < 1e-12);
    }

    #[test]
    fn ranks_have_the_weights_of_barron_and_barrett() {
        let centroid = rank_order_centroid(4);
        for (found, wanted) in centroid.iter().zip([0.5208, 0.2708, 0.1458, 0.0625]) {
            assert!((found - wanted).abs() < 5e-5);
        }
        let sum = rank_sum(4);
        for (found, wanted) in sum.iter().zip([0.4, 0.3, 0.2, 0.1]) {
            assert!((found - wanted).abs() < 1e-15);
        }
    }
}
