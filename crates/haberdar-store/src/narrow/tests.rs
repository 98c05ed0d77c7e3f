//! Every filter, alone and with others, against what a plain look at the rows says.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    Article, ArticleMeta, Country, DateBasis, EventType, Language, MentionKind, Polarity, QuoteKind, READING_SCHEMA, Reading,
    Span, Status,
    reading::{ArticleHead, Event, EventDate, Mention, Quote, TextSpan},
    record::{MergedDate, MergedEvent, Party, Report, Story, StoryArticle},
};
use jiff::civil::Date;

use crate::{
    Arrived, Filter, Order, PairAct, Store, TextQuery,
    rank::{BOUNDS, Bounds},
    search_key,
};

const NAMES: [(&str, &str); 5] =
    [("Ada Şen", "IRL"), ("Işık Öz", "TUR"), ("PRK", "PRK"), ("Sergey Ada", "RUS"), ("Ünlü Grup", "")];

/// Two articles make a story; their events of the same number are one.
struct World {
    _dir: tempfile::TempDir,
    store: Store,
    readings: Vec<Reading>,
    events: Vec<MergedEvent>,
    stories: Vec<Story>,
    numbers: BTreeMap<String, i64>,
}

fn reading(n: usize) -> (Article, Reading) {
    let sentences = ["Ortak bir söz.", "Ortak iki söz.", "Ortak üç söz."];
    let text = format!("{} Sıra {n}.", sentences.join(" "));
    let spans: Vec<Span> = (0..3).map(|i| Span { start: 15 * i, end: 15 * i + 14 }).collect();
    let at = |i: usize| TextSpan { span: spans[i], text: sentences[i].to_owned() };
    let language = if n.is_multiple_of(3) { Language::En } else { Language::Tr };
    let meta = ArticleMeta {
        source_id: n.to_string(),
        publisher: (!n.is_multiple_of(7)).then(|| ["Örnek Gazete", "Post", "Örnek Ajans"][n % 3].to_owned()),
        published: (!n.is_multiple_of(11)).then(|| format!("2024-0{}-{:02}", 1 + n % 3, 1 + n % 28).parse().ok()).flatten(),
        language: Some(language),
        ..ArticleMeta::default()
    };
    let article = Article { meta: meta.clone(), text };
    let head = ArticleHead {
        id: article.id(),
        source_id: meta.source_id,
        title: None,
        url: None,
        publisher: meta.publisher,
        published: meta.published,
        language: meta.language,
        words: 9,
        text_sha256: String::new(),
    };
    let mention = |(i, (name, code)): (usize, &(&str, &str))| Mention {
        id: format!("m{i}"),
        at: at(i % 3),
        kind: MentionKind::Person,
        name: (*name).to_owned(),
        entity: (i < 2).then(|| format!("Q{i}")),
        country: code.parse().ok(),
        sector: None,
        role: None,
        country_basis: None,
        candidates: Vec::new(),
    };
    let kinds = [EventType::Consult, EventType::Threaten, EventType::Sanction, EventType::Agree];
    let event = |i: usize| Event {
        id: format!("e{i}"),
        kind: kinds[(n / 2 + i) % 4],
        mode: None,
        contexts: Vec::new(),
        cameo: None,
        quad: 1,
        goldstein: None,
        actor: Vec::new(),
        recipient: Vec::new(),
        trigger: at(i),
        sentence: i,
        status: [Status::Happened, Status::Planned][(n + i) % 2],
        polarity: Polarity::Positive,
        reported_by: (n + i).is_multiple_of(4).then(|| format!("m{}", (n + i) / 4 % 5)),
        date: EventDate { start: None, end: None, basis: DateBasis::None, span: None },
        place: None,
        confidence: [0.3, 0.6, 0.87][(n + i) % 3],
        why: "x".into(),
    };
    let quote = |i: usize| Quote {
        id: format!("q{i}"),
        at: at(i),
        kind: QuoteKind::Direct,
        parts: Vec::new(),
        verbatim: Vec::new(),
        speaker: (!n.is_multiple_of(5)).then(|| format!("m{}", (n + i) % 5)),
        speaker_text: None,
        cue: None,
        addressee: n.is_multiple_of(2).then(|| format!("m{}", (n + 2 * i + 1) % 5)),
        events: (0..i).map(|e| format!("e{e}")).collect(),
    };
    let reading = Reading {
        schema: READING_SCHEMA.into(),
        article: head,
        mentions: NAMES.iter().enumerate().map(mention).collect(),
        events: (0..3).map(event).collect(),
        quotes: (0..3).map(quote).collect(),
        sentences: spans.clone(),
        dates: vec![],
        quantities: vec![],
        flags: vec![],
        skipped: vec![],
        text: None,
    };
    (article, reading)
}

