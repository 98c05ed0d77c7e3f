//! Products of matrices in whole numbers: what reading spends most of its time on.
//!
//! Both sides are rounded to whole numbers, a row of the left and a column of the right side each by a scale of its own,
//! to 13 and 11 bits with sign. Their products and sums are exact, so that any order of summing gives the same result on
//! every machine, and the machine multiplies two pairs of sixteen bits in the time of one float.

use pulp::{Arch, NullaryFnOnce};

/// Columns of a panel.
const LANES: usize = 16;
/// Rows that are computed at a time.
const ROWS: usize = 6;
/// Largest number on the left and on the right: up to [`MOST`] products of them fit into 32 bits.
const LEFT: f32 = 4095.0;
const RIGHT: f32 = 1023.0;
/// Longest sum.
pub const MOST: usize = 512;

/// Two rows of a panel, the numbers of a column side by side.
type Pairs = [i16; 2 * LANES];

/// A matrix `k` × `n` to multiply with.
#[derive(Clone, Debug, Default)]
pub struct Integers {
    /// Rows.
    pub k: usize,
    /// Columns.
    pub n: usize,
    /// Panels of [`LANES`] columns, each of half as many pairs as there are rows; filled up with zeros.
    panels: Vec<Pairs>,
    /// What a sum in each column is multiplied with.
    scales: Vec<f32>,
}

/// Rows to be multiplied, rounded, and the scale of each row. The rows lie in blocks of [`ROWS`], in which the first pairs of all
/// rows come first, then the second ones and so on, as they are multiplied; those that are left over lie behind them, row by row. Rows are
/// filled up to pairs.
#[derive(Default)]
pub struct Rows {
    pairs: Vec<[i16; 2]>,
    scales: Vec<f32>,
    /// A row before its pairs are spread out.
    row: Vec<i16>,
    /// How many there are.
    m: usize,
    /// Numbers in each.
    k: usize,
}

impl Integers {
    /// Rounds a matrix given by rows, of at most [`MOST`] of them.
    pub fn new(b: &[f32], k: usize, n: usize) -> Integers {
        assert!(k <= MOST && b.len() == k * n, "a matrix of another size");
        let panels = n.div_ceil(LANES);
        let pairs = k.div_ceil(2);
        let mut out = Integers { k, n, panels: vec![[0; 2 * LANES]; panels * pairs], scales: vec![0.0; panels * LANES] };
        for column in 0..n {
            let largest = (0..k).fold(0f32, |m, row| m.max(b[row * n + column].abs()));
            let scale = largest / RIGHT;
            out.scales[column] = scale;
            if scale > 0.0 {
                for row in 0..k {
                    let at = column / LANES * pairs + row / 2;
                    out.panels[at][column % LANES * 2 + row % 2] = (b[row * n + column] / scale).round() as i16;
                }
            }
        }
        out
    }
}

impl Rows {
    /// Rounds `m` rows of `k` numbers.
    pub fn take(&mut self, a: &[f32], m: usize, k: usize) {
        (self.m, self.k) = (m, k);
        self.pairs.resize(m * k.div_ceil(2), [0; 2]);
        self.scales.resize(m, 0.0);
        self.row.clear();
        self.row.resize(k.next_multiple_of(2), 0);
        if k > 0 {
            round_rows(a, k, &mut self.pairs, &mut self.scales, &mut self.row);
        }
    }
}

crate::vectorized! {
    /// Rounds each row of `k` numbers by its largest and lays out the pairs.
    fn round_rows<'a>(a: &'a [f32], k: usize, pairs: &'a mut [[i16; 2]], scales: &'a mut [f32], rounded: &'a mut [i16]) {
        // A number that is added to this one is rounded to a whole one, which stands in the last bits.
        const ROUND: f32 = 12_582_912.0;
        let (long, full) = (k.div_ceil(2), scales.len() / ROWS * ROWS);
        for (i, (row, scale)) in a.chunks_exact(k).zip(scales).enumerate() {
            let mut most = [0f32; LANES];
            let (whole, rest) = row.as_chunks::<LANES>();
            for part in whole {
                // Written so that both are stored: a store on condition is slow, or no vectors are used at all.
                for j in 0..LANES {
                    let (m, v) = (most[j], part[j].abs());
                    most[j] = if m > v { m } else { v };
                }
            }
            let largest = most.iter().chain(rest).fold(0f32, |m, v| m.max(v.abs()));
            let by = if largest > 1e-30 { LEFT / largest } else { 0.0 };
            *scale = if largest > 1e-30 { largest / LEFT } else { 0.0 };
            for (o, v) in rounded.iter_mut().zip(row) {
                *o = (v * by + ROUND).to_bits() as i16;
            }
            let (from, step) = if i < full { (i / ROWS * ROWS * long + i % ROWS, ROWS) } else { (i * long, 1) };
            for (o, pair) in pairs[from..].iter_mut().step_by(step).zip(rounded.as_chunks::<2>().0) {
                *o = *pair;
            }
        }
    }
}

