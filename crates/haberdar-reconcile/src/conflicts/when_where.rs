//! Days and places of one act that differ.

use std::collections::BTreeMap;

use haberdar_model::{DateBasis, DateInterval, reading::TextSpan};

use super::{Chapter, Found, Ledger, conflict, days_text};
use crate::{acts::place_relation, doc::Act};

/// Reports that put one act on different days.
pub(super) fn dates(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for m in chapter.events {
        let told: Vec<(&Act, DateInterval)> = m
            .acts
            .iter()
            .filter(|a| matches!(a.basis, DateBasis::Explicit | DateBasis::Relative) && !a.days.is_open())
            .map(|a| (a, a.days))
            .collect();
        // "today" in a text that another outlet prints a day later is the same word: they do not disagree.
        let reprinted = |a: &Act, b: &Act| {
            let relative = a.basis == DateBasis::Relative && b.basis == DateBasis::Relative;
            relative && date_span(ledger, a).text.to_lowercase() == date_span(ledger, b).text.to_lowercase()
        };
        let apart = |a: &Act, d: DateInterval| told.iter().any(|(b, e)| b.doc != a.doc && !d.meets(*e) && !reprinted(a, b));
        let mut values: BTreeMap<String, Vec<(usize, TextSpan)>> = BTreeMap::new();
        for &(a, d) in told.iter().filter(|(a, d)| apart(a, *d)) {
            values.entry(days_text(d)).or_default().push((a.doc, date_span(ledger, a)));
        }
        if values.len() > 1 {
            let rows = values.into_iter().map(|(v, held)| ledger.value(v, None, held)).collect();
            out.push((conflict("date", "contradiction", Some(&m.row.id), chapter.id, "", rows), vec![m.row.id.clone()]));
        }
    }
    out
}

/// The expression that dates the act, else its trigger.
fn date_span(ledger: &Ledger<'_, '_>, a: &Act) -> TextSpan {
    let events = || a.events.iter().map(|&e| &ledger.docs[a.doc].reading.events[e]);
    let dated = events().find(|e| e.date.basis == a.basis && e.date.start == a.days.from && e.date.end == a.days.to);
    let span = dated.and_then(|e| e.date.span.clone());
    span.or_else(|| events().next().map(|e| e.trigger.clone())).unwrap_or_default()
}

/// Reports that put one act in different places.
pub(super) fn places(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for m in chapter.events {
        let mut values: BTreeMap<String, Vec<(usize, TextSpan)>> = BTreeMap::new();
        for a in &m.acts {
            let doc = &ledger.docs[a.doc];
            let apart = |b: &&Act| b.doc != a.doc && place_relation(doc, a, &ledger.docs[b.doc], b) == Some(false);
            if m.acts.iter().find(apart).is_some() {
                for &p in &a.places {
                    values.entry(doc.parties[p].name.clone()).or_default().push((a.doc, doc.best_span(p, None)));
                }
            }
        }
        if values.len() > 1 {
            let rows = values.into_iter().map(|(v, held)| ledger.value(v, None, held)).collect();
            out.push((conflict("place", "contradiction", Some(&m.row.id), chapter.id, "", rows), vec![m.row.id.clone()]));
        }
    }
    out
}
