//! Which addresses are dialled.

use bytes::Bytes;
use firstkey_outbound::{Reach, Unanswered, is_public};
use http::{Request, Response};
use http_body_util::Full;

use crate::receiver::Receiver;

#[tokio::test]
async fn this_host_is_not_asked_whatever_it_is_called() {
    let receiver = Receiver::start(|_| async {
        panic!("it was asked");
        #[expect(unreachable_code, reason = "the type of an answer")]
        Response::new(Full::new(Bytes::new()))
    })
    .await;
    let client = receiver.client(Reach::Public);
    for host in ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"] {
        let answer = client.send(receiver.ask(host)).await;
        assert!(matches!(answer, Err(Unanswered::Forbidden(_))), "{host}: {answer:?}");
    }
    // What only a resolver takes for an address has no name that a certificate could be for.
    for host in ["2130706433", "0x7f.1"] {
        let answer = client.send(receiver.ask(host)).await;
        assert!(matches!(answer, Err(Unanswered::Connection(_))), "{host}: {answer:?}");
    }
}

#[tokio::test]
async fn nothing_is_sent_without_tls() {
    let receiver = Receiver::start(|_| async { Response::new(Full::new(Bytes::new())) }).await;
    for uri in ["http://localhost/", "/place"] {
        let request = Request::get(uri).body(Bytes::new()).expect("a request");
        let answer = receiver.client(Reach::Anywhere).send(request).await;
        assert!(matches!(answer, Err(Unanswered::NotHttps(_))), "{uri}: {answer:?}");
    }
}

#[test]
fn special_addresses_are_not_public() {
    let special = [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "3fff:fff::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];
    for address in special {
        assert!(!is_public(address.parse().expect("an address")), "{address}");
    }
}

#[test]
fn others_are_public() {
    let public = [
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2001:200::1",
        "2002:101:101::",
        "2606:4700::1111",
        "3ffe::1",
        "3fff:1000::1",
    ];
    for address in public {
        assert!(is_public(address.parse().expect("an address")), "{address}");
    }
}
