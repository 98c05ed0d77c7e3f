//! Who speaks: the subject of a cue, an agent, whose statement it is; and whom a pronoun or a dropped subject stands for.

use haberdar_lang::Upos;
use haberdar_model::{Language, MentionKind};

use super::Said;
use crate::{
    clauses,
    events::{self, Scene},
    lexicon::pattern::Slot,
    mentions::Draft,
    salience,
    tree::{Case, Rel},
};

/// A source as the text names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The mention, where there is one.
    pub(crate) mention: Option<usize>,
    /// First and last word of the phrase that names it.
    pub(crate) words: Option<(usize, usize)>,
}

impl Source {
    /// Bytes of the phrase.
    pub(crate) fn bytes(&self, scene: &Scene<'_>) -> Option<(usize, usize)> {
        self.words.map(|(a, b)| (scene.tree.nodes[a].start, scene.tree.nodes[b].end))
    }
}

/// The source at a cue in either language.
pub(crate) fn of(scene: &Scene<'_>, cue: usize) -> Source {
    match scene.tree.language {
        Language::En => english(scene, cue),
        Language::Tr => in_turkish(scene, cue),
    }
}

/// The mention at a word as a source.
pub(super) fn of_word(scene: &Scene<'_>, w: usize) -> Option<Source> {
    scene.words.at(w).map(|m| mentioned(scene, m))
}

/// A mention as a source.
pub(super) fn mentioned(scene: &Scene<'_>, m: usize) -> Source {
    let d = &scene.drafts[m];
    let own = d.start >= scene.tree.nodes[0].start && d.end <= scene.tree.nodes[scene.tree.len() - 1].end;
    Source { mention: Some(m), words: own.then_some((d.first, d.last)) }
}

/// The noun phrase of a word, cut where a clause or an apposition begins, with the mention in it.
pub(super) fn phrase(scene: &Scene<'_>, w: usize) -> Source {
    let tree = scene.tree;
    if let Some(m) = scene.words.at(w).filter(|&m| speaks(&scene.drafts[m])) {
        return mentioned(scene, m);
    }
    let (mut a, mut b) = (w, w);
    let mut stack = vec![w];
    while let Some(k) = stack.pop() {
        (a, b) = (a.min(k), b.max(k));
        let part = |&q: &usize| {
            !matches!(
                tree.nodes[q].rel,
                Rel::AclRelcl | Rel::Acl | Rel::Appos | Rel::Parataxis | Rel::Punct | Rel::Case | Rel::Ccomp
            ) && (q < w || !matches!(tree.nodes[q].rel, Rel::Conj | Rel::Advcl))
                && !tree.is_verbal(q)
        };
        stack.extend(tree.kids(k).filter(part));
    }
    while a < w && matches!(tree.nodes[a].upos, Upos::Punct | Upos::Cconj | Upos::Adp) {
        a += 1;
    }
    Source { mention: None, words: Some((a, b)) }
}

