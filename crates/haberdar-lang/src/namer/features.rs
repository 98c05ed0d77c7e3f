//! What the second look at names sees of a word and of what stands around it.

use rustc_hash::FxHashMap;

use crate::{
    Sentence, Upos, Word,
    linear::{feature, hash_chars, hash_str},
    rows::{Atoms, KEY},
    tokenize::is_apostrophe,
    word::{Shape, WordInfo, normal_chars},
};
use haberdar_model::Language;

/// Lists that know a word or a phrase, by the hash of its words in lower case without their suffixes.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Bits of the lists that have the word or phrase, by the first bits of its hash.
    pub of: FxHashMap<u32, u16>,
}

impl Lists {
    /// What the lists say of a phrase.
    #[inline]
    pub fn get(&self, phrase: u32) -> u16 {
        self.of.get(&(phrase >> (32 - KEY))).copied().unwrap_or(0)
    }
}

/// Longest phrase of the lists, in words.
pub const PHRASE: usize = 5;

/// The hash under which a phrase stands in the lists.
pub fn phrase(words: impl Iterator<Item = u32>) -> u32 {
    words.fold(0, |h, w| feature(999, &[h, w]))
}

/// The word in front of an apostrophe.
pub fn base(form: &str) -> &str {
    match form.rfind(is_apostrophe) {
        Some(at) if at > 0 => &form[..at],
        _ => form,
    }
}

/// Hash of a word in lower case in front of its apostrophe.
pub fn base_hash(form: &str, lang: Language, buffer: &mut Vec<char>) -> u32 {
    normal_chars(base(form), lang, buffer);
    hash_chars(buffer.iter().copied())
}

/// A word as its neighbours see it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Hash of the lower form.
    pub low: u32,
    /// Hash of the part in front of the apostrophe.
    pub base: u32,
    /// Hash of the lemma.
    pub lemma: u32,
    /// Last three characters of the base.
    pub end: u32,
    /// Distributional class.
    pub cluster: u32,
    /// Capitals and kind of mark.
    pub shape: u32,
    /// Part of speech, with the case.
    pub tag: u32,
    /// What the lists say.
    pub lists: u32,
    /// Has a capital or a digit.
    pub capital: bool,
    /// Has a suffix behind an apostrophe.
    pub tail: bool,
    /// A quotation mark (1), an opening (2) or closing (3) bracket.
    pub mark: u8,
}

/// Looks at a word.
pub fn look(w: &Word<'_>, info: &WordInfo, lists: &Lists, lang: Language, buffer: &mut Vec<char>, atoms: &mut Atoms) -> Seen {
    atoms.clear();
    normal_chars(base(w.form), lang, buffer);
    let n = buffer.len();
    let part = |r: &[char]| hash_chars(r.iter().copied());
    let whole = part(buffer);
    let lemma = hash_str(&w.lemma);
    let mut put = |reach: u8, template: u32, value: u32| atoms.push((feature(template, &[value]), reach));
    put(2, 1, info.low);
    put(2, 2, whole);
    put(1, 3, lemma);
    put(1, 4, info.form);
    for k in 1..=6.min(n) {
        put(u8::from((2..=4).contains(&k)), 10 + k as u32, part(&buffer[n - k..]));
    }
    for k in 1..=5.min(n) {
        put(u8::from((3..=4).contains(&k)), 20 + k as u32, part(&buffer[..k]));
    }
    // Pieces of three characters tell from which language a name is.
    for k in 1..n.saturating_sub(3) {
        put(0, 30, part(&buffer[k..k + 3]));
    }
    let foreign = buffer.iter().any(|c| matches!(c, 'q' | 'w' | 'x')) as u32
        | (buffer.iter().any(|c| !c.is_ascii() && c.is_alphabetic() && !"çğıöşüâîû".contains(*c)) as u32) << 1;
    put(1, 31, foreign);
    if info.tail != 0 {
        put(1, 32, info.tail);
    }
    let marks = base(w.form).chars().rfind(|c| !c.is_alphanumeric()).map_or(0, |c| c as u32);
    let shape = feature(33, &[info.shape as u32, (info.tail != 0) as u32, marks]);
    put(2, 33, shape);
    put(0, 34, n.min(12) as u32);
    put(0, 35, feature(0, &[info.shape as u32, n.min(5) as u32]));
    for (k, &c) in info.cluster.iter().enumerate() {
        if c != 0 {
            put(2, 36 + k as u32, c);
        }
    }
    put(1, 40, info.class);
    put(2, 41, info.class >> 24);
    if let Some(&set) = info.hints.first() {
        put(1, 42, set);
    }
    put(2, 43, w.upos as u32);
    for (name, value) in w.feats.iter() {
        put(1, 44, feature(0, &[hash_str(name), hash_str(value)]));
    }
    put(0, 45, hash_str(w.feats.as_str()));
    let of = |h: u32| lists.get(phrase([h].into_iter())) as u32;
    let known = of(whole) | of(lemma);
    put(2, 46, known);
    for bit in (0..16).filter(|b| known >> b & 1 == 1) {
        put(2, 47, bit);
        put(0, 48, bit << 8 | info.shape as u32);
    }
    let case = w.feats.get("Case").map_or(0, hash_str);
    let mark = match w.form {
        "\"" | "“" | "”" | "«" | "»" | "'" | "‘" | "’" => 1,
        "(" | "[" => 2,
        ")" | "]" => 3,
        _ => 0,
    };
    Seen {
        low: info.low,
        base: whole,
        lemma,
        end: if n > 3 { part(&buffer[n - 3..]) } else { whole },
        cluster: info.cluster[1],
        shape,
        tag: feature(w.upos as u32, &[case]),
        lists: known,
        capital: !matches!(info.shape, Shape::Lower | Shape::Symbol),
        tail: info.tail != 0,
        mark,
    }
}

