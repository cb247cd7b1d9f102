//! One call of the API, signed with a machine key.

use std::{io::Read, path::Path, process::ExitCode};

use firstkey_ports::Entropy;
use firstkey_proof::signing::{ProofSigner, Request};

use super::{
    key,
    wire::{Answer, Server},
};
use crate::{cli::ApiCall, commands::CommandError, host::HostEntropy};

/// Calls, and prints the answer. Ends well when the answer is a good one.
pub async fn call(options: &ApiCall, origin: &str) -> Result<ExitCode, CommandError> {
    let signer = key::read(&options.key)?;
    let body = options.body.as_deref().map(read_body).transpose()?.unwrap_or_default();
    if !options.path.starts_with("/api/") {
        return Err(CommandError::said("the path begins with /api/, such as /api/v1/people"));
    }
    let method = options.method.to_uppercase();
    let server = Server::new(origin, options.ca.as_deref())?;
    let host = HostEntropy::new();
    let entropy: &dyn Entropy = &host;
    let mut nonce = None;
    // The first answer brings a nonce, with which the request is made again.
    let mut answer = send(&signer, &server, &method, &body, options, None, entropy).await?;
    if answer.asks_for_nonce() {
        nonce.clone_from(&answer.nonce);
        answer = send(&signer, &server, &method, &body, options, nonce.as_deref(), entropy).await?;
    }
    if options.headers {
        eprintln!("{}", answer.head);
    }
    println!("{}", String::from_utf8_lossy(&answer.body));
    Ok(if answer.status < 400 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn send(
    signer: &ProofSigner,
    server: &Server,
    method: &str,
    body: &[u8],
    options: &ApiCall,
    nonce: Option<&str>,
    entropy: &dyn Entropy,
) -> Result<Answer, CommandError> {
    let url = format!("{}{}", server.origin(), options.path);
    let request = Request { method, url: &url, body, nonce };
    let proof = signer.prove(&request, entropy.bytes()).map_err(CommandError::failed)?;
    let mut headers = vec![("firstkey-proof", proof.as_str())];
    if let Some(key) = &options.idempotency_key {
        headers.push(("idempotency-key", key));
    }
    if let Some(tag) = &options.if_match {
        headers.push(("if-match", tag));
    }
    server.send(method, &options.path, &headers, body).await
}

/// A file's bytes, or what comes in for `-`.
fn read_body(file: &Path) -> Result<Vec<u8>, CommandError> {
    if file == Path::new("-") {
        let mut body = Vec::new();
        std::io::stdin().read_to_end(&mut body)?;
        return Ok(body);
    }
    std::fs::read(file).map_err(|error| CommandError::said(format!("{}: {error}", file.display())))
}
