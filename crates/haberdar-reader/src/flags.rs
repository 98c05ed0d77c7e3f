//! The office check: does the dated record have the person in the office that the report gives?

use std::collections::BTreeSet;

use haberdar_model::{
    Country, DateInterval, MentionKind, PartialDate,
    reading::{Flag, HolderRecord, OfficeRef},
};
use haberdar_world::{At, World};

use crate::mentions::Draft;

/// Offices of which a state or body has one holder at a time, and the tables nearly all of them.
const CHECKED: &[&str] = &[
    "head_of_state",
    "head_of_government",
    "president",
    "foreign_minister",
    "defence_minister",
    "interior_minister",
    "finance_minister",
    "un_secretary_general",
    "nato_secretary_general",
    "eu_commission_president",
    "eu_council_president",
    "eu_foreign_policy_chief",
];

/// Flags for the mentions of an article published on `published`; `ids` are the mentions' public ids, `current` the mentions
/// that take part in an act of these days.
///
/// Precision before recall: nothing is said without a day, without a recorded holder on it, or for former, acting and
/// designated holders. Who held the office earlier is often named with it when a text looks back, so such a person is
/// flagged only as a participant of a current act.
pub fn check(
    text: &str,
    drafts: &[Draft],
    ids: &[String],
    current: &BTreeSet<usize>,
    published: Option<PartialDate>,
    world: &World,
) -> Vec<Flag> {
    let Some(on) = published else { return Vec::new() };
    let when = DateInterval { from: Some(on.first()), to: Some(on.last()) };
    let mut out: Vec<Flag> = Vec::new();
    for (i, (d, id)) in drafts.iter().zip(ids).enumerate() {
        let (MentionKind::Person, Some(role)) = (d.kind, &d.role) else { continue };
        let (Some(country), None) = (role.country, role.tenure) else { continue };
        // "lider" and "leader" name no office: of a party as well as of a state.
        let title = &text[role.start..role.end];
        if loose(title) || !CHECKED.contains(&role.office.as_str()) || bare_president(title) && !role.of_state {
            continue;
        }
        let earlier = d.entity.as_deref().is_some_and(|e| {
            world
                .holdings_of(e)
                .iter()
                .any(|h| h.country == country && world.office(&role.office).is_some_and(|o| o.record_id() == h.office))
        });
        if earlier && !current.contains(&i) {
            continue;
        }
        if let Some(flag) = differs(d, id, &role.office, country, on, when, world)
            && !out.iter().any(|f| f.office == flag.office && f.claimed == flag.claimed)
        {
            out.push(flag);
        }
    }
    out
}

/// "Başkan", "president": of anything, unless a state stands with it.
fn bare_president(title: &str) -> bool {
    let low = haberdar_lang::casing::fold_tr(title);
    !low.contains("cumhurbaskan") && !low.contains("devlet baskan") && (low.contains("baskan") || low.contains("president"))
}

fn loose(title: &str) -> bool {
    let low = haberdar_lang::casing::fold_tr(title);
    ["lider", "leader", "chief", "elebasi", "genel baskan"].iter().any(|w| low.contains(w))
}

fn differs(
    d: &Draft,
    id: &str,
    office: &str,
    country: Country,
    on: PartialDate,
    when: DateInterval,
    world: &World,
) -> Option<Flag> {
    let claimed = d.entity.as_deref()?;
    let holders = world.holders(office, country, Some(when));
    let certain: Vec<_> = holders.iter().filter(|h| h.at(when) == At::Holder).collect();
    // Somebody must be recorded for the whole day, and the person claimed must not even perhaps be in office.
    let [record] = certain[..] else { return None };
    if holders.iter().any(|h| h.person == claimed) || holders.len() > 1 {
        return None;
    }
    let name = world.person(record.person).map_or(record.person, |p| p.name);
    // A name that no table knows may be another spelling of the holder's.
    if world.person(claimed).is_none() && may_be(world, &d.name, record.person) {
        return None;
    }
    let record = HolderRecord {
        holder: record.person.to_owned(),
        name: name.to_owned(),
        from: record.from,
        to: record.to,
        source: record.source.to_owned(),
        tables: world.version(),
    };
    let since = record.from.map(|f| format!(" since {f}")).unwrap_or_default();
    let until = record.to.map(|t| format!(" until {t}")).unwrap_or_default();
    let office_name = world.office(office).map_or(office, |o| o.name_en);
    let state = world.country(country).map_or(country.to_string(), |c| c.name_en.to_owned());
    let message = format!(
        "differs from the record: on {on} {name} is recorded as {office_name} of {state}{since}{until}, not {} (by: {})",
        d.name, record.source
    );
    Some(Flag {
        kind: "office_holder".to_owned(),
        mention: id.to_owned(),
        office: OfficeRef { office: office.to_owned(), country },
        claimed: Some(claimed.to_owned()),
        on: Some(on),
        record: Some(record),
        message,
    })
}

fn may_be(world: &World, name: &str, person: &str) -> bool {
    world.find_person(name).iter().any(|m| m.person.id == person)
        || world.person(person).is_some_and(|p| {
            let fold = |s: &str| haberdar_lang::casing::fold_tr(s);
            let last = |s: &str| fold(s.split_whitespace().last().unwrap_or_default());
            last(name) == last(p.name)
        })
}
