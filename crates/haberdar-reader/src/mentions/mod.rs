//! Who and what is mentioned: persons with their titles and offices, countries, bodies, groups, places, unnamed sources.
//!
//! Names come from the world's tables and from capitals; titles, countries and nouns around a name become its role and
//! country; what belongs together becomes one mention. [`coreference`] then links the mentions of an article.

pub(crate) mod assemble;
pub mod coreference;
mod counted;
pub(crate) mod home;
mod titles;
mod units;

use haberdar_model::{Country, MentionKind};
use haberdar_world::{NameHit, World};

use crate::{lexicon::Lexicon, tree::Tree};

/// A mention while the article is being read; positions are bytes and word indices.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Index of the sentence.
    pub sentence: usize,
    /// First word.
    pub first: usize,
    /// Last word, included.
    pub last: usize,
    /// Head word.
    pub head: usize,
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
    /// What it refers to.
    pub kind: MentionKind,
    /// Name, or the words themselves.
    pub name: String,
    /// Entity.
    pub entity: Option<String>,
    /// State or body.
    pub country: Option<Country>,
    /// Whom else the name may mean.
    pub candidates: Vec<Country>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Office.
    pub role: Option<RoleDraft>,
    /// Further mentions that share the words ("iki ülke"): index of the first of them.
    pub twin_of: Option<usize>,
}

impl Draft {
    /// Words that stand for nobody whom a table knows: from the first word to the head.
    pub fn unnamed(tree: &Tree<'_>, sentence: usize, first: usize, head: usize, kind: MentionKind) -> Self {
        let (start, end) = (tree.nodes[first].start, tree.nodes[head].end);
        Self {
            sentence,
            first,
            last: head,
            head,
            start,
            end,
            kind,
            name: tree.text[start..end].to_owned(),
            entity: None,
            country: None,
            candidates: Vec::new(),
            sector: None,
            role: None,
            twin_of: None,
        }
    }
}

/// An office as the text gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleDraft {
    /// Office id.
    pub office: String,
    /// Whose.
    pub country: Option<Country>,
    /// First byte of the title.
    pub start: usize,
    /// Byte behind it.
    pub end: usize,
    /// former, acting, designate, deputy.
    pub tenure: Option<&'static str>,
    /// What stands with the title.
    pub owner: Owner,
}

impl RoleDraft {
    /// The id of the office that a reading reports: a part of a state has ministers and a head, none of them the state's.
    pub fn reported(&self) -> &str {
        match self.office.as_str() {
            "president" | "chancellor" | "head_of_state" | "head_of_government" if self.owner == Owner::Part => "first_minister",
            o if self.owner == Owner::Part && o.ends_with("_minister") => "minister",
            o => o,
        }
    }
}

/// Whose office a title names, by what stands with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A state: "ABD Başkanı".
    State,
    /// A body: "Fed Başkanı", "Taliban Dışişleri Bakanı".
    Body,
    /// A part of a state, which has ministers of its own: "Ohio Secretary of State", "Bavyera İçişleri Bakanı".
    Part,
    /// Nothing: "the president".
    Unsaid,
}

pub(crate) use assemble::head_of;

/// Finds the mentions of one sentence and appends them; `hits` are the names that start in the sentence.
pub fn find(tree: &Tree<'_>, sentence: usize, hits: &[NameHit], lexicon: &Lexicon, world: &World, out: &mut Vec<Draft>) {
    let units = units::find(tree, hits, lexicon, world);
    assemble::assemble(tree, sentence, &units, lexicon, out);
}

/// For every word of a sentence the index of the mention that it heads or lies in.
#[derive(Clone, Debug, Default)]
pub struct WordMentions {
    heads: Vec<Option<u32>>,
    inside: Vec<Option<u32>>,
    order: Vec<u32>,
}

impl WordMentions {
    /// Indexes the mentions of one sentence; `base` is the index of the first of them.
    pub fn new(words: usize, mentions: &[Draft], base: usize) -> Self {
        let mut m = WordMentions { heads: vec![None; words], inside: vec![None; words], order: Vec::new() };
        for (i, d) in mentions.iter().enumerate().filter(|(_, d)| d.twin_of.is_none()) {
            m.heads[d.head] = Some((base + i) as u32);
            for w in d.first..=d.last {
                m.inside[w].get_or_insert((base + i) as u32);
            }
        }
        m.order = m.heads.iter().flatten().copied().collect();
        m.order.sort_unstable_by_key(|&i| (mentions[i as usize - base].first, i));
        m
    }

    /// The mentions of the sentence from left to right.
    pub fn in_order(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.order.iter().map(|&m| m as usize)
    }

    /// The mention headed by the word.
    pub fn headed(&self, w: usize) -> Option<usize> {
        self.heads[w].map(|m| m as usize)
    }

    /// The mention that the word lies in.
    pub fn at(&self, w: usize) -> Option<usize> {
        self.heads[w].or(self.inside[w]).map(|m| m as usize)
    }
}
