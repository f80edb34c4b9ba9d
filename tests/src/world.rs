//! A world: a relay with the sample district imported, and people.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Person, Relay, program, relay_command, root};

/// Sites whose names have 18 characters or more.
const LONG_SITES: [&str; 2] = [
    "东关海峡两岸合作示范园区高新材料研究院",
    "东关街道新能源汽车动力电池回收处理中心",
];
/// People whose names have 18 characters.
const LONG_PEOPLE: [&str; 2] = [
    "阿依古丽·买买提江·吐尔逊阿卜杜热合",
    "古丽巴哈尔·阿卜杜热西提·艾尔肯别克",
];

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
            relay_command(folder.path(), &arguments)?;
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
    relay_command(relay, &["import", file.to_str().context("path")?])?;
    Ok(())
}

/// Sites and people whose names have 18 characters, as real ones do, with a visit of this month.
fn import_long_names(relay: &Path) -> Result<()> {
    let (year, month) = (this_year()?, date("+%-m")?);
    let [institute, centre] = LONG_SITES;
    let [officer, principal] = LONG_PEOPLE;
    let files = [
        (
            "单位.csv",
            format!(
                "单位名称,层级,上级单位（属地）,行业,行业主管部门,地址,风险等级,从业人数,统一社会信用代码\n\
                 {institute},生产经营单位,东关街道办事处,危险化学品,青石区应急管理局,\
                 东关街道北环路一百八十八号创新大厦附楼三层,红,86,91370200MA3LN0001M\n\
                 {centre},生产经营单位,东关街道办事处,一般工商贸,青石区应急管理局,北环路9号,橙,12,91370200MA3LN0002Q\n"
            ),
        ),
        (
            "人员.csv",
            format!(
                "姓名,手机号,单位,职务,岗位类别,执法证号,证件有效期\n\
                 {officer},19911110001,东关街道办事处,安全检查员,检查人员,15009990001,2035-06-30\n\
                 {principal},19911110002,{institute},总经理兼安全生产委员会主任,企业主要负责人,,\n"
            ),
        ),
        (
            "计划.csv",
            format!(
                "年度,检查单位,检查对象,计划月份,检查方式,检查表,检查人员,年度检查上限（次）\n\
                 {year},东关街道办事处,{institute},{month},日常,危险化学品企业检查表,{officer}、万春梅,6\n\
                 {year},东关街道办事处,{centre},{month},日常,消防安全检查表,{officer}、万春梅,6\n"
            ),
        ),
    ];
    let folder = TempDir::new()?;
    for (name, rows) in files {
        let file = folder.path().join(name);
        fs::write(&file, rows)?;
        relay_command(relay, &["import", file.to_str().context("path")?])?;
    }
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
///
/// # Errors
/// If the sample isn't there.
pub fn sample_files() -> Result<Vec<PathBuf>> {
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

/// What a script of `tests/browser` is told, in its environment, of a relay and the app that it serves.
#[must_use]
pub fn told(relay: &Relay, app: &Path) -> (&'static str, String) {
    let told = json!({
        "url": relay.url(),
        "folder": relay.folder(),
        "relay": program("xunan-relay"),
        "person": program("xunan-person"),
        "app": app,
    });
    ("XUNAN_WORLD", told.to_string())
}

/// Copies a folder with all that is in it.
///
/// # Errors
/// The file system's.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
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
        Self::begun(None)
    }

    /// The same, with the app for browsers at the relay's address. It serves a copy ([`Self::app`]),
    /// so that a test can put a new version there.
    ///
    /// # Errors
    /// If it can't be made.
    pub fn serving(app: &Path) -> Result<Self> {
        Self::begun(Some(app))
    }

    fn begun(app: Option<&Path>) -> Result<Self> {
        let folder = TempDir::new()?;
        let relay_folder = folder.path().join("relay");
        copy_folder(imported()?, &relay_folder)?;
        let served = folder.path().join("app");
        let web = match app {
            Some(app) => copy_folder(app, &served).map(|()| Some(served.as_path()))?,
            None => None,
        };
        let relay = Relay::start(&relay_folder, web)?;
        Ok(Self {
            folder,
            relay,
            devices: 0,
        })
    }

    /// Imports sites and people whose names have 18 characters.
    ///
    /// # Errors
    /// If that fails.
    pub fn import_long_names(&self) -> Result<()> {
        import_long_names(&self.folder.path().join("relay"))
    }

    /// The world's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the app that the relay serves is.
    #[must_use]
    pub fn app(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    /// What a script of `tests/browser` is told, in its environment.
    #[must_use]
    pub fn told(&self) -> (&'static str, String) {
        told(&self.relay, &self.app())
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
