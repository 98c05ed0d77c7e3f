//! Frame files: `data/lang/{tr,en}/frames/<type>.tsv`.

use haberdar_model::EventType;

use super::{
    LexiconError,
    pattern::{self, Classes, Names, Pattern, Signature, Slot},
};

/// Where the entries of a file hold, by the beginning of its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// `accuse.tsv`: anywhere.
    #[default]
    Text,
    /// `said_accuse.tsv`: in somebody's words, who does it by saying so ("“… zarar veriyor” dedi").
    Said,
    /// `said_not_accuse.tsv`: the same, denied ("“… anlaşmaya uymuyor” dedi").
    SaidNot,
}

impl Place {
    const PREFIXES: [(&str, Place); 2] = [("said_not_", Place::SaidNot), ("said_", Place::Said)];

    /// Takes the beginning off a file's name.
    pub(super) fn of(file: &str) -> (Place, &str) {
        let found = Place::PREFIXES.iter().find_map(|(p, place)| file.strip_prefix(p).map(|rest| (*place, rest)));
        found.unwrap_or((Place::Text, file))
    }

    /// The beginning of the file's name.
    pub fn prefix(self) -> &'static str {
        Place::PREFIXES.iter().find(|p| p.1 == self).map_or("", |p| p.0)
    }
}

/// One entry of a frame file.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Type that the entry codes.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// CAMEO code.
    pub cameo: &'static str,
    /// The pattern as it stands in the file; with language and type the entry's public name.
    pub text: &'static str,
    /// The pattern.
    pub pattern: Pattern,
    /// How much the entry asks for: more conditions win over fewer, positive ones over negative ones.
    pub weight: u32,
    /// For each condition that asks for certain words: some of them must be in the sentence.
    pub needs: Vec<Signature>,
    /// Where the entry holds.
    pub place: Place,
    /// Example sentences with `[…]A` and `[…]R` around the roles.
    pub examples: Vec<&'static str>,
}

impl Frame {
    /// True where the entry is about what is not done ("did not attend"): its negation is no denial.
    pub fn of_negation(&self) -> bool {
        self.pattern.conditions.iter().any(|c| !c.negated && c.path[..] == [Slot::NEG])
    }
}

/// The words that the conditions of a pattern ask for.
fn needs(pattern: &Pattern) -> Vec<Signature> {
    let words = pattern.conditions.iter().filter(|c| !c.negated).filter_map(|c| match &c.test {
        pattern::Test::Head(w) | pattern::Test::Inside(w) if !w.actor && !w.place => Some(w),
        _ => None,
    });
    words.map(|w| w.lemmas.iter().copied().collect()).collect()
}

/// What the conditions of a pattern weigh.
fn weight(pattern: &Pattern) -> u32 {
    let weights = pattern.conditions.iter().map(|c| match (c.negated, &c.test) {
        (true, _) => 1,
        // What is not done is told apart from what is, whatever else that asks for.
        (false, pattern::Test::Present) if c.path[..] == [Slot::NEG] => 14,
        (false, pattern::Test::Present) => 2,
        (false, pattern::Test::Inside(w) | pattern::Test::Head(w)) if w.actor && w.lemmas.is_empty() => 2,
        (false, pattern::Test::Inside(_)) => 8,
        (false, pattern::Test::Head(_)) => 10,
    });
    weights.sum()
}

impl Frame {
    /// True where an event of the kind is what the entry codes, by PLOVER's conversions: what is going to be done for others is
    /// an agreement, a hostile act announced is a threat, a cooperative act refused is a refusal.
    pub fn fits(&self, coded: EventType) -> bool {
        use EventType::*;
        self.kind == coded
            || match coded {
                Agree => matches!(self.kind, Aid | Cooperate | Consult | Support | Retreat | Concede),
                Threaten => matches!(self.kind, Sanction | Coerce | Protest | Assault),
                Reject => matches!(self.kind, Agree | Aid | Cooperate | Consult | Support | Retreat | Concede),
                _ => false,
            }
    }

    /// The examples without their marks.
    pub fn plain_examples(&self) -> impl Iterator<Item = String> + '_ {
        self.examples.iter().map(|e| Marked::parse(e).text)
    }
}

