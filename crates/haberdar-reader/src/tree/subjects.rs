//! Turkish subjects that the parse takes for possessors: a bare noun owns only what has the possessive suffix, and a genitive without
//! anything owned behind it is the subject of a nominal verb.

use haberdar_lang::{NameClass, Upos};
use haberdar_model::{EventType, Language};

use super::{Case, Node, Rel, Tree};
use crate::{
    lexicon::{
        Lexicon,
        pattern::{Pattern, Pos, Slot},
    },
    mentions::Draft,
    turkish::VerbForm,
};

/// Sectors of those whom states and their forces do something to rather than through.
pub(crate) const SUFFERERS: [&str; 11] = ["OPP", "REF", "EDU", "CRM", "JRN", "CVL", "REB", "UAF", "LAB", "AGR", "SOC"];

impl Tree<'_> {
    /// "Polis kalabalığı dağıttı", "Yargıtay kararı bozdu": somebody at the head of a clause without another subject, whose verb asks for an
    /// object, is no possessor of the noun behind, which only looks possessed.
    pub(super) fn acts_upon(&self, k: usize, i: usize, verb: usize, lexicon: &Lexicon) -> bool {
        let n = &self.nodes;
        let hung = n[k].head == Some(i) && n[k].case == Case::Nom && matches!(n[i].rel, Rel::Obj | Rel::Nsubj);
        // "ordusu" has the possessive that an accusative never looks like.
        let mut letters = self.lower(i).chars().rev().skip(1);
        let owned = letters.next() == Some('s') && letters.next().is_some_and(|c| "aıoueiöü".contains(c));
        let other = |(j, node): (usize, &Node)| {
            j != i && node.head == Some(verb) && (node.rel == Rel::Nsubj || node.rel == Rel::Obj && node.case != Case::Dat)
        };
        // "Rus birlikleri", "polis yetkilileri": people of somebody are somebody's; only states, police, courts and the like do things to
        // people, and only to those who are not theirs ("göstericileri").
        let sector = |w: usize| self.sector(w, lexicon);
        let power = matches!(sector(k), Some("COP" | "MIL" | "JUD" | "GOV"))
            || self.names_state(k)
            || self.names_state(k.saturating_sub(1));
        let own = self.is_any(i, lexicon.list("own_people"));
        let of_somebody = sector(i).is_some_and(|s| own || !SUFFERERS.contains(&s) || !power);
        // "çalışanlar hükümeti", "IŞİD militanları sivilleri": several people own no authority, and who has an owner needs the genitive to
        // own; "orduyu", "Rusya'yı" are nobody's.
        let authority = sector(i).is_some_and(|s| matches!(s, "GOV" | "COP" | "MIL" | "JUD")) && !n[i].plural && !n[i].capital;
        let several = n[k].plural && n[k].upos == Upos::Noun && sector(k).is_some();
        // "Ordu hükümeti devirdi", but "ordu yönetimi açıkladı"
        let armed = matches!(sector(k), Some("MIL" | "COP" | "JUD")) && !n[k].possessed;
        let toppled = armed && sector(i) == Some("GOV") && authority && i + 1 == verb && !self.may_state(verb, lexicon);
        let sufferers = n[i].plural && sector(i).is_some_and(|s| SUFFERERS.contains(&s));
        let nobodys = self.is_nobodys(i);
        let unlike = several && (authority || sufferers || n[k].possessed && n[i].plural)
            || n[k].possessed && authority
            || toppled
            || nobodys;
        hung && !owned
            && (unlike || !of_somebody)
            && n.get(i + 1).is_some_and(|next| next.upos != Upos::Punct)
            && (self.heads_clause(k, lexicon) || nobodys && n[k].upos == Upos::Propn && self.begins_clause(k, lexicon))
            && self.asks_object(verb, lexicon)
            && !n.iter().enumerate().any(other)
    }

    /// "Bahçeli, DEM Parti'ye çağrıda bulundu" read as one name: a comma behind the subject parts it from a word in another case.
    pub(super) fn part_names(&mut self) {
        for last in 2..self.nodes.len() {
            let n = &self.nodes;
            let oblique = matches!(n[last].case, Case::Acc | Case::Dat | Case::Loc | Case::Abl | Case::Ins);
            let Some(h) = n[last].head.filter(|_| oblique && matches!(n[last].rel, Rel::Flat | Rel::Appos)) else { continue };
            let apart = h + 1 < last && self.lower(h + 1) == "," && n[h].rel == Rel::Nsubj;
            // "Antony Blinken Hamas'ı": the name of a person and that of a body.
            let begins = self.names.iter().any(|s| s.first_word == last && s.class != NameClass::Per);
            let other = begins && h < last && self.name_class(h, h) == Some(NameClass::Per);
            let over = |w: usize| n[w].head.filter(|_| n[w].verb.is_none());
            let above = std::iter::successors(over(h), |&w| over(w))
                .take(8)
                .last()
                .filter(|&v| v > last && n[v].verb.is_some() && !self.below(v, last));
            if let Some(above) = if apart { n[h].head } else { above.filter(|_| other) } {
                self.nodes[last].head = Some(above);
                self.nodes[last].rel = if self.nodes[last].case == Case::Acc { Rel::Obj } else { Rel::Obl };
            }
        }
    }

    /// "… Sergey Lavrov ile … Dmitro Kuleba": a name goes with the name in front of it, not with one beyond a conjunction.
    pub(super) fn join_names(&mut self) {
        for w in 1..self.nodes.len() {
            let (before, n) = (w - 1, &self.nodes);
            let name = |k: usize| n[k].upos == Upos::Propn && n[k].verb.is_none();
            let Some(head) = n[w].head.filter(|_| name(w)) else { continue };
            let crosses =
                n[w].rel == Rel::Flat && head < w && (head + 1..w).any(|k| matches!(n[k].rel, Rel::Case | Rel::Cc | Rel::Punct));
            let to = if n[before].rel == Rel::Flat { n[before].head.unwrap_or(before) } else { before };
            if crosses && name(before) && n[before].case == Case::Nom && to < w && !self.below(to, w) {
                self.nodes[w].head = Some(to);
            }
        }
    }

    /// "Rusya'yı tank göndermekle suçladı", "Mısır'ı gazetecileri bırakmaya davet etti": a verbal noun with an object of its own leaves the
    /// accusative in front of that to the verb above.
    pub(super) fn raise_objects(&mut self) {
        for k in 0..self.nodes.len() {
            let n = &self.nodes;
            if n[k].case != Case::Acc || n[k].verb.is_some() {
                continue;
            }
            let oblique = |v: usize| {
                let verbal = n[v].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun && !m.passive) && !n[v].as_noun;
                verbal && !n[v].possessed && matches!(n[v].case, Case::Ins | Case::Dat | Case::Abl)
            };
            let Some(v) = n[k].head.filter(|&v| v > k && oblique(v)) else { continue };
            let object = |o: usize| {
                let hung = n[o].head == Some(v) && n[o].rel != Rel::Lvc && matches!(n[o].upos, Upos::Noun | Upos::Propn);
                hung && (n[o].case == Case::Acc
                    || n[o].maybe_acc
                    || n[o].case == Case::Nom && o + 1 == v && !matches!(self.lemma(v), "et" | "ol"))
            };
            let above = std::iter::successors(n[v].head, |&h| n[h].head).take(4);
            let Some(h) = above.into_iter().find(|&h| h > v && n[h].verb.is_some() && !oblique(h)) else { continue };
            if (k + 1..v).any(object) {
                (self.nodes[k].head, self.nodes[k].rel) = (Some(h), Rel::Obj);
            }
        }
    }

    /// "Temsilci Halilzad Taliban'la görüştü" read as one name: what the mentions tell apart hangs apart.
    pub(crate) fn part_mentions(&mut self, drafts: &[Draft]) {
        if self.language != Language::Tr {
            return;
        }
        for d in drafts {
            let n = &self.nodes;
            let oblique = matches!(n[d.last].case, Case::Acc | Case::Dat | Case::Loc | Case::Abl | Case::Ins);
            let joined = oblique && n[d.head].rel == Rel::Flat;
            let Some(h) = n[d.head].head.filter(|&h| joined && h < d.first) else { continue };
            let bare = |e: &&Draft| {
                e.last + 1 == d.first && (e.first..=e.last).contains(&h) && self.words[e.last].feats.is("Case", "Nom")
            };
            let Some(other) = drafts.iter().find(bare) else { continue };
            let Some(verb) = n[other.head].head.filter(|&v| v > d.last) else { continue };
            self.nodes[d.head].head = Some(verb);
            self.nodes[d.head].rel = if self.nodes[d.last].case == Case::Acc { Rel::Obj } else { Rel::Obl };
            // The case of the whole had been taken for that of its head.
            self.nodes[other.last].case = Case::Nom;
            if matches!(self.nodes[other.head].rel, Rel::Obl | Rel::Obj) && self.is_verbal(verb) {
                self.nodes[other.head].rel = Rel::Nsubj;
            }
            self.index_children();
        }
    }

    /// "Savcılık gazeteci hakkında karar çıkarttı": nor does a bare noun own one without the suffix.
    pub(super) fn settle_bare_owners(&mut self, lexicon: &Lexicon) {
        for i in 1..self.nodes.len() {
            let (k, n) = (i - 1, &self.nodes);
            let bare =
                |w: usize| n[w].upos == Upos::Noun && n[w].case == Case::Nom && !self.may_be_owned(w) && n[w].verb.is_none();
            let hung = n[k].head == Some(i) && n[k].rel == Rel::NmodPoss && bare(k) && bare(i);
            if !hung || !self.heads_clause(k, lexicon) {
                continue;
            }
            let finite = |&v: &usize| n[v].verb.is_some_and(|m| m.is_finite());
            let Some(verb) = (i + 1..n.len()).find(finite).filter(|&v| self.asks_object(v, lexicon)) else { continue };
            // "karar çıkarttı", "kararı çıkarttı": the subject of the parse is the object.
            let object = (i + 1..verb).find(|&j| n[j].head == Some(verb) && n[j].rel == Rel::Nsubj);
            if object.is_some_and(|j| !n[j].maybe_acc && !self.may_be_owned(j))
                || n[..=i].iter().any(|s| s.head == Some(verb) && s.rel == Rel::Nsubj)
            {
                continue;
            }
            if let Some(j) = object {
                self.nodes[j].rel = Rel::Obj;
            }
            (self.nodes[k].head, self.nodes[k].rel) = (Some(verb), Rel::Nsubj);
        }
    }

    /// "Kuzey Kore'nin Rusya'ya asker gönderdiği": the genitive acts, since nothing behind it is owned; the bare noun is the object.
    pub(super) fn settle_genitive_subjects(&mut self) {
        for v in 2..self.nodes.len() {
            let (s, n) = (v - 1, &self.nodes);
            let nominal = n[v].verb.is_some_and(|m| !m.passive && !m.is_finite()) && n[v].possessed;
            let bare = n[s].head == Some(v) && n[s].rel == Rel::Nsubj && n[s].case == Case::Nom && n[s].upos == Upos::Noun;
            if !nominal || !bare || self.may_be_owned(s) {
                continue;
            }
            let clause = (0..s).rev().take_while(|&g| n[g].verb.is_none() && !n[g].possessed && n[g].upos != Upos::Punct);
            let Some(g) = clause.into_iter().find(|&g| n[g].case == Case::Gen && self.nominal(g)) else { continue };
            let mut top = g;
            while let Some(h) = n[top].head.filter(|&h| h < top && matches!(n[top].rel, Rel::Flat)) {
                top = h;
            }
            self.nodes[s].rel = Rel::Obj;
            (self.nodes[top].head, self.nodes[top].rel) = (Some(v), Rel::Nsubj);
        }
    }

    /// What somebody is whom the tables know by the common noun.
    pub(super) fn sector(&self, w: usize, lexicon: &Lexicon) -> Option<&'static str> {
        lexicon.acting(&self.nodes[w].lemmas).next().map(|a| a.sector)
    }

    /// Some word hangs on the verb as its subject.
    fn has_subject(&self, verb: usize) -> bool {
        self.nodes.iter().any(|s| s.head == Some(verb) && s.rel == Rel::Nsubj)
    }

    /// A noun that hangs on another as its possessor, without the suffix of one.
    fn is_bare_owner(&self, k: usize, i: usize) -> bool {
        let n = &self.nodes[k];
        n.head == Some(i) && n.rel == Rel::NmodPoss && n.case == Case::Nom && n.verb.is_none()
    }

    /// A name of a state or body.
    pub(super) fn names_state(&self, k: usize) -> bool {
        self.nodes[k].upos == Upos::Propn && matches!(self.name_class(k, k), Some(NameClass::Org | NameClass::Gpe))
    }

    /// An accusative that has no possessive before it: "orduyu", "Rusya'yı", "Trump'ı".
    fn is_nobodys(&self, i: usize) -> bool {
        let low = self.lower(i);
        let mut end = low.chars().rev();
        let vowel = |c: Option<char>| c.is_some_and(|c| "ıiuü".contains(c));
        let accusative = self.nodes[i].case == Case::Acc && !self.nodes[i].possessed && vowel(end.next());
        let before = end.next();
        accusative
            && (matches!(before, Some('\'' | '’')) || before == Some('y') && end.next().is_some_and(|c| "aıoueiöü'’".contains(c)))
    }

    /// "Fransa Suriye ordusunu eleştirdi": one bare noun owns, so the one before it acts; but "ABD Ankara Büyükelçisi".
    pub(super) fn part_two_owners(&mut self, lexicon: &Lexicon) {
        for i in 2..self.nodes.len() {
            let n = &self.nodes;
            let object = n[i].case == Case::Acc && n[i].rel == Rel::Obj && !self.is_any(i, lexicon.list("posted"));
            let open = |v: &usize| object && *v > i && !self.has_subject(*v) && self.asks_object(*v, lexicon);
            let Some(verb) = n[i].head.filter(open) else { continue };
            // "Taliban militanları işçileri uyardı": of two objects in front of each other the first acts.
            let (before, twin) = (i - 1, &n[i - 1]);
            let acts = twin.head == Some(verb) && twin.rel == Rel::Obj && twin.case == Case::Nom && twin.possessed;
            if acts && self.heads_clause(before, lexicon) {
                self.nodes[before].rel = Rel::Nsubj;
                continue;
            }
            let mut owners = (0..i).filter(|&k| self.is_bare_owner(k, i));
            let Some(k) = owners.next() else { continue };
            // "Fransa Birleşmiş Milletler'i": the name begins behind it.
            let other =
                self.names_state(i) && self.names.iter().any(|s| s.last_word > i && s.first_word <= i && s.first_word > k);
            let second = owners.next().is_some_and(|second| self.names_state(second));
            if (second || other) && self.heads_clause(k, lexicon) {
                (self.nodes[k].head, self.nodes[k].rel) = (Some(verb), Rel::Nsubj);
            }
        }
    }

    /// "ABD Rusya'ya yaptırım uyguladı", "Avrupa Birliği Rusya ile anlaştı": a name that nobody owns leaves the bare noun in front of it to the
    /// verb.
    pub(super) fn part_from_obliques(&mut self, lexicon: &Lexicon) {
        for i in 1..self.nodes.len() {
            let (k, n) = (i - 1, &self.nodes);
            let oblique = match n[i].case {
                Case::Dat | Case::Abl | Case::Ins => self.lower(i).contains(['\'', '’']),
                Case::Nom => self.with(i).is_some(),
                _ => false,
            };
            let name = n[i].upos == Upos::Propn && !n[i].possessed && oblique;
            let hung = self.is_bare_owner(k, i);
            let one = self.names.iter().any(|s| s.first_word <= k && s.last_word > i);
            if !name || !hung || one || !self.heads_clause(k, lexicon) {
                continue;
            }
            let finite = |&v: &usize| n[v].verb.is_some_and(|m| m.is_finite() && !m.passive);
            if let Some(verb) = n[i].head.filter(finite).filter(|&v| !self.has_subject(v)) {
                (self.nodes[k].head, self.nodes[k].rel) = (Some(verb), Rel::Nsubj);
            }
        }
    }

    /// Somebody who can act stands at the head of a clause.
    fn heads_clause(&self, k: usize, lexicon: &Lexicon) -> bool {
        let n = &self.nodes;
        let acts = lexicon.acting(&n[k].lemmas).any(|a| a.kind != "source");
        let named = self.name_class(k, k).is_some_and(|c| matches!(c, NameClass::Org | NameClass::Gpe | NameClass::Per));
        (acts || n[k].upos == Upos::Propn && named) && self.begins_clause(k, lexicon)
    }

    /// A clause begins with the phrase that ends in the word.
    fn begins_clause(&self, k: usize, lexicon: &Lexicon) -> bool {
        let n = &self.nodes;
        let first = (0..k).rev().take_while(|&j| n[j].head.is_some_and(|h| j < h && h <= k)).last().unwrap_or(k);
        first == 0 || self.begins_behind(first - 1, lexicon)
    }

    /// A clause may begin behind the word: a mark, a conjunction, a word of time.
    pub(super) fn begins_behind(&self, w: usize, lexicon: &Lexicon) -> bool {
        let n = &self.nodes[w];
        match n.upos {
            Upos::Punct | Upos::Cconj => self.lower(w) != "ile",
            _ => n.case != Case::Gen && self.is_any(w, lexicon.list("time_noun")),
        }
    }

    /// A verb that can make a plain statement ("açıkladı"), which needs no object.
    fn may_state(&self, verb: usize, lexicon: &Lexicon) -> bool {
        let states = |&f: &u32| lexicon.frames[f as usize].kind == EventType::Statement;
        self.nodes[verb].verb_lemma.is_some_and(|l| lexicon.frames_for(Pos::Verb, l).iter().any(states))
    }

    /// A finite verb in the active for which some frame looks at an accusative.
    pub(super) fn asks_object(&self, verb: usize, lexicon: &Lexicon) -> bool {
        let n = &self.nodes[verb];
        let acc = |path: &[Slot]| path.first() == Some(&Slot::ACC);
        let asks = |p: &Pattern| {
            p.conditions.iter().any(|c| !c.negated && acc(&c.path)) || p.recipient.iter().flatten().any(|path| acc(path))
        };
        n.verb.is_some_and(|m| !m.passive && m.is_finite())
            && n.verb_lemma
                .is_some_and(|l| lexicon.frames_for(Pos::Verb, l).iter().any(|&f| asks(&lexicon.frames[f as usize].pattern)))
    }
}
