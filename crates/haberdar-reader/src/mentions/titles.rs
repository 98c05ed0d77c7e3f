//! What stands around a title: whose office it is, and whether its holder holds it now.

use haberdar_lang::Upos;
use haberdar_model::{Country, Language};

use super::{
    Owner, RoleDraft,
    units::{Unit, UnitKind},
};
use crate::{
    lexicon::Lexicon,
    tree::{Case, Tree},
};

/// What stands around a title.
pub(super) struct Title {
    pub(super) country: Option<Country>,
    pub(super) tenure: Option<&'static str>,
    /// First word, with the owner and the tenure.
    pub(super) first: usize,
    owner: Owner,
}

/// Lists of the words that tell a holder from one who was, will be or stands in.
const TENURES: [&str; 4] = ["former", "acting", "designate", "deputy"];

/// The unit that ends just before word `w`, skipping what may stand between ("'s", "the", tenure words); with the tenure seen.
pub(super) fn unit_before(
    tree: &Tree<'_>,
    units: &[Unit],
    w: usize,
    lexicon: &Lexicon,
    comma: bool,
) -> (Option<usize>, Option<&'static str>, usize) {
    let mut at = w;
    let mut tenure = None;
    while at > 0 {
        let q = at - 1;
        // "Demokratik Partisi (HDP) İlçe Başkanı": the short form in brackets stands for what is in front of it.
        if tree.lower(q) == ")"
            && let Some(open) = (q.saturating_sub(3)..q).rev().find(|&k| tree.lower(k) == "(")
            && open > 0
        {
            at = open;
            continue;
        }
        let seen = tenure_of(tree, q, lexicon);
        // "Deputy" is an acting noun as well, but in front of a title it says what kind of holder that is.
        let before = units.iter().position(|u| u.last == q);
        if let Some(i) = before.filter(|&i| seen.is_none() || units[i].first < q) {
            return (Some(i), tenure, at);
        }
        let skip = matches!(tree.lower(q), "'s" | "’s" | "'" | "’" | "the") && tree.language == Language::En
            || tree.is_any(q, lexicon.list("title_filler"))
            || glued_hyphen(tree, q)
            || comma && tree.lower(q) == "," && at == w;
        if seen.is_none() && !skip {
            break;
        }
        tenure = tenure.or(seen);
        at = q;
    }
    (None, tenure, at)
}

/// The hyphen of "then-President" and "President-elect".
fn glued_hyphen(tree: &Tree<'_>, w: usize) -> bool {
    let glued = |a: usize, b: usize| tree.nodes[a].end == tree.nodes[b].start;
    tree.lower(w) == "-" && w > 0 && w + 1 < tree.len() && glued(w - 1, w) && glued(w, w + 1)
}

