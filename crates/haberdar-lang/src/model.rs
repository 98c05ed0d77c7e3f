//! The model file: magic, version, language, checksum, then the trained steps in order.

use haberdar_model::Language;
use rustc_hash::FxHashMap;

use crate::{
    bytes::{Reader, put_varint},
    lemma::{Lemmatizer, label_hash},
    lexicon::Lexicon,
    linear::Linear,
    namer::{self, Namer},
    net::Net,
    split::Splitter,
    tagger::{self, Tagger},
    turkish,
};

const MAGIC: &[u8; 8] = b"haberdar";
/// Length of magic, version, language and checksum.
const HEAD: usize = 19;
/// Version of the format; a model of another version is refused.
pub const VERSION: u8 = 3;

/// All trained steps of one language.
pub struct Model {
    /// Its language.
    pub lang: Language,
    /// Stems and distributional classes.
    pub lexicon: Lexicon,
    /// Ends of sentences.
    pub sentences: Linear,
    /// Tokens of several words.
    pub splitter: Splitter,
    /// Lemmas.
    pub lemmatizer: Lemmatizer,
    /// Tags, trees and names.
    pub net: Net,
    /// The second look at names, where there is one.
    pub namer: Option<Namer>,
    /// The second look at parts of speech, where there is one.
    pub tagger: Option<Tagger>,
    /// Hash of each label.
    pub label_hashes: Vec<u32>,
}

/// The parts of a model file as they are trained.
#[derive(Default)]
pub struct Parts {
    /// Distributional classes: hash of the normal form, classes.
    pub clusters: Vec<(u32, [u32; 2])>,
    /// Written by [`Linear::write`].
    pub sentences: Vec<u8>,
    /// Written by [`Splitter::write`].
    pub splitter: Vec<u8>,
    /// Written by [`Lemmatizer::write`].
    pub lemmatizer: Vec<u8>,
    /// Written by [`crate::net::write()`].
    pub net: Vec<u8>,
}

/// A sum by which damaged files are told.
fn checksum(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for chunk in bytes.chunks(8) {
        let mut b = [0; 8];
        b[..chunk.len()].copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    h
}

/// Writes a model file.
pub fn write(lang: Language, parts: &Parts) -> Vec<u8> {
    let mut body = Vec::new();
    put_varint(&mut body, parts.clusters.len() as u64);
    let mut last = 0;
    for (key, c) in &parts.clusters {
        put_varint(&mut body, (key - last) as u64);
        last = *key;
        c.iter().for_each(|&c| put_varint(&mut body, c as u64));
    }
    for p in [&parts.sentences, &parts.splitter, &parts.lemmatizer, &parts.net] {
        body.extend_from_slice(p);
    }
    seal(lang, &body)
}

/// Puts magic, version, language and checksum in front of a content. Whether the content is that of a model only
/// [`read`] finds out.
pub fn seal(lang: Language, body: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.push(VERSION);
    out.extend_from_slice(lang.code().as_bytes());
    out.extend_from_slice(&checksum(body).to_le_bytes());
    out.extend_from_slice(body);
    out
}

/// A second look, as it is trained.
pub enum Second<'a> {
    /// At names.
    Names(&'a namer::Trained),
    /// At parts of speech.
    Tags(&'a tagger::Trained),
}

/// A model file with another second look, or with none.
pub fn with_second(lang: Language, bytes: &[u8], second: Option<Second<'_>>) -> Result<Vec<u8>, &'static str> {
    read(lang, bytes)?;
    let body = &bytes[HEAD..];
    let mut r = Reader::new(body);
    before_second(lang, &mut r).ok_or("unreadable content")?;
    let mut out = body[..body.len() - r.left()].to_vec();
    match second {
        Some(Second::Names(names)) => {
            out.push(NAMES);
            names.write(&mut out);
        }
        Some(Second::Tags(tags)) => {
            out.push(TAGS);
            tags.write(&mut out);
        }
        None => {}
    }
    Ok(seal(lang, &out))
}

/// Stands in front of a second look at names.
const NAMES: u8 = b'n';
/// Stands in front of a second look at parts of speech.
const TAGS: u8 = b't';

/// Reads a model file; the error says what is wrong with it.
pub fn read(lang: Language, bytes: &[u8]) -> Result<Model, &'static str> {
    let mut r = Reader::new(bytes);
    if r.take(8) != Some(MAGIC) {
        return Err("no model file");
    }
    if r.byte() != Some(VERSION) {
        return Err("another version");
    }
    if r.take(2) != Some(lang.code().as_bytes()) {
        return Err("another language");
    }
    let sum = r.take(8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    let body = bytes.get(HEAD..).unwrap_or_default();
    if sum != Some(checksum(body)) {
        return Err("wrong checksum");
    }
    parse(lang, &mut Reader::new(body)).ok_or("unreadable content")
}

/// The parts in front of a second look.
type Front = (Lexicon, Linear, Splitter, Lemmatizer, Net);

fn before_second(lang: Language, r: &mut Reader<'_>) -> Option<Front> {
    let mut lexicon = Lexicon::new(lang);
    let n = r.count(3)?;
    let mut clusters = FxHashMap::with_capacity_and_hasher(n, Default::default());
    let mut key = 0u32;
    for _ in 0..n {
        key = key.checked_add(u32::try_from(r.varint()?).ok()?)?;
        clusters.insert(key, [r.varint()? as u32, r.varint()? as u32]);
    }
    lexicon.set_clusters(clusters);
    Some((lexicon, Linear::read(r)?, Splitter::read(r)?, Lemmatizer::read(r)?, Net::read_from(r)?))
}

fn parse(lang: Language, r: &mut Reader<'_>) -> Option<Model> {
    let (lexicon, sentences, splitter, lemmatizer, mut net) = before_second(lang, r)?;
    if lang == Language::Tr {
        net.look_ahead(&turkish::LOOK_AHEAD);
    }
    let label_hashes = net.labels.labels.iter().map(|&(u, f)| label_hash(u, f)).collect();
    let (mut namer, mut tagger) = (None, None);
    if r.left() > 0 {
        match r.byte()? {
            NAMES => namer = Some(Namer::read_from(r, &net.name_tags)?),
            TAGS => tagger = Some(Tagger::read_from(r)?),
            _ => return None,
        }
    }
    Some(Model { lang, lexicon, sentences, splitter, lemmatizer, net, namer, tagger, label_hashes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_bytes_are_refused() {
        assert!(read(Language::Tr, b"").is_err());
        assert!(read(Language::Tr, b"haberdar").is_err());
        let good = write(Language::Tr, &Parts::default());
        assert_eq!(read(Language::En, &good).err(), Some("another language"));
        for i in 0..good.len() {
            let mut bad = good.clone();
            bad[i] ^= 0x41;
            assert!(read(Language::Tr, &bad).is_err());
        }
    }
}
