//! The settings of the server, from `config/server.toml`; each key is documented there.

use serde::{Deserialize, Deserializer, de::Error as _};
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use store::WaterLimits;
use territory::{Metres, Visibility};

const SHIPPED: &str = include_str!("../../../config/server.toml");

/// All settings. Keys that a file leaves out have the shipped value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The least public editions that are served.
    pub visibility: Visibility,
    /// Threads that serve connections; 0 is one for each processor.
    pub workers: usize,
    /// Open connections per thread.
    pub connections: usize,
    /// Seconds for which an idle connection stays open.
    pub keep_alive_s: u64,
    /// Seconds for the head of a request.
    pub head_s: u64,
    /// Seconds for the whole body of a request.
    pub body_s: u64,
    /// Seconds that a shutdown waits for requests in flight.
    pub shutdown_s: u64,
    /// Milliseconds between two looks at the store and at the rules.
    pub poll_ms: u64,
    /// Folder of a rulebook, or of one folder for each version; none for those in the program.
    pub rules: Option<PathBuf>,
    /// Whether `/metrics` is answered.
    pub metrics: bool,
    /// What may be uploaded.
    pub uploads: UploadLimits,
    /// How much work a check may be.
    pub check: CheckLimits,
    /// How much work may be left behind.
    pub jobs: JobLimits,
    /// How long lists may be.
    pub items: ItemLimits,
    /// How tiles are made and kept.
    pub tiles: TileLimits,
    /// How large pictures of layers may be.
    pub maps: MapLimits,
    /// How questions about water are answered.
    pub water: WaterSettings,
    /// How documents are sealed.
    pub seal: SealSettings,
    /// How issued documents are kept.
    pub register: RegisterLimits,
}

/// Limits of uploads.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadLimits {
    /// Uploads received and read at the same time.
    pub at_once: usize,
    /// Bytes of a file or form.
    pub bytes: usize,
    /// Bytes of an archive once unpacked.
    pub unpacked_bytes: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Vertices of the geometry.
    pub vertices: usize,
    /// Hectares of the land.
    pub area_ha: f64,
}

/// Limits of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckLimits {
    /// Seconds for a check and its wait.
    pub seconds: u64,
    /// Checks computed at the same time; 0 is one for each processor.
    pub jobs: usize,
    /// Checks that wait for their turn.
    pub queue: usize,
    /// Vertices of the subject × features near it + vertices of those.
    pub cost: u64,
}

/// Limits of jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobLimits {
    /// Jobs computed at the same time, beside checks that somebody waits for.
    #[serde(deserialize_with = "one_or_more")]
    pub at_once: usize,
    /// Jobs that wait for their turn.
    pub queue: usize,
    /// Seconds for the judgement of a job, without its wait.
    pub seconds: u64,
    /// Seconds for which a result is kept.
    pub kept_s: u64,
    /// Bytes of all results together; the oldest go first.
    pub bytes: usize,
}

/// Without a thread jobs would wait for ever.
fn one_or_more<'de, D: Deserializer<'de>>(given: D) -> Result<usize, D::Error> {
    match usize::deserialize(given)? {
        0 => Err(D::Error::custom("at_once is 0; 1 or more is expected")),
        some => Ok(some),
    }
}

/// Limits of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemLimits {
    /// Items where nothing else is asked.
    pub usual: usize,
    /// Items at most.
    pub most: usize,
}

/// How tiles are made and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileLimits {
    /// Bytes of tiles that are kept until the next publication.
    pub cache_bytes: usize,
    /// Units round a tile, of 4096 along its side, in which features are drawn too.
    #[serde(deserialize_with = "buffer")]
    pub buffer: u32,
    /// Whether editions are made ready before somebody asks for a tile.
    pub prepare: bool,
}

/// A simplified border may lie two units off: a narrower buffer would show it.
fn buffer<'de, D: Deserializer<'de>>(given: D) -> Result<u32, D::Error> {
    match u32::deserialize(given)? {
        units @ 8..=1024 => Ok(units),
        other => Err(D::Error::custom(format!(
            "buffer is {other}; from 8 to 1024 is expected"
        ))),
    }
}

/// Limits of pictures of layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapLimits {
    /// Pixels of a side.
    pub side: u32,
    /// Width × height × layers.
    pub work: u64,
    /// Vertices of all that a sheet draws.
    pub vertices: u64,
}

