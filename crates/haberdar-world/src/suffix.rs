//! Legal chains of Turkish suffixes behind a name that is written without an apostrophe.

/// What a chain of suffixes makes of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chain {
    /// Case, possession: still the name.
    Inflection,
    /// A plural, possibly with more behind it.
    Plural,
    /// `-CA`: a language or a manner, with a name for a people.
    Manner,
    /// `-lI`: somebody or something from there.
    From,
}

/// Vowel harmony as the chain proceeds: whether the last vowel was a back one and a round one, and whether the last
/// letter was a vowel.
#[derive(Clone, Copy)]
struct End {
    back: bool,
    round: bool,
    vowel: bool,
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'ı' | 'i' | 'o' | 'ö' | 'u' | 'ü' | 'â' | 'î' | 'û' | 'é' | 'á' | 'ó' | 'í' | 'ã')
}

impl End {
    fn of(stem: &str) -> Self {
        let mut e = End { back: false, round: false, vowel: false };
        for c in stem.chars() {
            e.step(c);
        }
        e
    }

    fn step(&mut self, c: char) {
        self.vowel = is_vowel(c);
        if self.vowel {
            self.back = matches!(c, 'a' | 'ı' | 'o' | 'u' | 'â' | 'û' | 'á' | 'ó' | 'ã');
            self.round = matches!(c, 'o' | 'u' | 'ö' | 'ü' | 'û' | 'ó');
        }
    }
}

/// Matches a template at the start of `rest`: `A` = a/e, `I` = ı/i/u/ü, `D` = d/t, `C` = c/ç, other letters themselves.
/// Harmony is checked; where a text has no Turkish letters, `i` stands for `ı` and `u` for `ü` as well.
fn eat<'a>(template: &str, rest: &'a str, mut end: End) -> Option<(&'a str, End)> {
    let mut it = rest.chars();
    for t in template.chars() {
        let c = it.next()?;
        let ok = match t {
            'A' => c == if end.back { 'a' } else { 'e' },
            'I' => match (end.back, end.round) {
                (true, false) => matches!(c, 'ı' | 'i'),
                (false, false) => c == 'i',
                (true, true) => c == 'u',
                (false, true) => matches!(c, 'ü' | 'u'),
            },
            'D' => matches!(c, 'd' | 't'),
            'C' => matches!(c, 'c' | 'ç'),
            _ => c == t,
        };
        if !ok {
            return None;
        }
        end.step(if c == 'i' && end.back && t == 'I' { 'ı' } else { c });
    }
    Some((it.as_str(), end))
}

/// The states of the chain, each with the templates that lead on. A template for stems in a vowel stands before `/`,
/// for stems in a consonant behind it; without `/` it serves both.
const PLURAL: &[&str] = &["lAr"];
/// "His, its, their": the cases behind it take an n.
const POSSESSIVE: &[&str] = &["sI/I"];
const OUR: &[&str] = &["mIz/ImIz"];
const CASE_GENITIVE: &[&str] = &["nIn/In"];
const CASE_LOCATIVE: &[&str] = &["DA"];
const CASE_OTHER: &[&str] = &["yI/I", "yA/A", "DAn", "ylA/lA"];
/// Cases behind a possessive.
const OWNED_LOCATIVE: &[&str] = &["nDA/"];
const OWNED_OTHER: &[&str] = &["nI/", "nA/", "nDAn/", "ylA/", "nCA/"];
const COPULA: &[&str] = &["DIr", "yDI/DI", "ymIş/mIş", "ysA/sA"];

fn each<'a>(templates: &[&str], rest: &'a str, end: End, mut go: impl FnMut(&'a str, End) -> bool) -> bool {
    templates.iter().any(|t| {
        let t = match t.split_once('/') {
            Some((v, c)) => {
                if end.vowel {
                    v
                } else {
                    c
                }
            }
            None => t,
        };
        !t.is_empty() && eat(t, rest, end).is_some_and(|(r, e)| go(r, e))
    })
}

fn copula(rest: &str, end: End) -> bool {
    rest.is_empty() || each(COPULA, rest, end, |r, _| r.is_empty())
}

fn ki(rest: &str, end: End) -> bool {
    eat("ki", rest, end).is_some_and(|(r, e)| owned(r, e) || each(PLURAL, r, e, case))
}

/// Cases of what ends in a possessive.
fn owned(rest: &str, end: End) -> bool {
    copula(rest, end)
        || each(OWNED_OTHER, rest, end, copula)
        || each(CASE_GENITIVE, rest, end, |r, e| copula(r, e) || ki(r, e))
        || each(OWNED_LOCATIVE, rest, end, |r, e| copula(r, e) || ki(r, e))
}

fn case(rest: &str, end: End) -> bool {
    copula(rest, end)
        || each(CASE_OTHER, rest, end, copula)
        || each(CASE_GENITIVE, rest, end, |r, e| copula(r, e) || ki(r, e))
        || each(CASE_LOCATIVE, rest, end, |r, e| copula(r, e) || ki(r, e))
}

/// Judges `rest`, the letters behind `stem` in the same word, both in Turkish lower case; `None` where they are no legal
/// chain. An empty rest is an inflection. `possessive`: the name may end in a possessive suffix.
pub(crate) fn chain(stem: &str, rest: &str, possessive: bool) -> Option<Chain> {
    let end = End::of(stem);
    let mine = |r, e| case(r, e) || each(POSSESSIVE, r, e, owned) || each(OUR, r, e, case);
    if mine(rest, end) || (possessive && owned(rest, end)) {
        Some(Chain::Inflection)
    } else if each(PLURAL, rest, end, mine) {
        Some(Chain::Plural)
    } else if each(&["CA"], rest, end, case) {
        Some(Chain::Manner)
    } else {
        each(&["lI"], rest, end, |r, e| mine(r, e) || each(PLURAL, r, e, mine)).then_some(Chain::From)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_chains() {
        use Chain::*;
        for (stem, rest, want) in [
            ("rusya", "nın", Some(Inflection)),
            ("rusya", "nin", Some(Inflection)),
            ("rus", "lar", Some(Plural)),
            ("alman", "ca", Some(Manner)),
            ("rus", "ların", Some(Plural)),
            ("nijerya", "lı", Some(From)),
            ("nijerya", "lıların", Some(From)),
            ("moskova", "dan", Some(Inflection)),
            ("bakanlığı", "nın", Some(Inflection)),
            ("bakanı", "ndan", Some(Inflection)),
            ("çin", "deki", Some(Inflection)),
            ("çin", "dekilerin", Some(Inflection)),
            ("bakan", "lığı", None),
            ("fas", "ulye", None),
            ("çin", "ko", None),
            ("çin", "dan", None),
            ("kim", "lik", None),
            ("bakanları", "nı", Some(Inflection)),
        ] {
            assert_eq!(chain(stem, rest, true), want, "{stem}+{rest}");
        }
        assert_eq!(chain("lima", "nda", false), None);
        // "Baskıyı" is pressure; what somebody's Basque is in the accusative has an n.
        assert_eq!(chain("bask", "ıyı", false), None);
        assert_eq!(chain("bask", "ını", false), Some(Inflection));
        assert_eq!(chain("türkiye", "mizi", false), Some(Inflection));
        assert_eq!(chain("lima", "nın", false), Some(Inflection));
    }
}
