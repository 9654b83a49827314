//! The article canvas.
