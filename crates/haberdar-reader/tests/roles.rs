//! Who acts and who is acted upon, where position and case mislead.

use haberdar_model::{Article, ArticleMeta, EventType, Language};
use haberdar_reader::Reader;

/// Text, type, actor, recipient; `!` before one who is not to stand there, empty where it is not asked.
const SENTENCES: &[(&str, EventType, &str, &str)] = &[
    // Subject and object of one verb are two, whatever their endings look like together.
    ("Göstericiler polisi taşladı.", EventType::Protest, "Göstericiler", "polisi"),
    ("Taliban militanları polisleri öldürdü.", EventType::Assault, "Taliban militanları", "polisleri"),
    ("Dün Fransa Rusya'yı uyardı.", EventType::Threaten, "Fransa", "Rusya"),
    ("Türk Dışişleri Bakanlığı hükümeti kınadı.", EventType::Accuse, "Türk Dışişleri Bakanlığı", "hükümeti"),
    ("Fransa Suriye ordusunu eleştirdi.", EventType::Accuse, "Fransa", "Suriye ordusunu"),
    ("Venezuela onlarca siyasi aktivisti serbest bırakıyor.", EventType::Retreat, "Venezuela", "onlarca siyasi aktivisti"),
    ("Taliban militanları üç askeri öldürdü.", EventType::Assault, "Taliban militanları", "üç askeri"),
    ("Dün Suriyeli muhalifler köylüleri suçladı.", EventType::Accuse, "Suriyeli muhalifler", "köylüleri"),
    ("Pazartesi günü Avrupa Birliği Rusya ile anlaşma imzaladı.", EventType::Support, "Avrupa Birliği", "Rusya"),
    ("Yapılan soruşturma sonunda örgüt üyeleri gözaltına alındı.", EventType::Coerce, "", "örgüt üyeleri"),
    // "ile" joins two in front of "arasında".
    ("ABD ile Çin arasında ticaret anlaşması imzalandı.", EventType::Support, "ABD", "Çin"),
    ("Rusya ile Ukrayna arasında esir takası yapıldı.", EventType::Retreat, "Rusya", "Ukrayna"),
    ("Fransa ile ABD Başkanı arasında görüşme yapıldı.", EventType::Consult, "", "ABD Başkanı"),
    // Who stands in front of "ile" is no subject that would make the other an object.
    ("ABD Başkanı ile İran Dışişleri Bakanı zirveye katıldı.", EventType::Consult, "İran Dışişleri Bakanı", ""),
    (
        "Rusya Dışişleri Bakanı Sergey Lavrov ile Ukrayna Dışişleri Bakanı Dmitro Kuleba, 10 Mart 2022'de Antalya'da Türkiye \
         Dışişleri Bakanı Mevlüt Çavuşoğlu'nun ev sahipliğinde görüştü.",
        EventType::Consult,
        "Ukrayna Dışişleri Bakanı Dmitro Kuleba",
        "",
    ),
    // The last of a list carries the case of all.
    ("Bakan geçen yıl Almanya'ya gitti ve bu yıl Kazan ve Soçi'yi ziyaret etti.", EventType::Consult, "!Kazan", ""),
    (
        "Dışişleri Bakanı Mevlüt Çavuşoğlu, Rus mevkidaşı Sergey Lavrov ve Ukraynalı mevkidaşı Dmitro Kuleba'yı ağırladı.",
        EventType::Consult,
        "Dışişleri Bakanı Mevlüt Çavuşoğlu",
        "Rus mevkidaşı Sergey Lavrov",
    ),
    // Who does it stands in front of "tarafından", wherever the parse begins the name.
    (
        "Ocak ayında iki Japon vatandaşı Haruna Yukawa ve Kenji Goto IŞİD tarafından vahşice öldürüldükten sonra başlamıştı kampanya.",
        EventType::Assault,
        "IŞİD",
        "",
    ),
    // Whom a participle describes and a comma sets apart is the topic.
    (
        "Ganalı yetkilileri İstanbul'a davet eden Erdoğan, Gana'ya otuz otobüs hibe edeceğini açıkladı.",
        EventType::Agree,
        "Erdoğan",
        "Gana",
    ),
    // Nobody stands in front of "hakkında" as the one who acts.
    ("Ahmet Taş hakkında iddianame hazırlanıyor.", EventType::Accuse, "!Ahmet Taş", "Ahmet Taş"),
    // Under whose lead it is done.
    ("Katar'ın arabuluculuğunda yapılan görüşmelerde esirler serbest bırakıldı.", EventType::Retreat, "Katar", "esirler"),
    // Where a body meets or decides, it is the body that does.
    ("Rusya Tarım Bakanlığı'nda dün bir değerlendirme toplantısı yapıldı.", EventType::Consult, "Rusya Tarım Bakanlığı", ""),
    (
        "Güvenlik Konseyi'nde İsrail'den saldırıları durdurmasını talep eden karar kabul edildi.",
        EventType::Request,
        "Güvenlik Konseyi",
        "İsrail",
    ),
    // The genitive in front of a title is not the one who does it.
    (
        "İran lideri Hamaney'in Başdanışmanı Ali Ekber Velayeti, Nuri el-Maliki ile görüşmesinden sonra gazetecilerle konuştu.",
        EventType::Consult,
        "Başdanışmanı Ali Ekber Velayeti",
        "",
    ),
    // Who does it by -CA, next to the verb or far in front of it.
    ("İki zanlı, Konya'da jandarma ekiplerince gözaltına alındı.", EventType::Coerce, "jandarma ekiplerince", ""),
    (
        "Kars Cumhuriyet Başsavcılığınca, ihaleler nedeniyle otuz müteahhit hakkında gözaltı kararı çıkarıldı.",
        EventType::Coerce,
        "Kars Cumhuriyet Başsavcılığınca",
        "otuz müteahhit",
    ),
    // A noun of several words is one mention, and so is what it heads.
    ("Terör örgütü DEAŞ, Kerkük'te karakola saldırdı.", EventType::Assault, "Terör örgütü DEAŞ", ""),
    ("Polis ekipleri dün sendika başkanını gözaltına aldı.", EventType::Coerce, "Polis ekipleri", ""),
    // The case of a name stands at its end.
    ("Nijerya yıllardır Boko Haram'la mücadele ediyor.", EventType::Assault, "Nijerya", "Boko Haram"),
    // A deed of violence is told where it is named with its place.
    ("Brüksel'de yaşanan saldırının ardından havalimanları kapatıldı.", EventType::Assault, "", "Brüksel"),
    // Whom a passive was done to stands right before who did it.
    (
        "Kampanya, iki gazeteci Hakan Er ve Ali Tok Boko Haram tarafından öldürüldükten sonra başladı.",
        EventType::Assault,
        "Boko Haram",
        "gazeteci Hakan Er",
    ),
    // Who is sent shows force.
    ("Meydana polis ekipleri sevk edildi.", EventType::Mobilize, "polis ekipleri", ""),
    // An authority tells of its own measures.
    ("Tarım Bakanlığı, soğan ihracatının geçici olarak durdurulduğunu açıkladı.", EventType::Sanction, "Tarım Bakanlığı", ""),
    // What a state's name describes has the case.
    ("Kanada, Çin mallarına koyduğu gümrük vergilerini geri çekti.", EventType::Concede, "Kanada", "Çin"),
    // What police and courts do, and violence, counts whoever it hits.
    ("Kavgada komşusunu bıçaklayan kişi tutuklandı.", EventType::Coerce, "", "kişi"),
    ("Turgut Ersoy kahveyi yakacağını söyledi. Polis tarafından gözaltına alındı.", EventType::Coerce, "Polis", "Turgut Ersoy"),
    ("Jandarma tarafından yapılan baskında iki zanlı gözaltına alındı.", EventType::Coerce, "Jandarma", ""),
    ("Bakanlık, Somali'de meydana gelen bombalı saldırıyı kınadı.", EventType::Assault, "", "Somali"),
    ("Gözaltına alınan müdürler rüşvetle suçlanıyor.", EventType::Coerce, "", "müdürler"),
    ("Gözaltına alınan 20 kişi serbest bırakıldı.", EventType::Retreat, "", "20 kişi"),
    // Whose statement it is; who announces a measure to come.
    ("Partinin ilçe başkanlığından da yazılı açıklama yapıldı.", EventType::Statement, "ilçe başkanlığından", ""),
    ("Eski başkan Ali Er, hakkında açılan davada ifade verdi.", EventType::Accuse, "", "Eski başkan Ali Er"),
    // What an authority announces in the passive threatens nobody; a meeting to come may be told without those who meet.
    ("Ticaret Bakanlığı, bu oyuncakların satışının yasaklanacağını duyurdu.", EventType::Coerce, "Ticaret Bakanlığı", ""),
    ("Müzakereler salı günü Cenevre'de yeniden başlayacak.", EventType::Consult, "", ""),
    // Each on the other.
    ("Ermenistan ile Azerbaycan sınırda karşılıklı ateş açtı.", EventType::Assault, "Azerbaycan", "Ermenistan"),
    ("Polis kalabalığı dağıttı.", EventType::Coerce, "Polis", "kalabalığı"),
    ("Jandarma köyü ablukaya aldı.", EventType::Coerce, "Jandarma", "!Jandarma"),
    ("Polis göstericileri gözaltına aldı.", EventType::Coerce, "Polis", "göstericileri"),
    ("Komisyon itirazı reddetti.", EventType::Reject, "Komisyon", "!Komisyon"),
    ("Bakan, sendikaların tepkisini çekti.", EventType::Accuse, "sendikaların", "Bakan"),
    ("Bahçeli, DEM Parti'ye çağrıda bulundu.", EventType::Request, "Bahçeli", "DEM Parti"),
    ("Kuzey Kore'nin Rusya'ya asker gönderdiği bildirildi.", EventType::Mobilize, "Kuzey Kore", "Rusya"),
    ("Norveç yardım göndermeyeceğini açıkladı.", EventType::Reject, "Norveç", ""),
    ("Ordu komutanları Cumhurbaşkanı'nı tehdit etti.", EventType::Threaten, "Ordu komutanları", ""),
    ("Polis ekipleri şüphelileri yakaladı.", EventType::Coerce, "Polis ekipleri", "şüphelileri"),
    // The owner of what is refused stands in front of all that belongs to other words.
    (
        "Büyükelçi, Polonyalı bakanın, Macaristan'ın Kiev'i yeni ortağı olarak tanıyacağı yönündeki sözlerini reddetti.",
        EventType::Reject,
        "Büyükelçi",
        "Polonyalı bakanın",
    ),
    (
        "Kanada Başbakanı, Danimarka'nın iki ülke arasındaki sınırı belirleme çabalarını övdü.",
        EventType::Support,
        "!Danimarka",
        "Danimarka",
    ),
    // The genitive far in front of a nominal verb acts, and not who tells of it.
    (
        "Sözcü dün yaptığı açıklamada, Nijer hükümetinin 3 Mayıs'ta 20 Fransız askerini serbest bıraktığını duyurdu.",
        EventType::Retreat,
        "Nijer hükümetinin",
        "20 Fransız askerini",
    ),
    // One of them, whoever they are.
    ("İsyancıların komutanlarından biri cuma günü orduya teslim oldu.", EventType::Retreat, "komutanlarından biri", "orduya"),
    // Who does it by -CA is one, whom it is done to another.
    (
        "Tablo geçen yıl Alman yetkililerce Fransız makamlarına iade edildi.",
        EventType::Retreat,
        "Alman yetkililerce",
        "Fransız makamlarına",
    ),
    // What is done to nobody is done to a thing.
    (
        "Vatikan, Kudüs'te bu hafta çok sayıda kişinin yaralandığı saldırıları kınadı.",
        EventType::Accuse,
        "Vatikan",
        "saldırıları",
    ),
    ("Öğrenciler yeni yönetmeliği protesto etti.", EventType::Protest, "Öğrenciler", "yeni yönetmeliği"),
    // Two names are two, though the parse makes one of them.
    ("Genel Sekreter Guterres Netanyahu'yu kınadı.", EventType::Accuse, "Genel Sekreter Guterres", "Netanyahu"),
];

