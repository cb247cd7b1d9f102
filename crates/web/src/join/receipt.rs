//! `GET /api/join/attempts/{attempt}/receipt`: for whoever's key bound the passkey, what proves it.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header::CONTENT_DISPOSITION},
    response::{IntoResponse, Response},
};
use firstkey_app::Backend;

use super::{address::AttemptAddress, proven::Proven, standing::standing};
use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

/// Gives the receipt, as soon as the log has signed everything in it.
pub(crate) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    address: AttemptAddress,
    Proven { request, body: () }: Proven<()>,
) -> Result<Response, Problem> {
    if !standing(&web, address, &request).await?.is_bound() {
        return Err(Problem::new(Kind::NotFound));
    }
    let receipt = web
        .app
        .receipt(address.enrollment)
        .await
        .map_err(|fault| problem(fault, |_| Problem::new(Kind::NotFound)))?
        .ok_or_else(|| Problem::new(Kind::ReceiptPending).retry_after(1))?;
    let disposition = HeaderValue::from_static("attachment; filename=\"firstkey-receipt.json\"");
    Ok(([(CONTENT_DISPOSITION, disposition)], Json(receipt)).into_response())
}