fn merged(n: usize, i: usize, pair: &[Reading]) -> MergedEvent {
    let party = |k: usize| {
        let (name, code) = NAMES[k % 5];
        Party {
            name: name.to_owned(),
            entity: (k % 5 < 2).then(|| format!("Q{}", k % 5)),
            country: code.parse().ok(),
            office: None,
        }
    };
    let reports = if (n + i).is_multiple_of(3) { &pair[..1] } else { pair };
    let report = |r: &Reading| Report {
        article: r.article.id.clone(),
        event: format!("e{i}"),
        publisher: r.article.publisher.clone(),
        published: r.article.published,
        sentence: i,
        span: r.sentences[i],
        reported_by: None,
    };
    let day = |d: usize| format!("2024-0{}-{:02}", 1 + d % 3, 1 + d % 28).parse().ok();
    let e = &pair[0].events[i];
    MergedEvent {
        id: format!("b3:{n:03}{i}"),
        kind: e.kind,
        mode: None,
        cameo: None,
        quad: 1,
        goldstein: None,
        actor: if n.is_multiple_of(4) { vec![party(n + i), party(n + i + 1)] } else { vec![party(n + i)] },
        recipient: if (n + i).is_multiple_of(3) { vec![] } else { vec![party(n + 2 * i + 1)] },
        status: e.status,
        polarity: e.polarity,
        date: MergedDate {
            from: if n.is_multiple_of(5) { None } else { day(n) },
            to: if n.is_multiple_of(6) { None } else { day(n + 1) },
            basis: DateBasis::None,
        },
        place: None,
        reports: reports.iter().map(report).collect(),
        independent_sources: 1 + (n + i) % 3,
        conflicts: vec![],
        confidence: e.confidence,
        decisions: vec![],
    }
}

fn world() -> World {
    let dir = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(dir.path().join("s.db")).expect("a store");
    let (mut readings, mut events, mut stories) = (Vec::new(), Vec::new(), Vec::new());
    let batch = store.begin().expect("a batch");
    for n in 0..60 {
        let (article, reading) = reading(n);
        assert!(batch.add(&article, &reading).expect("room"));
        readings.push(reading);
    }
    for (n, pair) in readings.chunks(2).enumerate() {
        let new: Vec<MergedEvent> = (0..3).map(|i| merged(n, i, pair)).collect();
        let article = |r: &Reading| StoryArticle {
            id: r.article.id.clone(),
            source_id: r.article.source_id.clone(),
            publisher: None,
            published: None,
            copy_of: None,
            version_of: None,
        };
        let story = Story {
            id: format!("b3:5{n:03}"),
            title: "x".into(),
            articles: pair.iter().map(article).collect(),
            events: new.iter().map(|e| e.id.clone()).collect(),
            from: None,
            to: None,
        };
        batch.add_story(&story, &new, &[]).expect("room");
        events.extend(new);
        stories.push(story);
    }
    batch.commit().expect("kept");
    let numbers = readings.iter().enumerate().map(|(i, r)| (r.article.id.clone(), i as i64 + 1)).collect();
    World { _dir: dir, store, readings, events, stories, numbers }
}

