//! Acts: frames matched against the clauses of a sentence.
//!
//! Every word that triggers a frame is tried with all frames of its lemma; the most specific one that holds codes the
//! act. Then acts that only repeat, or stand below, another act of the sentence are dropped (one act, one row).

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind, Polarity, Status};
use smallvec::SmallVec;

use crate::{
    clauses,
    lexicon::{Lexicon, classes::Classes, frames::Frame, pattern::Pos},
    mentions::{Draft, WordMentions},
    status,
    tree::{Case, Rel, Tree},
    turkish::{Morph, Tense, VerbForm},
};

mod confidence;
mod fallback;
mod matching;
mod prune;
mod roles;
mod said;
mod things;

pub use confidence::calibrated;
use confidence::confidence;
pub(crate) use fallback::{are_many, is_body, is_one, topic};
pub use matching::acts;
use matching::{head_is, matched_part, matches, slot_fillers, trigger_span};
pub(crate) use prune::matters;
use prune::{Matter, prune};
use roles::roles;
pub(crate) use roles::{none, twins};
pub(crate) use said::settle_said;
pub(crate) use things::name_things;

/// A sentence with all that is known of it.
pub struct Scene<'a> {
    /// The words.
    pub tree: &'a Tree<'a>,
    /// The tables of its language.
    pub lexicon: &'a Lexicon,
    /// The article's mentions.
    pub drafts: &'a [Draft],
    /// Those of this sentence by word.
    pub words: &'a WordMentions,
    /// Index of the first mention that shares its words with another.
    pub twins: usize,
    /// Whom a pronoun without an antecedent of its own means: the person and the body that the text spoke of last.
    pub carried: Carried,
    /// What it is about.
    pub matter: Matter,
}

impl Scene<'_> {
    /// True for a mention of this sentence: of one that a pronoun means, from a sentence before, no word stands here.
    fn is_here(&self, m: usize) -> bool {
        let nodes = &self.tree.nodes;
        let start = self.drafts[m].start;
        nodes.first().is_some_and(|n| n.start <= start) && nodes.last().is_some_and(|n| start < n.end)
    }
}

/// Those of the sentences before that a pronoun can mean.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried {
    /// "he", "she".
    pub person: Option<usize>,
    /// "they".
    pub many: Option<usize>,
    /// "it".
    pub body: Option<usize>,
}

/// An act while the article is being read.
#[derive(Clone, Debug)]
pub struct Act {
    /// Index of the sentence.
    pub sentence: usize,
    /// The word that triggers it.
    pub trigger: usize,
    /// Index of the frame.
    pub frame: u32,
    /// PLOVER type; may differ from the frame's (a promised visit is an agreement).
    pub kind: EventType,
    /// Mentions that act.
    pub actor: SmallVec<[usize; 2]>,
    /// Mentions acted upon.
    pub recipient: SmallVec<[usize; 2]>,
    /// Reality.
    pub status: Status,
    /// Negation.
    pub polarity: Polarity,
    /// How specific the frame is.
    pub weight: u32,
    /// First and last byte of the trigger's words.
    pub span: (usize, usize),
    /// Raw confidence.
    pub confidence: f32,
    /// It stands in a purpose clause ("görüşmek üzere", "in order to talk").
    pub purpose: bool,
}

/// Codes the acts of a sentence.
pub fn code(scene: &Scene<'_>, sentence: usize) -> Vec<Act> {
    let mut acts = Vec::new();
    for p in 0..scene.tree.len() {
        if let Some(act) = best(scene, sentence, p) {
            acts.push(act);
        }
    }
    prune(scene, &mut acts);
    acts
}

