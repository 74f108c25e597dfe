//! Tokens as blocks of DEFLATE (RFC 1951) with codes of their own.

use super::matches::Token;

/// Tokens of a block: codes follow what the picture has there.
const BLOCK: usize = 1 << 15;
const LONGEST_CODE: u8 = 15;
const LONGEST_CODE_OF_LENGTHS: u8 = 7;
const END: usize = 256;
/// The order in which the lengths of the codes of lengths are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// Least length of each symbol from 257 on, and least distance of each.
const LENGTHS: [usize; 29] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const DISTANCES: [usize; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];

/// Writes tokens as blocks, the last of them closed, up to a whole byte.
pub fn write(tokens: &[Token], out: &mut Vec<u8>) {
    let mut bits = Bits { out, held: 0, count: 0 };
    let mut rest = tokens;
    loop {
        let (now, later) = rest.split_at(rest.len().min(BLOCK));
        block(now, later.is_empty(), &mut bits);
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    bits.end();
}

fn block(tokens: &[Token], is_last: bool, bits: &mut Bits<'_>) {
    let (mut uses, mut uses_of_distances) = ([0_u32; 286], [0_u32; 30]);
    uses[END] = 1;
    for token in tokens {
        match token.read() {
            Ok(byte) => uses[usize::from(byte)] += 1,
            Err((length, distance)) => {
                uses[257 + length_symbol(length)] += 1;
                uses_of_distances[distance_symbol(distance)] += 1;
            }
        }
    }
    let codes = Codes::<286>::of(&uses, LONGEST_CODE);
    let distances = Codes::<30>::of(&uses_of_distances, LONGEST_CODE);
    bits.put(u64::from(is_last) | 2 << 1, 3);
    heads(&codes.lengths, &distances.lengths, bits);
    for token in tokens {
        match token.read() {
            Ok(byte) => codes.put(usize::from(byte), bits),
            Err((length, distance)) => {
                let symbol = length_symbol(length);
                codes.put(257 + symbol, bits);
                bits.put((length - LENGTHS[symbol]) as u64, extra_of_length(symbol));
                let symbol = distance_symbol(distance);
                distances.put(symbol, bits);
                bits.put((distance - DISTANCES[symbol]) as u64, extra_of_distance(symbol));
            }
        }
    }
    codes.put(END, bits);
}

/// Symbols of lengths from 257 on.
fn length_symbol(length: usize) -> usize {
    match length {
        258 => 28,
        3..=10 => length - 3,
        _ => {
            let power = (length - 3).ilog2() as usize;
            4 * (power - 1) + ((length - 3) >> (power - 2)) - 4
        }
    }
}

/// Bits that say which length of a symbol.
fn extra_of_length(symbol: usize) -> u32 {
    const EXTRA: [u32; 29] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ];
    EXTRA[symbol]
}

/// Bits that say which distance of a symbol.
fn extra_of_distance(symbol: usize) -> u32 {
    const EXTRA: [u32; 30] = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ];
    EXTRA[symbol]
}

fn distance_symbol(distance: usize) -> usize {
    if distance < 3 {
        return distance - 1;
    }
    let power = (distance - 1).ilog2() as usize;
    2 * power + ((distance - 1) >> (power - 1)) - 2
}

/// The lengths of all codes, themselves coded.
fn heads(codes: &[u8; 286], distances: &[u8; 30], bits: &mut Bits<'_>) {
    let used = |lengths: &[u8], least: usize| {
        let last = lengths.iter().rposition(|length| *length > 0);
        last.map_or(least, |last| (last + 1).max(least))
    };
    let (codes, distances) = (&codes[..used(codes, 257)], &distances[..used(distances, 1)]);
    let all: Vec<u8> = codes.iter().chain(distances).copied().collect();
    let written = runs(&all);
    let mut uses = [0_u32; 19];
    for (symbol, _) in &written {
        uses[*symbol] += 1;
    }
    let of_lengths = Codes::<19>::of(&uses, LONGEST_CODE_OF_LENGTHS);
    let last = ORDER
        .iter()
        .rposition(|symbol| of_lengths.lengths[*symbol] > 0)
        .unwrap_or(0);
    let count = (last + 1).max(4);
    bits.put((codes.len() - 257) as u64, 5);
    bits.put((distances.len() - 1) as u64, 5);
    bits.put((count - 4) as u64, 4);
    for symbol in &ORDER[..count] {
        bits.put(u64::from(of_lengths.lengths[*symbol]), 3);
    }
    for (symbol, extra) in written {
        of_lengths.put(symbol, bits);
        let width = [2, 3, 7].get(symbol.wrapping_sub(16)).copied().unwrap_or(0);
        bits.put(extra, width);
    }
}

