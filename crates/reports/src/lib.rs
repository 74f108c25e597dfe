//! The canonical report and matrix and their renderings
