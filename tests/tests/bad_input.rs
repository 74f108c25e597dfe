//! Bad input on the command line: the exit code, the place of the fault, and what to do about it.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use tests::cli::{Ran, tupu};

const SQUARE: [[f64; 2]; 5] = [
    [-78.60, -6.70],
    [-78.58, -6.70],
    [-78.58, -6.68],
    [-78.60, -6.68],
    [-78.60, -6.70],
];

fn moved(east: f64) -> Vec<[f64; 2]> {
    SQUARE.iter().map(|[x, y]| [x + east, *y]).collect()
}

fn land(ring: &[[f64; 2]]) -> Value {
    json!({"type": "Polygon", "coordinates": [ring]})
}

/// Geometries as features `A1`, `A2`, …, named as given.
fn layer(features: &[(Value, &str)]) -> String {
    let features: Vec<Value> = features
        .iter()
        .enumerate()
        .map(|(index, (geometry, name))| {
            json!({"type": "Feature", "geometry": geometry,
                   "properties": {"CODIGO": format!("A{}", index + 1), "NOMBRE": name}})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn unnamed(geometries: &[Value]) -> String {
    let features: Vec<(Value, &str)> = geometries.iter().map(|geometry| (geometry.clone(), "Tierra")).collect();
    layer(&features)
}

/// A folder with a sound store of three communities, two of one name.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let features = [
            (land(&SQUARE), "El Tingo"),
            (land(&moved(0.05)), "San Juan"),
            (land(&moved(0.10)), "San Juan"),
        ];
        let file = place.write("sound.geojson", layer(&features));
        let _ = place.import_into("sound.gpkg", &file).good();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn import_into(&self, store: &str, file: &Path) -> Ran {
        tupu([
            "import".as_ref(),
            file.as_os_str(),
            "--layer".as_ref(),
            "communities".as_ref(),
            "--visibility".as_ref(),
            "public".as_ref(),
            "--store".as_ref(),
            self.path(store).as_os_str(),
        ])
    }

    fn import(&self, file: &Path) -> Ran {
        self.import_into("new.gpkg", file)
    }

    /// What the import of a file finds, as JSON, without a store.
    fn quality(&self, name: &str, content: &str) -> Value {
        let file = self.write(name, content);
        let file = file.to_str().unwrap();
        let ran = tupu(["import", file, "--layer", "communities", "--dry-run", "--json"]).good();
        ran.json()["quality"].clone()
    }

    fn check(&self, asked: &[&str]) -> Ran {
        let store = self.path("sound.gpkg");
        tupu(["check", "--store", store.to_str().unwrap()].iter().chain(asked))
    }

    fn check_file(&self, file: &Path) -> Ran {
        self.check(&["--file", file.to_str().unwrap(), "--json"])
    }

    fn ogr2ogr(&self, driver: &str, target: &str) -> PathBuf {
        let target = self.path(target);
        let done = Command::new("ogr2ogr")
            .args(["-f", driver])
            .args([&target, &self.path("sound.geojson")])
            .output()
            .expect("gdal-bin is installed");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        target
    }
}

#[track_caller]
fn refused(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}\n{}", ran.err, ran.out);
    for word in words {
        assert!(ran.err.contains(word), "«{word}» is not said: {}", ran.err);
    }
}

#[test]
fn a_file_that_is_empty_or_not_what_its_ending_says_is_named() {
    let place = Place::new();
    let empty = place.write("empty.geojson", "");
    refused(
        &place.import(&empty),
        3,
        &["empty.geojson", "vacío", "0 bytes", "Vuelva a descargarlo"],
    );
    refused(&place.check_file(&empty), 3, &["vacío", "envíe el archivo de nuevo"]);
    let cases: [(&str, &[u8], &str, &str); 4] = [
        (
            "words.geojson",
            b"esto no es un mapa\n",
            "contenido: texto",
            "texto sin coordenadas",
        ),
        (
            "image.geojson",
            b"\x89PNG\r\n\x1a\n\0\0\0\0",
            "línea 1, columna 1",
            "imagen PNG",
        ),
        (
            "json.kml",
            br#"{"type":"x"}"#,
            "contenido: JSON",
            "el contenido es GeoJSON",
        ),
        (
            "words.zip",
            b"esto no es un ZIP",
            "no se puede leer como ZIP",
            "texto sin coordenadas",
        ),
    ];
    for (name, content, import_says, check_says) in cases {
        let file = place.write(name, content);
        refused(&place.import(&file), 3, &[name, import_says, "Vuelva a descargarlo"]);
        refused(
            &place.check_file(&file),
            3,
            &["Se esperaba", check_says, "Envíe GeoJSON"],
        );
    }
    refused(
        &place.import(&place.path("absent.geojson")),
        3,
        &["absent.geojson", "Revise la ruta"],
    );
    refused(&place.check_file(&place.path("absent.geojson")), 3, &["absent.geojson"]);
    assert!(
        !place.path("new.gpkg").exists(),
        "a file that cannot be opened makes no store"
    );
}

