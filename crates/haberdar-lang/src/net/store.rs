//! The network in a model file: tables of vectors in eighths of sixteen bits, dense matrices in sixteen bits.

use rustc_hash::FxHashMap;

use super::{
    Dims,
    features::GROUPS,
    forward::{Net, Table},
    integer::{Integers, MOST},
    labels::Labels,
    part,
};
use crate::{
    Deprel,
    bytes::{Reader, put_str, put_varint},
};

/// A network as it is trained.
pub struct Trained<'a> {
    /// Sizes, with one style.
    pub dims: &'a Dims,
    /// Labels.
    pub labels: &'a Labels,
    /// Relations.
    pub relations: &'a [Deprel],
    /// Tags of names.
    pub name_tags: &'a [String],
    /// For each group of features the hashes of those that have a vector, sorted, with their vectors.
    pub tables: Vec<Vec<(u32, &'a [f32])>>,
    /// The dense matrices in the order of [`super::part`].
    pub dense: Vec<&'a [f32]>,
}

/// Writes a network.
pub fn write(t: &Trained<'_>, out: &mut Vec<u8>) {
    let d = t.dims;
    for n in [d.hidden, d.layers, d.tag, d.arc, d.rel, d.name] {
        put_varint(out, n as u64);
    }
    t.labels.write(out);
    put_varint(out, t.relations.len() as u64);
    t.relations.iter().for_each(|r| put_str(out, r.as_str()));
    put_varint(out, t.name_tags.len() as u64);
    t.name_tags.iter().for_each(|n| put_str(out, n));
    for (table, dim) in t.tables.iter().zip(&d.groups) {
        put_varint(out, *dim as u64);
        put_varint(out, table.len() as u64);
        let mut last = 0;
        for (key, _) in table {
            put_varint(out, (key - last) as u64);
            last = *key;
        }
        for (_, row) in table {
            let largest = row.iter().fold(0f32, |m, v| m.max(v.abs()));
            // The scale is rounded to a multiple of 2^-20 so that it takes three bytes.
            let scale = ((largest / 127.0 * SCALE).ceil() as u64).max(1);
            put_varint(out, scale);
            let scale = scale as f32 / SCALE;
            out.extend(row.iter().map(|v| (v / scale).round().clamp(-127.0, 127.0) as i8 as u8));
        }
    }
    for m in &t.dense {
        let largest = m.iter().fold(0f32, |m, v| m.max(v.abs())).max(1e-6);
        let scale = largest / 32_767.0;
        out.extend_from_slice(&scale.to_le_bytes());
        for v in *m {
            out.extend_from_slice(&((v / scale).round() as i16).to_le_bytes());
        }
    }
}

const SCALE: f32 = 1_048_576.0;

impl Net {
    /// Reads what [`write()`] wrote.
    pub fn read_from(r: &mut Reader<'_>) -> Option<Net> {
        let mut size = |most: usize| r.varint().map(|n| n as usize).filter(|&n| n > 0 && n <= most);
        let (hidden, layers, tag, arc, rel, name) = (size(512)?, size(8)?, size(512)?, size(512)?, size(512)?, size(512)?);
        let labels = Labels::read(r)?;
        let relations = (0..r.count(1)?).map(|_| r.str().map(Deprel::new)).collect::<Option<Vec<_>>>()?;
        let name_tags = (0..r.count(1)?).map(|_| r.str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
        if relations.is_empty() || relations.len() > 255 || name_tags.len() > 255 {
            return None;
        }
        let mut tables = Vec::new();
        for _ in 0..GROUPS {
            let dim = usize::try_from(r.varint()?).ok().filter(|&n| n > 0 && n <= 512)?;
            let n = r.count(dim + 2)?;
            let mut rows = FxHashMap::with_capacity_and_hasher(n, Default::default());
            let mut key = 0u32;
            for i in 0..n {
                key = key.checked_add(u32::try_from(r.varint()?).ok()?)?;
                rows.insert(key, i as u32);
            }
            let (mut scales, mut values) = (Vec::with_capacity(n), Vec::with_capacity(n * dim));
            for _ in 0..n {
                scales.push(r.varint()? as f32 / SCALE);
                values.extend(r.take(dim)?.iter().map(|&b| b as i8));
            }
            tables.push(Table { rows, dim, scales, values });
        }
        let dims = Dims {
            groups: tables.iter().map(|t| t.dim).collect(),
            hidden,
            layers,
            tag,
            arc,
            rel,
            name,
            components: labels.names.len(),
            relations: relations.len(),
            name_tags: name_tags.len(),
            schemes: 1,
        };
        let (mut integers, mut dense) = (Vec::new(), Vec::new());
        for (i, (rows, columns)) in dims.shapes().into_iter().enumerate() {
            let scale = f32::from_le_bytes(r.take(4)?.try_into().ok()?);
            if !scale.is_finite() {
                return None;
            }
            let bytes = r.take(rows * columns * 2)?;
            let m: Vec<f32> = bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]) as f32 * scale).collect();
            let row = part::is_row(i);
            if !row && rows > MOST {
                return None;
            }
            integers.push(if row { Integers::default() } else { Integers::new(&m, rows, columns) });
            dense.push(if row { m } else { Vec::new() });
        }
        Some(Net { dims, labels, relations, name_tags, ahead: Vec::new(), tables, integers, dense })
    }
}
