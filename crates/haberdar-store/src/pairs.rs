//! Who acts with whom: acts between two states or bodies, between all of them, and what each takes part in. No event is read for it
//! but those that people decided about.

use std::collections::{BTreeMap, BTreeSet};

use haberdar_model::{
    Country,
    record::{DyadAct, MergedEvent},
};
use jiff::civil::Date;
use rusqlite::{Row, params_from_iter, types::Value};

use crate::{
    Filter, Order, Pair, Store, StoreError,
    answer::EventRows,
    error::{AtPath, Trouble},
    filter::Where,
};

/// An act between two states or bodies.
#[derive(Clone, Copy, Debug)]
pub struct PairAct<'a> {
    /// The one, first by its code.
    pub a: Country,
    /// The other.
    pub b: Country,
    /// Its first day.
    pub day: Option<Date>,
    /// Goldstein value.
    pub goldstein: Option<f32>,
    /// The event's id.
    pub event: &'a str,
}

/// Acts of one quad class in which a state or body takes part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateActs {
    /// Who.
    pub country: Country,
    /// Quad class.
    pub quad: u8,
    /// How many acts.
    pub acts: usize,
    /// Sum of their Goldstein values.
    pub goldstein: f64,
}

/// A Goldstein value that is kept in tenths.
fn tenths(row: &Row<'_>, i: usize) -> rusqlite::Result<Option<f32>> {
    Ok(row.get::<_, Option<i32>>(i)?.map(|g| g as f32 / 10.0))
}

impl Store {
    /// What counts of the acts between two states or bodies, by day and id; those without a day last. No act is read for it, so
    /// this is quick for many; of the filter all holds but the pair, the order and the limit.
    pub fn acts_between(&self, a: Country, b: Country, filter: &Filter) -> Result<Vec<DyadAct>, StoreError> {
        let pair = Some(Pair { a: a.to_string(), b: b.to_string() });
        let mut rows = EventRows::new(self, &Filter { dyad: pair, order: Order::Day, ..filter.clone() })?;
        rows.w.push("d.act".to_owned());
        let (sql, by) = (rows.w.sql(), rows.by_day());
        let sql = format!("SELECT d.event, d.day, d.quad, d.goldstein, d.sources FROM event_dyads d{sql} ORDER BY {by}");
        let mut s = self.db.prepare_cached(&sql).at(&self.path)?;
        let acts = s.query_map(params_from_iter(&rows.w.values), |row| {
            let by = row.get_ref(4)?.as_blob()?;
            Ok(DyadAct {
                event: row.get(0)?,
                day: row.get_ref(1)?.as_str()?.parse().ok(),
                quad: row.get(2)?,
                goldstein: tenths(row, 3)?,
                sources: by.chunks_exact(8).filter_map(|c| c.try_into().ok().map(u64::from_le_bytes)).collect(),
            })
        });
        acts.at(&self.path)?.collect::<Result<_, _>>().at(&self.path)
    }

    /// All who act with a state or body, whatever the act.
    pub fn counterparts(&self, code: Country) -> Result<BTreeSet<Country>, StoreError> {
        // One step in the index for each code, not one for each act.
        let sql = "WITH RECURSIVE \
             behind (b) AS (SELECT min(b) FROM event_dyads WHERE a = ?1 UNION ALL \
               SELECT (SELECT min(e.b) FROM event_dyads e WHERE e.a = ?1 AND e.b > x.b) FROM behind x WHERE x.b IS NOT NULL), \
             all_of (a) AS (SELECT min(a) FROM event_dyads UNION ALL \
               SELECT (SELECT min(e.a) FROM event_dyads e WHERE e.a > x.a) FROM all_of x WHERE x.a IS NOT NULL) \
             SELECT b FROM behind WHERE b IS NOT NULL UNION \
             SELECT x.a FROM all_of x WHERE EXISTS (SELECT 1 FROM event_dyads e WHERE e.a = x.a AND e.b = ?1)";
        let mut s = self.db.prepare_cached(sql).at(&self.path)?;
        let codes = s.query_map([code.as_str()], |r| Ok(r.get_ref(0)?.as_str()?.parse().ok())).at(&self.path)?;
        Ok(codes.collect::<Result<Vec<_>, _>>().at(&self.path)?.into_iter().flatten().collect())
    }

