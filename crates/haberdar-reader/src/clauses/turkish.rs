//! Arguments in Turkish, by case and postposition. Parses of Turkish are right three times in five, so wherever a case
//! says enough the relation is not asked.

use haberdar_lang::Upos;
use smallvec::SmallVec;

use super::{
    Fillers,
    agents::{agents, is_agentive},
    case_of, is_object_of_nominal, is_passive,
    objects::{accusative, hidden_accusative, nominative},
    owners::{acts_before, enters, first_of_clause, genitive_before, maker, mover, owns_object},
};
use crate::{
    lexicon::{
        classes::Classes,
        pattern::{Slot, Slots},
    },
    tree::{Case, Rel, Tree},
    turkish::VerbForm,
};

pub(super) fn fill(tree: &Tree<'_>, slots: &Slots, p: usize, slot: Slot, out: &mut Fillers) {
    let verbal = tree.is_verbal(p);
    match slot {
        Slot::SUBJ => {
            if verbal && is_passive(tree, p) {
                agents(tree, p, out);
            } else {
                out.extend(surface_subject(tree, p, 0));
            }
        }
        Slot::ACC => accusative(tree, p, out),
        Slot::NOM | Slot::OBJ => nominative(tree, p, out),
        Slot::DAT => cased(tree, p, Case::Dat, out),
        Slot::LOC => cased(tree, p, Case::Loc, out),
        Slot::ABL => cased(tree, p, Case::Abl, out),
        Slot::INS => {
            cased(tree, p, Case::Ins, out);
            postposition(tree, p, "ile", out);
            // "Fransa ile ABD Başkanı arasında": "ile" joins two there.
            for i in 0..out.len() {
                out.extend(joined_before_between(tree, out[i]));
            }
        }
        Slot::GEN | Slot::POSS => {
            possessors(tree, p, out);
            if !verbal && out.is_empty() {
                light_verb_arguments(tree, slots, p, Slot::SUBJ, out);
            }
        }
        Slot::MOD => {
            let bare = |k: &usize| *k < p && matches!(tree.nodes[*k].case, Case::Nom | Case::None);
            out.extend(
                tree.kids_by(p, &[Rel::NmodPoss, Rel::Nmod, Rel::Amod, Rel::Compound, Rel::Flat])
                    .filter(bare)
                    .collect::<Fillers>(),
            );
            // "FETÖ soruşturması": before a possessed noun the parse may call it an object.
            if out.is_empty() && tree.nodes[p].possessed {
                out.extend(p.checked_sub(1).filter(|k| bare(k) && tree.nodes[*k].upos == Upos::Propn));
            }
        }
        Slot::COMP => complements(tree, p, out),
        // "durdurmasını söyledi" asks, "durdurduğunu söyledi" tells.
        Slot::MA | Slot::DIK => {
            complements(tree, p, out);
            let form = if slot == Slot::MA { VerbForm::VerbalNoun } else { VerbForm::Participle };
            out.retain(|w| {
                let n = &tree.nodes[*w];
                n.possessed && matches!(n.case, Case::Acc | Case::Nom | Case::None) && n.verb.is_some_and(|m| m.form == form)
            });
        }
        Slot::HEAD => out.extend(described(tree, p)),
        Slot::NONE | Slot::IOBJ | Slot::BY | Slot::AUX => {}
        _ => postposition(tree, p, slots.name(slot), out),
    }
    if !verbal && out.is_empty() && matches!(slot, Slot::DAT | Slot::INS | Slot::ABL | Slot::LOC) {
        light_verb_arguments(tree, slots, p, slot, out);
    }
    if !verbal && out.is_empty() && slot == Slot::LOC {
        out.extend(locative_before(tree, p));
    }
    if !verbal && out.is_empty() && slot.0 > Slot::NONE.0 {
        light_verb_arguments(tree, slots, p, slot, out);
    }
    // "Putin'den Kuzey Kore liderine Moskova daveti": a headline without a verb is about its noun, and who does it stands in the
    // ablative.
    let case = match slot {
        Slot::GEN => Some(Case::Abl),
        slot => case_of(slot).filter(|c| matches!(c, Case::Dat | Case::Abl | Case::Loc)),
    };
    if let Some(case) = case.filter(|_| !verbal && out.is_empty() && is_headline(tree, p)) {
        let before = |k: &usize| tree.nodes[*k].case == case && tree.nodes[*k].verb.is_none() && !has_postposition(tree, *k);
        out.extend((0..p).rev().find(before));
    }
}

