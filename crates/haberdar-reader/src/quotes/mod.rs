//! Words of somebody else: direct, indirect and mixed quotations with their speaker and cue.
//!
//! [`marks`] pairs quotation marks over the whole text; [`cue`] finds the words of saying of `data/lang/*/cues.tsv`;
//! [`english`] and [`turkish`] find their complements within a sentence, [`direct`] those of the marks ([`nearest`] the cue of
//! marks, [`torn`] what a sentence has of them outside, [`names`] what is nobody's words); [`source`] says who speaks.

mod cue;
mod direct;
mod english;
mod headline;
mod indirect;
mod marks;
mod names;
mod nearest;
mod source;
mod torn;
mod turkish;
mod verbatim;

use haberdar_model::{Language, QuoteKind};
use smallvec::SmallVec;

pub(crate) use self::cue::CueAt;
use self::source::Source;
pub(crate) use self::source::stated_by;
use crate::{events::Scene, lexicon::Cue, tree::Tree};

/// A quotation while the article is being read.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// First byte of the content.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// The pieces of a quotation that its cue interrupts; empty where it is whole.
    pub parts: SmallVec<[(usize, usize); 2]>,
    /// What of it stands in marks, where the article tells the rest in its own words.
    pub verbatim: SmallVec<[(usize, usize); 2]>,
    /// Direct, indirect, mixed.
    pub kind: QuoteKind,
    /// Mention of the speaker.
    pub speaker: Option<usize>,
    /// Bytes of the words that name the speaker at the cue, a pronoun too.
    pub source: Option<(usize, usize)>,
    /// Bytes of the cue.
    pub cue: Option<(usize, usize)>,
    /// What kind of saying it is.
    pub class: Option<Cue>,
    /// Mention of the addressee.
    pub addressee: Option<usize>,
}

impl Said {
    fn indirect(scene: &Scene<'_>, c: &CueAt, (start, end): (usize, usize), source: Source) -> Said {
        Said {
            start,
            end,
            parts: SmallVec::new(),
            verbatim: SmallVec::new(),
            kind: QuoteKind::Indirect,
            speaker: source.mention,
            source: source.bytes(scene),
            cue: Some(bytes(scene.tree, c.first.min(c.word), c.word.max(c.last))),
            class: Some(c.cue),
            addressee: None,
        }
    }

    /// True where the bytes are among the words that are said, not in the cue between its pieces.
    pub fn covers(&self, (start, end): (usize, usize)) -> bool {
        let inside = |&(a, b): &(usize, usize)| a <= start && end <= b;
        if self.parts.is_empty() { inside(&(self.start, self.end)) } else { self.parts.iter().any(inside) }
    }

    /// True where some of the bytes are among the words that are said ("… ihlal ettiğini söyledi": an accusation whose predicate
    /// is said and whose verb is the cue).
    pub fn touches(&self, (start, end): (usize, usize)) -> bool {
        let meets = |&(a, b): &(usize, usize)| a < end && start < b;
        if self.parts.is_empty() { meets(&(self.start, self.end)) } else { self.parts.iter().any(meets) }
    }

    /// True where an act with that trigger is made by the quotation: in its words, or by its cue ("urged", "promised").
    pub fn makes(&self, trigger: (usize, usize)) -> bool {
        self.touches(trigger) || self.cue.is_some_and(|(a, b)| a < trigger.1 && trigger.0 < b)
    }
}

/// The innermost quotation whose words hold the bytes.
pub(crate) fn around(said: &[Said], bytes: (usize, usize)) -> Option<&Said> {
    said.iter().filter(|q| q.covers(bytes)).min_by_key(|q| q.end - q.start)
}

/// All quotations of an article in order.
pub fn find(text: &str, scenes: &[Scene<'_>]) -> Vec<Said> {
    let marks = marks::pairs(text);
    let mut out = Vec::new();
    // What a cue governs and marks enclose: a direct quotation with a known cue.
    let mut enclosed = Vec::new();
    let cues: Vec<Vec<CueAt>> = scenes.iter().map(cue::cues).collect();
    for (s, cues) in cues.iter().enumerate() {
        indirect::find(text, scenes, s, cues, &marks, &mut out, &mut enclosed);
        out.extend(headline::find(text, &scenes[s]));
    }
    direct::find(text, scenes, &cues, &marks, &enclosed, &mut out);
    out.iter_mut().for_each(|q| verbatim::note(text, &marks, q));
    out.sort_by_key(|q| (q.start, q.end));
    out.dedup_by(|b, a| a.start == b.start && a.end == b.end);
    if scenes.first().is_some_and(|s| s.tree.language == Language::En) {
        source::settle_pronouns(text, scenes, &mut out);
    }
    out
}

/// Byte span of a run of words.
pub(crate) fn bytes(tree: &Tree<'_>, first: usize, last: usize) -> (usize, usize) {
    (tree.nodes[first].start, tree.nodes[last].end)
}
