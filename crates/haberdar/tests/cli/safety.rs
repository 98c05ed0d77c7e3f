//! Being killed at any moment, full disks, places that may not be written, files that are not ours: what was stored stays, and what
//! cannot be done is said.

use std::{
    collections::BTreeMap,
    env, fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::folder::{Answer, Folder};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");

/// Times that `add` is killed; `HABERDAR_KILLS` says another number.
const KILLS: usize = 5;

/// A small generator of numbers; the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n.max(1)
    }
}

/// A folder of files of several kinds, so that there are several transactions to be killed in.
fn articles(folder: &Folder) {
    fs::create_dir(folder.path().join("in")).expect("room");
    for part in 0..4 {
        let mut rows = String::new();
        for i in 0..60 {
            let n = part * 60 + i;
            let day = 1 + n % 28;
            rows += &format!(
                "{{\"id\": {n}, \"published\": \"2024-02-{day:02}\", \"publisher\": \"Gazete {}\", \"lang\": \"tr\", \"text\": \
                 \"Fransa Cumhurbaşkanı, {n} kişilik heyetle Almanya'ya gitti. Bakan, “{n} sayfalık anlaşmayı imzaladık” dedi.\"}}\n",
                n % 7
            );
        }
        folder.file(&format!("in/rows{part}.jsonl"), rows);
        folder.file(&format!("in/report{part}.txt"), format!("Türkiye Dışişleri Bakanı {part} saat Atina'da görüştü."));
    }
}

/// All that a store answers.
fn content(folder: &Folder, store: &str) -> Vec<String> {
    ["events", "quotes", "stories", "conflicts", "promises"]
        .map(|what| folder.run(&[what, "--store", store, "--format", "jsonl"]).exits(0).out)
        .into()
}

#[test]
fn killed_at_random_it_loses_and_doubles_nothing() {
    let folder = Folder::new();
    articles(&folder);
    fn add(store: &str) -> [&str; 5] {
        ["add", "in", SAMPLES, "--store", store]
    }
    let begun = Instant::now();
    folder.run(&add("whole.db")).exits(0);
    let (took, whole) = (begun.elapsed().as_micros() as u64, content(&folder, "whole.db"));
    assert!(whole.iter().all(|w| !w.is_empty()), "there is something to be lost");
    let wanted = env::var("HABERDAR_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let (mut dice, mut kills, mut round) = (Dice(0x4861_6272), 0, 0);
    while kills < wanted {
        round += 1;
        let store = format!("{round}.db");
        // Killed at most five times in a row, for each time less is left to be done; then on to the end.
        for _ in 0..5 {
            let mut child = folder.command(&add(&store)).stderr(Stdio::null()).spawn().expect("the binary starts");
            thread::sleep(Duration::from_micros(dice.below(took)));
            if child.try_wait().expect("a process").is_some() {
                break;
            }
            // SIGKILL: nothing is put in order.
            child.kill().expect("a process");
            child.wait().expect("a process");
            kills += 1;
            let checked = folder.run(&["check", "--store", &store, "--format", "jsonl"]);
            // There may be no store yet, or articles that wait for the next run; nothing else may be wrong.
            let none = checked.err.contains("there is no store");
            let fine = |line: &str| line.contains("that the record does not know yet");
            assert!(none || checked.out.lines().all(fine), "killed {kills} times: {}{}", checked.out, checked.err);
        }
        folder.run(&add(&store)).exits(0);
        folder.run(&["check", "--store", &store]).exits(0);
        assert!(content(&folder, &store) == whole, "the record of {store} depends on where it was killed ({kills} times)");
        let last = folder.run(&add(&store)).exits(0);
        last.complains(&["0 new articles", " 0 failed"]);
        assert!(content(&folder, &store) == whole, "adding again changes {store}");
    }
}

/// Every file in a folder with its bytes.
fn files(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(at).expect("a folder").map(|e| e.expect("an entry"));
    entries
        .filter(|e| e.path().is_file())
        .map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).expect("a file")))
        .collect()
}

