//! Names of roles.

use firstkey_domain::Role;

/// The message that names a role.
pub(super) const fn role_message(role: Role) -> &'static str {
    match role {
        Role::Administrator => "console-role-administrator",
        Role::Officer => "console-role-officer",
        Role::Approver => "console-role-approver",
        Role::Auditor => "console-role-auditor",
    }
}
