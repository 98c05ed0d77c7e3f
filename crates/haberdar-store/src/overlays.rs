//! What people decided about rows of the record, kept apart from what was read: it is found again by the words in articles
//! that a row stands on, so that it outlives a record that is made anew and articles that are read again.

use std::collections::BTreeSet;

use haberdar_model::{
    Span,
    record::{Action, Conflict, Decision, MergedEvent},
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Batch, Found, Store, StoreError,
    error::{AtPath, Trouble},
    record::{insert_conflict, insert_event},
};

/// Words in an article that a row stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Article id.
    pub article: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub text: String,
}

/// A decision with what it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overlay {
    /// `event` or `conflict`.
    pub target: &'static str,
    /// The event's type or the conflict's slot when it was decided.
    pub about: String,
    /// The id of the row when it was decided.
    pub row: String,
    /// The rows that it is about today; empty where nothing stands on these words any more.
    pub rows: Vec<String>,
    /// What was decided.
    #[serde(flatten)]
    pub decision: Decision,
    /// The words that the row stood on.
    pub places: Vec<Place>,
}

/// A row that can be decided about.
pub(crate) trait Row: DeserializeOwned + Serialize {
    const TARGET: &'static str;
    const TABLE: &'static str;
    fn id(&self) -> &str;
    fn about(&self) -> &str;
    fn places(&self) -> BTreeSet<(&str, Span)>;
    fn apply(&mut self, decision: Decision) -> Result<(), String>;
    fn insert(&self, db: &Connection, json: &str) -> rusqlite::Result<()>;
}

impl Row for MergedEvent {
    const TARGET: &'static str = "event";
    const TABLE: &'static str = "merged_events";

    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        self.kind.as_str()
    }

    fn places(&self) -> BTreeSet<(&str, Span)> {
        self.reports.iter().map(|r| (r.article.as_str(), r.span)).collect()
    }

    fn apply(&mut self, decision: Decision) -> Result<(), String> {
        self.decide(decision).map_err(|e| e.to_string())
    }

    fn insert(&self, db: &Connection, json: &str) -> rusqlite::Result<()> {
        insert_event(db, self, json)
    }
}

impl Row for Conflict {
    const TARGET: &'static str = "conflict";
    const TABLE: &'static str = "conflicts";

    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        &self.slot
    }

    fn places(&self) -> BTreeSet<(&str, Span)> {
        self.values.iter().flat_map(|v| &v.reports).map(|r| (r.article.as_str(), r.span.span)).collect()
    }

    fn apply(&mut self, decision: Decision) -> Result<(), String> {
        self.decide(decision);
        Ok(())
    }

    fn insert(&self, db: &Connection, json: &str) -> rusqlite::Result<()> {
        insert_conflict(db, self, json)
    }
}

/// Writes a row as people decided about it; the row as it was made is kept beside it.
pub(crate) fn put<R: Row>(db: &Connection, row: &R) -> Result<(), Trouble> {
    let json = serde_json::to_string(row)?;
    let decisions = decisions_on(db, row)?;
    if decisions.is_empty() {
        return Ok(row.insert(db, &json)?);
    }
    let mut shown: R = serde_json::from_str(&json)?;
    for d in decisions {
        // What cannot be applied any more is still shown.
        let _ = shown.apply(d);
    }
    db.prepare_cached("INSERT OR REPLACE INTO undecided VALUES (?1, ?2)")?.execute([row.id(), &json])?;
    Ok(shown.insert(db, &serde_json::to_string(&shown)?)?)
}

