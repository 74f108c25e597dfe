//! Sheets of layers: `/map` with `paper`.

use crate::{
    client::{Reply, send},
    stage::{Stage, draft, publish, right, square},
};
use store::{DraftEdition, Store};
use territory::{Coverage, LayerKind, NewFeature, Value};

/// Round the zones of the stage.
const BOX: &str = "bbox=-79.01,-7.01,-78.92,-6.97";

fn zone(key: &str, place: (f64, f64), category: &str) -> NewFeature {
    let mut zone = square(key, &format!("Zona {key}"), place, 2.0);
    zone.feature
        .attributes
        .set("category", Value::Text(category.to_owned()));
    zone
}

/// Two zones of one class that overlap, one of another, a titled right over both, a department.
fn stage() -> Stage {
    staged(|_| {}, Coverage::National, None)
}

fn staged(settings: impl FnOnce(&mut server::Config), coverage: Coverage, norm: Option<&str>) -> Stage {
    Stage::with(settings, move |path| {
        let store = Store::create(path).unwrap();
        let zoning = DraftEdition {
            coverage,
            ..draft(LayerKind::Zoning, "Cajamarca")
        };
        let mut zones = vec![
            zone("A-1", (0.0, 0.0), "a"),
            zone("A-2", (1.0, 0.0), "a"),
            zone("B-1", (5.0, 0.0), "b"),
        ];
        if let Some(norm) = norm {
            zones[0].feature.attributes.set("norm", Value::Text(norm.to_owned()));
        }
        publish(&store, zoning, zones, "2026-02-01");
        let rights = vec![right("01-T", (0.0, 0.0), "titulado")];
        publish(&store, draft(LayerKind::Concessions, "Perú"), rights, "2026-02-02");
        let units = vec![square("06", "Cajamarca", (-50.0, -50.0), 100.0)];
        publish(&store, draft(LayerKind::Departments, "Perú"), units, "2026-02-03");
    })
}

