//! One window in a display of its own, and hands and eyes for it.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::error::WebDriverResult;
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::{By, Capabilities, WebDriver, WebElement};
use xunan_tests::program;

use crate::display::{Running, display};

/// How long a screen may take before the test gives up: far above what is ever needed.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a person waits before pressing again.
const AGAIN: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(50);
/// The folder for downloads, in the home.
const DOWNLOADS: &str = "下载";

/// Whether a finger would meet the element: it is in view, nothing lies over it, and it stands
/// still from one frame to the next.
const IN_REACH: &str = "
    const [element, answer] = arguments;
    const place = () => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height];
    };
    element.scrollIntoView({ block: 'center' });
    const before = place();
    requestAnimationFrame(() => requestAnimationFrame(() => {
        const [x, y, width, height] = place();
        const met = document.elementFromPoint(x + width / 2, y + height / 2);
        answer(before.join() === place().join() && element.contains(met));
    }));";

/// See the module. All its processes end when it is dropped.
pub(super) struct Screen {
    browser: WebDriver,
    home: PathBuf,
    driver: Running,
    _display: Running,
}

fn home(folder: &Path) -> PathBuf {
    folder.with_extension("home")
}

/// A home without animations, as a person sets it up who wants calm screens; nothing of this
/// machine's own settings and caches is read.
fn calm_home(folder: &Path) -> Result<PathBuf> {
    let home = home(folder);
    std::fs::create_dir_all(home.join("gtk-3.0"))?;
    let settings = "[Settings]\ngtk-enable-animations=0\n";
    std::fs::write(home.join("gtk-3.0/settings.ini"), settings)?;
    // As a desktop names it.
    let downloads = home.join(DOWNLOADS);
    std::fs::create_dir_all(&downloads)?;
    let folders = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    std::fs::write(home.join("user-dirs.dirs"), folders)?;
    Ok(home)
}

/// A driver that listens, and its address.
fn driver(folder: &Path, display: &str) -> Result<(Running, String)> {
    let home = calm_home(folder)?;
    let until = Instant::now() + PATIENCE;
    // Another program may take the port that was just free: then another one is tried.
    while Instant::now() < until {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg("--host=127.0.0.1");
        command.arg(format!("--port={port}"));
        // The window inherits all this.
        command.env("DISPLAY", display).env("GDK_BACKEND", "x11");
        command
            .env("XUNAN_DATA", folder)
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env(name, &home);
        }
        // A system without a language of its own: the screens speak Chinese.
        command.env("LC_ALL", "C.UTF-8").env_remove("LANGUAGE");
        // There is no graphics card behind this display.
        command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
        let started = command.spawn();
        let mut running = Running(started.context("WebKitWebDriver (webkit2gtk-driver)")?);
        while running.0.try_wait()?.is_none() && Instant::now() < until {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok((running, format!("http://127.0.0.1:{port}")));
            }
            std::thread::yield_now();
        }
    }
    bail!("WebKitWebDriver doesn't listen")
}

async fn in_reach(element: WebElement) -> WebDriverResult<bool> {
    let arguments = vec![element.to_json()?];
    let answer = element.handle().execute_async(IN_REACH, arguments).await;
    // An element that was just replaced is not in reach; the next look finds its successor.
    Ok(answer.is_ok_and(|found| found.json() == true))
}

impl Screen {
    /// Opens the window on a device's folder.
    pub(super) async fn open(folder: &Path) -> Result<Self> {
        crate::support::let_clients_begin();
        let (display, number) = display()?;
        let (driver, address) = driver(folder, &number)?;
        let window = json!({ "binary": program("xunan-app"), "args": [] });
        let mut capabilities = Capabilities::new();
        capabilities.set("webkitgtk:browserOptions", &window)?;
        let browser = WebDriver::new(address, capabilities).await;
        let browser = browser.with_context(|| format!("no window of {window}"))?;
        Ok(Self {
            browser,
            home: home(folder),
            driver,
            _display: display,
        })
    }

    /// Kills the window with SIGKILL.
    pub(super) fn kill(self) -> Result<()> {
        self.driver.kill_children().context("the window")?;
        // There is nobody to say goodbye to.
        self.browser.leak().context("session")
    }

