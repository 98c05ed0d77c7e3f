//! People of whom only the number is said: "thousands marched", "the two were arrested", "killed at least twelve".

use haberdar_lang::Upos;
use haberdar_model::Language;

use crate::{
    lexicon::{ActorNoun, Lexicon},
    tree::{Rel, Tree},
};

/// What is known of people of whom only the number is said.
pub(super) const PEOPLE: ActorNoun = ActorNoun { sector: "CVL", kind: "group" };

/// Where the word names people by their number alone: first and last word of that.
pub(super) fn counted(tree: &Tree<'_>, lexicon: &Lexicon, w: usize) -> Option<(usize, usize)> {
    let node = &tree.nodes[w];
    let verb = node.head.filter(|&v| tree.is_verbal(v))?;
    if tree.language != Language::En || !matches!(node.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj) {
        return None;
    }
    let is = |w: usize, list: &str| tree.is_any(w, lexicon.list(list));
    let many = |w: usize| is(w, "people_by_number") || is(w, "people_by_numbers") && tree.lower(w).ends_with('s');
    let of = tree.kids_by(w, &[Rel::Nmod]).find(|&k| k > w);
    let the = tree.kids_by(w, &[Rel::Det]).find(|&k| k < w && tree.lower(k) == "the");
    match (of, the) {
        // "tens of thousands"
        (Some(k), _) if many(w) && many(k) => tree.kids_by(k, &[Rel::Nmod]).all(|n| n < k).then_some((w, k)),
        (Some(_), _) => None,
        (None, None) if many(w) => Some((w, w)),
        (None, Some(the)) if is(w, "people_by_number_the") => Some((the, w)),
        // "killed at least twelve"
        (None, _) if node.upos == Upos::Num && tree.is_any(verb, lexicon.list("done_to_people")) => Some((w, w)),
        _ => None,
    }
}
