//! Actors that a clause does not name: the speaker behind "we", and the subject that the text goes on with.

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind, QuoteKind};

use crate::{
    clauses,
    events::{self, Act, Carried, Scene},
    lexicon::pattern::{Path, Pos, Slot},
    mentions::Draft,
    quotes::{self, Said},
    tree::Rel,
    turkish::VerbForm,
};

/// Fills empty actors of the acts of sentence `s`.
pub fn complete(scenes: &[Scene<'_>], s: usize, said: &[Said], acts: &mut [Act]) {
    let scene = &scenes[s];
    for act in acts.iter_mut() {
        out_of_quotes(scene, said, act);
    }
    for act in acts.iter_mut().filter(|a| a.recipient.is_empty() && suffers(a.kind)) {
        act.recipient.extend(sufferer_before(scenes, s, act).filter(|m| !act.actor.contains(m)));
    }
    for act in acts.iter_mut().filter(|a| a.actor.is_empty()) {
        let frame = &scene.lexicon.frames[act.frame as usize];
        let no_actor = frame.pattern.actor.as_deref().is_some_and(events::none);
        let ours = first_person(scene, act.trigger);
        let verbal_noun = !ours
            && scene.tree.language == Language::Tr
            && scene.tree.nodes[act.trigger].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
        if frame.pattern.pos != Pos::Verb || no_actor || verbal_noun {
            continue;
        }
        let quote = quotes::around(said, act.span);
        let speaker = quote.and_then(|q| q.speaker);
        if ours {
            act.actor.extend(speaker.filter(|m| !act.recipient.contains(m)));
            if !act.actor.is_empty() {
                act.kind = events::planned_kind(act.kind, act.status, act.polarity);
            }
            continue;
        }
        if clauses::is_passive(scene.tree, act.trigger) {
            continue;
        }
        if let Some(m) =
            quote.filter(|q| q.kind != QuoteKind::Direct).and_then(|q| q.speaker).filter(|_| dropped_subject(scene, act.trigger))
        {
            // "… imzalayacağını söyledi": who says it does it.
            act.actor.extend(Some(m).filter(|m| !act.recipient.contains(m)));
            continue;
        }
        // Whom an English pronoun can mean has been looked for already.
        let turkish = scene.tree.language == Language::Tr;
        if turkish && (dropped_subject(scene, act.trigger) || pronoun_subject(scene, act.trigger)) {
            act.actor.extend(last_subject(scenes, s).filter(|m| !act.recipient.contains(m)));
        }
    }
}

/// Acts that somebody suffers.
fn suffers(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Accuse | Assault | Coerce | Retreat | Sanction)
}

