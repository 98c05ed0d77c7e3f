//! Hand-made readings for tests.

use haberdar_model::{
    Country, CountryBasis, DateBasis, EventType, Language, MentionKind, PartialDate, Polarity, Reading, Span, Status,
    article::Article,
    article::ArticleMeta,
    reading::{ArticleHead, DateExpression, Event, EventDate, Flag, Mention, OfficeRef, Quantity, Role, TextSpan},
};
use jiff::civil::Date;

use crate::{
    Input,
    offices::{Holding, Offices, office_ref},
};

/// An article and what a reader would find in it, given by the words in it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    text: String,
    reading: Reading,
}

impl Draft {
    pub(crate) fn new(text: &str) -> Draft {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (i, c) in text.chars().enumerate() {
            if matches!(c, '.' | '!' | '?') {
                sentences.push(Span { start, end: i + 1 });
                start = i + 2;
            }
        }
        let article = ArticleHead { language: Some(Language::Tr), ..Default::default() };
        let reading = Reading {
            schema: haberdar_model::READING_SCHEMA.into(),
            article,
            sentences,
            mentions: Vec::new(),
            events: Vec::new(),
            quotes: Vec::new(),
            dates: Vec::new(),
            quantities: Vec::new(),
            flags: Vec::new(),
            skipped: Vec::new(),
            text: None,
        };
        Draft { text: text.into(), reading }
    }

    pub(crate) fn english(mut self) -> Draft {
        self.reading.article.language = Some(Language::En);
        self
    }

    pub(crate) fn publisher(mut self, name: &str) -> Draft {
        self.reading.article.publisher = Some(name.into());
        self
    }

    pub(crate) fn source(mut self, id: &str) -> Draft {
        self.reading.article.source_id = id.into();
        self
    }

    pub(crate) fn url(mut self, url: &str) -> Draft {
        self.reading.article.url = Some(url.into());
        self
    }

    pub(crate) fn published(mut self, day: &str) -> Draft {
        self.reading.article.published = Some(day.parse().expect("a day"));
        self
    }

    /// The first place of the words in the text.
    fn find(&self, words: &str) -> TextSpan {
        let byte = self.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", self.text));
        let start = self.text[..byte].chars().count();
        TextSpan { span: Span { start, end: start + words.chars().count() }, text: words.into() }
    }

    fn mention(mut self, words: &str, kind: MentionKind, name: &str, entity: &str, country: &str) -> Draft {
        let at = self.find(words);
        let id = format!("m{}", self.reading.mentions.len() + 1);
        let entity = (!entity.is_empty()).then(|| entity.to_owned());
        let country: Option<Country> = country.parse().ok();
        let sector = Some("GOV".to_owned());
        self.reading.mentions.push(Mention {
            id,
            at,
            kind,
            name: name.into(),
            entity,
            country,
            sector,
            role: None,
            country_basis: None,
            candidates: Vec::new(),
        });
        self
    }

    pub(crate) fn person(self, name: &str, entity: &str, country: &str) -> Draft {
        self.mention(name, MentionKind::Person, name, entity, country)
    }

    pub(crate) fn country(self, words: &str, code: &str) -> Draft {
        self.mention(words, MentionKind::Country, words, code, code)
    }

    pub(crate) fn place(self, words: &str) -> Draft {
        self.mention(words, MentionKind::Place, words, "", "")
    }

    /// Makes the country of the last mention one that was inferred.
    pub(crate) fn inferred(mut self) -> Draft {
        self.reading.mentions.last_mut().expect("a mention").country_basis = Some(CountryBasis::Article);
        self
    }

    /// Gives the last mention an office.
    pub(crate) fn office(mut self, office: &str) -> Draft {
        let m = self.reading.mentions.last_mut().expect("a mention");
        m.role = Some(Role { office: office.into(), country: m.country, text: String::new(), tenure: None });
        self
    }

    pub(crate) fn tenure(mut self, tenure: &str) -> Draft {
        let role = self.reading.mentions.last_mut().and_then(|m| m.role.as_mut());
        role.expect("a role").tenure = Some(tenure.into());
        self
    }

    /// Words that mean a day.
    pub(crate) fn date(mut self, words: &str, day: &str) -> Draft {
        let (at, day) = (self.find(words), day.to_owned());
        let (from, to) = (Some(day.clone()), Some(day.clone()));
        self.reading.dates.push(DateExpression { at, kind: "DATE".into(), value: day, modifier: None, from, to });
        self
    }

    /// An act that happened, by mention numbers.
    pub(crate) fn act(mut self, kind: EventType, trigger: &str, actor: &[usize], recipient: &[usize]) -> Draft {
        let trigger = self.find(trigger);
        let sentence = self.reading.sentences.iter().position(|s| s.contains(trigger.span)).unwrap_or(0);
        let ids = |n: &[usize]| n.iter().map(|i| format!("m{i}")).collect();
        self.reading.events.push(Event {
            id: format!("e{}", self.reading.events.len() + 1),
            kind,
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            quad: kind.quad(),
            goldstein: None,
            actor: ids(actor),
            recipient: ids(recipient),
            trigger,
            sentence,
            status: Status::Happened,
            polarity: Polarity::Positive,
            reported_by: None,
            date: EventDate { start: None, end: None, basis: DateBasis::None, span: None },
            place: None,
            confidence: 0.8,
            why: String::new(),
        });
        self
    }

