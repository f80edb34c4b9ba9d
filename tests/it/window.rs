//! The window, as a person uses it: found by what is written on it, driven through WebDriver in a
//! display of its own, killed in the middle of an inspection.

mod screen;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use xunan_tests::{Person, World, root};

use crate::support::{hazard, picture_file, site, text};
use screen::Screen;

/// How long something may take to arrive before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again, each time with everything that the relay has by then, until something is there.
fn arrived<T>(
    reader: &mut Person,
    what: &str,
    mut look: impl FnMut(&mut Person) -> Result<Option<T>>,
) -> Result<T> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        reader.sync()?;
        if let Some(found) = look(reader)? {
            return Ok(found);
        }
    }
    bail!("{what} never arrived")
}

/// The bytes of a picture are here, too.
fn picture_arrived(reader: &mut Person, hash: &str) -> Result<()> {
    let fields = json!({ "hash": hash });
    arrived(reader, hash, |reader| {
        // The relay may still wait for it: it is asked for anew each time.
        reader.ask("FetchPhoto", fields.clone())?;
        let url = reader.ask("Photo", fields.clone())?;
        Ok(url.is_string().then_some(()))
    })
}

/// 登记 → 今日.
async fn enrol(screen: &Screen, relay: &str, code: &str) -> Result<()> {
    screen.write("邀请码或邀请链接", code).await?;
    screen.write("服务器地址", relay).await?;
    screen.press("登记").await?;
    screen.press("进入今日").await
}

/// 今日 → 开始检查 → the planned visit → the filling screen. Gives the inspection's id.
async fn begin(screen: &Screen) -> Result<String> {
    screen.press("开始检查").await?;
    // The first visit of the plan is proposed and opens in place: only then is the list at rest.
    screen
        .find("//button[starts-with(normalize-space(.), '开始检查 ')]")
        .await?;
    screen
        .click("//*[@role='radio'][contains(., '恒源化工')]")
        .await?;
    screen.press("开始检查 恒源化工").await?;
    screen.find("//article").await?;
    let address = screen.address().await?;
    let id = address.rsplit('/').next().context("an address")?.to_owned();
    ensure!(id.len() == 36, "{address} names no inspection");
    Ok(id)
}

/// The first item fails: a photo, and the hazard is recorded. The second conforms.
async fn fill(screen: &Screen, photo: &Path) -> Result<()> {
    screen
        .click("(//article)[1]//*[@role='group']//button[contains(., '不符合')]")
        .await?;
    let strip = "(//article)[1]//*[@role='group'][@aria-label='记隐患']";
    screen
        .choose_file(&format!("{strip}//input[@type='file']"), photo)
        .await?;
    screen.find(&format!("{strip}//img[@alt='拍照']")).await?;
    screen
        .click(&format!("{strip}//button[.='记下隐患']"))
        .await?;
    screen
        .find("(//article)[1]//a[contains(., '隐患 1')]")
        .await?;
    screen
        .click("(//article)[2]//*[@role='group']//button[.='符合']")
        .await?;
    is_filled(screen).await
}

/// The screen shows what [`fill`] did.
async fn is_filled(screen: &Screen) -> Result<()> {
    for path in [
        "(//article)[1]//button[@aria-pressed='true'][contains(., '不符合')]",
        "(//article)[1]//a[contains(., '隐患 1')]",
        "(//article)[2]//button[@aria-pressed='true'][contains(., '符合')]",
    ] {
        screen.find(path).await?;
    }
    Ok(())
}

/// Draws a stroke and signs.
async fn sign(screen: &Screen, button: &str) -> Result<()> {
    let paper = "//*[@role='dialog']//canvas";
    screen.press_until(button, paper).await?;
    screen.draw(paper).await?;
    screen
        .click("//*[@role='dialog']//button[not(@aria-disabled)][.='签好了']")
        .await?;
    screen.gone("//*[@role='dialog']//canvas").await?;
    // As long as the scrim fades, a press would meet it and not the button beneath.
    screen
        .gone("//*[contains(@class, 'van-overlay')][not(contains(@style, 'display: none'))]")
        .await
}

