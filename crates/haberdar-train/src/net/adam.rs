//! The optimizer: Adam (Kingma and Ba 2015); rows of tables move only when their features occur.

use haberdar_lang::{
    net::{Dims, part},
    vectorized,
};

use crate::perceptron::Random;

/// What is learned: tables of vectors and dense matrices.
#[derive(Clone, Default)]
pub struct Params {
    /// A table for each group of features, a row after the other.
    pub tables: Vec<Vec<f32>>,
    /// The matrices in the order of [`haberdar_lang::net::part`].
    pub dense: Vec<Vec<f32>>,
}

impl Params {
    /// Zeros: `rows` are those of the tables, `targets` the number of forms that masked words are guessed from.
    pub fn zeros(dims: &Dims, rows: &[usize], targets: usize) -> Params {
        Params {
            tables: rows.iter().zip(&dims.groups).map(|(r, d)| vec![0.0; r * d]).collect(),
            dense: shapes(dims, targets).iter().map(|(r, c)| vec![0.0; r * c]).collect(),
        }
    }

    /// Numbers to start from: uniform, by the number of inputs; biases are zero.
    pub fn random(dims: &Dims, rows: &[usize], targets: usize, random: &mut Random) -> Params {
        let mut p = Params::zeros(dims, rows, targets);
        for (table, _) in p.tables.iter_mut().zip(&dims.groups) {
            table.iter_mut().for_each(|v| *v = uniform(random) * 0.1);
        }
        for (i, ((rows, columns), m)) in shapes(dims, targets).iter().zip(&mut p.dense).enumerate() {
            // The root's vectors are rows as well, and must not start equal.
            if i != part::ROOT && (part::is_row(i) || i > dims.shapes().len()) {
                continue;
            }
            let size = if *rows == 1 { 0.1 } else { (6.0 / (rows + columns.min(rows)) as f32).sqrt() };
            m.iter_mut().for_each(|v| *v = uniform(random) * size);
        }
        p
    }
}

/// The matrices of the network, and behind them those that guess masked words, which learning alone needs.
fn shapes(dims: &Dims, targets: usize) -> Vec<(usize, usize)> {
    let mut out = dims.shapes();
    out.extend([(dims.width(), targets), (1, targets)]);
    out
}

/// A number between -1 and 1.
pub fn uniform(random: &mut Random) -> f32 {
    (random.number() >> 40) as f32 / (1u32 << 23) as f32 - 1.0
}

/// True with this probability.
pub fn chance(random: &mut Random, p: f32) -> bool {
    ((random.number() >> 40) as f32) < p * (1u32 << 24) as f32
}

/// Gradients of a batch.
pub struct Gradients {
    /// As the parameters.
    pub of: Params,
    /// Rows of the tables that the batch touched; may repeat.
    pub touched: Vec<Vec<u32>>,
}

/// The optimizer's memory.
pub struct Adam {
    first: Params,
    second: Params,
    step: i32,
}

const DECAY_FIRST: f32 = 0.9;
const DECAY_SECOND: f32 = 0.98;
const LEAST: f32 = 1e-8;

vectorized! {
    fn update<'a>(value: &'a mut [f32], gradient: &'a mut [f32], first: &'a mut [f32], second: &'a mut [f32], scale: f32, rate: f32) {
        let n = value.len();
        let (gradient, first, second) = (&mut gradient[..n], &mut first[..n], &mut second[..n]);
        for i in 0..n {
            let g = gradient[i] * scale;
            gradient[i] = 0.0;
            first[i] += (g - first[i]) * (1.0 - DECAY_FIRST);
            second[i] += (g * g - second[i]) * (1.0 - DECAY_SECOND);
            value[i] -= rate * first[i] / (second[i].sqrt() + LEAST);
        }
    }
}

impl Adam {
    /// A fresh memory.
    pub fn new(dims: &Dims, rows: &[usize], targets: usize) -> Adam {
        Adam { first: Params::zeros(dims, rows, targets), second: Params::zeros(dims, rows, targets), step: 0 }
    }

    /// Moves the parameters against the gradients and clears those.
    pub fn step(&mut self, p: &mut Params, g: &mut Gradients, dims: &Dims, rate: f32) {
        self.step += 1;
        for t in &mut g.touched {
            t.sort_unstable();
            t.dedup();
        }
        let mut sum = 0f64;
        for m in &g.of.dense {
            sum += m.iter().map(|v| (*v as f64) * (*v as f64)).sum::<f64>();
        }
        for ((t, rows), d) in g.of.tables.iter().zip(&g.touched).zip(&dims.groups) {
            for &r in rows {
                sum += t[r as usize * d..(r as usize + 1) * d].iter().map(|v| (*v as f64) * (*v as f64)).sum::<f64>();
            }
        }
        let norm = sum.sqrt() as f32;
        let scale = if norm > 5.0 { 5.0 / norm } else { 1.0 };
        // Both averages start from zero; this makes up for it.
        let power = |d: f32| (0..self.step.min(2000)).fold(1f32, |p, _| p * d);
        let rate = rate * (1.0 - power(DECAY_SECOND)).sqrt() / (1.0 - power(DECAY_FIRST));
        for i in 0..p.dense.len() {
            update(&mut p.dense[i], &mut g.of.dense[i], &mut self.first.dense[i], &mut self.second.dense[i], scale, rate);
        }
        for (i, d) in dims.groups.iter().enumerate() {
            for &r in &g.touched[i] {
                let at = r as usize * d..(r as usize + 1) * d;
                update(
                    &mut p.tables[i][at.clone()],
                    &mut g.of.tables[i][at.clone()],
                    &mut self.first.tables[i][at.clone()],
                    &mut self.second.tables[i][at],
                    scale,
                    rate,
                );
            }
            g.touched[i].clear();
        }
    }
}
