//! One word as a node: small tags from the tagger's features, corrected by the tables and the suffixes.

use haberdar_lang::{Upos, Word, casing};
use haberdar_model::Language;
use smallvec::SmallVec;

use super::{Case, Node, Rel};
use crate::{
    lexicon::{Lexicon, classes::Classes, pattern::LemmaId},
    turkish::{self, Morph, Tense, VerbForm},
};

/// The node of an analysed word; `lower` is its lower-cased form.
pub(super) fn node(w: &Word<'_>, lower: &str, language: Language, lexicon: &Lexicon) -> Node {
    let f = w.feats;
    let case = match f.get("Case") {
        Some("Nom") => Case::Nom,
        Some("Acc") => Case::Acc,
        Some("Dat") => Case::Dat,
        Some("Loc") => Case::Loc,
        Some("Abl") => Case::Abl,
        Some("Ins") => Case::Ins,
        Some("Gen") => Case::Gen,
        _ if language == Language::Tr && matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num) => Case::Nom,
        _ => Case::None,
    };
    let mut node = Node {
        start: w.start as usize,
        end: w.end as usize,
        part: w.part,
        upos: w.upos,
        rel: Rel::parse(w.deprel.as_str()),
        head: w.head.map(|h| h as usize),
        case,
        lemmas: SmallVec::new(),
        verb: None,
        verb_lemma: None,
        capital: w.form.chars().next().is_some_and(char::is_uppercase),
        plural: f.is("Number", "Plur"),
        possessed: f.is("Person[psor]", "3"),
        maybe_possessed: false,
        maybe_acc: false,
        lexical_noun: false,
        as_noun: false,
        classes: Classes::default(),
    };
    if let Some(id) = lexicon.names.lemmas.get(&w.lemma) {
        node.lemmas.push(id);
    }
    match language {
        Language::En => english(&mut node, w, lower, lexicon),
        Language::Tr => turkish_node(&mut node, w, lower, lexicon),
    }
    node
}

fn english(node: &mut Node, w: &Word<'_>, lower: &str, lexicon: &Lexicon) {
    // The lemma of a capitalised common noun ("Army") may keep its capital; tables may have either ("FBI", "fbi").
    if node.lemmas.is_empty() || w.lemma.contains(char::is_uppercase) {
        let low = casing::lower(&w.lemma, Language::En);
        let id = lexicon.names.lemmas.get(&low).or_else(|| lexicon.names.lemmas.get(lower));
        node.lemmas.extend(id.filter(|id| !node.lemmas.contains(id)));
    }
    // The lemmatiser leaves some plurals as they are ("troops"), which a table may name as they stand.
    if matches!(w.upos, Upos::Noun | Upos::Propn)
        && *w.lemma == *lower
        && let Some(&id) = lexicon.plurals.get(lower)
        && !node.lemmas.contains(&id)
    {
        node.lemmas.push(id);
    }
    if !matches!(w.upos, Upos::Verb | Upos::Aux) {
        return;
    }
    // The tables know the forms of their verbs better than the lemmatiser does.
    if w.upos == Upos::Verb
        && let Some(&id) = lexicon.forms.get(lower)
        && !node.lemmas.contains(&id)
    {
        node.lemmas.insert(0, id);
    }
    let f = w.feats;
    let form = match f.get("VerbForm") {
        Some("Part") => VerbForm::Participle,
        Some("Ger" | "Inf") => VerbForm::VerbalNoun,
        _ => VerbForm::Finite,
    };
    let passive = f.is("Voice", "Pass");
    node.verb = Some(Morph {
        form,
        tense: match f.get("Tense") {
            Some("Past") => Tense::Past,
            Some("Pres") => Tense::Aorist,
            _ if f.is("Mood", "Imp") => Tense::Imperative,
            _ => Tense::None,
        },
        negative: false,
        passive,
        causative: false,
        potential: false,
        conditional: false,
        past_copula: false,
        first_person: false,
        subject_participle: form == VerbForm::Participle && !passive && !f.is("Tense", "Past"),
    });
    node.verb_lemma = node.lemmas.first().copied();
}

/// The case that a suffix behind an apostrophe says; more certain than any tagger.
fn suffix_case(suffix: &str) -> Option<Case> {
    // The possessive of a title ("Dışişleri Bakanı'nın") adds an n, plural and possessive come first.
    let s = suffix.strip_prefix("lar").or_else(|| suffix.strip_prefix("ler")).unwrap_or(suffix);
    Some(match s {
        "nın" | "nin" | "nun" | "nün" | "ın" | "in" | "un" | "ün" => Case::Gen,
        "a" | "e" | "ya" | "ye" | "na" | "ne" => Case::Dat,
        "ı" | "i" | "u" | "ü" | "yı" | "yi" | "yu" | "yü" | "nı" | "ni" | "nu" | "nü" => Case::Acc,
        "da" | "de" | "ta" | "te" | "nda" | "nde" | "daki" | "deki" | "taki" | "teki" | "ndaki" | "ndeki" => Case::Loc,
        "dan" | "den" | "tan" | "ten" | "ndan" | "nden" => Case::Abl,
        "la" | "le" | "yla" | "yle" => Case::Ins,
        _ => return None,
    })
}

