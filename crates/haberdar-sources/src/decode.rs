//! Bytes into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding, such as `UTF-8` or `windows-1254`.
    pub encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoText {
    /// They are something else.
    Binary(&'static str),
    /// They break the rules of the encoding that they are in.
    Broken { encoding: &'static str, at: usize },
}

/// First bytes of formats that people hand over by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7FELF", "a program"),
];

/// Decodes a whole text: byte order mark, else UTF-8 where valid, else `declared` (what the page says of itself), else the
/// detector with the top-level domain. Valid UTF-8 with non-ASCII letters goes before the declaration, because text in
/// another encoding is practically never valid UTF-8 while saved pages often keep an outdated declaration.
///
/// `None` where the bytes are no text.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>, tld: Option<&[u8]>) -> Option<Decoded> {
    try_decode(bytes, declared, tld).ok()
}

/// Decodes a page as a browser does: what is broken becomes U+FFFD, because a page cut within a letter is still a page. A page
/// that declares the western code page and is Turkish is read with the Turkish one, from which it differs in six letters.
///
/// `charset` is what the server says; it goes before what the page says of itself.
pub(crate) fn decode_page(bytes: &[u8], charset: Option<&str>, tld: Option<&[u8]>) -> Result<String, &'static str> {
    let mut declared = charset.and_then(|c| Encoding::for_label(c.as_bytes())).or_else(|| declared_by_page(bytes));
    if declared == Some(encoding_rs::WINDOWS_1252) && is_turkish_page(bytes) {
        declared = Some(encoding_rs::WINDOWS_1254);
    }
    match try_decode(bytes, declared, tld) {
        Ok(decoded) => Ok(decoded.text),
        Err(NoText::Binary(what)) if magic(bytes).is_some() || bytes.iter().take(8192).filter(|&&b| b == 0).count() > 8 => {
            Err(what)
        }
        Err(NoText::Broken { encoding, .. }) => {
            let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
            Ok(encoding.decode(bytes).0.replace('\0', ""))
        }
        Err(NoText::Binary(what)) => {
            let text = declared.unwrap_or(UTF_8).decode(bytes).0.replace('\0', "");
            if looks_binary(&text) { Err(what) } else { Ok(text) }
        }
    }
}

fn is_turkish_page(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    [&b"lang=\"tr"[..], b"lang='tr", b"lang=tr", b"content=\"tr", b"tr_tr"].iter().any(|w| head.windows(w.len()).any(|h| h == *w))
}

pub(crate) fn try_decode(bytes: &[u8], declared: Option<&'static Encoding>, tld: Option<&[u8]>) -> Result<Decoded, NoText> {
    if let Some(what) = magic(bytes) {
        return Err(NoText::Binary(what));
    }
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((e, len)) => (e, &bytes[len..]),
        None => (choose(bytes, declared, tld)?, bytes),
    };
    let broken = |at| NoText::Broken { encoding: encoding.name(), at: at + bytes.len() - body.len() };
    let text = if encoding == UTF_8 {
        std::str::from_utf8(body).map_err(|e| broken(e.valid_up_to()))?.to_owned()
    } else {
        match encoding.decode_without_bom_handling_and_without_replacement(body) {
            Some(text) => text.into_owned(),
            None if encoding == UTF_16LE || encoding == UTF_16BE => return Err(broken(0)),
            None => return Err(broken(first_bad(encoding, body))),
        }
    };
    if looks_binary(&text) {
        return Err(NoText::Binary("it holds control bytes"));
    }
    Ok(Decoded { text, encoding: encoding.name() })
}

/// The kind of a file that is no text, by its first bytes.
pub(crate) fn magic(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(m, _)| bytes.starts_with(m)).map(|&(_, what)| what)
}

fn choose(bytes: &[u8], declared: Option<&'static Encoding>, tld: Option<&[u8]>) -> Result<&'static Encoding, NoText> {
    let Err(e) = std::str::from_utf8(bytes) else { return Ok(UTF_8) };
    if bytes[..bytes.len().min(8192)].contains(&0) {
        return Err(NoText::Binary("it holds zero bytes"));
    }
    let (good, bad) = utf8_sequences(bytes);
    if good >= 4 && good >= 8 * bad {
        // Damaged UTF-8: every single-byte encoding would "decode" it into rubbish without an error.
        return Err(NoText::Broken { encoding: UTF_8.name(), at: e.valid_up_to() });
    }
    if let Some(d) = declared.filter(|&d| d != UTF_8) {
        return Ok(d);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(tld, Utf8Detection::Deny))
}

/// Counts the valid sequences of more than one byte, and the bytes that are no UTF-8.
fn utf8_sequences(mut bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for chunk in std::mem::take(&mut bytes).utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good, bad)
}

/// Offset of the first byte that the encoding does not allow.
fn first_bad(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = vec![0u8; bytes.len().saturating_mul(3) + 16];
    let (_, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut out, true);
    read.saturating_sub(1)
}

