//! Elevation models in, rasters and tables out; and a real one with a catchment that others drew.

use crate::support::shared;
use crs::Crs;
use gdal::raster::{Buffer, GdalType, RasterCreationOptions};
use gdal::spatial_ref::SpatialRef;
use gdal::vector::LayerAccess;
use gdal::{Dataset, DriverManager, Metadata};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use ingest::{
    ElevationSource, RasterError, RasterPlace, Sampling, Sheet, Strip, VectorFormat, write_cog, write_vectors,
};
use std::path::{Path, PathBuf};
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};

const PLACE: [f64; 6] = [500_000.0, 30.0, 0.0, 8_500_000.0, 0.0, -30.0];

/// A GeoTIFF of 4 columns and 3 rows, and what is done to it afterwards.
fn made<T: GdalType + Copy>(path: &Path, values: &[T], epsg: Option<u32>, more: impl Fn(&mut Dataset)) -> PathBuf {
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let options = RasterCreationOptions::default();
    let mut dataset = driver
        .create_with_band_type_with_options::<T, _>(path, 4, 3, 1, &options)
        .unwrap();
    dataset.set_geo_transform(&PLACE).unwrap();
    if let Some(epsg) = epsg {
        dataset.set_spatial_ref(&SpatialRef::from_epsg(epsg).unwrap()).unwrap();
    }
    more(&mut dataset);
    let mut buffer = Buffer::new((4, 3), values.to_vec());
    dataset
        .rasterband(1)
        .unwrap()
        .write((0, 0), (4, 3), &mut buffer)
        .unwrap();
    dataset.close().unwrap();
    path.to_path_buf()
}

fn heights(paths: &[PathBuf]) -> Result<(RasterPlace, Vec<f64>), RasterError> {
    let source = ElevationSource::open(paths, None)?;
    let place = source.place();
    let mut all = vec![f64::NAN; place.columns * place.rows];
    source.read(&mut |Strip { row, column, metres }| {
        let from = row * place.columns + column;
        all[from..from + metres.len()].copy_from_slice(metres);
    })?;
    Ok((place, all))
}

fn refusal(paths: &[PathBuf]) -> String {
    match heights(paths) {
        Err(error) => error.sentence_es(),
        Ok(_) => panic!("{paths:?} is read"),
    }
}

#[test]
fn what_is_no_elevation_model_is_refused_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let flat = [7_i16; 12];
    let none = |_: &mut Dataset| ();
    let said = |path: PathBuf| refusal(&[path]);
    assert!(said(made(&file("nowhere.tif"), &flat, None, none)).contains("--crs EPSG:32718"));
    let turned = made(&file("turned.tif"), &flat, Some(32_718), |dataset| {
        dataset
            .set_geo_transform(&[500_000.0, 30.0, 3.0, 8_500_000.0, 3.0, -30.0])
            .unwrap();
    });
    assert!(said(turned).contains("gdalwarp"));
    let upside = made(&file("upside.tif"), &flat, Some(32_718), |dataset| {
        dataset
            .set_geo_transform(&[500_000.0, 30.0, 0.0, 8_500_000.0, 0.0, 30.0])
            .unwrap();
    });
    assert!(said(upside).contains("girado o invertido"));
    assert!(said(made(&file("mercator.tif"), &flat, Some(3857), none)).contains("Web Mercator"));
    assert!(said(made(&file("france.tif"), &flat, Some(2154), none)).contains("no está admitido"));
    assert!(said(made(&file("bytes.tif"), &[7_u8; 12], Some(32_718), none)).contains("valores de 0 a 255"));
    assert!(said(file("absent.tif")).contains("No hay ningún archivo"));
    std::fs::write(file("dem.nc"), b"CDF").unwrap();
    assert!(said(file("dem.nc")).contains(".hgt"));
    std::fs::write(file("noise.tif"), b"II*\0 and nothing else").unwrap();
    assert!(said(file("noise.tif")).contains("no se puede leer"));
}

