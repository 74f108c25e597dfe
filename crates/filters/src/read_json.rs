//! CQL2 JSON → expression.

use crate::{
    Expr, FilterError, Limits, Measure,
    builder::{Builder, Deep},
    error::{Place, Wanted},
    instant,
    ops::{self, Op},
};
use serde_json::{Map, Value};

type Read<T> = Result<T, FilterError>;

/// Reads a whole filter.
pub(crate) fn read(text: &str, limits: &Limits) -> Read<Expr> {
    if text.len() > limits.bytes {
        return Err(FilterError::too_much(Measure::Bytes, limits.bytes));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| FilterError::Syntax {
        place: Place::LineColumn(error.line(), error.column()),
        wanted: Wanted::Json,
        found: String::new(),
    })?;
    read_value(&value, limits)
}

/// Reads a whole filter that was parsed already.
pub(crate) fn read_value(value: &Value, limits: &Limits) -> Read<Expr> {
    let mut reader = Reader {
        path: Vec::new(),
        builder: Builder::new(limits),
    };
    reader.any(value).map(|deep| deep.expr)
}

/// A way down into JSON.
pub(crate) enum Step {
    /// To an element.
    At(usize),
    /// To a member.
    Of(String),
}

impl Step {
    pub(crate) fn of(name: &str) -> Self {
        Self::Of(name.to_owned())
    }
}

/// Where the reading is.
pub(crate) struct Reader<'l> {
    path: Vec<Step>,
    pub(crate) builder: Builder<'l>,
}

impl Reader<'_> {
    fn place(&self) -> Place {
        let step = |step: &Step| match step {
            Step::At(number) => format!("/{number}"),
            Step::Of(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        };
        Place::Pointer(self.path.iter().map(step).collect())
    }

    pub(crate) fn wrong(&self, wanted: Wanted, found: &Value) -> FilterError {
        FilterError::Syntax {
            place: self.place(),
            wanted,
            found: crate::words::shortened(&found.to_string(), 24),
        }
    }

    /// Goes into a member or an element for as long as `read` reads it.
    pub(crate) fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.path.push(step);
        let read = read(self)?;
        self.path.pop();
        Ok(read)
    }

    /// An expression of any kind, one level down.
    fn any(&mut self, value: &Value) -> Read<Deep> {
        self.builder.enter()?;
        let deep = match value {
            Value::Bool(value) => self.builder.leaf(Expr::Boolean(*value)),
            Value::String(value) => self.builder.leaf(Expr::Text(value.clone())),
            Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => self.builder.leaf(Expr::Integer(whole)),
                (_, Some(number)) if number.is_finite() => self.builder.leaf(Expr::Number(number)),
                _ => Err(self.wrong(Wanted::Number, value)),
            },
            Value::Array(items) => {
                let items = self.items(items)?;
                self.builder.array(items)
            }
            Value::Object(members) => self.object(members, value),
            Value::Null => Err(self.wrong(Wanted::Operand, value)),
        }?;
        self.builder.leave();
        Ok(deep)
    }

    fn items(&mut self, items: &[Value]) -> Read<Vec<Deep>> {
        let numbered = items.iter().enumerate();
        numbered
            .map(|(number, item)| self.within(Step::At(number), |reader| reader.any(item)))
            .collect()
    }

    fn object(&mut self, members: &Map<String, Value>, value: &Value) -> Read<Deep> {
        if members.contains_key("type") {
            let geometry = self.geometry(members, value)?;
            return self.builder.leaf(Expr::Geometry(Box::new(geometry)));
        }
        if let Some(name) = members.get("op") {
            return self.operation(name, members, value);
        }
        let mut only = members.iter();
        let (Some((name, inner)), None) = (only.next(), only.next()) else {
            return Err(self.wrong(Wanted::Member, value));
        };
        self.within(Step::of(name), |reader| match name.as_str() {
            "property" => reader.property(inner),
            "date" => reader.instant(inner, Wanted::Date),
            "timestamp" => reader.instant(inner, Wanted::Timestamp),
            "interval" => reader.interval(inner),
            "bbox" => reader.bbox(inner),
            _ => Err(reader.wrong(Wanted::Member, value)),
        })
    }

    fn operation(&mut self, name: &Value, members: &Map<String, Value>, value: &Value) -> Read<Deep> {
        let op = name
            .as_str()
            .and_then(|name| Op::of_name(name).or_else(|| ops::is_bare(name).then(|| Op::Function(name.to_owned()))));
        let Some(op) = op else {
            return self.within(Step::of("op"), |reader| Err(reader.wrong(Wanted::Operation, name)));
        };
        let args = match members.get("args") {
            Some(Value::Array(args)) if members.len() == 2 => args,
            Some(other) if members.len() == 2 => {
                return self.within(Step::of("args"), |reader| Err(reader.wrong(Wanted::Array, other)));
            }
            _ => return Err(self.wrong(Wanted::Member, value)),
        };
        let read = self.within(Step::of("args"), |reader| reader.items(args))?;
        let listed = matches!(args.get(1), Some(Value::Array(items)) if !items.is_empty());
        if op == Op::In && args.len() == 2 && !listed {
            self.path.extend([Step::of("args"), Step::At(1)]);
            return Err(self.wrong(Wanted::Array, &args[1]));
        }
        let place = self.place();
        self.builder.join(op, read, || place)
    }

    fn property(&mut self, value: &Value) -> Read<Deep> {
        match value.as_str() {
            Some(name) => self.builder.leaf(Expr::Property(name.to_owned())),
            None => Err(self.wrong(Wanted::Text, value)),
        }
    }

    fn instant(&mut self, value: &Value, wanted: Wanted) -> Read<Deep> {
        let literal = match (value.as_str(), &wanted) {
            (Some(text), Wanted::Date) => instant::date(text).map(Expr::Date),
            (Some(text), _) => instant::timestamp(text).map(Expr::Timestamp),
            _ => None,
        };
        match literal {
            Some(literal) => self.builder.leaf(literal),
            None => Err(self.wrong(wanted, value)),
        }
    }

    fn interval(&mut self, value: &Value) -> Read<Deep> {
        let Some([begin, end]) = value.as_array().map(Vec::as_slice) else {
            return Err(self.wrong(Wanted::Array, value));
        };
        let begin = self.within(Step::At(0), |reader| reader.interval_end(begin))?;
        let end = self.within(Step::At(1), |reader| reader.interval_end(end))?;
        self.builder.interval([begin, end])
    }

    fn interval_end(&mut self, value: &Value) -> Read<Option<Deep>> {
        let deep = self.any(value)?;
        match &deep.expr {
            Expr::Text(text) if text == ".." => Ok(None),
            Expr::Text(text) => match instant::of_text(text) {
                Some(literal) => self.builder.leaf(literal).map(Some),
                None => Err(self.wrong(Wanted::IntervalEnd, value)),
            },
            Expr::Property(_) | Expr::Date(_) | Expr::Timestamp(_) | Expr::Call(Op::Function(_), _) => Ok(Some(deep)),
            _ => Err(self.wrong(Wanted::IntervalEnd, value)),
        }
    }

    fn bbox(&mut self, value: &Value) -> Read<Deep> {
        let numbers = value.as_array().and_then(|numbers| {
            let few = numbers.len() <= 6;
            few.then(|| numbers.iter().map(Value::as_f64).collect::<Option<Vec<f64>>>())?
        });
        match numbers.as_deref().and_then(crate::area::box_of) {
            Some(bounds) => self.builder.leaf(Expr::Bbox(bounds)),
            None => Err(self.wrong(Wanted::Bbox, value)),
        }
    }
}
