//! Names of persons, places and bodies: a sequence tagger over spellings and word lists.

use crate::{
    Sentence, Upos,
    bytes::{Reader, put_str, put_varint},
    lexicon::Lexicon,
    linear::{Linear, Rows, feature, hash_chars},
    tagger::argmax,
    word::{Shape, WordInfo, normal_chars},
};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameClass {
    /// A person.
    Per,
    /// A place that is no state, province or town: mountains, seas, regions.
    Loc,
    /// A state, province or town.
    Gpe,
    /// An organisation.
    Org,
    /// A nationality, religious or political group.
    Norp,
    /// A title or office in front of or instead of a name.
    Title,
}

impl NameClass {
    /// Its short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            NameClass::Per => "PER",
            NameClass::Loc => "LOC",
            NameClass::Gpe => "GPE",
            NameClass::Org => "ORG",
            NameClass::Norp => "NORP",
            NameClass::Title => "TITLE",
        }
    }
}

/// A name in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Index of its first word.
    pub first_word: usize,
    /// Index behind its last word.
    pub last_word: usize,
    /// Its class.
    pub class: NameClass,
}

impl NameClass {
    /// The class that a tag of a corpus stands for.
    pub fn of_tag(tag: &str) -> Option<NameClass> {
        Some(match tag {
            "PERSON" | "PER" | "Person" => NameClass::Per,
            "GPE" => NameClass::Gpe,
            "LOC" | "Location" => NameClass::Loc,
            "ORG" | "Organisation" => NameClass::Org,
            "NORP" | "Nationality" => NameClass::Norp,
            "TITLE" => NameClass::Title,
            _ => return None,
        })
    }
}

/// What the tagger of names sees of a word.
pub struct NameWord {
    info: WordInfo,
    /// The word without the suffix behind an apostrophe.
    stem: u32,
    /// Last two to four characters of that.
    suf: [u32; 3],
    /// What the word lists say of that.
    class: u32,
    /// The longest stem that the morphology finds.
    root: u32,
    apostrophe: bool,
}

impl NameWord {
    /// Looks at a word.
    pub fn new(form: &str, lexicon: &Lexicon, buffer: &mut Vec<char>) -> NameWord {
        let info = WordInfo::new(form, lexicon, buffer);
        normal_chars(form, lexicon.language(), buffer);
        let cut = buffer.iter().rposition(|&c| c == '\'').filter(|&p| p > 0 && p + 1 < buffer.len());
        let stem = &buffer[..cut.unwrap_or(buffer.len())];
        let n = stem.len();
        let root = info.readings.first().map_or(n, |r| buffer.len() - r.cut);
        let root = hash_chars(buffer[..root.min(buffer.len())].iter().copied());
        let text: String = stem.iter().collect();
        let class = lexicon.lemma_class(&text, &mut Vec::new());
        let suf = std::array::from_fn(|k| if n > k + 1 { hash_chars(stem[n - k - 2..].iter().copied()) } else { 0 });
        NameWord { info, stem: hash_chars(stem.iter().copied()), suf, class, root, apostrophe: cut.is_some() }
    }
}

