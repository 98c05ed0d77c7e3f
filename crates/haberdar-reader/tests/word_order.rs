//! Grids of sentences: subjects, objects and templates, each with each. Who stands where in the template acts or suffers, whoever it is.

use std::fmt::Write as _;

use haberdar_model::{Article, ArticleMeta, EventType, Language, Reading};
use haberdar_reader::Reader;

/// A grid file: sections in brackets, rows with tabs.
struct Grid<'a> {
    subjects: Vec<Vec<&'a str>>,
    objects: Vec<Vec<&'a str>>,
    templates: Vec<&'a str>,
}

impl<'a> Grid<'a> {
    fn parse(text: &'a str) -> Self {
        let mut grid = Grid { subjects: Vec::new(), objects: Vec::new(), templates: Vec::new() };
        let mut section = "";
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(head) = line.strip_prefix('[') {
                section = head.split(']').next().unwrap_or_default();
                continue;
            }
            match section {
                "subjects" => grid.subjects.push(line.split('\t').collect()),
                "objects" => grid.objects.push(line.split('\t').collect()),
                _ => grid.templates.push(line),
            }
        }
        assert!(!grid.subjects.is_empty() && !grid.objects.is_empty() && !grid.templates.is_empty());
        grid
    }
}

/// The beginning of a name by which it is known again in any case.
fn root(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().filter(|&c| c != '\u{307}').collect();
    let plain = plain.strip_prefix("the ").unwrap_or(&plain);
    plain.split('\'').next().unwrap_or_default().chars().take(5).collect()
}

/// At the head of a sentence or within it: names keep their capital.
fn cased(name: &str, head: bool, common: bool) -> String {
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return String::new() };
    let first: String = match (head, first) {
        (true, c) => c.to_uppercase().collect(),
        (false, 'İ') if common => "i".into(),
        (false, c) if common => c.to_lowercase().collect(),
        (false, c) => c.into(),
    };
    first + chars.as_str()
}

/// Some act has the subject as actor and the object as recipient; of what is done together either may be either.
fn told(reading: &Reading, subject: &str, object: &str) -> bool {
    let text = |id: &String| reading.mentions.iter().find(|m| m.id == *id).map_or(String::new(), |m| plain(&m.at.text));
    reading.events.iter().filter(|e| e.kind != EventType::Statement).any(|e| {
        let actors: Vec<_> = e.actor.iter().map(text).collect();
        let recipients: Vec<_> = e.recipient.iter().map(text).collect();
        let joint = matches!(e.kind, EventType::Consult | EventType::Cooperate | EventType::Support | EventType::Agree);
        let has = |own: &[String], other: &[String], name: &str| {
            own.iter().chain(other.iter().filter(|_| joint)).any(|t| t.contains(name))
        };
        has(&actors, &recipients, subject) && has(&recipients, &actors, object)
    })
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|&c| c != '\u{307}').collect()
}

fn check(language: Language, grid: &Grid<'_>, sentence: impl Fn(&str, &[&str], &[&str]) -> String) {
    let reader = Reader::new().unwrap();
    let mut wrong = String::new();
    let mut all = 0;
    for template in &grid.templates {
        for s in &grid.subjects {
            for o in &grid.objects {
                let first = s[0].split(" ve ").next().unwrap_or_default();
                let (subject, object) = (root(first), root(o[0]));
                if subject == object {
                    continue;
                }
                let text = sentence(template, s, o);
                let meta = ArticleMeta { source_id: "s".into(), language: Some(language), ..ArticleMeta::default() };
                let reading = reader.read(&Article { meta, text: text.clone() }).unwrap();
                all += 1;
                if !told(&reading, &subject, &object) {
                    let _ = writeln!(wrong, "{text}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {all} sentences these have lost who did it or to whom:\n{wrong}");
}

#[test]
fn turkish_cases_say_who_is_who() {
    let grid = Grid::parse(include_str!("word_order.tr.txt"));
    check(Language::Tr, &grid, |template, s, o| {
        // Bodies and people without a name are small within the sentence.
        let common = ["Göstericiler", "Polis", "Güvenlik", "Muhalefet", "Hükümet", "Mahkeme", "Savcılık"]
            .contains(&s[0].split(' ').next().unwrap_or_default());
        let head = |slot: &str| template.starts_with(slot);
        template
            .replace("{s}", &cased(s[0], head("{s}"), common))
            .replace("{g}", &cased(s[1], head("{g}"), common))
            .replace("{nom}", o[0])
            .replace("{acc}", o[1])
            .replace("{dat}", o[2])
            .replace("{abl}", o[3])
            .replace("{gen}", o[4])
            .replace("{ins}", o[5])
    });
}

#[test]
fn english_places_say_who_is_who() {
    let grid = Grid::parse(include_str!("word_order.en.txt"));
    check(Language::En, &grid, |template, s, o| {
        let small = cased(s[0], false, s.get(1) != Some(&"name"));
        template
            .replace("{S}", s[0])
            .replace("{s}", &small)
            .replace("{O}", &cased(o[0], true, false))
            .replace("{o}", o[0])
            .replace("{were}", if o.get(1) == Some(&"plural") { "were" } else { "was" })
    });
}

#[test]
fn accusatives_that_look_possessed_suffer() {
    let grid = Grid::parse(include_str!("hidden_objects.tr.txt"));
    check(Language::Tr, &grid, |template, s, o| template.replace("{s}", s[0]).replace("{acc}", o[0]));
}