fn turkish_node(node: &mut Node, w: &Word<'_>, lower: &str, lexicon: &Lexicon) {
    let (stem, suffix) = match lower.find(['\'', '’', 'ʼ', '`']) {
        Some(at) => {
            let suffix = lower[at..].trim_start_matches(['\'', '’', 'ʼ', '`']);
            if let Some(case) =
                suffix_case(suffix).filter(|_| node.capital || at > 1 || lower.starts_with(|c: char| c.is_ascii_digit()))
            {
                node.case = case;
            }
            (&lower[..at], suffix)
        }
        None => (lower, ""),
    };
    let mut found = SmallVec::new();
    let numeric = lower.starts_with(|c: char| c.is_ascii_digit());
    if !numeric && !matches!(w.upos, Upos::Punct | Upos::Sym) {
        lexicon.stems.readings(stem, &mut found);
    }
    // "Bakanı'na": the tagger leaves the possessive in front of an apostrophe to the lemma.
    let is_lemma = |noun: &str| {
        w.lemma.strip_prefix(noun).is_some_and(|e| matches!(e, "" | "ı" | "i" | "u" | "ü" | "sı" | "si" | "su" | "sü"))
    };
    let vowel_stem = found.iter().any(|r| r.verb.is_some());
    // "yaptırım" is the noun of the tables, not a form of "yap"; "gelecek" is a verb where the tagger says so.
    let exact = found.iter().any(|r| r.verb.is_none() && lexicon.names.lemmas.name(r.lemma) == stem);
    for r in &found {
        // Nobody speaks of himself in the words of the tables' nouns ("yaptırım", "açılım").
        let of_myself = r.verb.is_some_and(|m| m.is_finite() && m.first_person);
        let said_to_be = w.upos == Upos::Verb && *w.lemma == *lexicon.names.lemmas.name(r.lemma) && !of_myself;
        if r.verb.is_some() && exact && !said_to_be && lexicon.names.lemmas.name(r.lemma) != stem {
            continue;
        }
        let noun_too = found.iter().any(|x| x.verb.is_none());
        // "alarma" is no form of "al": a noun that the tagger names and that no verb of the form gave is the noun.
        let other_noun = r.verb.is_some()
            && w.upos == Upos::Noun
            && found.iter().any(|x| {
                let (noun, verb) = (lexicon.names.lemmas.name(x.lemma), lexicon.names.lemmas.name(r.lemma));
                x.verb.is_none() && is_lemma(noun) && !is_derived(noun, verb)
            });
        if other_noun {
            continue;
        }
        let accept = match r.verb {
            None => true,
            // "dile (getirdi)": a bare stem that is also a cased noun is the noun.
            Some(m) if m.is_finite() && m.tense == Tense::Imperative && noun_too => false,
            // "saldırıdan" is no causative of "saldır".
            Some(m) if m.causative && noun_too && w.upos == Upos::Noun => false,
            Some(m) => match w.upos {
                Upos::Verb | Upos::Aux => true,
                Upos::Propn => false,
                // Bare imperatives of nouns ("saldır", "kabul") are too rare to believe against the tagger.
                _ => {
                    m.form != VerbForm::Finite
                        || m.tense == Tense::Past
                        || m.tense == Tense::Progressive
                        || m.tense == Tense::Future
                }
            },
        };
        if !accept {
            continue;
        }
        if let Some(m) = r.verb
            && node.verb.is_none()
        {
            node.verb = Some(m);
            node.verb_lemma = Some(r.lemma);
        }
        if !node.lemmas.contains(&r.lemma) {
            node.lemmas.push(r.lemma);
        }
    }
    // "sürüyor" is of "sür" as well as of "sürü": the tagger knows which.
    if w.upos == Upos::Verb
        && node.verb.is_some_and(|m| m.tense == Tense::Progressive)
        && let Some(id) = lexicon.names.lemmas.get(&w.lemma)
        && node.verb_lemma.is_some_and(|l| {
            lexicon.names.lemmas.name(l).strip_prefix(&*w.lemma).is_some_and(|v| matches!(v, "ı" | "i" | "u" | "ü"))
        })
    {
        node.verb_lemma = Some(id);
    }
    let noun_reading = found.iter().any(|r| r.verb.is_none());
    // The case of a noun of the tables is what follows its stem; -I alone may be a possessive too.
    if let Some(r) =
        found.iter().filter(|r| r.verb.is_none() && !node.capital).max_by_key(|r| lexicon.names.lemmas.name(r.lemma).len())
        && node.verb.is_none()
    {
        let rest = stem.get(lexicon.names.lemmas.name(r.lemma).len()..).unwrap_or_default();
        if let Some(case) = suffix_case(rest).filter(|c| matches!(c, Case::Dat | Case::Loc | Case::Abl | Case::Ins)) {
            node.case = case;
        }
    }
    if let Some(m) = node.verb.filter(|m| m.form == VerbForm::VerbalNoun) {
        let stem_length = |l: LemmaId| lexicon.names.lemmas.name(l).len();
        let verb_stem = node.verb_lemma.map_or(0, stem_length);
        node.lexical_noun =
            m.form == VerbForm::VerbalNoun && found.iter().any(|r| r.verb.is_none() && stem_length(r.lemma) > verb_stem + 1);
    }
    // "evini" is an accusative, whosever house it is; "grevi" can be one.
    let capital = node.capital;
    let behind_stem = |ending: fn(&str) -> bool| {
        let own = found.iter().filter(|r| r.verb.is_none()).map(|r| lexicon.names.lemmas.name(r.lemma));
        // An accusative of the name of a body stands behind an apostrophe ("Bakanlığı'nı").
        let behind = |l: &str| if capital { stem.strip_prefix(l).filter(|e| !e.is_empty()) } else { behind_lemma(stem, l) };
        own.chain([&*w.lemma]).any(|l| behind(l).is_some_and(ending))
    };
    let noun = node.case == Case::Nom && matches!(w.upos, Upos::Noun | Upos::Propn);
    if noun
        && behind_stem(|e| matches!(e, "ını" | "ini" | "unu" | "ünü" | "sını" | "sini" | "sunu" | "sünü" | "larını" | "lerini"))
    {
        node.case = Case::Acc;
    } else {
        // "temsilcisi" is no accusative: that is "temsilciyi".
        node.maybe_acc = noun && behind_stem(|e| e.ends_with(['ı', 'i', 'u', 'ü']) && !matches!(e, "sı" | "si" | "su" | "sü"));
    }
    // "üç askeri eleştirdi": who is counted is a noun in the accusative, not the adjective.
    if w.upos == Upos::Adj
        && matches!(node.rel, Rel::Obj | Rel::Nsubj)
        && let Some(id) = stem.strip_suffix(['ı', 'i', 'u', 'ü']).and_then(|l| lexicon.names.lemmas.get(l))
        && lexicon.actors.contains_key(&id)
    {
        (node.upos, node.case, node.maybe_acc) = (Upos::Noun, Case::Nom, true);
        node.lemmas.insert(0, id);
    }
    if matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Adj) && node.verb.is_none() {
        let own = found.iter().filter(|r| r.verb.is_none()).map(|r| lexicon.names.lemmas.name(r.lemma));
        match own.chain([&*w.lemma]).filter_map(|l| possessive(stem, l)).max() {
            Some(Possessive::Certain) => node.possessed = true,
            Some(Possessive::Possible) => node.maybe_possessed = !matches!(node.case, Case::Acc),
            None => {}
        }
    }
    // "Hamas'ı"
    if !stem.ends_with(['ı', 'i', 'u', 'ü']) && matches!(suffix, "ı" | "i" | "u" | "ü" | "yı" | "yi" | "yu" | "yü") {
        node.possessed = false;
    }
    // People in the accusative are nobody's but in -nI: "köylüleri", "köylülerini".
    let people = node.plural && lexicon.acting(&node.lemmas).next().is_some();
    node.possessed &= !(people && node.case == Case::Acc) || turkish::has_owned_accusative(lower);
    if node.verb.is_none() && matches!(w.upos, Upos::Verb) && !noun_reading {
        node.verb = Some(morph_of_feats(w));
    } else if let (Some(m), true) = (&mut node.verb, vowel_stem) {
        let f = w.feats;
        // -AcAK and -mIş before a noun are participles, and the tagger sees the noun.
        if m.form == VerbForm::Finite
            && matches!(m.tense, Tense::Future | Tense::Evidential)
            && f.get("VerbForm") == Some("Part")
            && matches!(node.rel, Rel::Acl | Rel::Amod)
        {
            m.form = VerbForm::Participle;
            m.subject_participle = true;
        }
    }
}

