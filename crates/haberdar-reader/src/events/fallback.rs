//! Roles that the parse does not give: found by position and case, and pronouns within the sentence.

use haberdar_lang::Upos;
use haberdar_model::{EventType, Language, MentionKind};
use smallvec::SmallVec;

use super::{Scene, roles::twins};
use crate::{
    clauses,
    lexicon::{
        classes::Classes,
        pattern::{Path, Slot},
    },
    mentions::Draft,
    tree::{Case, Rel},
    turkish::VerbForm,
};

type Found = SmallVec<[usize; 2]>;

fn both(scene: &Scene<'_>, m: usize) -> Found {
    let mut out: Found = SmallVec::from_slice(&[m]);
    out.extend(twins(scene, m));
    out
}

fn can_act(scene: &Scene<'_>, m: usize) -> bool {
    !matches!(scene.drafts[m].kind, MentionKind::Place) && abbreviated(scene, m).is_none()
}

/// "Dünya Sağlık Örgütü (DSÖ)": the body in front of brackets that holds its abbreviation.
pub(super) fn abbreviated(scene: &Scene<'_>, m: usize) -> Option<usize> {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    let within = |w: usize, mark: &str| w < tree.len() && tree.lower(w) == mark;
    let bracketed = scene.is_here(m) && d.first > 1 && within(d.first - 1, "(") && within(d.last + 1, ")");
    let short = || d.first == d.last && tree.text[d.start..d.end].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let body = |e: &usize| matches!(scene.drafts[*e].kind, MentionKind::Organization | MentionKind::Group | MentionKind::Country);
    if bracketed && short() { scene.words.at(d.first - 2).filter(body) } else { None }
}

/// Who acts, where the parse shows nobody.
pub(super) fn actor(scene: &Scene<'_>, p: usize, taken: &[usize]) -> Found {
    let tree = scene.tree;
    let Some(m) = tree.nodes[p].verb.filter(|_| !clauses::is_passive(tree, p)) else { return Found::new() };
    // Someone is named as subject, only not one who is a mention: nobody is to be invented.
    let subjects = clauses::surface_subject(tree, p);
    let named = subjects.iter().any(|&w| w < p && !matches!(tree.nodes[w].upos, Upos::Pron) && tree.nodes[w].rel == Rel::Nsubj);
    // The subject of -DIK stands in the genitive; what is bare is rather its object ("ilişki kurduğu").
    let own = subjects.iter().any(|&w| {
        tree.nodes[w].head == Some(p)
            && m.form == VerbForm::Participle
            && (m.subject_participle || tree.nodes[w].case == Case::Gen)
    });
    if named && tree.language == Language::En || own && tree.language == Language::Tr {
        return Found::new();
    }
    let candidates = || scene.words.in_order().filter(|&i| scene.drafts[i].last < p && can_act(scene, i) && !taken.contains(&i));
    let found = match tree.language {
        Language::En => {
            // Nothing but adverbs and auxiliaries between: "Russia on Friday again refused".
            let near = |i: &usize| (scene.drafts[*i].last + 1..p).all(|w| !tree.is_verbal(w) || tree.nodes[w].upos == Upos::Aux);
            let plain = |i: &usize| tree.kids_by(scene.drafts[*i].head, &[Rel::Case]).next().is_none();
            // "Fighters loyal to the president arrested …": what a preposition leads only describes who acts.
            candidates().rev().take(3).take_while(near).find(plain)
        }
        Language::Tr => {
            if m.form != VerbForm::Finite && m.form != VerbForm::Converb {
                // The subject of a nominalised clause: the nearest genitive.
                let genitive = candidates().rev().find(|&i| {
                    let last = scene.drafts[i].last;
                    tree.nodes[last].case == Case::Gen && p - last < 8 && !owns_adjunct(scene, i, p)
                });
                if genitive.is_some() {
                    return genitive.map(|i| both(scene, i)).unwrap_or_default();
                }
            }
            let nominative = |i: &usize| {
                matches!(tree.nodes[scene.drafts[*i].last].case, Case::Nom | Case::None)
                    && !clauses::is_agentive(tree, scene.drafts[*i].last)
                    && !is_companion(scene, *i)
                    && !is_quoted(scene, *i, p)
            };
            let before_comma = |i: &usize| tree.lower((scene.drafts[*i].last + 1).min(tree.len() - 1)) == ",";
            // The topic stands first, and a comma often sets it apart.
            candidates()
                .filter(nominative)
                .find(|i| before_comma(i) && !enumerated(scene, *i))
                .or_else(|| candidates().filter(nominative).find(|&i| heads_phrase(scene, i)))
                .or_else(|| opening(scene, p).filter(|i| !taken.contains(i)))
        }
    };
    found.map(|i| both(scene, i)).unwrap_or_default()
}

