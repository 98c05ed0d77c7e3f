//! The JSON of `read`, field by field and span by span; the CoNLL-U of `parse`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::folder::{Folder, list, text};

const TR: &str = include_str!("data/tr-ri.txt");
const EN: &str = include_str!("data/en-ri.txt");

/// A text with what offsets trip over: astral characters, combining marks, a case suffix behind an apostrophe, İ and ı,
/// figures, days, both kinds of quotation marks.
const TRICKY: &str = "🕊️ İstanbul’da 3 Mart 2024 günü İçişleri Bakanı konuştu 𝔘. “Iğdır’a en az 12 asker gönderdik” dedi.\r\n\r\n\
    Irak’ta çıkan çatışmada 5 kişi öldü, 1 Nisan’da Türkiye'nin Bağdat Büyükelçisi \"Hepimiz üzgünüz\" dedi. ñ e\u{301}";

/// The fields of the contract for each kind of object.
const FIELDS: &[(&str, &str)] = &[
    ("", "article dates events flags mentions quantities quotes schema sentences skipped text"),
    ("/article", "id language published publisher source_id text_sha256 title url words"),
    ("/sentences/*", "end start"),
    ("/mentions/*", "country end entity id kind name role sector start text"),
    (
        "/events/*",
        "actor cameo confidence contexts date goldstein id mode place polarity quad recipient reported_by sentence status trigger type why",
    ),
    ("/events/*/trigger", "end start text"),
    ("/events/*/date", "basis end span start"),
    ("/quotes/*", "addressee cue end events id kind speaker speaker_text start text"),
    ("/dates/*", "end from start text to type value"),
    ("/quantities/*", "end event modifier start text unit value"),
    ("/skipped/*", "reason sentence"),
];

fn reading(content: &str) -> Value {
    let folder = Folder::with("report.txt", content);
    let answer = folder.run(&["read", "report.txt", "--format", "json", "--with-text", "--published", "2024-04-02"]).exits(0);
    answer.lines().remove(0)
}

/// Every object that the pattern names, `*` standing for each element of an array.
fn at<'v>(value: &'v Value, pattern: &str) -> Vec<&'v Value> {
    pattern.split('/').skip(1).fold(vec![value], |found, step| match step {
        "*" => found.into_iter().filter_map(Value::as_array).flatten().collect(),
        name => found.into_iter().filter_map(|v| v.get(name)).filter(|v| !v.is_null()).collect(),
    })
}

#[track_caller]
fn has_the_fields(reading: &Value) {
    for (pattern, fields) in FIELDS {
        for object in at(reading, pattern) {
            let mut found = object.as_object().map(|o| o.keys().map(String::as_str).collect::<BTreeSet<_>>()).unwrap_or_default();
            // There only where there is something to say: how a country was inferred, the pieces of a quotation that a cue interrupts, its words in marks, "before" or
            // "about" a day, the other end of a range.
            let optional: &[&str] = match *pattern {
                "/mentions/*" => &["country_basis"],
                "/quotes/*" => &["parts", "verbatim"],
                "/dates/*" => &["mod"],
                "/quantities/*" => &["to"],
                _ => &[],
            };
            optional.iter().for_each(|f| _ = found.remove(f));
            assert_eq!(found, fields.split(' ').collect(), "{pattern}: {object}");
        }
    }
}

/// Every object with a span and a text, wherever it stands, shows the text at its span.
#[track_caller]
fn is_verbatim(value: &Value, points: &[char], checked: &mut usize) {
    match value {
        Value::Object(object) => {
            let number = |name: &str| object.get(name).and_then(Value::as_u64).map(|n| n as usize);
            if let (Some(start), Some(end)) = (number("start"), number("end")) {
                assert!(start <= end && end <= points.len(), "{value}");
                if let Some(Value::String(shown)) = object.get("text") {
                    assert_eq!(*shown, points[start..end].iter().collect::<String>(), "{value}");
                    *checked += 1;
                }
            }
            object.values().for_each(|v| is_verbatim(v, points, checked));
        }
        Value::Array(list) => list.iter().for_each(|v| is_verbatim(v, points, checked)),
        _ => {}
    }
}

