//! The data folder: whose it is, and who may work on it.

use std::{
    fs,
    os::unix::fs::{FileTypeExt, PermissionsExt},
};

use super::place::Place;

#[test]
fn a_server_keeps_its_folder_to_itself() {
    let place = Place::new();
    let _up = place.up();
    let mode = |name: &str| {
        let metadata = fs::metadata(place.data().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("."), 0o700);
    for secret in ["keys.json", "unlock.key", "control.sock", "lock"] {
        assert_eq!(mode(secret), 0o600, "{secret}");
    }
    let socket = fs::symlink_metadata(place.data().join("control.sock")).unwrap();
    assert!(socket.file_type().is_socket());

    // A second server on the same folder is told why it cannot be, and disturbs nobody.
    let second = place.run(&["up", "--listen", "127.0.0.1:0"]);
    assert!(!second.status.success());
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("in use by a running firstkey"), "{said}");
    assert!(place.answers());
    let plan = place.run(&["policy", "plan", "E0"]);
    let said = String::from_utf8(plan.stderr).unwrap();
    assert!(said.contains("E0"), "the socket is still the first one's: {said}");
}

#[test]
fn a_folder_that_others_could_read_is_closed_to_them() {
    let place = Place::new();
    let open = || fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let mode = || fs::metadata(place.data()).unwrap().permissions().mode() & 0o777;
    // Made by somebody else before, and empty.
    fs::create_dir(place.data()).unwrap();
    open();
    place.up().kill();
    assert_eq!(mode(), 0o700);
    assert!(place.said().contains("folder.closed"), "{}", place.said());
    // Opened later, as by a careless restore.
    open();
    place.up().kill();
    assert_eq!(mode(), 0o700);
    assert_eq!(place.said().matches("folder.closed").count(), 2);
}

#[test]
fn a_folder_of_something_else_is_left_as_it_is() {
    let place = Place::new();
    fs::create_dir(place.data()).unwrap();
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(place.data().join("letter.txt"), "Dear Ana").unwrap();
    let refused = place.run(&["up", "--listen", &place.address.to_string()]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("chmod 700"), "{said}");
    assert_eq!(fs::metadata(place.data()).unwrap().permissions().mode() & 0o777, 0o755);
    assert_eq!(fs::read_dir(place.data()).unwrap().count(), 1);
}

#[test]
fn keys_that_others_could_read_are_not_used() {
    let place = Place::new();
    place.up().kill();
    let unlock = place.data().join("unlock.key");
    fs::set_permissions(&unlock, fs::Permissions::from_mode(0o640)).unwrap();
    let refused = place.run(&["up", "--listen", &place.address.to_string()]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("chmod 600"), "{said}");

    // Another unlock key opens nothing, and replaces nothing.
    fs::set_permissions(&unlock, fs::Permissions::from_mode(0o600)).unwrap();
    let keys = fs::read(place.data().join("keys.json")).unwrap();
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let mut command = place.command();
    command.env("FIRSTKEY_UNLOCK_KEY", other).args(["up", "--listen"]);
    let refused = command.arg(place.address.to_string()).output().unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("unlock key"), "{said}");
    assert_eq!(fs::read(place.data().join("keys.json")).unwrap(), keys);
    drop(place.up());
}

#[test]
fn the_setup_link_is_in_a_private_file_and_nowhere_else() {
    let place = Place::new();
    let _up = place.up();
    let said = place.say(&[
        "setup",
        "--given-name",
        "Ada",
        "--family-name",
        "Admin",
        "--email",
        "ada@mail.example",
    ]);
    let file = place.data().join("setup-link");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let link = fs::read_to_string(&file).unwrap();
    let (address, secret) = link.trim().split_once("#setup=").unwrap();
    assert!(address.starts_with(&place.join()), "{address}");
    assert!(secret.len() >= 22, "112 bits or more");
    assert!(!said.contains(secret), "what is printed may be logged");
    assert!(said.contains("setup-link"), "{said}");

    // Nobody has begun, so there is no code to be right.
    let refused = place.run(&["setup", "--code", "123456"]);
    assert!(!refused.status.success());
    let refused = place.run(&["setup", "--code", "12345"]);
    assert!(!refused.status.success());
}
