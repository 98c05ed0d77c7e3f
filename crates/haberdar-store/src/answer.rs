//! Answers from the record: events, stories, conflicts.

use haberdar_model::record::{Conflict, MergedEvent, Story};
use rusqlite::params_from_iter;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Filter, Order, Store, StoreError,
    error::AtPath,
    filter::{Where, full_id, limit},
    write::real,
};

/// How much the store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles that were read.
    pub articles: usize,
    /// Events before merging.
    pub article_events: usize,
    /// Quotations.
    pub quotes: usize,
    /// Flags.
    pub flags: usize,
    /// Stories.
    pub stories: usize,
    /// Merged events.
    pub events: usize,
    /// Conflicts.
    pub conflicts: usize,
}

/// What an id, or its beginning, stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Found {
    /// An article.
    Article(String),
    /// A story.
    Story(String),
    /// A merged event.
    Event(String),
    /// A conflict.
    Conflict(String),
}

const BY_REPORT: &str = "EXISTS (SELECT 1 FROM event_reports r JOIN articles a ON a.id = r.article WHERE r.event = m.id AND {})";

/// The conditions of a filter on the merged event `m`.
fn on_events(w: &mut Where, f: &Filter) {
    let party =
        |role: &str| format!("EXISTS (SELECT 1 FROM event_participants p WHERE p.event = m.id AND p.role = '{role}' AND {{}})");
    if let Some(who) = &f.actor {
        w.somebody(&party("actor"), "p", who);
    }
    if let Some(who) = &f.recipient {
        let frame = "EXISTS (SELECT 1 FROM event_participants p WHERE p.event = m.id AND {} AND (p.role = 'recipient' OR (\
                     NOT EXISTS (SELECT 1 FROM event_participants o WHERE o.event = m.id AND o.role = 'recipient') AND \
                     (SELECT count(*) FROM event_participants o WHERE o.event = m.id) > 1)))";
        w.somebody(frame, "p", who);
    }
    if let Some(who) = &f.speaker {
        let frame = "EXISTS (SELECT 1 FROM event_reports r JOIN events e ON e.article = r.article AND e.id = r.article_event \
                     JOIN mentions s ON s.article = e.article AND s.id = e.reported_by WHERE r.event = m.id AND {})";
        w.somebody(frame, "s", who);
    }
    if let Some(kind) = f.kind {
        w.and("m.type = ?", kind.as_str().to_owned());
    }
    if let Some(status) = f.status {
        w.and("m.status = ?", status.as_str().to_owned());
    }
    if let Some(least) = f.min_confidence {
        w.and("m.confidence >= ?", real(least));
    }
    if let Some(story) = &f.story {
        w.id("EXISTS (SELECT 1 FROM story_events s WHERE s.event = m.id AND {})", "s.story", story);
    }
    w.days(f, "m.date_from", "m.date_to");
}

impl Store {
    /// Merged events, by day and id, or as [`Filter::order`] says.
    pub fn events(&self, filter: &Filter) -> Result<Vec<MergedEvent>, StoreError> {
        let mut w = Where::default();
        on_events(&mut w, filter);
        w.article(filter, BY_REPORT);
        let order = match filter.order {
            Order::Day => "",
            Order::Actor => {
                "(SELECT p.name FROM event_participants p WHERE p.event = m.id AND p.role = 'actor' AND p.position = 0) \
                 COLLATE turkish NULLS LAST, "
            }
            Order::Sources => "m.independent_sources DESC, ",
        };
        let sql = format!(
            "SELECT m.json FROM merged_events m{} ORDER BY {order}coalesce(m.date_from, m.date_to) IS NULL, \
             coalesce(m.date_from, m.date_to), m.id{}",
            w.sql(),
            limit(filter)
        );
        self.json_rows(&sql, &w)
    }

    /// One merged event.
    pub fn event(&self, id: &str) -> Result<Option<MergedEvent>, StoreError> {
        self.one("SELECT m.json FROM merged_events m", "m.id", id)
    }

    /// Stories, by their first day and id. Of the filter, somebody, kind and status look at the story's events.
    pub fn stories(&self, filter: &Filter) -> Result<Vec<Story>, StoreError> {
        let mut w = Where::default();
        let member = "EXISTS (SELECT 1 FROM story_articles x JOIN articles a ON a.id = x.article WHERE x.story = t.id AND {})";
        w.article(filter, member);
        w.days(filter, "t.date_from", "t.date_to");
        if let Some(story) = &filter.story {
            w.id("{}", "t.id", story);
        }
        let of_events = Filter { since: None, until: None, story: None, ..filter.clone() };
        let some_event =
            "EXISTS (SELECT 1 FROM story_events y JOIN merged_events m ON m.id = y.event WHERE y.story = t.id AND {})";
        w.nest(some_event, |w| on_events(w, &of_events));
        let sql =
            format!("SELECT t.json FROM stories t{} ORDER BY t.date_from IS NULL, t.date_from, t.id{}", w.sql(), limit(filter));
        self.json_rows(&sql, &w)
    }

