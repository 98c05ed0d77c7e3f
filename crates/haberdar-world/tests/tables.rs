//! The shipped tables: their lints, the questions they must answer, the names they must find and those they must not.

use haberdar_model::Language;
use haberdar_world::{At, HitKind, Severity, Via, World};

fn world() -> &'static World {
    World::shipped()
}

#[test]
fn the_tables_are_sound() {
    let faults: Vec<_> = world().check().into_iter().filter(|f| f.severity == Severity::Error).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn questions_are_answered() {
    let (mut wrong, mut asked, mut states) = (Vec::new(), 0, std::collections::BTreeSet::new());
    for line in include_str!("data/who.tsv").lines().skip(1) {
        let [question, on, want] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let answer = world().who(question, Some(on.parse().expect("a day")));
        asked += 1;
        states.extend(answer.country);
        let got: Vec<&str> = answer.rows.iter().filter(|r| r.at == At::Holder).map(|r| r.person.name).collect();
        if want == "-" {
            if !answer.nobody() {
                wrong.push(format!("{question} on {on}: nobody expected, got {got:?}"));
            }
        } else if got != [want] {
            wrong.push(format!(
                "{question} on {on}: {want} expected, got {got:?} of {:?} {:?}",
                answer.office.map(|o| o.id),
                answer.country
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked >= 40 && states.len() >= 20, "{asked} questions on {} states", states.len());
}

#[test]
fn former_acting_and_designated_holders_are_told_apart() {
    for (question, on, want) in [
        ("eski ABD Dışişleri Bakanı", "2023-06-01", &["Mike Pompeo"][..]),
        ("former Turkish foreign minister", "2023-07-01", &["Mevlüt Çavuşoğlu", "Feridun Sinirlioğlu"]),
        ("dönemin Kuzey Kore Dışişleri Bakanı", "2021-05-01", &["Ri Son-gwon"]),
        ("ABD Başkanı", "2025-01-05", &["Joe Biden"]),
        ("incoming US president", "2025-01-05", &["Donald Trump"]),
        ("acting US Secretary of Defense", "2020-12-15", &["Christopher Miller"]),
        ("acting Turkish foreign minister", "2024-01-01", &[]),
    ] {
        let answer = world().who(question, on.parse().ok());
        let got: Vec<&str> = answer
            .answers()
            .filter(|r| want.is_empty() || want.contains(&r.person.name) || r.at == At::Holder)
            .map(|r| r.person.name)
            .collect();
        assert!(got.iter().all(|n| want.contains(n)) && want.iter().all(|n| got.contains(n)), "{question}: {got:?}");
    }
}

#[test]
fn a_report_near_a_hand_over_may_name_either() {
    // Ri Son-gwon was followed by Choe Son-hui on 2022-06-11.
    for (on, sure, perhaps) in [
        ("2022-05-20", &["Ri Son-gwon"][..], &[][..]),
        ("2022-06-08", &["Ri Son-gwon"], &["Choe Son-hui"]),
        ("2022-06-15", &["Choe Son-hui"], &["Ri Son-gwon"]),
        ("2022-07-10", &["Choe Son-hui"], &[]),
    ] {
        let answer = world().who("foreign minister of North Korea", on.parse().ok());
        let at = |at| answer.rows.iter().filter(|r| r.at == at).map(|r| r.person.name).collect::<Vec<_>>();
        assert_eq!((at(At::Holder), at(At::Perhaps)), (sure.to_vec(), perhaps.to_vec()), "{on}");
    }
}

#[test]
fn a_year_of_wikidata_s_is_no_day() {
    // Antonio Palocci is recorded from 2003-01-01: the day, or no more than the year.
    for (on, want) in [("2002-06-01", At::Not), ("2003-03-01", At::Perhaps), ("2004-03-01", At::Holder)] {
        let on = haberdar_model::DateInterval::day(on.parse().expect("a day"));
        let seat = world().holders("finance_minister", "BRA".parse().expect("a code"), None);
        let row = seat.iter().find(|h| h.first().is_some_and(|d| d.to_string() == "2003-01-01")).expect("the row");
        assert_eq!(row.at(on), want, "{on:?}");
    }
}

#[test]
fn a_shared_surname_is_nobody_in_particular() {
    for surname in ["Ivanov", "Kim", "Al-Sabah", "Khan", "Bush", "Assad"] {
        let found = world().find_person(surname);
        let sure: Vec<_> = found.iter().filter(|m| m.score >= 0.75).map(|m| (m.person.name, m.score)).collect();
        assert!(sure.len() <= 1, "{surname}: {sure:?}");
    }
    let both = world().find_person("Ivanov");
    assert!(both.len() > 1 && both[0].score < 0.75, "{:?}", both.iter().map(|m| (m.person.name, m.score)).collect::<Vec<_>>());
    // Other persons, however alike the names look.
    for (name, other) in [
        ("Kim Jong-nam", "Kim Jong-un"),
        ("Ri Yong-gil", "Ri Yong-ho"),
        ("Igor Petrov", "Igor Ivanov"),
        ("John Biden", "Joe Biden"),
    ] {
        let found = world().find_person(name);
        assert!(!found.iter().any(|m| m.person.name == other && m.score >= 0.9), "{name} is taken for {other}");
    }
}

#[test]
fn persons_are_found_in_many_spellings() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Choe Son-hui",
            &[
                "Choe Son-hui",
                "Choe Son Hui",
                "Çoe Son Hui",
                "Çoe Son-hui",
                "Choi Son-hui",
                "Choi Sun-hee",
                "Choe Sun-hui",
                "CHOE SON-HUI",
                "Choe Seon-hui",
                "Son-hui Choe",
            ],
        ),
        (
            "Ri Son-gwon",
            &[
                "Ri Son-gwon",
                "Ri Son Gwon",
                "Ri Son-kwon",
                "Ri Sun-gwon",
                "Ri Songwon",
                "RI SON-GWON",
                "Ri Son Kvon",
                "Ri Seon-gwon",
                "Son-gwon Ri",
                "Ri Son-gwon'un",
            ],
        ),
        (
            "Volodymyr Zelenskyy",
            &[
                "Zelenskiy",
                "Zelenski",
                "Zelensky",
                "Zelenskyy",
                "Volodimir Zelenskiy",
                "Vladimir Zelenskiy",
                "Volodymyr Zelensky",
                "V. Zelenskiy",
                "Zelenskiy'nin",
                "Zelenskij",
            ],
        ),
        (
            "Xi Jinping",
            &[
                "Xi Jinping",
                "Şi Cinping",
                "Shi Cinping",
                "Xi Jin-ping",
                "Şi Cinping’in",
                "Xi",
                "Jinping",
                "XI JINPING",
                "Si Cinping",
                "Hsi Jinping",
            ],
        ),
        (
            "Hossein Amir-Abdollahian",
            &[
                "Hüseyin Emir Abdullahiyan",
                "Hossein Amirabdollahian",
                "Abdullahiyan",
                "Hossein Amir Abdollahian",
                "Emir Abdullahiyan",
                "Hosein Amir-Abdollahian",
                "Hüseyin Emirabdullahiyan",
                "Amir-Abdollahian",
                "H. Amir-Abdollahian",
                "Hüseyin Amir Abdullahiyan",
            ],
        ),
        (
            "Abdel Fattah el-Sisi",
            &[
                "Sisi",
                "Abdülfettah es-Sisi",
                "Abdulfettah el-Sisi",
                "Abdel Fattah al-Sisi",
                "Abdelfattah el-Sisi",
                "Abdel-Fattah Sisi",
                "es-Sisi",
                "el-Sisi",
                "Abdülfettah Sisi",
                "Abdul Fattah el-Sisi",
            ],
        ),
        (
            "Recep Tayyip Erdoğan",
            &[
                "Erdoğan",
                "Erdogan",
                "R. T. Erdoğan",
                "Recep Tayyip Erdogan",
                "Tayyip Erdoğan",
                "ERDOĞAN",
                "Erdoğan'ın",
                "Recep T. Erdoğan",
                "Erdoğan, Recep Tayyip",
                "Rejep Tayyip Erdogan",
            ],
        ),
        (
            "Sergey Lavrov",
            &[
                "Lavrov",
                "Sergei Lavrov",
                "Sergey Lavrov",
                "Lavrov'un",
                "S. Lavrov",
                "Sergej Lavrov",
                "SERGEY LAVROV",
                "Serghei Lavrov",
                "Lavrov Sergey",
                "Sergiy Lavrov",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (want, spellings) in cases {
        for s in *spellings {
            let found = world().find_person(s);
            if found.first().map(|m| m.person.name) != Some(want) {
                wrong.push(format!(
                    "{s}: {want} expected, got {:?}",
                    found.iter().map(|m| (m.person.name, m.score)).take(3).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_common_surname_stays_open() {
    let found = world().find_person("Ivanov");
    assert!(found.len() > 2 && found[0].score < 0.6, "{found:?}");
    assert!(world().find_person("Xyzzqwv Plughtr").is_empty());
}

/// Every state in every case, with and without an apostrophe.
/// A Turkish name with a suffix whose vowels and first consonant fit it; `A` and `I` stand for the vowels, `D` for d or t,
/// a letter in brackets for one that only stands behind a vowel.
fn inflect(name: &str, suffix: &str) -> String {
    let low = name.to_lowercase();
    let vowel = low.chars().rev().find(|c| "aıoueiöüâîû".contains(*c)).unwrap_or('e');
    let ends_in_vowel = low.ends_with(|c: char| "aıoueiöüâîû".contains(c));
    let hard = low.ends_with(|c: char| "fstkçşhp".contains(c));
    let (mut out, mut back) = (name.to_owned(), "aıouâû".contains(vowel));
    let mut round = "oöuüû".contains(vowel);
    let mut cs = suffix.chars();
    while let Some(c) = cs.next() {
        match c {
            '(' => {
                let optional = cs.next().unwrap_or_default();
                cs.next();
                if ends_in_vowel {
                    out.push(optional);
                }
            }
            'A' => {
                out.push(if back { 'a' } else { 'e' });
                round = false;
            }
            'I' => out.push(match (back, round) {
                (true, true) => 'u',
                (true, false) => 'ı',
                (false, true) => 'ü',
                (false, false) => 'i',
            }),
            'D' => out.push(if hard { 't' } else { 'd' }),
            c => out.push(c),
        }
        back = out.chars().rev().find(|c| "aıoueiöüâîû".contains(*c)).is_none_or(|c| "aıouâû".contains(c));
    }
    out
}

#[test]
fn states_are_found_in_inflected_turkish() {
    const CASES: &[&str] = &["", "'(n)In", "'DA", "'DAn", "'(y)A", "'(y)I", "'DAki", "'(y)lA", "’(n)In", "'(n)InkilAr"];
    let plural = |n: &str| inflect(n, "lAr");
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for c in world().countries() {
        let mut check = |text: String| {
            tried += 1;
            if !world().scan(&text, Language::Tr).iter().any(|h| h.country == Some(c.code)) {
                wrong.push(text);
            }
        };
        for name in std::iter::once(&c.name_tr).chain(&c.alt_tr).map(|n| n.trim_end_matches('?')) {
            for case in CASES {
                check(format!("Bugün {} ilgili karar.", inflect(name, case)));
            }
        }
        for adjective in c.adj_tr.iter().map(|n| n.trim_end_matches('?')) {
            check(format!("Dün {adjective} bakan geldi."));
            for case in ["", "(n)In", "DAn", "(y)A"] {
                check(format!("Dün {} sözü edildi.", inflect(&plural(adjective), case)));
            }
        }
        for place in c.capital_tr.iter().take(1).chain(&c.metonym_tr).map(|n| n.trim_end_matches('?')) {
            check(format!("Dün {place} yönetimi karşı çıktı."));
            check(format!("Görüşmeler {} sürüyor.", inflect(place, "'DA")));
        }
    }
    assert!(world().countries().len() >= 241 && tried > 4000, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried} {wrong:#?}", wrong.len());
}

#[test]
fn states_are_found_in_english() {
    let mut wrong = Vec::new();
    for c in world().countries() {
        for name in [c.name_en].iter().chain(&c.adj_en) {
            let name = name.trim_start_matches("the ").trim_end_matches('?');
            let text = format!("Yesterday {name}'s government and a {name} minister spoke.");
            let hits = world().scan(&text, Language::En);
            if hits.iter().filter(|h| h.country == Some(c.code)).count() < 2 {
                wrong.push(text);
            }
        }
    }
    assert!(wrong.is_empty(), "{} {wrong:#?}", wrong.len());
}

/// `text` with the names that must be found in brackets, each with its entity behind `|`.
fn check(lang: Language, marked: &str) {
    let (mut text, mut want) = (String::new(), Vec::new());
    for (i, part) in marked.split(['[', ']']).enumerate() {
        if i % 2 == 1 {
            let (name, entity) = part.split_once('|').expect("name|entity");
            want.push((text.len(), name, entity));
            text.push_str(name);
        } else {
            text.push_str(part);
        }
    }
    let hits = world().scan(&text, lang);
    let got: Vec<_> = hits.iter().map(|h| (h.start, &text[h.start..h.end], h.entity)).collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn traps_in_turkish() {
    let tr = |s| check(Language::Tr, s);
    tr("Mali işler müdürü ile mali yardım konuşuldu.");
    tr("[Mali|MLI]'nin başkenti ve [Mali|MLI] hükümeti.");
    tr("Sana söylüyorum, limanda gemi var.");
    tr("[Batı Şeria|pl:west-bank]'da ve [Batı|WST]'da tepki.");
    tr("[Nijer|NER] ile [Nijerya|NGA], [Nijeryalıların|NGA] sınırı.");
    tr("[Kuzey Koreli|PRK] mevkidaşı ile [Güney Kore|KOR]'de.");
    tr("[ABD|USA]'li [yetkililer|official], [BM|UNO]'de [AB|EUR]'yi eleştirdi.");
    tr("Almanca konuşan [Almanlar|DEU], [Alman|DEU] [Dışişleri Bakanını|foreign_minister] dinledi.");
    tr("[Umman|OMN]'da değil, [Umman Denizi|pl:arabian-sea]'nde.");
    tr("[Gine|GIN], [Ekvator Ginesi|GNQ] ve [Papua Yeni Gine|PNG].");
    tr("MIT'te okuyan Karakaş, [MİT|o:national-intelligence-organization] ile [Karakas|VEN]'ta.");
    tr(
        "[Avrupa Birliği (AB) Komisyonu Başkanı|eu_commission_president] ile [Birleşmiş Milletler (BM) Güvenlik Konseyi|o:un-security-council].",
    );
    tr("[Rus|RUS] [lider|leader] [Putin|Q7747], [Nato|NAT]'yu uyardı.");
    tr("Türkü söyledi, çın çın öttü, fası fiso.");
    tr("[İRAN|IRN] [DIŞİŞLERİ BAKANI|foreign_minister] [TAHRAN|IRN]'DA.");
    tr("[Bakan|minister] gözler önünde başkanlığı tartıştı.");
    tr("Mehmet Özbek sahada, [Özbek|UZB] oyuncunun kararı baskıyı artırdı. Baskıyı kim yaptı?");
    tr("[Burma|MMR]'da seçim var, 'Sarığı Burma' ise bir tatlıdır.");
    tr("Topa hakim olan takım, [hakim|judge] önünde.");
}

#[test]
fn traps_in_english() {
    let en = |s| check(Language::En, s);
    en("He told us who is in charge and may polish it for us.");
    en("[Georgia|GEO] accused [Russia|RUS]; Brian Kemp spoke in [Atlanta|pl:atlanta], Georgia.");
    en("Michael Jordan praised [Jordan|JOR]'s people.");
    en("[WHO|o:world-health-organization] and the [US|USA] met [Chad|TCD]'s [president|president].");
    en("The [West Bank|pl:west-bank] is not the [West|WST].");
    en("A general election and a turkey.");
}

#[test]
fn kinds_of_country_words() {
    let via = |text: &str, lang| match world().scan(text, lang).first().map(|h| h.kind) {
        Some(HitKind::Country { via }) => Some(via),
        _ => None,
    };
    for (text, want) in [
        ("Rusya'nın", Via::CountryName),
        ("Rus bakan", Via::Adjective),
        ("ABD'li bakan", Via::Adjective),
        ("Ruslar", Via::People),
        ("Moskova'dan", Via::Capital),
        ("Kremlin", Via::Metonym),
        ("Beyaz Saray", Via::Metonym),
    ] {
        assert_eq!(via(text, Language::Tr), Some(want), "{text}");
    }
    assert_eq!(via("Russians", Language::En), Some(Via::People));
    assert_eq!(via("White House", Language::En), Some(Via::Metonym));
}

#[test]
fn hits_stand_in_order_and_do_not_overlap() {
    let text = "Rusya Dışişleri Bakanı Sergey Lavrov, Kuzey Koreli mevkidaşı Ri Son-gwon ile BM Güvenlik Konseyi’nde görüştü.";
    let hits = world().scan(text, Language::Tr);
    assert!(hits.windows(2).all(|w| w[0].end <= w[1].start));
    assert_eq!(hits.len(), 6, "{hits:?}");
}

#[test]
fn cameo_codes() {
    assert_eq!(world().cameo("042").map(|c| c.goldstein), Some(1.9));
    assert!(world().cameo("999").is_none());
}