fn is(who: &str, name: &str, entity: Option<&str>, country: Option<&Country>) -> bool {
    match who.parse::<Country>() {
        Ok(code) => entity == Some(who) || country == Some(&code),
        Err(_) => entity == Some(who) || search_key(name).contains(&search_key(who)),
    }
}

fn within(f: &Filter, from: Option<Date>, to: Option<Date>) -> bool {
    (from.is_some() || to.is_some() || f.since.is_none() && f.until.is_none())
        && f.since.is_none_or(|s| to.is_none_or(|to| to >= s))
        && f.until.is_none_or(|u| from.is_none_or(|from| from <= u))
}

impl World {
    fn reading(&self, id: &str) -> &Reading {
        &self.readings[self.numbers[id] as usize - 1]
    }

    fn known(&self, f: &Filter, article: &str) -> bool {
        f.new_since.is_none_or(|a| matches!(a, Arrived::Behind(n) if self.numbers[article] > n))
    }

    fn in_story(f: &Filter, story: &Story) -> bool {
        f.story.as_ref().is_none_or(|id| story.id.starts_with(id))
    }

    /// What is said of the event itself; of its reports only who speaks.
    fn event(&self, f: &Filter, e: &MergedEvent) -> bool {
        let party = |who: &str, p: &Party| is(who, &p.name, p.entity.as_deref(), p.country.as_ref());
        let all: Vec<(bool, &Party)> = e.actor.iter().map(|p| (true, p)).chain(e.recipient.iter().map(|p| (false, p))).collect();
        let upon = if e.recipient.is_empty() && e.actor.len() > 1 { &e.actor } else { &e.recipient };
        let speaks = |who: &str, r: &Report| {
            let reading = self.reading(&r.article);
            let by = reading.events.iter().find(|x| x.id == r.event).and_then(|x| x.reported_by.clone());
            let m = reading.mentions.iter().find(|m| Some(&m.id) == by.as_ref());
            m.is_some_and(|m| is(who, &m.name, m.entity.as_deref(), m.country.as_ref()))
        };
        let pair = |a: &str, b: &str| {
            all.iter().enumerate().any(|(i, (side, p))| {
                let others = all.iter().enumerate().filter(|(j, (other, _))| *j != i && (other != side || e.kind.is_mutual()));
                party(a, p) && others.into_iter().any(|(_, (_, q))| party(b, q))
            })
        };
        f.actor.as_ref().is_none_or(|who| e.actor.iter().any(|p| party(who, p)))
            && f.recipient.as_ref().is_none_or(|who| upon.iter().any(|p| party(who, p)))
            && f.dyad.as_ref().is_none_or(|d| pair(&d.a, &d.b))
            && f.speaker.as_ref().is_none_or(|who| e.reports.iter().any(|r| speaks(who, r)))
            && f.kind.is_none_or(|k| e.kind == k)
            && f.status.is_none_or(|s| e.status == s)
            && f.min_confidence.is_none_or(|c| e.confidence >= c)
            && f.min_sources.is_none_or(|n| e.independent_sources >= n)
    }

    fn article(f: &Filter, r: &Reading) -> bool {
        f.publisher.as_ref().is_none_or(|p| r.article.publisher.as_ref().is_some_and(|q| search_key(q).contains(&search_key(p))))
            && f.language.is_none_or(|l| r.article.language == Some(l))
    }

    fn whole_event(&self, f: &Filter, e: &MergedEvent) -> bool {
        let story = self.stories.iter().find(|s| s.events.contains(&e.id)).expect("a story");
        let days = (e.date.from.map(|d| d.first()), e.date.to.map(|d| d.last()));
        let days = within(f, days.0, days.1);
        self.event(f, e) && days && Self::in_story(f, story) && e.reports.iter().all(|r| self.known(f, &r.article))
    }

