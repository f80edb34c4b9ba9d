//! A world: a relay with the sample district imported, and people.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;

use crate::relay::run;
use crate::{Person, Relay, root};

/// See the module. Its folder goes when it is dropped.
pub struct World {
    folder: TempDir,
    /// The relay.
    pub relay: Relay,
    devices: usize,
}

/// The sample, imported once for all worlds of this process.
fn imported() -> Result<&'static Path> {
    static IMPORTED: OnceLock<std::result::Result<TempDir, String>> = OnceLock::new();
    let imported = IMPORTED.get_or_init(|| {
        let import = || -> Result<TempDir> {
            let folder = TempDir::new()?;
            let year = this_year()?;
            let counted_from = format!("{year}-01-01");
            let files = sample_files()?;
            let mut arguments = vec!["import"];
            arguments.extend(files.iter().filter_map(|path| path.to_str()));
            arguments.extend([
                "--year",
                year.as_str(),
                "--counted-from",
                counted_from.as_str(),
            ]);
            run(folder.path(), &arguments)?;
            import_visit_of_this_month(folder.path(), &year)?;
            Ok(folder)
        };
        import().map_err(|error| format!("{error:#}"))
    });
    match imported {
        Ok(folder) => Ok(folder.path()),
        Err(words) => Err(anyhow::anyhow!("{words}")),
    }
}

/// A visit to 恒源化工 in this month, led by a leader, so that stories don't depend on the month.
fn import_visit_of_this_month(relay: &Path, year: &str) -> Result<()> {
    let month = date("+%-m")?;
    let rows = format!(
        "年度,检查单位,检查对象,计划月份,检查方式,检查表,检查人员,年度检查上限（次）\n\
         {year},东关街道办事处,青石区恒源化工有限公司,{month},领导带队,\
         危险化学品企业检查表、消防安全检查表,余卫东、王立新、万春梅,8\n"
    );
    let folder = TempDir::new()?;
    let file = folder.path().join("本月.csv");
    fs::write(&file, rows)?;
    run(relay, &["import", file.to_str().context("path")?])?;
    Ok(())
}

fn this_year() -> Result<String> {
    date("+%Y")
}

/// Today in the sample's zone, in a format of `date`.
pub(crate) fn date(format: &str) -> Result<String> {
    let output = std::process::Command::new("date")
        .env("TZ", "Asia/Shanghai")
        .arg(format)
        .output();
    Ok(String::from_utf8(output.context("date")?.stdout)?
        .trim()
        .to_owned())
}

/// The sample's workbook and checklists.
fn sample_files() -> Result<Vec<PathBuf>> {
    let sample = root().join("sample");
    let mut files = vec![sample.join("demo/青石区责任制台账.xlsx")];
    for entry in fs::read_dir(sample.join("checklists"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

impl World {
    /// A relay with the sample district of this year, counted from its first day.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn new() -> Result<Self> {
        let folder = TempDir::new()?;
        let relay_folder = folder.path().join("relay");
        copy(imported()?, &relay_folder)?;
        let relay = Relay::start(&relay_folder)?;
        Ok(Self {
            folder,
            relay,
            devices: 0,
        })
    }

    /// The world's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// An invitation's code for a person, by name or phone number.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn invite(&self, who: &str) -> Result<String> {
        let invitation = self.relay.json(&["invite", "--person", who, "--json"])?;
        let code = invitation.get("code").and_then(Value::as_str);
        code.map(str::to_owned)
            .context("an invitation without a code")
    }

    /// A new device's folder.
    pub fn device_folder(&mut self) -> PathBuf {
        self.devices += 1;
        self.folder.path().join(format!("device-{}", self.devices))
    }

    /// A person on a new device, enrolled and synced.
    ///
    /// # Errors
    /// If that fails.
    pub fn person(&mut self, who: &str) -> Result<Person> {
        let code = self.invite(who)?;
        let folder = self.device_folder();
        let mut person = Person::start(who, &folder, Some((&self.relay.url(), &code)))?;
        person.sync()?;
        Ok(person)
    }
}
