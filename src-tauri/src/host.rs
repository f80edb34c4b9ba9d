//! What the window gives to its device: a folder and a runtime.

use std::path::{Path, PathBuf};

use tauri::Manager;
use xunan_core::code::Problem;
use xunan_device::native::{self, Running};

/// The device, or why it could not be started: the screens tell.
pub(crate) struct Device(pub(crate) Result<Running, Problem>);

/// The device's folder: the system's place for the app's own files, or the one that
/// `XUNAN_DATA` names, so that one machine can play several people.
pub(crate) fn folder(app: &tauri::AppHandle) -> tauri::Result<PathBuf> {
    match std::env::var_os("XUNAN_DATA") {
        Some(folder) => Ok(PathBuf::from(folder)),
        None => app.path().app_data_dir(),
    }
}

/// Starts the device in a folder.
pub(crate) fn start(folder: &Path) -> Result<Running, Problem> {
    let runtime = tauri::async_runtime::handle().inner().clone();
    native::start(folder, std::env::consts::OS, runtime).map_err(|error| error.problem())
}