    fn events(&self, f: &Filter) -> BTreeSet<String> {
        let only = |publisher: bool| match publisher {
            true => Filter { language: None, ..f.clone() },
            false => Filter { publisher: None, ..f.clone() },
        };
        let by = |e: &MergedEvent, f: &Filter| e.reports.iter().any(|r| Self::article(f, self.reading(&r.article)));
        let fits = |e: &&MergedEvent| self.whole_event(f, e) && by(e, &only(true)) && by(e, &only(false));
        self.events.iter().filter(fits).map(|e| e.id.clone()).collect()
    }

    /// Events by the words of a sentence: it is one and the same report that has them and is of the outlet.
    fn found_events(&self, f: &Filter) -> BTreeSet<String> {
        let by = |e: &MergedEvent| e.reports.iter().any(|r| Self::article(f, self.reading(&r.article)));
        self.events.iter().filter(|e| self.whole_event(f, e) && by(e)).map(|e| e.id.clone()).collect()
    }

    fn said_of_article(&self, f: &Filter, r: &Reading) -> bool {
        let id = &r.article.id;
        let story = self.stories.iter().find(|s| s.articles.iter().any(|a| a.id == *id)).expect("a story");
        let day = r.article.published;
        Self::article(f, r)
            && within(f, day.map(|d| d.first()), day.map(|d| d.last()))
            && Self::in_story(f, story)
            && self.known(f, id)
    }

    fn articles(&self, f: &Filter) -> BTreeSet<String> {
        let event = |r: &Reading| {
            let mut of = self.events.iter().filter(|e| e.reports.iter().any(|x| x.article == r.article.id));
            let asks = Filter { text: None, limit: None, order: Order::Day, ..f.clone() };
            let article_only = Filter {
                publisher: f.publisher.clone(),
                language: f.language,
                since: f.since,
                until: f.until,
                story: f.story.clone(),
                new_since: f.new_since,
                ..Filter::default()
            };
            asks == article_only || of.any(|e| self.event(f, e))
        };
        let fits = |r: &&Reading| self.said_of_article(f, r) && event(r);
        self.readings.iter().filter(fits).map(|r| r.article.id.clone()).collect()
    }

    fn quotes(&self, f: &Filter) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for r in self.readings.iter().filter(|r| self.said_of_article(f, r)) {
            for q in &r.quotes {
                let m = |id: &Option<String>, who: &str| {
                    let m = r.mentions.iter().find(|m| Some(&m.id) == id.as_ref());
                    m.is_some_and(|m| is(who, &m.name, m.entity.as_deref(), m.country.as_ref()))
                };
                let sources = |e: &Event, n: usize| {
                    let report = |x: &Report| x.article == r.article.id && x.event == e.id;
                    self.events.iter().any(|m| m.independent_sources >= n && m.reports.iter().any(report))
                };
                let inside = |e: &&Event| {
                    f.kind.is_none_or(|k| e.kind == k)
                        && f.status.is_none_or(|s| e.status == s)
                        && f.min_confidence.is_none_or(|c| e.confidence >= c)
                        && f.min_sources.is_none_or(|n| sources(e, n))
                };
                let asked = f.kind.is_some() || f.status.is_some() || f.min_confidence.is_some() || f.min_sources.is_some();
                let pair = |a: &str, b: &str| m(&q.speaker, a) && m(&q.addressee, b);
                if f.speaker.as_ref().is_none_or(|w| m(&q.speaker, w))
                    && f.actor.as_ref().is_none_or(|w| m(&q.speaker, w))
                    && f.recipient.as_ref().is_none_or(|w| m(&q.addressee, w))
                    && f.dyad.as_ref().is_none_or(|d| pair(&d.a, &d.b) || pair(&d.b, &d.a))
                    && (!asked || r.events.iter().filter(|e| q.events.contains(&e.id)).any(|e| inside(&e)))
                {
                    out.insert(format!("{} {}", r.article.id, q.id));
                }
            }
        }
        out
    }
}

