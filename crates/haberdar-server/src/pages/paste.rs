//! Paste a text, see its reading.

use maud::{Markup, html};
use serde_json::json;

use super::{article, layout::page};
use crate::{Answer, Room, answer::Look, api, labels::label, problem::Problem, query::Query};

fn fields(look: &Look, text: &str, published: &str) -> Markup {
    let t = |k| label(look.lang, k);
    html! {
        form.paste method="post" action="/paste" {
            label { span { (t("paste_here")) } textarea name="text" rows="9" required { (text) } }
            label { span { (t("published")) } input name="published" value=(published) size="12" placeholder="2024-03-01"; }
            button { (t("read_now")) }
            p.meta { (t("not_kept")) }
        }
    }
}

pub(super) fn form(look: &Look) -> Answer {
    let title = label(look.lang, "paste");
    page(look, title, &html! { h1 { (title) } (fields(look, "", "")) })
}

/// The answer to the form.
pub(crate) fn paste(room: &Room, look: &Look, body: &[u8]) -> Result<Answer, Problem> {
    let body = std::str::from_utf8(body).map_err(|_| Problem::bad("the form is no UTF-8"))?;
    let sent = Query::parse(body);
    let (text, published) = (sent.get("text").unwrap_or_default(), sent.get("published").unwrap_or_default());
    let asked = api::made(json!({"text": text.replace("\r\n", "\n"), "published": published}))?;
    let reading = room.desk.read(&asked).map_err(|e| Problem { status: 422, title: "The text cannot be read", detail: e })?;
    let title = label(look.lang, "paste");
    Ok(page(
        look,
        title,
        &html! {
            h1 { (title) }
            div.reading {
                div.text dir="auto" { (article::text(&asked.text, &reading)) }
                (article::side(look, &reading))
            }
            (fields(look, text, published))
        },
    ))
}
