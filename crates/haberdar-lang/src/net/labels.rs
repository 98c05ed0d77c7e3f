//! Labels (part of speech with features) and the components of their scores.
//!
//! The network scores the parts of speech, then the components of labels: each feature with its value, and each feature's
//! presence with a part of speech. The label is the best of those with the best part of speech, by the sum of its
//! components, so that a label that is rare in training borrows from all others that share a feature with it.

use std::collections::BTreeMap;

use super::UPOS;
use crate::{
    Feats, Upos,
    bytes::{Reader, put_str, put_varint},
};

/// The inventory of labels.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Part of speech and features of each label, those of a part of speech together.
    pub labels: Vec<(Upos, Feats)>,
    /// Components of each label.
    pub components: Vec<Vec<u16>>,
    /// Names of the components.
    pub names: Vec<String>,
    /// Labels of each part of speech.
    ranges: [(usize, usize); UPOS],
}

/// Names of the components of a label.
pub fn component_names(upos: Upos, feats: Feats) -> Vec<String> {
    let mut names = vec![format!("{upos}={}", feats.iter().count().min(1))];
    for (name, value) in feats.iter() {
        names.push(format!("{name}={value}"));
        names.push(format!("{upos}+{name}"));
    }
    names
}

impl Labels {
    /// The inventory of the labels that are given, with components numbered as in `names`; labels with a component that
    /// is not there are left out.
    pub fn new(seen: impl IntoIterator<Item = (Upos, Feats)>, names: &[String]) -> Labels {
        let index: BTreeMap<&str, u16> = names.iter().enumerate().map(|(i, s)| (s.as_str(), i as u16)).collect();
        let sorted: BTreeMap<(Upos, &str), Feats> = seen.into_iter().map(|(u, f)| ((u, f.as_str()), f)).collect();
        let mut out = Labels { names: names.to_vec(), ..Labels::default() };
        for ((u, _), f) in sorted {
            let parts: Option<Vec<u16>> = component_names(u, f).iter().map(|s| index.get(s.as_str()).copied()).collect();
            if let Some(parts) = parts {
                out.labels.push((u, f));
                out.components.push(parts);
            }
        }
        out.sort_out();
        out
    }

    fn sort_out(&mut self) {
        for u in Upos::ALL {
            let from = self.labels.partition_point(|l| l.0 < u);
            self.ranges[u as usize] = (from, self.labels.partition_point(|l| l.0 <= u));
        }
    }

    /// Index of a label.
    pub fn index(&self, upos: Upos, feats: Feats) -> Option<usize> {
        let (from, to) = self.ranges[upos as usize];
        (from..to).find(|&i| self.labels[i].1 == feats)
    }

    /// The labels of a part of speech.
    pub fn of(&self, upos: usize) -> std::ops::Range<usize> {
        self.ranges[upos].0..self.ranges[upos].1
    }

    /// The best label: `scores` are those of the parts of speech, then of the components.
    pub fn best(&self, scores: &[f32]) -> usize {
        let mut best = (f32::MIN, 0);
        for (u, &s) in scores[..UPOS].iter().enumerate() {
            if s > best.0 && !self.of(u).is_empty() {
                best = (s, u);
            }
        }
        self.best_of(best.1, scores)
    }

    /// The best label of a part of speech, by the same scores.
    pub fn best_of(&self, upos: usize, scores: &[f32]) -> usize {
        let parts = &scores[UPOS..];
        let range = self.of(upos);
        let mut found = (f32::MIN, range.start);
        for (i, of) in self.components[range.clone()].iter().enumerate() {
            let s: f32 = of.iter().map(|&p| parts[p as usize]).sum();
            if s > found.0 {
                found = (s, range.start + i);
            }
        }
        found.1
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        put_varint(out, self.names.len() as u64);
        self.names.iter().for_each(|n| put_str(out, n));
        put_varint(out, self.labels.len() as u64);
        for (u, f) in &self.labels {
            out.push(*u as u8);
            put_str(out, f.as_str());
        }
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Option<Labels> {
        let names = (0..r.count(1)?).map(|_| r.str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
        let mut seen = Vec::new();
        for _ in 0..r.count(2)? {
            seen.push((*Upos::ALL.get(r.byte()? as usize)?, Feats::new(r.str()?)));
        }
        let n = seen.len();
        let labels = Labels::new(seen, &names);
        (n > 0 && labels.labels.len() == n && names.len() < 4096).then_some(labels)
    }
}
