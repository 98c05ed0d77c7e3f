//! New articles into the record: only their neighbourhood is looked at and made anew.
//!
//! An article is linked with the articles that it agrees with most, and with those that it is one of the most for. That
//! graph depends on the articles alone and not on the order in which they come. Stories grow along its links from the strongest
//! on; where two groups do not join, the link between them changes nothing. So a new article changes the stories that its links
//! touch and, as long as these come out otherwise, their neighbours; see [`Work::stories`].

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

use haberdar_model::{Reading, record::Story};

use crate::{
    Input, Offices,
    archive::{Archive, Chapter, Link},
    chapter,
    copies::{self, Origin},
    doc::Doc,
    profile::{Features, Key, Profile},
    stories,
};

/// The rules by which stories, events and conflicts come about. A record that was made by other rules has to be made anew;
/// with every change of a threshold or a table of words this number goes up.
pub const RULES: u32 = 2;

/// Links by which an article is held at most, besides those by which others hold it.
/// A few in tests, so that a dozen articles meet the limit.
const LINKS: usize = if cfg!(test) { 3 } else { 24 };

/// An article that is new to an archive.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The number by which the archive calls it.
    pub number: i64,
    /// What was understood, and the text.
    pub input: Input<'a>,
}

impl<'a> New<'a> {
    /// An article by its reading, which has its text.
    pub fn of(number: i64, reading: &'a Reading) -> New<'a> {
        New { number, input: Input { reading, text: reading.text.as_deref().unwrap_or_default() } }
    }
}

/// Takes new articles into an archive and makes those stories anew that they change. The record that stands in the archive
/// afterwards is the same for every order and batching of the same articles; no article may come twice.
pub fn update<A: Archive>(archive: &mut A, new: &[New<'_>], offices: &dyn Offices) -> Result<(), A::Error> {
    let mut work = Work { archive, profiles: HashMap::new() };
    let mut touched = BTreeSet::new();
    for n in new {
        let (profile, features) = Profile::new(&Doc::new(0, &n.input, offices));
        let near = work.neighbours(&profile, &features)?;
        work.keep(n.number, profile, &features)?;
        touched.insert(n.number);
        for other in near {
            work.connect(n.number, other, &mut touched)?;
        }
    }
    work.retell(&touched, offices)
}

/// A batch of new articles at work.
struct Work<'a, A: Archive> {
    archive: &'a mut A,
    profiles: HashMap<i64, Rc<Profile>>,
}

/// The stories that stand in the archive, as far as they were asked for.
#[derive(Default)]
struct Old {
    /// Numbers of their articles, sorted. An article that is in no story yet is one by itself.
    stories: Vec<Vec<i64>>,
    of: HashMap<i64, usize>,
}

impl Old {
    fn story<A: Archive>(&mut self, archive: &mut A, number: i64) -> Result<usize, A::Error> {
        if let Some(&s) = self.of.get(&number) {
            return Ok(s);
        }
        let mut articles = archive.together(number)?;
        if articles.is_empty() {
            articles.push(number);
        }
        articles.sort_unstable();
        self.of.extend(articles.iter().map(|&n| (n, self.stories.len())));
        self.stories.push(articles);
        Ok(self.stories.len() - 1)
    }
}

/// Some articles in the order of their ids, and the links between them.
struct Part {
    numbers: Vec<i64>,
    profiles: Vec<Rc<Profile>>,
    links: Vec<(usize, usize, Link)>,
}

impl<A: Archive> Work<'_, A> {
    fn profile(&mut self, number: i64) -> Result<Rc<Profile>, A::Error> {
        if let Some(p) = self.profiles.get(&number) {
            return Ok(p.clone());
        }
        let p = Rc::new(self.archive.profile(number)?);
        self.profiles.insert(number, p.clone());
        Ok(p)
    }

    fn keep(&mut self, number: i64, profile: Profile, features: &Features) -> Result<(), A::Error> {
        let drawer = profile.drawer();
        let mut keys: Vec<Key> = features.topics.iter().chain(&features.runs).map(|&feature| Key { drawer, feature }).collect();
        keys.extend(features.addresses.iter().map(|&feature| Key { drawer: Key::ALWAYS, feature }));
        keys.sort_unstable();
        keys.dedup();
        self.archive.keep(number, &profile, &keys)?;
        self.profiles.insert(number, Rc::new(profile));
        Ok(())
    }

