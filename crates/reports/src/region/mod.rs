//! The regional matrix for an office: what lies under rights in every land of a layer, ranked, dated and questioned.

mod cells;
mod figure;
mod foot;
mod summary;
mod tables;
mod workbook;

pub use workbook::matrix_xlsx;

use crate::view::{Block, Section, View};
use crate::{Document, Rendering, Texts};
use cells::said;
use conflicts::Matrix;
use foot::{foot, notices};

/// Pairs up to which pages and papers print them one by one; a larger matrix says how many there are and which tables have them.
const PAIRS_PRINTED: usize = 400;

/// What an office is told of a region.
pub fn regional(document: &Document<'_, Matrix>, rendering: &Rendering<'_>) -> View {
    let matrix = document.content;
    let region = Region {
        matrix,
        texts: Texts::of(rendering.lang),
    };
    let title = region.title();
    View {
        lang: rendering.lang.code().to_owned(),
        audience: "office".to_owned(),
        subtitle: said(region.subtitle()),
        notices: notices(&region),
        sections: region.sections(rendering.map.is_some()),
        code: document.code.to_string(),
        id: document.id.clone(),
        foot: foot(document, region.texts),
        running: format!("{title} · {}", document.code),
        words: crate::parts::frame::words_of(region.texts),
        title,
    }
}

/// A matrix and the words for it.
struct Region<'a> {
    matrix: &'a Matrix,
    texts: &'a Texts,
}

impl Region<'_> {
    fn title(&self) -> String {
        let [subjects, against] =
            [self.matrix.subjects, self.matrix.against].map(|layer| self.texts.say(&format!("layer-{layer}")));
        let names = [("subjects", subjects.into()), ("against", against.into())];
        self.texts.fill("matrix-title", &names)
    }

    fn subtitle(&self) -> String {
        let day = crate::number::day_text(self.texts, self.matrix.as_of.valid);
        let n = crate::number::count(self.matrix.rows.len());
        self.texts.fill(
            "matrix-line",
            &[
                ("n", n.into()),
                ("day", day.into()),
                ("count", self.matrix.rows.len().into()),
            ],
        )
    }

    fn sections(&self, with_map: bool) -> Vec<Section> {
        let mut summary = vec![Block::Answer { lines: self.answer() }];
        if with_map {
            summary.push(Block::Map);
        }
        let series = [figure::of_years(self), Some(tables::years(self))];
        let pairs = if self.matrix.rows.iter().map(|row| row.pairs.len()).sum::<usize>() <= PAIRS_PRINTED {
            vec![tables::pairs(self)]
        } else {
            vec![self.pairs_elsewhere()]
        };
        let all = [
            ("resumen", "region-summary", false, summary),
            (
                "alcance",
                "region-scope",
                false,
                vec![self.scope(), tables::editions(self)],
            ),
            (
                "matriz",
                "region-matrix",
                false,
                vec![self.how_to_read(), tables::groups_block(self), tables::rows(self)],
            ),
            ("orden", "region-ranking", false, vec![tables::ranking(self)]),
            (
                "concentracion",
                "region-hotspots",
                false,
                vec![self.about_hotspots(), tables::hotspots(self)],
            ),
            ("serie", "region-series", false, series.into_iter().flatten().collect()),
            ("calidad", "region-quality", false, vec![tables::quality(self)]),
            ("limites", "region-limits", false, vec![self.limits()]),
            ("parejas", "region-pairs", true, pairs),
        ];
        let of_rights = self.matrix.against == territory::LayerKind::Concessions;
        let wanted = |id: &str| of_rights || !matches!(id, "concentracion" | "serie");
        all.into_iter()
            .filter(|(id, ..)| wanted(id))
            .map(|(id, heading, annex, blocks)| Section {
                id: id.to_owned(),
                heading: self.texts.said(heading, &[]),
                annex,
                on_new_page: annex || id == "matriz",
                blocks,
            })
            .collect()
    }
}
