//! Https by the relay itself, with a certificate that is renewed while it serves.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use tempfile::TempDir;
use xunan_tests::program;

use crate::support::let_clients_begin;

const PATIENCE: Duration = Duration::from_secs(60);

type Pair = CertifiedKey<KeyPair>;

/// A certificate for this machine, signed by itself.
fn renewed() -> Result<Pair> {
    Ok(generate_simple_self_signed(["127.0.0.1".to_owned()])?)
}

/// A relay's folder with its certificate beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn certificate(&self) -> PathBuf {
        self.folder.path().join("fullchain.pem")
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("privkey.pem")
    }

    fn serve(&self) -> Command {
        let mut command = Command::new(program("xunan-relay"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]);
        command.arg(self.folder.path().join("relay"));
        command.arg("--certificate").arg(self.certificate());
        command.arg("--key").arg(self.key());
        command
    }
}

/// The process and its address; killed when dropped.
struct Serving(Child, String);

impl Serving {
    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().context("standard output")?;
        BufReader::new(out).read_line(&mut line)?;
        let address = line
            .trim()
            .strip_prefix("listening on ")
            .context(line.clone())?;
        let address = address.to_owned();
        Ok(Self(child, address))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Who trusts one certificate alone asks on a new connection.
async fn answers(address: &str, trusted: &Pair) -> Result<bool> {
    let root = reqwest::Certificate::from_pem(trusted.cert.pem().as_bytes())?;
    let client = reqwest::Client::builder().tls_certs_only([root]).build()?;
    let answer = client.get(format!("{address}/v1/health")).send().await;
    Ok(answer.is_ok_and(|answer| answer.status().is_success()))
}

async fn until_answers(address: &str, trusted: &Pair) -> Result<()> {
    let began = Instant::now();
    while !answers(address, trusted).await? {
        ensure!(
            began.elapsed() < PATIENCE,
            "the new certificate was never served"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

fn write(path: &Path, pem: &str) -> Result<()> {
    fs::write(path, pem).with_context(|| path.display().to_string())
}

#[tokio::test]
async fn a_certificate_is_served_and_its_successor_taken() -> Result<()> {
    let_clients_begin();
    let place = Place {
        folder: TempDir::new()?,
    };
    let (first, second) = (renewed()?, renewed()?);
    write(&place.certificate(), &first.cert.pem())?;
    write(&place.key(), &first.signing_key.serialize_pem())?;
    let mut serving = Serving::start(place.serve())?;
    let address = serving.1.clone();
    ensure!(address.starts_with("https://"), "{address}");
    ensure!(answers(&address, &first).await?, "not served");
    ensure!(!answers(&address, &second).await?, "anything is trusted");

    // Half of the new pair: the old one goes on.
    write(&place.certificate(), &second.cert.pem())?;
    ensure!(answers(&address, &first).await?, "a half pair was taken");
    write(&place.key(), &second.signing_key.serialize_pem())?;
    until_answers(&address, &second).await?;

    let pid = serving.0.id().to_string();
    ensure!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()?
            .success()
    );
    ensure!(serving.0.wait()?.success(), "it ends as asked");
    Ok(())
}

#[test]
fn a_key_of_another_certificate_is_named_at_the_start() -> Result<()> {
    let place = Place {
        folder: TempDir::new()?,
    };
    write(&place.certificate(), &renewed()?.cert.pem())?;
    write(&place.key(), &renewed()?.signing_key.serialize_pem())?;
    let ended = place.serve().output()?;
    let words = String::from_utf8(ended.stderr)?;
    ensure!(ended.status.code() == Some(1), "{:?}", ended.status);
    for part in ["fullchain.pem", "privkey.pem", "belong together"] {
        ensure!(words.contains(part), "{words}");
    }
    Ok(())
}
