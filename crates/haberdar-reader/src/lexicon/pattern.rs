//! The pattern language of the frame files: a trigger, conditions on its arguments, and where the roles stand.
//!
//! ```text
//! v:impose|slap obj=@sanction R:on,against
//! n:saldırı A:gen,mod R:dat
//! v:kına R:acc.gen,acc
//! ```

use rustc_hash::FxHashMap;

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pos {
    /// Verb.
    Verb,
    /// Noun, also a verbal noun.
    Noun,
    /// Adjective.
    Adj,
}

/// The name of an argument position, interned: see [`Slots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u16);

macro_rules! slots {
    ($($name:ident = $text:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Fixed { $($name),+ }
        impl Slot { $(#[doc = $text] pub const $name: Slot = Slot(Fixed::$name as u16);)+ }
        const FIXED: &[&str] = &[$($text),+];
    };
}

slots!(
    SUBJ = "subj",
    OBJ = "obj",
    IOBJ = "iobj",
    COMP = "comp",
    POSS = "poss",
    MOD = "mod",
    NOM = "nom",
    ACC = "acc",
    DAT = "dat",
    LOC = "loc",
    ABL = "abl",
    INS = "ins",
    GEN = "gen",
    BY = "by",
    AUX = "aux",
    HEAD = "head",
    MA = "ma",
    DIK = "dik",
    NEG = "neg",
    NONE = "-",
);

/// Interner of slot names: the fixed ones and, as found in the files, prepositions and postpositions.
#[derive(Clone, Debug)]
pub struct Slots {
    names: Vec<Box<str>>,
    index: FxHashMap<Box<str>, Slot>,
}

impl Default for Slots {
    fn default() -> Self {
        let names: Vec<Box<str>> = FIXED.iter().map(|&s| s.into()).collect();
        let index = names.iter().enumerate().map(|(i, n)| (n.clone(), Slot(i as u16))).collect();
        Slots { names, index }
    }
}

impl Slots {
    /// The slot of that name, made where it is new.
    pub fn intern(&mut self, name: &str) -> Slot {
        if let Some(&s) = self.index.get(name) {
            return s;
        }
        let s = Slot(self.names.len() as u16);
        self.names.push(name.into());
        self.index.insert(name.into(), s);
        s
    }

    /// The slot of that name, where some pattern uses it.
    pub fn get(&self, name: &str) -> Option<Slot> {
        self.index.get(name).copied()
    }

    /// The name.
    pub fn name(&self, s: Slot) -> &str {
        &self.names[s.0 as usize]
    }
}

/// Word classes by name, as the frame files define them.
pub type Classes = FxHashMap<String, Vec<String>>;

/// The interners that patterns share.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Argument positions.
    pub slots: Slots,
    /// Lemmas.
    pub lemmas: Lemmas,
}

/// A way from a predicate to an argument, such as `obj.of`.
pub type Path = Vec<Slot>;

/// A test on an argument.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Must the test hold, or must it not?
    pub negated: bool,
    /// Which argument.
    pub path: Path,
    /// What is asked of it.
    pub test: Test,
}

/// What a [`Condition`] asks.
#[derive(Clone, Debug)]
pub enum Test {
    /// The argument is there.
    Present,
    /// The lemma of its head is one of the words.
    Head(Words),
    /// Some lemma inside its phrase is one of the words.
    Inside(Words),
}

/// A lemma that some table asks for, interned: see [`Lemmas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LemmaId(pub u32);

/// Interner of the lemmas that the tables ask for; other words of a text need no id.
#[derive(Clone, Debug, Default)]
pub struct Lemmas {
    names: Vec<Box<str>>,
    index: FxHashMap<Box<str>, LemmaId>,
}

impl Lemmas {
    /// The id of that lemma, made where it is new.
    pub fn intern(&mut self, lemma: &str) -> LemmaId {
        if let Some(&id) = self.index.get(lemma) {
            return id;
        }
        let id = LemmaId(self.names.len() as u32);
        self.names.push(lemma.into());
        self.index.insert(lemma.into(), id);
        id
    }

    /// The id, where some table asks for the lemma.
    pub fn get(&self, lemma: &str) -> Option<LemmaId> {
        self.index.get(lemma).copied()
    }

    /// The lemma.
    pub fn name(&self, id: LemmaId) -> &str {
        &self.names[id.0 as usize]
    }

    /// All of them in order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (LemmaId, &str)> {
        self.names.iter().enumerate().map(|(i, n)| (LemmaId(i as u32), &**n))
    }
}

