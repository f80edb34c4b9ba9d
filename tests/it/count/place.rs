//! A relay's folder with the sample district, imported by the relay's own program, and a generated
//! year in its log.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use xunan_core::author::key_part;
use xunan_core::change::Change;
use xunan_core::id::{ActorId, ChangeHash, DeviceId, PersonId};
use xunan_core::register::{Device, Register, Table};
use xunan_core::testing::year::{District, Doc, Year, device_key, with_certificates_that_run_out};
use xunan_core::timestamp::Timestamp;
use xunan_relay::store::{Begin, Enrolment, NewRow, PushRecord, Store, StoreError, Writing};
use xunan_tests::{relay_output, root};

/// See the module. It stays in the folder of the build, to be looked at when a number differs.
pub(super) struct Place {
    folder: PathBuf,
    store: Store,
    pub(super) register: Register,
    pub(super) year: Year,
}

const SHEETS: [&str; 4] = ["单位.csv", "人员.csv", "年度检查计划.csv", "责任书目标.csv"];

impl Place {
    /// A year with so many inspections and findings.
    pub(super) fn new(
        name: &str,
        seed: u64,
        (inspections, findings): (usize, usize),
    ) -> Result<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        write_sheets(&folder.join("sheets"))?;
        let relay = folder.join("relay");
        let sheets = SHEETS.map(|name| folder.join("sheets").join(name));
        let files: Vec<String> = sheets
            .into_iter()
            .chain(checklists()?)
            .map(|path| path.display().to_string())
            .collect();
        let mut arguments = vec!["import", "--counted-from", "2026-01-01"];
        arguments.extend(files.iter().map(String::as_str));
        relay_output(&relay, &arguments)?;
        let store = Store::open(&relay, Begin::Never, Timestamp(0))?;
        let district = District::of(&Register::new(&store.read(|ask| ask.rows())?, None));
        let year = Year::generate(&district, seed, inspections, findings);
        let people: BTreeSet<PersonId> = district.people().collect();
        store.write(|edit| receive(edit, &people, &year))?;
        let register = Register::new(&store.read(|ask| ask.rows())?, None);
        Ok(Self {
            folder,
            store,
            register,
            year,
        })
    }
    /// Where the sheets are, as they were imported.
    pub(super) fn sheets(&self) -> PathBuf {
        self.folder.join("sheets")
    }
    /// What a command of the relay's program writes.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        relay_output(self.store.dir(), arguments)
    }
    /// The same, into a file.
    pub(super) fn output_to_file(&self, name: &str, arguments: &[&str]) -> Result<PathBuf> {
        let file = self.folder.join(name);
        fs::write(&file, self.output(arguments)?)?;
        Ok(file)
    }
}

/// The plan names them.
fn checklists() -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(root().join("sample/checklists"))?;
    let paths: Vec<PathBuf> = files
        .map(|file| file.map(|file| file.path()))
        .collect::<std::io::Result<_>>()?;
    let is_sheet = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "csv");
    Ok(paths.into_iter().filter(is_sheet).collect())
}

fn write_sheets(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for name in SHEETS {
        let path = root().join("sample/demo").join(name);
        let mut sheet = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if name == "人员.csv" {
            sheet = with_certificates_that_run_out(&sheet);
        }
        fs::write(folder.join(name), sheet)?;
    }
    Ok(())
}

/// Puts a year into the log as if its devices had sent it.
fn receive(edit: &Writing<'_>, people: &BTreeSet<PersonId>, year: &Year) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    let mut devices = BTreeMap::new();
    for person in people {
        let public_key = device_key(*person);
        let id = DeviceId::from_bytes(*person.as_bytes());
        let enrolment = Enrolment {
            id,
            person: *person,
            public_key,
        };
        edit.add_device(&enrolment, Timestamp(0))?;
        let device = Device {
            person: *person,
            public_key: hex::encode(public_key),
            platform: String::new(),
            revoked: None,
        };
        rows.push(NewRow {
            table: Table::Device,
            id: id.to_string(),
            valid_to: None,
            fields: json!(device),
        });
        devices.insert(key_part(&public_key), id);
    }
    let revision = edit.append_rows(&rows, Timestamp(0))?;
    for arrival in arrivals(year) {
        let push = edit.add_push(&PushRecord {
            n: 0,
            device: devices[&key_of(arrival.change.actor)],
            received: arrival.at,
            revision,
            root: [0; 32],
            signature: [0; 64],
            leaves: Vec::new(),
            held: false,
        })?;
        let history = &arrival.doc.history;
        let document = edit.document(history.id(), history.kind())?;
        edit.append(document, push, false, arrival.change.raw())?;
    }
    Ok(())
}

fn key_of(actor: ActorId) -> [u8; 16] {
    *actor.as_bytes().first_chunk().unwrap()
}

/// A change that comes to the relay.
struct Arrival<'y> {
    at: Timestamp,
    doc: &'y Doc,
    change: &'y Change,
}

/// All that reached the relay, in that order: nothing before what it depends on.
fn arrivals(year: &Year) -> Vec<Arrival<'_>> {
    let mut all = Vec::new();
    for doc in year.inspections.iter().chain(&year.findings) {
        let mut came: BTreeMap<ChangeHash, Timestamp> = BTreeMap::new();
        for (change, (_, entry)) in doc.changes.iter().zip(doc.history.entries()) {
            let deps = change.deps.iter().map(|dep| came.get(dep).copied());
            let times: Option<Vec<Timestamp>> = deps.chain([entry.received]).collect();
            // It is still on its device, or what it depends on is.
            let Some(at) = times.and_then(|times| times.into_iter().max()) else {
                continue;
            };
            came.insert(change.hash, at);
            all.push(Arrival { at, doc, change });
        }
    }
    all.sort_by_key(|arrival| arrival.at);
    all
}