/// "New York Times ile yaptığı söyleşide": with whom something is done; not "A ile B".
fn is_companion(scene: &Scene<'_>, m: usize) -> bool {
    let next = scene.drafts[m].last + 1;
    let ile = next < scene.tree.len() && scene.tree.lower(next) == "ile";
    ile && !scene.words.in_order().any(|n| scene.drafts[n].first == next + 1)
}

/// The words stand in a quotation that ends before the predicate.
fn is_quoted(scene: &Scene<'_>, m: usize, p: usize) -> bool {
    let tree = scene.tree;
    let d = &scene.drafts[m];
    let mark = |w: &usize| is_mark(tree.lower(*w));
    (0..d.first).filter(mark).count() % 2 == 1 && (d.last + 1..p).filter(mark).count() % 2 == 1
}

fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "«" | "»" | "„" | "'" | "‘")
}

/// In Turkish a comma sets the topic of the sentence apart ("ABD, … iade etti"): it is the subject of the main verb, however
/// far away that is. `None` where the predicate has a subject of its own or is no main verb.
pub(crate) fn topic(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let m = tree.nodes[p]
        .verb
        .filter(|_| tree.language == Language::Tr && !tree.nodes[p].as_noun && !clauses::is_passive(tree, p))?;
    let main = m.is_finite() || m.form == VerbForm::Converb;
    // A complement shares the subject of its verb ("… imzalayacağını açıkladı") unless it has one in the genitive.
    let complement = matches!(m.form, VerbForm::Participle | VerbForm::VerbalNoun)
        && !matches!(tree.nodes[p].rel, Rel::Acl | Rel::Amod)
        && tree.nodes[p].head.is_some_and(|h| h > p && tree.is_verbal(h))
        && !tree.kids(p).any(|k| tree.nodes[k].case == Case::Gen);
    if !main && !complement {
        return None;
    }
    // "ABD'nin, …, yardım sağladığını açıkladı": the complement's own subject is set apart, too.
    if complement && let Some(m) = scene.words.in_order().rfind(|&i| set_apart(scene, i, p, Case::Gen)) {
        return Some(m);
    }
    // "Beyaz Saray dün, Trump'ın … geleceğini açıkladı"
    if complement && clauses::owner(tree, p).is_some() {
        return None;
    }
    set_apart_topic(scene, p)
}

/// "Bir İsrail askeri, Filistinli silahlı kişilerce öldürüldü": the topic of a passive is whom it was done to.
pub(super) fn sufferer(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let main = tree.nodes[p].verb.is_some_and(|m| m.is_finite() || m.form == VerbForm::Converb);
    let topic =
        (tree.language == Language::Tr && main && clauses::is_passive(tree, p)).then(|| set_apart_topic(scene, p)).flatten()?;
    // What stands next to the verb may be its subject as well.
    let subject = |k: usize| k > scene.drafts[topic].last && tree.nodes[k].case == Case::Nom;
    (!tree.kids_by(p, &[Rel::Nsubj]).any(subject)).then_some(topic)
}

/// "İl başkanlığından da yazılı açıklama yapıldı": the body that a statement comes from.
pub(super) fn stating_body(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    scene.words.in_order().rfind(|&i| {
        let d = &scene.drafts[i];
        let body = matches!(d.kind, MentionKind::Organization | MentionKind::Group | MentionKind::Office);
        tree.language == Language::Tr && body && d.last < p && case_at(scene, i) == Case::Abl && since_last_clause(scene, i, p)
    })
}

