//! What stands around the sections: title, notices, foot, and how the paper is checked.

use super::section;
use crate::teller::Teller;
use crate::view::{Block, Fact, Notice, Said, Section, Tone, View, Words};
use crate::{Document, Rendering, Texts};
use conflicts::Report;

/// A view with everything but its sections.
pub(crate) fn frame(tell: &Teller<'_>, document: &Document<'_, Report>, rendering: &Rendering<'_>) -> View {
    let standing = tell.texts.say(&format!("standing-{}", tell.report.standing));
    let title = tell.fill("report-title", &[("name", tell.name().into())]).text;
    let code = document.code.to_string();
    let running = [
        ("name", tell.name().into()),
        ("code", code.clone().into()),
        ("standing", standing.clone().into()),
    ];
    View {
        lang: rendering.lang.code().to_owned(),
        audience: rendering.audience.id().to_owned(),
        running: tell.fill("running", &running).text,
        subtitle: subtitle(tell, standing),
        notices: notices(tell),
        sections: Vec::new(),
        id: document.id.clone(),
        foot: foot(tell, document),
        words: words_of(tell.texts),
        title,
        code,
    }
}

fn subtitle(tell: &Teller<'_>, standing: String) -> Said {
    let admin = tell.report.subject.admin.as_ref();
    let place = admin.map(|unit| {
        let names = [&unit.district, &unit.province, &unit.department].into_iter().flatten();
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
    let day = tell.day(tell.report.as_of.valid).text;
    let places = [("standing", standing.into()), ("day", day.into())];
    let mut said = tell.fill("standing-line", &places);
    if let Some(place) = place.filter(|place| !place.is_empty()) {
        said.text = format!("{place} · {}", said.text);
    }
    said
}

fn notices(tell: &Teller<'_>) -> Vec<Notice> {
    let layers = &tell.report.layers;
    let mut editions = layers.iter().filter_map(|layer| layer.edition.as_ref());
    let mut notices = Vec::new();
    let mut add = |tone, id: &str| {
        notices.push(Notice {
            tone,
            text: tell.texts.said(id, &[]),
        });
    };
    if tell.report.standing != "complete" {
        add(Tone::Bad, "standing-incomplete-notice");
    }
    if editions.any(|edition| edition.synthetic) {
        add(Tone::Note, "synthetic");
    }
    if !tell.texts.whole() {
        add(Tone::Note, "translation-partial");
    }
    notices
}

/// The words that media need for themselves.
pub(crate) fn words_of(texts: &Texts) -> Words {
    let places = [("n", "{n}".into()), ("total", "{total}".into())];
    Words {
        page: texts.fill("page-of", &places),
        annexes: texts.say("annexes"),
        no_map: texts.say("no-map"),
        notes: texts.say("notes-line"),
        legend: texts.say("legend"),
    }
}

fn foot(tell: &Teller<'_>, document: &Document<'_, Report>) -> Vec<Fact> {
    let machine = |term: &str, fact: String| Fact {
        machine: true,
        ..Fact::of(tell.texts.said(term, &[]), Said::plain(fact))
    };
    let (issued, rules) = (&document.issued, &tell.report.rulebook);
    let program = Said::plain(format!("{} {}", issued.program, issued.version));
    vec![
        machine("foot-code", document.code.to_string()),
        machine("foot-id", document.id.clone()),
        machine("foot-rulebook", format!("{} · {}", rules.id, rules.sha256)),
        Fact::of(tell.say("foot-program"), program),
        Fact::of(tell.say("foot-issued"), tell.moment(issued.at)),
    ]
}

/// How this paper is checked.
pub(crate) fn check(tell: &Teller<'_>, document: &Document<'_, Report>, rendering: &Rendering<'_>) -> Section {
    let code = document.code.to_string();
    let content = rendering.verify_url.map_or_else(|| code.clone(), ToOwned::to_owned);
    let text = match rendering.verify_url {
        Some(url) => tell.fill("check-at", &[("code", code.into()), ("url", url.into())]),
        None => tell.fill("check-code", &[("code", code.into())]),
    };
    section(tell, "check", "check-heading", vec![Block::Code { content, text }])
}

/// What a code and an id are, for those who want to know.
pub(crate) fn about_codes(tell: &Teller<'_>) -> [Block; 2] {
    [super::text(tell, "check-letter"), super::text(tell, "foot-check")]
}
