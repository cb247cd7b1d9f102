//! Every message can be said, given the arguments that it names.

use firstkey_texts::Texts;

use crate::every_message_is_said::messages;

#[test]
fn with_its_arguments_a_message_leaves_no_placeholder() {
    let texts = Texts::for_language("en");
    for (id, body) in messages() {
        let arguments: Vec<(&str, &str)> = body
            .split('$')
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            .map(|name| (name, "7"))
            .collect();
        let said = texts.with(&id, arguments.iter().copied());
        assert!(!said.contains(['{', '}']) && !said.is_empty(), "{id}: {said}");
        assert_ne!(said, id);
        if !arguments.is_empty() {
            // The check above would notice: without its arguments a message shows their names.
            assert!(texts.get(&id).contains("{$"), "{id}");
        }
    }
}

#[test]
fn a_joiner_hears_none_of_the_operators_words() {
    let reserved = [
        "enroll",
        "attempt",
        "authenticat",
        "ceremony",
        "attest",
        "proofing",
        "voucher",
        "credential",
        "subscriber",
        "applicant",
        "locator",
        "origin",
        "nonce",
        "session",
        "policy",
    ];
    for (id, body) in messages().into_iter().filter(|(id, _)| id.starts_with("join-")) {
        for word in reserved {
            assert!(!body.to_lowercase().contains(word), "{id} says {word:?}");
        }
    }
}
