//! How each layer is read: a profile beside it, in the form of `config/layers`, complete in itself.
//!
//! The folder can be written anywhere: the profile names the outline of its coverage relative to itself.

use crate::layer::{Layer, NOTE};
use crate::manifest::{COVERAGE, PUBLISHER, TERRITORY_NAME};
use std::fmt::Write;

/// Folder of the profiles within the territory's folder.
pub const PROFILES: &str = "perfiles";

/// The text of a layer's profile.
pub fn profile(layer: &Layer) -> String {
    let mut text = format!("# {}: {NOTE}. Escrito por el generador.\n", layer.title);
    let mut say =
        |key: &str, value: &str| writeln!(text, "{key} = {value}").expect("a string takes all that is written");
    say("kind", &quoted(layer.kind));
    say("title", &quoted(&format!("{} ({NOTE})", layer.title)));
    say("publisher", &quoted(PUBLISHER));
    say("territory", &quoted(TERRITORY_NAME));
    say(
        "source",
        &quoted("Generador del territorio de demostración de Tupu; nada de esto es real"),
    );
    say("licence", &quoted("Apache-2.0"));
    say("visibility", &quoted("public"));
    say("scale", &layer.scale.to_string());
    say("sigma_m", &format!("{:.1}", layer.sigma));
    say("valid_from", &quoted(layer.valid_from));
    say("synthetic", "true");
    text.push_str(layer.fields);
    text.push_str("\n[coverage]\nkind = \"area\"\n");
    let mut say =
        |key: &str, value: &str| writeln!(text, "{key} = {value}").expect("a string takes all that is written");
    say(
        "source",
        &quoted(&format!("Límite de la provincia de demostración ({NOTE})")),
    );
    say("file", &quoted(&format!("../{COVERAGE}")));
    text
}

fn quoted(words: &str) -> String {
    format!("\"{words}\"")
}