impl World {
    /// Who acts with whom, and how often, as the events themselves say.
    fn check_acts(&self, f: &Filter) {
        let acts: Vec<MergedEvent> = self.store.events(f).expect("events").into_iter().filter(|e| e.is_act()).collect();
        let mut pairs = BTreeSet::new();
        let add = |x: PairAct<'_>| {
            pairs.insert((x.a, x.b, x.day, x.event.to_owned()));
        };
        self.store.each_pair_act(f, add).expect("acts");
        let of = |e: &MergedEvent| e.pairs().into_iter().map(|(a, b)| (a, b, e.first_day(), e.id.clone())).collect::<Vec<_>>();
        assert_eq!(pairs, acts.iter().flat_map(of).collect(), "{f:?}");
        let mut states: BTreeMap<Country, usize> = BTreeMap::new();
        for e in &acts {
            let sides: BTreeSet<Country> = e.actor.iter().chain(&e.recipient).filter_map(|p| p.country).collect();
            sides.into_iter().for_each(|c| *states.entry(c).or_default() += 1);
        }
        let found = self.store.acts_of_states(f).expect("states");
        let found: BTreeMap<Country, usize> = found.into_iter().map(|x| (x.country, x.acts)).collect();
        assert_eq!(found, states, "{f:?}");
    }
}

/// Each of these alone, and many together with another one.
fn filters() -> Vec<Filter> {
    let text = |s: &str| Some(s.to_owned());
    let d = Filter::default;
    let single = [
        Filter { actor: text("TUR"), ..d() },
        Filter { actor: text("ada"), ..d() },
        Filter { actor: text("Q1"), ..d() },
        Filter { recipient: text("PRK"), ..d() },
        Filter { recipient: text("ÜNLÜ"), ..d() },
        Filter { dyad: "TUR:IRL".parse().ok(), ..d() },
        Filter { dyad: "PRK:TUR".parse().ok(), ..d() },
        Filter { dyad: "ışık:ada".parse().ok(), ..d() },
        Filter { speaker: text("RUS"), ..d() },
        Filter { speaker: text("sen"), ..d() },
        Filter { kind: Some(EventType::Consult), ..d() },
        Filter { status: Some(Status::Planned), ..d() },
        Filter { since: "2024-02-10".parse().ok(), ..d() },
        Filter { until: "2024-02-20".parse().ok(), ..d() },
        Filter { publisher: text("ornek"), ..d() },
        Filter { language: Some(Language::En), ..d() },
        Filter { story: text("b3:500"), ..d() },
        Filter { min_confidence: Some(0.6), ..d() },
        Filter { min_sources: Some(3), ..d() },
        Filter { new_since: Some(Arrived::Behind(31)), ..d() },
    ];
    let both = |a: &Filter, b: &Filter| Filter {
        actor: a.actor.clone().or(b.actor.clone()),
        recipient: a.recipient.clone().or(b.recipient.clone()),
        dyad: a.dyad.clone().or(b.dyad.clone()),
        speaker: a.speaker.clone().or(b.speaker.clone()),
        kind: a.kind.or(b.kind),
        status: a.status.or(b.status),
        since: a.since.or(b.since),
        until: a.until.or(b.until),
        publisher: a.publisher.clone().or(b.publisher.clone()),
        language: a.language.or(b.language),
        story: a.story.clone().or(b.story.clone()),
        min_confidence: a.min_confidence.or(b.min_confidence),
        min_sources: a.min_sources.or(b.min_sources),
        new_since: a.new_since.or(b.new_since),
        ..Filter::default()
    };
    let some = |i: usize, j: usize| i == j || (i + j).is_multiple_of(4);
    let pairs = (0..single.len()).flat_map(|i| (i..single.len()).map(move |j| (i, j))).filter(|&(i, j)| some(i, j));
    let pairs = pairs.map(|(i, j)| both(&single[i], &single[j]));
    std::iter::once(Filter::default()).chain(pairs).collect()
}

