//! What a speaker does by saying so: accuses, threatens or demands, in words that only say "said".

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind, Polarity, QuoteKind, Status};
use smallvec::SmallVec;

use super::{Act, Scene, matches, roles};
use crate::{
    clauses,
    lexicon::{
        classes::Classes,
        frames::{Frame, Place},
        pattern::{Condition, Path, Pos, Slot},
    },
    mentions::Draft,
    quotes::{self, Said},
    salience::first_person,
    status,
    tree::{Case, Rel, Tree},
    turkish::{Tense, VerbForm},
};

/// A deed found in somebody's words.
struct Deed {
    /// The word that says it.
    word: usize,
    kind: EventType,
    /// Frame that says so; none where the mood of the verb does.
    frame: Option<u32>,
    weight: u32,
    whom: Option<usize>,
}

/// Turns statements of sentence `s` into what is done by them, where their content says that, and what others should do into
/// a demand.
pub(crate) fn settle_said(scenes: &[Scene<'_>], s: usize, said: &[Said], acts: &mut [Act]) {
    let scene = &scenes[s];
    if !scene.lexicon.has_said_frames() {
        return;
    }
    // What is an act of its own stays one ("police said that he killed …").
    let english = scene.tree.language == Language::En;
    let told: SmallVec<[usize; 8]> =
        acts.iter().filter(|a| english && a.kind != EventType::Statement).map(|a| a.trigger).collect();
    for act in acts.iter_mut() {
        demand(scene, said, act);
        retell(scene, said, act);
        if english && act.actor.is_empty() && act.kind == EventType::Accuse {
            // "“Brown is unfit,” Green said": who says so accuses.
            let frame = &scene.lexicon.frames[act.frame as usize];
            let unnamed = frame.pattern.actor.as_deref().is_some_and(roles::none);
            let quote = quotes::around(said, act.span).filter(|_| unnamed);
            act.actor.extend(quote.and_then(|q| q.speaker).filter(|m| !act.recipient.contains(m)));
        }
        let cued = |q: &&Said| q.cue.is_some_and(|(a, b)| a < act.span.1 && act.span.0 < b);
        if english && act.kind == EventType::Statement && act.actor.is_empty() {
            act.actor.extend(said.iter().find(cued).and_then(|q| q.speaker));
        }
        let unnamed = english && act.actor.is_empty();
        if act.kind != EventType::Statement || act.actor.len() != 1 && !unnamed || act.polarity == Polarity::Negative {
            continue;
        }
        let speaker = act.actor.first().copied();
        let (start, end) = (scene.tree.nodes[0].start, scene.tree.nodes[scene.tree.len() - 1].end);
        let own = |q: &&Said| {
            q.start < end
                && start < q.end
                && match speaker {
                    Some(s) => q.speaker.is_some_and(|m| same(scene.drafts, m, s)),
                    None => q.cue.is_some_and(|(a, b)| a < act.span.1 && act.span.0 < b),
                }
        };
        let told = &told;
        let deeds = said.iter().filter(own).flat_map(|q| {
            let near = |t: &&Scene<'_>| t.tree.nodes.last().is_some_and(|n| n.end > q.start) && t.tree.nodes[0].start < q.end;
            let new = move |t: &Scene<'_>, d: &Deed| !std::ptr::eq(t, scene) || !told.contains(&d.word);
            scenes.iter().filter(near).flat_map(move |t| deeds(t, q, speaker).into_iter().filter(move |d| new(t, d)))
        });
        let Some(deed) = deeds.reduce(|a, b| if b.weight > a.weight { b } else { a }) else { continue };
        act.kind = deed.kind;
        act.frame = deed.frame.unwrap_or(act.frame);
        act.weight = act.weight.max(deed.weight);
        act.recipient = deed.whom.into_iter().collect();
    }
}

/// "“ABD yaptırımları kaldırmalı” dedi": what somebody says that others should do is asked for by him.
fn demand(scene: &Scene<'_>, said: &[Said], act: &mut Act) {
    if act.status != Status::Demanded || matches!(act.kind, EventType::Statement | EventType::Request | EventType::Accuse) {
        return;
    }
    let necessity = is_obligation(scene.tree, act.trigger);
    let quote = quotes::around(said, act.span);
    let Some(speaker) = quote.and_then(|q| q.speaker).filter(|_| necessity) else { return };
    if act.actor.is_empty() || act.actor.iter().any(|&m| is_own(scene.drafts, m, speaker)) {
        return;
    }
    act.recipient = std::mem::replace(&mut act.actor, std::iter::once(speaker).collect());
    (act.kind, act.status) = (EventType::Request, Status::Happened);
}

/// "“Kiev anlaşmalara uymuyor” dedi": what the words blame somebody for is no act that the article tells of, but the blame is.
fn retell(scene: &Scene<'_>, said: &[Said], act: &mut Act) {
    if matches!(act.kind, EventType::Statement | EventType::Accuse | EventType::Threaten) {
        return;
    }
    let quote = quotes::around(said, act.span);
    // "X'e göre" gives a source, not a speech.
    let english = scene.tree.language == Language::En;
    let spoken = quote.filter(|q| q.kind != QuoteKind::Indirect || !english && q.class.is_none_or(|c| c.pos != 'p'));
    let Some((q, speaker)) = spoken.and_then(|q| Some((q, q.speaker?))) else { return };
    let own = act.actor.iter().any(|&m| same(scene.drafts, m, speaker));
    if own && act.kind == EventType::Request {
        return;
    }
    let about = |d: &Deed| {
        let whom = d.whom.is_some_and(|m| act.actor.contains(&m) || act.recipient.contains(&m));
        // "güç kullanmakta tereddüt etmeyeceğiz"
        let carried = own && scene.tree.below(act.trigger, d.word);
        // "Kiev'in saldırısı cevapsız kalmayacak"
        let subject = whom && !own && scene.tree.nodes[act.trigger].head == Some(d.word);
        d.kind != EventType::Request && (carried || d.word == act.trigger || subject)
    };
    let Some(deed) = deeds(scene, q, Some(speaker)).into_iter().filter(about).max_by_key(|d| d.weight) else { return };
    act.kind = deed.kind;
    act.frame = deed.frame.unwrap_or(act.frame);
    act.actor = std::iter::once(speaker).collect();
    act.recipient = deed.whom.into_iter().collect();
    (act.status, act.polarity) = (Status::Happened, Polarity::Positive);
}

/// All deeds of the speaker in the part of a quotation that stands in one sentence.
fn deeds(scene: &Scene<'_>, q: &Said, speaker: Option<usize>) -> Vec<Deed> {
    let tree = scene.tree;
    let mut out = Vec::new();
    for w in (0..tree.len()).filter(|&w| q.covers((tree.nodes[w].start, tree.nodes[w].end))) {
        let node = &tree.nodes[w];
        let best = node
            .lemmas
            .iter()
            .flat_map(|l| scene.lexicon.said_frames_for(*l))
            .filter(|&f| holds(scene, w, &scene.lexicon.frames[f as usize]))
            .max_by_key(|&f| scene.lexicon.frames[f as usize].weight);
        if let Some(f) = best {
            let frame = &scene.lexicon.frames[f as usize];
            let whom = target(scene, q, w, frame, speaker);
            let ours = match tree.language {
                Language::Tr => node.verb.is_some_and(|m| m.first_person),
                Language::En => first_person(scene, w),
            };
            // Nobody accuses himself.
            let done = if frame.kind == EventType::Accuse { whom.is_some() && !ours } else { whom.is_some() || ours };
            if done {
                out.push(Deed { word: w, kind: frame.kind, frame: Some(f), weight: 1 + frame.weight, whom });
            }
        } else if let Some(whom) = obliged(scene, q, w, speaker) {
            out.push(Deed { word: w, kind: EventType::Request, frame: None, weight: 1, whom: Some(whom) });
        }
    }
    out
}

fn holds(scene: &Scene<'_>, w: usize, frame: &Frame) -> bool {
    if !matches(scene, w, frame) {
        return false;
    }
    let (status, polarity) = status::of(scene.tree, scene.lexicon, w);
    let node = &scene.tree.nodes[w];
    let verbal = scene.tree.is_verbal(w);
    let real =
        !matches!(status, Status::Hypothetical | Status::Demanded) && !node.verb.is_some_and(|m| m.conditional || m.potential);
    let not = |k: usize| {
        if scene.tree.language == Language::En {
            return status::has_negation(scene.tree, scene.lexicon, w);
        }
        scene.tree.nodes.get(k).is_some_and(|n| {
            scene.tree.lower(k).starts_with("değil") || n.verb.is_some_and(|m| m.negative && scene.tree.lemma(k) == "ol")
        })
    };
    let denied = polarity == Polarity::Negative || status == Status::Denied || !verbal && not(w + 1);
    let fits = match (frame.place, frame.pattern.pos) {
        (Place::Text, _) => false,
        (place, Pos::Verb) => verbal && denied == (place == Place::SaidNot),
        (place, _) => !verbal && is_predicate(scene, w) && denied == (place == Place::SaidNot),
    };
    let future = node.verb.is_some_and(|m| m.tense == Tense::Future) || matches!(status, Status::Planned | Status::Forecast);
    let timely = match frame.kind {
        EventType::Threaten | EventType::Reject => !verbal || future,
        _ => !future,
    };
    fits && real && timely
}

/// "must stop", "durdurmalı": true for a main verb that says what somebody has to do.
fn is_obligation(tree: &Tree<'_>, w: usize) -> bool {
    match tree.language {
        Language::Tr => tree.nodes[w].verb.is_some_and(|m| m.is_finite() && m.tense == Tense::Necessity),
        Language::En => tree.is_verbal(w) && tree.kids_by(w, &[Rel::Aux]).any(|k| matches!(tree.lower(k), "must" | "should")),
    }
}

/// A noun or adjective that says what somebody is: in English with its copula, in Turkish where the sentence or clause ends
/// behind it.
fn is_predicate(scene: &Scene<'_>, w: usize) -> bool {
    let tree = scene.tree;
    if tree.language == Language::En {
        return tree.kids_by(w, &[Rel::Cop]).next().is_some();
    }
    if !matches!(tree.nodes[w].case, Case::Nom | Case::None) {
        return false;
    }
    tree.nodes.get(w + 1).is_none_or(|n| {
        let low = tree.lower(w + 1);
        n.upos == Upos::Punct
            || n.upos == Upos::Aux
            || tree.lemma(w + 1) == "ol"
            || low.starts_with("değil")
            || matches!(low, "ve" | "diye")
    })
}

/// Who is spoken of: by the frame's roles, else the nearest mention in front that can be the subject or owner.
fn target(scene: &Scene<'_>, q: &Said, w: usize, frame: &Frame, speaker: Option<usize>) -> Option<usize> {
    let paths = frame.pattern.recipient.as_deref().unwrap_or_default();
    if roles::none(paths) {
        return None;
    }
    let fits = |m: &usize| is_meant(scene, q, *m, speaker);
    if paths.is_empty() && scene.tree.language == Language::En {
        return roles::subject(scene, w).filter(fits);
    }
    let subject: &[Path] = &[vec![Slot::SUBJ], vec![Slot::GEN]];
    let named = roles::take(scene, w, frame, if paths.is_empty() { subject } else { paths });
    let found = named.into_iter().find(fits);
    if found.is_some() || !paths.is_empty() {
        return found;
    }
    subject_in_front(scene, w, fits)
}

/// "İsrail durdurmalı": whoever is said to be obliged to do something.
fn obliged(scene: &Scene<'_>, q: &Said, w: usize, speaker: Option<usize>) -> Option<usize> {
    let tree = scene.tree;
    let m = tree.nodes[w].verb.filter(|m| is_obligation(tree, w) && !m.first_person)?;
    if tree.language == Language::En {
        let plain = !status::has_negation(tree, scene.lexicon, w) && !clauses::is_passive(tree, w);
        return plain.then(|| roles::subject(scene, w)).flatten().filter(|&m| is_meant(scene, q, m, speaker));
    }
    if m.passive || m.negative {
        return None;
    }
    subject_in_front(scene, w, |m| is_meant(scene, q, *m, speaker))
}

/// Somebody named in the words who is not on the speaker's own side.
fn is_meant(scene: &Scene<'_>, q: &Said, m: usize, speaker: Option<usize>) -> bool {
    let d = &scene.drafts[m];
    q.covers((d.start, d.end)) && counts(scene, d) && speaker.is_none_or(|s| !is_own(scene.drafts, m, s))
}

/// A mention in front of a predicate that can own it or be its subject, in the same clause: the nearest genitive, else the
/// first bare one, since others may modify what follows.
fn subject_in_front(scene: &Scene<'_>, w: usize, fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let tree = scene.tree;
    let can = |m: usize, genitive: bool| {
        let d = &scene.drafts[m];
        let fits = match tree.nodes.get(d.last).map(|n| n.case) {
            Some(Case::Gen) => genitive,
            Some(Case::Nom | Case::None) => !genitive,
            _ => false,
        };
        if d.last >= w || !fits {
            return false;
        }
        let next = &tree.nodes[d.last + 1];
        let adverbial = next.upos == Upos::Adp || next.is(Classes::ADJUNCT) || tree.lower(d.last + 1) == "ile";
        let clause = (d.last + 1..w).all(|k| tree.nodes[k].verb.is_none_or(|v| !v.is_finite()));
        !adverbial && clause
    };
    let in_order = || scene.words.in_order();
    in_order().rfind(|&m| can(m, true) && fits(&m)).or_else(|| in_order().find(|&m| can(m, false) && fits(&m)))
}

/// Sectors whose people are spoken of in public whichever state is theirs.
const PUBLIC: [&str; 8] = ["GOV", "MIL", "LEG", "JUD", "COP", "OPP", "REB", "PTY"];

/// Those whom one accuses, threatens or asks in public.
fn counts(scene: &Scene<'_>, d: &Draft) -> bool {
    match d.kind {
        MentionKind::Country | MentionKind::Organization | MentionKind::Office => true,
        MentionKind::Person => d.country.is_some() || d.role.is_some(),
        MentionKind::Group => {
            d.country.is_some() || PUBLIC.iter().any(|s| d.sector.as_deref() == Some(s)) || {
                d.head < scene.tree.len()
                    && scene.tree.nodes[d.head].plural
                    && scene.tree.is_any(d.head, scene.lexicon.list("public"))
            }
        }
        _ => false,
    }
}

fn same(drafts: &[Draft], a: usize, b: usize) -> bool {
    a == b || drafts[a].entity.is_some() && drafts[a].entity == drafts[b].entity
}

/// The speaker, or his own state.
fn is_own(drafts: &[Draft], m: usize, speaker: usize) -> bool {
    let (d, e) = (&drafts[m], &drafts[speaker]);
    same(drafts, m, speaker) || d.kind == MentionKind::Country && d.country.is_some() && d.country == e.country
}

/// English: "Romney attacked Obama", "Clinton's attacks on Trump": politicians attack each other in words, where nothing around tells
/// of force.
pub(super) fn is_in_words(scene: &Scene<'_>, p: usize, actor: &[usize], recipient: &[usize]) -> bool {
    let tree = scene.tree;
    let [attack, force] = ["attack_in_words", "of_force"].map(|l| scene.lexicon.list(l));
    let draft = |m: &usize| &scene.drafts[*m];
    let sector = |m: &usize, of: &[&str]| draft(m).sector.as_deref().is_some_and(|s| of.contains(&s));
    let peaceful = |m: &usize| {
        matches!(draft(m).kind, MentionKind::Person | MentionKind::Organization | MentionKind::Office)
            && !sector(m, &["MIL", "COP", "REB", "UAF"])
            || sector(m, &["PTY", "OPP", "LEG", "MED"])
    };
    let politician = |d: &Draft| d.kind == MentionKind::Person && d.entity.as_deref().is_some_and(|e| !e.starts_with("b3:"));
    // "attacks on Sanders": of one who is named as a politician nobody need be said to have attacked him.
    let who = match actor {
        [] => recipient.iter().any(|m| politician(draft(m))),
        _ => actor.iter().all(peaceful) && scene.drafts.iter().any(politician),
    };
    tree.language == Language::En
        && tree.is_any(p, attack)
        && who
        && recipient.iter().all(peaceful)
        && !(0..tree.len()).any(|w| tree.is_any(w, force))
}

/// "vurduğunu açıkladı": what has been done is neither threatened nor promised.
pub(super) fn reports_fact(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let done = |w: usize| tree.nodes[w].verb.is_some_and(|m| m.form == VerbForm::Participle && m.tense == Tense::Past);
    tree.language == Language::Tr
        && frame.pattern.conditions.iter().any(|c| c.path.first() == Some(&Slot::COMP))
        && has_content(scene, p, done)
}

/// "saldırmayacağını açıkladı", "said it would not strike": what is not going to be done is neither threatened nor promised; who "will not
/// tolerate" something threatens.
pub(super) fn negates_content(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let content = |c: &Condition| !c.negated && matches!(c.path.first(), Some(&Slot::COMP | &Slot::ACC));
    let unyielding = scene.lexicon.list("unyielding");
    let negative = |w: usize| match tree.language {
        _ if tree.is_any(w, unyielding) || tree.nodes[w].verb_lemma.is_some_and(|l| unyielding.contains(&l)) => false,
        // "göndermemeleri için uyardı" threatens all the same.
        Language::Tr => tree.nodes[w].verb.is_some_and(|m| m.negative && m.tense == Tense::Future),
        Language::En => status::has_negation(tree, scene.lexicon, w) && tree.kids_by(w, &[Rel::Aux]).next().is_some(),
    };
    frame.pattern.conditions.iter().any(content) && has_content(scene, p, negative)
}

/// Some complement of the word is such.
fn has_content(scene: &Scene<'_>, p: usize, is_such: impl Fn(usize) -> bool) -> bool {
    clauses::fill(scene.tree, &scene.lexicon.names.slots, p, Slot::COMP).iter().any(|&w| is_such(w))
}
