//! What a query asks for, and its form in SQL.

use haberdar_model::{Country, EventType, Language, Status};
use jiff::civil::Date;
use rusqlite::types::Value;

use crate::turkish::search_key;

/// What to look for. Every field that is set has to hold; a field that makes no sense for a query is passed over.
///
/// Somebody (`actor`, `recipient`, `speaker`) is named by a country code (`TUR`), by an entity id, or by a part of the name,
/// in which case, marks and the dots of i do not count. Days are those of the event, for quotes that of publication; an
/// event without any day is not found by days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Who acts; for quotes, who speaks.
    pub actor: Option<String>,
    /// Who is acted upon; in a mutual act everybody is.
    pub recipient: Option<String>,
    /// Who speaks, or in whose words the act stands.
    pub speaker: Option<String>,
    /// PLOVER type.
    pub kind: Option<EventType>,
    /// Reality.
    pub status: Option<Status>,
    /// No earlier than.
    pub since: Option<Date>,
    /// No later than.
    pub until: Option<Date>,
    /// Outlet, or a part of its name; for events and conflicts, of one of the reports.
    pub publisher: Option<String>,
    /// Language of the article, or of one of the reports.
    pub language: Option<Language>,
    /// Story id, or its beginning.
    pub story: Option<String>,
    /// Slot of a conflict.
    pub slot: Option<String>,
    /// State of a conflict.
    pub state: Option<String>,
    /// Lowest confidence of an event.
    pub min_confidence: Option<f32>,
    /// Order of events.
    pub order: Order,
    /// At most so many.
    pub limit: Option<usize>,
}

/// How events are ordered; what is equal is ordered by day, then id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By day; those without a day last.
    #[default]
    Day,
    /// By the name of the first actor, in Turkish order.
    Actor,
    /// The most widely reported first.
    Sources,
}

/// Conditions with their values.
#[derive(Default)]
pub(crate) struct Where {
    conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Where {
    /// Adds a condition, in which every `?` stands for `value`.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let numbered = format!("?{}", self.values.len());
        self.conditions.push(condition.replace('?', &numbered));
    }

    /// Adds the condition that somebody is meant by `who`, within `frame`, where `{}` stands for the condition on the table `t`
    /// with its columns name, entity and country.
    pub(crate) fn somebody(&mut self, frame: &str, t: &str, who: &str) {
        let who = who.trim();
        let (first, second) = (self.values.len() + 1, self.values.len() + 2);
        let (condition, key) = match who.parse::<Country>() {
            Ok(code) => (format!("({t}.entity = ?{first} OR {t}.country = ?{second})"), code.as_str().to_owned()),
            Err(_) => (format!("({t}.entity = ?{first} OR name_has({t}.name, ?{second}))"), search_key(who)),
        };
        self.values.extend([Value::from(who.to_owned()), Value::from(key)]);
        self.conditions.push(frame.replace("{}", &condition));
    }

    /// Puts all conditions that `inner` adds into `frame`, where `{}` stands for them; nothing where it adds none.
    pub(crate) fn nest(&mut self, frame: &str, inner: impl FnOnce(&mut Self)) {
        let outer = self.conditions.len();
        inner(self);
        let conditions = self.conditions.split_off(outer);
        if !conditions.is_empty() {
            self.conditions.push(frame.replace("{}", &conditions.join(" AND ")));
        }
    }

    /// The days `from`..`to` (columns) meet those that are asked for; an end that is open reaches for ever.
    pub(crate) fn days(&mut self, f: &Filter, from: &str, to: &str) {
        if let Some(d) = f.since {
            self.and(&format!("(({to} IS NULL AND {from} IS NOT NULL) OR {to} >= ?)"), d.to_string());
        }
        if let Some(d) = f.until {
            self.and(&format!("(({from} IS NULL AND {to} IS NOT NULL) OR {from} <= ?)"), d.to_string());
        }
    }

    /// Conditions on the article `a`.
    pub(crate) fn article(&mut self, f: &Filter, frame: &str) {
        if let Some(p) = &f.publisher {
            self.and(&frame.replace("{}", "name_has(a.publisher, ?)"), search_key(p.trim()));
        }
        if let Some(l) = f.language {
            self.and(&frame.replace("{}", "a.language = ?"), l.code().to_owned());
        }
    }

    /// The id in `column` is `id` or begins with it; `b3:` may be left out.
    pub(crate) fn id(&mut self, frame: &str, column: &str, id: &str) {
        self.and(&frame.replace("{}", &format!("substr({column}, 1, length(?)) = ?")), full_id(id));
    }

    /// The clause, with its keyword.
    pub(crate) fn sql(&self) -> String {
        match self.conditions.is_empty() {
            true => String::new(),
            false => format!(" WHERE {}", self.conditions.join(" AND ")),
        }
    }
}

/// An id with its `b3:`.
pub(crate) fn full_id(id: &str) -> String {
    let id = id.trim();
    if id.starts_with("b3:") { id.to_owned() } else { format!("b3:{id}") }
}

/// ` LIMIT n`, or nothing.
pub(crate) fn limit(f: &Filter) -> String {
    f.limit.map_or_else(String::new, |n| format!(" LIMIT {n}"))
}
