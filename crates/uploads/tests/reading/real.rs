//! Published files, dirt included, read in place.

use crate::made::{read_as, zip};
use std::path::PathBuf;
use uploads::{Format, Kind, UploadError};

fn shared(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("TUPU_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = root.join("data").join(path);
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        eprintln!("SKIPPED: {} is absent", file.display());
    }
    bytes
}

fn zipped(stem: &str) -> Option<Vec<u8>> {
    let part = |end: &str| shared(&format!("real/dem/angascancha_shp/{stem}.{end}"));
    let (shape, table) = (part("shp")?, part("dbf")?);
    let prj = part("prj");
    let mut entries = vec![("capa.shp", shape.as_slice()), ("capa.dbf", table.as_slice())];
    if let Some(prj) = &prj {
        entries.push(("capa.prj", prj.as_slice()));
    }
    Some(zip(&entries))
}

#[test]
fn a_published_shapefile_has_the_parts_and_points_that_gdal_counts() {
    let Some(archive) = zipped("geology") else { return };
    let upload = read_as(&archive, "geology.zip").unwrap();
    assert_eq!((upload.format, upload.crs_used.epsg()), (Format::Shapefile, 32_718));
    // ogrinfo 3.6 on the same file: 75 features, 89 parts, 38 692 points
    let rings = upload
        .land
        .0
        .iter()
        .flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
    assert_eq!(
        (upload.land.0.len(), rings.map(|ring| ring.0.len()).sum::<usize>()),
        (89, 38_692)
    );
}

#[test]
fn a_published_layer_of_lines_is_no_land() {
    let Some(archive) = zipped("river_basin") else { return };
    assert_eq!(
        read_as(&archive, "rios.zip").unwrap_err(),
        UploadError::NoLand {
            found: vec![(Kind::Line, 17)]
        }
    );
}

#[test]
fn published_communities_are_read_with_their_declared_system() {
    let Some(bytes) = shared("real/communities/cajamarca_comunidades_campesinas.geojson") else {
        return;
    };
    let upload = read_as(&bytes, "comunidades.geojson").unwrap();
    assert_eq!((upload.land.0.len(), upload.crs_used.epsg()), (110, 4326));
    assert!(upload.evidence[0].contains("CRS84"));
}
