//! XML as a stream of elements and texts: no document types, no entities but the five, a limit on depth.

use crate::{At, Format, TooMuch, UploadError};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};

/// What comes next.
pub(crate) enum Piece {
    /// An element opens: its local name and its attributes.
    Open(String, Vec<(String, String)>),
    /// An element closes.
    Close(String),
    /// Text within the open element.
    Text(String),
    /// The end, with every element closed.
    End,
}

/// A stream of pieces.
pub(crate) struct Pieces<'t> {
    reader: Reader<&'t [u8]>,
    format: Format,
    depth: usize,
    limit: usize,
    length: usize,
    seen_element: bool,
    /// The name of an empty element that still has to close.
    closing: Option<String>,
}

impl<'t> Pieces<'t> {
    pub(crate) fn new(text: &'t str, format: Format, limit: usize) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        Self {
            reader,
            format,
            depth: 0,
            limit,
            length: text.len(),
            seen_element: false,
            closing: None,
        }
    }

    /// The byte that was reached.
    pub(crate) fn byte(&self) -> u64 {
        self.reader.buffer_position()
    }

    pub(crate) fn next(&mut self) -> Result<Piece, UploadError> {
        if let Some(name) = self.closing.take() {
            self.depth -= 1;
            return Ok(Piece::Close(name));
        }
        loop {
            let event = self.reader.read_event().map_err(|error| self.refused(&error))?;
            match event {
                Event::Start(start) => {
                    let piece = open(&start);
                    self.deeper()?;
                    return Ok(piece);
                }
                Event::Empty(start) => {
                    let piece = open(&start);
                    self.closing = Some(local_name(start.local_name().as_ref()));
                    self.deeper()?;
                    return Ok(piece);
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::Close(local_name(end.local_name().as_ref())));
                }
                Event::Text(text) => return Ok(Piece::Text(String::from_utf8_lossy(&text).into_owned())),
                Event::CData(text) => return Ok(Piece::Text(String::from_utf8_lossy(&text).into_owned())),
                Event::DocType(_) => return Err(UploadError::Doctype { byte: self.byte() }),
                Event::Eof if self.depth > 0 || !self.seen_element => return Err(self.cut()),
                Event::Eof => return Ok(Piece::End),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::GeneralRef(_) => {}
            }
        }
    }

    fn deeper(&mut self) -> Result<(), UploadError> {
        self.seen_element = true;
        self.depth += 1;
        if self.depth > self.limit {
            return Err(UploadError::too_much(TooMuch::Nesting, self.depth, self.limit));
        }
        Ok(())
    }

    fn cut(&self) -> UploadError {
        UploadError::Truncated {
            format: self.format,
            at: At::Byte(self.length as u64),
        }
    }

    fn refused(&self, error: &Error) -> UploadError {
        let unclosed = matches!(
            error,
            Error::Syntax(
                SyntaxError::UnclosedTag
                    | SyntaxError::UnclosedComment
                    | SyntaxError::UnclosedCData
                    | SyntaxError::UnclosedPIOrXmlDecl
                    | SyntaxError::UnclosedDoctype
            ) | Error::IllFormed(IllFormedError::MissingEndTag(_))
        );
        if unclosed {
            return self.cut();
        }
        let seen = "una etiqueta que no se abre o no se cierra bien".to_owned();
        UploadError::Malformed {
            format: self.format,
            at: At::Byte(self.reader.error_position()),
            seen,
        }
    }
}

fn open(start: &BytesStart<'_>) -> Piece {
    let attributes = start.attributes().flatten().map(|attribute| {
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        (local_name(attribute.key.local_name().as_ref()), value)
    });
    Piece::Open(local_name(start.local_name().as_ref()), attributes.collect())
}

fn local_name(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