#[test]
fn a_truncated_file_is_said_to_end_at_a_byte_or_line() {
    let place = Place::new();
    let text = std::fs::read(place.path("sound.geojson")).unwrap();
    let cut = place.write("cut.geojson", &text[..300]);
    refused(
        &place.import(&cut),
        3,
        &["cut.geojson", "termina antes de tiempo", "línea 1, columna 300"],
    );
    refused(
        &place.check_file(&cut),
        3,
        &["cortado", "línea 1, columna 300", "Vuelva a exportarlo"],
    );

    let _ = place.ogr2ogr("ESRI Shapefile", "sound.shp");
    let shp = std::fs::read(place.path("sound.shp")).unwrap();
    let _ = place.write("sound.shp", &shp[..150]);
    let ran = place.import(&place.path("sound.shp"));
    refused(
        &ran,
        3,
        &[
            "sound.shp",
            "cortado en el byte 150",
            &format!("dice {} bytes", shp.len()),
        ],
    );

    let whole = place.path("whole.shz");
    let done = Command::new("ogr2ogr")
        .args(["-f", "ESRI Shapefile"])
        .args([&whole, &place.path("sound.geojson")])
        .output()
        .expect("gdal-bin is installed");
    assert!(done.status.success());
    let bytes = std::fs::read(&whole).unwrap();
    let cut = place.write("cut.zip", &bytes[..bytes.len() / 2]);
    refused(
        &place.import(&cut),
        3,
        &["cut.zip", "no se puede leer como ZIP", "Vuelva a descargarlo"],
    );
    refused(&place.check_file(&cut), 3, &["cortado", "byte", "Vuelva a exportarlo"]);
}

/// The second of two lands with its third vertex replaced.
fn with_third_vertex(vertex: &str) -> String {
    let text = unnamed(&[land(&moved(0.05)), land(&SQUARE)]);
    let changed = text.replace("[-78.58,-6.68]", vertex);
    assert_ne!(text, changed);
    changed
}

#[test]
fn a_vertex_that_is_no_place_is_named_with_its_feature() {
    let place = Place::new();
    for (vertex, reason) in [
        ("[NaN,-6.68]", "no es un número finito"),
        ("[1e999,-6.68]", "no es un número finito"),
        ("[-278.58,-6.68]", "fuera de rango en EPSG:4326"),
        ("[0,0]", "es (0, 0)"),
    ] {
        let found = place.quality("vertex.geojson", &with_third_vertex(vertex));
        let row = &found["rejected"]["items"][0];
        assert_eq!(found["rejected"]["total"], 1, "{vertex}");
        assert_eq!((&row["row"], &row["id"]), (&json!(2), &json!("A2")), "{row}");
        let text = row["reason"].as_str().unwrap();
        assert!(text.contains("vértice 3") && text.contains(reason), "{row}");
        assert!(row["mend"].as_str().is_some_and(|mend| !mend.is_empty()), "{row}");
    }
    for vertex in ["[NaN,-6.68]", "[1e999,-6.68]", "[0,0]"] {
        let file = place.write("vertex.geojson", with_third_vertex(vertex));
        refused(&place.check_file(&file), 3, &["vértice 3 del elemento 2", "corr"]);
    }
    let ran = place.check(&["--coords", "-78.60,NaN; -78.58,-6.70; -78.58,-6.68"]);
    refused(&ran, 3, &["vértice 1", "no es un número finito"]);
}