#[test]
fn a_mosaic_is_one_grid_and_what_does_not_fit_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let here: Vec<i16> = (0..12).collect();
    let west = made(&file("west.tif"), &here, Some(32_718), |_| ());
    let at = |west: f64, width: f64| {
        move |dataset: &mut Dataset| {
            dataset
                .set_geo_transform(&[west, width, 0.0, 8_499_970.0, 0.0, -30.0])
                .unwrap();
        }
    };
    let east = made(&file("east.tif"), &here, Some(32_718), at(500_120.0, 30.0));
    let (place, found) = heights(&[east.clone(), west.clone()]).unwrap();
    assert_eq!(
        (place.columns, place.rows, place.west, place.north),
        (8, 4, 500_000.0, 8_500_000.0)
    );
    assert_eq!(found[..4], [0.0, 1.0, 2.0, 3.0]);
    assert!(found[4].is_nan() && found[8 * 3].is_nan());
    assert_eq!(found[8 + 4..8 + 8], [0.0, 1.0, 2.0, 3.0]);
    let shifted = made(&file("shifted.tif"), &here, Some(32_718), at(500_130.0, 30.0));
    assert!(refusal(&[west.clone(), shifted]).contains("los bordes de sus celdas"));
    let coarse = made(&file("coarse.tif"), &here, Some(32_718), at(500_120.0, 31.0));
    assert!(refusal(&[west.clone(), coarse]).contains("otro tamaño"));
    let zone = made(&file("zone.tif"), &here, Some(32_719), at(500_120.0, 30.0));
    assert!(refusal(&[west, zone]).contains("otro sistema"));
}

/// A virtual mosaic with such content of its band.
fn mosaic(path: &Path, band: &str) -> PathBuf {
    let [west, width, _, north, _, height] = PLACE;
    let text = format!(
        "<VRTDataset rasterXSize=\"4\" rasterYSize=\"3\"><SRS>EPSG:32718</SRS>\
         <GeoTransform>{west}, {width}, 0, {north}, 0, {height}</GeoTransform>{band}</VRTDataset>"
    );
    std::fs::write(path, text).unwrap();
    path.to_path_buf()
}

/// A band of one source.
fn band_of(source: &str) -> String {
    format!(
        "<VRTRasterBand dataType=\"Int16\" band=\"1\"><SimpleSource>{source}<SourceBand>1</SourceBand>\
         <SrcRect xOff=\"0\" yOff=\"0\" xSize=\"4\" ySize=\"3\"/><DstRect xOff=\"0\" yOff=\"0\" xSize=\"4\" ySize=\"3\"/>\
         </SimpleSource></VRTRasterBand>"
    )
}

#[test]
fn a_virtual_mosaic_of_plain_files_is_read_and_any_other_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let here: Vec<i16> = (0..12).collect();
    made(&file("a&b.tif"), &here, Some(32_718), |_| ());
    let relative = band_of("<SourceFilename relativeToVRT=\"1\">a&amp;b.tif</SourceFilename>");
    let (place, found) = heights(&[mosaic(&file("good.vrt"), &relative)]).unwrap();
    assert_eq!((place.columns, place.rows), (4, 3));
    let same = |(found, given): (&f64, &i16)| (found - f64::from(*given)).abs() < 1e-9;
    assert!(found.iter().zip(&here).all(same), "{found:?}");
    let named = |source: &str| {
        band_of(&format!(
            "<SourceFilename relativeToVRT=\"1\">{source}</SourceFilename>"
        ))
    };
    let said = |band: &str| refusal(&[mosaic(&file("bad.vrt"), band)]);
    std::fs::write(file("secret.txt"), b"x").unwrap();
    std::fs::write(file("inner.tif"), std::fs::read(file("good.vrt")).unwrap()).unwrap();
    let from_elsewhere =
        band_of("<SourceFilename relativeToVRT=\"0\">/vsicurl/http://127.0.0.1:9/a.tif</SourceFilename>");
    assert!(said(&from_elsewhere).contains("no es un archivo de esta máquina"));
    assert!(said(&named("http://127.0.0.1:9/a.tif")).contains("no es un archivo de esta máquina"));
    assert!(said(&named("secret.txt")).contains("no es .tif"));
    assert!(said(&named("good.vrt")).contains("no es .tif"));
    assert!(said(&named("absent.tif")).contains("no hay tal archivo"));
    assert!(
        said(&named("inner.tif")).contains("inner.tif no se puede leer"),
        "a mosaic under another name"
    );
    assert!(
        said(&relative.replace("<VRTRasterBand", "<vrtrasterband subClass=\"VRTDerivedRasterBand\""))
            .contains("calcula")
    );
    assert!(
        said(&band_of(
            "<SourceFilename relativeToVRT='1'>a&amp;b.tif</SourceFilename>"
        ))
        .contains("no se entiende")
    );
    assert!(said("").contains("no nombra ningún archivo"));
}

