//! The wire form of protocol buffers, as far as tiles need it.

/// A message being written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message(pub Vec<u8>);

impl Message {
    /// A field of a whole number.
    pub(crate) fn number(&mut self, field: u32, value: u64) {
        self.varint(u64::from(field << 3));
        self.varint(value);
    }

    /// A field of a number of 64 bits.
    pub(crate) fn double(&mut self, field: u32, value: f64) {
        self.varint(u64::from(field << 3 | 1));
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// A field of bytes: words, or another message.
    pub(crate) fn bytes(&mut self, field: u32, bytes: &[u8]) {
        self.varint(u64::from(field << 3 | 2));
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    /// A field of packed whole numbers.
    pub(crate) fn packed(&mut self, field: u32, values: &[u32]) {
        let length: usize = values.iter().map(|value| width(*value)).sum();
        self.varint(u64::from(field << 3 | 2));
        self.varint(length as u64);
        for value in values {
            self.varint(u64::from(*value));
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "seven bits fit into a byte")]
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }
}

/// Bytes that a number takes.
fn width(value: u32) -> usize {
    let bits = (32 - (value | 1).leading_zeros()) as usize;
    bits.div_ceil(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_specification_of_protocol_buffers_shows() {
        let mut message = Message::default();
        message.number(1, 150);
        message.bytes(2, b"testing");
        message.packed(6, &[3, 270, 86_942]);
        assert_eq!(message.0[..3], [0x08, 0x96, 0x01]);
        assert_eq!(message.0[3..12], *b"\x12\x07testing");
        assert_eq!(message.0[12..], [0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]);
    }
}
