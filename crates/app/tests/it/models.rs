//! What FIDO metadata says of a model decides who may hold it, when it is registered and ever after.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_app::{
    Fault, SignatureRefusal,
    enrolling::{AskPassFault, Bound, Ceremony, Registered},
    policy::Activate,
    vouching::{TryCode, TryCodeFault},
};
use firstkey_domain::{CredentialId, Role, enrollment::Checklist};
use firstkey_policy::{DEFAULT, Plan, Shortcoming};
use firstkey_testkit::authenticator::{Algorithm, Attestation, SoftAuthenticator};
use serde_json::{Value, json};

use crate::{
    invariants::{Whole, over_both_stores},
    metadata::{MODEL, entry, imported, payload, signed, signer, vendor},
    policy_moves::{code_of, open_pass},
    world::{Browser, HOST_USER, Member, World},
};

over_both_stores!(
    a_revoked_model_is_refused_and_the_pass_stays,
    a_model_whose_entry_cannot_be_read_may_be_revoked,
    a_model_that_is_revoked_before_the_second_press_is_not_bound,
    rule_23_what_a_revoked_model_signed_counts_no_more_for_privileged_people,
    a_privileged_group_takes_no_key_that_only_says_what_it_is,
    attestation_is_asked_of_whom_it_concerns,
    an_allow_list_takes_the_models_of_the_list,
);

/// A security key of [`MODEL`], which its vendor certified.
fn certified<S: Whole>(world: &World<S>) -> SoftAuthenticator {
    let shown = Attestation::Packed(vendor().attestation_key(MODEL, Algorithm::Es256));
    SoftAuthenticator::new(2000 + world.number()).with_attestation(MODEL, shown)
}

/// A piece of software that says it is one.
fn pretending<S: Whole>(world: &World<S>) -> SoftAuthenticator {
    SoftAuthenticator::new(2000 + world.number()).with_attestation(MODEL, Attestation::PackedSelf)
}

/// Imports metadata in which this is reported of [`MODEL`].
async fn reported<S: Whole>(world: &World<S>, number: u64, status: &str) {
    let mut entry = entry();
    entry["statusReports"] = json!([{ "status": status }]);
    imported(world, &signed(&signer(), &payload(number, &json!([entry])))).await;
}

async fn activate<S: Whole>(world: &World<S>, text: String) {
    world.app.run(&Activate { host: HOST_USER.into(), text }).await.unwrap();
}

/// A joiner in this group, whom nobody has met.
async fn begun<S: Whole>(world: &World<S>, sponsor: &Member, group: Option<&str>) -> Browser {
    let mut row = world.row(Some(sponsor.id));
    row.joiner.groups.extend(group.map(str::to_owned));
    let person = world.import_row(row).await;
    world.begin(world.enrollment_of(person).await, None).await
}

async fn met<S: Whole>(world: &World<S>, sponsor: &mut Member) -> Browser {
    let browser = begun(world, sponsor, None).await;
    world.match_by(sponsor, &browser).await;
    browser
}

/// Presses this key, and says by which rules it is refused and what it lacks.
async fn refused<S: Whole>(
    world: &World<S>,
    browser: &Browser,
    mut key: SoftAuthenticator,
) -> (Vec<String>, Vec<Shortcoming>) {
    let first = world.app.run(&world.ask_pass(browser)).await.unwrap();
    let register = world.registration(browser, &first, &mut key);
    match world.app.run(&register).await.unwrap() {
        Registered::Unsuitable { decision, shortcomings } => {
            let rules = decision.rules.iter().map(|rule| rule.id.clone()).collect();
            (rules, shortcomings.into_iter().collect())
        }
        other => panic!("policy refuses it: {other:?}"),
    }
}

