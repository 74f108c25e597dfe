//! The answer for a region in a few lines, its scope and its limits.

use super::{Region, cells::said};
use crate::number;
use crate::view::{AnswerLine, Block, Fact};
use conflicts::{LayerState, MatrixTotal};

impl Region<'_> {
    /// The total that the answer is about: live rights, or everything.
    pub(super) fn main_total(&self) -> Option<&MatrixTotal> {
        let of = |group: &str| self.matrix.totals.iter().find(|total| total.group == group);
        of("vigente").or_else(|| of("todos"))
    }

    /// Subjects for which the layer could be read, at least in part.
    fn answered(&self) -> usize {
        let unread = |state: LayerState| matches!(state, LayerState::NoData | LayerState::NotConsulted);
        self.matrix.rows.iter().filter(|row| !unread(row.state)).count()
    }

    pub(super) fn answer(&self) -> Vec<AnswerLine> {
        let texts = self.texts;
        let (all, answered) = (self.matrix.rows.len(), self.answered());
        let mut lines = Vec::new();
        let mut line = |figure: Option<String>, text: String| {
            lines.push(AnswerLine {
                figure,
                share: None,
                text: said(text),
            });
        };
        if answered < all {
            let n = number::count(all - answered);
            line(
                None,
                texts.fill(
                    "region-unanswered",
                    &[("n", n.into()), ("count", (all - answered).into())],
                ),
            );
        }
        let Some(total) = self.main_total().filter(|total| total.subjects > 0) else {
            line(None, texts.say("region-none"));
            return lines;
        };
        let of = |value: usize| number::count(value);
        line(
            Some(format!("{} / {}", of(total.subjects), of(all))),
            texts.fill(
                "region-touched",
                &[
                    ("n", of(total.subjects).into()),
                    ("all", of(all).into()),
                    ("features", of(total.features).into()),
                ],
            ),
        );
        let share = number::percent_text(texts, total.share_of_subjects.0, 0.0);
        let number::Figure { text: ha, band, .. } =
            number::figure(texts, total.union_geodesic_ha, total.band90_geodesic_ha);
        line(
            Some(share.clone()),
            texts.fill(
                "region-share",
                &[("share", share.into()), ("ha", ha.into()), ("band", band.into())],
            ),
        );
        let at_least = |part: f64| {
            self.matrix
                .ranking
                .iter()
                .filter(|row| row.share_of_subject.0 >= part)
                .count()
        };
        line(
            Some(of(at_least(0.5))),
            texts.fill(
                "region-half",
                &[("half", of(at_least(0.5)).into()), ("most", of(at_least(0.9)).into())],
            ),
        );
        if let Some(spot) = self.matrix.hotspots.first() {
            let values = [
                ("n", of(self.matrix.hotspots.len()).into()),
                ("deepest", of(spot.stack.deepest).into()),
                ("name", spot.name.clone().into()),
            ];
            line(Some(of(spot.stack.deepest)), texts.fill("region-stacks", &values));
        }
        lines
    }

    pub(super) fn scope(&self) -> Block {
        let (texts, matrix) = (self.texts, self.matrix);
        let fact = |term: &str, fact: String| Fact {
            term: texts.said(term, &[]),
            fact: said(fact),
            ..Fact::default()
        };
        let mut zones: Vec<u8> = matrix.rows.iter().map(|row| row.utm_zone).collect();
        zones.sort_unstable();
        zones.dedup();
        let zones: Vec<String> = zones.iter().map(|zone| format!("{zone} S")).collect();
        let mut facts = vec![
            fact(
                "region-scope-subjects",
                texts.say(&format!("layer-{}", matrix.subjects)),
            ),
            fact("region-scope-count", number::count(matrix.rows.len())),
            fact(
                "region-scope-hectares",
                number::hectares_text(texts, matrix.subjects_geodesic_ha.0),
            ),
            fact("region-scope-against", texts.say(&format!("layer-{}", matrix.against))),
            fact("region-scope-valid", number::day_text(texts, matrix.as_of.valid)),
            fact("region-scope-zones", zones.join(", ")),
            fact("foot-rulebook", matrix.rulebook.id.clone()),
        ];
        if matrix.slivers_kept {
            facts.push(fact("region-scope-slivers", texts.say("slivers-kept")));
        }
        Block::Facts { facts }
    }

    pub(super) fn how_to_read(&self) -> Block {
        Block::Text {
            text: said(format!(
                "{} {}",
                self.texts.say("totals-words"),
                self.texts.say("matrix-words")
            )),
        }
    }

    pub(super) fn about_hotspots(&self) -> Block {
        Block::Text {
            text: self.texts.said(
                if self.matrix.hotspots.is_empty() {
                    "region-no-hotspots"
                } else {
                    "region-about-hotspots"
                },
                &[],
            ),
        }
    }

    pub(super) fn pairs_elsewhere(&self) -> Block {
        let pairs: usize = self.matrix.rows.iter().map(|row| row.pairs.len()).sum();
        let n = number::count(pairs);
        Block::Text {
            text: said(self.texts.fill("region-pairs-elsewhere", &[("n", n.into())])),
        }
    }

    pub(super) fn limits(&self) -> Block {
        let all = self.matrix.rows.len();
        let items = self.matrix.limits.iter().map(|limit| {
            let mut sentence = limit.limit.text.clone();
            if limit.subjects < all {
                let n = number::count(limit.subjects);
                let of = self
                    .texts
                    .fill("region-limit-of", &[("n", n.into()), ("count", limit.subjects.into())]);
                sentence = format!("{sentence} ({of})");
            }
            crate::view::Said {
                text: sentence,
                lang: (self.texts.lang != crate::Lang::Es).then_some("es"),
            }
        });
        Block::Bullets { items: items.collect() }
    }
}
