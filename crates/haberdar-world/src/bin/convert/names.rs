//! Names as lists write them: titles off, capitals down, one key for one name.

use any_ascii::any_ascii;

/// Words in front of a name that are no part of it.
const TITLES: &[&str] = &[
    "President",
    "Prime",
    "Minister",
    "Vice",
    "King",
    "Queen",
    "Sultan",
    "Amir",
    "Emir",
    "Grand",
    "Duke",
    "Prince",
    "Princess",
    "Emperor",
    "Premier",
    "Chancellor",
    "Federal",
    "Governor",
    "General",
    "Lieutenant",
    "Major",
    "Brigadier",
    "Admiral",
    "Captain",
    "Commander",
    "Colonel",
    "Dr.",
    "Dr",
    "Sir",
    "Dame",
    "Sheikh",
    "Shaykh",
    "Crown",
    "Acting",
    "Interim",
    "Transitional",
    "Head",
    "of",
    "State",
    "Government",
    "Council",
    "Chairman",
    "Chairperson",
    "Supreme",
    "Leader",
    "Archbishop",
    "Pope",
    "Cardinal",
    "Excellency",
    "Co-Vice",
    "and",
    "the",
    "First",
    "Senior",
    "Chief",
    "Executive",
    "Administrator",
    "Commissioner",
    "Lord",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Hon.",
    "Deputy",
    "Superior",
    "Prefect",
    "Ayatollah",
    "Taoiseach",
    "(Ret.)",
    "Army",
    "Commander-in-Chief",
    "Co-Prince",
    "Lt.",
    "Gen.",
];

/// Titles that never are part of a name.
const PLAIN: &[&str] =
    &["President", "Minister", "Ministers", "King", "Queen", "Commissioner", "Governor", "Chancellor", "Administrator", "Capt."];

/// The name alone: "President Joao Manuel Goncalves LOURENCO" -> "Joao Manuel Goncalves Lourenco"; `None` for debris.
pub(crate) fn clean(raw: &str) -> Option<String> {
    let raw = raw.split([';', '(', ',']).next().unwrap_or_default().trim();
    let mut words: Vec<&str> = raw.split_whitespace().collect();
    // "High Representative of X President NAME": the name stands behind the last of the plain titles.
    if let Some(last) = words.iter().rposition(|w| PLAIN.contains(w)).filter(|i| i + 2 < words.len() || words.len() == i + 2) {
        words.drain(..=last);
    }
    while words.len() > 1 && TITLES.contains(&words[0]) {
        words.remove(0);
    }
    let words: Vec<String> = words.iter().map(|w| lower_capitals(w)).collect();
    let name = words.join(" ");
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if !name.contains([' ', '-']) {
        return None;
    }
    let upper = name.chars().next().is_some_and(|c| c.is_uppercase() || c == 'ʻ' || c == '\'');
    let debris = ["vacant", "represented", "reside", "none", " of ", "council", "committee", "co-princes"]
        .iter()
        .any(|w| name.to_lowercase().contains(w));
    (letters >= 5 && upper && !debris && name.len() < 80).then_some(name)
}

/// "EL-SISI" -> "El-Sisi"; words that are not in capitals stay ("McDonald", "III").
fn lower_capitals(word: &str) -> String {
    if word.contains('-') {
        return word.split('-').map(lower_capitals).collect::<Vec<_>>().join("-");
    }
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let roman = letters.iter().all(|c| "IVX".contains(*c));
    if letters.len() < 2 || roman || letters.iter().any(|c| c.is_lowercase()) || word.contains('.') {
        return word.to_owned();
    }
    let mut start = true;
    word.chars()
        .map(|c| {
            let c = if start { c } else { c.to_lowercase().next().unwrap_or(c) };
            start = !c.is_alphabetic();
            c
        })
        .collect()
}

/// The words of a name in a form in which spellings meet, sorted.
pub(crate) fn tokens(name: &str) -> Vec<String> {
    let mut words = in_order(name);
    words.sort();
    words
}

fn in_order(name: &str) -> Vec<String> {
    let ascii = any_ascii(name).to_lowercase();
    ascii
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .map(|w| w.replace('\'', ""))
        .filter(|w| {
            !w.is_empty() && !matches!(w.as_str(), "al" | "el" | "bin" | "ibn" | "de" | "da" | "van" | "von" | "jr" | "sr")
        })
        .collect()
}

/// True where the first word of one name is a word of the other, or both begin with the same letter: members of one family
/// who follow each other share all but it.
pub(crate) fn given_agrees(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (in_order(a), in_order(b));
    if let ([_, .., x], [_, .., y]) = (&a[..], &b[..])
        && alike(x, y)
    {
        // The family's name says nothing.
        a.pop();
        b.pop();
    }
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return true };
    x[..1] == y[..1] || b.iter().any(|w| alike(x, w)) || a.iter().any(|w| alike(y, w))
}

/// A key of letters that transliterations seldom disagree on.
fn skeleton(word: &str) -> String {
    let mut out = String::new();
    let word =
        word.replace("sch", "s").replace("sh", "s").replace("kh", "h").replace("ch", "c").replace("ph", "f").replace("ou", "u");
    for c in word.chars() {
        let c = match c {
            'y' | 'j' => 'i',
            'w' => 'v',
            'q' | 'c' => 'k',
            c => c,
        };
        if !"aeiou".contains(c) && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

fn alike(x: &str, y: &str) -> bool {
    x == y && x.len() > 1 || x.len() > 3 && y.len() > 3 && x[..1] == y[..1] && skeleton(x) == skeleton(y)
}

/// True where two names share two words, or the last one, also in another transliteration.
pub(crate) fn like(a: &str, b: &str) -> bool {
    let last = |n: &str| any_ascii(n).to_lowercase().split([' ', '-']).next_back().unwrap_or_default().replace('\'', "");
    let (x, y) = (tokens(a), tokens(b));
    x.iter().filter(|x| y.iter().any(|y| alike(x, y))).count() > 1 || alike(&last(a), &last(b)) || x == y
}

/// True where two names have the same words, at least two, in whatever transliteration.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    a.len() > 1 && a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| alike(x, y))
}

/// True where all words of the shorter name, at least two, stand in the longer one.
pub(crate) fn contains(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() > 1 && short.iter().all(|w| long.contains(w))
}

/// A readable id for a person without one: `p:hakan-fidan`.
pub(crate) fn slug(name: &str) -> String {
    let ascii = any_ascii(name).to_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    format!("p:{}", words.join("-"))
}
