//! CQL2 text → expression: precedence from `OR` (loosest) to `^`, one function per level.

use crate::{
    Expr, FilterError, Limits, Measure,
    builder::{Builder, Deep},
    error::{Place, Wanted},
    ops::{self, Arithmetic, Comparison, Op},
    tokens::{self, Kind, Token},
};

type Read<T> = Result<T, FilterError>;

/// Reads a whole filter.
pub(crate) fn read(text: &str, limits: &Limits) -> Read<Expr> {
    if text.len() > limits.bytes {
        return Err(FilterError::too_much(Measure::Bytes, limits.bytes));
    }
    let mut reader = Reader {
        text,
        tokens: tokens::tokens(text)?,
        next: 0,
        builder: Builder::new(limits),
    };
    let deep = reader.any()?;
    match reader.peek() {
        Kind::End => Ok(deep.expr),
        _ => Err(reader.wrong(Wanted::OperatorOrEnd)),
    }
}

/// A place among the tokens.
pub(crate) struct Reader<'t, 'l> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    pub(crate) next: usize,
    pub(crate) builder: Builder<'l>,
}

impl<'t> Reader<'t, '_> {
    pub(crate) fn peek(&self) -> &Kind<'t> {
        &self.tokens[self.next].kind
    }

    /// Goes on, but never beyond the end.
    pub(crate) fn skip(&mut self) {
        self.next = (self.next + 1).min(self.tokens.len() - 1);
    }

    pub(crate) fn wrong(&self, wanted: Wanted) -> FilterError {
        self.wrong_at(self.next, wanted)
    }

    pub(crate) fn wrong_at(&self, token: usize, wanted: Wanted) -> FilterError {
        let at = self.tokens[token].at;
        FilterError::Syntax {
            place: tokens::character(self.text, at),
            wanted,
            found: tokens::found(self.text, at),
        }
    }

    pub(crate) fn take(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Kind::Sign(found) if *found == sign);
        if here {
            self.skip();
        }
        here
    }

    pub(crate) fn expect(&mut self, sign: &'static str) -> Read<()> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(self.wrong(Wanted::Sign(sign)))
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Kind::Word(found) if found.eq_ignore_ascii_case(word))
    }

    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        let here = self.is_word(word);
        if here {
            self.skip();
        }
        here
    }

    fn join(&mut self, op: Op, args: Vec<Deep>) -> Read<Deep> {
        let (text, at) = (self.text, self.tokens[self.next].at);
        self.builder.join(op, args, || tokens::character(text, at))
    }

    /// An expression of any kind, one level down.
    pub(crate) fn any(&mut self) -> Read<Deep> {
        self.builder.enter()?;
        let deep = self.chain("OR", &Op::Or, |reader| reader.chain("AND", &Op::And, Self::negation))?;
        self.builder.leave();
        Ok(deep)
    }

    /// Operands with a word between them.
    fn chain(&mut self, word: &str, op: &Op, operand: impl Fn(&mut Self) -> Read<Deep>) -> Read<Deep> {
        let first = operand(self)?;
        if !self.is_word(word) {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.take_word(word) {
            operands.push(operand(self)?);
        }
        self.join(op.clone(), operands)
    }

    fn negation(&mut self) -> Read<Deep> {
        if !self.take_word("NOT") {
            return self.predicate();
        }
        self.builder.enter()?;
        let operand = self.negation()?;
        self.builder.leave();
        self.join(Op::Not, vec![operand])
    }

    fn predicate(&mut self) -> Read<Deep> {
        let left = self.sum()?;
        if let Some(comparison) = self.comparison() {
            let right = self.sum()?;
            return self.join(Op::Compare(comparison), vec![left, right]);
        }
        if self.take_word("IS") {
            return self.null_test(left);
        }
        let negated = self.take_word("NOT");
        let tested = if self.take_word("LIKE") {
            let pattern = self.sum()?;
            self.join(Op::Like, vec![left, pattern])?
        } else if self.take_word("BETWEEN") {
            self.between(left)?
        } else if self.take_word("IN") {
            self.expect("(")?;
            let items = self.items(")")?;
            if items.is_empty() {
                return Err(self.wrong(Wanted::Operand));
            }
            let list = self.builder.array(items)?;
            self.join(Op::In, vec![left, list])?
        } else if negated {
            return Err(self.wrong(Wanted::NegatedTest));
        } else {
            return Ok(left);
        };
        if negated {
            self.join(Op::Not, vec![tested])
        } else {
            Ok(tested)
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let Kind::Sign(sign) = self.peek() else {
            return None;
        };
        let Some(Op::Compare(comparison)) = Op::of_name(sign) else {
            return None;
        };
        self.skip();
        Some(comparison)
    }

    fn null_test(&mut self, operand: Deep) -> Read<Deep> {
        let negated = self.take_word("NOT");
        if !self.take_word("NULL") {
            return Err(self.wrong(Wanted::Sign("NULL")));
        }
        let test = self.join(Op::IsNull, vec![operand])?;
        if negated {
            self.join(Op::Not, vec![test])
        } else {
            Ok(test)
        }
    }

    fn between(&mut self, value: Deep) -> Read<Deep> {
        let least = self.sum()?;
        if !self.take_word("AND") {
            return Err(self.wrong(Wanted::Sign("AND")));
        }
        let most = self.sum()?;
        self.join(Op::Between, vec![value, least, most])
    }

    fn sum(&mut self) -> Read<Deep> {
        let mut left = self.product()?;
        loop {
            let operation = match self.peek() {
                Kind::Sign("+") => Arithmetic::Add,
                Kind::Sign("-") => Arithmetic::Subtract,
                _ => return Ok(left),
            };
            self.skip();
            let right = self.product()?;
            left = self.join(Op::Arithmetic(operation), vec![left, right])?;
        }
    }

    fn product(&mut self) -> Read<Deep> {
        let mut left = self.power()?;
        loop {
            let operation = match self.peek() {
                Kind::Sign("*") => Arithmetic::Multiply,
                Kind::Sign("/") => Arithmetic::Divide,
                Kind::Sign("%") => Arithmetic::Remainder,
                Kind::Word(word) if word.eq_ignore_ascii_case("div") => Arithmetic::Whole,
                _ => return Ok(left),
            };
            self.skip();
            let right = self.power()?;
            left = self.join(Op::Arithmetic(operation), vec![left, right])?;
        }
    }

    /// The grammar puts the sign of an operand before its power: `-2^2` is 4. A chain of powers goes from the right.
    fn power(&mut self) -> Read<Deep> {
        let base = self.signed()?;
        if !self.take("^") {
            return Ok(base);
        }
        self.builder.enter()?;
        let exponent = self.power()?;
        self.builder.leave();
        self.join(Op::Arithmetic(Arithmetic::Power), vec![base, exponent])
    }

    fn signed(&mut self) -> Read<Deep> {
        if self.take("+") {
            return self.number(false);
        }
        if !self.take("-") {
            return self.operand();
        }
        if matches!(self.peek(), Kind::Number(_)) {
            return self.number(true);
        }
        let operand = self.operand()?;
        let minus = self.builder.leaf(Expr::Integer(-1))?;
        self.join(Op::Arithmetic(Arithmetic::Multiply), vec![minus, operand])
    }

    fn number(&mut self, negative: bool) -> Read<Deep> {
        let Kind::Number(digits) = *self.peek() else {
            return Err(self.wrong(Wanted::Number));
        };
        let written = if negative {
            format!("-{digits}")
        } else {
            digits.to_owned()
        };
        let number = match (written.parse(), written.parse::<f64>()) {
            (Ok(whole), _) => Expr::Integer(whole),
            (_, Ok(number)) if number.is_finite() => Expr::Number(number),
            _ => return Err(self.wrong(Wanted::Number)),
        };
        self.skip();
        self.builder.leaf(number)
    }

    fn operand(&mut self) -> Read<Deep> {
        match self.peek().clone() {
            Kind::Number(_) => self.number(false),
            Kind::Text(text) => {
                self.skip();
                self.builder.leaf(Expr::Text(text))
            }
            Kind::Name(name) => {
                self.skip();
                self.builder.leaf(Expr::Property(name))
            }
            Kind::Sign("(") => {
                self.skip();
                self.group()
            }
            Kind::Sign("[") => {
                self.skip();
                let items = self.items("]")?;
                self.builder.array(items)
            }
            Kind::Word(word) => self.word(word),
            _ => Err(self.wrong(Wanted::Operand)),
        }
    }

    /// What stands in a parenthesis that is open: an expression, or a list of several.
    fn group(&mut self) -> Read<Deep> {
        let first = self.any()?;
        if !self.take(",") {
            self.expect(")")?;
            return Ok(first);
        }
        let items = self.more(vec![first], ")")?;
        self.builder.array(items)
    }

    /// The operands of a relation of lists: there a parenthesis holds a list, of one element too.
    fn lists(&mut self) -> Read<Vec<Deep>> {
        let mut operands = Vec::new();
        loop {
            operands.push(if self.take("(") {
                let items = self.items(")")?;
                self.builder.array(items)?
            } else {
                self.any()?
            });
            if self.take(")") {
                return Ok(operands);
            }
            self.expect(",")?;
        }
    }

    /// Expressions up to a closing sign, which is taken.
    fn items(&mut self, closing: &'static str) -> Read<Vec<Deep>> {
        if self.take(closing) {
            return Ok(Vec::new());
        }
        self.more(Vec::new(), closing)
    }

    /// The same after some of them and a comma: there is one more at least.
    fn more(&mut self, mut items: Vec<Deep>, closing: &'static str) -> Read<Vec<Deep>> {
        loop {
            items.push(self.any()?);
            if self.take(closing) {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    fn word(&mut self, word: &'t str) -> Read<Deep> {
        if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            self.skip();
            return self.builder.leaf(Expr::Boolean(word.eq_ignore_ascii_case("true")));
        }
        if ops::is_reserved(word) {
            return Err(self.wrong(Wanted::Operand));
        }
        let start = self.next;
        self.skip();
        if let Some(geometry) = self.geometry(word)? {
            return self.builder.leaf(geometry);
        }
        if !self.take("(") {
            return self.builder.leaf(Expr::Property(word.to_owned()));
        }
        match word.to_ascii_lowercase().as_str() {
            "date" => self.instant(Wanted::Date),
            "timestamp" => self.instant(Wanted::Timestamp),
            "interval" => self.interval(),
            "bbox" => self.bbox(),
            _ => self.call(word, start),
        }
    }

    fn call(&mut self, word: &str, start: usize) -> Read<Deep> {
        let op = match Op::of_name(word) {
            Some(op) if op.is_call() => op,
            Some(_) => return Err(self.wrong_at(start, Wanted::Operand)),
            None => Op::Function(word.to_owned()),
        };
        let args = match op {
            Op::Lists(_) => self.lists()?,
            _ => self.items(")")?,
        };
        let (text, at) = (self.text, self.tokens[start].at);
        self.builder.join(op, args, || tokens::character(text, at))
    }

    /// Where the next token stands.
    pub(crate) fn place(&self) -> Place {
        tokens::character(self.text, self.tokens[self.next].at)
    }
}
