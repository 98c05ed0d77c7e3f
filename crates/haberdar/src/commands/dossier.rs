//! `haberdar dossier`: a page on two states, an actor, a story or an office.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use haberdar_dossier::{Dossier, HolderRow, Quotation, Subject, page};
use haberdar_model::{
    Country, PartialDate,
    record::{Conflict, MergedEvent, Story},
};
use haberdar_reconcile::{self as reconcile, Period, Ties, commitments};
use haberdar_store::{Filter, Pair, QuoteRow, Store};

use super::{export::write_whole, query::open};
use crate::{cli::DossierArgs, engine};

pub(crate) fn run(args: &DossierArgs) -> Result<bool> {
    let store = open(&args.store)?;
    let dossier = gather(&store, args)?;
    if dossier.events.is_empty() && dossier.quotes.is_empty() {
        bail!("the record has no event and no quotation for it; `haberdar events` and `haberdar stories` list what there is");
    }
    let html = page(&dossier, engine::world()?, args.lang);
    write_whole(&args.output, |out| Ok(out.write_all(html.as_bytes())?))?;
    Ok(true)
}

/// Everything that the page is to show.
fn gather(store: &Store, args: &DossierArgs) -> Result<Dossier> {
    let world = engine::world()?;
    let filter = args.filters.filter();
    let on = args.on.map_or_else(|| jiff::Zoned::now().date(), PartialDate::last);
    let (subject, events, mut quotes, mut conflicts);
    let mut holders = Vec::new();
    match (&args.who[..], &args.about_story, &args.office) {
        ([a, b], ..) => {
            let code = |s: &String| s.parse::<Country>().map_err(|e| anyhow::anyhow!("{e}"));
            let (a, b) = (code(a)?, code(b)?);
            if a == b {
                bail!("{a} twice: a dyad has two sides; name another state");
            }
            let of = Filter { dyad: pair(a, b), ..Filter::default() };
            subject = Subject::Dyad(a, b);
            events = events_of(store, of.clone(), &filter)?;
            conflicts = conflicts_of(store, of, &filter)?;
            quotes = quotes_of(store, &filter, &[a.to_string(), b.to_string()], Some(&events))?;
        }
        ([who], ..) => {
            let acts = Filter { actor: Some(who.clone()), ..Filter::default() };
            let suffers = Filter { recipient: Some(who.clone()), ..Filter::default() };
            events = union(events_of(store, acts.clone(), &filter)?, events_of(store, suffers, &filter)?);
            conflicts = conflicts_of(store, acts, &filter)?;
            subject = Subject::Actor(name_of(who, &events, args));
            quotes = quotes_of(store, &filter, std::slice::from_ref(who), None)?;
        }
        (_, Some(id), _) => {
            let found = store.stories(&Filter { story: Some(id.clone()), ..Filter::default() })?;
            let [story] = &found[..] else {
                bail!("{id}: {} stories have an id that begins so; `haberdar stories` lists them", found.len());
            };
            let of = Filter { story: Some(story.id.clone()), ..Filter::default() };
            subject = Subject::Story(story.title.clone());
            events = events_of(store, of.clone(), &filter)?;
            conflicts = conflicts_of(store, of.clone(), &filter)?;
            quotes = said(store, of, &filter)?;
        }
        (_, _, Some(office)) => {
            let answer = world.who(office, None);
            let (Some(row), Some(country)) = (answer.office, answer.country) else {
                bail!(
                    "{office:?} names no office of a state; write for example \"Kuzey Kore Dışişleri Bakanı\", or \"foreign minister of North Korea\""
                );
            };
            holders = answer
                .rows
                .iter()
                .map(|r| HolderRow {
                    name: r.person.name.to_owned(),
                    from: r.holding.from,
                    to: r.holding.to,
                    source: r.holding.source.to_owned(),
                })
                .collect();
            let of = |p: &haberdar_model::record::Party| p.office.as_deref() == Some(row.id) && p.country == Some(country);
            let all = union(
                events_of(store, Filter { actor: Some(country.to_string()), ..Filter::default() }, &filter)?,
                events_of(store, Filter { recipient: Some(country.to_string()), ..Filter::default() }, &filter)?,
            );
            events = all.into_iter().filter(|e| e.actor.iter().chain(&e.recipient).any(of)).collect::<Vec<_>>();
            let title = world.country(country).map_or_else(|| country.to_string(), |c| c.name(args.lang).to_owned());
            subject = Subject::Office(format!("{title}: {}", row.name(args.lang)));
            let record = format!("{} {country}", row.id);
            conflicts = store.conflicts(&filter)?;
            conflicts.retain(|c| c.record.as_ref().is_some_and(|r| r.office == record));
            quotes = said(store, Filter { speaker: Some(country.to_string()), ..Filter::default() }, &filter)?;
            quotes.retain(|q| q.office.as_deref() == Some(row.id));
        }
        _ => bail!("name two country codes, an actor, --of-story or --office"),
    }
    conflicts.sort_by(|a, b| a.id.cmp(&b.id));
    conflicts.dedup_by(|a, b| a.id == b.id);
    let mut d = Dossier::about(subject.clone());
    d.holders = holders;
    let (since, until) = (args.filters.first(), args.filters.last());
    let ours: BTreeSet<&str> = events.iter().map(|e| e.id.as_str()).collect();
    let mut fates = |all: &[MergedEvent], stories: &[Story]| {
        d.commitments = commitments(all, stories, on).into_iter().filter(|c| ours.contains(c.id.as_str())).collect();
    };
    if let Subject::Dyad(a, b) = subject {
        // All that an act between two needs in order to be carried out is in acts between the two.
        let pair = Filter { dyad: pair(a, b), ..Filter::default() };
        let stories = store.stories(&pair)?;
        if filter == Filter::default() {
            fates(&events, &stories);
        } else {
            fates(&store.events(&pair)?, &stories);
        }
        let acts = store.acts_between(a, b, &Filter { since: None, until: None, ..filter })?;
        d.months = reconcile::series(&acts, (a, b), since, until).months;
        let mut ties = Ties::new(since, until, Period::Month);
        for pair in around(store, a, b)? {
            for x in store.acts_between(pair.0, pair.1, &Filter::default())? {
                ties.add(pair, x.day, x.goldstein, &x.event);
            }
        }
        d.networks = ties.networks();
    } else {
        // Fates and triads are found in the record as a whole.
        let (all, stories) = (store.events(&Filter::default())?, store.stories(&Filter::default())?);
        fates(&all, &stories);
        let of_story = matches!(subject, Subject::Story(_));
        d.networks = reconcile::balance(if of_story { &events } else { &all }, since, until, Period::Month);
        d.months = reconcile::months(&events, &stories);
    }
    d.conflicts = conflicts;
    d.quotes = quotes
        .into_iter()
        .map(|q| Quotation {
            speaker: q.speaker.or(q.speaker_text),
            office: q.office.map(|o| world.office(&o).map_or(o.clone(), |row| row.name(args.lang).to_owned())),
            at: q.at,
            language: q.language,
            article: q.article,
        })
        .collect();
    d.events = events
        .into_iter()
        .map(|e| Ok((store.explain_event(&e)?, e)))
        .map(|r: Result<_>| r.map(|(r, e)| (e, r)))
        .collect::<Result<_>>()?;
    d.articles = articles(store, &d)?;
    Ok(d)
}

