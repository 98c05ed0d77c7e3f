//! The program as its users meet it: every test runs the real binary in a folder of its own and looks at what it prints,
//! where it prints it, and how it exits.
//!
//! * [`contract`]: the JSON of `read` and `parse`, field by field and span by span.
//! * [`reports`]: two reports that disagree become one record, in Turkish and in English.
//! * [`answers`]: `who`, `explain`, `demo`, the formats of the queries.
//! * [`ledger`]: promises and their fate, dyads, the balance of the network.
//! * [`decisions`]: people decide about rows, and compare two records.
//! * [`docs`]: the documentation is true.
//! * [`search`]: words, phrases and the filters, which are the same for every query.
//! * [`dossier`]: the page, its citations, and the score of annotated sentences.
//! * [`exports`]: events for other tools, through their own readers.
//! * [`hostile`]: inputs that were made to take all memory or all day.
//! * [`inputs`]: everything that can be wrong with an input.
//! * [`sources`]: what became of each input.
//! * [`resume`]: runs that were stopped, over folders and archives.
//! * [`follow`]: feeds, against a server of the test.
//! * [`upkeep`]: checking, compacting and merging records; watches.
//! * [`world`]: the tables of who is who, and the user's own.
//! * [`lexicon`]: the frames, searched and checked.
//! * [`manners`]: pipes, colours, threads.
//! * [`safety`]: being killed at random, full disks, files that are not ours.

/// Every command, as `--help` and the README list them.
const COMMANDS: &[&str] = &[
    "read",
    "extract",
    "parse",
    "add",
    "follow",
    "search",
    "events",
    "quotes",
    "stories",
    "conflicts",
    "promises",
    "resolve",
    "accept",
    "reject",
    "amend",
    "decisions",
    "diff",
    "dyad",
    "balance",
    "export",
    "dossier",
    "eval",
    "watch",
    "check",
    "compact",
    "merge",
    "who",
    "world",
    "lexicon",
    "explain",
    "demo",
];

mod answers;
mod contract;
mod decisions;
mod docs;
mod dossier;
mod exports;
mod folder;
mod follow;
mod hostile;
mod inputs;
mod ledger;
mod lexicon;
mod manners;
mod reports;
mod resume;
mod safety;
mod search;
mod sources;
mod upkeep;
mod world;
