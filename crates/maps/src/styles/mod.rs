//! The look of layers in the words of other programs: `MapLibre`, SLD 1.0, QGIS.

mod glyphs;
mod maplibre;
mod qml;
mod sld;
mod sprite;

pub use glyphs::glyphs;
pub use maplibre::{Styled, maplibre};
pub use qml::{qml, qml_body};
pub use sld::sld;
pub use sprite::{Sprites, sprites};

use crate::layers::{Condition, LayerLook};
use std::collections::BTreeMap;
use territory::LayerKind;

/// A layer whose look is written.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Which layer.
    pub kind: LayerKind,
    /// What people call it.
    pub title: &'a str,
    /// How it is drawn.
    pub look: &'a LayerLook,
    /// What signs mean, by the ids of the symbology.
    pub meanings: &'a BTreeMap<String, String>,
}

impl Written<'_> {
    /// The conditions that a feature of a rule must not meet, for another rule takes it before.
    fn others(&self, rule: usize) -> Vec<&Condition> {
        let rules = &self.look.rules;
        let before = if rules[rule].condition.is_some() {
            &rules[..rule]
        } else {
            &rules[..]
        };
        before.iter().filter_map(|other| other.condition.as_ref()).collect()
    }

    /// What a sign means; the layer's title where it has no words of its own.
    fn meaning(&self, legend: Option<&String>) -> &str {
        legend
            .and_then(|id| self.meanings.get(id))
            .map_or(self.title, String::as_str)
    }

    /// The field whose words stand on the map.
    fn label_field(&self) -> &str {
        self.look.label.as_deref().unwrap_or("name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Symbology;
    use crate::layers::LayerStyles;

    /// The look that the program carries, with words that are their ids.
    pub fn carried() -> (LayerStyles, BTreeMap<String, String>) {
        let shared = Symbology::parse(include_str!("../../../../config/symbology/report.toml")).unwrap();
        let styles = LayerStyles::parse(include_str!("../../../../config/symbology/layers.toml"), &shared).unwrap();
        let meanings = styles
            .legend_ids()
            .into_iter()
            .map(|id| (id.to_owned(), format!("{id} <&>")))
            .collect();
        (styles, meanings)
    }

    fn each(check: impl Fn(&Written<'_>)) {
        let (styles, meanings) = carried();
        for kind in LayerKind::ALL {
            check(&Written {
                kind: *kind,
                title: "Capa <&>",
                look: styles.look(*kind),
                meanings: &meanings,
            });
        }
    }

    fn is_xml(text: &str) {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i32;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }

    #[test]
    fn every_layer_has_a_style_that_is_whole_xml_with_every_rule() {
        each(|layer| {
            let (sld, qml) = (sld(layer), qml(layer));
            is_xml(&sld);
            is_xml(&qml);
            let steps: usize = layer.look.rules.iter().map(|rule| rule.draw.len()).sum();
            assert_eq!(sld.matches("<Rule>").count(), steps, "{}", layer.kind);
            assert_eq!(qml.matches("<rule key=\"{sign-").count(), steps, "{}", layer.kind);
        });
    }

    #[test]
    fn a_style_for_maps_names_sources_sprites_and_layers_that_there_are() {
        let sprites = sprites(&carried().0, 1.0).unwrap();
        each(|layer| {
            let style = maplibre(
                "x",
                &[*layer],
                &Styled {
                    base: "http://h",
                    glyphs: None,
                },
            );
            assert_eq!(style["version"], 8);
            for drawn in style["layers"].as_array().unwrap() {
                assert_eq!(drawn["source-layer"], layer.kind.id());
                assert!(style["sources"][drawn["source"].as_str().unwrap()].is_object());
                if let Some(pattern) = drawn["paint"]["fill-pattern"].as_str() {
                    assert!(sprites.places.contains_key(pattern), "{pattern}");
                }
            }
        });
    }

    #[test]
    fn rivers_without_an_order_are_taken_by_one_rule_alone() {
        let (styles, meanings) = carried();
        let layer = Written {
            kind: LayerKind::Rivers,
            title: "Ríos",
            look: styles.look(LayerKind::Rivers),
            meanings: &meanings,
        };
        assert_eq!(layer.others(0).len(), 4, "the rest is what no other rule takes");
        assert_eq!(layer.others(1).len(), 0);
        assert_eq!(layer.others(4).len(), 3);
    }
}
