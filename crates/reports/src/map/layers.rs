//! How whole layers are drawn, and the words of their signs.

use super::map_symbology;
use crate::Texts;
use maps::layers::LayerStyles;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use territory::LayerKind;

const TEXT: &str = include_str!("../../../../config/symbology/layers.toml");

static LAYERS: LazyLock<LayerStyles> = LazyLock::new(|| {
    LayerStyles::parse(TEXT, map_symbology()).expect("a test reads the symbology that is carried in the program")
});

static MARK: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new_with_prefix(TEXT);
    hash.update(super::TEXT);
    territory::hex(&hash.finalize()[..6])
});

/// Twelve hexadecimal digits that change with the symbology: what is drawn of the same features is another picture then.
pub fn symbology_mark() -> &'static str {
    &MARK
}

/// How whole layers are drawn.
pub fn layer_styles() -> &'static LayerStyles {
    &LAYERS
}

/// What the signs of all layers mean, by the ids of the symbology.
pub fn layer_meanings(texts: &Texts) -> BTreeMap<String, String> {
    let ids = LAYERS.legend_ids().into_iter();
    ids.map(|id| (id.to_owned(), texts.say(id))).collect()
}

/// Areas below lines, lines below points: how layers lie over one another where nobody says.
pub fn in_drawing_order(mut kinds: Vec<LayerKind>) -> Vec<LayerKind> {
    use LayerKind as K;
    const ORDER: [K; 20] = [
        K::LandUse,
        K::LandCapability,
        K::Zoning,
        K::Hazards,
        K::BufferZones,
        K::ProtectedAreas,
        K::RestrictedAreas,
        K::Other,
        K::Urban,
        K::Concessions,
        K::Communities,
        K::WaterBodies,
        K::HydrographicUnits,
        K::Districts,
        K::Provinces,
        K::Departments,
        K::Rivers,
        K::Springs,
        K::Projects,
        K::Demands,
    ];
    kinds.sort_by_key(|kind| ORDER.iter().position(|known| known == kind));
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn every_sign_of_a_layer_has_its_words() {
        let texts = Texts::of(Lang::Es);
        for (id, words) in layer_meanings(texts) {
            assert!(texts.has(&id) && words != id, "{id}");
        }
        assert!(texts.has("map-unofficial"));
    }
}
