//! Parses set right where the form of the words says more than the parser saw.

use haberdar_lang::{NameClass, Upos};
use haberdar_model::Language;

use super::{Case, Node, Rel, Tree};
use crate::{
    lexicon::{Lexicon, pattern::Pos},
    turkish::{Tense, VerbForm},
};

impl Tree<'_> {
    /// In Turkish treebanks the noun of a light verb is its head ("kabul etti"); arguments belong to the verb here.
    pub(super) fn raise_light_verbs(&mut self) {
        for v in 0..self.nodes.len() {
            let Some(n) = self.nodes[v].head else { continue };
            let light = self.nodes[v].rel == Rel::Lvc && n < v && self.nodes[v].verb.is_some();
            // A finite verb right behind a bare noun governs it, whatever the parse says.
            let misparsed = n + 1 == v
                && matches!(self.nodes[v].rel, Rel::Conj | Rel::Compound | Rel::Aux | Rel::Flat | Rel::Cop | Rel::Other)
                && self.nodes[v].verb.is_some_and(|m| m.is_finite())
                && self.nodes[n].verb.is_none()
                && matches!(self.nodes[n].upos, Upos::Noun | Upos::Adj)
                && (self.words[v].part == 0 || self.nodes[v].verb.is_some_and(|m| m.past_copula));
            if !light && !misparsed {
                continue;
            }
            let (head, rel) = (self.nodes[n].head, self.nodes[n].rel);
            if head == Some(v) {
                continue;
            }
            for k in 0..self.nodes.len() {
                let keep = matches!(
                    self.nodes[k].rel,
                    Rel::Amod | Rel::Det | Rel::Nummod | Rel::NmodPoss | Rel::Compound | Rel::Flat | Rel::Acl
                );
                if self.nodes[k].head == Some(n) && k != v && !keep {
                    self.nodes[k].head = Some(v);
                }
            }
            self.nodes[v].head = head;
            self.nodes[v].rel = rel;
            self.nodes[n].head = Some(v);
            self.nodes[n].rel = Rel::Lvc;
        }
    }

    /// Names that the tables know in full stand in the nominative ("Kanada" is no locative).
    pub fn settle_names(&mut self, spans: impl Iterator<Item = (usize, usize)>) {
        for (start, end) in spans {
            let last = self.nodes.iter_mut().rfind(|n| n.end == end && n.start >= start);
            if let Some(n) = last {
                n.case = Case::Nom;
            }
        }
    }

    /// The words of one name hang together, whatever the parse says: `head` becomes the head of `first..=last`, and what hung on
    /// any of its words hangs on it. A root inside gives way to the finite verb below it.
    pub fn bind(&mut self, first: usize, last: usize, head: usize) {
        let inside = |i: usize| (first..=last).contains(&i);
        let outer: Vec<usize> = (first..=last)
            .filter(|&w| self.nodes[w].upos != Upos::Punct && self.nodes[w].head.is_none_or(|h| !inside(h)))
            .collect();
        let nominal = |w: usize| matches!(self.nodes[w].upos, Upos::Noun | Upos::Propn) || self.language == Language::Tr;
        if first == last || outer.len() == 1 && self.nodes[outer[0]].head.is_some() && nominal(outer[0]) {
            return;
        }
        let root = outer.iter().any(|&w| self.nodes[w].head.is_none());
        let verb = |t: &Self, v: usize| {
            t.nodes[v].upos == Upos::Verb && t.nodes[v].verb.is_some_and(|m| m.is_finite() && m.tense != Tense::None)
        };
        let (attach, rel) = if root {
            let below = (0..self.nodes.len()).find(|&v| !inside(v) && verb(self, v) && self.nodes[v].head.is_some_and(inside));
            let Some(v) = below else { return };
            self.nodes[v].head = None;
            self.nodes[v].rel = Rel::Root;
            (v, if last < v { Rel::Nsubj } else { Rel::Obj })
        } else {
            let rank = |w: &usize| match self.nodes[*w].rel {
                Rel::Nsubj | Rel::NsubjPass => 0,
                Rel::Obj | Rel::Iobj => 1,
                Rel::Obl | Rel::OblAgent | Rel::Conj => 2,
                Rel::Nmod | Rel::NmodPoss => 3,
                _ => 4,
            };
            let Some(best) = outer.iter().copied().min_by_key(rank) else { return };
            let Some(h) = self.nodes[best].head else { return };
            let prepositional =
                (0..self.nodes.len()).any(|k| self.nodes[k].rel == Rel::Case && self.nodes[k].head.is_some_and(inside));
            let rel = match self.nodes[best].rel {
                // A bare name behind a verb is its object.
                Rel::Obl | Rel::Xcomp | Rel::Advmod | Rel::Amod
                    if self.language == Language::En && !prepositional && h < first && verb(self, h) =>
                {
                    Rel::Obj
                }
                other => other,
            };
            (h, rel)
        };
        for i in 0..self.nodes.len() {
            if inside(i) {
                if i != head && self.nodes[i].head.is_none_or(|h| !inside(h)) {
                    self.nodes[i].head = Some(head);
                    self.nodes[i].rel = Rel::Flat;
                }
            } else if i != attach && self.nodes[i].head.is_some_and(inside) {
                self.nodes[i].head = Some(head);
            }
        }
        self.nodes[head].head = Some(attach);
        self.nodes[head].rel = rel;
        // No chain may lead back into itself.
        if self.below(attach, head) {
            self.nodes[attach].head = None;
            self.nodes[attach].rel = Rel::Root;
        }
        self.index_children();
    }

    /// A verbal noun that the tables have as a noun ("anlaşmayı feshetti") is a verb only where it governs a clause.
    pub(super) fn settle_verbal_nouns(&mut self) {
        for i in 0..self.nodes.len() {
            if !self.nodes[i].lexical_noun {
                continue;
            }
            let object = |k: &Node| k.case == Case::Acc || matches!(k.rel, Rel::Obj | Rel::Lvc) && k.case == Case::Nom;
            let governs = self.kids(i).any(|k| k < i && object(&self.nodes[k]));
            self.nodes[i].as_noun = !governs;
        }
    }

    /// "Germany halted aid" with *Germany* below *aid*: a noun in front of a past form does not belong to one behind it, but is the subject.
    pub(super) fn settle_crossed_subjects(&mut self) {
        let Some(v) = self.root().filter(|&v| v > 0) else { return };
        let past = self.nodes[v].upos == Upos::Verb && self.words[v].feats.is("Tense", "Past");
        let has = [Rel::Nsubj, Rel::NsubjPass, Rel::AuxPass, Rel::Aux, Rel::Csubj];
        if !past || self.child(v, &has).is_some() {
            return;
        }
        let crossing = |&k: &usize| {
            matches!(self.nodes[k].upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && matches!(self.nodes[k].rel, Rel::Compound | Rel::Nsubj | Rel::Nmod | Rel::Amod | Rel::NmodPoss)
                && self.nodes[k].head.is_some_and(|h| h > v && self.nodes[h].head == Some(v))
        };
        // "Bangkok accused Phnom Penh", "a Palestinian stabbed …": one that hangs on the verb as if it were a noun.
        let bare = |&k: &usize| {
            let n = &self.nodes[k];
            let people = n.upos == Upos::Adj && n.capital && n.rel == Rel::Amod;
            n.head == Some(v)
                && (people || matches!(n.upos, Upos::Noun | Upos::Propn) && matches!(n.rel, Rel::Compound | Rel::Nmod))
        };
        if let Some(k) = (0..v).rev().find(crossing).or_else(|| (0..v).rev().find(bare)) {
            (self.nodes[k].head, self.nodes[k].rel) = (Some(v), Rel::Nsubj);
        }
    }

    /// "said on Thursday Ethiopia had …": a day and the name behind it are no one name; the name is the subject of the next verb.
    pub(super) fn part_from_days(&mut self, lexicon: &Lexicon) {
        for i in 0..self.nodes.len().saturating_sub(2) {
            let j = i + 1;
            let named = self.nodes[j].upos == Upos::Propn
                && self.nodes[j].head == Some(i)
                && matches!(self.nodes[j].rel, Rel::Flat | Rel::Compound | Rel::Appos);
            if !named || !self.is_any(i, lexicon.list("time_noun")) {
                continue;
            }
            let verb = (j + 1..self.nodes.len().min(j + 5)).find(|&v| self.nodes[v].upos == Upos::Verb);
            let plain = |v: usize| (j + 1..v).all(|w| matches!(self.nodes[w].upos, Upos::Aux | Upos::Adv | Upos::Part));
            if let Some(v) = verb.filter(|&v| plain(v) && self.child(v, &[Rel::Nsubj, Rel::NsubjPass]).is_none()) {
                (self.nodes[j].head, self.nodes[j].rel) = (Some(v), Rel::Nsubj);
                if self.nodes[i].head == Some(v) && self.nodes[v].head.is_some_and(|h| h < i) {
                    self.nodes[i].head = self.nodes[v].head;
                }
            }
        }
    }

    /// "abducted or jailed relatives": the second of two verbs that share their object, read as its participle.
    pub(super) fn settle_coordinated_past(&mut self) {
        for w in 2..self.nodes.len().saturating_sub(1) {
            let n = &self.nodes[w];
            let past = n.upos == Upos::Verb && n.rel == Rel::Amod && self.words[w].feats.is("Tense", "Past");
            let Some(o) =
                n.head.filter(|&o| past && o > w && self.nodes[w - 1].upos == Upos::Cconj && self.nodes[o].rel == Rel::Conj)
            else {
                continue;
            };
            let first =
                self.nodes[o].head.filter(|&v| v < w && self.nodes[v].upos == Upos::Verb && self.child(v, &[Rel::Obj]).is_none());
            if let Some(v) = first {
                (self.nodes[w].head, self.nodes[w].rel) = (Some(v), Rel::Conj);
                (self.nodes[o].head, self.nodes[o].rel) = (Some(w), Rel::Obj);
                let finite = self.nodes[v].verb;
                if let (Some(m), Some(first)) = (self.nodes[w].verb.as_mut(), finite) {
                    (m.form, m.passive, m.subject_participle) = (first.form, false, false);
                }
            }
        }
    }

    /// "The policeman charged with killing him has been jailed": where a past form behind the first noun has a clause below it with an
    /// auxiliary and no subject, that is the main clause, and the form only describes the noun.
    pub(super) fn settle_reduced_relatives(&mut self, lexicon: &Lexicon) {
        let n = self.nodes.len();
        let Some(v) = self.root().filter(|&v| v > 0) else { return };
        let past = self.nodes[v].upos == Upos::Verb && self.words[v].feats.is("Tense", "Past");
        let Some(subject) = self.child(v, &[Rel::Nsubj]).filter(|&s| s + 1 == v && past) else { return };
        let prepositional = self.nodes.get(v + 1).is_some_and(|k| matches!(k.upos, Upos::Adp | Upos::Sconj));
        let says = !prepositional && self.may_say(v, lexicon);
        if says || self.child(v, &[Rel::Aux, Rel::AuxPass, Rel::Cop, Rel::Obj]).is_some() {
            return;
        }
        let clause = |&w: &usize| {
            self.nodes[w].head == Some(v)
                && matches!(self.nodes[w].rel, Rel::Ccomp | Rel::Advcl | Rel::Xcomp | Rel::Parataxis | Rel::Other)
                && self.lacks_subject(w)
                && self.child(w, &[Rel::Cc]).is_none()
        };
        let Some(w) = (v + 1..n).find(clause) else { return };
        for i in w..n {
            if self.nodes[i].head == Some(v) {
                self.nodes[i].head = Some(w);
            }
        }
        (self.nodes[v].head, self.nodes[v].rel) = (Some(subject), Rel::Acl);
        if let Some(m) = &mut self.nodes[v].verb {
            (m.form, m.passive) = (VerbForm::Participle, true);
        }
        self.predicate_of(subject, w);
    }

    /// "“…,” she said, adding that “…”": a clause behind a gerund of saying that has none of its own is the gerund's, though the parse gives
    /// it to the verb above.
    pub(super) fn settle_added_clauses(&mut self, lexicon: &Lexicon) {
        for v in 1..self.nodes.len() {
            let n = &self.nodes[v];
            let gerund = n.upos == Upos::Verb && matches!(n.rel, Rel::Advcl | Rel::Acl) && self.lower(v).ends_with("ing");
            let Some(h) = n.head.filter(|&h| gerund && h < v && self.may_say(v, lexicon)) else { continue };
            let behind = |of: usize, rels: &[Rel]| {
                (v + 1..self.nodes.len()).find(|&w| self.nodes[w].head == Some(of) && rels.contains(&self.nodes[w].rel))
            };
            if let (None, Some(k)) = (behind(v, &[Rel::Ccomp, Rel::Xcomp, Rel::Obj]), behind(h, &[Rel::Ccomp])) {
                self.nodes[k].head = Some(v);
            }
        }
    }

    /// The first word that hangs on none.
    pub(super) fn root(&self) -> Option<usize> {
        self.nodes.iter().position(|n| n.head.is_none())
    }

    /// The first word below `h` by one of the relations, while children are not indexed.
    pub(super) fn child(&self, h: usize, rels: &[Rel]) -> Option<usize> {
        self.nodes.iter().position(|k| k.head == Some(h) && rels.contains(&k.rel))
    }

    /// True for a word that some cue of attribution has.
    fn may_say(&self, v: usize, lexicon: &Lexicon) -> bool {
        self.nodes[v].lemmas.iter().any(|l| lexicon.cues.contains_key(l))
    }

    /// Makes `w` the root, and what a noun's phrase says of the noun its subject.
    pub(super) fn predicate_of(&mut self, noun: usize, w: usize) {
        let passive = self.child(w, &[Rel::AuxPass]).is_some();
        (self.nodes[w].head, self.nodes[w].rel) = (None, Rel::Root);
        (self.nodes[noun].head, self.nodes[noun].rel) = (Some(w), if passive { Rel::NsubjPass } else { Rel::Nsubj });
        if let Some(m) = &mut self.nodes[w].verb {
            m.form = VerbForm::Finite;
        }
    }

    /// A verb with a finite auxiliary ("was released", "has been jailed") and no subject of its own, behind no comma or conjunction.
    pub(super) fn lacks_subject(&self, w: usize) -> bool {
        let Some(first) = self.child(w, &[Rel::Aux, Rel::AuxPass]) else { return false };
        let subjects = ["who", "which", "that", "what", "it", "there"];
        self.nodes[w].upos == Upos::Verb
            && self.words[first].feats.is("VerbForm", "Fin")
            && first > 0
            && first < w
            && self.child(w, &[Rel::Nsubj, Rel::NsubjPass, Rel::Csubj, Rel::Mark]).is_none()
            && self.nodes[first - 1].upos != Upos::Punct
            && !subjects.contains(&self.lower(first - 1))
    }

    /// Number of words of a dateline: "KABUL (Pajhwok) :", "LAHEY, Hollanda -", "MOSCOW --".
    pub fn dateline(&self) -> usize {
        let limit = self.len().min(10);
        for w in 1..limit {
            let low = self.lower(w);
            let dash = matches!(low, "-" | "--" | "–" | "—" | ":");
            let caps =
                self.text[self.nodes[0].start..self.nodes[0].end].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            // "TEL AVIV-- …"
            let spaced = self.nodes[w].start > self.nodes[w - 1].end
                || self.lower(w - 1) == ")"
                || caps && self.nodes[w - 1].capital && matches!(low, "--" | "—")
                || caps && low == ":" && matches!(self.name_class(0, w - 1), Some(NameClass::Gpe | NameClass::Loc));
            if dash && spaced {
                let plain = self.nodes[..w]
                    .iter()
                    .all(|n| n.capital || matches!(n.upos, Upos::Punct | Upos::Num | Upos::Propn | Upos::Adp));
                let agency = (0..w).any(|k| self.lower(k) == "(");
                return if plain && (caps || agency || low != ":") { w } else { 0 };
            }
        }
        0
    }

    /// The words of a dateline are no part of the sentence, whatever the parse says.
    pub(super) fn set_dateline_apart(&mut self) {
        let behind = self.dateline();
        if behind == 0 {
            return;
        }
        let Some(root) = self.root().filter(|&w| w > behind) else { return };
        for w in 0..self.nodes.len() {
            let inside = |h: usize| h <= behind;
            if w <= behind && !self.nodes[w].head.is_some_and(inside) {
                (self.nodes[w].head, self.nodes[w].rel) = (Some(root), Rel::Other);
            } else if w > behind && self.nodes[w].head.is_some_and(inside) {
                self.nodes[w].head = Some(root);
            }
        }
    }

    /// "The US reduced aid": a past form that the tagger takes for a passive participle is the finite verb where it has a subject of
    /// its own, no auxiliary and no verb above that asks for a participle.
    pub(super) fn settle_finite_past(&mut self) {
        for v in 0..self.nodes.len() {
            let feats = self.words[v].feats;
            let participle = self.nodes[v].upos == Upos::Verb && feats.is("VerbForm", "Part") && feats.is("Tense", "Past");
            let clause = matches!(self.nodes[v].rel, Rel::Root | Rel::Ccomp | Rel::Conj | Rel::Parataxis | Rel::Advcl);
            if !participle || !clause {
                continue;
            }
            let mut subject = false;
            let mut auxiliary = false;
            for n in self.nodes.iter().filter(|n| n.head == Some(v)) {
                subject |= n.rel == Rel::Nsubj;
                auxiliary |= matches!(n.rel, Rel::Aux | Rel::AuxPass | Rel::NsubjPass | Rel::Cop | Rel::Mark);
            }
            // "who campaigned and sought …": it goes on with a finite verb in the active.
            let above = self.nodes[v].head.filter(|_| self.nodes[v].rel == Rel::Conj);
            let goes_on = above.is_some_and(|h| {
                self.words[h].feats.is("VerbForm", "Fin")
                    && self.words[h].feats.is("Tense", "Past")
                    && self.nodes[h].upos == Upos::Verb
                    && !self.nodes.iter().any(|n| n.head == Some(h) && matches!(n.rel, Rel::AuxPass | Rel::NsubjPass))
            });
            if let Some(m) = self.nodes[v].verb.as_mut().filter(|_| (subject || goes_on) && !auxiliary) {
                (m.form, m.passive, m.subject_participle) = (VerbForm::Finite, false, false);
            }
        }
    }

    /// "Police let the driver go": what has a subject in front of it tells, whatever the tagger takes a verb for whose past is like
    /// its imperative.
    pub(super) fn settle_told_verbs(&mut self) {
        for v in 0..self.nodes.len() {
            let imperative = self.nodes[v].verb.is_some_and(|m| m.tense == Tense::Imperative);
            let subject = |&k: &usize| self.nodes[k].head == Some(v) && self.nodes[k].rel == Rel::Nsubj && self.lower(k) != "you";
            if imperative
                && (0..v).any(|k| subject(&k))
                && let Some(m) = &mut self.nodes[v].verb
            {
                m.tense = Tense::Past;
            }
        }
    }

    /// "shot down a jet": a bare noun behind the particle of a verb is its object, unless it says when.
    pub(super) fn settle_particle_objects(&mut self, lexicon: &Lexicon) {
        for particle in 1..self.nodes.len() {
            let Some(v) = self.nodes[particle].head.filter(|&v| v < particle && self.nodes[particle].rel == Rel::Prt) else {
                continue;
            };
            let has = |h: usize, rel: Rel| self.child(h, &[rel]).is_some();
            let bare = |&k: &usize| {
                let n = &self.nodes[k];
                n.head == Some(v) && n.rel == Rel::Obl && matches!(n.upos, Upos::Noun | Upos::Propn) && !has(k, Rel::Case)
            };
            let near = |k: usize| (particle + 1..k).all(|w| self.nodes[w].head.is_some_and(|h| h > particle && h <= k));
            let Some(k) = (particle + 1..self.nodes.len()).find(bare).filter(|&k| near(k) && !has(v, Rel::Obj)) else { continue };
            if !self.is_any(k, lexicon.list("time_noun")) {
                self.nodes[k].rel = Rel::Obj;
            }
        }
    }

    /// "the Orlando shooting": a gerund behind an article is a noun.
    pub(super) fn settle_gerunds(&mut self, lexicon: &Lexicon) {
        for v in 1..self.nodes.len() {
            let gerund = self.nodes[v].upos == Upos::Verb && self.lower(v).ends_with("ing");
            let Some(id) = lexicon.names.lemmas.get(self.lower(v)).filter(|_| gerund) else { continue };
            if self.child(v, &[Rel::Obj]).is_some() {
                continue;
            }
            let part = |h: usize| h == v || h < v && self.nodes[h].head == Some(v) && self.nodes[h].rel == Rel::Compound;
            let article = self.nodes[..v].iter().any(|n| n.rel == Rel::Det && n.head.is_some_and(part));
            if article || !lexicon.frames_for(Pos::Noun, id).is_empty() && self.head_compound(v, lexicon) {
                let n = &mut self.nodes[v];
                (n.upos, n.verb, n.verb_lemma) = (Upos::Noun, None, None);
                n.lemmas.clear();
                n.lemmas.push(id);
            }
        }
    }

    /// "the mass shooting": a gerund read as a clause of the noun right in front of it, which stands behind an article and is nobody who
    /// acts, is the head of both. True where that was so.
    fn head_compound(&mut self, v: usize, lexicon: &Lexicon) -> bool {
        let first = v - 1;
        let n = &self.nodes[first];
        let noun =
            matches!(n.upos, Upos::Noun | Upos::Propn) && !n.plural && !n.lemmas.iter().any(|l| lexicon.actors.contains_key(l));
        let behind_article = self.child(first, &[Rel::Det]).is_some_and(|d| d < first);
        if !(noun && behind_article && self.nodes[v].rel == Rel::Acl && self.nodes[v].head == Some(first)) {
            return false;
        }
        (self.nodes[v].head, self.nodes[v].rel) = (n.head, n.rel);
        for (i, k) in self.nodes.iter_mut().enumerate() {
            if k.head == Some(first) && i != v {
                k.head = Some(v);
            }
        }
        (self.nodes[first].head, self.nodes[first].rel) = (Some(v), Rel::Compound);
        true
    }
}
