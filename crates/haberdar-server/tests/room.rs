//! The room from outside: every address, in both languages, with hostile text in the record.

use haberdar_model::{
    Article, ArticleMeta, Country, DateBasis, EventType, Language, MentionKind, Origin, PartialDate, Polarity, QuoteKind,
    Reading, Span, Status,
    reading::{ArticleHead, Event, EventDate, Mention, Quote, TextSpan},
    record::{Conflict, ConflictReport, ConflictValue, MergedDate, MergedEvent, Party, Record, Report, Story, StoryArticle},
};
use haberdar_server::{Answer, Ask, Desk, Room, Settings, answer};
use haberdar_store::Store;
use serde_json::{Value, json};

const TEXT: &str = "Ada <script>alert(1)</script> met Bo. “We agree,” Ada said.";

struct Fake;

impl Desk for Fake {
    fn read(&self, article: &Article) -> Result<Reading, String> {
        if article.text.contains("Hawaiian") {
            return Err("the language of the text was not recognised".to_owned());
        }
        let mut r = reading();
        r.text = Some(article.text.clone());
        Ok(r)
    }

    fn add(&self, articles: Vec<Article>) -> Result<usize, String> {
        Ok(articles.len())
    }

    fn offices(&self, country: Country) -> Result<Value, String> {
        let term = |name: &str, from: &str, to: Value| {
            json!({"name": name, "entity": "Q1", "office": "foreign minister", "office_tr": "dışişleri bakanı", "country": country,
                "from": from, "to": to, "source": "own"})
        };
        Ok(json!([term("Ada <b>", "2020-01-01", json!("2021-01-01")), term("Bea", "2021-01-01", Value::Null)]))
    }

    fn who(&self, _: &str, _: Option<PartialDate>) -> Result<Value, String> {
        Ok(
            json!([{"name": "Ada <b>", "entity": "Q1", "office": "foreign minister", "country": "IRL", "from": "2020-01-01", "to": "2021-01-01", "source": "own"}]),
        )
    }
}

fn at(words: &str) -> TextSpan {
    let byte = TEXT.find(words).expect("the words stand in the text");
    let start = TEXT[..byte].chars().count();
    TextSpan { span: Span { start, end: start + words.chars().count() }, text: words.to_owned() }
}

fn mention(id: &str, words: &str, country: &str) -> Mention {
    Mention {
        id: id.to_owned(),
        at: at(words),
        kind: MentionKind::Person,
        name: words.to_owned(),
        entity: Some(format!("Q-{words}")),
        country: country.parse().ok(),
        sector: None,
        role: None,
        country_basis: None,
        candidates: Vec::new(),
    }
}

fn meta() -> ArticleMeta {
    ArticleMeta {
        source_id: "a-1".to_owned(),
        title: Some("<img src=x onerror=alert(2)>".to_owned()),
        url: Some("javascript:alert(3)".to_owned()),
        publisher: Some("\"><script>alert(4)</script>".to_owned()),
        published: "2024-03-02".parse().ok(),
        published_time: None,
        language: Some(Language::En),
        origin: Origin::default(),
    }
}

