//! What a name sounds like across transliterations: "Choe Son-hui" and "Çoe Son Hui", "Zelenskyy" and "Zelenskiy".

use any_ascii::any_ascii;

use crate::fold::is_apostrophe;

/// The words of a name in plain lower-case letters: hyphens part words, apostrophes vanish.
pub(crate) fn words(name: &str) -> Vec<String> {
    let name: String = name.chars().filter(|c| !is_apostrophe(*c)).collect();
    let ascii = any_ascii(&name).to_ascii_lowercase();
    ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Words inside names that spellings leave out or add.
pub(crate) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "bin"
            | "ibn"
            | "bint"
            | "ben"
            | "abu"
            | "ebu"
            | "de"
            | "da"
            | "dos"
            | "del"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "jr"
            | "sr"
            | "ii"
            | "iii"
            | "ul"
            | "ur"
            | "es"
            | "as"
            | "ed"
            | "ad"
            | "et"
            | "an"
            | "en"
            | "ar"
            | "er"
            | "us"
            | "ez"
            | "az"
    )
}

/// A word in one spelling for one sound, vowels kept in classes; the measure of likeness is taken on it.
pub(crate) fn normal(word: &str) -> Vec<u8> {
    let w = word.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(w.len());
    let mut i = 0;
    while i < w.len() {
        let rest = &w[i..];
        let (len, sound): (usize, &[u8]) = match rest {
            [b's', b'c', b'h', ..] => (3, b"s"),
            [b't', b'c', b'h', ..] | [b'd', b'z', b'h', ..] => (3, b"c"),
            [b's', b'h', ..] | [b't', b's', ..] => (2, b"s"),
            [b'c', b'h', ..] | [b'z', b'h', ..] | [b'd', b'j', ..] | [b'd', b'c', ..] => (2, b"c"),
            [b'k', b'h', ..] => (2, b"h"),
            [b'p', b'h', ..] => (2, b"v"),
            [b'g', b'h', ..] => (2, b"k"),
            [b't', b'h', ..] => (2, b"t"),
            [b'd', b'h', ..] => (2, b"d"),
            [b'i', b'j'] | [b'y', b'y'] | [b'i', b'y'] | [b'i', b'i'] => (2, b"i"),
            [b'x', ..] if i == 0 => (1, b"s"),
            [b'x', ..] => (1, b"ks"),
            [b'j', ..] => (1, b"c"),
            [b'g', ..] | [b'q', ..] => (1, b"k"),
            [b'w', ..] | [b'f', ..] => (1, b"v"),
            [b'y', ..] => (1, b"i"),
            [b'o', b'u', ..] | [b'o', b'o', ..] | [b'e', b'u', ..] => (2, b"u"),
            [b'e', b'e', ..] => (2, b"i"),
            [c, ..] => (1, std::slice::from_ref(c)),
            [] => break,
        };
        for &s in sound {
            if out.last() != Some(&s) {
                out.push(s);
            }
        }
        i += len;
    }
    out
}

/// The consonants of a normal form: what spellings agree on. A vowel in front counts as one, `h` in front only.
fn skeleton(normal: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(normal.len());
    for (i, &b) in normal.iter().enumerate() {
        let b = match b {
            b'a' | b'e' | b'i' | b'o' | b'u' if i == 0 => b'a',
            b'a' | b'e' | b'i' | b'o' | b'u' => continue,
            b'h' if i > 0 => continue,
            b => b,
        };
        if out.last() != Some(&b) || b == b'a' {
            out.push(b);
        }
    }
    out
}

/// The keys under which a word is filed: one, or more where a letter has two sounds in the languages of the world.
pub(crate) fn keys(word: &str, mut file: impl FnMut(u64)) {
    let mut seen = [0u64; 4];
    let mut n = 0;
    let mut put = |w: &str| {
        let key = hash(&skeleton(&normal(w)));
        if !seen[..n].contains(&key) && n < 4 {
            seen[n] = key;
            n += 1;
            file(key);
        }
    };
    put(word);
    if word.contains('j') {
        put(&word.replace('j', "y"));
    }
    if word.contains('c') {
        put(&hard(word));
    }
    if word.starts_with("qi") {
        put(&word.replacen('q', "c", 1));
    }
}

/// "Macron" -> "Makron": c before a, o, u and consonants as k.
fn hard(word: &str) -> String {
    let b = word.as_bytes();
    (0..b.len())
        .map(|i| match (b[i], b.get(i + 1)) {
            (b'c', Some(b'h' | b'e' | b'i' | b'y')) => 'c',
            (b'c', _) => 'k',
            (c, _) => c as char,
        })
        .collect()
}

fn hash(bytes: &[u8]) -> u64 {
    // Keys have few letters: eight fit into the number, the rest is folded in.
    bytes.iter().fold(1u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(*b)))
}

