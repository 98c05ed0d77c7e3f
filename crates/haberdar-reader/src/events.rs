//! Acts: frames matched against the clauses of a sentence.
//!
//! Every word that triggers a frame is tried with all frames of its lemma; the most specific one that holds codes the
//! act. Then acts that only repeat, or stand below, another act of the sentence are dropped (one act, one row).

use haberdar_lang::Upos;
use haberdar_model::{Country, EventType, Language, MentionKind, Polarity, Status};
use smallvec::SmallVec;

use crate::{
    clauses::{self, Fillers},
    lexicon::{
        Lexicon,
        classes::Classes,
        frames::Frame,
        pattern::{Path, Pos, Slot, Test, Words},
    },
    mentions::{Draft, WordMentions},
    status,
    tree::{Case, Rel, Tree},
    turkish::{Morph, Tense, VerbForm},
};

mod fallback;
mod prune;
mod roles;
mod said;
mod things;

pub(crate) use fallback::{are_many, is_body, is_one, topic};
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

fn matches(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let tree = scene.tree;
    let node = &tree.nodes[p];
    // The trigger has a second part only in some alternatives.
    let second =
        frame.pattern.triggers.iter().filter(|(head, _)| node.lemmas.contains(head) || node.verb_lemma == Some(*head)).any(
            |(_, part)| match part {
                None => true,
                Some(part) => has_part(scene, p, *part),
            },
        );
    second
        && !wants_to_do(tree, p, frame)
        && frame.pattern.conditions.iter().all(|c| {
            if c.path[..] == [Slot::NEG] {
                return status::is_negative(tree, scene.lexicon, p) != c.negated;
            }
            let mut fillers = slot_fillers(scene, p, frame, &c.path);
            if tree.language == Language::Tr {
                meant(scene, p, &mut fillers);
            }
            let holds = match &c.test {
                Test::Present => !fillers.is_empty(),
                Test::Head(words) => fillers
                    .iter()
                    .any(|&w| head_is(scene, w, words) || c.path[..] == [Slot::SUBJ] && !c.negated && is_titled(scene, w, words)),
                Test::Inside(words) => fillers.iter().any(|&w| {
                    let inside = |q: usize| q != p && head_is(scene, q, words);
                    // A modifier stands right before its noun, also where the parse misses that.
                    let before =
                        tree.language == Language::Tr && (1..=2).any(|d| w >= d && plain(tree, w - d, w) && inside(w - d));
                    head_is(scene, w, words) || before || tree.subtree(w).into_iter().any(inside)
                }),
            };
            holds != c.negated
        })
}

/// "çekilmek istiyor": who wants to do something asks nobody for it.
fn wants_to_do(tree: &Tree<'_>, p: usize, frame: &Frame) -> bool {
    let infinitive = |w: usize| {
        let plain = tree.nodes[w].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
        plain && (tree.lower(w).ends_with("mak") || tree.lower(w).ends_with("mek"))
    };
    frame.kind == EventType::Request
        && tree.language == Language::Tr
        && frame.pattern.conditions.iter().any(|c| c.path.first() == Some(&Slot::COMP))
        && p > 0
        && infinitive(p - 1)
}

/// True where the words from one to the other belong to one noun phrase.
fn plain(tree: &Tree<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|k| {
        let n = &tree.nodes[k];
        matches!(n.upos, Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num)
            && n.verb.is_none()
            && matches!(n.case, Case::Nom | Case::None)
    })
}

/// Adds what Turkish fillers stand for: the members of a list, and the noun before a relational one ("soruşturma altına").
fn meant(scene: &Scene<'_>, p: usize, fillers: &mut Fillers) {
    let tree = scene.tree;
    for i in 0..fillers.len() {
        let w = fillers[i];
        for c in clauses::with_conjuncts(tree, w) {
            if c != p && !fillers.contains(&c) {
                fillers.push(c);
            }
        }
        // "soruşturma kapsamında": what looks like a verbal noun, too.
        let noun = |k: usize| {
            let n = &tree.nodes[k];
            plain(tree, k, w) || n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && n.case == Case::Nom
        };
        if w > 0 && tree.is_any(w, scene.lexicon.list("relational")) && noun(w - 1) && !fillers.contains(&(w - 1)) {
            fillers.push(w - 1);
        }
    }
}

