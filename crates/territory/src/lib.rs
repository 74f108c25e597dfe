//! The words every layer shares: units, footprints, overlap, editions
