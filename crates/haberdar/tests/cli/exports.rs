//! Events for other tools, through readers of their own.

use std::fs;

use serde_json::Value;

use crate::folder::{Folder, list, text};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");

/// The record of the samples and of a plan.
fn record() -> Folder {
    let folder = Folder::new();
    folder.file("plan.txt", "Rusya Dışişleri Bakanı Sergey Lavrov, 5 Aralık 2023'te Ankara'yı ziyaret edecek.");
    folder.run(&["add", SAMPLES]).exits(0);
    folder
        .run(&[
            "add",
            "plan.txt",
            "--published",
            "2023-11-20",
            "--publisher",
            "=1+1 Gazete",
            "--url",
            "https://a.example/?x=1&y=2",
        ])
        .exits(0);
    folder
}

/// The export in a format, and how many events it has.
fn export(folder: &Folder, format: &str) -> (Vec<u8>, usize) {
    let answer = folder.run(&["export", "--format", format, "-o", "out"]).exits(0);
    let written = answer.err.split_whitespace().nth(1).and_then(|n| n.parse().ok());
    assert!(!folder.path().join("out.part").exists());
    (fs::read(folder.path().join("out")).expect("the export"), written.unwrap_or_else(|| panic!("{}", answer.err)))
}

fn table(bytes: &[u8], delimiter: u8, header: bool) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(header).from_reader(bytes);
    reader.records().collect::<Result<_, _>>().expect("every row has as many columns")
}

