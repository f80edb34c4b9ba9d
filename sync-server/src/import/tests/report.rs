//! The outcome as the terminal shows it.

use expect_test::{Expect, expect};

use super::*;
use crate::import::{Report, Stage};

fn check(outcome: &Outcome, stage: Stage, expected: &Expect) {
    expected.assert_eq(&Report { outcome, stage }.to_string());
}

#[test]
fn what_is_to_be_mended_comes_first() {
    let people = PEOPLE.replace("13800000003", "1380000003");
    let mut files = district();
    files[1] = csv("人员", &people);
    let outcome = Organisation::default().import(&files);
    check(
        &outcome,
        Stage::Blocked,
        &expect![[r#"
            先改 1 处，再导入。什么都没有写入。
              单位：5 行
              人员：4 行
              检查表：1 张
              责任书目标：3 行
              年度检查计划：2 行

            要改 1 处
              人员，第 4 行，手机号：1380000003（人员.csv）
                手机号要 11 位，这里是 10 位。手机号用来认人，不能猜，请补成 11 位
        "#]],
    );
}

#[test]
fn a_preview_says_what_would_change() {
    let people = PEOPLE
        .replace("2027-06-30", "2029-06-30")
        .replace(PEOPLE.lines().last().unwrap(), "");
    let outcome = begun().preview(&[csv("人员", &people)]);
    check(
        &outcome,
        Stage::DryRun,
        &expect![[r#"
            预览：会写入 1 行。现在还没有写入任何内容。
              人员：3 行，改 1，表里没有了 1

            改：1 行
              马平：执法证号、有效期 15001，2027-06-30 → 15001，2029-06-30

            表里没有了的，保留（加 --retire-missing 才停用）：1 行
              吴总
        "#]],
    );
}

#[test]
fn the_same_again_says_so() {
    let outcome = begun().preview(&[csv("单位", UNITS)]);
    check(
        &outcome,
        Stage::Written,
        &expect![[r#"
            和登记的完全一样，什么都没有改。
              单位：5 行，不变
        "#]],
    );
}
