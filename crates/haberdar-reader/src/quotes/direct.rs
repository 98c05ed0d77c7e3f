//! Whether what quotation marks enclose is somebody's words, and whose.

use haberdar_lang::Upos;
use haberdar_model::{Language, QuoteKind};
use smallvec::{SmallVec, smallvec};

use super::{
    CueAt, Said,
    marks::Marked,
    names::is_name,
    nearest::nearest_cue,
    source::{self, Source, speaks, unnamed_subject},
    torn::{clause_start, head_before, rejoin},
};
use crate::{
    events::Scene,
    tree::{Case, Rel},
};

pub(super) fn find(
    text: &str,
    scenes: &[Scene<'_>],
    cues: &[Vec<CueAt>],
    marks: &[Marked],
    enclosed: &[Said],
    out: &mut Vec<Said>,
) {
    let english = is_english(scenes);

    let mut open: Option<(Said, Marked)> = None;
    for m in marks {
        let content = &text[m.start..m.end];
        let words = content.split_whitespace().count();
        let whole_sentence = content.trim_end().ends_with(['.', '!', '?', '…', ',']) && words >= 4;
        let Some(home) = home(scenes, m) else { continue };
        let goes_on = open.as_ref().is_some_and(|(_, last)| last.goes_on);
        let governor = enclosed.iter().filter(|q| english && q.start < m.end && m.start < q.end).min_by_key(|q| q.end - q.start);
        let cue = nearest_cue(text, scenes, cues, marks, home, m);
        // "“…,” he said, adding, “…”": the cue right in front of the marks is theirs, whatever the parse says.
        let nearer = |q: &&Said| {
            cue.is_some_and(|(s, c, d)| {
                let n = &scenes[s].tree.nodes;
                let (first, end) = (n[c.first.min(c.word)].start, n[c.word.max(c.last)].end);
                d == 1
                    && c.cue.class != "think"
                    && end <= m.start
                    && q.cue.is_some_and(|own| own.1 <= first)
                    && text[end..m.start].contains([',', ':'])
            })
        };
        let governor = governor.filter(|q| !nearer(q));
        let cue = cue.filter(|_| governor.is_none());
        // "“…,” she said in the “Post”": the cue has its words already; what is named behind it is none of them.
        let end_of_cue = governor.map_or_else(|| cue.map(|(s, c, _)| scenes[s].tree.nodes[c.word].end), |q| q.cue.map(|c| c.1));
        let spent = open.as_ref().and_then(|(o, _)| o.cue.filter(|c| o.end <= c.0 && c.1 <= m.start));
        let named = spent.is_some_and(|c| Some(c.1) == end_of_cue) && words <= 5 && !opens_sentence(text, scenes, m);
        if english && named && !content.trim_end().ends_with(['?', '!', '…', '—', '-']) {
            continue;
        }
        // "called the plan “a farce” but said …": what somebody is said to call it is the end of what he says.
        let called =
            |q: &&mut Said| q.kind == QuoteKind::Indirect && q.cue.is_some_and(|c| c.1 <= q.start) && is_next(text, q, m);
        if english
            && words <= 8
            && content.starts_with(char::is_lowercase)
            && let Some(q) = out.iter_mut().find(called)
        {
            q.end = m.end;
            continue;
        }
        if english && is_name(text, scenes, cues, m) {
            continue;
        }
        // Scare quotes, titles and names are no quotations.
        let asks = content.trim_end().ends_with([',', '?', '!']);
        let short = |(_, c, d): (usize, CueAt, usize)| d <= 2 && (matches!(c.cue.class, "say" | "quote") || english && asks);
        let scare = words < 3 && !cue.is_some_and(short) || cue.is_none() && !(whole_sentence && words >= 5);
        // "with one message: “Leave now!”": a colon announces words.
        let announced = (words >= 4 || words >= 2 && ends_sentence(content)) && behind_colon(text, m);
        if !goes_on && governor.is_none() && scare && !announced {
            continue;
        }
        let stop = m.start + content.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?…".contains(c)).len();
        let holds = |q: &Said| q.kind != QuoteKind::Direct && q.start <= m.start && stop <= q.end;
        // "adding, “…", "who said, “…" within what another says: the words behind the comma are those of the cue before it.
        let opened = english && words >= 4 && is_opened(text, m);
        let own = match governor {
            Some(q) => opened && q.start + 4 >= m.start,
            None => cue.is_some_and(|(s, c, d)| {
                let tree = scenes[s].tree;
                let verbs = || {
                    tree.nodes.iter().filter(|n| n.start >= tree.nodes[c.word].end && n.end <= m.start).any(|n| n.verb.is_some())
                };
                opened && tree.nodes[c.word].end <= m.start && (d <= 3 || !verbs())
            }),
        };
        // "“…,” Biden said, according to the White House": his words are a quotation beside what the White House says.
        let behind = governor.map_or_else(|| cue.map(|(s, c, _)| scenes[s].tree.nodes[c.word].start), |q| q.cue.map(|c| c.0));
        let its_own = english
            && words >= 3
            && content.starts_with(|c: char| c.is_uppercase() || c == '[')
            && is_complete(content)
            && opens_sentence(text, scenes, m)
            && behind.is_some_and(|at| at >= m.end);
        // "“…,” he said, but “…”": his words go on, whatever stands between.
        let more = open.as_ref().and_then(|(o, _)| o.cue).filter(|c| english && c.1 <= m.start);
        if own || more.is_some_and(|c| out.iter().any(|q| holds(q) && q.cue == Some(c) && q.start >= c.1)) {
            let at = governor
                .map_or_else(|| cue.map(|(s, c, _)| scenes[s].tree.nodes[c.first.min(c.word)].start), |q| q.cue.map(|c| c.0));
            let stop = at.unwrap_or(m.start).min(m.start);
            out.retain_mut(|q| !holds(q) || more.is_none_or(|c| q.cue != Some(c)) && ends_before(text, q, stop));
        } else if its_own {
            // What begins with them and runs over their cue is the same quotation, read too far.
            let same = |q: &Said| holds(q) && q.class.is_some_and(|c| c.pos != 'p') && !has_words(&text[q.start..m.start]);
            out.retain(|q| !same(q));
        } else if out.iter().any(|q| holds(q) && (english || !whole_sentence)) {
            continue;
        }
        let fragment = english && !goes_on && governor.is_none() && !opens_sentence(text, scenes, m);
        // A part of a sentence belongs to a cue of the same sentence.
        if fragment && cue.is_none_or(|(s, ..)| s != sentence(scenes, m.start + 1) && s != home) {
            continue;
        }
        let mut said = Said {
            start: m.start,
            end: m.end,
            parts: SmallVec::new(),
            verbatim: SmallVec::new(),
            kind: QuoteKind::Direct,
            speaker: None,
            source: None,
            cue: None,
            class: None,
            addressee: None,
        };
        if let (Some(q), Some((whole, last))) = (governor, &mut open)
            && q.cue == whole.cue
            && q.start <= whole.start
            && m.end <= q.end + 2
            && !text[whole.end..m.start].contains(['.', '\n', '?', '!'])
        {
            // "described him as “…” and “…”": one content, partly in marks.
            (whole.end, whole.kind, *last) = (m.end, QuoteKind::Indirect, *m);
            continue;
        }
        if let Some(q) = governor {
            said = Said { start: m.start, end: m.end, kind: QuoteKind::Direct, ..q.clone() };
            let cue = cues.iter().enumerate().flat_map(|(s, c)| c.iter().map(move |c| (s, c))).find(|(s, c)| {
                let n = &scenes[*s].tree.nodes;
                q.cue == Some((n[c.first.min(c.word)].start, n[c.word.max(c.last)].end))
            });
            if let Some((s, c)) = cue {
                let source = source_at(scenes, s, *c, m);
                (said.speaker, said.source) = (source.mention, source.bytes(&scenes[s]));
                // "says Obama “knows full well”": the words of the clause before the marks belong to it.
                let inner = content.starts_with(char::is_lowercase) && !opens_sentence(text, scenes, m);
                if let Some(start) =
                    clause_start(scenes, s, *c, &source, m).filter(|_| inner && q.cue.is_some_and(|c| c.1 < m.start))
                {
                    (said.start, said.kind) = (start, QuoteKind::Indirect);
                }
                rejoin(text, (scenes, cues), (s, *c), &source, m, &mut said, out);
            }
        } else if let Some((s, c, _)) = cue {
            let source = source_at(scenes, s, c, m);
            said.speaker = source.mention;
            said.source = source.bytes(&scenes[s]);
            let tree = scenes[s].tree;
            said.cue = Some((tree.nodes[c.first].start, tree.nodes[c.word].end));
            said.class = Some(c.cue);
            rejoin(text, (scenes, cues), (s, c), &source, m, &mut said, out);
            let follows = english && tree.nodes[c.word].start >= m.end;
            let start = if follows { head_before(text, scenes, cues, m) } else { clause_start(scenes, s, c, &source, m) };
            // "in the spot “Storm,” pledging …": the cue behind a name is another clause's.
            if fragment && follows && start.is_none() && said.start == m.start && !is_complete(content) {
                continue;
            }
            if fragment
                && said.start == m.start
                && let Some(start) = start
            {
                // "said the plan “is dead”", "Rubio “apologized,” she said": the marks enclose a part of what is said.
                said.start = start;
                said.kind = QuoteKind::Indirect;
                out.retain(|q| q.cue != said.cue || q.end <= start || q.start >= m.end);
                if !open
                    .as_ref()
                    .is_some_and(|(o, _)| o.cue == said.cue && o.start <= start && resumes(text, scenes, o, &said, m))
                {
                    out.extend(open.take().map(|o| o.0));
                    open = Some((said, *m));
                    continue;
                }
            }
        }
        if english
            && !goes_on
            && let Some(i) = out.iter().position(|q| is_left(text, q, said.cue, m))
        {
            // "The plan was dead, she said. “It never lived.”": her words go on.
            let mut told = out.remove(i);
            told.parts = smallvec![(told.start, told.end), (m.start, m.end)];
            told.end = m.end;
            out.extend(open.take().map(|o| o.0));
            open = Some((told, *m));
            continue;
        }
        if let Some((whole, last)) = &mut open
            && (goes_on || resumes(text, scenes, whole, &said, m))
        {
            if whole.parts.is_empty() {
                whole.parts = smallvec![(whole.start, whole.end)];
            }
            whole.parts.push((m.start, m.end));
            whole.end = m.end;
            if whole.cue.is_none() {
                (whole.cue, whole.class, whole.speaker, whole.source) = (said.cue, said.class, said.speaker, said.source);
            }
            *last = *m;
            continue;
        }
        out.extend(open.take().map(|o| o.0));
        if said.speaker.is_none() && said.source.is_none() {
            let english_without = english && !behind_colon(text, m);
            let source = if english_without { Source::default() } else { by_colon(scenes, m) };
            let scene = scenes.iter().rfind(|s| s.tree.nodes.first().is_some_and(|n| n.start < m.start));
            (said.speaker, said.source) = (source.mention, scene.and_then(|s| source.bytes(s)));
            if said.speaker.is_none() && said.source.is_none() {
                said.speaker = last_speaker(out, m, said.cue.is_some());
            }
        }
        open = Some((said, *m));
    }
    out.extend(open.map(|o| o.0));
}

/// The article's own words for what somebody says, with their cue behind them, at the end of the sentence before the marks.
fn is_left(text: &str, q: &Said, cue: Option<(usize, usize)>, m: &Marked) -> bool {
    let behind = q.cue.filter(|c| c.0 >= q.end && c.1 <= m.start);
    let near = behind.map(|c| text[c.1..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c)));
    let ends = |gap: &str| match cue {
        None => ends_sentence(gap),
        Some(c) => q.cue.is_some_and(|own| own.1 == c.1) && (gap.ends_with(':') || ends_sentence(gap)),
    };
    q.kind != QuoteKind::Direct
        && q.parts.is_empty()
        && near.is_some_and(|gap| gap.len() < 80 && !gap.contains('\n') && ends(gap))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || "'’”\"".contains(c)).ends_with(['.', '?', '!'])
}

