//! Feeds bring people and cannot move whom we trust without everybody being told.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::{AskPassFault, BeginFault},
    inviting::{LookAnswer, OpenFirst},
    own::AddAuthenticator,
    people::{ImportJoiner, ImportJoinerFault, Imported, MarkLeft, ResolvedSponsor},
    policy::Activate,
};
use firstkey_domain::{
    PersonId,
    enrollment::{BeginRefusal, EnrollmentEnd, Phase},
};
use firstkey_policy::DEFAULT;
use firstkey_ports::{Joiner, SponsorRef};
use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    invariants::{Whole, over_both_stores},
    post::PostOffice,
    world::{Browser, HOST_USER, Member, World},
};

over_both_stores!(
    the_same_row_again_changes_nothing,
    a_moved_address_voids_what_was_begun_and_tells_the_old_one,
    another_sponsor_voids_what_was_begun_and_tells_the_old_one,
    a_feed_makes_nobody_less_than_privileged_while_their_door_is_open,
    a_sponsors_address_that_two_people_have_names_neither,
    rule_02_a_feed_changes_no_worker_type_for_which_policy_asks_less,
    rule_02_a_corrected_address_takes_the_door_away_when_policy_would_ask_less,
    rule_02_a_feed_takes_no_privilege_that_asks_more_of_vouchers_while_a_door_is_open,
    rule_02_nobody_holds_off_a_change_by_adding_a_passkey,
    an_invitation_that_waits_goes_out_by_the_start_date_as_it_is_now,
);

/// A row that can be brought again.
struct Row {
    joiner: Joiner,
    sponsor: Option<PersonId>,
}

impl Row {
    async fn bring<S: Whole>(
        &self,
        world: &World<S>,
    ) -> Result<Imported, Fault<ImportJoinerFault>> {
        let resolved = world.app.resolve(std::slice::from_ref(&self.joiner)).await.unwrap();
        let row = ImportJoiner {
            joiner: self.joiner.clone(),
            known: resolved[0].known,
            ..world.row(self.sponsor)
        };
        world.app.import_joiner(row).await
    }
}

/// Policy asks less of whoever is not in these groups: the row without them waits until they are bound.
async fn no_group_is_lost_before_the_door_is_closed<S: Whole>(
    world: &World<S>,
    mut row: Row,
    admin: &mut Member,
    browser: &Browser,
) {
    let person = world.enrollment(browser.enrollment).await.person;
    let treasury = std::mem::take(&mut row.joiner.groups);
    let refused = row.bring(world).await;
    assert!(matches!(refused, Err(Fault::Refused(ImportJoinerFault::Weakens))), "{refused:?}");
    assert_eq!(world.person(person).await.profile.groups, treasury);

    world.match_by(admin, browser).await;
    world.enroll(browser, SoftAuthenticator::new(900)).await;
    assert_eq!(row.bring(world).await.unwrap(), Imported::Changed(person), "the door is closed");
}

async fn joined<S: Whole>(world: &World<S>, sponsor: PersonId) -> (Row, PersonId) {
    let row = Row { joiner: world.row(None).joiner, sponsor: Some(sponsor) };
    let Imported::Joined(person) = row.bring(world).await.unwrap() else { panic!() };
    (row, person)
}

async fn the_same_row_again_changes_nothing<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let (mut row, person) = joined(&world, admin.id).await;
    let before = world.app.store().entries_after(0, 1000).await.unwrap();
    for _ in 0..3 {
        assert_eq!(row.bring(&world).await.unwrap(), Imported::Same(person));
    }
    assert_eq!(world.app.store().entries_after(0, 1000).await.unwrap(), before);

    // A change of no importance is noted, and voids nothing.
    let locator = world.locator(world.enrollment_of(person).await).await;
    row.joiner.department = Some("Payroll".into());
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Same(person));
    assert!(matches!(world.app.look(&locator).await.unwrap(), LookAnswer::Active(_)));
}

/// What was delivered: to whom, and what.
pub fn delivered(office: &PostOffice) -> Vec<(String, String)> {
    let letters = office.letters().into_iter();
    letters.map(|letter| (letter.to, letter.subject)).collect()
}

