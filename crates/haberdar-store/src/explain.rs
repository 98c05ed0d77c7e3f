//! Why a row was coded: every report of an event with its sentence, its words and the rule.

use haberdar_model::{
    Reading,
    reading::TextSpan,
    record::{Explained, MergedEvent},
};

use crate::{Store, StoreError};

impl Store {
    /// The reports of a merged event in their order; empty where there is no such event.
    pub fn explain(&self, event: &str) -> Result<Vec<Explained>, StoreError> {
        self.event(event)?.map_or_else(|| Ok(Vec::new()), |merged| self.explain_event(&merged))
    }

    /// The reports of a merged event that is at hand.
    pub fn explain_event(&self, merged: &MergedEvent) -> Result<Vec<Explained>, StoreError> {
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
    let whole = reading.text.as_deref().unwrap_or_default();
    let text = span.slice(whole).unwrap_or_default().to_owned();
    let mention = |id: &String| reading.mentions.iter().find(|m| m.id == *id).cloned();
    Some(Explained {
        article: reading.article.clone(),
        length: whole.chars().count(),
        sentence: TextSpan { span, text },
        actor: event.actor.iter().filter_map(mention).collect(),
        recipient: event.recipient.iter().filter_map(mention).collect(),
        reported_by: event.reported_by.as_ref().and_then(mention),
        place: event.place.as_ref().and_then(mention),
        event,
    })
}