async fn a_revoked_model_is_refused_and_the_pass_stays<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    reported(&world, 277, "REVOKED").await;
    let browser = met(&world, &mut admin).await;
    let (rules, lacks) = refused(&world, &browser, certified(&world)).await;
    assert_eq!(rules, ["revoked-models-are-refused"]);
    assert_eq!(lacks, [Shortcoming::Reported]);
    // Of a claim the same is believed: it stops whoever means no harm.
    assert_eq!(refused(&world, &browser, pretending(&world)).await.0, rules);
    world.enroll(&browser, SoftAuthenticator::new(2000)).await;
}

async fn a_model_whose_entry_cannot_be_read_may_be_revoked<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut spoilt = entry();
    spoilt["statusReports"] = json!([{ "status": "FIDO_CERTIFIED_L1", "effectiveDate": "soon" }]);
    imported(&world, &signed(&signer(), &payload(277, &json!([spoilt])))).await;
    let browser = met(&world, &mut admin).await;
    let (rules, _) = refused(&world, &browser, certified(&world)).await;
    assert_eq!(rules, ["revoked-models-are-refused"]);
}

async fn a_model_that_is_revoked_before_the_second_press_is_not_bound<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    reported(&world, 277, "FIDO_CERTIFIED_L2").await;
    let browser = met(&world, &mut admin).await;
    let mut key = certified(&world);
    let second = world.register(&browser, &mut key).await;
    reported(&world, 278, "REVOKED").await;
    let bind = world.binding(&browser, &second, &mut key);
    let Bound::Unsuitable(dropped) = world.app.run(&bind).await.unwrap() else {
        panic!("the model was revoked")
    };
    assert_eq!(dropped.shortcomings, [Shortcoming::Reported].into());
    assert_eq!(dropped.credential, key_id(&second));
    let person = world.enrollment(browser.enrollment).await.person;
    assert!(world.person(person).await.authenticators.is_empty());

    // Policy did not move: another key is made with the pass that is there, and nobody is met again.
    let pass = open_pass(&world, &browser).await;
    assert!(pass.is_some());
    let second = world.register(&browser, &mut SoftAuthenticator::new(2000)).await;
    assert_ne!(key_id(&second), dropped.credential);
    assert_eq!(open_pass(&world, &browser).await, pass);
}

/// The credential that a second press asks for.
fn key_id(second: &Ceremony) -> CredentialId {
    let id = second.options["allowCredentials"][0]["id"].as_str().unwrap();
    CredentialId::new(URL_SAFE_NO_PAD.decode(id).unwrap())
}

async fn rule_23_what_a_revoked_model_signed_counts_no_more_for_privileged_people<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    reported(&world, 277, "FIDO_CERTIFIED_L2").await;
    let browser = met(&world, &mut admin).await;
    let mut sponsor = world.enroll(&browser, certified(&world)).await;

    let browser = begun(&world, &sponsor, None).await;
    let applicant = world.enrollment(browser.enrollment).await.person;
    world.set_role(&mut admin, applicant, Role::Auditor, true).await.unwrap();
    world.match_by(&mut sponsor, &browser).await;
    world.match_by(&mut admin, &browser).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();

    reported(&world, 278, "REVOKED").await;
    let missing = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    let Err(Fault::Refused(AskPassFault::Missing(plan))) = missing else { panic!("{missing:?}") };
    assert!(matches!(plan, Plan::Impossible(_)), "somebody who vouched no longer could: {plan:?}");
    assert_eq!(code_of(&world, &browser).await, None, "digits would help nobody");

    // They are told so when they try again.
    let browser = begun(&world, &sponsor, None).await;
    let applicant = world.enrollment(browser.enrollment).await.person;
    world.set_role(&mut admin, applicant, Role::Auditor, true).await.unwrap();
    let try_code = TryCode {
        operator: sponsor.id,
        enrollment: browser.enrollment,
        typed: world.shown_code(&browser).await,
        checklist: Checklist::ACQUAINTED,
    };
    let refused = world.app.run(&try_code).await;
    let unsuitable = SignatureRefusal::Unsuitable;
    assert!(
        matches!(&refused, Err(Fault::Refused(TryCodeFault::Signature(why))) if *why == unsuitable),
        "{refused:?}"
    );
    // For ordinary people it is enough, as it is for signing in.
    met(&world, &mut sponsor).await;
    world.sign_in(&mut sponsor).await.unwrap();
}

