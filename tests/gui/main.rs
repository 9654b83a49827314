//! Tests of the window through its accessibility tree; no display needed.
