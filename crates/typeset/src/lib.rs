//! Typst documents in, tagged PDF out.
