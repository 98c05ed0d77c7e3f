//! The interface described for programs (OpenAPI 3.1), made from the same tables that requests are read with.

use haberdar_model::{
    Reading,
    record::{Conflict, MergedEvent, Story, StoryArticle},
};
use haberdar_reconcile::{Commitment, Dyad, Network};
use haberdar_store::{Counts, Hits, QuoteRow};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    derived::{DyadRow, StateRow},
    query::FILTERS,
};

/// Lists under `/api/v1`: name, whether one row can be asked for by id, what it is.
pub(crate) const LISTS: &[(&str, bool, &str)] = &[
    ("articles", true, "Articles; one by its id as the whole reading with its text"),
    ("events", true, "Merged events"),
    ("quotes", false, "Quotations"),
    ("stories", true, "Stories"),
    ("conflicts", true, "Conflicts"),
    ("promises", false, "Commitments and what became of them (besides the filters: on, fate)"),
    ("dyads", true, "Pairs of states by the number of their acts; one by RUS:PRK with its months and newest acts"),
    ("states", false, "States and bodies by the acts they take part in, with cooperation and conflict"),
    ("balance", false, "The signed network of states and its triads (besides the filters: by=month|year)"),
    ("who", false, "Who held an office, or which offices a person held (q, on)"),
    ("search", false, "Articles, events and quotations by the words of `text`"),
    ("counts", false, "How much the record holds"),
];

/// The shapes of answers; what they have in common stands once, among the components.
struct Shapes(SchemaGenerator);

impl Shapes {
    fn new() -> Shapes {
        let settings = SchemaSettings::draft2020_12().for_serialize();
        Shapes(settings.with(|s| s.definitions_path = "/components/schemas".into()).into_generator())
    }

    fn of<T: JsonSchema>(&mut self) -> Value {
        self.0.subschema_for::<T>().to_value()
    }

