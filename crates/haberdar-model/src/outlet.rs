//! Outlets: who stands behind an article.

/// The word in lower-case ASCII letters and digits: `İstanbul`, `ISTANBUL` and `istanbul` are one.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().filter(|c| c.is_alphanumeric()) {
        out.extend(any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    }
    out
}

/// Who stands behind an article: its outlet in whatever spelling, or the article alone where none is known.
pub fn source(publisher: Option<&str>, article: &str) -> String {
    match publisher.map(fold).filter(|p| !p.is_empty()) {
        Some(p) => format!("outlet {p}"),
        None => article.to_owned(),
    }
}

/// A source as a number: the same one for the same source, on every machine.
pub fn number(source: &str) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(source.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_one_in_every_spelling() {
        assert_eq!(source(Some("Anadolu Ajansı"), "x"), source(Some("ANADOLU AJANSI"), "y"));
        assert_ne!(source(None, "x"), source(None, "y"));
        assert_eq!(source(Some(" – "), "x"), "x");
        assert_ne!(number("outlet a"), number("outlet b"));
    }
}
