//! Every message can be said, given the arguments that it names, and in words for whoever reads it.

use firstkey_texts::{Direction, Texts};

use crate::files::{arguments, messages, tags};

#[test]
fn with_its_arguments_a_message_leaves_no_placeholder() {
    for tag in tags() {
        let texts = Texts::chosen(&tag).unwrap();
        for (id, body) in messages(&tag) {
            let given = arguments(&body).into_iter().map(|name| (name, "7"));
            let said = texts.with(&id, given);
            assert!(!said.contains(['{', '}']) && !said.is_empty(), "{tag} {id}: {said}");
            assert_ne!(said, id);
            if body.contains("{ $") && !body.contains("->") {
                // The check above would notice: without its arguments a message shows their names.
                assert!(texts.get(&id).contains("{$"), "{tag} {id}");
            }
        }
    }
}

#[test]
fn marks_of_direction_are_put_by_code_and_only_where_lines_run_from_right_to_left() {
    let marks = |text: &str| {
        text.contains(|c| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    };
    for tag in tags() {
        let texts = Texts::chosen(&tag).unwrap();
        for (id, body) in messages(&tag) {
            assert!(!marks(&body), "{tag} {id}");
            let has_arguments = body.contains(" $") && !body.contains("->");
            let said = texts.with(&id, arguments(&body).into_iter().map(|name| (name, "Ana")));
            let is_isolated = texts.direction() == Direction::RightToLeft && has_arguments;
            if !body.contains("->") && !body.contains("{ moment-") {
                assert_eq!(marks(&said), is_isolated, "{tag} {id}: {said:?}");
            }
        }
    }
}

/// The words of operators, in each language as operators use them: stems, in lower case.
const RESERVED: [(&str, &[&str]); 6] = [
    (
        "en",
        &[
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
        ],
    ),
    (
        "de",
        &[
            "registrier",
            "authenti",
            "zeremonie",
            "attest",
            "identitätsprüfung",
            "nachweis",
            "bürg",
            "anmeldedaten",
            "zugangsdaten",
            "antragstell",
            "lokator",
            "ursprung",
            "einmalzahl",
            "nonce",
            "sitzung",
            "richtlinie",
        ],
    ),
    (
        "es",
        &[
            "inscripci",
            "registr",
            "autentic",
            "ceremonia",
            "atestaci",
            "acredita",
            "avalista",
            "credencial",
            "solicitante",
            "suscriptor",
            "localizador",
            "origen",
            "nonce",
            "política",
            "directiva",
        ],
    ),
    (
        "fr",
        &[
            "inscri",
            "enrôl",
            "authentif",
            "cérémonie",
            "attest",
            "vérification d’identité",
            "parrain",
            "identifiant",
            "demandeur",
            "abonné",
            "localisateur",
            "origine",
            "nonce",
            "session",
            "politique",
            "stratégie",
        ],
    ),
    (
        "pt",
        &[
            "inscri",
            "registr",
            "autentic",
            "cerimônia",
            "atesta",
            "fiador",
            "credencia",
            "requerente",
            "solicitante",
            "assinante",
            "localizador",
            "origem",
            "nonce",
            "sessão",
            "política",
        ],
    ),
    (
        "ar",
        &[
            "مصادقة",
            "مراسم",
            "تصديق",
            "إثبات الهوية",
            "كفيل",
            "اعتماد",
            "مشترك",
            "مقدم الطلب",
            "محدد الموقع",
            "المنشأ",
            "جلسة",
            "سياسة",
            "انتساب",
        ],
    ),
];

#[test]
fn a_joiner_hears_none_of_the_operators_words() {
    assert_eq!(RESERVED.len(), tags().len(), "each language has its words");
    for (tag, reserved) in RESERVED {
        for (id, body) in messages(tag).into_iter().filter(|(id, _)| id.starts_with("join-")) {
            for word in reserved {
                assert!(!body.to_lowercase().contains(word), "{tag} {id} says {word:?}");
            }
        }
    }
}