/// True for text that was none: it holds zero characters, or control characters in such numbers that no accident of
/// editing explains them. Those beyond ASCII do not count: they are a common scar of text that was decoded wrongly once.
pub(crate) fn looks_binary(text: &str) -> bool {
    let (mut all, mut control) = (0usize, 0usize);
    for c in text.chars().take(16_384) {
        all += 1;
        if c == '\0' {
            return true;
        }
        control += usize::from(c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0C'));
    }
    control * 3 > all || (control > 8 && control * 50 > all)
}

/// The encoding that a page declares in its first bytes (`<meta charset=…>`, or the older `content="…; charset=…"`).
pub(crate) fn declared_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(at) = rest.windows(7).position(|w| w == b"charset") {
        rest = &rest[at + 7..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            return Some(encoding);
        }
    }
    None
}

/// Decodes the lines of one file: UTF-8 where valid, else the encoding that all other lines so far speak for.
pub(crate) struct LineDecoder {
    detector: EncodingDetector,
    tld: Option<Vec<u8>>,
}

impl LineDecoder {
    pub(crate) fn new(tld: Option<&[u8]>) -> Self {
        LineDecoder { detector: EncodingDetector::new(Iso2022JpDetection::Deny), tld: tld.map(<[u8]>::to_vec) }
    }

    pub(crate) fn decode(&mut self, line: Vec<u8>) -> Result<String, NoText> {
        let bytes = match String::from_utf8(line) {
            Ok(text) => return Ok(text),
            Err(e) => e.into_bytes(),
        };
        let (good, bad) = utf8_sequences(&bytes);
        if good >= 4 && good >= 8 * bad {
            let at = std::str::from_utf8(&bytes).err().map_or(0, |e| e.valid_up_to());
            return Err(NoText::Broken { encoding: UTF_8.name(), at });
        }
        self.detector.feed(&bytes, false);
        let encoding = self.detector.guess(self.tld.as_deref(), Utf8Detection::Deny);
        match encoding.decode_without_bom_handling_and_without_replacement(&bytes) {
            Some(text) => Ok(text.into_owned()),
            None => Err(NoText::Broken { encoding: encoding.name(), at: first_bad(encoding, &bytes) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1252, WINDOWS_1254};
    use proptest::prelude::*;

    use super::*;

    const TURKISH: &str = "Dışişleri Bakanı, görüşmenin ardından \"İlişkilerimiz güçleniyor\" dedi; şu an için değişiklik yok.";

    fn text(bytes: &[u8]) -> Decoded {
        try_decode(bytes, None, Some(b"tr")).expect("a text")
    }

    #[test]
    fn byte_order_marks_decide_and_vanish() {
        assert_eq!(text(b"\xEF\xBB\xBFBar\xC4\xB1\xC5\x9F").text, "Barış");
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(TURKISH.encode_utf16().flat_map(|u| u.to_le_bytes())).collect();
        assert_eq!(text(&utf16), Decoded { text: TURKISH.into(), encoding: "UTF-16LE" });
    }

    #[test]
    fn windows_1254_is_found() {
        let (bytes, _, lost) = WINDOWS_1254.encode(TURKISH);
        assert!(!lost);
        assert_eq!(text(&bytes), Decoded { text: TURKISH.into(), encoding: "windows-1254" });
        let (english, _, _) = WINDOWS_1252.encode("The minister said: “We agree” – and left.");
        assert_eq!(text(&english).text, "The minister said: “We agree” – and left.");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let no = |b: &[u8]| try_decode(b, None, Some(b"tr")).expect_err("no text");
        assert_eq!(no(b"%PDF-1.7 ..."), NoText::Binary("a PDF document"));
        assert!(matches!(no(b"ab\0\xFFcd"), NoText::Binary(_)));
        assert!(matches!(no(b"ab\0cd"), NoText::Binary(_)));
        assert!(matches!(no(&[1, 2, 3, 4, 5, 0x81, 0x90, 7, 8]), NoText::Binary(_)));
        assert!(matches!(no(&(0..=255).cycle().skip(1).take(250).collect::<Vec<u8>>()), NoText::Binary(_)));
        assert_eq!(text("Evreka\u{92} !\x02".as_bytes()).text, "Evreka\u{92} !\x02");
        let mut damaged = TURKISH.as_bytes().to_vec();
        damaged.push(0xC4);
        assert_eq!(no(&damaged), NoText::Broken { encoding: "UTF-8", at: TURKISH.len() });
        assert_eq!(no(b"\xEF\xBB\xBFab\xFF"), NoText::Broken { encoding: "UTF-8", at: 5 });
    }

    #[test]
    fn pages_declare_their_encoding() {
        assert_eq!(declared_by_page(b"<meta charset=\"iso-8859-9\">"), Some(WINDOWS_1254));
        assert_eq!(declared_by_page(b"<meta content='text/html; charset=windows-1254'>"), Some(WINDOWS_1254));
        assert_eq!(declared_by_page(b"the charset of <meta charset=nonsense>"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = try_decode(&bytes, None, Some(b"tr"));
            let _ = declared_by_page(&bytes);
        }

        #[test]
        fn utf8_comes_back_untouched(s in "[\\PC\n\r\t]{1,80}") {
            prop_assume!(magic(s.as_bytes()).is_none() && !s.starts_with('\u{FEFF}'));
            prop_assert_eq!(text(s.as_bytes()).text, s);
        }
    }
}
