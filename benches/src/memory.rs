//! The most memory a process has held.

use std::fs;

/// The most memory that this process has held, in kB; none where the system does not say.
#[must_use]
pub fn own_kilobytes() -> Option<u64> {
    peak("self")
}

/// The most memory that a running process has held, in kB; none where the system does not say.
#[must_use]
pub fn kilobytes_of(process: u32) -> Option<u64> {
    peak(&process.to_string())
}

fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