    /// Closes the window.
    pub(super) async fn close(self) -> Result<()> {
        self.browser.quit().await.context("closing the window")
    }

    /// The address that the window shows.
    pub(super) async fn address(&self) -> Result<String> {
        Ok(self.browser.current_url().await?.to_string())
    }

    /// Goes to another page.
    pub(super) async fn go(&self, path: &str) -> Result<()> {
        let mut address = self.browser.current_url().await?;
        address.set_fragment(Some(path));
        self.browser.goto(address.as_str()).await.context("going")
    }

    /// Waits for a file of this kind in the folder for downloads.
    pub(super) fn downloaded(&self, extension: &str) -> Result<PathBuf> {
        let folder = self.home.join(DOWNLOADS);
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            for file in std::fs::read_dir(&folder)? {
                let path = file?.path();
                if path.extension().is_some_and(|of| of == extension) {
                    return Ok(path);
                }
            }
            std::thread::yield_now();
        }
        bail!("no file came to {}", folder.display())
    }

    /// Waits for an element.
    pub(super) async fn find(&self, path: &str) -> Result<WebElement> {
        let query = self.browser.query(By::XPath(path)).wait(PATIENCE, LOOK);
        match query.first().await {
            Ok(element) => Ok(element),
            Err(error) => bail!("no {path} ({error}) in:\n{}", self.words().await?),
        }
    }

    /// Waits until there is no such element.
    pub(super) async fn gone(&self, path: &str) -> Result<()> {
        let query = self.browser.query(By::XPath(path)).wait(PATIENCE, LOOK);
        if query.not_exists().await? {
            Ok(())
        } else {
            bail!("{path} stays in:\n{}", self.words().await?)
        }
    }

    /// Everything that is written on the screen.
    async fn words(&self) -> Result<String> {
        Ok(self.browser.find(By::Css("body")).await?.text().await?)
    }

    /// Waits until a finger would meet the element.
    async fn reach(&self, path: &str) -> Result<WebElement> {
        let query = self.browser.query(By::XPath(path)).wait(PATIENCE, LOOK);
        match query.with_filter(in_reach).first().await {
            Ok(element) => Ok(element),
            Err(error) => bail!("{path} out of reach ({error}):\n{}", self.words().await?),
        }
    }

    /// Clicks an element.
    pub(super) async fn click(&self, path: &str) -> Result<()> {
        let element = self.reach(path).await?;
        let clicked = element.click().await;
        clicked.with_context(|| format!("click on {path}"))
    }

    /// Presses the button with these words.
    pub(super) async fn press(&self, words: &str) -> Result<()> {
        let path = format!("//button[not(@aria-disabled)][normalize-space(.)='{words}']");
        self.click(&path).await
    }

    /// Presses the button with these words until what it opens is there: a page that still settles
    /// may swallow a press, and a person presses again.
    pub(super) async fn press_until(&self, words: &str, path: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            self.press(words).await?;
            let opened = self.browser.query(By::XPath(path)).wait(AGAIN, LOOK);
            if opened.exists().await? {
                return Ok(());
            }
        }
        bail!("{words} never opened {path}:\n{}", self.words().await?)
    }

    /// Writes into the field with this label.
    pub(super) async fn write(&self, label: &str, words: &str) -> Result<()> {
        let path = format!("//*[@id=//label[normalize-space(.)='{label}']/@for]");
        let field = self.reach(&path).await?;
        let written = field.send_keys(words).await;
        written.with_context(|| format!("write into {label}"))
    }

    /// Gives a file to a file input.
    pub(super) async fn choose_file(&self, path: &str, file: &Path) -> Result<()> {
        let input = self.find(path).await?;
        let chosen = input.send_keys(file.to_str().context("path")?).await;
        chosen.with_context(|| format!("file for {path}"))
    }

    /// Draws a stroke across an element.
    pub(super) async fn draw(&self, path: &str) -> Result<()> {
        let paper = self.reach(path).await?;
        let chain = self.browser.action_chain();
        let chain = chain.move_to_element_center(&paper).click_and_hold();
        let chain = chain.move_by_offset(40, 20).move_by_offset(30, -40);
        chain.release().perform().await.context("drawing")
    }
}
