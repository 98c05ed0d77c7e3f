//! What all pages share: head, sections, tables, filter bar.

use haberdar_model::{EventType, Language, Status};
use maud::{DOCTYPE, Markup, html};

use crate::{Answer, answer::Look, labels::label};

const SECTIONS: &[(&str, &str)] = &[
    ("/", "today"),
    ("/events", "events"),
    ("/stories", "stories"),
    ("/conflicts", "conflicts"),
    ("/promises", "promises"),
    ("/quotes", "quotes"),
    ("/dyads", "dyads"),
    ("/network", "network"),
    ("/map", "map"),
    ("/who", "who"),
    ("/paste", "paste"),
];

pub(super) fn page(look: &Look, title: &str, content: &Markup) -> Answer {
    let t = |k| label(look.lang, k);
    let other = if look.lang == Language::Tr { ("en", "English") } else { ("tr", "Türkçe") };
    let body = html! {
        (DOCTYPE)
        html lang=(look.lang.to_string()) data-theme=[look.theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (t("title")) }
                link rel="stylesheet" href="/static/room.css";
                script src="/static/room.js" defer {}
            }
            body {
                a.skip href="#content" { (t("skip")) }
                header {
                    div.top {
                        a.name href="/" { (t("title")) }
                        form.find action="/search" role="search" {
                            input type="search" name="text" aria-label=(t("search")) placeholder=(t("search")) value=[look.query.get("text")];
                            button { (t("search")) }
                        }
                    }
                    nav aria-label=(t("menu")) {
                        @for (path, key) in SECTIONS {
                            @let here = look.path == *path || *path != "/" && look.path.starts_with(path);
                            a href=(path) aria-current=[here.then_some("page")] { (t(key)) }
                        }
                    }
                }
                main #content tabindex="-1" { (content) }
                footer {
                    span { (t("tagline")) }
                    span {
                        a href={ (look.path) "?" (look.query.with("lang", other.0)) } lang=(other.0) hreflang=(other.0) { (other.1) }
                        " · " (t("theme")) ": "
                        a href={ (look.path) "?" (look.query.with("theme", "light")) } { (t("light")) } " / "
                        a href={ (look.path) "?" (look.query.with("theme", "dark")) } { (t("dark")) }
                        " · " a href="/about" { (t("about")) }
                    }
                }
            }
        }
    };
    Answer::new(200, "text/html; charset=utf-8", body.into_string())
}

/// The filter bar; `fields` are those that make sense here. Its state is the address.
pub(super) fn filters(look: &Look, fields: &[&str]) -> Markup {
    let t = |k| label(look.lang, k);
    let value = |name: &str| look.query.get(name);
    let choice = |name: &'static str, options: Vec<&'static str>| {
        html! {
            label { span { (t(name)) }
                select name=(name) {
                    @if !matches!(name, "order" | "show") { option value="" { (t("any")) } }
                    @for o in options {
                        option value=(o) selected[value(name).is_some_and(|v| v.eq_ignore_ascii_case(o))] { (t(if name == "order" { order(o) } else { o })) }
                    }
                }
            }
        }
    };
    html! {
        form.filters method="get" {
            @for f in fields {
                @match *f {
                    "type" => (choice("type", EventType::ALL.iter().map(|k| k.as_str()).collect())),
                    "status" => (choice("status", Status::ALL.iter().map(|k| k.as_str()).collect())),
                    "show" => (choice("show", vec!["events", "balance"])),
                    "order" => (choice("order", vec!["newest", "day", "sources", "actor"])),
                    "language" => (choice("language", vec!["tr", "en"])),
                    "state" => (choice("state", vec!["open", "explained", "resolved", "rejected"])),
                    "slot" => (choice("slot", vec!["participant", "office_holder", "date", "place", "number", "polarity"])),
                    "fate" => (choice("fate", vec!["open", "fulfilled", "contradicted", "overdue"])),
                    other => label { span { (t(other)) } input name=(other) value=[value(other)] size="12"; },
                }
            }
            button { (t("filter")) }
            a.clear href=(look.path) { (t("clear")) }
        }
    }
}

/// The label of an order; `actor` and `sources` are headings of columns, too.
fn order(o: &str) -> &str {
    match o {
        "newest" => "order_newest",
        "day" => "order_day",
        "sources" => "order_sources",
        _ => "order_actor",
    }
}

/// A table that nobody can filter where it stands.
pub(super) fn part(look: &Look, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    if rows.is_empty() {
        return html! { p.empty { (label(look.lang, "nothing")) } };
    }
    table(look, columns, rows)
}

/// A table with a heading a column; says what to do where it is empty.
pub(super) fn table(look: &Look, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    if rows.is_empty() {
        return html! { p.empty { (label(look.lang, "empty")) } };
    }
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label(look.lang, "table")) {
            table {
                thead { tr { @for c in columns { th scope="col" { (label(look.lang, c)) } } } }
                tbody { @for r in rows { tr { @for c in r { td { (c) } } } } }
            }
        }
    }
}

/// Where the list goes on, and its CSV.
pub(super) fn more(look: &Look, next: Option<&str>, csv: Option<&str>) -> Markup {
    let t = |k| label(look.lang, k);
    html! {
        p.more {
            @if look.query.get("cursor").is_some() { a href={ "?" (look.query.with("cursor", "")) } { (t("first")) } " " }
            @if let Some(n) = next { a rel="next" href={ "?" (look.query.with("cursor", n)) } { (t("next")) " →" } " " }
            @if let Some(path) = csv { a.quiet href={ (path) ".csv?" (look.query.with("lang", "")) } { "CSV" } " "
                a.quiet href={ (path) "?" (look.query.with("lang", "")) } { "JSON" } }
        }
    }
}
