//! Words for what one state alone has (`homes.tsv`): they tell of which state a text speaks.

use haberdar_model::Country;
use rustc_hash::FxHashMap;

use super::LexiconError;

/// A word, or several, that one state alone has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HomeTerm {
    /// The words behind the first.
    pub(crate) rest: Vec<&'static str>,
    /// It counts with a capital only.
    pub(crate) capital: bool,
    /// The state.
    pub(crate) country: Country,
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Homes {
    /// By their first word; longer ones first.
    pub(crate) terms: FxHashMap<&'static str, Vec<HomeTerm>>,
    /// The state that the language's readers take unqualified bodies to be of.
    pub(crate) readers: Option<Country>,
}

impl Homes {
    pub(crate) fn load(&mut self, file: &str, content: &'static str, errors: &mut Vec<LexiconError>) {
        for (i, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let mut c = line.split('\t');
            let row = (c.next(), c.next().and_then(|c| c.parse::<Country>().ok()), c.next().unwrap_or_default(), c.next());
            // The example is for the tests.
            let (Some(words), Some(country), "" | "capital", Some(_)) = row else {
                let what = "a row needs words, a country code, \"capital\" or nothing, and an example".to_owned();
                errors.push(LexiconError { file: file.to_owned(), line: i + 1, what });
                continue;
            };
            if words == "*" {
                self.readers = Some(country);
                continue;
            }
            for words in words.split('|') {
                let mut words = words.split(' ');
                let Some(first) = words.next() else { continue };
                let term = HomeTerm { rest: words.collect(), capital: row.2 == "capital", country };
                let terms = self.terms.entry(first).or_default();
                terms.push(term);
                terms.sort_by_key(|t| std::cmp::Reverse(t.rest.len()));
            }
        }
    }
}
