//! HTTP in, documents out: the only crate that knows actix-web.
//!
//! A request takes the current snapshot once and answers from it; a publication swaps in another one whole. Geometry runs on a
//! bounded pool, after an estimate of its cost and within a deadline. Every refusal is a row of the table in `problem.rs`.

mod again;
mod answer;
mod basin;
mod checking;
mod clock;
mod config;
mod current;
mod documents;
mod drawing;
mod finish;
mod given;
mod issuing;
mod items;
mod jobs;
mod judging;
mod metrics;
mod nearest;
mod negotiate;
mod openapi;
mod page;
mod params;
mod pool;
mod problem;
mod processes;
mod reading;
mod rendering;
mod routes;
mod rules;
mod sealing;
mod seals;
mod serve;
mod shared;
mod speech;
mod tiles;
mod units;
mod watch;
mod water_page;
mod waters;
mod wms;
mod words;

pub use config::{
    CheckLimits, Config, ConfigError, ItemLimits, JobLimits, MapLimits, RegisterLimits, SealSettings, TileLimits,
    UploadLimits, WaterSettings,
};
pub use reading::subject_of;
pub use rules::{RulesError, read_rules};
pub use seals::SealError;
pub use serve::{ServeError, Settings, Started, Stop, serve};
