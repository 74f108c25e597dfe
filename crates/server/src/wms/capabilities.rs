//! What there is, in the form of each version.

use super::{InfoForm, Version, legend_size, xml::element};
use crate::{
    config::MapLimits,
    drawing::{Axes, meta_of},
    words::title_of,
};
use jiff::civil::Date;
use maps::xml_escaped;
use std::fmt::Write as _;
use store::Snapshot;
use territory::LayerKind;

/// What capabilities are made of.
pub(crate) struct Described<'a> {
    /// What is served.
    pub snapshot: &'a Snapshot,
    /// Layers in the order of the list.
    pub kinds: &'a [LayerKind],
    /// The address of this service, with its question mark.
    pub here: &'a str,
    /// The first day of some edition, and today.
    pub days: (Date, Date),
    /// Limits of pictures.
    pub limits: MapLimits,
}

const TITLE: &str = "Tupu";
const ABSTRACT: &str = "Capas de ordenamiento territorial: qué hay, desde cuándo y según qué fuente. Que algo no figure no significa que no exista.";

/// The document of a version.
pub(crate) fn capabilities(version: Version, described: &Described<'_>) -> String {
    let mut out = head(version, described);
    out.push_str(&service(version, described));
    out.push_str("<Capability>");
    out.push_str(&requests(version, described));
    let exceptions: &[&str] = match version {
        Version::V130 => &["XML", "INIMAGE", "BLANK"],
        Version::V111 => &[
            "application/vnd.ogc.se_xml",
            "application/vnd.ogc.se_inimage",
            "application/vnd.ogc.se_blank",
        ],
    };
    let formats: String = exceptions.iter().map(|format| element("Format", format)).collect();
    let _ = write!(out, "<Exception>{formats}</Exception>");
    out.push_str(&root(version, described));
    let end = match version {
        Version::V130 => "WMS_Capabilities",
        Version::V111 => "WMT_MS_Capabilities",
    };
    let _ = writeln!(out, "</Capability></{end}>");
    out
}

fn head(version: Version, described: &Described<'_>) -> String {
    let generation = described.snapshot.generation;
    match version {
        Version::V130 => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WMS_Capabilities version=\"1.3.0\" updateSequence=\"{generation}\" \
             xmlns=\"http://www.opengis.net/wms\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.opengis.net/wms \
             http://schemas.opengis.net/wms/1.3.0/capabilities_1_3_0.xsd\">"
        ),
        Version::V111 => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE WMT_MS_Capabilities SYSTEM \
             \"http://schemas.opengis.net/wms/1.1.1/WMS_MS_Capabilities.dtd\">\n<WMT_MS_Capabilities version=\"1.1.1\" \
             updateSequence=\"{generation}\">"
        ),
    }
}

fn resource(version: Version, address: &str) -> String {
    let namespace = match version {
        Version::V130 => "",
        Version::V111 => " xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
    };
    format!(
        "<OnlineResource{namespace} xlink:type=\"simple\" xlink:href=\"{}\"/>",
        xml_escaped(address)
    )
}

fn service(version: Version, described: &Described<'_>) -> String {
    let name = match version {
        Version::V130 => "WMS",
        Version::V111 => "OGC:WMS",
    };
    let mut out = format!(
        "<Service>{}{}{}{}<Fees>none</Fees><AccessConstraints>none</AccessConstraints>",
        element("Name", name),
        element("Title", TITLE),
        element("Abstract", ABSTRACT),
        resource(version, described.here),
    );
    if version == Version::V130 {
        let side = described.limits.side;
        let _ = write!(
            out,
            "<LayerLimit>{}</LayerLimit><MaxWidth>{side}</MaxWidth><MaxHeight>{side}</MaxHeight>",
            described.kinds.len().max(1)
        );
    }
    out.push_str("</Service>");
    out
}

fn requests(version: Version, described: &Described<'_>) -> String {
    let get = format!(
        "<DCPType><HTTP><Get>{}</Get></HTTP></DCPType>",
        resource(version, described.here)
    );
    let document = match version {
        Version::V130 => "text/xml",
        Version::V111 => "application/vnd.ogc.wms_xml",
    };
    let operation = |name: &str, formats: &[&str]| {
        let formats: String = formats.iter().map(|format| element("Format", format)).collect();
        format!("<{name}>{formats}{get}</{name}>")
    };
    format!(
        "<Request>{}{}{}</Request>",
        operation("GetCapabilities", &[document]),
        operation("GetMap", &["image/png", "image/svg+xml"]),
        operation("GetFeatureInfo", &InfoForm::ALL.map(InfoForm::media)),
    )
}

