//! The documents and their renderings, over small lands judged by the shipped rulebook.

mod documents;
mod pages;
mod sample;
mod tables;
