//! English sentences that begin with a participle: "Citing security concerns, Australia banned …".

use haberdar_lang::Upos;

use super::{Rel, Tree};

impl Tree<'_> {
    /// What stands between the comma behind a participle in front and the main verb is the subject of both, whatever the parse hangs it
    /// on; what stands in front of the comma belongs to the participle.
    pub(super) fn settle_fronted_participles(&mut self) {
        if !self.is_present_participle(0) {
            return;
        }
        let Some(main) = self.main_verb_behind(0) else { return };
        let nominal = |t: &Self, k: usize| matches!(t.nodes[k].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        let finite = |t: &Self, k: usize| {
            let n = &t.nodes[k];
            n.upos == Upos::Verb && n.rel != Rel::AclRelcl && n.verb.is_some_and(|m| m.is_finite())
        };
        // The last comma with a noun and no verb behind it: lists and insertions have theirs before.
        let segment = |t: &Self, c: usize| (c + 1..main).any(|k| nominal(t, k)) && !(c + 1..main).any(|k| finite(t, k));
        let Some(comma) = (1..main).rev().find(|&c| self.lower(c) == "," && segment(self, c)) else { return };
        let inside = |k: usize| k > comma && k < main;
        let outward = |t: &Self, k: usize| t.nodes[k].head.is_none_or(|h| !inside(h));
        let Some(subject) = (comma + 1..main).find(|&k| nominal(self, k) && outward(self, k)) else { return };
        let passive = self.child(main, &[Rel::AuxPass]).is_some();
        for k in 1..comma {
            let n = &self.nodes[k];
            let stray = matches!(n.rel, Rel::Nsubj | Rel::NsubjPass) && n.head == Some(main);
            if stray || self.nodes[0].head == Some(k) && matches!(self.nodes[0].rel, Rel::Amod | Rel::Compound) {
                (self.nodes[k].head, self.nodes[k].rel) = (Some(0), Rel::Obj);
            }
        }
        (self.nodes[subject].head, self.nodes[subject].rel) = (Some(main), if passive { Rel::NsubjPass } else { Rel::Nsubj });
        if self.nodes[main].head.is_some() {
            (self.nodes[main].head, self.nodes[main].rel) = (None, Rel::Root);
        }
        (self.nodes[0].head, self.nodes[0].rel) = (Some(main), Rel::Advcl);
    }

    fn is_present_participle(&self, k: usize) -> bool {
        let verb = self.nodes.get(k).is_some_and(|n| n.upos == Upos::Verb && n.verb.is_some());
        verb && self.lower(k).ends_with("ing") && self.child(k, &[Rel::Aux]).is_none()
    }

    /// The root, where it is a verb behind the participle; else, where the participle is the root, a past form behind a comma that
    /// the parse takes for a participle of the noun in front of it.
    fn main_verb_behind(&self, g: usize) -> Option<usize> {
        let root = self.root()?;
        if root > g {
            return (self.nodes[root].upos == Upos::Verb).then_some(root);
        }
        let comma = (g + 1..self.nodes.len()).find(|&c| self.lower(c) == ",")?;
        // "Citing new evidence, the court accused …" with the main clause beside or below the participle.
        let clause = |&v: &usize| {
            let n = &self.nodes[v];
            let beside = n.head == Some(g) && matches!(n.rel, Rel::Parataxis | Rel::Conj | Rel::Ccomp);
            beside && n.upos == Upos::Verb && self.child(v, &[Rel::Nsubj]).is_some()
        };
        if let Some(v) = (comma + 1..self.nodes.len()).find(clause) {
            return Some(v);
        }
        let told = |&v: &usize| {
            let n = &self.nodes[v];
            n.upos == Upos::Verb && n.rel == Rel::Acl && n.head.is_some_and(|h| h > comma && h < v)
        };
        let verb = (comma + 1..self.nodes.len()).find(told)?;
        self.child(verb, &[Rel::Obj]).map(|_| verb)
    }

    /// "Police, who had denied it, blamed reporters" read as a noun with a participle behind its clause: the past form behind the comma is
    /// the main verb.
    pub(super) fn settle_verb_behind_relative(&mut self) {
        let Some(root) = self.root() else { return };
        let nominal = matches!(self.nodes[root].upos, Upos::Noun | Upos::Propn);
        let Some(clause) = self.child(root, &[Rel::AclRelcl]).filter(|&c| nominal && c > root) else {
            return;
        };
        let told = |&v: &usize| {
            let n = &self.nodes[v];
            let past = n.upos == Upos::Verb && n.rel == Rel::Amod && self.words[v].feats.is("Tense", "Past");
            past && self.lower(v - 1) == "," && n.head.is_some_and(|o| o > v)
        };
        let Some(v) = (clause + 1..self.nodes.len()).find(told) else { return };
        let Some(object) = self.nodes[v].head else { return };
        self.make_root(v);
        (self.nodes[object].head, self.nodes[object].rel) = (Some(v), Rel::Obj);
        (self.nodes[root].head, self.nodes[root].rel) = (Some(v), Rel::Nsubj);
        // What stands behind the object belongs to the verb's clause.
        for k in object + 1..self.nodes.len() {
            if self.nodes[k].head.is_some_and(|h| h < v) {
                self.nodes[k].head = Some(v);
            }
        }
    }
}
