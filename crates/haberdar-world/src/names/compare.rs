//! How well a name fits another. What is cheap to see comes first: most comparisons end at the letters that words begin
//! with, or that one of them lacks.

use std::cell::RefCell;

use super::{
    FLOOR,
    index::{NameIndex, Spelling, Word},
};
use crate::sound::{self, Letters, bit};

/// Words that are less alike are different words.
const ALIKE: f32 = 0.55;
/// A word that is asked for alone is as much like a word of a longer name.
const ALONE: f32 = 0.8;
const ROUNDING: f32 = 1e-3;
/// What two words of a name as one of the query are less alike.
const JOINED: f32 = 0.02;
/// Words of a name that are looked at.
const NAME_WORDS: usize = 16;

/// A name of more words is none.
const MOST_WORDS: usize = 8;

/// A name that is asked for.
pub(super) struct Asked {
    /// Its words; particles are left out where there are others.
    pub(super) words: Vec<AskedWord>,
    /// It is a single word.
    alone: bool,
}

/// One of its words.
pub(super) struct AskedWord {
    pub(super) text: String,
    pub(super) particle: bool,
    normal: Vec<u8>,
    letters: Letters,
    /// The letters with which words like it begin, as bits; of an initial itself.
    starts: u32,
    /// How many words of the query may begin with the same ones: each needs a word of its own.
    peers: usize,
    /// How much it is like the normal forms that it was held against: names have the same words again and again.
    known: RefCell<[(u32, f32); KNOWN]>,
}

const KNOWN: usize = 64;

impl Asked {
    /// `None` where it is no name of a person.
    pub(super) fn of(name: &str) -> Option<Self> {
        let word = |text: String| {
            let normal = sound::normal(&text);
            let starts = if text.len() == 1 { bit(text.as_bytes()[0]) } else { sound::like_starts(normal[0]) };
            let (particle, letters) = (sound::is_particle(&text), Letters::of(&normal));
            AskedWord { text, particle, normal, letters, starts, peers: 1, known: RefCell::new([(u32::MAX, 0.0); KNOWN]) }
        };
        let words = sound::words(name);
        let alone = words.len() == 1;
        if words.len() > MOST_WORDS {
            return None;
        }
        let mut words: Vec<AskedWord> = words.into_iter().filter(|w| alone || !sound::is_particle(w)).map(word).collect();
        for i in 0..words.len() {
            words[i].peers = words.iter().filter(|w| !w.initial() && w.starts == words[i].starts).count();
        }
        Some(Asked { words, alone }).filter(|a| !a.words.is_empty())
    }
}

/// Neither is NaN, which `f32::max` takes its time for.
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl AskedWord {
    fn initial(&self) -> bool {
        self.text.len() == 1
    }

    /// The letters of a word and of the next one as one, where they may make the query's: it is about as long as both.
    fn joined(&self, words: &[Word], j: usize) -> Option<Letters> {
        let both = words[j].letters.and(words.get(j + 1).filter(|_| self.text.len() > 5)?.letters);
        Some(both).filter(|b| self.letters.len() + 2 >= b.len())
    }

    /// How alike it and a word of a name are at best, or that and the next one as one; less than `floor` may be 0.
    fn at_best(&self, index: &NameIndex, words: &[Word], j: usize, floor: f32) -> f32 {
        let w = &words[j];
        if self.initial() {
            return if self.text.as_bytes()[0] == w.initial { 0.85 } else { 0.0 };
        }
        if self.starts & bit(w.start) == 0 {
            return 0.0;
        }
        let like = if self.letters.at_best(w.letters, floor) < floor { 0.0 } else { self.likeness(index, w) };
        match self.joined(words, j).filter(|_| like < 1.0 - JOINED) {
            Some(both) => larger(like, self.letters.at_best(both, larger(floor, like)) - JOINED),
            None => like,
        }
    }

    /// How alike it and a word of a name are; less than [`ALIKE`] is 0.
    fn likeness(&self, index: &NameIndex, w: &Word) -> f32 {
        let known = &mut self.known.borrow_mut()[w.form as usize % KNOWN];
        if known.0 != w.form {
            *known = (w.form, sound::likeness(&self.normal, index.normal(w), ALIKE));
        }
        known.1
    }

    /// How alike they are, which is `most` at best; less than `floor` may be 0.
    fn fits(&self, index: &NameIndex, words: &[Word], j: usize, most: f32, floor: f32) -> f32 {
        if self.initial() || most < floor {
            return most;
        }
        let like = self.likeness(index, &words[j]);
        match words.get(j + 1).filter(|_| most > like) {
            // Only the two as one may be more like it.
            Some(next) => {
                let both = index.joined(&words[j], next);
                larger(like, sound::likeness(&self.normal, both, larger(floor, like)) - JOINED)
            }
            None => like,
        }
    }
}

