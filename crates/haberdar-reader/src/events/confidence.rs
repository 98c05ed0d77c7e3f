//! How sure the type of a row is.

use haberdar_model::Country;

use super::Scene;
use crate::{
    lexicon::{frames::Frame, pattern::Pos},
    tree::Tree,
};

pub(super) fn confidence(scene: &Scene<'_>, p: usize, frame: &Frame, weight: u32, actor: &[usize], recipient: &[usize]) -> f32 {
    let mut c: f32 = 0.45;
    c += if frame.pattern.pos == Pos::Verb { 0.12 } else { 0.0 };
    c += (weight.min(20) as f32) * 0.008;
    c += if actor.is_empty() { -0.1 } else { 0.1 };
    c += if recipient.is_empty() { 0.0 } else { 0.08 };
    let state = |m: &usize| scene.drafts[*m].country.is_some_and(|c: Country| !c.as_str().is_empty());
    c += if actor.iter().any(state) || recipient.iter().any(state) { 0.06 } else { 0.0 };
    let depth = depth(scene.tree, p);
    c -= 0.03 * depth.min(4) as f32;
    c.clamp(0.05, 0.97)
}

/// What a raw confidence is worth: of rows with it, the share that annotators coded with the same type. A logistic curve fitted
/// on half of the rows that nobody looked at (docs/events.md tells how well it holds on the other half), a little steeper at its upper end, as knots.
const WORTH: [(f32, f32); 9] = [
    (0.05, 0.40),
    (0.30, 0.53),
    (0.40, 0.58),
    (0.50, 0.62),
    (0.60, 0.67),
    (0.70, 0.71),
    (0.80, 0.76),
    (0.90, 0.82),
    (0.97, 0.88),
];

/// The probability that a row with this raw confidence has the right type.
pub fn calibrated(raw: f32) -> f32 {
    let raw = raw.clamp(WORTH[0].0, WORTH[WORTH.len() - 1].0);
    let above = WORTH.iter().position(|k| raw <= k.0).unwrap_or(WORTH.len() - 1).max(1);
    let ((x, y), (x2, y2)) = (WORTH[above - 1], WORTH[above]);
    y + (y2 - y) * (raw - x) / (x2 - x)
}

pub(super) fn depth(tree: &Tree<'_>, mut p: usize) -> usize {
    let mut d = 0;
    while let Some(h) = tree.nodes[p].head {
        d += 1;
        p = h;
        if d > 20 {
            break;
        }
    }
    d
}
