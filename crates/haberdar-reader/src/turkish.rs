//! Turkish stems in inflected forms: which of the tables' lemmas a form can be, and what its suffixes say.
//!
//! The tagger chooses one analysis in context and is right four times in five; the tables ask only for a few thousand
//! stems, and for those the suffix chain itself is nearly always unambiguous. So stems are looked up in the form and the
//! rest is parsed as a chain of verbal or nominal suffixes over abstract letters (vowel harmony and assimilation undone):
//! `A` = a e, `I` = ı i u ü, `D` = d t, `C` = c ç, `K` = k ğ g.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::lexicon::pattern::{LemmaId, Lemmas};

/// True for a form with the accusative that follows a possessive suffix: "evini" is of somebody's house, "evi" of any.
pub fn has_owned_accusative(form: &str) -> bool {
    ["nı", "ni", "nu", "nü"].iter().any(|e| form.ends_with(e))
}

/// What kind of verb form it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbForm {
    /// Finite.
    Finite,
    /// -An, -mIş, -DIK, -AcAK before a noun or nominalised.
    Participle,
    /// -mA, -mAK, -Iş.
    VerbalNoun,
    /// -ArAK, -Ip, -ken, -IncA …
    Converb,
}

/// Tense, aspect or mood, as far as the status of an act needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// None: verbal nouns, converbs.
    None,
    /// -DI, -DIK.
    Past,
    /// -mIş.
    Evidential,
    /// -Iyor, -mAKDA.
    Progressive,
    /// -Ir, -mAz.
    Aorist,
    /// -AcAK.
    Future,
    /// -mAlI.
    Necessity,
    /// -sA as mood.
    Conditional,
    /// Imperative, optative.
    Imperative,
}

/// What the suffixes of a verb say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Morph {
    /// Kind of form.
    pub form: VerbForm,
    /// Tense or mood.
    pub tense: Tense,
    /// -mA-, -mAz.
    pub negative: bool,
    /// -Il-, -In-.
    pub passive: bool,
    /// -DIr-, -t-.
    pub causative: bool,
    /// -Abil-.
    pub potential: bool,
    /// -sA, -ysA after a tense.
    pub conditional: bool,
    /// -DI after another tense: -mIşDI, -IyorDU, -AcAKDI.
    pub past_copula: bool,
    /// Agrees with a first person.
    pub first_person: bool,
    /// Participle of -An or -mIş, whose head noun is the subject.
    pub subject_participle: bool,
}

/// One reading of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The lemma.
    pub lemma: LemmaId,
    /// The verb's suffixes; `None` for nouns and the like.
    pub verb: Option<Morph>,
}

/// The stems of all lemmas, with their variants before suffixes.
#[derive(Clone, Debug, Default)]
pub struct StemIndex {
    stems: FxHashMap<Box<str>, SmallVec<[(LemmaId, Variant); 1]>>,
    verbs: FxHashSet<LemmaId>,
    longest: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variant {
    /// As in the dictionary.
    Plain,
    /// Last consonant voiced, before a vowel: desteğ-, ed-.
    Soft,
    /// Last vowel lost before -Iyor: uygul-uyor.
    Narrow,
    /// Vowel raised before y: di-yen, yi-yecek.
    Raised,
}

impl StemIndex {
    /// Indexes the lemmas; only those in `verbs` are read with verbal suffixes.
    /// Those in `drops` lose the vowel of their last syllable before a vowel (hapis, hapse).
    pub fn new(lemmas: &Lemmas, verbs: &FxHashSet<LemmaId>, drops: &FxHashSet<LemmaId>) -> Self {
        let mut index = StemIndex { verbs: verbs.clone(), ..StemIndex::default() };
        for (id, name) in lemmas.iter() {
            if name.len() < 2 || name.contains(' ') {
                continue;
            }
            index.put(name, id, Variant::Plain);
            let mut chars = name.chars();
            let soft = match chars.next_back() {
                Some('k') if name.ends_with("nk") => Some('g'),
                Some('k') => Some('ğ'),
                Some('p') => Some('b'),
                Some('ç') => Some('c'),
                Some('t') => Some('d'),
                Some('g') => Some('ğ'),
                _ => None,
            };
            let body = chars.as_str();
            if let Some(c) = soft {
                index.put(&format!("{body}{c}"), id, Variant::Soft);
            }
            if drops.contains(&id) {
                let last = chars.next_back();
                let dropped: String =
                    chars.as_str().chars().chain(name.chars().next_back().map(|c| if c == 'p' { 'b' } else { c })).collect();
                debug_assert!(last.is_some_and(|c| matches!(c, 'ı' | 'i' | 'u' | 'ü')), "{name}");
                index.put(&dropped, id, Variant::Soft);
            }
            if matches!(name, "de" | "ye") {
                index.put(&format!("{body}i"), id, Variant::Raised);
            }
            if name.ends_with(['a', 'e']) && body.len() > 1 {
                index.put(body, id, Variant::Narrow);
            }
        }
        index
    }

