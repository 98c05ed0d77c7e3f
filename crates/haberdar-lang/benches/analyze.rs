//! Words per second of the full analysis on one core: `cargo bench -p haberdar-lang`.
#![allow(clippy::print_stdout, missing_docs)]

use std::time::{Duration, Instant};

use haberdar_lang::Analyzer;
use haberdar_model::Language;

const TR: &str = "Rusya Dışişleri Bakanı Sergey Lavrov, Ankara'da mevkidaşıyla yaptığı görüşmenin ardından düzenlenen basın \
toplantısında, iki ülke arasındaki ticaretin geçen yıl yüzde 11,7 arttığını söyledi. \"Bu konuda anlaşmaya vardık\" diyen Lavrov, \
tahıl sevkiyatının 3. kez uzatılması için çalışacaklarını belirtti. Taraflar görüşmelerin gelecek ay da süreceğini duyurdu. ";
const EN: &str = "Russian Foreign Minister Sergey Lavrov said after talks with his counterpart in Ankara that trade between the \
two countries grew by 11.7 percent last year. \"We have agreed on this,\" he told reporters, adding that they would work to extend \
the grain deal for a third time. The sides announced that the talks wouldn't end before next month. ";

fn main() {
    for (lang, text) in [(Language::Tr, TR), (Language::En, EN)] {
        let load = Instant::now();
        let analyzer = match Analyzer::new(lang) {
            Ok(a) => a,
            Err(e) => {
                println!("{lang}: {e}");
                continue;
            }
        };
        let load = load.elapsed();
        let text = text.repeat(50);
        let mut best = f64::MAX;
        let mut words = 0;
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end {
            let clock = Instant::now();
            words = analyzer.analyze(&text).words();
            best = best.min(clock.elapsed().as_secs_f64());
        }
        println!("{lang}: loaded in {load:.0?}, {words} words, {:.0} words/s", words as f64 / best);
    }
}
