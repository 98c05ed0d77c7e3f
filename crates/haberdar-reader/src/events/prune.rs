//! One act, one row: what only carries, repeats or accompanies another act of its sentence is dropped.

use haberdar_model::{EventType, Language, MentionKind, Status};
use smallvec::SmallVec;

use super::{Act, Scene, roles, tells_without_participants};
use crate::{
    lexicon::{Lexicon, frames::Frame, pattern::Pos},
    mentions::{Draft, WordMentions},
    salience::first_person,
    tree::{Rel, Tree},
};

/// Modes that are no private matter, whoever they hit.
const OF_STATES: &[&str] = &["aerial", "drone", "heavy-weapons", "suicide-attack", "martial-law", "curfew"];

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Public affairs, or nothing that tells.
    Public,
    /// People's own lives: families, accidents, small crime.
    Life,
    /// Sport, pastime and goods.
    Pastime {
        /// Several words of the article say so.
        sure: bool,
    },
}

impl Matter {
    /// Sport, pastime and goods.
    pub fn is_pastime(self) -> bool {
        matches!(self, Matter::Pastime { .. })
    }
}

/// What an article's sentences are about. One that says nothing of it is about what the article is about.
pub(crate) fn matters(trees: &[Tree<'_>], words: &[WordMentions], drafts: &[Draft], lexicon: &Lexicon) -> Vec<Matter> {
    let lists = ["private_matter", "private_life", "public_matter"].map(|l| lexicon.list(l));
    // "Romanya" is no novel ("roman").
    let place = |m: usize| matches!(drafts[m].kind, MentionKind::Country | MentionKind::Place) && drafts[m].entity.is_some();
    let count = |(t, m): (&Tree<'_>, &WordMentions)| {
        lists.map(|list| (0..t.len()).filter(|&w| t.is_any(w, list) && !m.at(w).is_some_and(place)).count())
    };
    let counts: Vec<[usize; 3]> = trees.iter().zip(words).map(count).collect();
    let all = counts.iter().fold([0; 3], |a, c| [a[0] + c[0], a[1] + c[1], a[2] + c[2]]);
    let matter = |pastime: usize, life: usize, limit: usize| match () {
        _ if pastime + life <= limit => Matter::Public,
        _ if pastime > 0 => Matter::Pastime { sure: all[0] > 1 },
        _ => Matter::Life,
    };
    let of = |&[pastime, life, public]: &[usize; 3]| match [pastime, life, public] {
        [0, 0, 0] => matter(all[0], all[1], all[2] + 1),
        _ => matter(pastime, life, public),
    };
    counts.iter().map(of).collect()
}

/// Violence, charges, and what police and courts do to people are public whoever they hit; violence in a film is not. English reports also
/// tell of meetings and demands of people at large.
fn is_public_force(scene: &Scene<'_>, act: &Act) -> bool {
    use EventType::*;
    let (kind, mode) = (act.kind, frame(scene, act).mode.unwrap_or_default());
    let told = !scene.matter.is_pastime();
    match kind {
        Assault | Accuse if told => true,
        Request | Consult if told && scene.tree.language == Language::En => true,
        Coerce | Retreat if matches!(mode, "arrest" | "release" | "deport" | "cyber") => told,
        Coerce | Mobilize => scene.matter == Matter::Public,
        Sanction if mode == "convict" => scene.matter == Matter::Public,
        _ => false,
    }
}

/// True where somebody takes part who counts in public affairs, rather than people at large.
fn is_public(scene: &Scene<'_>, act: &Act) -> bool {
    const PRIVATE: &[&str] = &["CVL", "AGR", "BUS", "ELI", "UNK"];
    const STATE: &[&str] = &["GOV", "MIL", "LEG", "PTY", "OPP", "REB", "UAF", "SPY", "PRM"];
    // Whom or where violence hit is told of as its victim ("Kerkük'te infilak etti").
    let victim = || frame(scene, act).pattern.actor.as_deref().is_some_and(roles::none);
    let suffered = is_violence(scene, act) || act.kind == EventType::Assault && victim();
    let sector = |d: &Draft, of: &[&str]| d.sector.as_deref().is_some_and(|s| of.contains(&s));
    let any = |w: usize, list: &str| scene.tree.is_any(w, scene.lexicon.list(list));
    // Anybody meets, helps and agrees with somebody.
    let half = act.actor.is_empty() || act.recipient.is_empty();
    let everyday = match act.kind {
        EventType::Consult | EventType::Aid => true,
        EventType::Agree | EventType::Cooperate | EventType::Support => half,
        _ => false,
    };
    let counts = |&m: &usize| {
        let (d, here) = (&scene.drafts[m], scene.is_here(m));
        // Whom a pronoun means may stand in a sentence before, whose words are not at hand.
        let acts_in_public = |d: &Draft| here && any(d.head, "public");
        let armed = |w: usize| here && any(w, "armed");
        let known = || d.entity.as_deref().is_some_and(|e| !e.starts_with("b3:"));
        // Where the matter is private, only states and those who act for them count.
        if scene.matter != Matter::Public {
            let state = || sector(d, STATE);
            return match d.kind {
                // A sports body shuts a country's teams out for what that country does.
                _ if act.kind == EventType::Sanction && d.country.is_some() => true,
                // In Turkish sport the names of states are teams, and clubs, players and firms are known, too.
                _ if scene.matter == (Matter::Pastime { sure: true }) && scene.tree.language == Language::Tr => {
                    act.kind == EventType::Coerce && state()
                }
                MentionKind::Country => true,
                MentionKind::Place => suffered,
                _ if known() || acts_in_public(d) || (d.first..=d.last).any(armed) => true,
                _ => state() || d.country.is_some() && d.sector.is_some() && !sector(d, PRIVATE),
            };
        }
        if everyday {
            let official = d.role.is_some() || d.sector.as_deref().is_some_and(|s| s == "UNK") && d.kind == MentionKind::Office;
            return match d.kind {
                MentionKind::Country => true,
                MentionKind::Place => suffered,
                _ if known() || acts_in_public(d) || official => true,
                _ => d.country.is_some() || d.sector.is_some() && !sector(d, PRIVATE) || (d.first..d.head).any(armed),
            };
        }
        match d.kind {
            MentionKind::Group | MentionKind::Source => {
                d.country.is_some()
                    || d.sector.is_some() && !sector(d, PRIVATE)
                    || acts_in_public(d)
                    || (d.first..d.head).any(armed)
            }
            MentionKind::Place => suffered,
            _ => true,
        }
    };
    act.kind == EventType::Protest
        || is_public_force(scene, act)
        || frame(scene, act).mode.is_some_and(|m| OF_STATES.contains(&m))
        || act.actor.is_empty() && act.recipient.is_empty()
        || act.actor.iter().chain(&act.recipient).any(counts)
}

/// Drops what is not an act of its own.
pub(super) fn prune(scene: &Scene<'_>, acts: &mut Vec<Act>) {
    let tree = scene.tree;
    acts.retain(|a| is_public(scene, a));
    let several = acts.iter().filter(|a| !a.purpose && a.kind != EventType::Statement).count() > 0;
    acts.retain(|a| !a.purpose || !several && !a.actor.is_empty());
    let mut drop = vec![false; acts.len()];
    for i in 0..acts.len() {
        // A statement that only carries another act ("said that it had withdrawn") is no act of its own, nor is a second one
        // by the same speaker.
        if acts[i].kind == EventType::Statement {
            let real = |b: &Act| b.status != Status::Hypothetical;
            // One without anybody in it will not stay.
            let lasts = |b: &Act| tree.language == Language::Tr || has_somebody(b) || first_person(scene, b.trigger);
            let carries = |b: &Act| {
                b.kind != EventType::Statement
                    && !is_violence(scene, b)
                    && (is_said(tree, b.trigger, acts[i].trigger) && real(b) && lasts(b)
                        || b.actor.is_empty()
                            && lasts(b)
                            && (first_person(scene, b.trigger)
                                || tree.below(b.trigger, acts[i].trigger) && !b.recipient.is_empty())
                        || b.span == acts[i].span)
            };
            let again = |b: &Act| b.kind == EventType::Statement && b.trigger > acts[i].trigger;
            drop[i] = acts.iter().any(|b| carries(b) || again(b));
        }
        for j in 0..acts.len() {
            if i == j || drop[i] || drop[j] || !is_content(scene, &acts[i], &acts[j]) {
                continue;
            }
            drop[i] = true;
            // What is agreed or refused says to whom, where the carrier does not.
            if acts[j].recipient.is_empty() {
                let inner: SmallVec<[usize; 2]> =
                    acts[i].recipient.iter().copied().filter(|m| !acts[j].actor.contains(m)).collect();
                acts[j].recipient = inner;
            }
        }
    }
    for i in 0..acts.len() {
        for j in 0..acts.len() {
            if i == j || drop[i] || drop[j] {
                continue;
            }
            let (a, b) = (&acts[i], &acts[j]);
            let a_in_b = tree.below(a.trigger, b.trigger);
            // The same kind told twice within one clause: the weightier row stays.
            if a.kind == b.kind && (a_in_b || tree.below(b.trigger, a.trigger)) {
                let shares = a.actor.iter().any(|m| b.actor.contains(m))
                    || a.recipient.iter().any(|m| b.recipient.contains(m))
                    || a.actor.is_empty()
                    || b.actor.is_empty();
                let verb = |a: &Act| frame(scene, a).pattern.pos == Pos::Verb;
                let whole = |a: &Act| verb(a) && !a.actor.is_empty() && !a.recipient.is_empty();
                let stays = |a: &Act| tree.language == Language::Tr || lasts(scene, a);
                // "bombed a hall, killing 140": what the main verb tells.
                let main =
                    |a: &Act, b: &Act| tree.language == Language::En && verb(a) && verb(b) && tree.below(b.trigger, a.trigger);
                let rank = |a: &Act, b: &Act, other: usize| {
                    (stays(a), whole(a), main(a, b), a.weight, a.actor.len() + a.recipient.len(), other)
                };
                let weaker = rank(a, b, j) < rank(b, a, i);
                // "gözaltına alındı ve tutuklandı": two verbs, two acts.
                let two = main_clause(tree, a.trigger)
                    && main_clause(tree, b.trigger)
                    && tree.nodes[a.trigger].verb_lemma != tree.nodes[b.trigger].verb_lemma;
                if shares && weaker && !two {
                    drop[i] = true;
                    // … and whom it killed suffered it too.
                    let suffers = |m: usize| scene.drafts[m].kind != MentionKind::Place;
                    if a.kind == EventType::Assault && verb(a) && verb(b) && a_in_b {
                        let also: SmallVec<[usize; 2]> = a
                            .recipient
                            .iter()
                            .copied()
                            .filter(|&m| suffers(m) && !b.recipient.contains(&m) && !b.actor.contains(&m))
                            .collect();
                        acts[j].recipient.extend(also);
                    }
                    continue;
                }
            }
            // Two triggers on overlapping words are one act.
            let overlap = a.span.0 < b.span.1 && b.span.0 < a.span.1;
            // "uyguladığı ablukayı kaldırdı": the main verb says what was done with what the participle describes.
            let describes = |a: &Act, b: &Act| {
                let n = &tree.nodes[a.trigger];
                n.rel == Rel::Acl && n.head.is_some_and(|h| tree.nodes[h].head == Some(b.trigger)) && finite(tree, b.trigger)
            };
            let less = match (describes(a, b), describes(b, a)) {
                (true, _) => true,
                (_, true) => false,
                // One with somebody in it says more than one without.
                _ => (lasts(scene, a), a.weight, j) < (lasts(scene, b), b.weight, i),
            };
            let apart = tree.language == Language::Tr
                && (is_violence(scene, a) && b.kind == EventType::Accuse || is_violence(scene, b) && a.kind == EventType::Accuse);
            if overlap && !apart && !drop[i] && !drop[j] && less {
                drop[i] = true;
            }
        }
    }
    yield_to_main(scene, acts, &mut drop);
    let alive = |i: &usize| !drop[*i] && acts[*i].kind != EventType::Statement;
    let best = (0..acts.len()).filter(alive).map(|i| acts[i].confidence).fold(0.0, f32::max);
    let weak: Vec<usize> = (0..acts.len())
        .filter(alive)
        .filter(|&i| {
            acts[i].confidence + BEHIND < best
                && !is_main_verb(tree, acts[i].trigger)
                && !is_told(scene, &acts[i])
                && !first_person(scene, acts[i].trigger)
        })
        .collect();
    weak.into_iter().for_each(|i| drop[i] = true);
    let mut it = drop.iter();
    acts.retain(|_| !it.next().copied().unwrap_or(false));
}

/// An act so much less certain than another of its sentence is background to it.
const BEHIND: f32 = 0.1;

/// Beside an act of a verb with all its roles, clauses without an actor are background that the sentence only mentions; in English nouns
/// beside any verb are.
fn yield_to_main(scene: &Scene<'_>, acts: &[Act], drop: &mut [bool]) {
    let noun = |a: &Act| frame(scene, a).pattern.pos == Pos::Noun;
    let alive: Vec<usize> = (0..acts.len()).filter(|&i| !drop[i] && acts[i].kind != EventType::Statement).collect();
    let verbal = alive.iter().any(|&i| !noun(&acts[i]));
    let complete = alive.iter().any(|&i| !noun(&acts[i]) && !acts[i].actor.is_empty() && !acts[i].recipient.is_empty());
    for &i in &alive {
        // The speaker behind "we" is filled in later.
        let p = acts[i].trigger;
        let nobody = acts[i].actor.is_empty() && !is_main_verb(scene.tree, p) && !first_person(scene, p);
        let beside = noun(&acts[i]) && verbal && scene.tree.language == Language::En;
        let other = if scene.tree.language == Language::Tr { complete } else { verbal };
        let told = is_told(scene, &acts[i]) && !(other && acts[i].actor.is_empty());
        drop[i] = !told && (beside || complete && nobody);
    }
}

/// True for what stands below a word of saying, but not in the phrase of its subject ("X ile görüşen Y … söyledi").
fn is_said(tree: &Tree<'_>, w: usize, saying: usize) -> bool {
    tree.branch(w, saying).is_some_and(|k| tree.nodes[k].rel != Rel::Nsubj)
}

/// What is demanded, refused, threatened or promised is content of that act, not a second one.
fn is_content(scene: &Scene<'_>, a: &Act, b: &Act) -> bool {
    use EventType::*;
    let carrier = matches!(b.kind, Request | Reject | Threaten | Agree | Accuse | Support | Concede);
    let unreal = matches!(a.status, Status::Demanded | Status::Planned | Status::Hypothetical | Status::Denied);
    let nominal = frame(scene, a).pattern.pos == Pos::Noun;
    // "yardım eden kurumlara teşekkür etti": what a participant is said to have done is told as a fact.
    let n = &scene.tree.nodes[a.trigger];
    let describes = n.verb.is_some_and(|m| m.subject_participle) && matches!(n.rel, Rel::Acl | Rel::Amod);
    // "ilan edilen yasağın kaldırıldığı" lifts what the participle tells of.
    let others = !a.actor.is_empty() || !a.recipient.is_empty() && b.kind != Concede;
    let told = a.status == Status::Happened && !nominal && others && describes;
    // "bombalı saldırıyı kınadı": what is condemned has happened.
    let deed = is_violence(scene, a) && b.kind == Accuse && matches!(a.status, Status::Happened | Status::Historical);
    let mentioned = scene.tree.language == Language::Tr || n.head != Some(b.trigger);
    if deed && mentioned || told && scene.tree.language == Language::Tr || is_beside(scene.tree, a.trigger, b.trigger) {
        return false;
    }
    carrier && scene.tree.below(a.trigger, b.trigger) && (unreal || nominal || !finite(scene.tree, a.trigger))
}

/// English: "threatened a clerk and was arrested": what is coordinated with a verb, or stands below that, is not what the verb is about.
fn is_beside(tree: &Tree<'_>, w: usize, verb: usize) -> bool {
    tree.language == Language::En && tree.branch(w, verb).is_some_and(|k| tree.nodes[k].rel == Rel::Conj)
}

fn frame<'s>(scene: &Scene<'s>, act: &Act) -> &'s Frame {
    &scene.lexicon.frames[act.frame as usize]
}

