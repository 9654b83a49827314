//! Arithmetic on colours: WCAG contrast, mixing, and moving a hue in `OKLab` lightness until it can be read.
#![expect(clippy::disallowed_methods, reason = "the one place where colours are made out of numbers")]

use egui::Color32;

/// The colour written `#RRGGBB`.
#[must_use]
pub fn parse_hex(text: &str) -> Option<Color32> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = value.to_be_bytes();
    Some(Color32::from_rgb(r, g, b))
}

/// `color` at an opacity of 0 to 1.
#[must_use]
pub fn with_alpha(color: Color32, opacity: f32) -> Color32 {
    let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    Color32::from_rgba_unmultiplied(color.r(), color.g(), color.b(), alpha)
}

/// A texel of a coloured glyph, from straight alpha.
#[must_use]
pub fn texel(r: u8, g: u8, b: u8, a: u8) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// `share` of `over` on `under`, 0 to 1, in display (gamma) space as the window blends.
#[must_use]
pub fn mix(under: Color32, over: Color32, share: f32) -> Color32 {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    Color32::from_rgb(channel(under.r(), over.r()), channel(under.g(), over.g()), channel(under.b(), over.b()))
}

/// WCAG 2 contrast ratio, 1 to 21.
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Black or white, whichever reads better on `ground`.
#[must_use]
pub fn best_on(ground: Color32) -> Color32 {
    if contrast(Color32::WHITE, ground) >= contrast(Color32::BLACK, ground) { Color32::WHITE } else { Color32::BLACK }
}

/// `color` mixed with `paper` until it stands out by just `ratio`; unchanged if it does not reach that itself.
#[must_use]
pub fn calmed(color: Color32, paper: Color32, ratio: f32) -> Color32 {
    (1..=1000)
        .map(|step| mix(paper, color, step as f32 / 1000.0))
        .find(|mixed| contrast(*mixed, paper) >= ratio)
        .unwrap_or(color)
}

/// `color` with its hue kept, moved in `OKLab` lightness (up if `lighter`) until it has `ratio` on all `grounds`.
#[must_use]
pub fn readable(color: Color32, grounds: &[Color32], ratio: f32, lighter: bool) -> Color32 {
    let enough = |candidate: Color32| grounds.iter().all(|ground| contrast(candidate, *ground) >= ratio);
    if enough(color) {
        return color;
    }
    let start = oklab_from_color(color);
    (1..=200)
        .map(|step| {
            let delta = step as f32 / 200.0 * if lighter { 1.0 } else { -1.0 };
            color_from_oklab([(start[0] + delta).clamp(0.0, 1.0), start[1], start[2]])
        })
        .find(|candidate| enough(*candidate))
        .unwrap_or(if lighter { Color32::WHITE } else { Color32::BLACK })
}

fn linear(channel: u8) -> f32 {
    let value = f32::from(channel) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn gamma(value: f32) -> f32 {
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
}

fn luminance(color: Color32) -> f32 {
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn oklab_from_color(color: Color32) -> [f32; 3] {
    let (r, g, b) = (linear(color.r()), linear(color.g()), linear(color.b()));
    let long = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let medium = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let short = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * long + 0.793_617_8 * medium - 0.004_072_047 * short,
        1.977_998_5 * long - 2.428_592_2 * medium + 0.450_593_7 * short,
        0.025_904_037 * long + 0.782_771_77 * medium - 0.808_675_77 * short,
    ]
}

/// The nearest displayable colour: chroma shrinks until all channels fit.
fn color_from_oklab([lightness, a, b]: [f32; 3]) -> Color32 {
    let mut rgb = [0.0; 3];
    for step in 0..=50 {
        let keep = 1.0 - step as f32 / 50.0;
        rgb = linear_from_oklab([lightness, a * keep, b * keep]);
        if rgb.iter().all(|channel| (-0.000_5..=1.000_5).contains(channel)) {
            break;
        }
    }
    let [r, g, b] = rgb.map(|channel| (gamma(channel.clamp(0.0, 1.0)) * 255.0).round() as u8);
    Color32::from_rgb(r, g, b)
}

fn linear_from_oklab([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let long = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let medium = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let short = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * long - 3.307_711_6 * medium + 0.230_969_94 * short,
        -1.268_438 * long + 2.609_757_4 * medium - 0.341_319_38 * short,
        -0.004_196_086_3 * long - 0.703_418_6 * medium + 1.707_614_7 * short,
    ]
}
