//! `cargo xtask bench`: one workload, side by side. Replays what people did through the real
//! commands, on real devices and a real relay process, and prints each figure beside what others
//! need for the same.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "draws of a generator lie within what their types hold"
)]

mod measure;
mod peers;
mod report;
mod scenarios;
mod workload;
mod world;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Parser;
use xunan_tests::root;

use measure::{Disk, Samples, plain_loop};
use report::{Report, Yardstick};
use scenarios::{Bench, Repeat};
use workload::Workload;
use workload::generate::{Size, generate};
use world::prepared::Preparation;

/// Measures Xunan on a workload, beside others.
#[derive(Parser)]
#[command(name = "xunan-bench", version)]
struct Arguments {
    /// A field day of your own, one JSON line per record
    #[arg(long, value_name = "FILE")]
    workload: Option<PathBuf>,
    /// One scenario alone
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// A tiny workload and few repetitions: whether everything still runs, no figures worth keeping
    #[arg(long)]
    quick: bool,
    /// Where prepared folders are kept; the disk that is measured
    #[arg(long, value_name = "DIR")]
    prepared: Option<PathBuf>,
    /// Where the JSON goes
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
    /// Writes the field day that would be replayed, and ends
    #[arg(long, value_name = "FILE")]
    write_workload: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (day, district) = if arguments.quick {
        (Size::TINY_DAY, Size::TINY_DISTRICT)
    } else {
        (Size::FIELD_DAY, Size::DISTRICT)
    };
    let day = match &arguments.workload {
        Some(path) => Workload::read(path)?,
        None => generate(&day),
    };
    if let Some(path) = &arguments.write_workload {
        return Ok(std::fs::write(path, day.lines()?)?);
    }
    let report = run(&arguments, &day, &generate(&district))?;
    let bench = root().join("bench/results");
    let folder = arguments.results.as_ref().unwrap_or(&bench);
    let path = report.write(folder, arguments.only.as_deref())?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}\n{}", report.table()?, path.display())?;
    Ok(())
}

fn run(arguments: &Arguments, day: &Workload, district: &Workload) -> Result<Report> {
    let runtime = tokio::runtime::Runtime::new().context("runtime")?;
    let http = scenarios::client()?;
    let folder = root().join("bench/prepared");
    let preparation = Preparation {
        day,
        district,
        folder: arguments.prepared.as_ref().unwrap_or(&folder),
        http: &http,
        runtime: runtime.handle(),
    };
    let prepared = preparation.prepare()?;
    let bench = Bench {
        prepared: &prepared,
        day,
        district,
        http: &http,
        runtime: runtime.handle(),
        repeat: if arguments.quick {
            Repeat::QUICK
        } else {
            Repeat::FULL
        },
    };
    let mut disk = Disk::open(&bench.disk()?)?;
    let mut syncs = Samples::default();
    for _ in 0..bench.repeat.often {
        syncs.add_ms(disk.sync()?);
    }
    let yardstick = Yardstick {
        disk_sync_ms: syncs.median(),
        plain_loop_ms: plain_loop().as_secs_f64() * 1_000.0,
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        load: load(),
    };
    let mut figures = Vec::new();
    for (name, scenario) in scenarios::ALL {
        if arguments.only.as_deref().is_none_or(|only| only == name) {
            writeln!(std::io::stderr(), "measuring: {name}")?;
            figures.extend(scenario(&bench).with_context(|| name.to_owned())?);
        }
    }
    if figures.is_empty() {
        let names: Vec<&str> = scenarios::ALL.iter().map(|(name, _)| *name).collect();
        bail!("scenarios are {}", names.join(", "));
    }
    Ok(Report {
        date: scenarios::today(),
        workload: words(day, district),
        yardstick,
        figures,
    })
}

fn words(day: &Workload, district: &Workload) -> String {
    let of = |workload: &Workload| {
        let (records, edits) = (workload.0.len(), workload.edits());
        format!("{records} records, {edits} edits")
    };
    format!("field day: {} · district: {}", of(day), of(district))
}

/// Runnable tasks over the last minute; 0 where the machine doesn't tell.
fn load() -> f64 {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = told.split_whitespace().next();
    first.and_then(|word| word.parse().ok()).unwrap_or_default()
}