/// The noun behind, which the word describes: "tutuklu gazeteci".
fn described(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let attributive = matches!(tree.nodes[p].rel, Rel::Amod | Rel::Acl | Rel::Nmod | Rel::NmodPoss | Rel::Compound | Rel::Flat);
    tree.nodes[p].head.filter(|&h| attributive && h > p)
}

/// True where no finite verb stands in the part of the sentence that the word belongs to (up to a colon).
fn is_headline(tree: &Tree<'_>, p: usize) -> bool {
    let ends = |k: usize| matches!(tree.lower(k), ":" | ";");
    let plain = |k: &usize| tree.nodes[*k].verb.is_none_or(|m| !m.is_finite());
    (0..p).rev().take_while(|&k| !ends(k)).all(|k| plain(&k)) && (p + 1..tree.len()).take_while(|&k| !ends(k)).all(|k| plain(&k))
}

/// "X'in Y ile yaptığı görüşme", "X, Y ile görüşme yaptı": the arguments of a noun stand at its light verb.
fn light_verb_arguments(tree: &Tree<'_>, slots: &Slots, noun: usize, slot: Slot, out: &mut Fillers) {
    // "Ortaköy'de yaşanan saldırı": where and when what took place is said at the verb, too.
    let carries = |k: &usize| {
        tree.nodes[*k].is(Classes::LIGHT) || tree.nodes[*k].is(Classes::OCCURS) && matches!(slot, Slot::LOC | Slot::DAT)
    };
    for k in tree.kids_by(noun, &[Rel::Acl, Rel::Amod]).filter(|&k| tree.is_verbal(k)).filter(carries) {
        fill(tree, slots, k, slot, out);
        out.retain(|w| *w != noun);
    }
    if !out.is_empty() {
        return;
    }
    // "Musul'da operasyon sürüyor"
    let lasts = |h: usize| goes_on(tree, h) && slot == Slot::LOC && matches!(tree.nodes[noun].rel, Rel::Obj | Rel::Nsubj);
    if let Some(h) = tree.nodes[noun].head
        && tree.is_verbal(h)
        && (tree.nodes[h].is(Classes::LIGHT) || lasts(h))
        && (matches!(tree.nodes[noun].rel, Rel::Obj | Rel::Lvc | Rel::Compound | Rel::Obl)
            || tree.nodes[noun].rel == Rel::Nsubj && (is_passive(tree, h) || lasts(h)))
        && tree.nodes[noun].case != Case::Gen
        && h > noun
    {
        fill(tree, slots, h, slot, out);
        out.retain(|w| *w != noun);
    }
}

/// "Sudan'daki iç savaş", "Beyoğlu'nda meydana gelen terör saldırısı": a name in the locative in front of the noun and what
/// describes it, wherever the parse hangs it.
fn locative_before(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let mut took_place = false;
    for k in (noun.saturating_sub(6)..noun).rev() {
        let n = &tree.nodes[k];
        let here = n.case == Case::Loc && n.capital;
        // Only what is attributive belongs to the noun: "-daki", or a participle of taking place.
        if here {
            return (took_place || tree.lower(k).ends_with("ki") || tree.lower(k + 1) == "ki").then_some(k);
        }
        took_place |= n.is(Classes::OCCURS) && n.verb.is_some_and(|m| m.form == VerbForm::Participle);
        let describes = n.is(Classes::OCCURS)
            || took_place && n.upos != Upos::Punct
            || tree.lower(k) == "ki"
            || n.verb.is_none()
                && matches!(n.case, Case::Nom | Case::None)
                && matches!(n.upos, Upos::Adj | Upos::Noun | Upos::Num);
        if !describes {
            return None;
        }
    }
    None
}

