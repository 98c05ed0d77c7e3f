//! The reading room in a browser: what no test in Rust can see. It needs Node, npm and Chromium, and once a network; where one of them
//! is missing, it says so and is passed over.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use crate::binary;

/// Where Debian puts it; `CHROMIUM` names another place.
const CHROMIUM: &str = "/usr/bin/chromium";

/// The exit code with which the walk says that the browser does not start.
const NO_BROWSER: i32 = 3;

/// Walks through every view of the demo's record: in two languages, two looks and four widths, or, `brief`, in two of these.
pub(crate) fn walk(root: &Path, brief: bool) -> Result<(), String> {
    let folder = root.join("crates/haberdar-server/tests/browser");
    if let Some(missing) = missing() {
        return pass(&format!("{missing} is not there"));
    }
    if !folder.join("node_modules/playwright-core").exists() {
        let installed = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-timeout=20000", "--fetch-retries=1"])
            .current_dir(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !installed.is_ok_and(|s| s.success()) {
            return pass("npm cannot install what its package-lock.json names (no network?)");
        }
    }
    let binary = binary(root, false)?;
    let more: &[&str] = if brief { &["--brief"] } else { &[] };
    let status = Command::new("node").arg("walk.mjs").arg(&binary).args(more).current_dir(&folder).status();
    match status {
        Ok(s) if s.success() => Ok(()),
        Ok(s) if s.code() == Some(NO_BROWSER) => pass("the browser does not start"),
        Ok(_) => Err("the reading room has faults in the browser; they stand above".into()),
        Err(e) => Err(format!("cannot run node: {e}")),
    }
}

fn pass(why: &str) -> Result<(), String> {
    println!("The reading room was not tried in a browser: {why}.");
    Ok(())
}

/// The first program that is not there.
fn missing() -> Option<String> {
    let runs = |name: &str| {
        Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let chromium = env::var("CHROMIUM").unwrap_or_else(|_| CHROMIUM.to_owned());
    if !Path::new(&chromium).exists() {
        return Some(chromium);
    }
    ["node", "npm"].into_iter().find(|n| !runs(n)).map(str::to_owned)
}
