//! Gauges, as they are written.

use std::fmt;

/// A number that goes up and down, by the name that dashboards and alarms know it by; or several, told apart
/// by one label.
pub(super) struct Gauge {
    name: &'static str,
    help: &'static str,
    samples: Vec<(Option<(&'static str, &'static str)>, i128)>,
}

impl Gauge {
    /// Without a number yet. A gauge without any is not written.
    pub(super) const fn new(name: &'static str, help: &'static str) -> Self {
        Self { name, help, samples: Vec::new() }
    }

    /// Its number.
    pub(super) fn is(mut self, value: impl Into<i128>) -> Self {
        self.samples.push((None, value.into()));
        self
    }

    /// One of its numbers. Label values are words of ours, so none needs escaping.
    pub(super) fn labelled(
        mut self,
        label: &'static str,
        value: &'static str,
        number: impl Into<i128>,
    ) -> Self {
        self.samples.push((Some((label, value)), number.into()));
        self
    }
}

impl fmt::Display for Gauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, help, samples } = self;
        if samples.is_empty() {
            return Ok(());
        }
        writeln!(f, "# HELP {name} {help}\n# TYPE {name} gauge")?;
        for (label, number) in samples {
            match label {
                None => writeln!(f, "{name} {number}")?,
                Some((label, value)) => writeln!(f, "{name}{{{label}=\"{value}\"}} {number}")?,
            }
        }
        Ok(())
    }
}