/// Subject, inverted subject or agent of an English cue.
pub(super) fn english(scene: &Scene<'_>, v: usize) -> Source {
    let tree = scene.tree;
    // "…,” Lavrov told reporters": a name between comma and cue speaks, whatever the parse makes of it.
    let name =
        v.checked_sub(1).and_then(|w| scene.words.at(w)).filter(|&m| speaks(&scene.drafts[m]) && scene.drafts[m].last + 1 == v);
    let office = |w: usize| scene.words.at(w).is_some_and(|m| scene.drafts[m].kind == MentionKind::Office);
    let own = tree.kids_by(v, &[Rel::Nsubj, Rel::NsubjPass]).next();
    let opens = |m: usize| {
        let before = scene.drafts[m].first.checked_sub(1);
        // "GOP contender and former neurosurgeon Ben Carson responded": the name and not the first of its titles.
        let titled = scene.drafts[m].kind == MentionKind::Person && own.is_some_and(|w| w < scene.drafts[m].first && office(w));
        before.is_some_and(|w| {
            tree.nodes[w].upos == Upos::Punct || titled && !matches!(tree.nodes[w].upos, Upos::Adp | Upos::Cconj | Upos::Verb)
        })
    };
    if let Some(m) = name.filter(|&m| opens(m)) {
        return mentioned(scene, m);
    }
    // "His aide, Tad Devine, told the paper": who is set apart right before a cue that has its hearer behind it.
    let told = v.checked_sub(2).filter(|&w| tree.lower(w + 1) == "," && tree.is_any(v, scene.lexicon.list("cue_of_hearer")));
    let person = told
        .and_then(|w| scene.words.at(w))
        .filter(|&m| scene.drafts[m].last + 2 == v && scene.drafts[m].kind == MentionKind::Person);
    if let Some(m) = person {
        return mentioned(scene, m);
    }
    if let Some(m) = before_brackets(scene, v) {
        return mentioned(scene, m);
    }
    if let Some(source) = set_apart(scene, v) {
        return source;
    }
    if let Some(w) = participle_subject(scene, v) {
        return phrase(scene, w);
    }
    // A participle without an auxiliary ("Lavrov told reporters", misread) is no passive.
    let auxiliary = tree.kids_by(v, &[Rel::AuxPass]).next().is_some() || beside(scene, v).is_none();
    if auxiliary && clauses::is_passive(tree, v) && tree.kids_by(v, &[Rel::Ccomp]).next().is_none() {
        let agent = clauses::fill(tree, &scene.lexicon.names.slots, v, Slot::BY);
        return agent.first().map_or(Source::default(), |&w| phrase(scene, w));
    }
    if let Some(w) = own.filter(|&w| is_relative(scene, w)) {
        // "Graham, who says …": the words are "who", the mention is Graham.
        let antecedent = clauses::surface_subject(tree, v).first().map(|&h| phrase(scene, h));
        return match antecedent {
            Some(s) if s.mention.is_some() => Source { mention: s.mention, words: Some((w, w)) },
            // "the novice who wants …"
            Some(Source { mention, words: Some((a, b)) }) if b < w && w <= b + 2 => Source { mention, words: Some((a, w)) },
            Some(s) => s,
            None => Source { mention: None, words: Some((w, w)) },
        };
    }
    let subject = own.filter(|&w| !is_time(scene, w)).or_else(|| clauses::surface_subject(tree, v).first().copied());
    // "Lavrov told reporters": where a noun stands right before the verb, what is behind it is no subject.
    let misread = subject.is_some_and(|w| w > v) && beside(scene, v).is_some_and(|w| w < v);
    if let Some(w) = subject.filter(|&w| tree.nodes[w].verb.is_none() && !misread) {
        return phrase(scene, w);
    }
    beside(scene, v).map_or(Source::default(), |w| phrase(scene, w))
}

/// "“…,” the two-term president said", "“…?” asked one of the guests": who stands between the marks and a cue behind them, or
/// right behind the cue. The parse is of no use there: it takes what is said for the sentence.
pub(super) fn beside_marks(scene: &Scene<'_>, cue: usize, end: usize) -> Option<Source> {
    let tree = scene.tree;
    let punct = |w: usize| matches!(tree.nodes[w].upos, Upos::Punct) || tree.nodes[w].rel == Rel::Punct;
    let first = (0..cue + 1).find(|&w| tree.nodes[w].start >= end && !punct(w))?;
    if clauses::is_passive(tree, cue) && tree.kids_by(cue, &[Rel::AuxPass]).next().is_some() {
        return None;
    }
    let light = |w: usize| matches!(tree.nodes[w].upos, Upos::Adv | Upos::Aux | Upos::Part | Upos::Cconj);
    let from = (first..cue).find(|&w| !light(w) && !punct(w));
    match from {
        Some(w) => group(scene, w, cue),
        None => {
            let after = (cue + 1..tree.len()).find(|&w| !light(w))?;
            group(scene, after, tree.len()).filter(|_| !punct(after))
        }
    }
}