fn reading() -> Reading {
    let article = Article { meta: meta(), text: TEXT.to_owned() };
    let meta = meta();
    Reading {
        schema: "haberdar.reading/1".to_owned(),
        article: ArticleHead {
            id: article.id(),
            source_id: meta.source_id,
            title: meta.title,
            url: meta.url,
            publisher: meta.publisher,
            published: meta.published,
            language: meta.language,
            words: 8,
            text_sha256: "00".repeat(32),
        },
        sentences: vec![
            Span { start: 0, end: at("Bo.").span.end },
            Span { start: at("“We").span.start, end: TEXT.chars().count() },
        ],
        mentions: vec![mention("m1", "Ada", "IRL"), mention("m2", "Bo", "CHN")],
        events: vec![Event {
            id: "e1".to_owned(),
            kind: EventType::Consult,
            mode: Some("meet".to_owned()),
            contexts: Vec::new(),
            cameo: Some("040".to_owned()),
            quad: 1,
            goldstein: Some(1.0),
            actor: vec!["m1".to_owned()],
            recipient: vec!["m2".to_owned()],
            trigger: at("met"),
            sentence: 0,
            status: Status::Happened,
            polarity: Polarity::Positive,
            reported_by: None,
            date: EventDate {
                start: "2024-03-02".parse().ok(),
                end: "2024-03-02".parse().ok(),
                basis: DateBasis::Publication,
                span: None,
            },
            place: None,
            confidence: 0.8,
            why: "en/consult/<b>".to_owned(),
        }],
        quotes: vec![Quote {
            id: "q1".to_owned(),
            at: at("We agree,"),
            kind: QuoteKind::Direct,
            speaker: Some("m1".to_owned()),
            speaker_text: Some("Ada".to_owned()),
            cue: Some(at("said")),
            addressee: None,
            parts: Vec::new(),
            verbatim: Vec::new(),
            events: Vec::new(),
        }],
        dates: Vec::new(),
        quantities: Vec::new(),
        flags: Vec::new(),
        skipped: Vec::new(),
        text: None,
    }
}

/// A record with one act, one story and one conflict; the folder lives as long as the room.
fn room(token: Option<&str>) -> (tempfile::TempDir, Room, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("s.db");
    let mut store = Store::open(&path).expect("a store");
    let r = reading();
    store.add_reading(&Article { meta: meta(), text: TEXT.to_owned() }, &r).expect("room");
    let id = r.article.id.clone();
    let party =
        |name: &str, country: &str| Party { name: name.to_owned(), entity: None, country: country.parse().ok(), office: None };
    let day = "2024-03-02".parse().ok();
    let event = MergedEvent {
        id: "b3:event".to_owned(),
        kind: EventType::Consult,
        mode: Some("meet".to_owned()),
        cameo: Some("040".to_owned()),
        quad: 1,
        goldstein: Some(1.0),
        actor: vec![party("Ada", "IRL")],
        recipient: vec![party("<i>Bo</i>", "CHN")],
        status: Status::Happened,
        polarity: Polarity::Positive,
        date: MergedDate { from: day, to: day, basis: DateBasis::Publication },
        place: None,
        reports: vec![Report {
            article: id.clone(),
            event: "e1".to_owned(),
            publisher: meta().publisher,
            published: day,
            sentence: 0,
            span: at("met").span,
            reported_by: None,
        }],
        independent_sources: 1,
        conflicts: vec!["b3:conflict".to_owned()],
        confidence: 0.8,
        decisions: Vec::new(),
    };
    let value = |v: &str| ConflictValue {
        value: v.to_owned(),
        entity: None,
        reports: vec![ConflictReport { article: id.clone(), span: at("Bo") }],
        independent_sources: 1,
    };
    let conflict = Conflict {
        id: "b3:conflict".to_owned(),
        slot: "participant".to_owned(),
        relation: "contradiction".to_owned(),
        event: Some(event.id.clone()),
        story: Some("b3:story".to_owned()),
        values: vec![value("<u>Bo</u>"), value("Cy")],
        record: None,
        verdict: None,
        state: "open".to_owned(),
        decisions: Vec::new(),
    };
    let story = Story {
        id: "b3:story".to_owned(),
        title: "<script>alert(5)</script>".to_owned(),
        articles: vec![StoryArticle {
            id: id.clone(),
            source_id: "a-1".to_owned(),
            publisher: None,
            published: day,
            copy_of: None,
            version_of: None,
        }],
        events: vec![event.id.clone()],
        from: day,
        to: day,
    };
    let record = Record { stories: vec![story], events: vec![event], conflicts: vec![conflict] };
    store.replace_record(&record).expect("room");
    let settings = Settings { store: path, token: token.map(str::to_owned), decide: false, rate: 1000 };
    (dir, Room::new(settings, Fake), id)
}

fn get(room: &Room, address: &str) -> Answer {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    answer(room, &Ask { method: "GET".to_owned(), path: path.to_owned(), query: query.to_owned(), ..Ask::default() })
}

