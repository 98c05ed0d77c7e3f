//! The words and rules of one language: `dates.tsv` and `date_rules.tsv`.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{actions::Action, tokens};

/// A class of words, a kind of expression or a literal word: what a rule can ask for.
pub(super) type Symbol = u16;

/// Suffixes of a word as a set of bits.
pub(super) type Flags = u16;

/// The word stands without any suffix.
pub(super) const BARE: Flags = 0;
const FLAG_NAMES: &[&str] = &["loc", "abl", "dat", "gen", "acc", "poss", "ki", "pl", "lik", "ins"];

fn flag(name: &str) -> Option<Flags> {
    FLAG_NAMES.iter().position(|f| *f == name).map(|i| 1 << i)
}

/// What a word of the table means: its class and its value there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) symbol: Symbol,
    /// The table's third column.
    pub(super) value: &'static str,
}

/// A word or phrase that begins with a given word.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The words behind the first.
    pub(super) rest: SmallVec<[&'static str; 3]>,
    pub(super) meaning: Meaning,
}

/// A symbol, and of which suffixes one must be there; `None` = any or none, `Some(0)` = none.
pub(super) type Choice = (Symbol, Option<Flags>);

/// One place of a rule.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Any of these.
    pub(super) choices: SmallVec<[Choice; 2]>,
    /// Bounds of a number.
    pub(super) bounds: Option<(f64, f64)>,
    /// Its place among the captures of the rule as it is written.
    pub(super) capture: Option<u8>,
    /// Written with a capital letter.
    pub(super) capital: bool,
    /// Must stand there, but is no part of the expression.
    pub(super) context: bool,
}

/// A line of `date_rules.tsv`; a rule with optional words stands here once for every choice.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) makes: Symbol,
    pub(super) elements: Vec<Element>,
    pub(super) action: Action,
    pub(super) arguments: SmallVec<[Argument; 4]>,
    /// Line in the file: of two readings of the same words the earlier rule's is taken.
    pub(super) line: u16,
}

/// What an action is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Argument {
    Capture(u8),
    Constant(i32),
    /// A word, such as the name of a TIMEX3 modifier.
    Word(&'static str),
}

/// The words and rules of one language.
#[derive(Clone, Debug, Default)]
pub struct DateWords {
    symbols: FxHashMap<&'static str, Symbol>,
    /// Words that rules name themselves.
    literals: FxHashMap<&'static str, Symbol>,
    pub(super) entries: FxHashMap<&'static str, SmallVec<[Entry; 2]>>,
    pub(super) numbers: FxHashMap<&'static str, i32>,
    pub(super) suffixes: FxHashMap<String, Flags>,
    pub(super) traps: FxHashMap<&'static str, ()>,
    /// Words of rules that make an expression with numbers alone ("o'clock").
    strong: FxHashMap<&'static str, ()>,
    pub(super) rules: Vec<Rule>,
    /// Rules by the symbol of their first place.
    pub(super) starts: FxHashMap<Symbol, Vec<u16>>,
    /// Symbols of kinds that are expressions of their own, with the TIMEX3 type.
    pub(super) outputs: FxHashMap<Symbol, ()>,
    /// Classes that can only be part of an expression: alone they make nobody look twice.
    pub(super) weak: FxHashMap<Symbol, ()>,
    /// Numbers such as 3/4 begin with the month.
    pub(super) month_first: bool,
    /// First two bytes of the words that an expression can begin with.
    first_bytes: Vec<u64>,
    /// Lines that say nothing, with the reason.
    faults: Vec<(usize, String)>,
}

impl DateWords {
    /// The number of a symbol; a new one where there is none.
    pub(super) fn symbol(&mut self, name: &'static str) -> Symbol {
        let next = (self.symbols.len() + self.literals.len()) as Symbol;
        *self.symbols.entry(name).or_insert(next)
    }

    /// The number of a symbol that the tables use.
    pub(super) fn known(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }

    /// Lines of the tables that say nothing, with the reason.
    pub fn faults(&self) -> &[(usize, String)] {
        &self.faults
    }

