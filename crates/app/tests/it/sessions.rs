//! A session holds for whoever began it, while it and its owner's passkey last.

use std::{convert::Infallible, sync::Arc};

use firstkey_app::{
    Fault, Outcome, TicketError, Unit, UseCase,
    own::{AddAuthenticator, SuspendAuthenticator, SuspendToken},
    people::MarkLeft,
    signing_in::{SessionToken, SignIn, SignInFault, SignOut, SignOutEverywhere, SignedIn},
};
use firstkey_domain::Actor;
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use rusqlite::{Connection, params};
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    a_secret_that_is_a_bit_wrong_is_wrong,
    a_session_ends_when_it_is_not_used,
    a_session_ends_however_much_it_is_used,
    sessions_of_many_are_ended_and_noted_once_each,
    a_session_ends_with_what_it_rests_on,
    a_sign_in_that_a_sign_out_everywhere_overtakes_is_begun_again,
    a_sign_in_that_the_stopping_of_its_passkey_overtakes_is_refused,
    signing_in_after_signing_out_everywhere_needs_no_time_between,
    a_sign_out_everywhere_that_a_sign_in_overtakes_ends_its_session,
    whoever_signs_in_while_they_sign_out_everywhere_leaves_an_honest_log,
);

async fn holds<S: Whole>(world: &World<S>, token: &SessionToken) -> bool {
    world.app.session(token).await.unwrap().is_some()
}

/// Somebody presses something on a page.
async fn uses<S: Whole>(world: &World<S>, token: &SessionToken) {
    let session = world.app.session(token).await.unwrap().expect("the session holds");
    world.app.used(&session).await;
}

async fn a_secret_that_is_a_bit_wrong_is_wrong<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut other = world.joiner(&mut admin).await;
    let token = world.sign_in(&mut admin).await.unwrap().token;
    let others = world.sign_in(&mut other).await.unwrap().token;
    assert!(holds(&world, &token).await);
    let text = token.expose();
    let mut forged = 0;
    for place in 0..text.len() {
        let mut letters = text.clone().into_bytes();
        letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
        let Some(wrong) = SessionToken::from_text(std::str::from_utf8(&letters).unwrap()) else {
            continue;
        };
        forged += 1;
        assert!(!holds(&world, &wrong).await, "letter {place}");
    }
    assert!(forged > 50, "{forged}");
    let crossed = SessionToken { id: token.id, secret: others.secret };
    assert!(!holds(&world, &crossed).await, "somebody else's secret");
    assert!(holds(&world, &token).await, "guessing ends nobody's session");
}

async fn a_session_ends_when_it_is_not_used<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let token = world.sign_in(&mut admin).await.unwrap().token;
    world.live(SignedDuration::from_mins(59)).await;
    uses(&world, &token).await;
    world.live(SignedDuration::from_mins(59)).await;
    assert!(holds(&world, &token).await);
    world.live(SignedDuration::from_mins(1)).await;
    assert!(!holds(&world, &token).await, "what a page asks by itself is no use");
    // Its end is noted when its time would have been over at the latest, and says when it was.
    let ended = world.app.now();
    world.live(SignedDuration::from_hours(24)).await;
    world.app.end_sessions().await.unwrap();
    let [note] = notes(&world, "session.over/1").await.try_into().unwrap();
    assert_eq!(note["session"], token.id.to_string());
    assert_eq!(note["person"], admin.id.to_string());
    assert_eq!((&note["idle"], &note["ended"]), (&true.into(), &ended.to_string().into()));
}

/// The notes of a kind, as an auditor reads them.
async fn notes<S: Whole>(world: &World<S>, kind: &str) -> Vec<serde_json::Value> {
    let entries = world.app.store().entries_after(0, 10_000).await.unwrap();
    let unread = entries.iter().filter(|(_, entry)| entry.stream.is_none());
    let notes = unread.map(|(_, entry)| serde_json::from_slice(&entry.open).unwrap());
    notes.filter(|note: &serde_json::Value| note["kind"] == kind).collect()
}

