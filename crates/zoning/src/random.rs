//! Numbers that look like chance and are the same for ever: a small generator and draws from it.

/// `SplitMix64` (Steele, Lea & Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// Above 0 and up to 1, in steps of 2⁻⁵³.
    fn part(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Normal, by the polar method of Marsaglia & Bray (1964).
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.part() - 1.0, 2.0 * self.part() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * libm::sqrt(-2.0 * libm::log(square) / square);
            }
        }
    }

    /// Gamma of a shape and scale 1 (Marsaglia & Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * libm::pow(self.part(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.normal();
            let v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if v > 0.0 && libm::log(self.part()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// Weights round `mean`, whose sum is 1; the greater the concentration, the nearer. A weight of 0 stays 0.
    pub(crate) fn dirichlet(&mut self, mean: &[f64], concentration: f64) -> Vec<f64> {
        let drawn = mean.iter().map(|weight| {
            let shape = weight * concentration;
            if shape > 0.0 { self.gamma(shape) } else { 0.0 }
        });
        let drawn: Vec<f64> = drawn.collect();
        crate::normalised(&drawn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_mean_and_the_spread_of_a_dirichlet() {
        let (mean, concentration, count) = ([0.5, 0.3, 0.15, 0.05, 0.0], 12.0, 40_000);
        let mut chance = Chance::new(1);
        let (mut sums, mut squares) = ([0.0; 5], [0.0; 5]);
        for _ in 0..count {
            let weights = chance.dirichlet(&mean, concentration);
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            for (at, weight) in weights.iter().enumerate() {
                sums[at] += weight;
                squares[at] += weight * weight;
            }
        }
        for (at, mean) in mean.into_iter().enumerate() {
            let found = sums[at] / f64::from(count);
            let variance = squares[at] / f64::from(count) - found * found;
            let wanted = mean * (1.0 - mean) / (concentration + 1.0);
            // five standard errors of the mean; the variance to a twentieth
            assert!((found - mean).abs() <= 5.0 * (wanted / f64::from(count)).sqrt());
            assert!((variance - wanted).abs() <= 0.05 * wanted);
        }
    }

    #[test]
    fn a_seed_gives_the_same_draws_for_ever() {
        let mut chance = Chance::new(0);
        // the first outputs of SplitMix64 from the seed 0, as its authors print them
        assert_eq!(
            [chance.next(), chance.next()],
            [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]
        );
    }
}