fn has_postposition(tree: &Tree<'_>, k: usize) -> bool {
    tree.kids_by(k, &[Rel::Case]).any(|c| c > k && !matches!(tree.lower(c), "de" | "da"))
}

pub(super) fn cased(tree: &Tree<'_>, p: usize, case: Case, out: &mut Fillers) {
    for k in tree.kids(p) {
        let n = &tree.nodes[k];
        if n.case == case && !has_postposition(tree, k) && !matches!(n.rel, Rel::Conj | Rel::Appos | Rel::Cop | Rel::Aux) {
            out.push(k);
        }
        // "un ve ilaç yardımını": the last of a list carries the case of all.
        if n.case == Case::Nom && !matches!(n.rel, Rel::Nsubj | Rel::Conj | Rel::Punct) {
            let last = tree.kids_by(k, &[Rel::Conj]).last();
            if let Some(c) = last.filter(|&c| tree.nodes[c].case == case && tree.kids_by(c, &[Rel::Cc]).next().is_some()) {
                out.extend([c, k]);
            }
        }
    }
    if out.is_empty()
        && let Some(q) = left_neighbour(tree, p)
        && tree.nodes[q].case == case
        && tree.nodes[q].verb.is_none_or(|m| m.form == VerbForm::VerbalNoun)
    {
        out.push(q);
    }
    if out.is_empty() {
        cased_at_noun(tree, p, case, out);
    }
}

/// "çözümüne katkı sağla-": what the parse hangs on the noun of a light verb belongs to the verb.
fn cased_at_noun(tree: &Tree<'_>, p: usize, case: Case, out: &mut Fillers) {
    if let Some(q) =
        left_neighbour(tree, p).filter(|&q| tree.nodes[q].case == Case::Nom && tree.nodes[q].verb.is_none() && tree.is_verbal(p))
    {
        out.extend(tree.kids(q).filter(|&k| k < q && tree.nodes[k].case == case && !has_postposition(tree, k)));
    }
}

/// "operasyon sürüyor": what stands with the verb goes on, though the parse often makes it an object.
pub(super) fn goes_on(tree: &Tree<'_>, p: usize) -> bool {
    tree.lemma(p) == "sür"
}

/// The word before, skipping particles; a light verb's noun or a case-marked noun stands there whatever the parse says.
pub(super) fn left_neighbour(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let mut q = p.checked_sub(1)?;
    while matches!(tree.lower(q), "de" | "da" | "bile" | "mi" | "mı" | "bir" | "daha" | "\"" | "”" | "“" | "'" | "’" | "»")
    {
        q = q.checked_sub(1)?;
    }
    (tree.nodes[q].upos != Upos::Punct).then_some(q)
}

/// "Ankara ile Bakü arasındaki göç pazarlığı": what stands before an attributive postposition in front of the noun.
fn attributive(tree: &Tree<'_>, p: usize, name: &str) -> Option<usize> {
    let k = (p.saturating_sub(4)..p).rev().find(|&k| tree.lower(k).strip_suffix("ki").unwrap_or(tree.lower(k)) == name)?;
    let split = tree.lower(k) == name;
    (k > 0 && (!split || k + 1 < p && tree.lower(k + 1) == "ki")).then_some(k.saturating_sub(1))
}

/// Dependents with that postposition or relational noun: "Rusya'ya karşı", "İran hakkında", "iki ülke arasında".
fn postposition(tree: &Tree<'_>, p: usize, name: &str, out: &mut Fillers) {
    let before = out.len();
    dependents_with(tree, p, name, out);
    if out.len() == before && name.len() > 4 {
        out.extend(if tree.is_verbal(p) { in_front(tree, p, name) } else { attributive(tree, p, name) });
    }
    if out.len() == before && name == "hakkında" {
        out.extend(resumed(tree, p, name));
    }
}

