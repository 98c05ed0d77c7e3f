//! Made-up articles with their readings: day after day some hundred reports of happenings, told by several outlets in two
//! languages, every tenth one a copy. The same number gives the same article on every machine.
//!
//! Words are as rare as in news: five of six come from the tables of common words, as often as these say; of the others two in
//! three belong to the happening and are nowhere else, as its names are. A stream whose texts are all made of a few thousand words
//! that no table knows would make every article a neighbour of every other, which news are not.

use std::{collections::VecDeque, sync::OnceLock};

use haberdar_model::{
    Article, ArticleMeta, Country, DateBasis, EventType, Language, MentionKind, PartialDate, Polarity, Reading, Span, Status,
    reading::{ArticleHead, Event, EventDate, Mention, Quantity, TextSpan},
};
use jiff::civil::Date;

/// Articles of one day.
const A_DAY: usize = 550;
/// Of a hundred articles, so many are copies.
const COPIES: u64 = 10;
/// Of a hundred articles, so many are Turkish; the others are English.
const TURKISH: u64 = 60;
/// Happenings that are told of at one time.
const AT_ONE_TIME: usize = 150;
/// Of a hundred words, so many stand in the table of common words of the language.
const COMMON: u64 = 83;
/// Words that no table lists: from the commonest of them on, of which one article in fifty has each, to the rarest.
const TAIL: (f64, f64) = (200.0, 60_000.0);

const STATES: [&str; 24] = [
    "TUR", "RUS", "USA", "CHN", "UKR", "ISR", "IRN", "SYR", "IRQ", "EGY", "GRC", "DEU", "FRA", "GBR", "POL", "AZE", "ARM", "GEO",
    "PRK", "KOR", "JPN", "IND", "PAK", "SAU",
];
const KINDS: [EventType; 8] = [
    EventType::Consult,
    EventType::Agree,
    EventType::Accuse,
    EventType::Assault,
    EventType::Sanction,
    EventType::Aid,
    EventType::Reject,
    EventType::Cooperate,
];

/// splitmix64.
pub(crate) struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Between nought and one.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Small numbers often, large ones seldom.
    fn rank(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.share()) - 1.0) as usize
    }

    /// The number of a word that no table lists.
    fn rare(&mut self) -> usize {
        (TAIL.0 * (TAIL.1 / TAIL.0).powf(self.share())) as usize
    }

    /// A word as news have it, the same for many articles.
    fn word(&mut self, language: Language) -> String {
        if self.next() % 100 >= COMMON {
            return word(self.rare(), language);
        }
        let table = common(language);
        let at = self.next() % table.last().map_or(1, |l| l.1);
        table[table.partition_point(|w| w.1 <= at)].0.to_owned()
    }
}

/// The common words of a language, each with the sum of the shares of articles up to it.
fn common(language: Language) -> &'static [(&'static str, u64)] {
    static TABLES: [OnceLock<Vec<(&str, u64)>>; 2] = [const { OnceLock::new() }; 2];
    let (table, text) = match language {
        Language::Tr => (&TABLES[0], include_str!("../../../haberdar-reconcile/src/common.tr.tsv")),
        _ => (&TABLES[1], include_str!("../../../haberdar-reconcile/src/common.en.tsv")),
    };
    table.get_or_init(|| {
        let rows = text.lines().filter_map(|l| l.split_once('\t')).filter_map(|(w, share)| Some((w, share.parse::<u64>().ok()?)));
        rows.scan(0, |sum, (w, share)| {
            *sum += share;
            Some((w, *sum))
        })
        .collect()
    })
}