#[test]
fn what_is_not_ours_is_not_touched_by_any_command() {
    let folder = Folder::with("good.txt", "Fransa Dışişleri Bakanı Berlin'de Alman mevkidaşıyla görüştü.");
    folder.run(&["add", "good.txt", "--store", "ours.db"]).exits(0);
    fs::copy(folder.path().join("ours.db"), folder.path().join("newer.db")).expect("room");
    let sql =
        |name: &str, sql: &str| Connection::open(folder.path().join(name)).and_then(|db| db.execute_batch(sql)).expect("SQL");
    sql("newer.db", "PRAGMA user_version = 99; PRAGMA journal_mode = DELETE");
    sql("shop.db", "CREATE TABLE shop (x); INSERT INTO shop VALUES (1)");
    folder.file("notes.db", "these are no tables, but some notes of mine");
    let before = files(folder.path());
    for (store, words) in [("newer.db", "newer version"), ("shop.db", "another program"), ("notes.db", "not an SQLite file")] {
        for args in [
            &["add", "good.txt"][..],
            &["events"],
            &["search", "bakan"],
            &["export", "--format", "csv", "-o", "-"],
            &["dossier", "FRA", "DEU", "-o", "page.html"],
            &["check"],
            &["compact"],
            &["watch", "add", "w"],
            &["accept", "b3:1", "--because", "so"],
        ] {
            let args = [args, &["--store", store]].concat();
            let answer = folder.run(&args).exits(1);
            answer.complains(&[store, words]);
            assert!(answer.out.is_empty() && answer.err.lines().count() == 1, "{args:?}: {}{}", answer.out, answer.err);
        }
        folder.run(&["merge", "ours.db", store]).exits(1).complains(&[store, words]);
        folder.run(&["merge", store, "ours.db"]).exits(1).complains(&[store, words]);
    }
    let after = files(folder.path());
    let names = |f: &BTreeMap<String, Vec<u8>>| f.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before), "nothing is made beside them");
    for name in ["newer.db", "shop.db", "notes.db"] {
        assert!(after[name] == before[name], "{name} was changed");
    }
}

/// Runs the binary in a mount namespace of its own, where `before` has changed what `disk` is; `None` where the system does not let us (it wants
/// Linux, root and unshare).
fn in_namespace(folder: &Folder, before: &str, args: &[&str]) -> Option<Answer> {
    let script = format!("set -e; {before}; touch ok; exec \"$0\" \"$@\"");
    let _ = fs::remove_file(folder.path().join("ok"));
    let plain = folder.command(args);
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", &script]).arg(plain.get_program()).args(args).current_dir(folder.path()).stdin(Stdio::null());
    for (key, value) in plain.get_envs() {
        match value {
            Some(v) => command.env(key, v),
            None => command.env_remove(key),
        };
    }
    let output = command.output().ok().filter(|_| folder.path().join("ok").exists())?;
    Some(Answer::new(args, output))
}

#[allow(clippy::print_stdout, reason = "a test that is passed over says why")]
fn passed_over(why: &str) {
    println!("Passed over: {why}.");
}

