//! `GET /models/{aaguid}/icon.png`, and what else is known of models of authenticators, for showing.
//!
//! Without attestation a model is an authenticator's own word: it helps people to tell their passkeys
//! apart, and decides nothing here.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use firstkey_app::Backend;
use firstkey_webauthn::{
    Aaguid,
    metadata::{Entry, Metadata},
};
use uuid::Uuid;

use super::{allowed::nothing_here, door::SignedIn, known};
use crate::{Web, page::Reader, problem::Problem};

/// What the metadata in force knows of models.
#[derive(Debug)]
pub(super) struct Models(Option<Arc<Metadata>>);

impl Models {
    /// Nothing is known, for whoever is not signed in.
    pub(super) const UNKNOWN: Self = Self(None);

    /// What is in force. Metadata that cannot be used is told of elsewhere; a page without it still
    /// shows what it must.
    pub(super) async fn of<S: Backend>(web: &Web<S>) -> Self {
        Self(web.app.metadata().await.unwrap_or_default())
    }

    /// What this model is called.
    pub(super) fn name(&self, reader: Reader, aaguid: Uuid) -> Option<String> {
        let listed = self.entry(aaguid).and_then(|entry| entry.name(reader.texts.tag()));
        listed.or_else(|| known::name(aaguid)).map(str::to_owned)
    }

    /// Where its picture is.
    pub(super) fn icon(&self, aaguid: Uuid) -> Option<String> {
        self.entry(aaguid)?.icon().map(|_| format!("/models/{aaguid}/icon.png"))
    }

    fn entry(&self, aaguid: Uuid) -> Option<&Entry> {
        self.0.as_ref()?.entry(Aaguid::new(aaguid.into_bytes()))
    }
}

/// The picture of a model.
pub(super) async fn icon<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(_): SignedIn,
    Path(aaguid): Path<String>,
) -> Result<Response, Problem> {
    let aaguid: Uuid = aaguid.parse().map_err(|_| nothing_here())?;
    let models = Models::of(&web).await;
    let icon = models.entry(aaguid).and_then(Entry::icon).ok_or_else(nothing_here)?;
    Ok(([(CONTENT_TYPE, "image/png")], icon.as_bytes().to_vec()).into_response())
}
