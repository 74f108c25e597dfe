//! The end of the server.

use crate::{
    client::{finish, open},
    stage::Stage,
};
use std::{io::Write, net::TcpStream};

#[test]
fn a_request_in_flight_ends_before_the_server_does() {
    let stage = Stage::usual();
    let land = b"-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";
    let length = land.len().to_string();
    let mut slow = open(
        stage.addr,
        "POST",
        "/checks",
        &[("Content-Type", "text/plain"), ("Content-Length", &length)],
    );
    slow.write_all(&land[..10]).unwrap();
    assert_eq!(stage.get("/health").status, 200);
    // until a worker has taken the connection up it is not in flight
    std::thread::sleep(std::time::Duration::from_millis(300));
    stage.stop.stop();
    std::thread::sleep(std::time::Duration::from_millis(200));
    slow.write_all(&land[10..]).unwrap();
    let reply = finish(slow);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let addr = stage.addr;
    stage.join();
    assert!(TcpStream::connect(addr).is_err(), "nobody listens any more");
}
