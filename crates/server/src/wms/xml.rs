//! XML as text.

use maps::xml_escaped;

/// `<name>text</name>`
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", xml_escaped(text))
}
