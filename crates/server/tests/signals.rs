//! The signals that end a server, in a process of their own.

use server::{Config, Settings, read_rules, serve};
use std::{path::Path, process::Command, sync::mpsc, thread, time::Duration};

#[test]
fn sigterm_and_sigint_end_the_server_in_peace() {
    let shelf = read_rules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/rules")).unwrap();
    for signal in ["-TERM", "-INT"] {
        let config = Config {
            addr: "127.0.0.1:0".parse().unwrap(),
            ..Config::default()
        };
        let settings = Settings {
            config,
            shelf: shelf.clone(),
            store: "nothing-there.gpkg".into(),
        };
        let (tell, told) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        thread::spawn(move || {
            let outcome = serve(settings, |started| tell.send(started.addr).unwrap());
            end.send(outcome.is_ok()).unwrap();
        });
        let addr = told.recv().unwrap();
        assert_ne!(addr.port(), 0, "the port that was taken is told");
        let status = Command::new("kill")
            .args([signal, &std::process::id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
        assert!(ended.recv_timeout(Duration::from_secs(10)).unwrap(), "{signal}");
    }
}
