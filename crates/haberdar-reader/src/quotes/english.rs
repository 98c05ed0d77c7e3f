//! Reported speech in English: what stands as the complement of a verb or noun of saying, thinking, asking or promising.
//!
//! The parse gives the complements; where it is broken, the order of the words decides: what is between the cue and the end
//! of the sentence, or before the comma in front of "…, the envoy said".

use haberdar_lang::Upos;

use super::{
    CueAt, Said,
    source::{Source, english as source_of, phrase},
};
use crate::{
    clauses,
    events::Scene,
    tree::{Rel, Tree},
};

/// First and last word of a content.
type Words = (usize, usize);

/// The content of a cue with its source.
pub(super) fn find(scene: &Scene<'_>, c: &CueAt) -> Option<Said> {
    let (content, source, addressee) = match c.cue.pos {
        'v' => verb(scene, c)?,
        'n' => noun(scene, c)?,
        _ => adposition(scene, c)?,
    };
    // "“…,” the president said": who says it is not among the words, whatever the parse hangs him on.
    let content = match source.words {
        Some((a, b)) if content.0 < a && b <= content.1 && c.word > content.1 => (content.0, a - 1),
        _ => content,
    };
    let content = inserted(scene.tree, c, &source).map_or(content, |first| (first.min(content.0), content.1));
    let (first, last) = trim(scene.tree, content)?;
    let span = (scene.tree.nodes[first].start, scene.tree.nodes[last].end);
    // A word alone ("said so", "asked why") tells nothing.
    if last == first && !matches!(scene.tree.nodes[first].upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let mut said = Said::indirect(scene, c, span, source);
    said.addressee = addressee;
    Some(said)
}

/// "The levy, the ministry said, was lawful": the first word of the clause that the cue and its source stand in, where its verb
/// follows them.
fn inserted(tree: &Tree<'_>, c: &CueAt, source: &Source) -> Option<usize> {
    let (a, b) = source.words.filter(|&(_, b)| c.cue.pos == 'v' && b < c.word)?;
    let comma = |w: usize| tree.nodes.get(w).is_some() && tree.lower(w) == ",";
    let a = (0..a).rev().find(|&w| !matches!(tree.nodes[w].upos, Upos::Det | Upos::Adj)).map_or(0, |w| w + 1);
    let verb = tree.nodes.iter().skip(c.word + 2).find(|n| n.upos != Upos::Adv)?;
    let finite = verb.upos == Upos::Aux || verb.verb.is_some_and(|m| m.is_finite());
    let nominal = (0..a).any(|w| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Pron));
    let said = |w: usize| tree.nodes[w].verb.is_some_and(|m| m.is_finite());
    let verbs = (0..a).any(|w| said(w) || matches!(tree.lower(w), "“" | "”" | "\"" | "''" | "``"));
    let apart = comma(c.word + 1) && a > 1 && b + 1 >= c.word && comma(a - 1);
    (apart && finite && nominal && !verbs).then_some(0)
}

type Found = (Words, Source, Option<usize>);

