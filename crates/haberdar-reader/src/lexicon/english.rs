//! Inflected English forms of the tables' lemmas: a lemmatiser may invent a stem for a rare word, the tables cannot.

use rustc_hash::{FxHashMap, FxHashSet};

use super::pattern::{LemmaId, Lemmas};

/// Plural to lemma, for all words that may be nouns.
pub(super) fn plurals(lemmas: &Lemmas) -> FxHashMap<Box<str>, LemmaId> {
    let mut out = FxHashMap::default();
    for (id, lemma) in lemmas.iter().filter(|(_, l)| l.len() > 2) {
        // The third person of a verb and the plural of a noun are spelt alike.
        if let Some(plural) = inflect(lemma).into_iter().next() {
            out.entry(plural.into_boxed_str()).or_insert(id);
        }
    }
    out
}

/// Form to lemma, for the verbs; `irregular` is the content of `irregular.tsv`.
pub(super) fn forms(lemmas: &Lemmas, verbs: &FxHashSet<LemmaId>, irregular: &str) -> FxHashMap<Box<str>, LemmaId> {
    let mut out = FxHashMap::default();
    for (lemma, forms) in irregular.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
        if let Some(id) = lemmas.get(lemma).filter(|id| verbs.contains(id)) {
            out.extend(
                forms.split('|').filter(|f| lemmas.get(f).is_none_or(|l| !verbs.contains(&l))).map(|f| (Box::from(f), id)),
            );
        }
    }
    for (id, lemma) in lemmas.iter().filter(|(id, l)| verbs.contains(id) && l.len() > 2) {
        for form in inflect(lemma) {
            // A form that is itself a lemma ("wound") keeps its own meaning.
            if lemmas.get(&form).is_none_or(|l| !verbs.contains(&l)) {
                out.entry(form.into_boxed_str()).or_insert(id);
            }
        }
    }
    out
}

fn inflect(v: &str) -> Vec<String> {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut cs = v.chars().rev();
    let (last, before, third) = (cs.next().unwrap_or(' '), cs.next().unwrap_or(' '), cs.next().unwrap_or(' '));
    if last == 'e' {
        let stem = &v[..v.len() - 1];
        return vec![format!("{v}s"), format!("{v}d"), format!("{stem}ing")];
    }
    if last == 'y' && !vowel(before) {
        let stem = &v[..v.len() - 1];
        return vec![format!("{stem}ies"), format!("{stem}ied"), format!("{v}ing")];
    }
    let s = if matches!(last, 's' | 'x' | 'z') || v.ends_with("ch") || v.ends_with("sh") { "es" } else { "s" };
    let mut out = vec![format!("{v}{s}"), format!("{v}ed"), format!("{v}ing")];
    if !vowel(last) && !matches!(last, 'w' | 'x' | 'y') && vowel(before) && !vowel(third) {
        out.extend([format!("{v}{last}ed"), format!("{v}{last}ing")]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::inflect;

    #[test]
    fn regular_forms() {
        assert!(inflect("rebuke").contains(&"rebuked".to_owned()));
        assert!(inflect("bar").contains(&"barred".to_owned()));
        assert!(inflect("deny").contains(&"denies".to_owned()));
        assert!(inflect("clash").contains(&"clashes".to_owned()));
    }
}
