//! From facts to what Cedar is asked: a request, and the entities that it speaks of.

use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
    sync::LazyLock,
};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
    Schema,
};
use firstkey_domain::{Action, Attestation, enrollment::Kind};

use crate::{
    Earned, Facts, Held, MachineFacts, Matches, NewAuthenticator, Operation, OperatorFacts,
    Privilege, SCHEMA, Subject, listing,
};

/// The schema that ships with the binary.
pub(crate) static CEDAR_SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let parsed = Schema::from_cedarschema_str(SCHEMA).map(|(schema, _)| schema);
    // A constant of this crate, which every test here parses.
    parsed.expect("the schema that ships with this crate is valid")
});

/// The schema's actions with the groups that they belong to.
static ACTIONS: LazyLock<Entities> = LazyLock::new(|| {
    // As above: a property of the constant schema.
    CEDAR_SCHEMA.action_entities().expect("the shipped schema's actions form a hierarchy")
});

/// A question in Cedar's terms.
pub(crate) struct Question {
    pub(crate) request: Request,
    pub(crate) entities: Entities,
}

/// Why a question cannot be put, such as one about binding before anything was registered.
pub(crate) type Unaskable = String;

type Attributes = HashMap<String, RestrictedExpression>;

impl Question {
    /// Whether the action is permitted in an enrollment.
    pub(crate) fn about_enrollment(facts: &Facts, action: Action) -> Result<Self, Unaskable> {
        let given = &facts.given;
        let parents = given
            .roles
            .iter()
            .map(|role| uid("Role", role.name()))
            .chain(given.groups.iter().map(|group| uid("Group", group)));
        let applicant = entity(
            uid("Applicant", "applicant"),
            attributes([
                ("worker_type", RestrictedExpression::new_string(given.worker_type.clone())),
                ("privileged", flag(given.privilege != Privilege::None)),
                ("sponsors_privileged", flag(given.privilege == Privilege::Sponsor)),
                ("holds_one", flag(given.held >= Held::One)),
                ("holds_two", flag(given.held >= Held::Several)),
            ]),
            parents.collect(),
        )?;
        let enrollment = entity(
            uid("Enrollment", "enrollment"),
            attributes([
                ("kind", word("Kind", kind_name(given.kind))),
                ("proofing", proofing(facts.earned)?),
                ("contested", flag(given.contested)),
                ("vouchers_in_good_standing", flag(given.vouchers_in_good_standing)),
            ]),
            HashSet::new(),
        )?;
        let (action, context) = match action {
            Action::Mint => ("mint", Context::empty()),
            Action::Bind => ("bind", binding(facts.authenticator.as_ref())?),
        };
        Self::put(action, applicant, enrollment, context, Entities::empty())
    }

    /// Whether an operator may do something in the console.
    pub(crate) fn about_operation(
        facts: &OperatorFacts,
        operation: Operation,
    ) -> Result<Self, Unaskable> {
        let roles = facts.roles.iter().map(|role| uid("Role", role.name())).collect();
        let operator = entity(uid("Operator", "operator"), Attributes::new(), roles)?;
        let subject = subject(facts.subject)?;
        Self::put(operation.name(), operator, subject, Context::empty(), ACTIONS.clone())
    }

    /// Whether a program may do something, as far as its key's scopes are concerned.
    pub(crate) fn about_machine(
        facts: &MachineFacts,
        operation: Operation,
    ) -> Result<Self, Unaskable> {
        let scopes = facts.scopes.iter().map(|scope| uid("Scope", scope.name())).collect();
        let machine = entity(uid("Machine", "machine"), Attributes::new(), scopes)?;
        let concerned =
            if facts.concerns_person { Subject::Somebody } else { Subject::Organisation };
        let subject = subject(concerned)?;
        Self::put(operation.name(), machine, subject, Context::empty(), ACTIONS.clone())
    }

    fn put(
        action: &str,
        principal: Entity,
        resource: Entity,
        context: Context,
        entities: Entities,
    ) -> Result<Self, Unaskable> {
        let request = Request::new(
            principal.uid(),
            uid("Action", action),
            resource.uid(),
            context,
            Some(&*CEDAR_SCHEMA),
        );
        // The entities' shape is this file's, and a test checks it against the schema.
        let entities = entities.add_entities([principal, resource], None);
        Ok(Self {
            request: request.map_err(|error| error.to_string())?,
            entities: entities.map_err(|error| error.to_string())?,
        })
    }
}

