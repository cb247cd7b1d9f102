//! Addresses: e-mail and mobile.

use super::fault::FieldFault;

/// Checks an e-mail address and puts its domain in lower case.
///
/// A dot-atom before the `@` and a host name of two labels or more after it (RFC 5321 §4.1.2, within
/// the lengths of §4.5.3.1): the form that every mail system carries, and in which nothing can end a
/// header line. Quoted local parts, comments, address literals and non-ASCII are refused.
pub(super) fn email(text: &str) -> Result<String, FieldFault> {
    let (local, domain) = text.rsplit_once('@').ok_or(FieldFault::NotAnAddress)?;
    let is_plain = text.len() <= 254
        && local.len() <= 64
        && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
        && is_host_name(domain);
    if is_plain {
        Ok(format!("{local}@{}", domain.to_ascii_lowercase()))
    } else {
        Err(FieldFault::NotAnAddress)
    }
}

/// Checks an E.164 number: a plus, then 8 to 15 digits of which the first is not zero.
pub(super) fn mobile(text: &str) -> Result<String, FieldFault> {
    let digits = text.strip_prefix('+').ok_or(FieldFault::NotANumber)?;
    let is_number = (8..=15).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.starts_with('0');
    if is_number { Ok(text.to_owned()) } else { Err(FieldFault::NotANumber) }
}

/// `atext` of RFC 5322 §3.2.3.
fn is_atom_text(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_host_name(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_is_a_name = domain
        .rsplit_once('.')
        .is_some_and(|(_, last)| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
    last_is_a_name && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_local_part_and_lowers_its_domain() {
        assert_eq!(email("Ana.B+hr@Mail.Example.ORG").as_deref(), Ok("Ana.B+hr@mail.example.org"));
        assert_eq!(
            email("o'neil@xn--bcher-kva.example").as_deref(),
            Ok("o'neil@xn--bcher-kva.example")
        );
    }

    #[test]
    fn what_could_steer_a_mail_system_is_not_an_address() {
        let long_label = format!("a@{}.org", "a".repeat(64));
        let long_local = format!("{}@example.org", "a".repeat(65));
        let long = format!("a@{}org", "abc.".repeat(63));
        for text in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@example",
            "ana@@example.org",
            "a@b@example.org",
            "ana@example.org\r\nBcc: eve@example.net",
            "ana@example.org,eve@example.net",
            "ana@example.org eve@example.net",
            "<ana@example.org>",
            "Ana <ana@example.org>",
            "\"ana eve\"@example.org",
            "ana(comment)@example.org",
            ".ana@example.org",
            "ana.@example.org",
            "a..na@example.org",
            "ana@-example.org",
            "ana@example-.org",
            "ana@example..org",
            "ana@example.org.",
            "ana@[127.0.0.1]",
            "ana@127.0.0.1",
            "anä@example.org",
            "ana@exämple.org",
            "ana\u{0}@example.org",
            "ana%00@exa mple.org",
            &long_label,
            &long_local,
            &long,
        ] {
            assert_eq!(email(text), Err(FieldFault::NotAnAddress), "{text:?}");
        }
    }

    #[test]
    fn a_mobile_number_is_written_internationally() {
        assert_eq!(mobile("+34600111222").as_deref(), Ok("+34600111222"));
        for text in [
            "",
            "34600111222",
            "0034600111222",
            "+34 600 111 222",
            "+0600111222",
            "+3460011",
            "+3460011122233344",
            "+٣٤٦٠٠١١١",
            "3.46E+10",
            "+",
        ] {
            assert_eq!(mobile(text), Err(FieldFault::NotANumber), "{text:?}");
        }
    }
}