/// How questions about water are answered.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaterSettings {
    /// Metres within which a point is led to a stream where the address does not say.
    #[serde(deserialize_with = "above_zero")]
    pub snap_m: f64,
    /// Cells of a drainage model that is held, some 18 bytes each.
    pub cells: u64,
    /// Hectares of a catchment that is drawn, and of a land that is asked about.
    pub walk_ha: f64,
}

impl WaterSettings {
    pub(crate) fn limits(self) -> WaterLimits {
        WaterLimits {
            cells: self.cells,
            snap: Metres(self.snap_m),
        }
    }
}

/// A distance without length would find nothing.
fn above_zero<'de, D: Deserializer<'de>>(given: D) -> Result<f64, D::Error> {
    match f64::deserialize(given)? {
        metres if metres.is_finite() && metres > 0.0 => Ok(metres),
        other => Err(D::Error::custom(format!("snap_m is {other}; more than 0 is expected"))),
    }
}

/// How documents are sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SealSettings {
    /// The node's key; without one documents are hashed and not signed.
    pub key_file: Option<PathBuf>,
    /// Public keys whose signatures are accepted too, in hex: those that this node had before.
    pub trusted: Vec<String>,
    /// The public address of this node up to `/verify`, printed in documents.
    pub verify_url: Option<String>,
}

/// How issued documents are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterLimits {
    /// Bytes of the register's file, beyond which it takes no more documents.
    pub bytes: u64,
}

/// A settings file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct ConfigError {
    /// Line, key and reason.
    message: String,
}

impl ConfigError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        format!(
            "La configuración del servidor no se puede usar: {}. Corrija esa clave; config/server.toml las explica todas.",
            self.message.trim().replace('\n', " ")
        )
    }
}

impl Default for Config {
    fn default() -> Self {
        toml::from_str(SHIPPED).expect("a test reads the shipped file")
    }
}

impl Config {
    /// Reads settings; what the text leaves out is as shipped.
    ///
    /// # Errors
    /// When a key is unknown or a value does not fit, with its line.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let fail = |error: toml::de::Error| ConfigError {
            message: error.to_string(),
        };
        let mut whole: toml::Table = toml::from_str(SHIPPED).map_err(fail)?;
        for (key, value) in toml::from_str::<toml::Table>(text).map_err(fail)? {
            match (whole.get_mut(&key), value) {
                (Some(toml::Value::Table(shipped)), toml::Value::Table(given)) => shipped.extend(given),
                (_, value) => {
                    whole.insert(key, value);
                }
            }
        }
        whole.try_into().map_err(fail)
    }

    /// Threads that serve connections.
    pub(crate) fn worker_count(&self) -> usize {
        or_processors(self.workers)
    }

    /// Checks computed at the same time.
    pub(crate) fn job_count(&self) -> usize {
        or_processors(self.check.jobs)
    }

    /// The deadline of a body.
    pub(crate) fn body_time(&self) -> Duration {
        Duration::from_secs(self.body_s)
    }
}

fn or_processors(stated: usize) -> usize {
    match stated {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        some => some,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_states_the_documented_limits() {
        let shipped = Config::default();
        assert_eq!(shipped.addr.to_string(), "127.0.0.1:8080");
        assert_eq!(shipped.visibility, Visibility::Public);
        assert_eq!(shipped.uploads.bytes, 5_000_000);
        assert_eq!(shipped.uploads.unpacked_bytes, 50_000_000);
        assert_eq!((shipped.uploads.entries, shipped.uploads.vertices), (64, 200_000));
    }

    #[test]
    fn a_file_may_state_one_key_of_a_section_alone() {
        let config = Config::parse("body_s = 2\n[uploads]\nbytes = 7\n").unwrap();
        assert_eq!(
            (config.body_s, config.uploads.bytes, config.uploads.entries),
            (2, 7, 64)
        );
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_named() {
        for (text, named) in [
            ("bodys = 2", "bodys"),
            ("[check]\nsecond = 1", "second"),
            ("body_s = \"x\"", "body_s"),
            ("[tiles]\nbuffer = 2", "buffer"),
            ("[jobs]\nat_once = 0", "at_once"),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.sentence_es().contains(named), "{}", error.sentence_es());
        }
    }
}
