//! The repository's own rules, as tests: dependency edges, sizes, module docs, paths, lock files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::root;

/// Every file that git would keep, relative to the root.
fn files() -> Vec<PathBuf> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    let listed = String::from_utf8(output.stdout).unwrap();
    let paths = listed
        .lines()
        .map(PathBuf::from)
        .filter(|p| root().join(p).is_file());
    paths.collect()
}

fn with_extension(wanted: &[&str]) -> Vec<(PathBuf, String)> {
    let fits = |p: &PathBuf| {
        p.extension()
            .is_some_and(|e| wanted.iter().any(|w| e == *w))
    };
    let paths = files().into_iter().filter(fits);
    paths
        .map(|p| (p.clone(), fs::read_to_string(root().join(p)).unwrap()))
        .collect()
}

/// A text up to where its tests begin.
fn before<'a>(text: &'a str, tests: &str) -> &'a str {
    text.split_once(tests).map_or(text, |(before, _)| before)
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// ui → (host) → device → core; sync-server → core; tests, bench and xtask may see all, and nothing
/// sees them.
#[test]
fn dependencies_point_one_way() {
    let allowed: &[(&str, &[&str])] = &[
        ("xunan-core", &[]),
        ("xunan-device", &["xunan-core"]),
        ("xunan-relay", &["xunan-core"]),
        ("xunan-app", &["xunan-core", "xunan-device"]),
        ("xunan-web", &["xunan-core", "xunan-device"]),
    ];
    let mut command = Command::new(env!("CARGO"));
    command.args([
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
        "--offline",
    ]);
    let output = command.current_dir(root()).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    for (name, may_use) in allowed {
        let package = packages.iter().find(|p| p["name"] == *name).unwrap();
        let dependencies = package["dependencies"].as_array().unwrap();
        let normal = dependencies.iter().filter(|d| d["kind"].is_null());
        let ours: BTreeSet<&str> = normal
            .filter_map(|d| d["name"].as_str())
            .filter(|n| n.starts_with("xunan-"))
            .collect();
        let allowed: BTreeSet<&str> = may_use.iter().copied().collect();
        assert!(ours.is_subset(&allowed), "{name} uses {ours:?}");
    }
}

#[test]
fn screens_import_vant_in_the_kit_alone_and_hosts_in_the_api_alone() {
    let mut found = Vec::new();
    for (path, text) in with_extension(&["ts", "vue", "css"]) {
        let shown = path.display().to_string();
        if !shown.starts_with("ui/src/") {
            continue;
        }
        for line in text
            .lines()
            .filter(|l| l.contains("from ") || l.contains("import "))
        {
            let vant = line.contains("'vant") || line.contains("\"vant");
            if vant && !shown.starts_with("ui/src/kit/") && !shown.starts_with("ui/src/style/") {
                found.push(format!("{shown}: vant outside the kit: {line}"));
            }
            if line.contains("@tauri-apps") && !shown.starts_with("ui/src/api/") {
                found.push(format!("{shown}: a host outside the api: {line}"));
            }
        }
    }
    none(&found);
}

#[test]
fn features_of_the_screens_do_not_import_each_other() {
    let mut found = Vec::new();
    for (path, text) in with_extension(&["ts", "vue"]) {
        let Ok(inside) = path.strip_prefix("ui/src/features") else {
            continue;
        };
        let own = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .to_owned();
        for line in text
            .lines()
            .filter(|l| l.contains("features/") && l.contains("from "))
        {
            if !line.contains(&format!("features/{own}")) {
                found.push(format!("{}: {line}", path.display()));
            }
        }
    }
    none(&found);
}