/// A stretch of words that could be one name: capitals, with the small words that stand inside of names.
#[derive(Clone, Copy, Default)]
struct Run {
    from: usize,
    to: usize,
}

/// Collects what is seen of each word in its sentence, beyond what it and its neighbours are by themselves.
pub struct Context<'a> {
    sentence: &'a Sentence<'a>,
    seen: Vec<&'a Seen>,
    runs: Vec<Run>,
    /// For each word the lists that have a phrase over it: bits, and whether it begins (1), goes on (2) or ends (3).
    phrases: Vec<(u32, u32)>,
    quoted: Vec<u32>,
}

/// A word beyond the sentence.
const NONE: u32 = 0x7fff_fff1;

impl<'a> Context<'a> {
    /// Looks at a sentence.
    pub fn new(sentence: &'a Sentence<'a>, seen: Vec<&'a Seen>, lists: &Lists) -> Context<'a> {
        let n = seen.len();
        let mut runs = vec![Run::default(); n];
        let mut i = 0;
        while i < n {
            let from = i;
            i += 1;
            if seen[from].capital {
                // What has a suffix behind an apostrophe ends a name.
                while i < n && seen[i].capital && !seen[i - 1].tail {
                    i += 1;
                }
            }
            runs[from..i].fill(Run { from, to: i });
        }
        let mut phrases = vec![(0, 0); n];
        for from in 0..n {
            if !seen[from].capital {
                continue;
            }
            let mut h = 0;
            for to in from..n.min(from + PHRASE) {
                let last = feature(999, &[h, seen[to].lemma]);
                h = feature(999, &[h, seen[to].base]);
                if to == from {
                    continue;
                }
                let bits = lists.get(h) | lists.get(last);
                if bits != 0 {
                    for (k, p) in phrases[from..=to].iter_mut().enumerate() {
                        let place = if k == 0 {
                            1
                        } else if k == to - from {
                            3
                        } else {
                            2
                        };
                        *p = (bits as u32, place);
                    }
                }
            }
        }
        let mut quoted = vec![0; n];
        let (mut quote, mut bracket) = (0, 0);
        for i in 0..n {
            match seen[i].mark {
                1 => quote ^= 1,
                2 => bracket = 2,
                3 => bracket = 0,
                _ => {}
            }
            quoted[i] = quote | bracket;
        }
        Context { sentence, seen, runs, phrases, quoted }
    }

    /// The features of a word.
    pub fn features(&self, i: usize, out: &mut Vec<u32>) {
        let s = &self.seen;
        let get =
            |k: isize, f: fn(&Seen) -> u32| usize::try_from(i as isize + k).ok().and_then(|j| s.get(j)).map_or(NONE, |w| f(w));
        let [low, base, lemma, shape, tag, cluster, end, lists]: [fn(&Seen) -> u32; 8] =
            [|s| s.low, |s| s.base, |s| s.lemma, |s| s.shape, |s| s.tag, |s| s.cluster, |s| s.end, |s| s.lists];
        let w = &self.sentence.words[i];
        let me = s[i];
        let mut put = |template: u32, values: &[u32]| out.push(feature(200 + template, values));
        let first = i == 0 || s[..i].iter().all(|w| w.mark != 0);
        put(0, &[first as u32, me.shape]);
        put(1, &[get(-1, base), me.base]);
        put(2, &[me.base, get(1, base)]);
        put(3, &[get(-1, shape), me.shape, get(1, shape)]);
        put(4, &[get(-1, tag), me.tag, get(1, tag)]);
        put(5, &[get(-1, cluster), me.cluster]);
        put(6, &[me.cluster, get(1, cluster)]);
        put(7, &[get(-1, low), me.shape]);
        put(8, &[get(1, low), me.shape]);
        put(9, &[get(1, lemma), me.shape]);
        put(10, &[get(-2, low), get(-1, low), me.shape]);
        put(11, &[get(1, low), get(2, low), me.shape]);
        put(12, &[me.end, get(1, end)]);
        put(13, &[get(-1, end), me.end]);
        put(14, &[get(-1, lists), me.lists, me.shape]);
        put(15, &[me.lists, get(1, lists), me.shape]);
        put(16, &[me.tag, me.shape]);
        put(17, &[me.end, me.tag]);
        put(18, &[self.quoted[i], me.shape]);
        put(19, &[get(-1, tag), me.shape, me.lists]);
        put(20, &[me.lists, get(1, tag), get(1, shape)]);
        // Where it stands in its run, and how the run ends: Turkish names have their head last.
        let run = self.runs[i];
        if me.capital {
            let place = ((i > run.from) as u32) << 1 | (i + 1 < run.to) as u32;
            let length = (run.to - run.from).min(5) as u32;
            let last = s[run.to - 1];
            let before = run.from.checked_sub(1).map_or(NONE, |j| s[j].low);
            let after = s.get(run.to);
            put(30, &[place, length]);
            put(31, &[place, last.lemma]);
            put(32, &[place, last.end]);
            put(33, &[place, last.lists, length]);
            put(34, &[place, last.cluster]);
            put(35, &[place, s[run.from].base]);
            put(36, &[place, s[run.from].lists, last.lists]);
            put(37, &[place, before]);
            put(38, &[place, after.map_or(NONE, |a| a.lemma)]);
            put(39, &[place, after.map_or(NONE, |a| a.tag), after.map_or(NONE, |a| a.cluster)]);
            put(40, &[place, last.tag, last.tail as u32]);
            put(41, &[place, after.map_or(NONE, |a| a.lists), after.map_or(NONE, |a| a.shape)]);
            put(42, &[i as u32 - run.from as u32, run.to as u32 - i as u32, first as u32]);
            let far = s.get(run.to + 1);
            put(43, &[place, after.map_or(NONE, |a| a.low), far.map_or(NONE, |a| a.low)]);
            put(44, &[place, far.map_or(NONE, |a| a.lemma)]);
        }
        let (bits, place) = self.phrases[i];
        if bits != 0 {
            put(50, &[bits, place]);
            put(51, &[bits, place, get(1, shape)]);
        }
        let head = w.head.and_then(|h| s.get(h as usize));
        let relation = hash_str(w.deprel.as_str());
        put(60, &[relation, me.shape]);
        put(61, &[relation, head.map_or(NONE, |h| h.lemma)]);
        put(62, &[relation, head.map_or(NONE, |h| h.tag), me.shape]);
        put(63, &[head.map_or(NONE, |h| h.lemma), me.shape]);
        let propn = w.upos == Upos::Propn;
        put(64, &[propn as u32, me.shape, get(-1, tag)]);
        put(65, &[propn as u32, me.shape, get(1, tag)]);
    }
}
