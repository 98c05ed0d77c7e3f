//! Training of the steps, one function each.

use std::collections::BTreeMap;

use haberdar_lang::{
    Deprel, Feats, Upos,
    lemma::{Candidate, Exchanges},
    lexicon::Lexicon,
    linear::{Linear, Rows, hash_str},
    parser::{self, Node, SHIFT, State, role_hash},
    sentences, split,
    tagger::{Context, Labels, UPOS, argmax, label_hash},
    tokenize::{Abbreviations, Gap},
    word::{WordInfo, normal_chars, shape},
};
use haberdar_model::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{
    perceptron::{Perceptron, Random},
    treebank::Gold,
};

/// Largest packed weight of the steps.
const LARGEST: i32 = 2000;

/// A sentence in training: gold with what the steps see.
pub struct Item<'g> {
    /// The gold analysis.
    pub gold: &'g Gold,
    /// The words' spellings.
    pub infos: Vec<WordInfo>,
    /// Part of speech of the first look, from a model that has not seen the sentence.
    pub first: Vec<u8>,
    /// Label from such a model.
    pub labels: Vec<(Upos, Feats)>,
    /// Lemma from such a model.
    pub lemmas: Vec<String>,
}

impl<'g> Item<'g> {
    /// Looks at a sentence.
    pub fn new(gold: &'g Gold, lexicon: &Lexicon) -> Item<'g> {
        let mut buffer = Vec::new();
        let infos = gold.words.iter().map(|w| WordInfo::new(&w.form, lexicon, &mut buffer)).collect();
        Item { gold, infos, first: Vec::new(), labels: Vec::new(), lemmas: Vec::new() }
    }

    /// What the parser sees.
    pub fn nodes(&self) -> Vec<Node> {
        let node = |i: usize| {
            let (upos, feats) = self.labels[i];
            Node {
                low: self.infos[i].low,
                lemma: hash_str(&self.lemmas[i]),
                upos: upos as u32 + 1,
                label: label_hash(upos, feats),
                role: role_hash(upos, feats),
                cluster: self.infos[i].cluster,
                punct: upos == Upos::Punct,
            }
        };
        (0..self.infos.len()).map(node).collect()
    }
}

/// Ends of sentences, from sentences joined by blanks.
pub fn sentence_ends(gold: &[&Gold], lang: Language, epochs: usize) -> Rows {
    let pooled = lang == Language::Tr;
    let abbreviations = Abbreviations::new(lang);
    let mut forms: Vec<(&str, Gap, bool, u32)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (k, t) in g.tokens.iter().enumerate() {
            let end = k + 1 == g.tokens.len();
            let gap = if end {
                if gold.get(i + 1).is_none_or(|n| n.paragraph || n.scheme != g.scheme) { Gap::Paragraph } else { Gap::Space }
            } else if g.tokens[k + 1].start > t.end {
                Gap::Space
            } else {
                Gap::None
            };
            forms.push((&g.text[t.start..t.end], gap, end, g.scheme));
        }
    }
    let marks: Vec<sentences::Mark> = forms.iter().map(|f| sentences::mark(f.0, lang, &abbreviations)).collect();
    let mut p = Perceptron::new(pooled);
    let mut features = Vec::new();
    for _ in 0..epochs {
        let (mut from, mut quotes, mut brackets) = (0, false, 0);
        for (i, &(form, gap, end, scheme)) in forms.iter().enumerate() {
            sentences::follow(form, &mut quotes, &mut brackets);
            if gap != Gap::Paragraph && sentences::may_end(form) {
                sentences::features(&marks, i, gap, i - from, quotes, brackets > 0, &mut features);
                p.expand(&mut features, scheme, usize::MAX);
                let mut s = [0];
                p.score(&features, &mut s);
                // A margin, since the averaged weights are small for what is rare.
                let gold = if end { 1 } else { -1 };
                if s[0] * gold <= 5 {
                    p.update(&features, 0, gold);
                }
                p.tick();
            }
            if end {
                (from, quotes, brackets) = (i + 1, false, 0);
            }
        }
    }
    p.average(0, LARGEST, 1)
}