/// "iki gazeteci X tarafından öldürüldükten sonra": whom a passive was done to stands right before who did it.
pub(super) fn before_agent(scene: &Scene<'_>, p: usize, actor: &[usize]) -> Option<usize> {
    let tree = scene.tree;
    let &[a] = actor else { return None };
    let d = &scene.drafts[a];
    let by = d.last + 1 < tree.len() && tree.lower(d.last + 1).starts_with("taraf") || clauses::is_agentive(tree, d.last);
    if tree.language != Language::Tr || !clauses::is_passive(tree, p) || !by || d.last > p {
        return None;
    }
    scene.words.in_order().find(|&i| {
        let e = &scene.drafts[i];
        e.last + 1 == d.first && matches!(tree.nodes[e.last].case, Case::Nom | Case::None) && can_act(scene, i)
    })
}

/// A bare mention set apart by a comma: the one that opens the sentence, or stands behind what says when and where.
fn set_apart_topic(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let begin = tree.dateline();
    let behind = |&i: &usize| scene.drafts[i].first >= begin;
    let first = scene.words.in_order().filter(behind).find(|&i| can_act(scene, i) || scene.drafts[i].last + 2 < p)?;
    let stands_first = (begin..scene.drafts[first].first)
        .all(|w| tree.nodes[w].upos == Upos::Punct || matches!(tree.nodes[w].rel, Rel::Amod | Rel::Det | Rel::Nummod));
    if stands_first && set_apart(scene, first, p, Case::Nom) {
        return Some(first);
    }
    // "… toplantısının ardından İİT, … kınadı": what opens the sentence may be when and where.
    scene.words.in_order().rfind(|&i| {
        let d = &scene.drafts[i];
        // "… yakınında bir İsrail askeri, …"
        let article = d.first > 1 && tree.lower(d.first - 1) == "bir";
        let opened = d.first > 0 && {
            let n = &tree.nodes[d.first - 1 - usize::from(article)];
            // "heyeti davet eden Erdoğan, …"
            let described = n.verb.is_some_and(|m| m.form == VerbForm::Participle && m.subject_participle);
            n.upos == Upos::Adp
                || matches!(n.case, Case::Loc | Case::Abl | Case::Dat)
                || tree.lower(d.first - 1) == "günü"
                || described
        };
        opened && set_apart(scene, i, p, Case::Nom)
    })
}

/// True for a mention in the case that a comma parts from the predicate, in the same clause.
fn set_apart(scene: &Scene<'_>, m: usize, p: usize, case: Case) -> bool {
    let tree = scene.tree;
    let d = &scene.drafts[m];
    // "Suriye ile İsrail, …"
    let end = coordinated(scene, m).last().map_or(d.last, |&m| scene.drafts[m].last.max(d.last));
    let mut next = end + 1;
    // "Dünya Sağlık Örgütü (DSÖ), …"
    if next + 2 < p && tree.lower(next) == "(" {
        let Some(close) = (next..p).find(|&w| tree.lower(w) == ")") else { return false };
        next = close + 1;
    }
    // "Bakan salı günü, …": when stands between.
    let time = |w: usize| {
        tree.is_any(w, scene.lexicon.list("time_noun"))
            || tree.nodes[w].upos == Upos::Num
            || matches!(tree.lower(w), "geç" | "saatlerinde")
    };
    let last = (next..p).take_while(|&w| time(w)).last();
    if let Some(w) = last.filter(|&w| w + 1 < p && tree.lower(w + 1) == ",") {
        next = w + 1;
    }
    let fits = match tree.nodes[end].case {
        Case::Nom | Case::None => case == Case::Nom,
        other => other == case,
    };
    // Between topic and verb no other finite clause with a subject of its own may end.
    let same_clause = || (next..p).all(|w| tree.nodes[w].verb.is_none_or(|v| !v.is_finite()));
    // "Lavrov, “ABD … kaldırmalı” dedi": who is set apart from somebody's words is not their subject.
    let in_marks = (next..p).filter(|&w| is_mark(tree.lower(w))).count() % 2 == 1;
    can_act(scene, m) && fits && !in_marks && next < p && tree.lower(next) == "," && !enumerated(scene, m) && same_clause()
}

