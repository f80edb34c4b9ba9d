//! A second writer of changes, which writes whatever it is told to: other types, wrong counters,
//! lying lengths. For honest content its bytes are those of the real one.

use sha2::{Digest, Sha256};
use xunan_core::change::{Change, Op, Scalar};
use xunan_core::id::ActorId;

use crate::dice::Dice;

/// A change, as loose as bytes allow.
#[derive(Debug, Clone)]
pub(crate) struct Forgery {
    pub(crate) chunk_type: u8,
    pub(crate) deps: Vec<[u8; 32]>,
    pub(crate) actor: Vec<u8>,
    pub(crate) seq: u64,
    pub(crate) start_op: u64,
    pub(crate) time: i64,
    pub(crate) message: Vec<u8>,
    /// Named although no op does.
    pub(crate) more_actors: Vec<Vec<u8>>,
    pub(crate) ops: Vec<ForgedOp>,
    /// Never runs, only single values.
    pub(crate) without_runs: bool,
    pub(crate) more_column: Option<(u64, Vec<u8>)>,
    pub(crate) cargo: Vec<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct ForgedOp {
    pub(crate) key: Vec<u8>,
    pub(crate) insert: bool,
    pub(crate) action: u64,
    pub(crate) tag: u8,
    pub(crate) bytes: Vec<u8>,
    pub(crate) pred: Vec<(i64, Vec<u8>)>,
}

pub(crate) fn leb(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(crate) fn sleb(out: &mut Vec<u8>, mut number: i64) {
    while !(-64..64).contains(&number) {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0] & 0x7f);
}

fn prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    leb(out, bytes.len() as u64);
    out.extend(bytes);
}

fn value(value: &Scalar) -> (u8, Vec<u8>) {
    let mut bytes = Vec::new();
    let tag = match value {
        Scalar::Null => 0,
        Scalar::Bool(yes) => 1 + u8::from(*yes),
        Scalar::Uint(number) => {
            leb(&mut bytes, *number);
            3
        }
        Scalar::Int(number) => {
            sleb(&mut bytes, *number);
            4
        }
        Scalar::Text(text) => {
            bytes.extend(text.bytes());
            6
        }
        Scalar::Bytes(own) => {
            bytes.extend(own);
            7
        }
        Scalar::Time(millis) => {
            sleb(&mut bytes, *millis);
            9
        }
    };
    (tag, bytes)
}

impl Forgery {
    /// Exactly this honest change.
    pub(crate) fn of(change: &Change) -> Self {
        let op = |op: &Op| {
            let (tag, bytes) = value(&op.value);
            let pred = |pred: &xunan_core::change::OpId| {
                (i64::from(pred.counter), pred.actor.as_bytes().to_vec())
            };
            let pred = op.pred.iter().map(pred).collect();
            ForgedOp {
                key: op.key.clone().into_bytes(),
                insert: false,
                action: 1,
                tag,
                bytes,
                pred,
            }
        };
        Self {
            chunk_type: 1,
            deps: change.deps.iter().map(|dep| *dep.as_bytes()).collect(),
            actor: change.actor.as_bytes().to_vec(),
            seq: change.seq.into(),
            start_op: change.start_op.into(),
            time: change.time.0,
            message: Vec::new(),
            more_actors: Vec::new(),
            ops: change.ops.iter().map(op).collect(),
            without_runs: false,
            more_column: None,
            cargo: Vec::new(),
        }
    }

    fn other_actors(&self) -> Vec<Vec<u8>> {
        let named = self
            .ops
            .iter()
            .flat_map(|op| &op.pred)
            .map(|(_, actor)| actor.clone());
        let mut others: Vec<Vec<u8>> = named.filter(|actor| *actor != self.actor).collect();
        others.extend(self.more_actors.iter().cloned());
        others.sort();
        others.dedup();
        others
    }

