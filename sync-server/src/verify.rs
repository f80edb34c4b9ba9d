//! Goes through the whole log as if it had just come in, and says the first thing that is wrong:
//! rules 1–13, hashes, signatures, audiences, blobs. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use xunan_core::author::{key_part, push_message, root, verify as verify_signature};
use xunan_core::change::{Admission, Change, ChangeNo, History};
use xunan_core::code::Code;
use xunan_core::id::{ChangeHash, DeviceId, DocId, Sha256};
use xunan_core::permit::{InspectionFacts, Records, Verdict, may};
use xunan_core::register::Register;

use crate::blob::Blobs;
use crate::registers::Registers;
use crate::scope::subjects_of_record;
use crate::store::{DeviceRecord, LoggedChange, PushRecord, Reading, Store, StoreError};

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// SQLite's own check.
    #[error("the database file is damaged: {0}")]
    File(String),
    /// A change breaks a rule.
    #[error("change {position} of the log (record {document}) breaks rule {rule}: {code}")]
    Change {
        /// In the log.
        position: u64,
        /// Its record.
        document: DocId,
        /// Which rule.
        rule: u8,
        /// Why.
        code: Code,
    },
    /// A change depends on what the log doesn't have before it.
    #[error("change {position} of the log (record {document}) stands before what it depends on")]
    Order {
        /// In the log.
        position: u64,
        /// Its record.
        document: DocId,
    },
    /// A push's root isn't over its leaves, or its signature isn't the device's.
    #[error("push {push} of device {device} is not proved by its signature")]
    Signature {
        /// Its number.
        push: i64,
        /// The device.
        device: DeviceId,
    },
    /// A change that the push's signature doesn't cover.
    #[error("change {position} of the log is not covered by the signature of push {push}")]
    Uncovered {
        /// In the log.
        position: u64,
        /// The push.
        push: i64,
    },
    /// The register and the devices' table disagree.
    #[error("device {0} is not the one that the register has")]
    Device(DeviceId),
    /// An audience isn't what register and record say.
    #[error("the audience of record {0} is not what register and record say")]
    Audience(DocId),
    /// A blob.
    #[error("blob {hash}: {fault}")]
    Blob {
        /// Its name.
        hash: Sha256,
        /// What is wrong with it.
        fault: &'static str,
    },
}

/// What was gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Changes of the log.
    pub changes: usize,
    /// Records.
    pub records: usize,
    /// Pushes.
    pub pushes: usize,
    /// Blobs.
    pub blobs: usize,
}

/// Verifies everything that is stored.
pub fn verify(store: &Store) -> Result<Verified, VerifyError> {
    if let Some(fault) = store.file_faults()? {
        return Err(VerifyError::File(fault));
    }
    let registers = Registers::default();
    registers.reload(store)?;
    store.read(|ask| {
        let devices = devices(ask, &registers.newest().register)?;
        let mut pass = Pass {
            organisation: *store.identity(),
            registers: &registers,
            devices,
            pushes: pushes(ask)?,
            histories: BTreeMap::new(),
            leaves: BTreeMap::new(),
            placed: Vec::new(),
        };
        pass.signatures(ask)?;
        ask.each_change(0..=u64::MAX, |logged| {
            pass.change(&logged)?;
            Ok::<_, VerifyError>(ControlFlow::Continue(()))
        })?;
        pass.coverage()?;
        pass.audiences(ask)?;
        let blobs = blobs(ask, store)?;
        Ok(Verified {
            changes: pass.placed.len(),
            records: pass.histories.len(),
            pushes: pass.pushes.len(),
            blobs,
        })
    })
}

fn devices(
    ask: &Reading<'_>,
    register: &Register,
) -> Result<BTreeMap<DeviceId, DeviceRecord>, VerifyError> {
    let mut devices = BTreeMap::new();
    for device in ask.devices()? {
        let row = register.device(device.id);
        let agrees = row.is_some_and(|row| {
            row.person == device.person && row.public_key == hex::encode(device.public_key)
        });
        if !agrees {
            return Err(VerifyError::Device(device.id));
        }
        devices.insert(device.id, device);
    }
    Ok(devices)
}

fn pushes(ask: &Reading<'_>) -> Result<BTreeMap<i64, PushRecord>, VerifyError> {
    let mut pushes = BTreeMap::new();
    for n in ask.pushes()? {
        pushes.insert(n, ask.push(n)?);
    }
    Ok(pushes)
}

fn blobs(ask: &Reading<'_>, store: &Store) -> Result<usize, VerifyError> {
    let files = Blobs::open(store.dir())?;
    let blobs = ask.blobs()?;
    for (hash, size) in &blobs {
        if let Some(fault) = files.fault(*hash, *size) {
            return Err(VerifyError::Blob { hash: *hash, fault });
        }
    }
    Ok(blobs.len())
}

struct Pass<'a> {
    organisation: crate::store::Identity,
    registers: &'a Registers,
    devices: BTreeMap<DeviceId, DeviceRecord>,
    pushes: BTreeMap<i64, PushRecord>,
    histories: BTreeMap<DocId, History>,
    /// By push and document: the changes that its signature names.
    leaves: BTreeMap<(i64, DocId), BTreeSet<ChangeHash>>,
    placed: Vec<Placed>,
}

