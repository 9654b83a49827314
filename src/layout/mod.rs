//! Text to lines, glyphs and rectangles; knows no annotation.