/// "hakkında soruşturma başlatılan Pir": whom a postposition without a noun of its own means the clause describes.
fn resumed(tree: &Tree<'_>, p: usize, name: &str) -> Option<usize> {
    let n = &tree.nodes[p];
    let noun = n.head.filter(|&h| h > p && matches!(n.rel, Rel::Acl | Rel::Amod) && n.verb.is_some())?;
    // "Eski başkan Ali Er, hakkında açılan davada …"
    let apart = |k: usize| tree.lower(k) == name && k > 1 && tree.lower(k - 1) == "," && tree.nodes[k - 2].capital;
    if let Some(k) = (0..p).rev().take_while(|&k| tree.nodes[k].verb.is_none()).find(|&k| apart(k)) {
        return Some(k - 2);
    }
    let alone = |k: usize| tree.lower(k) == name && (k == 0 || tree.nodes[k - 1].upos == Upos::Punct || is_agentive(tree, k - 1));
    (0..p).rev().take_while(|&k| tree.nodes[k].verb.is_none_or(|m| !m.is_finite())).any(alone).then_some(noun)
}

/// "Prens hakkında Paris'te bir mahkemede dava açtı": a postposition belongs to the next verb, whatever the parse hangs it on.
fn in_front(tree: &Tree<'_>, p: usize, name: &str) -> Option<usize> {
    let phrase = before_postposition(tree, p, name)?;
    // The name is a phrase of several words: its head carries the arguments.
    Some(tree.nodes[phrase].head.filter(|&h| h < phrase && tree.nodes[phrase].rel == Rel::Flat).unwrap_or(phrase))
}

/// The word in front of a postposition that belongs to the next verb.
pub(super) fn before_postposition(tree: &Tree<'_>, p: usize, name: &str) -> Option<usize> {
    let mut clause = (0..p).rev().take_while(|&k| tree.nodes[k].verb.is_none() || tree.nodes[k].as_noun);
    let k = clause.find(|&k| tree.lower(k) == name)?;
    k.checked_sub(1).filter(|&q| tree.nodes[q].upos != Upos::Punct && tree.nodes[q].verb.is_none())
}

pub(super) fn dependents_with(tree: &Tree<'_>, p: usize, name: &str, out: &mut Fillers) {
    for k in tree.kids(p) {
        if tree.lower(k) == name || tree.lemma(k) == name && tree.nodes[k].upos == Upos::Adp {
            let inner: Fillers = tree.kids(k).filter(|&q| q < k && tree.nodes[q].upos != Upos::Punct).collect();
            match inner.last() {
                Some(&q) => {
                    out.extend(joined_by_ile(tree, k, name).filter(|&first| first != q));
                    out.push(q);
                }
                None if k > 0 && !tree.is_verbal(k - 1) && tree.nodes[k - 1].upos != Upos::Punct => out.push(k - 1),
                None => {}
            }
        }
        if tree.kids_by(k, &[Rel::Case]).any(|c| tree.lower(c) == name || tree.lemma(c) == name) {
            out.push(k);
        }
        // "devlet olarak tanıdı": whatever the relation of "olarak".
        if name == "olarak" && tree.kids(k).any(|c| c > k && tree.lower(c) == name) {
            out.push(k);
        }
        // "arasındaki görüşme", "yönelik": attributive use.
        if name.len() > 3 && tree.lower(k).strip_prefix(name).is_some_and(|r| matches!(r, "ki" | "ndaki")) {
            out.extend(tree.kids(k).rfind(|&q| q < k));
        }
    }
}