/// What it costs to add or drop a letter. Vowels cost half: they are what transliterations differ in.
const COSTS: [u8; 256] = {
    let mut out = [2; 256];
    let (vowels, mut i) = (b"aeiou", 0);
    while i < vowels.len() {
        out[vowels[i] as usize] = 1;
        i += 1;
    }
    out
};

fn cost(b: u8) -> u8 {
    COSTS[b as usize]
}

fn is_vowel(b: u8) -> bool {
    cost(b) == 1
}

/// The letters, as bits, with which a word may begin that is like one that begins with `first`.
pub(crate) fn like_starts(first: u8) -> u32 {
    (b'a'..=b'z').chain(b'0'..=b'9').filter(|b| start_alike(first, *b)).fold(0, |bits, b| bits | bit(b))
}

/// Words that begin with another sound are other words.
fn start_alike(x: u8, y: u8) -> bool {
    x == y || (is_vowel(x) && is_vowel(y)) || matches!((x, y), (b'c', b'k') | (b'k', b'c') | (b'c', b'i') | (b'i', b'c'))
}

/// Bits for the first time that a letter of a normal form stands in a word: as many as it costs. A digit shares those of a
/// consonant.
const FIRST: [u64; 256] = {
    // The last one has no bits for a second time: there is no room for them.
    let (consonants, vowels) = (b"bcdhklmnprstv", b"aeiou");
    let mut out = [0; 256];
    let mut i = 0;
    while i < consonants.len() {
        out[consonants[i] as usize] = 0b11 << (2 * i);
        i += 1;
    }
    i = 0;
    while i < vowels.len() {
        out[vowels[i] as usize] = 1 << (26 + i);
        i += 1;
    }
    i = 0;
    while i < 10 {
        out[b'0' as usize + i] = out[consonants[i] as usize];
        i += 1;
    }
    out[b'z' as usize] = 0b11 << 31;
    out
};

/// By so much are the bits for the second time and more shifted.
const SECOND: u32 = 33;

/// What is cheap to compare of a word in its normal form.
#[derive(Clone, Copy, Default)]
pub(crate) struct Letters {
    bits: u64,
    /// How many of its letters are consonants and vowels.
    consonants: u32,
    vowels: u32,
}

impl Letters {
    pub(crate) fn of(normal: &[u8]) -> Self {
        let one = |b: &u8| {
            let vowels = u32::from(is_vowel(*b));
            Letters { bits: FIRST[*b as usize], vowels, consonants: 1 - vowels }
        };
        normal.iter().map(one).fold(Letters::default(), Letters::and)
    }

    /// Those of two words as one.
    pub(crate) fn and(self, other: Letters) -> Self {
        let both = (self.bits & other.bits) << SECOND;
        let (consonants, vowels) = (self.consonants + other.consonants, self.vowels + other.vowels);
        Letters { bits: self.bits | other.bits | both, consonants, vowels }
    }

    pub(crate) fn len(self) -> usize {
        (self.consonants + self.vowels) as usize
    }

    /// How alike two words are at best; less than `floor` may be 0. What one has and the other lacks must be dropped or put
    /// in place of another.
    pub(crate) fn at_best(self, other: Letters, floor: f32) -> f32 {
        let Some(half) = HALVES.get(self.len().max(other.len())) else { return 1.0 };
        // A little more than what it may be, for the rounding.
        let like = |cost: u32| 1.0 + 1e-6 - cost as f32 * half;
        // A consonant in place of a vowel makes up for both.
        let (more_consonants, more_vowels) = (self.consonants > other.consonants, self.vowels > other.vowels);
        let (c, v) = (self.consonants.abs_diff(other.consonants), self.vowels.abs_diff(other.vowels));
        let number = 2 * c + if more_consonants == more_vowels { v } else { v.saturating_sub(c) };
        if like(number) < floor {
            return 0.0;
        }
        let lacks = |a: Letters, b: Letters| (a.bits & !b.bits).count_ones();
        like(number.max(lacks(self, other)).max(lacks(other, self)))
    }
}

/// `1 / 2n`, since to divide takes longest.
const HALVES: [f32; 41] = {
    let mut out = [0.5; 41];
    let mut n = 1;
    while n < out.len() {
        out[n] = 0.5 / n as f32;
        n += 1;
    }
    out
};

/// A letter as a bit.
pub(crate) fn bit(b: u8) -> u32 {
    1 << (b & 31)
}

fn share(cost: u32, n: usize) -> f32 {
    (1.0 - cost as f32 / (2 * n) as f32).max(0.0)
}

/// Likeness of two words, 0..1, on their normal forms; 0 where it is less than `floor`.
pub(crate) fn likeness(a: &[u8], b: &[u8], floor: f32) -> f32 {
    if a == b {
        return 1.0;
    }
    let n = a.len().max(b.len());
    if n == 0 || n > 40 {
        return 0.0;
    }
    if let (Some(&x), Some(&y)) = (a.first(), b.first())
        && !start_alike(x, y)
    {
        return 0.0;
    }
    // What both begin and end with is no difference.
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (mut x, mut y) = (&a[same..], &b[same..]);
    while let ([p @ .., c], [q @ .., d]) = (x, y)
        && c == d
    {
        (x, y) = (p, q);
    }
    let most = ((1.0 - floor) * (2 * n) as f32) as u8 + 1;
    let like = distance(x, y, most).map_or(0.0, |d| share(d.into(), n));
    if like >= floor { like } else { 0.0 }
}