/// The operations that a kernel is made of, on vectors of a machine's width.
trait Machine: Copy {
    /// Two panels at a time: the sums of [`ROWS`] rows of them find room in the registers. Where they do not, every sum goes to
    /// memory and back for every product.
    const TWO_PANELS: bool;
    /// Sums of a panel's columns in a row.
    type Sums: Copy;
    /// A pair of numbers, as often as there are columns.
    type Both: Copy;
    /// Zeros.
    fn zeros(self) -> Self::Sums;
    /// A pair of numbers for every column.
    fn splat(self, pair: [i16; 2]) -> Self::Both;
    /// Adds the products of a pair with the pairs of all columns.
    fn add(self, sums: Self::Sums, both: Self::Both, with: &Pairs) -> Self::Sums;
    /// The sums of the columns.
    fn out(self, sums: Self::Sums) -> [i32; LANES];
}

#[derive(Clone, Copy)]
struct Plain;

impl Machine for Plain {
    const TWO_PANELS: bool = false;
    type Sums = [i32; LANES];
    type Both = [i16; 2];

    #[inline(always)]
    fn zeros(self) -> Self::Sums {
        [0; LANES]
    }

    #[inline(always)]
    fn splat(self, pair: [i16; 2]) -> Self::Both {
        pair
    }

    #[inline(always)]
    fn add(self, mut sums: Self::Sums, [x, y]: Self::Both, with: &Pairs) -> Self::Sums {
        for j in 0..LANES {
            sums[j] += x as i32 * with[2 * j] as i32 + y as i32 * with[2 * j + 1] as i32;
        }
        sums
    }

    #[inline(always)]
    fn out(self, sums: Self::Sums) -> [i32; LANES] {
        sums
    }
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod wide {
    use pulp::x86::{V3, V4};

    use super::{LANES, Machine, Pairs};

    impl Machine for V4 {
        const TWO_PANELS: bool = true;
        type Sums = pulp::i32x16;
        type Both = pulp::i16x32;

        #[inline(always)]
        fn zeros(self) -> Self::Sums {
            self.splat_i32x16(0)
        }

        #[inline(always)]
        fn splat(self, pair: [i16; 2]) -> Self::Both {
            pulp::cast(self.splat_i32x16(pulp::cast(pair)))
        }

        #[inline(always)]
        fn add(self, sums: Self::Sums, both: Self::Both, with: &Pairs) -> Self::Sums {
            self.wrapping_add_i32x16(sums, self.multiply_wrapping_add_adjacent_i16x32(both, pulp::cast(*with)))
        }

        #[inline(always)]
        fn out(self, sums: Self::Sums) -> [i32; LANES] {
            pulp::cast(sums)
        }
    }

    impl Machine for V3 {
        const TWO_PANELS: bool = false;
        type Sums = [pulp::i32x8; 2];
        type Both = pulp::i16x16;

        #[inline(always)]
        fn zeros(self) -> Self::Sums {
            [self.splat_i32x8(0); 2]
        }

        #[inline(always)]
        fn splat(self, pair: [i16; 2]) -> Self::Both {
            pulp::cast(self.splat_i32x8(pulp::cast(pair)))
        }

        #[inline(always)]
        fn add(self, sums: Self::Sums, both: Self::Both, with: &Pairs) -> Self::Sums {
            let [a, b]: [pulp::i16x16; 2] = pulp::cast(*with);
            [
                self.wrapping_add_i32x8(sums[0], self.multiply_wrapping_add_adjacent_i16x16(both, a)),
                self.wrapping_add_i32x8(sums[1], self.multiply_wrapping_add_adjacent_i16x16(both, b)),
            ]
        }

        #[inline(always)]
        fn out(self, sums: Self::Sums) -> [i32; LANES] {
            pulp::cast(sums)
        }
    }
}

/// `R` rows by `P` panels of `b` from the panel `j` on. Rows and panels are walked along as they lie, so that no bound is looked at.
#[inline(always)]
fn block<M: Machine, const R: usize, const P: usize>(machine: M, a: &Rows, i: usize, b: &Integers, j: usize, c: &mut [f32]) {
    let pairs = b.k.div_ceil(2);
    let (rows, _) = a.pairs[i * pairs..][..R * pairs].as_chunks::<R>();
    let first = &b.panels[j * pairs..][..pairs];
    let second = &b.panels[(j + P - 1) * pairs..][..pairs];
    let mut sums = [[machine.zeros(); P]; R];
    for ((row, first), second) in rows.iter().zip(first).zip(second) {
        for r in 0..R {
            let both = machine.splat(row[r]);
            sums[r][0] = machine.add(sums[r][0], both, first);
            if P == 2 {
                sums[r][1] = machine.add(sums[r][1], both, second);
            }
        }
    }
    for p in 0..P {
        let from = (j + p) * LANES;
        let width = LANES.min(b.n - from);
        let mut scales = [0f32; LANES];
        scales.copy_from_slice(&b.scales[from..from + LANES]);
        for r in 0..R {
            let (sums, by) = (machine.out(sums[r][p]), a.scales[i + r]);
            let mut row = [0f32; LANES];
            for k in 0..LANES {
                row[k] = sums[k] as f32 * (by * scales[k]);
            }
            let out = &mut c[(i + r) * b.n + from..][..width];
            match out.first_chunk_mut::<LANES>() {
                Some(out) => *out = row,
                None => out.copy_from_slice(&row[..width]),
            }
        }
    }
}

#[inline(always)]
fn columns<M: Machine, const P: usize>(machine: M, a: &Rows, b: &Integers, j: usize, c: &mut [f32]) {
    let mut i = 0;
    while i + ROWS <= a.m {
        block::<M, ROWS, P>(machine, a, i, b, j, c);
        i += ROWS;
    }
    while i < a.m {
        block::<M, 1, P>(machine, a, i, b, j, c);
        i += 1;
    }
}

struct Multiply<'a, M> {
    machine: M,
    a: &'a Rows,
    b: &'a Integers,
    c: &'a mut [f32],
}

