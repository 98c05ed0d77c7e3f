//! The rules of the repository that no compiler knows, as a test over the tracked files.

use std::{fs, path::Path, process::Command};

/// Files longer than this are hard to hold in one's head; split them by what they do.
const MAX_LINES: usize = 700;

/// Models are committed; a clone must stay quick.
const MAX_BYTES: u64 = 10_000_000;

/// Drawers that collect what has no place; name a module for what it does.
const DRAWERS: &[&str] = &["utils.rs", "util.rs", "helpers.rs", "misc.rs", "common.rs"];

/// Looks at every tracked file and says which rules it breaks, a line each.
pub(crate) fn check(root: &Path) -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    let files = tracked(root)?;
    for name in &files {
        let path = root.join(name);
        // A file that is deleted but not yet committed is no matter here.
        let Ok(meta) = fs::metadata(&path) else { continue };
        if meta.len() > MAX_BYTES {
            broken.push(format!("{name}: {} bytes, more than {MAX_BYTES}; a clone must stay quick", meta.len()));
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        check_text(name, &text, &mut broken);
    }
    // The fuzz targets are a workspace of their own, whose package has targets and no root.
    for name in files.iter().filter(|f| f.ends_with("Cargo.toml") && *f != "Cargo.toml" && !f.starts_with("fuzz/")) {
        check_crate(root, name, &mut broken);
    }
    Ok(broken)
}

/// The files that git tracks; without git (an unpacked archive) all files but those that are built.
fn tracked(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git").args(["-c", "safe.directory=*", "ls-files", "-z"]).current_dir(root).output();
    if let Some(output) = output.ok().filter(|o| o.status.success()) {
        let names = String::from_utf8_lossy(&output.stdout);
        return Ok(names.split('\0').filter(|n| !n.is_empty()).map(str::to_owned).collect());
    }
    let mut names = Vec::new();
    walk(root, "", &mut names).map_err(|e| format!("{}: {e}", root.display()))?;
    names.sort_unstable();
    Ok(names)
}

fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let file_name = entry.file_name();
        let name = format!("{prefix}{}", file_name.to_string_lossy());
        if entry.file_type()?.is_dir() {
            if ![".git", "target"].contains(&name.as_str()) {
                walk(&entry.path(), &format!("{name}/"), names)?;
            }
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn check_text(name: &str, text: &str, broken: &mut Vec<String>) {
    for (i, line) in text.lines().enumerate() {
        if let Some(found) = machine_path(line) {
            broken.push(format!("{name}:{}: {found} is a path of one machine; write it relative to the repository", i + 1));
        }
    }
    if !name.ends_with(".rs") {
        return;
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        broken.push(format!("{name}: {lines} lines, more than {MAX_LINES}; split it by what its parts do"));
    }
    if DRAWERS.iter().any(|d| name.rsplit('/').next() == Some(d)) {
        broken.push(format!("{name}: a drawer; name the module for what it does"));
    }
}

/// A path that exists on one machine only.
fn machine_path(line: &str) -> Option<String> {
    // Put together here, so that this file keeps its own rule.
    for folder in ["work", "home", "root", "Users", "tmp"] {
        let path = format!("/{folder}/");
        for (at, _) in line.match_indices(&path) {
            let before = line[..at].chars().next_back();
            if before.is_none_or(|c| !(c.is_alphanumeric() || "._-*)}/<:".contains(c))) {
                let rest: String = line[at..].chars().take_while(|c| !c.is_whitespace()).take(40).collect();
                return Some(rest);
            }
        }
    }
    None
}

/// Every crate tells its story at its root and keeps the lints of the workspace.
fn check_crate(root: &Path, manifest: &str, broken: &mut Vec<String>) {
    let folder = manifest.trim_end_matches("Cargo.toml");
    let text = fs::read_to_string(root.join(manifest)).unwrap_or_default();
    if !text.contains("[lints]\nworkspace = true") {
        broken.push(format!("{manifest}: does not take over the lints of the workspace ([lints] workspace = true)"));
    }
    let roots = ["src/lib.rs", "src/main.rs"].map(|r| format!("{folder}{r}"));
    let documented = |r: &String| fs::read_to_string(root.join(r)).ok().map(|t| t.trim_start().starts_with("//!"));
    let found: Vec<bool> = roots.iter().filter_map(documented).collect();
    if found.is_empty() || found.contains(&false) {
        broken.push(format!("{folder}: the crate's root does not open with its documentation (//!)"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_rules() {
        let broken = check(&crate::root()).expect("git");
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }

    #[test]
    fn an_unpacked_archive_is_walked() {
        let mut names = Vec::new();
        walk(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut names).expect("a folder");
        assert!(names.contains(&"src/tidy.rs".to_owned()), "{names:?}");
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        let path = |folder: &str| format!("see \"/{folder}/x/y\" for more");
        assert_eq!(machine_path(&path("work")), Some(format!("/{}/x/y\"", "work")));
        assert!(machine_path(&path("home")).is_some());
        // Put together here, so that this file names no such path itself.
        let inside = ["a", "work", "b"].join("/");
        let longer = format!("/{}shop/", "work");
        for fine in ["https://example.org/home/x", &inside, "crates/x/tmp/y", "work/", &longer] {
            assert_eq!(machine_path(fine), None, "{fine}");
        }
    }

    #[test]
    fn long_files_and_drawers_are_found() {
        let mut broken = Vec::new();
        check_text("crates/x/src/utils.rs", &"\n".repeat(MAX_LINES + 1), &mut broken);
        assert_eq!(broken.len(), 2);
    }
}
