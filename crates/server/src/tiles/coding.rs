//! How the bytes of a tile are packed for the way: as the reader says that it can unpack.

use actix_web::http::header::{self, HeaderMap};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// Quality of brotli: beyond it the time grows faster than the tile shrinks.
const BROTLI_QUALITY: u32 = 5;
/// Its window: 4 MiB, more than nearly all tiles.
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 1 << 16;

/// A content coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    /// The one that packs best of those the reader unpacks.
    pub(crate) fn asked(headers: &HeaderMap) -> Self {
        let text = headers
            .get_all(header::ACCEPT_ENCODING)
            .filter_map(|value| value.to_str().ok());
        let mut best = Self::Identity;
        for part in text.flat_map(|text| text.split(',')) {
            let mut words = part.split(';').map(str::trim);
            let coding = match words.next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "br" => Self::Brotli,
                "gzip" | "x-gzip" => Self::Gzip,
                _ => continue,
            };
            let quality = words.find_map(|word| word.strip_prefix("q=")?.parse::<f32>().ok());
            if quality.unwrap_or(1.0) > 0.0 && best != Self::Brotli {
                best = coding;
            }
        }
        best
    }

    /// Its name in `Content-Encoding`; none for bytes as they are.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The bytes, packed.
    ///
    /// # Errors
    /// Those of writing to memory.
    pub(crate) fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Gzip => {
                let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
                gzip.write_all(bytes)?;
                gzip.finish()
            }
            Self::Brotli => {
                let mut packed = Vec::new();
                let mut brotli = brotli::CompressorWriter::new(&mut packed, BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
                brotli.write_all(bytes)?;
                brotli.flush()?;
                drop(brotli);
                Ok(packed)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;
    use std::io::Read;

    fn asked(text: &'static str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
        Coding::asked(&headers)
    }

    #[test]
    fn the_best_of_what_the_reader_unpacks_is_chosen() {
        assert_eq!(asked("gzip, deflate, br"), Coding::Brotli);
        assert_eq!(asked("br;q=0.5, gzip"), Coding::Brotli);
        assert_eq!(asked("br;q=0, gzip;q=0.1"), Coding::Gzip);
        assert_eq!(asked("deflate"), Coding::Identity);
        assert_eq!(Coding::asked(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn packed_bytes_unpack_to_the_same() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|at| (at % 251).to_le_bytes()[0]).collect();
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&Coding::Gzip.pack(&bytes).unwrap()[..])
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, bytes);
        let packed = Coding::Brotli.pack(&bytes).unwrap();
        assert!(packed.len() < bytes.len() / 10);
        back.clear();
        brotli::Decompressor::new(&packed[..], 4096)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, bytes);
    }
}