/// A set of lemmas; `actor` stands for any person, country, body or group of people, `place` for any place or country.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Sorted.
    pub lemmas: Vec<LemmaId>,
    /// `@actor` was among them.
    pub actor: bool,
    /// `@place` was among them.
    pub place: bool,
}

impl Words {
    /// True where the lemma is in the set.
    pub fn has(&self, lemma: LemmaId) -> bool {
        self.lemmas.binary_search(&lemma).is_ok()
    }
}

/// Which lemmas may be among some: a bit for each, shared by many (a Bloom filter of one hash).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signature([u64; 4]);

impl Signature {
    /// Takes a lemma in.
    pub fn insert(&mut self, lemma: LemmaId) {
        // Ids are given in a row; the lowest bits tell neighbours apart.
        self.0[lemma.0 as usize / 64 % 4] |= 1 << (lemma.0 % 64);
    }

    /// False where no lemma can be in both.
    pub fn meets(&self, other: &Signature) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

impl FromIterator<LemmaId> for Signature {
    fn from_iter<T: IntoIterator<Item = LemmaId>>(lemmas: T) -> Self {
        let mut s = Signature::default();
        lemmas.into_iter().for_each(|l| s.insert(l));
        s
    }
}

/// A parsed pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Part of speech of the trigger.
    pub pos: Pos,
    /// Alternative triggers: the lemma of the head and, for `call+off` or `ele+al`, the other part.
    pub triggers: Vec<(LemmaId, Option<LemmaId>)>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Where the actor stands, best first; `None` for the default.
    pub actor: Option<Vec<Path>>,
    /// Where the recipient stands.
    pub recipient: Option<Vec<Path>>,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// No `v:`, `n:` or `a:` at the start.
    #[error("a pattern starts with v:, n: or a: and a lemma, this one with {0:?}")]
    Trigger(String),
    /// A class that no file defines.
    #[error("class @{0} is not defined: add a line `@{0} = lemma|lemma` to one of the frame files")]
    Class(String),
    /// A part that is neither condition nor role.
    #[error("{0:?} is neither a condition (slot=words, slot~words, +slot, !slot) nor a role (A:slots, R:slots)")]
    Part(String),
}

/// Parses a pattern; in Turkish the head of `ele+al` is its last part, in English of `call+off` the first.
pub fn parse(text: &str, head_last: bool, classes: &Classes, names: &mut Names) -> Result<Pattern, PatternError> {
    let mut parts = text.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let (pos, rest) = match first.split_once(':') {
        Some(("v", r)) => (Pos::Verb, r),
        Some(("n", r)) => (Pos::Noun, r),
        Some(("a", r)) => (Pos::Adj, r),
        _ => return Err(PatternError::Trigger(first.to_owned())),
    };
    let mut triggers = Vec::new();
    for alternative in words(rest, classes)?.lemmas {
        if alternative.is_empty() {
            return Err(PatternError::Trigger(first.to_owned()));
        }
        triggers.push(match (alternative.split_once('+'), head_last) {
            (Some((a, b)), true) => (names.lemmas.intern(b), Some(names.lemmas.intern(a))),
            (Some((a, b)), false) => (names.lemmas.intern(a), Some(names.lemmas.intern(b))),
            (None, _) => (names.lemmas.intern(&alternative), None),
        });
    }
    let mut pattern = Pattern { pos, triggers, conditions: Vec::new(), actor: None, recipient: None };
    for part in parts {
        if let Some(spec) = part.strip_prefix("A:") {
            pattern.actor = Some(paths(spec, &mut names.slots));
        } else if let Some(spec) = part.strip_prefix("R:") {
            pattern.recipient = Some(paths(spec, &mut names.slots));
        } else {
            pattern.conditions.push(condition(part, classes, names)?);
        }
    }
    Ok(pattern)
}