#[test]
fn a_ring_that_can_be_mended_is_mended_and_both_areas_are_said() {
    let place = Place::new();
    let [a, b, c, d, _] = SQUARE;
    let overlapping = json!({"type": "MultiPolygon", "coordinates": [[SQUARE], [moved(0.01)]]});
    let cases = [
        (land(&[a, c, b, d, a]), "split-crossing", 244.78),
        (land(&SQUARE[..4]), "closed-ring", 489.57),
        (land(&[a, b, b, b, c, d, a]), "dropped-repeats", 489.57),
        (land(&[a, d, c, b, a]), "turned-ring", 489.57),
        (overlapping, "joined-parts", 734.36),
    ];
    for (geometry, kind, hectares) in cases {
        let text = unnamed(&[geometry]);
        let file = place.write("mend.geojson", &text);
        let report = place.check_file(&file).good().json();
        let stated = report["subject"]["repairs"].as_array().unwrap();
        let repair = stated
            .iter()
            .find(|repair| repair["kind"] == kind)
            .unwrap_or_else(|| panic!("{kind} in {stated:?}"));
        let after: f64 = repair["area_after_ha"].as_str().unwrap().parse().unwrap();
        assert!((after - hectares).abs() < 0.01, "{repair}");
        assert!(repair["area_before_ha"].is_string(), "{repair}");

        let quality = place.quality("mend.geojson", &text);
        let listed = ["repairs", "turned_rings"]
            .iter()
            .flat_map(|list| quality[list]["items"].as_array().unwrap())
            .find(|repair| repair["kind"] == kind)
            .unwrap_or_else(|| panic!("{kind} in {quality}"));
        assert_eq!((&listed["row"], &listed["key"]), (&json!(1), &json!("A1")));
        assert!(
            (listed["area_after_ha"].as_f64().unwrap() - hectares).abs() < 0.01,
            "{listed}"
        );
        assert!(listed["area_before_ha"].is_number(), "{listed}");
    }
}

#[test]
fn what_is_no_land_is_listed_and_left_out_and_refused_when_nothing_remains() {
    let place = Place::new();
    let point = json!({"type": "Point", "coordinates": [-78.6, -6.7]});
    let line = json!({"type": "LineString", "coordinates": [[-78.6, -6.7], [-78.5, -6.7]]});
    let empty = json!({"type": "Polygon", "coordinates": []});
    let cases = [
        ([Value::Null, empty], ["no tiene geometría"; 2], ["geometría vacía"; 2]),
        ([point, line], ["tiene puntos", "tiene líneas"], ["punto", "línea"]),
    ];
    for ([first, second], reasons, kinds) in cases {
        let some = unnamed(&[first.clone(), second.clone(), land(&SQUARE)]);
        let rejected = &place.quality("some.geojson", &some)["rejected"];
        assert_eq!(rejected["total"], 2);
        let report = place.check_file(&place.write("some.geojson", &some)).good().json();
        let evidence = report["subject"]["source"]["evidence"].to_string();
        for index in 0..2 {
            let row = &rejected["items"][index];
            assert_eq!(row["row"], index + 1);
            assert!(row["reason"].as_str().unwrap().contains(reasons[index]), "{row}");
            let said = format!("El elemento {} se dejó fuera: {}", index + 1, kinds[index]);
            assert!(evidence.contains(&said), "{evidence}");
        }
        let none = place.write("none.geojson", unnamed(&[first, second]));
        refused(
            &place.import(&none),
            3,
            &["De las 2 filas no queda ninguna", "fila 1", reasons[0]],
        );
        refused(
            &place.check_file(&none),
            3,
            &["No hay ningún terreno", kinds[0], "Dibuje el lindero"],
        );
    }
}

#[test]
fn collections_and_heights_are_accepted_and_stated() {
    let place = Place::new();
    let point = json!({"type": "Point", "coordinates": [-78.6, -6.7]});
    let collection = json!({"type": "GeometryCollection", "geometries": [point, land(&SQUARE)]});
    let heights: Vec<[f64; 3]> = SQUARE.iter().map(|[x, y]| [*x, *y, 3200.0]).collect();
    let high = json!({"type": "Polygon", "coordinates": [heights]});
    for (geometry, import_says, check_says) in [
        (collection, "colecciones de geometrías", "se dejó fuera: punto"),
        (high, "con alturas (Z)", "Se ignoró la altura o medida de 5 vértices"),
    ] {
        let file = place.write("odd.geojson", unnamed(&[geometry]));
        let ran = tupu(["import", file.to_str().unwrap(), "--layer", "communities", "--dry-run"]).good();
        assert!(ran.out.contains(import_says), "{}", ran.out);
        let report = place.check_file(&file).good().json();
        let evidence = report["subject"]["source"]["evidence"].to_string();
        assert!(evidence.contains(check_says), "{evidence}");
        assert_eq!(report["subject"]["area"]["utm_ha"], "489.5676");
    }
}

