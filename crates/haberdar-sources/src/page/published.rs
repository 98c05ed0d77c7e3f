//! The day of publication, and what it was taken from.

use std::collections::HashMap;

use haberdar_model::PartialDate;
use jiff::civil::Date;
use trafilatura::dom::{Document, NodeId};

use super::{
    blocks::{Block, above},
    calendar::{Calendar, plausible},
    day_text::{Order, Written, days_in, role_before},
    json_ld::LinkedData,
    meta::MetaTags,
    scripts,
    tables::{DateRole, lower, tables},
};

/// When a page was published, as far as it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The day as the page writes it, in the page's own time zone.
    pub day: PartialDate,
    /// Day, time of day and, where the page gives it, the offset from UTC (`2026-11-26T14:57:00+03:00`).
    pub time: Option<String>,
    /// What it was taken from, such as `json-ld datePublished`.
    pub evidence: &'static str,
}

/// What decides how a date is read.
pub(crate) struct Hints<'a> {
    pub(crate) language: Option<&'a str>,
    pub(crate) order: Order,
}

impl<'a> Hints<'a> {
    /// From the declared language (`en-US`) and the address.
    pub(crate) fn new(tag: Option<&'a str>, url: Option<&str>) -> Self {
        let language = tag.map(|t| t.split(['-', '_']).next().unwrap_or(t));
        let region = tag.and_then(|t| t.split(['-', '_']).skip(1).find(|r| r.len() == 2)).map(str::to_ascii_uppercase);
        let host = url.and_then(|u| u.split_once("://")).map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
        let domain = host.and_then(|h| h.rsplit('.').next()).filter(|d| d.len() == 2).map(str::to_ascii_uppercase);
        let by_place = || match (domain.as_deref().filter(|d| !tables().is_generic(d)), region.as_deref()) {
            (Some(place), _) | (None, Some(place)) => tables().order("country", place).unwrap_or(Order::DayFirst),
            (None, None) => Order::Unknown,
        };
        let order = match language {
            Some("en") | None => by_place(),
            Some(other) => tables().order("language", other).unwrap_or(Order::DayFirst),
        };
        let language = language.or_else(|| tables().language_of(domain.as_deref()?));
        Hints { language, order }
    }
}

/// `(day, time)` of one value of a tag or attribute.
pub(crate) fn stamp(value: &str, hints: &Hints<'_>) -> Option<(Date, Option<String>)> {
    let value = value.trim();
    let bytes = value.as_bytes();
    if bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && let Some(day) = value.get(..10).and_then(|d| d.parse::<Date>().ok()).filter(plausible)
    {
        return Some((day, clock(value.get(10..).unwrap_or_default()).map(|c| format!("{day}T{c}"))));
    }
    if matches!(bytes.len(), 10 | 13) && bytes.iter().all(u8::is_ascii_digit) {
        let seconds: i64 = value.get(..10)?.parse().ok()?;
        let utc = jiff::Timestamp::from_second(seconds).ok()?.to_string();
        let day = utc.get(..10)?.parse().ok().filter(plausible)?;
        return Some((day, Some(utc)));
    }
    if value.len() > 120 {
        return None;
    }
    let first = days_in(value, hints.language, hints.order).into_iter().next()?;
    Some((first.day, first.time.map(|(h, m)| format!("{}T{h:02}:{m:02}:00", first.day))))
}

