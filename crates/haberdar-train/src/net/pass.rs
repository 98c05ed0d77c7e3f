//! A batch forward and back: losses and gradients.

use haberdar_lang::{
    net::{Dims, UPOS, kernel, kernel::LEAK, labels::Labels, part, units::HIGHWAY},
    vectorized,
};

use super::{
    Sentence,
    adam::{Gradients, Params, chance},
    matrix::{Matrix, add_bias, softmax, sum_rows, zeros},
};
use crate::perceptron::Random;

/// What is left out in learning, as probabilities.
#[derive(Clone, Debug)]
pub struct Dropout {
    /// Units between layers, the same along a sentence.
    pub layer: f32,
    /// Units between the encoder and its readers.
    pub head: f32,
    /// Groups of features of a word.
    pub group: f32,
    /// A form that was seen n times is left out with p / (p + n).
    pub form: f32,
}

/// Losses of a batch, each a mean over what it is counted on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Losses {
    /// Parts of speech, labels, heads, relations, names, masked words.
    pub sums: [f64; 6],
    /// On how many words.
    pub counts: [f64; 6],
}

/// Share of the words of raw text that are hidden.
const MASKED: f32 = 0.15;

/// Buffers of a batch.
#[derive(Default)]
pub struct Pass {
    matrix: Matrix,
    input: Vec<f32>,
    kept: Vec<bool>,
    /// Input of each layer, and the top.
    x: Vec<Vec<f32>>,
    /// The same with dropout.
    xd: Vec<Vec<f32>>,
    masks: Vec<Vec<f32>>,
    u: Vec<Vec<f32>>,
    c: Vec<Vec<f32>>,
    f: Vec<Vec<f32>>,
    r: Vec<Vec<f32>>,
}

vectorized! {
    /// One direction of a layer, with all that the way back needs.
    fn scan<'a>(u: &'a [f32], x: &'a [f32], v: &'a [f32], backward: bool, ends: &'a [usize], h: usize,
                c: &'a mut [f32], f: &'a mut [f32], r: &'a mut [f32], out: &'a mut [f32], state: &'a mut [f32]) {
        let half = if backward { h } else { 0 };
        let (vf, vr, bf, br) = (&v[..h], &v[h..2 * h], &v[2 * h..3 * h], &v[3 * h..4 * h]);
        let mut from = 0;
        for &end in ends {
            state.fill(0.0);
            for step in 0..end - from {
                let t = if backward { end - 1 - step } else { from + step };
                let u = &u[t * 6 * h + 3 * half..][..3 * h];
                let at = t * 2 * h + half;
                let (x, c, f) = (&x[at..][..h], &mut c[at..][..h], &mut f[at..][..h]);
                let (r, out, state) = (&mut r[at..][..h], &mut out[at..][..h], &mut state[..h]);
                for i in 0..h {
                    let last = state[i];
                    f[i] = kernel::sigmoid(u[h + i] + vf[i] * last + bf[i]);
                    c[i] = f[i] * last + (1.0 - f[i]) * u[i];
                    r[i] = kernel::sigmoid(u[2 * h + i] + vr[i] * last + br[i]);
                    state[i] = c[i];
                    out[i] = r[i] * c[i] + (1.0 - r[i]) * (x[i] * HIGHWAY);
                }
            }
            from = end;
        }
    }
}

