//! The colours of a picture: few enough for a palette, or each turned into what files hold.

use crate::raster::{Pixel, plain};

const SLOTS: usize = 1024;
/// What stands before a row that is as it is.
pub const NO_FILTER: u8 = 0;

/// Up to 256 colours with their opacity, in the order in which they appear.
pub struct Palette {
    colours: Vec<[u8; 4]>,
}

impl Palette {
    /// The palette of a picture, and its rows added to `out` as places in the palette, each after the number of its filter; none
    /// where there are more colours, and then `out` is of no use.
    pub fn write(pixels: &[Pixel], width: usize, out: &mut Vec<u8>) -> Option<Self> {
        let mut table: Vec<Option<(Pixel, u8)>> = vec![None; SLOTS];
        let mut colours: Vec<[u8; 4]> = Vec::new();
        for row in pixels.chunks_exact(width) {
            out.push(NO_FILTER);
            let mut rest = row;
            while let Some(pixel) = rest.first() {
                let run = run(rest, *pixel);
                let mut slot = slot(*pixel);
                let index = loop {
                    match table[slot] {
                        Some((colour, index)) if colour == *pixel => break index,
                        Some(_) => slot = (slot + 1) % SLOTS,
                        None => {
                            let index = u8::try_from(colours.len()).ok()?;
                            colours.push(plain(*pixel));
                            table[slot] = Some((*pixel, index));
                            break index;
                        }
                    }
                };
                out.resize(out.len() + run, index);
                rest = &rest[run..];
            }
        }
        Some(Self { colours })
    }

    /// Red, green and blue of each.
    pub fn rgb(&self) -> Vec<u8> {
        self.colours
            .iter()
            .flat_map(|colour| [colour[0], colour[1], colour[2]])
            .collect()
    }

    /// The opacity of each.
    pub fn opacities(&self) -> Vec<u8> {
        self.colours.iter().map(|colour| colour[3]).collect()
    }
}

/// Pixels as files hold them; those met lately are remembered.
pub struct Plain(Vec<(Pixel, [u8; 4])>);

impl Default for Plain {
    fn default() -> Self {
        Self(vec![(0, [0; 4]); SLOTS])
    }
}

impl Plain {
    /// A pixel's colour, not multiplied.
    pub fn of(&mut self, pixel: Pixel) -> [u8; 4] {
        let known = &mut self.0[slot(pixel)];
        if known.0 != pixel {
            *known = (pixel, plain(pixel));
        }
        known.1
    }
}

/// How many of the first pixels are the same.
fn run(pixels: &[Pixel], pixel: Pixel) -> usize {
    let mut count = 0;
    for eight in pixels.chunks_exact(8) {
        if eight.iter().fold(0, |all, other| all | (other ^ pixel)) != 0 {
            break;
        }
        count += 8;
    }
    let rest = pixels[count..].iter().take_while(|other| **other == pixel);
    count + rest.count()
}

fn slot(pixel: Pixel) -> usize {
    (pixel.wrapping_mul(0x9E37_79B1) >> 22) as usize
}
