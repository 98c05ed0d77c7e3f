//! The office check speaks where the record differs, and is silent where a title only looks like an office of state.

use haberdar_model::{Article, ArticleMeta, Language};
use haberdar_reader::Reader;

fn flags(published: &str, text: &str) -> Vec<String> {
    flags_in(Language::Tr, published, text)
}

fn flags_in(language: Language, published: &str, text: &str) -> Vec<String> {
    let reader = Reader::new().expect("the shipped models and tables load");
    let meta = ArticleMeta {
        source_id: "test".into(),
        language: Some(language),
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

/// Each text gives somebody the title who held it earlier, will hold it, stands in, or holds it of something else.
#[test]
fn who_is_not_said_to_be_in_office_is_not_flagged() {
    for text in [
        "Eski ABD Başkanı Barack Obama, dün Ankara'ya geldi.",
        "Dönemin Fransa Dışişleri Bakanı Laurent Fabius görüşmeye katıldı.",
        "Devrik Bangladeş Başbakanı Şeyh Hasina, Hindistan'a sığındı.",
        "IKBY Başbakanı Mesrur Barzani, dün Bağdat'ı ziyaret etti.",
        "Bavyera İçişleri Bakanı Joachim Herrmann saldırıyı kınadı.",
        "Savcı, \"Rusya Dışişleri Bakanı İgor İvanov görüşmeyi reddetti\" dedi.",
    ] {
        assert_eq!(flags("2024-05-22", text), Vec::<String>::new(), "{text}");
    }
    for text in [
        "Former US President Barack Obama arrived in Berlin on Monday.",
        "Jorge Castañeda, a former Mexican foreign minister, criticised the deal.",
        "Altman, a former deputy treasury secretary, met the senators.",
        "Deputy Defense Secretary Wolfowitz published an article.",
        "Eisenhower and his future secretary of State, John Foster Dulles, criticized Truman.",
        "Then-Secretary of State Hillary Clinton visited Libya.",
        "Ex-French foreign minister Laurent Fabius met reporters on Monday.",
        "President-elect Donald Trump met the ambassador on Monday.",
        "Ohio Secretary of State Jon Husted applauded the ruling. Secretary of State Jon Husted met the governor on Monday.",
        "Alison Grimes, Kentucky's secretary of state, met the governor on Monday.",
        "The series follows Secretary of State Elizabeth McCord, a former CIA analyst.",
        "French President Fran\u{c3}\u{a7}ois Hollande met the chancellor on Monday.",
    ] {
        assert_eq!(flags_in(Language::En, "2024-05-22", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_unknown_holder_is_flagged_where_the_title_stands_with_its_state() {
    for text in [
        "US Secretary of State John Smith visited Turkey on Monday.",
        "Peter Novak, Russia's foreign minister, met his Turkish counterpart on Monday.",
        "It was announced as Indian Defence Minister Arvind Kulkarni was abroad.",
    ] {
        assert_eq!(flags_in(Language::En, "2024-05-22", text).len(), 1, "{text}");
    }
    assert_eq!(flags("2024-03-22", "İran Dışişleri Bakanı Rıza Tabatabai, dün Moskova'ya gitti.").len(), 1);
}
