//! Products that learning needs, on the kernel that reading uses.

use haberdar_lang::net::kernel::{Packed, multiply};

/// Room for packed and transposed matrices.
#[derive(Default)]
pub struct Matrix {
    packed: Packed,
    transposed: Vec<f32>,
}

impl Matrix {
    /// Adds `a` (m × k) times `b` (k × n) to `c`.
    pub fn product(&mut self, a: &[f32], m: usize, k: usize, b: &[f32], n: usize, c: &mut [f32]) {
        self.packed.pack(b, k, n);
        multiply(a, m, &self.packed, c);
    }

    /// Adds `a` (m × k) times the transpose of `b` (n × k) to `c` (m × n).
    pub fn by_transposed(&mut self, a: &[f32], m: usize, k: usize, b: &[f32], n: usize, c: &mut [f32]) {
        self.packed.pack_transposed(b, k, n);
        multiply(a, m, &self.packed, c);
    }

    /// Adds the transpose of `a` (k × m) times `b` (k × n) to `c` (m × n).
    pub fn transposed_by(&mut self, a: &[f32], k: usize, m: usize, b: &[f32], n: usize, c: &mut [f32]) {
        self.transposed.resize(m * k, 0.0);
        // In tiles, so that both sides stay in the cache.
        for i in (0..k).step_by(16) {
            for j in (0..m).step_by(16) {
                for r in i..(i + 16).min(k) {
                    for c in j..(j + 16).min(m) {
                        self.transposed[c * k + r] = a[r * m + c];
                    }
                }
            }
        }
        self.packed.pack(b, k, n);
        multiply(&self.transposed, m, &self.packed, c);
    }
}

/// Fills with zeros, to a length.
pub fn zeros(v: &mut Vec<f32>, n: usize) {
    v.clear();
    v.resize(n, 0.0);
}

/// Adds the rows of `x` to those of `sums`, each to the row that `row` names.
pub fn sum_rows(x: &[f32], n: usize, sums: &mut [f32], row: impl Fn(usize) -> usize) {
    for (t, values) in x.chunks_exact(n).enumerate() {
        let r = row(t);
        sums[r * n..(r + 1) * n].iter_mut().zip(values).for_each(|(s, v)| *s += v);
    }
}

/// Adds to each row of `x` the row of `biases` that `row` names.
pub fn add_bias(x: &mut [f32], n: usize, biases: &[f32], row: impl Fn(usize) -> usize) {
    for (t, values) in x.chunks_exact_mut(n).enumerate() {
        let r = row(t);
        values.iter_mut().zip(&biases[r * n..(r + 1) * n]).for_each(|(v, b)| *v += b);
    }
}

/// Softmax of a row in place.
pub fn softmax(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for v in row.iter_mut() {
        *v = haberdar_lang::net::kernel::exp(*v - top);
        sum += *v;
    }
    let by = 1.0 / sum;
    row.iter_mut().for_each(|v| *v *= by);
}
