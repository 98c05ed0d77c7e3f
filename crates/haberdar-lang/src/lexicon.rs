//! What is known of words before anything is learned from trees: stems with their morphology, distributional classes.

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::turkish::{Morphology, Reading};

/// The knowledge of words of one language.
pub struct Lexicon {
    lang: Language,
    clusters: FxHashMap<u32, [u32; 2]>,
    morphology: Option<Morphology>,
}

impl Lexicon {
    /// The lexicon of the language, without distributional classes.
    pub fn new(lang: Language) -> Lexicon {
        Lexicon { lang, clusters: FxHashMap::default(), morphology: (lang == Language::Tr).then(Morphology::new) }
    }

    /// Its language.
    pub fn language(&self) -> Language {
        self.lang
    }

    /// Takes distributional classes: hash of the normal form, then the classes at two depths.
    pub fn set_clusters(&mut self, clusters: FxHashMap<u32, [u32; 2]>) {
        self.clusters = clusters;
    }

    /// The distributional classes, sorted.
    pub fn clusters(&self) -> Vec<(u32, [u32; 2])> {
        let mut all: Vec<(u32, [u32; 2])> = self.clusters.iter().map(|(k, c)| (*k, *c)).collect();
        all.sort_unstable();
        all
    }

    /// The classes of a normal form's hash.
    #[inline]
    pub fn cluster(&self, low: u32) -> [u32; 2] {
        self.clusters.get(&low).copied().unwrap_or([0, 0])
    }

    /// The ways to read a word in its normal form; none for a language without morphology.
    pub fn readings(&self, normal: &[char]) -> Vec<Reading> {
        self.morphology.as_ref().map_or_else(Vec::new, |m| m.readings(normal))
    }

    /// What the lists of stems say of a word in its normal form, 0 where they do not have it.
    pub fn class(&self, normal: &[char]) -> u32 {
        self.morphology.as_ref().map_or(0, |m| m.classes(normal))
    }

    /// What the lists say of a lemma in lower case, 0 where they do not have it.
    pub fn lemma_class(&self, lemma: &str, buffer: &mut Vec<char>) -> u32 {
        let Some(m) = &self.morphology else { return 0 };
        buffer.clear();
        buffer.extend(lemma.chars().map(|c| match c {
            'â' => 'a',
            'î' => 'i',
            'û' => 'u',
            c => c,
        }));
        m.classes(buffer)
    }
}