/// The first of two whom "ile" joins in front of "arasında", by the head of its phrase.
fn joined_by_ile(tree: &Tree<'_>, between: usize, name: &str) -> Option<usize> {
    if name != "arasında" {
        return None;
    }
    let mut window = (between.saturating_sub(8)..between).rev().take_while(|&k| is_plain(tree, k));
    let ile = window.find(|&k| tree.lower(k) == "ile")?;
    let last = ile.checked_sub(1).filter(|&k| is_plain(tree, k))?;
    Some(head_of_name(tree, last, |h| h < ile))
}

/// The second of two whom "ile" joins in front of "arasında", by the head of its phrase.
fn joined_before_between(tree: &Tree<'_>, first: usize) -> Option<usize> {
    let mut behind = (first + 1..tree.len().min(first + 12)).take_while(|&k| is_plain(tree, k));
    let ile = behind.find(|&k| tree.lower(k) == "ile")?;
    let between = behind.find(|&k| matches!(tree.lower(k), "arasında" | "arasındaki"))?;
    Some(head_of_name(tree, between - 1, |h| h > ile)).filter(|&w| w > ile)
}

/// Neither a mark nor a verb.
fn is_plain(tree: &Tree<'_>, k: usize) -> bool {
    tree.nodes[k].verb.is_none() && tree.nodes[k].upos != Upos::Punct
}

/// The word by which a title with a name hangs, as far as it stands where it may.
fn head_of_name(tree: &Tree<'_>, last: usize, may: impl Fn(usize) -> bool) -> usize {
    let over = |w: &usize| tree.nodes[*w].head.filter(|&h| may(h) && matches!(tree.nodes[*w].rel, Rel::Flat | Rel::Appos));
    std::iter::successors(Some(last), over).take(6).last().unwrap_or(last)
}

fn possessors(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    let kids = || tree.kids_by(p, &[Rel::NmodPoss, Rel::Nmod, Rel::Nsubj, Rel::Compound, Rel::Amod]);
    if tree.nodes[p].possessed && !is_object_of_nominal(tree, p) {
        out.extend(genitive_before(tree, p));
    }
    if out.is_empty() {
        out.extend(kids().filter(|&k| tree.nodes[k].case == Case::Gen && k < p && !acts_before(tree, k, p)));
    }
    if out.is_empty() {
        out.extend(maker(tree, p));
    }
    if out.is_empty() {
        out.extend(kids().filter(|&k| tree.nodes[k].case == Case::Nom && tree.nodes[k].capital && k < p));
    }
}

fn complements(tree: &Tree<'_>, p: usize, out: &mut Fillers) {
    for k in tree.kids(p) {
        let n = &tree.nodes[k];
        let nominalised =
            n.verb.is_some_and(|m| matches!(m.form, VerbForm::VerbalNoun | VerbForm::Participle | VerbForm::Finite));
        if nominalised && k < p && !matches!(n.rel, Rel::Conj | Rel::Lvc | Rel::Acl) {
            out.push(k);
        }
        // "yapması çağrısında bulundu", "çekileceği tehdidinde bulundu": the clause hangs on the light verb's noun.
        if n.verb.is_none() && matches!(n.rel, Rel::Obl | Rel::Lvc | Rel::Obj | Rel::Compound | Rel::Nmod) {
            out.extend(tree.kids(k).filter(|&q| {
                // "tanıma kararı aldı": a bare verbal noun says what is decided, a participle only describes it.
                q < k
                    && tree.nodes[q].verb.is_some_and(|m| {
                        m.form != VerbForm::Converb && (tree.nodes[q].rel != Rel::Acl || m.form == VerbForm::VerbalNoun)
                    })
            }));
        }
    }
    if out.is_empty()
        && let Some(q) = left_neighbour(tree, p)
        && tree.nodes[q].verb.is_some_and(|m| matches!(m.form, VerbForm::VerbalNoun | VerbForm::Participle))
    {
        out.push(q);
    }
}

