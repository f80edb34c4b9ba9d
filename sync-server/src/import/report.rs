//! An import's outcome as a person reads it in the terminal.

use std::fmt::{self, Display, Formatter};

use super::{Action, Change, Count, Kind, Outcome, Problem, Severity};

/// Longer lists end with how many more there are.
const SHOWN: usize = 60;

/// How far the import went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// `--dry-run`: nothing was written, on purpose.
    DryRun,
    /// Nothing was written, as there is something to mend.
    Blocked,
    /// It is written.
    Written,
}

/// The outcome in words.
#[derive(Debug)]
pub struct Report<'o> {
    /// What to report.
    pub outcome: &'o Outcome,
    /// How far it went.
    pub stage: Stage,
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        for (kind, count) in &self.outcome.counts {
            let read = match kind {
                Kind::Checklists => format!("{} 张", count.rows),
                _ => format!("{} 行", count.rows),
            };
            // While something is to be mended, what would change is only half true.
            let done = match self.stage {
                Stage::Blocked => String::new(),
                Stage::DryRun | Stage::Written => counted(*count),
            };
            writeln!(f, "  {}：{read}{done}", kind.word())?;
        }
        self.problems(f, Severity::Block)?;
        self.problems(f, Severity::Note)?;
        if self.stage != Stage::Blocked {
            self.changes(f)?;
        }
        Ok(())
    }
}

impl Report<'_> {
    fn headline(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let blocks = self.of(Severity::Block).count();
        let drafts = self.outcome.drafts.len();
        match self.stage {
            _ if blocks > 0 => writeln!(f, "先改 {blocks} 处，再导入。什么都没有写入。"),
            Stage::Written if drafts == 0 => writeln!(f, "和登记的完全一样，什么都没有改。"),
            Stage::Written => writeln!(f, "已导入，写入 {drafts} 行。"),
            _ if drafts == 0 => writeln!(f, "预览：和登记的完全一样，导入不会改任何内容。"),
            _ => writeln!(f, "预览：会写入 {drafts} 行。现在还没有写入任何内容。"),
        }
    }

    fn of(&self, severity: Severity) -> impl Iterator<Item = &Problem> {
        let all = self.outcome.problems.iter();
        all.filter(move |problem| problem.severity == severity)
    }

    fn problems(&self, f: &mut Formatter<'_>, severity: Severity) -> fmt::Result {
        let count = self.of(severity).count();
        if count == 0 {
            return Ok(());
        }
        let aside = match severity {
            Severity::Block => "",
            Severity::Note => "（照常导入）",
        };
        writeln!(f, "\n{} {count} 处{aside}", severity.word())?;
        for problem in self.of(severity).take(SHOWN) {
            writeln!(f, "  {}", place(problem))?;
            writeln!(f, "    {}", problem.advice)?;
        }
        more(f, count)
    }

    fn changes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (action, title) in [
            (Action::Changed, "改"),
            (Action::Retired, "停用"),
            (
                Action::Missing,
                "表里没有了的，保留（加 --retire-missing 才停用）",
            ),
        ] {
            let of_action = || {
                let all = self.outcome.changes.iter();
                all.filter(move |change| change.action == action)
            };
            let count = of_action().count();
            if count == 0 {
                continue;
            }
            writeln!(f, "\n{title}：{count} 行")?;
            for change in of_action().take(SHOWN) {
                writeln!(f, "  {}", changed(change))?;
            }
            more(f, count)?;
        }
        Ok(())
    }
}

fn more(f: &mut Formatter<'_>, count: usize) -> fmt::Result {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(rest) => writeln!(f, "  还有 {rest} 处，加 --json 可以看全部"),
    }
}

fn counted(count: Count) -> String {
    let mut words = Vec::new();
    for (word, number) in [
        ("新", count.new),
        ("改", count.changed),
        ("停用", count.retired),
        ("表里没有了", count.missing),
    ] {
        if number > 0 {
            words.push(format!("，{word} {number}"));
        }
    }
    if words.is_empty() {
        return "，不变".to_owned();
    }
    words.concat()
}

/// 人员，第 64 行，手机号：1990000063（人员.csv）
fn place(problem: &Problem) -> String {
    let mut words: Vec<String> = Vec::new();
    if !problem.sheet.is_empty() {
        words.push(problem.sheet.clone());
    }
    words.extend(problem.row.map(|row| format!("第 {row} 行")));
    words.extend(problem.column.clone());
    let mut text = words.join("，");
    if !problem.found.is_empty() && Some(&problem.found) != problem.column.as_ref() {
        text = format!("{text}：{}", problem.found);
    }
    if text.is_empty() {
        return problem.file.clone();
    }
    format!("{text}（{}）", problem.file)
}

fn changed(change: &Change) -> String {
    let fields: Vec<String> = change
        .fields
        .iter()
        .map(|field| {
            let or_nothing = |text: &str| if text.is_empty() { "空" } else { text }.to_owned();
            format!(
                "{} {} → {}",
                field.column,
                or_nothing(&field.before),
                or_nothing(&field.after)
            )
        })
        .collect();
    if fields.is_empty() {
        return change.row.clone();
    }
    format!("{}：{}", change.row, fields.join("；"))
}
