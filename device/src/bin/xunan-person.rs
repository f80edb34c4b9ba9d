//! A person without a screen, for tests: see docs/protocol.md, section 8.

use std::io::Write;
use std::process::ExitCode;

use xunan_device::native::{Options, speak};

const USAGE: &str = "xunan-person --data DIR [--relay URL --code CODE] [--offline]";

#[tokio::main]
async fn main() -> ExitCode {
    let Some(options) = Options::read(std::env::args().skip(1)) else {
        let _ = writeln!(std::io::stderr(), "{USAGE}");
        return ExitCode::from(2);
    };
    match speak(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let problem = serde_json::json!({ "error": error.problem() });
            let _ = writeln!(std::io::stdout(), "{problem}");
            ExitCode::FAILURE
        }
    }
}