/// "Washington projeden desteğini çekti": who opens the sentence is the subject of its main verb where nothing else can be,
/// though the parse makes it the owner of what follows.
fn opening(scene: &Scene<'_>, p: usize) -> Option<usize> {
    let tree = scene.tree;
    let main = tree.nodes[p].head.is_none() && tree.nodes[p].verb.is_some_and(|m| m.is_finite());
    let first = scene.words.in_order().next().filter(|&i| main && can_act(scene, i))?;
    let d = &scene.drafts[first];
    let opens = (0..d.first).all(|w| matches!(tree.nodes[w].upos, Upos::Punct | Upos::Adj | Upos::Det | Upos::Num | Upos::Cconj));
    let last = &tree.nodes[d.last];
    // "Bakanı" may be either; "bakanını" is an object.
    let both = last.maybe_acc || last.possessed && last.case == Case::Acc;
    let object = ["ını", "ini", "unu", "ünü"].iter().any(|s| tree.lower(d.last).ends_with(s));
    let bare = (matches!(last.case, Case::Nom | Case::None) || both && !object) && !is_companion(scene, first);
    let subject = tree.kids_by(p, &[Rel::Nsubj, Rel::Csubj]).any(|k| tree.nodes[k].case == Case::Nom);
    (opens && bare && !subject).then_some(first)
}

/// "A, B ve C": the comma lists rather than sets apart.
fn enumerated(scene: &Scene<'_>, m: usize) -> bool {
    let d = &scene.drafts[m];
    scene.words.at((d.last + 2).min(scene.tree.len() - 1)).is_some_and(|n| {
        let e = &scene.drafts[n];
        e.first == d.last + 2 && matches!(scene.tree.lower((e.last + 1).min(scene.tree.len() - 1)), "ve" | "ile")
    })
}

/// "Kamçatka ve Sahalin'i ziyaret etti": bare, but joined to what stands in the accusative with a mark of its own.
pub(super) fn is_listed_object(scene: &Scene<'_>, m: usize, p: usize) -> bool {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    let next = d.last + 2;
    let joined = |w: usize| matches!(tree.lower(w), "ve" | "ile");
    if tree.language != Language::Tr || next >= p || !joined(d.last + 1) || tree.nodes[d.last].end != d.end {
        return false;
    }
    let with = tree.lower(d.last + 1) == "ile";
    scene.words.at(next).map(|n| &scene.drafts[n]).is_some_and(|e| {
        let last = &tree.nodes[e.last];
        // Of common nouns the accusative may be a possessive as well; the other cases cannot be mistaken.
        let oblique = !with && matches!(last.case, Case::Dat | Case::Loc | Case::Abl);
        e.first == next && (oblique || last.case == Case::Acc && last.end > e.end)
    })
}

/// "Güvenlik Konseyi'nde … talep eden karar", "Tarım Bakanlığı'nda bir toplantı yapıldı": where a body decides or meets, it is
/// the body that does.
pub(super) fn institution(scene: &Scene<'_>, p: usize, kind: EventType) -> Option<usize> {
    use EventType::*;
    let tree = scene.tree;
    if tree.language != Language::Tr || !matches!(kind, Consult | Request | Agree | Support | Reject | Sanction) {
        return None;
    }
    let met = kind == Consult && clauses::is_passive(tree, p);
    let decided = || clauses::surface_subject(tree, p).iter().any(|&w| tree.is_any(w, scene.lexicon.list("decision")));
    if !met && !decided() {
        return None;
    }
    scene.words.in_order().rfind(|&i| {
        let d = &scene.drafts[i];
        let body = d.kind == MentionKind::Organization && tree.nodes[d.last].case == Case::Loc;
        body && d.last < p && since_last_clause(scene, i, p)
    })
}

/// The mention is no modifier of the noun behind it.
fn heads_phrase(scene: &Scene<'_>, m: usize) -> bool {
    let d = &scene.drafts[m];
    let rel = scene.tree.nodes[d.head].rel;
    !matches!(rel, Rel::NmodPoss | Rel::Nmod | Rel::Amod | Rel::Compound | Rel::Flat | Rel::Det)
        || scene.tree.nodes[d.head].head.is_none_or(|h| h < d.first)
}

