//! ZIP archives: their entries, each a stream of its own.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use zip::{CompressionMethod, ZipArchive};

use crate::{SourceError, unpack::inflate};

/// Entries beyond this are an attack or an accident.
const MAX_ENTRIES: usize = 200_000;

/// Where an entry lies in its archive.
#[derive(Clone, Debug)]
pub(crate) struct ZipEntry {
    archive: PathBuf,
    /// Name within the archive.
    pub(crate) name: String,
    start: u64,
    size: u64,
    deflated: bool,
}

/// The files of an archive in the order of their names.
pub(crate) fn entries(path: &Path, name: &str) -> Result<Vec<ZipEntry>, SourceError> {
    let broken = |reason: String| SourceError::Broken { name: name.to_owned(), at: 0, reason };
    let file = File::open(path).map_err(|e| SourceError::io(name, e))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| broken(e.to_string()))?;
    if archive.len() > MAX_ENTRIES {
        return Err(broken(format!("it lists {} files, more than {MAX_ENTRIES}", archive.len())));
    }
    let mut found = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index_raw(i).map_err(|e| broken(e.to_string()))?;
        let entry_name = entry.name().map_err(|e| broken(e.to_string()))?.into_owned();
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            m if m.to_string().eq_ignore_ascii_case("deflated") => true,
            other => {
                return Err(broken(format!(
                    "{entry_name} is packed by {other}, which is not read; pack it again as a plain ZIP"
                )));
            }
        };
        if entry.is_dir() || entry.encrypted() {
            continue;
        }
        let start = entry.data_start().ok_or_else(|| broken("an entry has no place".to_owned()))?;
        found.push(ZipEntry { archive: path.to_owned(), name: entry_name, start, size: entry.compressed_size(), deflated });
    }
    // Many names for the same bytes: a small archive that unpacks to any size.
    found.sort_by_key(|e| e.start);
    let shared = found.windows(2).find(|w| w[0].start.saturating_add(w[0].size) > w[1].start);
    if let Some([a, b]) = shared {
        return Err(broken(format!("{} and {} share bytes, as in a compression bomb", a.name, b.name)));
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

impl ZipEntry {
    pub(crate) fn open(&self) -> std::io::Result<Box<dyn Read + Send>> {
        let mut file = File::open(&self.archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = file.take(self.size);
        Ok(if self.deflated { inflate(packed) } else { Box::new(packed) })
    }
}