async fn a_session_ends_however_much_it_is_used<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let signed_in = world.sign_in(&mut admin).await.unwrap();
    let began = world.app.now();
    while world.app.now() < began + SignedDuration::from_hours(24) {
        uses(&world, &signed_in.token).await;
        world.pass(SignedDuration::from_mins(30));
    }
    assert_eq!(world.app.now(), signed_in.expires);
    assert!(!holds(&world, &signed_in.token).await);
    world.app.end_sessions().await.unwrap();
    assert!(world.app.store().sessions(admin.id).await.unwrap().is_empty());
    let [note] = notes(&world, "session.over/1").await.try_into().unwrap();
    let expires = signed_in.expires.to_string();
    assert_eq!((&note["idle"], &note["ended"]), (&false.into(), &expires.into()));
    world.app.end_sessions().await.unwrap();
    assert_eq!(notes(&world, "session.over/1").await.len(), 1, "noted once");
}

async fn sessions_of_many_are_ended_and_noted_once_each<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    // More than are looked up at once.
    for _ in 0..230 {
        world.sign_in(&mut admin).await.unwrap();
    }
    world.pass(SignedDuration::from_hours(25));
    world.app.end_sessions().await.unwrap();
    assert!(world.app.store().sessions(admin.id).await.unwrap().is_empty());
    let noted = notes(&world, "session.over/1").await;
    let sessions = noted.iter().map(|note| note["session"].to_string());
    assert_eq!(sessions.collect::<std::collections::BTreeSet<_>>().len(), 230);
    assert_eq!(noted.len(), 230);
}

/// Somebody with two passkeys.
async fn with_second<S: Whole>(world: &World<S>, member: &mut Member) -> Member {
    let (enrollment, _) = world.app.run(&AddAuthenticator { person: member.id }).await.unwrap();
    let browser = world.begin(enrollment, None).await;
    world.match_by(member, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(5000 + world.number())).await
}

async fn a_session_ends_with_what_it_rests_on<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut person = world.joiner(&mut admin).await;
    let mut second = with_second(&world, &mut person).await;
    let first_session = world.sign_in(&mut person).await.unwrap().token;
    let second_session = world.sign_in(&mut second).await.unwrap().token;

    let token = SuspendToken { person: person.id, authenticator: second.authenticator };
    let token = token.to_text(world.app.keys());
    world.app.run(&SuspendAuthenticator { token }).await.unwrap();
    assert!(!holds(&world, &second_session).await, "\"this was not me\" ends its sessions");
    assert!(holds(&world, &first_session).await, "and no others");
    let refused = world.sign_in(&mut second).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Unknown))));

    let here = world.sign_in(&mut person).await.unwrap().token;
    world.app.run(&SignOut { person: person.id, session: here.id }).await.unwrap();
    assert!(!holds(&world, &here).await);
    assert!(holds(&world, &first_session).await);
    world.app.run(&SignOutEverywhere { person: person.id }).await.unwrap();
    assert!(!holds(&world, &first_session).await);

    let last = world.sign_in(&mut person).await.unwrap().token;
    world.app.run(&MarkLeft { operator: admin.id, person: person.id }).await.unwrap();
    assert!(!holds(&world, &last).await, "nothing waits for the cascade");
    let refused = world.sign_in(&mut person).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Unknown))));
}

/// A passkey's answer, ready to be sent.
pub fn answer<S: Whole>(world: &World<S>, member: &mut Member) -> SignIn {
    let ceremony = world.begin_sign_in();
    SignIn {
        assertion: press(&mut member.key, &ceremony, CONSOLE),
        ticket: ceremony.ticket,
        browser: "Firefox on Linux".into(),
    }
}

/// Decides, and is overtaken by somebody else's commit a second later.
pub struct Overtaken<'a, S, U, V> {
    pub world: &'a World<S>,
    pub decided: U,
    pub overtaking: V,
}

