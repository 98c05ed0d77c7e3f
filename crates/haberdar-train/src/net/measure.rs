//! How well a packed network reads given words.

use std::time::Instant;

use haberdar_lang::{
    bytes::Reader,
    lexicon::Lexicon,
    net::{Net, Scratch, forward::best_tags},
    word::WordInfo,
};

use crate::{names::Tagged, treebank::Gold};

/// Accuracy in percent over the words of `gold` as they stand (no raw text), F1 over the names of `names`, and words
/// a second of the network alone. `None` for bytes that are no network.
pub fn measure(bytes: &[u8], gold: &[&Gold], names: &[Tagged], lexicon: &Lexicon) -> Option<String> {
    let net = Net::read_from(&mut Reader::new(bytes))?;
    let mut s = Scratch::default();
    let mut buffer = Vec::new();
    let mut vectors = |words: &[&str], s: &mut Scratch| -> Vec<Box<[f32]>> {
        words.iter().map(|w| net.vector(&WordInfo::new(w, lexicon, &mut buffer), s)).collect()
    };
    let (mut words, mut upos, mut labels, mut heads, mut arcs) = (0, 0, 0, 0, 0);
    let mut seconds = 0.0;
    for part in gold.chunks(20) {
        let forms: Vec<&str> = part.iter().flat_map(|g| g.words.iter().map(|w| w.form.as_str())).collect();
        let inputs = vectors(&forms, &mut s);
        let ends: Vec<usize> = part
            .iter()
            .scan(0, |n, g| {
                *n += g.words.len();
                Some(*n)
            })
            .collect();
        let clock = Instant::now();
        net.read(inputs.iter().map(|v| &v[..]), &ends, &mut s);
        seconds += clock.elapsed().as_secs_f64();
        for (i, w) in part.iter().flat_map(|g| &g.words).enumerate() {
            let (u, f) = net.labels.labels[s.labels[i] as usize];
            let head = s.heads[i] == w.head;
            words += 1;
            upos += (u == w.upos) as usize;
            labels += (f == w.feats) as usize;
            heads += head as usize;
            arcs += (head && net.relations[s.relations[i] as usize].universal() == w.rel.universal()) as usize;
        }
    }
    let (mut hit, mut want, mut got) = (0, 0, 0);
    for sentence in names {
        let forms: Vec<&str> = sentence.iter().map(|(w, _)| w.as_str()).collect();
        let inputs = vectors(&forms, &mut s);
        net.read(inputs.iter().map(|v| &v[..]), &[forms.len()], &mut s);
        let gold = spans(sentence.iter().map(|(_, t)| t.as_str()));
        let mut tags = Vec::new();
        best_tags(&s.names, &net.name_tags, &mut tags);
        let found = spans(tags.iter().map(|&t| net.name_tags[t as usize].as_str()));
        hit += found.iter().filter(|f| gold.contains(f)).count();
        want += gold.len();
        got += found.len();
    }
    let percent = |n: usize| 100.0 * n as f64 / words.max(1) as f64;
    Some(format!(
        "UPOS {:.2} features {:.2} UAS {:.2} LAS {:.2} on given words, names F1 {:.3}, {:.0} words/s",
        percent(upos),
        percent(labels),
        percent(heads),
        percent(arcs),
        2.0 * hit as f64 / (want + got).max(1) as f64,
        words as f64 / seconds
    ))
}

/// Names of the classes that count, with their spans.
fn spans<'t>(tags: impl Iterator<Item = &'t str>) -> Vec<(usize, usize, &'t str)> {
    const COUNTED: [&str; 6] = ["PERSON", "GPE", "LOC", "ORG", "NORP", "TITLE"];
    let mut out: Vec<(usize, usize, &str)> = Vec::new();
    let mut open = "";
    for (i, t) in tags.enumerate() {
        match t.split_once('-') {
            Some(("I", kind)) if kind == open => {
                if let Some(last) = out.last_mut() {
                    last.1 = i + 1;
                }
            }
            Some((_, kind)) => {
                out.push((i, i + 1, kind));
                open = kind;
            }
            None => open = "",
        }
    }
    out.retain(|s| COUNTED.contains(&s.2));
    out
}
