//! Host 1: a Tauri window around one device. Thin: it starts the device, carries requests and
//! notices, and tells it whether the window is in front. Everything else is the device's.

mod host;
mod ipc;

use tauri::{Emitter, Manager, RunEvent, WindowEvent};
use tokio::sync::broadcast::error::RecvError;
use xunan_device::native::Running;
use xunan_device::request::Notice;

/// Runs the app until its window is closed.
///
/// # Errors
/// If the window can't be made. A device that can't be started is no such error: the screens say
/// what is wrong.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ipc::call, ipc::invitation])
        .setup(|app| {
            let folder = host::folder(app.handle())?;
            let started = host::start(&folder);
            if let Ok(device) = &started {
                tauri::async_runtime::spawn(tell(app.handle().clone(), device.notices()));
            }
            app.manage(host::Device(started));
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if let RunEvent::WindowEvent {
                event: WindowEvent::Focused(front),
                ..
            } = event
            {
                set_front(app, front);
            }
        });
    Ok(())
}

fn set_front(app: &tauri::AppHandle, front: bool) {
    if let Some(device) = app.try_state::<host::Device>()
        && let Ok(device) = &device.0
    {
        Running::set_front(device, front);
    }
}

/// Passes the device's notices on to the screens.
async fn tell(app: tauri::AppHandle, mut notices: tokio::sync::broadcast::Receiver<Notice>) {
    loop {
        match notices.recv().await {
            // A window that is closing hears nothing any more.
            Ok(notice) => drop(app.emit("notice", notice)),
            // Too many at once: everything on the screen may have changed.
            Err(RecvError::Lagged(_)) => drop(app.emit("notice", Notice::Register {})),
            Err(RecvError::Closed) => break,
        }
    }
}