fn verb(scene: &Scene<'_>, c: &CueAt) -> Option<Found> {
    let (tree, v) = (scene.tree, c.word);
    if tree.nodes[v].upos == Upos::Aux || tree.nodes[v].verb.is_none() {
        return None;
    }
    let source = source_of(scene, v);
    let takes = c.cue.takes;
    // "The talks, she said, would go on": the cue hangs on the content.
    if let (Rel::Parataxis, Some(h)) = (tree.nodes[v].rel, tree.nodes[v].head)
        && (takes.has("comp") || takes.has("quote"))
        && tree.kids_by(v, &[Rel::Ccomp, Rel::Obj, Rel::Xcomp]).next().is_none()
    {
        return Some((without(tree, h, v)?, source, None));
    }
    let passive = clauses::is_passive(tree, v);
    let clause = tree.kids_by(v, &[Rel::Ccomp]).filter(|&k| is_clause(tree, k)).max_by_key(|&k| (k > v, tree.subtree(k).len()));
    let purpose = c.cue.class == "ask";
    let infinitive = tree
        .kids_by(v, &[Rel::Xcomp, Rel::Advcl])
        .find(|&k| k > v && is_infinitive(tree, k) && (purpose || tree.nodes[k].rel == Rel::Xcomp))
        .filter(|_| takes.has("inf"));
    if passive {
        if let Some(k) = clause.filter(|&k| k > v) {
            return Some((extent(tree, k), source, None));
        }
        // "is believed to be hiding", "is expected to sign": the whole clause is what is believed.
        let Some(k) = infinitive else {
            // "was first reported by the agency": what is said is the subject.
            let by = source.words.is_some() && takes.has("obj");
            let subject = tree.kids_by(v, &[Rel::NsubjPass, Rel::Nsubj]).find(|&s| s < v && tree.nodes[s].upos != Upos::Pron);
            let told = subject.filter(|_| by).map(|s| extent(tree, s));
            return prepositional(tree, c, v).or(told).map(|w| (w, source, None));
        };
        let subject = tree.kids_by(v, &[Rel::NsubjPass, Rel::Nsubj]).next()?;
        return Some(((extent(tree, subject).0, extent(tree, k).1), source, None));
    }
    let objects = || tree.kids_by(v, &[Rel::Obj, Rel::Iobj]).filter(|&k| k > v);
    if let Some(k) = clause.filter(|_| takes.has("comp") || takes.has("quote")) {
        let object = objects().find(|&o| o < k);
        // "called the raid a crime": what is called so belongs to the content; whom one tells does not.
        let small = tree.kids_by(k, &[Rel::Mark, Rel::Nsubj, Rel::NsubjPass, Rel::Cop]).next().is_none();
        if let Some(o) = object.filter(|_| small && (takes.has("obj") || takes.has("as"))) {
            return Some(((extent(tree, o).0, extent(tree, k).1), source, None));
        }
        let addressee = object.and_then(|o| scene.words.at(o));
        return Some((if k < v { before(tree, k, v) } else { extent(tree, k) }, source, addressee));
    }
    if let Some(k) = infinitive {
        // "urged Cairo to open the crossing": whom is asked belongs to what is asked.
        let from = objects().map(|o| extent(tree, o).0).min().unwrap_or_else(|| extent(tree, k).0);
        let addressee = objects().next().filter(|_| c.cue.class == "ask").and_then(|o| scene.words.at(o));
        return Some(((from, extent(tree, k).1), source, addressee));
    }
    let by_preposition = prepositional(tree, c, v);
    let object = objects().next().filter(|&o| (takes.has("obj") || by_preposition.is_some()) && is_content_noun(tree, o));
    if let Some(o) = object {
        let (from, to) = extent(tree, o);
        let to = by_preposition.map_or(to, |(_, end)| to.max(end));
        return Some(((from, to), source, None));
    }
    if by_preposition.is_some() {
        return by_preposition.map(|w| (w, source, None));
    }
    if takes.has("comp") && matches!(c.cue.class, "say" | "claim" | "announce" | "think" | "hear" | "deny" | "quote") {
        return by_order(scene, c, &source).map(|w| (w, source, None));
    }
    None
}

/// A clause has a verb or a copula; a bare noun read as one is the source or the object.
fn is_clause(tree: &Tree<'_>, k: usize) -> bool {
    tree.is_verbal(k) || tree.kids_by(k, &[Rel::Cop, Rel::Nsubj, Rel::Mark, Rel::Aux]).next().is_some()
}

fn is_infinitive(tree: &Tree<'_>, k: usize) -> bool {
    tree.kids_by(k, &[Rel::Mark]).any(|m| tree.lower(m) == "to")
}

/// First and last word below `k`.
fn extent(tree: &Tree<'_>, k: usize) -> Words {
    let (mut low, mut high, mut stack) = (k, k, vec![k]);
    while let Some(w) = stack.pop() {
        (low, high) = (low.min(w), high.max(w));
        stack.extend(tree.kids(w));
    }
    (low, high)
}

