//! What operators do in the console, and what policy may know of them.

use std::collections::BTreeSet;

use firstkey_domain::{Role, machine_key::Scope, person::Person};
use serde::{Deserialize, Serialize};

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $action:literal,)+) => {
        /// An act in the console, each an action of the Cedar schema.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Operation {
            $($(#[$doc])* $name,)+
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The action's name in policies.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $action,)+
                }
            }
        }
    };
}

operations! {
    /// Listing and searching people.
    ViewPeople = "view_people",
    /// Reading the log and receipts of everybody.
    ViewLog = "view_log",
    /// Reading the policy in force and asking what it would say.
    ViewPolicy = "view_policy",
    /// Reading what waits to be sent, and what failed.
    ViewOutbox = "view_outbox",
    /// Taking lists of people and enrollments away as files.
    ExportLists = "export_lists",
    /// Reading one person's record.
    ViewPerson = "view_person",
    /// Reading one enrollment and its receipt.
    ViewEnrollment = "view_enrollment",
    /// Opening an enrollment for somebody else.
    OpenEnrollment = "open_enrollment",
    /// Sending an invitation again.
    Reinvite = "reinvite",
    /// Withdrawing an invitation.
    Withdraw = "withdraw",
    /// Typing the match code and signing for it.
    Vouch = "vouch",
    /// Saying that this is not the person.
    RefuseApplicant = "refuse_applicant",
    /// Adding an authenticator.
    AddAuthenticator = "add_authenticator",
    /// Naming an authenticator.
    NameAuthenticator = "name_authenticator",
    /// Removing an authenticator.
    RemoveAuthenticator = "remove_authenticator",
    /// Importing joiners from a file.
    ImportJoiners = "import_joiners",
    /// Adding one joiner.
    AddJoiner = "add_joiner",
    /// Changing somebody's record.
    ChangePerson = "change_person",
    /// Recording that somebody left.
    MarkLeft = "mark_left",
    /// Stopping an authenticator.
    SuspendAuthenticator = "suspend_authenticator",
    /// Granting or revoking a role.
    GrantRole = "grant_role",
    /// Putting a policy into force.
    ActivatePolicy = "activate_policy",
    /// Sending again what failed.
    ReplayOutbox = "replay_outbox",
    /// Listing machine keys.
    ViewMachineKeys = "view_machine_keys",
    /// Registering a machine key of one's own.
    RegisterMachineKey = "register_machine_key",
    /// Ending a machine key.
    EndMachineKey = "end_machine_key",
    /// Preparing an act that somebody signs in the console.
    PrepareAct = "prepare_act",
}

/// Whom an operation concerns, as seen from the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Nobody in particular.
    Organisation,
    /// Somebody to whom the operator stands in no relation.
    Somebody,
    /// Somebody whom the operator sponsors.
    OwnJoiner,
    /// The operator.
    Oneself,
}

impl Subject {
    /// What `subject` is to `operator`.
    pub fn of(operator: &Person, subject: &Person) -> Self {
        if subject.id == operator.id {
            Self::Oneself
        } else if subject.profile.sponsor == Some(operator.id) {
            Self::OwnJoiner
        } else {
            Self::Somebody
        }
    }
}

/// Everything that a decision about an operation reads. Groups are not among it: they come from
/// feeds, and feeds give operators nothing (rule 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorFacts {
    /// The operator's roles.
    pub roles: BTreeSet<Role>,
    /// Whom it concerns.
    pub subject: Subject,
}

impl OperatorFacts {
    /// Gathers what policy may know. `None` when the operator left: no policy gives them anything.
    pub fn gather(operator: &Person, subject: Option<&Person>) -> Option<Self> {
        operator.is_active().then(|| Self {
            roles: operator.roles.clone(),
            subject: subject.map_or(Subject::Organisation, |each| Subject::of(operator, each)),
        })
    }
}

/// Everything that a decision about a program's request reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineFacts {
    /// What its key is for.
    pub scopes: BTreeSet<Scope>,
    /// Whether it concerns a person. A program stands in no relation to anybody.
    pub concerns_person: bool,
}
