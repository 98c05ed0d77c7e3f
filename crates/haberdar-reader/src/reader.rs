//! Puts the parts together: an article in, a reading out.

use std::{borrow::Cow, collections::BTreeSet, path::Path};

use haberdar_lang::{Analyzer, LangError, detect};
use haberdar_model::{
    Article, DateBasis, DateInterval, EventType, Language, MentionKind, OffsetMap, PartialDate, Polarity, QuoteKind,
    READING_SCHEMA, Reading, Status,
    reading::{ArticleHead, DateExpression, Event, EventDate, Mention, Quantity, Quote, Role, Skipped, TextSpan},
    vocabulary::CONTEXTS,
};
use haberdar_world::{HitKind, NameHit, Via, World};
use sha2::{Digest, Sha256};

use crate::{
    dates::{self, When},
    dating,
    events::{self, Act, Scene},
    flags,
    lexicon::{Lexicon, LexiconError, pattern::Pos},
    mentions::{
        self, Draft, WordMentions,
        coreference::{self, Pair},
        home::{self, Home},
    },
    quantities::{self, Amount},
    quotes::{self, Said},
    salience,
    tree::Tree,
    turkish::VerbForm,
};

/// Why an article cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The language is neither given nor recognised.
    #[error(
        "the language of the text was not recognised: it may be neither Turkish nor English; give it with --lang tr or --lang en"
    )]
    UnknownLanguage,
    /// The models do not load.
    #[error(transparent)]
    Lang(#[from] LangError),
    /// The folder of tables cannot be read.
    #[error("cannot read the tables under {0}: {1}; it must be laid out as data/lang")]
    Folder(String, std::io::Error),
    /// A table has a fault.
    #[error("{0}")]
    Lexicon(#[from] LexiconError),
}

/// Reads articles. Built once and shared: it holds the models and tables of all languages.
pub struct Reader {
    languages: Vec<(Analyzer, Lexicon)>,
    world: &'static World,
}

impl Reader {
    /// Loads models and tables.
    pub fn new() -> Result<Reader, ReadError> {
        Reader::with_tables(None)
    }

    /// The same with the tables of a folder laid out as `data/lang` instead of those built in.
    pub fn with_tables(folder: Option<&Path>) -> Result<Reader, ReadError> {
        let mut languages = Vec::new();
        for language in Language::ALL {
            let (lexicon, mut errors) = match folder {
                Some(f) => Lexicon::load_folder(language, f).map_err(|e| ReadError::Folder(f.display().to_string(), e))?,
                None => Lexicon::load(language),
            };
            if !errors.is_empty() {
                return Err(errors.swap_remove(0).into());
            }
            languages.push((Analyzer::new(language)?, lexicon));
        }
        Ok(Reader { languages, world: World::shipped() })
    }

    /// The same with other tables of who is who.
    pub fn with_world(self, world: &'static World) -> Reader {
        Reader { world, ..self }
    }

    /// The analyser of a language.
    pub fn analyzer(&self, language: Language) -> &Analyzer {
        &self.parts(language).0
    }

    /// The tables of a language.
    pub fn lexicon(&self, language: Language) -> &Lexicon {
        &self.parts(language).1
    }

    fn parts(&self, language: Language) -> &(Analyzer, Lexicon) {
        // One entry for each language, in the order of `Language::ALL`.
        &self.languages[Language::ALL.iter().position(|l| *l == language).unwrap_or(0)]
    }

    /// Reads one article.
    pub fn read(&self, article: &Article) -> Result<Reading, ReadError> {
        let text = &article.text;
        let language = article.meta.language.or_else(|| detect(text)).ok_or(ReadError::UnknownLanguage)?;
        let (analyzer, lexicon) = self.parts(language);
        let analysis = analyzer.analyze(text);
        let hits = self.world.scan(text, language);
        let mut trees = Vec::with_capacity(analysis.sentences.len());
        let mut drafts: Vec<Draft> = Vec::new();
        let mut bases = Vec::new();
        let mut hit = 0;
        for (s, sentence) in analysis.sentences.iter().enumerate() {
            let mut tree = Tree::new(text, sentence, language, lexicon);
            let from = hit;
            while hit < hits.len() && hits[hit].start < sentence.end {
                hit += 1;
            }
            let own: &[NameHit] = &hits[from..hit];
            if language == Language::Tr {
                let full =
                    |h: &&NameHit| matches!(h.kind, HitKind::Country { via: Via::CountryName | Via::Capital | Via::Metonym });
                tree.settle_names(own.iter().filter(full).filter(|h| !h.inflected).map(|h| (h.start, h.end)));
            }
            bases.push(drafts.len());
            let base = drafts.len();
            mentions::find(&tree, s, own, lexicon, self.world, &mut drafts);
            for d in drafts[base..].iter_mut().filter(|d| matches!(d.kind, MentionKind::Person | MentionKind::Office)) {
                tree.bind(d.first, d.last, d.last);
                d.head = mentions::head_of(&tree, d.first, d.last);
            }
            tree.part_mentions(&drafts[base..]);
            trees.push(tree);
        }
        bases.push(drafts.len());
        let dateline = || dates::dateline(text, &lexicon.dates, language).map(PartialDate::day);
        let published = article.meta.published.or_else(dateline);
        let pairs = pairs(&trees, lexicon, &drafts);
        let when = published.map(|p| DateInterval { from: Some(p.first()), to: Some(p.last()) });
        coreference::resolve(&mut drafts, &pairs, when, self.world, language);
        let words: Vec<WordMentions> = trees
            .iter()
            .enumerate()
            .map(|(s, t)| WordMentions::new(t.len(), &drafts[bases[s]..bases[s + 1]], bases[s]))
            .collect();
        // Mentions that share their words with another stand behind all others.
        let twins = bases.last().copied().unwrap_or(0);
        let matters = events::matters(&trees, &words, &drafts, lexicon);
        let mut scenes: Vec<Scene<'_>> = trees
            .iter()
            .zip(&words)
            .zip(matters)
            .map(|((tree, words), matter)| Scene {
                tree,
                lexicon,
                drafts: &drafts,
                words,
                twins,
                carried: Default::default(),
                matter,
            })
            .collect();
        for s in 0..scenes.len() {
            scenes[s].carried = salience::carried(&scenes, s);
        }
        let said = quotes::find(text, &scenes);
        let mut unnamed: Vec<Draft> = Vec::new();
        let mut out = Draftwork { acts: Vec::new(), dates: Vec::new(), amounts: Vec::new(), skipped: Vec::new() };
        for (s, scene) in scenes.iter().enumerate() {
            let mut acts = events::code(scene, s);
            salience::complete(&scenes, s, &said, &mut acts);
            events::settle_said(&scenes, s, &said, &mut acts);
            salience::name_by_pronouns(scene, &mut acts, drafts.len(), &mut unnamed);
            let before = acts.len();
            acts.retain(|a| !a.actor.is_empty() || !a.recipient.is_empty() || events::tells_without_participants(scene, a));
            events::name_things(scene, &mut acts, drafts.len(), &mut unnamed);
            if acts.is_empty() {
                let reason = if before > 0 {
                    "no_actor"
                } else if events::has_predicate(scene) {
                    "no_frame"
                } else {
                    "no_predicate"
                };
                out.skipped.push(Skipped { sentence: s, reason: reason.to_owned() });
            }
            out.acts.extend(acts);
            out.dates.push(dates::find(scene.tree, &lexicon.dates, published, article.meta.published_time));
            out.amounts.push(quantities::find(scene.tree, &lexicon.quantities));
        }
        let all: Cow<'_, [Draft]> =
            if unnamed.is_empty() { (&drafts).into() } else { drafts.iter().cloned().chain(unnamed).collect() };
        references(&scenes, &all, &mut out.acts);
        for s in 0..scenes.len() {
            if !out.acts.iter().any(|a| a.sentence == s) && !out.skipped.iter().any(|k| k.sentence == s) {
                out.skipped.push(Skipped { sentence: s, reason: "told_before".to_owned() });
            }
        }
        out.skipped.sort_by_key(|k| k.sentence);
        let speaking = said.iter().flat_map(|q| q.speaker.into_iter().chain(q.addressee));
        let taking_part = out.acts.iter().flat_map(|a| a.actor.iter().chain(&a.recipient).copied()).chain(speaking).collect();
        let publisher = self.world.home_of_outlet(article.meta.publisher.as_deref(), article.meta.url.as_deref());
        let setting = home::Setting { hits: &hits, world: self.world, publisher, taking_part: &taking_part };
        let homes = home::infer(&scenes, &setting);
        let maker = Maker {
            article,
            text,
            language,
            lexicon,
            world: self.world,
            map: OffsetMap::new(text),
            scenes: &scenes,
            drafts: &all,
            homes: &homes,
            published,
        };
        let sentences = analysis.sentences.iter().map(|s| maker.map.span(text, s.start, s.end)).collect();
        Ok(maker.reading(sentences, analysis.sentences.iter().map(|s| s.words.len()).sum(), out, &said))
    }
}

/// A noun that names an act which the article has told with its participants ("görüşmenin ardından", "the attack") refers to
/// it and is no act of its own.
fn references(scenes: &[Scene<'_>], drafts: &[Draft], acts: &mut Vec<Act>) {
    let people = |a: &Act| a.actor.iter().chain(&a.recipient).copied().collect::<Vec<usize>>();
    let nominal = |a: &Act| {
        let scene = &scenes[a.sentence];
        let form = scene.tree.nodes[a.trigger].verb.map(|m| m.form);
        scene.lexicon.frames[a.frame as usize].pattern.pos == Pos::Noun
            || form == Some(VerbForm::VerbalNoun) && scene.tree.language == Language::Tr
    };
    let all: Vec<(EventType, Vec<usize>, bool)> = acts.iter().map(|a| (a.kind, people(a), nominal(a))).collect();
    // A state may stand for its minister and the other way round.
    let same = |a: usize, b: usize| {
        let (a, b) = (&drafts[a], &drafts[b]);
        a.entity.is_some() && a.entity == b.entity
            || a.country.is_some() && a.country == b.country && (a.kind == MentionKind::Country || b.kind == MentionKind::Country)
    };
    let mut i = 0;
    acts.retain(|_| {
        let (kind, mine, noun) = &all[i];
        // Far away in a long text nothing is referred to that way.
        let near = i.saturating_sub(200)..(i + 200).min(all.len());
        let told = all[near.clone()].iter().enumerate().map(|(k, x)| (near.start + k, x)).any(|(j, (k, theirs, other_noun))| {
            let fuller = theirs.len() > mine.len() || theirs.len() == mine.len() && (!other_noun || j < i);
            j != i && k == kind && fuller && mine.iter().all(|&m| theirs.iter().any(|&t| same(m, t)))
        });
        i += 1;
        !(*noun && told)
    });
}

/// "iki ülke", "both leaders", "taraflar": mentions that stand for two.
fn pairs(trees: &[Tree<'_>], lexicon: &Lexicon, drafts: &[Draft]) -> Vec<(usize, Pair)> {
    let mut out = Vec::new();
    for (i, d) in drafts.iter().enumerate() {
        let tree = &trees[d.sentence];
        if d.country.is_some() || d.role.as_ref().is_some_and(|r| r.country.is_some()) {
            continue;
        }
        let two = (d.first.saturating_sub(3)..=d.head).any(|w| tree.is_any(w, lexicon.list("two")));
        if !two {
            continue;
        }
        if tree.is_any(d.head, lexicon.list("pair_country")) {
            out.push((i, Pair::Countries));
        } else if tree.is_any(d.head, lexicon.list("pair_person")) {
            out.push((i, Pair::People));
        }
    }
    out
}

/// What was found, sentence by sentence.
struct Draftwork {
    acts: Vec<Act>,
    dates: Vec<Vec<When>>,
    amounts: Vec<Vec<Amount>>,
    skipped: Vec<Skipped>,
}

/// Turns drafts with bytes and indices into the public form with code points and ids.
struct Maker<'a> {
    article: &'a Article,
    text: &'a str,
    language: Language,
    lexicon: &'a Lexicon,
    world: &'a World,
    map: OffsetMap,
    scenes: &'a [Scene<'a>],
    drafts: &'a [Draft],
    homes: &'a [Home],
    published: Option<PartialDate>,
}

impl Maker<'_> {
    fn at(&self, start: usize, end: usize) -> TextSpan {
        TextSpan { span: self.map.span(self.text, start, end), text: self.text[start..end].to_owned() }
    }

    fn reading(&self, sentences: Vec<haberdar_model::Span>, words: usize, mut work: Draftwork, said: &[Said]) -> Reading {
        // Mentions in the order of the text, twins behind their first.
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by_key(|&i| (self.drafts[i].start, self.drafts[i].end, i));
        let mut ids = vec![String::new(); self.drafts.len()];
        for (n, &i) in order.iter().enumerate() {
            ids[i] = format!("m{}", n + 1);
        }
        let mentions: Vec<Mention> = order.iter().map(|&i| self.mention(i, &ids[i])).collect();
        work.acts.sort_by_key(|a| (a.span, a.frame));
        let events: Vec<Event> =
            work.acts.iter().enumerate().map(|(n, a)| self.event(n, a, &ids, said, &work.dates[a.sentence])).collect();
        let quotes = said.iter().enumerate().map(|(n, q)| self.quote(n, q, &ids, &work.acts)).collect();
        let dates = work.dates.iter().flatten().map(|w| self.date(w)).collect();
        let quantities = self.quantities(&work);
        let quoted: Vec<(usize, usize)> = said.iter().filter(|q| q.kind == QuoteKind::Direct).map(|q| (q.start, q.end)).collect();
        let (current, past) = (self.current(&work), self.past(&work));
        let scope = flags::Scope { text: self.text, current: &current, past: &past, quoted: &quoted, published: self.published };
        let flags = flags::check(scope, self.drafts, &ids, self.world);
        let meta = &self.article.meta;
        Reading {
            schema: READING_SCHEMA.to_owned(),
            article: ArticleHead {
                id: self.article.id(),
                source_id: meta.source_id.clone(),
                title: meta.title.clone(),
                url: meta.url.clone(),
                publisher: meta.publisher.clone(),
                published: meta.published,
                language: Some(self.language),
                words,
                text_sha256: hex(&Sha256::digest(self.text.as_bytes())),
            },
            sentences,
            mentions,
            events,
            quotes,
            dates,
            quantities,
            flags,
            skipped: work.skipped,
            text: None,
        }
    }

    fn mention(&self, i: usize, id: &str) -> Mention {
        let d = &self.drafts[i];
        let inferred = self.homes.get(i).copied().flatten().filter(|_| d.country.is_none());
        Mention {
            id: id.to_owned(),
            at: self.at(d.start, d.end),
            kind: d.kind,
            name: d.name.clone(),
            entity: d.entity.clone(),
            country: d.country.or(inferred.map(|h| h.0)),
            country_basis: inferred.map(|h| h.1),
            sector: d.sector.clone().or_else(|| (d.kind == MentionKind::Country).then(|| "GOV".to_owned())),
            role: d.role.as_ref().map(|r| Role {
                office: r.reported().to_owned(),
                country: r.country,
                text: self.text[r.start..r.end].to_owned(),
                tenure: r.tenure.map(str::to_owned),
            }),
            candidates: d.candidates.clone(),
        }
    }

    fn event(&self, n: usize, a: &Act, ids: &[String], said: &[Said], dates: &[When]) -> Event {
        let frame = &self.lexicon.frames[a.frame as usize];
        let cameo = cameo_of(a, frame.cameo);
        let goldstein = self.world.cameo(&cameo).map(|c| c.goldstein);
        let name = |m: &usize| ids[*m].clone();
        let tree = self.scenes[a.sentence].tree;
        let date = self.event_date(a, dates);
        Event {
            id: format!("e{}", n + 1),
            kind: a.kind,
            mode: frame.mode.filter(|m| a.kind.modes().contains(m)).map(str::to_owned),
            contexts: contexts(&self.scenes[a.sentence]),
            quad: a.kind.quad(),
            goldstein,
            cameo: Some(cameo),
            actor: a.actor.iter().map(name).collect(),
            recipient: a.recipient.iter().map(name).collect(),
            trigger: self.at(a.span.0, a.span.1),
            sentence: a.sentence,
            status: if a.status == Status::Happened && self.is_long_past(&date) { Status::Historical } else { a.status },
            polarity: a.polarity,
            reported_by: reporter(said, a).map(|m| ids[m].clone()),
            date,
            place: place(&self.scenes[a.sentence], a).map(|m| ids[m].clone()),
            confidence: (events::calibrated(a.confidence) * 100.0).round() / 100.0,
            why: format!("{}/{}{}/{}", tree.language, frame.place.prefix(), frame.kind.as_str().to_lowercase(), frame.text),
        }
    }

    /// "In 2014 Russia annexed …" in a report of 2024: the article names a day more than a year before it came out.
    fn is_long_past(&self, date: &EventDate) -> bool {
        let days = |p: PartialDate| date.end.map(|end| (p.first() - end).get_days());
        date.basis == DateBasis::Explicit && self.published.and_then(days).is_some_and(|d| d > 365)
    }

    /// Mentions that take part in an act of the days around the publication.
    fn current(&self, work: &Draftwork) -> BTreeSet<usize> {
        let Some(published) = self.published else { return BTreeSet::new() };
        let near = |d: &EventDate| {
            let days = |x: jiff::civil::Date| (x - published.first()).get_days().abs();
            d.basis != DateBasis::Explicit || d.start.or(d.end).is_some_and(|x| days(x) <= 31)
        };
        let acts = work.acts.iter().filter(|a| {
            !matches!(a.status, Status::Historical | Status::Hypothetical) && near(&self.event_date(a, &work.dates[a.sentence]))
        });
        acts.flat_map(|a| a.actor.iter().chain(&a.recipient).copied()).collect()
    }

    /// Sentences that tell of an earlier time: by a day more than a month before publication, or by an act of the past.
    fn past(&self, work: &Draftwork) -> BTreeSet<usize> {
        let Some(published) = self.published else { return BTreeSet::new() };
        let early = |w: &When| w.interval.to.or(w.interval.from).is_some_and(|d| (published.first() - d).get_days() > 31);
        let dated = work.dates.iter().enumerate().filter(|(_, dates)| dates.iter().any(early)).map(|(sentence, _)| sentence);
        dated.chain(work.acts.iter().filter(|a| a.status == Status::Historical).map(|a| a.sentence)).collect()
    }

    /// The expression that dates the act, else the day of publication for what has happened.
    fn event_date(&self, a: &Act, dates: &[When]) -> EventDate {
        if let Some(w) = dating::of(self.scenes[a.sentence].tree, self.lexicon, a, dates, self.published.is_some()) {
            return EventDate { start: w.interval.from, end: w.interval.to, basis: w.basis, span: Some(self.at(w.start, w.end)) };
        }
        match self
            .published
            .filter(|_| matches!(a.status, Status::Happened | Status::Ongoing) && a.polarity == Polarity::Positive)
        {
            Some(p) => EventDate { start: Some(p.first()), end: Some(p.last()), basis: DateBasis::Publication, span: None },
            None => EventDate { start: None, end: None, basis: DateBasis::None, span: None },
        }
    }

    fn quote(&self, n: usize, q: &Said, ids: &[String], acts: &[Act]) -> Quote {
        Quote {
            id: format!("q{}", n + 1),
            at: self.at(q.start, q.end),
            kind: q.kind,
            parts: q.parts.iter().map(|&(s, e)| self.at(s, e)).collect(),
            verbatim: q.verbatim.iter().map(|&(s, e)| self.at(s, e)).collect(),
            speaker: q.speaker.map(|m| ids[m].clone()),
            speaker_text: q
                .source
                .or_else(|| q.speaker.map(|m| (self.drafts[m].start, self.drafts[m].end)))
                .map(|(s, e)| self.text[s..e].to_owned()),
            cue: q.cue.map(|(s, e)| self.at(s, e)),
            addressee: q.addressee.map(|m| ids[m].clone()),
            events: acts.iter().enumerate().filter(|(_, a)| q.makes(a.span)).map(|(n, _)| format!("e{}", n + 1)).collect(),
        }
    }

    fn date(&self, w: &When) -> DateExpression {
        DateExpression {
            at: self.at(w.start, w.end),
            kind: w.kind.to_owned(),
            value: w.value.clone(),
            modifier: w.modifier.map(str::to_owned),
            from: w.times.0.clone().or_else(|| w.interval.from.map(|d| d.to_string())),
            to: w.times.1.clone().or_else(|| w.interval.to.map(|d| d.to_string())),
        }
    }

    fn quantities(&self, work: &Draftwork) -> Vec<Quantity> {
        let mut out = Vec::new();
        for (s, amounts) in work.amounts.iter().enumerate() {
            for q in amounts {
                // "2 Temmuz", "2024 yılı": a number inside a date counts nothing.
                if work.dates[s].iter().any(|w| w.first <= q.last && q.first <= w.last) {
                    continue;
                }
                let event = work
                    .acts
                    .iter()
                    .enumerate()
                    .filter(|(_, a)| a.sentence == s)
                    .min_by_key(|(_, a)| {
                        // The act whose participant or object is counted, then the nearest one.
                        let tree = self.scenes[s].tree;
                        let own = tree.below(q.noun, a.trigger) || tree.below(a.trigger, q.noun);
                        a.trigger.abs_diff(q.noun) + if own { 0 } else { 12 }
                    })
                    .map(|(n, _)| format!("e{}", n + 1));
                out.push(Quantity {
                    at: self.at(q.start, q.end),
                    value: q.value,
                    to: q.to,
                    modifier: q.modifier.to_owned(),
                    unit: q.unit.to_owned(),
                    event,
                });
            }
        }
        out
    }
}