fn post(room: &Room, path: &str, body: &str, authorization: &str) -> Answer {
    let authorization = authorization.to_owned();
    answer(
        room,
        &Ask {
            method: "POST".to_owned(),
            path: path.to_owned(),
            body: body.as_bytes().to_vec(),
            authorization,
            ..Ask::default()
        },
    )
}

fn text(a: &Answer) -> String {
    String::from_utf8(a.body.clone()).expect("UTF-8")
}

fn header<'a>(a: &'a Answer, name: &str) -> &'a str {
    a.headers.iter().find(|h| h.0 == name).map_or("", |h| &h.1)
}

#[test]
fn every_page_stands_in_both_languages_and_hostile_text_stays_text() {
    let (_dir, room, article) = room(None);
    let pages = [
        "/",
        "/events",
        "/events/b3:event",
        &format!("/articles/{article}"),
        "/quotes",
        "/stories",
        "/stories/b3:story",
        "/conflicts",
        "/conflicts/b3:conflict",
        "/promises",
        "/dyads",
        "/dyads/IRL:CHN",
        "/network",
        "/network?centre=IRL",
        "/map",
        "/map?show=balance",
        "/actors/IRL",
        "/actors/NAT",
        "/who",
        "/who?q=x",
        "/search",
        "/search?text=agree",
        "/paste",
        "/about",
    ]
    .map(str::to_owned);
    for page in pages {
        for lang in ["tr", "en"] {
            let address = format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' });
            let a = get(&room, &address);
            let html = text(&a);
            assert_eq!((a.status, a.kind), (200, "text/html; charset=utf-8"), "{address}: {html}");
            assert!(html.contains(&format!("<html lang=\"{lang}\"")) && html.contains("<h1"), "{address}");
            for hostile in ["<script>alert", "<img src=x", "<i>Bo", "<u>Bo", "href=\"javascript:", "<b>\""] {
                assert!(!html.contains(hostile), "{address} holds {hostile}");
            }
            assert!(!html.contains(" style=") && !html.contains("onclick"), "{address} needs an inline style or script");
            assert!(header(&a, "content-security-policy").contains("default-src 'none'"), "{address}");
            assert_eq!(header(&a, "x-content-type-options"), "nosniff");
            assert!(html.len() < 100_000, "{address} is heavy");
        }
    }
}

#[test]
fn marks_of_the_article_are_the_spans_of_the_interface() {
    let (_dir, room, article) = room(None);
    let html = text(&get(&room, &format!("/articles/{article}")));
    let reading: Value = serde_json::from_str(&text(&get(&room, &format!("/api/v1/articles/{article}")))).expect("JSON");
    for m in reading["mentions"].as_array().expect("mentions") {
        assert!(html.contains(&format!("data-start=\"{}\" data-end=\"{}\"", m["start"], m["end"])), "{m}");
    }
}

