//! Formats by extension, never by content: each with the one GDAL driver that may open it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// .shp with .shx, .dbf, .prj, .cpg.
    Shapefile,
    /// .gpkg.
    GeoPackage,
    /// .geojson, .json.
    GeoJson,
    /// .geojsonl, .geojsons, .ndjson.
    GeoJsonSeq,
    /// .kml, .kmz.
    Kml,
    /// .fgb.
    FlatGeobuf,
    /// A folder named .gdb.
    FileGeodatabase,
    /// .dxf.
    Dxf,
    /// .csv with coordinate columns or WKT.
    Csv,
    /// `PG:…`.
    PostGis,
}

impl Format {
    /// The format that a path's extension names.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "shp" => Self::Shapefile,
            "gpkg" => Self::GeoPackage,
            "geojson" | "json" => Self::GeoJson,
            "geojsonl" | "geojsons" | "ndjson" | "geojsonseq" => Self::GeoJsonSeq,
            "kml" | "kmz" => Self::Kml,
            "fgb" => Self::FlatGeobuf,
            "gdb" => Self::FileGeodatabase,
            "dxf" => Self::Dxf,
            "csv" => Self::Csv,
            _ => return None,
        })
    }

    /// GDAL's driver, the only one allowed to open it.
    pub fn driver(self) -> &'static str {
        match self {
            Self::Shapefile => "ESRI Shapefile",
            Self::GeoPackage => "GPKG",
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSeq => "GeoJSONSeq",
            Self::Kml => "LIBKML",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::FileGeodatabase => "OpenFileGDB",
            Self::Dxf => "DXF",
            Self::Csv => "CSV",
            Self::PostGis => "PostgreSQL",
        }
    }

    /// The name that people know.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shapefile => "Shapefile",
            Self::GeoPackage => "GeoPackage",
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSeq => "GeoJSON por líneas",
            Self::Kml => "KML/KMZ",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::FileGeodatabase => "File Geodatabase",
            Self::Dxf => "DXF",
            Self::Csv => "CSV",
            Self::PostGis => "PostGIS",
        }
    }
}

/// What the first bytes of a file look like, in Spanish.
pub(crate) fn seen_in(path: &Path) -> String {
    if path.is_dir() {
        return "una carpeta".to_owned();
    }
    let mut head = [0_u8; 512];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    describe(&head[..read]).to_owned()
}

fn describe(head: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_ascii_lowercase();
    match head {
        [] => "nada",
        [b'P', b'K', 3 | 5, 4 | 6, ..] => "un archivo ZIP (también KMZ, XLSX)",
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => "una base SQLite",
        [0, 0, 0x27, 0x0a, ..] => "un Shapefile (.shp o .shx)",
        [b'f', b'g', b'b', 3, ..] => "FlatGeobuf",
        [b'%', b'P', b'D', b'F', ..] => "un PDF",
        [0x1f, 0x8b, ..] => "un archivo gzip",
        [b'R', b'a', b'r', b'!', ..] => "un archivo RAR",
        [b'7', b'z', 0xbc, 0xaf, ..] => "un archivo 7z",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "una imagen TIFF",
        [b'A', b'C', b'1', b'0', ..] => "un DWG de AutoCAD",
        _ if lower.starts_with("<!doctype html") || lower.starts_with("<html") => "una página HTML",
        _ if lower.contains("<kml") => "KML",
        _ if lower.contains("<ogrvrtdatasource") => "un VRT de GDAL",
        _ if lower.contains("<gml") || lower.contains("wfs:featurecollection") => "GML",
        _ if text.starts_with('<') => "XML",
        _ if text.starts_with('{') && lower.contains("\"topology\"") => "TopoJSON",
        _ if text.starts_with('{') && (lower.contains("\"feature") || lower.contains("\"coordinates\"")) => "GeoJSON",
        _ if text.starts_with(['{', '[']) => "JSON",
        _ if text.starts_with('0') && lower.contains("section") => "DXF",
        _ if head.contains(&0) => "datos binarios desconocidos",
        _ => "texto",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_alone_decides() {
        assert_eq!(Format::of_path(Path::new("a/Capa.SHP")), Some(Format::Shapefile));
        assert_eq!(Format::of_path(Path::new("a/capa.vrt")), None);
        assert_eq!(Format::of_path(Path::new("a/capa")), None);
    }

    #[test]
    fn first_bytes_are_told_in_words() {
        assert_eq!(describe(b"PK\x03\x04..."), "un archivo ZIP (también KMZ, XLSX)");
        assert_eq!(describe(b"\xef\xbb\xbf{\"type\":\"FeatureCollection\""), "GeoJSON");
        assert_eq!(describe(b"  <OGRVRTDataSource>"), "un VRT de GDAL");
        assert_eq!(describe(b"<!DOCTYPE html><html>"), "una página HTML");
        assert_eq!(describe(b"nombre;x;y"), "texto");
        assert_eq!(describe(b""), "nada");
    }
}
