//! The best tree over scored arcs (Chu and Liu 1965, Edmonds 1967), with one root.

/// Finds the tree with the highest sum of scores. `scores` has a row for each word with the score of each head: the words,
/// then the root as the last column (n + 1). Returns the head of each word, n for the root. Just one word has the root
/// as its head. Quadratic in the number of words for what occurs, cubic at worst.
pub fn best_tree(scores: &[f32], n: usize) -> Vec<u32> {
    debug_assert_eq!(scores.len(), n * (n + 1));
    if n == 0 {
        return Vec::new();
    }
    let heads = greedy(scores, n);
    let roots = heads.iter().filter(|&&h| h as usize == n).count();
    if roots == 1 && is_tree(&heads) {
        return heads;
    }
    // The root's word: each that the unconstrained search puts under the root is tried, else the one that likes it best.
    let free = edmonds(scores, n);
    let mut roots: Vec<usize> = (0..n).filter(|&d| free[d] as usize == n).collect();
    if roots.len() == 1 {
        return free;
    }
    roots.sort_by(|&a, &b| gain(scores, n, b).total_cmp(&gain(scores, n, a)).then(a.cmp(&b)));
    roots.truncate(4);
    let mut best: Option<(f32, Vec<u32>)> = None;
    for root in roots {
        let mut only = scores.to_vec();
        for d in (0..n).filter(|&d| d != root) {
            only[d * (n + 1) + n] = FORBIDDEN;
        }
        let heads = edmonds(&only, n);
        let sum: f32 = heads.iter().enumerate().map(|(d, &h)| only[d * (n + 1) + h as usize]).sum();
        if best.as_ref().is_none_or(|b| sum > b.0) {
            best = Some((sum, heads));
        }
    }
    best.map_or(heads, |b| b.1)
}

/// An arc that must not be.
pub(super) const FORBIDDEN: f32 = -1e9;

/// By how much a word prefers the root to its best other head.
fn gain(scores: &[f32], n: usize, d: usize) -> f32 {
    let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
    let other = (0..n).filter(|&h| h != d).map(|h| row[h]).fold(f32::MIN, f32::max);
    row[n] - other
}

fn greedy(scores: &[f32], n: usize) -> Vec<u32> {
    (0..n)
        .map(|d| {
            let row = &scores[d * (n + 1)..(d + 1) * (n + 1)];
            let mut best = (f32::MIN, n);
            for (h, &s) in row.iter().enumerate() {
                if h != d && s > best.0 {
                    best = (s, h);
                }
            }
            best.1 as u32
        })
        .collect()
}

/// True if every word leads to the root.
pub fn is_tree(heads: &[u32]) -> bool {
    cycle(heads).is_none()
}

/// The words of a cycle, if there is one.
fn cycle(heads: &[u32]) -> Option<Vec<usize>> {
    let n = heads.len();
    // 0: not seen; else the number of the walk that came by.
    let mut seen = vec![0u32; n];
    for start in 0..n {
        let walk = start as u32 + 1;
        let mut at = start;
        while at < n && seen[at] == 0 {
            seen[at] = walk;
            at = heads[at] as usize;
        }
        if at < n && seen[at] == walk {
            let mut words = vec![at];
            let mut next = heads[at] as usize;
            while next != at {
                words.push(next);
                next = heads[next] as usize;
            }
            return Some(words);
        }
    }
    None
}

/// The best tree where any number of words may stand under the root.
fn edmonds(scores: &[f32], n: usize) -> Vec<u32> {
    let heads = greedy(scores, n);
    let Some(ring) = cycle(&heads) else { return heads };
    // The cycle becomes one word; the arcs in and out keep whom they stand for.
    let mut inside = vec![false; n];
    ring.iter().for_each(|&d| inside[d] = true);
    let rest: Vec<usize> = (0..n).filter(|&d| !inside[d]).collect();
    let m = rest.len() + 1;
    let one = rest.len();
    let ring_sum: f32 = ring.iter().map(|&d| scores[d * (n + 1) + heads[d] as usize]).sum();
    let mut small = vec![FORBIDDEN; m * (m + 1)];
    let mut enters = vec![0usize; m + 1];
    let mut leaves = vec![0usize; m];
    // Columns of the small matrix: the rest, the cycle, the root.
    let column = |k: usize| if k == m { n } else { rest[k] };
    for (i, &d) in rest.iter().enumerate() {
        for k in (0..=m).filter(|&k| k != one && k != i) {
            small[i * (m + 1) + k] = scores[d * (n + 1) + column(k)];
        }
        for &h in &ring {
            let s = scores[d * (n + 1) + h];
            if s > small[i * (m + 1) + one] {
                small[i * (m + 1) + one] = s;
                leaves[i] = h;
            }
        }
    }
    for k in (0..=m).filter(|&k| k != one) {
        for &d in &ring {
            let s = ring_sum - scores[d * (n + 1) + heads[d] as usize] + scores[d * (n + 1) + column(k)];
            if s > small[one * (m + 1) + k] {
                small[one * (m + 1) + k] = s;
                enters[k] = d;
            }
        }
    }
    let found = edmonds(&small, m);
    let mut out = heads;
    for (i, &d) in rest.iter().enumerate() {
        out[d] = match found[i] as usize {
            h if h == one => leaves[i] as u32,
            h => column(h) as u32,
        };
    }
    let k = found[one] as usize;
    out[enters[k]] = column(k) as u32;
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All trees with one root, tried.
    fn brute(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::MIN;
        let mut heads = vec![0u32; n];
        let total = (n + 1).pow(n as u32);
        for code in 0..total {
            let mut c = code;
            for h in heads.iter_mut() {
                *h = (c % (n + 1)) as u32;
                c /= n + 1;
            }
            let own = heads.iter().enumerate().any(|(d, &h)| d == h as usize);
            let roots = heads.iter().filter(|&&h| h as usize == n).count();
            if !own && roots == 1 && is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(d, &h)| scores[d * (n + 1) + h as usize]).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_tree_found_is_the_best(n in 1usize..5, numbers in prop::collection::vec(-50i32..50, 20)) {
            let scores: Vec<f32> = (0..n * (n + 1)).map(|i| numbers[i % 20] as f32 + i as f32 / 64.0).collect();
            let heads = best_tree(&scores, n);
            prop_assert!(is_tree(&heads));
            prop_assert_eq!(heads.iter().filter(|&&h| h as usize == n).count(), 1);
            let sum: f32 = heads.iter().enumerate().map(|(d, &h)| scores[d * (n + 1) + h as usize]).sum();
            prop_assert!((sum - brute(&scores, n)).abs() < 1e-3, "{} {}", sum, brute(&scores, n));
        }

        #[test]
        fn any_scores_give_a_tree(n in 1usize..30, seed in any::<u32>()) {
            let scores: Vec<f32> = (0..n * (n + 1)).map(|i| ((i as u32 ^ seed).wrapping_mul(2_654_435_761) >> 9) as f32).collect();
            let heads = best_tree(&scores, n);
            prop_assert!(is_tree(&heads));
            prop_assert_eq!(heads.iter().filter(|&&h| h as usize == n).count(), 1);
        }
    }
}