    /// A page of rows.
    fn page(&mut self, row: Value) -> Value {
        json!({"type": "object", "required": ["rows", "next"], "properties": {
            "rows": {"type": "array", "items": row},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page"}}})
    }

    /// What a list answers with.
    fn list(&mut self, name: &str) -> Value {
        let row = match name {
            "articles" => self.of::<StoryArticle>(),
            "events" => self.of::<MergedEvent>(),
            "quotes" => self.of::<QuoteRow>(),
            "stories" => self.of::<Story>(),
            "conflicts" => self.of::<Conflict>(),
            "promises" => self.of::<Commitment>(),
            "dyads" => self.of::<DyadRow>(),
            "states" => self.of::<StateRow>(),
            "balance" => self.of::<Network>(),
            "search" => return self.of::<Hits>(),
            "counts" => return self.of::<Counts>(),
            _ => json!({"type": "object"}),
        };
        self.page(row)
    }

    /// What one row is answered with.
    fn one(&mut self, name: &str) -> Value {
        match name {
            "articles" => self.of::<Reading>(),
            "events" => self.of::<MergedEvent>(),
            "stories" => self.of::<Story>(),
            "conflicts" => self.of::<Conflict>(),
            _ => {
                let (dyad, event) = (self.of::<Dyad>(), self.of::<MergedEvent>());
                json!({"type": "object", "required": ["dyad", "newest"],
                    "properties": {"dyad": dyad, "newest": {"type": "array", "items": event}}})
            }
        }
    }
}

/// The document.
pub(crate) fn document() -> Value {
    let mut shapes = Shapes::new();
    let parameter = |name: &str, number: bool, about: &str, place: &str| {
        let kind = if number { "number" } else { "string" };
        json!({"name": name, "in": place, "required": place == "path", "description": about, "schema": {"type": kind}})
    };
    let mut filters: Vec<Value> = FILTERS.iter().map(|(n, number, about)| parameter(n, *number, about, "query")).collect();
    filters.push(parameter("limit", true, "Rows of a page, 1 to 500", "query"));
    filters.push(parameter("cursor", false, "`next` of the last answer", "query"));
    let problem = json!({"description": "What is wrong, in words", "content": {"application/problem+json": {"schema": {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}
    }}}});
    let json_answer =
        |about: &str, schema: Value| json!({"description": about, "content": {"application/json": {"schema": schema}}});
    // Every list is a table as well.
    let list_answer = |about: &str, schema: Value| json!({"description": about, "content": {"application/json": {"schema": schema}, "text/csv": {"schema": {"type": "string"}}}});
    let mut paths = Map::new();
    for (name, by_id, about) in LISTS {
        let mut parameters = filters.clone();
        match *name {
            "who" => parameters.push(json!({"name": "q", "in": "query", "required": true, "description": "An office or a name",
                "schema": {"type": "string"}})),
            "promises" => parameters.push(parameter("fate", false, "open, fulfilled, contradicted, overdue", "query")),
            "balance" => parameters.push(parameter("by", false, "month or year", "query")),
            _ => {}
        }
        if matches!(*name, "who" | "promises") {
            parameters.push(parameter("on", false, "The day of the question", "query"));
        }
        paths.insert(
            format!("/api/v1/{name}"),
            json!({"get": {"summary": about, "operationId": name, "parameters": parameters,
                "responses": {"200": list_answer(about, shapes.list(name)), "400": problem, "429": problem, "503": problem}}}),
        );
        if *by_id {
            let mut parameters = vec![parameter("id", false, "Id of the row", "path")];
            parameters.extend(filters.iter().filter(|_| *name == "dyads").cloned());
            paths.insert(
                format!("/api/v1/{name}/{{id}}"),
                json!({"get": {"summary": about, "operationId": format!("{name}_one"), "parameters": parameters,
                    "responses": {"200": json_answer(about, shapes.one(name)), "400": problem, "404": problem, "429": problem, "503": problem}}}),
            );
        }
    }
    let article = json!({"required": true, "content": {"application/json": {"schema": {
        "type": "object", "required": ["text"],
        "properties": {"text": {"type": "string"}, "title": {"type": "string"}, "lang": {"type": "string", "enum": ["tr", "en", "auto"]},
            "published": {"type": "string"}, "publisher": {"type": "string"}, "url": {"type": "string"}, "id": {"type": "string"}}
    }}, "text/plain": {"schema": {"type": "string"}}}});
    paths.insert("/api/v1/read".to_owned(), json!({"post": {"summary": "Read one text without keeping it", "operationId": "read",
        "requestBody": article, "responses": {"200": json_answer("haberdar.reading/1", shapes.of::<Reading>()), "400": problem, "413": problem, "422": problem,
            "429": problem, "503": problem}}}));
    if let Some(list) = paths.get_mut("/api/v1/articles").and_then(Value::as_object_mut) {
        list.insert("post".to_owned(), json!({"summary": "Add articles, an object a line", "operationId": "add",
            "security": [{"token": []}], "requestBody": article,
            "responses": {"201": json_answer("How many were new", json!({"type": "object"})), "400": problem, "401": problem, "403": problem, "413": problem,
                "422": problem, "429": problem, "503": problem}}));
    }
    let decision = json!({"required": true, "content": {"application/json": {"schema": {
        "type": "object", "required": ["value", "because", "by"],
        "properties": {"value": {"type": "string", "minLength": 1}, "because": {"type": "string", "minLength": 1}, "by": {"type": "string", "minLength": 1}}
    }}}});
    paths.insert("/api/v1/conflicts/{id}/resolve".to_owned(), json!({"post": {"summary": "Say which value of a conflict holds", "operationId": "resolve",
        "security": [{"token": []}], "parameters": [parameter("id", false, "Id of the conflict", "path")], "requestBody": decision,
        "responses": {"200": json_answer("The conflict as it stands now", shapes.of::<Conflict>()), "400": problem, "401": problem, "403": problem,
            "404": problem, "413": problem, "429": problem, "503": problem}}}));
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Haberdar", "version": env!("CARGO_PKG_VERSION"), "license": {"name": "MIT OR Apache-2.0"},
            "description": "An auditable record of what reports on international affairs say. Lists come as {rows, next}; with the suffix .csv or Accept: text/csv every list comes as CSV."},
        "paths": paths,
        "components": {"schemas": shapes.0.take_definitions(true), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
    })
}