fn pair(a: Country, b: Country) -> Option<Pair> {
    Some(Pair { a: a.to_string(), b: b.to_string() })
}

/// What `of`, the subject, and the filter leave, each asked with `ask`. Where both say something of the same side, what both find.
fn both<T>(of: Filter, filter: &Filter, ask: impl Fn(&Filter) -> Result<Vec<T>>, id: impl Fn(&T) -> String) -> Result<Vec<T>> {
    let clash = [
        of.actor.is_some() && filter.actor.is_some(),
        of.recipient.is_some() && filter.recipient.is_some(),
        of.dyad.is_some() && filter.dyad.is_some(),
        of.speaker.is_some() && filter.speaker.is_some(),
        of.story.is_some() && filter.story.is_some(),
    ];
    let mut found = ask(&Filter {
        actor: of.actor.or(filter.actor.clone()),
        recipient: of.recipient.or(filter.recipient.clone()),
        dyad: of.dyad.or(filter.dyad.clone()),
        speaker: of.speaker.or(filter.speaker.clone()),
        story: of.story.or(filter.story.clone()),
        ..filter.clone()
    })?;
    if clash.contains(&true) {
        let fits: BTreeSet<String> = ask(filter)?.iter().map(&id).collect();
        found.retain(|row| fits.contains(&id(row)));
    }
    Ok(found)
}