/// A colon stands right in front of the marks.
fn behind_colon(text: &str, m: &Marked) -> bool {
    text[..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c)).ends_with(':')
}

/// "“…,” he said. “…”": a quotation that goes on behind its cue, which has no cue of its own there.
fn resumes(text: &str, scenes: &[Scene<'_>], whole: &Said, next: &Said, m: &Marked) -> bool {
    let gap = &text[whole.end..m.start];
    let own = next.cue.filter(|c| Some(*c) != whole.cue);
    if let Some(line) = gap.rfind('\n') {
        return gap.len() < 400 && next_paragraph(text, scenes, whole, own, whole.end + line, m);
    }
    if gap.len() > 300 {
        return false;
    }
    let Some((_, end)) = whole.cue.filter(|&(start, end)| whole.end <= start && end <= m.start) else {
        return own.is_none() && gap.chars().all(|c| !c.is_alphanumeric());
    };
    let before = gap.trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c));
    if before.ends_with(':') {
        return false;
    }
    if before.ends_with(['.', '?', '!']) {
        // A new sentence of the same speaker, unless it has its own cue behind it.
        let followed = own.is_some_and(|(start, _)| start >= m.end) && text[m.start..m.end].trim_end().ends_with([',', '?', '!']);
        // A short sentence may lie between ("He shook his head."), or a name in marks that reads like the end of one.
        let apart = if is_english(scenes) && own.is_none() { 2 } else { 1 };
        return !followed && sentence(scenes, m.start).saturating_sub(sentence(scenes, end)) <= apart;
    }
    own.is_none_or(|(start, _)| start >= m.end) && (!is_english(scenes) || is_set_off(before))
}