/// rusqlite stays in the stores, axum in the relay's http and app, Automerge in core.
#[test]
fn libraries_stay_in_their_rooms() {
    let rooms: &[(&str, &[&str])] = &[
        ("automerge::", &["core/", "tests/", "bench/src/peers/"]),
        (
            "axum::",
            &[
                "sync-server/src/http/",
                "sync-server/src/app.rs",
                "sync-server/src/cli/",
                "sync-server/tests/",
                "tests/",
                "bench/src/peers/",
            ],
        ),
    ];
    let mut found = Vec::new();
    for (path, text) in with_extension(&["rs"]) {
        let shown = path.display().to_string();
        for (library, rooms) in rooms {
            let used = text
                .lines()
                .any(|l| !l.trim_start().starts_with("//") && l.contains(library));
            if used && !shown.starts_with("xtask/") && !rooms.iter().any(|r| shown.starts_with(r)) {
                found.push(format!("{shown} uses {library}"));
            }
        }
    }
    none(&found);
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let lacking = with_extension(&["rs"])
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| format!("{} has no module doc", path.display()));
    none(&lacking.collect::<Vec<_>>());
}

#[test]
fn no_file_grew_out_of_its_shape() {
    let is_test = |p: &str| {
        p.contains("/tests/")
            || p.starts_with("tests/")
            || p.ends_with("tests.rs")
            || p.contains("/it/")
            || p.contains("/types/")
            || p.contains(".test.")
    };
    let mut found = Vec::new();
    for (path, text) in with_extension(&["rs", "vue"]) {
        let shown = path.display().to_string();
        let lines = before(&text, "#[cfg(test)]\nmod tests {").lines().count();
        // About 400 is the aim; this is the largest of today, and it only goes down.
        let limit = if shown.ends_with(".vue") { 250 } else { 550 };
        if !is_test(&shown) && lines > limit {
            found.push(format!("{shown} has {lines} lines"));
        }
    }
    none(&found);
}

#[test]
fn nothing_names_a_machine_or_a_mirror() {
    let mut found = Vec::new();
    for (path, text) in with_extension(&[
        "rs", "ts", "vue", "toml", "json", "md", "lock", "css", "py", "mjs",
    ]) {
        let shown = path.display().to_string();
        if shown == "xtask/src/tidy.rs" {
            continue;
        }
        for (n, line) in text.lines().enumerate() {
            let own_path =
                line.contains("/work/main") || line.contains("/work/h/") || line.contains("/root/");
            let lock = shown.ends_with("Cargo.lock") || shown.ends_with("package-lock.json");
            let standard = line.contains("github.com/rust-lang/crates.io-index")
                || line.contains("https://registry.npmjs.org/");
            let resolved = line.contains("\"resolved\"") || line.starts_with("source = ");
            if own_path || (lock && resolved && !standard) {
                found.push(format!("{shown}:{}: {}", n.saturating_add(1), line.trim()));
            }
        }
    }
    none(&found);
}

#[test]
fn architecture_names_files_that_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut checked = 0;
    for piece in text.split('`').skip(1).step_by(2) {
        let looks_like_path = piece.contains('/') && !piece.contains([' ', '<', '{', '*', ':']);
        if looks_like_path {
            assert!(
                root().join(Path::new(piece)).exists(),
                "ARCHITECTURE.md names {piece}"
            );
            checked += 1;
        }
    }
    assert!(checked >= 12, "the walk of one tap names real files");
}

/// What a document links to is there, its pictures too.
#[test]
fn documents_link_to_files_that_exist() {
    let mut found = Vec::new();
    let mut checked = 0;
    for (path, text) in with_extension(&["md"]) {
        let document = root().join(&path);
        let folder = document.parent().unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            if !folder.join(target).exists() {
                found.push(format!("{} links to {target}", path.display()));
            }
            checked += 1;
        }
    }
    none(&found);
    assert!(
        checked >= 40,
        "documents link to each other and to pictures"
    );
}

#[test]
fn the_heart_of_core_stays_small() {
    let heart = ["core/src/change", "core/src/wire/batch"];
    let mut lines = 0;
    for (path, text) in with_extension(&["rs"]) {
        let shown = path.display().to_string();
        let inside = heart.iter().any(|h| shown.starts_with(h));
        // `holes.rs` is the tests of the rules.
        let is_test = shown.ends_with("tests.rs") || shown.ends_with("holes.rs");
        if inside && !is_test {
            lines += before(&text, "#[cfg(test)]").lines().count();
        }
    }
    assert!(
        lines <= 2000,
        "reader, writer, index and packed form have {lines} lines"
    );
}
