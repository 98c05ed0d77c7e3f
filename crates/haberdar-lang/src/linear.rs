//! Sparse linear models over hashed features: what every trained step uses.
//!
//! A feature is a 32-bit hash ([`feature`]); a model holds for each a short row of classes with weights. Two features
//! that share a hash share their row, which costs nothing measurable.

use crate::bytes::{Reader, put_varint};

const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hash of a template's number and its values.
#[inline(always)]
pub fn feature(template: u32, values: &[u32]) -> u32 {
    let mut h = (template as u64 + 1).wrapping_mul(K);
    for &v in values {
        h = (h.rotate_left(23) ^ v as u64).wrapping_mul(K);
    }
    (h >> 32) as u32
}

/// Hash of a text, by characters so that it can be built while the text is being changed.
#[inline]
pub fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    let mut h = 0x243f_6a88_85a3_08d3_u64;
    for c in chars {
        h = (h.rotate_left(5) ^ c as u64).wrapping_mul(K);
    }
    (h >> 32) as u32
}

/// Hash of a text.
#[inline]
pub fn hash_str(s: &str) -> u32 {
    hash_chars(s.chars())
}

#[derive(Clone, Copy)]
struct Slot {
    key: u32,
    /// Index of the row's first entry, plus one; 0 marks an empty slot.
    at: u32,
}

/// A trained model.
pub struct Linear {
    shift: u32,
    mask: usize,
    slots: Vec<Slot>,
    /// weight << 16 | class << 8 | 1 for a row's last entry
    entries: Vec<u32>,
}

/// Rows of a model before they are packed: key, then class and weight.
pub type Rows = Vec<(u32, Vec<(u8, i16)>)>;

impl Linear {
    /// Adds the feature's weights to the scores of its classes. Classes beyond the scores are left out.
    #[inline(always)]
    pub fn add(&self, key: u32, scores: &mut [i32]) {
        let mut i = (key >> self.shift) as usize;
        loop {
            let s = self.slots[i & self.mask];
            if s.at == 0 {
                return;
            }
            if s.key == key {
                for &e in &self.entries[s.at as usize - 1..] {
                    if let Some(x) = scores.get_mut((e >> 8 & 0xff) as usize) {
                        *x += (e as i32) >> 16;
                    }
                    if e & 1 == 1 {
                        return;
                    }
                }
                return;
            }
            i += 1;
        }
    }

    /// Sum over features. First all rows are looked up, then added, so that the waits for memory overlap.
    #[inline]
    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        let mut found = [0u32; 128];
        for part in features.chunks(128) {
            let mut n = 0;
            for &key in part {
                let mut i = (key >> self.shift) as usize;
                loop {
                    let s = self.slots[i & self.mask];
                    if s.at == 0 {
                        break;
                    }
                    if s.key == key {
                        found[n] = s.at;
                        n += 1;
                        break;
                    }
                    i += 1;
                }
            }
            for &at in &found[..n] {
                for &e in &self.entries[at as usize - 1..] {
                    if let Some(x) = scores.get_mut((e >> 8 & 0xff) as usize) {
                        *x += (e as i32) >> 16;
                    }
                    if e & 1 == 1 {
                        break;
                    }
                }
            }
        }
    }

    /// Number of features.
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|s| s.at != 0).count()
    }

    /// True without features.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows of the model, sorted by key.
    pub fn rows(&self) -> Rows {
        let mut rows: Rows = Vec::with_capacity(self.slots.len() / 2);
        for s in self.slots.iter().filter(|s| s.at != 0) {
            let mut row = Vec::new();
            for &e in &self.entries[s.at as usize - 1..] {
                row.push(((e >> 8) as u8, ((e as i32) >> 16) as i16));
                if e & 1 == 1 {
                    break;
                }
            }
            rows.push((s.key, row));
        }
        rows.sort_unstable();
        rows
    }

    /// Builds a model from rows, which are sorted by key.
    pub fn from_rows(rows: &Rows) -> Linear {
        let mut m = Linear::with_capacity(rows.len());
        for (key, row) in rows {
            m.insert(*key, row.iter().copied());
        }
        m
    }

    fn with_capacity(rows: usize) -> Linear {
        let bits = (rows * 3 / 2 + 2).next_power_of_two().trailing_zeros().clamp(4, 30);
        let n = 1usize << bits;
        Linear { shift: 32 - bits, mask: n - 1, slots: vec![Slot { key: 0, at: 0 }; n], entries: Vec::with_capacity(rows * 2) }
    }

    fn insert(&mut self, key: u32, row: impl Iterator<Item = (u8, i16)>) {
        let at = self.entries.len();
        for (class, w) in row {
            self.entries.push((w as u16 as u32) << 16 | (class as u32) << 8);
        }
        let Some(last) = self.entries[at..].last_mut() else { return };
        *last |= 1;
        let mut i = (key >> self.shift) as usize;
        while self.slots[i & self.mask].at != 0 {
            i += 1;
        }
        self.slots[i & self.mask] = Slot { key, at: at as u32 + 1 };
    }

    /// Writes rows, sorted by key, as differences.
    pub fn write(rows: &Rows, out: &mut Vec<u8>) {
        put_varint(out, rows.len() as u64);
        let mut last = 0;
        for (key, row) in rows {
            put_varint(out, (key - last) as u64);
            last = *key;
            // Most rows are short: the number of entries shares a byte with nothing else.
            put_varint(out, row.len() as u64);
            for &(class, w) in row {
                out.push(class);
                put_varint(out, ((w as i32) << 1 ^ (w as i32) >> 31) as u32 as u64);
            }
        }
    }

    /// Reads what [`Linear::write`] wrote.
    pub fn read(r: &mut Reader<'_>) -> Option<Linear> {
        let n = r.count(3)?;
        let mut m = Linear::with_capacity(n);
        let mut key = 0u32;
        let mut row: Vec<(u8, i16)> = Vec::new();
        for _ in 0..n {
            key = key.checked_add(u32::try_from(r.varint()?).ok()?)?;
            row.clear();
            for _ in 0..r.count(2)? {
                let class = r.byte()?;
                let z = r.varint()? as u32;
                row.push((class, ((z >> 1) as i32 ^ -((z & 1) as i32)) as i16));
            }
            m.insert(key, row.iter().copied());
        }
        Some(m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_survives_writing() {
        let rows: Rows = (0..1000u32).map(|i| (i * 4_000_037, vec![(i as u8 % 7, i as i16 - 500), (200, -3)])).collect();
        let mut rows = rows;
        rows.sort();
        rows.dedup_by_key(|r| r.0);
        let mut bytes = Vec::new();
        Linear::write(&rows, &mut bytes);
        let m = Linear::read(&mut Reader::new(&bytes)).unwrap();
        for (k, row) in &rows {
            let mut scores = [0; 256];
            m.add(*k, &mut scores);
            for &(c, w) in row {
                assert_eq!(scores[c as usize], w as i32);
            }
        }
        let mut scores = [0; 256];
        m.add(123_456_789, &mut scores);
        assert!(scores.iter().all(|&s| s == 0));
        for cut in 0..bytes.len().min(300) {
            assert!(Linear::read(&mut Reader::new(&bytes[..cut])).is_none());
        }
    }
}
