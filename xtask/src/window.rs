//! The app's windows that `cargo xtask run` opens.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, Command};

use anyhow::{Context, Result, bail};

use crate::cast::CastPart;

/// What is said where no window can open.
pub(crate) const NO_DISPLAY: &str = "这台机器没有显示器（DISPLAY 和 WAYLAND_DISPLAY 都没设），开不了窗口。\
     要看界面：在桌面的终端里，或用 ssh -X 登录后，运行 cargo xtask run --person 姓名";
/// What is said when a window ended with an error.
pub(crate) const WINDOW_FAILED: &str =
    "窗口没能打开或中途出错（原因见上）；中继照常运行。再开：cargo xtask run --person 姓名";

/// Whether there is a display, by the environment.
pub(crate) fn has_display(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Opens a window for a person, with a device folder of its own.
pub(crate) fn open(programs: &Path, folder: &Path, part: &CastPart) -> Result<Child> {
    let program = programs.join("xunan-app");
    if !program.exists() {
        bail!("the app isn't built: {}", program.display());
    }
    Command::new(program)
        .env("XUNAN_DATA", folder.join("devices").join(&part.phone))
        .env("XUNAN_INVITATION", &part.link)
        .spawn()
        .context("can't open the window")
}

#[cfg(test)]
mod tests {
    use super::{NO_DISPLAY, has_display};

    #[test]
    fn a_display_is_one_that_a_variable_names() {
        let set = |name: &'static str, value: &'static str| {
            move |asked: &str| (asked == name).then(|| value.into())
        };
        assert!(has_display(set("DISPLAY", ":0")));
        assert!(has_display(set("WAYLAND_DISPLAY", "wayland-0")));
        assert!(!has_display(set("DISPLAY", "")));
        assert!(!has_display(|_| None));
    }

    #[test]
    fn without_a_display_one_is_told_how_to_open_the_app() {
        assert!(NO_DISPLAY.contains("cargo xtask run --person"));
    }
}
