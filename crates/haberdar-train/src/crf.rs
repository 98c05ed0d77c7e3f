//! A linear-chain conditional random field over hashed features, learned by gradient steps after each sentence.
//!
//! Sums run in one fixed order and exponentials are our own, so that the same data give the same weights everywhere.

use haberdar_lang::{
    net::kernel::exp,
    rows::{Atoms, ONE, REACH, STRIDE, moved},
};
use rustc_hash::FxHashMap;

use crate::perceptron::Random;

/// Weights or scores of the tags.
pub type Row = [f32; STRIDE];

/// A sentence to learn from: the hashed features of each word, the scores that are given, and the tags.
pub struct Example {
    /// Features of all words, one behind the other.
    pub features: Vec<u32>,
    /// The features' ends by word.
    pub ends: Vec<u32>,
    /// Scores of the tags of each word from elsewhere.
    pub given: Vec<Row>,
    /// The tags that each word may have, a bit each: the gold tag, or several where it is not known.
    pub allowed: Vec<u16>,
}

impl Example {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without words.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds what is seen of the word `i` and its neighbours by themselves.
    pub fn reach(&mut self, seen: &[Atoms], i: usize) {
        for (j, atoms) in seen.iter().enumerate().take(i + REACH + 1).skip(i.saturating_sub(REACH)) {
            let by = j as isize - i as isize;
            let reaching = atoms.iter().filter(|a| by.unsigned_abs() <= a.1 as usize);
            self.features.extend(reaching.map(|a| moved(a.0, by)));
        }
    }

    /// Features of a word.
    pub fn of(&self, i: usize) -> &[u32] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.features[from..self.ends[i] as usize]
    }
}

/// How it learns.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Rounds.
    pub rounds: usize,
    /// Rate at the start; it falls to nothing in a line.
    pub rate: f32,
    /// What is held against large weights, over the whole of the data.
    pub decay: f32,
    /// How often a feature must occur.
    pub occur: u32,
    /// Share of a word's features that are left out in learning.
    pub dropout: f32,
    /// How much given scores count in learning, by tag.
    pub given: Row,
    /// Which tag may follow which; `None` is the start of a sentence.
    pub may_follow: fn(Option<usize>, usize) -> bool,
}

/// Weights below this many parts of [`ONE`] are left out.
const LEAST: i16 = 2;

/// Learned weights.
pub struct Weights {
    /// Number of each feature.
    pub index: FxHashMap<u32, u32>,
    /// Features in the order of their numbers.
    pub keys: Vec<u32>,
    /// A row of tags each.
    pub rows: Vec<Row>,
    /// From each tag to each.
    pub moves: [Row; STRIDE],
    /// Number of tags.
    pub tags: usize,
}

/// What may not be.
const NEVER: f32 = -1e4;

#[inline(always)]
fn add(sum: &mut Row, row: &Row) {
    for k in 0..STRIDE {
        sum[k] += row[k];
    }
}

/// Moves between tags before anything is learned.
fn moves(may_follow: fn(Option<usize>, usize) -> bool) -> [Row; STRIDE] {
    let mut moves = [[0.0; STRIDE]; STRIDE];
    for (b, row) in moves.iter_mut().enumerate() {
        for (t, x) in row.iter_mut().enumerate() {
            if !may_follow(Some(b), t) {
                *x = NEVER;
            }
        }
    }
    moves
}