/// Tokens of several words: endings and weights.
pub fn splits(gold: &[&Gold], lexicon: &Lexicon, epochs: usize) -> (Vec<String>, Rows) {
    let pooled = lexicon.language() == Language::Tr;
    let lang = lexicon.language();
    let mut buffer = Vec::new();
    let mut endings: FxHashMap<String, ()> = FxHashMap::default();
    let cut_of = |g: &Gold, t: &crate::treebank::GoldToken| -> Option<usize> {
        (t.words == 2)
            .then(|| g.words[t.word + 1].form.chars().count())
            .filter(|_| format!("{}{}", g.words[t.word].form, g.words[t.word + 1].form) == g.text[t.start..t.end])
    };
    for g in gold.iter().filter(|g| g.scheme == 0) {
        for t in &g.tokens {
            if let Some(k) = cut_of(g, t) {
                normal_chars(&g.text[t.start..t.end], lang, &mut buffer);
                if buffer.len() > k {
                    endings.insert(split::harmonic_ending(&buffer[buffer.len() - k..]), ());
                }
            }
        }
    }
    let longest = endings.keys().map(|e| e.chars().count()).max().unwrap_or(0);
    let mut p = Perceptron::new(pooled);
    let mut features = Vec::new();
    let mut random = Random(11);
    let infos: Vec<Vec<WordInfo>> = gold
        .iter()
        .map(|g| g.tokens.iter().map(|t| WordInfo::new(&g.text[t.start..t.end], lexicon, &mut buffer)).collect())
        .collect();
    for _ in 0..epochs {
        for gi in random.order(gold.len()) {
            let g = gold[gi];
            for (i, t) in g.tokens.iter().enumerate() {
                normal_chars(&g.text[t.start..t.end], lang, &mut buffer);
                let want = cut_of(g, t);
                for k in split::candidates(&buffer, &endings, longest) {
                    split::features(&infos[gi], i, &buffer, k, lang, &mut features);
                    p.expand(&mut features, g.scheme, usize::MAX);
                    let mut s = [0];
                    p.score(&features, &mut s);
                    let sign = if want == Some(k) { 1 } else { -1 };
                    if s[0] * sign <= 4 {
                        p.update(&features, 0, sign);
                    }
                    p.tick();
                }
            }
        }
    }
    let mut endings: Vec<String> = endings.into_keys().collect();
    endings.sort();
    (endings, p.average(0, LARGEST, 1))
}