/// Lengths as symbols with what follows them: 16 repeats the last, 17 and 18 are rows of zeros.
fn runs(lengths: &[u8]) -> Vec<(usize, u64)> {
    let mut out = Vec::new();
    let mut rest = lengths;
    while let Some(length) = rest.first() {
        let same = rest.iter().take_while(|other| *other == length).count();
        let taken = match (*length, same) {
            (0, 11..) => {
                let taken = same.min(138);
                out.push((18, taken as u64 - 11));
                taken
            }
            (0, 3..) => {
                out.push((17, same as u64 - 3));
                same
            }
            (_, 4..) => {
                let taken = same.min(7);
                out.push((usize::from(*length), 0));
                out.push((16, taken as u64 - 4));
                taken
            }
            _ => {
                out.push((usize::from(*length), 0));
                1
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// A code for each symbol that is used.
struct Codes<const N: usize> {
    lengths: [u8; N],
    /// Reversed, for the lowest bit goes first.
    codes: [u16; N],
}

impl<const N: usize> Codes<N> {
    fn of(uses: &[u32; N], longest: u8) -> Self {
        let lengths = lengths(uses, longest);
        let mut codes = [0; N];
        let mut next = 0_u16;
        for length in 1..=longest {
            next <<= 1;
            for symbol in (0..N).filter(|symbol| lengths[*symbol] == length) {
                codes[symbol] = next.reverse_bits() >> (16 - u32::from(length));
                next = next.wrapping_add(1);
            }
        }
        Self { lengths, codes }
    }

    fn put(&self, symbol: usize, bits: &mut Bits<'_>) {
        bits.put(u64::from(self.codes[symbol]), u32::from(self.lengths[symbol]));
    }
}

/// The lengths of Huffman's codes, none beyond the longest: where one would be, uses are levelled and it is tried again.
fn lengths<const N: usize>(uses: &[u32; N], longest: u8) -> [u8; N] {
    let mut uses = *uses;
    loop {
        let lengths = of_tree(&uses);
        if lengths.iter().all(|length| *length <= longest) {
            return lengths;
        }
        for uses in uses.iter_mut().filter(|uses| **uses > 0) {
            *uses = *uses / 2 + 1;
        }
    }
}

/// How deep each symbol lies in Huffman's tree. A lone symbol has one bit.
fn of_tree<const N: usize>(uses: &[u32; N]) -> [u8; N] {
    let mut leaves: Vec<(u32, usize)> = uses.iter().copied().zip(0..N).filter(|(uses, _)| *uses > 0).collect();
    leaves.sort_unstable();
    let mut lengths = [0; N];
    if let [(_, symbol)] = leaves[..] {
        lengths[symbol] = 1;
        return lengths;
    }
    // nodes: the leaves by their uses, then each pair that was joined, whose uses never fall
    let mut weights: Vec<u32> = leaves.iter().map(|(uses, _)| *uses).collect();
    let count = leaves.len();
    let mut parents = vec![0; (2 * count).saturating_sub(1)];
    let (mut leaf, mut pair) = (0, count);
    for node in count..parents.len() {
        let mut least = || {
            let take_leaf = leaf < count && (pair >= node || weights[leaf] <= weights[pair]);
            let taken = if take_leaf { &mut leaf } else { &mut pair };
            *taken += 1;
            *taken - 1
        };
        let (one, other) = (least(), least());
        (parents[one], parents[other]) = (node, node);
        weights.push(weights[one] + weights[other]);
    }
    let mut depths = vec![0_u8; parents.len()];
    for node in (0..parents.len().saturating_sub(1)).rev() {
        depths[node] = depths[parents[node]].saturating_add(1);
    }
    for ((_, symbol), depth) in leaves.iter().zip(depths) {
        lengths[*symbol] = depth;
    }
    lengths
}

/// Bits, the lowest first.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, bits: u64, width: u32) {
        self.held |= bits << self.count;
        self.count += width;
        if self.count >= 32 {
            #[expect(clippy::cast_possible_truncation, reason = "the lower half goes out")]
            let low = self.held as u32;
            self.out.extend(low.to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    fn end(self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.out.extend(&self.held.to_le_bytes()[..bytes]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_and_distance_has_the_symbol_whose_range_holds_it() {
        for length in 3..=258 {
            let symbol = length_symbol(length);
            assert_eq!(
                symbol,
                LENGTHS.iter().rposition(|least| *least <= length).unwrap(),
                "{length}"
            );
            assert!(length - LENGTHS[symbol] < 1 << extra_of_length(symbol));
        }
        for distance in 1..=32768 {
            assert!(
                distance - DISTANCES[distance_symbol(distance)] < 1 << extra_of_distance(distance_symbol(distance))
            );
            assert_eq!(
                distance_symbol(distance),
                DISTANCES.iter().rposition(|least| *least <= distance).unwrap(),
                "{distance}"
            );
        }
    }

    #[test]
    fn codes_fill_the_tree_and_none_is_too_long() {
        let mut uses = [0_u32; 30];
        // Fibonacci's numbers make the deepest tree
        let mut pair = (1, 1);
        for uses in &mut uses {
            *uses = pair.0;
            pair = (pair.1, pair.0 + pair.1);
        }
        for longest in [7, 15] {
            let lengths = lengths(&uses, longest);
            let filled: u32 = lengths.iter().map(|length| 1 << (15 - u32::from(*length))).sum();
            assert_eq!(filled, 1 << 15, "{lengths:?}");
            assert!(lengths.iter().all(|length| *length <= longest));
        }
    }
}
