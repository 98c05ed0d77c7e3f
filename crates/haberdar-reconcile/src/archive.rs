//! Where articles and their neighbourhoods are kept: in memory here, in a file by whoever implements [`Archive`].

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    convert::Infallible,
};

use haberdar_model::{
    Reading,
    record::{Conflict, MergedEvent, Record, Story},
};

use crate::{
    Input,
    profile::{Key, Profile},
};

/// How two articles that agree stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// How far they agree, 0..1.
    pub score: f32,
    /// Common share of their runs of words where one copies the other, else zero.
    pub copy: f32,
    /// One is a later version of the other.
    pub version: bool,
}

/// A story with its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The story.
    pub story: Story,
    /// Its merged events by date, then id.
    pub events: Vec<MergedEvent>,
    /// Its conflicts by id.
    pub conflicts: Vec<Conflict>,
}

/// Where [`crate::update`] keeps what it needs to go on. Articles go by numbers, which never show in the record.
pub trait Archive {
    /// What can go wrong.
    type Error;
    /// Keeps an article's profile, and files it under its keys.
    fn keep(&mut self, number: i64, profile: &Profile, keys: &[Key]) -> Result<(), Self::Error>;
    /// The profile of an article that was kept.
    fn profile(&mut self, number: i64) -> Result<Profile, Self::Error>;
    /// The articles under a key.
    fn under(&mut self, key: Key, found: &mut dyn FnMut(i64)) -> Result<(), Self::Error>;
    /// All drawers of which a day is known.
    fn drawers(&mut self) -> Result<Vec<i32>, Self::Error>;
    /// The links of an article.
    fn links(&mut self, number: i64) -> Result<Vec<(i64, Link)>, Self::Error>;
    /// Links two articles with each other.
    fn link(&mut self, a: i64, b: i64, link: &Link) -> Result<(), Self::Error>;
    /// Takes their link away.
    fn unlink(&mut self, a: i64, b: i64) -> Result<(), Self::Error>;
    /// The articles of the story in which an article stands, itself too; none where it stands in none yet.
    fn together(&mut self, number: i64) -> Result<Vec<i64>, Self::Error>;
    /// The story in which an article stands, if any.
    fn story_of(&mut self, number: i64) -> Result<Option<Story>, Self::Error>;
    /// The reading of an article, with its text.
    fn reading(&mut self, number: i64) -> Result<(Reading, String), Self::Error>;
    /// Puts stories with their rows in the place of others.
    fn rewrite(&mut self, gone: &[String], come: Vec<Chapter>) -> Result<(), Self::Error>;
}

/// An archive that lasts as long as one call.
pub(crate) struct Memory<'a> {
    inputs: Vec<&'a Input<'a>>,
    numbers: HashMap<&'a str, i64>,
    profiles: HashMap<i64, Profile>,
    index: HashMap<Key, Vec<i64>>,
    links: HashMap<i64, BTreeMap<i64, Link>>,
    chapters: BTreeMap<String, Chapter>,
    story_of: HashMap<String, String>,
}

impl<'a> Memory<'a> {
    pub(crate) fn new(inputs: Vec<&'a Input<'a>>) -> Self {
        Memory {
            numbers: inputs.iter().enumerate().map(|(n, i)| (i.reading.article.id.as_str(), n as i64)).collect(),
            inputs,
            profiles: HashMap::new(),
            index: HashMap::new(),
            links: HashMap::new(),
            chapters: BTreeMap::new(),
            story_of: HashMap::new(),
        }
    }

    /// The record that has come about.
    pub(crate) fn record(self) -> Record {
        let mut record = Record::default();
        for c in self.chapters.into_values() {
            record.events.extend(c.events);
            record.conflicts.extend(c.conflicts);
            record.stories.push(c.story);
        }
        record.events.sort_by_cached_key(crate::row_order);
        record.conflicts.sort_by(|a, b| a.id.cmp(&b.id));
        record
    }
}

impl Archive for Memory<'_> {
    type Error = Infallible;

    fn keep(&mut self, number: i64, profile: &Profile, keys: &[Key]) -> Result<(), Infallible> {
        self.profiles.insert(number, profile.clone());
        keys.iter().for_each(|&k| self.index.entry(k).or_default().push(number));
        Ok(())
    }

    fn profile(&mut self, number: i64) -> Result<Profile, Infallible> {
        Ok(self.profiles[&number].clone())
    }

    fn under(&mut self, key: Key, found: &mut dyn FnMut(i64)) -> Result<(), Infallible> {
        self.index.get(&key).into_iter().flatten().for_each(|&n| found(n));
        Ok(())
    }

    fn drawers(&mut self) -> Result<Vec<i32>, Infallible> {
        let all: BTreeSet<i32> = self.index.keys().map(|k| k.drawer).collect();
        Ok(all.into_iter().filter(|d| !matches!(*d, Key::UNDATED | Key::ALWAYS)).collect())
    }

    fn links(&mut self, number: i64) -> Result<Vec<(i64, Link)>, Infallible> {
        Ok(self.links.get(&number).into_iter().flatten().map(|(&n, &l)| (n, l)).collect())
    }

    fn link(&mut self, a: i64, b: i64, link: &Link) -> Result<(), Infallible> {
        self.links.entry(a).or_default().insert(b, *link);
        self.links.entry(b).or_default().insert(a, *link);
        Ok(())
    }

    fn unlink(&mut self, a: i64, b: i64) -> Result<(), Infallible> {
        for (x, y) in [(a, b), (b, a)] {
            if let Some(l) = self.links.get_mut(&x) {
                l.remove(&y);
            }
        }
        Ok(())
    }

    fn story_of(&mut self, number: i64) -> Result<Option<Story>, Infallible> {
        let article = &self.profiles[&number].article;
        Ok(self.story_of.get(article).and_then(|s| self.chapters.get(s)).map(|c| c.story.clone()))
    }

    fn together(&mut self, number: i64) -> Result<Vec<i64>, Infallible> {
        let story = self.story_of.get(&self.profiles[&number].article).and_then(|s| self.chapters.get(s));
        let articles = story.into_iter().flat_map(|c| &c.story.articles);
        Ok(articles.filter_map(|a| self.numbers.get(a.id.as_str()).copied()).collect())
    }

    fn reading(&mut self, number: i64) -> Result<(Reading, String), Infallible> {
        let input = self.inputs[number as usize];
        Ok((input.reading.clone(), input.text.to_owned()))
    }

    fn rewrite(&mut self, gone: &[String], come: Vec<Chapter>) -> Result<(), Infallible> {
        for id in gone {
            self.chapters.remove(id);
        }
        for c in come {
            for a in &c.story.articles {
                self.story_of.insert(a.id.clone(), c.story.id.clone());
            }
            self.chapters.insert(c.story.id.clone(), c);
        }
        Ok(())
    }
}
