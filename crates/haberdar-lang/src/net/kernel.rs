//! Arithmetic on matrices, the same to the last bit on every machine.
//!
//! All sums run in one fixed order and no product is fused with its sum, so that the width of a machine's vectors changes
//! how fast a result comes and never what it is. `pulp` picks the widest instructions at run time; the loops themselves
//! are plain Rust that the compiler turns into vectors.

use pulp::{Arch, NullaryFnOnce};

/// Columns that are computed at a time.
pub const LANES: usize = 16;
/// Rows that are computed at a time: six by sixteen sums fit into the registers of every machine with vectors.
const ROWS: usize = 6;

/// Defines a function whose body runs with the widest vectors that the machine has.
#[macro_export]
#[doc(hidden)]
macro_rules! vectorized {
    ($(#[$meta:meta])* $vis:vis fn $name:ident<$life:lifetime>($($arg:ident: $ty:ty),* $(,)?) $body:block) => {
        $(#[$meta])*
        #[allow(clippy::too_many_arguments)]
        $vis fn $name<$life>($($arg: $ty),*) {
            struct Call<$life> { $($arg: $ty,)* marker: std::marker::PhantomData<&$life ()> }
            impl<$life> pulp::NullaryFnOnce for Call<$life> {
                type Output = ();
                #[inline(always)]
                fn call(self) {
                    let Call { $($arg,)* marker: _ } = self;
                    $body
                }
            }
            $crate::net::kernel::arch().dispatch(Call { $($arg,)* marker: std::marker::PhantomData })
        }
    };
}

/// The machine's vectors.
#[inline]
pub fn arch() -> Arch {
    Arch::new()
}

/// A matrix `k` × `n` packed for [`multiply`]: panels of [`LANES`] columns, row after row, the last filled up with zeros.
#[derive(Clone, Debug, Default)]
pub struct Packed {
    /// Rows.
    pub k: usize,
    /// Columns.
    pub n: usize,
    panels: Vec<f32>,
}

impl Packed {
    /// Packs a matrix given by rows.
    pub fn rows(b: &[f32], k: usize, n: usize) -> Packed {
        let mut p = Packed::default();
        p.pack(b, k, n);
        p
    }

    /// Packs a matrix given by rows into the room that is there.
    pub fn pack(&mut self, b: &[f32], k: usize, n: usize) {
        debug_assert_eq!(b.len(), k * n);
        self.room(k, n);
        for (j, panel) in self.panels.chunks_exact_mut(k.max(1) * LANES).enumerate() {
            let from = j * LANES;
            let width = LANES.min(n - from);
            for (row, out) in panel.chunks_exact_mut(LANES).enumerate() {
                out[..width].copy_from_slice(&b[row * n + from..row * n + from + width]);
                out[width..].fill(0.0);
            }
        }
    }

    /// Packs the transpose of a matrix `n` × `k` given by rows.
    pub fn pack_transposed(&mut self, b: &[f32], k: usize, n: usize) {
        debug_assert_eq!(b.len(), k * n);
        self.room(k, n);
        for (j, panel) in self.panels.chunks_exact_mut(k.max(1) * LANES).enumerate() {
            let from = j * LANES;
            let width = LANES.min(n - from);
            panel.fill(0.0);
            for c in 0..width {
                let column = &b[(from + c) * k..(from + c + 1) * k];
                for (row, &x) in column.iter().enumerate() {
                    panel[row * LANES + c] = x;
                }
            }
        }
    }

    fn room(&mut self, k: usize, n: usize) {
        (self.k, self.n) = (k, n);
        self.panels.resize(n.div_ceil(LANES) * LANES * k, 0.0);
    }
}

#[inline(always)]
fn block<const R: usize>(a: &[f32], k: usize, panel: &[f32], c: &mut [f32], n: usize, width: usize) {
    let mut sums = [[0f32; LANES]; R];
    let rows: [&[f32]; R] = std::array::from_fn(|r| &a[r * k..r * k + k]);
    for (p, b) in panel.chunks_exact(LANES).enumerate() {
        let Ok(b) = <&[f32; LANES]>::try_from(b) else { return };
        for r in 0..R {
            let x = rows[r][p];
            for j in 0..LANES {
                sums[r][j] += x * b[j];
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        // A part of the sums must not be taken by a length that is not known here: they would move from registers to
        // memory, at a tenth of the speed.
        let mut row = [0f32; LANES];
        row[..width].copy_from_slice(&c[r * n..r * n + width]);
        for j in 0..LANES {
            row[j] += sums[j];
        }
        c[r * n..r * n + width].copy_from_slice(&row[..width]);
    }
}

struct Multiply<'a> {
    a: &'a [f32],
    m: usize,
    b: &'a Packed,
    c: &'a mut [f32],
}

impl NullaryFnOnce for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Multiply { a, m, b, c } = self;
        let (k, n) = (b.k, b.n);
        for (j, panel) in b.panels.chunks_exact(k * LANES).enumerate() {
            let from = j * LANES;
            let width = LANES.min(n - from);
            let mut i = 0;
            while i + ROWS <= m {
                block::<ROWS>(&a[i * k..], k, panel, &mut c[i * n + from..], n, width);
                i += ROWS;
            }
            while i < m {
                block::<1>(&a[i * k..], k, panel, &mut c[i * n + from..], n, width);
                i += 1;
            }
        }
    }
}

/// Adds the product of `a` (`m` × `b.k`, by rows) and `b` to `c` (`m` × `b.n`, by rows).
pub fn multiply(a: &[f32], m: usize, b: &Packed, c: &mut [f32]) {
    assert!(a.len() >= m * b.k && c.len() >= m * b.n, "matrices of other sizes");
    if m > 0 && b.k > 0 && b.n > 0 {
        arch().dispatch(Multiply { a, m, b, c });
    }
}

/// e to the power of `x`, to about one part in ten million; arguments beyond ±87 count as ±87.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    // Adding and taking away a large number rounds to the nearest whole one, which stands in the last bits of the sum. (A cast to
    // a whole number would look at every lane by itself.)
    const ROUND: f32 = 12_582_912.0;
    let sum = x * std::f32::consts::LOG2_E + ROUND;
    let n = sum - ROUND;
    let whole = sum.to_bits().wrapping_sub(ROUND.to_bits());
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    y * f32::from_bits(whole.wrapping_add(127) << 23)
}

