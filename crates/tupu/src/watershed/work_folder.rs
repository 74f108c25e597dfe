//! The working files of a derivation that memory does not hold: one for each raster, in a folder within that of the output.

use crate::exit::refuse;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use watershed::{Layer, Scratch};

/// Its name in the folder of the output.
pub const NAME: &str = ".tupu-trabajo";

/// The file that the one process holds which works here.
const LOCK: &str = "en-uso";

/// All rasters that there may be files of.
const LAYERS: [Layer; 6] = [
    Layer::Heights,
    Layer::Directions,
    Layer::Labels,
    Layer::Basins,
    Layer::Sums,
    Layer::Units,
];

/// A folder of working files, which goes when this is dropped; what a killed process left goes when the next one begins.
pub struct WorkFolder {
    folder: PathBuf,
    files: BTreeMap<Layer, File>,
    /// Held as long as this is.
    _lock: File,
}

impl WorkFolder {
    /// Makes the folder within `out`, or clears it.
    pub fn open(out: &Path) -> anyhow::Result<Self> {
        let folder = out.join(NAME);
        let fail = |error: Error| format!("No se puede usar la carpeta de trabajo {}: {error}.", folder.display());
        let open = || {
            std::fs::create_dir_all(&folder)?;
            OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(folder.join(LOCK))
        };
        let lock = match open() {
            Ok(lock) => lock,
            Err(error) => return refuse(fail(error)),
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return refuse(format!(
                    "Otra derivación está trabajando en {}: espere a que termine o dé otra carpeta con --out.",
                    out.display()
                ));
            }
            Err(TryLockError::Error(error)) => return refuse(fail(error)),
        }
        remove_layers(&folder);
        Ok(Self {
            folder,
            files: BTreeMap::new(),
            _lock: lock,
        })
    }

    fn file(&mut self, layer: Layer) -> Result<&mut File> {
        let path = path_of(&self.folder, layer);
        Ok(match self.files.entry(layer) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let mut options = OpenOptions::new();
                free.insert(options.read(true).write(true).create(true).truncate(true).open(path)?)
            }
        })
    }
}

fn path_of(folder: &Path, layer: Layer) -> PathBuf {
    folder.join(format!("{}.bin", layer.name()))
}

/// Removes the files of layers, whoever left them; what is not there needs no removing.
fn remove_layers(folder: &Path) {
    for layer in LAYERS {
        std::fs::remove_file(path_of(folder, layer)).ok();
    }
}

impl Scratch for WorkFolder {
    type Error = Error;

    fn read(&mut self, layer: Layer, at: u64, bytes: &mut [u8]) -> Result<()> {
        let file = self.file(layer)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(bytes)
    }

    fn write(&mut self, layer: Layer, at: u64, bytes: &[u8]) -> Result<()> {
        let file = self.file(layer)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)
    }

    fn discard(&mut self, layer: Layer) -> Result<()> {
        match self.files.remove(&layer) {
            Some(_) => std::fs::remove_file(path_of(&self.folder, layer)),
            None => Ok(()),
        }
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        self.files.clear();
        remove_layers(&self.folder);
        std::fs::remove_file(self.folder.join(LOCK)).ok();
        // other files in it are not ours: it stays with them
        std::fs::remove_dir(&self.folder).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_nothing_is_left() {
        let out = tempfile::tempdir().unwrap();
        let mut folder = WorkFolder::open(out.path()).unwrap();
        folder.write(Layer::Sums, 8, &[1, 2, 3]).unwrap();
        let mut found = [9; 4];
        folder.read(Layer::Sums, 7, &mut found).unwrap();
        assert_eq!(found, [0, 1, 2, 3]);
        assert!(
            folder.read(Layer::Sums, 9, &mut found).is_err(),
            "beyond the end is nothing"
        );
        folder.discard(Layer::Sums).unwrap();
        folder.discard(Layer::Basins).unwrap();
        assert!(folder.read(Layer::Sums, 8, &mut found).is_err());
        drop(folder);
        assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_process_left_goes_and_a_living_one_is_not_disturbed() {
        let out = tempfile::tempdir().unwrap();
        let left = out.path().join(NAME);
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join("heights.bin"), b"half").unwrap();
        std::fs::write(left.join(LOCK), b"").unwrap();
        std::fs::write(left.join("notas.txt"), b"of somebody").unwrap();
        let folder = WorkFolder::open(out.path()).unwrap();
        assert!(!left.join("heights.bin").exists());
        let refused = WorkFolder::open(out.path()).err().map(|error| error.to_string());
        assert!(refused.is_some_and(|sentence| sentence.contains("Otra derivación")));
        drop(folder);
        assert!(left.join("notas.txt").exists(), "what is not ours stays");
    }
}
