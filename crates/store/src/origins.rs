//! What a report was made of, as its seal states it: the roots of the editions, and who may see them.

use crate::Snapshot;
use conflicts::Report;
use territory::{Hash, Visibility};

impl Snapshot {
    /// Id and root of every edition that a report made from this snapshot used, by id.
    pub fn roots_of(&self, report: &Report) -> Vec<(String, Hash)> {
        let used = report.layers.iter().filter_map(|layer| layer.edition.as_ref());
        self.roots_of_editions(used.map(|edition| edition.edition.as_str()))
    }

    /// Id and root of those of these editions that the snapshot holds, by id.
    pub fn roots_of_editions<'e>(&self, ids: impl IntoIterator<Item = &'e str>) -> Vec<(String, Hash)> {
        let known = |id: &str| Some((id.to_owned(), self.edition(id)?.root?));
        let mut roots: Vec<(String, Hash)> = ids.into_iter().filter_map(known).collect();
        roots.sort();
        roots.dedup();
        roots
    }

    /// Who may see a report made from this snapshot: the least public of the editions used, that of its land included. Where it tells of more than those (an
    /// edition that could not be read, changes since another day), whoever may see the whole snapshot.
    pub fn visibility_of(&self, report: &Report) -> Visibility {
        if report.changes.is_some() || !self.unread.is_empty() {
            return self.options.ceiling;
        }
        let used = report.layers.iter().filter_map(|layer| layer.edition.as_ref());
        let of_land = report.subject.layer.zip(report.subject.id.as_deref());
        let of_land = of_land.map_or_else(Vec::new, |(layer, key)| self.find(layer, key));
        let of_land = of_land.iter().map(|found| found.edition.meta.id.as_str());
        self.visibility_of_editions(used.map(|edition| edition.edition.as_str()).chain(of_land))
    }

    /// The least public of these editions; where one is not in the snapshot, whoever may see the whole snapshot.
    pub fn visibility_of_editions<'e>(&self, ids: impl IntoIterator<Item = &'e str>) -> Visibility {
        let each = ids.into_iter().map(|id| {
            let found = self.edition(id);
            found.map_or(self.options.ceiling, |found| found.meta.visibility)
        });
        each.max().unwrap_or(Visibility::Public)
    }
}
