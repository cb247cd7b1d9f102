//! `given(events).at(time).when(|state, now| decide).then(events)`.

use std::fmt::Debug;

use firstkey_domain::{Actor, Aggregate, Recorded, StreamId};
use jiff::Timestamp;

use crate::world::minute;

/// A stream as it stands, and the moment at which the next thing happens.
#[derive(Clone)]
pub(crate) struct Story<A> {
    stream: StreamId,
    version: u64,
    now: Timestamp,
    by: Actor,
    state: Option<A>,
}

/// What a decider answered.
pub(crate) struct Decided<A, R> {
    story: Story<A>,
    answer: R,
}

/// A stream that begins with these events.
pub(crate) fn given<A: Aggregate>(
    stream: impl Into<StreamId>,
    events: impl IntoIterator<Item = A::Event>,
) -> Story<A> {
    let story = Story {
        stream: stream.into(),
        version: 0,
        now: minute(0),
        by: Actor::Host("root".into()),
        state: None,
    };
    story.and(events)
}

impl<A: Aggregate + Clone> Story<A> {
    /// The state.
    pub(crate) fn state(&self) -> A {
        self.state.clone().expect("the stream has begun")
    }
}

impl<A: Aggregate> Story<A> {
    /// The stream's version.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// What follows happens then.
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        assert!(now >= self.now, "a story goes forward");
        self.now = now;
        self
    }

    /// What follows is caused by this actor.
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.by = actor;
        self
    }

    /// And then these events were recorded.
    pub(crate) fn and(mut self, events: impl IntoIterator<Item = A::Event>) -> Self {
        for event in events {
            let recorded = self.next(event);
            self.state = Some(A::evolve(self.state.take(), &recorded).expect("events that fold"));
            self.version = recorded.version;
        }
        self
    }

    /// Asserts that the event cannot follow.
    pub(crate) fn cannot_fold(mut self, event: A::Event) {
        let recorded = self.next(event);
        let folded = A::evolve(self.state.take(), &recorded);
        assert_eq!(folded.err(), Some(recorded.unfoldable()));
    }

    /// Asks a decider.
    pub(crate) fn when<R>(self, decide: impl FnOnce(&A, Timestamp) -> R) -> Decided<A, R> {
        let answer = decide(self.state.as_ref().expect("the stream has begun"), self.now);
        Decided { story: self, answer }
    }

    fn next(&self, event: A::Event) -> Recorded<A::Event> {
        Recorded {
            stream: self.stream,
            version: self.version + 1,
            at: self.now,
            by: self.by.clone(),
            event,
        }
    }
}

impl<A: Aggregate, R: Debug> Decided<A, Result<Vec<A::Event>, R>>
where
    A::Event: Debug + PartialEq,
{
    /// It decided these events, which are recorded.
    pub(crate) fn then(self, expected: impl IntoIterator<Item = A::Event>) -> Story<A> {
        let expected: Vec<_> = expected.into_iter().collect();
        let events = self.answer.expect("not refused");
        assert_eq!(events, expected);
        self.story.and(events)
    }

    /// It decided something, which is recorded.
    pub(crate) fn done(self) -> Story<A> {
        let events = self.answer.expect("not refused");
        self.story.and(events)
    }

    /// It refused for this reason.
    pub(crate) fn refused(self, reason: R) -> Story<A>
    where
        R: PartialEq,
    {
        assert_eq!(self.answer.err(), Some(reason));
        self.story
    }
}

impl<A: Aggregate> Decided<A, Vec<A::Event>>
where
    A::Event: Debug + PartialEq,
{
    /// It decided these events, which are recorded.
    pub(crate) fn then(self, expected: impl IntoIterator<Item = A::Event>) -> Story<A> {
        assert_eq!(self.answer, expected.into_iter().collect::<Vec<_>>());
        self.story.and(self.answer)
    }
}
