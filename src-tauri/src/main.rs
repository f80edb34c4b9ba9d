//! The window: starts it and gives its exit code.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match xunan_app::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is no window to say it in.
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "xunan-app: {error}");
            ExitCode::FAILURE
        }
    }
}
