//! The project's own chores: `cargo xtask help` lists them.
//!
//! A chore is a function here and a line in [`HELP`]; there is nothing to install, and no dependency to build.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]

mod browser;
mod exports;
mod tidy;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

const HELP: &str = "\
Usage: cargo xtask CHORE

  test [ARGS]  the rules of the repository, then all tests (ARGS go to `cargo test --workspace`), then the exports through
               readers of others and a brief walk through the browser
  browser      the reading room in a browser, where node, npm and chromium are there
  exports      the exports through readers of others, where Python and its packages are to be had (--release: of the quick binary)
  tidy         the rules of the repository alone
  help         this list
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let result = match args.first().map(String::as_str) {
        Some("test") => test(&args[1..]),
        Some("tidy") => rules(),
        Some("exports") => exports::read(&root(), args[1..].iter().any(|a| a == "--release")),
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
        Ok(s) if s.success() => {
            // The binary that the tests were made of is there already.
            exports::read(&root(), args.iter().any(|a| a == "--release"))?;
            browser::walk(&root(), true)
        }
        Ok(_) => Err("some tests failed; their names stand above".into()),
        Err(e) => Err(format!("cannot run {}: {e}", cargo.display())),
    }
}

/// Where cargo puts what it builds.
fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |t| root.join(t))
}

/// The binary of the tests; it is built where it is not there yet.
fn binary(root: &Path, release: bool) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "-p", "haberdar"])
        .args(release.then_some("--release"))
        .current_dir(root)
        .status();
    if !built.is_ok_and(|s| s.success()) {
        return Err("cannot build the binary".into());
    }
    Ok(target(root).join(if release { "release" } else { "debug" }).join(format!("haberdar{}", env::consts::EXE_SUFFIX)))
}

fn rules() -> Result<(), String> {
    let broken = tidy::check(&root())?;
    if broken.is_empty() {
        return Ok(());
    }
    Err(format!("{} rules of the repository are broken:\n  {}", broken.len(), broken.join("\n  ")))
}
