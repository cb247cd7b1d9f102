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
        paging::{WaitingFrom, cut, wanted},
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

/// Who waits for somebody.
pub(in crate::console) struct WaitingRows {
    /// A page of those whom they sponsor.
    pub(in crate::console) own: Vec<WaitingRow>,
    /// Where the next page begins, if there is one.
    pub(in crate::console) next: Option<String>,
    /// Others with a browser open for whom they may vouch.
    pub(in crate::console) others: Vec<WaitingRow>,
}

/// Who waits for somebody: a page of those whom they sponsor, and with the first page others.
pub(in crate::console) async fn waiting_rows<S: Backend>(
    web: &Web<S>,
    session: &Session,
    reader: Reader,
    from: WaitingFrom,
) -> Result<WaitingRows, Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let mut names = Names::new(web, reader.texts);
    let mut own = Vec::new();
    let found = store.waiting_for(session.person_id(), from.0, wanted()).await;
    let mut found = found.map_err(unreadable)?;
    let has_more = cut(&mut found, |waiting| waiting.enrollment.id.uuid()).is_some();
    let next = found.last().filter(|_| has_more).map(|last| WaitingFrom::text(last.after()));
    for waiting in found {
        own.push(WaitingRow::of(web, session, reader, &mut names, &waiting).await?);
    }
    let mut others = Vec::new();
    for stage in [Stage::Contested, Stage::Begun] {
        // Whoever holds no role vouches for nobody but their own.
        if session.roles.is_empty() || from.0.is_some() {
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
    Ok(WaitingRows { own, next, others })
}