/// Learns; of all features `only` some, which are sorted.
pub fn train(examples: &[Example], tags: usize, plan: &Plan, only: Option<&[u32]>, say: &dyn Fn(&str)) -> Weights {
    let may_follow = plan.may_follow;
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    examples.iter().flat_map(|e| &e.features).for_each(|f| *counts.entry(*f).or_default() += 1);
    let mut keys: Vec<u32> = counts.into_iter().filter(|(_, n)| *n >= plan.occur).map(|(f, _)| f).collect();
    keys.retain(|f| only.is_none_or(|o| o.binary_search(f).is_ok()));
    keys.sort_unstable();
    let index: FxHashMap<u32, u32> = keys.iter().enumerate().map(|(i, f)| (*f, i as u32)).collect();
    say(&format!("{} features", keys.len()));
    // Features by number, so that nothing has to be looked up in learning.
    let known: Vec<(Vec<u32>, Vec<u32>)> = examples
        .iter()
        .map(|e| {
            let (mut all, mut ends) = (Vec::new(), Vec::new());
            for i in 0..e.len() {
                all.extend(e.of(i).iter().filter_map(|f| index.get(f)));
                ends.push(all.len() as u32);
            }
            (all, ends)
        })
        .collect();
    let mut w = Weights { rows: vec![[0.0; STRIDE]; keys.len()], keys, index, moves: moves(may_follow), tags };
    let mut random = Random(7);
    let mut scale = 1f32;
    let steps = (plan.rounds * examples.len()) as f32;
    let mut step = 0f32;
    let mut kept: Vec<u32> = Vec::new();
    for round in 0..plan.rounds {
        let mut right = 0usize;
        let mut words = 0usize;
        for e in random.order(examples.len()) {
            let (all, ends) = &known[e];
            let e = &examples[e];
            let n = e.len();
            let rate = plan.rate * (1.0 - step / steps);
            step += 1.0;
            if n == 0 {
                continue;
            }
            let mut kept_ends = Vec::with_capacity(n);
            let (features, ends): (&[u32], &[u32]) = if plan.dropout > 0.0 {
                kept.clear();
                let most = (plan.dropout * 65_536.0) as u64;
                let mut from = 0;
                for &end in ends {
                    kept.extend(all[from..end as usize].iter().filter(|_| random.number() & 0xffff >= most));
                    kept_ends.push(kept.len() as u32);
                    from = end as usize;
                }
                (&kept, &kept_ends)
            } else {
                (all, ends)
            };
            let grow = if plan.dropout > 0.0 { scale / (1.0 - plan.dropout) } else { scale };
            let mut rows: Vec<Row> = Vec::with_capacity(n);
            let mut from = 0;
            for (i, &end) in ends.iter().enumerate() {
                let mut sum = [0.0; STRIDE];
                for &f in &features[from..end as usize] {
                    add(&mut sum, &w.rows[f as usize]);
                }
                from = end as usize;
                for (k, s) in sum.iter_mut().enumerate() {
                    *s = *s * grow + plan.given[k] * e.given[i][k];
                }
                rows.push(sum);
            }
            let (marginals, pairs) = expected(&rows, &w.moves, tags, None, may_follow);
            let (wanted, wanted_pairs) = expected(&rows, &w.moves, tags, Some(&e.allowed), may_follow);
            // Towards what is, away from what is expected.
            let by = rate / scale;
            let mut from = 0;
            for (i, &end) in ends.iter().enumerate() {
                let mut change = [0.0; STRIDE];
                let mut most = 0f32;
                for k in 0..tags {
                    let d = wanted[i][k] - marginals[i][k];
                    most = most.max(d.abs());
                    change[k] = by * d;
                }
                words += 1;
                right += (most < 0.5) as usize;
                if most > 1e-3 {
                    for &f in &features[from..end as usize] {
                        add(&mut w.rows[f as usize], &change);
                    }
                }
                from = end as usize;
            }
            for b in 0..tags {
                for t in 0..tags {
                    if may_follow(Some(b), t) {
                        w.moves[b][t] += rate * (wanted_pairs[b][t] - pairs[b][t]);
                    }
                }
            }
            scale *= 1.0 - rate * plan.decay / examples.len() as f32;
        }
        say(&format!("round {}: {:.4} of words right", round + 1, right as f32 / words as f32));
    }
    for row in &mut w.rows {
        row.iter_mut().for_each(|x| *x *= scale);
    }
    w
}

/// A row in parts of one.
pub fn whole(row: &Row) -> [i16; STRIDE] {
    row.map(|x| (x * ONE).round().clamp(-30_000.0, 30_000.0) as i16)
}

impl Weights {
    /// The rows as they are stored, in parts of one that fit into a byte each: what is small is left out.
    pub fn stored(&self) -> Vec<(u32, [i16; STRIDE])> {
        let byte = |x: i16| Some(x.clamp(-127, 127)).filter(|w| w.abs() >= LEAST).unwrap_or(0);
        let rows = self.keys.iter().zip(&self.rows).map(|(k, r)| (*k, whole(r).map(byte)));
        rows.filter(|r| r.1 != [0; STRIDE]).collect()
    }
}

/// Learns twice: from all features, then from as many as are wanted, those that mattered most.
pub fn twice(examples: &[Example], tags: usize, plan: &Plan, features: usize, say: &dyn Fn(&str)) -> Weights {
    let all = train(examples, tags, plan, None, say);
    let kept = select(&all, examples, features);
    train(examples, tags, plan, Some(&kept), say)
}

/// The features that matter most, sorted: those with large weights, and the more so the more often they occur.
pub fn select(w: &Weights, examples: &[Example], most: usize) -> Vec<u32> {
    let mut counts = vec![0u32; w.keys.len()];
    examples.iter().flat_map(|e| &e.features).filter_map(|f| w.index.get(f)).for_each(|&i| counts[i as usize] += 1);
    let mut all: Vec<(f32, u32)> = w
        .rows
        .iter()
        .zip(&counts)
        .zip(&w.keys)
        .map(|((row, &n), &key)| (row.iter().map(|x| x * x).sum::<f32>() * (n as f32).sqrt(), key))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut keys: Vec<u32> = all.into_iter().take(most).map(|a| a.1).collect();
    keys.sort_unstable();
    keys
}