/// The clause of `h` without what hangs on the cue inside or behind it.
fn without(tree: &Tree<'_>, h: usize, cue: usize) -> Option<Words> {
    let own = extent(tree, cue);
    let (low, high) = extent(tree, h);
    if own.1 >= high {
        // Behind the content; a full stop may hang on the head.
        (own.0 > low).then(|| (low, own.0 - 1))
    } else if own.0 <= low {
        Some((own.1 + 1, high))
    } else if (own.1 + 1..=high).all(|w| tree.nodes[w].rel == Rel::Punct)
        || (own.1 + 1..high).any(|w| matches!(tree.lower(w), "." | "''" | "“" | "``"))
        || (own.1 + 1..=high).all(|w| !tree.is_verbal(w)) && own.0 > low + 4
    {
        // Nothing, or a new sentence, behind the cue.
        Some((low, own.0 - 1))
    } else {
        Some((low, high))
    }
}

/// A clause in front of its cue ends where the cue's own group begins.
fn before(tree: &Tree<'_>, k: usize, v: usize) -> Words {
    let (low, high) = extent(tree, k);
    let own = tree.kids(v).filter(|&x| x != k && x > k).map(|x| extent(tree, x).0).min().unwrap_or(v).min(v);
    (low, if own > low { high.min(own - 1) } else { high })
}

/// Prepositional content: "called for talks", "warned of a flood", "accused the cabinet of theft".
fn prepositional(tree: &Tree<'_>, c: &CueAt, v: usize) -> Option<Words> {
    let wanted = |p: usize| c.cue.takes.has(tree.lower(p)) || p > c.word && p <= c.last;
    let of = |top: usize| {
        tree.kids_by(top, &[Rel::Obl, Rel::Nmod, Rel::Advcl, Rel::Acl, Rel::Xcomp]).filter(|&k| k > v).find_map(|k| {
            let p = tree.kids_by(k, &[Rel::Case, Rel::Mark]).find(|&p| p < k && wanted(p))?;
            Some((p + 1, extent(tree, k).1.max(p + 1)))
        })
    };
    of(v).or_else(|| tree.kids_by(v, &[Rel::Obj, Rel::Prt]).find_map(of))
}

/// "made a statement", "told reporters": what names no content.
fn is_content_noun(tree: &Tree<'_>, o: usize) -> bool {
    !(tree.nodes[o].upos == Upos::Pron && matches!(tree.lower(o), "itself" | "himself" | "herself" | "themselves"))
}

/// Where the parse gives no complement, the order of the words does.
fn by_order(scene: &Scene<'_>, c: &CueAt, source: &Source) -> Option<Words> {
    let (tree, v) = (scene.tree, c.word);
    let finite = tree.nodes[v].verb.is_some_and(|m| m.is_finite());
    let group = source.words.map_or(v, |(a, _)| a.min(c.first)).min(v);
    let verbs = |from: usize, to: usize| (from..to).any(|w| tree.nodes[w].verb.is_some());
    let next = (v + 1..tree.len()).find(|&w| tree.nodes[w].rel != Rel::Punct);
    let that =
        next.and_then(|n| (n..(n + 6).min(tree.len())).find(|&w| tree.lower(w) == "that" && tree.nodes[w].rel != Rel::Det));
    if let Some(w) = that {
        return (tree.len() - w > 3).then(|| (w, tree.len() - 1));
    }
    let end = source.words.map_or(v, |(_, b)| b.max(v));
    // "…, the envoy said." and "…, said the envoy on Monday.": nothing that could be the content follows.
    let apart = group > 3 && matches!(tree.lower(group - 1), "," | "”" | "\"" | "''");
    if finite && apart && verbs(0, group - 1) && !verbs(end + 1, tree.len()) {
        return Some((0, group - 1));
    }
    let next = next?;
    let subject_first = source.words.is_some_and(|(_, b)| b < v) || !finite;
    let clause = subject_first && next == v + 1 && verbs(next + 1, tree.len()) && tree.nodes[next].upos != Upos::Adp;
    (clause && tree.len() - next > 3).then(|| (next, tree.len() - 1))
}