/// All words of a sheet in SVG, in the order in which they are drawn, lines of one text joined.
fn words(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let text = reply.text();
    let pieces = text.split("<text ").skip(1).filter_map(|piece| {
        let (_, rest) = piece.split_once('>')?;
        rest.split_once("</text>").map(|(words, _)| words)
    });
    pieces.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

fn svg(stage: &Stage, rest: &str) -> String {
    words(&stage.get(&format!("/map?collections=zoning,concessions&f=svg&{BOX}&{rest}")))
}

#[test]
fn the_legend_has_the_geodesic_hectares_that_each_class_covers_once() {
    let stage = stage();
    let said = svg(&stage, "paper=a4");
    // pyproj 3.4.1 (PROJ 9.1, GeographicLib) on the WGS 84 ellipsoid: 733.20, 488.80 and 122.20 ha; the two zones of class a would
    // have 977.60 ha if their overlap counted twice
    for row in [
        "733.2 ha Zonas productivas",
        "488.8 ha Zonas de protección",
        "122.2 ha Derecho minero titulado",
    ] {
        assert!(said.contains(row), "{row} in {said}");
    }
    assert!(!said.contains("977"), "{said}");
    assert!(
        said.contains("hectáreas geodésicas (sobre el elipsoide) dentro del marco"),
        "{said}"
    );
    assert!(
        !said.contains("en trámite"),
        "a class that is not there has no sign: {said}"
    );
}

#[test]
fn a_frame_cuts_hectares_at_its_edge() {
    let stage = stage();
    // at 1:2 000 the frame lies within one zone: it shows nothing but that class, and as much of it as the frame has
    let reply = stage.get("/map?collections=zoning&f=svg&paper=a4&scale=2000&bbox=-78.9951,-6.9901,-78.9949,-6.9899");
    let sides: Vec<f64> = reply
        .header("content-bbox")
        .unwrap()
        .split(',')
        .map(|side| side.parse().unwrap())
        .collect();
    let planar = (sides[2] - sides[0]) * (sides[3] - sides[1]) / 10_000.0;
    let said = words(&reply);
    let figure = said.split(" ha Zonas productivas").next().unwrap();
    let hectares: f64 = figure.rsplit(' ').next().unwrap().parse().unwrap();
    // 222 km east of the meridian of zone 17 plane and ground differ by less than a thousandth; the figure is rounded to a tenth
    assert!(
        (hectares - planar).abs() < 0.05 + planar * 0.001,
        "{hectares} of {planar} in {said}"
    );
    assert!(!said.contains("Zonas de protección"), "{said}");
}

#[test]
fn a_sheet_says_where_when_how_large_from_whom_and_by_which_norm() {
    let plain = svg(&stage(), "paper=a3&scale=50000");
    for sentence in [
        "Zonificación ecológica y económica",
        "Derechos mineros",
        "Departamento: Cajamarca",
        "Datos al ",
        "datos sintéticos",
        "Escala 1:50 000",
        "Ubicación del marco",
        "EPSG:32717",
        "Colores no oficiales, puestos por este programa: Zonificación ecológica y económica.",
        "edición zoning-prueba-cajamarca-1",
        "vigente desde el",
        "1:100 000, σ 50 m",
        "Ordenanza o norma que aprueba la zonificación: no consta en sus datos.",
    ] {
        assert!(plain.contains(sentence), "{sentence} in {plain}");
    }
    assert!(
        !plain.contains("No consta que estén completas"),
        "both say that they are: {plain}"
    );
    let norm = "Ordenanza Regional 034-2011";
    let other = svg(
        &staged(|_| {}, Coverage::Undeclared, Some(norm)),
        "paper=a3&title=Mi%20mapa",
    );
    assert!(
        other.contains(norm) && !other.contains("no consta en sus datos"),
        "{other}"
    );
    assert!(
        other.contains("No consta que estén completas en todo el marco: Zonificación ecológica y económica."),
        "{other}"
    );
    assert!(other.starts_with("Mi mapa") || other.contains(" Mi mapa "), "{other}");
}

#[test]
fn what_is_not_there_is_said_and_never_silent() {
    let stage = stage();
    let map = |rest: &str| words(&stage.get(&format!("/map?f=svg&paper=a4&{rest}")));
    let said = map("collections=zoning,concessions&bbox=-78.949,-6.999,-78.931,-6.981&scale=25000");
    assert!(
        said.contains("Sin elementos dentro del marco: Derechos mineros."),
        "{said}"
    );
    let before = map(&format!("collections=zoning&datetime=2020-01-01&{BOX}"));
    assert!(before.contains("Sin dato para este lugar y fecha"), "{before}");
}

#[test]
fn a_sheet_is_in_the_language_of_the_reader() {
    let stage = stage();
    let english = svg(&stage, "paper=a4&lang=en");
    assert!(
        english.contains("geodesic hectares") && english.contains("Scale 1:"),
        "{english}"
    );
    let path = format!("/map?collections=zoning&f=svg&paper=a4&{BOX}");
    let liked = send(stage.addr, "GET", &path, &[("accept-language", "en")], b"");
    assert!(words(&liked).contains("geodesic hectares"));
    assert!(words(&stage.get(&path)).contains("hectáreas geodésicas"));
}

#[test]
fn the_page_is_its_paper_in_every_form_and_the_same_each_time() {
    let stage = stage();
    let path = format!("/map?collections=zoning,concessions&{BOX}&paper=a3&orientation=landscape");
    let page = stage.get(&path);
    assert_eq!(
        page.header("content-type"),
        Some("application/pdf"),
        "a sheet is a page unless said"
    );
    assert!(page.body.starts_with(b"%PDF-"));
    assert!(
        page.header("content-disposition")
            .unwrap()
            .contains("mapa-zoning-concessions-a3.pdf")
    );
    assert_eq!(
        page.header("content-crs"),
        Some("<http://www.opengis.net/def/crs/EPSG/0/32717>")
    );
    assert_eq!(stage.get(&path).body, page.body, "the same bytes");
    let tag = page.header("etag").unwrap();
    assert_eq!(
        send(stage.addr, "GET", &path, &[("if-none-match", tag)], b"").status,
        304
    );
    let picture = stage.get(&format!("{path}&f=png&dpi=127"));
    let info = png::Decoder::new(std::io::Cursor::new(&picture.body))
        .read_info()
        .unwrap();
    // 420 by 297 mm, five dots in each
    assert_eq!((info.info().width, info.info().height), (2100, 1485));
    let lines = stage.get(&format!("{path}&f=svg")).text();
    assert!(
        lines.contains("width=\"420mm\"") && lines.contains("height=\"297mm\""),
        "{}",
        &lines[..300]
    );
    let of_layer = stage.get("/collections/zoning/map?f=pdf");
    assert!(
        of_layer.body.starts_with(b"%PDF-"),
        "A4 unless said, and all that the layer has: {}",
        of_layer.text()
    );
}

#[test]
fn a_scale_that_does_not_fit_names_the_one_that_does() {
    let stage = stage();
    let path = |scale: u64| format!("/map?collections=zoning&f=svg&paper=a4&{BOX}&scale={scale}");
    let problem = stage.get(&path(5_000)).problem(400, "invalid-parameter");
    assert_eq!(problem["parameter"], "scale");
    let fits = problem["fits"].as_u64().unwrap();
    assert!(words(&stage.get(&path(fits))).contains("Escala 1:"));
}

#[test]
fn wrong_questions_about_sheets_are_refused_by_name() {
    let stage = stage();
    for (query, named) in [
        ("paper=a5", "paper"),
        ("paper=a4&orientation=sideways", "orientation"),
        ("paper=a4&scale=0", "scale"),
        ("paper=a4&scale=1e5", "scale"),
        ("paper=a4&f=png&dpi=5", "dpi"),
        ("paper=a1&f=png&dpi=600", "dpi"),
        ("paper=a4&dpi=100", "dpi"),
        ("paper=a4&width=100", "width"),
        ("paper=a4&transparent=true", "transparent"),
        ("paper=a4&crs=EPSG:3857", "crs"),
        ("paper=a4&crs=EPSG:24877", "crs"),
        ("paper=a4&bbox=1,2,3", "bbox"),
        ("paper=a4&bbox=10,10,11,11", "bbox"),
        ("paper=a4&lang=fr", "lang"),
        ("paper=a4&names=perhaps", "names"),
        ("orientation=landscape", "orientation"),
        ("title=x", "title"),
        ("scale=50000", "scale"),
    ] {
        let problem = stage
            .get(&format!("/map?collections=zoning&{query}"))
            .problem(400, "invalid-parameter");
        assert_eq!(problem["parameter"], named, "{query}: {problem}");
    }
    let long = "x".repeat(121);
    let problem = stage
        .get(&format!("/map?collections=zoning&paper=a4&title={long}"))
        .problem(400, "invalid-parameter");
    assert_eq!(problem["parameter"], "title");
    stage.get("/map?paper=a4&f=jpeg").problem(406, "not-acceptable");
}

#[test]
fn a_sheet_with_too_many_vertices_is_refused_before_it_is_drawn() {
    let stage = staged(|config| config.maps.vertices = 9, Coverage::National, None);
    let problem = stage
        .get(&format!("/map?collections=zoning&paper=a4&{BOX}"))
        .problem(422, "over-limit");
    // three squares of four corners, the first repeated
    assert_eq!((&problem["figure"], &problem["limit"]), (&15.into(), &9.into()));
}