#[test]
fn no_data_scale_and_offset_are_heeded() {
    let folder = tempfile::tempdir().unwrap();
    let mut values: Vec<i16> = (0..12).collect();
    values[5] = -32_768;
    let path = made(&folder.path().join("scaled.tif"), &values, Some(32_718), |dataset| {
        let mut band = dataset.rasterband(1).unwrap();
        band.set_no_data_value(Some(-32_768.0)).unwrap();
        band.set_scale(0.5).unwrap();
        band.set_offset(4000.0).unwrap();
    });
    let (_, found) = heights(&[path]).unwrap();
    assert!(found[5].is_nan());
    assert_eq!((found[0], found[11]), (4000.0, 4005.5));
    let mark = f64::from(f32::MIN) * (1.0 + 1e-9);
    let mut values = [3.5_f32; 12];
    values[2] = f32::MIN;
    let path = made(&folder.path().join("single.tif"), &values, Some(32_718), |dataset| {
        dataset.rasterband(1).unwrap().set_no_data_value(Some(mark)).unwrap();
    });
    let (_, found) = heights(&[path]).unwrap();
    assert!(found[2].is_nan());
    assert_eq!(found[3].to_bits(), 3.5_f64.to_bits());
    let text =
        "ncols 2\nnrows 2\nxllcorner 500000\nyllcorner 8500000\ncellsize 10\nNODATA_value -9999\n1.5 2\n-9999 4\n";
    let path = folder.path().join("grid.asc");
    std::fs::write(&path, text).unwrap();
    assert!(refusal(std::slice::from_ref(&path)).contains("--crs"));
    let source = ElevationSource::open(&[path], Some(Crs::from_epsg(32_718).unwrap())).unwrap();
    let mut found = Vec::new();
    source
        .read(&mut |strip: Strip| found.extend_from_slice(strip.metres))
        .unwrap();
    assert_eq!((found[0], found[1], found[3]), (1.5, 2.0, 4.0));
    assert!(found[2].is_nan());
}

#[test]
fn a_raster_comes_back_as_it_was_written_and_is_cloud_optimised() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.tif");
    let crs = Crs::from_epsg(32_718).unwrap();
    let place = RasterPlace {
        columns: 700,
        rows: 600,
        west: 500_000.0,
        north: 8_500_000.0,
        width: 30.0,
        height: 30.5,
        crs,
    };
    let sheet = Sheet {
        title: "alturas",
        nodata: -9999.0,
        sampling: Sampling::Average,
    };
    let value = |row: usize, column: usize| {
        if row == 3 {
            -9999.0
        } else {
            (row * 700 + column) as f32 / 8.0
        }
    };
    for _ in 0..2 {
        write_cog::<f32>(&path, &place, sheet, &mut |row, out| {
            for (column, out) in out.iter_mut().enumerate() {
                *out = value(row, column);
            }
            Ok(())
        })
        .unwrap();
    }
    let (found_place, found) = heights(std::slice::from_ref(&path)).unwrap();
    assert_eq!(found_place, place);
    assert!(found[3 * 700].is_nan() && (found[5 * 700 + 1] - f64::from(value(5, 1))).abs() < 1e-12);
    let dataset = Dataset::open(&path).unwrap();
    assert_eq!(
        dataset.metadata_item("LAYOUT", "IMAGE_STRUCTURE").as_deref(),
        Some("COG")
    );
    assert_eq!(dataset.rasterband(1).unwrap().overview_count().unwrap(), 1);
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["out.tif"], "nothing is left beside it");
    let nowhere = folder.path().join("no/such/folder.tif");
    let failed = write_cog::<u8>(&nowhere, &place, sheet, &mut |_, _| Ok(())).unwrap_err();
    assert!(failed.sentence_es().contains("folder.tif"));
    let broken = write_cog::<u8>(&path, &place, sheet, &mut |row, _| {
        if row < 70 { Ok(()) } else { Err("se rompió".to_owned()) }
    });
    assert!(broken.unwrap_err().sentence_es().contains("se rompió"));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "the file that was there stays alone"
    );
    assert!(heights(&[path]).is_ok());
}

