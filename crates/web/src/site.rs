//! The whole site: two origins behind one listener.

use axum::Router;
use firstkey_app::Backend;

use crate::{
    Readiness, Web, api, console,
    edge::{
        Origin, TrustedProxies, console_headers, dressed, join_headers, related_origins, split,
    },
    health, join, metrics,
    page::Reader,
};

/// Everything that is served.
pub fn router<S: Backend>(web: &Web<S>, proxies: &TrustedProxies, readiness: Readiness) -> Router {
    let join = (web.join.clone(), join::routes(web));
    let console = (web.console.clone(), console::routes(web).merge(api::routes(web)));
    let site = web.app.site();
    let document = (site.relying_party.id().to_owned(), related_origins(site));
    let site = split_site(join, console, document, proxies, readiness);
    metrics::routes(web).merge(site)
}

/// Puts the routes of both origins behind their names, and the document of the RP ID behind its own.
fn split_site(
    join: (Origin, Router),
    console: (Origin, Router),
    (rp_id, document): (String, Router),
    proxies: &TrustedProxies,
    readiness: Readiness,
) -> Router {
    let (join_origin, join) = join;
    let (console_origin, console) = console;
    let join_headers = join_headers(&join_origin, &console_origin);
    let console_headers = console_headers(&console_origin);
    let (theirs, headers) = (Reader::of_request, console_headers.clone());
    let document = dressed("rp-id", theirs, document, headers, proxies.clone());
    let join = dressed("join", theirs, join, join_headers, proxies.clone());
    let console = dressed("console", console::reader, console, console_headers, proxies.clone());
    health::routes(readiness).merge(split(
        (join_origin, join),
        (console_origin, console),
        (rp_id, document),
    ))
}

#[cfg(test)]
mod tests {
    use axum::{
        body::{Body, to_bytes},
        http::{Request, Response, StatusCode, header},
        routing::{get, post},
    };
    use serde::Deserialize;
    use tower::ServiceExt;

    use super::*;
    use crate::edge::Json;

    #[derive(Deserialize)]
    struct Number {
        number: u32,
    }

    fn small_site(scheme: &str) -> Router {
        let join = Router::new()
            .route("/", get(async || "join"))
            .route("/number", post(async |Json(body): Json<Number>| body.number.to_string()));
        let console = Router::new().route("/", get(async || "console"));
        split_site(
            (Origin::new(&format!("{scheme}://join.localhost")).unwrap(), join),
            (Origin::new(&format!("{scheme}://console.localhost")).unwrap(), console),
            ("localhost".to_owned(), Router::new()),
            &TrustedProxies::default(),
            Readiness::default(),
        )
    }

    fn ask(host: &str, path: &str) -> Request<Body> {
        Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap()
    }

    fn number(media_type: &str, body: impl Into<Body>) -> Request<Body> {
        Request::post("/number")
            .header(header::HOST, "join.localhost")
            .header(header::CONTENT_TYPE, media_type)
            .body(body.into())
            .unwrap()
    }

    async fn answer(request: Request<Body>) -> Response<Body> {
        small_site("https").oneshot(request).await.unwrap()
    }

    async fn text(response: Response<Body>) -> String {
        let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn the_name_decides_which_origin_answers_and_any_other_name_is_misdirected() {
        assert_eq!(text(answer(ask("join.localhost", "/")).await).await, "join");
        assert_eq!(text(answer(ask("console.localhost", "/")).await).await, "console");
        for host in ["localhost", "join.localhost:444", "join.localhost.evil.example", ""] {
            let response = answer(ask(host, "/")).await;
            assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        }
        // A route of one origin is none of the other.
        let response = answer(ask("console.localhost", "/number")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn health_is_told_under_any_name_and_readiness_only_when_ready() {
        assert_eq!(answer(ask("10.0.0.7", "/healthz")).await.status(), StatusCode::OK);
        let response = answer(ask("10.0.0.7", "/readyz")).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn problems_are_documents_for_programs_and_pages_for_people() {
        let response = answer(ask("join.localhost", "/nowhere")).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let document: serde_json::Value = serde_json::from_str(&text(response).await).unwrap();
        let expected = serde_json::json!({
            "type": "/problems/not-found",
            "title": "There is nothing here",
            "status": 404,
            "detail": "The address is wrong, or it is not for you.",
        });
        assert_eq!(document, expected);

        let mut request = ask("join.localhost", "/nowhere");
        request.headers_mut().insert(header::ACCEPT, "text/html,*/*;q=0.8".parse().unwrap());
        let response = answer(request).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(text(response).await.contains("<h1>There is nothing here</h1>"));
    }

    #[tokio::test]
    async fn a_body_must_be_json_of_the_right_shape_and_size() {
        let ok = answer(number("application/json; charset=utf-8", r#"{"number":7}"#)).await;
        assert_eq!(text(ok).await, "7");
        let big = format!(r#"{{"number":7,"more":"{}"}}"#, "x".repeat(64 * 1024));
        for (request, status) in [
            (number("text/plain", r#"{"number":7}"#), StatusCode::UNSUPPORTED_MEDIA_TYPE),
            (number("application/json", "{"), StatusCode::BAD_REQUEST),
            (number("application/json", r#"{"number":"seven"}"#), StatusCode::BAD_REQUEST),
            (number("application/json", vec![0xff; 10]), StatusCode::BAD_REQUEST),
            (number("application/json", "[".repeat(60_000)), StatusCode::BAD_REQUEST),
            (number("application/json", big), StatusCode::PAYLOAD_TOO_LARGE),
            (ask("join.localhost", "/number"), StatusCode::METHOD_NOT_ALLOWED),
        ] {
            let response = answer(request).await;
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        }
    }

    #[tokio::test]
    async fn every_answer_tells_browsers_to_trust_nothing_else() {
        let headers = |host: &'static str, path: &'static str| async move {
            let response = answer(ask(host, path)).await;
            let mut lines: Vec<String> = response
                .headers()
                .iter()
                .filter(|(name, _)| *name != header::CONTENT_LENGTH)
                .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
                .collect();
            lines.sort();
            lines.join("\n")
        };
        insta::assert_snapshot!("join", headers("join.localhost", "/").await);
        insta::assert_snapshot!("console", headers("console.localhost", "/").await);
        // What is refused is dressed like what is served.
        insta::assert_snapshot!("refused", headers("join.localhost", "/nowhere").await);
    }

    #[tokio::test]
    async fn assets_are_kept_for_ever_under_the_address_that_pages_name() {
        let address = crate::assets::address("firstkey.css");
        let request = Request::get(address).header(header::HOST, "join.localhost");
        let response = answer(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(response.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        for gone in ["/assets/0000000000000000/firstkey.css", "/assets/x/../Cargo.toml"] {
            let response = answer(ask("join.localhost", gone)).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{gone}");
        }
    }

    #[tokio::test]
    async fn without_tls_browsers_are_not_told_to_insist_on_it() {
        let response = small_site("http").oneshot(ask("join.localhost", "/")).await.unwrap();
        assert!(!response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}
