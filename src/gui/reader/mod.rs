//! The reader: an article on its page, with everything people marked in it.
//!
//! | file | does |
//! |---|---|
//! | `marks`, `lanes` | annotations to marks on spans; which lane each mention gets |
//! | `pieces`, `tags`, `anatomy` | marks to stretches of lines, places of tags, distances |
//! | `pen`, `strokes` | lines and boxes into one mesh |
//! | `selection`, `ladder`, `walk` | what is selected, which edges are offered, what is in focus |

pub mod anatomy;
pub mod ladder;
pub mod lanes;
pub mod marks;
pub mod pen;
pub mod pieces;
#[cfg(test)]
mod sample;
pub mod selection;
pub mod strokes;
pub mod tags;
pub mod walk;
