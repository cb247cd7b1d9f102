//! `firstkey policy explain`, over an organisation of an administrator and two joiners.

use super::{
    desk::{Desk, SPONSOR},
    place::Place,
};

/// An administrator, and two joiners whom they sponsor.
fn organisation() -> Place {
    let place = Place::new();
    let up = place.up();
    Desk::set_up(&place);
    place.import(SPONSOR, 1, 2);
    up.stop();
    place
}

#[test]
fn a_decision_is_explained_with_its_rule_and_what_would_change_it() {
    let place = organisation();
    let admin = format!("setup:{SPONSOR}");
    let said = place.say(&["policy", "explain", &admin, "vouch", "--about", "E1"]);
    let expected = "\
setup:admin@mail.example may vouch where it concerns E1, whose sponsor they are.
Roles: administrator.
administrators-do-everything permits it: Administrators configure Firstkey, and may do whatever an officer may do.
sponsors-meet-their-joiners permits it: Sponsors see the people they sponsor, vouch for them, refuse a stranger, and withdraw.
It would be refused:
  - about themselves: by nobody-vouches-for-themselves
What was done before can still stand in the way: nobody vouches twice, for example.
";
    assert_eq!(said, expected);

    let said = place.say(&["policy", "explain", "E1", "vouch", "--about", "E2"]);
    let expected = "\
E1 may not vouch where it concerns E2, to whom they stand in no relation.
Roles: none.
No rule permits it.
It would be permitted:
  - about somebody whose sponsor they are: by sponsors-meet-their-joiners
  - with the role of administrator as well: by administrators-do-everything
  - with the role of officer as well: by officers-help-people-in
What was done before can still stand in the way: nobody vouches twice, for example.
";
    assert_eq!(said, expected);

    let oneself = place.say(&["policy", "explain", &admin, "vouch", "--about", &admin]);
    assert!(oneself.contains("nobody-vouches-for-themselves forbids it: Nobody vouches for"));
    assert!(oneself.contains("about somebody else, whom they do not sponsor: by administrators"));
}

#[test]
fn the_door_is_explained_with_every_way_through_it() {
    let place = organisation();
    let said = place.say(&["policy", "explain", "E1", "enroll"]);
    let expected = "\
E1 would make their first passkey.
As they begin, with nothing proven:
  No rule permits it.
Each of these would be enough for a pass, the least first:
  1. a voucher who knew the person by sight types the code on their screen and signs
     first-by-one-voucher permits it: One person who knew the applicant by sight before matched the code on their screen, and no other browser was open.
  2. the person takes the address from the voucher's screen
     first-by-handover permits it: The applicant took the address from the voucher's own screen, so nobody can stand in between.
  3. a voucher types the code on the person's screen and signs; then another voucher does the same
     first-by-two-vouchers permits it: Two different people matched the code on the applicant's screen, and no other browser was open.
  4. somebody on the host types the code (`firstkey setup`)
     first-by-terminal permits it: Somebody with access to the server itself met the applicant.
Any passkey will do whose model policy does not refuse.
";
    assert_eq!(said, expected);
    // Another policy is asked without being put into force, and no server needs to run.
    let strict = place.path().join("strict.cedar");
    std::fs::write(&strict, place.say(&["policy", "show", "small-organisation"])).unwrap();
    let said =
        place.say(&["policy", "explain", "E1", "enroll", "--file", strict.to_str().unwrap()]);
    assert!(said.contains("first-by-two-administrators permits it"), "{said}");
    assert!(!said.contains("handover"), "{said}");
}

#[test]
fn what_cannot_be_asked_is_said() {
    let place = organisation();
    let refused = |arguments: &[&str]| {
        let output = place.run(arguments);
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let nobody = refused(&["policy", "explain", "E9", "vouch", "--about", "E1"]);
    assert!(nobody.contains("nobody has the identifier E9"), "{nobody}");
    let word = refused(&["policy", "explain", "E1", "fly"]);
    assert!(word.contains("there are enroll, view_people,"), "{word}");
    let alone = refused(&["policy", "explain", "E1", "vouch"]);
    assert!(alone.contains("vouch concerns somebody: say whom, by --about"), "{alone}");
    let surplus = refused(&["policy", "explain", "E1", "enroll", "--about", "E2"]);
    assert!(surplus.contains("leave out --about"), "{surplus}");
}
