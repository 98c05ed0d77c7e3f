//! Any bytes as a model: refused or usable, never a panic. The bytes are tried as they are, and as the content of a file
//! whose head and checksum are right; the checksum alone would stop nearly everything else.
#![no_main]

use haberdar_lang::{Analyzer, model};
use haberdar_model::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for lang in Language::ALL {
        let _ = Analyzer::from_bytes(lang, bytes);
    }
    // English alone: the content is read the same way in both, and the Turkish stems take long to load.
    if let Ok(analyzer) = Analyzer::from_bytes(Language::En, &model::seal(Language::En, bytes)) {
        let a = analyzer.analyze("The minister (71) didn't sign. U.S. \"envoys\" MET in Oslo!");
        a.to_conllu();
    }
});