/// An example sentence with its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sentence.
    pub text: String,
    /// Words marked as actor.
    pub actor: Vec<String>,
    /// Words marked as recipient.
    pub recipient: Vec<String>,
}

impl Marked {
    /// Takes `[…]A` and `[…]R` apart; other brackets stay.
    pub fn parse(example: &str) -> Marked {
        let mut m = Marked { text: String::with_capacity(example.len()), actor: Vec::new(), recipient: Vec::new() };
        let mut rest = example;
        while let Some(open) = rest.find('[') {
            let Some(close) = rest[open..].find(']').map(|i| open + i) else { break };
            m.text.push_str(&rest[..open]);
            let inside = &rest[open + 1..close];
            let after = &rest[close + 1..];
            match after.as_bytes().first() {
                Some(b'A') => m.actor.push(inside.to_owned()),
                Some(b'R') => m.recipient.push(inside.to_owned()),
                _ => {
                    m.text.push_str(&rest[open..=close]);
                    rest = after;
                    continue;
                }
            }
            m.text.push_str(inside);
            rest = &after[1..];
        }
        m.text.push_str(rest);
        m
    }
}

/// The class definitions of a file (`@name = a|b`), added to `classes`.
pub(super) fn collect_classes(content: &str, classes: &mut Classes) {
    for line in content.lines() {
        if let Some((name, words)) = line.strip_prefix('@').and_then(|l| l.split_once('=')) {
            let into = classes.entry(name.trim().to_owned()).or_default();
            into.extend(words.split('|').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()));
        }
    }
}

/// Replaces classes named inside classes by their words.
pub(super) fn flatten_classes(classes: &mut Classes) {
    for _ in 0..4 {
        let before = classes.clone();
        for words in classes.values_mut() {
            *words = words
                .iter()
                .flat_map(|w| match w.strip_prefix('@').and_then(|c| before.get(c)) {
                    Some(inner) => inner.clone(),
                    None => vec![w.clone()],
                })
                .collect();
        }
    }
}

/// What parsing the frame files of a language fills.
pub(super) struct Sink<'a> {
    /// Word classes of all files.
    pub(super) classes: &'a Classes,
    /// Interners.
    pub(super) names: &'a mut Names,
    /// Entries.
    pub(super) frames: &'a mut Vec<Frame>,
    /// Faults.
    pub(super) errors: &'a mut Vec<LexiconError>,
}

/// Parses one frame file.
pub(super) fn parse_file(
    file: &'static str,
    content: &'static str,
    (place, kind): (Place, EventType),
    head_last: bool,
    sink: &mut Sink<'_>,
) {
    for (i, line) in content.lines().enumerate() {
        if line.is_empty() || line.starts_with(['#', '@']) {
            continue;
        }
        let fault = |what: String| LexiconError { file: file.to_owned(), line: i + 1, what };
        let mut columns = line.split('\t');
        let (Some(text), Some(mode), Some(cameo), Some(examples), None) =
            (columns.next(), columns.next(), columns.next(), columns.next(), columns.next())
        else {
            sink.errors.push(fault("an entry has four columns: pattern, mode, CAMEO code, examples".into()));
            continue;
        };
        let mode = match mode {
            "-" => None,
            m => match kind.modes().iter().find(|k| **k == m) {
                Some(k) => Some(*k),
                None => {
                    sink.errors.push(fault(format!("{kind} has no mode {m:?}: use - or one of {}", kind.modes().join(", "))));
                    continue;
                }
            },
        };
        match pattern::parse(text.trim(), head_last, sink.classes, sink.names) {
            Ok(pattern) => sink.frames.push(Frame {
                kind,
                mode,
                cameo,
                text: text.trim(),
                weight: weight(&pattern),
                needs: needs(&pattern),
                pattern,
                place,
                examples: examples.split("||").map(str::trim).filter(|e| !e.is_empty()).collect(),
            }),
            Err(e) => sink.errors.push(fault(e.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let m = Marked::parse("[Russia]A hit [two banks]R [sic].");
        assert_eq!(m.text, "Russia hit two banks [sic].");
        assert_eq!((m.actor, m.recipient), (vec!["Russia".to_owned()], vec!["two banks".to_owned()]));
    }
}
