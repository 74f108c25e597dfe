//! Strips of drained grids: packed, named by the hash of their bytes, and never written twice.

use crate::fault::Fault;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use territory::{Hash, LayerKind, hex};

/// What a strip begins with; another way of packing will have another.
const WAY: u8 = 1;

/// Makes the table where there is none.
pub(crate) fn ensure(connection: &Connection) -> Result<(), Fault> {
    Ok(connection.execute_batch(include_str!("sql/strips.sql"))?)
}

/// Puts what is staged in its place; what is there already stays.
pub(crate) fn publish(connection: &Connection) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO tupu_strips SELECT s.sha256, s.bytes FROM temp.staged_strips s
         WHERE NOT EXISTS (SELECT 1 FROM tupu_strips t WHERE t.sha256 = s.sha256) ORDER BY s.rowid",
        [],
    )?;
    Ok(())
}

/// The name of a strip.
fn named(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The bytes of a strip, checked against its name.
pub(crate) fn read(connection: &Connection, hash: &Hash) -> Result<Vec<u8>, Fault> {
    let mut statement = connection.prepare_cached("SELECT bytes FROM tupu_strips WHERE sha256 = ?1")?;
    let bytes: Option<Vec<u8>> = statement.query_row([hash.as_slice()], |row| row.get(0)).optional()?;
    let missing = || Fault::Damaged(format!("tupu_strips: falta la franja {}", hex(hash)));
    let bytes = bytes.ok_or_else(missing)?;
    if named(&bytes) == *hash {
        Ok(bytes)
    } else {
        Err(Fault::Damaged(format!(
            "tupu_strips: la franja {} no es la que se publicó",
            hex(hash)
        )))
    }
}

/// Strips whose bytes are not what their names say, and those that features name and that are missing.
pub(crate) fn problems(connection: &Connection) -> Result<Vec<String>, Fault> {
    let exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'tupu_strips'";
    if !connection.prepare(exists)?.exists([])? {
        return Ok(Vec::new());
    }
    let mut problems = Vec::new();
    let mut statement = connection.prepare("SELECT sha256, bytes FROM tupu_strips ORDER BY sha256")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if named(&bytes).as_slice() != name {
            problems.push(format!("tupu_strips: la franja {} no es la que se publicó", hex(&name)));
        }
    }
    if crate::layer::exists(connection, LayerKind::Drainage)? {
        let table = crate::layer::table(LayerKind::Drainage);
        let mut statement = connection.prepare(&format!(
            "SELECT DISTINCT s.value FROM \"{table}\" t, json_each(t.source_fields, '$.grid.strips') s
             WHERE NOT EXISTS (SELECT 1 FROM tupu_strips WHERE lower(hex(sha256)) = s.value) ORDER BY s.value"
        ))?;
        let missing = statement.query_map([], |row| row.get::<_, String>(0))?;
        for name in missing {
            problems.push(format!("tupu_strips: falta la franja {}", name?));
        }
    }
    Ok(problems)
}

impl crate::Draft {
    /// Keeps a strip for the publication, and names it.
    pub(crate) fn stage_strip(&self, bytes: &[u8]) -> Result<Hash, crate::StoreError> {
        let hash = named(bytes);
        let staged = self.staging().execute(
            "INSERT OR IGNORE INTO temp.staged_strips VALUES (?1, ?2)",
            (hash.as_slice(), bytes),
        );
        staged
            .map(|_| hash)
            .map_err(|error| Fault::from(error).at(self.store_path()))
    }
}

/// Heights as steps from the cell before, by planes of their bytes, then the directions, all deflated.
pub(crate) fn pack(heights: &[i32], directions: &[u8]) -> Vec<u8> {
    let mut planes = vec![0_u8; heights.len() * 5];
    let mut before = 0_i32;
    for (at, height) in heights.iter().enumerate() {
        let step = height.wrapping_sub(before);
        before = *height;
        // small steps of either sign become small numbers
        let folded = ((step << 1) ^ (step >> 31)).cast_unsigned().to_le_bytes();
        for (plane, byte) in folded.into_iter().enumerate() {
            planes[plane * heights.len() + at] = byte;
        }
    }
    planes[heights.len() * 4..].copy_from_slice(directions);
    let mut encoder = ZlibEncoder::new(vec![WAY], Compression::new(6));
    let written = encoder.write_all(&planes).and_then(|()| encoder.finish());
    written.expect("writing to memory does not fail")
}

/// Heights in millimetres and directions of some rows.
pub(crate) type Strip = (Vec<i32>, Vec<u8>);

/// What [`pack`] packed.
pub(crate) fn unpack(bytes: &[u8], cells: usize) -> Result<Strip, Fault> {
    let damaged = || Fault::Damaged("una franja de drenaje que no se puede desempaquetar".to_owned());
    let Some((&WAY, packed)) = bytes.split_first() else {
        return Err(damaged());
    };
    let mut planes = Vec::with_capacity(cells * 5);
    let limit = (cells * 5) as u64 + 1;
    let read = ZlibDecoder::new(packed).take(limit).read_to_end(&mut planes);
    if read.is_err() || planes.len() != cells * 5 {
        return Err(damaged());
    }
    let mut before = 0_i32;
    let height = |at: usize| {
        let folded = u32::from_le_bytes([0, 1, 2, 3].map(|plane| planes[plane * cells + at]));
        let step = (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed();
        before = before.wrapping_add(step);
        before
    };
    let heights: Vec<i32> = (0..cells).map(height).collect();
    Ok((heights, planes.split_off(cells * 4)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_comes_back_as_it_was_and_damage_is_told() {
        let heights: Vec<i32> = (0..5_000)
            .map(|at: i32| if at % 7 == 0 { 1 << 30 } else { at * 977 % 4_000_000 - 9 })
            .collect();
        let directions: Vec<u8> = (0..5_000).map(|at| 1 << (at % 8)).collect();
        let packed = pack(&heights, &directions);
        assert!(packed.len() < 5_000 * 5);
        assert_eq!(unpack(&packed, 5_000).ok(), Some((heights, directions)));
        assert!(unpack(&packed, 4_999).is_err() && unpack(&packed[1..], 5_000).is_err());
        assert!(unpack(&packed[..packed.len() / 2], 5_000).is_err() && unpack(&[], 0).is_err());
    }
}
