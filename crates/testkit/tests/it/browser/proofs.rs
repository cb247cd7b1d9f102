//! A key that cannot leave the browser signs what the server accepts.

use firstkey_proof::{Expected, NonceKey, ProofError, UnverifiedProof};
use firstkey_testkit::browser::{Browser, Page};

use super::site::Site;

const NOW: i64 = 1_800_000_000;

/// What an enrollment page does: a key kept in IndexedDB, and a proof made with it.
const PROVE: &str = r"async (method, url, body, nonce) => {
    const request = (operation) => new Promise((resolve, reject) => {
        operation.onsuccess = () => resolve(operation.result);
        operation.onerror = () => reject(operation.error);
    });
    const opening = indexedDB.open('keys');
    opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
    const database = await request(opening);
    const store = (mode) => database.transaction('keys', mode).objectStore('keys');
    const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    await request(store('readwrite').put(made, 'browser'));
    const key = await request(store('readonly').get('browser'));

    const base64url = (bytes) => new Uint8Array(bytes).toBase64({ alphabet: 'base64url', omitPadding: true });
    const text = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
    const header = { typ: 'firstkey-proof+jwt', alg: 'ES256', jwk: await crypto.subtle.exportKey('jwk', key.publicKey) };
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
    const claims = { jti: crypto.randomUUID(), htm: method, htu: url, bsh: base64url(digest), nonce };
    const input = `${text(header)}.${text(claims)}`;
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, key.privateKey, new TextEncoder().encode(input));
    return `${input}.${base64url(signature)}`;
}";

async fn prove(page: &Page, url: &str, body: &str, nonce: &str) -> String {
    page.eval(&format!("({PROVE})('POST', {url:?}, {body:?}, {nonce:?})")).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_made_by_the_browser_is_accepted_for_its_request_only() {
    let (site, browser) = (Site::start().await, Browser::launch().await.unwrap());
    let page = browser.profile().await.unwrap().open(&site.join("/")).await.unwrap();
    let nonces = NonceKey::new([7; 32]);
    let url = site.join("/attempts?kind=first");

    let proof = prove(&page, &url, "{}", &nonces.issue(NOW, [1; 8])).await;
    let verify = |body: &[u8]| {
        let expected = Expected { method: "POST", url: &url, body, nonces: &nonces, now: NOW };
        UnverifiedProof::parse(&proof)?.verify(&expected)
    };
    verify(b"{}").unwrap();
    assert_eq!(verify(b"[]"), Err(ProofError::WrongBody));
}
