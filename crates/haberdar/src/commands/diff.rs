//! `haberdar diff`: what two stores code differently.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;
use haberdar_model::{
    Reading, Span,
    reading::{ArticleHead, Event, Quote},
    record::Conflict,
};
use haberdar_store::{Filter, Store};
use serde::Serialize;

use crate::{
    cli::{Diff, Format},
    output::{cut, rows},
};

/// Something that is not the same in both.
#[derive(Serialize)]
struct Difference {
    /// `article`, `event`, `quote`, `conflict`.
    what: &'static str,
    /// `only in A`, `only in B`, `changed`.
    how: &'static str,
    article: String,
    source_id: String,
    /// The words on which it stands.
    span: Span,
    words: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    a: String,
    b: String,
}

pub(crate) fn run(args: &Diff) -> Result<bool> {
    let open = |p: &Path| Store::open_read_only(p);
    let (a, b) = (open(&args.a)?, open(&args.b)?);
    let mut found = Vec::new();
    let (mut left, mut right) = (a.readings().peekable(), b.readings().peekable());
    loop {
        let id = |r: Option<&Result<Reading, _>>| r.and_then(|r| r.as_ref().ok()).map(|r| r.article.id.clone());
        let (x, y) = (id(left.peek()), id(right.peek()));
        // What comes first by id, and both where they are the same; a reading that fails is taken, too.
        let take_left = x.is_none() || y.as_ref().is_none_or(|y| x.as_ref().is_some_and(|x| x <= y));
        let take_right = y.is_none() || x.as_ref().is_none_or(|x| y.as_ref().is_some_and(|y| y <= x));
        let (x, y) =
            (take_left.then(|| left.next()).flatten().transpose()?, take_right.then(|| right.next()).flatten().transpose()?);
        match (x, y) {
            (None, None) => break,
            (Some(x), Some(y)) => compare(&x, &y, &mut found),
            (Some(x), None) => found.push(alone("article", "only in A", &x.article, Span::default(), title(&x))),
            (None, Some(y)) => found.push(alone("article", "only in B", &y.article, Span::default(), title(&y))),
        }
    }
    conflicts(&a, &b, &mut found)?;
    show(&found, args.format)?;
    Ok(true)
}

fn title(r: &Reading) -> String {
    r.article.title.clone().unwrap_or_default()
}

fn alone(what: &'static str, how: &'static str, head: &ArticleHead, span: Span, words: String) -> Difference {
    let (article, source_id) = (head.id.clone(), head.source_id.clone());
    Difference { what, how, article, source_id, span, words, fields: Vec::new() }
}

/// Rows of one article: those that stand on the same words are compared, the closest in order first.
fn compare(a: &Reading, b: &Reading, found: &mut Vec<Difference>) {
    let trigger = |e: &Event| (e.trigger.span, e.trigger.text.clone());
    pair(a, b, "event", &a.events, &b.events, trigger, event_fields, found);
    let words = |q: &Quote| (q.at.span, q.at.text.clone());
    pair(a, b, "quote", &a.quotes, &b.quotes, words, quote_fields, found);
}