async fn a_privileged_group_takes_no_key_that_only_says_what_it_is<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut officer = world.joiner(&mut admin).await;
    world.set_role(&mut admin, officer.id, Role::Officer, true).await.unwrap();
    reported(&world, 277, "FIDO_CERTIFIED_L1").await;
    let browser = begun(&world, &admin, Some("privileged")).await;
    world.match_by(&mut admin, &browser).await;
    world.match_by(&mut officer, &browser).await;

    let rule = "privileged-groups-hold-attested-keys";
    for key in [pretending(&world), SoftAuthenticator::new(2000)] {
        let (rules, lacks) = refused(&world, &browser, key).await;
        assert_eq!((rules, lacks), (vec![rule.to_owned()], vec![Shortcoming::Unattested]));
    }
    let (rules, lacks) = refused(&world, &browser, SoftAuthenticator::synced(2001)).await;
    assert_eq!(rules, [rule]);
    assert_eq!(lacks, [Shortcoming::Copyable, Shortcoming::Unattested]);
    world.enroll(&browser, certified(&world)).await;
}

async fn attestation_is_asked_of_whom_it_concerns<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut officer = world.joiner(&mut admin).await;
    world.set_role(&mut admin, officer.id, Role::Officer, true).await.unwrap();
    let ordinary = met(&world, &mut admin).await;
    let member = begun(&world, &admin, Some("privileged")).await;
    world.match_by(&mut admin, &member).await;
    world.match_by(&mut officer, &member).await;

    assert_eq!(asked(&world, &ordinary).await, "none", "nothing is known of any model");
    assert_eq!(asked(&world, &member).await, "direct");
    reported(&world, 277, "FIDO_CERTIFIED_L1").await;
    assert_eq!(asked(&world, &ordinary).await, "direct", "theirs may be revoked");

    let rule = "when { context.authenticator.revoked };";
    let of_some = "when { principal.privileged && context.authenticator.revoked };";
    activate(&world, DEFAULT.replace(rule, of_some)).await;
    assert_eq!(asked(&world, &ordinary).await, "none");
    assert_eq!(asked(&world, &member).await, "direct");
}

/// The attestation that a browser is told to ask for.
async fn asked<S: Whole>(world: &World<S>, browser: &Browser) -> Value {
    world.app.run(&world.ask_pass(browser)).await.unwrap().options["attestation"].clone()
}

async fn an_allow_list_takes_the_models_of_the_list<S: Whole>(world: Arc<World<S>>) {
    let rule = r#"
        @id("our-models") @reason("A test.")
        forbid (principal, action == Action::"bind", resource)
        when { resource.kind == Kind::"first" && !principal.privileged }
        unless {
            context.authenticator.attestation == Attestation::"trusted" &&
            [
                Model::"a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1",
                Model::"fa2b99dc-9e39-4257-8f92-4a30d23c4118"
            ].contains(context.authenticator.model)
        };
    "#;
    activate(&world, format!("{DEFAULT}{rule}")).await;
    let mut admin = world.admin().await;
    reported(&world, 277, "FIDO_CERTIFIED").await;
    let browser = met(&world, &mut admin).await;
    let (rules, lacks) = refused(&world, &browser, SoftAuthenticator::new(2000)).await;
    assert_eq!((rules, lacks), (vec!["our-models".to_owned()], Vec::new()));
    let (_, lacks) = refused(&world, &browser, pretending(&world)).await;
    assert_eq!(lacks, [Shortcoming::Unattested]);
    world.enroll(&browser, certified(&world)).await;
}
