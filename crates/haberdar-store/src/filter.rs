//! What a query asks for, and its form in SQL.

use std::{fmt, str::FromStr};

use haberdar_model::{Country, EventType, Language, Status};
use jiff::civil::Date;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use crate::{TextQuery, facts::Role, turkish::search_key};

/// What to look for. Every field that is set has to hold; a field that makes no sense for a query is passed over.
///
/// Somebody (`actor`, `recipient`, `speaker`, the sides of `dyad`) is named by a country code (`TUR`), by an entity id, or by a
/// part of the name, in which case, marks and the dots of i do not count. Days are those of the event, for quotes and articles
/// that of publication; an event without any day is not found by days.
///
/// As JSON (of a watch, of a request) it is an object with the fields that are set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Who acts; for quotes, who speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Who is acted upon; in a mutual act everybody is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
    /// Between whom: one on each side, whichever, or both together in a mutual act; for quotes, who speaks and to whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dyad: Option<Pair>,
    /// Who speaks, or in whose words the act stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<EventType>,
    /// Reality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// No earlier than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// No later than.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Outlet, or a part of its name; for events and conflicts, of one of the reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Language of the article, or of one of the reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Story id, or its beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Slot of a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// State of a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Lowest confidence of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f32>,
    /// Fewest independent sources of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sources: Option<usize>,
    /// First known since: all reports of the event, the quotation's article, all articles of the story; of a conflict, one report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_since: Option<Arrived>,
    /// Words of the sentence, the quotation, or (for stories and conflicts) of one of the articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextQuery>,
    /// Order of events; quotations and stories know [`Order::Newest`] as well.
    #[serde(skip_serializing_if = "Order::is_day")]
    pub order: Order,
    /// At most so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Two who act with each other, written `RUS:PRK`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pair {
    /// The one.
    pub a: String,
    /// The other.
    pub b: String,
}

/// Not two names with a colon between them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no pair: write two country codes or names with a colon between them, such as RUS:PRK")]
pub struct BadPair(pub String);

impl FromStr for Pair {
    type Err = BadPair;

    fn from_str(s: &str) -> Result<Self, BadPair> {
        match s.split_once(':').map(|(a, b)| (a.trim(), b.trim())) {
            Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok(Pair { a: a.to_owned(), b: b.to_owned() }),
            _ => Err(BadPair(s.to_owned())),
        }
    }
}

impl TryFrom<String> for Pair {
    type Error = BadPair;

    fn try_from(s: String) -> Result<Self, BadPair> {
        s.parse()
    }
}

impl From<Pair> for String {
    fn from(p: Pair) -> String {
        p.to_string()
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.a, self.b)
    }
}

/// When an article came into the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arrived {
    /// At this time or later, in seconds since 1970.
    Since(i64),
    /// Behind this many articles ([`Store::arrivals`](crate::Store::arrivals)): what a clock cannot get wrong.
    Behind(i64),
}

/// How events are ordered; what is equal is ordered by day, then id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By day; those without a day last.
    #[default]
    Day,
    /// The last day first, then what was reported last; those without a day last.
    Newest,
    /// By the name of the first actor, in Turkish order.
    Actor,
    /// The most widely reported first.
    Sources,
}

impl Order {
    fn is_day(&self) -> bool {
        *self == Order::Day
    }
}

/// Conditions with their values.
#[derive(Default)]
pub(crate) struct Where {
    conditions: Vec<String>,
    /// Parameters that come before these values.
    before: usize,
    pub(crate) values: Vec<Value>,
}

impl Where {
    /// Leaves the first parameters to the query around the conditions.
    pub(crate) fn after(before: usize) -> Where {
        Where { before, ..Where::default() }
    }

    /// True where every row fits.
    pub(crate) fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// All values behind that of the one parameter before them.
    pub(crate) fn with(&self, first: Value) -> impl Iterator<Item = Value> {
        std::iter::once(first).chain(self.values.iter().cloned())
    }

    /// Adds a condition, in which every `?` stands for `value`.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let numbered = format!("?{}", self.before + self.values.len());
        self.conditions.push(condition.replace('?', &numbered));
    }

    /// Adds the condition that somebody is meant by `who`, within `frame`, where `{}` stands for the condition on the table `t`
    /// with its columns name, entity and country. The name is looked up among all names (`indexed`), or looked at.
    pub(crate) fn somebody(&mut self, frame: &str, t: &str, who: &str, indexed: bool) {
        let condition = self.means(t, who, indexed);
        self.conditions.push(frame.replace("{}", &condition));
    }

    /// The condition of [`Where::somebody`].
    pub(crate) fn means(&mut self, t: &str, who: &str, indexed: bool) -> String {
        let who = who.trim();
        let first = self.before + self.values.len() + 1;
        let second = first + 1;
        let (condition, key) = match who.parse::<Country>() {
            Ok(code) => (format!("({t}.entity = ?{first} OR {t}.country = ?{second})"), code.as_str().to_owned()),
            Err(_) if indexed => {
                let names = format!("SELECT n.name FROM names n WHERE instr(n.key, ?{second}) > 0");
                (format!("({t}.entity = ?{first} OR {t}.name IN ({names}))"), search_key(who))
            }
            Err(_) => (format!("({t}.entity = ?{first} OR name_has({t}.name, ?{second}))"), search_key(who)),
        };
        self.values.extend([Value::from(who.to_owned()), Value::from(key)]);
        condition
    }

    /// Adds a condition whose values are there already.
    pub(crate) fn push(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// Adds a value; the name by which a condition can use it.
    pub(crate) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.before + self.values.len())
    }

    /// The first arrival that counts as new, as an expression.
    pub(crate) fn first_new(&mut self, arrived: Arrived) -> String {
        match arrived {
            Arrived::Behind(n) => self.value(n + 1),
            Arrived::Since(t) => {
                let t = self.value(t);
                format!("(SELECT coalesce(min(v.number), 9223372036854775807) FROM arrivals v WHERE v.added_at >= {t})")
            }
        }
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

    /// Conditions on the article in the table `t`.
    pub(crate) fn article(&mut self, f: &Filter, t: &str, frame: &str) {
        if let Some(p) = &f.publisher {
            let outlet = format!("{t}.publisher IN (SELECT n.name FROM names n WHERE instr(n.key, ?) > 0)");
            self.and(&frame.replace("{}", &outlet), search_key(p.trim()));
        }
        if let Some(l) = f.language {
            self.and(&frame.replace("{}", &format!("{t}.language = ?")), l.code().to_owned());
        }
    }

    /// The id in `column` is `id` or begins with it; `b3:` may be left out.
    pub(crate) fn id(&mut self, frame: &str, column: &str, id: &str) {
        // As a range, so that an index finds them.
        self.and(&frame.replace("{}", &format!("({column} >= ? AND {column} < ? || char(1114111))")), full_id(id));
    }

    /// Adds the condition that somebody in this role is meant by `who`, of the facts of `t`.
    pub(crate) fn fact(&mut self, t: &str, role: Role, who: &str) {
        let condition = self.fact_of(t, role, who);
        self.conditions.push(condition);
    }

    /// The condition of [`Where::fact`].
    pub(crate) fn fact_of(&mut self, t: &str, role: Role, who: &str) -> String {
        let who = who.trim();
        let code = who.parse::<Country>().ok();
        let key = code.as_ref().map_or_else(|| search_key(who), |c| c.as_str().to_owned());
        let (who, key) = (self.value(who.to_owned()), self.value(key));
        role.means(&format!("{t}.facts"), &who, &key, code.is_some())
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