    fn runs<T: PartialEq>(&self, values: &[T], put: impl Fn(&mut Vec<u8>, &T)) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < values.len() {
            let same = values[at..]
                .iter()
                .take_while(|next| **next == values[at])
                .count();
            if same > 1 && !self.without_runs {
                sleb(&mut out, same as i64);
                put(&mut out, &values[at]);
                at += same;
                continue;
            }
            let single = |n: &usize| {
                self.without_runs || values.get(n + 1).is_none_or(|next| *next != values[*n])
            };
            let end = (at..values.len())
                .take_while(single)
                .last()
                .map_or(at + 1, |last| last + 1);
            sleb(&mut out, -((end - at) as i64));
            values[at..end]
                .iter()
                .for_each(|value| put(&mut out, value));
            at = end;
        }
        out
    }

    fn columns(&self) -> Vec<(u64, Vec<u8>)> {
        let ops = &self.ops;
        let others = self.other_actors();
        let preds: Vec<&(i64, Vec<u8>)> = ops.iter().flat_map(|op| &op.pred).collect();
        let number = |actor: &Vec<u8>| {
            others
                .iter()
                .position(|other| other == actor)
                .map_or(0, |n| n as u64 + 1)
        };
        let actors: Vec<u64> = preds.iter().map(|(_, actor)| number(actor)).collect();
        let counters: Vec<i64> = preds.iter().map(|(counter, _)| *counter).collect();
        let steps: Vec<i64> = (0..counters.len())
            .map(|n| counters[n].wrapping_sub(if n == 0 { 0 } else { counters[n - 1] }))
            .collect();
        let mut inserts = Vec::new();
        let mut inserting = false;
        let mut count = 0;
        for op in ops {
            if op.insert != inserting {
                leb(&mut inserts, std::mem::take(&mut count));
                inserting = op.insert;
            }
            count += 1;
        }
        leb(&mut inserts, count);
        let unsigned = |out: &mut Vec<u8>, number: &u64| leb(out, *number);
        let each = |of: &dyn Fn(&ForgedOp) -> u64| ops.iter().map(of).collect::<Vec<u64>>();
        let keys: Vec<&Vec<u8>> = ops.iter().map(|op| &op.key).collect();
        let metas = each(&|op| (op.bytes.len() as u64) << 4 | u64::from(op.tag));
        let mut columns = vec![
            (0x15, self.runs(&keys, |out, key| prefixed(out, key))),
            (0x34, inserts),
            (0x42, self.runs(&each(&|op| op.action), unsigned)),
            (0x56, self.runs(&metas, unsigned)),
            (0x57, ops.iter().flat_map(|op| op.bytes.clone()).collect()),
            (0x70, self.runs(&each(&|op| op.pred.len() as u64), unsigned)),
            (0x71, self.runs(&actors, unsigned)),
            (0x73, self.runs(&steps, |out, step| sleb(out, *step))),
        ];
        columns.extend(self.more_column.clone());
        columns.sort_by_key(|(name, _)| *name);
        columns.retain(|(_, bytes)| !bytes.is_empty());
        columns
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        self.body_around(&self.columns())
    }

    /// The body with these columns instead of its own.
    pub(crate) fn body_around(&self, columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
        let mut body = Vec::new();
        leb(&mut body, self.deps.len() as u64);
        self.deps.iter().for_each(|dep| body.extend(dep));
        prefixed(&mut body, &self.actor);
        leb(&mut body, self.seq);
        leb(&mut body, self.start_op);
        sleb(&mut body, self.time);
        prefixed(&mut body, &self.message);
        let others = self.other_actors();
        leb(&mut body, others.len() as u64);
        others.iter().for_each(|actor| prefixed(&mut body, actor));
        leb(&mut body, columns.len() as u64);
        for (name, bytes) in columns {
            leb(&mut body, *name);
            leb(&mut body, bytes.len() as u64);
        }
        columns.iter().for_each(|(_, bytes)| body.extend(bytes));
        body.extend(&self.cargo);
        body
    }

    pub(crate) fn raw(&self) -> Vec<u8> {
        chunk(self.chunk_type, &self.body())
    }
}

/// A chunk around a body, with its right checksum.
pub(crate) fn chunk(chunk_type: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![chunk_type];
    prefixed(&mut hashed, body);
    let checksum = &Sha256::digest(&hashed)[..4];
    [&[0x85, 0x6f, 0x4a, 0x83], checksum, &hashed].concat()
}

/// What a liar finds lying about: actors, hashes, keys of the document that he attacks.
pub(crate) struct Loot {
    pub(crate) actors: Vec<ActorId>,
    pub(crate) hashes: Vec<[u8; 32]>,
    pub(crate) keys: Vec<String>,
    pub(crate) ops: Vec<(i64, Vec<u8>)>,
}