/// The head of the noun group right behind a word.
fn noun_behind(tree: &Tree<'_>, p: usize) -> Option<usize> {
    let mut w = p + 1;
    let part = |k: usize| {
        matches!(tree.nodes[k].rel, Rel::Amod | Rel::Nmod | Rel::NmodPoss | Rel::Flat | Rel::Compound | Rel::Det | Rel::Nummod)
    };
    tree.nodes.get(w)?;
    while let Some(h) = tree.nodes[w].head.filter(|&h| h > w && h - w <= 3 && part(w)) {
        w = h;
    }
    let n = &tree.nodes[w];
    (matches!(n.upos, Upos::Noun | Upos::Propn) && n.verb.is_none()).then_some(w)
}

/// "Ahmet Taş hakkında": a name in front of such a word is no subject, whatever the parse makes of it.
fn ends_in_postposition(tree: &Tree<'_>, k: usize) -> bool {
    let named = |w: &usize| tree.nodes[*w].capital && tree.nodes[*w].verb.is_none() && tree.nodes[*w].case == Case::Nom;
    // "Ambargo BM Güvenlik Konseyi tarafından kaldırıldı": a common noun is no part of the name behind it.
    let part = |w: &usize| *w == k || tree.nodes[k].upos != Upos::Noun || tree.below(*w, k) || tree.below(k, *w);
    let last = (k..tree.len()).take_while(|w| named(w) && part(w)).last();
    last.and_then(|w| (w + 1 < tree.len()).then(|| tree.lower(w + 1)))
        .is_some_and(|next| matches!(next, "hakkında" | "tarafından" | "tarafınca" | "aleyhine" | "aleyhinde"))
}