/// An act without participants is a row only where the text presents it as what is expected, or as the news: the main verb
/// of a sentence on public affairs, in the passive or of what many do together ("Görüşmeler yarın başlayacak"); or where English names
/// violence or protest by a noun.
pub(crate) fn tells_without_participants(scene: &Scene<'_>, act: &Act) -> bool {
    use EventType::*;
    let main = scene.tree.nodes[act.trigger].verb.filter(|m| m.is_finite());
    let told = matches!(act.status, Status::Happened | Status::Ongoing | Status::Planned) && scene.matter == Matter::Public;
    let news = main.is_some_and(|m| match act.kind {
        Consult | Protest => true,
        // Said by nobody named is a quotation and no act.
        Mobilize | Sanction => m.passive,
        _ => false,
    });
    // Turkish leaves out both sides where they go without saying ("gözaltına alındığı", "soruşturma başlatıldı").
    let force = matches!(act.kind, Coerce | Accuse | Assault) && !scene.matter.is_pastime();
    // "a ban on protests", "öldürmeyin": nobody does what has not happened.
    let unrest = is_unrest(scene, &scene.lexicon.frames[act.frame as usize]);
    let real = match (act.status, scene.tree.language) {
        (Status::Hypothetical | Status::Demanded, _) => false,
        // "gözaltılar hız kesmiyor": the noun's verb is negated, not the noun.
        (Status::Denied, language) => unrest && language == Language::Tr,
        (Status::Planned, language) => language == Language::En,
        _ => true,
    };
    real && unrest
        || (news && told || force && real) && scene.tree.language == Language::Tr
        || act.status == Status::Forecast && act.kind != Statement
}

/// A noun that tells of its act where it names nobody: violence; in English protest, in Turkish what police and courts do.
fn is_unrest(scene: &Scene<'_>, frame: &Frame) -> bool {
    use EventType::*;
    let kind = match scene.tree.language {
        Language::En => matches!(frame.kind, Assault | Protest),
        Language::Tr => matches!(frame.kind, Assault | Coerce | Accuse),
    };
    frame.pattern.pos == Pos::Noun && kind
}

/// True where some frame could be triggered by a word of the sentence.
pub fn has_predicate(scene: &Scene<'_>) -> bool {
    (0..scene.tree.len()).any(|p| candidates(scene, p).next().is_some())
}

fn candidates<'s>(scene: &'s Scene<'_>, p: usize) -> impl Iterator<Item = u32> + 's {
    let node = &scene.tree.nodes[p];
    let verb = node.verb_lemma.filter(|_| node.verb.is_some() && !node.as_noun);
    let verb_frames = verb.map(|l| scene.lexicon.frames_for(Pos::Verb, l)).unwrap_or_default();
    // The noun of a light verb is coded with its verb.
    let carried = scene.tree.language == Language::Tr
        && p + 1 < scene.tree.len()
        && scene.tree.nodes[p + 1].is(Classes::LIGHT)
        && node.case == crate::tree::Case::Nom
        && !node.possessed;
    // "açıklama" is tagged as a verb where its form could only be an imperative.
    let no_verb = node.upos == Upos::Verb && node.verb.is_none();
    let nominal = !carried && (matches!(node.upos, Upos::Noun | Upos::Propn) || node.as_noun || no_verb)
        || node.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
    let adjective = matches!(node.upos, Upos::Adj | Upos::Adv | Upos::Noun | Upos::Verb);
    let nouns = node.lemmas.iter().filter(move |_| nominal).flat_map(|l| scene.lexicon.frames_for(Pos::Noun, *l));
    let adjectives = node.lemmas.iter().filter(move |_| adjective).flat_map(|l| scene.lexicon.frames_for(Pos::Adj, *l));
    verb_frames.iter().chain(nouns).chain(adjectives).copied()
}