/// What a form says of a third-person possessive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Possessive {
    /// "askeri", "güçleri": or an accusative.
    Possible,
    /// "elçiliğine", "yönetimini", "ordusu".
    Certain,
}

/// What follows the lemma in a form, whose last sound may have softened ("yönetmeliği").
fn behind_lemma<'f>(form: &'f str, lemma: &str) -> Option<&'f str> {
    form.strip_prefix(lemma).or_else(|| {
        let last = lemma.chars().next_back()?;
        let soft: &[char] = match last {
            'k' => &['ğ', 'g'],
            'p' => &['b'],
            'ç' => &['c'],
            't' => &['d'],
            'g' => &['ğ'],
            _ => return None,
        };
        form.strip_prefix(&lemma[..lemma.len() - last.len_utf8()])?.strip_prefix(soft)
    })
}

/// Whether a form of the noun has the possessive suffix of the third person.
fn possessive(form: &str, lemma: &str) -> Option<Possessive> {
    const CASES: &[&str] = &[
        "na", "ne", "nı", "ni", "nu", "nü", "nda", "nde", "ndan", "nden", "nın", "nin", "nun", "nün", "yla", "yle", "nca", "nce",
    ];
    let rest = behind_lemma(form, lemma)?;
    let after_plural = rest.strip_prefix("lar").or_else(|| rest.strip_prefix("ler"));
    let rest = after_plural.unwrap_or(rest);
    let buffer = after_plural.is_none() && rest.starts_with('s');
    let vowel = rest.strip_prefix('s').filter(|_| buffer).unwrap_or(rest);
    let case = vowel.strip_prefix(['ı', 'i', 'u', 'ü'])?;
    match case {
        "" if buffer => Some(Possessive::Certain),
        "" => Some(Possessive::Possible),
        _ if CASES.contains(&case) => Some(Possessive::Certain),
        _ => None,
    }
}

