//! Quotation marks in pairs, over the whole text.

/// The inside of a pair of marks, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Nobody closed it before the paragraph ended, and the next one opens with a mark: the quotation goes on there.
    pub(super) goes_on: bool,
}

/// Longest quotation in bytes; an unbalanced mark does not swallow the article.
const LONGEST: usize = 6_000;

/// Pairs the quotation marks of the text. Straight marks open and close in turn; a paragraph's end closes what is open.
pub(super) fn pairs(text: &str) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        match open {
            None => {
                let opens = match c {
                    '“' | '„' | '«' | '‟' => true,
                    // Some keyboards open with the closing mark.
                    '”' => !before.is_alphanumeric() && after.is_alphanumeric(),
                    '"' => !before.is_alphanumeric() || after.is_uppercase(),
                    '‘' => !before.is_alphanumeric() && after.is_alphanumeric(),
                    '\'' if doubled(text, i) => true,
                    '\'' => !before.is_alphanumeric() && after.is_uppercase() && closes_later(text, i + 1),
                    '`' => doubled(text, i),
                    _ => false,
                };
                if opens {
                    let two = matches!(c, '\'' | '`') && doubled(text, i);
                    if two {
                        chars.next();
                    }
                    open = Some((i + c.len_utf8() + usize::from(two), if two { '`' } else { c }));
                }
            }
            Some((start, mark)) => {
                let closes = match mark {
                    '«' => c == '»',
                    '‘' => c == '’' && !after.is_alphanumeric(),
                    '\'' => c == '\'' && !after.is_alphanumeric(),
                    '`' => c == '\'' && doubled(text, i) || c == '"',
                    _ => matches!(c, '”' | '“' | '"' | '‟') || c == '\'' && doubled(text, i),
                };
                let paragraph = c == '\n' && after == '\n';
                let empty = i == start;
                if closes {
                    if !empty {
                        out.push(Marked { start, end: i, goes_on: false });
                    }
                    if matches!(mark, '`' | '"' | '“') && c == '\'' {
                        chars.next();
                    }
                    open = None;
                } else if paragraph || i - start > LONGEST {
                    // A mark at the head of the next paragraph says that the speech goes on.
                    let next = text[i..].trim_start();
                    let again = paragraph && next.starts_with(['“', '"', '„', '«', '”']);
                    if again && !empty && text[..start].ends_with(['“', '"', '„', '«']) {
                        out.push(Marked { start, end: i, goes_on: true });
                    } else {
                        out.extend(unclosed(text, start, i, mark));
                    }
                    open = None;
                }
            }
        }
        before = c;
    }
    if let Some((start, mark)) = open {
        out.extend(unclosed(text, start, text.len(), mark));
    }
    out
}

/// Words that a mark opens and nothing closes before the paragraph ends ("she said: “We shall see."), as cut texts have them.
fn unclosed(text: &str, start: usize, end: usize, mark: char) -> Option<Marked> {
    let content = text.get(start..end)?.trim_end();
    let opens = text[..start]
        .trim_end_matches(['“', '"', '„', '«', '\'', '`', '\\'])
        .chars()
        .next_back()
        .is_none_or(|c| " \n(".contains(c));
    let whole = content.ends_with(['.', '!', '?', '…']) && content.starts_with(char::is_alphanumeric);
    let long = content.split_whitespace().count() >= 4 && content.len() < 700;
    (!matches!(mark, '\'' | '‘' | '”') && opens && whole && long).then_some(Marked {
        start,
        end: start + content.len(),
        goes_on: false,
    })
}

/// Two single marks that stand for a double one.
fn doubled(text: &str, i: usize) -> bool {
    let rest = &text[i..];
    rest.starts_with("''") || rest.starts_with("``")
}

/// A single straight mark opens only where its partner follows within the line.
fn closes_later(text: &str, from: usize) -> bool {
    let line = text[from..].split('\n').next().unwrap_or_default();
    line.char_indices().any(|(i, c)| c == '\'' && i > 8 && !line[i + 1..].starts_with(|n: char| n.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inside(text: &str) -> Vec<&str> {
        pairs(text).iter().map(|m| &text[m.start..m.end]).collect()
    }

    #[test]
    fn all_kinds_of_marks() {
        assert_eq!(
            inside("“a b” dedi, \"c d\" dedi, «e f» dedi, ''g h'' dedi, ``i j'' dedi."),
            ["a b", "c d", "e f", "g h", "i j"]
        );
        assert_eq!(inside("Suriye'de 'Evet' dedi"), Vec::<&str>::new());
    }

    #[test]
    fn an_open_quotation_goes_on_in_the_next_paragraph() {
        let m = pairs("“First.\n\n“Second,” she said.");
        assert_eq!(m.iter().map(|m| m.goes_on).collect::<Vec<_>>(), [true, false]);
        assert_eq!(pairs("“First.\n\nSecond."), []);
        assert_eq!(inside("He said: “We shall all see.\n\nThen he left."), ["We shall all see."]);
        assert_eq!(pairs("«»\"\n\n“"), []);
    }

    proptest! {
        #[test]
        fn spans_lie_in_order_on_boundaries(text in "[a-zA-Zığ \n.,“”\"«»‘’'`]{0,80}") {
            let mut last = 0;
            for m in pairs(&text) {
                prop_assert!(last <= m.start && m.start < m.end && text.get(m.start..m.end).is_some());
                last = m.end;
            }
        }
    }
}