fn best(scene: &Scene<'_>, sentence: usize, p: usize) -> Option<Act> {
    // A name is no predicate ("Attack on Titan", "Barış").
    if scene.words.at(p).is_some_and(|m| scene.drafts[m].kind == MentionKind::Person) {
        return None;
    }
    let mut found: Option<(u32, u32, &Frame)> = None;
    for f in candidates(scene, p) {
        let frame = &scene.lexicon.frames[f as usize];
        if !frame.needs.iter().all(|words| words.meets(&scene.tree.signature)) {
            continue;
        }
        let weight = frame.weight + u32::from(frame.pattern.pos == Pos::Verb) + if matched_part(scene, p, frame) { 9 } else { 0 };
        if found.as_ref().is_some_and(|(w, ..)| *w >= weight) {
            continue;
        }
        if matches(scene, p, frame) && !tells_otherwise(scene, p, frame) {
            found = Some((weight, f, frame));
        }
    }
    let (weight, index, frame) = found?;
    let tree = scene.tree;
    let pos = frame.pattern.pos;
    if pos == Pos::Noun && is_topic(tree, p) {
        return None;
    }
    let negated = frame.kind == EventType::Agree && said::negates_content(scene, p, frame);
    // "is not a racist": who says so accuses nobody.
    let english = tree.language == Language::En;
    if english && frame.kind == EventType::Accuse && pos == Pos::Adj && status::is_negated_predicate(tree, scene.lexicon, p) {
        return None;
    }
    let (mut actor, mut recipient, explicit) = roles(scene, p, frame);
    let announced = actor.is_empty() && {
        actor = roles::announcer(scene, p, frame.kind).into_iter().collect();
        !actor.is_empty()
    };
    recipient.retain(|r| !actor.contains(r));
    // A noun alone names a topic as often as an act; measures in force ("ambargolar") are told of that way.
    let nominal =
        pos == Pos::Noun || tree.language == Language::Tr && tree.nodes[p].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
    let in_force = pos == Pos::Noun && frame.kind == EventType::Sanction && tree.nodes[p].plural && !recipient.is_empty();
    let ours = crate::salience::first_person(scene, p);
    let unrest = is_unrest(scene, frame) && !scene.matter.is_pastime();
    if nominal && !explicit && !in_force && !ours && (!actor.is_empty() || !recipient.is_empty()) {
        if !unrest {
            return None;
        }
        // Who stands nearby has nothing to do with it.
        actor.clear();
        recipient.clear();
    }
    if pos == Pos::Noun && actor.is_empty() && recipient.is_empty() && !unrest {
        return None;
    }
    if !explicit && in_force {
        actor.clear();
    }
    if frame.kind == EventType::Consult && recipient.is_empty() && actor.len() == 1 {
        // A plural subject that stands for two ("iki bakan görüştü").
        actor.extend(twins(scene, actor[0]));
    }
    let (status, polarity) = match frame.kind {
        EventType::Protest if pos == Pos::Noun && is_known(tree, p) => status::of_itself(tree, scene.lexicon, p),
        EventType::Assault if pos == Pos::Noun && (is_circumstance(tree, p) || is_known(tree, p)) => {
            status::of_itself(tree, scene.lexicon, p)
        }
        _ => status::of(tree, scene.lexicon, p),
    };
    let undone = frame.of_negation();
    let (status, polarity) = match status {
        Status::Denied if undone => (Status::Happened, Polarity::Positive),
        status if undone => (status, Polarity::Positive),
        status => (status, polarity),
    };
    let purpose = is_purpose(tree, scene.lexicon, p);
    let own = pos == Pos::Verb && !actor.is_empty() && !purpose && (announced || !clauses::is_passive(tree, p));
    // Who "will meet" with nobody named has agreed with nobody; what an authority announces in the passive it threatens nobody with.
    let alone = frame.kind == EventType::Consult && recipient.is_empty() && actor.len() == 1;
    let decreed = announced && matches!(frame.kind, EventType::Coerce | EventType::Sanction);
    // What somebody is going to back he backs already: "will vote for", "will campaign for".
    let stays = tree.language == Language::En
        && frame.kind == EventType::Support
        && polarity == Polarity::Positive
        && !tree.is_any(p, scene.lexicon.list("done_on_paper"));
    let own = own && !alone && !decreed && !stays;
    let kind = match frame.kind {
        EventType::Agree if negated => EventType::Reject,
        kind if own && polarity == Polarity::Negative && refuses(scene, p, kind) => EventType::Reject,
        kind if own => planned_kind(kind, status, polarity),
        kind => kind,
    };
    let kind =
        if kind == EventType::Assault && said::is_in_words(scene, p, &actor, &recipient) { EventType::Accuse } else { kind };
    if kind == EventType::Agree && kind != frame.kind && recipient.is_empty() && actor.len() > 1 {
        // Who are going to meet have agreed with each other.
        recipient = actor.drain(1..).collect();
    }
    // A refusal or a threat has been made when it is reported; what somebody wants to do with others is a plan; measures that
    // a clause only mentions are background.
    let (status, polarity) = match kind {
        EventType::Agree if status == Status::Ongoing => (Status::Planned, polarity),
        // What has been announced has been promised.
        EventType::Agree if kind != frame.kind && is_announced(scene, p) => (Status::Happened, polarity),
        EventType::Sanction if actor.is_empty() && in_phrase(tree, p) && status == Status::Happened => {
            (Status::Historical, polarity)
        }
        EventType::Sanction if pos == Pos::Noun && !explicit && status == Status::Happened => (Status::Historical, polarity),
        EventType::Reject | EventType::Threaten if kind != frame.kind => (Status::Happened, Polarity::Positive),
        EventType::Reject if undone && status == Status::Planned => (Status::Happened, polarity),
        // "eleştiriyordu": what was said over some time is told for its content, unless it was long ago.
        kind if status == Status::Historical
            && is_said(kind)
            && is_past_progressive(tree, p)
            && !status::is_long_ago(tree, scene.lexicon, p) =>
        {
            (Status::Happened, polarity)
        }
        // "söylemişti": what somebody said before is told for its content.
        EventType::Statement if status == Status::Historical && is_pluperfect(tree, p) => (Status::Happened, polarity),
        _ if status == Status::Ongoing && is_performed(scene, p, kind, frame.mode) => (Status::Happened, polarity),
        _ if status == Status::Happened && goes_on(scene, p, frame) => (Status::Ongoing, polarity),
        EventType::Protest if status == Status::Happened => {
            (status::announced(tree, scene.lexicon, p).unwrap_or(status), polarity)
        }
        _ => (status, polarity),
    };
    let confidence = confidence(scene, p, frame, weight, &actor, &recipient) - if explicit { 0.0 } else { 0.12 };
    let span = trigger_span(scene, p, frame);
    Some(Act { sentence, trigger: p, frame: index, kind, actor, recipient, status, polarity, weight, span, confidence, purpose })
}

