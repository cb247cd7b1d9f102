//! What policy would say, in words: for `firstkey policy plan` and `firstkey policy explain`.

use std::{collections::BTreeSet, fmt::Write as _};

use firstkey_app::{DoorExplained, Fault};
use firstkey_domain::enrollment::Kind;
use firstkey_policy::{
    Change, Decision, Explained, Operation, OperatorFacts, Plan, Shortcoming, Step, Subject,
};

use super::{Response, act::find};
use crate::{cli::policy::Asked, running::HostApp};

pub(super) async fn plan(
    app: &HostApp,
    person: &str,
    policy: Option<&str>,
) -> Result<Response, String> {
    let person = find(app, person).await?;
    let prospect = app.plan_for(person, policy).await.map_err(|fault| fault.to_string())?;
    let mut lines = vec![said(&prospect.plan), passkey_said(prospect.unfit.as_ref()).to_owned()];
    if prospect.is_attestation_asked {
        lines.push(ATTESTATION_SAID.to_owned());
    }
    Ok(Response::Said(lines.join("\n")))
}

const ATTESTATION_SAID: &str = "Attestation will be asked for: some browsers then ask whether make and model of a \
     security key may be seen.";

fn passkey_said(unfit: Option<&BTreeSet<Shortcoming>>) -> &'static str {
    let Some(unfit) = unfit else {
        return "Not every model of passkey will do: see the rules about binding.";
    };
    match (unfit.contains(&Shortcoming::Copyable), unfit.contains(&Shortcoming::Unattested)) {
        (false, false) => "Any passkey will do whose model policy does not refuse.",
        (true, false) => "The passkey must stay on its device.",
        (false, true) => "The passkey's maker must vouch for its model.",
        (true, true) => {
            "The passkey must stay on its device, and its maker must vouch for its model."
        }
    }
}

fn said(plan: &Plan) -> String {
    match plan {
        Plan::Satisfied => "Nothing is needed: policy permits a pass at once.".to_owned(),
        Plan::Needs(steps) => {
            let steps: Vec<_> = steps
                .iter()
                .enumerate()
                .map(|(number, step)| format!("  {}. {}", number + 1, step_said(*step)))
                .collect();
            format!("Policy asks for:\n{}", steps.join("\n"))
        }
        Plan::Impossible(obstacle) => format!("No step is enough: {obstacle:?}"),
    }
}

const fn step_said(step: Step) -> &'static str {
    match step {
        Step::Match => "a voucher types the code on the person's screen and signs",
        Step::MatchBySight => {
            "a voucher who knew the person by sight types the code on their screen and signs"
        }
        Step::SecondMatch => "another voucher does the same",
        Step::Handover => "the person takes the address from the voucher's screen",
        Step::Terminal => "somebody on the host types the code (`firstkey setup`)",
        Step::OwnAuthenticator => "the person signs with a passkey that they hold",
    }
}

/// Whether somebody may do this, why, and what would change it.
pub(super) async fn explain(
    app: &HostApp,
    person: &str,
    asked: Asked,
    about: Option<&str>,
    policy: Option<&str>,
) -> Result<Response, String> {
    let id = find(app, person).await?;
    let operation = match (asked, about) {
        (Asked::Enroll, Some(_)) => {
            return Err("enrolling concerns nobody else: leave out --about".to_owned());
        }
        (Asked::Enroll, None) => {
            let door = app.explain_door(id, policy).await.map_err(|fault| fault.to_string())?;
            return Ok(Response::Said(door_said(person, &door)));
        }
        (Asked::Operation(operation), _) => operation,
    };
    let subject = match about {
        Some(about) => Some(find(app, about).await?),
        None => None,
    };
    let explained = app.explain_operation(id, subject, operation, policy).await;
    let explained = explained.map_err(|fault: Fault<_>| fault.to_string())?;
    let Some((facts, explained)) = explained else {
        return Ok(Response::Said(format!(
            "{person} may not {}: they have left, and no policy gives them anything.",
            operation.name()
        )));
    };
    if explained.decision.alarm().is_some() && about.is_none() {
        return Err(format!("{} concerns somebody: say whom, by --about", operation.name()));
    }
    Ok(Response::Said(operation_said(person, about, operation, &facts, &explained)))
}