/// The decisions about a row, the oldest first: those about such rows that stood on at least half of the same words.
fn decisions_on<R: Row>(db: &Connection, row: &R) -> rusqlite::Result<Vec<Decision>> {
    if !db.prepare_cached("SELECT 1 FROM overlays")?.exists([])? {
        return Ok(Vec::new());
    }
    let mut found: BTreeSet<i64> = BTreeSet::new();
    let places = row.places();
    let sql = "SELECT p.overlay FROM overlay_places p JOIN overlays o ON o.number = p.overlay \
               WHERE p.article = ?1 AND p.span_start < ?2 AND p.span_end > ?3 AND o.target = ?4 AND o.about = ?5";
    let mut at = db.prepare_cached(sql)?;
    for (article, span) in &places {
        let key = params![article, span.end as i64, span.start as i64, R::TARGET, row.about()];
        for n in at.query_map(key, |r| r.get(0))? {
            found.insert(n?);
        }
    }
    let mut out = Vec::new();
    for number in found {
        let held = places_of(db, number)?;
        let meet = |p: &Place| places.iter().any(|(a, s)| *a == p.article && s.start < p.span.end && p.span.start < s.end);
        if held.iter().filter(|p| meet(p)).count() * 2 >= held.len() {
            let sql = "SELECT action, value, because, author, at FROM overlays WHERE number = ?1";
            out.push(db.prepare_cached(sql)?.query_row([number], decision)?);
        }
    }
    Ok(out)
}

fn decision(row: &rusqlite::Row<'_>) -> rusqlite::Result<Decision> {
    let action: String = row.get(0)?;
    let all = [Action::Accept, Action::Reject, Action::Amend, Action::Resolve];
    Ok(Decision {
        action: all.into_iter().find(|a| a.as_str() == action).unwrap_or(Action::Accept),
        value: row.get(1)?,
        because: row.get(2)?,
        author: row.get(3)?,
        at: row.get(4)?,
    })
}

fn places_of(db: &Connection, overlay: i64) -> rusqlite::Result<Vec<Place>> {
    let sql = "SELECT article, span_start, span_end, text FROM overlay_places WHERE overlay = ?1 ORDER BY article, span_start";
    let mut s = db.prepare_cached(sql)?;
    let rows = s.query_map([overlay], |r| {
        let span = Span { start: r.get::<_, i64>(1)? as usize, end: r.get::<_, i64>(2)? as usize };
        Ok(Place { article: r.get(0)?, span, text: r.get(3)? })
    })?;
    rows.collect()
}

fn insert(db: &Connection, target: &str, about: &str, row: &str, d: &Decision, places: &[Place]) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO overlays (target, about, row, action, value, because, author, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![target, about, row, d.action.as_str(), d.value, d.because, d.author, d.at])?;
    let number = db.last_insert_rowid();
    let mut s = db.prepare_cached("INSERT OR IGNORE INTO overlay_places VALUES (?1, ?2, ?3, ?4, ?5)")?;
    places
        .iter()
        .try_for_each(|p| s.execute(params![number, p.article, p.span.start as i64, p.span.end as i64, p.text]).map(drop))
}