/// "Kaya mahkemeye çıktı. Aynı gün tutuklandı.": a Turkish passive without a subject goes on with the one before, as does
/// "Kaya hakkında açılan davada … tutuklandı" within the sentence.
fn sufferer_before(scenes: &[Scene<'_>], s: usize, act: &Act) -> Option<usize> {
    let (scene, p) = (&scenes[s], act.trigger);
    let tree = scene.tree;
    let frame = &scene.lexicon.frames[act.frame as usize];
    let asked = frame.pattern.recipient.iter().flatten().any(|path| path[..] == [Slot::ACC]);
    let main = tree.nodes[p].verb.is_some_and(|m| m.is_finite() && m.passive && !m.first_person);
    if tree.language != Language::Tr || frame.pattern.pos != Pos::Verb || !asked || !main {
        return None;
    }
    let about = |&m: &usize| {
        let d = &scene.drafts[m];
        d.last + 1 < p && tree.lower(d.last + 1) == "hakkında" && d.kind != MentionKind::Place
    };
    if let Some(m) = scene.words.in_order().rfind(about) {
        return Some(m);
    }
    if !clauses::surface_subject(tree, p).is_empty() {
        return None;
    }
    let before = scenes[..s].last()?;
    let root = (0..before.tree.len()).find(|&w| before.tree.nodes[w].head.is_none())?;
    let named = clauses::surface_subject(before.tree, root);
    // Who acts for the state does so rather than suffers.
    let official = |m: usize| scene.drafts[m].sector.as_deref().is_some_and(|k| matches!(k, "COP" | "JUD" | "GOV" | "MIL"));
    let person = |m: &usize| matches!(scene.drafts[*m].kind, MentionKind::Person | MentionKind::Group | MentionKind::Office);
    let topic = events::topic(before, root);
    topic.into_iter().chain(named.iter().filter_map(|&w| before.words.at(w))).find(|m| person(m) && !official(*m))
}

/// "“… Rusya …” yanıtını verdi": who is named in somebody's words does not act outside of them; where they are said, their
/// speaker does.
fn out_of_quotes(scene: &Scene<'_>, said: &[Said], act: &mut Act) {
    let direct = |q: &&Said| q.kind == QuoteKind::Direct && !q.covers(act.span);
    let quoted = |q: &&Said| act.actor.iter().any(|&m| q.covers((scene.drafts[m].start, scene.drafts[m].end)));
    let Some(q) = said.iter().filter(direct).find(quoted) else { return };
    act.actor.retain(|m| !q.covers((scene.drafts[*m].start, scene.drafts[*m].end)));
    if act.actor.is_empty() && act.kind == EventType::Statement && q.end <= act.span.0 {
        act.actor.extend(q.speaker.filter(|m| !act.recipient.contains(m)));
    }
}

/// "hedefliyoruz", "we intend": the act is the speaker's own, also as the complement of such a verb.
pub(crate) fn first_person(scene: &Scene<'_>, v: usize) -> bool {
    let tree = scene.tree;
    match tree.language {
        Language::Tr => {
            let own = |w: usize| tree.nodes[w].verb.is_some_and(|m| m.first_person);
            let complement = tree.nodes[v].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && !tree.nodes[v].possessed;
            own(v) || complement && tree.nodes[v].head.is_some_and(own)
        }
        Language::En => clauses::surface_subject(tree, v).iter().any(|&w| matches!(tree.lower(w), "we" | "i")),
    }
}

pub(crate) fn pronoun_subject(scene: &Scene<'_>, v: usize) -> bool {
    let tree = scene.tree;
    clauses::surface_subject(tree, v)
        .iter()
        .any(|&w| tree.nodes[w].upos == Upos::Pron && matches!(tree.lower(w), "he" | "she" | "they" | "o" | "onlar"))
}

/// In Turkish a finite verb without a subject goes on with the last one.
pub(crate) fn dropped_subject(scene: &Scene<'_>, v: usize) -> bool {
    let tree = scene.tree;
    tree.language == Language::Tr
        && tree.nodes[v].verb.is_some_and(|m| m.form != VerbForm::Participle || !m.subject_participle)
        && clauses::surface_subject(tree, v).is_empty()
}

/// The subject of the nearest earlier sentence that has one who can act.
pub(crate) fn last_subject(scenes: &[Scene<'_>], s: usize) -> Option<usize> {
    for scene in scenes[..s].iter().rev().take(2) {
        let tree = scene.tree;
        let root = (0..tree.len()).find(|&w| tree.nodes[w].head.is_none())?;
        let subject = clauses::surface_subject(tree, root);
        let found = subject
            .iter()
            .find_map(|&w| scene.words.at(w))
            .or_else(|| (0..tree.len()).filter(|&w| tree.nodes[w].rel == Rel::Nsubj).find_map(|w| scene.words.headed(w)));
        if let Some(m) = found.filter(|&m| {
            matches!(
                scene.drafts[m].kind,
                MentionKind::Person | MentionKind::Country | MentionKind::Organization | MentionKind::Office
            )
        }) {
            return Some(m);
        }
    }
    None
}

/// Whom a pronoun of sentence `s` means where nobody in front of it fits: the subject of an earlier sentence, else the first
/// one named there.
pub(crate) fn carried(scenes: &[Scene<'_>], s: usize) -> Carried {
    let mut out = Carried::default();
    if scenes[s].tree.language != Language::En {
        return out;
    }
    for scene in scenes[..s].iter().rev().take(2) {
        let tree = scene.tree;
        let root = (0..tree.len()).find(|&w| tree.nodes[w].head.is_none());
        let main = root.into_iter().flat_map(|w| clauses::surface_subject(tree, w)).filter_map(|w| scene.words.at(w));
        let subjects = (0..tree.len()).filter(|&w| tree.nodes[w].rel == Rel::Nsubj).filter_map(|w| scene.words.headed(w));
        for m in main.chain(subjects).chain(scene.words.in_order()) {
            let kind = scene.drafts[m].kind;
            out.person = out.person.or(events::is_one(kind).then_some(m));
            out.many = out.many.or(events::are_many(kind).then_some(m));
            out.body = out.body.or(events::is_body(kind).then_some(m));
        }
    }
    out
}

/// "He said …", where the text names nobody whom the pronoun can mean: the pronoun itself stands for whoever acts, as a mention
/// without an entity. `base` is the index of the first of these.
pub(crate) fn name_by_pronouns(scene: &Scene<'_>, acts: &mut [Act], base: usize, unnamed: &mut Vec<Draft>) {
    let tree = scene.tree;
    if tree.language != Language::En {
        return;
    }
    for act in acts.iter_mut() {
        let frame = &scene.lexicon.frames[act.frame as usize];
        let passive = clauses::is_passive(tree, act.trigger);
        let nobody = |paths: &Option<Vec<Path>>| paths.as_deref().is_some_and(events::none);
        let (side, open) = if passive {
            (&mut act.recipient, !nobody(&frame.pattern.recipient))
        } else {
            (&mut act.actor, !nobody(&frame.pattern.actor))
        };
        if frame.pattern.pos != Pos::Verb || !side.is_empty() || !open {
            continue;
        }
        let subject = clauses::surface_subject(tree, act.trigger);
        let Some(w) = subject.into_iter().find(|&w| tree.nodes[w].upos == Upos::Pron && matches!(tree.lower(w), "he" | "she"))
        else {
            continue;
        };
        let start = tree.nodes[w].start;
        let known = unnamed.iter().position(|d| d.start == start);
        let m = known.unwrap_or_else(|| {
            unnamed.push(Draft::unnamed(tree, act.sentence, w, w, MentionKind::Person));
            unnamed.len() - 1
        });
        side.push(base + m);
    }
}