/// How likely each tag of each word is, and how often each pair of tags is expected.
fn expected(
    rows: &[Row],
    moves: &[Row; STRIDE],
    k: usize,
    allowed: Option<&[u16]>,
    may_follow: fn(Option<usize>, usize) -> bool,
) -> (Vec<Row>, [Row; STRIDE]) {
    let n = rows.len();
    let mut factor = [[0f32; STRIDE]; STRIDE];
    for b in 0..k {
        for t in 0..k {
            factor[b][t] = if may_follow(Some(b), t) { exp(moves[b][t]) } else { 0.0 };
        }
    }
    let weights: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let may = |t: &usize| allowed.is_none_or(|a| a[i] >> t & 1 == 1);
            let most = (0..k).filter(may).fold(f32::MIN, |m, t| m.max(row[t]));
            let mut out = [0.0; STRIDE];
            for t in (0..k).filter(may) {
                out[t] = exp((row[t] - most).max(-40.0));
            }
            out
        })
        .collect();
    let mut forward = vec![[0f32; STRIDE]; n];
    for i in 0..n {
        let mut next = [0f32; STRIDE];
        if i == 0 {
            next.iter_mut().enumerate().take(k).for_each(|(t, x)| *x = may_follow(None, t) as u8 as f32);
        } else {
            for b in 0..k {
                let x = forward[i - 1][b];
                for t in 0..STRIDE {
                    next[t] += x * factor[b][t];
                }
            }
        }
        let mut sum = 0.0;
        for t in 0..k {
            next[t] *= weights[i][t];
            sum += next[t];
        }
        let by = 1.0 / sum.max(1e-30);
        next.iter_mut().for_each(|x| *x *= by);
        forward[i] = next;
    }
    let mut marginals = vec![[0f32; STRIDE]; n];
    let mut pairs = [[0f32; STRIDE]; STRIDE];
    let mut back = [1f32; STRIDE];
    for i in (0..n).rev() {
        let mut sum = 0.0;
        for t in 0..k {
            marginals[i][t] = forward[i][t] * back[t];
            sum += marginals[i][t];
        }
        let by = 1.0 / sum.max(1e-30);
        marginals[i].iter_mut().for_each(|x| *x *= by);
        if i == 0 {
            break;
        }
        let mut ahead = [0f32; STRIDE];
        for t in 0..k {
            ahead[t] = weights[i][t] * back[t];
        }
        let mut next = [0f32; STRIDE];
        let mut sum = 0.0;
        let mut total = 0.0;
        for b in 0..k {
            let mut s = 0.0;
            for t in 0..k {
                s += factor[b][t] * ahead[t];
            }
            next[b] = s;
            sum += s;
            total += forward[i - 1][b] * s;
        }
        let by = 1.0 / total.max(1e-30);
        for b in 0..k {
            let x = forward[i - 1][b] * by;
            for t in 0..k {
                pairs[b][t] += x * factor[b][t] * ahead[t];
            }
        }
        let by = 1.0 / sum.max(1e-30);
        next.iter_mut().for_each(|x| *x *= by);
        back = next;
    }
    (marginals, pairs)
}

#[cfg(test)]
mod tests {
    use haberdar_lang::namer::may_follow;

    use super::*;

    /// Words that feature 1 marks begin a name, those that 2 marks go on; what 3 marks may be either.
    fn example(words: &[u32], allowed: &[u16]) -> Example {
        Example {
            features: words.to_vec(),
            ends: (1..=words.len() as u32).collect(),
            given: vec![[0.0; STRIDE]; words.len()],
            allowed: allowed.to_vec(),
        }
    }

    #[test]
    fn what_is_open_is_learned_from_what_is_not() {
        let plan = Plan { rounds: 30, rate: 0.2, decay: 0.0, occur: 1, dropout: 0.0, given: [0.0; STRIDE], may_follow };
        let all = [example(&[1, 2, 3], &[2, 4, 1]), example(&[3, 1, 3], &[1, 2, 5]), example(&[1, 4], &[2, 5])];
        let w = train(&all, 3, &plan, None, &|_| ());
        let row = |f: u32| w.rows[w.index[&f] as usize];
        assert!(row(1)[1] > row(1)[0] && row(2)[2] > row(2)[0] && row(3)[0] > row(3)[2]);
        assert_eq!(w.keys, [1, 2, 3, 4]);
        assert_eq!(select(&w, &all, 2).len(), 2);
    }

    #[test]
    fn marginals_are_those_of_all_sequences() {
        let rows: Vec<Row> = (0..3).map(|i| std::array::from_fn(|t| ((i * 7 + t * 5) % 4) as f32 * 0.5)).collect();
        let (marginals, pairs) = expected(&rows, &moves(may_follow), 3, None, may_follow);
        let (mut sums, mut total) = ([[0f32; 3]; 3], 0.0);
        let mut pair = 0.0;
        for code in 0..27 {
            let t = [code % 3, code / 3 % 3, code / 9];
            if may_follow(None, t[0]) && may_follow(Some(t[0]), t[1]) && may_follow(Some(t[1]), t[2]) {
                let p = exp((0..3).map(|i| rows[i][t[i]]).sum());
                total += p;
                (0..3).for_each(|i| sums[i][t[i]] += p);
                pair += p * ((t[0] == 1 && t[1] == 2) as u8 + (t[1] == 1 && t[2] == 2) as u8) as f32;
            }
        }
        for i in 0..3 {
            for t in 0..3 {
                assert!((marginals[i][t] - sums[i][t] / total).abs() < 1e-4);
            }
        }
        assert!((pairs[1][2] - pair / total).abs() < 1e-4);
    }
}
