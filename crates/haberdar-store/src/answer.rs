//! Answers from the record: events, stories, conflicts.

use haberdar_model::{
    Country, EventType,
    record::{Conflict, MergedEvent, Story},
};
use rusqlite::{OptionalExtension, params_from_iter};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Filter, Order, Pair, Store, StoreError,
    error::AtPath,
    facts::{ACTOR, RECIPIENT, SPEAKER},
    filter::{Where, full_id, limit},
    search::{ARTICLES_WITH_WORDS, EVENTS_WITH_WORDS},
    turkish::search_key,
    write::real,
};

/// How much the store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
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

// Conditions on merged events stand in subqueries that do not look at the row outside, so that SQLite works each of them out once.
const BY_REPORT: &str = "m.id IN (SELECT r.event FROM event_reports r JOIN articles a ON a.id = r.article WHERE {})";

/// Rows of participants from which on somebody is busy.
const BUSY: i64 = if cfg!(test) { 5 } else { 10_000 };

/// A table of events of which something is asked.
#[derive(Clone, Copy)]
pub(crate) struct Acts {
    table: &'static str,
    id: &'static str,
    /// What is asked of participants is looked up for each event, not for all of them beforehand.
    each: bool,
    /// It has what is asked of an event beside its columns.
    facts: bool,
}

impl Acts {
    /// The column of ids.
    pub(crate) fn id(self) -> &'static str {
        self.id
    }
}

/// The events themselves, as `m`.
pub(crate) const MERGED: Acts = Acts { table: "m", id: "m.id", each: false, facts: false };
/// The same, where few of them are looked at.
const EACH: Acts = Acts { each: true, ..MERGED };
/// Events of two states, as `d`.
pub(crate) const PAIRED: Acts = Acts { table: "d", id: "d.event", each: false, facts: true };
/// Reports of events in the order of arrival, as `x`.
pub(crate) const REPORTED: Acts = Acts { table: "x", id: "x.event", each: false, facts: true };

/// The conditions of a filter on events, but for its text and what it says of articles.
pub(crate) fn on_events(w: &mut Where, f: &Filter, acts: Acts) {
    let Acts { table: t, id, each, facts } = acts;
    let taking_part = if each { "EXISTS (SELECT 1" } else { "m.id IN (SELECT p.event" };
    let this = if each { " AND p.event = m.id" } else { "" };
    if let Some(pair) = &f.dyad {
        on_dyad(w, pair, acts);
    }
    match (&f.actor, facts) {
        (Some(who), true) => w.fact(t, ACTOR, who),
        (Some(who), false) => {
            let frame = format!("{taking_part} FROM event_participants p WHERE {{}} AND p.role = 'actor'{this})");
            w.somebody(&frame, "p", who, true);
        }
        (None, _) => {}
    }
    match (&f.recipient, facts) {
        (Some(who), true) => w.fact(t, RECIPIENT, who),
        (Some(who), false) => {
            let frame = format!(
                "{taking_part} FROM event_participants p WHERE {{}} AND (p.role = 'recipient' OR (\
                 NOT EXISTS (SELECT 1 FROM event_participants o WHERE o.event = p.event AND o.role = 'recipient') AND \
                 (SELECT count(*) FROM event_participants o WHERE o.event = p.event) > 1)){this})"
            );
            w.somebody(&frame, "p", who, true);
        }
        (None, _) => {}
    }
    match (&f.speaker, facts) {
        (Some(who), true) => w.fact(t, SPEAKER, who),
        (Some(who), false) => {
            let frame = "EXISTS (SELECT 1 FROM event_reports r JOIN events e ON e.article = r.article AND e.id = r.article_event \
                         JOIN mentions s ON s.article = e.article AND s.id = e.reported_by WHERE r.event = m.id AND {})";
            w.somebody(frame, "s", who, false);
        }
        (None, _) => {}
    }
    if let Some(kind) = f.kind {
        // What is new is less than what is of a type: the sign keeps SQLite from beginning with the latter.
        let sign = if f.new_since.is_some() && !facts { "+" } else { "" };
        w.and(&format!("{sign}{t}.type = ?"), kind.as_str().to_owned());
    }
    if let Some(status) = f.status {
        w.and(&format!("{t}.status = ?"), status.as_str().to_owned());
    }
    if let Some(least) = f.min_confidence {
        w.and(&format!("{t}.confidence >= ?"), real(least));
    }
    if let Some(least) = f.min_sources {
        w.and(&format!("{t}.independent_sources >= ?"), least as i64);
    }
    if let Some(story) = &f.story {
        w.id(&format!("{id} IN (SELECT s.event FROM story_events s WHERE {{}})"), "s.story", story);
    }
    if let Some(arrived) = f.new_since {
        let first = w.first_new(arrived);
        if facts {
            w.push(format!("{t}.first_known >= {first}"));
        } else {
            w.push(format!(
                "m.id IN (SELECT r.event FROM arrivals v JOIN event_reports r ON r.article = v.article WHERE v.number >= {first})"
            ));
            w.push(format!(
                "NOT EXISTS (SELECT 1 FROM event_reports r JOIN arrivals v ON v.article = r.article \
                 WHERE r.event = m.id AND v.number < {first})"
            ));
        }
    }
    w.days(f, &format!("{t}.date_from"), &format!("{t}.date_to"));
}

