//! Why a row was coded: every report of an event with its sentence, its words and the rule.

use haberdar_model::{
    Reading,
    reading::{ArticleHead, Event, Mention, TextSpan},
};
use serde::Serialize;

use crate::{Store, StoreError};

/// One report of a merged event, with all that it was coded from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The article.
    pub article: ArticleHead,
    /// The sentence in full.
    pub sentence: TextSpan,
    /// The event as it was coded in the article, with its trigger, rule and confidence.
    pub event: Event,
    /// Who acts.
    pub actor: Vec<Mention>,
    /// Who is acted upon.
    pub recipient: Vec<Mention>,
    /// In whose words the act stands.
    pub reported_by: Option<Mention>,
}

impl Store {
    /// The reports of a merged event in their order; empty where there is no such event.
    pub fn explain(&self, event: &str) -> Result<Vec<Explained>, StoreError> {
        let Some(merged) = self.event(event)? else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for report in &merged.reports {
            if let Some(reading) = self.reading(&report.article)? {
                out.extend(explained(&reading, &report.event));
            }
        }
        Ok(out)
    }

    /// One event of one article, by its id within the reading (`e1`).
    pub fn explain_in_article(&self, article: &str, event: &str) -> Result<Option<Explained>, StoreError> {
        Ok(self.reading(article)?.and_then(|r| explained(&r, event)))
    }
}

fn explained(reading: &Reading, event: &str) -> Option<Explained> {
    let event = reading.events.iter().find(|e| e.id == event)?.clone();
    let span = reading.sentences.get(event.sentence).copied().unwrap_or(event.trigger.span);
    let text = span.slice(reading.text.as_deref().unwrap_or_default()).unwrap_or_default().to_owned();
    let mention = |id: &String| reading.mentions.iter().find(|m| m.id == *id).cloned();
    Some(Explained {
        article: reading.article.clone(),
        sentence: TextSpan { span, text },
        actor: event.actor.iter().filter_map(mention).collect(),
        recipient: event.recipient.iter().filter_map(mention).collect(),
        reported_by: event.reported_by.as_ref().and_then(mention),
        event,
    })
}
