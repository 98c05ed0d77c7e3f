//! `lexicon`: the frames are found by their words, and a fault in them is named with its line.

use crate::folder::{Folder, text};

#[test]
fn frames_are_found_by_rule_mode_code_and_example() {
    let folder = Folder::new();
    let rows = folder.run(&["lexicon", "search", "ABLUKA", "kaldır", "--lang", "tr", "--format", "json"]).exits(0).array();
    assert!(!rows.is_empty() && rows.iter().all(|r| text(r, "/language") == "tr"), "{rows:?}");
    assert!(rows.iter().any(|r| text(r, "/type") == "RETREAT" && text(r, "/rule").contains("abluka")), "{rows:?}");
    let visits = folder.run(&["lexicon", "search", "042", "--type", "CONSULT", "--format", "csv"]).exits(0).out;
    assert!(visits.lines().count() > 20 && visits.lines().skip(1).all(|l| l.contains("CONSULT")), "{visits}");
    let few = folder.run(&["lexicon", "search", "--limit", "3", "--format", "jsonl"]).exits(0);
    assert_eq!(few.out.lines().count(), 3);
    assert!(few.err.contains("3 of "), "{}", few.err);
    let none = folder.run(&["lexicon", "search", "xyzzy"]).exits(0).out;
    assert!(none.contains("no frame has these words"), "{none}");
}

#[test]
fn a_fault_is_named_with_its_line_and_fails() {
    let folder = Folder::new();
    let english = "v:send obj=aid R:to\t-\t070\t[Oslo]A sent aid to [Kyiv]R.\n";
    let write = |file: &str, content: &str| {
        std::fs::create_dir_all(folder.path().join(file).parent().expect("a folder")).expect("folders");
        folder.file(file, content);
    };
    write("tables/tr/frames/aid.tsv", "# AID\nv:gönder nom=yardım R:dat\t-\t070\t[Oslo]A, [Kiev]R'e yardım gönderdi.\n");
    write("tables/en/frames/aid.tsv", english);
    folder.run(&["lexicon", "check", "--tables", "tables"]).exits(0);
    write("tables/en/frames/aid.tsv", &format!("{english}v:give obj=@nosuch\t-\t070\tx\n"));
    let bad = folder.run(&["lexicon", "check", "--tables", "tables", "--format", "csv"]).exits(1).out;
    assert!(bad.contains("en/frames/aid.tsv:2") && bad.contains("@nosuch"), "{bad}");
    folder.run(&["lexicon", "check", "--tables", "nowhere"]).exits(1).complains(&["nowhere", "data/lang"]);
}