/// The logistic function.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The slope of [`leaky`] below zero.
pub const LEAK: f32 = 0.1;

vectorized! {
    /// Adds a row to each row and bends what is negative: the non-linearity between layers.
    pub fn leaky<'a>(x: &'a mut [f32], bias: &'a [f32]) {
        for row in x.chunks_exact_mut(bias.len()) {
            for (v, b) in row.iter_mut().zip(bias) {
                let s = *v + b;
                *v = if s > 0.0 { s } else { s * LEAK };
            }
        }
    }
}

vectorized! {
    /// Adds a row to each row.
    pub fn add_rows<'a>(x: &'a mut [f32], bias: &'a [f32]) {
        for row in x.chunks_exact_mut(bias.len()) {
            for (v, b) in row.iter_mut().zip(bias) {
                *v += b;
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::net) fn numbers(n: usize, seed: u32) -> Vec<f32> {
        (0..n as u32).map(|i| ((i + seed).wrapping_mul(2_654_435_761) >> 8) as f32 / (1 << 23) as f32 - 1.0).collect()
    }

    #[test]
    fn products_are_those_of_the_schoolbook_to_the_last_bit() {
        for (m, k, n) in [(1, 1, 1), (5, 7, 3), (6, 16, 16), (13, 20, 33), (25, 64, 100)] {
            let (a, b) = (numbers(m * k, 1), numbers(k * n, 7));
            let mut want = vec![0f32; m * n];
            for i in 0..m {
                for j in 0..n {
                    want[i * n + j] = (0..k).fold(0.0, |s, p| s + a[i * k + p] * b[p * n + j]);
                }
            }
            let mut got = vec![0f32; m * n];
            multiply(&a, m, &Packed::rows(&b, k, n), &mut got);
            assert_eq!(got, want, "{m} {k} {n}");
            let transposed: Vec<f32> = (0..n * k).map(|i| b[(i % k) * n + i / k]).collect();
            let mut packed = Packed::default();
            packed.pack_transposed(&transposed, k, n);
            let mut got = vec![0f32; m * n];
            multiply(&a, m, &packed, &mut got);
            assert_eq!(got, want, "{m} {k} {n} transposed");
        }
    }

    #[test]
    fn exponentials_are_right() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            let (got, want) = (exp(x) as f64, (x as f64).exp());
            assert!((got / want - 1.0).abs() < 3e-7, "{x}: {got} {want}");
        }
        assert_eq!(sigmoid(0.0), 0.5);
        assert!(exp(1e9).is_finite() && exp(f32::NEG_INFINITY) >= 0.0);
    }
}