    /// Articles that have enough in common with a new one to be compared with it.
    fn neighbours(&mut self, profile: &Profile, features: &Features) -> Result<BTreeSet<i64>, A::Error> {
        let drawers = match profile.drawers() {
            Some(near) => near,
            None => self.archive.drawers()?.into_iter().chain([Key::UNDATED]).collect(),
        };
        let mut topics: HashMap<i64, usize> = HashMap::new();
        let mut found = BTreeSet::new();
        for &drawer in &drawers {
            for &feature in &features.topics {
                self.archive.under(Key { drawer, feature }, &mut |n| *topics.entry(n).or_default() += 1)?;
            }
            for &feature in &features.runs {
                self.archive.under(Key { drawer, feature }, &mut |n| found.extend([n]))?;
            }
        }
        for &feature in &features.addresses {
            self.archive.under(Key { drawer: Key::ALWAYS, feature }, &mut |n| found.extend([n]))?;
        }
        found.extend(topics.into_iter().filter(|t| t.1 >= 2).map(|t| t.0));
        Ok(found)
    }

    /// Links a new article with another where they agree, and takes links away that are not among the strongest of either
    /// side any more; whoever loses or gains one is touched.
    fn connect(&mut self, a: i64, b: i64, touched: &mut BTreeSet<i64>) -> Result<(), A::Error> {
        let (pa, pb) = (self.profile(a)?, self.profile(b)?);
        let Some(link) = stories::link(&pa, &pb) else { return Ok(()) };
        self.archive.link(a, b, &link)?;
        touched.insert(b);
        for one in [a, b] {
            let links = self.strongest(one)?;
            // The new link has pushed one other beyond the strongest, or stands there itself; all others were judged before.
            let new = links.iter().position(|l| l.0 == if one == a { b } else { a });
            let Some(far) = new.and_then(|n| links.get(n.max(LINKS))).map(|l| l.0) else { continue };
            let held = self.strongest(far)?.iter().take(LINKS).any(|l| l.0 == one);
            if !held {
                self.archive.unlink(one, far)?;
                touched.extend([one, far]);
            }
        }
        Ok(())
    }

    /// The links of an article, the strongest first.
    fn strongest(&mut self, number: i64) -> Result<Vec<(i64, Link)>, A::Error> {
        let mut links = self.archive.links(number)?;
        if links.len() > LINKS {
            let mut named = Vec::with_capacity(links.len());
            for l in links {
                named.push((self.profile(l.0)?, l));
            }
            named.sort_by(|x, y| strength(&y.1.1).total_cmp(&strength(&x.1.1)).then(x.0.article.cmp(&y.0.article)));
            links = named.into_iter().map(|n| n.1).collect();
        }
        Ok(links)
    }

    /// Makes the stories anew that change with some articles.
    fn retell(&mut self, touched: &BTreeSet<i64>, offices: &dyn Offices) -> Result<(), A::Error> {
        let mut old = Old::default();
        let mut groups = self.stories(touched, &mut old)?;
        // Whose text an article repeats can change wherever a touched one is repeated, whatever the story.
        for n in self.repeated(touched.iter().copied().collect())? {
            if !groups.iter().any(|g| g.contains(&n)) {
                let story = old.story(self.archive, n)?;
                groups.push(old.stories[story].clone());
            }
        }
        let told = self.repeated(groups.iter().flatten().copied().collect())?;
        let part = self.part(&told)?;
        let origins = copies::origins(&part.profiles, &part.links);
        let at: HashMap<i64, usize> = part.numbers.iter().enumerate().map(|(i, n)| (*n, i)).collect();
        let mut gone: BTreeMap<String, Story> = BTreeMap::new();
        for n in groups.iter().flatten() {
            let story = old.story(self.archive, *n)?;
            // One of its articles stands for a story.
            if old.stories[story].first() == Some(n)
                && let Some(s) = self.archive.story_of(*n)?
            {
                gone.insert(s.id.clone(), s);
            }
        }
        let mut come = Vec::new();
        for group in &groups {
            let mut group: Vec<usize> = group.iter().map(|n| at[n]).collect();
            group.sort_unstable();
            let id = chapter::story_id(group.iter().map(|&i| part.profiles[i].article.as_str()));
            if gone.get(&id).is_some_and(|s| chapter::tells(s, &group, &part.profiles, &origins)) {
                gone.remove(&id);
            } else {
                come.push(self.tell(&part, &group, &origins, offices)?);
            }
        }
        let gone: Vec<String> = gone.into_keys().collect();
        if !gone.is_empty() || !come.is_empty() {
            self.archive.rewrite(&gone, come)?;
        }
        Ok(())
    }