impl<M: Machine> NullaryFnOnce for Multiply<'_, M> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Multiply { machine, a, b, c } = self;
        let panels = b.n.div_ceil(LANES);
        let mut j = 0;
        while M::TWO_PANELS && j + 2 <= panels {
            columns::<M, 2>(machine, a, b, j, c);
            j += 2;
        }
        while j < panels {
            columns::<M, 1>(machine, a, b, j, c);
            j += 1;
        }
    }
}

/// With an instruction that multiplies, adds neighbours and adds to the sums in one.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vnni")]
fn fused(call: Multiply<'_, pulp::x86::V4>) {
    call.call();
}

/// Writes the product of `a` and `b` to `c` (`a.m` × `b.n`, by rows).
pub fn multiply(a: &Rows, b: &Integers, c: &mut [f32]) {
    assert!(a.k == b.k && c.len() >= a.m * b.n, "matrices of other sizes");
    match super::kernel::arch() {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Arch::V4(machine) if is_x86_feature_detected!("avx512vnni") => {
            // The one unsafe call of the workspace: all of reading is a fifth faster by it (`cargo bench -p haberdar-lang`).
            // SAFETY: the machine has all that `fused` asks for: V4 and what was looked for here.
            #[allow(unsafe_code)]
            unsafe {
                fused(Multiply { machine, a, b, c })
            }
        }
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Arch::V4(machine) => machine.vectorize(Multiply { machine, a, b, c }),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Arch::V3(machine) => machine.vectorize(Multiply { machine, a, b, c }),
        arch => arch.dispatch(Multiply { machine: Plain, a, b, c }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::kernel::tests::numbers;

    #[test]
    fn products_are_near_those_of_floats_and_the_same_on_every_machine() {
        for (m, k, n) in [(1, 1, 1), (5, 7, 3), (6, 16, 16), (13, 21, 33), (25, 64, 100), (7, MOST, 40)] {
            let (a, b) = (numbers(m * k, 1), numbers(k * n, 7));
            let right = Integers::new(&b, k, n);
            let mut left = Rows::default();
            left.take(&a, m, k);
            let mut got = vec![f32::NAN; m * n];
            multiply(&left, &right, &mut got);
            let mut plain = vec![f32::NAN; m * n];
            Multiply { machine: Plain, a: &left, b: &right, c: &mut plain }.call();
            assert_eq!(got, plain, "{m} {k} {n}");
            for i in 0..m {
                for j in 0..n {
                    let want: f64 = (0..k).map(|p| a[i * k + p] as f64 * b[p * n + j] as f64).sum();
                    let near = (got[i * n + j] as f64 - want).abs() < 1e-3 * (k as f64).sqrt();
                    assert!(near, "{m} {k} {n}: {} {want}", got[i * n + j]);
                }
            }
        }
    }

    #[test]
    fn zeros_and_the_largest_numbers_are_safe() {
        let (k, n) = (MOST, 16);
        let right = Integers::new(&vec![1.0; k * n], k, n);
        let mut left = Rows::default();
        left.take(&vec![1.0; 2 * k], 2, k);
        let mut got = vec![0.0; 2 * n];
        multiply(&left, &right, &mut got);
        assert!(got.iter().all(|v| (v - k as f32).abs() < 0.1), "{got:?}");
        left.take(&vec![0.0; 2 * k], 2, k);
        multiply(&left, &right, &mut got);
        assert!(got.iter().all(|v| *v == 0.0));
    }
}
