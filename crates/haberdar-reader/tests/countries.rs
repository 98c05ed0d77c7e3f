//! Countries that nobody says: each basis, what has none, and the examples of `homes.tsv`.

use haberdar_model::{Article, ArticleMeta, CountryBasis, Language, Reading};
use haberdar_reader::Reader;

fn read(reader: &Reader, language: Language, text: &str, publisher: Option<&str>) -> Reading {
    let meta = ArticleMeta {
        source_id: "n".into(),
        language: Some(language),
        publisher: publisher.map(str::to_owned),
        ..Default::default()
    };
    reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given")
}

/// Country and basis of the mention with these words.
fn country(r: &Reading, words: &str) -> (String, Option<CountryBasis>) {
    let m = r.mentions.iter().find(|m| m.at.text == words);
    let m =
        m.unwrap_or_else(|| panic!("no mention {words:?} among {:?}", r.mentions.iter().map(|m| &m.at.text).collect::<Vec<_>>()));
    (m.country.map(|c| c.to_string()).unwrap_or_default(), m.country_basis)
}

#[test]
fn each_basis() {
    use CountryBasis::{Article as Told, Language as Readers, Owner, Place, Term};
    use Language::{En, Tr};
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, words, code, basis) in [
        (Tr, "Polis, olay yerinde üç kişiyi gözaltına aldı.", "Polis", "TUR", Some(Readers)),
        (Tr, "Muhalefet, bütçe tasarısını eleştirdi.", "Muhalefet", "TUR", Some(Readers)),
        (Tr, "Fransa'da grev sürüyor. Polis, iki sendikacıyı gözaltına aldı.", "Polis", "FRA", Some(Told)),
        (Tr, "Paris'te polis, göstericilere saldırdı.", "polis", "FRA", Some(Place)),
        (Tr, "Kaymakam, kararı eleştirdi.", "Kaymakam", "TUR", Some(Term)),
        (Tr, "Yunan polisi iki kişiyi gözaltına aldı.", "Yunan polisi", "GRC", None),
        (En, "Greece is on strike again. Police arrested two protesters.", "Police", "GRC", Some(Told)),
        (En, "The sheriff arrested two men.", "sheriff", "USA", Some(Term)),
        (En, "Critics said the Obama administration rejected the plan.", "administration", "USA", Some(Owner)),
        (En, "Police arrested two protesters.", "Police", "", None),
        (En, "Pakistan's Supreme Court rejected the appeal.", "Pakistan's Supreme Court", "PAK", None),
    ] {
        let r = read(&reader, language, text, None);
        assert_eq!(country(&r, words), (code.to_owned(), basis), "{text}");
    }
}

#[test]
fn the_publisher_is_asked_last() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let told = |text, publisher| country(&read(&reader, Language::En, text, Some(publisher)), "Police");
    assert_eq!(told("Police arrested two protesters.", "Haaretz"), ("ISR".to_owned(), Some(CountryBasis::Publisher)));
    assert_eq!(told("Police arrested two protesters.", "news.example.ie"), ("IRL".to_owned(), Some(CountryBasis::Publisher)));
    assert_eq!(
        told("Greece is on strike again. Police arrested two protesters.", "Haaretz"),
        ("GRC".to_owned(), Some(CountryBasis::Article))
    );
}

#[test]
fn who_is_at_home_nowhere_has_none() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, text, words) in [
        (Language::Tr, "Teröristler dün karakola saldırdı.", "Teröristler"),
        (Language::Tr, "Polis, DEAŞ ile çatıştı.", "DEAŞ"),
        (Language::Tr, "Hakim, John Wexford'u tutukladı.", "John Wexford"),
        (Language::En, "Foreign governments criticized Greece.", "Foreign governments"),
    ] {
        let r = read(&reader, language, text, None);
        assert_eq!(country(&r, words), (String::new(), None), "{text}");
    }
}

#[test]
fn what_is_inferred_is_not_stated() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let r = read(&reader, Language::Tr, "Polis, Rus gazeteciyi gözaltına aldı.", None);
    for m in &r.mentions {
        assert_eq!(m.stated_country().is_some(), m.country.is_some() && m.country_basis.is_none(), "{}", m.at.text);
    }
    // The basis is left out where there is none.
    let json = serde_json::to_string(&r).expect("a reading is JSON");
    let inferred = r.mentions.iter().filter(|m| m.country_basis.is_some()).count();
    assert_eq!(json.matches("country_basis").count(), inferred);
}

#[test]
fn the_examples_of_the_tables() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for (language, table) in [
        (Language::Tr, include_str!("../../../data/lang/tr/homes.tsv")),
        (Language::En, include_str!("../../../data/lang/en/homes.tsv")),
    ] {
        for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let c: Vec<&str> = line.split('\t').collect();
            let r = read(&reader, language, c[3], None);
            let found: Vec<_> = r.mentions.iter().map(|m| (&m.at.text, m.country, m.country_basis)).collect();
            let told = r.mentions.iter().any(|m| m.country_basis.is_some() && m.country.is_some_and(|x| x.as_str() == c[1]));
            assert!(told, "{line}: {found:?}");
        }
    }
}
