//! Days, instants, intervals and boxes in CQL2 text, after their opening parenthesis.

use crate::{Expr, FilterError, builder::Deep, error::Wanted, instant, ops::Op, read_text::Reader, tokens::Kind};

type Read<T> = Result<T, FilterError>;

impl Reader<'_, '_> {
    pub(crate) fn instant(&mut self, wanted: Wanted) -> Read<Deep> {
        let read = match (self.peek(), &wanted) {
            (Kind::Text(text), Wanted::Date) => instant::date(text).map(Expr::Date),
            (Kind::Text(text), _) => instant::timestamp(text).map(Expr::Timestamp),
            _ => None,
        };
        let Some(literal) = read else {
            return Err(self.wrong(wanted));
        };
        self.skip();
        self.expect(")")?;
        self.builder.leaf(literal)
    }

    pub(crate) fn interval(&mut self) -> Read<Deep> {
        let begin = self.interval_end()?;
        self.expect(",")?;
        let end = self.interval_end()?;
        self.expect(")")?;
        self.builder.interval([begin, end])
    }

    fn interval_end(&mut self) -> Read<Option<Deep>> {
        let place = self.next;
        let deep = self.any()?;
        match deep.expr {
            Expr::Text(text) if text == ".." => Ok(None),
            Expr::Text(text) => match instant::of_text(&text) {
                Some(literal) => self.builder.leaf(literal).map(Some),
                None => Err(self.wrong_at(place, Wanted::IntervalEnd)),
            },
            Expr::Property(_) | Expr::Date(_) | Expr::Timestamp(_) | Expr::Call(Op::Function(_), _) => Ok(Some(deep)),
            _ => Err(self.wrong_at(place, Wanted::IntervalEnd)),
        }
    }

    pub(crate) fn bbox(&mut self) -> Read<Deep> {
        let place = self.next;
        let mut numbers = vec![self.coordinate()?];
        while numbers.len() < 6 && self.take(",") {
            numbers.push(self.coordinate()?);
        }
        let bounds = crate::area::box_of(&numbers).ok_or_else(|| self.wrong_at(place, Wanted::Bbox))?;
        self.expect(")")?;
        self.builder.leaf(Expr::Bbox(bounds))
    }

    /// A number with its sign.
    pub(crate) fn coordinate(&mut self) -> Read<f64> {
        let negative = self.take("-");
        if !negative {
            self.take("+");
        }
        let number = match self.peek() {
            Kind::Number(digits) => digits.parse::<f64>().ok().filter(|number| number.is_finite()),
            _ => None,
        };
        let number = number.ok_or_else(|| self.wrong(Wanted::Number))?;
        self.skip();
        Ok(if negative { -number } else { number })
    }
}
