//! Who acts and who is acted upon: the fillers of a frame's role paths as mentions.

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind};
use smallvec::SmallVec;

use super::{Scene, acts, fallback, slot_fillers};
use crate::{
    clauses::{self, Fillers},
    lexicon::{
        frames::Frame,
        pattern::{Path, Pos, Slot},
    },
    quotes,
    tree::{Case, Rel},
    turkish::{Tense, VerbForm},
};

/// Actors and recipients of a frame at a predicate, and whether some role stands where the frame looks for it.
pub(super) fn roles(scene: &Scene<'_>, p: usize, frame: &Frame) -> (SmallVec<[usize; 2]>, SmallVec<[usize; 2]>, bool) {
    let default_actor: &[Path] = &match (frame.pattern.pos, scene.tree.language) {
        (Pos::Noun, Language::En) => vec![vec![Slot::POSS], vec![Slot::BY]],
        (Pos::Noun, Language::Tr) => vec![vec![Slot::GEN], vec![Slot::MOD]],
        _ => vec![vec![Slot::SUBJ]],
    };
    let default_recipient: &[Path] = &match (frame.pattern.pos, scene.tree.language) {
        (Pos::Verb, Language::En) => vec![vec![Slot::OBJ]],
        _ => vec![],
    };
    let actor_paths = frame.pattern.actor.as_deref().unwrap_or(default_actor);
    let recipient_paths = frame.pattern.recipient.as_deref().unwrap_or(default_recipient);
    let mut actor = take(scene, p, frame, actor_paths);
    actor.retain(|m| can_be_actor(scene, *m, p) && !is_adjunct(scene, *m, p, frame, actor_paths));
    if frame.kind == EventType::Statement {
        // Only who is named as the subject speaks, not whom the subject belongs to ("its programme raises questions").
        let named: Fillers = actor_paths.iter().flat_map(|path| slot_fillers(scene, p, frame, path)).collect();
        actor.retain(|m| {
            let d = &scene.drafts[*m];
            !scene.is_here(*m)
                || named.iter().any(|&w| {
                    let staff = scene.tree.language == Language::En
                        && scene.tree.is_any(w, scene.lexicon.list("speaks_for"))
                        && scene.tree.nodes[d.head].head == Some(w);
                    staff
                        || (d.first..=d.last).contains(&w)
                        || clauses::with_conjuncts(scene.tree, w).iter().any(|c| (d.first..=d.last).contains(c))
                })
        });
    }
    if scene.tree.language == Language::Tr && scene.tree.nodes[p].verb.is_some_and(|m| m.is_finite() && m.first_person) {
        // "yargı … diyoruz": who says "we" is not somebody else; "Türkiye olarak" and the like say who that is.
        actor.retain(|m| scene.tree.lower((scene.drafts[*m].last + 1).min(scene.tree.len() - 1)) == "olarak");
    }
    // "Bakan, sendikaların tepkisini çekti": where a rule looks for the actor elsewhere, the topic suffers.
    if actor_paths.iter().any(|path| path[..] == [Slot::SUBJ])
        && let Some(topic) = fallback::topic(scene, p)
    {
        actor = fallback::coordinated(scene, topic);
    }
    // Even of an act that frames expect nobody for ("the attack on the consulate"): "Russia launched an attack on …".
    if actor.is_empty() && frame.pattern.pos == Pos::Noun && (!none(actor_paths) || scene.tree.language == Language::En) {
        actor = noun_subject(scene, p);
    }
    if actor.is_empty()
        && frame.kind == EventType::Consult
        && frame.pattern.pos == Pos::Noun
        && scene.tree.language == Language::En
    {
        actor = who_comes(scene, p);
        actor.retain(|m| can_be_actor(scene, *m, p));
    }
    if actor.is_empty() && actor_paths == default_actor && clauses::is_passive(scene.tree, p) && asks_complement(frame) {
        // "Türkiye'nin yardım göndermesi planlanıyor": who plans is who is to do it.
        actor = take(scene, p, frame, &[vec![Slot::COMP, Slot::SUBJ]]);
        actor.retain(|m| can_be_actor(scene, *m, p));
    }
    let mut recipient = take_other(scene, p, frame, recipient_paths);
    let asks = |slots: &[Slot]| recipient_paths.iter().any(|path| path[..] == *slots);
    let bare = |m: &usize| scene.is_here(*m) && matches!(scene.tree.nodes[scene.drafts[*m].last].case, Case::Nom | Case::None);
    if asks(&[Slot::ACC])
        && !recipient.iter().any(bare)
        && let Some(m) = fallback::sufferer(scene, p).filter(|m| !actor.contains(m))
    {
        // Whom a comma sets apart rather than the owner of something that the parse hangs there.
        recipient = fallback::coordinated(scene, m);
    }
    if actor.is_empty() && !none(actor_paths) && asks(&[Slot::ACC, Slot::GEN]) && does_it(scene, p, &recipient) {
        // "Türkiye'nin Rus uçağını düşürmesi": the genitive is the subject of the verbal noun, whatever the parse hangs it on.
        actor = std::mem::take(&mut recipient);
        recipient = take(scene, p, frame, &[vec![Slot::ACC, Slot::MOD], vec![Slot::ACC]]);
    }
    if actor.is_empty()
        && frame.kind == EventType::Mobilize
        && clauses::is_passive(scene.tree, p)
        && scene.tree.language == Language::Tr
    {
        // "bölgeye polis sevk edildi": who is sent is who shows force.
        actor = take(scene, p, frame, &[vec![Slot::ACC]]);
        recipient.retain(|m| !actor.contains(m));
    }
    if recipient.is_empty()
        && asks(&[Slot::ACC])
        && let Some(m) = fallback::before_agent(scene, p, &actor)
    {
        recipient = fallback::coordinated(scene, m);
    }
    if recipient.is_empty()
        && frame.kind == EventType::Assault
        && frame.pattern.pos == Pos::Noun
        && scene.tree.language == Language::En
    {
        // "the Paris attacks": where it hit.
        recipient = take(scene, p, frame, &[vec![Slot::MOD]]);
        recipient.retain(|m| scene.drafts[*m].kind == MentionKind::Place);
    }
    if actor.is_empty() && actor_paths == default_actor {
        actor.extend(belonging(scene, p).filter(|m| !recipient.contains(m)));
    }
    let explicit = !actor.is_empty() || !recipient.is_empty();
    if actor.is_empty() && !none(actor_paths) {
        actor = fallback::actor(scene, p, &recipient);
        actor.retain(|m| can_be_actor(scene, *m, p));
    }
    if actor.is_empty() && !none(actor_paths) && frame.pattern.pos == Pos::Verb {
        actor.extend(fallback::institution(scene, p, frame.kind).filter(|m| !recipient.contains(m)));
    }
    if actor.is_empty() && !none(actor_paths) && frame.pattern.pos == Pos::Verb && is_in_words(frame.kind) {
        actor.extend(stater(scene, p));
    }
    if actor.is_empty() && !none(actor_paths) && frame.pattern.pos == Pos::Verb {
        actor.extend(measure_stated(scene, p).filter(|m| !recipient.contains(m)));
    }
    if actor.is_empty() && frame.kind == EventType::Statement && clauses::is_passive(scene.tree, p) {
        actor.extend(fallback::stating_body(scene, p));
    }
    spell_out(scene, &mut actor);
    spell_out(scene, &mut recipient);
    let held = recipient.iter().any(|m| actor.contains(m));
    recipient.retain(|m| !actor.contains(m) && !is_own(scene, *m));
    // "göstericilerin hükümeti kınadığı": where the best place holds who acts, the next one counts.
    if recipient.is_empty() && held {
        let other = |path: &Path| {
            let mut found = take_other(scene, p, frame, std::slice::from_ref(path));
            found.retain(|m| !actor.contains(m) && !is_own(scene, *m));
            (!found.is_empty()).then_some(found)
        };
        recipient = recipient_paths.iter().find_map(other).unwrap_or_default();
    }
    let with = scene.lexicon.names.slots.get("with");
    // "Japan and Peru signed a deal to cut tariffs on Chilean goods": where nobody stands beside it, those who sign are the parties.
    let joint = scene.tree.language == Language::En
        && actor.len() > 1
        && recipient_paths.first().is_some_and(|path| path.len() == 1 && Some(path[0]) == with)
        && take(scene, p, frame, &recipient_paths[..1]).is_empty();
    if (recipient.is_empty() || joint) && actor.len() > 1 && is_mutual(scene, p, frame) {
        // "Jordan and Britain signed …": with each other.
        recipient = actor.drain(1..).collect();
    }
    if actor.is_empty() && recipient.len() > 1 && clauses::is_passive(scene.tree, p) && is_mutual(scene, p, frame) {
        // "A ile B arasında anlaşma imzalandı": they did it with each other.
        let first = recipient.remove(0);
        actor.push(first);
    }
    if recipient.is_empty() && !none(recipient_paths) && frame.kind != EventType::Statement {
        // Where people talk or take sides says nothing of with whom.
        use EventType::*;
        let places = !matches!(frame.kind, Consult | Agree | Support | Reject | Request | Accuse);
        recipient = fallback::recipient(scene, p, recipient_paths, &actor, places);
        recipient.retain(|m| !is_own(scene, *m));
    }
    (actor, recipient, explicit)
}