vectorized! {
    /// The way back of [`scan`]: `d` is the gradient of the output; adds to those of products, input and weights.
    fn scan_back<'a>(u: &'a [f32], x: &'a [f32], v: &'a [f32], backward: bool, ends: &'a [usize], h: usize,
                     c: &'a [f32], f: &'a [f32], r: &'a [f32], d: &'a [f32],
                     du: &'a mut [f32], dx: &'a mut [f32], dv: &'a mut [f32], carry: &'a mut [f32], zero: &'a [f32]) {
        let half = if backward { h } else { 0 };
        let (vf, vr) = (&v[..h], &v[h..2 * h]);
        let mut from = 0;
        for &end in ends {
            carry.fill(0.0);
            for step in (0..end - from).rev() {
                let t = if backward { end - 1 - step } else { from + step };
                let at = t * 2 * h + half;
                let last = if step == 0 { &zero[..h] } else if backward { &c[at + 2 * h..][..h] } else { &c[at - 2 * h..][..h] };
                let z = &u[t * 6 * h + 3 * half..][..h];
                let du = &mut du[t * 6 * h + 3 * half..][..3 * h];
                let (x, c, f, r, d) = (&x[at..][..h], &c[at..][..h], &f[at..][..h], &r[at..][..h], &d[at..][..h]);
                let (dx, carry, dv) = (&mut dx[at..][..h], &mut carry[..h], &mut dv[..4 * h]);
                for i in 0..h {
                    let dr = d[i] * (c[i] - x[i] * HIGHWAY) * r[i] * (1.0 - r[i]);
                    let dc = d[i] * r[i] + carry[i];
                    dx[i] += d[i] * (1.0 - r[i]) * HIGHWAY;
                    let df = dc * (last[i] - z[i]) * f[i] * (1.0 - f[i]);
                    du[i] = dc * (1.0 - f[i]);
                    du[h + i] = df;
                    du[2 * h + i] = dr;
                    dv[i] += df * last[i];
                    dv[h + i] += dr * last[i];
                    dv[2 * h + i] += df;
                    dv[3 * h + i] += dr;
                    carry[i] = dc * f[i] + dr * vr[i] + df * vf[i];
                }
            }
            from = end;
        }
    }
}

fn leaky(x: &mut [f32]) {
    x.iter_mut().filter(|v| **v < 0.0).for_each(|v| *v *= LEAK);
}

/// Passes a gradient back through [`leaky`]; `y` is what came out.
fn leaky_back(y: &[f32], d: &mut [f32]) {
    d.iter_mut().zip(y).filter(|(_, y)| **y < 0.0).for_each(|(d, _)| *d *= LEAK);
}

fn times(x: &mut [f32], mask: &[f32]) {
    x.iter_mut().zip(mask).for_each(|(v, m)| *v *= m);
}

/// A mask of zeros and of numbers that make up for them.
fn mask(n: usize, p: f32, random: &mut Random, out: &mut Vec<f32>) {
    let keep = 1.0 / (1.0 - p);
    out.extend((0..n).map(|_| if p > 0.0 && chance(random, p) { 0.0 } else { keep }));
}

/// Masks that are the same for all words of a sentence.
fn sentence_masks(width: usize, p: f32, ends: &[usize], random: &mut Random) -> Vec<f32> {
    let mut out = Vec::with_capacity(width * ends.last().copied().unwrap_or(0));
    let mut from = 0;
    for &end in ends {
        let at = out.len();
        mask(width, p, random, &mut out);
        for _ in from + 1..end {
            out.extend_from_within(at..at + width);
        }
        from = end;
    }
    out
}

