use super::*;
use maps::{difference, seen_by};

#[test]
fn the_symbology_is_read_and_has_its_words() {
    let ids = map_symbology().legend_ids();
    assert!(ids.len() > 12);
    for id in &ids {
        assert!(Texts::of(Lang::Es).has(id), "{id}");
    }
}

#[test]
fn states_differ_to_every_eye_by_colour_or_by_hatch() {
    let symbology = map_symbology();
    let states = ["titulado", "tramite", "extinguido", "otros"];
    let style = |state: &str| symbology.style(&format!("right-{state}")).unwrap();
    for (at, one) in states.iter().enumerate() {
        for other in &states[at + 1..] {
            let (one, other) = (style(one), style(other));
            let colours = (one.mark.unwrap(), other.mark.unwrap());
            let hatches = (one.hatch.as_ref().unwrap(), other.hatch.as_ref().unwrap());
            // the hatch tells them apart on a grey print and to every eye
            let turned = (hatches.0.angle - hatches.1.angle).abs() >= 60.0;
            assert!(hatches.0.kind != hatches.1.kind || turned);
            for eye in ["all", "protan", "deutan", "tritan"] {
                let seen = difference(seen_by(eye, colours.0), seen_by(eye, colours.1));
                assert!(seen > 10.0, "{eye}: {} and {} are {seen} apart", colours.0, colours.1);
            }
        }
    }
}

#[test]
fn the_colours_of_hatches_stand_out_from_paper_on_a_grey_print() {
    for (name, style) in &map_symbology().styles {
        if let Some(mark) = style.mark {
            let seen = difference(seen_by("grey", mark), maps::Colour::WHITE);
            assert!(seen > 50.0, "{name}: {seen}");
        }
    }
}