/// The noun group that begins at the word, before another one.
fn group(scene: &Scene<'_>, from: usize, until: usize) -> Option<Source> {
    let tree = scene.tree;
    let part = |w: usize| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det | Upos::Pron);
    let nominal = |w: usize| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    // Behind the cue an object is no source: "“…?” he asked her".
    let object = until == tree.len() && matches!(tree.lower(from), "him" | "her" | "me" | "us" | "them" | "it");
    if !part(from) || object {
        return None;
    }
    let stop = (from..until.min(tree.len())).take_while(|&w| part(w) || tree.lower(w) == "'s" || tree.lower(w) == "’s").last()?;
    let last = (from..=stop).rev().find(|&w| nominal(w))?;
    let mention = (from..=last).rev().find_map(|w| {
        scene
            .words
            .headed(w)
            .filter(|&m| speaks(&scene.drafts[m]) && scene.drafts[m].first >= from && scene.drafts[m].last <= last)
    });
    match mention {
        Some(m) if scene.drafts[m].last == last => Some(mentioned(scene, m)),
        _ => Some(Source { mention: None, words: Some((from, last)) }),
    }
}

/// "The levy, the court found, was lawful": the noun group between a comma and its finite cue, whatever the parse hangs the cue on.
fn set_apart(scene: &Scene<'_>, v: usize) -> Option<Source> {
    let tree = scene.tree;
    let light = |w: usize| matches!(tree.nodes[w].upos, Upos::Adv | Upos::Aux | Upos::Part);
    let part = |w: usize| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det | Upos::Pron);
    let punct = |w: usize| tree.nodes[w].upos == Upos::Punct;
    if !tree.nodes[v].verb.is_some_and(|m| m.is_finite()) || tree.kids_by(v, &[Rel::AuxPass]).next().is_some() {
        return None;
    }
    let last = (0..v).rev().find(|&w| !light(w)).filter(|&w| part(w))?;
    let first = (0..=last).rev().take_while(|&w| part(w) || matches!(tree.lower(w), "'s" | "’s")).last()?;
    let open = first.checked_sub(1).is_some_and(|w| punct(w) && !matches!(tree.lower(w), "-" | "/" | "'" | "’"));
    let named = matches!(tree.nodes[last].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    if !open || !named || is_relative(scene, first) || is_time(scene, last) || tree.lower(last) == "there" {
        return None;
    }
    group(scene, first, last + 1)
}

/// "Paul Ryan (R-WI) said", "Ryan (R-WI), said": the name before brackets.
fn before_brackets(scene: &Scene<'_>, v: usize) -> Option<usize> {
    let tree = scene.tree;
    let close = v.checked_sub(1).map(|w| if tree.lower(w) == "," { w.saturating_sub(1) } else { w })?;
    if !tree.lower(close).ends_with(')') {
        return None;
    }
    let open = (close.saturating_sub(6)..=close).rev().find(|&w| tree.lower(w).starts_with('('))?;
    scene.words.at(open.checked_sub(1)?).filter(|&m| speaks(&scene.drafts[m]))
}

/// "Trump returned the compliment, telling reporters …", "Conceding that …, he warned …": a participle that a comma sets apart has
/// the subject of its clause.
fn participle_subject(scene: &Scene<'_>, v: usize) -> Option<usize> {
    let tree = scene.tree;
    let first = (0..v).all(|w| tree.nodes[w].upos == Upos::Punct);
    let apart =
        first || v > 0 && (tree.lower(v - 1) == "," || v > 1 && tree.lower(v - 2) == "," && tree.nodes[v - 1].upos == Upos::Adv);
    let bare = tree.kids_by(v, &[Rel::Aux, Rel::AuxPass, Rel::Nsubj, Rel::NsubjPass, Rel::Cop]).next().is_none();
    if !tree.lower(v).ends_with("ing") || !apart || !bare {
        return None;
    }
    let subject =
        |h: usize| tree.kids_by(h, &[Rel::Nsubj, Rel::NsubjPass]).find(|&w| !is_relative(scene, w) && !is_time(scene, w));
    let mut at = v;
    for _ in 0..4 {
        let Some(h) = tree.nodes[at].head else { break };
        let clause = tree.is_verbal(h) || tree.kids_by(h, &[Rel::Cop]).next().is_some();
        if let Some(w) = subject(h).filter(|&w| clause && (w < v || first)) {
            return Some(w);
        }
        at = h;
    }
    let finite = |h: &usize| tree.nodes[*h].verb.is_some_and(|m| m.is_finite());
    if first {
        return (v + 1..tree.len()).filter(finite).find_map(|h| subject(h).filter(|&w| tree.nodes[h].rel == Rel::Root || w < h));
    }
    (0..v).rev().filter(finite).find_map(subject)
}