async fn a_moved_address_voids_what_was_begun_and_tells_the_old_one<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let (mut row, person) = joined(&world, admin.id).await;
    let old = row.joiner.personal_email.clone();
    let enrollment = world.enrollment_of(person).await;
    let locator = world.locator(enrollment).await;
    let browser = world.begin(enrollment, None).await;
    world.match_by(&mut admin, &browser).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    PostOffice::default().deliver_due(&world.app).await;

    row.joiner.personal_email = "elsewhere@mail.example".into();
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
    let ask = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Unknown))), "attempt and pass are void");
    let begin = world.begin_with(locator.clone(), world.browser_key(), None).await;
    let refused = world.app.run(&begin).await;
    let replaced = BeginFault::Refused(BeginRefusal::Replaced);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == replaced));
    assert!(matches!(world.app.look(&locator).await.unwrap(), LookAnswer::NotActive));

    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let sponsors = world.person(admin.id).await.record.expose().unwrap().personal_email.clone();
    let mut letters = delivered(&office);
    letters.sort();
    let mut told = vec![
        (old, "RecordChanged".to_owned()),
        (sponsors, "RecordChanged".to_owned()),
        ("elsewhere@mail.example".to_owned(), "Invitation".to_owned()),
    ];
    told.sort();
    assert_eq!(letters, told);

    let again = world.begin(enrollment, None).await;
    let ask = world.app.run(&world.ask_pass(&again)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Missing(_)))), "proofing is void too");
    world.match_by(&mut admin, &again).await;
    world.enroll(&again, SoftAuthenticator::new(900)).await;
}

async fn an_invitation_that_waits_goes_out_by_the_start_date_as_it_is_now<S: Whole>(
    world: Arc<World<S>>,
) {
    let admin = world.admin().await;
    let starts = |day: &str| day.parse::<jiff::civil::Date>().unwrap();
    let mut row = Row { joiner: world.row(None).joiner, sponsor: Some(admin.id) };
    row.joiner.start_date = starts("2026-03-10");
    let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
    let enrollment = world.enrollment_of(person).await;
    let goes_out = async || {
        let running = world.enrollment(enrollment).await;
        running.running(world.app.now()).unwrap().invitation.from.unwrap().to_string()
    };
    PostOffice::default().deliver_due(&world.app).await;
    for (day, zone, at) in [
        ("2026-03-20", "UTC", "2026-03-20T00:00:00Z"),
        ("2026-03-05", "UTC", "2026-03-05T00:00:00Z"),
        ("2026-03-05", "Asia/Tokyo", "2026-03-04T15:00:00Z"),
    ] {
        row.joiner.start_date = starts(day);
        row.joiner.time_zone = zone.into();
        assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
        assert_eq!(goes_out().await, at);
    }
    // A new address changes nothing about the day, and a change of no importance nothing at all.
    row.joiner.personal_email = "elsewhere@mail.example".into();
    row.bring(&world).await.unwrap();
    let before = world.enrollment(enrollment).await;
    row.joiner.department = Some("Payroll".into());
    row.bring(&world).await.unwrap();
    assert_eq!(goes_out().await, "2026-03-04T15:00:00Z");
    assert_eq!(world.enrollment(enrollment).await, before);

    world.pass(jiff::SignedDuration::from_hours(60));
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let invitations = delivered(&office).into_iter().filter(|letter| letter.1 == "Invitation");
    assert_eq!(invitations.count(), 1, "the newest one, once");
    // What has gone out stays as it is.
    let sent = world.enrollment(enrollment).await;
    row.joiner.start_date = starts("2026-04-20");
    row.bring(&world).await.unwrap();
    assert_eq!(world.enrollment(enrollment).await, sent);
}

async fn another_sponsor_voids_what_was_begun_and_tells_the_old_one<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut old = world.sponsor(&mut admin).await;
    let mut new = world.sponsor(&mut admin).await;
    let (mut row, person) = joined(&world, old.id).await;
    let enrollment = world.enrollment_of(person).await;
    let browser = world.begin(enrollment, None).await;
    let approval = world.approval(&mut old, &browser).await;
    PostOffice::default().deliver_due(&world.app).await;

    row.sponsor = Some(new.id);
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
    assert!(world.app.run(&approval).await.is_err(), "the old sponsor vouches for nobody here");
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let olds = world.person(old.id).await.record.expose().unwrap().personal_email.clone();
    assert!(delivered(&office).contains(&(olds, "RecordChanged".to_owned())));

    let again = world.begin(enrollment, None).await;
    world.match_by(&mut new, &again).await;
    world.enroll(&again, SoftAuthenticator::new(900)).await;
}

