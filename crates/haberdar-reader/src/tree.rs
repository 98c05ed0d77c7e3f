//! A sentence as the reader sees it: words with small tags instead of strings, children at hand, Turkish light verbs on top
//! of their nouns.

use haberdar_lang::{NameClass, NameSpan, Sentence, Upos, Word, casing};
use haberdar_model::Language;
use smallvec::SmallVec;

use crate::{
    lexicon::{
        Lexicon,
        classes::Classes,
        pattern::{LemmaId, Signature},
    },
    turkish::{self, Morph, VerbForm},
};

mod fronted;
mod hidden_objects;
mod node;
mod phrases;
mod repair;
mod subjects;
mod verbless;

pub(crate) use subjects::SUFFERERS;

macro_rules! rels {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// Relation to the head; of the subtypes only those that matter here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Rel { $($name),+, Other }

        impl Rel {
            fn parse(s: &str) -> Rel {
                match s {
                    $($text => Rel::$name,)+
                    _ => match s.split_once(':') { Some((universal, _)) => Rel::parse(universal), None => Rel::Other },
                }
            }
        }
    };
}

rels!(
    Root = "root",
    Nsubj = "nsubj",
    NsubjPass = "nsubj:pass",
    Obj = "obj",
    Iobj = "iobj",
    Obl = "obl",
    OblAgent = "obl:agent",
    OblTmod = "obl:tmod",
    NmodTmod = "nmod:tmod",
    Csubj = "csubj",
    Ccomp = "ccomp",
    Xcomp = "xcomp",
    Advcl = "advcl",
    Acl = "acl",
    AclRelcl = "acl:relcl",
    Nmod = "nmod",
    NmodPoss = "nmod:poss",
    Amod = "amod",
    Nummod = "nummod",
    Det = "det",
    Case = "case",
    Compound = "compound",
    Lvc = "compound:lvc",
    Prt = "compound:prt",
    Flat = "flat",
    Fixed = "fixed",
    Conj = "conj",
    Cc = "cc",
    Appos = "appos",
    Aux = "aux",
    AuxPass = "aux:pass",
    Cop = "cop",
    Mark = "mark",
    Advmod = "advmod",
    Punct = "punct",
    Parataxis = "parataxis",
);

/// Turkish case; `None` for other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Case {
    None,
    Nom,
    Acc,
    Dat,
    Loc,
    Abl,
    Ins,
    Gen,
}

/// A word of the sentence.
#[derive(Clone, Debug)]
pub struct Node {
    /// Byte span of its token in the text.
    pub start: usize,
    /// End.
    pub end: usize,
    /// Part of a split token: 0 for whole tokens.
    pub part: u8,
    /// Part of speech.
    pub upos: Upos,
    /// Relation to the head.
    pub rel: Rel,
    /// Index of the head.
    pub head: Option<usize>,
    /// Case.
    pub case: Case,
    /// Ids of the tables' lemmas that the word can be, best first.
    pub lemmas: SmallVec<[LemmaId; 2]>,
    /// What a verb's form says.
    pub verb: Option<Morph>,
    /// Lemma of the verb reading, where the tables know it.
    pub verb_lemma: Option<LemmaId>,
    /// Starts with a capital letter.
    pub capital: bool,
    /// Plural.
    pub plural: bool,
    /// Third-person possessive suffix (Turkish).
    pub possessed: bool,
    /// Tagged otherwise, but the form can have that suffix ("askeri").
    pub maybe_possessed: bool,
    /// Tagged as nominative, but the form can be an accusative ("göçmeni").
    pub maybe_acc: bool,
    /// A noun of the tables that looks like a verbal noun ("anlaşma", "görüşme").
    lexical_noun: bool,
    /// Which small lists of the tables it is in.
    pub classes: Classes,
    /// A noun that looks like a verb, in use as a noun: it triggers nouns' frames only.
    pub as_noun: bool,
}

impl Node {
    /// True where the word is in that list of the tables.
    pub fn is(&self, class: Classes) -> bool {
        self.classes.has(class)
    }
}