/// Everything by hand, to the sealed record; it leaves by itself, and `reader` has it.
async fn by_hand(world: &World, folder: PathBuf, reader: &mut Person) -> Result<()> {
    let photo = picture_file(world.folder())?;
    let screen = Screen::open(&folder).await?;
    enrol(&screen, &world.relay.url(), &world.invite("万春梅")?).await?;
    let id = begin(&screen).await?;
    fill(&screen, &photo).await?;

    // The window dies. Opened again, it has everything that it had shown.
    screen.kill()?;
    let screen = Screen::open(&folder).await?;
    screen.click("//a[contains(., '继续检查')]").await?;
    is_filled(&screen).await?;

    screen.press("结束").await?;
    sign(&screen, "请被检查单位代表签名").await?;
    sign(&screen, "签名").await?;
    screen.press("完成并封存").await?;
    is_whole(reader, &id)?;
    screen.close().await
}

/// Another person's device has it whole: the answer, the hazard with its photo, both signatures.
fn is_whole(reader: &mut Person, id: &str) -> Result<()> {
    let view = arrived(reader, "the inspection", |reader| {
        let view = reader.try_ask("Inspection", json!({ "id": id }))?;
        Ok(view.ok().filter(|view| !view["row"]["finished"].is_null()))
    })?;
    let item = &view["lists"][0]["sections"][0]["items"][0];
    ensure!(item["value"] == "fail", "{item}");
    let finding = json!({ "id": text(item, "/findings/0/id")? });
    let finding = reader.ask("Finding", finding)?;
    picture_arrived(reader, &text(&finding, "/before/0/photo/h")?)?;
    let signatures = view["signatures"].as_array().context("signatures")?;
    let mut roles = Vec::new();
    for signature in signatures {
        ensure!(signature["counts"] == true, "{signature}");
        roles.push(text(signature, "/role")?);
        picture_arrived(reader, &text(signature, "/drawing")?)?;
    }
    roles.sort_unstable();
    ensure!(roles == ["officer", "representative"], "{signatures:?}");
    Ok(())
}

/// Who is in the window finds a hazard; who is in a browser orders; the window shows it.
async fn beside_a_browser(world: &World, folder: PathBuf) -> Result<()> {
    let photo = picture_file(world.folder())?;
    let screen = Screen::open(&folder).await?;
    enrol(&screen, &world.relay.url(), &world.invite("万春梅")?).await?;
    begin(&screen).await?;
    fill(&screen, &photo).await?;
    let (name, told) = world.told();
    let script = root().join("tests/browser/orders.mjs");
    let browser = Command::new("node")
        .arg(script)
        .env(name, told)
        .current_dir(root())
        .status();
    ensure!(browser.context("node")?.success(), "the browser's part");
    screen
        .click("(//article)[1]//a[contains(., '隐患 1')]")
        .await?;
    screen.find("//h2[contains(., '已责令')]").await?;
    screen.close().await
}

/// The window's table of hazards as a file: it lies in the folder for downloads, with the hazard.
async fn exported(world: &World, folder: PathBuf) -> Result<String> {
    let screen = Screen::open(&folder).await?;
    enrol(&screen, &world.relay.url(), &world.invite("王立新")?).await?;
    screen.go("/tables/findings").await?;
    screen.find("//a[contains(., '恒源化工')]").await?;
    screen.press("导出 CSV").await?;
    let said = screen
        .find("//*[@role='status'][contains(., '.csv')]")
        .await?;
    let said = said.text().await?;
    let file = screen.downloaded("csv")?;
    screen.close().await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    ensure!(said.contains(&*name), "{said} doesn't name {name}");
    Ok(std::fs::read_to_string(file)?)
}

#[test]
fn what_is_exported_in_the_window_lies_in_the_folder_for_downloads() -> Result<()> {
    let mut world = World::new()?;
    let mut wan = world.person("万春梅")?;
    let site = site(&mut wan, "恒源化工")?;
    wan.record("Report", hazard(&site, "通道堆放物料桶"))?;
    wan.sync()?;
    let folder = world.device_folder();
    let text = tokio::runtime::Runtime::new()?.block_on(exported(&world, folder))?;
    ensure!(text.contains("通道堆放物料桶"), "{text}");
    Ok(())
}

#[test]
fn one_in_the_window_and_one_in_a_browser() -> Result<()> {
    let app = root().join("web/dist");
    ensure!(app.join("index.html").exists(), "first: cargo xtask web");
    let mut world = World::serving(&app)?;
    let folder = world.device_folder();
    tokio::runtime::Runtime::new()?.block_on(beside_a_browser(&world, folder))
}

#[test]
fn an_inspection_by_hand_with_the_window_killed_in_the_middle() -> Result<()> {
    let mut world = World::new()?;
    let mut wang = world.person("王立新")?;
    let folder = world.device_folder();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(by_hand(&world, folder, &mut wang))?;
    world.relay.command(&["verify"])?;
    Ok(())
}
