//! People with devices who write in one record, apart and together, as the dice fall: independent
//! roots, conflicts, equal values put apart, merges cut anywhere.

use xunan_core::change::{Change, History, Scalar};
use xunan_core::id::{ActorId, DocId};
use xunan_core::record::RecordKind;
use xunan_core::timestamp::Timestamp;

use crate::dice::Dice;

/// 2026-12-01, noon.
pub(crate) const NOON: Timestamp = Timestamp(1_796_097_600_000);

const KEYS: [&str; 9] = [
    "a/k1/1", "a/k1/2", "a/k1/3", "n/k1/1", "basis", "end", "list/k1", "rep", "team/x",
];

/// A device: its writer, its index, and its changes in the order in which it got them.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) actor: ActorId,
    pub(crate) history: History,
    pub(crate) log: Vec<Change>,
}

impl Device {
    pub(crate) fn new(actor: ActorId, id: DocId, kind: RecordKind) -> Self {
        Self {
            actor,
            history: History::new(id, kind),
            log: Vec::new(),
        }
    }
    pub(crate) fn take(&mut self, change: &Change) {
        let known = self.history.len();
        self.history
            .accept(change)
            .expect("an honest change is admitted");
        if self.history.len() > known {
            self.log.push(change.clone());
        }
    }
    /// Writes what the dice say; the first change of a device that has nothing is a root.
    pub(crate) fn write(&mut self, dice: &mut Dice) -> Change {
        let puts = if self.history.is_empty() {
            root_puts(&self.history)
        } else {
            self.puts(dice)
        };
        let time = NOON.plus(dice.below(86_400_000) as i64);
        let change = self.history.compose(self.actor, time, puts).unwrap();
        self.take(&change);
        change
    }
    fn puts(&self, dice: &mut Dice) -> Vec<(String, Scalar)> {
        let most = if dice.one_in(12) { 40 } else { 3 };
        let mut puts: Vec<(String, Scalar)> = Vec::new();
        for n in 0..=dice.below(most) {
            let key = if n < 4 {
                (*dice.pick(&KEYS)).to_owned()
            } else {
                format!("a/k2/{n}")
            };
            if puts.iter().all(|(other, _)| *other != key) {
                puts.push((key, value(dice)));
            }
        }
        if dice.one_in(4) {
            let event = format!("ev/{}", self.history.next_event_id(self.actor));
            puts.insert(
                dice.below(puts.len()),
                (event, r#"{"k":"commented"}"#.into()),
            );
        }
        puts
    }
}

/// What begins a record.
pub(crate) fn root_puts(history: &History) -> Vec<(String, Scalar)> {
    vec![
        ("id".into(), Scalar::Bytes(history.id().as_bytes().to_vec())),
        ("v".into(), history.kind().version().into()),
        ("site".into(), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b".into()),
        ("kind".into(), "routine".into()),
    ]
}

fn value(dice: &mut Dice) -> Scalar {
    match dice.below(12) {
        0 => Scalar::Null,
        1 => Scalar::Bool(dice.one_in(2)),
        2 => Scalar::Int(dice.roll().cast_signed() >> dice.below(64)),
        3 => Scalar::Uint(dice.roll() >> dice.below(64)),
        4 => Scalar::Time(NOON.0 + dice.below(1_000_000) as i64),
        5 => Scalar::Time((dice.roll().cast_signed() >> 11) >> dice.below(50)),
        6 => "灭火器压力不足,".repeat(1 + dice.below(40)).into(),
        // Few, so that equal ones are put apart.
        _ => (*dice.pick(&["ok", "fail", "na", "20.9", ""])).into(),
    }
}

/// Some devices on one record.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) devices: Vec<Device>,
}

impl World {
    /// So many devices that did so many steps: each writes, or gets some of another's changes.
    pub(crate) fn grown(dice: &mut Dice, devices: usize, steps: usize) -> Self {
        let id = DocId::from_bytes(dice.bytes());
        let device = |_| {
            Device::new(
                ActorId::from_bytes(dice.bytes()),
                id,
                RecordKind::Inspection,
            )
        };
        let mut world = Self {
            devices: (0..devices).map(device).collect(),
        };
        for _ in 0..steps {
            world.step(dice);
        }
        world
    }
    pub(crate) fn step(&mut self, dice: &mut Dice) {
        let (to, from) = (
            dice.below(self.devices.len()),
            dice.below(self.devices.len()),
        );
        if to == from || dice.one_in(2) {
            self.devices[to].write(dice);
        } else {
            let log = self.devices[from].log.clone();
            let end = if dice.one_in(2) {
                log.len()
            } else {
                dice.below(log.len() + 1)
            };
            log[..end]
                .iter()
                .for_each(|change| self.devices[to].take(change));
        }
    }
    /// Every device gets everything.
    pub(crate) fn settle(&mut self) {
        let all: Vec<Change> = self
            .devices
            .iter()
            .flat_map(|device| device.log.clone())
            .collect();
        for device in &mut self.devices {
            all.iter().for_each(|change| device.take(change));
        }
    }
}
