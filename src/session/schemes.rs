//! The shipped schemes.
