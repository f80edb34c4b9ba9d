//! The one command of the screens, and what the system handed over at the start.

use tauri::State;
use xunan_core::code::Problem;
use xunan_device::request::{Reply, Request};

use crate::host::Device;

/// A question or a command of a screen.
#[tauri::command]
pub(crate) async fn call(device: State<'_, Device>, request: Request) -> Result<Reply, Problem> {
    match &device.0 {
        Ok(device) => device.call(request).await,
        Err(problem) => Err(problem.clone()),
    }
}

/// The invitation's link that the app was opened with, if any.
#[tauri::command]
pub(crate) fn invitation() -> Option<String> {
    std::env::var("XUNAN_INVITATION")
        .ok()
        .filter(|link| !link.is_empty())
}
