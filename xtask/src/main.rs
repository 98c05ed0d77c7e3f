//! The project's own chores: `cargo xtask help` lists them.
//!
//! A chore is a function here and a line in [`HELP`]; there is nothing to install, and no dependency to build.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

mod browser;
mod tidy;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const HELP: &str = "\
Usage: cargo xtask CHORE

  test [ARGS]  the rules of the repository, then all tests (ARGS go to `cargo test --workspace`), then a brief walk through the browser
  browser      the reading room in a browser, where node, npm and chromium are there
  tidy         the rules of the repository alone
  help         this list
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let result = match args.first().map(String::as_str) {
        Some("test") => test(&args[1..]),
        Some("tidy") => rules(),
        Some("browser") => browser::walk(&root(), false),
        None | Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("there is no chore {other:?}; these there are:\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

fn test(args: &[String]) -> Result<(), String> {
    rules()?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo).args(["test", "--workspace"]).args(args).current_dir(root()).status();
    match status {
        Ok(s) if s.success() => browser::walk(&root(), true),
        Ok(_) => Err("some tests failed; their names stand above".into()),
        Err(e) => Err(format!("cannot run {}: {e}", cargo.display())),
    }
}

fn rules() -> Result<(), String> {
    let broken = tidy::check(&root())?;
    if broken.is_empty() {
        return Ok(());
    }
    Err(format!("{} rules of the repository are broken:\n  {}", broken.len(), broken.join("\n  ")))
}