/// The contexts that the sentence's words speak of, in PLOVER's order.
fn contexts(scene: &Scene<'_>) -> Vec<String> {
    let named = |c: &str| {
        scene.tree.nodes.iter().flat_map(|n| &n.lemmas).any(|l| scene.lexicon.contexts.get(l).is_some_and(|x| x.contains(&c)))
    };
    CONTEXTS.iter().filter(|c| named(c)).map(|c| (*c).to_owned()).collect()
}

/// A promise of a cooperative act has the code of intending it.
fn cameo_of(a: &Act, code: &str) -> String {
    use haberdar_model::EventType::*;
    let own_agree = code.starts_with("03");
    match a.kind {
        // What a speaker wants others to do has the code of demanding it.
        Request if !code.starts_with("02") && !code.starts_with("10") => match code.get(..2) {
            Some("04") => "106".to_owned(),
            Some("05" | "06") => "102".to_owned(),
            Some("07") => "103".to_owned(),
            Some("08") => "105".to_owned(),
            _ => "100".to_owned(),
        },
        Agree if !own_agree => match code.get(..2) {
            Some("04") => "036".to_owned(),
            Some("05") => "032".to_owned(),
            Some("06") => "031".to_owned(),
            Some("07") => "033".to_owned(),
            _ => "030".to_owned(),
        },
        _ => code.to_owned(),
    }
}

/// The speaker of the innermost quotation around the trigger.
fn reporter(said: &[Said], a: &Act) -> Option<usize> {
    said.iter().filter(|q| q.touches(a.span)).min_by_key(|q| q.end - q.start).and_then(|q| q.speaker)
}

/// A place mention that stands with the trigger.
fn place(scene: &Scene<'_>, a: &Act) -> Option<usize> {
    let tree = scene.tree;
    let own = tree.kids(a.trigger).filter_map(|k| scene.words.headed(k)).find(|&m| scene.drafts[m].kind == MentionKind::Place);
    own.or_else(|| {
        (0..tree.len())
            .filter(|w| w.abs_diff(a.trigger) < 12)
            .filter_map(|w| scene.words.headed(w).map(|m| (w, m)))
            .filter(|&(_, m)| scene.drafts[m].kind == MentionKind::Place)
            .min_by_key(|&(w, _)| w.abs_diff(a.trigger))
            .map(|(_, m)| m)
    })
    .filter(|m| !a.actor.contains(m) && !a.recipient.contains(m))
    .filter(|_| scene.lexicon.frames[a.frame as usize].pattern.pos != Pos::Adj)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
