//! The recurrence of the layers, along a sentence in both directions.

use super::kernel::sigmoid;
use crate::vectorized;

/// What the input of a layer is multiplied with on its way past the unit, so that its size stays the same from layer to
/// layer (Lei and others 2018, section 3.2).
pub const HIGHWAY: f32 = 1.732_050_8;

vectorized! {
    /// One direction of a layer over sentences that lie one behind the other.
    ///
    /// `u` has for each word the products of both directions (6 × h), `x` the layer's input (2 × h), `v` the weights of this
    /// direction: last state in the forget gate, in the highway gate, biases of both (4 × h). The output goes into this
    /// direction's half of `out` (2 × h). `ends` are the words behind each sentence, `state` is room for h numbers.
    pub fn scan<'a>(
        u: &'a [f32],
        x: &'a [f32],
        v: &'a [f32],
        backward: bool,
        ends: &'a [usize],
        state: &'a mut [f32],
        out: &'a mut [f32],
    ) {
        let h = state.len();
        let half = if backward { h } else { 0 };
        let (vf, vr, bf, br) = (&v[..h], &v[h..2 * h], &v[2 * h..3 * h], &v[3 * h..4 * h]);
        let mut from = 0;
        for &end in ends {
            state.fill(0.0);
            for step in 0..end - from {
                let t = if backward { end - 1 - step } else { from + step };
                let u = &u[t * 6 * h + 3 * half..][..3 * h];
                let (z, f, r) = (&u[..h], &u[h..2 * h], &u[2 * h..]);
                let x = &x[t * 2 * h + half..][..h];
                let out = &mut out[t * 2 * h + half..][..h];
                for i in 0..h {
                    let last = state[i];
                    let f = sigmoid(f[i] + vf[i] * last + bf[i]);
                    let c = f * last + (1.0 - f) * z[i];
                    let r = sigmoid(r[i] + vr[i] * last + br[i]);
                    state[i] = c;
                    out[i] = r * c + (1.0 - r) * (x[i] * HIGHWAY);
                }
            }
            from = end;
        }
    }
}
