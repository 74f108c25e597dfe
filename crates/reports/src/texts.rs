//! Sentences for people, by id, from `config/text/<lang>/*.ftl`; what a language lacks, or nobody reviewed, is said in Spanish.

mod review;

use crate::view::Said;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use review::Reviews;
use std::str::FromStr;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

macro_rules! text {
    ($file:literal) => {
        include_str!(concat!("../../../config/text/", $file))
    };
}

/// The files of Spanish.
const ES: &[&str] = &[
    text!("es/report.ftl"),
    text!("es/community.ftl"),
    text!("es/office.ftl"),
    text!("es/region.ftl"),
    text!("es/map.ftl"),
    text!("es/layers.ftl"),
    text!("es/sheet.ftl"),
    text!("es/relief.ftl"),
    text!("es/helps.ftl"),
    text!("es/tables.ftl"),
    text!("es/pages.ftl"),
    text!("es/units.ftl"),
    text!("es/water.ftl"),
];
/// What is read aloud, in Spanish alone: its numbers are Spanish words.
const ES_SPOKEN: &str = text!("es/spoken.ftl");
/// The files of English; `rules.ftl` holds sentences of rulebooks.
const EN: &[&str] = &[
    text!("en/report.ftl"),
    text!("en/community.ftl"),
    text!("en/office.ftl"),
    text!("en/region.ftl"),
    text!("en/map.ftl"),
    text!("en/layers.ftl"),
    text!("en/sheet.ftl"),
    text!("en/relief.ftl"),
    text!("en/helps.ftl"),
    text!("en/tables.ftl"),
    text!("en/pages.ftl"),
    text!("en/units.ftl"),
    text!("en/water.ftl"),
];
/// The files of Quechua.
const QU: &[&str] = &[text!("qu/report.ftl")];
/// Sentences that rulebooks say, in English.
const EN_RULES: &str = text!("en/rules.ftl");
/// What somebody reviewed of English.
const EN_REVIEWED: &str = text!("en/reviewed.toml");
/// What somebody reviewed of Quechua.
const QU_REVIEWED: &str = text!("qu/reviewed.toml");

/// The languages of the renderings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Spanish.
    #[default]
    Es,
    /// Quechua. What nobody reviewed is said in Spanish, and marked so.
    Qu,
    /// English. Sentences of rules and limits stay in Spanish where nobody reviewed them, and are marked so.
    En,
}

impl Lang {
    /// Every language, in the order in which reports come to be.
    pub const ALL: [Self; 3] = [Self::Es, Self::Qu, Self::En];

    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::Qu => "qu",
            Self::En => "en",
        }
    }
}

/// A code that names no language of reports.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language «{0}»")]
pub struct UnknownLang(pub String);

impl UnknownLang {
    /// What a person reads, with the languages that there are.
    pub fn sentence_es(&self) -> String {
        let known = Lang::ALL.map(Lang::code).join(", ");
        format!("No hay informes en el idioma «{}». Los idiomas son: {known}.", self.0)
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        let known = Self::ALL.into_iter().find(|lang| lang.code() == text);
        known.ok_or_else(|| UnknownLang(text.to_owned()))
    }
}

static SPANISH: LazyLock<Texts> = LazyLock::new(|| {
    let sources = [ES, &[ES_SPOKEN]].concat();
    Texts::parse(Lang::Es, &sources, Reviews::default())
});
static QUECHUA: LazyLock<Texts> = LazyLock::new(|| Texts::parse(Lang::Qu, QU, Reviews::read(QU_REVIEWED, QU, "")));
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| Texts::parse(Lang::En, EN, Reviews::read(EN_REVIEWED, EN, EN_RULES)));

/// The sentences of one language.
pub struct Texts {
    /// Their language.
    pub lang: Lang,
    bundle: FluentBundle<FluentResource>,
    reviews: Reviews,
}

impl Texts {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Es => &SPANISH,
            Lang::Qu => &QUECHUA,
            Lang::En => &ENGLISH,
        }
    }

    fn parse(lang: Lang, sources: &[&str], reviews: Reviews) -> Self {
        let id: LanguageIdentifier = lang.code().parse().expect("the codes of our languages are BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle, reviews }
    }

    /// A sentence without places.
    pub fn say(&self, id: &str) -> String {
        self.fill(id, &[])
    }

    /// A sentence with its places filled. Counts are numbers, so that a sentence can choose between one and many.
    pub fn fill(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        self.said(id, values).text
    }

    /// A sentence with the mark of Spanish where this language has none that somebody reviewed.
    pub fn said(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> Said {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let own = if self.has(id) { self.find(id, &args) } else { None };
        match own {
            Some(text) => Said::plain(text),
            None => Said {
                text: SPANISH.find(id, &args).unwrap_or_else(|| id.to_owned()),
                lang: (self.lang != Lang::Es).then_some("es"),
            },
        }
    }

    /// A sentence that came in Spanish with the report: its reviewed translation, or itself with the mark of Spanish.
    pub fn quote(&self, spanish: &str) -> Said {
        match self.reviews.translation(spanish) {
            Some(text) => Said::plain(text),
            None => Said {
                text: spanish.to_owned(),
                lang: (self.lang != Lang::Es).then_some("es"),
            },
        }
    }

    /// Whether this language says the sentence itself: it has it, and somebody reviewed it as it is now.
    pub fn has(&self, id: &str) -> bool {
        let written = self
            .bundle
            .get_message(id)
            .is_some_and(|message| message.value().is_some());
        written && (self.lang == Lang::Es || self.reviews.reviewed(id))
    }

    /// Whether every sentence of the renderings is said in this language. Words to read aloud are Spanish in any.
    pub fn whole(&self) -> bool {
        self.lang == Lang::Es || review::entries(ES).iter().all(|(id, _)| self.has(id))
    }

    fn find(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut faults = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut faults);
        Some(said.into_owned())
    }
}

/// The lines of `reviewed.toml` for all that is written in a language, with the day of their review: what somebody who has
/// just read the translations beside the Spanish sentences puts into the file.
pub fn review_lines(lang: Lang, day: jiff::civil::Date) -> String {
    match lang {
        Lang::Es => String::new(),
        Lang::Qu => review::lines(QU, "", day),
        Lang::En => review::lines(EN, EN_RULES, day),
    }
}

#[cfg(test)]
mod tests;