/// By day, those without one last, then by id.
const ORDER: &str = "coalesce(m.date_from, m.date_to) IS NULL, coalesce(m.date_from, m.date_to), m.id";

/// The two codes of a pair, the smaller one first; `None` where one is a name.
pub(crate) fn codes(pair: &Pair) -> Option<(Country, Country)> {
    let (a, b) = (pair.a.parse::<Country>().ok()?, pair.b.parse::<Country>().ok()?);
    Some((a.min(b), a.max(b)))
}

/// One on each side, whichever; both anywhere in a mutual act. Pairs of codes stand in a table of their own.
fn on_dyad(w: &mut Where, pair: &Pair, acts: Acts) {
    let Acts { table: t, id, facts, .. } = acts;
    if let Some((a, b)) = codes(pair) {
        if facts {
            return w.and(&format!("fact({t}.facts, 'd', ?)"), format!("{a}:{b}"));
        }
        let (a, b) = (w.value(a.as_str().to_owned()), w.value(b.as_str().to_owned()));
        w.push(format!("{id} IN (SELECT d.event FROM event_dyads d WHERE d.a = {a} AND d.b = {b})"));
        return;
    }
    let (a, b) = (w.means("p", &pair.a, true), w.means("o", &pair.b, true));
    let mutual: Vec<String> = EventType::ALL.iter().filter(|t| t.is_mutual()).map(|t| format!("'{t}'")).collect();
    w.push(format!(
        "{id} IN (SELECT p.event FROM event_participants p JOIN event_participants o ON o.event = p.event WHERE {a} AND {b} \
         AND (p.role, p.position) <> (o.role, o.position) AND (p.role <> o.role OR {t}.type IN ({})))",
        mutual.join(", ")
    ));
}

/// The rows of events that a filter leaves: their table, their ids, conditions.
pub(crate) struct EventRows {
    pub(crate) acts: Acts,
    from: &'static str,
    pub(crate) w: Where,
}

impl EventRows {
    /// What the words are found in is looked up beforehand.
    pub(crate) fn new(store: &Store, filter: &Filter) -> Result<EventRows, StoreError> {
        let mut w = Where::default();
        // The events of two states stand in the order of their days already, with all that is asked of them.
        let Some((a, b)) = filter.dyad.as_ref().and_then(codes) else {
            on_events(&mut w, filter, MERGED);
            w.article(filter, "a", BY_REPORT);
            if let Some(text) = &filter.text {
                w.and(&format!("m.id IN (SELECT x.event FROM {EVENTS_WITH_WORDS})"), text.fts());
            }
            return Ok(EventRows { acts: MERGED, from: "merged_events m", w });
        };
        w.and("d.a = ?", a.as_str().to_owned());
        w.and("d.b = ?", b.as_str().to_owned());
        EventRows::of_pairs(store, &Filter { dyad: None, ..filter.clone() }, w)
    }

