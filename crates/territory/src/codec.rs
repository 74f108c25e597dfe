//! A shape as bytes, for the store: differences of grid points as variable-length integers.

use crate::shape::{GridPoint, Ring, Shape, index};

const VERSION: u8 = 1;

/// Bytes that are no shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end in the middle.
    #[error("the shape is cut off at byte {0}")]
    Truncated(usize),
    /// Written by another version.
    #[error("shape format {0} is not known")]
    Version(u8),
    /// Numbers that no shape has.
    #[error("the shape is not well formed at byte {0}")]
    Malformed(usize),
}

impl Shape {
    /// Bytes that [`Shape::from_bytes`] reads: the same shape gives the same bytes.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "grid coordinates are whole numbers below 2^53"
    )]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        push(&mut bytes, self.rings.len() as u64);
        let mut at = [0_i64, 0];
        for ring in &self.rings {
            let points = &self.points[ring.first as usize..ring.last as usize];
            push(&mut bytes, (points.len() as u64) << 1 | u64::from(ring.exterior));
            for [x, y] in points {
                let next = [*x as i64, *y as i64];
                push(&mut bytes, zigzag(next[0] - at[0]));
                push(&mut bytes, zigzag(next[1] - at[1]));
                at = next;
            }
        }
        bytes
    }

    /// Reads what [`Shape::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are cut off, of another version or not well formed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&other) => return Err(DecodeError::Version(other)),
            None => return Err(DecodeError::Truncated(0)),
        }
        let mut at = 1;
        let count = pull(bytes, &mut at)?;
        let mut points: Vec<GridPoint> = Vec::with_capacity(bytes.len() / 6);
        let mut rings = Vec::new();
        let mut place = [0_i64, 0];
        for _ in 0..count {
            let head = pull(bytes, &mut at)?;
            let length = head >> 1;
            if length < 3 || length > bytes.len() as u64 {
                return Err(DecodeError::Malformed(at));
            }
            let first = points.len();
            for _ in 0..length {
                for axis in &mut place {
                    *axis = axis.wrapping_add(unzigzag(pull(bytes, &mut at)?));
                    if axis.unsigned_abs() >= 1 << 52 {
                        return Err(DecodeError::Malformed(at));
                    }
                }
                points.push([place[0] as f64, place[1] as f64]);
            }
            points.push(points[first]);
            rings.push(Ring {
                first: index(first),
                last: index(points.len() - 1),
                exterior: head & 1 == 1,
            });
        }
        if at != bytes.len() || rings.first().is_some_and(|ring| !ring.exterior) {
            return Err(DecodeError::Malformed(at));
        }
        Ok(Self::from_rings(points, rings))
    }
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

fn pull(bytes: &[u8], at: &mut usize) -> Result<u64, DecodeError> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at).ok_or(DecodeError::Truncated(*at))?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(DecodeError::Malformed(*at))
}