/// A threat or promise whose content is a fact, and a threat of what will not be done, are none.
fn tells_otherwise(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let promises = matches!(frame.kind, EventType::Threaten | EventType::Agree);
    promises && said::reports_fact(scene, p, frame) || frame.kind == EventType::Threaten && said::negates_content(scene, p, frame)
}

/// "izin vermedi", "did not allow"; "destek vermeyiz": who does not permit refuses, and so does who says that he does not help or yield.
fn refuses(scene: &Scene<'_>, p: usize, kind: EventType) -> bool {
    use EventType::*;
    let tree = scene.tree;
    let permits = |w: usize| tree.is_any(w, scene.lexicon.list("permission"));
    let ours = tree.nodes[p].verb.is_some_and(|m| m.tense == Tense::Aorist && m.first_person);
    match kind {
        Concede | Retreat if permits(p) => true,
        Concede | Retreat if tree.language == Language::Tr && p > 0 && permits(p - 1) => true,
        Aid | Cooperate | Consult | Support | Retreat | Concede => tree.language == Language::Tr && ours,
        _ => false,
    }
}

/// Acts of words.
fn is_said(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Statement | Accuse | Reject | Request | Support | Threaten | Agree)
}

/// "eleştiriyordu"
fn is_past_progressive(tree: &Tree<'_>, p: usize) -> bool {
    let past = |m: Morph| m.tense == Tense::Progressive && m.past_copula;
    tree.language == Language::Tr && tree.nodes[p].verb.is_some_and(past)
}