    /// Of the events of any pairs, once for every pair; `w` is what else is asked.
    pub(crate) fn of_pairs(store: &Store, filter: &Filter, mut w: Where) -> Result<EventRows, StoreError> {
        on_events(&mut w, filter, PAIRED);
        if let Some(p) = &filter.publisher {
            w.and("fact_part(d.facts, 'p', ?)", search_key(p.trim()));
        }
        if let Some(l) = filter.language {
            w.and("fact(d.facts, 'l', ?)", l.code().to_owned());
        }
        if let Some(text) = &filter.text {
            w.and("any_place(d.places, ?)", store.places_with(text)?);
        }
        Ok(EventRows { acts: PAIRED, from: "event_dyads d", w })
    }

    pub(crate) fn from(&self) -> &'static str {
        self.from
    }

    fn paired(&self) -> bool {
        self.acts.facts
    }

    pub(crate) fn by_day(&self) -> &'static str {
        if self.paired() { "d.day, d.event" } else { ORDER }
    }
}

impl Store {
    /// Merged events, by day and id, or as [`Filter::order`] says.
    pub fn events(&self, filter: &Filter) -> Result<Vec<MergedEvent>, StoreError> {
        if let Some(newest) = self.newest_of_busy(filter)? {
            return Ok(newest);
        }
        let mut rows = EventRows::new(self, filter)?;
        let Acts { table: t, id, .. } = rows.acts;
        let mut by_index = "";
        let first = match filter.order {
            Order::Day => String::new(),
            Order::Newest => {
                if let (true, Some(n)) = (rows.paired(), filter.limit.filter(|n| *n > 0)) {
                    // Of the days that are shown alone it is asked what was reported last.
                    let last = format!("SELECT d.day FROM event_dyads d{} AND d.date_from IS NOT NULL", rows.w.sql());
                    rows.w.push(format!("d.day >= coalesce(({last} ORDER BY d.day DESC LIMIT 1 OFFSET {}), '')", n - 1));
                } else if rows.w.is_empty() {
                    // Without a condition the days alone decide; the planner thinks little of an index that sorts but a part.
                    by_index = " INDEXED BY merged_events_by_day";
                }
                // Read from the index of days backwards; nothing is larger than no day.
                format!("{t}.date_from DESC, (SELECT min(r.published) FROM event_reports r WHERE r.event = {id}) DESC, ")
            }
            Order::Actor => format!(
                "(SELECT p.name FROM event_participants p WHERE p.event = {id} AND p.role = 'actor' AND p.position = 0) \
                 COLLATE turkish NULLS LAST, "
            ),
            Order::Sources => {
                if rows.w.is_empty() {
                    by_index = " INDEXED BY merged_events_by_sources";
                }
                format!("{t}.independent_sources DESC, ")
            }
        };
        let by = rows.by_day();
        let sql = format!("{}{by_index}{} ORDER BY {first}{by}", rows.from, rows.w.sql());
        self.json_page("merged_events", id, &sql, filter, &rows.w)
    }

