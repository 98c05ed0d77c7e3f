//! Rows of weights by hashed features: what the second looks at tags and names add up.

use crate::{
    bytes::{Reader, put_varint},
    linear::feature,
};

/// Room for the tags of a row.
pub const STRIDE: usize = 16;

/// Weights are stored in parts of one.
pub const ONE: f32 = 32.0;

/// Bits of a feature's hash that are kept.
pub const KEY: u32 = 23;

/// Weights of a feature, or scores of a word, for each tag.
pub type Row = [i16; STRIDE];

/// Words before and behind that are looked at.
pub const REACH: usize = 2;

/// What is seen of a word by itself: features, each with how far it reaches to neighbours.
pub type Atoms = Vec<(u32, u8)>;

/// What a word adds to the scores of its neighbours and its own.
pub type Sums = [Row; 2 * REACH + 1];

/// Moves a feature of a word to one of its neighbours.
#[inline]
pub fn moved(atom: u32, by: isize) -> u32 {
    feature((100 + by) as u32, &[atom])
}

/// What a word and its neighbours add to its scores.
#[inline]
pub fn gathered<'a>(seen: impl Iterator<Item = &'a Sums>, i: usize) -> Row {
    let mut sum = [0; STRIDE];
    for (j, sums) in seen.enumerate().take(i + REACH + 1).skip(i.saturating_sub(REACH)) {
        add(&mut sum, &sums[j + REACH - i]);
    }
    sum
}

/// Adds a row to a sum.
#[inline(always)]
pub fn add(sum: &mut Row, row: &Row) {
    for (s, w) in sum.iter_mut().zip(row) {
        // A made-up word may have more weight than fits.
        *s = s.saturating_add(*w);
    }
}

/// Writes a row as it is.
pub fn write_row(row: &Row, out: &mut Vec<u8>) {
    row.iter().for_each(|w| out.extend_from_slice(&w.to_le_bytes()));
}

/// Reads what [`write_row`] wrote.
pub fn read_row(r: &mut Reader<'_>) -> Option<Row> {
    let bytes = r.take(2 * STRIDE)?;
    let mut row = [0; STRIDE];
    row.iter_mut().zip(bytes.chunks_exact(2)).for_each(|(w, b)| *w = i16::from_le_bytes([b[0], b[1]]));
    Some(row)
}

/// Writes features by their hash's first bits, sorted, with their weights: a byte for each that is not zero.
pub fn write(rows: &[(u32, Row)], out: &mut Vec<u8>) {
    put_varint(out, rows.len() as u64);
    let mut last = 0;
    for (key, row) in rows {
        put_varint(out, (key - last) as u64);
        last = *key;
        let mask = row.iter().enumerate().fold(0u16, |m, (t, &w)| m | ((w != 0) as u16) << t);
        out.extend_from_slice(&mask.to_le_bytes());
        out.extend(row.iter().filter(|w| **w != 0).map(|&w| w as i8 as u8));
    }
}

#[derive(Clone, Copy, Default)]
struct Slot {
    key: u32,
    /// Number of the row, plus one; 0 marks an empty slot.
    row: u32,
}

/// Rows that are looked up.
pub struct Rows {
    slots: Vec<Slot>,
    shift: u32,
    rows: Vec<Row>,
}

impl Rows {
    /// Reads what [`write`] wrote.
    pub fn read_from(r: &mut Reader<'_>) -> Option<Rows> {
        let n = r.count(3)?;
        let bits = (n * 2 + 2).next_power_of_two().trailing_zeros().clamp(4, KEY);
        if n > 1 << (KEY - 1) {
            return None;
        }
        let (mut slots, mut rows) = (vec![Slot::default(); 1 << bits], Vec::with_capacity(n));
        let (shift, mask) = (KEY - bits, (1usize << bits) - 1);
        let mut key = 0u32;
        for _ in 0..n {
            key = key.checked_add(u32::try_from(r.varint()?).ok()?)?;
            if key >> KEY != 0 {
                return None;
            }
            let b = r.take(2)?;
            let set = u16::from_le_bytes([b[0], b[1]]);
            let mut row = [0; STRIDE];
            for (t, w) in row.iter_mut().enumerate() {
                if set >> t & 1 == 1 {
                    *w = r.byte()? as i8 as i16;
                }
            }
            rows.push(row);
            let mut i = (key >> shift) as usize;
            while slots[i & mask].row != 0 {
                i += 1;
            }
            slots[i & mask] = Slot { key, row: rows.len() as u32 };
        }
        Some(Rows { slots, shift, rows })
    }

    /// The row of a feature.
    #[inline(always)]
    pub fn find(&self, feature: u32) -> Option<&Row> {
        let key = feature >> (32 - KEY);
        let mask = self.slots.len() - 1;
        let mut i = (key >> self.shift) as usize;
        loop {
            let s = self.slots[i & mask];
            if s.row == 0 {
                return None;
            }
            if s.key == key {
                return Some(&self.rows[s.row as usize - 1]);
            }
            i += 1;
        }
    }

    /// What a word adds by what is seen of it.
    pub fn spread(&self, atoms: &Atoms) -> Sums {
        let mut sums = [[0; STRIDE]; 2 * REACH + 1];
        for &(atom, reach) in atoms {
            for by in -(reach as isize)..=reach as isize {
                if let Some(row) = self.find(moved(atom, by)) {
                    add(&mut sums[(by + REACH as isize) as usize], row);
                }
            }
        }
        sums
    }
}
