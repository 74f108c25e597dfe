//! The land itself: its areas, where it is, how its coordinates were understood.

use super::section;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Fact, Said, Section};
use conflicts::Fixed;

/// The section of the land.
pub(crate) fn subject(tell: &Teller<'_>) -> Section {
    let subject = &tell.report.subject;
    let mut facts = Vec::new();
    if let (Some(layer), Some(id)) = (subject.layer, &subject.id) {
        facts.push(Fact::of(tell.layer(layer), Said::plain(id)));
    }
    facts.extend(areas(tell));
    if let Some(admin) = &subject.admin {
        facts.push(Fact::of(tell.say("ubigeo"), tell.stated(admin.ubigeo.as_deref())));
    }
    facts.push(Fact::of(tell.say("centre"), Said::plain(place(subject.centroid))));
    if let Some(day) = subject.dated_at {
        facts.push(Fact::of(tell.say("subject-dated"), tell.day(day)));
    }
    facts.extend(subject.watersheds.iter().map(|unit| {
        let share = number::percent_text(tell.texts, unit.share_of_subject.0, 0.0);
        let said = Said::plain(format!("{} ({}): {share}", unit.name, unit.code));
        Fact::of(tell.say("watersheds"), said)
    }));
    let blocks = vec![
        Block::Facts { facts },
        Block::Heading {
            id: "understood".to_owned(),
            text: tell.say("understood-heading"),
        },
        Block::Bullets {
            items: understood(tell),
        },
    ];
    section(tell, "subject", "subject-heading", blocks)
}

/// The three areas, each with its name.
fn areas(tell: &Teller<'_>) -> Vec<Fact> {
    let area = &tell.report.subject.area;
    let fact = |term: Said, cell: Cell| Fact {
        exact: cell.exact,
        ..Fact::of(term, cell.text)
    };
    let zone = tell.fill("utm-ha", &[("zone", area.utm_zone.to_string().into())]);
    let declared = match area.declared_ha {
        Some(ha) => tell.hectares(ha),
        None => Cell::of(tell.say("not-stated")),
    };
    vec![
        fact(zone, tell.hectares(area.utm_ha)),
        fact(tell.say("geodesic-ha"), tell.hectares(area.geodesic_ha)),
        fact(tell.say("declared-ha"), declared),
    ]
}

/// Latitude, then longitude, in degrees.
fn place([lon, lat]: [Fixed<7>; 2]) -> String {
    format!("{:.5}°, {:.5}°", lat.0, lon.0)
}

fn understood(tell: &Teller<'_>) -> Vec<Said> {
    let source = &tell.report.subject.source;
    let mut items = vec![match &source.crs_declared {
        Some(declared) => tell.fill("crs-declared", &[("crs", declared.as_str().into())]),
        None => tell.say("crs-not-declared"),
    }];
    items.push(tell.fill("crs-used", &[("crs", source.crs_used.as_str().into())]));
    items.extend(source.evidence.iter().map(|evidence| tell.quote(evidence)));
    if tell.report.subject.repairs.is_empty() {
        items.push(tell.say("repairs-none"));
    }
    items.extend(tell.report.subject.repairs.iter().map(|repair| {
        let places = [
            ("what", tell.coded("repair", &repair.kind).text.into()),
            ("n", number::count(repair.count).into()),
            (
                "before",
                number::hectares_text(tell.texts, repair.area_before_ha.0).into(),
            ),
            (
                "after",
                number::hectares_text(tell.texts, repair.area_after_ha.0).into(),
            ),
        ];
        tell.fill("repaired", &places)
    }));
    items
}