pub(super) fn surface_subject(tree: &Tree<'_>, p: usize, depth: u8) -> Fillers {
    let mut out = Fillers::new();
    if depth > 6 {
        return out;
    }
    let node = &tree.nodes[p];
    let Some(m) = node.verb else {
        out.extend(tree.kids_by(p, &[Rel::Nsubj]));
        // "X'in … hazır olduğunu söyledi": the subject stands with the copular verb.
        if let Some(h) = node.head.filter(|&h| out.is_empty() && h == p + 1 && tree.is_verbal(h)) {
            out = surface_subject(tree, h, depth + 1);
            out.retain(|w| *w != p);
        }
        return out;
    };
    // "… diyen Bayramov": the noun is the subject; what else the parse calls so belongs to what was said.
    let attributive = matches!(node.rel, Rel::Acl | Rel::Amod | Rel::AclRelcl) && node.head.is_some_and(|h| h > p);
    if m.subject_participle && attributive && !tree.kids_by(p, &[Rel::Nsubj]).any(|k| tree.nodes[k].possessed) {
        // Of two nouns behind it the nearer one, unless that belongs to the other.
        let far = node.head.filter(|&h| h > p + 1);
        let near = far.and_then(|h| noun_behind(tree, p).filter(|&w| w < h && !tree.below(w, h)));
        out.extend(near.or(node.head));
        // "… elini uzatan ilk ülke oldu": who became it.
        let became = node.head.and_then(|h| tree.nodes[h].head.filter(|&v| v == h + 1 && tree.lemma(v) == "ol"));
        if let Some(v) = became.filter(|&v| tree.nodes[v].verb.is_some_and(|m| m.is_finite())) {
            let mut who = surface_subject(tree, v, depth + 1);
            who.retain(|w| *w < p && !out.contains(w));
            if !who.is_empty() {
                return who;
            }
        }
        return out;
    }
    // "… isteyen AKP'liler": the noun that follows, where the parse hangs the participle on another word.
    let own = tree.kids_by(p, &[Rel::Nsubj, Rel::NsubjPass]).any(|k| tree.nodes[k].case == Case::Nom);
    if m.subject_participle && m.form == VerbForm::Participle && node.case == Case::None && !own {
        out.extend(noun_behind(tree, p));
        if !out.is_empty() {
            return out;
        }
    }
    if let Some(k) = mover(tree, p) {
        out.push(k);
        return out;
    }
    // "yasağı sürüyor", read as an object.
    if goes_on(tree, p) && !m.passive && !tree.kids_by(p, &[Rel::Nsubj]).any(|k| k < p) {
        out.extend(tree.kids_by(p, &[Rel::Obj]).filter(|&k| k + 1 == p && tree.nodes[k].case == Case::Nom));
        if !out.is_empty() {
            return out;
        }
    }
    let object = if m.passive { None } else { hidden_accusative(tree, p) };
    let nominative = |k: &usize| {
        matches!(tree.nodes[*k].case, Case::Nom | Case::Gen | Case::None) && Some(*k) != object && !ends_in_postposition(tree, *k)
    };
    out.extend(tree.kids_by(p, &[Rel::Nsubj, Rel::NsubjPass]).filter(nominative));
    // "Tokyo'nun beş gemi verdiğini": who acts in such a clause stands in the genitive; what is bare is its object.
    if node.possessed
        && m.form == VerbForm::Participle
        && !m.subject_participle
        && !m.passive
        && out.iter().all(|&k| tree.nodes[k].case != Case::Gen && k > 0)
        && let Some(k) = genitive_before(tree, p).filter(|&k| !owns_object(tree, k, p) && out.iter().all(|&o| k < o))
        && first_of_clause(tree, p).is_none_or(|g| g == k)
    {
        out.clear();
        out.push(k);
    }
    // "… hükümeti, Ceza Mahkemesi (UCM) ile işbirliğini": behind who acts stands with whom.
    let companion = |k: usize| {
        let close = (k + 1..tree.len().min(k + 5)).find(|&w| tree.lower(w) == ")").filter(|_| tree.lower(k + 1) == "(");
        close.is_some_and(|w| w + 1 < tree.len() && tree.lower(w + 1) == "ile")
    };
    if out.len() > 1 {
        let first = out[0];
        out.retain(|k| *k == first || !companion(*k));
    }
    // "çalışanların girişine müsaade edeceğini": the genitive is the subject of the nearer verbal noun.
    if node.possessed && m.form != VerbForm::Finite {
        out.retain(|k| tree.nodes[*k].case != Case::Gen || !enters(tree, *k, p) && !owns_object(tree, *k, p));
    }
    if out.is_empty() && m.form != VerbForm::Finite {
        // The subject of a nominalised clause stands in the genitive.
        out.extend(tree.kids(p).filter(|&k| tree.nodes[k].case == Case::Gen && !enters(tree, k, p) && !owns_object(tree, k, p)));
        // "hükümetin kadro vermesi gerektiğini": who is to do it.
        let clause = p.checked_sub(1).filter(|&q| {
            let n = &tree.nodes[q];
            n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun) && !n.as_noun && n.possessed && n.case == Case::Nom
        });
        if let Some(q) = clause.filter(|_| out.is_empty() && !m.passive) {
            out.extend(surface_subject(tree, q, depth + 1));
        }
        if out.is_empty() && node.possessed && !m.subject_participle {
            // It may hang on another word ("diplomatın 72 saat içinde ülkeyi terk etmesi").
            out.extend(genitive_before(tree, p).filter(|&k| !owns_object(tree, k, p)));
        }
    }
    if out.is_empty() {
        out.extend(tree.kids_by(p, &[Rel::Csubj]));
    }
    if !out.is_empty() {
        return out;
    }
    let Some(h) = node.head else { return SmallVec::new() };
    let up = if tree.is_verbal(h) {
        Some(h)
    } else {
        // A clause below a noun ("… taahhüdünde bulundu") shares the subject of the noun's verb.
        tree.nodes[h].head.filter(|&v| tree.is_verbal(v) && tree.nodes[h].rel != Rel::Nsubj)
    };
    match up {
        Some(v) if v > p || node.rel == Rel::Conj => surface_subject(tree, v, depth + 1),
        _ => SmallVec::new(),
    }
}
