//! The organisation that is measured: an administrator who sponsors everybody, and joiners.

use std::{cell::RefCell, rc::Rc};

use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    Fallible,
    import::{ImportRun, Joiners},
    joiner::Joiner,
    load::{self, Run, settle},
    mail::Letters,
    operator::Operator,
    server::{Program, Server},
    sign_in::sign_in,
};

/// A passkey that somebody holds.
type Passkey = Rc<RefCell<SoftAuthenticator>>;

/// A running server with an administrator.
pub struct World {
    program: Rc<Program>,
    server: Server,
    operator: Rc<Operator>,
    letters: Letters,
    people: u32,
    invited: Vec<Joiner>,
    enrolled: Vec<Passkey>,
}

impl World {
    /// Sets a new server up.
    pub async fn new(program: Program, server: Server, letters: Letters) -> Fallible<Self> {
        let operator = Rc::new(Operator::set_up(&program).await?);
        let program = Rc::new(program);
        let (people, invited, enrolled) = (0, Vec::new(), Vec::new());
        Ok(Self { program, server, operator, letters, people, invited, enrolled })
    }

    /// Imports joiners who start next year, so that no mail goes out.
    pub async fn import(&mut self, rows: u32) -> Fallible<ImportRun> {
        self.joiners(rows, false).measure(&self.program, &self.server).await
    }

    /// Imports joiners who start today, waits for their invitations and makes their browsers' keys.
    pub async fn invite(&mut self, count: u32) -> Fallible<()> {
        let joiners = self.joiners(count, true);
        joiners.import(&self.program).await?;
        let locators = self.letters.locators(&joiners.addresses()).await;
        let locators = locators.ok_or("invitations have stopped coming")?;
        for (number, locator) in (joiners.first..).zip(locators) {
            let device = SoftAuthenticator::synced(u64::from(number) + 1);
            self.invited.push(Joiner::new(locator, device)?);
        }
        settle(&self.server).await?;
        Ok(())
    }

    /// Enrolls invited people, so many at a time.
    pub async fn enroll(&mut self, clients: usize, count: usize) -> Fallible<Run> {
        let left = self.invited.len().checked_sub(count).ok_or("too few are invited")?;
        let jobs = self.invited.split_off(left);
        let (program, operator) = (Rc::clone(&self.program), Rc::clone(&self.operator));
        let site = &self.program.site;
        let (run, devices) = load::run(
            &self.server,
            site,
            clients,
            jobs,
            async move |connection, joiner: Joiner| {
                joiner.enroll(connection, &program.site, &operator).await
            },
        )
        .await?;
        self.enrolled.extend(devices.into_iter().map(|device| Rc::new(RefCell::new(device))));
        Ok(run)
    }

    /// Signs enrolled people in, in turn.
    pub async fn sign_in(&self, clients: usize, count: usize) -> Fallible<Run> {
        let jobs: Vec<Passkey> = self.enrolled.iter().cycle().take(count).cloned().collect();
        let program = Rc::clone(&self.program);
        let site = &self.program.site;
        let (run, _) =
            load::run(&self.server, site, clients, jobs, async move |connection, key: Passkey| {
                sign_in(connection, &program.site, &key).await
            })
            .await?;
        Ok(run)
    }

    /// Stops the server and gives what it was started with.
    pub fn end(self) -> Fallible<Rc<Program>> {
        self.server.stop()?;
        Ok(self.program)
    }

    fn joiners(&mut self, count: u32, today: bool) -> Joiners {
        let first = self.people;
        self.people += count;
        Joiners { first, count, today }
    }
}