impl Batch<'_> {
    /// Keeps a decision about an event or a conflict and shows it there from now on.
    pub fn decide(&self, row: &Found, decision: &Decision) -> Result<(), StoreError> {
        match row {
            Found::Event(id) => self.decide_row::<MergedEvent>(id, decision),
            Found::Conflict(id) => self.decide_row::<Conflict>(id, decision),
            Found::Article(id) | Found::Story(id) => Err(self.refused(id, "it is neither an event nor a conflict")),
        }
    }

    fn refused(&self, row: &str, reason: &str) -> StoreError {
        StoreError::Decision { path: self.path.to_owned(), row: row.to_owned(), reason: reason.to_owned() }
    }

    fn decide_row<R: Row>(&self, id: &str, decision: &Decision) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT coalesce((SELECT u.json FROM undecided u WHERE u.row = x.id), x.json), x.json FROM {} x WHERE x.id = ?1",
            R::TABLE
        );
        let json: Option<(String, String)> =
            self.tx.query_row(&sql, [id], |r| Ok((r.get(0)?, r.get(1)?))).optional().at(self.path)?;
        let Some((made, shown)) = json else { return Err(self.refused(id, "there is no such row")) };
        let parse = |json: &str| serde_json::from_str::<R>(json).map_err(|e| StoreError::json(self.path, e));
        let (made, mut shown) = (parse(&made)?, parse(&shown)?);
        if let Err(reason) = shown.apply(decision.clone()) {
            return Err(self.refused(id, &reason));
        }
        let keep = || -> Result<(), Trouble> {
            let mut places = Vec::new();
            for (article, span) in made.places() {
                let sql = "SELECT substr(text, ?2 + 1, ?3 - ?2) FROM articles WHERE id = ?1";
                let key = params![article, span.start as i64, span.end as i64];
                let text = self.tx.prepare_cached(sql)?.query_row(key, |r| r.get(0)).optional()?.unwrap_or_default();
                places.push(Place { article: article.to_owned(), span, text });
            }
            insert(&self.tx, R::TARGET, made.about(), id, decision, &places)?;
            let stories = match R::TARGET {
                "event" => self
                    .tx
                    .prepare_cached("SELECT story FROM story_events WHERE event = ?1")?
                    .query_map([id], |r| r.get(0))?
                    .collect::<Result<Vec<String>, _>>()?,
                _ => Vec::new(),
            };
            self.tx.execute(&format!("DELETE FROM {} WHERE id = ?1", R::TABLE), [id])?;
            put(&self.tx, &made)?;
            for story in stories {
                self.tx.execute("INSERT INTO story_events VALUES (?1, ?2)", [story.as_str(), id])?;
            }
            Ok(())
        };
        keep().map_err(|e| e.at(self.path))
    }

    /// Takes over the decisions of another store that are not here yet. Those about rows that are here already are shown once
    /// the record is made anew: see [`Store::use_rules`].
    pub fn add_overlays_of(&self, from: &Store) -> Result<usize, StoreError> {
        let mut new = 0;
        for o in from.overlays()? {
            let known = "SELECT 1 FROM overlays WHERE target = ?1 AND about = ?2 AND action = ?3 AND value IS ?4 AND because = ?5 \
                         AND author = ?6 AND at = ?7";
            let d = &o.decision;
            let key = params![o.target, o.about, d.action.as_str(), d.value, d.because, d.author, d.at];
            if !self.tx.prepare_cached(known).at(self.path)?.exists(key).at(self.path)? {
                insert(&self.tx, o.target, &o.about, &o.row, d, &o.places).at(self.path)?;
                new += 1;
            }
        }
        if new > 0 {
            // Rows that are there were written without them.
            self.tx.execute("DELETE FROM record_rules", []).at(self.path)?;
        }
        Ok(new)
    }
}

impl Store {
    /// All decisions, the oldest first.
    pub fn overlays(&self) -> Result<Vec<Overlay>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Overlay>> {
            let sql = "SELECT action, value, because, author, at, number, target, about, row FROM overlays ORDER BY at, number";
            let mut s = self.db.prepare_cached(sql)?;
            let mut rows = s.query([])?;
            let mut out = Vec::new();
            while let Some(r) = rows.next()? {
                let (target, about) = (r.get::<_, String>(6)?, r.get::<_, String>(7)?);
                let target = if target == "event" { "event" } else { "conflict" };
                let places = places_of(&self.db, r.get(5)?)?;
                let rows = self.rows_at(target, &about, &places)?;
                out.push(Overlay { target, about, row: r.get(8)?, rows, decision: decision(r)?, places });
            }
            Ok(out)
        };
        read().at(&self.path)
    }

    /// The rows of today that stand on at least half of the places.
    fn rows_at(&self, target: &str, about: &str, places: &[Place]) -> rusqlite::Result<Vec<String>> {
        let sql = match target {
            "event" => {
                "SELECT DISTINCT r.event FROM event_reports r JOIN merged_events m ON m.id = r.event \
                        LEFT JOIN undecided u ON u.row = m.id WHERE r.article = ?1 AND r.span_start < ?2 AND r.span_end > ?3 \
                        AND coalesce(json_extract(u.json, '$.type'), m.type) = ?4"
            }
            _ => {
                "SELECT DISTINCT r.conflict FROM conflict_reports r JOIN conflicts c ON c.id = r.conflict \
                  WHERE r.article = ?1 AND r.span_start < ?2 AND r.span_end > ?3 AND c.slot = ?4"
            }
        };
        let mut hits: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        let mut s = self.db.prepare_cached(sql)?;
        for p in places {
            for id in s.query_map(params![p.article, p.span.end as i64, p.span.start as i64, about], |r| r.get(0))? {
                *hits.entry(id?).or_default() += 1;
            }
        }
        Ok(hits.into_iter().filter(|h| h.1 * 2 >= places.len()).map(|h| h.0).collect())
    }
}
