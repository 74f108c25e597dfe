//! The formats that are read.

use std::fmt;

/// A format of an upload.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// GeoJSON (RFC 7946), and its older form with a `crs` member.
    GeoJson,
    /// Keyhole Markup Language.
    Kml,
    /// KML in a ZIP archive.
    Kmz,
    /// GPS Exchange Format.
    Gpx,
    /// A table with coordinate columns or a WKT column.
    Csv,
    /// A Shapefile in a ZIP archive.
    Shapefile,
    /// Well-known text.
    Wkt,
    /// Coordinates as text.
    Coordinates,
}

impl Format {
    /// A stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
            Self::Gpx => "gpx",
            Self::Csv => "csv",
            Self::Shapefile => "shapefile",
            Self::Wkt => "wkt",
            Self::Coordinates => "coordinates",
        }
    }

    /// What a person reads, in Spanish.
    pub const fn label_es(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::Kml => "KML",
            Self::Kmz => "KMZ",
            Self::Gpx => "GPX",
            Self::Csv => "tabla CSV",
            Self::Shapefile => "Shapefile en ZIP",
            Self::Wkt => "texto WKT",
            Self::Coordinates => "coordenadas como texto",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