#[test]
fn tables_have_their_columns_and_every_event() {
    let folder = record();
    let all = folder.run(&["events", "--format", "jsonl"]).exits(0).lines();
    let (bytes, n) = export(&folder, "csv");
    let ours = table(&bytes, b',', true);
    assert_eq!((ours.len(), n, ours[0].len()), (all.len(), all.len(), 31));
    assert!(all.iter().zip(&ours).all(|(e, row)| text(e, "/id") == &row[0] && text(e, "/type") == &row[4]));
    let (bytes, _) = export(&folder, "csv-excel");
    let excel = table(bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte order mark"), b';', true);
    assert!(excel.iter().any(|r| r[25].starts_with("'=1+1")), "no cell is a formula");
    assert!(excel.iter().any(|r| r[9].contains(',')) && excel.iter().all(|r| !r[9].contains('.')), "decimal commas");
    let (bytes, _) = export(&folder, "tsv-excel");
    let units: Vec<u16> = bytes.chunks(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    let wide = String::from_utf16(&units[1..]).expect("UTF-16");
    assert_eq!((units[0], table(wide.as_bytes(), b'\t', true).len()), (0xFEFF, all.len()));
    let (bytes, n) = export(&folder, "gdelt");
    let gdelt = table(&bytes, b'\t', false);
    assert!(gdelt.len() == n && n < all.len() && gdelt[0].len() == 61);
    assert!(gdelt.iter().all(|r| r[26].starts_with(&r[28]) && "1234".contains(&r[29]) && r[1].len() == 8));
    let (bytes, _) = export(&folder, "gdelt-mentions");
    let mentions = table(&bytes, b'\t', false);
    assert!(mentions.len() >= n && mentions[0].len() == 16);
    assert!(mentions.iter().all(|m| gdelt.iter().any(|e| e[0] == m[0])));
    assert!(mentions.iter().any(|m| &m[14] == "srclc:tur;eng:none"));
    let (bytes, _) = export(&folder, "polecat");
    let polecat = table(&bytes, b'\t', true);
    assert!(polecat[0].len() == 40 && polecat.iter().all(|r| r.iter().all(|c| !c.is_empty())));
    assert!(polecat.iter().any(|r| &r[9] == "365" && r[3].contains("future")), "the plan of Russia's minister");
}

#[test]
fn parquet_is_read_by_its_own_reader() {
    use parquet::{
        file::reader::{FileReader, SerializedFileReader},
        record::RowAccessor,
    };
    let folder = record();
    let (_, n) = export(&folder, "parquet");
    let file = fs::File::open(folder.path().join("out")).expect("the export");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().num_rows(), n as i64);
    let rows: Vec<_> = reader.get_row_iter(None).expect("rows").collect::<Result<_, _>>().expect("rows");
    let ids: Vec<&String> = rows.iter().map(|r| r.get_string(0).expect("an id")).collect();
    let (csv, _) = export(&folder, "csv");
    assert!(table(&csv, b',', true).iter().zip(ids).all(|(row, id)| row[0] == *id));
    assert!(rows.iter().all(|r| r.get_long(21).is_ok_and(|n| n > 0)));
}

#[test]
fn trees_are_whole_and_lead_somewhere() {
    let folder = record();
    let json = |format: &str| -> Value { serde_json::from_slice(&export(&folder, format).0).expect("JSON") };
    let geo = json("geojson");
    let features = list(&geo, "features");
    assert!(features.iter().any(|f| f["geometry"]["type"] == "Point") && features.iter().all(|f| f["type"] == "Feature"));
    let linked = json("jsonld");
    let context = linked["@context"].as_object().expect("a context");
    fn keys(v: &Value, out: &mut Vec<String>) {
        match v {
            Value::Object(o) => o.iter().for_each(|(k, v)| {
                out.push(k.clone());
                keys(v, out);
            }),
            Value::Array(a) => a.iter().for_each(|v| keys(v, out)),
            _ => {}
        }
    }
    let mut used = Vec::new();
    keys(&linked["@graph"], &mut used);
    for key in used.iter().filter(|k| !k.starts_with('@')) {
        assert!(key.split_once(':').is_some_and(|(prefix, _)| context.contains_key(prefix)), "{key} has no vocabulary");
    }
    let feed = json("jsonfeed");
    assert!(list(&feed, "items").iter().all(|i| i["id"].is_string() && i["content_text"].is_string()));
    let lines = String::from_utf8(export(&folder, "jsonl").0).expect("UTF-8");
    for line in lines.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        for field in ["id", "date", "actor", "event"] {
            assert!(row.get(field).is_some(), "PLOVER requires {field}");
        }
    }
    for format in ["graphml", "rss"] {
        let (bytes, _) = export(&folder, format);
        let mut reader = quick_xml::Reader::from_reader(&bytes[..]);
        let (mut buffer, mut nodes, mut ends, mut items) = (Vec::new(), Vec::new(), Vec::new(), 0);
        loop {
            use quick_xml::events::Event;
            match reader.read_event_into(&mut buffer).expect("well-formed XML") {
                Event::Eof => break,
                Event::Start(e) => {
                    let value = |name: &str| e.try_get_attribute(name).expect("an attribute").map(|a| a.value.into_owned());
                    match e.name().as_ref() {
                        "node" => nodes.extend(value("id")),
                        "edge" => ends.extend([value("source"), value("target")].into_iter().flatten()),
                        "item" => items += 1,
                        _ => {}
                    }
                }
                _ => {}
            }
            buffer.clear();
        }
        assert!(if format == "rss" { items > 50 } else { !ends.is_empty() && ends.iter().all(|e| nodes.contains(e)) });
    }
}

#[test]
fn plans_become_a_calendar() {
    let folder = record();
    let (bytes, n) = export(&folder, "ics");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(n >= 1 && text.split("\r\n").all(|l| l.len() <= 75));
    let calendar: icalendar::Calendar = text.parse().expect("a calendar");
    let visit = calendar.components.iter().filter_map(|c| c.as_event()).find(|e| {
        use icalendar::Component;
        e.get_summary().is_some_and(|s| s.contains("Lavrov"))
    });
    let visit = format!("{visit:?}");
    assert!(visit.contains("20231205") && visit.contains("20231206"), "{visit}");
}

#[test]
fn what_cannot_be_exported_says_so() {
    let folder = record();
    folder.run(&["export", "--format", "xls"]).exits(2).complains(&["use one of csv,"]);
    folder.run(&["export", "--format", "csv", "-o", "no/such/folder.csv"]).exits(1).complains(&["folder.csv: cannot be written"]);
    let few = folder.run(&["export", "--format", "csv", "--type", "CONSULT", "--limit", "2"]).exits(0);
    assert_eq!(few.out.lines().count(), 3);
    assert!(folder.run(&["export", "--format", "ics", "--status", "happened"]).exits(0).err.contains("left out"));
}