/// What an operation concerns.
fn subject(subject: Subject) -> Result<Entity, Unaskable> {
    match subject {
        Subject::Organisation => {
            entity(uid("Organisation", "organisation"), Attributes::new(), HashSet::new())
        }
        Subject::Somebody | Subject::OwnJoiner | Subject::Oneself => entity(
            uid("Person", "person"),
            attributes([
                ("oneself", flag(subject == Subject::Oneself)),
                ("own_joiner", flag(subject == Subject::OwnJoiner)),
            ]),
            HashSet::new(),
        ),
    }
}

fn proofing(earned: Earned) -> Result<RestrictedExpression, Unaskable> {
    record([
        ("matched", flag(earned.matches >= Matches::One)),
        ("matched_twice", flag(earned.matches >= Matches::Several)),
        ("known_by_sight", flag(earned.known_by_sight)),
        ("handover", flag(earned.handover)),
        ("terminal", flag(earned.terminal)),
        ("own_authenticator", flag(earned.own_authenticator)),
    ])
}

fn binding(authenticator: Option<&NewAuthenticator>) -> Result<Context, Unaskable> {
    let new = authenticator.ok_or("nothing was registered that could be bound")?;
    let transports = new.transports.iter().map(|each| word("Transport", each.name()));
    let own = [
        ("device_bound", flag(new.device_bound)),
        ("attestation", word("Attestation", attestation_name(new.attestation))),
        ("model", word("Model", &new.model.to_string())),
        ("transports", RestrictedExpression::new_set(transports)),
    ];
    let listed = listing::FACTS.map(|fact| (fact.name, flag((fact.holds)(new.listing))));
    let authenticator = record(own.into_iter().chain(listed))?;
    Context::from_pairs([("authenticator".to_owned(), authenticator)])
        .map_err(|error| error.to_string())
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::First => "first",
        Kind::Additional => "additional",
    }
}

pub(crate) const fn attestation_name(attestation: Attestation) -> &'static str {
    match attestation {
        Attestation::None => "none",
        Attestation::SelfSigned => "self_signed",
        Attestation::Trusted => "trusted",
        Attestation::Untrusted => "untrusted",
    }
}

/// The types of the schema, parsed once.
static TYPES: LazyLock<HashMap<&'static str, EntityTypeName>> = LazyLock::new(|| {
    let names = [
        "Action",
        "Applicant",
        "Attestation",
        "Enrollment",
        "Group",
        "Kind",
        "Machine",
        "Model",
        "Operator",
        "Organisation",
        "Person",
        "Role",
        "Scope",
        "Transport",
    ];
    names
        .into_iter()
        // Constant identifiers.
        .map(|name| (name, EntityTypeName::from_str(name).expect("an identifier is a type name")))
        .collect()
});

fn uid(kind: &'static str, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(TYPES[kind].clone(), EntityId::new(id))
}

fn entity(
    uid: EntityUid,
    attributes: Attributes,
    parents: HashSet<EntityUid>,
) -> Result<Entity, Unaskable> {
    Entity::new(uid, attributes, parents).map_err(|error| error.to_string())
}

fn attributes<const N: usize>(pairs: [(&str, RestrictedExpression); N]) -> Attributes {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn record<'a>(
    pairs: impl IntoIterator<Item = (&'a str, RestrictedExpression)>,
) -> Result<RestrictedExpression, Unaskable> {
    RestrictedExpression::new_record(
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)),
    )
    .map_err(|error| error.to_string())
}

fn flag(value: bool) -> RestrictedExpression {
    RestrictedExpression::new_bool(value)
}

fn word(kind: &'static str, id: &str) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

#[cfg(test)]
mod tests {
    use firstkey_domain::Role;

    use super::*;

    #[test]
    fn every_type_that_is_used_is_the_schemas() {
        let declared: HashSet<_> = CEDAR_SCHEMA.entity_types().cloned().collect();
        for (name, parsed) in TYPES.iter().filter(|(name, _)| **name != "Action") {
            assert!(declared.contains(parsed), "{name}");
        }
        for role in Role::ALL {
            let facts = OperatorFacts { roles: [role].into(), subject: Subject::Somebody };
            let question = Question::about_operation(&facts, Operation::Vouch).unwrap();
            let entities = question.entities.iter().cloned();
            let checked = Entities::from_entities(entities, Some(&*CEDAR_SCHEMA));
            assert!(checked.is_ok(), "{role:?}: {checked:?}");
        }
    }
}
