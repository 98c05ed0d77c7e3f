//! One story told: its events, its conflicts, its articles with what they copy.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use haberdar_model::{
    PartialDate, Status,
    id::content_id,
    record::{Conflict, MergedEvent, Story, StoryArticle},
};

use crate::{
    Offices, acts,
    archive::Chapter,
    conflicts::{self, Found, Ledger},
    copies::Origin,
    doc::Doc,
    merge::Merged,
    profile::Profile,
    row_order,
};

/// Code points of a story's title at most, where the title is a sentence.
const TITLE: usize = 160;

/// Who stands behind an article.
pub(crate) struct Standing {
    /// The outlet of the text that it repeats, or that text.
    pub(crate) source: String,
    copy_of: Option<String>,
    version_of: Option<String>,
}

impl Standing {
    pub(crate) fn new(profiles: &[Rc<Profile>], article: usize, origin: Option<Origin>) -> Standing {
        let first = origin.map_or(article, |o| o.of);
        let of = |version: bool| origin.filter(|o| o.version == version).map(|o| profiles[o.of].article.clone());
        Standing { source: profiles[first].source.clone(), copy_of: of(false), version_of: of(true) }
    }
}

/// The id of the story of these articles.
pub(crate) fn story_id<'a>(articles: impl Iterator<Item = &'a str>) -> String {
    let mut ids: Vec<&str> = articles.collect();
    ids.sort_unstable();
    content_id(["story"].into_iter().chain(ids))
}

/// True where a story that is there already has the same articles with the same origins.
pub(crate) fn tells(story: &Story, group: &[usize], profiles: &[Rc<Profile>], origins: &[Option<Origin>]) -> bool {
    let here: BTreeSet<(&str, Option<&str>, Option<&str>)> =
        story.articles.iter().map(|a| (a.id.as_str(), a.copy_of.as_deref(), a.version_of.as_deref())).collect();
    group.len() == here.len()
        && group.iter().all(|&i| {
            let s = Standing::new(profiles, i, origins[i]);
            here.contains(&(profiles[i].article.as_str(), s.copy_of.as_deref(), s.version_of.as_deref()))
        })
}

/// The story of some articles. Both lists are in the order of the articles' ids.
pub(crate) fn tell(docs: &[Doc<'_>], standings: &[Standing], offices: &dyn Offices) -> Chapter {
    let members: Vec<usize> = (0..docs.len()).collect();
    let sources: Vec<String> = standings.iter().map(|s| s.source.clone()).collect();
    let ledger = Ledger { docs, sources: &sources, offices };
    let mut events: Vec<Merged> =
        acts::merge(docs, &members).into_iter().map(|a| Merged::new(docs, a, &sources, offices)).collect();
    events.sort_by_cached_key(|m| row_order(&m.row));
    let story = story(docs, standings, &events);
    let mut found = conflicts::find(&ledger, &conflicts::Chapter { id: &story.id, articles: &members, events: &events });
    found.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    found.iter_mut().for_each(|f| correct(&mut f.0, docs, standings));
    let mut events: Vec<MergedEvent> = events.into_iter().map(|m| m.row).collect();
    note(&mut events, &found);
    Chapter { story, events, conflicts: found.into_iter().map(|f| f.0).collect() }
}

/// What differs between versions of one article alone is no contradiction: its author has changed it.
fn correct(c: &mut Conflict, docs: &[Doc<'_>], standings: &[Standing]) {
    let held = || c.values.iter().flat_map(|v| &v.reports).map(|r| r.article.as_str());
    let at = |id: &str| docs.binary_search_by(|d| d.reading.article.id.as_str().cmp(id)).ok().map(|i| &standings[i]);
    let sources: BTreeSet<&str> = held().filter_map(at).map(|s| s.source.as_str()).collect();
    if c.values.len() > 1 && sources.len() == 1 && held().filter_map(at).any(|s| s.version_of.is_some()) {
        c.relation = "update".into();
        c.state = "explained".into();
    }
}

/// Writes the ids of conflicts into the events that they are about.
fn note(rows: &mut [MergedEvent], found: &[Found]) {
    let at: BTreeMap<String, usize> = rows.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect();
    for (conflict, events) in found {
        for e in events {
            if let Some(&i) = at.get(e) {
                rows[i].conflicts.push(conflict.id.clone());
            }
        }
    }
}

fn story(docs: &[Doc<'_>], standings: &[Standing], events: &[Merged]) -> Story {
    let mut order: Vec<usize> = (0..docs.len()).collect();
    order.sort_by_key(|&i| (docs[i].published.is_none(), docs[i].published, &docs[i].reading.article.id));
    let articles: Vec<StoryArticle> = order
        .iter()
        .map(|&d| {
            let a = &docs[d].reading.article;
            StoryArticle {
                id: a.id.clone(),
                source_id: a.source_id.clone(),
                publisher: a.publisher.clone(),
                published: a.published,
                copy_of: standings[d].copy_of.clone(),
                version_of: standings[d].version_of.clone(),
            }
        })
        .collect();
    let real = |m: &&Merged| matches!(m.row.status, Status::Happened | Status::Ongoing);
    let told = events.iter().filter(real).flat_map(|m| [m.row.date.from, m.row.date.to]).flatten();
    let days: Vec<PartialDate> = told.chain(articles.iter().filter_map(|a| a.published)).collect();
    Story {
        id: story_id(articles.iter().map(|a| a.id.as_str())),
        title: order.first().map(|&d| title(&docs[d])).unwrap_or_default(),
        events: events.iter().map(|m| m.row.id.clone()).collect(),
        from: days.iter().copied().min_by_key(|d| (d.first(), d.last())),
        to: days.iter().copied().max_by_key(|d| (d.last(), d.first())),
        articles,
    }
}

/// The headline, else the first sentence, else the first line.
fn title(d: &Doc<'_>) -> String {
    if let Some(t) = d.reading.article.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
        return t.to_owned();
    }
    let mut sentences = d.reading.sentences.iter().map(|s| d.slice(*s).trim());
    let first =
        sentences.find(|s| !s.is_empty()).or_else(|| d.text.lines().map(str::trim).find(|l| !l.is_empty())).unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= TITLE {
        return line;
    }
    let cut: String = line.chars().take(TITLE).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |c| c.0))
}