type Fields = Vec<(&'static str, String)>;

#[allow(clippy::too_many_arguments, reason = "two of each")]
fn pair<T>(
    a: &Reading,
    b: &Reading,
    what: &'static str,
    left: &[T],
    right: &[T],
    at: impl Fn(&T) -> (Span, String),
    fields: impl Fn(&Reading, &T) -> Fields,
    found: &mut Vec<Difference>,
) {
    let mut free: Vec<&T> = right.iter().collect();
    for x in left {
        let (span, words) = at(x);
        let theirs = fields(a, x);
        let meets = |y: &T| at(y).0.start < span.end && span.start < at(y).0.end;
        let alike = |y: &T| theirs.iter().zip(fields(b, y)).filter(|(p, q)| p.1 == q.1).count();
        let best = (0..free.len()).filter(|&i| meets(free[i])).max_by_key(|&i| (alike(free[i]), std::cmp::Reverse(i)));
        let mut row = alone(what, "only in A", &a.article, span, words);
        if let Some(i) = best {
            let y = free.remove(i);
            let changed = theirs.into_iter().zip(fields(b, y)).filter(|(p, q)| p.1 != q.1);
            row.fields = changed.map(|(p, q)| Field { field: p.0, a: p.1, b: q.1 }).collect();
            if row.fields.is_empty() {
                continue;
            }
            row.how = "changed";
        }
        found.push(row);
    }
    for y in free {
        let (span, words) = at(y);
        found.push(alone(what, "only in B", &b.article, span, words));
    }
}

fn names(r: &Reading, ids: &[String]) -> String {
    let name = |id: &String| {
        r.mentions
            .iter()
            .find(|m| m.id == *id)
            .map(|m| m.entity.clone().filter(|e| !e.starts_with("b3:")).unwrap_or_else(|| m.name.clone()))
    };
    ids.iter().filter_map(name).collect::<Vec<_>>().join("; ")
}

fn event_fields(r: &Reading, e: &Event) -> Fields {
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    vec![
        ("type", e.kind.to_string()),
        ("mode", e.mode.clone().unwrap_or_default()),
        ("cameo", e.cameo.clone().unwrap_or_default()),
        ("status", e.status.to_string()),
        ("polarity", e.polarity.to_string()),
        ("actor", names(r, &e.actor)),
        ("recipient", names(r, &e.recipient)),
        ("date", format!("{}..{}", day(e.date.start), day(e.date.end))),
        ("place", names(r, e.place.as_slice())),
        ("reported_by", names(r, e.reported_by.as_slice())),
    ]
}

fn quote_fields(r: &Reading, q: &Quote) -> Fields {
    vec![
        ("words", q.at.text.clone()),
        ("kind", q.kind.to_string()),
        ("speaker", names(r, q.speaker.as_slice())),
        ("addressee", names(r, q.addressee.as_slice())),
    ]
}

/// Conflicts are the same where they are of one slot and stand on the same words.
fn conflicts(a: &Store, b: &Store, found: &mut Vec<Difference>) -> Result<()> {
    type Words = (String, Vec<(String, Span)>);
    let key = |c: &Conflict| -> Words {
        let mut at: Vec<(String, Span)> =
            c.values.iter().flat_map(|v| &v.reports).map(|r| (r.article.clone(), r.span.span)).collect();
        at.sort();
        (c.slot.clone(), at)
    };
    let all = |s: &Store| -> Result<BTreeMap<Words, Conflict>> {
        Ok(s.conflicts(&Filter::default())?.into_iter().map(|c| (key(&c), c)).collect())
    };
    let (left, mut right) = (all(a)?, all(b)?);
    let row = |how, c: &Conflict, fields| {
        let first = c.values.first().and_then(|v| v.reports.first());
        let values: Vec<&str> = c.values.iter().map(|v| v.value.as_str()).collect();
        Difference {
            what: "conflict",
            how,
            article: first.map(|r| r.article.clone()).unwrap_or_default(),
            source_id: String::new(),
            span: first.map(|r| r.span.span).unwrap_or_default(),
            words: format!("{}: {}", c.slot, values.join(" / ")),
            fields,
        }
    };
    for (k, x) in &left {
        let Some(y) = right.remove(k) else {
            found.push(row("only in A", x, Vec::new()));
            continue;
        };
        let of = |c: &Conflict| {
            [("relation", c.relation.clone()), ("state", c.state.clone()), ("verdict", c.verdict.clone().unwrap_or_default())]
        };
        let changed = of(x).into_iter().zip(of(&y)).filter(|(p, q)| p.1 != q.1);
        let fields: Vec<Field> = changed.map(|(p, q)| Field { field: p.0, a: p.1, b: q.1 }).collect();
        if !fields.is_empty() {
            found.push(row("changed", x, fields));
        }
    }
    found.extend(right.values().map(|y| row("only in B", y, Vec::new())));
    Ok(())
}

fn show(found: &[Difference], format: Format) -> Result<()> {
    let header = ["what", "how", "article", "words", "fields"];
    let table = format == Format::Table;
    let cells = |d: &Difference| {
        let fields: Vec<String> =
            d.fields.iter().map(|f| format!("{}: {} → {}", f.field, or_none(&f.a), or_none(&f.b))).collect();
        let name = if d.source_id.is_empty() { &d.article } else { &d.source_id };
        vec![
            d.what.to_owned(),
            d.how.to_owned(),
            if table { cut(name.rsplit(['/', '\\']).next().unwrap_or_default(), 40) } else { name.clone() },
            if table { cut(&d.words, 60) } else { d.words.clone() },
            fields.join(if table { "\n" } else { " / " }),
        ]
    };
    rows(format, found, &header, cells, "Both say the same.")
}

fn or_none(s: &str) -> &str {
    if s.is_empty() { "-" } else { s }
}