/// A verbal noun by its ending ("görüş": "görüşme"; "sat": "satış"; "bas": "baskı").
fn is_derived(noun: &str, verb: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ma", "me", "ış", "iş", "uş", "üş", "yış", "yiş", "yuş", "yüş", "ım", "im", "um", "üm", "ı", "i", "u", "ü", "gı", "gi",
        "gu", "gü", "kı", "ki", "ku", "kü", "ak", "ek", "ık", "ik", "uk", "ük", "ç", "ıntı", "inti", "untu", "üntü", "",
    ];
    noun.strip_prefix(verb).is_some_and(|e| ENDINGS.contains(&e))
}

fn morph_of_feats(w: &Word<'_>) -> Morph {
    let f = w.feats;
    let mood = f.get("Mood").unwrap_or_default();
    let form = match f.get("VerbForm") {
        Some("Part") if w.deprel.as_str() != "root" => VerbForm::Participle,
        Some("Vnoun") => VerbForm::VerbalNoun,
        Some("Conv") => VerbForm::Converb,
        _ => VerbForm::Finite,
    };
    let tense = match (f.get("Tense"), f.get("Aspect"), f.get("Evident")) {
        _ if mood.contains("Nec") => Tense::Necessity,
        _ if mood.contains("Cnd") || mood.contains("Des") => Tense::Conditional,
        (Some("Fut"), _, _) => Tense::Future,
        (_, Some("Prog"), _) => Tense::Progressive,
        (_, Some("Hab"), _) => Tense::Aorist,
        (_, _, Some("Nfh")) => Tense::Evidential,
        (Some("Past"), _, _) => Tense::Past,
        _ if mood.contains("Imp") || mood.contains("Opt") => Tense::Imperative,
        _ => Tense::None,
    };
    Morph {
        form,
        tense,
        negative: f.is("Polarity", "Neg"),
        passive: f.is("Voice", "Pass"),
        causative: f.is("Voice", "Cau"),
        potential: mood.contains("Pot"),
        conditional: mood.contains("Cnd"),
        past_copula: false,
        first_person: f.is("Person", "1"),
        subject_participle: form == VerbForm::Participle && f.get("Person[psor]").is_none() && f.get("Number[psor]").is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives_by_form() {
        use Possessive::*;
        for (form, lemma, expected) in [
            ("büyükelçiliğine", "büyükelçilik", Some(Certain)),
            ("ordusu", "ordu", Some(Certain)),
            ("askeri", "asker", Some(Possible)),
            ("güçleri", "güç", Some(Possible)),
            ("güçlerini", "güç", Some(Certain)),
            ("ülkenin", "ülke", None),
            ("askerlere", "asker", None),
            ("hükümetin", "hükümet", None),
        ] {
            assert_eq!(possessive(form, lemma), expected, "{form}");
        }
    }
}
