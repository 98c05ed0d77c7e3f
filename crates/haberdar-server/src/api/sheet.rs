//! Lists as CSV: which columns a list has, and what stands in them.

use haberdar_model::{
    Country, PartialDate, record::Conflict, record::MergedEvent, record::Party, record::Story, record::StoryArticle,
};
use haberdar_reconcile::{Commitment, Month, Network};
use haberdar_store::{Hits, QuoteRow};
use serde_json::Value;

use crate::{
    Answer,
    derived::{DyadRow, StateRow},
    problem::Problem,
};

/// A row that can stand in a table.
pub(super) trait Row {
    const COLUMNS: &'static [&'static str];
    fn cells(&self) -> Vec<String>;
}

fn or(s: &Option<String>) -> String {
    s.clone().unwrap_or_default()
}

fn day<D: ToString>(d: Option<D>) -> String {
    d.map(|d| d.to_string()).unwrap_or_default()
}

fn names(l: &[Party]) -> String {
    l.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn codes(l: &[Party]) -> String {
    l.iter().filter_map(|p| p.country).map(|c: Country| c.to_string()).collect::<Vec<_>>().join("; ")
}

impl Row for MergedEvent {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "type",
        "mode",
        "status",
        "polarity",
        "from",
        "to",
        "basis",
        "actor",
        "actor_country",
        "recipient",
        "recipient_country",
        "place",
        "cameo",
        "goldstein",
        "independent_sources",
        "confidence",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.kind.to_string(),
            or(&self.mode),
            self.status.to_string(),
            self.polarity.to_string(),
            day(self.date.from),
            day(self.date.to),
            self.date.basis.to_string(),
            names(&self.actor),
            codes(&self.actor),
            names(&self.recipient),
            codes(&self.recipient),
            or(&self.place),
            or(&self.cameo),
            self.goldstein.map(|g| g.to_string()).unwrap_or_default(),
            self.independent_sources.to_string(),
            format!("{:.2}", self.confidence),
        ]
    }
}

impl Row for QuoteRow {
    const COLUMNS: &'static [&'static str] = &["article", "publisher", "published", "kind", "speaker", "text", "start", "end"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.article.clone(),
            or(&self.publisher),
            day(self.published),
            self.kind.to_string(),
            or(&self.speaker),
            self.at.text.clone(),
            self.at.span.start.to_string(),
            self.at.span.end.to_string(),
        ]
    }
}

impl Row for Story {
    const COLUMNS: &'static [&'static str] = &["id", "title", "from", "to", "articles", "events"];

    fn cells(&self) -> Vec<String> {
        let numbers = [self.articles.len().to_string(), self.events.len().to_string()];
        [vec![self.id.clone(), self.title.clone(), day(self.from), day(self.to)], numbers.to_vec()].concat()
    }
}

impl Row for StoryArticle {
    const COLUMNS: &'static [&'static str] = &["id", "source_id", "publisher", "published", "copy_of"];

    fn cells(&self) -> Vec<String> {
        vec![self.id.clone(), self.source_id.clone(), or(&self.publisher), day(self.published), or(&self.copy_of)]
    }
}

impl Row for Conflict {
    const COLUMNS: &'static [&'static str] = &["id", "slot", "relation", "state", "values", "verdict", "decided", "because"];

    fn cells(&self) -> Vec<String> {
        let last = self.decisions.last();
        vec![
            self.id.clone(),
            self.slot.clone(),
            self.relation.clone(),
            self.state.clone(),
            self.values.iter().map(|v| v.value.as_str()).collect::<Vec<_>>().join(" | "),
            or(&self.verdict),
            last.and_then(|d| d.value.clone()).unwrap_or_default(),
            last.map(|d| d.because.clone()).unwrap_or_default(),
        ]
    }
}

impl Row for Commitment {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "manner",
        "type",
        "mode",
        "polarity",
        "actor",
        "recipient",
        "made",
        "due_from",
        "due_until",
        "fate",
        "late",
        "fulfilled_by",
        "contradicted_by",
        "confidence",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.manner.to_string(),
            self.kind.to_string(),
            or(&self.mode),
            self.polarity.to_string(),
            names(&self.actor),
            names(&self.recipient),
            day(self.made),
            day(self.due_from),
            day(self.due_until),
            self.fate.to_string(),
            self.late.to_string(),
            or(&self.fulfilled_by),
            or(&self.contradicted_by),
            format!("{:.2}", self.confidence),
        ]
    }
}

impl Row for DyadRow {
    const COLUMNS: &'static [&'static str] = &["a", "b", "events", "goldstein"];

    fn cells(&self) -> Vec<String> {
        vec![self.a.to_string(), self.b.to_string(), self.events.to_string(), self.goldstein.to_string()]
    }
}

impl Row for StateRow {
    const COLUMNS: &'static [&'static str] = &["country", "events", "cooperation", "conflict", "balance", "goldstein"];

    fn cells(&self) -> Vec<String> {
        let counts = [self.events, self.cooperation, self.conflict].map(|n| n.to_string());
        [vec![self.country.to_string()], counts.to_vec(), vec![self.balance.to_string(), self.goldstein.to_string()]].concat()
    }
}