fn noun(scene: &Scene<'_>, c: &CueAt) -> Option<Found> {
    let (tree, w) = (scene.tree, c.word);
    if !matches!(tree.nodes[w].upos, Upos::Noun) {
        return None;
    }
    let clause = tree.kids_by(w, &[Rel::Ccomp, Rel::Acl]).find(|&k| {
        k > w
            && c.cue.takes.has("comp")
            && tree.kids_by(k, &[Rel::Mark]).any(|m| matches!(tree.lower(m), "that" | "to" | "whether"))
    });
    let content = clause.map(|k| extent(tree, k)).or_else(|| prepositional(tree, c, w))?;
    // "his promise", "the ministry's denial", "a claim by rebels"; else who makes it: "she issued a warning that …".
    let owner = tree.kids_by(w, &[Rel::NmodPoss]).next().or_else(|| {
        let by = |k: &usize| tree.kids_by(*k, &[Rel::Case]).any(|p| matches!(tree.lower(p), "by" | "from"));
        tree.kids_by(w, &[Rel::Nmod]).find(by)
    });
    let source = match owner {
        Some(k) => phrase(scene, k),
        None => match tree.nodes[w].head.filter(|&h| tree.is_verbal(h) && matches!(tree.nodes[w].rel, Rel::Obj | Rel::Obl)) {
            Some(h) => source_of(scene, h),
            None => Source::default(),
        },
    };
    Some((content, source, None))
}

/// "According to the ministry, …", "…, in the words of one guest", "reportedly".
fn adposition(scene: &Scene<'_>, c: &CueAt) -> Option<Found> {
    let (tree, w) = (scene.tree, c.word);
    if c.first == w && tree.nodes[w].upos == Upos::Adv {
        // "has reportedly fled": the clause, and nobody says who reports it.
        let h = tree.nodes[w].head.filter(|&h| tree.is_verbal(h))?;
        return Some((extent(tree, h), Source::default(), None));
    }
    // The words of the phrase stand side by side ("according to", "in the view of").
    let plain = c.last == w
        && w > c.first
        && w - c.first <= 4
        && (c.first..w).all(|k| !tree.is_verbal(k) || tree.lower(k) == "according");
    if !plain || !matches!(tree.lower(w), "to" | "of") {
        return None;
    }
    // Whose words: the noun behind, by the parse or by its first noun.
    let noun = tree.nodes[w]
        .head
        .filter(|&h| h > w)
        .or_else(|| (w + 1..tree.len()).find(|&k| matches!(tree.nodes[k].upos, Upos::Noun | Upos::Propn | Upos::Pron)))?;
    let source = phrase(scene, noun);
    let mut end = extent(tree, noun).1.max(noun);
    // The phrase ends at its comma at the latest where the content follows it.
    let opens = (0..c.first).all(|k| tree.nodes[k].rel == Rel::Punct || matches!(tree.nodes[k].upos, Upos::Cconj | Upos::Punct));
    if opens {
        let head_end = source.words.map_or(noun, |(_, b)| b);
        let comma = (head_end..tree.len()).find(|&k| tree.lower(k) == ",")?;
        let list = scene.words.at(comma + 1).is_some() && comma + 4 < tree.len() && tree.nodes[noun].plural;
        end = if list { end.max(comma) } else { apposition_end(tree, comma) };
        return Some(((end + 1, tree.len() - 1), source, None));
    }
    let behind = tree.len() - 1 - end.min(tree.len() - 1);
    Some((if c.first >= behind { (0, c.first - 1) } else { (end + 1, tree.len() - 1) }, source, None))
}

/// "According to Lorella Praeli, Clinton's director, the campaign …": an apposition without a verb is passed over.
fn apposition_end(tree: &Tree<'_>, comma: usize) -> usize {
    let next = (comma + 1..tree.len()).find(|&k| tree.lower(k) == ",");
    match next {
        Some(n)
            if n - comma < 14
                && n + 3 < tree.len()
                && (comma + 1..n).all(|k| !tree.is_verbal(k))
                && starts_apposition(tree, comma + 1) =>
        {
            n
        }
        _ => comma,
    }
}

fn starts_apposition(tree: &Tree<'_>, w: usize) -> bool {
    tree.nodes[w].rel == Rel::Appos || (w..(w + 8).min(tree.len())).any(|k| tree.nodes[k].rel == Rel::Appos)
}

/// Without punctuation at the ends.
fn trim(tree: &Tree<'_>, (mut a, mut b): Words) -> Option<Words> {
    let out = |w: usize| tree.nodes[w].rel == Rel::Punct || tree.nodes[w].upos == Upos::Punct;
    while a < b && out(a) {
        a += 1;
    }
    while b > a && out(b) {
        b -= 1;
    }
    (a <= b && !out(a)).then_some((a, b))
}