/// Nothing but the opening mark lies between the quotation and the marks.
fn is_next(text: &str, q: &Said, m: &Marked) -> bool {
    q.end < m.start && !text[q.end..m.start].contains(|c: char| !c.is_whitespace() && !"“\"„«‘'`".contains(c))
}

/// Words go on behind their cue where punctuation or a conjunction sets them off ("“…,” she said, “…”", not "she said in the “Post”").
fn is_set_off(before: &str) -> bool {
    before.ends_with([',', ';', '—', '–', '-', '…', '.']) || [" and", " but", " that", " or"].iter().any(|w| before.ends_with(w))
}

fn is_english(scenes: &[Scene<'_>]) -> bool {
    scenes.first().is_some_and(|s| s.tree.language == Language::En)
}

/// "“…,” she said.", and the next paragraph begins with words in marks that have no cue of their own: she goes on.
fn next_paragraph(text: &str, scenes: &[Scene<'_>], whole: &Said, own: Option<(usize, usize)>, line: usize, m: &Marked) -> bool {
    let english = is_english(scenes);
    let words = |a: usize, b: usize| text[a..b].contains(char::is_alphanumeric);
    let one_break = text[whole.end..m.start].matches('\n').count() <= 2 && !words(line, m.start);
    let in_marks = whole.kind == QuoteKind::Direct || text[whole.end..].starts_with(['”', '"', '\'']);
    if !english || !in_marks || !one_break || own.is_some_and(|(start, _)| start > line) {
        return false;
    }
    match whole.cue {
        Some((start, end)) if start >= whole.end && end <= line => {
            sentence(scenes, line.saturating_sub(2)) == sentence(scenes, end) && text[end..line].trim_end().ends_with('.')
        }
        Some(_) => !words(whole.end, line),
        None => false,
    }
}

/// The sentence that holds the byte.
fn sentence(scenes: &[Scene<'_>], at: usize) -> usize {
    scenes.partition_point(|s| last_end(s) < at)
}

/// Who speaks at the cue of words in marks.
fn source_at(scenes: &[Scene<'_>], s: usize, c: CueAt, m: &Marked) -> Source {
    let scene = &scenes[s];
    if scene.tree.language == Language::En
        && let Some(source) = source::beside_marks(scene, c.word, m.end)
    {
        return source;
    }
    let found = source::of(scene, c.word);
    // Nobody in the quoted words speaks them.
    let outside = |i: usize| {
        let d = &scene.drafts[i];
        d.end <= m.start || d.start >= m.end
    };
    let named = found.words.is_some_and(|(a, b)| {
        let n = &scene.tree.nodes;
        n[b].end <= m.start || n[a].start >= m.end
    });
    if named && found.mention.is_none_or(outside) {
        return found;
    }
    let other = found
        .mention
        .filter(|&i| outside(i))
        .or_else(|| behind_cue(scene, c, m).filter(|_| scene.tree.language == Language::Tr))
        .or_else(|| before_marks(scenes, m))
        .or_else(|| unnamed_subject(scenes, s, c.word));
    other.map_or_else(Source::default, |i| source::mentioned(scene, i))
}

/// The marks stand where a sentence of the text begins, or right behind a comma or colon.
fn opens_sentence(text: &str, scenes: &[Scene<'_>], m: &Marked) -> bool {
    let before = text[..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`[(".contains(c));
    let first = scenes.iter().any(|s| s.tree.nodes.first().is_some_and(|n| n.start < m.start && m.start <= n.start + 4));
    // "tweeted that, “…" begins with its conjunction.
    let that = before.trim_end_matches(',').ends_with(" that");
    !that
        && (first
            || before.is_empty()
            || before.ends_with(['.', '?', '!', ':', ',', '”', '"', '\'', '\n', '—', '-', ';', '…', '>']))
}

/// The scene in which the quotation ends.
fn home(scenes: &[Scene<'_>], m: &Marked) -> Option<usize> {
    scenes.iter().position(|s| {
        let nodes = &s.tree.nodes;
        nodes.first().is_some_and(|n| n.start < m.end) && nodes.last().is_some_and(|n| n.end + 1 >= m.end)
    })
}

/// What is in the marks ends as a sentence or in front of its cue.
fn is_complete(content: &str) -> bool {
    content
        .trim_end_matches(|c: char| c.is_whitespace() || "'’”\"".contains(c))
        .ends_with([',', '.', '?', '!', '…', '—', '–', '-'])
}

fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// Ends the quotation in front of the byte; false where little is left of it.
fn ends_before(text: &str, q: &mut Said, stop: usize) -> bool {
    if stop <= q.start {
        return false;
    }
    let left = text[q.start..stop].trim_end_matches(|c: char| !c.is_alphanumeric());
    q.end = q.start + left.len();
    left.split_whitespace().count() > 4
}

/// "saying, “…": a comma or colon right in front of the marks opens a quotation of its own.
fn is_opened(text: &str, m: &Marked) -> bool {
    let before = text[..m.start].trim_end_matches(|c: char| c.is_whitespace() || "“\"„«‘'`".contains(c));
    before.ends_with([',', ':']) && text[m.start..m.end].starts_with(|c: char| c.is_uppercase())
}

/// "Çelik: “…”", "the ministry issued a statement: “…”": the name before the colon, or who acts in the sentence that it ends.
fn by_colon(scenes: &[Scene<'_>], m: &Marked) -> Source {
    let scene = scenes.iter().rfind(|s| s.tree.nodes.first().is_some_and(|n| n.start < m.start));
    let Some(scene) = scene else { return Source::default() };
    let tree = scene.tree;
    let colon = tree.nodes.iter().rposition(|n| n.end <= m.start && tree.text[n.start..n.end].ends_with(':'));
    let Some(before) = colon.and_then(|c| c.checked_sub(1)) else { return Source::default() };
    let named = scene.words.at(before).filter(|&i| speaks(&scene.drafts[i]));
    let verbs = || (0..=before).filter(|&w| tree.is_verbal(w) && tree.nodes[w].verb.is_some_and(|v| v.is_finite()));
    let speaker = match (tree.language, verbs().next()) {
        (Language::Tr, _) => return named.map_or_else(|| source::of(scene, before), |i| source::mentioned(scene, i)),
        (Language::En, None) => named,
        (Language::En, Some(first)) => {
            return source::of(scene, verbs().find(|&w| tree.nodes[w].rel == Rel::Root).unwrap_or(first));
        }
    };
    match speaker {
        Some(i) => source::mentioned(scene, i),
        None if tree.nodes[before].upos == Upos::Propn => source::phrase(scene, before),
        None => Source::default(),
    }
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
    let near = |q: &&Said| q.end <= m.start && q.speaker.is_some();
    let direct =
        || out.iter().filter(near).filter(|q| q.kind == QuoteKind::Direct && m.start - q.end < 400).max_by_key(|q| q.end);
    let last = direct().or_else(|| out.iter().filter(near).max_by_key(|q| q.end))?;
    (cued || m.start - last.end < 400).then_some(last.speaker).flatten()
}
