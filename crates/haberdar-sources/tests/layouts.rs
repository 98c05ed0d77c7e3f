//! Layouts of news pages: body, day and origin, measured over `tests/pages/layouts.txt`.

use std::collections::HashMap;

use encoding_rs::Encoding;
use haberdar_model::Article;
use haberdar_sources::{Format, Item, ReadOptions, read_reader};

const LAYOUTS: &str = include_str!("pages/layouts.txt");
const TEXTS: &str = include_str!("pages/texts.tsv");

struct Layout {
    name: &'static str,
    keys: HashMap<&'static str, String>,
    bytes: Vec<u8>,
    body: String,
}

fn text(language: &str, key: &str) -> &'static str {
    let line = TEXTS.lines().find(|l| l.starts_with(&format!("{language}\t{key}\t")));
    line.and_then(|l| l.splitn(3, '\t').nth(2)).unwrap_or_else(|| panic!("no {language} {key}"))
}

fn layout(section: &'static str) -> Layout {
    let (head, html) = section.split_once('\n').expect("a page");
    let mut words = head.split(' ');
    let name = words.next().expect("a name");
    let keys: HashMap<_, _> = words.filter_map(|w| w.split_once('=')).map(|(k, v)| (k, v.replace('_', " "))).collect();
    let language = &keys["lang"];
    let (mut page, mut body) = (String::new(), Vec::new());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("{{") {
        let (key, after) = after.split_once("}}").expect("an end");
        let (json, key) = key.strip_prefix("j:").map_or((false, key), |k| (true, k));
        let said = text(language, key);
        page.push_str(before);
        page.push_str(&if json { said.replace('"', "\\\"") } else { said.to_owned() });
        if key != "title" && !body.contains(&key) {
            body.push(key);
        }
        rest = after;
    }
    page.push_str(rest);
    if let Some(wanted) = keys.get("body") {
        body = wanted.split(',').map(|w| body.iter().copied().find(|b| *b == w).expect("a key")).collect();
    }
    let bytes = match keys.get("encoding").map(String::as_str) {
        None => page.into_bytes(),
        Some("damaged") => {
            let at = page.find('☠').expect("a place");
            let mut bytes = page.into_bytes();
            bytes.splice(at..at + 3, [0xE2, 0x98]);
            bytes
        }
        Some(label) => Encoding::for_label(label.as_bytes()).expect("an encoding").encode(&page).0.into_owned(),
    };
    let body = body.into_iter().map(|k| text(language, k)).collect::<Vec<_>>().join("\n");
    Layout { name, keys, bytes, body }
}

fn layouts() -> Vec<Layout> {
    LAYOUTS.split("\n=== ").skip(1).map(layout).collect()
}

fn tokens(text: &str) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    let mut add = |w: String| *all.entry(w).or_default() += 1;
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if word.chars().any(|c| ('\u{3400}'..='\u{9FFF}').contains(&c)) {
            word.chars().for_each(|c| add(c.to_string()));
        } else {
            add(word.to_owned());
        }
    }
    all
}

fn f1(got: &str, want: &str) -> f64 {
    let (a, b) = (tokens(got), tokens(want));
    let shared: usize = a.iter().map(|(w, n)| (*n).min(b.get(w).copied().unwrap_or(0))).sum();
    2.0 * shared as f64 / (a.values().sum::<usize>() + b.values().sum::<usize>()).max(1) as f64
}

fn read(layout: &Layout) -> Option<Article> {
    let bytes = std::io::Cursor::new(layout.bytes.clone());
    let mut items = read_reader(layout.name, bytes, Some(Format::Html), &ReadOptions::default());
    items.next().and_then(Item::article)
}

/// The mean over all layouts, so that a change shows what it costs elsewhere; and every layout by itself.
#[test]
fn bodies_and_days_of_the_layouts() {
    let layouts = layouts();
    assert!(layouts.len() >= 60, "{} layouts", layouts.len());
    let (mut sum, mut days, mut wrong) = (0.0, 0, Vec::new());
    for l in &layouts {
        let Some(article) = read(l) else {
            wrong.push(format!("{}: no article", l.name));
            continue;
        };
        let body = f1(&article.text, &l.body);
        let day = article.meta.published.map_or("-".to_owned(), |d| d.to_string());
        sum += body;
        days += usize::from(day == l.keys["day"]);
        // A dateline may stand before the first words.
        let same = article.text.lines().zip(l.body.lines()).all(|(got, want)| got.ends_with(want));
        if body < 0.97 || !same || article.text.lines().count() != l.body.lines().count() {
            wrong.push(format!("{}: F1 {body:.3}\n--- got\n{}\n--- want\n{}\n", l.name, article.text, l.body));
        }
        if day != l.keys["day"] {
            wrong.push(format!("{}: day {day}, not {}", l.name, l.keys["day"]));
        }
        let origin = article.meta.origin;
        for (key, got) in [
            ("time", origin.published_at),
            ("wire", origin.wire),
            ("author", origin.authors.first().cloned()),
            ("url", article.meta.url.clone()),
        ] {
            if let Some(want) = l.keys.get(key).filter(|w| got.as_ref() != Some(w)) {
                wrong.push(format!("{}: {key} {got:?}, not {want}", l.name));
            }
        }
        if article.meta.title.as_deref() != Some(text(&l.keys["lang"], "title"))
            && LAYOUTS.contains("{{title}}")
            && l.name != "missing-everything"
            && l.name != "turkish-div-soup"
        {
            wrong.push(format!("{}: title {:?}", l.name, article.meta.title));
        }
    }
    let n = layouts.len() as f64;
    assert!(wrong.is_empty(), "body F1 {:.3}, day {:.3}\n{}", sum / n, days as f64 / n, wrong.join("\n"));
}
