//! Rule 13: a signature for one thing is never a signature for another.

use std::collections::BTreeSet;

use firstkey_domain::{
    Digest, Role,
    challenge::{Challenge, Purpose, Statement},
    enrollment::{Method, RegistrationStatement},
    person::{RemovalStatement, RoleStatement},
};

use crate::world::{
    ADMIN, FIRST, JOINER, LAPTOP, PASS, PASSKEY, approval, binding_statement, signed_by,
};

const PURPOSES: [Purpose; 5] =
    [Purpose::SignIn, Purpose::Approval, Purpose::Registration, Purpose::Binding, Purpose::Act];

#[test]
fn rule_13_a_challenge_is_fixed_by_its_purpose_its_context_and_its_nonce() {
    let challenges = PURPOSES.into_iter().flat_map(|purpose| {
        [b"a", b"b"].into_iter().flat_map(move |context| {
            [b"a", b"b"].into_iter().map(move |nonce| Challenge {
                purpose,
                context: Digest::of(context),
                nonce: Digest::of(nonce),
            })
        })
    });
    let digests: BTreeSet<_> = challenges.map(|challenge| challenge.digest()).collect();
    assert_eq!(digests.len(), PURPOSES.len() * 4);
}

#[test]
fn rule_13_no_kind_of_statement_stands_in_for_another() {
    let digests = [
        approval(LAPTOP, Method::Match).digest(),
        approval(LAPTOP, Method::Handover).digest(),
        binding_statement(LAPTOP).digest(),
        RegistrationStatement { enrollment: FIRST, attempt: LAPTOP, pass: PASS }.digest(),
        RemovalStatement { person: JOINER, authenticator: PASSKEY }.digest(),
        RoleStatement { person: JOINER, role: Role::Officer, held: true }.digest(),
        RoleStatement { person: JOINER, role: Role::Officer, held: false }.digest(),
    ];
    assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), digests.len());
}

#[test]
fn rule_13_a_sign_in_is_never_an_approval() {
    let context = Digest::of(b"statement");
    for meant in PURPOSES {
        for asked in PURPOSES {
            let signed = signed_by(ADMIN, meant, context);
            assert_eq!(signed.is_over(asked, context), meant == asked);
            assert!(!signed.is_over(asked, Digest::of(b"another statement")));
        }
    }
}