/// A sentence prepared for matching.
pub struct Tree<'a> {
    /// Its language.
    pub language: Language,
    /// The text of the article.
    pub text: &'a str,
    /// Analysed words.
    pub words: &'a [Word<'a>],
    /// What the analysis takes for names.
    pub names: &'a [NameSpan],
    /// The same words as nodes.
    pub nodes: Vec<Node>,
    /// Which lemmas are among them.
    pub signature: Signature,
    lower: String,
    lower_at: Vec<(u32, u32)>,
    kids: Vec<u32>,
    kids_at: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Prepares a sentence.
    pub fn new(text: &'a str, sentence: &'a Sentence<'a>, language: Language, lexicon: &Lexicon) -> Self {
        let words = &sentence.words[..];
        let mut lower = String::with_capacity(sentence.end - sentence.start + 8);
        let mut lower_at = Vec::with_capacity(words.len());
        let mut nodes = Vec::with_capacity(words.len());
        for w in words {
            let from = lower.len();
            lower.extend(w.form.chars().filter(|&c| c != '\u{307}').map(|c| casing::lower_char(c, language)));
            lower_at.push((from as u32, lower.len() as u32));
            // The parts of a split token ("göndermiş" + "ti") are read as one.
            let whole = (w.part == 1 && language == Language::Tr).then(|| casing::lower(&text[w.span()], language));
            let mut node = node::node(w, whole.as_deref().unwrap_or(&lower[from..]), language, lexicon);
            node.classes = Classes::of_word(&lexicon.classes, &node.lemmas, node.verb_lemma);
            nodes.push(node);
        }
        let mut tree = Tree {
            language,
            text,
            words,
            names: &sentence.names,
            nodes,
            signature: Signature::default(),
            lower,
            lower_at,
            kids: Vec::new(),
            kids_at: Vec::new(),
        };
        match language {
            Language::Tr => {
                tree.raise_light_verbs();
                tree.settle_compound_participles();
                tree.settle_refusals();
                tree.raise_postpositions();
                tree.join_names();
                tree.part_names();
                tree.mark_names();
                tree.settle_titles();
                tree.settle_coordinations();
                tree.settle_accusatives(lexicon);
                tree.settle_hidden_objects(lexicon);
                tree.part_two_owners(lexicon);
                tree.part_from_obliques(lexicon);
                tree.raise_objects();
                tree.settle_bare_owners(lexicon);
                tree.settle_genitive_subjects();
                tree.part_from_agents(lexicon);
            }
            Language::En => {
                tree.raise_main_verb();
                tree.settle_verb_behind_relative();
                tree.settle_fronted_participles();
                tree.part_from_days(lexicon);
                tree.settle_coordinated_past();
                tree.settle_crossed_subjects();
                tree.settle_reduced_relatives(lexicon);
                tree.settle_finite_past();
                tree.settle_told_verbs();
                tree.settle_added_clauses(lexicon);
                tree.settle_particle_objects(lexicon);
                tree.settle_gerunds(lexicon);
            }
        }
        tree.set_dateline_apart();
        tree.index_children();
        if language == Language::Tr {
            tree.settle_verbal_nouns();
        }
        tree.signature = tree.nodes.iter().flat_map(|n| n.lemmas.iter().copied()).collect();
        tree
    }

    /// The lower-cased form.
    pub fn lower(&self, i: usize) -> &str {
        let (a, b) = self.lower_at[i];
        &self.lower[a as usize..b as usize]
    }

    /// The tagger's lemma.
    pub fn lemma(&self, i: usize) -> &str {
        &self.words[i].lemma
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True for a sentence without words.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What the name is a name of, where the analysis takes some of its words for one; of several the last.
    pub fn name_class(&self, first: usize, last: usize) -> Option<NameClass> {
        self.names.iter().rev().find(|n| n.first_word <= last && first < n.last_word).map(|n| n.class)
    }

    /// Children of a word in order.
    pub fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[self.kids_at[i] as usize..self.kids_at[i + 1] as usize].iter().map(|&k| k as usize)
    }

    /// Children with one of the relations.
    pub fn kids_by<'s>(&'s self, i: usize, rels: &'s [Rel]) -> impl Iterator<Item = usize> + 's {
        self.kids(i).filter(|&k| rels.contains(&self.nodes[k].rel))
    }

    /// A Turkish noun with the possessive suffix, by its tag or by its form.
    pub fn may_be_owned(&self, w: usize) -> bool {
        self.nodes[w].possessed || self.nodes[w].maybe_possessed
    }

    /// True where the word can be one of the lemmas.
    pub fn is_any(&self, i: usize, set: &rustc_hash::FxHashSet<LemmaId>) -> bool {
        self.nodes[i].lemmas.iter().any(|l| set.contains(l))
    }

    /// English: the word stands behind "in", "at" or the like.
    pub fn behind_place_preposition(&self, w: usize) -> bool {
        self.kids_by(w, &[Rel::Case]).any(|c| matches!(self.lower(c), "in" | "at" | "near" | "outside"))
    }

    /// The child of `top` that `w` is or stands below.
    pub fn branch(&self, w: usize, top: usize) -> Option<usize> {
        let mut up = std::iter::successors(Some(w), |&k| self.nodes[k].head).take(self.len());
        up.find(|&k| self.nodes[k].head == Some(top))
    }

    /// True where `a` stands below `top` (or is it).
    pub fn below(&self, mut a: usize, top: usize) -> bool {
        for _ in 0..self.len() {
            if a == top {
                return true;
            }
            match self.nodes[a].head {
                Some(h) => a = h,
                None => return false,
            }
        }
        false
    }

    /// All words of the subtree in order.
    pub fn subtree(&self, top: usize) -> Vec<usize> {
        let mut out = vec![top];
        let mut i = 0;
        while i < out.len() {
            out.extend(self.kids(out[i]));
            i += 1;
        }
        out.sort_unstable();
        out
    }

    /// A finite or other verb form of any kind.
    pub fn is_verbal(&self, i: usize) -> bool {
        self.nodes[i].verb.is_some() && !self.nodes[i].as_noun
    }

    fn index_children(&mut self) {
        let n = self.nodes.len();
        let mut count = vec![0u32; n + 1];
        for node in &self.nodes {
            if let Some(h) = node.head {
                count[h + 1] += 1;
            }
        }
        for i in 0..n {
            count[i + 1] += count[i];
        }
        let mut fill = count.clone();
        self.kids = vec![0; count[n] as usize];
        for i in 0..n {
            if let Some(h) = self.nodes[i].head {
                self.kids[fill[h] as usize] = i as u32;
                fill[h] += 1;
            }
        }
        self.kids_at = count;
    }
}

impl turkish::Morph {
    /// -DIK, -AcAK: a participle whose subject is not the noun that it describes.
    pub fn is_object_participle(&self) -> bool {
        self.form == VerbForm::Participle && !self.subject_participle
    }

    /// A finite verb that can end a sentence.
    pub fn is_finite(&self) -> bool {
        self.form == VerbForm::Finite
    }
}
