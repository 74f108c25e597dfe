//! Coordinates in both directions that the generator needs, to the last bit the same on every machine.
//!
//! Krüger's series to the sixth order of the third flattening (Karney 2011, doi:10.1007/s00190-011-0445-3) and the
//! three-parameter shift of EPSG:1208. A test holds both against the house's transformer.

use libm::{asinh, atan, atan2, atanh, cos, cosh, sin, sinh, sqrt, tan};

/// A place on the ground: longitude and latitude in degrees.
pub type LonLat = (f64, f64);

const SCALE: f64 = 0.9996;
const FALSE_EASTING: f64 = 500_000.0;
const FALSE_NORTHING: f64 = 10_000_000.0;
/// Central meridian of zone 18 in degrees.
const MERIDIAN: f64 = -75.0;

/// An ellipsoid by its semi-major axis in metres and its inverse flattening.
#[derive(Clone, Copy, Debug)]
struct Ellipsoid {
    axis: f64,
    inverse_flattening: f64,
}

const WGS84: Ellipsoid = Ellipsoid {
    axis: 6_378_137.0,
    inverse_flattening: 298.257_223_563,
};
/// International 1924, the ellipsoid of PSAD 56.
const INTERNATIONAL: Ellipsoid = Ellipsoid {
    axis: 6_378_388.0,
    inverse_flattening: 297.0,
};
/// EPSG:1208, PSAD 56 to WGS 84 in Peru, metres.
const SHIFT: (f64, f64, f64) = (-279.0, 175.0, -379.0);

impl Ellipsoid {
    fn eccentricity_squared(self) -> f64 {
        let f = 1.0 / self.inverse_flattening;
        f * (2.0 - f)
    }

    /// Rectifying radius and the coefficients of both series.
    fn series(self) -> (f64, [f64; 6], [f64; 6]) {
        let f = 1.0 / self.inverse_flattening;
        let n = f / (2.0 - f);
        let (n2, n3, n4) = (n * n, n * n * n, n * n * n * n);
        let (n5, n6) = (n4 * n, n4 * n2);
        let radius = self.axis / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0 + n6 / 256.0);
        let forward = [
            n / 2.0 - 2.0 / 3.0 * n2 + 5.0 / 16.0 * n3 + 41.0 / 180.0 * n4 - 127.0 / 288.0 * n5 + 7891.0 / 37800.0 * n6,
            13.0 / 48.0 * n2 - 3.0 / 5.0 * n3 + 557.0 / 1440.0 * n4 + 281.0 / 630.0 * n5
                - 1_983_433.0 / 1_935_360.0 * n6,
            61.0 / 240.0 * n3 - 103.0 / 140.0 * n4 + 15061.0 / 26880.0 * n5 + 167_603.0 / 181_440.0 * n6,
            49561.0 / 161_280.0 * n4 - 179.0 / 168.0 * n5 + 6_601_661.0 / 7_257_600.0 * n6,
            34729.0 / 80640.0 * n5 - 3_418_889.0 / 1_995_840.0 * n6,
            212_378_941.0 / 319_334_400.0 * n6,
        ];
        let inverse = [
            n / 2.0 - 2.0 / 3.0 * n2 + 37.0 / 96.0 * n3 - 1.0 / 360.0 * n4 - 81.0 / 512.0 * n5
                + 96199.0 / 604_800.0 * n6,
            1.0 / 48.0 * n2 + 1.0 / 15.0 * n3 - 437.0 / 1440.0 * n4 + 46.0 / 105.0 * n5
                - 1_118_711.0 / 3_870_720.0 * n6,
            17.0 / 480.0 * n3 - 37.0 / 840.0 * n4 - 209.0 / 4480.0 * n5 + 5569.0 / 90720.0 * n6,
            4397.0 / 161_280.0 * n4 - 11.0 / 504.0 * n5 - 830_251.0 / 7_257_600.0 * n6,
            4583.0 / 161_280.0 * n5 - 108_847.0 / 3_991_680.0 * n6,
            20_648_693.0 / 638_668_800.0 * n6,
        ];
        (radius, forward, inverse)
    }

    fn geographic(self, easting: f64, northing: f64) -> LonLat {
        let (radius, _, inverse) = self.series();
        let (xi, eta) = (
            (northing - FALSE_NORTHING) / (SCALE * radius),
            (easting - FALSE_EASTING) / (SCALE * radius),
        );
        let (mut xi0, mut eta0) = (xi, eta);
        for (order, beta) in inverse.iter().enumerate() {
            let k = 2.0 * (order as f64 + 1.0);
            xi0 -= beta * sin(k * xi) * cosh(k * eta);
            eta0 -= beta * cos(k * xi) * sinh(k * eta);
        }
        let conformal = sin(xi0) / sqrt(sinh(eta0) * sinh(eta0) + cos(xi0) * cos(xi0));
        let longitude = MERIDIAN + atan2(sinh(eta0), cos(xi0)).to_degrees();
        (longitude, atan(self.unconformal(conformal)).to_degrees())
    }

    fn conformal(self, tangent: f64) -> f64 {
        let e = sqrt(self.eccentricity_squared());
        let sigma = sinh(e * atanh(e * tangent / sqrt(1.0 + tangent * tangent)));
        tangent * sqrt(1.0 + sigma * sigma) - sigma * sqrt(1.0 + tangent * tangent)
    }

    /// The tangent of the latitude whose conformal tangent is given, by Newton's method.
    fn unconformal(self, target: f64) -> f64 {
        let e2 = self.eccentricity_squared();
        let mut tangent = target / (1.0 - e2);
        for _ in 0..6 {
            let guess = self.conformal(tangent);
            let slope = (1.0 + (1.0 - e2) * tangent * tangent) / ((1.0 - e2) * sqrt(1.0 + tangent * tangent));
            tangent += (target - guess) / sqrt(1.0 + guess * guess) * slope;
        }
        tangent
    }

    fn to_utm(self, (longitude, latitude): LonLat) -> (f64, f64) {
        let (radius, forward, _) = self.series();
        let conformal = self.conformal(tan(latitude.to_radians()));
        let lambda = (longitude - MERIDIAN).to_radians();
        let xi0 = atan2(conformal, cos(lambda));
        let eta0 = asinh(sin(lambda) / sqrt(conformal * conformal + cos(lambda) * cos(lambda)));
        let (mut xi, mut eta) = (xi0, eta0);
        for (order, alpha) in forward.iter().enumerate() {
            let k = 2.0 * (order as f64 + 1.0);
            xi += alpha * sin(k * xi0) * cosh(k * eta0);
            eta += alpha * cos(k * xi0) * sinh(k * eta0);
        }
        (
            FALSE_EASTING + SCALE * radius * eta,
            FALSE_NORTHING + SCALE * radius * xi,
        )
    }
}

