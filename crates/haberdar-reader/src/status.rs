//! Did it take place? Status and polarity of an act, from tense, mood, negation and the verbs it stands under.
//!
//! The predicate's own form gives a first answer; then the way up to the sentence's root is walked, and every governor that
//! plans, expects, demands or denies what stands below changes it. Word lists are in `data/lang/*/words.tsv`.

use haberdar_lang::Upos;
use haberdar_model::{Language, Polarity, Status};

use crate::{
    lexicon::Lexicon,
    tree::{Case, Node, Rel, Tree},
    turkish::{Morph, Tense, VerbForm},
};

/// Status and polarity of the act that `p` names.
pub fn of(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> (Status, Polarity) {
    let mut polarity = Polarity::Positive;
    let mut status = own(tree, lexicon, p, &mut polarity);
    let mut at = p;
    for _ in 0..6 {
        let Some(h) = tree.nodes[at].head else { break };
        let rel = tree.nodes[at].rel;
        // "declined to say whether it had received threats" leaves open what it does not deny.
        if tree.language == Language::En && tree.kids_by(at, &[Rel::Mark]).any(|k| tree.lower(k) == "whether") {
            if matches!(status, Status::Happened | Status::Ongoing) {
                status = Status::Hypothetical;
            }
            break;
        }
        // Conjuncts share the mood of the last finite verb in Turkish ("imzalayıp gönderecek"), else stand for themselves
        // ("threatened a clerk and was arrested").
        let auxiliary = || {
            let past = |k: usize| matches!(tree.lower(k), "was" | "were" | "has" | "had" | "is" | "are" | "did");
            tree.language == Language::En && tree.kids_by(at, &[Rel::Aux, Rel::AuxPass]).any(past)
        };
        let own_clause = rel == Rel::Conj && tree.nodes[at].verb.is_some_and(|m| m.is_finite() || auxiliary());
        if own_clause || matches!(rel, Rel::Parataxis | Rel::Appos | Rel::Nsubj) && tree.is_verbal(at) {
            break;
        }
        if status == Status::Happened && is_time_of_plan(tree, lexicon, at, h) {
            status = Status::Planned;
            break;
        }
        if rel == Rel::AclRelcl
            || rel == Rel::Advcl && tree.language == Language::En && tree.nodes[at].verb.is_some_and(|m| m.is_finite())
        {
            break;
        }
        // A Turkish subject participle ("imzalayan") tells of the act as a fact.
        let participle = tree.nodes[at].verb.is_some_and(|m| {
            m.form == VerbForm::Participle && (m.subject_participle && m.tense == Tense::None || m.tense == Tense::Past)
        });
        if participle && matches!(rel, Rel::Acl | Rel::Amod) && status == Status::Happened {
            // "suçlayan bir açıklama yapmıştı": it is as long ago as what its noun belongs to.
            let above = tree.nodes[h].head.and_then(|v| tree.nodes[v].verb);
            if above.is_some_and(|m| m.is_finite() && m.past_copula && m.tense == Tense::Evidential) {
                status = Status::Historical;
            }
            break;
        }
        if let Some(s) = governed(tree, lexicon, at, h, status, &mut polarity) {
            status = s;
        }
        at = h;
    }
    if status == Status::Happened && is_said_falsely(tree, lexicon, p) {
        status = negate(status, &mut polarity);
    }
    if status == Status::Happened && is_background(tree, lexicon, p) {
        status = Status::Historical;
    }
    (status, polarity)
}

/// "el konulduğuna dair asılsız haberler", "saldırdığı iddiasının asılsız olduğu", "false reports of an attack": what is only a false
/// report did not take place.
fn is_said_falsely(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    let (claim, falsehood) = (lexicon.list("claim"), lexicon.list("false_claim"));
    match tree.language {
        Language::En => {
            let noun = tree.nodes[p].head.filter(|&h| tree.is_any(h, claim));
            noun.is_some_and(|h| tree.kids_by(h, &[Rel::Amod]).any(|k| tree.is_any(k, falsehood)))
        }
        Language::Tr => {
            let told = tree.nodes[p].verb.is_some_and(|m| m.is_object_participle());
            let ends = |w: usize| tree.nodes[w].upos == Upos::Punct || tree.nodes[w].verb.is_some_and(|m| m.is_finite());
            let mut near = (p + 1..(p + 6).min(tree.len())).take_while(|&w| !ends(w));
            told && near.clone().any(|w| tree.is_any(w, claim)) && near.any(|w| tree.is_any(w, falsehood))
        }
    }
}

/// English: "protests are expected", "they scheduled a march": the verb of an act says by itself that it is still to come.
pub(crate) fn announced(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> Option<Status> {
    let is = |list: &str| tree.language == Language::En && tree.is_verbal(p) && tree.is_any(p, lexicon.list(list));
    match () {
        _ if is("g_forecast") => Some(Status::Forecast),
        _ if is("announced") => Some(Status::Planned),
        _ => None,
    }
}

/// Status and polarity of the act that `p` names, whatever it stands under.
pub fn of_itself(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> (Status, Polarity) {
    let mut polarity = Polarity::Positive;
    let status = own(tree, lexicon, p, &mut polarity);
    (status, polarity)
}

/// "will step down when the talks are over": a clause of time in the present, under what is planned, is as far off.
fn is_time_of_plan(tree: &Tree<'_>, lexicon: &Lexicon, at: usize, h: usize) -> bool {
    let english = tree.language == Language::En && tree.nodes[at].rel == Rel::Advcl && tree.is_verbal(h);
    let time = |k: usize| matches!(tree.lower(k), "when" | "before" | "after" | "until" | "once");
    if !english || !tree.kids_by(at, &[Rel::Mark, Rel::Advmod]).any(time) {
        return false;
    }
    let past = |w: usize| tree.nodes[w].verb.is_some_and(|m| m.tense == Tense::Past);
    let finite = tree.kids_by(at, &[Rel::Aux, Rel::AuxPass, Rel::Cop]).next().unwrap_or(at);
    !past(finite) && own(tree, lexicon, h, &mut Polarity::Positive) == Status::Planned
}

fn own(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, polarity: &mut Polarity) -> Status {
    match (tree.language, tree.nodes[p].verb) {
        (Language::En, Some(m)) => english(tree, lexicon, p, m, polarity),
        (Language::Tr, Some(m)) => turkish(tree, lexicon, p, m, polarity),
        (Language::En, None) => english_noun(tree, lexicon, p, polarity),
        (Language::Tr, None) => turkish_noun(tree, lexicon, p, polarity),
    }
}

fn negate(status: Status, polarity: &mut Polarity) -> Status {
    *polarity = if *polarity == Polarity::Negative { Polarity::Positive } else { Polarity::Negative };
    match status {
        Status::Happened | Status::Ongoing | Status::Historical if *polarity == Polarity::Negative => Status::Denied,
        other => other,
    }
}

fn english(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, m: Morph, polarity: &mut Polarity) -> Status {
    let mut status = match (m.form, m.tense) {
        (_, Tense::Imperative) => Status::Demanded,
        _ => Status::Happened,
    };
    let mut perfect = false;
    let mut progressive = false;
    for k in tree.kids_by(p, &[Rel::Aux, Rel::AuxPass, Rel::Cop]) {
        match tree.lower(k) {
            "will" | "'ll" | "’ll" | "shall" | "wo" => status = Status::Planned,
            "would" => status = Status::Planned,
            "may" | "might" | "could" | "can" | "ca" => status = Status::Hypothetical,
            "should" | "must" | "ought" => status = Status::Demanded,
            "has" | "have" | "had" | "'ve" => perfect = true,
            "is" | "are" | "'re" | "'s" | "am" | "was" | "were" | "being" => progressive |= is_ing(tree, p),
            _ => {}
        }
    }
    if progressive && status == Status::Happened && !perfect {
        status = Status::Ongoing;
    }
    let doubt = tree.kids_by(p, &[Rel::Advmod]).any(|k| tree.is_any(k, lexicon.list("doubt")));
    if doubt {
        status = match status {
            Status::Planned => Status::Forecast,
            Status::Happened => Status::Hypothetical,
            other => other,
        };
    }
    if status == Status::Happened && is_long_past(tree, p) {
        status = Status::Historical;
    }
    // "is to visit", "to leave"
    let infinitive = tree.kids_by(p, &[Rel::Mark]).any(|k| tree.lower(k) == "to");
    let realized = tree.nodes[p].head.filter(|&h| tree.is_any(h, lexicon.list("g_real")));
    if infinitive
        && status == Status::Happened
        && let Some(h) = realized
    {
        // "went on to say", "was quick to deny": done as much as what it hangs on.
        return own(tree, lexicon, h, polarity);
    }
    if infinitive && status == Status::Happened {
        status = match tree.nodes[p].rel {
            // "its ability to pay", "the way to end the war": only what somebody means to do is a plan.
            Rel::Acl if !is_intention(tree, lexicon, p) => Status::Hypothetical,
            Rel::Advcl | Rel::Acl => Status::Planned,
            _ if tree.kids_by(p, &[Rel::Cop, Rel::Aux]).next().is_some() => Status::Planned,
            _ => status,
        };
    }
    // "had yet to endorse"
    let yet =
        |h: usize| tree.kids_by(h, &[Rel::Advmod]).any(|k| tree.lower(k) == "yet") && matches!(tree.lemma(h), "have" | "be");
    if infinitive && tree.nodes[p].rel == Rel::Xcomp && tree.nodes[p].head.is_some_and(yet) {
        status = negate(Status::Happened, polarity);
    }
    for k in tree.kids_by(p, &[Rel::Mark]) {
        if matches!(tree.lower(k), "if" | "unless" | "whether") {
            status = Status::Hypothetical;
        }
    }
    if has_negation(tree, lexicon, p) {
        status = negate(status, polarity);
    }
    status
}

/// "had encouraged": done before what the text tells of, unless a clause of time says when or the words of another put it back
/// ("said it had attacked").
fn is_long_past(tree: &Tree<'_>, p: usize) -> bool {
    let n = &tree.nodes[p];
    let had = tree.kids_by(p, &[Rel::Aux]).any(|k| matches!(tree.lower(k), "had" | "'d" | "’d"));
    let main = matches!(n.rel, Rel::Root | Rel::AclRelcl);
    let timed = tree
        .kids_by(p, &[Rel::Advcl])
        .any(|k| tree.kids_by(k, &[Rel::Mark, Rel::Advmod]).any(|m| matches!(tree.lower(m), "when" | "before" | "until" | "as")));
    had && main && !timed
}

/// The noun that an infinitive hangs on says that somebody means to do it.
fn is_intention(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    tree.nodes[p].head.is_some_and(|h| {
        let noun = matches!(tree.nodes[h].upos, Upos::Noun | Upos::Propn);
        !noun || ["intention", "g_plan", "g_demand", "g_real"].iter().any(|l| tree.is_any(h, lexicon.list(l)))
    })
}

fn is_ing(tree: &Tree<'_>, p: usize) -> bool {
    tree.lower(p).ends_with("ing")
}

/// True for a predicate that is negated itself ("katılmadı", "did not attend", "hazır değil").
pub fn is_negative(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    match tree.language {
        Language::En => has_negation(tree, lexicon, p),
        Language::Tr => {
            let not = || p + 1 < tree.len() && tree.lower(p + 1).starts_with("değil");
            tree.nodes[p].verb.is_some_and(|m| m.negative) || not()
        }
    }
}

/// English: true for a word that is negated ("no longer cooperates").
pub fn has_negation(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    let no_longer = |k: usize| tree.lower(k) == "longer" && k > 0 && tree.lower(k - 1) == "no";
    tree.kids_by(p, &[Rel::Advmod, Rel::Det])
        .any(|k| tree.is_any(k, lexicon.list("negation")) || matches!(tree.lower(k), "n't" | "n’t") || no_longer(k))
}

fn english_noun(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, polarity: &mut Polarity) -> Status {
    let mut status = Status::Happened;
    for k in tree.kids(p).filter(|&k| k < p) {
        if tree.is_any(k, lexicon.list("noun_planned")) {
            status = Status::Planned;
        } else if tree.is_any(k, lexicon.list("noun_hypothetical")) {
            status = Status::Hypothetical;
        } else if tree.is_any(k, lexicon.list("noun_ongoing")) {
            status = Status::Ongoing;
        }
    }
    if tree.kids_by(p, &[Rel::Det]).any(|k| tree.lower(k) == "no") || is_negated_predicate(tree, lexicon, p) {
        status = negate(status, polarity);
    }
    status
}

/// English: "is not a racist", "isn't corrupt".
pub fn is_negated_predicate(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    tree.nodes[p].verb.is_none() && tree.kids_by(p, &[Rel::Cop]).next().is_some() && has_negation(tree, lexicon, p)
}

fn turkish_noun(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, polarity: &mut Polarity) -> Status {
    // "görüşme yok", "meğer görüşme yokmuş": there is none.
    let bare = matches!(tree.nodes[p].case, Case::Nom | Case::None);
    if bare && p + 1 < tree.len() && matches!(tree.lower(p + 1), "yok" | "yoktu" | "yokmuş" | "yoktur") {
        return negate(Status::Happened, polarity);
    }
    for k in tree.kids(p).filter(|&k| k < p) {
        if tree.is_any(k, lexicon.list("noun_planned")) || tree.nodes[k].verb.is_some_and(|m| m.tense == Tense::Future) {
            return Status::Planned;
        }
        if tree.is_any(k, lexicon.list("noun_hypothetical")) {
            return Status::Hypothetical;
        }
        if tree.is_any(k, lexicon.list("noun_ongoing")) {
            return Status::Ongoing;
        }
    }
    // "baskılarına rağmen": what one has to reckon with goes on.
    if tree.nodes[p].plural && tree.nodes.get(p + 1).is_some() && matches!(tree.lower(p + 1), "rağmen" | "karşın") {
        return Status::Ongoing;
    }
    // "saldırı olması halinde", "operasyonlarına devam etmeleri halinde"
    let near = p + 1..(p + 5).min(tree.len());
    let clause = near.take_while(|&k| tree.nodes[k].upos != Upos::Punct && tree.nodes[k].verb.is_none_or(|m| !m.is_finite()));
    for k in clause {
        let nominal = k == p + 1 || tree.nodes[k - 1].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
        if nominal && tree.nodes[k].possessed && tree.is_any(k, lexicon.list("condition_after")) {
            return Status::Hypothetical;
        }
    }
    Status::Happened
}

fn turkish(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, m: Morph, polarity: &mut Polarity) -> Status {
    let mut status = match m.tense {
        Tense::Past | Tense::Evidential => Status::Happened,
        Tense::Progressive if m.past_copula => Status::Historical,
        Tense::Progressive => Status::Ongoing,
        Tense::Aorist if m.potential => Status::Hypothetical,
        Tense::Aorist if m.past_copula => Status::Historical,
        // "vururken": a clause of time has the time of its main verb.
        Tense::Aorist if m.form == VerbForm::Converb => Status::Happened,
        // "destekler açıklamalarda bulundu": in front of a noun it has no time of its own.
        Tense::Aorist if matches!(tree.nodes[p].rel, Rel::Acl | Rel::Amod) || before_noun(tree, p) => Status::Happened,
        Tense::Aorist => Status::Ongoing,
        Tense::Future if m.past_copula => Status::Hypothetical,
        // An agentless passive future is nobody's plan.
        Tense::Future => Status::Planned,
        Tense::Necessity | Tense::Imperative => Status::Demanded,
        Tense::Conditional => Status::Hypothetical,
        Tense::None => Status::Happened,
    };
    if m.conditional || m.potential && status == Status::Happened && m.form != VerbForm::Finite {
        status = Status::Hypothetical;
    }
    if m.potential && status == Status::Planned {
        status = Status::Hypothetical;
    }
    if m.past_copula && m.tense == Tense::Evidential && m.is_finite() && is_long_ago(tree, lexicon, p) {
        status = Status::Historical;
    }
    if is_stance_of_many(tree, lexicon, p, m) {
        status = Status::Ongoing;
    }
    // "yapması gerekiyor", "çekilmek için", "katılması halinde": what follows the nominal form decides.
    if m.form == VerbForm::VerbalNoun || m.form == VerbForm::Participle {
        for k in p + 1..(p + 3).min(tree.len()) {
            if tree.nodes[k].upos == Upos::Punct {
                break;
            }
            if tree.is_any(k, lexicon.list("condition_after")) {
                status = Status::Hypothetical;
            } else if tree.is_any(k, lexicon.list("purpose_after")) && m.form == VerbForm::VerbalNoun {
                status = Status::Planned;
            } else if tree.is_any(k, lexicon.list("need_after")) {
                status = Status::Demanded;
            }
        }
    }
    // "yalanladığı mı … anlaşılmadı", "iddialarını mı yalanladığı": a question within a sentence leaves it open.
    let asked = |k: usize| matches!(tree.lower(k), "mı" | "mi" | "mu" | "mü");
    let embedded = m.is_object_participle();
    if embedded && (p + 1 < tree.len() && asked(p + 1) || p > 0 && asked(p - 1)) {
        status = Status::Hypothetical;
    }
    // "uğramış olabileceği"
    let may_be = |k: usize| tree.nodes[k].verb.is_some_and(|v| v.potential) && tree.lemma(k) == "ol";
    if m.tense == Tense::Evidential && p + 1 < tree.len() && may_be(p + 1) {
        status = Status::Hypothetical;
    }
    let not = p + 1 < tree.len() && tree.lower(p + 1) == "değil";
    if m.negative || not {
        status = negate(status, polarity);
    }
    status
}

/// "yasağı isteyen ülkeler", "planı destekleyenler": what many want or hold is no single act. One who is named is often only
/// introduced by the request just made ("yasağı isteyen Bakan, …").
fn is_stance_of_many(tree: &Tree<'_>, lexicon: &Lexicon, p: usize, m: Morph) -> bool {
    let node = &tree.nodes[p];
    let present = m.form == VerbForm::Participle && m.subject_participle && m.tense == Tense::None;
    let many =
        node.plural || matches!(node.rel, Rel::Acl | Rel::Amod) && node.head.is_some_and(|h| h > p && tree.nodes[h].plural);
    present && many && tree.is_any(p, lexicon.list("stance"))
}

/// A Turkish verb ends its clause: where a noun follows without a mark, it describes that noun.
fn before_noun(tree: &Tree<'_>, p: usize) -> bool {
    let noun = |n: &Node| n.upos == Upos::Noun && n.verb.is_none() || n.verb.is_some_and(|m| m.form == VerbForm::VerbalNoun);
    tree.nodes.get(p + 1).is_some_and(|n| noun(n) && !matches!(n.case, Case::Nom | Case::None) && !n.capital)
}

/// "iki yıl önce … yapmıştı", "2019'da … açıklamıştı": what is told as done before what the text tells of is news still, unless its clause
/// says that it was long ago.
pub(crate) fn is_long_ago(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    let ends = |w: usize| tree.nodes[w].verb.is_some_and(|m| m.is_finite());
    let year = |w: usize| {
        let digits = tree.lower(w).bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && matches!(tree.lower(w).as_bytes()[0], b'1' | b'2')
    };
    let mut clause = (0..p).rev().take_while(|&w| !ends(w));
    clause.any(|w| year(w) || says_long_ago(tree, lexicon, w))
}

/// What a governor makes of the status of the act below it; `None` where it leaves it as it is.
fn governed(
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    below: usize,
    h: usize,
    status: Status,
    polarity: &mut Polarity,
) -> Option<Status> {
    let rel = tree.nodes[below].rel;
    let clause = tree.is_verbal(below);
    let settled = matches!(status, Status::Hypothetical | Status::Denied | Status::Demanded);
    // A fact in a clause of its own tense ("said that it had attacked") is not touched by plans above it.
    let finite = tree.nodes[below].verb.is_some_and(|m| match tree.language {
        Language::En => m.is_finite() && !matches!(rel, Rel::Xcomp),
        Language::Tr => m.tense == Tense::Past,
    });
    let is = |list: &str| tree.is_any(h, lexicon.list(list));
    if is("g_deny")
        && matches!(
            rel,
            Rel::Obj
                | Rel::Ccomp
                | Rel::Xcomp
                | Rel::Obl
                | Rel::NsubjPass
                | Rel::Nsubj
                | Rel::Nmod
                | Rel::NmodPoss
                | Rel::Compound
        )
    {
        return Some(negate(status, polarity));
    }
    // "Defying a curfew, they blocked a road" prevents no defiance.
    let beside = rel == Rel::Advcl && tree.language == Language::En && below < h;
    if is("g_prevent")
        && !beside
        && matches!(rel, Rel::Obj | Rel::Xcomp | Rel::Ccomp | Rel::NsubjPass | Rel::Obl | Rel::Advcl | Rel::Nsubj)
    {
        return Some(negate(Status::Happened, polarity));
    }
    // "talebin reddedilmesini değerlendirdi": one judges what has taken place; what "değerlendiriliyor" is foreseen.
    let judged = is("g_judge")
        && tree.nodes[below].verb.is_some_and(|m| m.form == VerbForm::VerbalNoun)
        && tree.nodes[h].verb.is_some_and(|m| !m.passive);
    if is("g_forecast") && !judged && !(finite && tree.language == Language::Tr) && status != Status::Denied {
        return (matches!(
            status,
            Status::Planned | Status::Hypothetical | Status::Forecast | Status::Happened | Status::Ongoing
        ) && (!finite || status != Status::Happened))
            .then_some(Status::Forecast);
    }
    if finite && status == Status::Happened {
        return None;
    }
    // "told reporters he would support him": a clause with a tense of its own is told, not demanded.
    let told = || {
        let tensed =
            |k: usize| matches!(tree.lower(k), "will" | "would" | "'ll" | "has" | "had" | "have" | "was" | "were" | "is" | "are");
        tree.language == Language::En && rel == Rel::Ccomp && tree.kids_by(below, &[Rel::Aux, Rel::AuxPass, Rel::Cop]).any(tensed)
    };
    if is("g_demand")
        && !told()
        && matches!(
            rel,
            Rel::Obj
                | Rel::Xcomp
                | Rel::Ccomp
                | Rel::Obl
                | Rel::Nmod
                | Rel::NmodPoss
                | Rel::Acl
                | Rel::Advcl
                | Rel::Csubj
                | Rel::NsubjPass
                | Rel::Nsubj
                | Rel::Compound
        )
    {
        // "derinleştirmek istiyoruz": what one wants to do oneself is a plan.
        let own_wish = tree.language == Language::Tr
            && (tree.lower(below).ends_with("mak")
                || tree.lower(below).ends_with("mek")
                || tree.nodes[below].verb.is_some_and(|m| m.form == VerbForm::Converb));
        if own_wish {
            return (!settled).then_some(Status::Planned);
        }
        // The demanding noun or verb itself may be what is coded; only what stands below it is demanded.
        return (!settled || status == Status::Planned).then_some(Status::Demanded);
    }
    if is("g_plan")
        && (clause
            || matches!(rel, Rel::Obj | Rel::Nmod | Rel::NmodPoss | Rel::Obl | Rel::NsubjPass | Rel::Nsubj | Rel::Compound))
    {
        return (!settled).then_some(Status::Planned);
    }
    if is("g_hypothetical") && !settled {
        return Some(Status::Hypothetical);
    }
    if is("g_ongoing") && status == Status::Happened && matches!(rel, Rel::Obj | Rel::Xcomp | Rel::Nsubj | Rel::Obl | Rel::Ccomp)
    {
        return Some(Status::Ongoing);
    }
    // A noun that is an argument shares the mood of its verb: "will hold talks", "görüşme gerçekleştirecek".
    if !clause && tree.is_verbal(h) && matches!(rel, Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Lvc | Rel::Compound) {
        let mut p = Polarity::Positive;
        let above = own(tree, lexicon, h, &mut p);
        if p == Polarity::Negative {
            *polarity = Polarity::Negative;
        }
        return matches!(above, Status::Planned | Status::Hypothetical | Status::Demanded | Status::Denied | Status::Forecast)
            .then_some(above);
    }
    // "will engage in bargaining", "could respond by expelling …": what is not yet done brings nothing about.
    if tree.language == Language::En && clause && !finite && tree.is_verbal(h) && matches!(rel, Rel::Advcl | Rel::Xcomp) {
        let having = tree.kids_by(below, &[Rel::Aux]).next().is_some();
        let mut p = Polarity::Positive;
        let above = own(tree, lexicon, h, &mut p);
        return (!having
            && status == Status::Happened
            && matches!(above, Status::Planned | Status::Hypothetical | Status::Forecast))
        .then_some(above);
    }
    // "el koymaya çalışsalar", "göndermeye başlayacak": an infinitive is done no more than the verb that it completes.
    let infinitive = |w: usize| ["maya", "meye", "mayı", "meyi", "mak", "mek"].iter().any(|e| tree.lower(w).ends_with(e));
    if tree.language == Language::Tr
        && clause
        && h > below
        && tree.is_verbal(h)
        && infinitive(below)
        && status == Status::Happened
    {
        let above = own(tree, lexicon, h, &mut Polarity::Positive);
        return matches!(above, Status::Planned | Status::Hypothetical | Status::Demanded).then_some(above);
    }
    // A non-finite clause shares the mood of a finite verb that only completes it ("imzalayarak … açacak").
    if clause
        && !finite
        && tree.is_verbal(h)
        && matches!(rel, Rel::Advcl | Rel::Xcomp | Rel::Conj)
        && tree.nodes[below].verb.is_some_and(|m| m.form == VerbForm::Converb)
    {
        let mut p = Polarity::Positive;
        let above = own(tree, lexicon, h, &mut p);
        return matches!(above, Status::Planned | Status::Hypothetical | Status::Forecast).then_some(above);
    }
    None
}

/// Background from an earlier time, said so by a word of the clause ("iki yıl önce", "in the 1990s", "previously").
fn is_background(tree: &Tree<'_>, lexicon: &Lexicon, p: usize) -> bool {
    // "daha önce alınan tedbirleri uzattı": in Turkish the next verb is the one that was earlier.
    let of_another = |k: usize| {
        let next = (k + 1..p).find(|&w| tree.nodes[w].verb.is_some() || tree.nodes[w].upos == Upos::Punct);
        tree.language == Language::Tr && next.is_some_and(|w| tree.nodes[w].verb.is_some_and(|m| m.form == VerbForm::Participle))
    };
    tree.kids(p).any(|k| says_long_ago(tree, lexicon, k) && !of_another(k))
}

/// "yıllar önce", "previously"; "iki gün önce", "kısa süre önce" are news still.
fn says_long_ago(tree: &Tree<'_>, lexicon: &Lexicon, w: usize) -> bool {
    let recent = (w.saturating_sub(2)..w).any(|k| tree.is_any(k, lexicon.list("recent_marker")));
    tree.is_any(w, lexicon.list("past_marker")) && !recent
}
