//! The office check: does the dated record have the person in the office that the report gives?

use std::collections::BTreeSet;

use haberdar_model::{
    Country, DateInterval, MentionKind, PartialDate,
    reading::{Flag, HolderRecord, OfficeRef},
};
use haberdar_world::{At, Holding, Office, World};

use crate::mentions::{Draft, Owner};

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

/// What the check knows of an article besides its mentions.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The text.
    pub text: &'a str,
    /// Mentions that take part in an act of these days.
    pub current: &'a BTreeSet<usize>,
    /// Sentences that tell of an earlier time.
    pub past: &'a BTreeSet<usize>,
    /// Bytes of the quotations in marks.
    pub quoted: &'a [(usize, usize)],
    /// Day of publication.
    pub published: Option<PartialDate>,
}

/// Flags for the mentions of an article; `ids` are their public ids.
///
/// Precision before recall: nothing is said without a day, without a recorded holder on it, for the offices of bodies and of
/// parts of a state, or for former, acting, designated and deputy holders, whichever mention of the person says so. A text
/// that looks back names those of its time, with their titles: whoever held the office earlier is flagged only as a
/// participant of a current act that nobody quotes; somebody who is not in the tables only outside of sentences about earlier
/// times, and where the title stands with its state (each state of the USA has a Secretary of State).
pub fn check(scope: Scope<'_>, drafts: &[Draft], ids: &[String], world: &World) -> Vec<Flag> {
    let Some(on) = scope.published else { return Vec::new() };
    let when = DateInterval { from: Some(on.first()), to: Some(on.last()) };
    let mut out: Vec<Flag> = Vec::new();
    for (i, (d, id)) in drafts.iter().zip(ids).enumerate() {
        let (MentionKind::Person, Some(role)) = (d.kind, &d.role) else { continue };
        let (Some(country), Some(entity)) = (role.country, d.entity.as_deref()) else { continue };
        // "lider" and "leader" name no office: of a party as well as of a state.
        let title = &scope.text[role.start..role.end];
        let office = world.office(&role.office);
        let of_body = office.is_some_and(|o| o.body.is_some());
        let of_other = match role.owner {
            Owner::State => false,
            Owner::Body => !of_body,
            Owner::Part => true,
            Owner::Unsaid => bare_president(title),
        };
        if loose(title) || !CHECKED.contains(&role.office.as_str()) || of_other || not_in_office(drafts, entity) {
            continue;
        }
        let held = |h: &&Holding| h.country == country && office.is_some_and(|o| o.record_id() == h.office);
        let current = scope.current.contains(&i);
        let quoted = scope.quoted.iter().any(|&(a, b)| a <= d.start && d.end <= b);
        let fits = match world.person(entity) {
            Some(_) if !world.holdings_of(entity).iter().any(held) => true,
            Some(_) => current && !quoted,
            None => {
                let stated = role.owner == Owner::State || of_body || office.is_some_and(|o| names_state(o, title));
                stated && (current || !quoted && !scope.past.contains(&d.sentence)) && whole_word(scope.text, d)
            }
        };
        if fits
            && let Some(flag) = differs(d, id, &role.office, country, on, when, world)
            && !out.iter().any(|f| f.office == flag.office && f.claimed == flag.claimed)
        {
            out.push(flag);
        }
    }
    out
}

/// True where the article says anywhere that the person held the office earlier, will hold it, stands in or is a deputy, or
/// that the office is that of a part of the state.
fn not_in_office(drafts: &[Draft], entity: &str) -> bool {
    let same = drafts.iter().filter(|d| d.entity.as_deref() == Some(entity));
    same.filter_map(|d| d.role.as_ref()).any(|r| r.tenure.is_some() || r.owner == Owner::Part)
}

/// "US Secretary of State": a title that another one of the same state is the end of.
fn names_state(office: &Office, title: &str) -> bool {
    let own = office.local.iter().filter(|(_, t)| title.eq_ignore_ascii_case(t));
    own.into_iter().any(|&(c, t)| {
        office.local.iter().any(|&(other, short)| other == c && t.strip_suffix(short).is_some_and(|rest| rest.ends_with(' ')))
    })
}

/// False for a name that a sign is glued to: a text in a wrong encoding cuts "François" into "FranÃ" and "§ois".
fn whole_word(text: &str, d: &Draft) -> bool {
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_ascii_punctuation() && !"’ʼ‘“”«»–—…".contains(c);
    !d.name.chars().any(sign) && !text[d.end..].chars().next().is_some_and(sign)
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
