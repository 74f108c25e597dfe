//! How whole layers are drawn, and the words of their signs.

use super::map_symbology;
use crate::Texts;
use maps::layers::LayerStyles;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static LAYERS: LazyLock<LayerStyles> = LazyLock::new(|| {
    LayerStyles::parse(
        include_str!("../../../../config/symbology/layers.toml"),
        map_symbology(),
    )
    .expect("a test reads the symbology that is carried in the program")
});

/// How whole layers are drawn.
pub fn layer_styles() -> &'static LayerStyles {
    &LAYERS
}

/// What the signs of all layers mean, by the ids of the symbology.
pub fn layer_meanings(texts: &Texts) -> BTreeMap<String, String> {
    let ids = LAYERS.legend_ids().into_iter();
    ids.map(|id| (id.to_owned(), texts.say(id))).collect()
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
