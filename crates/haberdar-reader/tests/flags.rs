//! The office check speaks where the record differs, and is silent where a title only looks like an office of state.

use haberdar_model::{Article, ArticleMeta, Language};
use haberdar_reader::Reader;

fn flags(published: &str, text: &str) -> Vec<String> {
    let reader = Reader::new().expect("the shipped models and tables load");
    let meta = ArticleMeta {
        source_id: "test".into(),
        language: Some(Language::Tr),
        published: published.parse().ok(),
        ..Default::default()
    };
    let reading = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
    reading.flags.into_iter().map(|f| f.message).collect()
}

#[test]
fn a_minister_out_of_office_is_flagged_in_a_current_act() {
    let found = flags("2023-11-01", "Rusya Dışişleri Bakanı Sergey Lavrov, Kuzey Kore Dışişleri Bakanı Ri Son-gwon ile görüştü.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("differs from the record") && found[0].contains("Choe Son-hui"), "{found:?}");
}

#[test]
fn the_holder_of_the_day_is_not_flagged_in_any_spelling() {
    assert!(flags("2017-12-01", "Rusya Başbakanı Dimitriy Medvedev, Soçi'de Kazak mevkidaşıyla görüştü.").is_empty());
    assert!(flags("2021-05-01", "Kuzey Kore Dışişleri Bakanı Ri Son Gwon açıklama yaptı.").is_empty());
}

#[test]
fn heads_of_bodies_and_looks_back_are_not_flagged() {
    for text in [
        "Merkez Bankası Başkanı Selim Öner, faizin artacağını söyledi.",
        "Belediye Başkanı Deniz Aksu, Brüksel'de temaslarda bulundu.",
        "Eski İçişleri Bakanı Süleyman Soylu'nun döneminde yapılan ihaleler inceleniyor.",
        "Parti lideri Ayhan Tuna, hükümeti eleştirdi.",
    ] {
        assert_eq!(flags("2024-05-22", text), Vec::<String>::new(), "{text}");
    }
}
