//! The averaged perceptron behind every step.
//!
//! Weights are whole numbers and features are kept in order of their first update, so that the same data give the same
//! bytes on every machine. Where treebanks of different annotation styles are pooled, every feature exists twice: once
//! for all styles and once for the style of the sentence; what is shipped is the sum for the style that is aimed at.

use haberdar_lang::linear::{Rows, feature};
use rustc_hash::FxHashMap;

/// A feature's weights. What scoring reads lies apart from what only averaging needs, since rows are long and scoring
/// waits for memory.
#[derive(Default)]
struct Row {
    /// weight << 8 | class
    hot: Vec<i32>,
    /// Sum of the weight over the steps up to a step, and that step.
    cold: Vec<(i64, i64)>,
}

/// Weights in training.
#[derive(Default)]
pub struct Perceptron {
    index: FxHashMap<u32, u32>,
    rows: Vec<(u32, Row)>,
    step: i64,
    schemes: bool,
}

impl Perceptron {
    /// `schemes`: whether features exist twice.
    pub fn new(schemes: bool) -> Perceptron {
        Perceptron { schemes, step: 1, ..Perceptron::default() }
    }

    /// Adds to the first `count` features their copies for the annotation style.
    pub fn expand(&self, features: &mut Vec<u32>, scheme: u32, count: usize) {
        if self.schemes {
            for i in 0..features.len().min(count) {
                features.push(copy_of(features[i], scheme));
            }
        }
    }

    /// Sums up the weights of expanded features.
    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        // Three passes, so that the processor waits for memory once and not a hundred times.
        let mut rows = [0u32; 256];
        for part in features.chunks(256) {
            let mut n = 0;
            for f in part {
                if let Some(&row) = self.index.get(f) {
                    rows[n] = row;
                    n += 1;
                }
            }
            let mut slices: [&[i32]; 256] = [&[]; 256];
            for (slice, &row) in slices.iter_mut().zip(&rows[..n]) {
                *slice = &self.rows[row as usize].1.hot;
            }
            for slice in &slices[..n] {
                for &e in *slice {
                    if let Some(s) = scores.get_mut((e & 0xff) as usize) {
                        *s += e >> 8;
                    }
                }
            }
        }
    }

    /// One more example was seen.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Changes the weights of a class under expanded features.
    pub fn update(&mut self, features: &[u32], class: u8, by: i32) {
        for &f in features {
            let row = *self.index.entry(f).or_insert_with(|| {
                self.rows.push((f, Row::default()));
                self.rows.len() as u32 - 1
            });
            let r = &mut self.rows[row as usize].1;
            let i = r.hot.iter().position(|e| (e & 0xff) as u8 == class).unwrap_or_else(|| {
                r.hot.push(class as i32);
                r.cold.push((0, self.step));
                r.hot.len() - 1
            });
            let (total, stamp) = &mut r.cold[i];
            *total += (r.hot[i] >> 8) as i64 * (self.step - *stamp);
            *stamp = self.step;
            r.hot[i] += by << 8;
        }
    }

    /// The averaged weights for an annotation style, scaled so that the largest is `largest`; those that round to less
    /// than `least` are left out.
    pub fn average(&self, scheme: u32, largest: i32, least: i32) -> Rows {
        let mean = |f: u32| -> Vec<(u8, i64)> {
            let Some(&row) = self.index.get(&f) else { return Vec::new() };
            let r = &self.rows[row as usize].1;
            let mean =
                |(&e, &(total, stamp)): (&i32, &(i64, i64))| ((e & 0xff) as u8, total + (e >> 8) as i64 * (self.step - stamp));
            r.hot.iter().zip(&r.cold).map(mean).collect()
        };
        let copies: rustc_hash::FxHashSet<u32> = if self.schemes {
            self.rows
                .iter()
                .flat_map(|(f, _)| (0..16).map(move |s| copy_of(*f, s)))
                .filter(|c| self.index.contains_key(c))
                .collect()
        } else {
            Default::default()
        };
        let mut rows: Vec<(u32, Vec<(u8, i64)>)> = Vec::new();
        for &(f, _) in self.rows.iter().filter(|(f, _)| !copies.contains(f)) {
            let mut row = mean(f);
            if self.schemes {
                for (class, w) in mean(copy_of(f, scheme)) {
                    match row.iter_mut().find(|(c, _)| *c == class) {
                        Some(e) => e.1 += w,
                        None => row.push((class, w)),
                    }
                }
            }
            row.sort_unstable();
            rows.push((f, row));
        }
        rows.sort_unstable();
        let top = rows.iter().flat_map(|(_, r)| r).map(|(_, w)| w.abs()).max().unwrap_or(1).max(1);
        let scale = |w: i64| ((w as i128 * 2 * largest as i128 + top as i128 * w.signum() as i128) / (2 * top as i128)) as i16;
        rows.into_iter()
            .map(|(f, r)| {
                (f, r.into_iter().map(|(c, w)| (c, scale(w))).filter(|(_, w)| (*w as i32).abs() >= least).collect::<Vec<_>>())
            })
            .filter(|(_, r)| !r.is_empty())
            .collect()
    }
}

/// The mean of models.
pub fn sum(models: &[Rows]) -> Rows {
    let mut all: std::collections::BTreeMap<u32, std::collections::BTreeMap<u8, i32>> = Default::default();
    for (key, row) in models.iter().flatten() {
        let entry = all.entry(*key).or_default();
        row.iter().for_each(|&(c, w)| *entry.entry(c).or_default() += w as i32);
    }
    let n = models.len().max(1) as i32;
    let mean = |(key, row): (u32, std::collections::BTreeMap<u8, i32>)| {
        let row: Vec<(u8, i16)> = row.into_iter().map(|(c, w)| (c, (w / n) as i16)).filter(|(_, w)| *w != 0).collect();
        (!row.is_empty()).then_some((key, row))
    };
    all.into_iter().filter_map(mean).collect()
}

fn copy_of(f: u32, scheme: u32) -> u32 {
    feature(9999, &[f, scheme])
}

/// A small generator of reproducible numbers (splitmix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A shuffled order of `0..n`.
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut v: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            v.swap(i, (self.number() % (i as u64 + 1)) as usize);
        }
        v
    }
}