#[test]
fn bare_coordinates_that_fit_several_systems_are_asked_about_with_their_places() {
    let place = Place::new();
    let bare = "764000,9259000; 766000,9259000; 766000,9261000; 764000,9261000";
    let asked = place.check(&["--coords", bare]);
    let places = [
        "WGS 84 (este, norte) → longitud -78.61198",
        "PSAD 56 (este, norte) → longitud -78.61424",
    ];
    refused(
        &asked,
        3,
        &["Diga cuál es la suya", "UTM zona 17 Sur", places[0], places[1]],
    );
    let told = place
        .check(&["--coords", bare, "--crs", "EPSG:32717", "--json"])
        .good()
        .json();
    assert_eq!(told["subject"]["source"]["crs_used"], "EPSG:32717");
    let unknown = place.check(&["--coords", bare, "--crs", "EPSG:99999"]);
    refused(&unknown, 3, &["EPSG:99999", "no está admitido", "EPSG:32717"]);

    let _ = place.ogr2ogr("ESRI Shapefile", "bare.shp");
    std::fs::remove_file(place.path("bare.prj")).unwrap();
    let ran = place.import(&place.path("bare.shp"));
    refused(
        &ran,
        3,
        &[
            "no declara su sistema de coordenadas",
            "--crs EPSG:",
            "longitud -78.6000°",
        ],
    );
}

#[test]
fn land_outside_the_country_is_refused_with_where_it_fell() {
    let place = Place::new();
    let paris: Vec<[f64; 2]> = SQUARE.iter().map(|[x, y]| [x + 80.6, y + 55.0]).collect();
    let file = place.write("paris.geojson", unnamed(&[land(&paris)]));
    refused(
        &place.import(&file),
        3,
        &["fila 1", "fuera del Perú", "latitud 48.3000°", "--crs"],
    );
    refused(
        &place.check_file(&file),
        3,
        &["no cae en el Perú", "declare el sistema de coordenadas"],
    );
}

#[test]
fn a_file_beyond_a_limit_is_told_its_figure_and_the_limit() {
    let place = Place::new();
    let nested = (0..9).fold(
        land(&SQUARE),
        |inner, _| json!({"type": "GeometryCollection", "geometries": [inner]}),
    );
    let deep = place.write("deep.geojson", unnamed(&[nested]));
    refused(&place.check_file(&deep), 3, &["9 niveles", "el límite es 8"]);
    let points = vec![json!({"type": "Point", "coordinates": [-78.6, -6.7]}); 100_001];
    let many = place.write("many.geojson", unnamed(&points));
    refused(
        &place.check_file(&many),
        3,
        &["100001 elementos", "el límite es 100000"],
    );
}

#[test]
fn what_is_not_there_is_answered_with_what_is_near() {
    let place = Place::new();
    refused(
        &place.check(&["--name", "El Tinga"]),
        3,
        &["más parecidos", "--feature communities/A1   El Tingo"],
    );
    let twins = place.check(&["--name", "San Juan"]);
    refused(&twins, 3, &["hay 2 elementos", "communities/A2", "communities/A3"]);
    refused(
        &place.check(&["--feature", "comunities/A1"]),
        3,
        &["«comunities»", "communities"],
    );
    refused(
        &place.check(&["--feature", "communities/A9"]),
        3,
        &["«A9»", "communities"],
    );
    refused(&place.check(&["--feature", "A1"]), 3, &["CAPA/CLAVE", "«A1»"]);
    let file = place.path("sound.geojson");
    let ran = tupu([
        "import".as_ref(),
        file.as_os_str(),
        "--profile".as_ref(),
        "comunities".as_ref(),
        "--dry-run".as_ref(),
    ]);
    refused(&ran, 3, &["«comunities»", "communities", "ingemmet-rest"]);
    let ran = tupu([
        "import".as_ref(),
        file.as_os_str(),
        "--profile".as_ref(),
        "ingemmet-rest".as_ref(),
        "--dry-run".as_ref(),
    ]);
    refused(
        &ran,
        3,
        &["Falta el campo «CODIGOU»", "CODIGO, NOMBRE", "Use otro perfil"],
    );
}