/// Features of a word, given the tags of the words behind it. A sentence is read from its end, since the word that tells
/// what a name is the name of often comes last (`Dünya Sağlık Örgütü`).
pub fn features(words: &[NameWord], i: usize, tags: &[u8], out: &mut Vec<u32>) {
    out.clear();
    let w = &words[i];
    let edge = 0x0e0f_0e0f;
    let at =
        |d: isize, f: &dyn Fn(&NameWord) -> u32| usize::try_from(i as isize + d).ok().and_then(|k| words.get(k)).map_or(edge, f);
    let stem = |d: isize| at(d, &|w| w.stem);
    let root = |d: isize| at(d, &|w| w.root);
    let shape = |d: isize| at(d, &|w| w.info.shape as u32);
    let class = |d: isize| at(d, &|w| w.class);
    let cluster = |d: isize| at(d, &|w| w.info.cluster[1]);
    let tag = |d: usize| tags.get(i + d).map_or(255, |&t| t as u32);
    // The run of capitalised words around the word: a name is mostly the whole of it.
    let capital = |w: &NameWord| matches!(w.info.shape, Shape::Title | Shape::Upper | Shape::Mixed | Shape::Alnum);
    let inside = capital(w);
    let run_end = i + words[i..].iter().take(8).take_while(|w| capital(w) && inside).count().max(1) - 1;
    let run_start = i + 1 - words[..=i].iter().rev().take(8).take_while(|w| capital(w) && inside).count().max(1);
    // A suffix behind an apostrophe ends the name.
    let run_end = (i..=run_end).find(|&k| words[k].apostrophe).unwrap_or(run_end);
    let (end, start) = (&words[run_end], &words[run_start]);
    let place = (i - run_start).min(3) as u32 * 8 + (run_end - i).min(3) as u32 * 2 + inside as u32;
    let behind = words.get(run_end + 1).map_or(edge, |w| w.root);
    let before = run_start.checked_sub(1).map_or(edge, |k| words[k].root);
    let first = (i == 0) as u32;
    let s = shape(0) * 4 + first * 2 + w.apostrophe as u32;
    out.extend([
        feature(800, &[]),
        feature(801, &[w.info.form]),
        feature(802, &[w.stem]),
        feature(803, &[w.root]),
        feature(804, &[w.stem, s]),
        feature(805, &[s]),
        feature(806, &[w.class]),
        feature(807, &[w.class, s]),
        feature(808, &[stem(-1)]),
        feature(809, &[stem(1)]),
        feature(810, &[stem(-2)]),
        feature(811, &[stem(2)]),
        feature(812, &[stem(-1), w.stem]),
        feature(813, &[w.stem, stem(1)]),
        feature(814, &[root(-1)]),
        feature(815, &[root(1)]),
        feature(816, &[shape(-1), s, shape(1)]),
        feature(817, &[s, shape(1), shape(2)]),
        feature(818, &[class(-1), class(0)]),
        feature(819, &[class(0), class(1)]),
        feature(820, &[class(1), shape(1)]),
        feature(821, &[tag(1)]),
        feature(822, &[tag(1), tag(2)]),
        feature(823, &[tag(1), s]),
        feature(824, &[tag(1), w.stem]),
        feature(825, &[tag(1), w.root]),
        feature(826, &[tag(1), class(0), s]),
        feature(827, &[tag(1), stem(1)]),
        feature(828, &[tag(1), tag(2), s]),
        feature(829, &[tag(1), stem(-1)]),
        feature(830, &[w.info.tail]),
        feature(831, &[w.info.tail, w.suf[1]]),
        feature(832, &[cluster(0)]),
        feature(833, &[cluster(-1)]),
        feature(834, &[cluster(1)]),
        feature(835, &[root(1), shape(1), s]),
        feature(836, &[root(2), shape(1), s]),
        feature(837, &[root(-1), s]),
        feature(838, &[tag(1), w.suf[1], s]),
        feature(839, &[tag(1), root(1), shape(1)]),
        feature(840, &[shape(-2), shape(-1), s]),
        feature(841, &[root(1), root(2)]),
        feature(842, &[end.root, place]),
        feature(843, &[end.stem, (run_end > i) as u32]),
        feature(844, &[end.suf[2], place]),
        feature(845, &[end.class, class(0), place]),
        feature(846, &[start.root, place]),
        feature(847, &[start.class, class(0), end.class]),
        feature(848, &[place, s]),
        feature(849, &[behind, place]),
        feature(870, &[before, place]),
        feature(871, &[behind, before, inside as u32]),
        feature(872, &[tag(1), place]),
        feature(873, &[tag(1), end.root]),
        feature(874, &[tag(1), class(0), place]),
        feature(875, &[behind, w.stem]),
        feature(876, &[tag(1), before]),
    ]);
    for (k, &x) in w.suf.iter().enumerate() {
        out.push(feature(850 + k as u32, &[x]));
        out.push(feature(855 + k as u32, &[x, s]));
    }
    for (k, &x) in w.info.pre[1..].iter().enumerate() {
        out.push(feature(860 + k as u32, &[x, s]));
    }
    for &h in w.info.hints.iter().take(3) {
        out.push(feature(865, &[h, s]));
    }
}

/// The trained tagger of names.
pub struct Names {
    /// Weights of tags.
    pub weights: Linear,
    /// Tags: `O`, `B-PERSON`, `I-PERSON`, …
    pub tags: Vec<String>,
}

impl Names {
    /// The tag of every word.
    pub fn tag(&self, words: &[NameWord]) -> Vec<u8> {
        let mut tags = vec![0u8; words.len()];
        let mut buffer = Vec::new();
        let mut scores = vec![0; self.tags.len()];
        for i in (0..words.len()).rev() {
            features(words, i, &tags, &mut buffer);
            scores.fill(0);
            self.weights.score(&buffer, &mut scores);
            tags[i] = argmax(&scores) as u8;
        }
        tags
    }

    /// The spans of names of interest.
    pub fn spans(&self, tags: &[u8]) -> Vec<NameSpan> {
        let name = |i: usize| self.tags[tags[i] as usize].split_once('-').unwrap_or(("O", ""));
        let mut out = Vec::new();
        let mut i = 0;
        while i < tags.len() {
            let (_, kind) = name(i);
            let from = i;
            i += 1;
            if kind.is_empty() {
                continue;
            }
            while i < tags.len() && name(i) == ("I", kind) {
                i += 1;
            }
            if let Some(class) = NameClass::of_tag(kind) {
                out.push(NameSpan { first_word: from, last_word: i, class });
            }
        }
        out
    }

    /// The names in a sentence.
    pub fn find(&self, sentence: &Sentence<'_>, lexicon: &Lexicon) -> Vec<NameSpan> {
        let mut buffer = Vec::new();
        let words: Vec<NameWord> = sentence.words.iter().map(|w| NameWord::new(w.form, lexicon, &mut buffer)).collect();
        let mut spans = self.spans(&self.tag(&words));
        // A pronoun or an article alone is no name, whatever the corpora mark.
        let names_something = |i: usize| {
            words[i].info.shape != Shape::Symbol
                && matches!(sentence.words[i].upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Verb | Upos::Num | Upos::X)
        };
        spans.retain(|s| (s.first_word..s.last_word).any(names_something));
        spans
    }

    /// Writes a tagger of names.
    pub fn write(tags: &[String], weights: &Rows, out: &mut Vec<u8>) {
        put_varint(out, tags.len() as u64);
        tags.iter().for_each(|t| put_str(out, t));
        Linear::write(weights, out);
    }

    /// Reads what [`Names::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Names> {
        let n = r.count(1)?;
        if n == 0 || n > 255 {
            return None;
        }
        let tags = (0..n).map(|_| r.str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
        Some(Names { tags, weights: Linear::read(r)? })
    }
}
