//! Turkish phrases by case: only its last word carries a phrase's case, what stands in different cases is no list, and a
//! postposition ends its phrase.

use haberdar_lang::Upos;

use super::{Case, Rel, Tree};

impl Tree<'_> {
    /// A postposition belongs to the whole phrase in front of it ("Bakanı Ri Son-gwon ile"), not to its last word.
    pub(super) fn raise_postpositions(&mut self) {
        for p in 1..self.nodes.len() {
            let Some(mut top) = self.nodes[p].head.filter(|&h| h < p && self.nodes[p].rel == Rel::Case) else { continue };
            let mut named = false;
            while let Some(up) = self.nodes[top].head.filter(|&up| up < top && self.nominal(up)) {
                match self.nodes[top].rel {
                    Rel::Flat => {}
                    Rel::Appos => named = true,
                    Rel::Conj if self.nodes[up].rel == Rel::Obl && self.nodes[up].case == Case::Nom => {}
                    _ => break,
                }
                top = up;
            }
            self.nodes[p].head = Some(top);
            if named && matches!(self.nodes[top].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj) {
                self.nodes[top].rel = Rel::Obl;
            }
        }
    }

    /// "mevkidaşı Ceyhun Bayramov'a": a subject whose name carries another case is none.
    pub(super) fn settle_titles(&mut self) {
        for name in 1..self.nodes.len() {
            let Some(title) = self.nodes[name].head.filter(|&h| h < name && self.nodes[name].rel == Rel::Appos) else { continue };
            let subject = matches!(self.nodes[title].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Obj);
            if !subject || !self.nominal(title) || self.nodes[title].case != Case::Nom {
                continue;
            }
            // A name of several words is marked at its end.
            let part = |k: usize| self.nodes[k].rel == Rel::Flat && self.nodes[k].head == Some(name);
            let last = (name..self.nodes.len()).rfind(|&k| k == name || part(k)).unwrap_or(name);
            let case = self.nodes[last].case;
            let rel = match case {
                Case::Dat | Case::Loc | Case::Abl | Case::Ins => Rel::Obl,
                Case::Acc => Rel::Obj,
                Case::Nom | Case::Gen | Case::None => continue,
            };
            self.nodes[title].case = case;
            self.nodes[title].rel = rel;
        }
    }

    /// Parts a coordination whose members cannot share their role, and joins by "ile" what stands around it.
    pub(super) fn settle_coordinations(&mut self) {
        for last in 0..self.nodes.len() {
            if self.nodes[last].rel != Rel::Conj || !self.nominal(last) {
                continue;
            }
            let Some(first) = self.nodes[last].head.filter(|&h| h < last && self.nominal(h)) else { continue };
            match self.with(first) {
                Some(ile) if ile < last => self.join_by_ile(first, ile, last),
                None => self.part_by_case(first, last),
                Some(_) => {}
            }
        }
    }

    /// "Endonezya ile Avustralya tatbikat yaptı": what stands behind "ile" is not in its phrase. Without another subject, "ile"
    /// is the conjunction.
    fn join_by_ile(&mut self, first: usize, ile: usize, last: usize) {
        let Some(verb) = self.nodes[first].head.filter(|_| self.nodes[first].rel == Rel::Obl) else { return };
        let subject = |n: &super::Node| n.head == Some(verb) && matches!(n.rel, Rel::Nsubj | Rel::NsubjPass);
        if self.nodes[last].case != Case::Nom || self.nodes[last].possessed || self.nodes.iter().any(subject) {
            return;
        }
        self.nodes[first].rel = Rel::Nsubj;
        self.nodes[ile].head = Some(last);
        self.nodes[ile].rel = Rel::Cc;
    }

    /// "Fransa, Almanya ile görüştü": a subject and what stands in another case are no list.
    fn part_by_case(&mut self, first: usize, last: usize) {
        let n = &self.nodes;
        let subject = matches!(n[first].rel, Rel::Nsubj | Rel::NsubjPass) && n[first].case == Case::Nom;
        let oblique = self.with(last).is_some() || !matches!(n[last].case, Case::Nom | Case::Gen | Case::None);
        let listed = |k: usize| n[k].rel == Rel::Conj && n[k].head == Some(first) && k != last;
        let conjunction = |k: usize| n[k].rel == Rel::Cc && n[k].head == Some(last);
        if !subject || !oblique || (0..n.len()).any(|k| listed(k) || conjunction(k)) {
            return;
        }
        self.nodes[last].head = n[first].head;
        self.nodes[last].rel = if self.nodes[last].case == Case::Acc { Rel::Obj } else { Rel::Obl };
    }

    /// The "ile" of a word's phrase.
    fn with(&self, w: usize) -> Option<usize> {
        (w + 1..self.nodes.len())
            .find(|&k| self.nodes[k].rel == Rel::Case && self.nodes[k].head == Some(w) && self.lower(k) == "ile")
    }

    fn nominal(&self, w: usize) -> bool {
        matches!(self.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Pron) && !self.is_verbal(w)
    }
}
