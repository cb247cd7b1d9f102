//! `POST /api/join/attempts/{attempt}/move`: the address with which another device takes over.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    enrolling::{OpenMove, OpenMoveFault},
};
use serde::Serialize;

use super::{
    address::AttemptAddress,
    proven::{Nothing, Proven},
};
use crate::{
    Web,
    fault::problem,
    page::QrCode,
    problem::{Kind, Problem},
};

/// The address, as text and as a picture.
#[derive(Debug, Serialize)]
pub(crate) struct MoveAddress {
    url: String,
    qr: QrCode,
}

/// Makes the address. It works once, and not once somebody was met.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    AttemptAddress { enrollment, attempt }: AttemptAddress,
    Proven { request, body: Nothing {} }: Proven<Nothing>,
) -> Result<Json<MoveAddress>, Problem> {
    let url = web
        .app
        .run(&OpenMove { request, attempt, enrollment })
        .await
        .map_err(|fault| problem(fault, refused))?;
    // Fails for texts of more than two thousand letters; ours have a few hundred.
    let qr = QrCode::of(&url).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(Json(MoveAddress { url, qr }))
}

fn refused(reason: OpenMoveFault) -> Problem {
    Problem::new(match reason {
        OpenMoveFault::Unknown => Kind::NotFound,
        OpenMoveFault::Ended(_) => Kind::Ended,
        OpenMoveFault::Proofed => Kind::CannotMove,
    })
}