/// Longitude and latitude WGS 84 of a place in EPSG:32718.
pub fn lonlat(easting: f64, northing: f64) -> LonLat {
    WGS84.geographic(easting, northing)
}

/// Easting and northing in EPSG:32718 of a longitude and latitude WGS 84.
pub fn utm(place: LonLat) -> (f64, f64) {
    WGS84.to_utm(place)
}

/// Easting and northing in EPSG:32718 of a place in EPSG:24878, by EPSG:1208 at height zero.
pub fn from_psad56(easting: f64, northing: f64) -> (f64, f64) {
    let (longitude, latitude) = INTERNATIONAL.geographic(easting, northing);
    let (lambda, phi) = (longitude.to_radians(), latitude.to_radians());
    let e2 = INTERNATIONAL.eccentricity_squared();
    let normal = INTERNATIONAL.axis / sqrt(1.0 - e2 * sin(phi) * sin(phi));
    let x = normal * cos(phi) * cos(lambda) + SHIFT.0;
    let y = normal * cos(phi) * sin(lambda) + SHIFT.1;
    let z = normal * (1.0 - e2) * sin(phi) + SHIFT.2;
    WGS84.to_utm((atan2(y, x).to_degrees(), geodetic_latitude(x, y, z).to_degrees()))
}

/// Geodetic latitude in radians of a geocentric place near the ellipsoid WGS 84, by fixed-point iteration.
fn geodetic_latitude(x: f64, y: f64, z: f64) -> f64 {
    let e2 = WGS84.eccentricity_squared();
    let distance = sqrt(x * x + y * y);
    let mut phi = atan2(z, distance * (1.0 - e2));
    for _ in 0..8 {
        let normal = WGS84.axis / sqrt(1.0 - e2 * sin(phi) * sin(phi));
        phi = atan2(z + e2 * normal * sin(phi), distance);
    }
    phi
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shift_agrees_with_the_control_points_to_a_millimetre() {
        // Zone 18 rows of an independent PROJ run, EPSG:1208.
        for (from, to) in [
            ((180_000.0, 8_500_000.0), (179_780.928_2, 8_499_633.687_3)),
            ((300_000.0, 8_800_000.0), (299_778.470_1, 8_799_629.660_6)),
            ((500_000.0, 8_600_000.0), (499_775.893_0, 8_599_632.637_0)),
        ] {
            let (e, n) = from_psad56(from.0, from.1);
            assert!(
                (e - to.0).abs() < 1e-3 && (n - to.1).abs() < 1e-3,
                "{e} {n} against {to:?}"
            );
        }
    }

    #[test]
    fn longitude_and_latitude_agree_with_the_control_points() {
        let (lon, lat) = lonlat(299_778.470_1, 8_799_629.660_6);
        assert!((lon - -76.831_603_411).abs() < 2e-9 && (lat - -10.853_379_224).abs() < 2e-9);
    }

    #[test]
    fn there_and_back_is_a_hundredth_of_a_millimetre() {
        let (e, n) = utm(lonlat(823_000.0, 8_510_000.0));
        assert!((e - 823_000.0).abs() < 1e-5 && (n - 8_510_000.0).abs() < 1e-5);
    }
}
