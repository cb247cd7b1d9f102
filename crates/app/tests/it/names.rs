//! What there is only one of: user names, external ids, credentials.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault,
    own::{AddAuthenticator, AskRemoval, RemoveAuthenticator, RemoveAuthenticatorFault},
    people::{ImportJoiner, ImportJoinerFault, Imported},
    signing_in::SignInFault,
};
use firstkey_domain::{AuthenticatorId, person::AuthenticatorRefusal};
use firstkey_ports::Joiner;
use firstkey_testkit::authenticator::SoftAuthenticator;
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    sixty_four_namesakes_get_sixty_four_names,
    one_external_id_is_one_person_however_many_imports_race,
    a_removed_passkey_signs_nobody_in,
);

async fn racing_rows<S: Whole>(
    world: &Arc<World<S>>,
    edit: impl Fn(&mut Joiner),
) -> Vec<Result<Imported, Fault<ImportJoinerFault>>> {
    let mut racing = JoinSet::new();
    for _ in 0..64 {
        let mut row: ImportJoiner = world.row(None);
        edit(&mut row.joiner);
        let world = world.clone();
        racing.spawn(async move { world.app.import_joiner(row).await });
    }
    racing.join_all().await
}

async fn sixty_four_namesakes_get_sixty_four_names<S: Whole>(world: Arc<World<S>>) {
    let outcomes = racing_rows(&world, |joiner| {
        joiner.given_name = "José".into();
        joiner.family_name = "Nuñez".into();
    });
    let mut names = BTreeSet::new();
    for outcome in outcomes.await {
        let Ok(Imported::Joined(person)) = outcome else { panic!("{outcome:?}") };
        names.insert(world.person(person).await.record.expose().unwrap().user_name.clone());
    }
    assert_eq!(names.len(), 64, "{names:?}");
    assert!(names.contains("jose.nunez"));
    // They count on, so that most people get a short name, and scatter after that.
    assert!((2..=20).all(|number| names.contains(&format!("jose.nunez{number}"))), "{names:?}");
    let long = |name: &&String| name.len() == "jose.nunez".len() + 6;
    assert_eq!(names.iter().filter(long).count(), 64 - 20, "{names:?}");
}

async fn one_external_id_is_one_person_however_many_imports_race<S: Whole>(world: Arc<World<S>>) {
    let outcomes = racing_rows(&world, |joiner| joiner.external_id = "E-1".into()).await;
    let (joined, refused): (Vec<_>, Vec<_>) =
        outcomes.into_iter().partition(|outcome| matches!(outcome, Ok(Imported::Joined(_))));
    assert_eq!(joined.len(), 1);
    let taken =
        |outcome: &_| matches!(outcome, Err(Fault::Refused(ImportJoinerFault::ExternalIdTaken)));
    assert!(refused.iter().all(taken), "{refused:?}");
}

pub async fn removal<S: Whole>(
    world: &World<S>,
    member: &mut Member,
    authenticator: AuthenticatorId,
) -> Result<(), Fault<RemoveAuthenticatorFault>> {
    let ask = AskRemoval { person: member.id, authenticator };
    let ceremony = world.app.ask_removal(ask).await.unwrap();
    let remove = RemoveAuthenticator {
        person: member.id,
        assertion: press(&mut member.key, &ceremony, CONSOLE),
        ticket: ceremony.ticket,
    };
    world.app.run(&remove).await
}

async fn a_removed_passkey_signs_nobody_in<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let only = admin.authenticator;
    let last = removal(&world, &mut admin, only).await;
    let is_last = |fault| {
        matches!(
            fault,
            Fault::Refused(RemoveAuthenticatorFault::Refused(AuthenticatorRefusal::Last))
        )
    };
    assert!(is_last(last.unwrap_err()), "nobody locks themselves out");

    let (enrollment, _) = world.app.run(&AddAuthenticator { person: admin.id }).await.unwrap();
    let browser = world.begin(enrollment, None).await;
    world.match_by(&mut admin, &browser).await;
    let mut second = world.enroll(&browser, SoftAuthenticator::new(900)).await;
    let session = world.sign_in(&mut second).await.unwrap();
    assert!(world.app.session(&session.token).await.unwrap().is_some());

    removal(&world, &mut admin, second.authenticator).await.unwrap();
    assert!(world.app.session(&session.token).await.unwrap().is_none(), "its session is over");
    let refused = world.sign_in(&mut second).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::Nobodys(_)))));
    world.sign_in(&mut admin).await.unwrap();
}