impl Pass {
    /// Forward and back over sentences; adds to the gradients.
    #[allow(clippy::too_many_arguments)]
    pub fn run(
        &mut self,
        dims: &Dims,
        p: &Params,
        g: &mut Gradients,
        batch: &[&Sentence],
        bags: &[super::Bag],
        inventories: &[Labels],
        dropout: &Dropout,
        random: &mut Random,
        losses: &mut Losses,
    ) {
        let (w, h) = (dims.width(), dims.hidden);
        let ends: Vec<usize> = batch
            .iter()
            .scan(0, |n, s| {
                *n += s.words.len();
                Some(*n)
            })
            .collect();
        let n = ends.last().copied().unwrap_or(0);
        let mut scheme = Vec::with_capacity(n);
        let mut words = Vec::with_capacity(n);
        for s in batch {
            words.extend(s.words.iter().map(|&b| &bags[b as usize]));
            scheme.resize(words.len(), s.scheme as usize);
        }
        let of = |t: usize| scheme[t];
        // Words of raw text that are hidden and have to be guessed.
        let mut masked = Vec::new();
        let mut at = 0;
        for s in batch {
            if s.raw {
                for (k, &b) in s.words.iter().enumerate() {
                    if chance(random, MASKED)
                        && let Some(target) = bags[b as usize].target
                    {
                        masked.push((at + k, target));
                    }
                }
            }
            at += s.words.len();
        }
        let mut next = masked.iter().map(|m| m.0).peekable();

        // Input.
        let width = dims.input();
        zeros(&mut self.input, n * width);
        self.kept.clear();
        for (t, bag) in words.iter().enumerate() {
            let mut from = 0;
            let hidden = next.next_if_eq(&t).is_some();
            for (k, &d) in dims.groups.iter().enumerate() {
                let p_out = if k == 0 { dropout.group + dropout.form / (dropout.form + bag.count as f32) } else { dropout.group };
                let keep = !hidden && ((k == 3) || !chance(random, p_out));
                self.kept.push(keep);
                if keep {
                    let sum = &mut self.input[t * width + from..][..d];
                    for &row in bag.group(k) {
                        let v = &p.tables[k][row as usize * d..][..d];
                        sum.iter_mut().zip(v).for_each(|(s, v)| *s += v);
                    }
                }
                from += d;
            }
        }
        let layers = dims.layers;
        for v in [&mut self.x, &mut self.xd, &mut self.masks] {
            v.resize(layers + 1, Vec::new());
        }
        for v in [&mut self.u, &mut self.c, &mut self.f, &mut self.r] {
            v.resize(layers, Vec::new());
        }
        zeros(&mut self.x[0], n * w);
        self.matrix.product(&self.input, n, width, &p.dense[part::INPUT], w, &mut self.x[0]);
        add_bias(&mut self.x[0], w, &p.dense[part::INPUT_BIAS], of);
        leaky(&mut self.x[0]);
        let mut state = vec![0.0; h];
        for layer in 0..=layers {
            self.masks[layer] = sentence_masks(w, dropout.layer, &ends, random);
            let mut xd = std::mem::take(&mut self.xd[layer]);
            xd.clone_from(&self.x[layer]);
            times(&mut xd, &self.masks[layer]);
            self.xd[layer] = xd;
            if layer == layers {
                break;
            }
            let m = part::LAYERS + 2 * layer;
            zeros(&mut self.u[layer], n * 6 * h);
            self.matrix.product(&self.xd[layer], n, w, &p.dense[m], 6 * h, &mut self.u[layer]);
            for v in [&mut self.c[layer], &mut self.f[layer], &mut self.r[layer]] {
                v.resize(n * w, 0.0);
            }
            let mut out = std::mem::take(&mut self.x[layer + 1]);
            out.resize(n * w, 0.0);
            for backward in [false, true] {
                let v = &p.dense[m + 1][if backward { 4 * h } else { 0 }..][..4 * h];
                scan(
                    &self.u[layer],
                    &self.x[layer],
                    v,
                    backward,
                    &ends,
                    h,
                    &mut self.c[layer],
                    &mut self.f[layer],
                    &mut self.r[layer],
                    &mut out,
                    &mut state,
                );
            }
            self.x[layer + 1] = out;
        }
        let top = std::mem::take(&mut self.xd[layers]);
        let mut dtop = vec![0.0; n * w];

        self.tags_and_trees(dims, p, g, batch, inventories, &ends, &scheme, &top, &mut dtop, dropout, random, losses);
        self.names(dims, p, g, batch, &ends, &top, &mut dtop, dropout, random, losses);

        self.masked(dims, p, g, &masked, &top, &mut dtop, losses);

        // Back through the layers.
        let mut d = dtop;
        times(&mut d, &self.masks[layers]);
        let (mut du, mut carry, zero) = (Vec::new(), vec![0.0; h], vec![0.0; h]);
        for layer in (0..layers).rev() {
            let m = part::LAYERS + 2 * layer;
            zeros(&mut du, n * 6 * h);
            let mut dx = vec![0.0; n * w];
            for backward in [false, true] {
                let at = if backward { 4 * h } else { 0 };
                scan_back(
                    &self.u[layer],
                    &self.x[layer],
                    &p.dense[m + 1][at..][..4 * h],
                    backward,
                    &ends,
                    h,
                    &self.c[layer],
                    &self.f[layer],
                    &self.r[layer],
                    &d,
                    &mut du,
                    &mut dx,
                    &mut g.of.dense[m + 1][at..][..4 * h],
                    &mut carry,
                    &zero,
                );
            }
            self.matrix.transposed_by(&self.xd[layer], n, w, &du, 6 * h, &mut g.of.dense[m]);
            let mut dxd = vec![0.0; n * w];
            self.matrix.by_transposed(&du, n, 6 * h, &p.dense[m], w, &mut dxd);
            times(&mut dxd, &self.masks[layer]);
            dx.iter_mut().zip(&dxd).for_each(|(a, b)| *a += b);
            d = dx;
        }
        leaky_back(&self.x[0], &mut d);
        sum_rows(&d, w, &mut g.of.dense[part::INPUT_BIAS], of);
        self.matrix.transposed_by(&self.input, n, width, &d, w, &mut g.of.dense[part::INPUT]);
        let mut din = vec![0.0; n * width];
        self.matrix.by_transposed(&d, n, w, &p.dense[part::INPUT], width, &mut din);
        for (t, bag) in words.iter().enumerate() {
            let mut from = 0;
            for (k, &dim) in dims.groups.iter().enumerate() {
                if self.kept[t * dims.groups.len() + k] {
                    let d = &din[t * width + from..][..dim];
                    for &row in bag.group(k) {
                        let out = &mut g.of.tables[k][row as usize * dim..][..dim];
                        out.iter_mut().zip(d).for_each(|(o, d)| *o += d);
                        g.touched[k].push(row);
                    }
                }
                from += dim;
            }
        }
        self.xd[layers] = top;
    }

