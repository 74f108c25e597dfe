//! Every operation of the server: the one table of which its OpenAPI document and the page of it are made.

use crate::items::form::ItemForm;
use crate::rendering::REPORT;
use maps::tiles::MAX_ZOOM;

/// What can be asked of the server at an address.
pub(crate) struct Operation {
    /// The id of its sentence; without `api-`, its `operationId`.
    pub words: &'static str,
    /// The address as the table of routes has it.
    pub path: &'static str,
    /// What is sent; nothing where it is only read.
    pub body: Body,
    /// Keys of its parameters in the address, those of the path apart.
    pub query: &'static [&'static str],
    /// The forms of its answer.
    pub forms: Forms,
    /// The statuses of its refusals.
    pub refusals: &'static [u16],
}

/// What is sent to an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// Nothing: `GET`.
    None,
    /// Land: `POST`.
    Land,
    /// A document of ours: `POST`.
    Document,
    /// What a process works on: `POST`.
    Inputs,
    /// Nothing: `DELETE`.
    Dismissal,
}

/// The forms of an answer.
#[derive(Clone, Copy)]
pub(crate) enum Forms {
    /// One media type, and no `f`.
    Only(&'static str),
    /// Several media types, and no `f`.
    Several(&'static [&'static str]),
    /// Words of `f` with their media types.
    Of(&'static [(&'static str, &'static str)]),
    /// Those of a list of features.
    Items,
    /// Those of one feature.
    Item,
    /// Those of a report.
    Report,
    /// Those of a report, of which the order chose one.
    Ordered,
}

/// The media type of the document itself.
pub(crate) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

impl Forms {
    /// The words of `f`, each with its media type; the first is the usual one.
    pub(crate) fn list(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Only(media) => vec![("", media)],
            Self::Several(media) => media.iter().map(|media| ("", *media)).collect(),
            Self::Of(list) => list.to_vec(),
            Self::Items => ItemForm::ALL.map(|form| (form.word(), form.media())).to_vec(),
            Self::Item => ItemForm::ONE.map(|form| (form.word(), form.media())).to_vec(),
            Self::Report | Self::Ordered => REPORT.iter().map(|form| (form.word(), form.media())).collect(),
        }
    }

    /// Whether `f` chooses.
    pub(crate) fn has_choice(self) -> bool {
        !matches!(self, Self::Only(_) | Self::Several(_) | Self::Ordered)
    }
}

impl Operation {
    /// The `operationId`.
    pub(crate) fn id(&self) -> &'static str {
        self.words.trim_start_matches("api-")
    }

    /// The method in the letters of OpenAPI.
    pub(crate) fn method(&self) -> &'static str {
        match self.body {
            Body::None => "get",
            Body::Dismissal => "delete",
            Body::Land | Body::Document | Body::Inputs => "post",
        }
    }

    /// Keys of the parameters in the path, in their order: one name is another thing under another root.
    pub(crate) fn in_path(&self) -> impl Iterator<Item = &'static str> {
        let path = self.path;
        let names = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names.map(move |name| match (path.split('/').nth(1), name) {
            (Some("styles"), "id") => "style",
            (Some("processes"), "id") => "process",
            (Some("jobs"), "id") => "job",
            (Some("sprites"), "name") => "sprite",
            (Some("watershed"), "code") => "unit",
            _ => name,
        })
    }

    /// Whether there is an address of its own for each layer: clients look there for the properties of the layer.
    pub(crate) fn is_list(&self) -> bool {
        self.path == ITEMS
    }

    /// The group under which it stands on the page: the sentence of the group.
    pub(crate) fn group(&self) -> &'static str {
        match self.path {
            "/wms" | "/map" | "/collections/{layer}/map" | "/collections/{layer}/qgis" => "api-group-maps",
            path if ["/styles", "/sprites", "/fonts"]
                .iter()
                .any(|root| path.starts_with(root)) =>
            {
                "api-group-maps"
            }
            path if path.starts_with("/watershed") || path.ends_with("stream") => "api-group-water",
            path if path.starts_with("/processes") || path.starts_with("/jobs") => "api-group-checks",
            path if path.contains("tile") => "api-group-tiles",
            path if path.ends_with("/check") || path.starts_with("/checks") => "api-group-checks",
            path if path.starts_with("/collections") || path == "/editions" => "api-group-data",
            path if path.starts_with("/verify") || path.starts_with("/reports") || path == "/keys" => {
                "api-group-papers"
            }
            _ => "api-group-server",
        }
    }
}

/// The groups in the order of the page.
pub(crate) const GROUPS: [&str; 7] = [
    "api-group-data",
    "api-group-checks",
    "api-group-water",
    "api-group-maps",
    "api-group-tiles",
    "api-group-papers",
    "api-group-server",
];

/// The address of the features of a layer.
pub(crate) const ITEMS: &str = "/collections/{layer}/items";

/// The last zoom of tiles.
pub(crate) const LAST_ZOOM: u64 = MAX_ZOOM as u64;
