//! The states of the world on a map, by their acts or by the balance of cooperation and conflict.

use std::{collections::HashMap, sync::LazyLock};

use haberdar_model::{Country, Language};
use maud::{Markup, html};

use super::layout::{filters, more, page, table};
use crate::{
    Answer, Room,
    answer::Look,
    derived::{self, StateRow},
    labels::{country, label},
    problem::Problem,
    query::cut,
};

/// A state as it is drawn.
struct Shape {
    /// `None` for land that the tables put under no code of its own.
    code: Option<Country>,
    drawn: Drawn,
}

enum Drawn {
    Area(&'static str),
    Dot(&'static str, &'static str),
}

/// Width, height and shapes out of `assets/world/world.tsv`, areas first.
static WORLD: LazyLock<(&str, Vec<Shape>)> = LazyLock::new(|| {
    let text = include_str!("../../assets/world/world.tsv");
    let size = text.lines().find_map(|l| l.strip_prefix("# box\t")).unwrap_or("2000 900");
    let shape = |l: &'static str| {
        let mut cells = l.split('\t');
        let (code, kind, at) = (cells.next()?, cells.next()?, cells.next()?);
        let drawn = match kind {
            "dot" => at.split_once(' ').map(|(x, y)| Drawn::Dot(x, y))?,
            _ => Drawn::Area(at),
        };
        Some(Shape { code: code.parse().ok(), drawn })
    };
    (size, text.lines().filter(|l| !l.starts_with('#')).filter_map(shape).collect())
});

/// Fewer acts than that say nothing about a balance.
const FEW: usize = 3;

/// How states are told apart: the class of a state, and all classes with their labels for the legend.
struct Scale {
    balance: bool,
    /// Upper ends of the first four classes of numbers of acts.
    ends: [usize; 4],
}

impl Scale {
    fn new(balance: bool, rows: &[StateRow]) -> Scale {
        let most = rows.iter().map(|r| r.events).max().unwrap_or(1).max(1) as f64;
        // Numbers of acts span orders of magnitude, so every class reaches as many times further.
        let mut ends = [1, 2, 3, 4].map(|i| most.powf(f64::from(i) / 5.0).round() as usize);
        for i in 1..4 {
            ends[i] = ends[i].max(ends[i - 1] + 1);
        }
        Scale { balance, ends }
    }

    fn class(&self, row: Option<&StateRow>) -> &'static str {
        let Some(r) = row else { return "none" };
        if self.balance {
            return match r.balance {
                _ if r.events < FEW => "few",
                b if b < -0.6 => "minus2",
                b if b < -0.2 => "minus1",
                b if b <= 0.2 => "even",
                b if b <= 0.6 => "plus1",
                _ => "plus2",
            };
        }
        ["n1", "n2", "n3", "n4", "n5"][self.ends.iter().filter(|e| r.events > **e).count()]
    }

    fn legend(&self, lang: Language, most: usize) -> Vec<(&'static str, String)> {
        let t = |k: &str| label(lang, k).to_owned();
        if self.balance {
            let all = [
                ("minus2", format!("{} (< −0.6)", t("conflict_prevails"))),
                ("minus1", "−0.6 … −0.2".to_owned()),
                ("even", format!("{} (−0.2 … 0.2)", t("even"))),
                ("plus1", "0.2 … 0.6".to_owned()),
                ("plus2", format!("{} (> 0.6)", t("cooperation_prevails"))),
                ("few", t("too_few")),
                ("none", t("no_acts")),
            ];
            return all.into();
        }
        let mut out = vec![("none", t("no_acts"))];
        let mut from = 1;
        for (class, end) in ["n1", "n2", "n3", "n4", "n5"].into_iter().zip(self.ends.iter().copied().chain([most])) {
            if from <= end && from <= most {
                out.push((class, if from == end { from.to_string() } else { format!("{from}–{end}") }));
            }
            from = end + 1;
        }
        out
    }
}

/// The fill of a class: a pattern where it is hatched, else a colour of the style sheet.
fn fill(class: &str) -> Option<String> {
    matches!(class, "minus1" | "minus2" | "few").then(|| format!("url(#{class})"))
}

fn patterns() -> Markup {
    html! {
        defs {
            pattern #minus1 width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="9" height="9" class="minus1" {} line x1="0" y1="0" x2="0" y2="9" class="line" {}
            }
            pattern #minus2 width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect width="6" height="6" class="minus2" {} line x1="0" y1="0" x2="0" y2="6" class="line" {}
            }
            pattern #few width="8" height="8" patternUnits="userSpaceOnUse" {
                rect width="8" height="8" class="none" {} circle cx="4" cy="4" r="1.4" class="point" {}
            }
        }
    }
}

