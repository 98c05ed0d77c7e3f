//! A sentence as the reader sees it: words with small tags instead of strings, children at hand, Turkish light verbs on top
//! of their nouns.

use haberdar_lang::{Sentence, Upos, Word, casing};
use haberdar_model::Language;
use smallvec::SmallVec;

use crate::{
    lexicon::{Lexicon, pattern::LemmaId},
    turkish::{self, Morph, Tense, VerbForm},
};

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
}

/// A sentence prepared for matching.
pub struct Tree<'a> {
    /// Its language.
    pub language: Language,
    /// The text of the article.
    pub text: &'a str,
    /// Analysed words.
    pub words: &'a [Word],
    /// The same words as nodes.
    pub nodes: Vec<Node>,
    lower: String,
    lower_at: Vec<(u32, u32)>,
    kids: Vec<u32>,
    kids_at: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Prepares a sentence.
    pub fn new(text: &'a str, sentence: &'a Sentence, language: Language, lexicon: &Lexicon) -> Self {
        let words = &sentence.words[..];
        let mut lower = String::with_capacity(sentence.end - sentence.start + 8);
        let mut lower_at = Vec::with_capacity(words.len());
        let mut nodes = Vec::with_capacity(words.len());
        for w in words {
            let from = lower.len();
            lower.extend(w.form.chars().filter(|&c| c != '\u{307}').map(|c| casing::lower_char(c, language)));
            lower_at.push((from as u32, lower.len() as u32));
            nodes.push(node(w, &lower[from..], language, lexicon));
        }
        let mut tree = Tree { language, text, words, nodes, lower, lower_at, kids: Vec::new(), kids_at: Vec::new() };
        if language == Language::Tr {
            tree.raise_light_verbs();
        }
        tree.index_children();
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

    /// Children of a word in order.
    pub fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[self.kids_at[i] as usize..self.kids_at[i + 1] as usize].iter().map(|&k| k as usize)
    }

    /// Children with one of the relations.
    pub fn kids_by<'s>(&'s self, i: usize, rels: &'s [Rel]) -> impl Iterator<Item = usize> + 's {
        self.kids(i).filter(|&k| rels.contains(&self.nodes[k].rel))
    }

    /// True where the word can be one of the lemmas.
    pub fn is_any(&self, i: usize, set: &rustc_hash::FxHashSet<LemmaId>) -> bool {
        self.nodes[i].lemmas.iter().any(|l| set.contains(l))
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
        self.nodes[i].verb.is_some()
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

    /// In Turkish treebanks the noun of a light verb is its head ("kabul etti"); arguments belong to the verb here.
    fn raise_light_verbs(&mut self) {
        for v in 0..self.nodes.len() {
            let Some(n) = self.nodes[v].head else { continue };
            if self.nodes[v].rel != Rel::Lvc || n >= v || self.nodes[v].verb.is_none() {
                continue;
            }
            let (head, rel) = (self.nodes[n].head, self.nodes[n].rel);
            if head == Some(v) {
                continue;
            }
            for k in 0..self.nodes.len() {
                let keep = matches!(self.nodes[k].rel, Rel::Amod | Rel::Det | Rel::Nummod | Rel::NmodPoss | Rel::Compound | Rel::Flat | Rel::Acl);
                if self.nodes[k].head == Some(n) && k != v && !keep {
                    self.nodes[k].head = Some(v);
                }
            }
            self.nodes[v].head = head;
            self.nodes[v].rel = rel;
            self.nodes[n].head = Some(v);
            self.nodes[n].rel = Rel::Lvc;
        }
    }
}

fn node(w: &Word, lower: &str, language: Language, lexicon: &Lexicon) -> Node {
    let f = w.feats;
    let case = match f.get("Case") {
        Some("Nom") => Case::Nom,
        Some("Acc") => Case::Acc,
        Some("Dat") => Case::Dat,
        Some("Loc") => Case::Loc,
        Some("Abl") => Case::Abl,
        Some("Ins") => Case::Ins,
        Some("Gen") => Case::Gen,
        _ if language == Language::Tr && matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num) => Case::Nom,
        _ => Case::None,
    };
    let mut node = Node {
        start: w.start as usize,
        end: w.end as usize,
        part: w.part,
        upos: w.upos,
        rel: Rel::parse(w.deprel.as_str()),
        head: w.head.map(|h| h as usize),
        case,
        lemmas: SmallVec::new(),
        verb: None,
        verb_lemma: None,
        capital: w.form.chars().next().is_some_and(char::is_uppercase),
        plural: f.is("Number", "Plur"),
        possessed: f.is("Person[psor]", "3"),
    };
    if let Some(id) = lexicon.names.lemmas.get(&w.lemma) {
        node.lemmas.push(id);
    }
    match language {
        Language::En => english(&mut node, w, lower, lexicon),
        Language::Tr => turkish_node(&mut node, w, lower, lexicon),
    }
    node
}

fn english(node: &mut Node, w: &Word, lower: &str, lexicon: &Lexicon) {
    // The lemma of a capitalised common noun ("Army") may keep its capital.
    if node.lemmas.is_empty() {
        let low = casing::lower(&w.lemma, Language::En);
        node.lemmas.extend(lexicon.names.lemmas.get(&low).or_else(|| lexicon.names.lemmas.get(lower)));
    }
    if !matches!(w.upos, Upos::Verb | Upos::Aux) {
        return;
    }
    let f = w.feats;
    let form = match f.get("VerbForm") {
        Some("Part") => VerbForm::Participle,
        Some("Ger" | "Inf") => VerbForm::VerbalNoun,
        _ => VerbForm::Finite,
    };
    let passive = f.is("Voice", "Pass");
    node.verb = Some(Morph {
        form,
        tense: match f.get("Tense") {
            Some("Past") => Tense::Past,
            Some("Pres") => Tense::Aorist,
            _ if f.is("Mood", "Imp") => Tense::Imperative,
            _ => Tense::None,
        },
        negative: false,
        passive,
        causative: false,
        potential: false,
        conditional: false,
        past_copula: false,
        first_person: false,
        subject_participle: form == VerbForm::Participle && !passive && !f.is("Tense", "Past"),
    });
    node.verb_lemma = node.lemmas.first().copied();
}

