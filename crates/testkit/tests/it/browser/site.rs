//! A tiny site under two names, as the product has them.

use std::convert::Infallible;

use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Serves until dropped.
pub(super) struct Site {
    port: u16,
    server: JoinHandle<()>,
}

impl Site {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let service = service_fn(move |request| async move {
                    Ok::<_, Infallible>(answer(&request, port))
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
        Self { port, server }
    }

    pub(super) fn join(&self, path: &str) -> String {
        format!("http://join.firstkey.localhost:{}{path}", self.port)
    }

    pub(super) fn console(&self, path: &str) -> String {
        format!("http://console.firstkey.localhost:{}{path}", self.port)
    }

    /// Another site altogether, at the same address.
    pub(super) fn stranger(&self, path: &str) -> String {
        format!("http://stranger.localhost:{}{path}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn answer(request: &Request<Incoming>, port: u16) -> Response<Full<Bytes>> {
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let response = Response::builder();
    let (response, body) = match request.uri().path() {
        "/sign-in" => {
            let response = ["__Host-strict=1; SameSite=Strict", "__Host-lax=1; SameSite=Lax"]
                .map(|cookie| format!("{cookie}; Secure; HttpOnly; Path=/"))
                .into_iter()
                .fold(response, |response, cookie| response.header(header::SET_COOKIE, cookie));
            (response, "signed in".to_owned())
        }
        "/cookies" => {
            // Whoever asks may read the answer, so that only the cookies can differ.
            let origin = header(header::ORIGIN).unwrap_or_default();
            let response = response
                .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            (response, header(header::COOKIE).unwrap_or_default())
        }
        "/form" => (page(response), FORM.to_owned()),
        "/strict" => {
            let policy =
                "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'";
            let response = page(response).header(header::CONTENT_SECURITY_POLICY, policy);
            (response, "<!doctype html><title>Strict</title><h1>Strict</h1>".to_owned())
        }
        "/" => (page(response), format!("<!doctype html><title>{port}</title><h1>Here</h1>")),
        _ => (response.status(StatusCode::NOT_FOUND), String::new()),
    };
    response.body(Full::from(body)).unwrap()
}

fn page(response: http::response::Builder) -> http::response::Builder {
    response.header(header::CONTENT_TYPE, "text/html; charset=utf-8")
}

const FORM: &str = r#"<!doctype html>
<html lang="en">
<title>Form</title>
<link rel="icon" href="data:,">
<main>
  <h1>Form</h1>
  <label>Name <input name="name" value="old"></label>
  <label>Start <input name="start" type="date"></label>
  <label>Role <select name="role"><option value="a">A<option value="b">B</select></label>
  <label>List <input name="list" type="file"></label>
  <button id="send" disabled>Send</button>
  <output></output>
  <p id="secret" hidden>Hidden words</p>
  <div style="position: relative; height: 40px">
    <button id="under">Under</button>
    <div id="cover" style="position: absolute; inset: 0"></div>
  </div>
</main>
<script>
  const send = document.querySelector('#send');
  setTimeout(() => { send.disabled = false; }, 200);
  send.onclick = ({ isTrusted }) => {
    const value = (name) => document.querySelector(`[name=${name}]`).value;
    const files = document.querySelector('[name=list]').files;
    document.querySelector('output').textContent = JSON.stringify(
      [isTrusted, value('name'), value('start'), value('role'), files[0]?.name]);
  };
</script>"#;
