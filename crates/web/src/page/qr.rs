//! Links as pictures that a phone can read. The same link always stands beside it as text.

use qrcode::{
    Color, EcLevel,
    bits::encode_auto,
    canvas::{Canvas, MaskPattern},
    ec::construct_codewords,
    types::QrError,
};
use serde::Serialize;

/// A QR code as one path of unit squares: `<path d>` in a square `viewBox` of `size`, quiet zone
/// included (ISO/IEC 18004 §6.3.8 asks for four modules).
#[derive(Debug, Clone, Serialize)]
pub struct QrCode {
    /// The side, in modules.
    pub size: usize,
    /// What to draw dark.
    pub path: String,
}

const QUIET: usize = 4;

impl QrCode {
    /// The picture of a link.
    pub fn of(link: &str) -> Result<Self, QrError> {
        let (modules, width) = modules(link)?;
        let mut path = String::new();
        for (row, modules) in modules.chunks(width).enumerate() {
            for run in dark_runs(modules) {
                let (x, y, length) = (run.start + QUIET, row + QUIET, run.len());
                path.extend(["M", &x.to_string(), " ", &y.to_string()]);
                path.extend(["h", &length.to_string(), "v1h-", &length.to_string(), "z"]);
            }
        }
        Ok(Self { size: width + 2 * QUIET, path })
    }

    /// The picture as a file of its own.
    pub fn to_svg(&self) -> String {
        let Self { size, path } = self;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>"#
        )
    }
}

/// The dark and the light modules, row by row, and how many are in a row.
///
/// The mask is always the same one. Encoders try all eight and keep the one with the fewest large
/// areas and look-alikes of finder patterns; readers take any. Links end in characters that are as
/// good as random, which no mask makes better, and trying took as long as everything else on a page.
fn modules(link: &str) -> Result<(Vec<Color>, usize), QrError> {
    let bits = encode_auto(link.as_bytes(), EcLevel::M)?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, EcLevel::M)?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let modules = canvas.into_colors();
    let width = modules.len().isqrt();
    Ok((modules, width))
}

/// Where dark modules stand side by side.
fn dark_runs(modules: &[Color]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    modules.chunk_by(|a, b| a == b).filter_map(move |chunk| {
        let run = start..start + chunk.len();
        start = run.end;
        (chunk.first() == Some(&Color::Dark)).then_some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_draws_exactly_the_dark_modules() {
        let link = "https://join.example.org/i/abc";
        let code = QrCode::of(link).unwrap();
        let (modules, width) = modules(link).unwrap();
        let dark = modules.iter().filter(|color| **color == Color::Dark).count();
        let drawn: usize = code
            .path
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|run| run.split('v').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(code.size, width + 8);
    }

    #[test]
    fn a_link_whose_best_mask_is_ours_is_drawn_as_by_an_encoder_that_tries_all() {
        let links = (0..64).map(|number| format!("https://join.example.org/i/{number}"));
        let same = links.filter(|link| {
            let best = qrcode::QrCode::with_error_correction_level(link, EcLevel::M).unwrap();
            best.to_colors() == modules(link).unwrap().0
        });
        assert!(same.count() > 0, "one mask in eight is ours");
    }
}