/// A time of day with its offset, written the one way of RFC 3339.
fn clock(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let digits: Vec<&str> = rest.splitn(3, ':').collect();
    let hour: u8 = digits.first()?.parse().ok().filter(|h| *h < 24)?;
    let minute: u8 = digits.get(1)?.get(..2)?.parse().ok().filter(|m| *m < 60)?;
    let behind_minute = rest.get(rest.find(':')? + 3..).unwrap_or_default();
    let (second, zone) = match behind_minute.strip_prefix(':') {
        Some(s) => (s.get(..2).and_then(|s| s.parse::<u8>().ok()).filter(|s| *s < 60)?, s.get(2..).unwrap_or_default()),
        None => (0, behind_minute),
    };
    let zone = zone.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let zone = match zone {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".to_owned(),
        z if z.starts_with(['+', '-']) => {
            let digits: String = z[1..].chars().filter(char::is_ascii_digit).collect();
            match digits.len() {
                2 => format!("{}{digits}:00", &z[..1]),
                4 => format!("{}{}:{}", &z[..1], &digits[..2], &digits[2..]),
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// `<meta>` names for the day of publication, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "article:published_date",
    "article:publish_date",
    "article_published_time",
    "shareaholic:article_published_time",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "rnews:datepublished",
    "datepublished",
    "date_published",
    "date-published",
    "published_time",
    "published-time",
    "publishedtime",
    "published_at",
    "publishedat",
    "published_date",
    "published-date",
    "publisheddate",
    "publish-date",
    "publish_date",
    "publishdate",
    "publishtime",
    "publish_time",
    "publish-time",
    "pubdate",
    "pub_date",
    "pub-date",
    "pdate",
    "news:publication_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "article.published",
    "article:publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "cxense:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dc.date.published",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dcsext.articlefirstpublished",
    "article_date_original",
    "mediator_published_time",
    "vr:published_time",
    "bt:pubdate",
    "displaydate",
    "originalpublicationdate",
    "release_date",
    "og:release_date",
    "video:release_date",
    "og:video:release_date",
    "ptime",
    "citation_publication_date",
    "citation_date",
    "createdate",
    "article:create_at",
    "weibo:article:create_at",
    "date",
    "article:post_date",
    "datecreated",
    "created",
    "timestamp",
    "time",
];

/// `<meta>` names for the day of the last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:modified_time",
    "og:updated_time",
    "datemodified",
    "date_modified",
    "modified_time",
    "dcterms.modified",
    "last-modified",
    "revised",
    "lastmod",
];

/// The day of publication: what the page says to machines goes before what it shows, and that before its address.
pub(crate) fn published(
    doc: &Document,
    blocks: &[Block],
    data: &LinkedData,
    meta: &MetaTags,
    url: Option<&str>,
    hints: &Hints<'_>,
) -> Option<Published> {
    let of = |(day, time): (Date, Option<String>), evidence| Published { day: PartialDate::day(day), time, evidence };
    let given = |value: &Option<String>, evidence| value.as_deref().and_then(|v| stamp(v, hints)).map(|s| of(s, evidence));
    let tagged =
        |keys: &[&str], evidence| keys.iter().find_map(|k| meta.all(k).find_map(|v| stamp(v, hints))).map(|s| of(s, evidence));
    given(&data.published, "json-ld datePublished")
        .or_else(|| tagged(PUBLISHED, "meta"))
        .or_else(|| microdata(doc, hints).map(|s| of(s, "microdata datePublished")))
        .or_else(|| given(&data.page_published, "json-ld WebPage datePublished"))
        .or_else(|| time_elements(doc, hints, true).map(|s| of(s, "time element")))
        .or_else(|| shown_or_in_address(blocks, url, hints))
        .or_else(|| scripts::published(doc, hints).map(|s| of(s, "script")))
        .or_else(|| time_elements(doc, hints, false).map(|s| of(s, "time element")))
        .or_else(|| given(&data.created, "json-ld dateCreated"))
        .or_else(|| given(&data.modified, "json-ld dateModified"))
        .or_else(|| tagged(MODIFIED, "meta, last change"))
}

/// The day that the page shows or has in its address: what is shown goes first where it is called the day of publication or a day,
/// or where both are the same, else the address, which is about this page and no other.
fn shown_or_in_address(blocks: &[Block], url: Option<&str>, hints: &Hints<'_>) -> Option<Published> {
    let shown = shown(blocks, hints);
    let address = url.and_then(|u| in_address(u, hints.language));
    let text = |(_, w): (u8, Written)| Published {
        day: PartialDate::day(w.day),
        time: w.time.map(|(h, m)| format!("{}T{h:02}:{m:02}:00", w.day)),
        evidence: "text",
    };
    match (shown, address) {
        (Some(s), Some(day)) if s.0 > CALLED && s.1.day != day => {
            Some(Published { day: PartialDate::day(day), time: None, evidence: "address" })
        }
        (Some(s), _) => Some(text(s)),
        (None, day) => day.map(|day| Published { day: PartialDate::day(day), time: None, evidence: "address" }),
    }
}

fn microdata(doc: &Document, hints: &Hints<'_>) -> Option<(Date, Option<String>)> {
    let all = doc.query_selector_all(
        doc.root(),
        "[itemprop~=\"datePublished\"], [itemprop=\"dateCreated\"], [property=\"schema:datePublished\"], [pubdate]",
    );
    all.into_iter().find_map(|id| {
        let value =
            ["content", "datetime", "title"].iter().find_map(|a| doc.get_attribute(id, a).filter(|v| !v.trim().is_empty()));
        stamp(&value.unwrap_or_else(|| doc.text_content(id)), hints)
    })
}

/// The text of the element that a `<time>` stands in, where it is short; `None` where it is in the frame of the page.
fn text_around(doc: &Document, parent: Option<NodeId>) -> Option<String> {
    let marks = tables();
    let framed = parent.into_iter().flat_map(|p| above(doc, p)).any(|p| {
        let tag = doc.tag_name(p);
        let called = || marks.marks(&format!("{} {}", doc.class_name(p), doc.id_attr(p)));
        matches!(tag, "nav" | "aside" | "footer") || (tag != "body" && called().drop && !marks.marks(&doc.class_name(p)).date)
    });
    let text = || parent.map(|p| doc.text_content(p)).filter(|t| t.len() < 300).unwrap_or_default();
    (!framed).then(text)
}

/// Characters of an `<article>` that is a report and not the teaser of another one.
const REPORT: usize = 300;

/// True for what stands in the teaser of another report: a short `<article>` without the headline.
fn in_teaser(doc: &Document, id: NodeId, headline: Option<NodeId>) -> bool {
    let Some(article) = above(doc, id).find(|&n| doc.tag_name(n) == "article") else { return false };
    headline.is_some_and(|h| above(doc, h).all(|n| n != article)) && doc.text_content(article).chars().count() < REPORT
}

/// The first `<time>` that is about the article: not in the frame of the page, not called an update and, where it has to be the
/// page's `own`, not in the teaser of another one.
fn time_elements(doc: &Document, hints: &Hints<'_>, own: bool) -> Option<(Date, Option<String>)> {
    let mut all = Vec::new();
    let headline = doc.get_elements_by_tag_name(doc.root(), "h1").first().copied();
    let mut behind_headline = headline.is_none();
    // What stands around them is looked at once, however many there are.
    let mut around: HashMap<Option<NodeId>, Option<String>> = HashMap::new();
    for id in doc.get_elements_by_tag_name(doc.root(), "*") {
        behind_headline |= Some(id) == headline;
        if doc.tag_name(id) != "time" {
            continue;
        }
        if own && in_teaser(doc, id, headline) {
            continue;
        }
        let parent = doc.parent(id);
        let Some(near) = around.entry(parent).or_insert_with(|| text_around(doc, parent)) else { continue };
        let own = doc.text_content(id);
        let before = near.split(own.trim()).next().unwrap_or_default();
        let said = role_before(&lower(before));
        let named = lower(&doc.class_name(id));
        let updated =
            said == Some(DateRole::Updated) || named.contains("updat") || named.contains("modif") || named.contains("guncel");
        let Some(found) = doc.get_attribute(id, "datetime").and_then(|v| stamp(&v, hints)).or_else(|| stamp(&own, hints)) else {
            continue;
        };
        let sure = said == Some(DateRole::Published) || named.contains("publi");
        all.push((updated, !sure, !behind_headline, found));
    }
    all.into_iter().filter(|a| !a.0).min_by_key(|a| (a.1, a.2)).map(|a| a.3)
}

/// The last rank of a day that is called one.
const CALLED: u8 = 1;

/// The day that is shown near the headline: one that is called the day of publication, else one whose element is called a
/// date, else any that stands by itself; an update only where there is nothing else. With its rank.
fn shown(blocks: &[Block], hints: &Hints<'_>) -> Option<(u8, Written)> {
    let headline = blocks.iter().position(|b| b.tag == "h1").unwrap_or(0);
    let long =
        blocks.iter().skip(headline).position(|b| b.text.len() > 250 && !b.is_links()).map_or(blocks.len(), |i| headline + i);
    let mut best: Option<(u8, usize, Written)> = None;
    for (i, b) in blocks.iter().enumerate() {
        if b.text.chars().count() > 160 {
            continue;
        }
        let near = i + 6 >= headline && i <= (headline + 14).max(long + 2);
        for w in days_in(&b.text, hints.language, hints.order) {
            let alone = b.text.chars().count() <= 60;
            let rank = match w.role {
                Some(DateRole::Published) if near => u8::from(b.beside),
                Some(DateRole::Published) => 4,
                Some(DateRole::Updated) if near => 6,
                None if b.framed || !near => continue,
                None if b.beside => 5,
                None if b.marks.date => CALLED,
                None if alone => 2,
                None if i > headline => 3,
                _ => continue,
            };
            let distance = i.abs_diff(headline);
            if best.as_ref().is_none_or(|(r, d, _)| (rank, distance) < (*r, *d)) {
                best = Some((rank, distance, w));
            }
        }
    }
    best.map(|(rank, _, w)| (rank, w))
}

/// The day in an address: `/2024/05/03/`, `/2024-05-03-`, `/20240503/`, and in Persian `/1403/02/14/`.
fn in_address(url: &str, language: Option<&str>) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split(['?', '#']).next()?;
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let persian = tables().calendar_of_numbers(language).filter(|c| *c == Calendar::Persian);
    for w in numbers.windows(3) {
        if w[0].len() == 4 && (1..=2).contains(&w[1].len()) && (1..=2).contains(&w[2].len()) {
            let (y, m, d) = (w[0].parse().ok()?, w[1].parse().ok()?, w[2].parse().ok()?);
            let day = Calendar::Gregorian.civil(y, m, d).or_else(|| persian?.civil(y, m, d));
            // The three have to stand together.
            let together = ["/", "-", "_"].iter().any(|s| path.contains(&[w[0], w[1], w[2]].join(s)));
            if let Some(day) = day.filter(|_| together) {
                return Some(day);
            }
        }
    }
    numbers.iter().find_map(|n| {
        (n.len() == 8).then(|| Calendar::Gregorian.civil(n[..4].parse().ok()?, n[4..6].parse().ok()?, n[6..].parse().ok()?))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, tag: &str) -> String {
        match stamp(value, &Hints::new(Some(tag), None)) {
            Some((_, Some(time))) => time,
            Some((day, None)) => day.to_string(),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn stamps_keep_their_zone() {
        let cases = [
            ("2026-11-26T14:57:00+03:00", "2026-11-26T14:57:00+03:00"),
            ("2026-11-26T14:57+0300", "2026-11-26T14:57:00+03:00"),
            ("2026-11-26 14:57:12.123Z", "2026-11-26T14:57:12Z"),
            ("2026-11-26T25:61", "2026-11-26"),
            ("2026-11-26", "2026-11-26"),
            ("26.11.2026 14:57", "2026-11-26T14:57:00"),
            ("20261126", "2026-11-26"),
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("Fri, 10 Mar 2023 12:00:00 GMT", "2023-03-10T12:00:00"),
            ("0000-00-00 00:00:00", "-"),
            ("1970-01-01T00:00:00Z", "-"),
            ("yesterday", "-"),
        ];
        for (value, want) in cases {
            assert_eq!(read(value, "tr"), want, "{value}");
        }
        assert_eq!(read("03/04/2024", "en"), "-");
        assert_eq!(read("03/04/2024", "en-US"), "2024-03-04");
        assert_eq!(read("03/04/2024", "en-GB"), "2024-04-03");
    }

    #[test]
    fn days_in_addresses() {
        let day = |u: &str| in_address(u, Some("fa")).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(day("https://example.org/2024/05/03/zirve"), "2024-05-03");
        assert_eq!(day("https://example.org/haber-2024-05-03-1234"), "2024-05-03");
        assert_eq!(day("https://example.org/news/20240503/zirve-41234567"), "2024-05-03");
        assert_eq!(day("https://example.org/news/1403/02/14/zirve"), "2024-05-03");
        assert_eq!(in_address("https://example.org/news/1403/02/14/zirve", Some("ar")), None);
        assert_eq!(day("https://example.org/haber/41234567"), "");
        assert_eq!(day("https://example.org/2024/5-yeni-karar/12"), "");
    }
}