/// The case that a suffix behind an apostrophe says; more certain than any tagger.
fn suffix_case(suffix: &str) -> Option<Case> {
    // The possessive of a title ("Dışişleri Bakanı'nın") adds an n, plural and possessive come first.
    let s = suffix.strip_prefix("lar").or_else(|| suffix.strip_prefix("ler")).unwrap_or(suffix);
    Some(match s {
        "nın" | "nin" | "nun" | "nün" | "ın" | "in" | "un" | "ün" => Case::Gen,
        "a" | "e" | "ya" | "ye" | "na" | "ne" => Case::Dat,
        "ı" | "i" | "u" | "ü" | "yı" | "yi" | "yu" | "yü" | "nı" | "ni" | "nu" | "nü" => Case::Acc,
        "da" | "de" | "ta" | "te" | "nda" | "nde" => Case::Loc,
        "dan" | "den" | "tan" | "ten" | "ndan" | "nden" => Case::Abl,
        "la" | "le" | "yla" | "yle" => Case::Ins,
        _ => return None,
    })
}

fn turkish_node(node: &mut Node, w: &Word, lower: &str, lexicon: &Lexicon) {
    let stem = match lower.find(['\'', '’', 'ʼ', '`']) {
        Some(at) => {
            let suffix = lower[at..].trim_start_matches(['\'', '’', 'ʼ', '`']);
            if let Some(case) = suffix_case(suffix).filter(|_| node.capital || lower.starts_with(|c: char| c.is_ascii_digit())) {
                node.case = case;
            }
            &lower[..at]
        }
        None => lower,
    };
    let mut found = SmallVec::new();
    let numeric = lower.starts_with(|c: char| c.is_ascii_digit());
    if !numeric && !matches!(w.upos, Upos::Punct | Upos::Sym) {
        lexicon.stems.readings(stem, &mut found);
    }
    let vowel_stem = found.iter().any(|r| r.verb.is_some());
    for r in &found {
        let accept = match r.verb {
            None => true,
            Some(m) => match w.upos {
                Upos::Verb | Upos::Aux => true,
                Upos::Propn => false,
                // Bare imperatives of nouns ("saldır", "kabul") are too rare to believe against the tagger.
                _ => m.form != VerbForm::Finite || m.tense == Tense::Past || m.tense == Tense::Progressive || m.tense == Tense::Future,
            },
        };
        if !accept {
            continue;
        }
        if let Some(m) = r.verb
            && node.verb.is_none()
        {
            node.verb = Some(m);
            node.verb_lemma = Some(r.lemma);
        }
        if !node.lemmas.contains(&r.lemma) {
            node.lemmas.push(r.lemma);
        }
    }
    if node.verb.is_none() && matches!(w.upos, Upos::Verb) {
        node.verb = Some(morph_of_feats(w));
    } else if let (Some(m), true) = (&mut node.verb, vowel_stem) {
        let f = w.feats;
        // -AcAK and -mIş before a noun are participles, and the tagger sees the noun.
        if m.form == VerbForm::Finite
            && matches!(m.tense, Tense::Future | Tense::Evidential)
            && f.get("VerbForm") == Some("Part")
            && matches!(node.rel, Rel::Acl | Rel::Amod)
        {
            m.form = VerbForm::Participle;
            m.subject_participle = true;
        }
    }
}

fn morph_of_feats(w: &Word) -> Morph {
    let f = w.feats;
    let mood = f.get("Mood").unwrap_or_default();
    let form = match f.get("VerbForm") {
        Some("Part") if w.deprel.as_str() != "root" => VerbForm::Participle,
        Some("Vnoun") => VerbForm::VerbalNoun,
        Some("Conv") => VerbForm::Converb,
        _ => VerbForm::Finite,
    };
    let tense = match (f.get("Tense"), f.get("Aspect"), f.get("Evident")) {
        _ if mood.contains("Nec") => Tense::Necessity,
        _ if mood.contains("Cnd") || mood.contains("Des") => Tense::Conditional,
        (Some("Fut"), _, _) => Tense::Future,
        (_, Some("Prog"), _) => Tense::Progressive,
        (_, Some("Hab"), _) => Tense::Aorist,
        (_, _, Some("Nfh")) => Tense::Evidential,
        (Some("Past"), _, _) => Tense::Past,
        _ if mood.contains("Imp") || mood.contains("Opt") => Tense::Imperative,
        _ => Tense::None,
    };
    Morph {
        form,
        tense,
        negative: f.is("Polarity", "Neg"),
        passive: f.is("Voice", "Pass"),
        causative: f.is("Voice", "Cau"),
        potential: mood.contains("Pot"),
        conditional: mood.contains("Cnd"),
        past_copula: false,
        first_person: f.is("Person", "1"),
        subject_participle: form == VerbForm::Participle && f.get("Person[psor]").is_none() && f.get("Number[psor]").is_none(),
    }
}

impl turkish::Morph {
    /// A finite verb that can end a sentence.
    pub fn is_finite(&self) -> bool {
        self.form == VerbForm::Finite
    }
}