/// True where the alternative that holds has two parts ("call off"), which says more than one.
fn matched_part(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let node = &scene.tree.nodes[p];
    let own = |head| node.lemmas.contains(head) || node.verb_lemma == Some(*head);
    frame.pattern.triggers.iter().any(|(head, part)| own(head) && part.is_some_and(|part| has_part(scene, p, part)))
}

/// In "call for talks" the frame's object stands behind its particle.
fn slot_fillers(scene: &Scene<'_>, p: usize, frame: &Frame, path: &Path) -> Fillers {
    let slots = &scene.lexicon.names.slots;
    let mut fillers = clauses::follow(scene.tree, slots, p, path);
    if path.first() == Some(&Slot::OBJ) {
        for (_, part) in &frame.pattern.triggers {
            if let Some(slot) = part.and_then(|part| slots.get(scene.lexicon.names.lemmas.name(part))) {
                let mut path = path.clone();
                path[0] = slot;
                fillers.extend(clauses::follow(scene.tree, slots, p, &path));
            }
        }
    }
    with_counted(scene, &mut fillers);
    fillers
}

/// "thousands of tents": what is counted fills the slot too.
fn with_counted(scene: &Scene<'_>, fillers: &mut Fillers) {
    let tree = scene.tree;
    if tree.language != Language::En {
        return;
    }
    let list = scene.lexicon.list("quantity_head");
    let mut i = 0;
    while i < fillers.len() && i < 8 {
        let w = fillers[i];
        i += 1;
        if !tree.is_any(w, list) {
            continue;
        }
        let of = |k: &usize| *k > w || tree.kids_by(*k, &[Rel::Case]).any(|c| tree.lower(c) == "of");
        for k in tree.kids_by(w, &[Rel::Nmod]).filter(of) {
            if !fillers.contains(&k) {
                fillers.push(k);
            }
        }
    }
}

fn has_part(scene: &Scene<'_>, p: usize, part: crate::lexicon::pattern::LemmaId) -> bool {
    let tree = scene.tree;
    // "took 14 men into custody on Saturday" takes on nobody.
    let day = |k: usize| tree.nodes[k].upos == Upos::Num || tree.is_any(k, scene.lexicon.list("time_noun"));
    let is = |w: usize| tree.nodes[w].lemmas.contains(&part);
    match tree.language {
        Language::En => {
            tree.kids_by(p, &[Rel::Prt, Rel::Advmod, Rel::Xcomp, Rel::Obj, Rel::Compound]).any(|k| k > p && is(k))
                || tree.kids(p).any(|k| k > p && !day(k) && tree.kids_by(k, &[Rel::Case, Rel::Mark]).any(is))
                || p + 1 < tree.len() && is(p + 1)
        }
        Language::Tr => tree.kids(p).any(|k| k < p && is(k)) || (1..=2).any(|d| p >= d && is(p - d)),
    }
}

fn head_is(scene: &Scene<'_>, w: usize, words: &Words) -> bool {
    let tree = scene.tree;
    let has = |w: usize| tree.nodes[w].lemmas.iter().any(|l| words.has(*l));
    // What a light verb does its noun says ("müdahale ettiğini").
    if has(w)
        || tree.language == Language::Tr
            && tree.nodes[w].is(Classes::LIGHT)
            && tree.kids_by(w, &[Rel::Lvc, Rel::Obj]).any(|k| k + 1 == w && has(k))
    {
        return true;
    }
    let kind = || scene.words.at(w).map(|m| scene.drafts[m].kind);
    words.actor && (kind().is_some_and(acts) || is_personal(tree, w) || is_speaker(scene, w))
        || words.place && kind().is_some_and(|k| matches!(k, MentionKind::Place | MentionKind::Country))
}

/// English: "Finnish President Martti Ahtisaari": the title says what he is as much as the word that carries the name.
fn is_titled(scene: &Scene<'_>, w: usize, words: &Words) -> bool {
    let tree = scene.tree;
    let draft = scene.words.at(w).filter(|&m| tree.language == Language::En && scene.is_here(m)).map(|m| &scene.drafts[m]);
    draft.is_some_and(|d| {
        let role = d.role.as_ref().map(|r| (r.start, r.end));
        let inside = |k: &usize| role.is_some_and(|(a, b)| a <= tree.nodes[*k].start && tree.nodes[*k].end <= b);
        (d.first..=d.last).filter(inside).any(|k| tree.nodes[k].lemmas.iter().any(|l| words.has(*l)))
    })
}

