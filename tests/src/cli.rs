//! Runs the program as a person does.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program that was built beside this test.
///
/// # Panics
/// When it was not built.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("tests are built in a folder of the target folder");
    let program = folder.join("tupu");
    assert!(program.exists(), "build the program first: cargo build -p tupu");
    program
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The run, which must have ended well.
    ///
    /// # Panics
    /// When it did not.
    #[must_use]
    pub fn good(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.err, self.out);
        self
    }

    /// Standard output as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Runs the program with these arguments.
///
/// # Panics
/// When it cannot be started.
pub fn tupu<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    let output = Command::new(program())
        .args(arguments)
        .output()
        .expect("the program starts");
    Ran::of(&output)
}

/// Runs the program with these arguments and this standard input.
///
/// # Panics
/// When it cannot be started.
pub fn tupu_with_input<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Ran {
    let mut child = Command::new(program())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe was asked for");
    // a program that ends early closes it
    pipe.write_all(input).ok();
    drop(pipe);
    Ran::of(&child.wait_with_output().expect("the program ends"))
}

/// The folder of the real data, or none, said aloud; where `TUPU_REQUIRE_SHARED` is set its absence fails the test.
///
/// # Panics
/// When the data are required and absent.
pub fn shared_data() -> Option<PathBuf> {
    let folder = std::env::var_os("TUPU_SHARED").map_or_else(|| crate::root().join("../shared"), PathBuf::from);
    let data = folder.join("data");
    if data.is_dir() {
        return Some(data);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        data.display()
    );
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("SKIPPED: no shared data at {}", data.display());
    }
    None
}

/// A store with Cajamarca's mining rights of 2009 and its peasant communities.
pub fn cajamarca(data: &Path, store: &Path) {
    for (file, profile) in [
        ("real/mining/cajamarca_catastro_minero_2009.geojson", "ingemmet-2009"),
        (
            "real/communities/cajamarca_comunidades_campesinas.geojson",
            "communities",
        ),
    ] {
        let file = data.join(file);
        let arguments = [
            "import".as_ref(),
            file.as_os_str(),
            "--profile".as_ref(),
            profile.as_ref(),
            "--store".as_ref(),
            store.as_os_str(),
        ];
        let _ = tupu(arguments).good();
    }
}