/// "İsrail'e ait insansız hava araçları …": whose the things are that do it.
fn belonging(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let verb = tree.nodes[p].verb.is_some_and(|m| !m.passive);
    let subject = clauses::surface_subject(tree, p).into_iter().next().filter(|_| verb && tree.language == Language::Tr)?;
    let list = scene.lexicon.list("belonging");
    let k = (1..subject).rev().take_while(|&k| tree.nodes[k].verb.is_none()).find(|&k| tree.is_any(k, list))?;
    let m = scene.words.at(k - 1).filter(|&m| scene.drafts[m].last + 1 == k && can_be_actor(scene, m, p))?;
    (tree.nodes[k - 1].case == Case::Dat).then_some(m)
}

/// The body instead of its abbreviation in brackets, each once.
fn spell_out(scene: &Scene<'_>, side: &mut SmallVec<[usize; 2]>) {
    for i in (0..side.len()).rev() {
        if let Some(m) = fallback::abbreviated(scene, side[i]) {
            if side.contains(&m) {
                side.remove(i);
            } else {
                side[i] = m;
            }
        }
    }
}

/// True where the one mention stands in the genitive in front of the accusative of a possessed verbal noun.
fn does_it(scene: &Scene<'_>, p: usize, recipient: &[usize]) -> bool {
    let tree = scene.tree;
    let &[m] = recipient else { return false };
    let n = &tree.nodes[p];
    let verbal = n
        .verb
        .is_some_and(|v| matches!(v.form, VerbForm::VerbalNoun | VerbForm::Participle) && !v.passive && !v.subject_participle);
    let last = &tree.nodes[scene.drafts[m].last];
    let object = clauses::fill(tree, &scene.lexicon.names.slots, p, Slot::ACC).iter().any(|&w| w > scene.drafts[m].last && w < p);
    tree.language == Language::Tr && verbal && n.possessed && last.case == Case::Gen && object && can_be_actor(scene, m, p)
}