/// What every reading must keep, whatever the models say.
#[track_caller]
fn is_sound(reading: &Value) -> usize {
    has_the_fields(reading);
    let points: Vec<char> = text(reading, "/text").chars().collect();
    let mut checked = 0;
    is_verbatim(reading, &points, &mut checked);
    let ids = |field: &str| list(reading, field).iter().map(|x| text(x, "/id").to_owned()).collect::<Vec<_>>();
    let (mentions, events) = (ids("mentions"), ids("events"));
    let mention = |id: &Value| id.is_null() || mentions.iter().any(|m| id == m);
    let sentences = list(reading, "sentences");
    for e in list(reading, "events") {
        assert!(list(e, "actor").iter().chain(list(e, "recipient")).chain([&e["reported_by"], &e["place"]]).all(mention), "{e}");
        let sentence = &sentences[e["sentence"].as_u64().expect("a number") as usize];
        assert!(sentence["start"].as_u64() <= e["trigger"]["start"].as_u64(), "{e}");
        assert!(e["trigger"]["end"].as_u64() <= sentence["end"].as_u64(), "{e}");
        assert!(e["confidence"].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{e}");
        assert!(e["quad"].as_u64().is_some_and(|q| (1..=4).contains(&q)), "{e}");
        let language = text(reading, "/article/language");
        assert!(text(e, "/why").starts_with(&format!("{language}/")), "{e}");
    }
    for q in list(reading, "quotes") {
        assert!(mention(&q["speaker"]) && mention(&q["addressee"]), "{q}");
        assert!(list(q, "events").iter().all(|e| events.iter().any(|id| e == id)), "{q}");
    }
    // Nothing vanishes: every sentence has an event or a reason.
    let with_event: BTreeSet<u64> = list(reading, "events").iter().filter_map(|e| e["sentence"].as_u64()).collect();
    let skipped: BTreeSet<u64> = list(reading, "skipped").iter().filter_map(|s| s["sentence"].as_u64()).collect();
    assert_eq!(with_event.union(&skipped).copied().collect::<Vec<_>>(), (0..sentences.len() as u64).collect::<Vec<_>>());
    checked
}

#[test]
fn turkish_text_is_read_into_the_contract() {
    let r = reading(TR);
    assert!(is_sound(&r) >= 10, "{r}");
    assert_eq!(r["schema"], "haberdar.reading/1");
    assert_eq!(text(&r, "/article/language"), "tr");
    assert_eq!(text(&r, "/article/source_id"), "report.txt");
    assert_eq!(text(&r, "/article/published"), "2024-04-02");
    assert_eq!(text(&r, "/text"), TR);
    assert!(text(&r, "/article/id").starts_with("b3:"), "{r}");
    assert_eq!(text(&r, "/article/text_sha256").len(), 64);
    assert_eq!(list(&r, "sentences").len(), 4);
}

#[test]
fn english_text_is_read_into_the_contract() {
    let r = reading(EN);
    assert!(is_sound(&r) >= 10, "{r}");
    assert_eq!(text(&r, "/article/language"), "en");
    assert_eq!(text(&r, "/text"), EN);
    assert_eq!(list(&r, "sentences").len(), 4);
}

#[test]
fn offsets_are_code_points_in_any_text() {
    let r = reading(TRICKY);
    assert!(is_sound(&r) >= 4, "{r}");
    assert_eq!(text(&r, "/text"), TRICKY);
    let day = list(&r, "dates").iter().find(|d| text(d, "/value") == "2024-03-03").expect("the third of March");
    assert!(text(day, "/text").contains("3 Mart 2024"), "{day}");
    let dead = list(&r, "quantities").iter().find(|q| text(q, "/unit") == "dead").expect("the dead are counted");
    assert_eq!(dead["value"], 5.0);
    assert!(list(&r, "quotes").iter().any(|q| text(q, "/text") == "Iğdır’a en az 12 asker gönderdik"), "{r}");
}

#[test]
fn a_suffix_behind_an_apostrophe_is_no_part_of_a_name() {
    let r = reading("Türkiye'nin ve İsveç’in heyetleri Ankara'da Fransa’yla görüştü.");
    is_sound(&r);
    let names: Vec<&str> = list(&r, "mentions").iter().map(|m| text(m, "/text")).collect();
    assert!(names.contains(&"Türkiye") && names.contains(&"Fransa"), "{names:?}");
    assert!(names.iter().all(|n| !n.ends_with("'nin") && !n.ends_with("’in") && !n.ends_with("’yla")), "{names:?}");
}

#[test]
fn the_sample_reports_are_read_into_the_contract() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");
    let answer = Folder::new().run(&["read", samples, "--format", "json", "--with-text"]).exits(0);
    let readings = answer.lines();
    assert!(readings.len() >= 14, "{}", readings.len());
    readings.iter().for_each(|r| assert!(is_sound(r) > 0));
    assert!(answer.err.is_empty(), "{}", answer.err);
}

#[test]
fn the_text_stays_out_unless_asked_for() {
    let folder = Folder::with("report.txt", TR);
    let r = folder.run(&["read", "report.txt", "--format", "json"]).exits(0).lines().remove(0);
    assert!(r.get("text").is_none());
}

#[test]
fn what_the_user_says_of_the_origin_is_kept_and_makes_the_id() {
    let folder = Folder::with("report.txt", TR);
    let read = |more: &[&str]| {
        let args = [&["read", "report.txt", "--format", "jsonl"], more].concat();
        folder.run(&args).exits(0).lines().remove(0)
    };
    let r =
        read(&["--publisher", "Örnek Gazete", "--url", "https://example.org/1", "--title", "Görüşme", "--published", "2024-03"]);
    for (field, value) in
        [("publisher", "Örnek Gazete"), ("url", "https://example.org/1"), ("title", "Görüşme"), ("published", "2024-03")]
    {
        assert_eq!(r["article"][field], value);
    }
    assert_eq!(read(&[])["article"]["id"], read(&["--title", "Görüşme"])["article"]["id"], "a title is no identity");
    assert_ne!(read(&[])["article"]["id"], r["article"]["id"], "another outlet is another article");
}

