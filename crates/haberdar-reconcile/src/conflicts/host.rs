//! Who hosted a visit: reports that turn host and guest around.

use std::collections::BTreeMap;

use haberdar_model::{Country, EventType, reading::TextSpan};

use super::{Chapter, Found, Ledger, conflict};
use crate::doc::Act;

/// CAMEO codes of a visit by its guest and by its host.
const MAKE_A_VISIT: &str = "042";
const HOST_A_VISIT: &str = "043";

pub(super) fn find(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    for m in chapter.events.iter().filter(|m| m.row.kind == EventType::Consult) {
        let mut values: BTreeMap<Country, Vec<(usize, TextSpan)>> = BTreeMap::new();
        for a in &m.acts {
            if let Some((country, party)) = host(ledger, a) {
                let doc = &ledger.docs[a.doc];
                let sentence = a.events.iter().map(|&e| doc.reading.events[e].sentence).min();
                values.entry(country).or_default().push((a.doc, doc.best_span(party, sentence)));
            }
        }
        if values.len() > 1 {
            let rows = values.into_iter().map(|(c, held)| ledger.value(c.to_string(), None, held)).collect();
            out.push((conflict("host", "contradiction", Some(&m.row.id), chapter.id, "", rows), vec![m.row.id.clone()]));
        }
    }
    out
}

/// The state that hosts, and the party that stands for it; `None` where an article does not say, or tells of visits both ways.
fn host(ledger: &Ledger<'_, '_>, act: &Act) -> Option<(Country, usize)> {
    let doc = &ledger.docs[act.doc];
    let mut found: BTreeMap<Country, usize> = BTreeMap::new();
    for &e in &act.events {
        let event = &doc.reading.events[e];
        let (hosts, guests) = match event.cameo.as_deref() {
            Some(MAKE_A_VISIT) => (&event.recipient, &event.actor),
            Some(HOST_A_VISIT) => (&event.actor, &event.recipient),
            _ => continue,
        };
        let country = |m: &String| doc.party(m).and_then(|p| Some((doc.parties[p].country?, p)));
        let guests: Vec<Country> = guests.iter().filter_map(country).map(|g| g.0).collect();
        if guests.is_empty() {
            continue;
        }
        found.extend(hosts.iter().filter_map(country).filter(|h| !guests.contains(&h.0)));
    }
    if found.len() == 1 { found.into_iter().next() } else { None }
}