/// Acts that are done by saying so.
fn is_in_words(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Accuse | Reject | Request | Support | Threaten)
}

/// "Bakanlıktan yapılan açıklamada saldırı kınandı": whose statement it is condemns.
fn stater(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let passive = tree.nodes[p].verb.is_some_and(|m| m.is_finite()) && clauses::is_passive(tree, p);
    (tree.language == Language::Tr && passive).then(|| quotes::stated_by(scene, p)).flatten()
}

/// "Kurumdan yapılan açıklamada ceza kesileceği bildirildi": whose statement it is will do it.
fn measure_stated(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let m = tree.nodes[p].verb.filter(|m| m.passive && m.tense == Tense::Future && !m.is_finite())?;
    let complement = m.form == VerbForm::Participle && !matches!(tree.nodes[p].rel, Rel::Acl | Rel::Amod);
    let h = (p + 1..tree.len()).find(|&k| tree.nodes[k].verb.is_some_and(|m| m.is_finite()))?;
    (complement && tree.language == Language::Tr && clauses::is_passive(tree, h)).then(|| quotes::stated_by(scene, h)).flatten()
}

/// "askerlerini çekti": one's own people are not those that something is done to.
fn is_own(scene: &Scene<'_>, m: usize) -> bool {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    if !scene.is_here(m) {
        return false;
    }
    if tree.language == Language::En {
        return is_own_english(scene, m);
    }
    d.kind == MentionKind::Group
        && d.first == d.last
        && d.country.is_none()
        && tree.nodes[d.last].possessed
        && tree.is_any(d.last, scene.lexicon.list("own_people"))
        && tree.kids(d.head).all(|k| tree.nodes[k].case != Case::Gen)
}