async fn a_feed_makes_nobody_less_than_privileged_while_their_door_is_open<S: Whole>(
    world: Arc<World<S>>,
) {
    let text = format!(
        "{DEFAULT}\n@id(\"treasury\") @reason(\"Whoever moves money is met by two people.\")\n\
         forbid (principal in Group::\"treasury\", action == Action::\"mint\", resource)\n\
         unless {{ resource.proofing.matched_twice || resource.proofing.handover || \
         resource.proofing.terminal || resource.proofing.own_authenticator }};"
    );
    world.app.run(&Activate { host: HOST_USER.into(), text }).await.unwrap();
    let mut admin = world.admin().await;
    let mut officer = world.joiner(&mut admin).await;
    let (row, person) = {
        let mut joiner = world.row(None).joiner;
        joiner.groups.insert("treasury".into());
        let row = Row { joiner, sponsor: Some(officer.id) };
        let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
        (row, person)
    };
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut officer, &browser).await;
    let ask = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Missing(_)))), "two are asked for");
    no_group_is_lost_before_the_door_is_closed(&world, row, &mut admin, &browser).await;
}

/// A policy of one's own: two people meet a contractor, whose passkey stays on its device.
fn strict_with_contractors() -> String {
    format!(
        "{DEFAULT}\n@id(\"contractors-by-two\") @reason(\"Contractors are met by two people.\")\n\
         forbid (principal, action == Action::\"mint\", resource)\n\
         when {{ principal.worker_type == \"contractor\" }}\n\
         unless {{ resource.proofing.matched_twice || resource.proofing.handover || \
         resource.proofing.terminal || resource.proofing.own_authenticator }};\n\
         @id(\"agents-hold-keys\") @reason(\"Agents hold keys that stay on their device.\")\n\
         forbid (principal, action == Action::\"bind\", resource)\n\
         when {{ principal.worker_type == \"agent\" }}\n\
         unless {{ context.authenticator.device_bound }};"
    )
}

async fn rule_02_a_feed_changes_no_worker_type_for_which_policy_asks_less<S: Whole>(
    world: Arc<World<S>>,
) {
    let strict = Activate { host: HOST_USER.into(), text: strict_with_contractors() };
    world.app.run(&strict).await.unwrap();
    let mut admin = world.admin().await;
    let row = |worker_type: &str| {
        let mut joiner = world.row(None).joiner;
        joiner.worker_type = worker_type.into();
        Row { joiner, sponsor: Some(admin.id) }
    };
    // Fewer steps for the one, another class of passkey for the other, and both ways between them.
    for (from, to) in [
        ("contractor", "employee"),
        ("agent", "employee"),
        ("contractor", "agent"),
        ("agent", "contractor"),
    ] {
        let mut row = row(from);
        let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
        row.joiner.worker_type = to.into();
        let refused = row.bring(&world).await;
        assert!(
            matches!(refused, Err(Fault::Refused(ImportJoinerFault::Weakens))),
            "{from} to {to}: {refused:?}"
        );
        assert_eq!(world.person(person).await.profile.worker_type, from);
    }
    // What asks for as much, or for more, is a change like any other.
    for (from, to) in [("employee", "contractor"), ("employee", "agent"), ("employee", "intern")] {
        let mut row = row(from);
        let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
        row.joiner.worker_type = to.into();
        assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person), "{from} to {to}");
    }
    // So is any when the door is closed.
    let mut row = row("agent");
    let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
    row.joiner.worker_type = "employee".into();
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
}

/// Whose link was stolen by a changed address or sponsor gets it voided, whatever else the row says.
async fn rule_02_a_corrected_address_takes_the_door_away_when_policy_would_ask_less<S: Whole>(
    world: Arc<World<S>>,
) {
    let strict = Activate { host: HOST_USER.into(), text: strict_with_contractors() };
    world.app.run(&strict).await.unwrap();
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let corrections: [fn(&mut Row, PersonId); 3] = [
        |row, _| row.joiner.personal_email = format!("right.{}", row.joiner.personal_email),
        |row, _| row.joiner.family_name = "Righted".into(),
        |row, sponsor| row.sponsor = Some(sponsor),
    ];
    for correct in corrections {
        let mut joiner = world.row(None).joiner;
        joiner.worker_type = "contractor".into();
        let mut row = Row { joiner, sponsor: Some(admin.id) };
        let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
        let old = row.joiner.personal_email.clone();
        let enrollment = world.enrollment_of(person).await;
        let locator = world.locator(enrollment).await;
        let thief = world.begin(enrollment, None).await;
        world.match_by(&mut admin, &thief).await;
        PostOffice::default().deliver_due(&world.app).await;

        row.joiner.worker_type = "employee".into();
        correct(&mut row, sponsor.id);
        assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
        let is = world.person(person).await;
        assert_eq!(
            (is.profile.worker_type.as_str(), is.profile.sponsor),
            ("employee", row.sponsor)
        );
        let door = world.enrollment(enrollment).await.phase;
        assert!(matches!(door, Phase::Closed { reason: EnrollmentEnd::Withdrawn, .. }), "{door:?}");
        let ask = world.app.run(&world.ask_pass(&thief)).await.map(drop);
        assert!(ask.is_err(), "nothing weaker is walked");
        assert!(matches!(world.app.look(&locator).await.unwrap(), LookAnswer::NotActive));
        // The old address and the old sponsor are told, and nobody is invited.
        let office = PostOffice::default();
        office.deliver_due(&world.app).await;
        let admins = world.person(admin.id).await.record.expose().unwrap().personal_email.clone();
        let mut told = [(old, "RecordChanged".into()), (admins, "RecordChanged".into())];
        told.sort();
        let mut letters = delivered(&office);
        letters.sort();
        assert_eq!(letters, told);

        let open = OpenFirst {
            operator: admin.id.into(),
            person,
            reason: "the record was corrected".into(),
            at_once: true,
        };
        let again = world.app.run(&open).await.unwrap();
        PostOffice::default().deliver_due(&world.app).await;
        let browser = world.begin(again, None).await;
        let by = if row.sponsor == Some(sponsor.id) { &mut sponsor } else { &mut admin };
        world.match_by(by, &browser).await;
        world.enroll(&browser, SoftAuthenticator::new(900 + world.number())).await;
    }
}