/// A pronounceable word of its own for every number.
fn word(number: usize, language: Language) -> String {
    let (heads, vowels) = match language {
        Language::Tr => (["k", "t", "s", "y", "d", "b", "g", "m", "ş", "ç"], ["a", "e", "ı", "i", "o", "ö", "u", "ü"]),
        _ => (["w", "th", "s", "r", "d", "b", "g", "m", "p", "l"], ["a", "e", "i", "ai", "o", "ou", "u", "ea"]),
    };
    let mut n = number + 80;
    let mut out = String::new();
    while n > 0 {
        out += heads[n % 10];
        out += vowels[n / 10 % 8];
        n /= 80;
    }
    out
}

fn name(number: usize) -> String {
    let capital = |w: String| w[..1].to_uppercase() + &w[1..];
    format!("{} {}", capital(word(number * 7 % 900, Language::En)), capital(word(number * 13 + 1000, Language::En) + "ov"))
}

/// What is told of.
#[derive(Clone)]
struct Happening {
    kind: EventType,
    states: [usize; 2],
    persons: [usize; 2],
    place: usize,
    number: usize,
    words: Vec<usize>,
    left: usize,
}

/// All articles, one after the other.
pub(crate) struct Articles {
    chance: Chance,
    number: usize,
    going_on: VecDeque<Happening>,
    /// The last ones, to be copied.
    last: VecDeque<(Article, Reading)>,
}

impl Articles {
    pub(crate) fn new() -> Self {
        Articles { chance: Chance(7), number: 0, going_on: VecDeque::new(), last: VecDeque::new() }
    }

    fn happening(&mut self) -> Happening {
        let c = &mut self.chance;
        let first = c.rank(STATES.len());
        let second = (first + 1 + c.below(STATES.len() - 1)) % STATES.len();
        Happening {
            kind: KINDS[c.below(KINDS.len())],
            states: [first, second],
            persons: [first * 40 + c.rank(40), second * 40 + c.rank(40)],
            place: c.rank(3000),
            number: 4 + c.below(400),
            words: (0..14).map(|_| c.rare()).collect(),
            left: 1 + c.rank(30),
        }
    }

    fn day(&self) -> Date {
        Date::constant(2023, 1, 1).saturating_add(jiff::Span::new().days((self.number / A_DAY) as i64))
    }

    fn told(&mut self) -> (Article, Reading) {
        while self.going_on.len() < AT_ONE_TIME {
            let h = self.happening();
            self.going_on.push_back(h);
        }
        let at = self.chance.below(self.going_on.len());
        self.going_on[at].left -= 1;
        let h = self.going_on[at].clone();
        if h.left == 0 {
            self.going_on.remove(at);
        }
        let language = if self.chance.next() % 100 < TURKISH { Language::Tr } else { Language::En };
        self.write(&h, language)
    }

    fn write(&mut self, h: &Happening, language: Language) -> (Article, Reading) {
        let mut text = String::new();
        let mut sentences = Vec::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut events = Vec::new();
        let mut quantities = Vec::new();
        let count = |t: &str| t.chars().count();
        for s in 0..8 + self.chance.below(6) {
            let start = count(&text);
            let told = s < 2;
            if told || self.chance.below(3) == 0 {
                let side = s % 2;
                mentions.push(person(&mut text, h.persons[side], h.states[side], mentions.len()));
                text.push(' ');
            }
            for _ in 0..10 + self.chance.below(12) {
                let own = self.chance.below(9) == 0;
                text += &if own { word(h.words[self.chance.below(h.words.len())], language) } else { self.chance.word(language) };
                text.push(' ');
            }
            if s == 1 {
                let at = count(&text);
                let said = h.number.to_string();
                text += &said;
                let at = TextSpan { span: Span { start: at, end: count(&text) }, text: said };
                quantities.push(Quantity {
                    at,
                    value: h.number as f64,
                    to: None,
                    modifier: "exactly".into(),
                    unit: "people".into(),
                    event: None,
                });
                text.push(' ');
            }
            if s == 0 {
                mentions.push(person(&mut text, h.persons[1], h.states[1], mentions.len()));
                text.push(' ');
                mentions.push(place(&mut text, h.place, mentions.len()));
                text.push(' ');
                let at = count(&text);
                let said = word(40 + h.kind as usize, language);
                text += &said;
                events.push(event(h, TextSpan { span: Span { start: at, end: count(&text) }, text: said }));
            }
            text += ". ";
            sentences.push(Span { start, end: count(&text) - 1 });
        }
        let outlet = format!("Outlet {}", self.chance.rank(200));
        let meta = ArticleMeta {
            source_id: format!("s{}", self.number),
            url: Some(format!("https://outlet.example/{}", self.number)),
            publisher: Some(outlet),
            published: Some(PartialDate::day(self.day())),
            language: Some(language),
            ..ArticleMeta::default()
        };
        let article = Article { meta, text };
        let reading = Reading {
            schema: haberdar_model::READING_SCHEMA.into(),
            article: ArticleHead::default(),
            sentences,
            mentions,
            events,
            quotes: Vec::new(),
            dates: Vec::new(),
            quantities,
            flags: Vec::new(),
            skipped: Vec::new(),
            text: None,
        };
        (article, reading)
    }
}