/// "withdraws its troops": whose people they are, only a pronoun says.
fn is_own_english(scene: &Scene<'_>, m: usize) -> bool {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    let own =
        |k: usize| tree.nodes[k].upos == Upos::Pron && matches!(tree.lower(k), "its" | "their" | "his" | "her" | "our" | "my");
    d.kind == MentionKind::Group
        && d.country.is_none()
        && tree.is_any(d.last, scene.lexicon.list("own_people"))
        && tree.kids_by(d.head, &[Rel::NmodPoss]).any(own)
}

/// "Filistin topraklarında … talep eden karar": what stands with the subject's noun in an oblique case is no owner of it; nor
/// is "Kamçatka" the subject of "Kamçatka ve Sahalin'i ziyaret etti", where the last of a list carries the case of all.
fn is_adjunct(scene: &Scene<'_>, m: usize, p: usize, frame: &Frame, paths: &[Path]) -> bool {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    if tree.language != Language::Tr || frame.pattern.pos != Pos::Verb || !matches!(paths, [path] if path[..] == [Slot::SUBJ]) {
        return false;
    }
    // "Suriye hükümetine ait füzeler": in the dative stands whom something belongs to.
    let agent = |w: usize| clauses::is_agentive(tree, w);
    let belongs = |w: usize| agent(w) || tree.is_any((w + 1).min(tree.len() - 1), scene.lexicon.list("belonging"));
    let oblique = |w: usize| matches!(tree.nodes[w].case, Case::Loc | Case::Abl | Case::Dat | Case::Ins) && !belongs(w);
    let named = || clauses::surface_subject(tree, p).iter().any(|w| (d.first..=d.last).contains(w));
    let last = &tree.nodes[d.last];
    // An accusative behind an apostrophe ("Kuleba'yı") is no possessive.
    let never = last.case == Case::Loc && !agent(d.last) || last.case == Case::Acc && last.end > d.end;
    never || oblique(d.last) && !named() || fallback::is_listed_object(scene, m, p)
}

/// A place does not act, and an unnamed source that expects something does not do it.
fn can_be_actor(scene: &Scene<'_>, m: usize, p: usize) -> bool {
    match scene.drafts[m].kind {
        MentionKind::Place => false,
        MentionKind::Source => {
            let tree = scene.tree;
            let expected = tree.nodes[p].head.is_some_and(|h| tree.is_any(h, scene.lexicon.list("g_forecast")));
            !expected
        }
        _ => true,
    }
}

/// Who announces what is going to be done, where the announcement does not say by whom ("yardım gönderileceğini açıkladı").
pub(super) fn announcer(scene: &Scene<'_>, p: usize, kind: EventType) -> Fillers {
    let tree = scene.tree;
    let Some(h) = tree.nodes[p].head.filter(|&h| tree.is_verbal(h) && clauses::is_passive(tree, p)) else {
        return Fillers::new();
    };
    let future = match tree.language {
        Language::Tr => {
            // "ihracatın durdurulduğunu açıkladı", too: an authority tells of its own measures that way.
            h > p
                && tree.nodes[p]
                    .verb
                    .is_some_and(|m| m.tense == Tense::Future || m.tense == Tense::Past && m.form == VerbForm::Participle)
                && !matches!(tree.nodes[p].rel, Rel::Acl | Rel::Amod)
        }
        Language::En => {
            tree.nodes[p].rel == Rel::Ccomp && tree.kids_by(p, &[Rel::Aux]).any(|k| matches!(tree.lower(k), "will" | "would"))
        }
    };
    // "The police said two men were arrested": by them.
    let arrested = !future && tree.language == Language::En && kind == EventType::Coerce && tree.nodes[p].rel == Rel::Ccomp;
    if !future && !arrested || clauses::is_passive(tree, h) {
        return Fillers::new();
    }
    let subjects = clauses::surface_subject(tree, h).into_iter().flat_map(|w| mentions_of(scene, w, h));
    if arrested {
        return subjects.filter(|m| scene.drafts[*m].sector.as_deref() == Some("COP")).take(1).collect();
    }
    if !tree.is_any(h, scene.lexicon.list("announcing")) {
        return Fillers::new();
    }
    let topic = fallback::topic(scene, h);
    // Not everyone who tells of violence did it: an army or a state tells of its own.
    let armed = |d: &crate::mentions::Draft| {
        d.kind == MentionKind::Country || d.sector.as_deref().is_some_and(|s| matches!(s, "MIL" | "REB" | "UAF" | "SPY" | "COP"))
    };
    let violence =
        matches!(kind, EventType::Assault | EventType::Protest) && tree.nodes[p].verb.is_some_and(|m| m.tense == Tense::Past);
    let official = |m: &usize| {
        let d = &scene.drafts[*m];
        !matches!(d.kind, MentionKind::Place | MentionKind::Source) && (!violence || tree.language == Language::En || armed(d))
    };
    topic.into_iter().chain(subjects).filter(official).take(1).collect()
}

