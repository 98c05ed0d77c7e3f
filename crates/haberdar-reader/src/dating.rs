//! The day of an act, among the dates of its sentence.

use haberdar_lang::Upos;
use haberdar_model::{DateBasis, DateInterval, Language, Status};

use crate::{
    dates::When,
    events::Act,
    lexicon::{Lexicon, classes::Classes},
    tree::{Case, Rel, Tree},
};

/// The expression that stands with the trigger, else the nearest one of the sentence. Lengths, what recurs and what has no day at all
/// ("recently") date nothing; without a day of publication all that is relative has none.
pub(crate) fn of<'d>(tree: &Tree<'_>, lexicon: &Lexicon, a: &Act, dates: &'d [When], published: bool) -> Option<&'d When> {
    let dated = |w: &&When| matches!(w.kind, "DATE" | "TIME") && (w.interval != DateInterval::default() || !published);
    // Words below the trigger, then those of the same clause by their distance.
    let far = |w: &When| {
        let own = tree.below(w.last, a.trigger) || tree.below(w.first, a.trigger);
        a.trigger.abs_diff(w.last).min(a.trigger.abs_diff(w.first)) + if own { 0 } else { 12 }
    };
    // "the first meeting since 2010", "24 Şubat'tan bu yana yapılan ilk temas": that is no day of the act.
    let compared = || (0..tree.len()).any(|w| tree.is_any(w, lexicon.list("compares_since")));
    let since = |w: &&When| w.interval.from.is_some() && w.interval.to.is_none() && a.status != Status::Ongoing && compared();
    let of_another = |w: &&When| {
        // "held the 2019 talks"
        let inside = |h: usize| {
            tree.nodes[a.trigger].is(Classes::LIGHT) && a.span.0 <= tree.nodes[h].start && tree.nodes[h].end <= a.span.1
        };
        dated_noun(tree, w).is_some_and(|h| h != a.trigger && !inside(h))
    };
    dates.iter().filter(dated).filter(|w| !since(w) && !of_another(w)).min_by_key(|w| (far(w), w.first))
}

/// "2022'deki işgal", "the 2019 attack": the noun that a date in front of it belongs to, which dates no other act.
fn dated_noun(tree: &Tree<'_>, w: &When) -> Option<usize> {
    let nominal = |k: usize| tree.nodes[k].verb.is_none() && matches!(tree.nodes[k].upos, Upos::Noun | Upos::Propn);
    match tree.language {
        Language::Tr => {
            let ki =
                |k: usize| tree.lower(k) == "ki" || ["deki", "daki", "teki", "taki"].iter().any(|e| tree.lower(k).ends_with(e));
            let from = (w.last..tree.len().min(w.last + 2)).rev().find(|&k| ki(k))? + 1;
            let ends = |k: &usize| {
                let n = &tree.nodes[*k];
                n.verb.is_some() || n.possessed || !matches!(n.case, Case::Nom | Case::None)
            };
            (from..tree.len().min(from + 5)).take_while(|&k| tree.nodes[k].upos != Upos::Punct).find(ends)
        }
        Language::En => {
            let inside = matches!(tree.nodes[w.last].rel, Rel::Nummod | Rel::Compound | Rel::Amod | Rel::NmodPoss);
            tree.nodes[w.last].head.filter(|&h| inside && w.basis == DateBasis::Explicit && h > w.last && nominal(h))
        }
    }
}
