//! The documents and their renderings, over small lands judged by the shipped rulebook.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod documents;
mod helps;
mod kept;
mod lints;
mod pages;
mod paper;
mod paper_sample;
mod region;
mod sample;
mod schemas;
mod seals;
mod sheets;
mod tables;
mod workbook;
