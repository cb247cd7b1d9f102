//! Columns that stand side by side.

use super::grouped;

/// The picture's width in its own units; pages scale it.
const WIDTH: i64 = 420;
/// Where columns begin: left of it stand the numbers of the lines.
const LEFT: i64 = 44;
/// Where they end.
const RIGHT: i64 = WIDTH - 6;
/// The highest that a column reaches.
const TOP: i64 = 22;
/// On what they stand.
const BOTTOM: i64 = 172;
/// The widest that a column is.
const WIDEST: i64 = 32;
/// How wide a letter is, at most: at a desk, and where the stylesheet makes them larger.
const LETTER: i64 = 8;
const LARGE_LETTER: i64 = 13;

/// What a column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Column {
    /// What stands below it.
    pub(in crate::console) label: String,
    /// Its number.
    pub(in crate::console) whole: i64,
    /// A part of it, drawn before it.
    pub(in crate::console) part: Option<i64>,
}

/// A rectangle of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console) struct Bar {
    pub(in crate::console) class: &'static str,
    pub(in crate::console) x: i64,
    pub(in crate::console) y: i64,
    pub(in crate::console) width: i64,
    pub(in crate::console) height: i64,
}

/// Words of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Word {
    pub(in crate::console) x: i64,
    pub(in crate::console) y: i64,
    pub(in crate::console) text: String,
    /// Whether it is left out where there is little room.
    pub(in crate::console) is_minor: bool,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) struct Columns {
    /// Lines across, with their numbers, the lowest first.
    pub(in crate::console) lines: Vec<Word>,
    pub(in crate::console) bars: Vec<Bar>,
    pub(in crate::console) labels: Vec<Word>,
    /// The numbers on top of columns.
    pub(in crate::console) numbers: Vec<Word>,
}

impl Columns {
    /// Draws them.
    pub(in crate::console) fn of(columns: &[Column]) -> Self {
        let highest = columns.iter().map(|column| column.whole).max().unwrap_or(0);
        let top = rounded_up(highest);
        let height = |number: i64| {
            let height = number.max(0).saturating_mul(BOTTOM - TOP) / top;
            // Few are not none.
            if number > 0 { height.max(2) } else { 0 }
        };
        let count = i64::try_from(columns.len()).unwrap_or(i64::MAX).max(1);
        let slot = (RIGHT - LEFT) / count;
        let width = (slot * 7 / 10).clamp(2, WIDEST);
        let words = columns.iter().map(|column| column.label.chars().count()).max().unwrap_or(0);
        let words = i64::try_from(words).unwrap_or(0) + 1;
        let every = (words * LETTER / slot.max(1) + 1).max(1);
        // Those that stay where letters are large are some of those that stay at a desk.
        let large = (words * LARGE_LETTER / (slot * every).max(1) + 1) * every;
        let digits = i64::try_from(grouped(highest).chars().count()).unwrap_or(0);
        let has_numbers = digits * LETTER <= slot;
        let mut drawn = Self {
            lines: [0, top / 2, top]
                .map(|number| line(number, BOTTOM - height_of(number, top)))
                .into(),
            bars: Vec::new(),
            labels: Vec::new(),
            numbers: Vec::new(),
        };
        for (place, column) in columns.iter().enumerate() {
            let middle = LEFT + slot * i64::try_from(place).unwrap_or(0) + slot / 2;
            let bar = |class, number| {
                let height = height(number);
                Bar { class, x: middle - width / 2, y: BOTTOM - height, width, height }
            };
            match column.part {
                Some(part) => drawn.bars.extend([bar("behind", column.whole), bar("fill", part)]),
                None => drawn.bars.push(bar("fill", column.whole)),
            }
            let from_last = count - 1 - i64::try_from(place).unwrap_or(0);
            if from_last % every == 0 {
                let (text, is_minor) = (column.label.clone(), from_last % large != 0);
                drawn.labels.push(Word { x: middle, y: BOTTOM + 20, text, is_minor });
            }
            if has_numbers && column.whole > 0 {
                let (text, is_minor) = (grouped(column.whole), digits * LARGE_LETTER > slot);
                let y = BOTTOM - height(column.whole) - 6;
                drawn.numbers.push(Word { x: middle, y, text, is_minor });
            }
        }
        drawn
    }
}

fn height_of(number: i64, top: i64) -> i64 {
    number.saturating_mul(BOTTOM - TOP) / top
}

fn line(number: i64, y: i64) -> Word {
    Word { x: LEFT - 10, y, text: grouped(number), is_minor: false }
}

/// The least even number of the form 2, 4 or 10 times a power of ten that is not below this one.
fn rounded_up(number: i64) -> i64 {
    let mut power: i64 = 1;
    loop {
        for factor in [2, 4, 10] {
            match power.checked_mul(factor) {
                Some(top) if top >= number => return top,
                Some(_) => {}
                None => return i64::MAX,
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(numbers: &[(i64, Option<i64>)]) -> Columns {
        let columns = numbers.iter().map(|(whole, part)| Column {
            label: "x".into(),
            whole: *whole,
            part: *part,
        });
        Columns::of(&columns.collect::<Vec<_>>())
    }

    #[test]
    fn heights_are_in_proportion_and_nothing_leaves_the_picture() {
        let drawn = columns(&[(10, Some(5)), (0, Some(0)), (1, None)]);
        let heights: Vec<_> = drawn.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [150, 75, 0, 0, 15]);
        assert!(drawn.bars.iter().all(|bar| bar.y + bar.height == BOTTOM && bar.y >= TOP));
        assert!(drawn.bars.iter().all(|bar| bar.x >= LEFT && bar.x + bar.width <= RIGHT));
        let lines: Vec<_> = drawn.lines.iter().map(|line| (line.text.as_str(), line.y)).collect();
        assert_eq!(lines, [("0", 172), ("5", 97), ("10", 22)]);
    }

    #[test]
    fn one_among_very_many_is_still_seen() {
        let drawn = columns(&[(1_000_000, None), (1, None)]);
        assert_eq!(drawn.bars[1].height, 2);
    }

    #[test]
    fn no_count_of_columns_is_too_small_or_too_large() {
        for count in [0, 1, 2, 14, 15, 52, 500] {
            let drawn = columns(&vec![(3, Some(1)); count]);
            assert_eq!(drawn.bars.len(), 2 * count);
            assert!(drawn.labels.len() <= count.min(30));
            assert!(drawn.numbers.len() <= count.min(46));
        }
        assert_eq!(rounded_up(i64::MAX), i64::MAX);
        assert_eq!([0, 2, 3, 5, 11].map(rounded_up), [2, 2, 4, 10, 20]);
    }
}
