//! English sentences in which the parser saw no finite verb, since it took the past form of the main verb for a participle.

use haberdar_lang::Upos;

use super::{Node, Rel, Tree};
use crate::turkish::{Tense, VerbForm};

impl Tree<'_> {
    /// "Rwandan soldiers clashed with …" read as a noun with a participle: a sentence without any finite verb whose root is
    /// a noun has its main verb in a past form below it.
    pub(super) fn raise_main_verb(&mut self) {
        let n = self.nodes.len();
        let Some(root) = self.root() else { return };
        if !matches!(self.nodes[root].upos, Upos::Noun | Upos::Propn) {
            return;
        }
        let finite = |t: &Node| {
            matches!(t.upos, Upos::Aux) || t.upos == Upos::Verb && t.verb.is_some_and(|m| m.is_finite() && m.tense != Tense::None)
        };
        // Finite verbs in clauses of their own do not count.
        let main_finite = (0..n).any(|i| {
            finite(&self.nodes[i])
                && !matches!(
                    self.nodes[i].rel,
                    Rel::AclRelcl | Rel::Advcl | Rel::Aux | Rel::AuxPass | Rel::Cop | Rel::Ccomp | Rel::Amod
                )
                || matches!(self.nodes[i].rel, Rel::Cop) && self.nodes[i].head == Some(root)
        });
        if main_finite {
            return;
        }
        let candidate = (0..n).find(|&v| {
            self.nodes[v].head == Some(root)
                && self.nodes[v].verb.is_some()
                && matches!(self.nodes[v].rel, Rel::Acl | Rel::Amod)
                && self.words[v].feats.is("Tense", "Past")
                && (self.nodes[v].rel == Rel::Acl || v == root + 1) == (v > root)
                && (v > root || (0..v).any(|k| matches!(self.nodes[k].upos, Upos::Noun | Upos::Propn)))
        });
        let Some(v) = candidate.or_else(|| self.verb_in_list(root)) else { return self.raise_from_phrase(root) };
        let below = |w: usize| self.nodes[w].head.is_some_and(|h| h == v || h == root);
        if let Some(w) = (v + 1..n).find(|&w| v > root && below(w) && self.lacks_subject(w)) {
            if self.child(w, &[Rel::Cc]).is_none() {
                // "A man charged with murder was released."
                return self.predicate_of(root, w);
            }
            // "A man surrendered and was arrested."
            (self.nodes[w].head, self.nodes[w].rel) = (Some(v), Rel::Conj);
        }
        if self.nodes[v].rel == Rel::Amod && v < root {
            // "Portugal donated surplus vaccines": what stands before the verb is its subject.
            let Some(subject) = (0..v).rev().find(|&i| matches!(self.nodes[i].upos, Upos::Noun | Upos::Propn)) else { return };
            for i in 0..v {
                if self.nodes[i].head == Some(root) {
                    self.nodes[i].head = Some(if i == subject { v } else { subject });
                }
            }
            self.nodes[subject].head = Some(v);
            self.nodes[subject].rel = Rel::Nsubj;
            self.nodes[root].head = Some(v);
            self.nodes[root].rel = Rel::Obj;
        } else {
            // "The two countries established relations": what follows the verb is its own.
            let object = self.nodes[v].head.filter(|&o| o > v);
            for i in v + 1..n {
                let argument =
                    matches!(self.nodes[i].rel, Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Xcomp | Rel::Ccomp | Rel::Advcl);
                if self.nodes[i].head == Some(root) && argument {
                    self.nodes[i].head = Some(v);
                }
            }
            if let Some(o) = object {
                (self.nodes[o].head, self.nodes[o].rel) = (Some(v), Rel::Obj);
            }
            self.nodes[root].head = Some(v);
            self.nodes[root].rel = Rel::Nsubj;
        }
        self.make_root(v);
    }

    /// "Kosovo and Serbia resumed talks" read as a list of three: the participle in front of a member that neither a comma nor "and"
    /// joins to the others.
    fn verb_in_list(&self, root: usize) -> Option<usize> {
        (root + 2..self.nodes.len()).find(|&v| {
            let Some(o) = self.nodes[v].head.filter(|&o| o > v) else { return false };
            self.nodes[v].verb.is_some()
                && self.nodes[v].rel == Rel::Amod
                && self.words[v].feats.is("Tense", "Past")
                && (self.nodes[o].head, self.nodes[o].rel) == (Some(root), Rel::Conj)
                && self.child(o, &[Rel::Cc]).is_none()
                && matches!(self.nodes[v - 1].upos, Upos::Noun | Upos::Propn)
        })
    }

    /// "Lawyers across Pakistan boycotted courts" read as one phrase: behind a preposition and its noun, a past form in front of another
    /// noun is the main verb, and that noun its object.
    fn raise_from_phrase(&mut self, root: usize) {
        let nominal = |k: usize| matches!(self.nodes[k].upos, Upos::Noun | Upos::Propn);
        let found = (root + 2..self.nodes.len()).find_map(|v| {
            let n = &self.nodes[v];
            let o = n
                .head
                .filter(|&o| o > v && n.rel == Rel::Amod && n.upos == Upos::Verb && self.words[v].feats.is("Tense", "Past"))?;
            let phrase = nominal(o) && self.nodes[o].head == Some(root) && self.nodes[o].rel == Rel::Nmod;
            let case =
                (root + 1..v).find(|&c| self.nodes[c].head == Some(o) && self.nodes[c].rel == Rel::Case).filter(|_| phrase)?;
            let noun = (case + 1..v).rfind(|&k| nominal(k) && self.nodes[k].head == Some(o))?;
            let between = (noun + 1..v).all(|k| self.nodes[k].upos == Upos::Adv);
            between.then_some((v, o, case, noun))
        });
        let Some((v, o, case, noun)) = found else { return };
        for k in case..v {
            if self.nodes[k].head == Some(o) {
                self.nodes[k].head = Some(noun);
            }
        }
        (self.nodes[noun].head, self.nodes[noun].rel) = (Some(root), Rel::Nmod);
        (self.nodes[o].head, self.nodes[o].rel) = (Some(v), Rel::Obj);
        for k in v + 1..self.nodes.len() {
            if self.nodes[k].head == Some(root) {
                self.nodes[k].head = Some(v);
            }
        }
        (self.nodes[root].head, self.nodes[root].rel) = (Some(v), Rel::Nsubj);
        self.make_root(v);
    }

    /// Makes a past form the main verb.
    pub(super) fn make_root(&mut self, v: usize) {
        (self.nodes[v].head, self.nodes[v].rel) = (None, Rel::Root);
        if let Some(m) = &mut self.nodes[v].verb {
            (m.form, m.tense) = (VerbForm::Finite, Tense::Past);
            (m.passive, m.subject_participle) = (false, false);
        }
    }
}
