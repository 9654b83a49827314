//! Real processes on a real disk: kills, two windows, version control, a full disk.

mod full;
mod git;
mod kills;
mod stand;
mod windows;