#[test]
fn tables_come_back_with_their_geometries_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let corner = |x: f64, y: f64| Coord {
        x: 500_000.0 + x,
        y: 8_500_000.0 + y,
    };
    let square: LineString<f64> = vec![
        corner(0.0, 0.0),
        corner(9.0, 0.0),
        corner(9.0, 9.0),
        corner(0.0, 9.0),
        corner(0.0, 0.0),
    ]
    .into();
    let land = MultiPolygon(vec![Polygon::new(square, vec![])]);
    let table = GeoTable {
        name: "units".to_owned(),
        title: String::new(),
        description: String::new(),
        geometry: Some(GeometryKind::Land),
        columns: vec![
            ("code".to_owned(), ColumnKind::Text),
            ("next".to_owned(), ColumnKind::Integer),
            ("area".to_owned(), ColumnKind::Real),
        ],
        rows: vec![
            GeoRow {
                geometry: Some(Geometry::MultiPolygon(land.clone())),
                values: vec![Value::Text("0176".to_owned()), Value::Null, Value::Real(8.25)],
            },
            GeoRow {
                geometry: Some(Geometry::MultiPolygon(land.clone())),
                values: vec![Value::Text("0177".to_owned()), Value::Integer(1), Value::Real(9.0)],
            },
        ],
    };
    for (name, format) in [
        ("units.gpkg", VectorFormat::GeoPackage),
        ("units.fgb", VectorFormat::FlatGeobuf),
    ] {
        let path = folder.path().join(name);
        for _ in 0..2 {
            write_vectors(&path, format, Crs::from_epsg(32_718).unwrap(), &table).unwrap();
        }
        let dataset = Dataset::open(&path).unwrap();
        let mut layer = dataset.layer(0).unwrap();
        assert_eq!(layer.spatial_ref().unwrap().auth_code().unwrap(), 32_718);
        let mut seen = Vec::new();
        for feature in layer.features() {
            let code = feature.field_as_string(0).unwrap().unwrap();
            let geometry: Geometry<f64> = feature.geometry().unwrap().to_geo().unwrap();
            assert_eq!(geometry, Geometry::MultiPolygon(land.clone()));
            seen.push(code);
        }
        seen.sort();
        assert_eq!(seen, ["0176", "0177"]);
        layer.set_attribute_filter("\"next\" IS NULL").unwrap();
        assert_eq!(layer.feature_count(), 1, "nothing is no number");
    }
}

#[test]
fn the_catchment_of_angascancha_is_the_one_that_others_drew() {
    let (Some(dem), Some(shape)) = (
        shared("real/dem/asterDem18S.tif"),
        shared("real/dem/angascancha_shp/catchment.shp"),
    ) else {
        return;
    };
    let (place, found) = heights(&[dem]).unwrap();
    let corner = watershed::Placement {
        west: place.west,
        north: place.north,
        width: place.width,
        height: place.height,
    };
    let grid = watershed::Grid::new(place.columns, place.rows, corner, place.crs).unwrap();
    let millimetres = found.iter().map(|metres| watershed::millimetres(*metres)).collect();
    let elevation = watershed::Elevation::new(grid, millimetres).unwrap();
    let theirs = Dataset::open(&shape).unwrap();
    let mut layer = theirs.layer(0).unwrap();
    let drawn: Geometry<f64> = layer.features().next().unwrap().geometry().unwrap().to_geo().unwrap();
    // a gorge narrower than a cell dams a branch of 27 km²: the minimal fill spills it over another pass, as that of pyflwdir
    // 0.5 does (344 181 cells, 0.903 in common); the cheapest cut leads through the gorge
    let (filled, common) = shared_with(&drawn, elevation.clone());
    assert!(
        (filled - 316.5).abs() < 1.0 && (common - 0.905).abs() < 0.005,
        "{filled} km², {common}"
    );
    let (cut, _) = watershed::breach(
        elevation,
        watershed::BreachLimits {
            deepest: 20_000,
            farthest: 20,
        },
    );
    let (km2, common) = shared_with(&drawn, cut);
    assert!(common >= 0.98, "{km2} km², {common}");
}

/// Square kilometres that drain to the point by the river, and how much of the land of both is the land of each.
fn shared_with(drawn: &Geometry<f64>, elevation: watershed::Elevation) -> (f64, f64) {
    let drained = watershed::find_drainage(elevation);
    let sums = watershed::accumulate(&drained.directions, drained.grid().columns(), |_| 1_u32);
    // streams from 25 ha, within 100 m of the point
    let network = watershed::Network::find(&drained, &sums, 272);
    let point = [624_632.0, 8_348_276.0];
    let streams = watershed::Snapper::of_network(&drained, &network);
    let watershed::Snapped::Found(snap) = streams.nearest(point, territory::Metres(100.0)) else {
        panic!("the river runs within 100 m")
    };
    let mouth = network.nearest_cell(&drained, snap.place.node, snap.at);
    let found = watershed::catchment_of(&drained, mouth, 272).unwrap();
    let mut ours = vec![0_u8; sums.len()];
    for cell in &found.cells {
        ours[*cell as usize] = 1;
    }
    let (mut both, mut either) = (0_u32, 0_u32);
    for (cell, own) in ours.iter().enumerate() {
        let [x, y] = drained.grid().centre(cell);
        let inside = geo::Contains::contains(drawn, &geo_types::Point::new(x, y));
        both += u32::from(*own == 1 && inside);
        either += u32::from(*own == 1 || inside);
    }
    (found.area / 1e6, f64::from(both) / f64::from(either))
}