/// Who is acted upon, where the slots of the frame give nobody.
pub(super) fn recipient(scene: &Scene<'_>, p: usize, paths: &[Path], actor: &[usize], places: bool) -> Found {
    let tree = scene.tree;
    let free = |i: &usize| !actor.contains(i) && !scene.drafts[*i].twin_of.is_some_and(|t| actor.contains(&t));
    if tree.language == Language::Tr {
        let cases: SmallVec<[Case; 4]> = paths.iter().filter_map(|path| clauses::case_of(*path.last()?)).collect();
        let agent = |i: usize| clauses::is_agentive(tree, scene.drafts[i].last);
        let before = || {
            let stands = |&i: &usize| scene.drafts[i].last < p && free(&i) && !agent(i) && since_last_clause(scene, i, p);
            scene.words.in_order().filter(stands)
        };
        let main = tree.nodes[p].verb.is_some_and(|m| m.is_finite() || m.form == VerbForm::Converb);
        if main
            && clauses::is_passive(tree, p)
            && cases.contains(&Case::Acc)
            && let Some(i) = before().rev().find(|&i| is_bare_subject(scene, i))
        {
            return coordinated(scene, i);
        }
        for case in cases {
            if let Some(i) = before().rev().find(|&i| case_at(scene, i) == case) {
                return both(scene, i);
            }
        }
        // "iki ülkenin … taahhüdünde bulundu": the other of the two.
        if let Some(other) = other_of_pair(scene, actor) {
            return SmallVec::from_slice(&[other]);
        }
        // Somebody stands in an oblique case near the trigger: the one the act is about.
        let oblique = |i: &usize| match case_at(scene, *i) {
            Case::Nom | Case::None => false,
            Case::Loc => places,
            Case::Gen => !owns_adjunct(scene, *i, p),
            _ => true,
        };
        return before()
            .rev()
            .find(|i| oblique(i) && !is_modifier_of_actor(scene, *i, actor))
            .map(|i| both(scene, i))
            .unwrap_or_default();
    }
    // English: the first mention behind the trigger in its clause, however deep, places too.
    let last = tree.subtree(p).last().copied().unwrap_or(p);
    // "moved troops to the border": with whom something is done is not whom it is done to.
    let object = clauses::fill(tree, &scene.lexicon.names.slots, p, Slot::OBJ);
    let object: clauses::Fillers = object.iter().flat_map(|&w| clauses::with_conjuncts(tree, w)).collect();
    let means = |d: &Draft| {
        object.contains(&d.head)
            && tree.is_any(d.head, scene.lexicon.list("own_people"))
            && !paths.iter().any(|path| path[..] == [Slot::OBJ])
    };
    let behind = || {
        scene.words.in_order().filter(|&i| {
            let d = &scene.drafts[i];
            !means(d)
                && d.first > p
                && d.first <= last
                && free(&i)
                && tree.below(d.head, p)
                && !in_finite_clause(scene, d.head, p)
        })
    };
    let at_place = |i: &usize| !can_act(scene, *i);
    // "in the war-torn country": says less than a name.
    let vague = |i: &usize| {
        let d = &scene.drafts[*i];
        d.country.is_none() && !tree.nodes[d.head].plural && tree.is_any(d.head, scene.lexicon.list("pair_country"))
    };
    behind()
        .find(|i| !at_place(i) && !vague(i))
        .or_else(|| behind().find(|i| !at_place(i)).filter(|_| !behind().any(|i| places && at_place(&i))))
        .or_else(|| behind().find(|i| places || !scene.tree.behind_place_preposition(scene.drafts[*i].head)))
        .map(|i| both(scene, i))
        .unwrap_or_default()
}

/// Turkish: a bare name, or a number of people, that owns nothing behind it and is nobody's companion: it can be the subject of a
/// passive.
fn is_bare_subject(scene: &Scene<'_>, m: usize) -> bool {
    let (tree, d) = (scene.tree, &scene.drafts[m]);
    let by = tree.nodes.get(d.last + 1).is_some_and(|n| n.upos == Upos::Adp || tree.lower(d.last + 1).starts_with("taraf"));
    let bare = matches!(tree.nodes[d.last].case, Case::Nom | Case::None);
    let named = tree.nodes[d.last].capital || tree.nodes[d.first].upos == Upos::Num;
    can_act(scene, m) && named && bare && !by && !is_companion(scene, m) && heads_phrase(scene, m)
}