#[test]
fn an_option_or_value_that_does_not_exist_is_bad_usage() {
    let place = Place::new();
    refused(&place.check(&["--fiel", "x"]), 2, &["--fiel", "--file"]);
    refused(
        &place.check(&["--zone", "16", "--name", "El Tingo"]),
        2,
        &["16", "17|18|19"],
    );
    refused(
        &place.check(&["--valid-at", "ayer", "--name", "El Tingo"]),
        2,
        &["ayer", "--valid-at"],
    );
    refused(&place.check(&["--all", "comunities"]), 2, &["comunities"]);
    refused(&place.check(&[]), 2, &["--feature"]);
    let ran = tupu(["import", "x.geojson", "--layer", "comunities", "--dry-run"]);
    refused(&ran, 2, &["comunities", "communities"]);
}

#[test]
fn a_store_that_is_not_sound_is_refused_with_the_mend_and_never_touched() {
    let place = Place::new();
    let file = place.path("sound.geojson");
    let _ = place.write("text.gpkg", "esto es un texto\n");
    let _ = place.write("empty.gpkg", "");
    let _ = place.ogr2ogr("GPKG", "other.gpkg");
    let sound = std::fs::read(place.path("sound.gpkg")).unwrap();
    let _ = place.write("cut.gpkg", &sound[..20_000]);
    let newer = place.write("newer.gpkg", &sound);
    let done = Command::new("ogrinfo")
        .arg("-q")
        .arg(&newer)
        .args(["-sql", "UPDATE tupu_meta SET value = 99 WHERE name = 'format_version'"])
        .output()
        .expect("gdal-bin is installed");
    assert!(done.status.success());
    let cases = [
        ("text.gpkg", ["no es un almacén de Tupu", "Indique otra ruta"]),
        ("empty.gpkg", ["el archivo está vacío", "Indique otra ruta"]),
        (
            "other.gpkg",
            ["GeoPackage sin el catálogo de Tupu", "Indique otra ruta"],
        ),
        ("cut.gpkg", ["tiene 20000 bytes", "copia de respaldo"]),
        ("newer.gpkg", ["de la versión 99", "Use el programa más reciente"]),
    ];
    for (name, words) in cases {
        let store = place.path(name);
        let before = std::fs::read(&store).unwrap();
        let path = store.to_str().unwrap();
        let answers = [
            place.import_into(name, &file),
            tupu(["check", "--store", path, "--name", "El Tingo"]),
            tupu(["editions", "--store", path]),
            tupu(["store", "check", "--store", path]),
        ];
        for ran in answers {
            refused(&ran, 4, &[name, words[0], "No se ha tocado", words[1]]);
        }
        assert!(std::fs::read(&store).unwrap() == before, "{name} was changed");
    }
    let absent = place.path("absent.gpkg");
    let ran = tupu(["check", "--store", absent.to_str().unwrap(), "--name", "El Tingo"]);
    refused(&ran, 4, &["absent.gpkg", "tupu import"]);
    assert!(!absent.exists(), "asking makes no store");
}

#[test]
fn an_import_that_fails_leaves_no_new_store_behind() {
    let place = Place::new();
    let none = place.write("none.geojson", unnamed(&[Value::Null]));
    refused(&place.import(&none), 3, &["no queda ninguna"]);
    assert!(!place.path("new.gpkg").exists());
}

#[test]
fn a_check_names_the_vertex_that_is_out_of_range() {
    let place = Place::new();
    let file = place.write("range.geojson", with_third_vertex("[-278.58,-6.68]"));
    refused(&place.check_file(&file), 3, &["vértice 3 del elemento 2"]);
}

#[test]
fn a_land_larger_than_the_limit_is_refused_with_both_areas() {
    let place = Place::new();
    let country = land(&[
        [-80.0, -14.0],
        [-70.0, -14.0],
        [-70.0, -4.0],
        [-80.0, -4.0],
        [-80.0, -14.0],
    ]);
    let file = place.write("country.geojson", unnamed(&[country]));
    refused(&place.check_file(&file), 3, &["ha", "límite"]);
}

#[test]
fn a_bad_archive_is_told_in_spanish_and_by_its_own_name() {
    let place = Place::new();
    let file = place.write("words.zip", "esto no es un ZIP");
    let ran = place.import(&file);
    refused(&ran, 3, &["words.zip"]);
    assert!(!ran.err.contains("invalid Zip"), "{}", ran.err);
}