#[test]
fn the_interface_answers_with_rows_csv_tags_and_problems() {
    let (_dir, room, article) = room(None);
    let a = get(&room, "/api/v1/events?actor=IRL&limit=1");
    let rows: Value = serde_json::from_str(&text(&a)).expect("JSON");
    assert_eq!((rows["rows"][0]["id"].as_str(), &rows["next"]), (Some("b3:event"), &Value::Null));
    let tag = header(&a, "etag").to_owned();
    let again = answer(
        &room,
        &Ask {
            method: "GET".into(),
            path: "/api/v1/events".into(),
            query: "actor=IRL&limit=1".into(),
            if_none_match: tag,
            ..Ask::default()
        },
    );
    assert_eq!((again.status, again.body.len()), (304, 0));
    let csv = get(&room, "/api/v1/events.csv");
    assert_eq!((csv.status, csv.kind), (200, "text/csv; charset=utf-8"));
    assert!(text(&csv).starts_with("id,type,mode,") && text(&csv).contains("b3:event,CONSULT,meet,happened"));
    let accepted =
        answer(&room, &Ask { method: "GET".into(), path: "/api/v1/quotes".into(), accept: "text/csv".into(), ..Ask::default() });
    assert!(text(&accepted).contains("\"We agree,\""));
    for (address, status) in [
        ("/api/v1/events?type=DANCE", 400),
        ("/api/v1/events?cursor=x", 400),
        ("/api/v1/events?since=soon", 400),
        ("/api/v1/events/none", 404),
        ("/api/v1/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/api/v1/../../etc/passwd", 404),
        ("/api/v1/nothing", 404),
        ("/api/v2/events", 404),
        ("/api/v1/dyads/RUS", 400),
        ("/api/v1/events.xml", 404),
        ("/api/v1/balance?by=week", 400),
        ("/api/v1/dyads/RUS:RUS", 400),
        ("/api/v1/who", 400),
        ("/api/v1/search", 400),
    ] {
        let a = get(&room, address);
        assert_eq!((a.status, a.kind), (status, "application/problem+json"), "{address}: {}", text(&a));
        let p: Value = serde_json::from_str(&text(&a)).expect("JSON");
        assert!(p["detail"].as_str().is_some_and(|d| !d.is_empty()) && p["status"] == status, "{address}");
    }
    for page in ["/events/none", "/articles/none", "/nothing", "/events?type=DANCE"] {
        let a = get(&room, page);
        assert!(a.status >= 400 && a.kind.starts_with("text/html"), "{page}");
    }
    for list in [
        "articles",
        "quotes",
        "stories",
        "conflicts",
        "promises",
        "dyads",
        "dyads/IRL:CHN",
        "balance",
        "counts",
        "who?q=x",
        "states",
        "search?text=agree",
    ] {
        assert_eq!(get(&room, &format!("/api/v1/{list}")).status, 200, "{list}");
    }
    for (list, row) in [
        ("articles.csv", "a-1"),
        ("stories.csv", "b3:story,"),
        ("conflicts.csv", "b3:conflict,participant,contradiction,open,<u>Bo</u> | Cy"),
        ("promises.csv", "id,manner,type,"),
        ("dyads.csv", "CHN,IRL,1,1\r\n"),
        ("dyads/IRL:CHN.csv", "2024-03,1,0,0,0,1,1\r\n"),
        ("states.csv", "CHN,1,1,0,1,1\r\n"),
        ("balance.csv", "2024-03,CHN,IRL,1.0,1,b3:event"),
        ("who.csv?q=x", "Ada <b>,Q1,foreign minister,IRL,2020-01-01,2021-01-01,,own,"),
        ("search.csv?text=agree", "article,b3:"),
    ] {
        let a = get(&room, &format!("/api/v1/{list}"));
        assert_eq!((a.status, a.kind), (200, "text/csv; charset=utf-8"), "{list}");
        assert!(text(&a).contains(row), "{list}: {}", text(&a));
    }
    assert_eq!(get(&room, "/healthz").status, 200);
    assert!(text(&get(&room, "/metrics")).contains("haberdar_articles 1"));
    let doc: Value = serde_json::from_str(&text(&get(&room, "/api/v1/openapi.json"))).expect("JSON");
    assert!(doc["openapi"] == "3.1.0" && doc["paths"]["/api/v1/events/{id}"].is_object() && !article.is_empty());
}

#[test]
fn what_is_kept_goes_with_the_store() {
    let (dir, room, _) = room(None);
    let events = |room: &Room| {
        let numbers = text(&get(room, "/api/v1/counts"));
        let dyads = text(&get(room, "/api/v1/dyads"));
        (serde_json::from_str::<Value>(&numbers).expect("JSON")["events"].as_u64(), dyads.contains("IRL"))
    };
    assert_eq!(events(&room), (Some(1), true));
    assert_eq!(events(&room), (Some(1), true));
    let mut store = Store::open(dir.path().join("s.db")).expect("the store");
    store.replace_record(&Record::default()).expect("room");
    assert_eq!(events(&room), (Some(0), false));
}