#[test]
fn every_filter_says_what_a_plain_look_says() {
    let world = world();
    let all = 1000;
    // By listing what the filter leaves, and by going through what has the words.
    let list = Bounds { candidates: all, common: 5, beginnings: 5, latest: all, counted: 7, listed: all, enough: all, piece: 4 };
    let walk = Bounds { listed: 0, counted: all, ..list };
    let query: TextQuery = "ortak söz".parse().expect("a query");
    let begun: TextQuery = "ort* söz".parse().expect("a query");
    let mut some = 0;
    for f in filters() {
        let ids: BTreeSet<String> = world.store.events(&f).expect("events").into_iter().map(|e| e.id).collect();
        assert_eq!(ids, world.events(&f), "events {f:?}");
        assert_eq!(world.store.count_events(&f).expect("a count"), ids.len(), "{f:?}");
        some += usize::from(!ids.is_empty());
        world.check_acts(&f);
        let text = Filter { text: Some(query.clone()), ..f.clone() };
        let ids: BTreeSet<String> = world.store.events(&text).expect("events").into_iter().map(|e| e.id).collect();
        assert_eq!(ids, world.events(&f), "events {text:?}");
        for f in [&f, &text] {
            let quotes = world.store.quotes(f).expect("quotes");
            let ids: BTreeSet<String> = quotes.iter().map(|q| format!("{} {}", q.article, q.id)).collect();
            assert_eq!(ids, world.quotes(f), "quotes {f:?}");
            for order in [Order::Day, Order::Newest] {
                let all = world.store.quotes(&Filter { order, ..f.clone() }).expect("quotes");
                let few = world.store.quotes(&Filter { order, limit: Some(5), ..f.clone() }).expect("quotes");
                assert_eq!(few[..], all[..all.len().min(5)], "{order:?} {f:?}");
            }
        }
        for order in [Order::Newest, Order::Sources, Order::Actor] {
            let all = world.store.events(&Filter { order, ..f.clone() }).expect("events");
            let few = world.store.events(&Filter { order, limit: Some(3), ..f.clone() }).expect("events");
            assert_eq!(few[..], all[..all.len().min(3)], "{order:?} {f:?}");
        }
        for (query, b, bounded) in [(&query, list, true), (&query, walk, false), (&query, BOUNDS, false), (&begun, walk, false)] {
            let hits = world.store.search_within(&Filter { limit: Some(all), ..f.clone() }, query, b).expect("hits");
            assert!(bounded || !hits.latest_only, "{f:?} {b:?}");
            // Where nothing leads from the filter to rows, the last ones are gone through, and it is said.
            let check = |what: &str, found: BTreeSet<String>, expected: BTreeSet<String>| {
                let fits = if hits.latest_only { found.is_subset(&expected) } else { found == expected };
                assert!(fits, "{what} {f:?} {b:?}: {found:?}, not {expected:?}");
            };
            check("articles", hits.articles.iter().map(|a| a.id.clone()).collect(), world.articles(&f));
            check("events", hits.events.iter().map(|e| e.event.id.clone()).collect(), world.found_events(&f));
            let quotes = hits.quotes.iter().map(|q| format!("{} {}", q.quote.article, q.quote.id)).collect();
            check("quotations", quotes, world.quotes(&f));
        }
        if f.story.is_some() {
            let hits = world.store.search_within(&Filter { limit: Some(all), ..f.clone() }, &query, list).expect("hits");
            assert!(!hits.latest_only, "a story leads to its rows: {f:?}");
        }
    }
    assert!(some > 40, "{some} filters leave something");
}