impl Iterator for Articles {
    type Item = (Article, Reading);

    fn next(&mut self) -> Option<(Article, Reading)> {
        self.number += 1;
        let copied = self.chance.next() % 100 < COPIES && !self.last.is_empty();
        let (mut article, mut reading) = if copied {
            let at = self.chance.below(self.last.len());
            let (mut article, reading) = self.last[at].clone();
            article.meta.publisher = Some(format!("Outlet {}", self.chance.rank(200)));
            article.meta.source_id = format!("s{}", self.number);
            article.meta.url = Some(format!("https://copy.example/{}", self.number));
            article.meta.published = Some(PartialDate::day(self.day()));
            (article, reading)
        } else {
            self.told()
        };
        article.text = article.text.trim_end().to_owned();
        let m = &article.meta;
        reading.article = ArticleHead {
            id: article.id(),
            source_id: m.source_id.clone(),
            title: None,
            url: m.url.clone(),
            publisher: m.publisher.clone(),
            published: m.published,
            language: m.language,
            words: article.text.split_whitespace().count(),
            text_sha256: String::new(),
        };
        if !copied {
            self.last.push_back((article.clone(), reading.clone()));
            if self.last.len() > A_DAY {
                self.last.pop_front();
            }
        }
        Some((article, reading))
    }
}

fn mention(text: &mut String, said: &str, kind: MentionKind, entity: &str, country: Option<Country>, number: usize) -> Mention {
    let start = text.chars().count();
    *text += said;
    let at = TextSpan { span: Span { start, end: text.chars().count() }, text: said.to_owned() };
    Mention {
        id: format!("m{}", number + 1),
        at,
        kind,
        name: said.to_owned(),
        entity: Some(entity.to_owned()),
        country,
        sector: Some("GOV".into()),
        role: None,
        country_basis: None,
        candidates: Vec::new(),
    }
}

fn person(text: &mut String, person: usize, state: usize, number: usize) -> Mention {
    mention(text, &name(person), MentionKind::Person, &format!("X{person}"), STATES[state].parse().ok(), number)
}

fn place(text: &mut String, place: usize, number: usize) -> Mention {
    mention(text, &name(20_000 + place), MentionKind::Place, &format!("P{place}"), None, number)
}

fn event(h: &Happening, trigger: TextSpan) -> Event {
    Event {
        id: "e1".into(),
        kind: h.kind,
        mode: None,
        contexts: Vec::new(),
        cameo: None,
        quad: h.kind.quad(),
        goldstein: None,
        actor: vec!["m1".into()],
        recipient: vec!["m2".into()],
        trigger,
        sentence: 0,
        status: Status::Happened,
        polarity: Polarity::Positive,
        reported_by: None,
        date: EventDate { start: None, end: None, basis: DateBasis::None, span: None },
        place: Some("m3".into()),
        confidence: 0.8,
        why: "synthetic".into(),
    }
}