    /// Reads `dates.tsv`: the words.
    pub fn load_words(&mut self, content: &'static str) {
        self.symbol("<none>");
        for class in tokens::CLASSES {
            self.symbol(class);
        }
        for (n, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(kind), Some(word), value) = (cells.next(), cells.next(), cells.next().unwrap_or("")) else {
                self.faults.push((n + 1, "kind, word and value are asked for".to_owned()));
                continue;
            };
            match kind {
                "number" => match value.parse() {
                    Ok(v) => drop(self.numbers.insert(word, v)),
                    Err(_) => self.faults.push((n + 1, format!("{value:?} is no number"))),
                },
                "suffix" => self.load_suffix(n + 1, word, value),
                "strong" => drop(self.strong.insert(word, ())),
                "trap" => drop(self.traps.insert(word, ())),
                "order" => self.month_first = value == "mdy",
                "weak" => {
                    let s = self.symbol(word);
                    self.weak.insert(s, ());
                }
                "output" => {
                    let s = self.symbol(word);
                    self.outputs.insert(s, ());
                }
                _ => {
                    let symbol = self.symbol(kind);
                    self.enter(word, Meaning { symbol, value });
                }
            }
        }
        for w in self.numbers.keys().copied().collect::<Vec<_>>() {
            self.mark(w);
        }
    }

    fn enter(&mut self, words: &'static str, meaning: Meaning) {
        let mut parts = words.split(' ');
        let Some(first) = parts.next().filter(|f| !f.is_empty()) else { return };
        self.mark(first);
        self.entries.entry(first).or_default().push(Entry { rest: parts.collect(), meaning });
    }

    /// "sInDA", "loc poss": A is a or e, I is ı, i, u or ü, D is d or t, as the vowels and consonants before ask for.
    fn load_suffix(&mut self, line: usize, shape: &str, names: &str) {
        let mut flags = 0;
        for name in names.split(' ').filter(|n| *n != "-") {
            match flag(name) {
                Some(f) => flags |= f,
                None => self.faults.push((line, format!("{name:?} is no suffix: use {}", FLAG_NAMES.join(", ")))),
            }
        }
        let mut forms = vec![String::new()];
        for c in shape.chars() {
            let choices: &[char] = match c {
                'A' => &['a', 'e'],
                'I' => &['ı', 'i', 'u', 'ü'],
                'D' => &['d', 't'],
                _ => &[c],
            };
            forms = forms.iter().flat_map(|f| choices.iter().map(move |x| format!("{f}{x}"))).collect();
        }
        for f in forms {
            *self.suffixes.entry(f).or_default() |= flags;
        }
    }

    fn bit(word: &[u8]) -> (usize, u64) {
        let h = usize::from(word[0]) * 31 + usize::from(word.get(1).copied().unwrap_or(0)) * 7;
        (h / 64 % 128, 1 << (h % 64))
    }

    fn mark(&mut self, word: &str) {
        if self.first_bytes.is_empty() {
            self.first_bytes = vec![0; 128];
        }
        let (at, bit) = Self::bit(word.as_bytes());
        self.first_bytes[at] |= bit;
    }

    /// False for words that no word of the tables begins like: a look at two bytes.
    pub(super) fn may_know(&self, word: &str) -> bool {
        let (at, bit) = Self::bit(word.as_bytes());
        self.first_bytes.get(at).is_some_and(|b| b & bit != 0)
    }

    /// Reads `date_rules.tsv`: what is made, of what, by which action.
    pub fn load_rules(&mut self, content: &'static str) {
        for (n, line) in content.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            if let Err(why) = self.load_rule(n + 1, line) {
                self.faults.push((n + 1, why));
            }
        }
    }

    fn load_rule(&mut self, line: usize, text: &'static str) -> Result<(), String> {
        let mut cells = text.split('\t');
        let (Some(makes), Some(pattern), Some(action)) = (cells.next(), cells.next(), cells.next()) else {
            return Err("a rule has a kind, a pattern, an action and an example".to_owned());
        };
        let makes = self.symbol(makes);
        let mut words = action.split(' ');
        let name = words.next().unwrap_or("");
        let action = Action::named(name).ok_or_else(|| format!("there is no action {name:?}"))?;
        let arguments = words
            .map(|w| match w.strip_prefix('$').and_then(|d| d.parse::<u8>().ok()) {
                Some(d) => Argument::Capture(d - 1),
                None => w.parse().map_or(Argument::Word(w), Argument::Constant),
            })
            .collect::<SmallVec<[Argument; 4]>>();
        let mut captures = 0;
        let mut variants: Vec<Vec<Element>> = vec![Vec::new()];
        for word in pattern.split(' ') {
            let (word, optional) = match word.strip_prefix('(').and_then(|w| w.strip_suffix(')')) {
                Some(inner) => (inner, true),
                None => (word, false),
            };
            let element = self.element(word, &mut captures)?;
            let with = variants.iter().map(|v| [&v[..], std::slice::from_ref(&element)].concat()).collect::<Vec<_>>();
            if optional {
                variants.extend(with);
            } else {
                variants = with;
            }
        }
        for elements in variants.into_iter().filter(|v| !v.is_empty()) {
            let at = self.rules.len() as u16;
            for &(s, _) in &elements[0].choices {
                self.starts.entry(s).or_default().push(at);
            }
            self.rules.push(Rule { makes, elements, action, arguments: arguments.clone(), line: line as u16 });
        }
        Ok(())
    }

    /// `<day>`, `<num:1..31>`, `<date+abl>`, `<month^>` (capital), `<unit=>` (no suffix), `word`, `word~`, `word+loc`, `a|b`, `[context]`.
    fn element(&mut self, text: &'static str, captures: &mut u8) -> Result<Element, String> {
        if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            return Ok(Element { context: true, ..self.element(inner, captures)? });
        }
        let mut out = Element { choices: SmallVec::new(), bounds: None, capture: None, capital: false, context: false };
        let classes = text.starts_with('<');
        for choice in text.trim_start_matches('<').trim_end_matches('>').split('|') {
            let (choice, bounds) = match choice.split_once(':') {
                Some((c, b)) if classes => (c, Some(b)),
                _ => (choice, None),
            };
            let (body, flags) = match choice.split_once('+') {
                Some((b, f)) if !f.is_empty() => (b, Some(f)),
                _ => (choice, None),
            };
            let named = match flags {
                Some(f) => {
                    let bits = f.split('/').map(|f| flag(f).ok_or_else(|| format!("{f:?} is no suffix")));
                    Some(bits.collect::<Result<Vec<_>, _>>()?.into_iter().fold(0, |a, f| a | f))
                }
                None => None,
            };
            if let Some(b) = bounds {
                let (lo, hi) = b.split_once("..").ok_or("bounds are written 1..31")?;
                out.bounds = Some((lo.parse().map_err(|_| "no number")?, hi.parse().map_err(|_| "no number")?));
            }
            if classes {
                let class = body;
                let (class, bare) = match class.strip_suffix('=') {
                    Some(c) => (c, true),
                    None => (class, false),
                };
                let class = class.strip_suffix('^').inspect(|_| out.capital = true).unwrap_or(class);
                let symbol = self.symbol(class);
                out.choices.push((symbol, named.or(bare.then_some(BARE))));
                if out.capture.is_none() {
                    out.capture = Some(*captures);
                    *captures += 1;
                }
            } else {
                let (word, any) = match body.strip_suffix('~') {
                    Some(w) if !w.is_empty() => (w, true),
                    _ => (body, false),
                };
                if word.is_empty() {
                    return Err(format!("{text:?} has an empty choice"));
                }
                let next = (self.symbols.len() + self.literals.len()) as Symbol;
                let known = self.literals.get(word).copied();
                let symbol = known.unwrap_or(next);
                if known.is_none() {
                    self.literals.insert(word, symbol);
                    self.enter(word, Meaning { symbol, value: "" });
                    if !self.strong.contains_key(word) {
                        self.weak.insert(symbol, ());
                    }
                }
                out.choices.push((symbol, if any { None } else { named.or(Some(BARE)) }));
            }
        }
        Ok(out)
    }
}