    #[allow(clippy::too_many_arguments)]
    fn tags_and_trees(
        &mut self,
        dims: &Dims,
        p: &Params,
        g: &mut Gradients,
        batch: &[&Sentence],
        inventories: &[Labels],
        ends: &[usize],
        scheme: &[usize],
        top: &[f32],
        dtop: &mut [f32],
        dropout: &Dropout,
        random: &mut Random,
        losses: &mut Losses,
    ) {
        let with_tree = batch.iter().filter(|s| s.tree.is_some()).map(|s| s.words.len()).sum::<usize>();
        if with_tree == 0 {
            return;
        }
        let by = 1.0 / with_tree as f32;
        let (n, w) = (scheme.len(), dims.width());
        let of = |t: usize| scheme[t];
        let mut tag = vec![0.0; n * dims.tag];
        self.matrix.product(top, n, w, &p.dense[part::TAG], dims.tag, &mut tag);
        add_bias(&mut tag, dims.tag, &p.dense[part::TAG_BIAS], of);
        leaky(&mut tag);
        let mut tag_mask = Vec::new();
        mask(n * dims.tag, dropout.head, random, &mut tag_mask);
        let mut tag_d = tag.clone();
        times(&mut tag_d, &tag_mask);
        let columns = UPOS + dims.components;
        let mut scores = vec![0.0; n * columns];
        self.matrix.product(&tag_d, n, dims.tag, &p.dense[part::LABEL], columns, &mut scores);
        add_bias(&mut scores, columns, &p.dense[part::LABEL_BIAS], of);
        let mut dscores = vec![0.0; n * columns];
        let mut t = 0;
        let mut row = Vec::new();
        for s in batch {
            let Some(tree) = &s.tree else {
                t += s.words.len();
                continue;
            };
            let labels = &inventories[s.scheme as usize];
            for k in 0..s.words.len() {
                let sc = &scores[t * columns..][..columns];
                let ds = &mut dscores[t * columns..][..columns];
                let upos = tree.upos[k] as usize;
                row.clear();
                row.extend_from_slice(&sc[..UPOS]);
                softmax(&mut row);
                losses.sums[0] -= (row[upos].max(1e-9) as f64).ln();
                losses.counts[0] += 1.0;
                row.iter().zip(ds.iter_mut()).for_each(|(v, d)| *d = v * by);
                ds[upos] -= by;
                if let Some(label) = tree.labels[k] {
                    let range = labels.of(upos);
                    row.clear();
                    row.extend(
                        labels.components[range.clone()].iter().map(|c| c.iter().map(|&c| sc[UPOS + c as usize]).sum::<f32>()),
                    );
                    softmax(&mut row);
                    let want = label as usize - range.start;
                    losses.sums[1] -= (row[want].max(1e-9) as f64).ln();
                    losses.counts[1] += 1.0;
                    row[want] -= 1.0;
                    for (of, v) in labels.components[range].iter().zip(&row) {
                        if v.abs() > 1e-6 {
                            of.iter().for_each(|&c| ds[UPOS + c as usize] += v * by);
                        }
                    }
                }
                t += 1;
            }
        }
        sum_rows(&dscores, columns, &mut g.of.dense[part::LABEL_BIAS], of);
        self.matrix.transposed_by(&tag_d, n, dims.tag, &dscores, columns, &mut g.of.dense[part::LABEL]);
        let mut dtag = vec![0.0; n * dims.tag];
        self.matrix.by_transposed(&dscores, n, columns, &p.dense[part::LABEL], dims.tag, &mut dtag);

        // Trees.
        let wide = w + dims.tag;
        let mut input = Vec::with_capacity(n * wide);
        for (x, t) in top.chunks_exact(w).zip(tag_d.chunks_exact(dims.tag)) {
            input.extend_from_slice(x);
            input.extend_from_slice(t);
        }
        let (columns, a, rel) = (dims.tree(), dims.arc, dims.rel);
        let mut tree = vec![0.0; n * columns];
        self.matrix.product(&input, n, wide, &p.dense[part::TREE], columns, &mut tree);
        add_bias(&mut tree, columns, &p.dense[part::TREE_BIAS], of);
        let masks = sentence_masks(2 * a, dropout.head, ends, random);
        let mut dtree = vec![0.0; n * columns];
        let mut deps = vec![0.0; n * a];
        let mut heads_all = vec![0.0; n * a];
        for t in 0..n {
            let row = &mut tree[t * columns..][..2 * a];
            leaky(row);
            let m = &masks[t * 2 * a..][..2 * a];
            for i in 0..a {
                deps[t * a + i] = row[i] * m[i];
                heads_all[t * a + i] = row[a + i] * m[a + i];
            }
        }
        let mut bent = vec![0.0; n * a];
        self.matrix.product(&deps, n, a, &p.dense[part::ARC], a, &mut bent);
        add_bias(&mut bent, a, &p.dense[part::ARC_HEAD], |_| 0);
        let mut dbent = vec![0.0; n * a];
        let root = &p.dense[part::ROOT];
        let mut meeting = vec![0.0; n * rel];
        let mut from = 0;
        for (s, &end) in batch.iter().zip(ends) {
            let m = end - from;
            if let Some(gold) = &s.tree {
                let mut heads = heads_all[from * a..end * a].to_vec();
                heads.extend_from_slice(&root[..a]);
                let mut arcs = vec![0.0; m * (m + 1)];
                self.matrix.by_transposed(&bent[from * a..end * a], m, a, &heads, m + 1, &mut arcs);
                for i in 0..m {
                    let row = &mut arcs[i * (m + 1)..][..m + 1];
                    row[i] = -1e9;
                    softmax(row);
                    let head = gold.heads[i] as usize;
                    losses.sums[2] -= (row[head].max(1e-9) as f64).ln();
                    losses.counts[2] += 1.0;
                    row[head] -= 1.0;
                    row.iter_mut().for_each(|v| *v *= by);
                }
                self.matrix.product(&arcs, m, m + 1, &heads, a, &mut dbent[from * a..end * a]);
                let mut dheads = vec![0.0; (m + 1) * a];
                self.matrix.transposed_by(&arcs, m, m + 1, &bent[from * a..end * a], a, &mut dheads);
                g.of.dense[part::ROOT][..a].iter_mut().zip(&dheads[m * a..]).for_each(|(o, d)| *o += d);
                for i in 0..m {
                    dtree[(from + i) * columns + a..][..a].copy_from_slice(&dheads[i * a..(i + 1) * a]);
                    let dep = &tree[(from + i) * columns + 2 * a..][..rel];
                    let head = match gold.heads[i] as usize {
                        h if h == m => &root[a..],
                        h => &tree[(from + h) * columns + 2 * a + rel..][..rel],
                    };
                    let z = &mut meeting[(from + i) * rel..][..rel];
                    z.iter_mut().zip(dep).zip(head).for_each(|((z, d), h)| *z = d + h);
                    leaky(z);
                }
            }
            from = end;
        }
        let mut met_mask = Vec::new();
        mask(n * rel, dropout.head, random, &mut met_mask);
        let mut met = meeting.clone();
        times(&mut met, &met_mask);
        let k = dims.relations;
        let mut scores = vec![0.0; n * k];
        self.matrix.product(&met, n, rel, &p.dense[part::REL], k, &mut scores);
        add_bias(&mut scores, k, &p.dense[part::REL_BIAS], of);
        let mut t = 0;
        for s in batch {
            for i in 0..s.words.len() {
                let row = &mut scores[t * k..][..k];
                match s.tree.as_ref().and_then(|g| g.relations[i]) {
                    Some(want) => {
                        softmax(row);
                        losses.sums[3] -= (row[want as usize].max(1e-9) as f64).ln();
                        losses.counts[3] += 1.0;
                        row[want as usize] -= 1.0;
                        row.iter_mut().for_each(|v| *v *= by);
                    }
                    None => row.fill(0.0),
                }
                t += 1;
            }
        }
        sum_rows(&scores, k, &mut g.of.dense[part::REL_BIAS], of);
        self.matrix.transposed_by(&met, n, rel, &scores, k, &mut g.of.dense[part::REL]);
        let mut dmet = vec![0.0; n * rel];
        self.matrix.by_transposed(&scores, n, k, &p.dense[part::REL], rel, &mut dmet);
        times(&mut dmet, &met_mask);
        leaky_back(&meeting, &mut dmet);
        let mut from = 0;
        for (s, &end) in batch.iter().zip(ends) {
            let m = end - from;
            if let Some(gold) = &s.tree {
                for i in 0..m {
                    let d = &dmet[(from + i) * rel..][..rel];
                    let dep = &mut dtree[(from + i) * columns + 2 * a..][..rel];
                    dep.iter_mut().zip(d).for_each(|(o, d)| *o += d);
                    let head = match gold.heads[i] as usize {
                        h if h == m => &mut g.of.dense[part::ROOT][a..],
                        h => &mut dtree[(from + h) * columns + 2 * a + rel..][..rel],
                    };
                    head.iter_mut().zip(d).for_each(|(o, d)| *o += d);
                }
            }
            from = end;
        }
        sum_rows(&dbent, a, &mut g.of.dense[part::ARC_HEAD], |_| 0);
        self.matrix.transposed_by(&deps, n, a, &dbent, a, &mut g.of.dense[part::ARC]);
        let mut ddeps = vec![0.0; n * a];
        self.matrix.by_transposed(&dbent, n, a, &p.dense[part::ARC], a, &mut ddeps);
        for t in 0..n {
            let d = &mut dtree[t * columns..][..2 * a];
            d[..a].copy_from_slice(&ddeps[t * a..(t + 1) * a]);
            times(d, &masks[t * 2 * a..][..2 * a]);
            leaky_back(&tree[t * columns..][..2 * a], d);
        }
        sum_rows(&dtree, columns, &mut g.of.dense[part::TREE_BIAS], of);
        self.matrix.transposed_by(&input, n, wide, &dtree, columns, &mut g.of.dense[part::TREE]);
        let mut dinput = vec![0.0; n * wide];
        self.matrix.by_transposed(&dtree, n, columns, &p.dense[part::TREE], wide, &mut dinput);
        for (t, d) in dinput.chunks_exact(wide).enumerate() {
            dtop[t * w..(t + 1) * w].iter_mut().zip(d).for_each(|(o, d)| *o += d);
            dtag[t * dims.tag..(t + 1) * dims.tag].iter_mut().zip(&d[w..]).for_each(|(o, d)| *o += d);
        }
        times(&mut dtag, &tag_mask);
        leaky_back(&tag, &mut dtag);
        sum_rows(&dtag, dims.tag, &mut g.of.dense[part::TAG_BIAS], of);
        self.matrix.transposed_by(top, n, w, &dtag, dims.tag, &mut g.of.dense[part::TAG]);
        self.matrix.by_transposed(&dtag, n, dims.tag, &p.dense[part::TAG], w, dtop);
    }