fn tenure_of(tree: &Tree<'_>, w: usize, lexicon: &Lexicon) -> Option<&'static str> {
    TENURES.into_iter().find(|list| tree.is_any(w, lexicon.list(list)))
}

/// "Ex-French": what a hyphen joins to a word.
fn tenure_prefix(tree: &Tree<'_>, w: usize, lexicon: &Lexicon) -> Option<&'static str> {
    let (prefix, _) = tree.lower(w).split_once('-').filter(|(_, rest)| !rest.is_empty())?;
    let lemma = lexicon.names.lemmas.get(prefix)?;
    TENURES.into_iter().find(|list| lexicon.list(list).contains(&lemma))
}

/// The tenure in front of the owner of a title ("eski ABD Başkanı", "a former Mexican foreign minister") with the word that
/// says it.
fn tenure_before(tree: &Tree<'_>, owner: usize, lexicon: &Lexicon) -> Option<(&'static str, usize)> {
    if let Some(t) = tenure_prefix(tree, owner, lexicon) {
        return Some((t, owner));
    }
    for q in (0..owner).rev() {
        if let Some(t) = tenure_of(tree, q, lexicon) {
            return Some((t, q));
        }
        if !glued_hyphen(tree, q) && !tree.is_any(q, lexicon.list("title_filler")) {
            break;
        }
    }
    None
}

/// Country, tenure and first word of a title at unit `i`.
pub(super) fn title(tree: &Tree<'_>, units: &[Unit], i: usize, lexicon: &Lexicon, used: &mut [bool]) -> Title {
    let u = &units[i];
    let (before, tenure, at) = unit_before(tree, units, u.first, lexicon, false);
    let tenure = tenure.or_else(|| (u.first..=u.last).find_map(|w| tenure_of(tree, w, lexicon)));
    for w in at..u.first {
        // "deputy" in front of a title is no group of its own.
        if let Some(k) =
            units.iter().position(|k| k.first == w && k.last == w && matches!(k.kind, UnitKind::Actor(_) | UnitKind::Name))
        {
            used[k] = true;
        }
    }
    if let Some(b) = before
        && matches!(units[b].kind, UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body)
        && !used[b]
        && may_own_title(tree, &units[b])
    {
        used[b] = true;
        let outer = tenure_before(tree, units[b].first, lexicon);
        let first = outer.map_or(units[b].first, |(_, w)| w);
        return Title { country: units[b].country, tenure: tenure.or(outer.map(|t| t.0)), first, owner: owner_of(&units[b]) };
    }
    // "the foreign minister of Russia"
    let behind = (tree.language == Language::En && u.last + 2 < tree.len() && tree.lower(u.last + 1) == "of")
        .then(|| units.iter().position(|c| c.first == u.last + 2 || c.first == u.last + 3 && tree.lower(u.last + 2) == "the"))
        .flatten();
    if let Some(b) = behind.filter(|&b| !used[b])
        && matches!(units[b].kind, UnitKind::Country(_) | UnitKind::Organization | UnitKind::Body)
    {
        used[b] = true;
        return Title { country: units[b].country, tenure, first: at, owner: owner_of(&units[b]) };
    }
    let first = if tenure.is_some() { at } else { u.first };
    // "Ohio Secretary of State", "Bavyera İçişleri Bakanı": a part of a state has offices of its own.
    let place = |&b: &usize| units[b].kind == UnitKind::Place && may_own_title(tree, &units[b]);
    if let Some(b) = before.filter(place).or(behind.filter(place)) {
        return Title { country: units[b].country, tenure, first, owner: Owner::Part };
    }
    Title { country: u.country, tenure, first, owner: Owner::Unsaid }
}

fn owner_of(u: &Unit) -> Owner {
    if matches!(u.kind, UnitKind::Country(_)) { Owner::State } else { Owner::Body }
}

/// In Turkish the owner of a title stands bare, in the genitive or as an adjective; other cases belong to the clause.
pub(super) fn may_own_title(tree: &Tree<'_>, u: &Unit) -> bool {
    tree.language == Language::En || matches!(tree.nodes[u.last].case, Case::Nom | Case::Gen | Case::None)
}

/// The role that a title gives.
pub(super) fn role(u: &Unit, title: &Title) -> RoleDraft {
    let office = match u.kind {
        UnitKind::Office => u.entity.clone().unwrap_or_default(),
        _ => "counterpart".to_owned(),
    };
    RoleDraft { office, country: title.country, start: u.start, end: u.end, tenure: title.tenure, owner: title.owner }
}

/// A title belongs to the name behind it unless its own case says otherwise ("Bakan'ı Lavrov karşıladı").
pub(super) fn adjacent_title(tree: &Tree<'_>, units: &[Unit], b: usize, name: &Unit) -> bool {
    if tree.language == Language::En {
        return tree.nodes[units[b].last].end <= name.start;
    }
    let end = tree.nodes[units[b].last].end;
    // A case suffix ends the title's phrase; the possessive of "Bakanı" does not, and a bare title has the case of its name.
    let case = tree.nodes[units[b].last].case;
    units[b].end == end && (matches!(case, Case::Nom | Case::None | Case::Acc) || case == tree.nodes[name.last].case)
}

/// "Sergey Lavrov, Russia's foreign minister, …"
pub(super) fn apposition(tree: &Tree<'_>, units: &[Unit], i: usize, lexicon: &Lexicon, used: &mut [bool]) -> Option<RoleDraft> {
    let u = &units[i];
    if tree.language != Language::En || u.last + 2 >= tree.len() || tree.lower(u.last + 1) != "," {
        return None;
    }
    let o = units.iter().position(|o| o.kind == UnitKind::Office && o.first > u.last && o.first <= u.last + 6)?;
    if used[o] || units[i + 1..o].iter().any(|m| matches!(m.kind, UnitKind::Person | UnitKind::Name)) {
        return None;
    }
    // Nothing but the owner of the title may stand between, and no clause begins ("where the secretary of state said").
    let between = (u.last + 2..units[o].first).any(|w| {
        let clause = matches!(tree.nodes[w].upos, Upos::Verb | Upos::Aux | Upos::Pron | Upos::Sconj | Upos::Cconj)
            || matches!(tree.lower(w), "where" | "when" | "while");
        clause || tree.nodes[w].upos == Upos::Punct && !glued_hyphen(tree, w)
    });
    if between {
        return None;
    }
    used[o] = true;
    let found = title(tree, units, o, lexicon, used);
    Some(role(&units[o], &found))
}
