//! Compressed streams: gzip (with all its members) and Zstandard, with limits on what they may unpack to.

use std::{
    io::{self, BufRead, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crate::{MAX_ARTICLE_BYTES, error::Stop};

/// Text packs to a tenth, a table of one repeated row to a hundredth.
const MAX_RATIO: u64 = 500;

/// Below this many bytes any ratio is harmless.
const HARMLESS: u64 = 64 << 20;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    pub(crate) fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1F, 0x8B, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }

    pub(crate) fn unpack(self, packed: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
        let read = Arc::new(AtomicU64::new(0));
        let counted = BufReader::with_capacity(128 * 1024, Counted { inner: packed, read: read.clone() });
        let inner: Box<dyn Read + Send> = match self {
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(counted)?),
        };
        Ok(Box::new(Guarded { inner, read, written: 0, broken: None }))
    }
}

/// Unpacks an entry of a ZIP archive.
pub(crate) fn inflate(packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    let read = Arc::new(AtomicU64::new(0));
    let counted = BufReader::with_capacity(128 * 1024, Counted { inner: packed, read: read.clone() });
    Box::new(Guarded { inner: Box::new(flate2::bufread::DeflateDecoder::new(counted)), read, written: 0, broken: None })
}

struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

/// Stops at a bomb, and says where a packed stream is broken.
struct Guarded {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
    written: u64,
    /// What went wrong, said again to whoever reads on.
    broken: Option<(u64, String)>,
}

impl Read for Guarded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if let Some((at, reason)) = self.broken.clone() {
            return Err(Stop::Broken { at, reason }.into());
        }
        let at = |read: &AtomicU64| read.load(Relaxed);
        let n = match self.inner.read(buf) {
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => return Err(e),
            Err(e) if e.raw_os_error().is_some() => return Err(e),
            Err(e) => {
                let (at, reason) = (at(&self.read), e.to_string());
                self.broken = Some((at, reason.clone()));
                return Err(Stop::Broken { at, reason }.into());
            }
        };
        self.written += n as u64;
        if self.written > HARMLESS && self.written / MAX_RATIO > at(&self.read) {
            return Err(Stop::Bomb { ratio: MAX_RATIO }.into());
        }
        Ok(n)
    }
}

/// How many bytes the reader of records may take before the next record: a quotation mark or a tag that is never closed
/// would otherwise swallow the rest of the file into memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Budget(Arc<AtomicU64>);

impl Budget {
    /// A record is done.
    pub(crate) fn renew(&self) {
        self.0.store(0, Relaxed);
    }
}

/// A reader that stops where the budget is spent.
pub(crate) struct Budgeted<R> {
    pub(crate) inner: R,
    pub(crate) budget: Budget,
}

impl<R: BufRead> Read for Budgeted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = {
            let chunk = self.fill_buf()?;
            let n = chunk.len().min(buf.len());
            buf[..n].copy_from_slice(&chunk[..n]);
            n
        };
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Budgeted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.budget.0.load(Relaxed) > MAX_ARTICLE_BYTES as u64 {
            return Err(Stop::RecordTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.budget.0.fetch_add(n as u64, Relaxed);
        self.inner.consume(n);
    }
}