fn drawing(look: &Look, rows: &[StateRow], scale: &Scale) -> Markup {
    let by: HashMap<Country, &StateRow> = rows.iter().map(|r| (r.country, r)).collect();
    let (size, shapes) = &*WORLD;
    let acts = label(look.lang, "acts").to_lowercase();
    let shape = |s: &Shape| {
        let row = s.code.and_then(|c| by.get(&c).copied());
        let class = scale.class(row);
        let (fill, class) = (fill(class), if fill(class).is_some() { "land" } else { class });
        html! {
            @match &s.drawn {
                Drawn::Area(path) => path d=(path) class={ "land " (class) } fill=[fill] {},
                Drawn::Dot(x, y) => circle cx=(x) cy=(y) r=(if row.is_some() { "8" } else { "2.5" }) class={ "land " (class) } fill=[fill] {},
            }
        }
    };
    html! {
        div.scroll.world tabindex="0" role="group" aria-label=(label(look.lang, "map")) {
            svg.map viewBox={ "0 0 " (size) } role="group" aria-label=(label(look.lang, "map")) {
                (patterns())
                @for s in shapes {
                    @if let Some(code) = s.code {
                        @let row = by.get(&code);
                        @let name = match row {
                            Some(r) => format!("{}: {} {acts}, {:+.2}", country(look.lang, code), r.events, r.balance),
                            None => country(look.lang, code),
                        };
                        // The table leads to those without acts, too; nobody wants to step through all of them.
                        a href={ "/actors/" (code) } aria-label=(name) tabindex=[row.is_none().then_some("-1")] { title { (name) } (shape(s)) }
                    } @else { (shape(s)) }
                }
            }
        }
    }
}

pub(super) fn map(room: &Room, look: &Look) -> Result<Answer, Problem> {
    let t = |k| label(look.lang, k);
    let balance = match look.query.get("show") {
        None | Some("events") => false,
        Some("balance") => true,
        Some(other) => return Err(Problem::bad(format!("show={other:?}: write events or balance"))),
    };
    let at = look.query.page()?;
    let all = derived::states(room, &look.query)?;
    let scale = Scale::new(balance, &all);
    let most = all.iter().map(|r| r.events).max().unwrap_or(0);
    let (shown, next) = cut(all[..all.len().min(at.0 + at.1 + 1)].to_vec(), at);
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|r| {
            vec![
                html! { a href={ "/actors/" (r.country) } { (country(look.lang, r.country)) } " " span.code { (r.country) } },
                html! { (r.events) },
                html! { (r.cooperation) },
                html! { (r.conflict) },
                html! { (format!("{:+.2}", r.balance)) },
                html! { (format!("{:+.1}", r.goldstein)) },
            ]
        })
        .collect();
    let title = t("map");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) ": " (t(if balance { "balance" } else { "acts" })) }
            (filters(look, &["show", "type", "status", "since", "until", "publisher", "language", "text"]))
            (drawing(look, &all, &scale))
            ul.legend aria-label=(t("signs")) {
                @for (class, words) in scale.legend(look.lang, most) {
                    li { svg.sign viewBox="0 0 24 14" width="24" height="14" aria-hidden="true" focusable="false" {
                        rect x="1" y="1" width="22" height="12" class={ "land " @if fill(class).is_none() { (class) } } fill=[fill(class)] {} } " " (words) }
                }
            }
            p.meta { (t("map_note")) }
            (table(look, &["country", "acts", "cooperation", "conflict_acts", "balance", "goldstein"], &rows))
            (more(look, next.as_deref(), Some("/api/v1/states")))
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_whole() {
        let (size, shapes) = &*WORLD;
        assert!(size.starts_with("2000 "));
        let area = |c: &str| shapes.iter().any(|s| s.code == c.parse().ok() && matches!(s.drawn, Drawn::Area(_)));
        let dot = |c: &str| shapes.iter().any(|s| s.code == c.parse().ok() && matches!(s.drawn, Drawn::Dot(..)));
        assert!(["TUR", "RUS", "CHN", "USA", "XKX", "PSE", "FJI"].into_iter().all(area));
        assert!(["SGP", "MLT", "VAT", "BHR"].into_iter().all(dot) && !dot("RUS"));
        // Nothing is drawn across the whole map, as outlines are that are cut wrongly at the date line.
        for s in shapes {
            let Drawn::Area(path) = s.drawn else { continue };
            assert!(path.starts_with('M') && path.ends_with('z'));
            let longest = path.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i64>().ok()).max();
            assert!(longest.is_some_and(|n| n <= 2000), "{:?}", s.code);
        }
    }

    #[test]
    fn classes_follow_the_numbers() {
        let row = |events, balance| StateRow {
            country: Country::of("TUR"),
            events,
            cooperation: 0,
            conflict: 0,
            balance,
            goldstein: 0.0,
        };
        let rows = [row(1000, 0.0), row(1, 0.0)];
        let s = Scale::new(false, &rows);
        assert_eq!([s.class(None), s.class(Some(&rows[1])), s.class(Some(&rows[0]))], ["none", "n1", "n5"]);
        assert_eq!(s.legend(Language::En, 1000).last().map(|l| l.1.clone()), Some("252–1000".to_owned()));
        assert_eq!(Scale::new(false, &[row(1, 0.0)]).legend(Language::En, 1).len(), 2);
        let s = Scale::new(true, &rows);
        let all = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|b| s.class(Some(&row(9, b))));
        assert_eq!(all, ["minus2", "minus1", "even", "plus1", "plus2"]);
        assert_eq!(s.class(Some(&row(2, 1.0))), "few");
    }
}
