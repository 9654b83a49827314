//! Tests of the library and the command line that need no display. One binary, so that it links once.
