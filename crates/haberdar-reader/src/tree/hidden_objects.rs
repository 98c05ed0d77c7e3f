//! Turkish objects that look possessed ("Rus diplomatı", "kadın öğrencileri"): the accusative and the possessive of the third person
//! are spelt alike, so that the parse makes the object the subject and the subject its owner.

use haberdar_lang::Upos;

use super::{Case, Rel, Tree, subjects::SUFFERERS};
use crate::lexicon::Lexicon;

impl Tree<'_> {
    /// "Almanya 45 Rus diplomatı sınır dışı etti", "Taliban kadın öğrencileri okuldan attı", "Birlik, Rus sporcuları men etti": where a
    /// clause begins with somebody who cannot own the noun, that one acts upon it.
    pub(super) fn settle_hidden_objects(&mut self, lexicon: &Lexicon) {
        for i in 2..self.nodes.len() {
            let n = &self.nodes;
            let looks_owned = n[i].maybe_acc && n[i].upos == Upos::Noun && n[i].case == Case::Nom && !n[i].capital;
            let accusative = n[i].case == Case::Acc && n[i].upos == Upos::Noun;
            if !looks_owned && !accusative || n[i].verb.is_some() {
                continue;
            }
            let Some(verb) = self.governing_verb(i).filter(|&v| self.asks_object(v, lexicon) && !self.below(v, i)) else {
                continue;
            };
            let object = |j: usize| j != i && n[j].head == Some(verb) && n[j].rel == Rel::Obj && n[j].case == Case::Acc;
            if (0..verb).any(object) {
                continue;
            }
            let start = self.phrase_start(i);
            let subject = if looks_owned && start > 1 && start < i { self.parted_subject(i, start, verb) } else { None };
            let Some(k) = subject.or_else(|| self.owner_that_acts(i, start, lexicon)) else { continue };
            let other = |j: usize| n[j].head == Some(verb) && n[j].rel == Rel::Nsubj;
            if subject.is_none() && (0..start).any(other) || self.below(verb, k) {
                continue;
            }
            for j in start..k {
                if !(start..=k).contains(&self.nodes[j].head.unwrap_or(i)) {
                    (self.nodes[j].head, self.nodes[j].rel) = (Some(k), Rel::Amod);
                }
            }
            for j in k + 1..i {
                if self.nodes[j].head.is_some_and(|h| h <= k) {
                    self.nodes[j].head = Some(i);
                }
            }
            if subject.is_none() {
                (self.nodes[k].head, self.nodes[k].rel, self.nodes[k].case) = (Some(verb), Rel::Nsubj, Case::Nom);
            }
            // "göçmen işçileri": a bare noun behind the subject still belongs to it.
            let n = &mut self.nodes[i];
            (n.case, n.rel, n.head, n.possessed, n.maybe_possessed) = (Case::Acc, Rel::Obj, Some(verb), false, looks_owned);
        }
    }

    /// Where the phrase begins that ends in the word: bare nouns, adjectives and numbers in front of it.
    fn phrase_start(&self, i: usize) -> usize {
        let n = &self.nodes;
        let part = |k: usize| match n[k].upos {
            Upos::Adj | Upos::Num => n[k].verb.is_none(),
            Upos::Noun | Upos::Propn => n[k].case == Case::Nom && !n[k].possessed && n[k].verb.is_none(),
            _ => false,
        };
        (0..i).rev().take_while(|&k| part(k)).last().unwrap_or(i)
    }

    /// The subject that a comma parts from the phrase, where the parse made a list of the two.
    fn parted_subject(&self, i: usize, start: usize, verb: usize) -> Option<usize> {
        let n = &self.nodes;
        let subject = n[i].head.filter(|&s| n[i].rel == Rel::Conj && s + 1 < start && self.lower(start - 1) == ",")?;
        let one = n[subject].rel == Rel::Nsubj && n[subject].head == Some(verb);
        let list = |j: usize| j != i && n[j].head == Some(subject) && n[j].rel == Rel::Conj || n[j].upos == Upos::Cconj;
        (one && !(subject..i).any(list)).then_some(subject)
    }

    /// Somebody at the head of a clause whom a number parts from the noun, or whom force over such people is given and who has another bare
    /// noun behind ("Polis göçmen işçileri").
    fn owner_that_acts(&self, i: usize, start: usize, lexicon: &Lexicon) -> Option<usize> {
        let n = &self.nodes;
        let begins = start == 0 || n[start - 1].upos == Upos::Punct || self.begins_behind(start - 1, lexicon);
        let sector = |w: usize| self.sector(w, lexicon);
        let hung =
            |k: usize| n[k].head.is_some_and(|h| (k + 1..=i).contains(&h) || Some(h) == n[i].head && n[k].rel == Rel::Nsubj);
        let bare = |k: usize| n[k].lemmas.iter().any(|&l| lexicon.names.lemmas.name(l) == self.lower(k)) || n[k].capital;
        let acts = |k: usize| bare(k) && (sector(k).is_some() || self.names_state(k));
        if !begins || i - start < 2 {
            return None;
        }
        if let Some(q) = (start + 1..i).find(|&q| n[q].upos == Upos::Num) {
            let plain = (start..q - 1).all(|k| matches!(n[k].upos, Upos::Adj | Upos::Num));
            return Some(q - 1).filter(|&k| plain && acts(k) && hung(k) && !self.lower(q).starts_with('\''));
        }
        let named = n[start].upos == Upos::Propn && !n[start + 1].capital;
        let power =
            named || self.names_state(start) || matches!(sector(start), Some("COP" | "MIL" | "JUD" | "GOV" | "REB" | "UAF"));
        let sufferers = n[i].plural && sector(i).is_some_and(|s| SUFFERERS.contains(&s));
        let one = self.names.iter().any(|s| s.first_word <= start && s.last_word > start);
        let parted = matches!(n[start + 1].upos, Upos::Noun | Upos::Propn | Upos::Adj) && !(one && n[start + 1].capital);
        (power && sufferers && parted && (named || acts(start)) && hung(start)).then_some(start)
    }
}
