//! A finite space of facts, growing by one dimension after the other.

/// Points of the space.
pub(crate) struct Space<T> {
    points: Vec<T>,
    limit: usize,
}

impl<T: Clone + PartialEq> Space<T> {
    /// Only this, and never more than `limit`.
    pub(crate) fn new(plain: T, limit: usize) -> Self {
        Self { points: vec![plain], limit }
    }

    /// Replaces each by one for each value, without repetitions; `None` when they could be too many.
    pub(crate) fn vary<V>(mut self, values: &[V], set: impl Fn(&mut T, &V)) -> Option<Self> {
        if self.points.len().saturating_mul(values.len()) > self.limit {
            return None;
        }
        let mut varied = Vec::new();
        for point in &self.points {
            let first = varied.len();
            for value in values {
                let mut point = point.clone();
                set(&mut point, value);
                if !varied[first..].contains(&point) {
                    varied.push(point);
                }
            }
        }
        self.points = varied;
        Some(self)
    }

    /// All of them.
    pub(crate) fn all(self) -> Vec<T> {
        self.points
    }
}