#[test]
fn acts_differ_by_shape_and_articles_can_be_cited() {
    let (_dir, room, article) = room(None);
    let events = text(&get(&room, "/events"));
    assert!(events.contains("<circle") && events.contains("<polygon") && events.contains("class=\"legend\""), "{events}");
    assert!(events.contains("<option value=\"newest\" selected>") && events.contains("order=newest"), "{events}");
    let page = text(&get(&room, &format!("/articles/{article}")));
    assert!(page.contains(&"00".repeat(32)) && page.contains(&article) && page.contains("class=\"cite\""), "{page}");
    let front = text(&get(&room, "/?lang=en"));
    assert!(front.contains("Newest events") && front.contains("Events with the most sources"), "{front}");
}

#[test]
fn states_have_a_place_on_the_map_and_a_page() {
    let (_dir, room, _) = room(None);
    let map = text(&get(&room, "/map?lang=en"));
    assert!(map.contains("href=\"/actors/IRL\" aria-label=\"Ireland: 1 acts, +1.00\""), "{map}");
    assert!(map.contains("aria-label=\"Singapore\"") && map.contains("/api/v1/states.csv"));
    assert_eq!(get(&room, "/map?show=roads").status, 400);
    let ireland = text(&get(&room, "/actors/irl?lang=tr"));
    for words in
        ["İrlanda", "/events/b3:event", "We agree,", "/dyads/CHN:IRL", "dışişleri bakanı (2)", "Bea", "class=\"term open\""]
    {
        assert!(ireland.contains(words), "no {words} in {ireland}");
    }
    assert_eq!(get(&room, "/actors/Nobody").status, 404);
}

#[test]
fn only_the_token_may_add() {
    let (_dir, closed, _) = room(None);
    assert_eq!(post(&closed, "/api/v1/articles", "{\"text\":\"x\"}", "").status, 403);
    let (_dir, room, _) = room(Some("secret"));
    assert_eq!(post(&room, "/api/v1/articles", "{\"text\":\"x\"}", "").status, 401);
    assert_eq!(post(&room, "/api/v1/articles", "{\"text\":\"x\"}", "Bearer wrong").status, 401);
    assert_eq!(post(&room, "/api/v1/articles", "{\"text\":\"x\"}\n{\"text\":\"y\"}", "Bearer secret").status, 201);
    let bad = post(&room, "/api/v1/articles", "{\"text\":\"x\"}\nnonsense {", "Bearer secret");
    assert!(bad.status == 201 || text(&bad).contains("line 2"));
    let none = post(&room, "/api/v1/articles", "{\"text\":\"x\"}\n{}", "Bearer secret");
    assert!(none.status == 400 && text(&none).contains("line 2"), "{}", text(&none));
}

/// Sends the form of the conflict.
fn decide(room: &Room, host: &str, origin: &str, peer: [u8; 4], form: &str) -> Answer {
    answer(
        room,
        &Ask {
            method: "POST".to_owned(),
            path: "/conflicts/b3:conflict/resolve".to_owned(),
            body: form.as_bytes().to_vec(),
            host: host.to_owned(),
            origin: origin.to_owned(),
            peer: Some(peer.into()),
            ..Ask::default()
        },
    )
}

