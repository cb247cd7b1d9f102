//! Rows of lists of enrollments.

use firstkey_app::{Backend, Fault, signing_in::Session};
use firstkey_policy::Operation;
use firstkey_ports::{After, EnrollmentFilter, Stage, Waiting};

use crate::{
    Web,
    console::{
        advice::{Advice, advice, stage_now},
        allowed::may,
        moment::Moment,
        names::{Names, full_name},
    },
    fault::failure,
    page::Reader,
    problem::Problem,
};

/// One line of a list of enrollments.
#[derive(Debug)]
pub(in crate::console) struct WaitingRow {
    pub(in crate::console) id: String,
    pub(in crate::console) person: String,
    pub(in crate::console) name: String,
    pub(in crate::console) department: Option<String>,
    pub(in crate::console) advice: Advice,
    pub(in crate::console) is_open: bool,
    pub(in crate::console) ends: Moment,
}

impl WaitingRow {
    pub(in crate::console) async fn of<S: Backend>(
        web: &Web<S>,
        viewer: &Session,
        reader: Reader,
        names: &mut Names<'_, S>,
        waiting: &Waiting,
    ) -> Result<Self, Problem> {
        let Waiting { enrollment, person } = waiting;
        let now = web.app.now();
        Ok(Self {
            id: enrollment.id.to_string(),
            person: person.id.to_string(),
            name: full_name(person),
            department: person.department.clone(),
            advice: advice(viewer, reader, names, waiting, now).await?,
            is_open: !stage_now(enrollment, now).is_closed(),
            ends: Moment(enrollment.expires),
        })
    }
}

/// How many people whom others sponsor are offered at once.
const OTHERS: u32 = 25;

/// Who waits for somebody: those whom they sponsor, and others with a browser open for whom they may
/// vouch.
pub(in crate::console) async fn waiting_rows<S: Backend>(
    web: &Web<S>,
    session: &Session,
    reader: Reader,
) -> Result<(Vec<WaitingRow>, Vec<WaitingRow>), Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let mut names = Names::new(web, reader.texts);
    let mut own = Vec::new();
    for waiting in store.waiting_for(session.person_id()).await.map_err(unreadable)? {
        own.push(WaitingRow::of(web, session, reader, &mut names, &waiting).await?);
    }
    let mut others = Vec::new();
    for stage in [Stage::Contested, Stage::Begun] {
        // Whoever holds no role vouches for nobody but their own.
        if session.roles.is_empty() {
            break;
        }
        let filter = EnrollmentFilter { stage: Some(stage), ..EnrollmentFilter::default() };
        let found = store.enrollments(&filter, After::default(), OTHERS).await;
        for waiting in found.map_err(unreadable)? {
            let person = &waiting.person;
            if person.sponsor != Some(session.person_id())
                && may(web, session, Some(person.id), Operation::Vouch).await?
            {
                others.push(WaitingRow::of(web, session, reader, &mut names, &waiting).await?);
            }
        }
    }
    Ok((own, others))
}
