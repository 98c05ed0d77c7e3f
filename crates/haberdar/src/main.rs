//! `haberdar`: reads reports on international affairs in their own language and keeps an auditable record of them.
//!
//! This crate composes the others and talks to people: arguments in [`cli`], one module a command, tables in [`output`],
//! the user's own tables of the world in [`tables`].
//! Data goes to stdout, talk to stderr; a broken pipe is success; the exit code is 1 where some input failed and 2 where
//! the command line is wrong.
#![forbid(unsafe_code)]
#![allow(clippy::print_stderr, reason = "a program for people at a terminal")]

mod cli;
mod commands;
mod engine;
mod output;
mod shelf;
mod tables;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) if output::is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("haberdar: {e:#}");
            ExitCode::FAILURE
        }
    }
}