#[test]
fn a_conflict_is_decided_where_that_is_allowed_and_nowhere_else() {
    const HERE: &str = "127.0.0.1:4710";
    const FORM: &str = "holds=%2BCy&because=seen+it&by=Ece";
    let state = |room: &Room| {
        let c: Value = serde_json::from_str(&text(&get(room, "/api/v1/conflicts/b3:conflict"))).expect("JSON");
        (c["state"].as_str().unwrap_or_default().to_owned(), c["decisions"][0]["value"].as_str().map(str::to_owned))
    };
    let local = [127, 0, 0, 1];
    let (_dir, shut, _) = room(None);
    assert_eq!(decide(&shut, HERE, "http://127.0.0.1:4710", local, FORM).status, 403);
    assert!(!text(&get(&shut, "/conflicts/b3:conflict")).contains("<form class=\"decide\""));

    let (dir, _, _) = room(None);
    let settings = Settings { store: dir.path().join("s.db"), token: None, decide: true, rate: 1000 };
    let room_here = Room::new(settings, Fake);
    assert!(text(&get(&room_here, "/conflicts/b3:conflict")).contains("<form class=\"decide\""));
    for (host, origin, peer, form, status) in [
        (HERE, "https://evil.example", local, FORM, 403),
        (HERE, "null", local, FORM, 403),
        (HERE, "", local, FORM, 403),
        ("evil.example:4710", "http://evil.example:4710", local, FORM, 403),
        (HERE, "http://127.0.0.1:4710", [10, 0, 0, 7], FORM, 403),
        (HERE, "http://127.0.0.1:4710", local, "holds=%2BCy&because=+&by=Ece", 400),
        (HERE, "http://127.0.0.1:4710", local, "holds=%2B&other=&because=x&by=Ece", 400),
    ] {
        let a = decide(&room_here, host, origin, peer, form);
        assert_eq!(a.status, status, "{host} {origin} {form}");
        assert!(text(&a).contains("role=\"alert\""), "{}", text(&a));
    }
    assert_eq!(state(&room_here).0, "open");
    let done = decide(&room_here, HERE, "http://127.0.0.1:4710", local, FORM);
    assert_eq!((done.status, header(&done, "location")), (303, "/conflicts/b3%3Aconflict"));
    assert_eq!(state(&room_here), ("resolved".to_owned(), Some("Cy".to_owned())));
    let page = text(&get(&room_here, "/conflicts/b3:conflict?lang=en"));
    assert!(page.contains("seen it") && page.contains("Ece"), "{page}");

    let (_dir, token, _) = room(Some("secret"));
    assert_eq!(decide(&token, "news.example", "https://news.example", [10, 0, 0, 7], FORM).status, 401);
    let with = format!("{FORM}&token=secret");
    assert_eq!(decide(&token, "news.example", "https://evil.example", [10, 0, 0, 7], &with).status, 403);
    assert_eq!(decide(&token, "news.example", "https://news.example", [10, 0, 0, 7], &with).status, 303);
    assert_eq!(state(&token).0, "resolved");
    let wish = "{\"value\":\"Bo\",\"because\":\"x\",\"by\":\"Ece\"}";
    assert_eq!(post(&token, "/api/v1/conflicts/b3:conflict/resolve", wish, "Bearer wrong").status, 401);
    assert_eq!(post(&token, "/api/v1/conflicts/b3:none/resolve", wish, "Bearer secret").status, 404);
    assert_eq!(post(&token, "/api/v1/conflicts/b3:conflict/resolve", "{}", "Bearer secret").status, 400);
    assert_eq!(post(&token, "/api/v1/conflicts/b3:conflict/resolve", wish, "Bearer secret").status, 200);
    assert_eq!(post(&room_here, "/api/v1/conflicts/b3:conflict/resolve", wish, "Bearer ").status, 403);
}

#[test]
fn a_text_is_read_without_being_kept() {
    let (_dir, room, _) = room(None);
    let a = post(&room, "/api/v1/read", "{\"text\":\"Ada met Bo.\",\"published\":\"2024-03-02\"}", "");
    assert_eq!(a.status, 200);
    assert_eq!(post(&room, "/api/v1/read", "{\"text\":\"\"}", "").status, 400);
    assert_eq!(post(&room, "/api/v1/read", "{\"text\":\"x\",\"published\":\"soon\"}", "").status, 400);
    assert_eq!(post(&room, "/api/v1/read", "{\"text\":\"Hawaiian\"}", "").status, 422);
    let page = post(&room, "/paste", "text=%3Cscript%3Ealert(9)%3C%2Fscript%3E+Ada+met+Bo.&published=2024-03-02", "");
    assert!(page.status == 200 && !text(&page).contains("<script>alert") && text(&page).contains("&lt;script&gt;alert"));
    assert_eq!(answer(&room, &Ask { method: "DELETE".into(), path: "/events".into(), ..Ask::default() }).status, 405);
}

