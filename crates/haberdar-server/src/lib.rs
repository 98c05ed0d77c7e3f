//! The reading room: one store over HTTP, as JSON for programs and as pages for people.
//!
//! ```text
//! request --axum--> limits --> Ask --api|pages--> Answer --> headers (policy, ETag), packing
//! ```
//!
//! A request is answered by a plain function of the store ([`answer`]) that runs on a thread of its own, so that nothing here but
//! [`serve`] is asynchronous. The crate knows the store and the pure functions over records; reading new texts and asking the
//! world's tables are handed in as a [`Desk`]. Pages need no script; article text only ever becomes text.
#![forbid(unsafe_code)]

mod answer;
mod api;
mod cache;
mod chart;
mod decide;
mod derived;
mod desk;
mod labels;
mod listen;
mod openapi;
mod pages;
mod problem;
mod query;

pub use answer::{Answer, Ask, answer};
pub use desk::{Desk, Room, Settings};
pub use listen::{ServeError, router, serve};