    /// The newest events of somebody who takes part in many: the days are gone through backwards until there are as many as are
    /// wanted. `None` where that is not what is asked, or takes longer.
    fn newest_of_busy(&self, filter: &Filter) -> Result<Option<Vec<MergedEvent>>, StoreError> {
        let (Order::Newest, Some(n @ 1..)) = (filter.order, filter.limit) else { return Ok(None) };
        let Some(who) = filter.actor.as_ref().or(filter.recipient.as_ref()) else { return Ok(None) };
        let role = Filter { actor: filter.actor.clone(), recipient: filter.recipient.clone(), ..Filter::default() };
        if *filter != (Filter { order: Order::Newest, limit: Some(n), ..role.clone() }) {
            return Ok(None);
        }
        let mut of = Where::default();
        let means = of.means("p", who, true);
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM event_participants p WHERE {means} LIMIT {BUSY})");
        if self.column(&sql, &of.values)?.first().is_none_or(|n| *n < BUSY) {
            return Ok(None);
        }
        let mut w = Where::default();
        on_events(&mut w, &role, EACH);
        let sql = format!(
            "SELECT m.date_from FROM merged_events m INDEXED BY merged_events_by_day{} AND m.date_from IS NOT NULL \
             ORDER BY m.date_from DESC LIMIT 1 OFFSET {}",
            w.sql(),
            n - 1
        );
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let day: Option<String> = s.query_row(params_from_iter(&w.values), |r| r.get(0)).optional().at(&self.path)?;
        let Some(day) = day else { return Ok(None) };
        w.and("m.date_from >= ?", day);
        let sql = format!(
            "merged_events m INDEXED BY merged_events_by_day{} ORDER BY m.date_from DESC, \
             (SELECT min(r.published) FROM event_reports r WHERE r.event = m.id) DESC, {ORDER}",
            w.sql()
        );
        self.json_page("merged_events", "m.id", &sql, filter, &w).map(Some)
    }

    /// How many events fit, whatever the limit.
    pub fn count_events(&self, filter: &Filter) -> Result<usize, StoreError> {
        let pair_alone = Filter { dyad: filter.dyad.clone(), limit: filter.limit, order: filter.order, ..Filter::default() };
        if let (true, Some((a, b))) = (*filter == pair_alone, filter.dyad.as_ref().and_then(codes)) {
            let mut s = self.db.prepare_cached("SELECT events FROM pair_counts WHERE a = ?1 AND b = ?2").at(&self.path)?;
            let events = s.query_row([a.as_str(), b.as_str()], |r| r.get::<_, i64>(0)).optional().at(&self.path)?;
            return Ok(events.unwrap_or(0) as usize);
        }
        let rows = EventRows::new(self, filter)?;
        let mut s = self.db.prepare_cached(&format!("SELECT count(*) FROM {}{}", rows.from, rows.w.sql())).at(&self.path)?;
        s.query_row(params_from_iter(&rows.w.values), |r| r.get::<_, i64>(0)).map(|n| n as usize).at(&self.path)
    }

    /// One merged event.
    pub fn event(&self, id: &str) -> Result<Option<MergedEvent>, StoreError> {
        self.one("SELECT m.json FROM merged_events m", "m.id", id)
    }

    /// Stories, by their first day and id, or the last day first. What the filter says of events holds for one of the story's events.
    pub fn stories(&self, filter: &Filter) -> Result<Vec<Story>, StoreError> {
        let mut w = Where::default();
        let member = "t.id IN (SELECT x.story FROM story_articles x JOIN articles a ON a.id = x.article WHERE {})";
        w.article(filter, "a", member);
        w.days(filter, "t.date_from", "t.date_to");
        if let Some(story) = &filter.story {
            w.id("{}", "t.id", story);
        }
        if let Some(text) = &filter.text {
            w.and(
                &format!("t.id IN (SELECT x.story FROM story_articles x WHERE x.article IN ({ARTICLES_WITH_WORDS}))"),
                text.fts(),
            );
        }
        if let Some(arrived) = filter.new_since {
            let first = w.first_new(arrived);
            let by = "SELECT x.story FROM arrivals v JOIN story_articles x ON x.article = v.article WHERE v.number";
            w.push(format!("t.id IN ({by} >= {first})"));
            w.push(format!(
                "NOT EXISTS (SELECT 1 FROM story_articles x JOIN arrivals v ON v.article = x.article \
                 WHERE x.story = t.id AND v.number < {first})"
            ));
        }
        let of_events = Filter { since: None, until: None, story: None, new_since: None, ..filter.clone() };
        let some_event = "t.id IN (SELECT y.story FROM story_events y JOIN merged_events m ON m.id = y.event WHERE {})";
        w.nest(some_event, |w| on_events(w, &of_events, MERGED));
        let order = if filter.order == Order::Newest { "coalesce(t.date_to, t.date_from) DESC NULLS LAST, " } else { "" };
        let rows = format!("stories t{} ORDER BY {order}t.date_from IS NULL, t.date_from, t.id", w.sql());
        self.json_page("stories", "t.id", &rows, filter, &w)
    }

    /// One story.
    pub fn story(&self, id: &str) -> Result<Option<Story>, StoreError> {
        self.one("SELECT t.json FROM stories t", "t.id", id)
    }

    /// Conflicts, by the day of their event and id. What the filter says of events holds for the conflict's event; an actor or
    /// recipient may also be one of the values that are held.
    pub fn conflicts(&self, filter: &Filter) -> Result<Vec<Conflict>, StoreError> {
        let mut w = Where::default();
        for who in [&filter.actor, &filter.recipient].into_iter().flatten() {
            let frame = "(EXISTS (SELECT 1 FROM event_participants p WHERE p.event = c.event AND {}) OR EXISTS (SELECT 1 FROM \
                         (SELECT v.conflict, v.value AS name, v.entity, substr(c.office, -3) AS country FROM conflict_values v) p \
                         WHERE p.conflict = c.id AND {}))";
            w.somebody(frame, "p", who, false);
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
        let reports = "c.id IN (SELECT r.conflict FROM conflict_reports r JOIN articles a ON a.id = r.article WHERE {})";
        w.article(filter, "a", reports);
        if let Some(text) = &filter.text {
            let by = format!("SELECT r.conflict FROM conflict_reports r WHERE r.article IN ({ARTICLES_WITH_WORDS})");
            w.and(&format!("c.id IN ({by})"), text.fts());
        }
        if let Some(arrived) = filter.new_since {
            let first = w.first_new(arrived);
            let by = "SELECT r.conflict FROM arrivals v JOIN conflict_reports r ON r.article = v.article WHERE v.number";
            w.push(format!("c.id IN ({by} >= {first})"));
        }
        on_events(&mut w, &Filter { actor: None, recipient: None, story: None, new_since: None, ..filter.clone() }, MERGED);
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
            let sql = format!("SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 10");
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

    /// A number that is another one after every change that somebody else made to the file since this connection asked last.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db.pragma_query_value(None, "data_version", |row| row.get(0)).at(&self.path)
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

    /// Rows of `table`, whose ids are found first (`id`, in the query): they are put in order by these, as rows are long and a sort
    /// carries all that is selected, and of those that nobody wants none is read.
    fn json_page<T: DeserializeOwned>(
        &self,
        table: &str,
        id: &str,
        rows: &str,
        filter: &Filter,
        w: &Where,
    ) -> Result<Vec<T>, StoreError> {
        let mut ids = self.db.prepare_cached(&format!("SELECT {id} FROM {rows}{}", limit(filter))).at(&self.path)?;
        let mut row = self.db.prepare_cached(&format!("SELECT x.json FROM {table} x WHERE x.id = ?1")).at(&self.path)?;
        let mut ids = ids.query(params_from_iter(&w.values)).at(&self.path)?;
        let mut out = Vec::new();
        while let Some(id) = ids.next().at(&self.path)? {
            let id = id.get_ref(0).at(&self.path)?;
            let mut found = row.query([id.as_str().map_err(rusqlite::Error::from).at(&self.path)?]).at(&self.path)?;
            let Some(found) = found.next().at(&self.path)? else { continue };
            let json = found.get_ref(0).at(&self.path)?.as_str().map_err(rusqlite::Error::from).at(&self.path)?;
            out.push(serde_json::from_str(json).map_err(|e| StoreError::json(&self.path, e))?);
        }
        Ok(out)
    }

    pub(crate) fn json_rows<T: DeserializeOwned>(&self, sql: &str, w: &Where) -> Result<Vec<T>, StoreError> {
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
