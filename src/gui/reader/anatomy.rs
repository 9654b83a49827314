//! The distances of everything that stands around a line of text, in physical pixels.
//!
//! They are measured on Noto Naskh Arabic at 22 px and scale with the size of the text. Whatever is a line is snapped
//! to whole device pixels, because a lane that lies between two pixels looks like a grey lane.

/// The measures of one text size on one screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anatomy {
    /// Physical pixels per pixel of a 22 px text.
    unit_px: f32,
    /// How much higher than plain Naskh the ink reaches, at 22 px.
    lift: f32,
    /// How much deeper it reaches, at 22 px.
    drop: f32,
}

/// Which letters a text is set in, as far as distances go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Naskh or Latin without full vocalisation.
    #[default]
    Plain,
    /// With full vocalisation: the marks above reach 6 px higher.
    Vocalised,
    /// Nastaliq: words climb and their tails hang.
    Nastaliq,
}

/// A band of a line: offsets of its top and bottom from the baseline, downward positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Upper edge.
    pub top_px: f32,
    /// Lower edge.
    pub bottom_px: f32,
}

impl Band {
    /// Height of the band.
    #[must_use]
    pub fn height_px(self) -> f32 {
        self.bottom_px - self.top_px
    }
}

/// How many lanes have the full width; deeper ones are hair lines.
pub const WIDE_LANES: usize = 3;

impl Anatomy {
    /// Measures for text of `size_px` physical pixels.
    #[must_use]
    pub fn new(size_px: f32, ink: Ink) -> Self {
        let (lift, drop) = match ink {
            Ink::Plain => (0.0, 0.0),
            Ink::Vocalised => (6.0, 0.0),
            Ink::Nastaliq => (8.0, 6.0),
        };
        Self { unit_px: size_px / 22.0, lift, drop }
    }

    /// `length` of the 22 px drawing in physical pixels, not snapped.
    #[must_use]
    pub fn scaled(self, length: f32) -> f32 {
        length * self.unit_px
    }

    /// `length` of the 22 px drawing in whole physical pixels, at least one.
    #[must_use]
    pub fn snapped(self, length: f32) -> f32 {
        (length * self.unit_px).round().max(1.0)
    }

    /// Width of a lane without focus.
    #[must_use]
    pub fn lane_width_px(self, lane: usize) -> f32 {
        if lane < WIDE_LANES { self.snapped(2.0) } else { self.snapped(1.0) }
    }

    /// From the top of one lane to the top of the next: always leaves a free device pixel.
    #[must_use]
    pub fn lane_pitch_px(self, lane: usize) -> f32 {
        let wish = if lane < WIDE_LANES { 3.0 } else { 2.0 };
        (wish * self.unit_px).ceil().max(self.lane_width_px(lane) + 1.0)
    }

    /// The band of a lane without focus.
    #[must_use]
    pub fn lane(self, lane: usize) -> Band {
        let wide = lane.min(WIDE_LANES);
        let narrow = lane - wide;
        let top_px = ((10.0 + self.drop) * self.unit_px).round()
            + wide as f32 * self.lane_pitch_px(0)
            + narrow as f32 * self.lane_pitch_px(WIDE_LANES);
        Band { top_px, bottom_px: top_px + self.lane_width_px(lane) }
    }

    /// The band of the lane of the mention in focus: one pixel more, upward where there is room.
    #[must_use]
    pub fn focused_lane(self, lane: usize) -> Band {
        let calm = self.lane(lane);
        let more_px = self.snapped(3.0) - self.snapped(2.0);
        if lane == 0 {
            Band { top_px: calm.top_px - more_px, ..calm }
        } else {
            Band { bottom_px: calm.bottom_px + more_px, ..calm }
        }
    }

    /// The row of tags under a lane: from the top of its capitals to their baseline.
    #[must_use]
    pub fn tag_row(self, under_lane: usize) -> Band {
        let lane_end_px = self.lane(under_lane).bottom_px;
        Band {
            top_px: lane_end_px + self.scaled(1.6).round().max(1.0),
            bottom_px: lane_end_px + self.scaled(8.4).round(),
        }
    }

    /// Size of the letters of a tag, for a display of so many physical pixels per logical one (see
    /// [`super::page::Page::display_scale`]).
    #[must_use]
    pub fn tag_size_px(self, display_scale: f32) -> f32 {
        self.scaled(9.5).max(9.0 * display_scale)
    }

    /// Fill of the focus, selection, caret.
    #[must_use]
    pub fn fill(self) -> Band {
        Band {
            top_px: (-20.0 * self.unit_px).round() - self.lift_px(),
            bottom_px: ((8.5 + self.drop) * self.unit_px).round(),
        }
    }

    /// The box around a cue.
    #[must_use]
    pub fn cue_box(self) -> Band {
        Band {
            top_px: (-19.5 * self.unit_px).round() - self.lift_px(),
            bottom_px: ((7.5 + self.drop) * self.unit_px).round(),
        }
    }

    /// Where the line of a claim lies, above the letters.
    #[must_use]
    pub fn claim_line_px(self) -> f32 {
        (-20.5 * self.unit_px).round() - self.lift_px()
    }

    /// Where the hair line of a stance's evidence lies, above the claims.
    #[must_use]
    pub fn stance_line_px(self) -> f32 {
        (-22.5 * self.unit_px).round() - self.lift_px()
    }

    /// Room kept free at each end of a mention, so that neighbours stay apart.
    #[must_use]
    pub fn stop_px(self) -> f32 {
        self.scaled(1.5)
    }

    fn lift_px(self) -> f32 {
        (self.lift * self.unit_px).round()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_one_is_the_drawing() {
        let at = Anatomy::new(22.0, Ink::Plain);
        assert_eq!(at.lane(0), Band { top_px: 10.0, bottom_px: 12.0 });
        assert_eq!(at.lane(1), Band { top_px: 13.0, bottom_px: 15.0 });
        assert_eq!(at.lane(2), Band { top_px: 16.0, bottom_px: 18.0 });
        assert_eq!(at.lane(3), Band { top_px: 19.0, bottom_px: 20.0 });
        assert_eq!(at.lane(4), Band { top_px: 21.0, bottom_px: 22.0 });
        assert_eq!(at.tag_row(0), Band { top_px: 14.0, bottom_px: 20.0 });
        assert_eq!(at.fill(), Band { top_px: -20.0, bottom_px: 9.0 });
    }

    #[test]
    fn lanes_keep_a_free_pixel_at_every_density() {
        for percent in (70..=400).step_by(5) {
            let at = Anatomy::new(22.0 * percent as f32 / 100.0, Ink::Plain);
            for lane in 0..6 {
                let (this, next) = (at.lane(lane), at.lane(lane + 1));
                assert!(next.top_px - this.bottom_px >= 1.0, "{percent} % lane {lane}");
                assert_eq!(this.top_px.fract(), 0.0);
                assert_eq!(this.bottom_px.fract(), 0.0);
                assert!(this.height_px() >= 1.0);
            }
        }
    }

    #[test]
    fn vocalised_text_lifts_only_what_is_above() {
        let (plain, open) = (Anatomy::new(22.0, Ink::Plain), Anatomy::new(22.0, Ink::Vocalised));
        assert_eq!(open.lane(0), plain.lane(0));
        assert_eq!(open.claim_line_px(), plain.claim_line_px() - 6.0);
    }
}