fn events_of(store: &Store, of: Filter, filter: &Filter) -> Result<Vec<MergedEvent>> {
    both(of, filter, |f| Ok(store.events(f)?), |e| e.id.clone())
}

fn conflicts_of(store: &Store, of: Filter, filter: &Filter) -> Result<Vec<Conflict>> {
    both(of, filter, |f| Ok(store.conflicts(f)?), |c| c.id.clone())
}

fn said(store: &Store, of: Filter, filter: &Filter) -> Result<Vec<QuoteRow>> {
    both(of, filter, |f| Ok(store.quotes(f)?), |q| format!("{} {}", q.article, q.id))
}

/// The pairs that make triads of two states and a third one: the two, and each with all who deal with both.
fn around(store: &Store, a: Country, b: Country) -> Result<BTreeSet<(Country, Country)>> {
    let with_b = store.counterparts(b)?;
    let mut pairs = BTreeSet::from([(a.min(b), a.max(b))]);
    for &third in store.counterparts(a)?.intersection(&with_b) {
        pairs.extend([a, b].map(|x| (x.min(third), x.max(third))));
    }
    Ok(pairs)
}

/// Both lists, each event once, by day and id.
fn union(a: Vec<MergedEvent>, b: Vec<MergedEvent>) -> Vec<MergedEvent> {
    let all: BTreeMap<String, MergedEvent> = a.into_iter().chain(b).map(|e| (e.id.clone(), e)).collect();
    let mut out: Vec<MergedEvent> = all.into_values().collect();
    // Stable: those of one day stay in the order of their ids.
    out.sort_by_key(|e| (e.first_day().is_none(), e.first_day()));
    out
}

/// What those say; of two states, in the articles that report of both.
fn quotes_of(store: &Store, filter: &Filter, who: &[String], of: Option<&[MergedEvent]>) -> Result<Vec<QuoteRow>> {
    let within: Option<BTreeSet<&str>> =
        of.map(|events| events.iter().flat_map(|e| &e.reports).map(|r| r.article.as_str()).collect());
    let mut out = Vec::new();
    for w in who {
        let found = said(store, Filter { speaker: Some(w.clone()), ..Filter::default() }, filter)?;
        out.extend(found.into_iter().filter(|q| within.as_ref().is_none_or(|w| w.contains(q.article.as_str()))));
    }
    out.sort_by(|a, b| {
        a.published
            .map(PartialDate::first)
            .cmp(&b.published.map(PartialDate::first))
            .then_with(|| (&a.article, a.at.span).cmp(&(&b.article, b.at.span)))
    });
    Ok(out)
}

/// The name of an actor for people.
fn name_of(who: &str, events: &[MergedEvent], args: &DossierArgs) -> String {
    let world = engine::world().ok();
    if let (Some(world), Ok(code)) = (world, who.parse::<Country>()) {
        return world.country(code).map_or_else(|| who.to_owned(), |c| c.name(args.lang).to_owned());
    }
    let key = haberdar_store::search_key(who);
    let parties = || events.iter().flat_map(|e| e.actor.iter().chain(&e.recipient));
    let meant = parties().find(|p| p.entity.as_deref() == Some(who) || haberdar_store::search_key(&p.name).contains(&key));
    meant.map_or_else(|| who.to_owned(), |p| p.name.clone())
}

/// All articles that can be cited, by day and id.
fn articles(store: &Store, d: &Dossier) -> Result<Vec<(haberdar_model::reading::ArticleHead, String)>> {
    let of_events = d.events.iter().flat_map(|(e, _)| &e.reports).map(|r| r.article.clone());
    let of_quotes = d.quotes.iter().map(|q| q.article.clone());
    let of_conflicts = d.conflicts.iter().flat_map(|c| &c.values).flat_map(|v| &v.reports).map(|r| r.article.clone());
    let ids: BTreeSet<String> = of_events.chain(of_quotes).chain(of_conflicts).collect();
    let mut out = Vec::new();
    for id in ids {
        out.extend(store.article(&id)?.map(|a| (a.head, a.text)));
    }
    out.sort_by(|a, b| {
        a.0.published.map(PartialDate::first).cmp(&b.0.published.map(PartialDate::first)).then_with(|| a.0.id.cmp(&b.0.id))
    });
    Ok(out)
}
