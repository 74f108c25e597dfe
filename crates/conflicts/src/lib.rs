//! Rulebook, subject and surroundings become findings, totals and limits