impl Row for Month {
    const COLUMNS: &'static [&'static str] = &[
        "month",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "goldstein",
        "independent_sources",
    ];

    fn cells(&self) -> Vec<String> {
        let counts = [self.verbal_cooperation, self.material_cooperation, self.verbal_conflict, self.material_conflict];
        let counts = counts.map(|n| n.to_string()).to_vec();
        [vec![self.month.clone()], counts, vec![self.goldstein.to_string(), self.independent_sources.to_string()]].concat()
    }
}

/// A line of a table whose columns are those of another row: a tie in its period, a hit of a search, a term of office.
pub(super) struct Line<const KIND: u8>(pub(super) Vec<String>);

/// Ties of the network.
pub(super) type TieLine = Line<0>;
/// What a search found.
pub(super) type HitLine = Line<1>;
/// Who held an office.
pub(super) type TermLine = Line<2>;

impl<const KIND: u8> Row for Line<KIND> {
    const COLUMNS: &'static [&'static str] = match KIND {
        0 => &["period", "a", "b", "goldstein", "sign", "events"],
        1 => &["kind", "id", "score", "published", "publisher", "title", "words", "start", "end"],
        _ => &["name", "entity", "office", "country", "from", "to", "tenure", "source", "on_that_day"],
    };

    fn cells(&self) -> Vec<String> {
        self.0.clone()
    }
}

/// The ties of all periods; a triad is worked out from three of them.
pub(super) fn ties(networks: &[Network]) -> Vec<TieLine> {
    let line = |period: &str, t: &haberdar_reconcile::Tie| {
        Line(vec![
            period.to_owned(),
            t.a.to_string(),
            t.b.to_string(),
            format!("{:.1}", t.goldstein),
            t.sign.to_string(),
            t.events.join(" "),
        ])
    };
    networks.iter().flat_map(|n| n.ties.iter().map(move |t| line(&n.period, t))).collect()
}

/// Articles, events and quotations, each the best first.
pub(super) fn hits(found: &Hits) -> Vec<HitLine> {
    type Place<'a> = (&'a str, haberdar_model::Span);
    let line = |kind: &str,
                id: &str,
                score: f64,
                published: Option<PartialDate>,
                publisher: &Option<String>,
                title: String,
                at: Place| {
        let (words, span) = at;
        let place = [words.to_owned(), span.start.to_string(), span.end.to_string()];
        let head = [kind.to_owned(), id.to_owned(), format!("{score:.3}"), day(published), or(publisher), title];
        Line([head.as_slice(), place.as_slice()].concat())
    };
    let articles = found.articles.iter().map(|a| {
        let title = a.title.clone().unwrap_or_else(|| a.source_id.clone());
        line("article", &a.id, a.score, a.published, &a.publisher, title, (&a.snippet.text, a.snippet.span))
    });
    let events = found.events.iter().map(|e| {
        let r = &e.report;
        line(
            "event",
            &e.event.id,
            e.score,
            r.published,
            &r.publisher,
            e.event.kind.to_string(),
            (&e.snippet.text, e.snippet.span),
        )
    });
    let quotes = found.quotes.iter().map(|q| {
        let r = &q.quote;
        line("quote", &r.article, q.score, r.published, &r.publisher, or(&r.speaker), (&r.at.text, r.at.span))
    });
    articles.chain(events).chain(quotes).collect()
}

/// Holdings as the desk names them.
pub(super) fn terms(rows: &[Value]) -> Vec<TermLine> {
    let cell = |r: &Value, k: &str| {
        r[k].as_str().map_or_else(|| r[k].as_f64().map(|n| n.to_string()).unwrap_or_default(), str::to_owned)
    };
    rows.iter().map(|r| Line(TermLine::COLUMNS.iter().map(|k| cell(r, k)).collect())).collect()
}

/// RFC 4180; `next` goes into a header.
pub(super) fn csv<R: Row>(rows: &[R], next: Option<String>) -> Result<Answer, Problem> {
    let fault = |e: String| Problem { status: 500, title: "A fault of the program", detail: e };
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(R::COLUMNS).map_err(|e| fault(e.to_string()))?;
    for row in rows {
        out.write_record(row.cells().iter().map(|c| harmless(c))).map_err(|e| fault(e.to_string()))?;
    }
    let body = out.into_inner().map_err(|e| fault(e.to_string()))?;
    let mut a = Answer::new(200, "text/csv; charset=utf-8", body);
    a.headers.extend(next.map(|n| ("x-next-cursor", n)));
    Ok(a)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front; a number is none.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let row = |cells: &[&str]| Line::<0>(cells.iter().map(|c| (*c).to_owned()).collect());
        let rows = [row(&["=1+1", "a,b", "say \"x\"", "-2.5", "-x", "line\nline"])];
        let a = csv(&rows, Some("r1".to_owned())).expect("CSV");
        let text = String::from_utf8(a.body).expect("UTF-8");
        assert_eq!(text, "period,a,b,goldstein,sign,events\r\n'=1+1,\"a,b\",\"say \"\"x\"\"\",-2.5,'-x,\"line\nline\"\r\n");
        assert_eq!(a.headers, [("x-next-cursor", "r1".to_owned())]);
    }
}
