//! A small synthetic territory, the same every time