#[test]
fn standard_input_is_read() {
    use std::{io::Write, process::Stdio};
    let folder = Folder::new();
    let args = ["read", "-", "--format", "json", "--with-text"];
    let mut child = folder.command(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary starts");
    child.stdin.take().expect("a pipe").write_all(TR.as_bytes()).expect("it reads");
    let answer = crate::folder::Answer::new(&args, child.wait_with_output().expect("it ends")).exits(0);
    is_sound(&answer.lines()[0]);
}

/// The columns of CoNLL-U: ids in order, heads within the sentence, one root, the text put together again from the tokens.
#[track_caller]
fn is_conllu(output: &str) -> usize {
    let blocks: Vec<&str> = output.split_terminator("\n\n").collect();
    for block in &blocks {
        let shown = block.lines().find_map(|l| l.strip_prefix("# text = ")).expect("a line of text");
        let (mut words, mut roots, mut covered, mut again) = (0, 0, 0, String::new());
        let rows: Vec<Vec<&str>> = block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
        let count = rows.iter().filter(|r| !r[0].contains('-')).count();
        for row in &rows {
            assert_eq!(row.len(), 10, "{row:?}");
            let space = if row[9].contains("SpaceAfter=No") { "" } else { " " };
            if let Some((from, to)) = row[0].split_once('-') {
                let (from, to): (usize, usize) = (from.parse().expect("a number"), to.parse().expect("a number"));
                assert!(from == words + 1 && to > from, "{row:?}");
                covered = to;
                again += &format!("{}{space}", row[1]);
                continue;
            }
            words += 1;
            assert_eq!(row[0].parse(), Ok(words), "{row:?}");
            let head: usize = row[6].parse().expect("a head");
            assert!(head <= count && head != words && !row[7].is_empty() && row[7] != "_", "{row:?}");
            assert_eq!(head == 0, row[7] == "root", "{row:?}");
            roots += usize::from(head == 0);
            assert!(row[3].len() <= 5 && row[3].chars().all(|c| c.is_ascii_uppercase()), "{row:?}");
            if words > covered {
                again += &format!("{}{space}", row[1]);
            }
        }
        assert_eq!(roots, 1, "{block}");
        assert_eq!(again.trim_end(), shown.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    blocks.len()
}

#[test]
fn parse_prints_conllu() {
    let folder = Folder::with("tr.txt", TR);
    folder.file("en.txt", EN);
    assert_eq!(is_conllu(&folder.run(&["parse", "tr.txt", "--lang", "tr"]).exits(0).out), 4);
    assert_eq!(is_conllu(&folder.run(&["parse", "en.txt"]).exits(0).out), 4);
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports/finland-2023.txt");
    assert!(is_conllu(&folder.run(&["parse", samples]).exits(0).out) > 3);
}

/// The columns of a table's line, which stand at least two blanks apart.
fn columns(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|c| !c.is_empty()).collect()
}

#[test]
fn the_table_of_parse_says_what_its_conllu_says() {
    let folder = Folder::with("tr.txt", TR);
    folder.file("en.txt", EN);
    for file in ["tr.txt", "en.txt"] {
        let conllu = folder.run(&["parse", file]).exits(0).out;
        assert_eq!(conllu, folder.run(&["parse", file, "--format", "conllu"]).exits(0).out);
        let table = folder.run(&["parse", file, "--format", "table"]).exits(0);
        table.is_plain();
        let mut shown = Vec::new();
        for line in table.out.lines().filter(|l| !l.starts_with(['─', '═']) && !l.is_empty()) {
            if !line.starts_with("      ") {
                shown.push(columns(line).join("\t"));
                continue;
            }
            // Features that did not fit into one line.
            let last = shown.pop().expect("a line to go on from");
            let mut cells: Vec<String> = last.split('\t').map(str::to_owned).collect();
            cells[4] += &format!("|{}", line.trim());
            shown.push(cells.join("\t"));
        }
        let mut want = Vec::new();
        for (i, block) in conllu.split_terminator("\n\n").enumerate() {
            let text = block.lines().find_map(|l| l.strip_prefix("# text = ")).expect("a line of text");
            want.push(format!("{}. {text}", i + 1));
            want.push("no\tform\tlemma\tpart of speech\tfeatures\thead\trelation".to_owned());
            let rows: Vec<Vec<&str>> = block.lines().map(|l| l.split('\t').collect()).collect();
            let words: Vec<&Vec<&str>> = rows.iter().filter(|r| r.len() == 10 && !r[0].contains('-')).collect();
            for w in &words {
                let head: usize = w[6].parse().expect("a head");
                let head = if head == 0 { "root".to_owned() } else { format!("{head} {}", words[head - 1][1]) };
                want.push([w[0], w[1], w[2], w[3], w[5], &head, w[7]].join("\t"));
            }
        }
        assert_eq!(shown, want, "{}", table.out);
    }
    assert!(folder.run(&["parse", "--help"]).exits(0).out.contains("For people"));
}