/// "söylemişti"
fn is_pluperfect(tree: &Tree<'_>, p: usize) -> bool {
    tree.language == Language::Tr && tree.nodes[p].verb.is_some_and(|m| m.tense == Tense::Evidential && m.is_finite())
}

/// "lanetliyoruz", "tutuklanıyor", "diyor": the Turkish present that tells what is done in a moment; who says so in the first person does
/// it by saying so.
fn is_performed(scene: &Scene<'_>, p: usize, kind: EventType, mode: Option<&str>) -> bool {
    use EventType::*;
    let tree = scene.tree;
    // "açıklama yapıyor" lasts.
    let speaking = scene.lexicon.list("speaking");
    let said = kind != Statement && is_said(kind);
    let ours = tree.nodes[p].verb.is_some_and(|m| m.first_person);
    let momentary = tree.nodes[p].verb.is_some_and(|m| m.is_finite())
        && (kind == Reject
            || kind == Statement && !tree.is_any(p, speaking)
            || kind == Coerce && mode == Some("arrest")
            || kind == Accuse && mode == Some("disapprove"));
    tree.language == Language::Tr && (said && ours || momentary)
}

/// "yürütülen soruşturma", "soruşturma kapsamında", "irtibat halinde": what lasts and has no end told.
fn goes_on(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let n = &tree.nodes[p];
    // "sürdürdüğü müzakereler sonuçsuz kaldı" is over.
    let unfinished = n.verb.is_none_or(|m| !m.is_finite() && (m.tense == Tense::None || !matches!(n.rel, Rel::Acl | Rel::Amod)));
    let list = scene.lexicon.list("lasting");
    let compound = |v: usize| v > 0 && tree.is_any(v - 1, list) && tree.nodes[v - 1].verb.is_none();
    let lasting = n.verb_lemma.is_some_and(|l| list.contains(&l)) || compound(p);
    // "soruşturma sürüyor", "soruşturma devam ediyor"
    let goes_on = |h: usize| {
        let present = tree.nodes[h].verb.is_some_and(|m| matches!(m.tense, Tense::Progressive | Tense::Aorist) && !m.past_copula);
        h > p && present && (tree.is_any(h, list) || compound(h))
    };
    let subject = matches!(n.rel, Rel::Nsubj | Rel::Csubj) || n.case == Case::Nom && matches!(n.rel, Rel::Obj | Rel::Obl);
    if tree.language == Language::Tr && frame.pattern.pos == Pos::Noun && subject && n.head.is_some_and(goes_on) {
        return true;
    }
    let inquiry = frame.pattern.pos == Pos::Noun && frame.mode == Some("investigate");
    // "tutuklu gazeteciler"
    let held = frame.pattern.pos == Pos::Adj && frame.mode == Some("arrest") && n.verb.is_none();
    tree.language == Language::Tr && unfinished && (lasting && n.verb.is_some() || inquiry || held)
}

/// True for what a word of announcing has as its content ("göndereceğini açıkladı").
fn is_announced(scene: &Scene<'_>, p: usize) -> bool {
    let tree = scene.tree;
    let above = tree.nodes[p].head.filter(|&h| tree.is_any(h, scene.lexicon.list("announcing")));
    above.is_some_and(|h| {
        let (status, polarity) = status::of(tree, scene.lexicon, h);
        matches!(status, Status::Happened | Status::Historical) && polarity == Polarity::Positive
    })
}

/// A noun that only modifies another ("saldırı iddiaları", "the attack helicopter") names a topic.
fn is_topic(tree: &Tree<'_>, p: usize) -> bool {
    let node = &tree.nodes[p];
    match tree.language {
        Language::En => matches!(node.rel, Rel::Compound | Rel::Amod),
        Language::Tr => {
            let next = p + 1;
            node.case == Case::Nom
                && !node.possessed
                && next < tree.len()
                && tree.nodes[next].possessed
                && !tree.nodes[next].is(Classes::ADJUNCT)
                && matches!(tree.nodes[next].upos, Upos::Noun)
                && tree.nodes[next].verb.is_none()
        }
    }
}