/// "last month", "Tuesday": says when and not who.
fn is_time(scene: &Scene<'_>, w: usize) -> bool {
    let named = scene.words.at(w).is_some_and(|m| matches!(scene.drafts[m].kind, MentionKind::Person | MentionKind::Office));
    !named && scene.tree.is_any(w, scene.lexicon.list("time_noun"))
}

fn is_relative(scene: &Scene<'_>, w: usize) -> bool {
    matches!(scene.tree.lower(w), "who" | "which" | "that" | "whom")
}

/// The noun right before the verb, or right behind it where a comma or a mark stands before.
fn beside(scene: &Scene<'_>, v: usize) -> Option<usize> {
    let tree = scene.tree;
    let noun = |w: usize| matches!(tree.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let on_day = |w: usize| {
        let before = tree.nodes.get(w + 1).is_some() && is_time(scene, w + 1);
        is_time(scene, w) || before && matches!(tree.lower(w), "on" | "in" | "last" | "this" | "earlier" | "late" | "early")
    };
    let light = |w: usize| matches!(tree.nodes[w].upos, Upos::Adv | Upos::Aux | Upos::Part) || on_day(w);
    let finite = tree.nodes[v].verb.is_some_and(|m| m.is_finite());
    let left = (0..v).rev().find(|&w| !light(w));
    match left {
        Some(w) if noun(w) => Some(w),
        _ if !finite => None,
        Some(w) if !matches!(tree.nodes[w].upos, Upos::Punct) => None,
        _ => {
            let first = (v + 1..tree.len()).find(|&w| !matches!(tree.nodes[w].upos, Upos::Det | Upos::Adj | Upos::Num))?;
            let last = (first..tree.len()).take_while(|&w| noun(w)).last()?;
            Some(last)
        }
    }
}

/// The source at a Turkish verb of saying: a mention, else the words of its subject ("Bilet alanların bazıları … belirtti").
pub(super) fn in_turkish(scene: &Scene<'_>, cue: usize) -> Source {
    let tree = scene.tree;
    if let Some(m) = turkish(scene, cue) {
        return mentioned(scene, m);
    }
    let plain = |w: &usize| {
        matches!(tree.nodes[*w].upos, Upos::Noun | Upos::Propn | Upos::Pron)
            && matches!(tree.nodes[*w].case, Case::Nom | Case::None)
            && !tree.is_verbal(*w)
            && scene.words.at(*w).is_none()
    };
    let subject = tree.kids_by(cue, &[Rel::Nsubj]).find(plain).filter(|_| !clauses::is_passive(tree, cue));
    subject.map_or_else(Source::default, |w| phrase(scene, w))
}

/// Who speaks at a Turkish verb of saying.
pub(crate) fn turkish(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    let tree = scene.tree;
    if clauses::is_passive(tree, cue) {
        // Agentless passives have no speaker, whatever stands in the nominative; "tarafından" and "by" name one.
        return clauses::fill(tree, &scene.lexicon.names.slots, cue, Slot::SUBJ)
            .iter()
            .find_map(|&w| speaking(scene, w))
            .or_else(|| stated_by(scene, cue))
            .or_else(|| agent(scene, cue));
    }
    if let Some(m) = events::topic(scene, cue) {
        return Some(m);
    }
    let subjects = clauses::surface_subject(tree, cue);
    subjects.iter().find_map(|&w| speaking(scene, w)).or_else(|| {
        // The parse gives no usable subject: the nearest nominative mention that can speak, before the cue.
        if !subjects.is_empty() {
            return None;
        }
        (0..cue).rev().find_map(|w| {
            let m = scene.words.headed(w)?;
            let case = tree.nodes[scene.drafts[m].last].case;
            (speaks(&scene.drafts[m])
                && matches!(case, Case::Nom | Case::None)
                && matches!(tree.nodes[w].rel, Rel::Nsubj | Rel::Root | Rel::Conj))
            .then_some(m)
        })
    })
}

/// "polis kaynaklarınca … belirtildi": the agent in -ca.
fn agent(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    (0..cue).find_map(|w| {
        let form = scene.tree.lower(w);
        let agent = ["nca", "nce", "lıkça", "likçe"].iter().any(|e| form.ends_with(e));
        speaking(scene, w).filter(|_| agent)
    })
}

/// "Bakanlıktan yapılan açıklamada … bildirildi": whose statement it is.
pub(crate) fn stated_by(scene: &Scene<'_>, cue: usize) -> Option<usize> {
    let (tree, nouns) = (scene.tree, scene.lexicon.list("statement"));
    let statement = (0..cue).find(|&w| tree.nodes[w].case == Case::Loc && tree.is_any(w, nouns))?;
    (statement.saturating_sub(6)..statement).rev().find_map(|w| {
        let m = scene.words.at(w).filter(|&m| speaks(&scene.drafts[m]))?;
        let last = scene.drafts[m].last;
        let by = tree.nodes.get(last + 1).is_some() && tree.lower(last + 1) == "tarafından";
        (by || matches!(tree.nodes[last].case, Case::Gen | Case::Abl)).then_some(m)
    })
}

/// "… dedi": the subject that the text goes on with.
pub(crate) fn unnamed_subject(scenes: &[Scene<'_>], s: usize, cue: usize) -> Option<usize> {
    let scene = &scenes[s];
    let unnamed = scene.tree.is_verbal(cue)
        && !clauses::is_passive(scene.tree, cue)
        && (salience::pronoun_subject(scene, cue) || salience::dropped_subject(scene, cue));
    unnamed.then(|| salience::last_subject(scenes, s)).flatten()
}

fn speaking(scene: &Scene<'_>, w: usize) -> Option<usize> {
    let m = scene.words.at(w)?;
    speaks(&scene.drafts[m]).then_some(m)
}

pub(super) fn speaks(d: &Draft) -> bool {
    d.kind != MentionKind::Place
}

/// Gives the pronouns among the sources ("he said") the person whom the text speaks of: who spoke last, else the last
/// subject that can be one.
pub(super) fn settle_pronouns(text: &str, scenes: &[Scene<'_>], quotes: &mut [Said]) {
    let Some(drafts) = scenes.first().map(|s| s.drafts) else { return };
    for i in 0..quotes.len() {
        let (Some(at), None) = (quotes[i].source, quotes[i].speaker) else { continue };
        let single = match &text[at.0..at.1] {
            "he" | "He" | "she" | "She" => true,
            "they" | "They" | "it" | "It" => false,
            _ => continue,
        };
        let fits = |m: usize| {
            let person = matches!(drafts[m].kind, MentionKind::Person | MentionKind::Office);
            person == single
        };
        // Words of the same content are no evidence: who speaks inside a quotation speaks of others.
        let near = |q: &&Said| q.end <= at.0.max(quotes[i].end) && at.0.saturating_sub(q.end) < 900;
        let last = quotes[..i].iter().rev().filter(near).take(3).find_map(|q| q.speaker.filter(|&m| fits(m)));
        let found = last.or_else(|| {
            let s = scenes.iter().position(|s| s.tree.nodes.last().is_some_and(|n| n.end > at.0))?;
            let own = scenes[s]
                .words
                .in_order()
                .filter(|&m| drafts[m].end <= at.0 && scenes[s].tree.nodes[drafts[m].head].rel == Rel::Nsubj);
            let own = own.rev().find(|&m| fits(m));
            own.or_else(|| salience::last_subject(scenes, s).filter(|&m| fits(m)))
        });
        quotes[i].speaker = found;
    }
}