fn asks_complement(frame: &Frame) -> bool {
    frame.kind == EventType::Agree && frame.pattern.conditions.iter().any(|c| !c.negated && c.path.first() == Some(&Slot::COMP))
}

/// Acts that two do together, where the frame has a companion slot.
fn is_mutual(scene: &Scene<'_>, p: usize, frame: &Frame) -> bool {
    let with = scene.lexicon.names.slots.get("with");
    let companion = |path: &Path| path.iter().any(|s| *s == Slot::INS || Some(*s) == with);
    // "karşılıklı ateş açtı": each on the other.
    let mutual = scene.lexicon.list("mutual");
    if (p.saturating_sub(4)..p).any(|w| scene.tree.is_any(w, mutual)) {
        return true;
    }
    match frame.kind {
        EventType::Agree | EventType::Cooperate => true,
        EventType::Support | EventType::Retreat | EventType::Reject => frame.pattern.recipient.iter().flatten().any(companion),
        _ => false,
    }
}

/// "A:-", "R:-": nobody takes this part.
pub(crate) fn none(paths: &[Path]) -> bool {
    matches!(paths, [p] if p[..] == [Slot::NONE])
}

/// Those whom the paths give besides the actor's own people.
fn take_other(scene: &Scene<'_>, p: usize, frame: &Frame, paths: &[Path]) -> SmallVec<[usize; 2]> {
    if scene.tree.language == Language::Tr {
        return take(scene, p, frame, paths);
    }
    paths
        .iter()
        .map(|path| {
            let mut out = take(scene, p, frame, std::slice::from_ref(path));
            out.retain(|m| !is_own(scene, *m));
            out
        })
        .find(|out| !out.is_empty())
        .unwrap_or_default()
}

pub(super) fn take(scene: &Scene<'_>, p: usize, frame: &Frame, paths: &[Path]) -> SmallVec<[usize; 2]> {
    for path in paths {
        let fillers = slot_fillers(scene, p, frame, path);
        let mut out = SmallVec::new();
        for &w in &fillers {
            if path.len() == 1 && is_infinitive(scene, w) && path[0] != Slot::COMP {
                continue;
            }
            for c in clauses::with_conjuncts(scene.tree, w) {
                for m in mentions_of(scene, c, p) {
                    for m in fallback::coordinated(scene, titled(scene, m)) {
                        if !out.contains(&m) {
                            out.push(m);
                        }
                    }
                }
            }
            // A place among the fillers is no participant as long as somebody else may be one.
            if out.iter().any(|&m| scene.drafts[m].kind != MentionKind::Place) {
                break;
            }
        }
        if !out.is_empty() {
            return out;
        }
    }
    SmallVec::new()
}

/// "to aid the country": an aim, no participant.
fn is_infinitive(scene: &Scene<'_>, w: usize) -> bool {
    let tree = scene.tree;
    tree.language == Language::En && tree.is_verbal(w) && tree.kids_by(w, &[Rel::Mark]).any(|k| tree.lower(k) == "to")
}

/// The mention that a reader would name as the subject of the word.
pub(super) fn subject(scene: &Scene<'_>, w: usize) -> Option<usize> {
    clauses::surface_subject(scene.tree, w).iter().find_map(|&k| mentions_of(scene, k, w).into_iter().next())
}

/// "Hamaney'in Başdanışmanı Velayeti": a genitive right in front of a person's title only says whose that is.
fn titled(scene: &Scene<'_>, m: usize) -> usize {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    if tree.language != Language::Tr || tree.nodes[d.last].case != Case::Gen {
        return m;
    }
    let behind = scene.words.in_order().find(|&n| scene.drafts[n].first == d.last + 1);
    let owned = |&n: &usize| {
        let e = &scene.drafts[n];
        let title = &tree.nodes[e.first];
        e.kind == MentionKind::Person
            && e.last > e.first
            && (title.possessed || title.maybe_possessed)
            && title.upos == Upos::Noun
    };
    behind.filter(owned).unwrap_or(m)
}