/// A change of the log and where it stands in its record.
struct Placed {
    position: u64,
    push: i64,
    document: DocId,
    change: ChangeNo,
}

impl Pass<'_> {
    /// The signature of each push, over the root of its leaves.
    fn signatures(&mut self, ask: &Reading<'_>) -> Result<(), VerifyError> {
        for (n, push) in &self.pushes {
            let wrong = || VerifyError::Signature {
                push: *n,
                device: push.device,
            };
            let leaves = read_leaves(&push.leaves).ok_or_else(wrong)?;
            let device = self.devices.get(&push.device).ok_or_else(wrong)?;
            let message = push_message(self.organisation.organisation, &push.root);
            let proved = root(&leaves) == push.root
                && verify_signature(&device.public_key, &message, &push.signature).is_ok();
            if !proved {
                return Err(wrong());
            }
            for (document, hash) in leaves {
                self.leaves.entry((*n, document)).or_default().insert(hash);
            }
            // A refused change may be the leaf that covers appended ones before it: descendants
            // come after their ancestors in a part, so from the last on one look each suffices.
            for refusal in ask.refusals(*n)?.into_iter().rev() {
                let leaves = self.leaves.entry((*n, refusal.document)).or_default();
                match Change::read(&refusal.raw) {
                    Ok(change) if leaves.contains(&change.hash) => leaves.extend(change.deps),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Whether each change is its push's leaf or an ancestor of it.
    fn coverage(&self) -> Result<(), VerifyError> {
        for placed in &self.placed {
            let (push, document) = (placed.push, placed.document);
            let Some(history) = self.histories.get(&document) else {
                continue;
            };
            let leaves = self.leaves.get(&(push, document)).into_iter().flatten();
            let mut known = leaves.filter_map(|leaf| history.number_of(leaf)).peekable();
            let waits = known.peek().is_none() && self.pushes.get(&push).is_some_and(|p| p.held);
            if !waits && !known.any(|leaf| history.saw(leaf, placed.change)) {
                return Err(VerifyError::Uncovered {
                    position: placed.position,
                    push,
                });
            }
        }
        Ok(())
    }

    /// One change: rules 1–13, and that the push's signature covers it.
    fn change(&mut self, logged: &LoggedChange) -> Result<(), VerifyError> {
        let (position, document) = (logged.position, logged.document);
        let broken = |rule, code| VerifyError::Change {
            position,
            document,
            rule,
            code,
        };
        let change = Change::read(&logged.raw).map_err(|i| broken(i.rule, i.code))?;
        let push = self
            .pushes
            .get(&logged.push)
            .ok_or(StoreError::Unreadable("a change without its push"))?;
        let device = self
            .devices
            .get(&push.device)
            .ok_or(VerifyError::Device(push.device))?;
        if !change.actor.belongs_to(&key_part(&device.public_key)) {
            return Err(broken(12, Code::PermitActor));
        }
        let empty = History::new(document, logged.kind);
        let history = self.histories.get(&document).unwrap_or(&empty);
        match history.admit(&change).map_err(|i| broken(i.rule, i.code))? {
            Admission::New => {}
            Admission::Known | Admission::Held { .. } => {
                return Err(VerifyError::Order { position, document });
            }
        }
        let register = self.registers.at(push.revision);
        let right = may(&register, device.person, history, &change, self);
        match right.map_err(|refused| broken(13, refused.code))? {
            Verdict::Allowed => {}
            Verdict::Held(_) => return Err(VerifyError::Order { position, document }),
        }
        let received = push.received;
        let history = self.histories.entry(document).or_insert(empty);
        let no = history.append(&change);
        history.set_received(&change.hash, received);
        self.placed.push(Placed {
            position,
            push: logged.push,
            document,
            change: no,
        });
        Ok(())
    }

    /// Audiences, if they were worked out by the newest register.
    fn audiences(&self, ask: &Reading<'_>) -> Result<(), VerifyError> {
        let known = self.registers.newest();
        if known.rights_changed_after(ask.audience_revision()?) {
            return Ok(());
        }
        for (id, history) in &self.histories {
            let subjects = subjects_of_record(&known.register, history, self);
            if subjects != ask.audience(*id)? {
                return Err(VerifyError::Audience(*id));
            }
        }
        Ok(())
    }
}

impl Records for Pass<'_> {
    fn inspection(&self, id: DocId) -> Option<InspectionFacts> {
        self.histories.get(&id).and_then(InspectionFacts::of)
    }
}

fn read_leaves(bytes: &[u8]) -> Option<Vec<(DocId, ChangeHash)>> {
    let mut leaves = Vec::new();
    let mut rest = bytes;
    while let Some((document, after)) = rest.split_first_chunk::<16>() {
        let (hash, after) = after.split_first_chunk::<32>()?;
        leaves.push((DocId::from_bytes(*document), ChangeHash::from_bytes(*hash)));
        rest = after;
    }
    rest.is_empty().then_some(leaves)
}
