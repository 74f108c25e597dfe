//! What the caller names — a file, a folder, a ZIP, a database — becomes the one dataset to open.

use crate::OpenError;
use crate::archive::unpack;
use crate::format::{Format, seen_in};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A dataset to open.
#[derive(Debug)]
pub(crate) struct Place {
    /// What GDAL opens: an absolute path, or a connection string.
    pub dataset: PathBuf,
    pub format: Format,
    /// What people are told: the file's name, or the connection without its password.
    pub shown: String,
    /// Where an archive was unpacked to; removed with this.
    pub unpacked: Option<TempDir>,
    /// Whether `--table` was used up for choosing a file.
    pub table_chose_file: bool,
}

/// Depth to which folders are searched.
const MAX_DEPTH: usize = 4;

/// Finds the dataset. In a folder or archive with several, `table` names one by its file name.
pub(crate) fn find(named: &str, table: Option<&str>) -> Result<Place, OpenError> {
    if named.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("pg:")) {
        return Ok(Place {
            dataset: PathBuf::from(format!("PG:{}", &named[3..])),
            format: Format::PostGis,
            shown: without_password(named),
            unpacked: None,
            table_chose_file: false,
        });
    }
    if named.trim_start().to_ascii_lowercase().starts_with("/vsi") {
        return Err(OpenError::VirtualPath(named.to_owned()));
    }
    let path = Path::new(named);
    let absolute = path.canonicalize().map_err(|_| OpenError::Missing(path.to_owned()))?;
    let is_zip = absolute.is_file()
        && absolute
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    if is_zip {
        if absolute.metadata().is_ok_and(|data| data.len() == 0) {
            return Err(OpenError::Empty(path.to_owned()));
        }
        let unpacked = unpack(&absolute)?;
        let mut place = in_folder(unpacked.path(), path, table)?;
        place.unpacked = Some(unpacked);
        return Ok(place);
    }
    match Format::of_path(&absolute) {
        Some(format) if absolute.is_dir() == (format == Format::FileGeodatabase) => Ok(one(absolute, format, path)),
        _ if absolute.is_dir() => in_folder(&absolute, path, table),
        _ => Err(OpenError::UnknownFormat {
            path: path.to_owned(),
            seen: seen_in(&absolute),
        }),
    }
}

fn one(dataset: PathBuf, format: Format, named: &Path) -> Place {
    let shown = named
        .file_name()
        .unwrap_or(named.as_os_str())
        .to_string_lossy()
        .into_owned();
    Place {
        dataset,
        format,
        shown,
        unpacked: None,
        table_chose_file: false,
    }
}

fn in_folder(folder: &Path, named: &Path, table: Option<&str>) -> Result<Place, OpenError> {
    let mut found = Vec::new();
    collect(folder, 0, &mut found);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let stem = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match found.len() {
        0 => Err(OpenError::NothingInside(named.to_owned())),
        1 => {
            let (dataset, format) = found.remove(0);
            let is_its_name = table.is_some_and(|table| stem(&dataset) == table);
            let mut place = one(dataset, format, named);
            place.table_chose_file = is_its_name;
            Ok(place)
        }
        _ => {
            let names: Vec<String> = found.iter().map(|(path, _)| stem(path)).collect();
            let Some(table) = table else {
                return Err(OpenError::SeveralLayers(names));
            };
            let chosen = found.iter().position(|(path, _)| {
                stem(path) == table || path.file_name().is_some_and(|name| name.to_string_lossy() == table)
            });
            let chosen = chosen.ok_or_else(|| OpenError::NoSuchLayer {
                wanted: table.to_owned(),
                present: names,
            })?;
            let (dataset, format) = found.swap_remove(chosen);
            let mut place = one(dataset, format, named);
            place.shown = format!("{} ({table})", place.shown);
            place.table_chose_file = true;
            Ok(place)
        }
    }
}

/// Datasets in a folder and the folders in it. A .csv or .json beside others is most often documentation, but it is offered.
fn collect(folder: &Path, depth: usize, found: &mut Vec<(PathBuf, Format)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
        let Ok(kind) = entry.file_type() else { continue };
        if hidden || kind.is_symlink() {
            continue;
        }
        match Format::of_path(&path) {
            Some(format) if kind.is_dir() == (format == Format::FileGeodatabase) => found.push((path, format)),
            _ if kind.is_dir() && depth < MAX_DEPTH => collect(&path, depth + 1, found),
            _ => {}
        }
    }
}

/// A connection string that may be shown: what follows `password=` (quoted or not) and the user's part of an address is hidden.
fn without_password(connection: &str) -> String {
    let mut shown = String::with_capacity(connection.len());
    let mut rest = connection;
    while let Some(at) = rest.to_ascii_lowercase().find("password=") {
        let value = at + "password=".len();
        shown.push_str(&rest[..value]);
        shown.push('…');
        rest = &rest[value..];
        let quoted = rest.starts_with('\'');
        let end = if quoted {
            rest[1..].find('\'').map(|end| end + 2)
        } else {
            rest.find([' ', '&'])
        };
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    shown.push_str(rest);
    // postgresql://user:password@host
    let Some(start) = shown.find("://").map(|start| start + 3) else {
        return shown;
    };
    let Some(end) = shown[start..].rfind('@').map(|end| start + end) else {
        return shown;
    };
    match shown[start..end].find(':') {
        Some(colon) => format!("{}…{}", &shown[..=start + colon], &shown[end..]),
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            without_password("PG:host=h user=u password=secreto dbname=d"),
            "PG:host=h user=u password=… dbname=d"
        );
        assert_eq!(
            without_password("PG:postgresql://u:secreto@h/d"),
            "PG:postgresql://u:…@h/d"
        );
    }

    #[test]
    fn virtual_and_missing_paths_are_refused() {
        assert!(matches!(
            find("/vsicurl/http://x/a.geojson", None),
            Err(OpenError::VirtualPath(_))
        ));
        assert!(matches!(find("/no/hay/a.geojson", None), Err(OpenError::Missing(_))));
    }

    #[test]
    fn of_several_files_in_a_folder_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["rios.geojson", "lagos.geojson", ".oculto.geojson", "leame.txt"] {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let named = folder.path().to_str().unwrap();
        let Err(OpenError::SeveralLayers(names)) = find(named, None) else {
            unreachable!("there are two")
        };
        assert_eq!(names, ["lagos", "rios"]);
        assert!(find(named, Some("rios")).unwrap().dataset.ends_with("rios.geojson"));
        assert!(matches!(find(named, Some("mares")), Err(OpenError::NoSuchLayer { .. })));
    }
}