#[test]
fn a_full_disk_is_said_to_be_full() {
    let folder = Folder::new();
    articles(&folder);
    fs::create_dir(folder.path().join("disk")).expect("room");
    // The first files fit, the others do not; what was stored is carried to where it can be looked at, as a full disk goes away with
    // its namespace.
    let small = "mount -t tmpfs -o size=900k tmpfs disk";
    let add = |store: &'static str| ["add", "in", "--store", store];
    let Some(answer) = in_namespace(&folder, small, &add("disk/s.db")) else {
        return passed_over("there is no small disk to fill, for which Linux, root and unshare are needed");
    };
    let answer = answer.exits(1);
    answer.complains(&["disk/s.db: the disk is full; make room and try again; what was stored before is safe"]);
    assert_eq!(answer.err.lines().count(), 1, "{}", answer.err);
    // A store that has content already loses none of it.
    folder.run(&["add", "in/report0.txt", "in/rows0.jsonl", "--store", "s.db"]).exits(0);
    let before = content(&folder, "s.db");
    let size = fs::metadata(folder.path().join("s.db")).expect("the store").len() / 1024 + 100;
    let full = format!(
        "mount -t tmpfs -o size={size}k tmpfs disk; cp s.db disk/s.db; ! \"$0\" add in --store disk/s.db 2> said; cp disk/s.db* ."
    );
    in_namespace(&folder, &full, &["--version"]).expect("it went a moment ago").exits(0);
    let said = fs::read_to_string(folder.path().join("said")).expect("what it said");
    let faults: Vec<&str> = said.lines().filter(|l| !l.contains("from an earlier run")).collect();
    assert!(matches!(faults[..], [one] if one.contains("disk/s.db: the disk is full")), "{said}");
    folder.run(&["check", "--store", "s.db"]).exits(0);
    for (was, is) in before.iter().zip(content(&folder, "s.db")) {
        assert!(is.lines().count() >= was.lines().count(), "nothing is lost");
    }
    // With room, the next run goes on.
    folder.run(&add("s.db")).exits(0);
    folder.run(&add("whole.db")).exits(0);
    assert!(content(&folder, "s.db") == content(&folder, "whole.db"), "the disk was full once, and it shows");
}

#[test]
fn a_file_that_may_not_grow_is_told() {
    let folder = Folder::new();
    articles(&folder);
    folder.run(&["add", "in/report0.txt", "--store", "s.db"]).exits(0);
    let before = content(&folder, "s.db");
    // Blocks of 512 bytes in most shells; the signal that comes with the limit would end the process without a word.
    let script = "trap '' XFSZ 2> limits; ulimit -f 900 2>> limits || exit 77; exec \"$0\" \"$@\"";
    let args = ["add", "in", "--store", "s.db"];
    let plain = folder.command(&args);
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(plain.get_program()).args(args).current_dir(folder.path()).stdin(Stdio::null());
    let Ok(output) = command.output() else { return passed_over("there is no sh") };
    if output.status.code() == Some(77) {
        return passed_over("the shell sets no limits");
    }
    let answer = Answer::new(&args, output).exits(1);
    answer.complains(&["s.db: ", "what was stored before is safe"]);
    assert_eq!(answer.err.lines().count(), 1, "{}", answer.err);
    folder.run(&["check", "--store", "s.db"]).exits(0);
    for (was, is) in before.iter().zip(content(&folder, "s.db")) {
        assert!(is.lines().count() >= was.lines().count(), "nothing is lost");
    }
}

#[test]
fn a_folder_that_may_not_be_written() {
    let folder = Folder::with("good.txt", "Fransa Dışişleri Bakanı Berlin'de Alman mevkidaşıyla görüştü.");
    fs::create_dir(folder.path().join("disk")).expect("room");
    folder.run(&["add", "good.txt", "--store", "disk/s.db"]).exits(0);
    let events = folder.run(&["events", "--store", "disk/s.db"]).exits(0).out;
    let before = files(&folder.path().join("disk"));
    // Root may write everywhere but where nobody may.
    let closed = "mount --bind disk disk; mount -o remount,bind,ro disk";
    for (args, code) in [
        (&["add", "good.txt", "--store", "disk/new.db"][..], 1),
        (&["add", "good.txt", "--store", "disk/s.db"], 1),
        (&["compact", "--store", "disk/s.db"], 1),
        (&["events", "--store", "disk/s.db"], 0),
        (&["check", "--store", "disk/s.db"], 0),
    ] {
        let Some(answer) = in_namespace(&folder, closed, args) else {
            return passed_over("there is no folder that root may not write, for which Linux and unshare are needed");
        };
        let answer = answer.exits(code);
        if code == 1 {
            answer.complains(&["disk/", "cannot be written; check the permissions of the file and of its folder"]);
            assert!(answer.out.is_empty() && answer.err.lines().count() == 1, "{args:?}: {}{}", answer.out, answer.err);
        } else if args[0] == "events" {
            assert_eq!(answer.out, events);
        }
        assert!(files(&folder.path().join("disk")) == before, "{args:?} changed the folder");
    }
}