/// "Rusya'nın girişimleri sonucu", "İran'ın ardından": the genitive belongs to what says when, why or beside whom.
fn owns_adjunct(scene: &Scene<'_>, m: usize, p: usize) -> bool {
    let tree = scene.tree;
    let after = scene.drafts[m].last + 1;
    let adjunct = |w: usize| tree.nodes[w].upos == Upos::Adp || tree.nodes[w].is(Classes::ADJUNCT);
    // To the noun that the genitive owns, and what may stand right behind that.
    let owned = (after..p).find(|&w| tree.nodes[w].possessed || tree.nodes[w].verb.is_some());
    let last = owned.map_or(after, |w| if tree.nodes[w].verb.is_some() { after } else { w + 1 });
    (after..=last).take_while(|&w| w < p).any(adjunct)
}

/// Of two states that share a mention in the sentence, the one that is not the actor's.
fn other_of_pair(scene: &Scene<'_>, actor: &[usize]) -> Option<usize> {
    let own = |m: usize| actor.iter().any(|&a| scene.drafts[a].country == scene.drafts[m].country);
    scene.words.in_order().find_map(|m| {
        let twin = twins(scene, m).next()?;
        match (own(m), own(twin)) {
            (true, false) => Some(twin),
            (false, true) => Some(m),
            _ => None,
        }
    })
}

/// A time clause or reported clause below the predicate is about something else.
fn in_finite_clause(scene: &Scene<'_>, mut w: usize, p: usize) -> bool {
    let tree = scene.tree;
    while w != p {
        let node = &tree.nodes[w];
        if matches!(node.rel, Rel::Advcl | Rel::Parataxis | Rel::Conj) && tree.is_verbal(w) {
            return true;
        }
        match node.head {
            Some(h) => w = h,
            None => return true,
        }
    }
    false
}

/// Case of a mention's last word; "ile" behind it is the instrumental.
fn case_at(scene: &Scene<'_>, m: usize) -> Case {
    let (tree, last) = (scene.tree, scene.drafts[m].last);
    match tree.nodes.get(last + 1) {
        Some(_) if tree.lower(last + 1) == "ile" => Case::Ins,
        // "analistlere göre", "Rusya'ya rağmen"
        Some(n) if n.upos == Upos::Adp => Case::None,
        // "Mayalara ait eserler"
        Some(_) if tree.is_any(last + 1, scene.lexicon.list("belonging")) => Case::None,
        _ if scene.drafts[m].kind == MentionKind::Country && matches!(tree.nodes[last].case, Case::Nom | Case::None) => {
            case_of_phrase(scene, m)
        }
        _ => tree.nodes[last].case,
    }
}

/// "Çin mallarına": a state that only describes a noun has the noun's case.
fn case_of_phrase(scene: &Scene<'_>, m: usize) -> Case {
    let (tree, last) = (scene.tree, scene.drafts[m].last);
    let goes_on = |w: usize| {
        let bare = matches!(tree.nodes[w].case, Case::Nom | Case::None);
        let next = tree.nodes.get(w + 1).is_some_and(|n| n.verb.is_none() && matches!(n.upos, Upos::Noun | Upos::Adj));
        bare && next && scene.words.at(w + 1).is_none_or(|x| x == m)
    };
    let head = (last..last + 4).take_while(|&w| goes_on(w)).map(|w| w + 1).last().unwrap_or(last);
    match tree.nodes[head].case {
        case @ (Case::Dat | Case::Acc) => case,
        _ => tree.nodes[last].case,
    }
}

/// A mention and those that stand beside it in a list, whatever the parse says: "A, B ve C", "A ile B", "A and B".
pub(super) fn coordinated(scene: &Scene<'_>, m: usize) -> Found {
    let mut out: Found = SmallVec::from_slice(&[m]);
    let all: Vec<usize> = scene.words.in_order().collect();
    let Some(at) = all.iter().position(|&x| x == m) else { return out };
    for pair in all[at..].windows(2) {
        if !joined(scene, pair[0], pair[1]) {
            break;
        }
        out.push(pair[1]);
    }
    for i in (1..=at).rev() {
        if !joined(scene, all[i - 1], all[i]) {
            break;
        }
        out.insert(0, all[i - 1]);
    }
    out
}

