//! Spans into the untouched article text.
//!
//! The analysis works on byte offsets; what users see is Unicode code points. [`OffsetMap`] turns one into the other in
//! constant time for ASCII texts and logarithmic time else.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of code points in an article's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// The verbatim text at this span, or `None` where the span does not fit into `text`.
    pub fn slice(self, text: &str) -> Option<&str> {
        let mut at = text.char_indices().map(|(i, _)| i).chain([text.len()]);
        let start = at.nth(self.start)?;
        let end = if self.end > self.start { at.nth(self.end - self.start - 1)? } else { start };
        text.get(start..end)
    }

    /// True where the two spans share a code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True where `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Byte offsets to code-point offsets for one text.
#[derive(Clone, Debug)]
pub struct OffsetMap {
    /// (byte, code point) at every `STRIDE` bytes; empty for ASCII.
    marks: Vec<(u32, u32)>,
    ascii: bool,
}

const STRIDE: usize = 64;

impl OffsetMap {
    /// Prepares the map of `text`; linear in its length.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return OffsetMap { marks: Vec::new(), ascii: true };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut next = 0;
        for (point, (byte, _)) in text.char_indices().enumerate() {
            if byte >= next {
                marks.push((byte as u32, point as u32));
                next = byte + STRIDE;
            }
        }
        OffsetMap { marks, ascii: false }
    }

    /// The number of code points before byte `byte` of the text that the map was made for.
    pub fn point(&self, text: &str, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        let i = self.marks.partition_point(|&(b, _)| b as usize <= byte);
        match i.checked_sub(1).map(|i| self.marks[i]) {
            Some((b, p)) => p as usize + count_points(&text.as_bytes()[b as usize..byte]),
            None => 0,
        }
    }

    /// A byte range as a [`Span`].
    pub fn span(&self, text: &str, start: usize, end: usize) -> Span {
        Span { start: self.point(text, start), end: self.point(text, end) }
    }
}

/// Code points in valid UTF-8 bytes: all that are no continuation byte.
fn count_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_boundary_maps_to_its_count(text in "\\PC{0,300}") {
            let map = OffsetMap::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.point(&text, byte), point);
            }
            prop_assert_eq!(map.point(&text, text.len()), text.chars().count());
        }

        #[test]
        fn slices_are_verbatim(text in "\\PC{1,80}", a in 0usize..80, b in 0usize..80) {
            let n = text.chars().count();
            let (a, b) = (a.min(b).min(n), a.max(b).min(n));
            let want: String = text.chars().skip(a).take(b - a).collect();
            prop_assert_eq!(Span { start: a, end: b }.slice(&text), Some(want.as_str()));
        }
    }

    #[test]
    fn a_span_beyond_the_text_is_none() {
        assert_eq!(Span { start: 2, end: 9 }.slice("İıçe"), None);
        assert_eq!(Span { start: 4, end: 4 }.slice("İıçe"), Some(""));
    }
}
