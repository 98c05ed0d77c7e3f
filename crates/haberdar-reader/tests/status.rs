//! Did it take place? Sentences with the status of the act that they tell.

use haberdar_model::{Article, ArticleMeta, EventType, Language, Status};
use haberdar_reader::Reader;

const SENTENCES: &[(Language, &str, EventType, Status)] = &[
    (Language::Tr, "Alman bakan, Polonya'nın iade talebini reddetmesini değerlendirdi.", EventType::Reject, Status::Happened),
    (Language::Tr, "İspanya iki gün önce İsrail'in büyükelçisini sınır dışı etti.", EventType::Sanction, Status::Happened),
    (Language::Tr, "İspanya otuz yıl önce Fas'a savaş gemileri göndermişti.", EventType::Mobilize, Status::Historical),
    (Language::Tr, "Yaptırımların kaldırılmasını isteyen ülkeler dün toplandı.", EventType::Request, Status::Ongoing),
    (
        Language::Tr,
        "Hamas'tan rehineleri serbest bırakmasını isteyen Bakan, barışın bunu gerektirdiğini söyledi.",
        EventType::Request,
        Status::Happened,
    ),
    (Language::Tr, "Mısır, Sudan'a yardım göndermeyi planlıyor.", EventType::Agree, Status::Planned),
    (Language::Tr, "Mısır, Sudan'a yardım göndermedi.", EventType::Aid, Status::Denied),
    (Language::Tr, "Mısır'ın Sudan'a yardım göndereceği öngörülüyor.", EventType::Aid, Status::Forecast),
    (Language::Tr, "Mısır Sudan'a yardım gönderebilir.", EventType::Aid, Status::Hypothetical),
    (Language::En, "Egypt sent humanitarian aid to Sudan two days ago.", EventType::Aid, Status::Happened),
    (Language::En, "Egypt will send humanitarian aid to Sudan.", EventType::Agree, Status::Planned),
    (Language::En, "Egypt is expected to send humanitarian aid to Sudan.", EventType::Aid, Status::Forecast),
    (Language::En, "Egypt did not send humanitarian aid to Sudan.", EventType::Aid, Status::Denied),
    (Language::En, "Egypt could send humanitarian aid to Sudan.", EventType::Aid, Status::Hypothetical),
    (Language::En, "Trump went on to say that Iowa was lost.", EventType::Statement, Status::Happened),
    // Who does not permit refuses; so does who says that he will not.
    (Language::Tr, "Suriye, müfettişlerin Halep'e girmesine izin vermedi.", EventType::Reject, Status::Happened),
    (Language::Tr, "Bakan Kaya, 'Bu anlaşmayı imzalamayız' dedi.", EventType::Reject, Status::Happened),
    (Language::Tr, "Polat, 'Teröristlere izin vermem' dedi.", EventType::Reject, Status::Happened),
    (Language::En, "Syria did not let inspectors enter Aleppo.", EventType::Reject, Status::Happened),
    (Language::En, "Norway has not conceded defeat to Iceland.", EventType::Concede, Status::Denied),
    // Who denies it accuses nobody.
    (Language::En, "The chancellor is not a racist, the senator said.", EventType::Support, Status::Happened),
    (Language::En, "Perhaps Russia will attack Georgia.", EventType::Assault, Status::Forecast),
    (Language::En, "The party had encouraged Lind to run.", EventType::Request, Status::Historical),
    (Language::En, "Hansen spoke movingly of the attacks.", EventType::Assault, Status::Happened),
    (
        Language::En,
        "Protests are expected, with activists calling for roads to be blocked.",
        EventType::Protest,
        Status::Forecast,
    ),
    (Language::En, "Unions scheduled a march in Paris against the reform.", EventType::Protest, Status::Planned),
    (Language::En, "Jansen threatened the clerk and was arrested two days later.", EventType::Coerce, Status::Happened),
    (Language::En, "The bishop declined to say whether Egypt had sent aid to Sudan.", EventType::Aid, Status::Hypothetical),
    (Language::En, "Poland had yet to recognize Kosovo.", EventType::Support, Status::Denied),
    (Language::En, "Egypt no longer cooperates with Sudan.", EventType::Cooperate, Status::Denied),
    (Language::En, "Protesters set fire to a police station.", EventType::Protest, Status::Happened),
    (Language::En, "Police let the driver go.", EventType::Retreat, Status::Happened),
    // What was said over some time has been said; an activity of words lasts.
    (Language::Tr, "Senatör hükümetin ekonomi politikalarını eleştiriyordu.", EventType::Accuse, Status::Happened),
    (Language::Tr, "Kenya ve Uganda dışişleri bakanları ortak açıklama yapıyor.", EventType::Statement, Status::Ongoing),
    (Language::Tr, "Norveç ile İzlanda arasındaki görüşme yokmuş.", EventType::Consult, Status::Denied),
    (
        Language::Tr,
        "Bakan, Kenya'nın Somali'ye saldırdığına dair haberlerin asılsız olduğunu söyledi.",
        EventType::Assault,
        Status::Denied,
    ),
    (Language::En, "The ministry spread false reports that Kenya had attacked Somalia.", EventType::Assault, Status::Denied),
    // The nearest verb is the one that was earlier.
    (Language::Tr, "Hükümet, daha önce alınan tedbirlerin süresini iki hafta daha uzattı.", EventType::Coerce, Status::Happened),
];

/// What an article dates more than a year before it came out is background.
#[test]
fn what_is_long_past_is_historical() {
    let reader = Reader::new().unwrap();
    for (text, language, status) in [
        ("Norway attacked Iceland on 12 May 2019.", Language::En, Status::Historical),
        ("Norway attacked Iceland on 12 May 2024.", Language::En, Status::Happened),
        ("Norveç, 2019'da İzlanda'ya saldırdı.", Language::Tr, Status::Historical),
        ("Norveç, 12 Mayıs'ta İzlanda'ya saldırdı.", Language::Tr, Status::Happened),
    ] {
        let published = "2024-05-14".parse().ok();
        let meta = ArticleMeta { source_id: "s".into(), language: Some(language), published, ..ArticleMeta::default() };
        let reading = reader.read(&Article { meta, text: text.into() }).unwrap();
        assert_eq!(reading.events.first().map(|e| e.status), Some(status), "{text}");
    }
}

#[test]
fn each_act_has_its_status() {
    let reader = Reader::new().unwrap();
    let mut wrong = Vec::new();
    for &(language, text, kind, status) in SENTENCES {
        let meta = ArticleMeta { source_id: "s".into(), language: Some(language), ..ArticleMeta::default() };
        let reading = reader.read(&Article { meta, text: text.into() }).unwrap();
        let got: Vec<_> = reading.events.iter().map(|e| (e.kind, e.status)).collect();
        if !got.contains(&(kind, status)) {
            wrong.push(format!("{text} wants {kind:?} {status:?}, has {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
