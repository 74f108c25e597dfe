//! The forty rights: state, day of filing, size and place.

use crate::grid_blocks::Grid;

/// How a right's land is drawn; places in kilometres from the middle of the sheet.
#[derive(Clone, Copy, Debug)]
pub enum Draft {
    /// So many cells, grown from a place.
    Blocks(usize, (f64, f64)),
    /// The same in two parts, the second one cell smaller.
    TwoParts(usize, (f64, f64), (f64, f64)),
    /// A rectangle of cells from the south-west one.
    Exactly((f64, f64), i32, i32),
    /// Off the grid: sides in metres and turn in degrees.
    Old((f64, f64), (f64, f64), f64),
    /// Off the grid, along the boundary of a community, so many metres into it, reaching so far out of it.
    Along(usize, f64, f64),
    /// So many cells, the first of which grazes a community.
    Grazing(usize),
}

/// A right.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// State as the register writes it.
    pub state: char,
    /// Year, month, day; none where the register holds none.
    pub filed: Option<(i64, i64, i64)>,
    /// Invented name.
    pub name: &'static str,
    /// `M` metallic, `N` not metallic.
    pub substance: char,
    /// How it is drawn.
    pub draft: Draft,
    /// Part of it lies in another department.
    pub leaves_the_province: bool,
}

impl Right {
    /// The grid of its time.
    pub fn grid(&self) -> Grid {
        if self.filed.is_some_and(|(year, ..)| year >= 2017) {
            Grid::Wgs84
        } else {
            Grid::Psad56
        }
    }

    /// Whether its borders run along a grid.
    pub fn is_on_grid(&self) -> bool {
        !matches!(self.draft, Draft::Old(..) | Draft::Along(..))
    }

    /// A code in the form of its time: office, number, year; plants and old claims have forms of their own.
    pub fn code(&self, number: usize) -> String {
        let serial = 90_100 + number * 13;
        match (self.state, self.filed) {
            ('B', _) => format!("P00{serial}"),
            (_, Some((year, ..))) if year >= 1992 => format!("01{serial}{:02}", year % 100),
            _ => format!("090{serial}X01"),
        }
    }
}

