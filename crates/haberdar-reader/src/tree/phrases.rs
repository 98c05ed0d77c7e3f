//! Turkish phrases by case: only its last word carries a phrase's case, what stands in different cases is no list, and a
//! postposition ends its phrase.

use haberdar_lang::Upos;

use super::{Case, Rel, Tree};
use crate::{
    lexicon::{Lexicon, pattern::LemmaId},
    turkish::{Tense, VerbForm},
};

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

    /// "bırakacak olan Sekreter", "gelmiş olduğu": a finite form right before a participle of "ol" is one with it.
    pub(super) fn settle_compound_participles(&mut self) {
        for v in 0..self.nodes.len().saturating_sub(1) {
            let subject = match self.lower(v + 1) {
                "olan" => true,
                "olduğu" => false,
                _ => continue,
            };
            let Some(m) = self.nodes[v].verb.as_mut().filter(|m| m.is_finite() && !m.first_person) else { continue };
            (m.form, m.subject_participle) = (VerbForm::Participle, subject);
            let above = self.nodes[v + 1].head.filter(|&h| h > v + 1);
            if let Some(h) = above {
                (self.nodes[v].head, self.nodes[v].rel) = (Some(h), Rel::Acl);
            }
        }
    }

    /// "İzin vermem.": what ends a sentence, or what somebody says, is no noun of a verb but says that he will not.
    pub(super) fn settle_refusals(&mut self) {
        for v in 0..self.nodes.len() {
            let ends = v + 1 == self.nodes.len()
                || self.nodes[v + 1].upos == Upos::Punct
                || matches!(self.lower(v + 1), "dedi" | "diye" | "diyor" | "diyen");
            if !ends || !(self.lower(v).ends_with("mam") || self.lower(v).ends_with("mem")) {
                continue;
            }
            if let Some(m) = self.nodes[v].verb.as_mut().filter(|m| m.form == VerbForm::VerbalNoun) {
                (m.form, m.tense, m.negative, m.first_person) = (VerbForm::Finite, Tense::Aorist, true, true);
                self.nodes[v].as_noun = false;
            }
        }
    }

    /// "İki gazeteci terör örgütü tarafından kaçırıldı": what is counted in front of the agent is what it is done to.
    pub(super) fn part_from_agents(&mut self, lexicon: &Lexicon) {
        for by in 2..self.nodes.len() {
            let Some(verb) = self.nodes[by].head.filter(|&v| v > by && matches!(self.lower(by), "tarafından" | "tarafınca"))
            else {
                continue;
            };
            let has_subject = |n: &super::Node| n.head == Some(verb) && matches!(n.rel, Rel::Nsubj | Rel::NsubjPass);
            if self.nodes[verb].verb.is_none_or(|m| !m.passive) || self.nodes.iter().any(has_subject) {
                continue;
            }
            let n = &self.nodes;
            let counted =
                |k: usize| n[k].plural || n.iter().any(|c| c.head == Some(k) && matches!(c.rel, Rel::Nummod | Rel::Det));
            let first = (0..by).find(|&k| n[k].head == Some(by) && n[k].upos != Upos::Punct);
            let another = first.is_some_and(|f| (f + 1..by).any(|k| n[k].head == Some(by) && self.nominal(k)));
            let bare = |k: &usize| n[*k].upos == Upos::Noun && n[*k].case == Case::Nom && !n[*k].possessed;
            // "Ambargo BM Güvenlik Konseyi tarafından": no name belongs to a thing; titles stand before one.
            let before_name = |k: usize| {
                let title = lexicon.acting(&n[k].lemmas).next().is_some() || self.is_any(k, lexicon.list("counterpart"));
                n.get(k + 1).is_some_and(|next| next.upos == Upos::Propn) && !title
            };
            if let Some(k) = first.filter(|&k| another && bare(&k) && (counted(k) || before_name(k))) {
                (self.nodes[k].head, self.nodes[k].rel) = (Some(verb), Rel::Nsubj);
            }
        }
    }

    /// "Boko Haram'la": a name of several words is marked at its end, for all of it.
    pub(super) fn mark_names(&mut self) {
        for last in 1..self.nodes.len() {
            let n = &self.nodes[last];
            let (Rel::Flat, Some(head)) = (n.rel, n.head) else { continue };
            // In the locative it is often another name ("La Paz Pando'da …").
            let marked = !matches!(n.case, Case::Nom | Case::None | Case::Loc) && head < last;
            let continues = self.nodes.get(last + 1).is_some_and(|k| k.rel == Rel::Flat && k.head == Some(head));
            if !marked || continues || !matches!(self.nodes[head].case, Case::Nom | Case::None) {
                continue;
            }
            let case = n.case;
            let h = &mut self.nodes[head];
            h.case = case;
            h.rel = match (h.rel, case) {
                (Rel::Nsubj | Rel::Obj, Case::Dat | Case::Abl | Case::Ins) => Rel::Obl,
                (Rel::Nsubj, Case::Acc) => Rel::Obj,
                (rel, _) => rel,
            };
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

    /// "hükümeti … eleştirdi": a noun in -I that nobody owns is an object, where the clause has a subject before it. An accusative
    /// hangs on a verb.
    pub(super) fn settle_accusatives(&mut self, lexicon: &Lexicon) {
        for i in 1..self.nodes.len() {
            let n = &self.nodes[i];
            let stray = n.case == Case::Acc
                && n.verb.is_none()
                && n.head.is_some_and(|h| self.nodes[h].verb.is_none())
                && !matches!(n.rel, Rel::Conj | Rel::Flat | Rel::Appos | Rel::Lvc);
            let noun = n.verb.is_none();
            let hidden = noun && n.maybe_acc && n.upos == Upos::Noun;
            // "cumhurbaşkanını": the possessive is that of the office.
            let office = |&l: &LemmaId| {
                let end = self.lower(i).strip_prefix(lexicon.names.lemmas.name(l));
                end.is_some_and(|e| matches!(e, "nı" | "ni" | "nu" | "nü"))
            };
            let certain = noun && n.case == Case::Acc && (!n.possessed || n.lemmas.iter().any(office));
            // "kalabalığı": the stem is not what the tables have.
            let soft = noun && n.case == Case::Nom && ["ğı", "ği", "ğu", "ğü"].iter().any(|e| self.lower(i).ends_with(e));
            let owned = (hidden || certain || soft) && self.is_owned(i);
            let acted_upon = |v: &usize| !self.below(*v, i) && self.acts_upon(i - 1, i, *v, lexicon);
            // "muhalifler köylüleri suçladı": several own nothing without the genitive.
            let before = &self.nodes[i - 1];
            let hung = certain && before.head == Some(i) && before.rel == Rel::NmodPoss && before.case == Case::Nom;
            if (owned || hung)
                && let Some(verb) = self.governing_verb(i).filter(acted_upon)
            {
                (self.nodes[i - 1].head, self.nodes[i - 1].rel) = (Some(verb), Rel::Nsubj);
                let n = &mut self.nodes[i];
                (n.case, n.rel, n.head, n.possessed, n.maybe_possessed) = (Case::Acc, Rel::Obj, Some(verb), false, false);
                continue;
            }
            if !stray && (!hidden || owned) {
                continue;
            }
            let ends_phrase = self.nodes.get(i + 1).is_none_or(|n| {
                !matches!(n.upos, Upos::Propn | Upos::Adp | Upos::Cconj) && self.lower(i + 1) != "ile" && !n.possessed
            });
            let Some(verb) =
                self.governing_verb(i).filter(|&v| self.nodes[v].verb.is_some_and(|m| !m.passive) && !self.below(v, i))
            else {
                continue;
            };
            if !stray {
                let Some(subject) = self.subject_before(i, verb).filter(|_| ends_phrase) else { continue };
                if self.nodes[subject].head == Some(i) {
                    self.nodes[subject].head = Some(verb);
                    self.nodes[subject].rel = Rel::Nsubj;
                }
            }
            let n = &mut self.nodes[i];
            (n.case, n.rel, n.head) = (Case::Acc, Rel::Obj, Some(verb));
            n.possessed &= stray;
        }
    }

    /// A possessor stands in front of the noun: a bare noun right there, or a genitive before its adjectives.
    fn is_owned(&self, i: usize) -> bool {
        let n = &self.nodes;
        let bare =
            |k: usize| matches!(n[k].upos, Upos::Noun | Upos::Propn | Upos::Verb) && matches!(n[k].case, Case::Nom | Case::None);
        // "Çocuklar kapıyı", but "Dışişleri Bakanı"
        let several = |k: usize| n[k].plural && n[k].upos == Upos::Noun && self.lower(k) != self.lemma(k);
        if bare(i - 1) && (n[i].capital || !several(i - 1)) {
            return true;
        }
        let modifies = |k: usize| matches!(n[k].upos, Upos::Adj | Upos::Det | Upos::Num | Upos::Adv);
        (0..i).rev().find(|&k| !modifies(k)).is_some_and(|k| n[k].case == Case::Gen)
    }

    /// The verb that a word in front of it is an argument of: the next one, but not a converb with an object of its own.
    pub(super) fn governing_verb(&self, i: usize) -> Option<usize> {
        (i + 1..self.nodes.len()).find(|&v| {
            let n = &self.nodes[v];
            n.verb.is_some_and(|m| v == i + 1 || m.form != VerbForm::Converb) && !n.lexical_noun
        })
    }

    /// The subject of the verb in front of the word: set apart by a comma, parsed as one, or parted from the word by adjectives,
    /// so that it cannot own it.
    fn subject_before(&self, i: usize, verb: usize) -> Option<usize> {
        let n = &self.nodes;
        let clause = (0..i).rev().take_while(|&k| n[k].verb.is_none_or(|m| !m.is_finite()));
        let mut clause = clause.filter(|&k| self.nominal(k) && n[k].case == Case::Nom);
        clause.find(|&k| {
            let alone = k + 1 == i && n[k].plural && n[k].upos == Upos::Noun && self.lower(k) != self.lemma(k);
            let parted = k + 1 < i && n[k].head == Some(i) && !matches!(n[k].rel, Rel::Conj | Rel::Appos);
            alone || parted || k + 1 < i && (self.lower(k + 1) == "," || n[k].rel == Rel::Nsubj && n[k].head == Some(verb))
        })
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
    pub(crate) fn with(&self, w: usize) -> Option<usize> {
        (w + 1..self.nodes.len())
            .find(|&k| self.nodes[k].rel == Rel::Case && self.nodes[k].head == Some(w) && self.lower(k) == "ile")
    }

    pub(super) fn nominal(&self, w: usize) -> bool {
        matches!(self.nodes[w].upos, Upos::Noun | Upos::Propn | Upos::Pron) && !self.is_verbal(w)
    }
}