    /// Guesses the hidden words.
    #[allow(clippy::too_many_arguments)]
    fn masked(
        &mut self,
        dims: &Dims,
        p: &Params,
        g: &mut Gradients,
        masked: &[(usize, u32)],
        top: &[f32],
        dtop: &mut [f32],
        losses: &mut Losses,
    ) {
        if masked.is_empty() {
            return;
        }
        let (w, m, out) = (dims.width(), masked.len(), dims.shapes().len());
        let k = p.dense[out + 1].len();
        let mut input = Vec::with_capacity(m * w);
        masked.iter().for_each(|&(t, _)| input.extend_from_slice(&top[t * w..(t + 1) * w]));
        let mut scores = vec![0.0; m * k];
        self.matrix.product(&input, m, w, &p.dense[out], k, &mut scores);
        add_bias(&mut scores, k, &p.dense[out + 1], |_| 0);
        let by = 1.0 / m as f32;
        for (row, &(_, want)) in scores.chunks_exact_mut(k).zip(masked) {
            softmax(row);
            losses.sums[5] -= (row[want as usize].max(1e-9) as f64).ln();
            losses.counts[5] += 1.0;
            row[want as usize] -= 1.0;
            row.iter_mut().for_each(|v| *v *= by);
        }
        sum_rows(&scores, k, &mut g.of.dense[out + 1], |_| 0);
        self.matrix.transposed_by(&input, m, w, &scores, k, &mut g.of.dense[out]);
        let mut d = vec![0.0; m * w];
        self.matrix.by_transposed(&scores, m, k, &p.dense[out], w, &mut d);
        for (d, &(t, _)) in d.chunks_exact(w).zip(masked) {
            dtop[t * w..(t + 1) * w].iter_mut().zip(d).for_each(|(o, d)| *o += d);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn names(
        &mut self,
        dims: &Dims,
        p: &Params,
        g: &mut Gradients,
        batch: &[&Sentence],
        ends: &[usize],
        top: &[f32],
        dtop: &mut [f32],
        dropout: &Dropout,
        random: &mut Random,
        losses: &mut Losses,
    ) {
        let with_names = batch.iter().filter(|s| s.names.is_some()).map(|s| s.words.len()).sum::<usize>();
        if with_names == 0 || dims.name_tags == 0 {
            return;
        }
        let by = 1.0 / with_names as f32;
        let (n, w, k) = (ends.last().copied().unwrap_or(0), dims.width(), dims.name_tags);
        let mut hidden = vec![0.0; n * dims.name];
        self.matrix.product(top, n, w, &p.dense[part::NAME], dims.name, &mut hidden);
        add_bias(&mut hidden, dims.name, &p.dense[part::NAME_BIAS], |_| 0);
        leaky(&mut hidden);
        let mut masks = Vec::new();
        mask(n * dims.name, dropout.head, random, &mut masks);
        let mut hidden_d = hidden.clone();
        times(&mut hidden_d, &masks);
        let mut scores = vec![0.0; n * k];
        self.matrix.product(&hidden_d, n, dims.name, &p.dense[part::NAME_OUT], k, &mut scores);
        add_bias(&mut scores, k, &p.dense[part::NAME_OUT_BIAS], |_| 0);
        let mut t = 0;
        for s in batch {
            for i in 0..s.words.len() {
                let row = &mut scores[t * k..][..k];
                match &s.names {
                    Some(tags) => {
                        let want = tags[i] as usize;
                        softmax(row);
                        losses.sums[4] -= (row[want].max(1e-9) as f64).ln();
                        losses.counts[4] += 1.0;
                        row[want] -= 1.0;
                        row.iter_mut().for_each(|v| *v *= by);
                    }
                    None => row.fill(0.0),
                }
                t += 1;
            }
        }
        sum_rows(&scores, k, &mut g.of.dense[part::NAME_OUT_BIAS], |_| 0);
        self.matrix.transposed_by(&hidden_d, n, dims.name, &scores, k, &mut g.of.dense[part::NAME_OUT]);
        let mut d = vec![0.0; n * dims.name];
        self.matrix.by_transposed(&scores, n, k, &p.dense[part::NAME_OUT], dims.name, &mut d);
        times(&mut d, &masks);
        leaky_back(&hidden, &mut d);
        sum_rows(&d, dims.name, &mut g.of.dense[part::NAME_BIAS], |_| 0);
        self.matrix.transposed_by(top, n, w, &d, dims.name, &mut g.of.dense[part::NAME]);
        self.matrix.by_transposed(&d, n, dims.name, &p.dense[part::NAME], w, dtop);
    }
}