    fn put(&mut self, stem: &str, id: LemmaId, variant: Variant) {
        self.longest = self.longest.max(stem.len());
        self.stems.entry(stem.into()).or_default().push((id, variant));
    }

    /// All readings of a lower-cased form without what stands behind an apostrophe; of verb stems only the longest.
    pub fn readings(&self, form: &str, out: &mut SmallVec<[Reading; 4]>) {
        let mut abstract_form = [0u8; 96];
        if form.len() > 64 {
            return;
        }
        let mut verb_found = false;
        let ends: SmallVec<[usize; 64]> = form.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
        for (k, &end) in ends.iter().enumerate().rev() {
            if end > self.longest || end < 2 {
                continue;
            }
            let Some(entries) = self.stems.get(&form[..end]) else { continue };
            let n = abstract_letters(&form[end..], &mut abstract_form);
            let rest = &abstract_form[..n];
            let before_vowel = matches!(rest.first(), Some(b'A' | b'I'));
            for &(lemma, variant) in entries {
                let possible = match variant {
                    Variant::Plain => true,
                    Variant::Soft => before_vowel,
                    Variant::Narrow => rest.starts_with(b"Iyor"),
                    Variant::Raised => rest.starts_with(b"y"),
                };
                if !possible {
                    continue;
                }
                if matches!(variant, Variant::Plain | Variant::Soft) && nominal(rest) {
                    out.push(Reading { lemma, verb: None });
                }
                if !verb_found
                    && k > 0
                    && self.verbs.contains(&lemma)
                    && let Some(m) = verbal(rest)
                {
                    out.push(Reading { lemma, verb: Some(m) });
                    verb_found = true;
                }
            }
        }
    }
}

/// Writes the abstract letters of `s` into `out` and returns how many there are.
fn abstract_letters(s: &str, out: &mut [u8; 96]) -> usize {
    let mut n = 0;
    for c in s.chars() {
        out[n] = match c {
            'a' | 'e' | 'â' => b'A',
            'ı' | 'i' | 'u' | 'ü' | 'î' => b'I',
            'd' | 't' => b'D',
            'c' | 'ç' => b'C',
            'k' | 'ğ' | 'g' => b'K',
            'ş' => b'S',
            'ö' | 'o' => b'o',
            c if c.is_ascii_alphabetic() => c as u8,
            _ => b'?',
        };
        n += 1;
        if n == out.len() {
            break;
        }
    }
    n
}

/// Each group gives at most one suffix; true where some choice uses up the whole rest.
fn chain(rest: &[u8], groups: &[&[&[u8]]]) -> bool {
    if rest.is_empty() {
        return true;
    }
    let Some((group, later)) = groups.split_first() else { return false };
    group.iter().any(|s| rest.starts_with(s) && chain(&rest[s.len()..], later)) || chain(rest, later)
}

const PLURAL: &[&[u8]] = &[b"lAr"];
const POSSESSIVE: &[&[u8]] = &[b"lArI", b"ImIz", b"InIz", b"mIz", b"nIz", b"sI", b"Im", b"In", b"I", b"m", b"n"];
const CASE: &[&[u8]] =
    &[b"nDAn", b"DAn", b"nDA", b"DA", b"nIn", b"In", b"nA", b"yA", b"A", b"nI", b"yI", b"I", b"ylA", b"lA", b"nCA", b"CA"];
const KI: &[&[u8]] = &[b"KI"];
const COPULA: &[&[u8]] = &[b"yDI", b"DI", b"ymIS", b"mIS", b"ysA", b"sA", b"DIr", b"yKAn", b"KAn"];
const PERSON: &[&[u8]] = &[b"sInIz", b"nIz", b"lAr", b"sIn", b"yIm", b"yIz", b"Im", b"Iz", b"K", b"m", b"n"];
const EMPHASIS: &[&[u8]] = &[b"DIr"];

/// True where the letters are a legal chain of nominal suffixes.
fn nominal(rest: &[u8]) -> bool {
    let plain = &[PLURAL, POSSESSIVE, CASE, COPULA, PERSON];
    if chain(rest, plain) {
        return true;
    }
    // -ki makes a new nominal, which may be inflected again: masadakilerin.
    rest.windows(2)
        .rposition(|w| w == KI[0])
        .is_some_and(|i| chain(&rest[..i], &[PLURAL, POSSESSIVE, CASE]) && chain(&rest[i + 2..], &[PLURAL, CASE, COPULA, PERSON]))
}

/// The verbal reading of a suffix chain behind a stem.
fn verbal(rest: &[u8]) -> Option<Morph> {
    let mut m = Morph {
        form: VerbForm::Finite,
        tense: Tense::None,
        negative: false,
        passive: false,
        causative: false,
        potential: false,
        conditional: false,
        past_copula: false,
        first_person: false,
        subject_participle: false,
    };
    voice(rest, &mut m, 0).then_some(m)
}

/// Voice suffixes, at most three, then polarity and tense; leaves `m` as the first successful path has it.
fn voice(rest: &[u8], m: &mut Morph, depth: u8) -> bool {
    if mood(rest, m) {
        return true;
    }
    if depth == 3 {
        return false;
    }
    const PASSIVE: &[&[u8]] = &[b"nIl", b"Il", b"In", b"n", b"l"];
    const CAUSATIVE: &[&[u8]] = &[b"DIr", b"ID", b"Ir", b"Ar", b"D"];
    const RECIPROCAL: &[&[u8]] = &[b"IS", b"S"];
    for (group, k) in [(PASSIVE, 0), (CAUSATIVE, 1), (RECIPROCAL, 2)] {
        for s in group.iter().filter(|s| rest.starts_with(s) && rest.len() > s.len()) {
            let mut next = *m;
            match k {
                0 => next.passive = true,
                1 => next.causative = true,
                _ => {}
            }
            if voice(&rest[s.len()..], &mut next, depth + 1) {
                *m = next;
                return true;
            }
        }
    }
    false
}

fn mood(rest: &[u8], m: &mut Morph) -> bool {
    let mut tries: SmallVec<[(usize, bool, bool); 8]> = SmallVec::new(); // (letters used, negative, potential)
    for (s, negative, potential) in [
        (&b"mA"[..], true, false),
        (b"yAbIl", false, true),
        (b"AbIl", false, true),
        (b"yAmA", true, true),
        (b"AmA", true, true),
        (b"mAyAbIl", true, true),
    ] {
        if rest.starts_with(s) {
            tries.push((s.len(), negative, potential));
        }
    }
    // Before -Iyor the vowel of the negation is lost.
    for (s, negative, potential) in [(&b"mIyor"[..], true, false), (b"yAmIyor", true, true), (b"AmIyor", true, true)] {
        if rest.starts_with(s) {
            tries.push((s.len() - 4, negative, potential));
        }
    }
    // A bare -mA is a verbal noun rather than a negative imperative.
    tries.retain(|t| t.0 < rest.len() || !t.1);
    tries.push((0, false, false));
    for (used, negative, potential) in tries {
        let mut next = *m;
        next.negative |= negative;
        next.potential |= potential;
        if tense(&rest[used..], &mut next, negative) {
            *m = next;
            return true;
        }
    }
    false
}

fn tense(rest: &[u8], m: &mut Morph, negative: bool) -> bool {
    use Tense::*;
    // "kabul etmeyiz": the negative aorist of the first person has no suffix of its own.
    if negative && rest == b"yIz" {
        (m.form, m.tense, m.first_person) = (VerbForm::Finite, Aorist, true);
        return true;
    }
    // Finite: suffix, tense; then copula and person.
    let finite: &[(&[u8], Tense)] = &[
        (b"DI", Past),
        (b"mIS", Evidential),
        (b"Iyor", Progressive),
        (b"yor", Progressive),
        (b"mAKDA", Progressive),
        (b"yAcAK", Future),
        (b"ACAK", Future),
        (b"yACAK", Future),
        (b"mAlI", Necessity),
        (b"sA", Conditional),
        (b"Ir", Aorist),
        (b"Ar", Aorist),
        (b"r", Aorist),
        (b"z", Aorist),
        (b"sInlAr", Imperative),
        (b"sIn", Imperative),
        (b"AlIm", Imperative),
        (b"yAlIm", Imperative),
        (b"AyIm", Imperative),
        (b"yAyIm", Imperative),
    ];
    for &(s, t) in finite {
        if !rest.starts_with(s) || (s == b"z" && !negative) {
            continue;
        }
        let tail = &rest[s.len()..];
        if chain(tail, &[PLURAL, COPULA, PERSON, EMPHASIS]) {
            m.form = VerbForm::Finite;
            m.tense = t;
            m.past_copula =
                t != Past && [&b"DI"[..], b"yDI", b"lArDI"].iter().any(|c| tail.starts_with(c)) && !tail.starts_with(b"DIr");
            m.conditional = t == Conditional || [&b"sA"[..], b"ysA"].iter().any(|c| tail.starts_with(c));
            m.first_person = tail.ends_with(b"m") || tail.ends_with(b"K") || tail.ends_with(b"Iz") && !tail.ends_with(b"nIz");
            if tail.starts_with(b"KAn") || tail.starts_with(b"yKAn") {
                m.form = VerbForm::Converb;
            }
            // Before a noun -AcAK and -mIş are participles; the reader of the tree tells.
            return true;
        }
    }
    let nominal_forms: &[(&[u8], VerbForm, Tense, bool)] = &[
        (b"DIKCA", VerbForm::Converb, None, false),
        (b"mAKsIzIn", VerbForm::Converb, None, false),
        (b"mAKDAn", VerbForm::VerbalNoun, None, false),
        (b"mADAn", VerbForm::Converb, None, false),
        (b"yArAK", VerbForm::Converb, None, false),
        (b"ArAK", VerbForm::Converb, None, false),
        (b"yIncA", VerbForm::Converb, None, false),
        (b"IncA", VerbForm::Converb, None, false),
        (b"yInCA", VerbForm::Converb, None, false),
        (b"InCA", VerbForm::Converb, None, false),
        (b"yIp", VerbForm::Converb, None, false),
        (b"Ip", VerbForm::Converb, None, false),
        (b"yAlI", VerbForm::Converb, None, false),
        (b"DIK", VerbForm::Participle, Past, false),
        (b"yACAK", VerbForm::Participle, Future, false),
        (b"ACAK", VerbForm::Participle, Future, false),
        (b"yAn", VerbForm::Participle, None, true),
        (b"An", VerbForm::Participle, None, true),
        (b"mIS", VerbForm::Participle, Evidential, true),
        (b"mAK", VerbForm::VerbalNoun, None, false),
        (b"mA", VerbForm::VerbalNoun, None, false),
        (b"yIS", VerbForm::VerbalNoun, None, false),
        (b"IS", VerbForm::VerbalNoun, None, false),
    ];
    for &(s, form, t, subject) in nominal_forms {
        if rest.starts_with(s) && nominal(&rest[s.len()..]) {
            m.form = form;
            m.tense = t;
            m.subject_participle = subject;
            return true;
        }
    }
    if rest.is_empty() {
        m.form = VerbForm::Finite;
        m.tense = Imperative;
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lemmas: &[&str], form: &str) -> Vec<(String, Option<Morph>)> {
        let mut names = Lemmas::default();
        for l in lemmas {
            names.intern(l);
        }
        let mut out = SmallVec::new();
        let verbs = names.iter().map(|(id, _)| id).collect();
        StemIndex::new(&names, &verbs, &FxHashSet::default()).readings(form, &mut out);
        out.iter().map(|r| (names.name(r.lemma).to_owned(), r.verb)).collect()
    }

    fn verb(lemma: &str, form: &str) -> Morph {
        read(&[lemma], form).into_iter().find_map(|r| r.1).unwrap_or_else(|| panic!("{form} is no form of {lemma}"))
    }

    #[test]
    fn finite_forms() {
        assert_eq!(verb("görüş", "görüştü").tense, Tense::Past);
        assert!(verb("uygula", "uygulandı").passive);
        assert_eq!(verb("uygula", "uyguluyor").tense, Tense::Progressive);
        assert!(verb("et", "ediliyor").passive);
        assert_eq!(verb("et", "edecek").tense, Tense::Future);
        assert_eq!(verb("git", "gidecekler").tense, Tense::Future);
        let m = verb("katıl", "katılmayacağını");
        assert!(m.negative && m.tense == Tense::Future && m.form == VerbForm::Participle);
        assert!(verb("sağla", "sağlayabilir").potential);
        assert!(verb("çekil", "çekilmezse").conditional);
        assert!(verb("çekil", "çekilmezse").negative);
        assert!(verb("et", "etmeyiz").negative && verb("et", "etmeyiz").is_finite() && verb("et", "etmeyiz").first_person);
        assert!(verb("görüş", "görüşmüştü").past_copula);
        assert!(verb("kabul", "kabul").form == VerbForm::Finite);
        assert!(verb("gönder", "göndermedi").negative && verb("gönder", "göndermedi").tense == Tense::Past);
        assert!(verb("de", "diyen").subject_participle);
        assert_eq!(verb("de", "diyor").tense, Tense::Progressive);
        assert!(verb("iste", "istemiyoruz").first_person && verb("iste", "istemiyoruz").negative);
    }

    #[test]
    fn nominal_forms() {
        assert_eq!(verb("çekil", "çekilmesini").form, VerbForm::VerbalNoun);
        assert_eq!(verb("çekil", "çekilme").form, VerbForm::VerbalNoun);
        assert_eq!(verb("kına", "kınayan").form, VerbForm::Participle);
        assert!(verb("kına", "kınayan").subject_participle);
        assert_eq!(verb("et", "ederek").form, VerbForm::Converb);
        assert_eq!(verb("yap", "yaptığı").tense, Tense::Past);
        assert_eq!(verb("yap", "yapılacağını").tense, Tense::Future);
        assert!(verb("yap", "yapılacağını").passive);
    }

    #[test]
    fn nouns_with_changed_consonants() {
        assert_eq!(read(&["destek"], "desteğini").len(), 1);
        assert_eq!(read(&["görüşme", "görüş"], "görüşmede").len(), 2);
        assert!(read(&["savaş"], "savaşın").iter().any(|r| r.1.is_none()));
        assert!(read(&["al"], "alman").iter().all(|r| r.1.is_none_or(|m| m.form == VerbForm::VerbalNoun)));
        assert!(read(&["yaptırım"], "yaptırımların").iter().any(|r| r.1.is_none()));
    }
}
