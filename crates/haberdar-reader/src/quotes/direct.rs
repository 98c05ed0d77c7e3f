//! Quotation marks, and whether what they enclose is somebody's words.

use haberdar_lang::Upos;
use haberdar_model::QuoteKind;

use super::{CueAt, Said, speaker_of, speaks, unnamed_subject};
use crate::{
    events::Scene,
    tree::{Case, Rel},
};

/// The inside of a pair of marks, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Longest quotation in bytes; an unbalanced mark does not swallow the article.
const LONGEST: usize = 6_000;

/// Pairs the quotation marks of the text. Straight marks open and close in turn; a paragraph's end closes what is open.
pub(super) fn pairs(text: &str) -> Vec<Marked> {
    let mut out = Vec::new();
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
                    '\'' => !before.is_alphanumeric() && after.is_uppercase() && closes_later(text, i + 1),
                    _ => false,
                };
                if opens {
                    open = Some((i + c.len_utf8(), c));
                }
            }
            Some((start, mark)) => {
                let closes = match mark {
                    '«' => c == '»',
                    '‘' => c == '’' && !after.is_alphanumeric(),
                    '\'' => c == '\'' && !after.is_alphanumeric(),
                    _ => matches!(c, '”' | '“' | '"' | '‟'),
                };
                let paragraph = c == '\n' && after == '\n' || i - start > LONGEST;
                if closes {
                    if i > start {
                        out.push(Marked { start, end: i });
                    }
                    open = None;
                } else if paragraph {
                    open = None;
                }
            }
        }
        before = c;
    }
    out
}

/// A single straight mark opens only where its partner follows within the line.
fn closes_later(text: &str, from: usize) -> bool {
    let line = text[from..].split('\n').next().unwrap_or_default();
    line.char_indices().any(|(i, c)| c == '\'' && i > 8 && !line[i + 1..].starts_with(|n: char| n.is_alphanumeric()))
}