impl<S, U, V> UseCase<S> for Overtaken<'_, S, U, V>
where
    S: Whole,
    U: UseCase<S>,
    V: UseCase<S, Refusal: std::fmt::Debug>,
{
    type Output = (U::Output, V::Output);
    type Refusal = U::Refusal;

    fn actor(&self) -> Actor {
        self.decided.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Self::Output, U::Refusal> {
        let decided = self.decided.attempt(unit).await?;
        self.world.pass(SignedDuration::from_secs(1));
        let overtaking = self.world.app.run(&self.overtaking).await.unwrap();
        Ok((decided, overtaking))
    }
}

async fn a_sign_in_that_a_sign_out_everywhere_overtakes_is_begun_again<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let earlier = world.sign_in(&mut admin).await.unwrap().token;
    let decided = answer(&world, &mut admin);
    let overtaking = SignOutEverywhere { person: admin.id };
    let overtaken = Overtaken { world: &*world, decided, overtaking };
    let refused: Result<(SignedIn, ()), _> = world.app.run(&overtaken).await;
    assert!(is_begun_too_early(&refused), "it was begun before: {refused:?}");
    assert!(!holds(&world, &earlier).await);
    let again = world.sign_in(&mut admin).await.unwrap().token;
    assert!(holds(&world, &again).await);
    world.app.sequence_once().await.unwrap();
    assert_eq!(world.check_log().await.sessions, 1);
}

fn is_begun_too_early<T>(outcome: &Outcome<T, SignInFault>) -> bool {
    matches!(outcome, Err(Fault::Refused(SignInFault::Ticket(TicketError::Expired))))
}

async fn a_sign_in_that_the_stopping_of_its_passkey_overtakes_is_refused<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut second = with_second(&world, &mut admin).await;
    let decided = answer(&world, &mut second);
    let token = SuspendToken { person: admin.id, authenticator: second.authenticator };
    let overtaking = SuspendAuthenticator { token: token.to_text(world.app.keys()) };
    let overtaken = Overtaken { world: &*world, decided, overtaking };
    let refused: Result<(SignedIn, ()), _> = world.app.run(&overtaken).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Unknown))), "{refused:?}");
    assert!(world.app.store().sessions(admin.id).await.unwrap().is_empty());
}

async fn signing_in_after_signing_out_everywhere_needs_no_time_between<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let begun_before = answer(&world, &mut admin);
    // The clock stands still, as it does after it was set back.
    world.app.run(&SignOutEverywhere { person: admin.id }).await.unwrap();
    let refused = world.app.run(&begun_before).await;
    assert!(is_begun_too_early(&refused), "{refused:?}");
    let token = world.sign_in(&mut admin).await.unwrap().token;
    assert!(holds(&world, &token).await);
}

async fn a_sign_out_everywhere_that_a_sign_in_overtakes_ends_its_session<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let overtaking = answer(&world, &mut admin);
    let decided = SignOutEverywhere { person: admin.id };
    let overtaken = Overtaken { world: &*world, decided, overtaking };
    let ((), signed_in): ((), SignedIn) = world.app.run(&overtaken).await.unwrap();
    assert!(!holds(&world, &signed_in.token).await, "it began before");
    world.app.sequence_once().await.unwrap();
    assert_eq!(world.check_log().await.sessions, 0);
}

async fn whoever_signs_in_while_they_sign_out_everywhere_leaves_an_honest_log<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let person = admin.id;
    let mut racing = JoinSet::new();
    for _ in 0..32 {
        let sign_in = answer(&world, &mut admin);
        let (one, other) = (world.clone(), world.clone());
        racing.spawn(async move {
            one.pass(SignedDuration::from_micros(1));
            let outcome = one.app.run(&sign_in).await;
            assert!(outcome.is_ok() || is_begun_too_early(&outcome) || is_busy(&outcome));
        });
        racing.spawn(async move {
            other.pass(SignedDuration::from_micros(1));
            let everywhere = SignOutEverywhere { person };
            let done: Outcome<(), Infallible> = other.app.run(&everywhere).await;
            assert!(done.is_ok() || is_busy(&done), "{done:?}");
        });
    }
    racing.join_all().await;
    world.app.sequence_once().await.unwrap();
    let there = world.app.store().sessions(person).await.unwrap().len();
    assert_eq!(world.check_log().await.sessions, there as u64);
    world.app.run(&SignOutEverywhere { person }).await.unwrap();
    assert!(world.app.store().sessions(person).await.unwrap().is_empty());
}

/// Whether so many did the same at once that one was asked to come again.
fn is_busy<T, R>(outcome: &Outcome<T, R>) -> bool {
    matches!(outcome, Err(Fault::Busy))
}

