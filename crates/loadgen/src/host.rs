//! What the kernel tells of processes.

use std::{fs, time::Duration};

use crate::Fallible;

/// Clock ticks a second in `/proc`: `USER_HZ` is 100 on every Linux architecture that Rust knows.
const TICK: Duration = Duration::from_millis(10);

/// CPU time that a process has used so far, the kernel's share included. Threads that ended count.
pub fn cpu_time(process: u32) -> Fallible<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in parentheses, may hold anything; utime and stime are fields 14 and 15.
    let fields = stat.rsplit_once(") ").ok_or("no name in /proc/…/stat")?.1;
    let mut ticks = fields.split(' ').skip(11).map(str::parse::<u32>);
    match (ticks.next(), ticks.next()) {
        (Some(Ok(user)), Some(Ok(system))) => Ok(TICK * (user + system)),
        _ => Err("no times in /proc/…/stat".into()),
    }
}

/// Memory of a process, in megabytes of a million bytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Resident now.
    pub now: f64,
    /// The most that was resident since the start or [`forget_peak`].
    pub peak: f64,
}

/// The memory of a process.
pub fn memory(process: u32) -> Fallible<Memory> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let megabytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u32>().ok());
        kibibytes.map(|number| f64::from(number) * 1024.0 / 1e6).ok_or("no size in /proc/…/status")
    };
    Ok(Memory { now: megabytes("VmRSS:")?, peak: megabytes("VmHWM:")? })
}

/// Lets the peak begin again at what is resident now.
pub fn forget_peak(process: u32) -> Fallible<()> {
    Ok(fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// The processor's name.
pub fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(": "));
    name.map_or_else(|| "unknown".to_owned(), |(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_process_uses_cpu_time_and_memory() {
        let me = std::process::id();
        let before = cpu_time(me).unwrap();
        let mut sum = vec![1_u64; 1 << 20];
        while cpu_time(me).unwrap() < before + TICK * 3 {
            for number in &mut sum {
                *number = number.wrapping_mul(3);
            }
        }
        let memory = memory(me).unwrap();
        assert!(memory.now > 8.0 && memory.peak >= memory.now, "{memory:?}");
    }
}