fn root(version: Version, described: &Described<'_>) -> String {
    let mut out = String::from("<Layer>");
    out.push_str(&element("Title", TITLE));
    let tag = version.crs_name();
    for code in version.codes() {
        out.push_str(&element(tag, &code));
    }
    out.push_str(&boxes(version, described.snapshot.bounds_of(described.kinds), true));
    for kind in described.kinds {
        out.push_str(&layer(version, described, *kind));
    }
    out.push_str("</Layer>");
    out
}

fn layer(version: Version, described: &Described<'_>, kind: LayerKind) -> String {
    let metas: Vec<_> = meta_of(described.snapshot, std::slice::from_ref(&kind)).collect();
    let sources: Vec<String> = metas
        .iter()
        .map(|meta| {
            format!(
                "{}, {}: {} (vale desde {})",
                meta.series.publisher, meta.series.territory, meta.title, meta.valid_from
            )
        })
        .collect();
    let mut publishers: Vec<&str> = metas.iter().map(|meta| meta.series.publisher.as_str()).collect();
    publishers.sort_unstable();
    publishers.dedup();
    let synthetic = if metas.iter().any(|meta| meta.synthetic) {
        "Datos sintéticos. "
    } else {
        ""
    };
    let mut out = format!(
        "<Layer queryable=\"1\" opaque=\"0\">{}{}{}",
        element("Name", kind.id()),
        element("Title", title_of(kind)),
        element("Abstract", &format!("{synthetic}{}.", sources.join("; "))),
    );
    out.push_str(&boxes(version, described.snapshot.bounds_of(&[kind]), false));
    out.push_str(&dimension(version, described.days));
    let _ = write!(
        out,
        "<Attribution>{}</Attribution>",
        element("Title", &publishers.join(", "))
    );
    for (name, title) in [("default", "Con nombres"), ("no-names", "Sin nombres")] {
        out.push_str(&style(version, described.here, (kind, name, title)));
    }
    out.push_str("</Layer>");
    out
}

/// The geographic box; for the first layer the box in every system that can say it.
fn boxes(version: Version, bounds: Option<[f64; 4]>, every: bool) -> String {
    let Some([west, south, east, north]) = bounds else {
        return String::new();
    };
    let mut out = match version {
        Version::V130 => format!(
            "<EX_GeographicBoundingBox><westBoundLongitude>{west}</westBoundLongitude><eastBoundLongitude>{east}</eastBoundLongitude>\
             <southBoundLatitude>{south}</southBoundLatitude><northBoundLatitude>{north}</northBoundLatitude></EX_GeographicBoundingBox>"
        ),
        Version::V111 => {
            format!("<LatLonBoundingBox minx=\"{west}\" miny=\"{south}\" maxx=\"{east}\" maxy=\"{north}\"/>")
        }
    };
    let tag = version.crs_name();
    for code in version.codes() {
        let Some(axes) = version
            .axes(&code)
            .filter(|axes| every || axes.crs.utm_zone().is_none())
        else {
            continue;
        };
        let Some(carried) = Axes::CRS84.carried([west, south, east, north], axes) else {
            continue;
        };
        let [minx, miny, maxx, maxy] = axes.bbox(carried);
        let _ = write!(
            out,
            "<BoundingBox {tag}=\"{code}\" minx=\"{minx}\" miny=\"{miny}\" maxx=\"{maxx}\" maxy=\"{maxy}\"/>"
        );
    }
    out
}

/// Every day from the first edition to today may be asked for.
fn dimension(version: Version, (first, today): (Date, Date)) -> String {
    let extent = format!("{first}/{today}/P1D");
    match version {
        Version::V130 => {
            format!("<Dimension name=\"time\" units=\"ISO8601\" default=\"current\" current=\"1\">{extent}</Dimension>")
        }
        Version::V111 => format!(
            "<Dimension name=\"time\" units=\"ISO8601\"/><Extent name=\"time\" default=\"current\">{extent}</Extent>"
        ),
    }
}

fn style(version: Version, here: &str, (kind, name, title): (LayerKind, &str, &str)) -> String {
    let (width, height) = legend_size(kind);
    let address = format!(
        "{here}SERVICE=WMS&VERSION={}&REQUEST=GetLegendGraphic&LAYER={kind}&STYLE={name}&FORMAT=image/png",
        version.number()
    );
    format!(
        "<Style>{}{}<LegendURL width=\"{width}\" height=\"{height}\"><Format>image/png</Format>{}</LegendURL></Style>",
        element("Name", name),
        element("Title", title),
        resource(version, &address),
    )
}