/// "Nobody was hurt in the shooting": an act without anybody in it gives way to one that is told all the same.
fn lasts(scene: &Scene<'_>, act: &Act) -> bool {
    has_somebody(act) || scene.tree.language == Language::En && tells_without_participants(scene, act)
}

fn has_somebody(act: &Act) -> bool {
    !act.actor.is_empty() || !act.recipient.is_empty()
}

/// Turkish: "Reina'daki saldırı": a deed of violence is told wherever it is named with its place or victims.
fn is_violence(scene: &Scene<'_>, act: &Act) -> bool {
    let named = frame(scene, act).pattern.pos == Pos::Noun;
    named && act.kind == EventType::Assault
}

/// What is told wherever it is named: a deed of violence; in English protest.
fn is_told(scene: &Scene<'_>, act: &Act) -> bool {
    is_violence(scene, act) || scene.tree.language == Language::En && act.kind == EventType::Protest
}

/// The verb of a main clause: in Turkish any finite one; in English that of the sentence, or one that is coordinated with it ("surrendered
/// and was arrested").
fn is_main_verb(tree: &Tree<'_>, p: usize) -> bool {
    let root = |w: usize| tree.nodes[w].head.is_none() && tree.is_verbal(w);
    let coordinated = || tree.nodes[p].rel == Rel::Conj && tree.is_verbal(p) && tree.nodes[p].head.is_some_and(root);
    main_clause(tree, p) || tree.language == Language::En && (root(p) || coordinated())
}

/// Turkish: a finite verb is that of a main clause, which tells and does not only mention.
fn main_clause(tree: &Tree<'_>, p: usize) -> bool {
    tree.language == Language::Tr && finite(tree, p)
}

fn finite(tree: &Tree<'_>, p: usize) -> bool {
    tree.nodes[p].verb.is_some_and(|m| m.is_finite())
}
