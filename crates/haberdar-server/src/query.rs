//! The words behind the question mark: filters, page, language.

use haberdar_model::PartialDate;
use haberdar_store::Filter;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Filters that every list takes: name in requests, whether it is a number, what it means.
pub(crate) const FILTERS: &[(&str, bool, &str)] = &[
    ("actor", false, "Who acts or speaks: a country code (TUR), an entity id, or a part of a name"),
    ("recipient", false, "Who is acted upon"),
    ("dyad", false, "Between whom, such as RUS:PRK"),
    ("speaker", false, "Who speaks, or in whose words the act stands"),
    ("type", false, "PLOVER type, such as CONSULT"),
    ("status", false, "happened, ongoing, planned, forecast, hypothetical, denied, historical, demanded"),
    ("since", false, "No earlier than (2024, 2024-03 or 2024-03-01)"),
    ("until", false, "No later than"),
    ("publisher", false, "Outlet, or a part of its name"),
    ("language", false, "tr or en"),
    ("story", false, "Story id, or its beginning"),
    ("slot", false, "Slot of a conflict"),
    ("state", false, "State of a conflict: open, explained, resolved"),
    ("min_confidence", true, "Lowest confidence, 0 to 1"),
    ("min_sources", true, "Fewest independent sources"),
    ("text", false, "Words that have to stand in it"),
    ("order", false, "day, newest, actor or sources; quotations and stories know day and newest"),
];

/// Rows on a page where nobody says how many, and the most.
const ROWS: usize = 50;
const MOST: usize = 500;
/// How far one may page; further on, filters are quicker.
const DEEPEST: usize = 20_000;

/// A parsed query string.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub(crate) fn parse(s: &str) -> Query {
        let pairs = s.split('&').filter(|p| !p.is_empty()).map(|p| {
            let (k, v) = p.split_once('=').unwrap_or((p, ""));
            (decoded(k), decoded(v))
        });
        Query { pairs: pairs.collect() }
    }

    /// The last value of that name that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(k, v)| k == name && !v.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// The filters.
    pub(crate) fn filter(&self) -> Result<Filter, Problem> {
        let mut map = Map::new();
        for (name, number, _) in FILTERS {
            let Some(v) = self.get(name) else { continue };
            let value = match *name {
                "since" | "until" => {
                    let day: PartialDate = v
                        .parse()
                        .map_err(|_| Problem::bad(format!("{name}={v:?} is no date: write 2024, 2024-03 or 2024-03-01")))?;
                    Value::from(if *name == "since" { day.first() } else { day.last() }.to_string())
                }
                "type" => Value::from(v.to_uppercase()),
                _ if *number => {
                    let n: serde_json::Number =
                        serde_json::from_str(v).map_err(|_| Problem::bad(format!("{name}={v:?} is no number")))?;
                    Value::Number(n)
                }
                _ => Value::from(v),
            };
            map.insert((*name).to_owned(), value);
        }
        serde_json::from_value(Value::Object(map)).map_err(|e| Problem::bad(e.to_string()))
    }

    /// The same query with an order of its own where none is asked for.
    pub(crate) fn newest_first(mut self) -> Query {
        if self.get("order").is_none() {
            self.pairs.push(("order".to_owned(), "newest".to_owned()));
        }
        self
    }

    /// A name for what was asked, whatever the order of its words; what chooses among the rows does not count.
    pub(crate) fn name(&self) -> String {
        let mut named: Vec<&(String, String)> = self
            .pairs
            .iter()
            .filter(|(k, v)| {
                !matches!(k.as_str(), "lang" | "theme" | "cursor" | "limit" | "order" | "centre" | "by" | "show")
                    && !v.trim().is_empty()
            })
            .collect();
        named.sort();
        named.iter().map(|(k, v)| format!("{}={}", encoded(k), encoded(v.trim()))).collect::<Vec<_>>().join("&")
    }

    /// Which rows: how many are passed over, how many follow.
    pub(crate) fn page(&self) -> Result<(usize, usize), Problem> {
        let from = match self.get("cursor") {
            None => 0,
            Some(c) => c.strip_prefix('r').and_then(|n| n.parse().ok()).filter(|n| *n <= DEEPEST).ok_or_else(|| {
                Problem::bad(format!("cursor={c:?} is none of ours: take the one that the last answer gave as `next`"))
            })?,
        };
        let rows = match self.get("limit") {
            None => ROWS,
            Some(n) => n
                .parse()
                .ok()
                .filter(|n| (1..=MOST).contains(n))
                .ok_or_else(|| Problem::bad(format!("limit={n:?}: write a number from 1 to {MOST}")))?,
        };
        Ok((from, rows))
    }

    /// The same query with one value changed, as it stands behind the question mark.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let kept = self.pairs.iter().filter(|(k, v)| k != name && !v.trim().is_empty()).map(|(k, v)| (k.as_str(), v.as_str()));
        let all = kept.chain((!value.is_empty()).then_some((name, value)));
        all.map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect::<Vec<_>>().join("&")
    }
}