#[tokio::test]
async fn the_router_packs_limits_and_answers() {
    use tower::ServiceExt as _;
    let (_dir, room, _) = room(None);
    let app = haberdar_server::router(room);
    let request = |method: &str, path: &str, body: Vec<u8>| {
        axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("accept-encoding", "gzip")
            .body(axum::body::Body::from(body))
            .expect("a request")
    };
    let a = app.clone().oneshot(request("GET", "/events", Vec::new())).await.expect("an answer");
    assert_eq!((a.status().as_u16(), a.headers()["content-encoding"].to_str().ok()), (200, Some("gzip")));
    let zstd = axum::http::Request::get("/events").header("accept-encoding", "zstd, gzip").body(axum::body::Body::empty());
    let a = app.clone().oneshot(zstd.expect("a request")).await.expect("an answer");
    assert_eq!((a.status().as_u16(), a.headers()["content-encoding"].to_str().ok()), (200, Some("zstd")));
    let a = app.clone().oneshot(request("HEAD", "/", Vec::new())).await.expect("an answer");
    assert_eq!(a.status().as_u16(), 200);
    let a = app.oneshot(request("POST", "/api/v1/read", vec![b'x'; 9 << 20])).await.expect("an answer");
    assert_eq!(a.status().as_u16(), 413);
}

/// What an answer lacks, or has beyond its shape: the part of JSON Schema that the document uses.
fn differs(doc: &Value, shape: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = shape["$ref"].as_str().and_then(|r| r.strip_prefix("#/components/schemas/")) {
        return differs(doc, &doc["components"]["schemas"][name], value, at);
    }
    if let Some(any) = shape["anyOf"].as_array() {
        let each: Vec<_> = any.iter().map(|s| differs(doc, s, value, at)).collect();
        return if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() };
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |t: &Value| t == kind || t == "number" && kind == "integer";
    let fits = match &shape["type"] {
        Value::Null => true,
        Value::Array(any) => any.iter().any(fits),
        one => fits(one),
    };
    if !fits {
        return vec![format!("{at} is {kind}, not {}", shape["type"])];
    }
    let mut out = Vec::new();
    for (i, v) in value.as_array().into_iter().flatten().enumerate() {
        out.extend(differs(doc, &shape["items"], v, &format!("{at}/{i}")));
    }
    if let (Some(object), Some(known)) = (value.as_object(), shape["properties"].as_object()) {
        let needed = shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        out.extend(needed.filter(|n| !object.contains_key(*n)).map(|n| format!("{at} has no {n}")));
        for (name, v) in object {
            match known.get(name) {
                Some(s) => out.extend(differs(doc, s, v, &format!("{at}/{name}"))),
                None => out.push(format!("{at}/{name} is not in the document")),
            }
        }
    }
    out
}

#[test]
fn answers_have_the_shape_that_the_document_says() {
    let (_dir, room, _) = room(None);
    let json = |path: &str| -> Value { serde_json::from_str(&text(&get(&room, path))).expect("JSON") };
    let doc = json("/api/v1/openapi.json");
    let shape = |path: &str| doc["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"].clone();
    let mut rows = 0;
    for name in ["articles", "events", "quotes", "stories", "conflicts", "promises", "dyads", "states", "balance", "counts"] {
        let path = format!("/api/v1/{name}");
        let found = json(&path);
        assert_eq!(differs(&doc, &shape(&path), &found, name), Vec::<String>::new());
        let one = format!("{path}/{{id}}");
        for row in found["rows"].as_array().into_iter().flatten().take(5) {
            rows += 1;
            let id = match name {
                "dyads" => format!("{}:{}", row["a"].as_str().unwrap_or_default(), row["b"].as_str().unwrap_or_default()),
                _ => row["id"].as_str().unwrap_or_default().to_owned(),
            };
            if doc["paths"][&one].is_object() {
                assert_eq!(differs(&doc, &shape(&one), &json(&format!("{path}/{id}")), name), Vec::<String>::new());
            }
        }
    }
    assert!(rows > 4, "the store of the tests has too little to ask for");
}
