//! How much memory a derivation takes, and how much it may.

use watershed::Grid;

/// What the program itself holds, with its libraries.
const PROGRAM: u64 = 96 << 20;
/// Bytes of a cell when all of a grid is held, streams and units included.
const CELL: u64 = 24;

/// Bytes that a derivation takes which holds the whole grid.
pub fn of_whole(grid: &Grid) -> u64 {
    PROGRAM + CELL * grid.cells() as u64
}

/// Of so many bytes those for the grid and what is found in it, and those for GDAL's own cache.
pub fn divided(bytes: u64) -> (u64, u64) {
    let cache = (bytes / 16).clamp(4 << 20, 256 << 20);
    (bytes.saturating_sub(PROGRAM + cache).max(4 << 20), cache)
}

/// Half of the machine's memory, or of what the process may have; 4 GiB where nobody says.
pub fn usual() -> u64 {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let of_machine = read("/proc/meminfo").as_deref().and_then(total_of);
    let of_group = read("/sys/fs/cgroup/memory.max").and_then(|text| text.trim().parse::<u64>().ok());
    of_machine.into_iter().chain(of_group).min().unwrap_or(8 << 30) / 2
}

/// The bytes of the line `MemTotal:  24000000 kB`.
fn total_of(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Bytes of «1GiB», «800MiB».
pub fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim().to_ascii_lowercase();
    let units = [("gib", 30), ("mib", 20), ("gb", 30), ("mb", 20), ("g", 30), ("m", 20)];
    let found = units
        .iter()
        .find_map(|(unit, bits)| Some((text.strip_suffix(unit)?, *bits)));
    let (number, bits) = found.ok_or("escriba un número y su unidad, como 1GiB o 800MiB")?;
    let number: f64 = number
        .trim()
        .parse()
        .map_err(|_| format!("«{}» no es un número", number.trim()))?;
    let bytes = number * f64::from(1_u32 << bits);
    if !(PROGRAM as f64 + 16e6..1e15).contains(&bytes) {
        return Err("debe ser de 112MiB o más".to_owned());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie between"
    )]
    let bytes = bytes as u64;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_with_its_unit() {
        assert_eq!(bytes("1GiB"), Ok(1 << 30));
        assert_eq!(bytes(" 1.5 gb"), Ok(3 << 29));
        assert_eq!(bytes("800M"), Ok(800 << 20));
        assert!(bytes("1").is_err() && bytes("-1GiB").is_err() && bytes("10MiB").is_err() && bytes("nanGiB").is_err());
    }

    #[test]
    fn the_machine_s_memory_is_read_from_its_line() {
        assert_eq!(
            total_of("MemTotal:       24593148 kB\nMemFree: 1 kB\n"),
            Some(24_593_148 * 1024)
        );
        assert_eq!(total_of("nothing"), None);
    }

    #[test]
    fn what_is_divided_is_no_more_than_what_is_given() {
        for given in [112_u64 << 20, 1 << 30, 16 << 30] {
            let (grid, cache) = divided(given);
            assert!(grid + cache + PROGRAM <= given, "{given}");
        }
    }
}
