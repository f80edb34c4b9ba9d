//! HTTPS by the relay itself: a certificate from files, taken anew when they change.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use clap::Args;

use super::CliError;

/// How often the files are looked at: who renews a certificate writes two files, one after another.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Both files or none.
#[derive(Debug, Args)]
pub(super) struct Https {
    /// Serve https with this chain of certificates (PEM); a new one is taken when the file changes
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
}

impl Https {
    pub(super) fn files(self) -> Option<Files> {
        let (certificate, key) = self.certificate.zip(self.key)?;
        Some(Files { certificate, key })
    }
}

/// Where certificate and key are.
pub(super) struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Files {
    pub(super) async fn open(&self) -> Result<RustlsConfig, CliError> {
        let opened = RustlsConfig::from_pem_file(&self.certificate, &self.key).await;
        opened.map_err(|error| CliError::Certificate {
            certificate: self.certificate.clone(),
            key: self.key.clone(),
            error,
        })
    }

    /// Takes a new pair as soon as both files fit each other; until then the old one serves.
    pub(super) async fn watch(self, serving: RustlsConfig) {
        let mut taken = self.stamps();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let stamps = self.stamps();
            if stamps != taken && self.take(&serving).await {
                taken = stamps;
                tracing::info!("took a new certificate");
            }
        }
    }

    async fn take(&self, serving: &RustlsConfig) -> bool {
        let taken = serving.reload_from_pem_file(&self.certificate, &self.key);
        let taken = taken.await;
        if let Err(error) = &taken {
            tracing::error!("the new certificate can't be used yet: {error}");
        }
        taken.is_ok()
    }

    fn stamps(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key].map(|path| fs::metadata(path).ok()?.modified().ok())
    }
}