/// The same in English.
const ENGLISH: &[(&str, EventType, &str, &str)] = &[
    // A relative clause, a predicate noun and a coordinated participle have the subject of their sentence.
    ("Keller, who toured the region and accused the generals of theft, resigned.", EventType::Accuse, "Keller", "generals"),
    ("Hansen is a senator who has accused Ruritania of spying.", EventType::Accuse, "Hansen", "Ruritania"),
    // What a preposition leads only describes who acts.
    ("Fighters loyal to Omar Dahl arrested the mayor of Zubayr.", EventType::Coerce, "Fighters", "mayor"),
    // One's own troops are not those whom one leaves.
    ("Ruritania withdrew its troops from Freedonia.", EventType::Retreat, "Ruritania", "Freedonia"),
    // A participle of the object says whose it is.
    ("The court dismissed the complaint filed by Nora Lind.", EventType::Reject, "court", "Nora Lind"),
    // "state of emergency" is nobody.
    ("The minister declared a state of emergency in Freedonia.", EventType::Coerce, "minister", "Freedonia"),
    // A pronoun means who fits, of the sentence before too, and else stands for itself; an object is not its own subject.
    ("Minister Lind spoke first. Ruritania then urged her to leave.", EventType::Request, "Ruritania", "Minister Lind"),
    ("He accused Ruritania of spying.", EventType::Accuse, "He", "Ruritania"),
    ("Hansen said he will vote for Lind, but he hasn't endorsed her.", EventType::Support, "Hansen", "Lind"),
    // The agent may hang on what stands in front of it; who sign together are the parties.
    ("Two Ruritanian nuns were released from captivity by the Freedonian army.", EventType::Retreat, "Freedonian army", ""),
    ("Japan and Peru signed a trade deal to cut tariffs on Chilean machine tools.", EventType::Support, "Japan", "Peru"),
    // A deed of violence is told where it is named.
    ("Nobody was hurt in the shooting.", EventType::Assault, "", ""),
    ("The shops reopened two days after the riots in the old town.", EventType::Protest, "", ""),
    ("A minute of silence marked the mass shooting in Utrecht.", EventType::Assault, "", "Utrecht"),
    ("Witnesses to the shooting in Utrecht said the police acted shamefully.", EventType::Assault, "", "Utrecht"),
    // A participle behind a noun describes it; the auxiliary has the main verb.
    ("The officer charged with beating a Kurdish student has been jailed in Van.", EventType::Coerce, "", "officer"),
    ("A colonel accused of treason was released in Harare.", EventType::Retreat, "", "colonel"),
    ("The rebel leader surrendered and was arrested at the border.", EventType::Coerce, "", "leader"),
    // Who is refused something is no object, but acted upon.
    ("Foreign reporters were refused permission to enter Gaza.", EventType::Reject, "", "Foreign reporters"),
    // Politicians attack each other in words.
    ("Hillary Clinton attacked Marco Rubio over his taxes.", EventType::Accuse, "Hillary Clinton", "Marco Rubio"),
    // "who" means the person right before it.
    ("It was the first visit by President Karim Olan, who criticized Japan.", EventType::Accuse, "President Karim Olan", "Japan"),
    (
        "Democratic nominee Hillary Clinton criticized Japan over its tariffs.",
        EventType::Accuse,
        "nominee Hillary Clinton",
        "Japan",
    ),
    ("Jansen threatened the clerk and was arrested two days later.", EventType::Coerce, "", "Jansen"),
    ("Merkel urged Iran to stop and met the Saudi king.", EventType::Consult, "Merkel", "Saudi king"),
    ("Tens of thousands marched in Caracas against the government.", EventType::Protest, "Tens of thousands", "government"),
    ("The two were detained at the airport.", EventType::Coerce, "", "The two"),
    ("Others were beaten by police.", EventType::Assault, "police", "Others"),
    ("The band of rebels killed nine.", EventType::Assault, "rebels", "nine"),
    ("The party has dropped its attacks on Angela Merkel.", EventType::Accuse, "", "Angela Merkel"),
    ("Kosovo and Serbia resumed talks.", EventType::Consult, "Kosovo", ""),
    ("Estonia and Bhutan established relations.", EventType::Support, "Estonia", "Bhutan"),
    ("Russian forces advanced on Pokrovsk.", EventType::Mobilize, "Russian forces", "Pokrovsk"),
    ("Germany halted aid to Rwanda.", EventType::Sanction, "Germany", "Rwanda"),
    ("Protesters burned tires.", EventType::Protest, "Protesters", ""),
    ("Farmers protested against the new tax on Monday.", EventType::Protest, "Farmers", "new tax"),
    ("The minister condemned the bombing.", EventType::Accuse, "minister", "bombing"),
];

