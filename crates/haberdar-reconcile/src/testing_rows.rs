//! Merged events for tests, in a line each.

use haberdar_model::{
    DateBasis, EventType, PartialDate, Polarity, Span, Status,
    record::{MergedDate, MergedEvent, Party, Report, Story, StoryArticle},
};

fn parties(codes: &str) -> Vec<Party> {
    codes
        .split_whitespace()
        .map(|c| Party { name: c.to_owned(), entity: None, country: Some(c.parse().expect("a code")), office: None })
        .collect()
}

/// `id actor>recipient TYPE goldstein status published day`, sides joined with `+`, `-` for nothing.
pub(crate) fn event(line: &str) -> MergedEvent {
    let w: Vec<&str> = line.split_whitespace().collect();
    let (actor, recipient) = w[1].split_once('>').expect("two sides");
    let sides = |s: &str| parties(&s.replace('+', " ").replace('-', ""));
    let date = |s: &str| (s != "-").then(|| s.parse::<PartialDate>().expect("a date"));
    let kind: EventType = w[2].parse().expect("a type");
    let published = date(w[5]);
    MergedEvent {
        id: w[0].to_owned(),
        kind,
        mode: None,
        cameo: None,
        quad: kind.quad(),
        goldstein: Some(w[3].parse().expect("a number")),
        actor: sides(actor),
        recipient: sides(recipient),
        status: w[4].parse().expect("a status"),
        polarity: if w[4].parse() == Ok(Status::Denied) { Polarity::Negative } else { Polarity::Positive },
        date: MergedDate { from: date(w[6]), to: date(w[6]), basis: DateBasis::Explicit },
        place: None,
        reports: vec![Report {
            article: format!("article of {}", w[0]),
            event: "e1".to_owned(),
            publisher: Some("A".to_owned()),
            published,
            sentence: 0,
            span: Span::default(),
            reported_by: None,
        }],
        independent_sources: 1,
        conflicts: Vec::new(),
        decisions: Vec::new(),
        confidence: 0.8,
    }
}

/// A story of one article for every event; `copy` is a copy of `original`.
pub(crate) fn story(events: &[MergedEvent], outlets: &[(&str, &str)], copy: Option<(&str, &str)>) -> Story {
    let article = |id: &str| format!("article of {id}");
    let articles = outlets.iter().map(|(id, outlet)| StoryArticle {
        id: article(id),
        source_id: (*id).to_owned(),
        publisher: Some((*outlet).to_owned()),
        published: None,
        copy_of: copy.filter(|c| c.0 == *id).map(|c| article(c.1)),
        version_of: None,
    });
    Story {
        id: "s".to_owned(),
        title: String::new(),
        articles: articles.collect(),
        events: events.iter().map(|e| e.id.clone()).collect(),
        from: None,
        to: None,
    }
}