    fn last(&mut self) -> &mut Event {
        self.reading.events.last_mut().expect("an act")
    }

    pub(crate) fn status(mut self, status: Status) -> Draft {
        self.last().status = status;
        self
    }

    pub(crate) fn mode(mut self, mode: &str) -> Draft {
        self.last().mode = Some(mode.into());
        self
    }

    pub(crate) fn cameo(mut self, code: &str) -> Draft {
        self.last().cameo = Some(code.into());
        self
    }

    pub(crate) fn reported_by(mut self, mention: usize) -> Draft {
        self.last().reported_by = Some(format!("m{mention}"));
        self
    }

    pub(crate) fn at_place(mut self, mention: usize) -> Draft {
        self.last().place = Some(format!("m{mention}"));
        self
    }

    /// Dates the last act by words in the text.
    pub(crate) fn on(mut self, day: &str, words: &str) -> Draft {
        let span = Some(self.find(words));
        let day: Option<Date> = day.parse().ok();
        self.last().date = EventDate { start: day, end: day, basis: DateBasis::Explicit, span };
        self
    }

    pub(crate) fn quantity(mut self, words: &str, value: f64, modifier: &str, unit: &str, event: Option<usize>) -> Draft {
        let at = self.find(words);
        let event = event.map(|e| format!("e{e}"));
        self.reading.quantities.push(Quantity { at, value, to: None, modifier: modifier.into(), unit: unit.into(), event });
        self
    }

    pub(crate) fn flag(mut self, mention: usize, office: &str, country: &str, on: Option<&str>) -> Draft {
        let m = &self.reading.mentions[mention - 1];
        let flag = Flag {
            kind: "office_holder".into(),
            mention: m.id.clone(),
            office: OfficeRef { office: office.into(), country: country.parse().expect("a country") },
            claimed: m.entity.clone(),
            on: on.map(|d| d.parse().expect("a day")),
            record: None,
            message: String::new(),
        };
        self.reading.flags.push(flag);
        self
    }

    pub(crate) fn build(&self) -> (Reading, String) {
        let mut reading = self.reading.clone();
        let a = &reading.article;
        let (publisher, url) = (a.publisher.clone(), a.url.clone());
        let meta = ArticleMeta { publisher, url, published: a.published, ..Default::default() };
        let article = Article { meta, text: self.text.clone() };
        reading.article.id = article.id();
        if reading.article.source_id.is_empty() {
            reading.article.source_id = format!("source {}", &reading.article.id[3..7]);
        }
        (reading, self.text.clone())
    }

    pub(crate) fn build_all(drafts: &[Draft]) -> (Vec<Reading>, Vec<String>) {
        drafts.iter().map(Draft::build).unzip()
    }
}

pub(crate) fn inputs<'a>(readings: &'a [Reading], texts: &'a [String]) -> Vec<Input<'a>> {
    readings.iter().zip(texts).map(|(reading, text)| Input { reading, text }).collect()
}

/// Two offices, enough for both sides of a handover.
pub(crate) struct Tables;

impl Tables {
    fn rows() -> Vec<(&'static str, &'static str, Holding)> {
        let row = |office, country, person: &str, name: &str, from: &str, to: &str| {
            let day = |s: &str| s.parse::<PartialDate>().ok();
            let h = Holding {
                person: person.into(),
                name: name.into(),
                from: day(from),
                to: day(to),
                known_until: None,
                source: "test".into(),
            };
            (office, country, h)
        };
        vec![
            row("foreign_minister", "PRK", "Q1", "Ri Son-gwon", "2020-01-21", "2022-06-11"),
            row("foreign_minister", "PRK", "Q2", "Choe Son-hui", "2022-06-11", ""),
            row("foreign_minister", "RUS", "Q3", "Sergey Lavrov", "2004-03-09", ""),
            row("foreign_minister", "TUR", "Q5", "Mevlüt Çavuşoğlu", "2015-11-24", "2023-06-03"),
            row("foreign_minister", "TUR", "Q6", "Hakan Fidan", "2023-06-03", ""),
        ]
    }
}

impl Offices for Tables {
    fn holdings(&self, o: &OfficeRef) -> Vec<Holding> {
        let hit = |r: &(&str, &str, Holding)| r.0 == o.office && r.1 == o.country.as_str();
        Tables::rows().into_iter().filter(hit).map(|r| r.2).collect()
    }

    fn held_by(&self, person: &str) -> Vec<OfficeRef> {
        let rows = Tables::rows().into_iter().filter(|r| r.2.person == person);
        rows.map(|r| office_ref(r.0, r.1.parse().expect("a country"))).collect()
    }

    fn name(&self, entity: &str) -> Option<String> {
        Tables::rows().into_iter().find(|r| r.2.person == entity).map(|r| r.2.name)
    }
}
