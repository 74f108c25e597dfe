//! What repeats in the rows of a picture: runs, the row above, and what a hash remembers. The search goes pixel by pixel, not byte
//! by byte, and takes the first that is long.

/// A byte, or a stretch that was there before: bit 31, nine bits of length, 15 of the distance less one.
#[derive(Clone, Copy)]
pub struct Token(u32);

/// The longest stretch of one token.
pub const LONGEST: usize = 258;
/// How far back stretches may lie.
const WINDOW: usize = 1 << 15;
/// A stretch this long needs no better one.
const ENOUGH: usize = 64;
/// Bytes that are hashed.
const HASHED: usize = 4;
const HASH_BITS: u32 = 14;

impl Token {
    fn byte(byte: u8) -> Self {
        Self(u32::from(byte))
    }

    #[expect(clippy::cast_possible_truncation, reason = "3 to 258, and 1 to 32768")]
    fn stretch(length: usize, distance: usize) -> Self {
        Self(1 << 31 | (length as u32) << 15 | (distance as u32 - 1))
    }

    /// The byte, or length and distance of the stretch.
    pub fn read(self) -> Result<u8, (usize, usize)> {
        match self.0 >> 31 {
            0 => Ok((self.0 & 0xff) as u8),
            _ => Err(((self.0 >> 15 & 0x1ff) as usize, (self.0 & 0x7fff) as usize + 1)),
        }
    }
}

/// The tokens of rows of `row` bytes, the first of which stands for itself, whose pixels have `unit` bytes.
pub fn found(data: &[u8], row: usize, unit: usize) -> Vec<Token> {
    let mut search = Search {
        data,
        row,
        unit,
        seen: vec![0; 1 << HASH_BITS],
    };
    let mut tokens = Vec::with_capacity(data.len() / 16 + 16);
    let mut at = 0;
    while at < data.len() {
        let (length, distance) = search.best(at);
        if length >= 3 {
            push(&mut tokens, length, distance);
            at += length;
        } else {
            let bytes = if at % row == 0 { 1 } else { unit };
            tokens.extend(data[at..at + bytes].iter().map(|byte| Token::byte(*byte)));
            at += bytes;
        }
    }
    tokens
}

/// A stretch in parts that fit; none is shorter than 3.
fn push(tokens: &mut Vec<Token>, mut length: usize, distance: usize) {
    while length > 0 {
        let part = match length {
            0..=LONGEST => length,
            _ if length - LONGEST < 3 => LONGEST - 3,
            _ => LONGEST,
        };
        tokens.push(Token::stretch(part, distance));
        length -= part;
    }
}

struct Search<'a> {
    data: &'a [u8],
    row: usize,
    unit: usize,
    /// Place plus one of what had a hash last.
    seen: Vec<u32>,
}

impl Search<'_> {
    /// The length that ends at a pixel, and the distance, of the best stretch found.
    fn best(&mut self, at: usize) -> (usize, usize) {
        let mut best = (0, 0);
        let hashed = self.hashed(at);
        for distance in [self.unit, self.row, hashed] {
            if distance == 0 || distance > at || distance > WINDOW {
                continue;
            }
            let length = self.common(at, distance);
            if length > best.0 {
                best = (length, distance);
                if length >= ENOUGH {
                    break;
                }
            }
        }
        (self.to_pixel(at, best.0), best.1)
    }

    /// The distance to what had the same hash last, 0 for none; remembers this place.
    fn hashed(&mut self, at: usize) -> usize {
        let Some(bytes) = self
            .data
            .get(at..at + HASHED)
            .and_then(|bytes| bytes.first_chunk::<HASHED>())
        else {
            return 0;
        };
        let hash = u32::from_le_bytes(*bytes).wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS);
        let place = u32::try_from(at + 1).unwrap_or(0);
        match std::mem::replace(&mut self.seen[hash as usize], place) {
            0 => 0,
            before => at + 1 - before as usize,
        }
    }

    /// How many bytes are the same as those before them.
    fn common(&self, at: usize, distance: usize) -> usize {
        let (here, there) = (&self.data[at..], &self.data[at - distance..]);
        let mut length = 0;
        for (one, other) in here.chunks_exact(8).zip(there.chunks_exact(8)) {
            let read = |bytes: &[u8]| bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
            let differ = read(one) ^ read(other);
            if differ != 0 {
                return length + differ.trailing_zeros() as usize / 8;
            }
            length += 8;
        }
        let rest = here[length..].iter().zip(&there[length..]);
        length + rest.take_while(|(one, other)| one == other).count()
    }

    /// Cut back to the end of a pixel or of a row.
    fn to_pixel(&self, at: usize, length: usize) -> usize {
        let in_row = (at + length) % self.row;
        if in_row == 0 {
            return length;
        }
        length.saturating_sub((in_row - 1) % self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unpacked(tokens: &[Token]) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for token in tokens {
            match token.read() {
                Ok(byte) => out.push(byte),
                Err((length, distance)) => {
                    assert!((3..=LONGEST).contains(&length) && (1..=WINDOW).contains(&distance));
                    for _ in 0..length {
                        out.push(out[out.len() - distance]);
                    }
                }
            }
        }
        out
    }

    proptest! {
        #[test]
        fn tokens_say_the_bytes_again(
            unit in prop::sample::select(vec![1_usize, 3, 4]),
            width in 1_usize..90,
            seeds in prop::collection::vec((0_u8..4, 1_usize..400), 1..40),
        ) {
            let row = width * unit + 1;
            let mut data: Vec<u8> = seeds.iter().flat_map(|(byte, count)| std::iter::repeat_n(*byte, *count)).collect();
            data.truncate(data.len() / row * row);
            prop_assert_eq!(unpacked(&found(&data, row, unit)), data);
        }
    }
}