/// What concerns persons, pastime or goods, and what has the same words and does not.
#[test]
fn private_matters_are_no_acts() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let events = |text: &str, language| {
        let meta = ArticleMeta { source_id: "p".into(), language: Some(language), ..Default::default() };
        reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given").events
    };
    for text in [
        "Kaleci Murat Onat, kulübüyle iki yıllık sözleşme imzaladı ve forma numarasını seçti.",
        "Dizinin bu bölümünde Defne, Kerem'i tehdit etti.",
        "Filmde çiftçi, komşusunu bıçakladı.",
        "Şirket yeni ofisi için anlaşmaya vardı.",
    ] {
        assert!(events(text, Language::Tr).is_empty(), "{text}");
    }
    assert!(events("The goalkeeper Marc Dunne threatened the referee after the derby.", Language::En).is_empty());
    assert!(!events("Tahran, kulüpler maça çıkarsa Bağdat'ı cezalandırmakla tehdit etti.", Language::Tr).is_empty());
}

#[test]
fn roles_stand_with_those_who_have_them() {
    let reader = Reader::new().expect("the shipped models and tables load");
    let mut wrong = Vec::new();
    let turkish = SENTENCES.iter().map(|s| (s, Language::Tr));
    for (&(text, kind, actor, recipient), language) in turkish.chain(ENGLISH.iter().map(|s| (s, Language::En))) {
        let meta = ArticleMeta { source_id: "r".into(), language: Some(language), ..Default::default() };
        let r = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let named = |ids: &[String]| -> Vec<&str> {
            r.mentions.iter().filter(|m| ids.contains(&m.id)).map(|m| m.at.text.as_str()).collect()
        };
        let holds = |wanted: &str, found: &[&str]| match wanted.strip_prefix('!') {
            Some(not) => !found.contains(&not),
            None => wanted.is_empty() || found.contains(&wanted),
        };
        let found: Vec<_> = r.events.iter().map(|e| (e.kind, named(&e.actor), named(&e.recipient))).collect();
        if !found.iter().any(|(k, a, b)| *k == kind && holds(actor, a) && holds(recipient, b)) {
            wrong.push(format!("{text} wants {kind:?} {actor} {recipient}, has {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Who wants to do something asks nobody for it, and a currency is no state.
#[test]
fn wishes_and_currencies_are_no_acts_of_others() {
    let reader = Reader::new().expect("the shipped models and tables load");
    for text in [
        "Trump, üyelerin görev sürelerini kısıtlamak istediğini söyledi.",
        "İhalelerin ABD doları yerine lira üzerinden yapılmasına karar verildi.",
    ] {
        let meta = ArticleMeta { source_id: "w".into(), language: Some(Language::Tr), ..Default::default() };
        let r = reader.read(&Article { meta, text: text.to_owned() }).expect("a language is given");
        let acts: Vec<_> = r.events.iter().map(|e| e.kind).collect();
        assert!(!acts.contains(&EventType::Request) && !acts.contains(&EventType::Aid), "{text}: {acts:?}");
        assert!(r.mentions.iter().all(|m| m.at.text != "ABD"), "{text}");
    }
}
