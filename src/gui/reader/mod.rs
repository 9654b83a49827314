//! The reader: an article on its page, with everything people marked in it.

pub mod anatomy;
pub mod lanes;
pub mod pen;
pub mod strokes;
pub mod tags;