fn condition(part: &str, classes: &Classes, names: &mut Names) -> Result<Condition, PatternError> {
    let (negated, body) = match part.strip_prefix('!') {
        Some(b) => (true, b),
        None => (false, part.strip_prefix('+').unwrap_or(part)),
    };
    let (name, test) = if let Some((name, list)) = body.split_once('=') {
        (name, Test::Head(word_set(list, classes, &mut names.lemmas)?))
    } else if let Some((name, list)) = body.split_once('~') {
        (name, Test::Inside(word_set(list, classes, &mut names.lemmas)?))
    } else if negated || part.starts_with('+') {
        (body, Test::Present)
    } else {
        return Err(PatternError::Part(part.to_owned()));
    };
    if name.is_empty() || name.contains(':') {
        return Err(PatternError::Part(part.to_owned()));
    }
    Ok(Condition { negated, path: path(name, &mut names.slots), test })
}

fn paths(spec: &str, slots: &mut Slots) -> Vec<Path> {
    spec.split(',').filter(|s| !s.is_empty()).map(|s| path(s, slots)).collect()
}

fn path(spec: &str, slots: &mut Slots) -> Path {
    spec.split('.').map(|s| slots.intern(s)).collect()
}

fn word_set(list: &str, classes: &Classes, names: &mut Lemmas) -> Result<Words, PatternError> {
    let Alternatives { lemmas, actor, place } = words(list, classes)?;
    let mut lemmas: Vec<_> = lemmas.iter().map(|w| names.intern(w)).collect();
    lemmas.sort_unstable();
    lemmas.dedup();
    Ok(Words { lemmas, actor, place })
}

/// The alternatives of a list before they are interned.
#[derive(Default)]
struct Alternatives {
    lemmas: Vec<String>,
    actor: bool,
    place: bool,
}

/// The alternatives of `a|b|@class`, classes expanded.
fn words(list: &str, classes: &Classes) -> Result<Alternatives, PatternError> {
    let mut out = Alternatives::default();
    for w in list.split('|') {
        match w.strip_prefix('@') {
            Some("actor") => out.actor = true,
            Some("place") => out.place = true,
            Some(class) => {
                let known = classes.get(class).ok_or_else(|| PatternError::Class(class.to_owned()))?;
                out.lemmas.extend(known.iter().cloned());
            }
            None => out.lemmas.push(w.to_owned()),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes() -> FxHashMap<String, Vec<String>> {
        [("sanction".to_owned(), vec!["embargo".to_owned(), "tariff".to_owned()])].into_iter().collect()
    }

    #[test]
    fn a_full_pattern() {
        let mut names = Names::default();
        let p =
            parse("v:impose|slap obj=@sanction|ban !comp R:on,obj.against", false, &classes(), &mut names).expect("a pattern");
        assert_eq!(p.triggers.len(), 2);
        assert_eq!(p.conditions.len(), 2);
        let id = |w: &str| names.lemmas.get(w).expect("interned");
        assert!(matches!(&p.conditions[0].test, Test::Head(w) if w.has(id("tariff")) && w.has(id("ban")) && !w.has(id("slap"))));
        assert!(p.conditions[1].negated);
        let against = names.slots.get("against").expect("interned");
        assert_eq!(p.recipient, Some(vec![vec![names.slots.get("on").expect("interned")], vec![Slot::OBJ, against]]));
    }

    #[test]
    fn the_head_of_two_part_verbs() {
        let mut names = Names::default();
        let p = parse("v:ele+al", true, &classes(), &mut names).expect("a pattern");
        assert_eq!(names.lemmas.name(p.triggers[0].0), "al");
        let p = parse("v:call+off", false, &classes(), &mut names).expect("a pattern");
        assert_eq!(names.lemmas.name(p.triggers[0].0), "call");
        assert_eq!(p.triggers[0].1, names.lemmas.get("off"));
    }

    #[test]
    fn faults_are_named() {
        let mut names = Names::default();
        assert!(matches!(parse("x:y", false, &classes(), &mut names), Err(PatternError::Trigger(_))));
        assert!(matches!(parse("v:y obj=@none", false, &classes(), &mut names), Err(PatternError::Class(_))));
        assert!(matches!(parse("v:y obj", false, &classes(), &mut names), Err(PatternError::Part(_))));
    }
}