/// Where one match is enough for everybody, a privileged joiner's voucher still signs with a key that
/// suits it.
async fn rule_02_a_feed_takes_no_privilege_that_asks_more_of_vouchers_while_a_door_is_open<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let one_for_all = DEFAULT.replace("  !principal.privileged &&\n", "");
    assert_ne!(one_for_all, DEFAULT);
    let text = format!(
        "{one_for_all}\n@id(\"treasury\") @reason(\"Whoever moves money is privileged.\")\n\
         forbid (principal in Group::\"treasury\", action == Action::\"mint\", resource)\n\
         unless {{ resource.vouchers_in_good_standing }};"
    );
    world.app.run(&Activate { host: HOST_USER.into(), text }).await.unwrap();
    let mut admin = world.admin().await;
    let officer = world.joiner(&mut admin).await;
    let mut joiner = world.row(None).joiner;
    joiner.groups.insert("treasury".into());
    let row = Row { joiner, sponsor: Some(officer.id) };
    let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    no_group_is_lost_before_the_door_is_closed(&world, row, &mut admin, &browser).await;
}

async fn rule_02_nobody_holds_off_a_change_by_adding_a_passkey<S: Whole>(world: Arc<World<S>>) {
    let strict = Activate { host: HOST_USER.into(), text: strict_with_contractors() };
    world.app.run(&strict).await.unwrap();
    let mut admin = world.admin().await;
    let mut joiner = world.row(None).joiner;
    joiner.worker_type = "agent".into();
    let mut row = Row { joiner, sponsor: Some(admin.id) };
    let Imported::Joined(person) = row.bring(&world).await.unwrap() else { panic!() };
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;

    let (own, _) = world.app.run(&AddAuthenticator { person }).await.unwrap();
    // What asks for as much leaves it open.
    row.joiner.department = Some("Payroll".into());
    row.joiner.groups.insert("choir".into());
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
    assert!(world.enrollment(own).await.running(world.app.now()).is_ok());

    row.joiner.worker_type = "employee".into();
    assert_eq!(row.bring(&world).await.unwrap(), Imported::Changed(person));
    assert_eq!(world.person(person).await.profile.worker_type, "employee");
    let door = world.enrollment(own).await.phase;
    assert!(matches!(door, Phase::Closed { reason: EnrollmentEnd::Withdrawn, .. }), "{door:?}");
    world.app.run(&AddAuthenticator { person }).await.unwrap();
}

async fn a_sponsors_address_that_two_people_have_names_neither<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let mut sponsor = world.row(None);
    sponsor.joiner.personal_email = "ana@mail.example".into();
    let ana = world.import_row(sponsor).await;
    let mut joiner = world.row(None).joiner;
    joiner.sponsor = Some(SponsorRef::Email("Ana@mail.example".into()));
    let named = async || {
        let resolved = world.app.resolve(std::slice::from_ref(&joiner)).await.unwrap();
        resolved[0].sponsor
    };
    assert_eq!(named().await, ResolvedSponsor::Known(ana));

    // Somebody chooses the sponsor's address as their own, to be asked in their place.
    let mut thief = world.row(None);
    thief.joiner.personal_email = "ana@mail.example".into();
    let thief = world.import_row(thief).await;
    assert_eq!(named().await, ResolvedSponsor::Several);

    // Who left stands in nobody's way.
    world.app.run(&MarkLeft { operator: admin.id, person: thief }).await.unwrap();
    assert_eq!(named().await, ResolvedSponsor::Known(ana));
}
