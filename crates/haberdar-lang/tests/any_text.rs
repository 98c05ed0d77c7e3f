//! What holds of the analysis of any text at all: nothing is lost, nothing overlaps, every sentence is a tree.

use haberdar_lang::{Analysis, Analyzer, Sentence, sentences::LONGEST, tokenize::is_space};
use haberdar_model::Language;
use proptest::{collection::vec, prelude::*, sample::select};

/// What texts trip over: marks without a letter, joined emoji, other directions and scripts, characters that cannot be
/// seen, apostrophes with nothing at their side, halves of addresses and numbers, endings that are cut off.
const FRAGMENTS: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffd}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{a0}",
    "\u{3000}",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "  \n ",
    "\u{301}",
    "e\u{301}",
    "i\u{307}",
    "I\u{307}",
    "İ",
    "ı",
    "\u{307}",
    "\u{fe0f}",
    "ﬁ",
    "ß",
    "ŉ",
    "ǅ",
    "ΐ",
    "👩‍👩‍👧‍👦",
    "🇹🇷",
    "🏳️‍🌈",
    "👍🏽",
    "☃️",
    "𝔘",
    "שלום",
    "مرحبا",
    "עברית‏",
    "中国的外长",
    "ภาษาไทย",
    "नमस्ते",
    "'",
    "’",
    "‘",
    "`",
    "''",
    "'s",
    "’un",
    "'\u{301}",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "&amp;",
    ".",
    "..",
    "...",
    "…",
    "?!",
    "-",
    "--",
    "—",
    "/",
    "//",
    "\\",
    "@",
    "#",
    "_",
    "|",
    "=",
    "~",
    "*",
    "%",
    "$",
    "€",
    ",",
    ":",
    "http://",
    "www.",
    "a@b.",
    "x.y.z",
    "1.",
    "3.000,5",
    "1/2",
    "10:30",
    "-5",
    "1e9",
    "²",
    "½",
    "Ⅳ",
    "٣",
    "U.S.",
    "T.C.",
    "Dr.",
    "don't",
    "can’t",
    "cannot",
    "gonna",
    "evdeki",
    "Masadaki",
    "gitmişti",
    "yayımlanmıştı",
    "NATO'nun",
    "Ankara’da",
    "İstanbul",
    "kelime",
    "word",
    "A",
    "BAKAN",
    "x",
    "ğ",
];

/// A piece of text: a fragment, anything that can be printed, or any characters.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(FRAGMENTS).prop_map(str::to_owned),
        1 => "\\PC{1,12}",
        1 => vec(any::<char>(), 1..8).prop_map(String::from_iter),
        1 => "[a-zçğıöşüâîû'’.-]{1,16}",
    ]
}

/// A text of pieces, some of them many times in a row, with or without blanks between them.
fn text() -> impl Strategy<Value = String> {
    let run = prop_oneof![8 => (piece(), Just(1usize)), 1 => (piece(), 2..300usize)];
    vec((run, select(&["", "", " ", " ", "\n"][..])), 0..24).prop_map(|pieces| {
        let mut text = String::new();
        for ((piece, times), behind) in pieces {
            text.extend(std::iter::repeat_n(piece, times));
            text.push_str(behind);
        }
        text
    })
}

/// Token spans are in the text and on the borders of characters, in order, apart, and leave out white space alone.
fn tiles(a: &Analysis<'_>) -> Result<(), TestCaseError> {
    let mut last = 0;
    for s in &a.sentences {
        prop_assert!(!s.words.is_empty(), "a sentence without words");
        prop_assert_eq!(s.start, s.words[0].span().start);
        prop_assert_eq!(s.end, s.words[s.words.len() - 1].span().end);
        for w in s.words.iter().filter(|w| w.part < 2) {
            let span = w.span();
            prop_assert!(span.start >= last && span.end > span.start, "words overlap or are empty: {:?}", span);
            let between = a.text.get(last..span.start);
            prop_assert!(between.is_some_and(|t| t.chars().all(is_space)), "lost: {:?}", between);
            let token = a.text.get(span.clone());
            prop_assert!(token.is_some_and(|t| !t.contains(is_space)), "white space in {:?}", token);
            last = span.end;
        }
    }
    let rest = a.text.get(last..);
    prop_assert!(rest.is_some_and(|t| t.chars().all(is_space)), "lost: {:?}", rest);
    Ok(())
}