/// "saldırıda ölenler", "saldırı nedeniyle": Turkish nouns that say when or why something else is done are facts, whatever
/// becomes of that.
fn is_circumstance(tree: &Tree<'_>, p: usize) -> bool {
    let beside = |h: usize| h > p && tree.nodes[h].is(Classes::ADJUNCT);
    let case = matches!(tree.nodes[p].case, Case::Loc | Case::Abl | Case::Ins | Case::Gen);
    tree.language == Language::Tr && (case || tree.nodes[p].head.is_some_and(beside))
}

/// English: "after the shooting", "speaks of the attacks": what an article or a time takes for granted is a fact, whatever becomes
/// of the rest.
fn is_known(tree: &Tree<'_>, p: usize) -> bool {
    let oblique = matches!(tree.nodes[p].rel, Rel::Obl | Rel::Nmod);
    let definite = tree.kids_by(p, &[Rel::Det]).any(|k| matches!(tree.lower(k), "the" | "this" | "that" | "these" | "those"));
    let time =
        tree.kids_by(p, &[Rel::Case]).any(|k| matches!(tree.lower(k), "after" | "following" | "since" | "during" | "before"));
    tree.language == Language::En && oblique && (definite || time)
}

/// A participle without a time of its own that only describes a noun ("uygulanan ambargolar").
fn in_phrase(tree: &Tree<'_>, p: usize) -> bool {
    let node = &tree.nodes[p];
    let timeless = node.verb.is_some_and(|m| m.form == VerbForm::Participle && m.tense == Tense::None && m.passive);
    tree.language == Language::Tr && timeless && matches!(node.rel, Rel::Acl | Rel::Amod)
}

/// "… görüşmek üzere", "… almak için", "to discuss …": why something is done, not that it is done.
fn is_purpose(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    let Some(m) = tree.nodes[p].verb else { return false };
    match tree.language {
        Language::Tr => {
            m.form == VerbForm::VerbalNoun
                && (p + 1..(p + 3).min(tree.len()))
                    .take_while(|&k| tree.nodes[k].upos != Upos::Punct)
                    .any(|k| tree.is_any(k, lexicon.list("purpose_after")))
        }
        Language::En => tree.nodes[p].rel == Rel::Advcl && tree.kids_by(p, &[Rel::Mark]).any(|k| tree.lower(k) == "to"),
    }
}

/// PLOVER: what somebody is going to do for others is an agreement. Its manual names aid, consultation, support and
/// cooperation; its gold records treat announced releases and concessions alike.
pub(crate) fn planned_kind(kind: EventType, status: Status, polarity: Polarity) -> EventType {
    use EventType::*;
    match (kind, status, polarity) {
        (Aid | Cooperate | Consult | Support | Retreat | Concede, Status::Planned, Polarity::Positive) => Agree,
        // An announced hostile act is a threat; one that somebody says he will not do for others, or did not agree to, a refusal.
        (Sanction | Coerce | Protest | Assault, Status::Planned, Polarity::Positive) => Threaten,
        (Agree, _, Polarity::Negative) => Reject,
        (Aid | Cooperate | Consult | Support | Retreat | Concede, Status::Planned, Polarity::Negative) => Reject,
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibration_keeps_the_order_and_meets_its_knots() {
        assert!((calibrated(0.5) - 0.62).abs() < 1e-6 && (calibrated(0.85) - 0.79).abs() < 1e-6);
        assert_eq!((calibrated(0.0), calibrated(1.0)), (0.40, 0.88));
        let all: Vec<f32> = (0..=100).map(|i| calibrated(i as f32 / 100.0)).collect();
        assert!(all.is_sorted());
    }
}