/// What it costs at least to make one word of the other; `None` where it is more than `most`.
fn distance(a: &[u8], b: &[u8], most: u8) -> Option<u8> {
    let far = usize::from(most);
    let mut row = [0u8; 41];
    for (j, &c) in b.iter().enumerate() {
        row[j + 1] = row[j] + cost(c);
    }
    for (i, &x) in a.iter().enumerate() {
        // To move a letter by one place costs one at least: places farther off than that are out of reach.
        let (first, end) = (i.saturating_sub(far), b.len().min(i + 1 + far));
        let drop = cost(x);
        let mut diagonal = row[first];
        row[first] += drop;
        let mut least = row[first];
        let mut left = row[first];
        for (&y, up) in b[first.min(end)..end].iter().zip(&mut row[first + 1..]) {
            let swap = if x == y { 0 } else { drop.max(cost(y)) };
            left = (diagonal + swap).min(left + cost(y)).min(*up + drop);
            diagonal = *up;
            *up = left;
            least = least.min(left);
        }
        // What follows only adds to it.
        if least > most {
            return None;
        }
    }
    Some(row[b.len()]).filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meet(a: &str, b: &str) -> bool {
        let all = |name: &str| {
            let mut out = Vec::new();
            for w in words(name) {
                keys(&w, |k| out.push(k));
            }
            out
        };
        let (x, y) = (all(a), all(b));
        words(a).len() == words(b).len() && x.iter().filter(|k| y.contains(k)).count() >= words(a).len()
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("Choe Son-hui", "Çoe Son Hui"),
            ("Choe Son-hui", "Choi Sun-hee"),
            ("Zelenskyy", "Zelenskiy"),
            ("Zelenskyy", "Zelenski"),
            ("Xi Jinping", "Şi Cinping"),
            ("Khamenei", "Hamaney"),
            ("Abdollahian", "Abdullahiyan"),
            ("Lukashenko", "Lukaşenko"),
            ("Benjamin", "Benyamin"),
            ("Macron", "Makron"),
            ("Kim Jong-un", "Kim Cong Un"),
            ("Gaddafi", "Kaddafi"),
            ("Mohammed Salman", "Muhammed Selman"),
            ("Jaishankar", "Caişankar"),
            ("Qin Gang", "Çin Gang"),
            ("Shoygu", "Şoygu"),
        ] {
            assert!(meet(a, b), "{a} / {b}");
        }
        assert!(!meet("Putin", "Biden"));
    }

    /// The whole table, without a short cut.
    fn whole(a: &[u8], b: &[u8]) -> f32 {
        let mut d = vec![vec![0u8; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let swap = |x, y| if x == y { 0 } else { cost(x).max(cost(y)) };
                let ways = [
                    (i > 0).then(|| d[i - 1][j] + cost(a[i - 1])),
                    (j > 0).then(|| d[i][j - 1] + cost(b[j - 1])),
                    (i > 0 && j > 0).then(|| d[i - 1][j - 1] + swap(a[i - 1], b[j - 1])),
                ];
                d[i][j] = ways.into_iter().flatten().min().unwrap_or(0);
            }
        }
        match (a.first(), b.first()) {
            (Some(x), Some(y)) if !start_alike(*x, *y) => 0.0,
            _ => share(d[a.len()][b.len()].into(), a.len().max(b.len())),
        }
    }

    proptest! {
        #[test]
        fn likeness_is_a_share(a in "[a-z]{0,12}", b in "[a-z]{0,12}") {
            let (x, y) = (normal(&a), normal(&b));
            let l = likeness(&x, &y, 0.0);
            prop_assert!((0.0..=1.0).contains(&l));
            prop_assert!((l - likeness(&y, &x, 0.0)).abs() < 1e-6);
            prop_assert_eq!(likeness(&x, &x, 0.0), 1.0);
        }

        /// What ends a comparison early only ever ends one that comes to too little.
        #[test]
        fn short_cuts_are_right(a in "[a-eikmnuz5]{1,9}", b in "[a-eikmnuz5]{1,9}", floor in 0.0f32..1.0) {
            let (x, y) = (normal(&a), normal(&b));
            let l = whole(&x, &y);
            prop_assert_eq!(likeness(&x, &y, 0.0), l);
            prop_assert_eq!(likeness(&x, &y, floor), if l >= floor { l } else { 0.0 });
            prop_assert!(Letters::of(&x).at_best(Letters::of(&y), floor) >= likeness(&x, &y, floor));
            prop_assert!(l == 0.0 || like_starts(x[0]) & bit(y[0]) != 0);
        }
    }
}