/// Rule 20: whoever edits rows gives nobody a way in. The administrator of the database does not
/// hold the key of the seals.
#[tokio::test]
async fn an_edited_row_lets_nobody_in() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let mut victim = world.joiner(&mut admin).await;
    let mut thief = world.joiner(&mut admin).await;
    let session = world.sign_in(&mut thief).await.unwrap().token;
    let database = Connection::open(world.path()).unwrap();
    let edit = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| {
        assert_eq!(database.execute(sql, parameters).unwrap(), 1, "{sql}");
    };
    let (victims, thiefs) = (victim.authenticator.uuid(), thief.authenticator.uuid());
    let (victims, thiefs) = (victims.as_bytes().as_slice(), thiefs.as_bytes().as_slice());

    // The thief's passkey becomes the victim's.
    let theirs = thief.id.uuid().as_bytes().as_slice().to_vec();
    let person = victim.id.uuid().as_bytes().as_slice().to_vec();
    edit("UPDATE authenticators SET person = ?2 WHERE id = ?1", &[&thiefs, &person]);
    let refused = world.sign_in(&mut thief).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))), "{refused:?}");
    assert!(!holds(&world, &session).await);
    edit("UPDATE authenticators SET person = ?2 WHERE id = ?1", &[&thiefs, &theirs]);

    // The thief's public key, under the victim's credential.
    let key = |id: &[u8]| -> Vec<u8> {
        let sql = "SELECT public_key FROM authenticators WHERE id = ?1";
        database.query_row(sql, params![id], |row| row.get(0)).unwrap()
    };
    let (honest, stolen) = (key(victims), key(thiefs));
    edit("UPDATE authenticators SET public_key = ?2 WHERE id = ?1", &[&victims, &stolen]);
    let refused = world.sign_in(&mut victim).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))));
    edit("UPDATE authenticators SET public_key = ?2 WHERE id = ?1", &[&victims, &honest]);

    // A suspended passkey that is active again.
    let token = SuspendToken { person: victim.id, authenticator: victim.authenticator };
    let token = token.to_text(world.app.keys());
    world.app.run(&SuspendAuthenticator { token }).await.unwrap();
    edit("UPDATE authenticators SET active = 1 WHERE id = ?1", &[&victims]);
    let refused = world.sign_in(&mut victim).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))));
    edit("UPDATE authenticators SET active = 0 WHERE id = ?1", &[&victims]);

    // The administrator's role, copied with its seal, and another with a seal of one's own.
    let copy = "INSERT INTO roles (person, role, seal) SELECT ?1, role, seal FROM roles";
    edit(copy, &[&theirs]);
    let forge = "INSERT INTO roles (person, role, seal) VALUES (?1, 'officer', ?2)";
    edit(forge, &[&theirs, &[7_u8; 32].as_slice()]);
    let session = world.sign_in(&mut thief).await.unwrap().token;
    let session = world.app.session(&session).await.unwrap().unwrap();
    assert_eq!(session.roles, []);
    let may = firstkey_policy::Operation::ViewPeople;
    assert!(!world.app.may(thief.id, None, may).await.unwrap(), "acts ask the log, not rows");
    database.execute("DELETE FROM roles WHERE person = ?1", params![theirs]).unwrap();

    // A session that was put there, with a secret of the thief's own making.
    let admins = world.sign_in(&mut admin).await.unwrap().token;
    let copy = "UPDATE sessions SET secret = (SELECT secret FROM sessions WHERE person = ?2 LIMIT 1) WHERE id = ?1";
    edit(copy, &[&admins.id.uuid().as_bytes().as_slice(), &theirs]);
    let mine = world.sign_in(&mut thief).await.unwrap().token;
    let crossed = SessionToken { id: admins.id, secret: mine.secret };
    assert!(!holds(&world, &crossed).await);

    // Somebody who left, and whose row says otherwise.
    world.app.run(&MarkLeft { operator: admin.id, person: thief.id }).await.unwrap();
    edit("UPDATE people SET active = 1 WHERE id = ?1", &[&theirs]);
    edit("UPDATE authenticators SET active = 1 WHERE id = ?1", &[&thiefs]);
    let refused = world.sign_in(&mut thief).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))));
    edit("UPDATE authenticators SET active = 0 WHERE id = ?1", &[&thiefs]);
    edit("UPDATE people SET active = 0 WHERE id = ?1", &[&theirs]);
    world.check_invariants().await;
}
