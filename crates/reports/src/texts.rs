//! Sentences for people, by id, from `config/text/<lang>/report.ftl`; what a language lacks is said in Spanish.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

const ES: &str = concat!(
    include_str!("../../../config/text/es/report.ftl"),
    "\n",
    include_str!("../../../config/text/es/region.ftl")
);
const EN: &str = concat!(
    include_str!("../../../config/text/en/report.ftl"),
    "\n",
    include_str!("../../../config/text/en/region.ftl")
);

/// The languages of the renderings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Spanish.
    #[default]
    Es,
    /// English. The sentences of rules and limits stay in Spanish, and are marked so.
    En,
}

impl Lang {
    /// The BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }
}

static SPANISH: LazyLock<Texts> = LazyLock::new(|| Texts::parse(Lang::Es, ES));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::parse(Lang::En, EN));

/// The sentences of one language.
pub struct Texts {
    /// Their language.
    pub lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Es => &SPANISH,
            Lang::En => &ENGLISH,
        }
    }

    fn parse(lang: Lang, source: &str) -> Self {
        let id: LanguageIdentifier = lang.code().parse().expect("the codes of our languages are BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
        Self { lang, bundle }
    }

    /// A sentence without places.
    pub fn say(&self, id: &str) -> String {
        self.fill(id, &[])
    }

    /// A sentence with its places filled. Counts are numbers, so that a sentence can choose between one and many.
    pub fn fill(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.find(id, &args)
            .or_else(|| SPANISH.find(id, &args))
            .unwrap_or_else(|| id.to_owned())
    }

    /// Whether this language has the sentence itself.
    pub fn has(&self, id: &str) -> bool {
        self.bundle
            .get_message(id)
            .is_some_and(|message| message.value().is_some())
    }

    fn find(&self, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut faults = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut faults);
        Some(said.into_owned())
    }
}

#[cfg(test)]
mod tests;