/// The parts of a token are numbered, follow each other and are the token when put together.
fn parts_make_the_token(a: &Analysis<'_>) -> Result<(), TestCaseError> {
    for s in &a.sentences {
        let mut i = 0;
        while i < s.words.len() {
            let span = s.words[i].span();
            let parts = s.words[i..].iter().take_while(|w| w.span() == span).count();
            let mut at = span.start;
            for (k, w) in s.words[i..i + parts].iter().enumerate() {
                prop_assert_eq!(w.part as usize, if parts == 1 { 0 } else { k + 1 });
                prop_assert_eq!(w.part_span().start, at);
                prop_assert_eq!(a.text.get(w.part_span()), Some(w.form()));
                prop_assert!(!w.form().is_empty() && !w.lemma().is_empty(), "an empty word: {:?}", w);
                at = w.part_span().end;
            }
            prop_assert_eq!(at, span.end);
            i += parts;
        }
    }
    Ok(())
}

/// One root, from which every word can be reached; only the root has the root's relation.
fn is_tree(s: &Sentence<'_>) -> Result<(), TestCaseError> {
    let n = s.words.len();
    let root = s.root();
    prop_assert_eq!(s.words.iter().filter(|w| w.head.is_none()).count(), 1);
    prop_assert!(s.words.iter().all(|w| w.head.is_none() == (w.deprel.as_str() == "root")));
    prop_assert!(s.words.iter().all(|w| w.head.is_none_or(|h| (h as usize) < n)));
    let mut children = vec![Vec::new(); n];
    for (i, w) in s.words.iter().enumerate() {
        if let Some(h) = w.head {
            children[h as usize].push(i);
        }
    }
    let mut reached: Vec<usize> = root.into_iter().collect();
    let mut k = 0;
    while k < reached.len() {
        reached.extend(&children[reached[k]]);
        k += 1;
    }
    prop_assert_eq!(reached.len(), n, "a cycle");
    Ok(())
}

/// Ten columns a line, and the forms, lemmas, heads and tokens that come out are those that went in.
fn conllu_gives_the_forms_back(a: &Analysis<'_>) -> Result<(), TestCaseError> {
    let conllu = a.to_conllu();
    let mut sentences = a.sentences.iter();
    for block in conllu.split_terminator("\n\n") {
        let s = sentences.next().ok_or_else(|| TestCaseError::fail("more sentences than there are"))?;
        let mut words = s.words.iter();
        let lines = block.split('\n');
        for line in lines.skip_while(|l| l.starts_with("# sent_id") || l.starts_with("# text")) {
            let row: Vec<&str> = line.split('\t').collect();
            prop_assert_eq!(row.len(), 10, "{:?}", line);
            if row[0].contains('-') {
                let w = words.clone().next();
                prop_assert!(w.is_some_and(|w| w.part == 1 && a.text.get(w.span()) == Some(row[1])), "{:?}", line);
                continue;
            }
            let w = words.next().ok_or_else(|| TestCaseError::fail("more words than there are"))?;
            prop_assert_eq!(row[1], w.form());
            prop_assert_eq!(row[2], w.lemma());
            prop_assert_eq!(row[6].parse(), Ok(w.head.map_or(0, |h| h + 1)));
        }
        prop_assert!(words.next().is_none(), "words are missing");
    }
    prop_assert!(sentences.next().is_none(), "sentences are missing");
    Ok(())
}

fn all_holds(text: &str) -> Result<(), TestCaseError> {
    for lang in Language::ALL {
        let analyzer = Analyzer::new(lang).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let a = analyzer.analyze(text);
        tiles(&a)?;
        parts_make_the_token(&a)?;
        conllu_gives_the_forms_back(&a)?;
        for s in &a.sentences {
            is_tree(s)?;
            prop_assert!(s.words.iter().filter(|w| w.part < 2).count() <= LONGEST);
            let mut last = 0;
            for name in &s.names {
                prop_assert!(name.first_word >= last && name.first_word < name.last_word && name.last_word <= s.words.len());
                last = name.last_word;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_tiled_by_trees(text in text()) {
        all_holds(&text)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 64, ..ProptestConfig::with_cases(4) })]

    #[test]
    fn so_is_a_line_of_a_hundred_thousand_characters(pieces in vec(piece(), 1..4), blank in any::<bool>()) {
        let mut unit = pieces.concat();
        unit.extend(blank.then_some(' '));
        let mut line = unit.replace(['\n', '\r'], "");
        line.push('x');
        let times = 100_000usize.div_ceil(line.chars().count());
        all_holds(&line.repeat(times))?;
    }
}

/// Texts without any end of a sentence are cut, so that the time for a word does not grow with the text.
#[test]
fn sentences_are_cut_at_the_longest() {
    assert_eq!(LONGEST, 400);
    for lang in Language::ALL {
        let analyzer = Analyzer::new(lang).expect("the built-in model loads");
        let text = "x ".repeat(LONGEST * 3 + 7) + &"y".repeat(100_000);
        let a = analyzer.analyze(&text);
        let tokens = |s: &Sentence<'_>| s.words.iter().filter(|w| w.part < 2).count();
        assert_eq!(a.sentences.iter().map(tokens).collect::<Vec<_>>(), [LONGEST, LONGEST, LONGEST, 8]);
    }
}
