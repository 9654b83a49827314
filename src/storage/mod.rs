//! The project on disk: records, checkpoints, cache. The only place that names a file system.