/// The first look: parts of speech.
pub fn first_look(items: &[&Item<'_>], epochs: usize, pooled: bool) -> Rows {
    let mut p = Perceptron::new(pooled);
    let mut features = Vec::new();
    let mut random = Random(1);
    let mut tags = Vec::new();
    for _ in 0..epochs {
        for i in random.order(items.len()) {
            let item = items[i];
            let cx = Context::new(&item.infos);
            tags.clear();
            for k in 0..item.infos.len() {
                cx.first(k, &tags, &mut features);
                p.expand(&mut features, item.gold.scheme, cx.style_features(k));
                let mut s = [0; UPOS];
                p.score(&features, &mut s);
                let (got, want) = (argmax(&s), item.gold.words[k].upos as usize);
                if got != want {
                    p.update(&features, want as u8, 1);
                    p.update(&features, got as u8, -1);
                }
                p.tick();
                tags.push(got as u8);
            }
        }
    }
    p.average(0, LARGEST, 1)
}

/// Parts of speech by a first look.
pub fn run_first(model: &Linear, infos: &[WordInfo]) -> Vec<u8> {
    let cx = Context::new(infos);
    let mut features = Vec::new();
    let mut tags = Vec::new();
    for k in 0..infos.len() {
        cx.first(k, &tags, &mut features);
        let mut s = [0; UPOS];
        model.score(&features, &mut s);
        tags.push(argmax(&s) as u8);
    }
    tags
}

/// The inventory of labels: those of the target style.
pub fn labels(items: &[&Item<'_>]) -> Labels {
    Labels::collect(items.iter().filter(|i| i.gold.scheme == 0).flat_map(|i| i.gold.words.iter().map(|w| (w.upos, w.feats))))
}

/// The second look: the components of labels.
pub fn second_look(items: &[&Item<'_>], epochs: usize, pooled: bool) -> (Labels, Rows) {
    let target = labels(items);
    // In training every style has its own labels; the components are those of the target style, in the same order.
    let names: BTreeMap<String, u8> = target
        .labels
        .iter()
        .zip(&target.components)
        .flat_map(|(&(u, f), parts)| haberdar_lang::tagger::component_names(u, f).into_iter().zip(parts.iter().copied()))
        .collect();
    let mut by_scheme: BTreeMap<u32, Labels> = BTreeMap::new();
    for item in items {
        by_scheme.entry(item.gold.scheme).or_default();
    }
    for (scheme, l) in &mut by_scheme {
        let seen: std::collections::BTreeSet<(Upos, Feats)> = items
            .iter()
            .filter(|i| i.gold.scheme == *scheme)
            .flat_map(|i| i.gold.words.iter().map(|w| (w.upos, w.feats)))
            .collect();
        for (u, f) in seen {
            // Components that the target style does not have are left out.
            let parts = haberdar_lang::tagger::component_names(u, f).iter().filter_map(|n| names.get(n).copied()).collect();
            l.push(u, f, parts);
        }
        l.count = target.count;
    }
    by_scheme.insert(0, target.clone());
    let index: BTreeMap<u32, FxHashMap<(Upos, Feats), usize>> =
        by_scheme.iter().map(|(s, l)| (*s, l.labels.iter().enumerate().map(|(i, l)| (*l, i)).collect())).collect();
    let mut p = Perceptron::new(pooled);
    let mut features = Vec::new();
    let mut random = Random(2);
    let mut hashes = Vec::new();
    let mut scores = vec![0; target.count];
    for _ in 0..epochs {
        for i in random.order(items.len()) {
            let item = items[i];
            let l = &by_scheme[&item.gold.scheme];
            let ix = &index[&item.gold.scheme];
            let cx = Context::new(&item.infos);
            hashes.clear();
            for k in 0..item.infos.len() {
                let w = &item.gold.words[k];
                cx.second(k, &item.first, &hashes, &mut features);
                p.expand(&mut features, item.gold.scheme, cx.style_features(k));
                scores.fill(0);
                p.score(&features, &mut scores);
                let got = l.best(&scores);
                if let Some(&want) = ix.get(&(w.upos, w.feats)).filter(|w| **w != got) {
                    for &c in l.components[want].iter().filter(|c| !l.components[got].contains(c)) {
                        p.update(&features, c, 1);
                    }
                    for &c in l.components[got].iter().filter(|c| !l.components[want].contains(c)) {
                        p.update(&features, c, -1);
                    }
                }
                p.tick();
                let (u, f) = l.labels[got];
                hashes.push(label_hash(u, f));
            }
        }
    }
    (target, p.average(0, LARGEST, 1))
}

/// Labels by a second look.
pub fn run_second(labels: &Labels, model: &Linear, item: &Item<'_>) -> Vec<(Upos, Feats)> {
    let cx = Context::new(&item.infos);
    let mut features = Vec::new();
    let mut hashes = Vec::new();
    let mut out = Vec::new();
    let mut scores = vec![0; labels.count];
    for k in 0..item.infos.len() {
        cx.second(k, &item.first, &hashes, &mut features);
        scores.fill(0);
        model.score(&features, &mut scores);
        let l = labels.labels[labels.best(&scores)];
        hashes.push(label_hash(l.0, l.1));
        out.push(l);
    }
    out
}

/// Exchanges of endings that lead from the forms to the lemmas.
pub fn exchanges(items: &[&Item<'_>], lang: Language) -> Exchanges {
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut normal = Vec::new();
    for item in items {
        for w in item.gold.words.iter().filter(|w| w.upos != Upos::Punct && w.lemma != "_") {
            normal_chars(&w.form, lang, &mut normal);
            // A lemma with capitals of a word without (me - I, google - Google) is put on as it stands; where the word has
            // capitals itself, the lemma's are a matter of keeping them.
            let plain = !w.form.chars().any(char::is_uppercase);
            let lemma: Vec<char> =
                w.lemma.chars().map(|c| if plain { c } else { haberdar_lang::casing::lower_char(c, lang) }).collect();
            let mut folded = Vec::new();
            normal_chars(&w.lemma, lang, &mut folded);
            let agree = |k: usize| normal[k] == lemma[k] || (folded.get(k) == normal.get(k) && !lemma[k].is_uppercase());
            let same = (0..normal.len().min(lemma.len()).min(folded.len())).take_while(|&k| agree(k)).count();
            let cut: String = normal[same..].iter().collect();
            let add: String = lemma[same..].iter().collect();
            *pairs.entry((cut, add)).or_default() += if item.gold.scheme == 0 { 2 } else { 1 };
        }
    }
    // A short ending is exchanged in few ways; what was seen once there is a slip or an exception that its longer endings
    // tell. Every candidate costs time.
    let mut by_cut: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for ((cut, add), n) in &pairs {
        let least = if cut.chars().count() < 3 { 8 } else { 2 };
        if *n >= least {
            by_cut.entry(cut).or_default().push((*n, add));
        }
    }
    Exchanges::new(by_cut.into_iter().flat_map(|(cut, mut adds)| {
        adds.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        adds.truncate(4);
        adds.into_iter().map(move |(_, add)| (cut.to_owned(), add.to_owned()))
    }))
}

/// Weights of lemma candidates.
pub fn lemma_weights(items: &[&Item<'_>], exchanges: &Exchanges, lexicon: &Lexicon, epochs: usize) -> Rows {
    let lang = lexicon.language();
    let mut p = Perceptron::new(lang == Language::Tr);
    let mut random = Random(3);
    let mut normal = Vec::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    let (mut features, mut best_features, mut want_features) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..epochs {
        for i in random.order(items.len()) {
            let item = items[i];
            for (k, w) in item.gold.words.iter().enumerate() {
                let sh = shape(&w.form);
                if w.upos == Upos::Punct || sh == haberdar_lang::word::Shape::Symbol || w.lemma == "_" {
                    continue;
                }
                normal_chars(&w.form, lang, &mut normal);
                exchanges.candidates(&w.form, &normal, &item.infos[k].readings, &mut candidates);
                let (upos, feats) = item.labels[k];
                let label = label_hash(upos, feats);
                let hash = haberdar_lang::linear::hash_chars(normal.iter().copied());
                let (mut best, mut want) = (i32::MIN, i32::MIN);
                let mut best_lemma = String::new();
                for c in &candidates {
                    let lemma = c.lemma(&w.form, &normal, lexicon);
                    if lemma.is_empty() {
                        continue;
                    }
                    c.features(&normal, hash, sh, k == 0, upos, label, &lemma, lexicon, &mut features);
                    p.expand(&mut features, item.gold.scheme, usize::MAX);
                    let mut s = [0];
                    p.score(&features, &mut s);
                    if s[0] > best {
                        best = s[0];
                        best_features.clone_from(&features);
                        best_lemma.clone_from(&lemma);
                    }
                    if lemma == w.lemma && s[0] > want {
                        want = s[0];
                        want_features.clone_from(&features);
                    }
                }
                if want > i32::MIN && best_lemma != w.lemma {
                    p.update(&want_features, 0, 1);
                    p.update(&best_features, 0, -1);
                }
                p.tick();
            }
        }
    }
    p.average(0, LARGEST, 1)
}

/// Makes a tree projective by lifting arcs, the shortest first, until none cross.
pub fn projective(heads: &mut [u32]) {
    let n = heads.len() as u32;
    let crosses = |heads: &[u32], d: usize| {
        let (h, d) = (heads[d], d as u32);
        // An arc is projective if everything between its ends descends from its head.
        let (from, to) = (h.min(d) + 1, h.max(d));
        (from..to).any(|k| {
            let mut a = k;
            let mut steps = 0;
            while a != h && a != n && steps <= n {
                a = heads[a as usize];
                steps += 1;
            }
            a != h
        })
    };
    for _ in 0..heads.len() * 4 {
        let worst =
            (0..heads.len()).filter(|&d| heads[d] != n && crosses(heads, d)).min_by_key(|&d| (heads[d].abs_diff(d as u32), d));
        let Some(d) = worst else { return };
        heads[d] = heads[heads[d] as usize];
    }
}

/// The parser.
pub fn parser(items: &[&Item<'_>], epochs: usize, pooled: bool, seeds: usize) -> (Vec<Deprel>, Rows) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        for w in &item.gold.words {
            *counts.entry(w.rel.as_str()).or_default() += if item.gold.scheme == 0 { 1000 } else { 1 };
        }
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    order.truncate(100);
    let relations: Vec<Deprel> = order.iter().map(|(r, _)| Deprel::new(r)).collect();
    let index: FxHashMap<Deprel, u8> = relations.iter().enumerate().map(|(i, r)| (*r, i as u8)).collect();
    let n = relations.len();
    struct Tree {
        nodes: Vec<Node>,
        heads: Vec<u32>,
        rels: Vec<Option<u8>>,
        children: Vec<Vec<u32>>,
    }
    let trees: Vec<Tree> = items
        .iter()
        .map(|item| {
            let mut heads: Vec<u32> = item.gold.words.iter().map(|w| w.head).collect();
            projective(&mut heads);
            let mut children = vec![Vec::new(); heads.len() + 1];
            heads.iter().enumerate().for_each(|(d, &h)| children[h as usize].push(d as u32));
            let rels = item.gold.words.iter().map(|w| index.get(&w.rel).copied()).collect();
            Tree { nodes: item.nodes(), heads, rels, children }
        })
        .collect();
    let one = |seed: usize| {
        let mut p = Perceptron::new(pooled);
        let mut random = Random(4 + 1000 * seed as u64);
        let mut features = Vec::new();
        let mut scores = vec![0; 2 * n + 1];
        for epoch in 0..epochs {
            for i in random.order(items.len()) {
                let t = &trees[i];
                let mut state = State::new(t.nodes.len());
                let mut on_stack = vec![false; t.nodes.len() + 1];
                while !state.done() {
                    parser::features(&state, &t.nodes, &mut features);
                    p.expand(&mut features, items[i].gold.scheme, parser::STYLE_FEATURES);
                    scores.fill(0);
                    p.score(&features, &mut scores);
                    let allowed = state.allowed();
                    let costs = state.costs(&t.heads, &t.children, &on_stack);
                    let least = (0..3).filter(|&k| allowed[k]).map(|k| costs[k]).min().unwrap_or(0);
                    let got = parser::best_allowed(&scores, allowed, n);
                    // Among the ways of least cost the one that the model likes best; an arc that the tree has wants its relation.
                    let mut want = (i32::MIN, SHIFT);
                    let mut consider = |class: usize| {
                        if scores[class] > want.0 {
                            want = (scores[class], class);
                        }
                    };
                    for k in (0..3).filter(|&k| allowed[k] && costs[k] == least) {
                        if k == 0 {
                            consider(SHIFT);
                            continue;
                        }
                        let Some(&top) = state.stack.last() else { continue };
                        let head =
                            if k == 1 { Some(state.next) } else { state.stack.len().checked_sub(2).map(|i| state.stack[i]) };
                        let base = if k == 1 { 1 } else { 1 + n };
                        match t.rels[top as usize] {
                            Some(rel) if head == Some(t.heads[top as usize]) => consider(base + rel as usize),
                            _ => (0..n).for_each(|r| consider(base + r)),
                        }
                    }
                    let want = want.1;
                    if got != want {
                        p.update(&features, want as u8, 1);
                        p.update(&features, got as u8, -1);
                    }
                    p.tick();
                    let follow = if epoch > 0 && !random.number().is_multiple_of(10) { got } else { want };
                    if follow == SHIFT {
                        on_stack[state.next as usize] = true;
                    } else if let Some(&top) = state.stack.last() {
                        on_stack[top as usize] = false;
                    }
                    state.apply(follow, n);
                }
            }
        }
        p.average(0, LARGEST, 1)
    };
    // Linear models that were trained in different orders are one model when they are added.
    let rows: Vec<Rows> = (0..seeds).into_par_iter().map(one).collect();
    (relations, crate::perceptron::sum(&rows))
}
