//! The application without a screen: commands in, durable transactions out.
