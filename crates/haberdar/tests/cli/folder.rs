//! A folder with files in it, and the binary run there.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder; goes away at the end of the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A new folder with one file in it.
    pub(crate) fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = Folder::new();
        folder.file(name, content);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).expect("the file can be written");
        path
    }

    /// The binary with its arguments, started in this folder, with nothing of the tester's surroundings that matters.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haberdar"));
        command
            .args(args)
            .current_dir(self.path())
            .env("TMPDIR", self.path())
            .env("HABERDAR_WORLD", self.path().join("world"))
            .stdin(Stdio::null());
        for name in ["HABERDAR_TABLES", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RAYON_NUM_THREADS", "RUST_LOG"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Answer {
        Answer::new(args, self.command(args).output().expect("the binary starts"))
    }
}

/// What the binary printed and how it exited.
pub(crate) struct Answer {
    args: String,
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn new(args: &[&str], output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Answer { args: args.join(" "), code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The answer, which must have exited with `code`, without a panic.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "haberdar {}\n{}\n{}", self.args, self.out, self.err);
        assert!(!self.err.contains("panicked"), "haberdar {}: {}", self.args, self.err);
        self
    }

    /// One JSON value a line.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("haberdar {}: {e}: {l}", self.args))).collect()
    }

    /// The whole output as one JSON array.
    #[track_caller]
    pub(crate) fn array(&self) -> Vec<Value> {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("haberdar {}: {e}: {}", self.args, self.out))
    }

    /// Both streams hold no escape code.
    #[track_caller]
    pub(crate) fn is_plain(&self) {
        assert!(
            !self.out.contains('\u{1b}') && !self.err.contains('\u{1b}'),
            "haberdar {}: {:?} {:?}",
            self.args,
            self.out,
            self.err
        );
    }

    /// The complaint names the file or argument and has the words; data stays out of it.
    #[track_caller]
    pub(crate) fn complains(&self, words: &[&str]) {
        for w in words {
            assert!(self.err.contains(w), "haberdar {}: no {w:?} in {:?}", self.args, self.err);
        }
    }
}

/// A field of a JSON value as text; empty where it is null or no text.
pub(crate) fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The elements of an array field.
#[track_caller]
pub(crate) fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().unwrap_or_else(|| panic!("{field} is no array in {value}"))
}