impl Forgery {
    /// Changes one thing about it.
    pub(crate) fn bend(&mut self, dice: &mut Dice, loot: &Loot) {
        match dice.below(5) {
            0 => self.bend_header(dice, loot),
            1 => self.bend_frame(dice),
            2 => self.bend_preds(dice, loot),
            _ => self.bend_op(dice, loot),
        }
    }

    fn bend_header(&mut self, dice: &mut Dice, loot: &Loot) {
        let edge = |dice: &mut Dice| {
            *dice.pick(&[
                0,
                1,
                2,
                1 << 29,
                1 << 30,
                u64::from(u32::MAX),
                1 << 32,
                u64::MAX,
            ])
        };
        match dice.below(10) {
            0 => self.seq = edge(dice),
            1 => self.seq = self.seq.wrapping_add_signed(dice.below(5) as i64 - 2),
            2 => self.start_op = edge(dice),
            3 => self.start_op = self.start_op.wrapping_add_signed(dice.below(7) as i64 - 3),
            4 => {
                self.time = *dice.pick(&[
                    0,
                    -1,
                    i64::MAX,
                    i64::MIN,
                    1_483_228_800_000,
                    4_102_444_800_001,
                ]);
            }
            5 => self.deps.push(*dice.pick(&loot.hashes)),
            6 => drop(self.deps.pop()),
            7 => self.deps = vec![*dice.pick(&loot.hashes)],
            8 => {
                self.deps.push(dice.bytes());
                self.deps.sort_unstable();
            }
            _ => self.actor = dice.pick(&loot.actors).as_bytes().to_vec(),
        }
        if dice.one_in(2) {
            self.deps.sort_unstable();
        }
    }

    fn bend_frame(&mut self, dice: &mut Dice) {
        match dice.below(8) {
            0 => self.chunk_type = dice.below(5) as u8,
            1 => self.message = b"hello".to_vec(),
            2 => self.more_actors.push(dice.bytes::<20>().to_vec()),
            3 => self.without_runs = true,
            4 => self.cargo = dice.bytes::<3>().to_vec(),
            5 => self.more_column = Some((dice.below(256) as u64, dice.bytes::<4>().to_vec())),
            6 => self.actor = dice.bytes::<32>()[..dice.below(33)].to_vec(),
            _ => {
                // The same tail as somebody else's.
                let tail = self.actor.split_off(self.actor.len().min(16));
                self.actor = [&dice.bytes::<16>()[..], &tail].concat();
            }
        }
    }

    fn bend_preds(&mut self, dice: &mut Dice, loot: &Loot) {
        let n = dice.below(self.ops.len());
        let Some(op) = self.ops.get_mut(n) else {
            return;
        };
        match dice.below(6) {
            0 => op.pred.clear(),
            1 => drop(op.pred.pop()),
            2 => op.pred.push(dice.pick(&loot.ops).clone()),
            3 => op.pred.reverse(),
            4 => op.pred.extend(op.pred.clone().pop()),
            _ => {
                if let Some((counter, _)) = op.pred.first_mut() {
                    *counter = counter.wrapping_add(dice.below(5) as i64 - 2);
                }
            }
        }
        if dice.one_in(2) {
            op.pred.sort();
        }
    }

    fn bend_op(&mut self, dice: &mut Dice, loot: &Loot) {
        let n = dice.below(self.ops.len());
        let Some(op) = self.ops.get_mut(n) else {
            return;
        };
        match dice.below(9) {
            0 => op.key = dice.pick(&loot.keys).clone().into_bytes(),
            1 => op.key = dice.bytes::<8>()[..dice.below(9)].to_vec(),
            2 => op.key = (*dice.pick(&["id", "v", "site", "ev/00000000.1", "new"])).into(),
            3 => op.action = *dice.pick(&[0, 2, 3, 4, 5, 6, 7, 8, u64::MAX]),
            4 => op.insert = true,
            5 => op.tag = dice.below(16) as u8,
            6 => op.bytes = dice.bytes::<12>()[..dice.below(13)].to_vec(),
            7 => {
                let op = op.clone();
                self.ops.push(op);
            }
            _ => drop(self.ops.remove(n)),
        }
    }
}
