//! Names that mean something else in another company: the words around decide.

use haberdar_model::Language;

use crate::gazetteer::Entry;

/// A name that was found, with its surroundings.
pub(crate) struct Context<'t> {
    pub(crate) text: &'t str,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) lang: Language,
    /// No suffix behind the name.
    pub(crate) bare: bool,
}

impl Context<'_> {
    /// How sure the name means the entry here; `None` where it does not.
    pub(crate) fn score(&self, entry: &Entry) -> Option<f32> {
        let _ = (self.text, self.from, self.to, self.lang, self.bare);
        Some(entry.score)
    }
}
