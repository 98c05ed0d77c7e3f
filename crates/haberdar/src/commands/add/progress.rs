//! How far each file was read, so that a run that was stopped goes on at the record where it stopped, also in folders and archives.

use std::{cell::RefCell, path::Path, sync::Arc};

use anyhow::Result;
use haberdar_model::id::content_id;
use haberdar_sources::{Before, Input, Item, Items, Place, ReadOptions};
use haberdar_store::{Batch, Store};

/// Stands in the number of records of a file of which nothing is left to read.
const WHOLE: u64 = 1 << 62;

/// What an item brings along.
#[derive(Default)]
pub(super) struct Mark {
    place: Option<Place>,
    /// Files of records that came to their end before it.
    ended: Vec<Place>,
    /// Files, and how many of their records, that an earlier run took and that were passed over before it.
    pub(super) passed: Vec<(String, u64)>,
}

/// The items of a path that no earlier run took.
pub(super) struct Going<'s, 'd> {
    items: Items,
    store: &'s RefCell<&'d mut Store>,
    said: String,
    passed: Vec<(String, u64)>,
    /// Files that were passed over in whole, and the records in them.
    whole: (u64, u64),
    trouble: Option<anyhow::Error>,
}

impl<'s, 'd> Going<'s, 'd> {
    pub(super) fn new(items: Items, store: &'s RefCell<&'d mut Store>, options: &ReadOptions) -> Self {
        Going { items, store, said: said(options), passed: Vec::new(), whole: (0, 0), trouble: None }
    }

    fn mark(&mut self, place: Option<Place>) -> Mark {
        Mark { place, ended: self.items.ended(), passed: std::mem::take(&mut self.passed) }
    }

    /// What came behind the last item.
    pub(super) fn rest(&mut self) -> Result<Mark> {
        match self.trouble.take() {
            Some(e) => Err(e),
            None => Ok(self.mark(None)),
        }
    }

    /// Says what was passed over.
    pub(super) fn tell(&self, path: &Path) {
        let (files, records) = self.whole;
        match files {
            // Of a file that is one article, the count of all says enough.
            0 | 1 if records < 2 => {}
            1 => eprintln!("haberdar: {}: {records} records are in the record from an earlier run", path.display()),
            _ => eprintln!(
                "haberdar: {}: {records} records in {files} files are in the record from an earlier run",
                path.display()
            ),
        }
    }
}

impl Iterator for Going<'_, '_> {
    type Item = (Item, Mark);

    fn next(&mut self) -> Option<Self::Item> {
        if self.trouble.is_some() {
            return None;
        }
        let Going { items, store, said, passed, whole, trouble } = self;
        let item = items.next_after(&mut |input| {
            let known = match store.borrow().progress(&key(input, said), input.size, input.modified) {
                Ok(n) => n,
                Err(e) => {
                    trouble.get_or_insert(e.into());
                    0
                }
            };
            let records = known & !WHOLE;
            if known == 0 {
                return Before::Nothing;
            }
            passed.push((input.name.clone(), records));
            if known & WHOLE != 0 {
                *whole = (whole.0 + 1, whole.1 + records);
                return Before::All;
            }
            eprintln!("haberdar: {}: {records} records are in the record from an earlier run; going on behind them", input.name);
            Before::Records(records)
        })?;
        let place = self.items.place();
        Some((item, self.mark(place)))
    }
}

/// What the user says of the articles makes other articles of the same file.
fn said(options: &ReadOptions) -> String {
    if *options == ReadOptions::default() {
        return String::new();
    }
    let ReadOptions { language, published, publisher, url, title, columns } = options;
    let day = published.map(|d| d.to_string());
    let all = format!("{:?} {day:?} {publisher:?} {url:?} {title:?} {columns:?}", language.map(|l| l.code()));
    format!("#{}", content_id(["options", &all]))
}

fn key(input: &Input, said: &str) -> String {
    format!("{}{said}", input.path)
}

/// What is to be written of the files' progress.
#[derive(Default)]
pub(super) struct Progress {
    /// File, records, and whether that is all of it.
    files: Vec<(Arc<Input>, u64, bool)>,
    /// A file that could not be read on: what is behind may be there another time.
    cut: Option<Arc<Input>>,
}

impl Progress {
    /// Takes down where an item stands; `failed` is the code of its error.
    pub(super) fn note(&mut self, mark: Mark, failed: Option<&str>) {
        for place in mark.ended {
            if self.cut.as_ref().is_none_or(|c| !Arc::ptr_eq(c, &place.input)) {
                self.set(place.input, place.record, true);
            }
        }
        let Some(place) = mark.place else { return };
        match failed {
            Some("io" | "missing") => self.cut = Some(place.input),
            // A file that is no article is looked at again: other options, or another version, may make one of it.
            Some(_) if place.whole => {}
            _ if place.record == 0 => {}
            _ => self.set(place.input, place.record, place.whole),
        }
    }

    fn set(&mut self, input: Arc<Input>, records: u64, whole: bool) {
        match self.files.last_mut() {
            Some(last) if Arc::ptr_eq(&last.0, &input) => (last.1, last.2) = (records, whole),
            _ => self.files.push((input, records, whole)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn write(&mut self, batch: &Batch<'_>, options: &ReadOptions) -> Result<()> {
        let said = said(options);
        for (input, records, whole) in self.files.drain(..) {
            let records = if whole { records | WHOLE } else { records };
            batch.set_progress(&key(&input, &said), input.size, input.modified, records)?;
        }
        Ok(())
    }
}
