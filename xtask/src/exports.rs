//! Exports through readers that others made, which are Python packages: pandas, pyarrow, networkx, icalendar, feedparser, rdflib, geojson. They
//! are installed once, beside what is built; where Python or the packages are not to be had, it says so and is passed over.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{binary, target};

/// Reads every export of the samples.
pub(crate) fn read(root: &Path, release: bool) -> Result<(), String> {
    let folder = root.join("crates/haberdar/tests/readers");
    let Some(python) = python(root, &folder.join("requirements.txt")) else {
        println!("The exports were not read by programs of others: Python 3 or its packages are not to be had (no network?).");
        return Ok(());
    };
    let binary = binary(root, release)?;
    println!("Exports, read by programs of others:");
    let read = Command::new(python).arg(folder.join("read.py")).arg(binary).arg(root.join("examples/reports")).status();
    match read {
        Ok(s) if s.success() => Ok(()),
        Ok(_) => Err("some exports are not what their readers expect; they stand above".into()),
        Err(e) => Err(format!("cannot run Python: {e}")),
    }
}

/// Python with all that is required; made anew where the requirements have changed.
fn python(root: &Path, requirements: &Path) -> Option<PathBuf> {
    let place = target(root).join("readers");
    let bin = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let (python, stamp) = (place.join(bin), place.join("requirements.txt"));
    let wanted = fs::read(requirements).ok()?;
    if python.exists() && fs::read(&stamp).is_ok_and(|is| is == wanted) {
        return Some(python);
    }
    let runs = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let made = ["python3", "python"].iter().any(|p| runs(Command::new(p).args(["-m", "venv"]).arg(&place)));
    let pip =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "20"];
    if !made || !runs(Command::new(&python).args(pip).args(["--only-binary", ":all:", "-r"]).arg(requirements)) {
        return None;
    }
    fs::write(stamp, wanted).ok()?;
    Some(python)
}
