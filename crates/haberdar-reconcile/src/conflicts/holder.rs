//! Persons named as holders of one office: against each other, and against the record.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{DateInterval, MentionKind, PartialDate, reading::OfficeRef, record::OfficeRecord};

use super::{Chapter, Claim, Found, Ledger, conflict, office_record, verdict};
use crate::{
    offices::{Holding, is_single, label, office_ref},
    parties::{Relation, relation},
};

/// A person named as the holder, with all articles that do so.
struct Named {
    name: String,
    entity: Option<String>,
    /// Article and party.
    refs: Vec<(usize, usize)>,
    flagged: bool,
    /// Days on which a flag looked the record up.
    on: Vec<PartialDate>,
}

/// `lent` are persons whom the words of another article put into an office: the office, the article, the party.
pub(super) fn find(
    ledger: &Ledger<'_, '_>,
    chapter: &Chapter<'_>,
    settled: &[OfficeRecord],
    lent: &[(OfficeRef, usize, usize)],
) -> Vec<Found> {
    let mut out = Vec::new();
    for (office, mut named) in named(ledger, chapter, lent) {
        if settled.iter().any(|s| s.office == label(&office)) {
            continue;
        }
        let holdings = ledger.offices.holdings(&office);
        // The reading has checked every person of the tables against the record of the day: where it says nothing though the
        // record has another, the text names a former holder or a candidate by a title.
        let silent = |n: &Named| {
            let known = n.entity.as_deref().is_some_and(|e| ledger.offices.name(e).is_some());
            known && !n.flagged && differs(ledger, &holdings, n) == Some(true)
        };
        named.retain(|n| !silent(n));
        let apart = named.len() > 1 && !one_article_names_two(&named);
        let disputed: Vec<&Named> = named.iter().filter(|n| n.flagged && differs(ledger, &holdings, n).unwrap_or(true)).collect();
        let agree = named.iter().all(|n| differs(ledger, &holdings, n) == Some(false));
        let shown: Vec<&Named> = if apart && !agree { named.iter().collect() } else { disputed };
        if shown.is_empty() {
            continue;
        }
        let values = shown.iter().map(|n| {
            let spans = n.refs.iter().map(|&(d, p)| (d, ledger.docs[d].best_span(p, None)));
            ledger.value(n.name.clone(), n.entity.clone(), spans)
        });
        let mut c = conflict("office_holder", "contradiction", None, chapter.id, &label(&office), values.collect());
        let claims: Vec<Claim<'_>> = shown.iter().map(|n| claim(ledger, n)).collect();
        let on =
            shown.iter().find(|n| differs(ledger, &holdings, n) == Some(true)).or(shown.first()).and_then(|n| day(ledger, n));
        c.record = office_record(&holdings, &office, &claims, on);
        c.verdict = on.and_then(|on| verdict(&holdings, &claims, on));
        if c.verdict.is_some() {
            c.state = "explained".into();
        }
        out.push((c, Vec::new()));
    }
    out
}

/// Who is named as the present holder of each office that only one can hold.
fn named(ledger: &Ledger<'_, '_>, chapter: &Chapter<'_>, lent: &[(OfficeRef, usize, usize)]) -> BTreeMap<OfficeRef, Vec<Named>> {
    let mut out: BTreeMap<OfficeRef, Vec<Named>> = BTreeMap::new();
    for &d in chapter.articles {
        let doc = &ledger.docs[d];
        let mut add = |office: &OfficeRef, p: usize, flag: Option<Option<PartialDate>>| {
            let party = &doc.parties[p];
            let list = out.entry(office.clone()).or_default();
            let same =
                |n: &Named| n.refs.iter().any(|&(x, y)| relation(&ledger.docs[x].parties[y], party) == Some(Relation::Same));
            let i = list.iter().position(same).unwrap_or_else(|| {
                let name = party.entity.as_deref().and_then(|e| ledger.offices.name(e)).unwrap_or_else(|| party.name.clone());
                list.push(Named { name, entity: party.entity.clone(), refs: Vec::new(), flagged: false, on: Vec::new() });
                list.len() - 1
            });
            if !list[i].refs.contains(&(d, p)) {
                list[i].refs.push((d, p));
            }
            list[i].flagged |= flag.is_some();
            list[i].on.extend(flag.flatten());
        };
        for (p, party) in doc.parties.iter().enumerate() {
            if let (MentionKind::Person, false, Some(role)) = (party.kind, party.beside, &party.role)
                && is_single(&role.office)
            {
                add(role, p, None);
            }
        }
        lent.iter().filter(|l| l.1 == d).for_each(|(office, _, p)| add(office, *p, None));
        for f in doc.reading.flags.iter().filter(|f| f.kind == "office_holder" && is_single(&f.office.office)) {
            if let Some(p) = doc.party(&f.mention) {
                let recorded = office_ref(&ledger.offices.recorded_as(&f.office.office), f.office.country);
                add(&recorded, p, Some(f.on));
            }
        }
    }
    out
}

fn one_article_names_two(named: &[Named]) -> bool {
    let mut seen = BTreeSet::new();
    named.iter().any(|n| n.refs.iter().map(|r| r.0).collect::<BTreeSet<_>>().into_iter().any(|d| !seen.insert(d)))
}

/// Whether the record names others on the day of the reports; on no known day, whether it names the person at all.
/// `None` where the record says nothing.
fn differs(ledger: &Ledger<'_, '_>, holdings: &[Holding], n: &Named) -> Option<bool> {
    let c = claim(ledger, n);
    match day(ledger, n) {
        Some(on) => {
            let mut held = holdings.iter().filter(|h| h.covers(on)).peekable();
            held.peek()?;
            Some(!held.any(|h| c.is(h)))
        }
        None if n.flagged && !holdings.is_empty() => Some(!holdings.iter().any(|h| c.is(h))),
        None => None,
    }
}

/// The day for which the record is asked.
fn day(ledger: &Ledger<'_, '_>, n: &Named) -> Option<DateInterval> {
    let published = n.refs.iter().filter_map(|r| ledger.docs[r.0].published).min();
    let day = n.on.iter().copied().min().or(published)?;
    Some(DateInterval { from: Some(day.first()), to: Some(day.last()) })
}

fn claim<'n>(ledger: &Ledger<'_, 'n>, n: &'n Named) -> Claim<'n> {
    let outlets: BTreeSet<&str> = n.refs.iter().map(|r| ledger.docs[r.0].outlet()).collect();
    Claim { name: &n.name, entity: n.entity.as_deref(), outlets: outlets.into_iter().collect() }
}
