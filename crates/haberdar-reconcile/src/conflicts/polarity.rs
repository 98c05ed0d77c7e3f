//! An act that one report tells and another denies.

use haberdar_model::{EventType, reading::TextSpan};

use super::{Chapter, Found, Ledger, conflict};
use crate::{acts::alike, doc::Bucket, merge::Merged};

/// CAMEO code of signing an agreement.
pub(super) const SIGN: &str = "057";
/// Likeness of two sentences from which one may deny the other although a side is not named.
const LIKE: f64 = 0.5;

pub(super) fn find(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let bucket = |m: &Merged| m.acts[0].bucket;
    for real in chapter.events.iter().filter(|m| bucket(m) == Bucket::Real && m.row.kind != EventType::Statement) {
        for denied in chapter.events.iter().filter(|m| bucket(m) == Bucket::Denied && m.row.kind == real.row.kind) {
            let mut pairs = real.acts.iter().flat_map(|a| denied.acts.iter().map(move |b| (a, b)));
            let meets = pairs.any(|(a, b)| {
                // Within one article a negated clause is mostly of something else; there the denial has to be somebody's.
                let owned = b.events.iter().any(|&e| ledger.docs[b.doc].reading.events[e].reported_by.is_some());
                let l = (a.doc != b.doc || owned).then(|| alike(ledger.docs, a, b)).flatten();
                l.is_some_and(|l| l.full || l.words.is_some_and(|w| w >= LIKE))
            });
            if !meets {
                continue;
            }
            let owned = |m: &Merged| m.row.reports.iter().any(|r| r.reported_by.is_some());
            let relation = if owned(real) || owned(denied) { "attribution" } else { "contradiction" };
            let signing = [real, denied].iter().any(|m| m.row.cameo.as_deref() == Some(SIGN));
            let (slot, yes, no) = values(signing);
            let values =
                vec![ledger.value(yes.into(), None, spans(ledger, real)), ledger.value(no.into(), None, spans(ledger, denied))];
            let ids = vec![real.row.id.clone(), denied.row.id.clone()];
            out.push((conflict(slot, relation, Some(&real.row.id), chapter.id, &denied.row.id, values), ids));
        }
    }
    out
}

/// The slot, and how it is told that the act took place and that it did not.
pub(super) fn values(signing: bool) -> (&'static str, &'static str, &'static str) {
    if signing { ("signed", "signed", "not signed") } else { ("polarity", "happened", "denied") }
}

/// The triggers of an act, the first of every article.
fn spans(ledger: &Ledger<'_, '_>, m: &Merged) -> Vec<(usize, TextSpan)> {
    m.acts
        .iter()
        .filter_map(|a| {
            let events = a.events.iter().map(|&e| &ledger.docs[a.doc].reading.events[e]);
            events.min_by_key(|e| e.trigger.span).map(|e| (a.doc, e.trigger.clone()))
        })
        .collect()
}