/// At best, by the words of the query and of the name; kept from one name to the next to save the memory.
pub(super) type AtBest = [[f32; NAME_WORDS]; MOST_WORDS];

/// How well a query fits a spelling; 0 where it comes to less than [`FLOOR`].
pub(super) fn compare(query: &Asked, index: &NameIndex, s: &Spelling, most: &mut AtBest) -> f32 {
    let asked = query.words.len();
    // A word in four at most may be strange to the name: see the room.
    let strange = |q: &&AskedWord| q.starts & if q.initial() { s.initials } else { s.starts } == 0;
    if query.words.iter().filter(strange).count() > asked / 4 {
        return 0.0;
    }
    // What is less like comes to less than the floor: by so much may the words differ in all.
    let mut room = match asked {
        1 if s.len == 1 => 1.0 - ALIKE,
        1 => 1.0 - ALONE,
        _ => (0.5 - 0.5 * FLOOR / covered(asked, s)) * asked as f32,
    } + ROUNDING;
    // Of two words that begin alike ("Mohammed al-Masri") one has none of its own: seen without a look at the words.
    let single = |q: &AskedWord| q.starts & s.twice == 0 && (q.starts & s.starts).count_ones() == 1;
    if room < 1.0 && query.words.iter().any(|q| q.peers > 1 && !q.initial() && single(q)) {
        return 0.0;
    }
    let words = index.words(s);
    let lacks = |q: &AskedWord| q.peers - q.peers.min(words.iter().filter(|w| q.starts & bit(w.start) != 0).count());
    if query.words.iter().filter(|q| q.peers > 1).any(|q| lacks(q) as f32 > room) {
        return 0.0;
    }
    // What the words that are still to come cost at least.
    let mut rest = [0.0; MOST_WORDS];
    let looked_at = words.len().min(NAME_WORDS);
    // The last word is the rarest most often.
    for (i, q) in query.words.iter().enumerate().rev() {
        let (floor, mut at_best) = (ALIKE.max(1.0 - room), 0.0f32);
        for (j, most) in most[i][..looked_at].iter_mut().enumerate() {
            *most = q.at_best(index, words, j, floor);
            at_best = larger(at_best, *most);
        }
        rest[i] = 1.0 - at_best;
        room -= rest[i];
        if room < 0.0 {
            return 0.0;
        }
    }
    let mut used = [false; NAME_WORDS];
    let (mut sum, mut matched, mut missed, mut place) = (0.0, 0usize, 0, 0);
    for ((q, least), most) in query.words.iter().zip(rest).zip(most) {
        room += least;
        let floor = ALIKE.max(1.0 - room);
        let mut best = (0.0, usize::MAX);
        // An initial counts where more than it was asked for.
        let may = !query.alone || !q.initial();
        // A word that is no better than one before it is not looked at.
        for j in (0..looked_at).filter(|j| may && !used[*j]) {
            if most[j] > best.0 {
                let like = q.fits(index, words, j, most[j], larger(floor, best.0));
                if like > best.0 {
                    best = (like, j);
                }
            }
        }
        if best.0 >= ALIKE {
            used[best.1] = true;
            sum += best.0;
            matched += 1;
            place = best.1;
            room -= 1.0 - best.0;
        } else {
            // One word of several may be strange to the name.
            missed += 1;
            room -= 1.0;
        }
        if room < 0.0 || missed > 1 {
            return 0.0;
        }
    }
    if matched == 0 {
        return 0.0;
    }
    let like = sum / asked as f32;
    if asked == 1 {
        // One word alone names its bearer if it is a family name or a name known to be enough.
        let last = words.len() - 1;
        return match () {
            () if words.len() == 1 => like * 0.93,
            () if like < ALONE => 0.0,
            () if place == last && !s.family_first || place == 0 && s.family_first => like * 0.8,
            () if place > 0 => like * 0.66,
            () => 0.0,
        };
    }
    // Differences weigh more than what is left out.
    let like = (like - 0.5).max(0.0) * 2.0;
    like * covered(matched, s)
}

/// A name of which more is asked for is surer.
fn covered(matched: usize, s: &Spelling) -> f32 {
    0.85 + 0.15 * (matched as f32 / s.names as f32).min(1.0)
}
