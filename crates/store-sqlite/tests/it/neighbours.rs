//! A refused write in a batch does not take its neighbours along.

use firstkey_domain::{AuthenticatorId, CredentialId, PersonId, StreamId};
use firstkey_ports::{
    Append, AuthenticatorRow, Commit, CommitError, Entry, Queries, Row, RowSeal, Store,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::Timestamp;
use tokio::task::JoinSet;
use uuid::Uuid;

fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

/// A person of this number binds the credential of that number.
fn binding(number: u128, credential: u128) -> Commit {
    let authenticator = AuthenticatorRow {
        id: AuthenticatorId::from_uuid(Uuid::from_u128(number)),
        person: person(number),
        credential: CredentialId::new(credential.to_be_bytes().to_vec()),
        public_key: vec![1],
        backup_eligible: false,
        aaguid: Uuid::nil(),
        transports: Vec::new(),
        name: None,
        active: true,
        bound: Timestamp::UNIX_EPOCH,
        last_used: None,
        sign_count: 0,
        seal: RowSeal([0; 32]),
    };
    Commit {
        appends: vec![Append {
            stream: person(number).into(),
            expected: 0,
            entries: vec![Entry { open: b"bound".to_vec(), sealed: None }],
            state: Vec::new(),
        }],
        rows: vec![Row::Authenticators(person(number), vec![authenticator])],
        ..Commit::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_breaks_off_is_undone_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("firstkey.db"), Options::default()).unwrap();
    store.commit(binding(1000, 1000)).await.unwrap();
    // No reservation stops every tenth from taking a credential that another row has.
    let credential = |number: u128| if number.is_multiple_of(10) { 1000 } else { number };
    let mut binds = JoinSet::new();
    for number in 1..=200 {
        let store = store.clone();
        binds.spawn(
            async move { (number, store.commit(binding(number, credential(number))).await) },
        );
    }
    for (number, fared) in binds.join_all().await {
        let is_undone = matches!(fared, Err(CommitError::Unavailable(_)));
        assert_eq!(is_undone, number % 10 == 0, "{number}: {fared:?}");
        let version = store.load(&[StreamId::from(person(number))]).await.unwrap()[0].version;
        assert_eq!(version, u64::from(!is_undone), "{number}");
        assert_eq!(store.authenticators(person(number)).await.unwrap().len() as u64, version);
    }
}