    /// Goes through all acts between two states or bodies, whoever they are; an act among three is there once for every pair. Of
    /// the filter all holds but the order and the limit.
    pub fn each_pair_act(&self, filter: &Filter, mut then: impl FnMut(PairAct<'_>)) -> Result<(), StoreError> {
        let mut rows = EventRows::of_pairs(self, filter, Where::default())?;
        rows.w.push("d.act".to_owned());
        let mut read = || -> rusqlite::Result<()> {
            let mut s = self
                .db
                .prepare_cached(&format!("SELECT d.a, d.b, d.day, d.goldstein, d.event FROM event_dyads d{}", rows.w.sql()))?;
            let mut found = s.query(params_from_iter(&rows.w.values))?;
            while let Some(row) = found.next()? {
                let text = |i: usize| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_str()?);
                let (Ok(a), Ok(b)) = (text(0)?.parse(), text(1)?.parse()) else { continue };
                then(PairAct { a, b, day: text(2)?.parse().ok(), goldstein: tenths(row, 3)?, event: text(4)? });
            }
            Ok(())
        };
        read().at(&self.path)
    }

    /// How many acts of each quad class every state or body takes part in, by code and class. Of the filter all holds but the order
    /// and the limit.
    pub fn acts_of_states(&self, filter: &Filter) -> Result<Vec<StateActs>, StoreError> {
        let mut rows = EventRows::new(self, &Filter { order: Order::Day, limit: None, ..filter.clone() })?;
        let id = rows.acts.id();
        let rejected = self.rejected().map_err(|e| e.at(&self.path))?;
        if !rejected.is_empty() {
            let ids = rows.w.value(Value::from(serde_json::json!(rejected).to_string()));
            rows.w.push(format!("{id} NOT IN (SELECT value FROM json_each({ids}))"));
        }
        let acts = "m.status IN ('happened', 'ongoing') AND m.polarity = 'positive'";
        let wanted = match rows.w.is_empty() {
            true => format!(" WHERE {acts}"),
            false => format!(" WHERE {acts} AND m.id IN (SELECT {id} FROM {}{})", rows.from(), rows.w.sql()),
        };
        let sql = format!(
            "SELECT p.event, p.country, m.quad, m.goldstein FROM event_participants p CROSS JOIN merged_events m ON m.id = p.event\
             {wanted} AND p.country IS NOT NULL ORDER BY p.event"
        );
        let mut sums: BTreeMap<(Country, u8), (usize, f64)> = BTreeMap::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut s = self.db.prepare_cached(&sql)?;
            let mut found = s.query(params_from_iter(&rows.w.values))?;
            let (mut last, mut of_last) = (String::new(), BTreeSet::new());
            while let Some(row) = found.next()? {
                let event = row.get_ref(0)?.as_str()?;
                if event != last {
                    event.clone_into(&mut last);
                    of_last.clear();
                }
                let Ok(country) = row.get_ref(1)?.as_str()?.parse::<Country>() else { continue };
                // Who is on both sides takes part once.
                if of_last.insert(country) {
                    let sum = sums.entry((country, row.get(2)?)).or_default();
                    *sum = (sum.0 + 1, sum.1 + (row.get::<_, Option<f64>>(3)?.unwrap_or(0.0) * 10.0).round());
                }
            }
            Ok(())
        };
        read().at(&self.path)?;
        let acts = |((country, quad), (acts, tenths))| StateActs { country, quad, acts, goldstein: tenths / 10.0 };
        Ok(sums.into_iter().map(acts).collect())
    }

    /// Events that somebody rejected; those that people decided about are few.
    fn rejected(&self) -> Result<Vec<String>, Trouble> {
        let mut s = self.db.prepare_cached("SELECT m.json FROM undecided u CROSS JOIN merged_events m ON m.id = u.row")?;
        let mut rows = s.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let event: MergedEvent = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
            if event.is_rejected() {
                out.push(event.id);
            }
        }
        Ok(out)
    }
}