const fn right(state: char, filed: (i64, i64, i64), (name, substance): (&'static str, char), draft: Draft) -> Right {
    Right {
        state,
        filed: Some(filed),
        name,
        substance,
        draft,
        leaves_the_province: false,
    }
}

use Draft::{Along, Blocks, Exactly, Grazing, Old, TwoParts};

/// The forty.
pub const RIGHTS: [Right; 40] = [
    right('T', (1994, 5, 12), ("INTI WAYRA 1", 'M'), Blocks(6, (3.1, 5.2))),
    right('T', (1996, 8, 3), ("INTI WAYRA 2", 'M'), Blocks(9, (5.3, 2.6))),
    right(
        'T',
        (1999, 2, 19),
        ("QORI SUNQU", 'M'),
        TwoParts(4, (4.6, -2.9), (1.4, -4.6)),
    ),
    right('T', (2004, 11, 30), ("YURAQ ORQO 3", 'M'), Exactly((5.2, 2.2), 2, 1)),
    right('T', (2007, 1, 15), ("PUKA RUMI 2007", 'M'), Blocks(7, (-1.6, 3.6))),
    right('T', (2010, 6, 22), ("WAMAN DIEZ", 'M'), Blocks(4, (0.9, -1.9))),
    right('T', (2013, 9, 9), ("TIKA TIKA I", 'N'), Grazing(3)),
    right('T', (2017, 3, 1), ("ANTAWARA 17", 'M'), Blocks(5, (1.8, 4.4))),
    right('T', (2018, 4, 2), ("ANTAWARA 18", 'M'), Blocks(8, (4.7, -0.9))),
    right('T', (2018, 10, 25), ("SAMI 2018-A", 'M'), Blocks(3, (-4.9, 2.1))),
    right('T', (2019, 7, 8), ("CHASKA SUR", 'M'), Blocks(6, (0.6, -3.9))),
    right('T', (2020, 1, 14), ("LLOQE UNO", 'N'), Exactly((-2.7, -3.2), 1, 1)),
    right('T', (2021, 5, 17), ("QANTU 21", 'M'), Grazing(4)),
    right('T', (2022, 8, 29), ("PISONAY II", 'N'), Grazing(2)),
    right(
        'N',
        (1974, 3, 27),
        ("SAN CIPRIANO DEL ALTO", 'M'),
        Old((2.5, 3.6), (900.0, 600.0), 34.0),
    ),
    right('N', (1982, 10, 4), ("LA PERDIDA", 'M'), Along(4, 5.5, 420.0)),
    right(
        'E',
        (1771, 6, 15),
        ("EL SOCAVÓN DEL REY", 'M'),
        Old((5.6, 3.4), (400.0, 200.0), 61.0),
    ),
    right(
        'E',
        (1959, 12, 1),
        ("SANTA ROSALÍA VIEJA", 'M'),
        Old((-5.2, 3.1), (600.0, 300.0), -23.0),
    ),
    right(
        'Q',
        (1997, 2, 11),
        ("ACUMULACIÓN INTI WAYRA", 'M'),
        Exactly((2.2, 2.2), 5, 2),
    ),
    right('P', (2014, 1, 3), ("MAYU PATA 14", 'N'), Blocks(2, (-5.6, -1.8))),
    right('P', (2019, 2, 1), ("KUNTUR NORTE", 'M'), Blocks(9, (0.3, 5.1))),
    right('P', (2022, 3, 3), ("KUNTUR SUR", 'M'), Blocks(6, (3.6, -4.9))),
    right('P', (2023, 6, 5), ("WIRAQOCHA 5", 'M'), Blocks(4, (-3.4, 3.7))),
    right('P', (2024, 11, 4), ("SUMAQ 24", 'M'), Grazing(5)),
    Right {
        leaves_the_province: true,
        ..right('P', (2025, 4, 1), ("WAYQO FRONTERA", 'M'), Blocks(7, (-6.9, 3.2)))
    },
    right('D', (2018, 1, 2), ("CHAKANA 2018", 'M'), Blocks(3, (6.3, -2.6))),
    right('D', (2021, 9, 13), ("UKUMARI", 'M'), Blocks(5, (-1.4, -4.2))),
    right('F', (1995, 5, 2), ("ROSASPATA 95", 'M'), Blocks(4, (-0.6, 1.9))),
    right('F', (2008, 3, 24), ("ALLPA MAMA 8", 'M'), Blocks(10, (2.2, -1.4))),
    right('F', (2018, 5, 2), ("WAYRURO 1", 'N'), Blocks(2, (-3.8, -3.4))),
    right('L', (2003, 7, 16), ("QENQO 2003", 'M'), Blocks(5, (-4.6, 0.4))),
    right('L', (2011, 12, 1), ("TARUKA 11", 'M'), Grazing(3)),
    right('X', (1988, 8, 8), ("EL ENCANTO", 'M'), Along(0, 8.0, 500.0)),
    right('X', (2009, 4, 20), ("PISAQA 9", 'M'), Blocks(3, (3.4, 0.6))),
    right('Y', (2001, 10, 10), ("MARKA 2001", 'M'), Blocks(2, (-2.3, -1.6))),
    right('A', (2006, 2, 7), ("CANTERA UMASQA", 'N'), Along(7, 3.2, 260.0)),
    Right {
        filed: None,
        ..right('B', (2002, 1, 1), ("PLANTA WAYLLAPATA", 'M'), Along(1, 10.5, 240.0))
    },
    right(
        'R',
        (2005, 9, 21),
        ("RELAVES WAYLLAPATA", 'M'),
        Old((-0.5, 4.5), (500.0, 300.0), 12.0),
    ),
    right('H', (2012, 5, 5), ("SARA SARA 12", 'M'), Blocks(6, (1.2, 1.6))),
    right('H', (2017, 2, 20), ("SARA SARA 17", 'M'), Blocks(4, (-6.0, 0.3))),
];
