//! The papers of the chain's visit: what an office files.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xunan_tests::Person;

use crate::support::day;

/// The record has the fields of 安全生产法 第六十八条; order and re-check say what their authors saw.
pub(super) fn papers(wan: &mut Person, wang: &mut Person, id: &str, finding: &str) -> Result<()> {
    let record = wan.ask("RecordPaper", json!({ "id": id }))?;
    assert_eq!(record["unit"], "东关街道办事处");
    assert_eq!(record["site"]["name"], "青石区恒源化工有限公司");
    assert!(
        record["site"]["code"]
            .as_str()
            .is_some_and(|c| c.len() == 18)
    );
    assert!(record["ended"].is_number() && record["conclusion"].is_string());
    let officers = record["officers"].as_array().context("officers")?;
    assert_eq!(officers[0]["role"], "leader", "{officers:?}");
    assert!(officers.iter().all(|o| o["certificate"].is_string()));
    assert_eq!(record["signatures"].as_array().map(Vec::len), Some(3));
    assert_eq!(record["rep_signature"]["opinion"], "agreed");
    assert_eq!(record["lacking"], json!([]));
    assert_eq!(record["fingerprint"].as_str().map(str::len), Some(16));
    let problem = &record["problems"][0];
    assert_eq!(problem["text"], "储罐区通道堆放物料");
    assert_eq!(
        (&problem["photos"], &problem["due"]),
        (&json!(1), &json!(day(7)))
    );

    let papers = wang.ask("FindingPapers", json!({ "id": finding }))?;
    let kinds: Vec<&Value> = papers
        .as_array()
        .context("papers")?
        .iter()
        .map(|p| &p["kind"])
        .collect();
    assert_eq!(
        kinds,
        ["recheck", "order"],
        "newest first; an extension is no paper"
    );
    let order = &papers[1];
    assert_eq!(order["text"], "储罐区通道堆放物料");
    assert_eq!(order["ground"], "《安全生产法》第六十五条");
    assert_eq!(order["officers"].as_array().map(Vec::len), Some(2));
    assert_eq!(order["marked"], false);
    let recheck = &papers[0]["recheck"];
    assert_eq!(recheck["passed"], true);
    assert_eq!(
        (&recheck["due"], &recheck["extended"]),
        (&json!(day(7)), &json!(day(10)))
    );
    assert_eq!(recheck["rectified"], "物料移走，通道画线");

    let devices = wan.ask("Devices", json!({}))?;
    assert_eq!(devices.as_array().map(Vec::len), Some(1));
    assert_eq!(devices[0]["here"], true);
    Ok(())
}