/// Takes a page out of rows that were asked for up to its end and one more; the cursor of the next one.
pub(crate) fn cut<T>(mut rows: Vec<T>, (from, n): (usize, usize)) -> (Vec<T>, Option<String>) {
    let more = rows.len() > from + n;
    rows.truncate(from + n);
    let rows = if from < rows.len() { rows.split_off(from) } else { Vec::new() };
    (rows, more.then(|| format!("r{}", from + n)))
}

/// What is left as it stands in a query or a path.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A value of a form or a query, where + stands for a blank; bytes that are no UTF-8 become replacement characters.
fn decoded(s: &str) -> String {
    step(&s.replace('+', " "))
}

/// A step of a path.
pub(crate) fn step(s: &str) -> String {
    percent_decode_str(s).decode_utf8_lossy().into_owned()
}

/// Percent-encoding for a query or a path.
pub(crate) fn encoded(s: &str) -> String {
    utf8_percent_encode(s, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_and_written() {
        let q = Query::parse("actor=T%C3%BCrkiye&type=consult&empty=&since=2024-03&min_sources=2");
        assert_eq!(q.get("actor"), Some("Türkiye"));
        assert_eq!(q.get("empty"), None);
        let f = q.filter().expect("filters");
        assert_eq!(f.since.map(|d| d.to_string()).as_deref(), Some("2024-03-01"));
        assert_eq!((f.min_sources, f.kind.map(|k| k.to_string())), (Some(2), Some("CONSULT".to_owned())));
        assert!(q.with("cursor", "r50").ends_with("cursor=r50") && q.with("cursor", "r50").contains("T%C3%BCrkiye"));
        for bad in ["cursor=../etc", "cursor=r99999999", "limit=0", "limit=many"] {
            assert_eq!(Query::parse(bad).page().map_err(|p| p.status), Err(400), "{bad}");
        }
        for bad in ["type=DANCE", "since=soon", "min_sources=two", "dyad=RUS"] {
            assert_eq!(Query::parse(bad).filter().map_err(|p| p.status), Err(400), "{bad}");
        }
        assert_eq!((decoded("%zz%4"), decoded("a+b%20c")), ("%zz%4".to_owned(), "a b c".to_owned()));
        assert_eq!((step("a+b"), encoded("a b/ü")), ("a+b".to_owned(), "a%20b%2F%C3%BC".to_owned()));
    }

    #[test]
    fn pages_follow_one_another() {
        assert_eq!(cut(vec![1, 2, 3], (0, 2)), (vec![1, 2], Some("r2".to_owned())));
        assert_eq!(cut(vec![1, 2, 3], (2, 2)), (vec![3], None));
        assert_eq!(cut(vec![1], (5, 2)), (vec![], None));
    }
}