    /// One story.
    pub fn story(&self, id: &str) -> Result<Option<Story>, StoreError> {
        self.one("SELECT t.json FROM stories t", "t.id", id)
    }

    /// Conflicts, by the day of their event and id. Of the filter, somebody, kind, status and days look at the event;
    /// somebody may also be one of the values that are held.
    pub fn conflicts(&self, filter: &Filter) -> Result<Vec<Conflict>, StoreError> {
        let mut w = Where::default();
        if let Some(who) = filter.actor.as_ref().or(filter.recipient.as_ref()) {
            let frame = "(EXISTS (SELECT 1 FROM event_participants p WHERE p.event = c.event AND {}) OR EXISTS (SELECT 1 FROM \
                         (SELECT v.conflict, v.value AS name, v.entity, substr(c.office, -3) AS country FROM conflict_values v) p \
                         WHERE p.conflict = c.id AND {}))";
            w.somebody(frame, "p", who);
        }
        if let Some(slot) = &filter.slot {
            w.and("c.slot = ?", slot.clone());
        }
        if let Some(state) = &filter.state {
            w.and("c.state = ?", state.clone());
        }
        if let Some(story) = &filter.story {
            w.id("{}", "c.story", story);
        }
        let reports =
            "EXISTS (SELECT 1 FROM conflict_reports r JOIN articles a ON a.id = r.article WHERE r.conflict = c.id AND {})";
        w.article(filter, reports);
        if let Some(kind) = filter.kind {
            w.and("m.type = ?", kind.as_str().to_owned());
        }
        if let Some(status) = filter.status {
            w.and("m.status = ?", status.as_str().to_owned());
        }
        w.days(filter, "m.date_from", "m.date_to");
        let sql = format!(
            "SELECT c.json FROM conflicts c LEFT JOIN merged_events m ON m.id = c.event{} \
             ORDER BY m.date_from IS NULL, m.date_from, c.slot, c.id{}",
            w.sql(),
            limit(filter)
        );
        self.json_rows(&sql, &w)
    }

    /// One conflict.
    pub fn conflict(&self, id: &str) -> Result<Option<Conflict>, StoreError> {
        self.one("SELECT c.json FROM conflicts c", "c.id", id)
    }

    /// What an id, or its beginning, stands for; several answers where the beginning is too short.
    pub fn find(&self, id: &str) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        for table in ["articles", "stories", "merged_events", "conflicts"] {
            let sql = format!("SELECT id FROM {table} WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 10");
            let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
            let ids = s.query_map([full_id(id)], |row| row.get::<_, String>(0)).at(&self.path)?;
            for id in ids {
                let id = id.at(&self.path)?;
                found.push(match table {
                    "articles" => Found::Article(id),
                    "stories" => Found::Story(id),
                    "merged_events" => Found::Event(id),
                    _ => Found::Conflict(id),
                });
            }
        }
        Ok(found)
    }

    /// How much there is.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |table: &str| {
            let n = self.db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).at(&self.path)?;
            Ok::<_, StoreError>(n as usize)
        };
        Ok(Counts {
            articles: count("articles")?,
            article_events: count("events")?,
            quotes: count("quotes")?,
            flags: count("flags")?,
            stories: count("stories")?,
            events: count("merged_events")?,
            conflicts: count("conflicts")?,
        })
    }

    fn json_rows<T: DeserializeOwned>(&self, sql: &str, w: &Where) -> Result<Vec<T>, StoreError> {
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        let mut rows = s.query(params_from_iter(&w.values)).at(&self.path)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().at(&self.path)? {
            let json = row.get_ref(0).at(&self.path)?.as_str().map_err(rusqlite::Error::from).at(&self.path)?;
            out.push(serde_json::from_str(json).map_err(|e| StoreError::json(&self.path, e))?);
        }
        Ok(out)
    }

    fn one<T: DeserializeOwned>(&self, select: &str, column: &str, id: &str) -> Result<Option<T>, StoreError> {
        let mut w = Where::default();
        w.and(&format!("{column} = ?"), full_id(id));
        Ok(self.json_rows(&format!("{select}{}", w.sql()), &w)?.pop())
    }
}