fn operation_said(
    person: &str,
    about: Option<&str>,
    operation: Operation,
    facts: &OperatorFacts,
    explained: &Explained,
) -> String {
    let Explained { decision, changes } = explained;
    let may = if decision.is_permitted() { "may" } else { "may not" };
    let action = operation.name();
    let mut text = match about {
        None => format!("{person} {may} {action}.\n"),
        Some(about) => format!(
            "{person} {may} {action} where it concerns {about}, {}.\n",
            stands(facts.subject)
        ),
    };
    let roles: Vec<_> = facts.roles.iter().map(|role| role.name()).collect();
    let roles = if roles.is_empty() { "none".to_owned() } else { roles.join(", ") };
    let _ = writeln!(text, "Roles: {roles}.");
    text.push_str(&because(decision));
    if !changes.is_empty() {
        let then =
            if decision.is_permitted() { "It would be refused" } else { "It would be permitted" };
        let _ = writeln!(text, "{then}:");
    }
    for (change, then) in changes {
        let rules: Vec<_> = then.rules.iter().map(|rule| rule.id.as_str()).collect();
        let by = if rules.is_empty() {
            "no rule permits it then".to_owned()
        } else {
            format!("by {}", rules.join(", "))
        };
        let _ = writeln!(text, "  - {}: {by}", changed(*change));
    }
    text.push_str(
        "What was done before can still stand in the way: nobody vouches twice, for example.",
    );
    text
}

/// The rules that decide, in their own words.
fn because(decision: &Decision) -> String {
    if let Some(errors) = decision.alarm() {
        return format!(
            "The policy could not be evaluated, which is a refusal: {}\n",
            errors.join("; ")
        );
    }
    if decision.rules.is_empty() {
        return "No rule permits it.\n".to_owned();
    }
    decision.rules.iter().fold(String::new(), |mut text, rule| {
        let verb = if rule.permits { "permits" } else { "forbids" };
        let _ = writeln!(text, "{} {verb} it: {}", rule.id, rule.reason);
        text
    })
}

const fn stands(subject: Subject) -> &'static str {
    match subject {
        Subject::Organisation => "nobody in particular",
        Subject::Somebody => "to whom they stand in no relation",
        Subject::OwnJoiner => "whose sponsor they are",
        Subject::Oneself => "themselves",
    }
}

fn changed(change: Change) -> String {
    match change {
        Change::Subject(Subject::Organisation) => "about nobody in particular".to_owned(),
        Change::Subject(Subject::Somebody) => {
            "about somebody else, whom they do not sponsor".to_owned()
        }
        Change::Subject(Subject::OwnJoiner) => "about somebody whose sponsor they are".to_owned(),
        Change::Subject(Subject::Oneself) => "about themselves".to_owned(),
        Change::Granted(role) => format!("with the role of {} as well", role.name()),
        Change::Revoked(role) => format!("without the role of {}", role.name()),
    }
}

fn door_said(person: &str, door: &DoorExplained) -> String {
    let what = match door.kind {
        Kind::First => "their first passkey",
        Kind::Additional => "another passkey",
    };
    let privileged = if door.is_privileged { " They are privileged." } else { "" };
    let mut text = format!("{person} would make {what}.{privileged}\n");
    if door.ways.is_empty() {
        text.push_str("Nothing that they could prove is enough.\n");
        text.push_str(&because(&door.at_most));
        return text.trim_end().to_owned();
    }
    text.push_str("As they begin, with nothing proven:\n");
    let _ = writeln!(text, "  {}", because(&door.at_first).trim_end().replace('\n', "\n  "));
    text.push_str("Each of these would be enough for a pass, the least first:\n");
    for (number, (steps, decision)) in door.ways.iter().enumerate() {
        let steps: Vec<_> = steps.iter().map(|step| step_said(*step)).collect();
        let _ = writeln!(text, "  {}. {}", number + 1, steps.join("; then "));
        let _ = writeln!(text, "     {}", because(decision).trim_end().replace('\n', "\n     "));
    }
    text.push_str(passkey_said(door.unfit.as_ref()));
    text
}