    /// The stories in which the articles of those now stand that hold a touched article or come out otherwise.
    ///
    /// Stories grow from all articles of a region: the stories that may change, and those with a link to them. Where one of the
    /// latter comes out otherwise than it stands in the archive, it joins the former, and its own neighbours the latter. In the
    /// end all neighbours come out as they were: nothing has joined them at any time, so that every link of theirs that leads
    /// out of the region has failed as it did before. What lies beyond does not change, and need not be looked at.
    fn stories(&mut self, touched: &BTreeSet<i64>, old: &mut Old) -> Result<Vec<Vec<i64>>, A::Error> {
        let mut inner = BTreeSet::new();
        for &n in touched {
            inner.insert(old.story(self.archive, n)?);
        }
        loop {
            let mut region = inner.clone();
            for &story in &inner {
                for n in old.stories[story].clone() {
                    for (other, link) in self.archive.links(n)? {
                        if stories::joins(&link) {
                            region.insert(old.story(self.archive, other)?);
                        }
                    }
                }
            }
            let part = self.part(&region.iter().flat_map(|&s| old.stories[s].iter().copied()).collect())?;
            let mut groups: BTreeSet<Vec<i64>> = BTreeSet::new();
            for group in stories::stories(&part.profiles, &part.links) {
                let mut numbers: Vec<i64> = group.into_iter().map(|i| part.numbers[i]).collect();
                numbers.sort_unstable();
                groups.insert(numbers);
            }
            let kept: BTreeSet<usize> =
                region.into_iter().filter(|s| !inner.contains(s) && groups.remove(&old.stories[*s])).collect();
            let before = inner.len();
            for n in groups.iter().flatten() {
                inner.insert(old.story(self.archive, *n)?);
            }
            debug_assert!(kept.is_disjoint(&inner), "a story that came out as it was shares no article with another");
            if inner.len() == before {
                return Ok(groups.into_iter().collect());
            }
        }
    }

    /// Articles with all that repeat them, or that they repeat, directly or by way of others.
    fn repeated(&mut self, mut open: Vec<i64>) -> Result<BTreeSet<i64>, A::Error> {
        let mut seen: BTreeSet<i64> = open.iter().copied().collect();
        while let Some(n) = open.pop() {
            for (other, link) in self.archive.links(n)? {
                if (link.copy > 0.0 || link.version) && seen.insert(other) {
                    open.push(other);
                }
            }
        }
        Ok(seen)
    }

    fn part(&mut self, numbers: &BTreeSet<i64>) -> Result<Part, A::Error> {
        let mut found: Vec<(Rc<Profile>, i64)> = Vec::with_capacity(numbers.len());
        for &n in numbers {
            found.push((self.profile(n)?, n));
        }
        found.sort_by(|a, b| a.0.article.cmp(&b.0.article));
        let at: HashMap<i64, usize> = found.iter().enumerate().map(|(i, f)| (f.1, i)).collect();
        let mut links: Vec<(usize, usize, Link)> = Vec::new();
        for (i, f) in found.iter().enumerate() {
            let near = self.archive.links(f.1)?.into_iter();
            links.extend(near.filter_map(|(other, l)| at.get(&other).filter(|j| i < **j).map(|&j| (i, j, l))));
        }
        links.sort_by_key(|l| (l.0, l.1));
        let (profiles, numbers) = found.into_iter().unzip();
        Ok(Part { numbers, profiles, links })
    }

    fn tell(
        &mut self,
        part: &Part,
        group: &[usize],
        origins: &[Option<Origin>],
        offices: &dyn Offices,
    ) -> Result<Chapter, A::Error> {
        let read: Vec<(Reading, String)> =
            group.iter().map(|&i| self.archive.reading(part.numbers[i])).collect::<Result<_, _>>()?;
        let docs: Vec<Doc<'_>> =
            read.iter().enumerate().map(|(i, (reading, text))| Doc::new(i, &Input { reading, text }, offices)).collect();
        let told: Vec<chapter::Standing> = group.iter().map(|&i| chapter::Standing::new(&part.profiles, i, origins[i])).collect();
        Ok(chapter::tell(&docs, &told, offices))
    }
}

/// Copies and versions hold an article before all else.
fn strength(l: &Link) -> f32 {
    l.score + l.copy + f32::from(u8::from(l.version))
}