pub(super) fn find(text: &str, scenes: &[Scene<'_>], cues: &[Vec<CueAt>], marks: &[Marked], out: &mut Vec<Said>) {
    for m in marks {
        let content = &text[m.start..m.end];
        let words = content.split_whitespace().count();
        let Some(home) = home(scenes, m) else { continue };
        let cue = nearest_cue(scenes, cues, home, m);
        let whole_sentence = content.trim_end().ends_with(['.', '!', '?', '…', ',']) && words >= 4;
        // Scare quotes, titles and names are no quotations.
        if words < 3 && cue.is_none_or(|(_, c, d)| !(d <= 2 && c.cue.class == "say"))
            || cue.is_none() && !(whole_sentence && words >= 5)
        {
            continue;
        }
        let inside_indirect =
            out.iter().any(|q| q.kind != QuoteKind::Direct && q.start < m.start && m.end < q.end && !whole_sentence);
        if inside_indirect {
            continue;
        }
        let (mut speaker, mut span, mut class) = (None, None, None);
        if let Some((s, c, _)) = cue {
            // Nobody in the quoted words speaks them.
            let outside = |&i: &usize| {
                let d = &scenes[s].drafts[i];
                d.end <= m.start || d.start >= m.end
            };
            speaker = speaker_of(&scenes[s], c.word)
                .filter(outside)
                .or_else(|| behind_cue(&scenes[s], c, m))
                .or_else(|| before_marks(scenes, m))
                .or_else(|| unnamed_subject(scenes, s, c.word));
            let tree = scenes[s].tree;
            span = Some((tree.nodes[c.first].start, tree.nodes[c.word].end));
            class = Some(c.cue);
        }
        if speaker.is_none() {
            speaker = by_colon(scenes, home, m).or_else(|| last_speaker(out, m, cue.is_some()));
        }
        out.push(Said { start: m.start, end: m.end, kind: QuoteKind::Direct, speaker, cue: span, class, addressee: None });
    }
}

/// The scene in which the quotation ends.
fn home(scenes: &[Scene<'_>], m: &Marked) -> Option<usize> {
    scenes.iter().position(|s| {
        let nodes = &s.tree.nodes;
        nodes.first().is_some_and(|n| n.start < m.end) && nodes.last().is_some_and(|n| n.end + 1 >= m.end)
    })
}

/// The cue outside the marks with the fewest words between, in the sentences that the quotation touches and the next one.
fn nearest_cue(scenes: &[Scene<'_>], cues: &[Vec<CueAt>], home: usize, m: &Marked) -> Option<(usize, CueAt, usize)> {
    let mut best: Option<(usize, CueAt, usize)> = None;
    let first = scenes.iter().position(|s| s.tree.nodes.last().is_some_and(|n| n.end > m.start)).unwrap_or(home);
    let before = first.saturating_sub(usize::from(starts_at(scenes, first, m)));
    let next = usize::from(ends_at(scenes, home, m));
    for (s, scene) in scenes.iter().enumerate().take(home + next + 1).skip(before) {
        let tree = scene.tree;
        for &c in &cues[s] {
            if c.cue.pos == 'n'
                || !matches!(c.cue.class, "say" | "claim" | "announce" | "quote" | "promise" | "ask" | "deny" | "think")
            {
                continue;
            }
            let node = &tree.nodes[c.word];
            let distance = if node.start >= m.end {
                tree.nodes.iter().filter(|n| n.start >= m.end && n.end <= node.start && n.upos != Upos::Punct).count()
            } else if node.end <= m.start {
                // Before the marks a cue needs a colon or a comma: "said: “…", "şunları söyledi: “…".
                let between = tree.nodes.iter().filter(|n| n.start >= node.end && n.end <= m.start);
                let words = between.clone().filter(|n| n.upos != Upos::Punct).count();
                words + 1
            } else {
                continue;
            };
            let limit = if node.start >= m.end { 9 } else { 6 };
            if distance <= limit && best.as_ref().is_none_or(|b| distance < b.2) {
                best = Some((s, c, distance));
            }
        }
    }
    best
}

fn starts_at(scenes: &[Scene<'_>], s: usize, m: &Marked) -> bool {
    scenes[s].tree.nodes.first().is_some_and(|n| n.start + 3 >= m.start)
}

fn ends_at(scenes: &[Scene<'_>], s: usize, m: &Marked) -> bool {
    scenes[s].tree.nodes.last().is_some_and(|n| n.end <= m.end + 3)
}

/// "Çelik: “…”": the name before the colon.
fn by_colon(scenes: &[Scene<'_>], home: usize, m: &Marked) -> Option<usize> {
    let scene = &scenes[home];
    let colon = scene.tree.nodes.iter().position(|n| n.end <= m.start && scene.tree.text[n.start..n.end].ends_with(':'))?;
    let before = colon.checked_sub(1)?;
    scene.words.at(before).or_else(|| speaker_of(scene, before).filter(|_| scene.tree.is_verbal(before)))
}

/// "“…” dedi BM Genel Sekreteri Guterres": who stands right behind a finite cue that stands behind the words.
fn behind_cue(scene: &Scene<'_>, cue: CueAt, m: &Marked) -> Option<usize> {
    let tree = scene.tree;
    let finite = tree.nodes[cue.word].verb.is_some_and(|v| v.is_finite() && !v.passive);
    if !finite || tree.nodes[cue.word].start < m.end {
        return None;
    }
    let first = cue.word + 1;
    let (at, i) = (first..(first + 4).min(tree.len())).find_map(|w| Some((w, scene.words.at(w)?)))?;
    let d = &scene.drafts[i];
    let plain = (first..at).all(|w| !matches!(tree.nodes[w].upos, Upos::Punct | Upos::Cconj | Upos::Verb));
    (plain && speaks(d) && matches!(tree.nodes[d.last].case, Case::Nom | Case::None)).then_some(i)
}

/// "Aliyev, “…” diye konuştu": who is set apart right before the words, also where they hold several sentences.
fn before_marks(scenes: &[Scene<'_>], m: &Marked) -> Option<usize> {
    let scene = scenes.iter().find(|s| s.tree.nodes.first().is_some_and(|n| n.start < m.start) && last_end(s) >= m.start)?;
    let tree = scene.tree;
    let comma = tree.nodes.iter().rposition(|n| n.end <= m.start && &tree.text[n.start..n.end] == ",")?;
    let between = tree.nodes[comma + 1..].iter().take_while(|n| n.start < m.start).all(|n| n.upos == Upos::Punct);
    let i = scene.words.at(comma.checked_sub(1)?).filter(|_| between)?;
    let d = &scene.drafts[i];
    (d.last + 1 == comma && speaks(d) && matches!(tree.nodes[d.last].case, Case::Nom | Case::None)).then_some(i)
}

fn last_end(scene: &Scene<'_>) -> usize {
    scene.tree.nodes.last().map_or(0, |n| n.end)
}

/// A quotation without a cue goes on from the one before, within a few words.
fn last_speaker(out: &[Said], m: &Marked, cued: bool) -> Option<usize> {
    let last = out.iter().filter(|q| q.end <= m.start && q.speaker.is_some()).max_by_key(|q| q.end)?;
    (cued || m.start - last.end < 400).then_some(last.speaker).flatten()
}

/// True for relations that a quotation's clause has to its cue.
pub(super) fn is_content(rel: Rel) -> bool {
    matches!(
        rel,
        Rel::Ccomp
            | Rel::Xcomp
            | Rel::Obj
            | Rel::Csubj
            | Rel::Nsubj
            | Rel::NsubjPass
            | Rel::Parataxis
            | Rel::Obl
            | Rel::Advcl
            | Rel::Compound
    )
}
