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
    /// Tagged as nominative, but the form can be an accusative ("göçmeni").
    pub maybe_acc: bool,
    /// A noun of the tables that looks like a verbal noun ("anlaşma", "görüşme").
    lexical_noun: bool,
    /// A verb that carries a noun's act ("saldırı düzenle-").
    pub light: bool,
    /// Such a noun in use as a noun: it triggers nouns' frames only.
    pub as_noun: bool,
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
            // The parts of a split token ("göndermiş" + "ti") are read as one.
            let whole = (w.part == 1 && language == Language::Tr).then(|| casing::lower(&text[w.span()], language));
            let mut node = node(w, whole.as_deref().unwrap_or(&lower[from..]), language, lexicon);
            node.light = node.verb_lemma.is_some_and(|l| lexicon.list("light").contains(&l));
            nodes.push(node);
        }
        let mut tree = Tree { language, text, words, nodes, lower, lower_at, kids: Vec::new(), kids_at: Vec::new() };
        match language {
            Language::Tr => tree.raise_light_verbs(),
            Language::En => tree.raise_main_verb(),
        }
        tree.index_children();
        if language == Language::Tr {
            tree.settle_verbal_nouns();
        }
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

    /// In Turkish treebanks the noun of a light verb is its head ("kabul etti"); arguments belong to the verb here.
    fn raise_light_verbs(&mut self) {
        for v in 0..self.nodes.len() {
            let Some(n) = self.nodes[v].head else { continue };
            let light = self.nodes[v].rel == Rel::Lvc && n < v && self.nodes[v].verb.is_some();
            // A finite verb right behind a bare noun governs it, whatever the parse says.
            let misparsed = n + 1 == v
                && matches!(self.nodes[v].rel, Rel::Conj | Rel::Compound | Rel::Aux | Rel::Flat | Rel::Cop | Rel::Other)
                && self.nodes[v].verb.is_some_and(|m| m.is_finite())
                && self.nodes[n].verb.is_none()
                && matches!(self.nodes[n].upos, Upos::Noun | Upos::Adj)
                && self.words[v].part == 0;
            if !light && !misparsed {
                continue;
            }
            let (head, rel) = (self.nodes[n].head, self.nodes[n].rel);
            if head == Some(v) {
                continue;
            }
            for k in 0..self.nodes.len() {
                let keep = matches!(
                    self.nodes[k].rel,
                    Rel::Amod | Rel::Det | Rel::Nummod | Rel::NmodPoss | Rel::Compound | Rel::Flat | Rel::Acl
                );
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

impl Tree<'_> {
    /// Names that the tables know in full stand in the nominative ("Kanada" is no locative).
    pub fn settle_names(&mut self, spans: impl Iterator<Item = (usize, usize)>) {
        for (start, end) in spans {
            let last = self.nodes.iter_mut().rfind(|n| n.end == end && n.start >= start);
            if let Some(n) = last.filter(|n| n.case != Case::Gen) {
                n.case = Case::Nom;
            }
        }
    }

    /// The words of one name hang together, whatever the parse says: `head` becomes the head of `first..=last`, and what hung on
    /// any of its words hangs on it. A root inside gives way to the finite verb below it.
    pub fn bind(&mut self, first: usize, last: usize, head: usize) {
        let inside = |i: usize| (first..=last).contains(&i);
        let outer: Vec<usize> = (first..=last)
            .filter(|&w| self.nodes[w].upos != Upos::Punct && self.nodes[w].head.is_none_or(|h| !inside(h)))
            .collect();
        let nominal = |w: usize| matches!(self.nodes[w].upos, Upos::Noun | Upos::Propn) || self.language == Language::Tr;
        if first == last || outer.len() == 1 && self.nodes[outer[0]].head.is_some() && nominal(outer[0]) {
            return;
        }
        let root = outer.iter().any(|&w| self.nodes[w].head.is_none());
        let verb = |t: &Self, v: usize| {
            t.nodes[v].upos == Upos::Verb && t.nodes[v].verb.is_some_and(|m| m.is_finite() && m.tense != Tense::None)
        };
        let (attach, rel) = if root {
            let below = (0..self.nodes.len()).find(|&v| !inside(v) && verb(self, v) && self.nodes[v].head.is_some_and(inside));
            let Some(v) = below else { return };
            self.nodes[v].head = None;
            self.nodes[v].rel = Rel::Root;
            (v, if last < v { Rel::Nsubj } else { Rel::Obj })
        } else {
            let rank = |w: &usize| match self.nodes[*w].rel {
                Rel::Nsubj | Rel::NsubjPass => 0,
                Rel::Obj | Rel::Iobj => 1,
                Rel::Obl | Rel::OblAgent | Rel::Nmod | Rel::NmodPoss | Rel::Conj => 2,
                _ => 3,
            };
            let Some(best) = outer.iter().copied().min_by_key(rank) else { return };
            let Some(h) = self.nodes[best].head else { return };
            let prepositional =
                (0..self.nodes.len()).any(|k| self.nodes[k].rel == Rel::Case && self.nodes[k].head.is_some_and(inside));
            let rel = match self.nodes[best].rel {
                // A bare name behind a verb is its object.
                Rel::Obl | Rel::Xcomp | Rel::Advmod | Rel::Amod
                    if self.language == Language::En && !prepositional && h < first && verb(self, h) =>
                {
                    Rel::Obj
                }
                other => other,
            };
            (h, rel)
        };
        for i in 0..self.nodes.len() {
            if inside(i) {
                if i != head && self.nodes[i].head.is_none_or(|h| !inside(h)) {
                    self.nodes[i].head = Some(head);
                    self.nodes[i].rel = Rel::Flat;
                }
            } else if i != attach && self.nodes[i].head.is_some_and(inside) {
                self.nodes[i].head = Some(head);
            }
        }
        self.nodes[head].head = Some(attach);
        self.nodes[head].rel = rel;
        // No chain may lead back into itself.
        if self.below(attach, head) {
            self.nodes[attach].head = None;
            self.nodes[attach].rel = Rel::Root;
        }
        self.index_children();
    }

    /// A verbal noun that the tables have as a noun ("anlaşmayı feshetti") is a verb only where it governs a clause.
    fn settle_verbal_nouns(&mut self) {
        for i in 0..self.nodes.len() {
            if !self.nodes[i].lexical_noun {
                continue;
            }
            let governs = self.kids(i).any(|k| self.nodes[k].case == Case::Acc && k < i);
            self.nodes[i].as_noun = !governs;
        }
    }

    /// "Rwandan soldiers clashed with …" read as a noun with a participle: a sentence without any finite verb whose root is
    /// a noun has its main verb in a past form below it.
    fn raise_main_verb(&mut self) {
        let n = self.nodes.len();
        let Some(root) = (0..n).find(|&i| self.nodes[i].head.is_none()) else { return };
        if !matches!(self.nodes[root].upos, Upos::Noun | Upos::Propn) {
            return;
        }
        let finite = |t: &Node| {
            matches!(t.upos, Upos::Aux) || t.upos == Upos::Verb && t.verb.is_some_and(|m| m.is_finite() && m.tense != Tense::None)
        };
        // Finite verbs in clauses of their own do not count.
        let main_finite = (0..n).any(|i| {
            finite(&self.nodes[i])
                && !matches!(self.nodes[i].rel, Rel::AclRelcl | Rel::Advcl | Rel::Aux | Rel::AuxPass | Rel::Cop | Rel::Ccomp)
                || matches!(self.nodes[i].rel, Rel::Cop) && self.nodes[i].head == Some(root)
        });
        if main_finite {
            return;
        }
        let candidate = (0..n).find(|&v| {
            self.nodes[v].head == Some(root)
                && self.nodes[v].verb.is_some()
                && matches!(self.nodes[v].rel, Rel::Acl | Rel::Amod)
                && self.words[v].feats.is("Tense", "Past")
                && (self.nodes[v].rel == Rel::Acl) == (v > root)
        });
        let Some(v) = candidate else { return };
        if self.nodes[v].rel == Rel::Amod {
            // "Portugal donated surplus vaccines": what stands before the verb is its subject.
            let Some(subject) = (0..v).rev().find(|&i| matches!(self.nodes[i].upos, Upos::Noun | Upos::Propn)) else { return };
            for i in 0..v {
                if self.nodes[i].head == Some(root) {
                    self.nodes[i].head = Some(if i == subject { v } else { subject });
                }
            }
            self.nodes[subject].head = Some(v);
            self.nodes[subject].rel = Rel::Nsubj;
            self.nodes[root].head = Some(v);
            self.nodes[root].rel = Rel::Obj;
        } else {
            self.nodes[root].head = Some(v);
            self.nodes[root].rel = Rel::Nsubj;
        }
        self.nodes[v].head = None;
        self.nodes[v].rel = Rel::Root;
        if let Some(m) = &mut self.nodes[v].verb {
            m.form = VerbForm::Finite;
            m.tense = Tense::Past;
            m.passive = false;
            m.subject_participle = false;
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
        maybe_acc: false,
        lexical_noun: false,
        as_noun: false,
        light: false,
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
    if matches!(w.upos, Upos::Noun | Upos::Propn)
        && node.plural
        && let Some(&id) = lexicon.plurals.get(lower)
        && !node.lemmas.contains(&id)
    {
        node.lemmas.push(id);
    }
    // The tables know the forms of their verbs better than the lemmatiser does.
    if w.upos == Upos::Verb
        && let Some(&id) = lexicon.forms.get(lower)
        && !node.lemmas.contains(&id)
    {
        node.lemmas.insert(0, id);
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
    // "yaptırım" is the noun of the tables, not a form of "yap".
    let exact = found.iter().any(|r| r.verb.is_none() && lexicon.names.lemmas.name(r.lemma) == stem);
    for r in &found {
        if r.verb.is_some() && exact && lexicon.names.lemmas.name(r.lemma) != stem {
            continue;
        }
        let noun_too = found.iter().any(|x| x.verb.is_none());
        let accept = match r.verb {
            None => true,
            // "dile (getirdi)": a bare stem that is also a cased noun is the noun.
            Some(m) if m.is_finite() && m.tense == Tense::Imperative && noun_too => false,
            Some(m) => match w.upos {
                Upos::Verb | Upos::Aux => true,
                Upos::Propn => false,
                // Bare imperatives of nouns ("saldır", "kabul") are too rare to believe against the tagger.
                _ => {
                    m.form != VerbForm::Finite
                        || m.tense == Tense::Past
                        || m.tense == Tense::Progressive
                        || m.tense == Tense::Future
                }
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
    let noun_reading = found.iter().any(|r| r.verb.is_none());
    // The case of a noun of the tables is what follows its stem; -I alone may be a possessive too.
    if let Some(r) =
        found.iter().filter(|r| r.verb.is_none() && !node.capital).max_by_key(|r| lexicon.names.lemmas.name(r.lemma).len())
        && node.verb.is_none()
    {
        let rest = stem.get(lexicon.names.lemmas.name(r.lemma).len()..).unwrap_or_default();
        if let Some(case) = suffix_case(rest).filter(|c| matches!(c, Case::Dat | Case::Loc | Case::Abl | Case::Ins)) {
            node.case = case;
        }
    }
    if let Some(m) = node.verb.filter(|m| m.form == VerbForm::VerbalNoun) {
        let stem_length = |l: LemmaId| lexicon.names.lemmas.name(l).len();
        let verb_stem = node.verb_lemma.map_or(0, stem_length);
        node.lexical_noun =
            m.form == VerbForm::VerbalNoun && found.iter().any(|r| r.verb.is_none() && stem_length(r.lemma) > verb_stem + 1);
    }
    node.maybe_acc = node.case == Case::Nom
        && matches!(w.upos, Upos::Noun | Upos::Propn)
        && lower.ends_with(['ı', 'i', 'u', 'ü'])
        && !w.lemma.ends_with(['ı', 'i', 'u', 'ü']);
    if node.verb.is_none() && matches!(w.upos, Upos::Verb) && !noun_reading {
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