/// Two neighbours with nothing but a conjunction between.
fn joined(scene: &Scene<'_>, a: usize, b: usize) -> bool {
    let (tree, d, e) = (scene.tree, &scene.drafts[a], &scene.drafts[b]);
    let (from, to) = (d.last + 1, e.first);
    if from >= to || to - from > 2 || !can_act(scene, a) || !can_act(scene, b) {
        return false;
    }
    let word = |i: usize| tree.lower(i);
    match tree.language {
        Language::En => word(from) == "and" && (to - from == 1 || word(from + 1) == "the"),
        Language::Tr => {
            // The last of the list carries the case for all.
            let bare = matches!(tree.nodes[d.last].case, Case::Nom | Case::None) && tree.nodes[d.last].end == d.end;
            to - from == 1
                && bare
                && match word(from) {
                    "ve" => true,
                    // "A ile B görüştü" names two subjects, "A ile Ankara'da görüştü" does not.
                    "ile" => matches!(tree.nodes[e.last].case, Case::Nom | Case::None | Case::Gen),
                    _ => false,
                }
        }
    }
}

/// No finite verb stands between.
fn since_last_clause(scene: &Scene<'_>, m: usize, p: usize) -> bool {
    (scene.drafts[m].last + 1..p).all(|w| scene.tree.nodes[w].verb.is_none_or(|v| !v.is_finite()))
}

fn is_modifier_of_actor(scene: &Scene<'_>, m: usize, actor: &[usize]) -> bool {
    actor.iter().any(|&a| {
        let (d, e) = (&scene.drafts[m], &scene.drafts[a]);
        scene.is_here(m) && scene.is_here(a) && scene.tree.below(d.head, e.head) && d.last < e.first
    })
}

/// Whom a pronoun means within its sentence: the subject of a clause above, else the nearest mention before that fits.
pub(super) fn pronoun(scene: &Scene<'_>, w: usize) -> Option<usize> {
    let tree = scene.tree;
    if tree.language != Language::En || tree.nodes[w].upos != Upos::Pron {
        return None;
    }
    let (fits, carried): (fn(MentionKind) -> bool, _) = match tree.lower(w) {
        "he" | "she" | "him" | "her" | "his" => (is_one, scene.carried.person),
        "it" | "its" => (is_body, scene.carried.body),
        "they" | "them" | "their" => (are_many, scene.carried.many),
        _ => return None,
    };
    let own = clause_subject(scene, w);
    let mut at = w;
    while let Some(h) = tree.nodes[at].head {
        if tree.is_verbal(h) {
            for k in tree.kids_by(h, &[Rel::Nsubj, Rel::NsubjPass]).filter(|&k| k != w && k < w) {
                if let Some(m) = scene.words.at(k).filter(|&m| fits(scene.drafts[m].kind) && own != Some(m)) {
                    return Some(m);
                }
            }
        }
        at = h;
    }
    let before = |&i: &usize| scene.drafts[i].last < w && fits(scene.drafts[i].kind) && own != Some(i);
    scene.words.in_order().rfind(before).or(carried.filter(|&m| own != Some(m)))
}

/// "Brown endorsed her": whom an object means is somebody else than the subject of its clause.
fn clause_subject(scene: &Scene<'_>, w: usize) -> Option<usize> {
    let tree = scene.tree;
    let argument = matches!(tree.nodes[w].rel, Rel::Obj | Rel::Iobj | Rel::Obl);
    let h = tree.nodes[w].head.filter(|&h| argument && tree.is_verbal(h))?;
    clauses::surface_subject(tree, h).into_iter().find_map(|k| {
        let pronoun = |k: usize| matches!(tree.nodes[k].rel, Rel::Nsubj | Rel::NsubjPass).then(|| pronoun(scene, k)).flatten();
        scene.words.at(k).or_else(|| pronoun(k))
    })
}

pub(crate) fn is_one(k: MentionKind) -> bool {
    matches!(k, MentionKind::Person | MentionKind::Office | MentionKind::Source)
}

pub(crate) fn is_body(k: MentionKind) -> bool {
    matches!(k, MentionKind::Country | MentionKind::Organization | MentionKind::Group)
}

pub(crate) fn are_many(k: MentionKind) -> bool {
    is_body(k) || k == MentionKind::Source
}
