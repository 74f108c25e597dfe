//! Public investment projects, and what the communities asked for first, year by year.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::communities::{COMMUNITIES, Communities};
use crate::rng::SplitMix64;
use crate::territory::Territory;
use geo_types::Point;
use serde_json::{Value, json};

/// Type, name up to the place, objective, productive, cost in thousands of soles.
type Kind = (&'static str, &'static str, &'static str, bool, u32);
const PROJECTS: [Kind; 20] = [
    (
        "Infraestructura natural",
        "Recuperación de zanjas de infiltración en la cabecera de",
        "Aumentar la recarga hídrica",
        false,
        860,
    ),
    (
        "Infraestructura natural",
        "Recuperación de pastos y bofedales en",
        "Conservar la regulación hídrica",
        false,
        1240,
    ),
    (
        "Agua y saneamiento",
        "Mejoramiento del servicio de agua potable en",
        "Ampliar la cobertura de agua segura",
        false,
        2310,
    ),
    (
        "Agua y saneamiento",
        "Instalación de unidades básicas de saneamiento en",
        "Reducir la contaminación de la laguna",
        false,
        1875,
    ),
    (
        "Riego",
        "Mejoramiento del canal de riego de",
        "Regar los mismos cultivos con menos pérdidas",
        false,
        1430,
    ),
    (
        "Riego",
        "Instalación de riego por aspersión en",
        "Producir pastos cultivados todo el año",
        true,
        980,
    ),
    (
        "Transporte",
        "Mejoramiento del camino vecinal a",
        "Reducir el tiempo de viaje",
        false,
        3650,
    ),
    (
        "Transporte",
        "Rehabilitación del puente peatonal de",
        "Restablecer el paso",
        false,
        420,
    ),
    (
        "Educación",
        "Mejoramiento de la institución educativa de",
        "Atender la demanda escolar",
        false,
        2780,
    ),
    (
        "Salud",
        "Mejoramiento del puesto de salud de",
        "Ampliar la atención primaria",
        false,
        1150,
    ),
    (
        "Desarrollo productivo",
        "Servicio de apoyo a la cadena de lácteos en",
        "Vender queso madurado con contrato de compra",
        true,
        690,
    ),
    (
        "Desarrollo productivo",
        "Servicio de apoyo a la cadena de papa nativa en",
        "Entregar semilla certificada a compradores",
        true,
        540,
    ),
    (
        "Desarrollo productivo",
        "Servicio de apoyo a la artesanía textil de",
        "Abrir el mercado de tejidos con tintes naturales",
        true,
        310,
    ),
    (
        "Turismo",
        "Mejoramiento de los servicios turísticos del camino a",
        "Prolongar la estadía del visitante",
        true,
        1520,
    ),
    (
        "Riesgo",
        "Protección de riberas en la quebrada de",
        "Reducir el riesgo de inundación",
        false,
        1980,
    ),
    (
        "Riesgo",
        "Estabilización de la ladera sobre",
        "Reducir el riesgo de deslizamiento",
        false,
        760,
    ),
    (
        "Infraestructura natural",
        "Forestación con especies nativas en",
        "Proteger suelos en ladera",
        false,
        640,
    ),
    (
        "Infraestructura natural",
        "Protección de manantes en",
        "Asegurar el caudal de los manantes",
        false,
        285,
    ),
    (
        "Residuos",
        "Mejoramiento del manejo de residuos sólidos de",
        "Cerrar el botadero a cielo abierto",
        false,
        1690,
    ),
    (
        "Energía",
        "Ampliación de la electrificación rural en",
        "Alcanzar a las viviendas dispersas",
        false,
        1040,
    ),
];

/// Twenty projects, each on the land of a community.
pub fn projects(territory: &Territory, communities: &Communities) -> Layer {
    let mut rng = SplitMix64::new(0x00b1_a500);
    let features = PROJECTS
        .iter()
        .enumerate()
        .map(|(number, (kind, name, objective, productive, thousands))| {
            let index = (number * 3 + number / 8) % COMMUNITIES.len();
            let fields = vec![
                ("CUI", json!(format!("99{:05}", 10_000 + number * 137))),
                ("NOMBRE", json!(format!("{name} {}", COMMUNITIES[index].name))),
                ("TIPO", json!(kind)),
                ("OBJETIVO", json!(objective)),
                ("ANIO", json!(2017 + number * 7 % 8)),
                ("COSTO", json!(f64::from(*thousands) * 1000.0)),
                ("PRODUCTIVO", json!(productive)),
                (
                    "INICIATIVA_PRIVADA",
                    json!(productive.then_some("Asociación de productores (sintética)")),
                ),
                (
                    "ESTADO",
                    json!(["Idea", "Formulación", "Viable", "Ejecución", "Cerrado"][number % 5]),
                ),
                ("COMUNIDAD", json!(COMMUNITIES[index].name)),
            ];
            Feature::new(place_in(territory, communities, index, &mut rng), fields)
        });
    layer(
        "proyectos",
        "Proyectos de inversión pública",
        "projects",
        features.collect(),
    )
}

/// Share of each year's budget in percent that goes to productive demands; their mean is 50.6.
pub const PRODUCTIVE_PERCENT: [(u32, u32); 5] = [(2019, 38), (2020, 66), (2021, 61), (2022, 38), (2023, 50)];
const YEARLY_BUDGET: u32 = 1_200_000;
const PRODUCTIVE: [&str; 8] = [
    "Módulo de pastos cultivados",
    "Reservorio para riego por aspersión",
    "Centro de acopio de leche",
    "Mejoramiento genético de ovinos",
    "Vivero de papa nativa",
    "Taller de tejidos",
    "Crianza de truchas",
    "Biohuertos con mercado escolar",
];
const BASIC: [&str; 8] = [
    "Local comunal",
    "Ampliación de la red de agua",
    "Trocha carrozable",
    "Aula de educación inicial",
    "Puesto de salud",
    "Losa deportiva",
    "Cerco perimétrico de la escuela",
    "Alumbrado público",
];

/// One demand of each community for each of five years, put in order; productive ones get the declared share.
pub fn demands(territory: &Territory, communities: &Communities) -> Layer {
    let mut rng = SplitMix64::new(0xde3a_0000);
    let mut features = Vec::new();
    for (year, percent) in PRODUCTIVE_PERCENT {
        let first = rng.below(COMMUNITIES.len());
        for rank in 0..COMMUNITIES.len() {
            let index = (first + rank * 3) % COMMUNITIES.len();
            let productive = rank < 4;
            let part = if productive { percent } else { 100 - percent };
            let amount = f64::from(YEARLY_BUDGET / 100 * part) * [0.31, 0.27, 0.23, 0.19][rank % 4];
            let wish = if productive {
                PRODUCTIVE[rng.below(8)]
            } else {
                BASIC[rng.below(8)]
            };
            let fields: Vec<(&'static str, Value)> = vec![
                ("CODIGO", json!(format!("D{year}-{:02}", rank + 1))),
                ("COMUNIDAD", json!(COMMUNITIES[index].name)),
                ("ANIO", json!(year)),
                ("PRIORIDAD", json!(rank + 1)),
                ("NOMBRE", json!(wish)),
                ("PRODUCTIVO", json!(productive)),
                ("MONTO", json!(amount.round())),
            ];
            features.push(Feature::new(place_in(territory, communities, index, &mut rng), fields));
        }
    }
    layer(
        "demandas_priorizadas",
        "Demandas priorizadas por las comunidades",
        "demands",
        features,
    )
}

/// A place on gentle ground in a community, not in the lake.
fn place_in(territory: &Territory, communities: &Communities, index: usize, rng: &mut SplitMix64) -> Point<f64> {
    let own = |cell: &usize| usize::from(communities.of_cell[*cell]) == index + 1;
    let cells: Vec<usize> = (0..TERRITORY.cells())
        .filter(own)
        .filter(|&cell| territory.land.slope[cell] < 0.28)
        .collect();
    let (e, n) = TERRITORY.centre(*rng.pick(&cells));
    Point::new(
        (e + rng.between(-9.0, 9.0)).round(),
        (n + rng.between(-9.0, 9.0)).round(),
    )
}

fn layer(name: &'static str, title: &'static str, kind: &'static str, features: Vec<Feature>) -> Layer {
    let fields = include_str!("../profiles/investment.toml");
    Layer {
        name,
        title,
        kind,
        fields,
        valid_from: "2024-01-01",
        scale: 25_000,
        sigma: 12.5,
        decimals: 7,
        features,
    }
}