/// English: a pronoun for somebody.
fn is_personal(tree: &Tree<'_>, w: usize) -> bool {
    tree.language == Language::En
        && tree.nodes[w].upos == Upos::Pron
        && matches!(tree.lower(w), "he" | "she" | "him" | "her" | "they" | "them" | "we" | "us" | "i" | "me" | "who" | "whom")
}

/// English: "Iran said it would …": who says so.
fn is_speaker(scene: &Scene<'_>, w: usize) -> bool {
    let tree = scene.tree;
    let n = &tree.nodes[w];
    if tree.language != Language::En || tree.lower(w) != "it" || n.rel != Rel::Nsubj {
        return false;
    }
    let said = n.head.filter(|&v| tree.nodes[v].rel == Rel::Ccomp).and_then(|v| tree.nodes[v].head);
    let named = |s: usize| scene.words.at(s).is_some_and(|m| acts(scene.drafts[m].kind));
    said.is_some_and(|h| tree.kids_by(h, &[Rel::Nsubj]).any(named))
}

/// Kinds of mentions that can act.
pub fn acts(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::Place)
}

/// The words of the trigger: the head and, where they stand next to it, its light noun or particle.
fn trigger_span(scene: &Scene<'_>, p: usize, frame: &Frame) -> (usize, usize) {
    let tree = scene.tree;
    let node = &tree.nodes[p];
    let (mut start, mut end) = (node.start, node.end);
    let slots = &scene.lexicon.names.slots;
    for c in frame.pattern.conditions.iter().filter(|c| !c.negated && matches!(c.test, Test::Head(_)) && c.path.len() == 1) {
        for w in clauses::follow(tree, slots, p, &c.path) {
            let near = w.abs_diff(p) <= 3 && scene.words.at(w).is_none();
            if near
                && let Test::Head(words) = &c.test
                && head_is(scene, w, words)
            {
                start = start.min(tree.nodes[w].start);
                end = end.max(tree.nodes[w].end);
            }
        }
    }
    if frame.pattern.triggers.iter().any(|t| t.1.is_some()) {
        match tree.language {
            Language::Tr if p > 0 => start = start.min(tree.nodes[p - 1].start),
            Language::En if p + 1 < tree.len() => end = end.max(tree.nodes[p + 1].end),
            _ => {}
        }
    }
    (start, end)
}

fn confidence(scene: &Scene<'_>, p: usize, frame: &Frame, weight: u32, actor: &[usize], recipient: &[usize]) -> f32 {
    let mut c: f32 = 0.45;
    c += if frame.pattern.pos == Pos::Verb { 0.12 } else { 0.0 };
    c += (weight.min(20) as f32) * 0.008;
    c += if actor.is_empty() { -0.1 } else { 0.1 };
    c += if recipient.is_empty() { 0.0 } else { 0.08 };
    let state = |m: &usize| scene.drafts[*m].country.is_some_and(|c: Country| !c.as_str().is_empty());
    c += if actor.iter().any(state) || recipient.iter().any(state) { 0.06 } else { 0.0 };
    let depth = depth(scene.tree, p);
    c -= 0.03 * depth.min(4) as f32;
    c.clamp(0.05, 0.97)
}

/// What a raw confidence is worth: of rows with it, the share that annotators coded with the same type. A logistic curve fitted
/// on half of the rows that nobody looked at (docs/events.md tells how well it holds on the other half), a little steeper at its upper end, as knots.
const WORTH: [(f32, f32); 9] = [
    (0.05, 0.40),
    (0.30, 0.53),
    (0.40, 0.58),
    (0.50, 0.62),
    (0.60, 0.67),
    (0.70, 0.71),
    (0.80, 0.76),
    (0.90, 0.82),
    (0.97, 0.88),
];

/// The probability that a row with this raw confidence has the right type.
pub fn calibrated(raw: f32) -> f32 {
    let raw = raw.clamp(WORTH[0].0, WORTH[WORTH.len() - 1].0);
    let above = WORTH.iter().position(|k| raw <= k.0).unwrap_or(WORTH.len() - 1).max(1);
    let ((x, y), (x2, y2)) = (WORTH[above - 1], WORTH[above]);
    y + (y2 - y) * (raw - x) / (x2 - x)
}

fn depth(tree: &Tree<'_>, mut p: usize) -> usize {
    let mut d = 0;
    while let Some(h) = tree.nodes[p].head {
        d += 1;
        p = h;
        if d > 20 {
            break;
        }
    }
    d
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
