//! Different persons in one role of one act.

use haberdar_model::{MentionKind, reading::TextSpan};

use super::{Chapter, Claim, Found, Ledger, conflict, first_published, office_record, verdict};
use crate::{
    merge::{Merged, Variant},
    offices::closed,
};

pub(super) fn find(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for m in chapter.events {
        for slot in m.slots.iter().filter(|s| s.variants.len() > 1) {
            let values: Vec<_> =
                slot.variants.iter().map(|v| ledger.value(v.name.clone(), v.entity.clone(), spans(ledger, m, v))).collect();
            let office = slot.contested_office(ledger.docs);
            let about =
                office.as_ref().map(crate::offices::label).or_else(|| slot.country.map(|c| c.to_string())).unwrap_or_default();
            let mut c = conflict("participant", "contradiction", Some(&m.row.id), chapter.id, &about, values);
            if let Some(office) = &office {
                let holdings = ledger.offices.holdings(office);
                let claims: Vec<Claim<'_>> = slot.variants.iter().map(|v| claim(ledger, v)).collect();
                let articles = slot.variants.iter().flat_map(|v| v.refs.iter().map(|r| r.0));
                let on = closed(m.days()).or_else(|| first_published(ledger.docs, articles));
                c.record = office_record(&holdings, office, &claims, on);
                c.verdict = on.and_then(|on| verdict(&holdings, &claims, on));
                if c.verdict.is_some() {
                    c.state = "explained".into();
                }
            }
            out.push((c, vec![m.row.id.clone()]));
        }
    }
    out
}

fn claim<'v>(ledger: &Ledger<'_, 'v>, v: &'v Variant) -> Claim<'v> {
    let mut outlets: Vec<&str> = v.refs.iter().map(|r| ledger.docs[r.0].outlet()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    Claim { name: &v.name, entity: v.entity.as_deref(), outlets }
}

/// For every article the words that put the person there, from the telling's own sentence where it names him.
fn spans(ledger: &Ledger<'_, '_>, m: &Merged, v: &Variant) -> Vec<(usize, TextSpan)> {
    let mut out: Vec<(usize, TextSpan)> = Vec::new();
    for &(d, p) in &v.refs {
        let doc = &ledger.docs[d];
        if doc.parties[p].kind != MentionKind::Person
            && v.refs.iter().any(|r| ledger.docs[r.0].parties[r.1].kind == MentionKind::Person)
        {
            continue;
        }
        let sentence =
            m.acts.iter().filter(|a| a.doc == d).flat_map(|a| &a.events).map(|&e| doc.reading.events[e].sentence).min();
        if out.last().is_none_or(|o| o.0 != d) {
            out.push((d, doc.best_span(p, sentence)));
        }
    }
    out
}
