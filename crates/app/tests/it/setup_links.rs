//! What a link that was made in the terminal asks of whoever opens it.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::{AskPassFault, SetupLinkSecret},
    inviting::Setup,
};
use firstkey_policy::{Plan, Step};

use crate::{
    invariants::{Whole, over_both_stores},
    world::{HOST_USER, World},
};

over_both_stores!(whoever_made_the_link_at_the_terminal_is_asked_for_the_code);

async fn whoever_made_the_link_at_the_terminal_is_asked_for_the_code<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut row = world.row(None);
    row.invite = false;
    let person = world.import_row(row).await;
    let link = world.app.run(&Setup { host: HOST_USER.into(), person }).await.unwrap();
    let secret = link.expose().split_once("#setup=").unwrap().1.to_owned();
    let browser = world.begin(link.enrollment, Some(SetupLinkSecret(secret))).await;
    let missing = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    let Err(Fault::Refused(AskPassFault::Missing(plan))) = missing else { panic!("{missing:?}") };
    assert_eq!(plan, Plan::Needs(vec![Step::Terminal]), "not two colleagues who are not there yet");
}