/// Who a noun is done by: the subject of the verb that carries it ("Russia launched an attack").
fn noun_subject(scene: &Scene<'_>, p: usize) -> SmallVec<[usize; 2]> {
    let tree = scene.tree;
    let Some(h) = tree.nodes[p].head.filter(|&h| tree.is_verbal(h)) else { return SmallVec::new() };
    let carried = matches!(tree.nodes[p].rel, Rel::Obj | Rel::Lvc | Rel::Compound)
        || tree.nodes[p].rel == Rel::Obl && tree.language == Language::Tr;
    let carries = tree.is_any(h, scene.lexicon.list("light")) || tree.is_any(h, scene.lexicon.list("announcing"));
    if !carried || !carries {
        return SmallVec::new();
    }
    subjects_of(scene, h, p)
}

/// Who is or goes somewhere for a meeting ("is due in Beirut for talks with …", "were in talks with …").
fn who_comes(scene: &Scene<'_>, p: usize) -> SmallVec<[usize; 2]> {
    let tree = scene.tree;
    let meant = tree.kids(p).any(|k| tree.nodes[k].rel == Rel::Case && matches!(tree.lower(k), "for" | "in" | "into" | "during"));
    if !meant {
        return SmallVec::new();
    }
    let copular = |h: usize| tree.kids(h).any(|k| tree.nodes[k].rel == Rel::Cop);
    let goes = |h: usize| !tree.kids(h).any(|k| tree.nodes[k].rel == Rel::Obj);
    let mut h = p;
    if !copular(p) {
        match tree.nodes[p].head.filter(|_| matches!(tree.nodes[p].rel, Rel::Obl | Rel::Nmod)) {
            Some(up) if copular(up) || tree.is_verbal(up) && goes(up) => h = up,
            _ => return SmallVec::new(),
        }
    }
    subjects_of(scene, h, p)
}

/// The mentions of the verb's subject, for the noun that it governs.
fn subjects_of(scene: &Scene<'_>, verb: usize, p: usize) -> SmallVec<[usize; 2]> {
    let fillers = clauses::fill(scene.tree, &scene.lexicon.names.slots, verb, Slot::SUBJ);
    fillers.iter().flat_map(|&w| clauses::with_conjuncts(scene.tree, w)).flat_map(|c| mentions_of(scene, c, p)).collect()
}

/// The mentions that an argument stands for: its own, or the one that its noun belongs to ("the minister's decision").
fn mentions_of(scene: &Scene<'_>, w: usize, p: usize) -> SmallVec<[usize; 2]> {
    let tree = scene.tree;
    let mut out = SmallVec::new();
    if w == p {
        return out;
    }
    if let Some(m) = scene.words.at(w).or_else(|| fallback::pronoun(scene, w)) {
        if acts(scene.drafts[m].kind) || scene.drafts[m].kind == MentionKind::Place {
            out.push(m);
            out.extend(twins(scene, m));
        }
        return out;
    }
    // Down to possessors and modifiers, nearest first, but not into clauses of their own.
    let mut queue: SmallVec<[(usize, u8); 8]> = SmallVec::from_slice(&[(w, 0)]);
    let mut i = 0;
    while i < queue.len() {
        let (at, depth) = queue[i];
        i += 1;
        for k in tree.kids(at) {
            let follow = matches!(
                tree.nodes[k].rel,
                Rel::NmodPoss | Rel::Nmod | Rel::Compound | Rel::Amod | Rel::Flat | Rel::Appos | Rel::Nsubj | Rel::Obj | Rel::Obl
            );
            if !follow || k == p || depth > 2 || tree.nodes[k].verb.is_some_and(|m| m.is_finite()) {
                continue;
            }
            let turkish = tree.language == Language::Tr;
            if turkish && tree.nodes[k].case == Case::Gen && k < at && clauses::acts_before(tree, k, at) {
                continue;
            }
            if let Some(m) = scene.words.at(k).filter(|&m| scene.drafts[m].kind != MentionKind::Place) {
                out.push(m);
                out.extend(twins(scene, m));
                return out;
            }
            queue.push((k, depth + 1));
        }
    }
    out
}

/// Further mentions on the same words ("iki ülke").
pub(crate) fn twins<'s>(scene: &'s Scene<'_>, m: usize) -> impl Iterator<Item = usize> + 's {
    (scene.twins..scene.drafts.len()).filter(move |&i| scene.drafts[i].twin_of == Some(m))
}
