//! A static byte trie over folded names: all names that start at a place of a text, in one walk.

/// A node: its children stand in a row, sorted by byte; the names that end here stand in a row too.
///
/// Where one name alone goes on, the node is the last and holds the rest of it as a tail: most letters of long names
/// stand in tails.
#[derive(Clone, Copy, Default)]
struct Node {
    /// The first child, or the first byte of the tail.
    kids: u32,
    entries: u32,
    n_kids: u16,
    n_entries: u16,
    /// Bytes of the tail that a text must have for the name.
    tail: u16,
}

/// The trie. A name is a range of `0..n` in the order of the sorted keys.
#[derive(Default)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    labels: Vec<u8>,
    tails: Vec<u8>,
    /// First byte of a key -> node, 0 for none: most words of a text end here.
    roots: Vec<u32>,
    /// A bit for every beginning of three bytes, five bits each: most words of a text have none.
    starts: Vec<u64>,
}

fn start(a: u8, b: u8, c: u8) -> usize {
    usize::from(a & 31) << 10 | usize::from(b & 31) << 5 | usize::from(c & 31)
}

impl Trie {
    /// Builds the trie over keys that are sorted; equal keys share a node. The values are positions in `keys`.
    pub(crate) fn new<K: AsRef<[u8]>>(keys: &[K]) -> Self {
        let mut t =
            Trie { nodes: vec![Node::default()], labels: vec![0], tails: Vec::new(), roots: vec![0; 256], starts: vec![0; 512] };
        for k in keys {
            match *k.as_ref() {
                [a, b, c, ..] => t.open(start(a, b, c)),
                // Whatever may follow a short key.
                [a, b] => (0..32).for_each(|c| t.open(start(a, b, c))),
                [a] => (0..32).for_each(|b| (0..32).for_each(|c| t.open(start(a, b, c)))),
                [] => {}
            }
        }
        // Breadth first, so that the children of a node stand side by side.
        let mut queue = std::collections::VecDeque::from([(0usize, 0usize, keys.len(), 0usize)]);
        while let Some((node, mut lo, hi, depth)) = queue.pop_front() {
            let first = lo;
            if node > 0 && keys[lo].as_ref() == keys[hi - 1].as_ref() {
                let rest = &keys[lo].as_ref()[depth..];
                if let Ok(tail) = u16::try_from(rest.len()) {
                    let kids = if tail > 0 { t.tails.len() as u32 } else { 0 };
                    let (entries, n_entries) = (lo as u32, (hi - lo) as u16);
                    t.nodes[node] = Node { kids, entries, n_kids: 0, n_entries, tail };
                    t.tails.extend_from_slice(rest);
                    continue;
                }
            }
            while lo < hi && keys[lo].as_ref().len() == depth {
                lo += 1;
            }
            t.nodes[node].entries = first as u32;
            t.nodes[node].n_entries = (lo - first) as u16;
            t.nodes[node].kids = t.nodes.len() as u32;
            while lo < hi {
                let b = keys[lo].as_ref()[depth];
                let end = lo + keys[lo..hi].partition_point(|k| k.as_ref()[depth] <= b);
                let kid = t.nodes.len();
                t.nodes.push(Node::default());
                t.labels.push(b);
                t.nodes[node].n_kids += 1;
                if node == 0 {
                    t.roots[b as usize] = kid as u32;
                }
                queue.push_back((kid, lo, end, depth + 1));
                lo = end;
            }
        }
        t
    }

    fn open(&mut self, start: usize) {
        self.starts[start / 64] |= 1 << (start % 64);
    }

    /// Puts the names that are prefixes of `text[from..]` into `out` as (end in text, first entry, number of entries),
    /// shortest first.
    pub(crate) fn prefixes(&self, text: &[u8], from: usize, out: &mut Vec<(usize, u32, u16)>) {
        out.clear();
        let at = |i: usize| text.get(from + i).copied().unwrap_or(0);
        let bit = start(at(0), at(1), at(2));
        if self.starts[bit / 64] & 1 << (bit % 64) == 0 {
            return;
        }
        let Some(&root) = text.get(from).and_then(|b| self.roots.get(*b as usize)) else { return };
        if root == 0 {
            return;
        }
        let mut node = self.nodes[root as usize];
        let mut i = from + 1;
        loop {
            if node.tail > 0 {
                let tail = &self.tails[node.kids as usize..][..usize::from(node.tail)];
                if text[i..].starts_with(tail) {
                    out.push((i + tail.len(), node.entries, node.n_entries));
                }
                return;
            }
            if node.n_entries > 0 {
                out.push((i, node.entries, node.n_entries));
            }
            let Some(&b) = text.get(i) else { return };
            let kids = node.kids as usize;
            match self.labels[kids..kids + node.n_kids as usize].iter().position(|&l| l == b) {
                Some(k) => node = self.nodes[kids + k],
                None => return,
            }
            i += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_prefix_is_found() {
        let keys = ["ab", "ab devleti", "abd", "abd", "bm"];
        let t = Trie::new(&keys);
        let mut out = Vec::new();
        t.prefixes(b"abd'nin", 0, &mut out);
        assert_eq!(out, [(2, 0, 1), (3, 2, 2)]);
        t.prefixes(b"xabd", 1, &mut out);
        assert_eq!(out.len(), 2);
        t.prefixes(b"c", 0, &mut out);
        assert!(out.is_empty());
        // The rest of a name of which nothing else is a part.
        t.prefixes(b"ab devle", 0, &mut out);
        assert_eq!(out, [(2, 0, 1)]);
        t.prefixes(b"ab devletinde", 0, &mut out);
        assert_eq!(out, [(2, 0, 1), (10, 1, 1)]);
        t.prefixes(b"bm", 0, &mut out);
        assert_eq!(out, [(2, 4, 1)]);
    }

    proptest! {
        #[test]
        fn as_a_list_of_all_names_says(
            mut keys in proptest::collection::vec("[ab ]{1,6}", 1..40),
            text in "[ab ]{0,12}",
        ) {
            keys.sort();
            let t = Trie::new(&keys);
            let mut out = Vec::new();
            t.prefixes(text.as_bytes(), 0, &mut out);
            let found: Vec<&str> = out.iter().flat_map(|&(_, e, n)| &keys[e as usize..][..usize::from(n)]).map(|k| &**k).collect();
            let all: Vec<&str> = keys.iter().map(|k| &**k).filter(|k| text.starts_with(k)).collect();
            prop_assert_eq!(found, all);
            prop_assert!(out.iter().all(|&(end, e, _)| end == keys[e as usize].len()));
        }
    }
}
