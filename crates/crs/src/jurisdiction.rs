//! Where Peru is, coarsely: enough to tell a plausible coordinate from an impossible one.

/// West, south, east and north of Peru with its sea margin, in degrees.
pub const JURISDICTION_BOX: [f64; 4] = [-81.6, -18.6, -68.5, 0.1];

/// A generalised outline of Peru with a margin of some 20 km on land and some 30 km at sea, lon/lat in degrees, closed.
///
/// Drawn by hand from the coordinates of well-known corners (Boca de Capones, Güepí, Leticia, the Yavarí, Iñapari,
/// Desaguadero, Tacna, Punta Balcones). Approximate: it decides what is asked, never what is judged.
pub const JURISDICTION: [[f64; 2]; 42] = [
    [-80.60, -3.25],
    [-80.10, -3.25],
    [-79.95, -4.15],
    [-79.45, -4.20],
    [-79.05, -4.65],
    [-78.85, -4.45],
    [-78.55, -3.15],
    [-77.90, -2.75],
    [-76.55, -2.30],
    [-75.80, -1.60],
    [-75.80, -0.10],
    [-75.60, 0.10],
    [-74.75, 0.05],
    [-73.55, -0.95],
    [-72.85, -2.00],
    [-71.50, -1.95],
    [-69.85, -2.35],
    [-69.75, -4.20],
    [-70.10, -4.60],
    [-71.60, -4.75],
    [-72.30, -5.00],
    [-72.65, -5.35],
    [-72.80, -5.90],
    [-73.00, -6.80],
    [-73.40, -7.10],
    [-73.50, -7.45],
    [-72.80, -9.15],
    [-70.45, -9.25],
    [-70.35, -10.75],
    [-69.40, -10.75],
    [-68.50, -12.40],
    [-68.65, -14.70],
    [-69.00, -15.60],
    [-68.70, -16.40],
    [-69.15, -17.60],
    [-69.80, -18.55],
    [-71.80, -18.20],
    [-76.70, -14.40],
    [-81.60, -6.50],
    [-81.60, -4.10],
    [-81.00, -3.50],
    [-80.60, -3.25],
];

/// Whether a position in degrees lies in the outline of Peru.
///
/// ```
/// assert!(crs::in_jurisdiction(-71.97, -13.52)); // Cusco
/// assert!(!crs::in_jurisdiction(-68.15, -16.50)); // La Paz
/// ```
pub fn in_jurisdiction(lon: f64, lat: f64) -> bool {
    let [west, south, east, north] = JURISDICTION_BOX;
    if !(west..=east).contains(&lon) || !(south..=north).contains(&lat) {
        return false;
    }
    let mut inside = false;
    for edge in JURISDICTION.windows(2) {
        let ([x1, y1], [x2, y2]) = (edge[0], edge[1]);
        if (y1 > lat) != (y2 > lat) && lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1) {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_on_the_right_side() {
        for (name, lon, lat) in [
            ("Lima", -77.04, -12.05),
            ("Tumbes", -80.45, -3.57),
            ("Talara", -81.27, -4.58),
            ("Tacna", -70.25, -18.01),
            ("Iñapari", -69.58, -10.95),
            ("Desaguadero", -69.04, -16.56),
            ("Caballococha", -70.52, -3.91),
            ("Iquitos", -73.25, -3.75),
        ] {
            assert!(in_jurisdiction(lon, lat), "{name}");
        }
        for (name, lon, lat) in [
            ("Quito", -78.47, -0.18),
            ("Guayaquil", -79.92, -2.19),
            ("Loja", -79.20, -3.99),
            ("La Paz", -68.15, -16.50),
            ("Cruzeiro do Sul", -72.67, -7.63),
            ("Rio Branco", -67.81, -9.97),
            ("Iquique", -70.15, -20.21),
            ("null island", 0.0, 0.0),
        ] {
            assert!(!in_jurisdiction(lon, lat), "{name}");
        }
        assert!(!in_jurisdiction(f64::NAN, -12.0) && !in_jurisdiction(-77.0, f64::INFINITY));
    }

    #[test]
    fn the_outline_is_closed_and_lies_in_its_box() {
        let [west, south, east, north] = JURISDICTION_BOX;
        assert_eq!(JURISDICTION.first(), JURISDICTION.last());
        assert!(
            JURISDICTION
                .iter()
                .all(|[x, y]| (west..=east).contains(x) && (south..=north).contains(y))
        );
    }
}
