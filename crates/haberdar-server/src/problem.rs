//! What went wrong, as RFC 9457 wants it (`application/problem+json`).

use haberdar_store::StoreError;
use serde_json::json;

use crate::Answer;

/// An error for the one who asked.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn bad(detail: impl Into<String>) -> Problem {
        Problem { status: 400, title: "The request cannot be understood", detail: detail.into() }
    }

    pub(crate) fn missing(what: &str, id: &str) -> Problem {
        let id: String = id.chars().take(80).collect();
        Problem {
            status: 404,
            title: "There is no such thing",
            detail: format!("no {what} with the id {id:?}; ids are listed by /api/v1"),
        }
    }

    pub(crate) fn answer(&self) -> Answer {
        let body = json!({"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail});
        Answer::new(self.status, "application/problem+json", body.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(e: StoreError) -> Problem {
        match e {
            StoreError::Query { .. } => Problem::bad(e.to_string()),
            _ => Problem { status: 503, title: "The store cannot be read", detail: e.to_string() },
        }
    }
}
