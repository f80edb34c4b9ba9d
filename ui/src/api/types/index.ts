// Generated from the Rust types of device/src/request by `cargo xtask gen`. Not edited by hand.

export type ActShown = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who; none for whoever has the relay's command line.
 */
by: PersonShown | null, 
/**
 * `invite`, `revoke`, `setting`, `import`, `plan`.
 */
what: string, 
/**
 * The person invited, or whose device was revoked.
 */
person: PersonShown | null, 
/**
 * A setting's name, a revision of the register, the short name of a planned visit's site.
 */
about: string, };

export type ActionOffer = { 
/**
 * The event's kind.
 */
kind: string, 
/**
 * Units of mine that may issue it.
 */
units: Array<UnitShown>, 
/**
 * Officers proposed: me and the second one that I used last.
 */
officers: Array<OfficerShown>, 
/**
 * People to choose from: responsible persons, assignees.
 */
people: Array<PersonShown>, 
/**
 * Units to choose from: for `proposed` and `transferred`.
 */
to: Array<UnitShown>, 
/**
 * Proposed date.
 */
due: string | null, 
/**
 * Not allowed, with the reason: shown so that the way out can be offered.
 */
refused: Problem | null, };

export type AnswerType = { "type": "conform" } | { "type": "number", 
/**
 * Unit of measure, for example `%`.
 */
unit: string, 
/**
 * Lowest good value.
 */
low: string | null, 
/**
 * Highest good value.
 */
high: string | null, } | { "type": "choice", 
/**
 * The words.
 */
options: Array<string>, } | { "type": "text" };

export type Begin = { 
/**
 * The site, or
 */
site: string | null, 
/**
 * words for a place that isn't in the register.
 */
place: string | null, 
/**
 * Its kind.
 */
kind: InspectionKind, 
/**
 * plan, action, report or recheck.
 */
basis: string | null, 
/**
 * Planned visits that it fulfils.
 */
plan: Array<string>, 
/**
 * Checklists by code.
 */
lists: Array<string>, 
/**
 * The team beside me: person and role.
 */
team: Array<[string, string]>, 
/**
 * My own role.
 */
role: string, 
/**
 * Where it begins.
 */
loc: Location | null, };

export type By = { 
/**
 * The author; none if this device doesn't know the actor.
 */
person: PersonShown | null, 
/**
 * The device's own person.
 */
me: boolean, 
/**
 * The device's clock.
 */
claimed: Timestamp, 
/**
 * The relay's receipt; none if not synced yet.
 */
received: Timestamp | null, };

export type ChecklistItem = { 
/**
 * Its number in the list.
 */
number: number, 
/**
 * Its section.
 */
section: string, 
/**
 * What to check.
 */
text: string, 
/**
 * The same in English, if it was imported.
 */
english: string, 
/**
 * The law or standard.
 */
basis: string, 
/**
 * 疑似重大
 */
suspected_major: boolean, 
/**
 * A photo is asked for.
 */
photo: boolean, };

export type ChecklistRow = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its English name.
 */
english: string, 
/**
 * Its version.
 */
version: number, 
/**
 * Since when this version holds.
 */
since: Timestamp, 
/**
 * For which industries.
 */
industries: Array<string>, 
/**
 * How many items.
 */
items: number, };

export type ChecklistView = { 
/**
 * The list.
 */
row: ChecklistRow, 
/**
 * Its items, in order.
 */
items: Array<ChecklistItem>, };

export type Clause = { 
/**
 * The standard's name or number.
 */
standard: string, 
/**
 * The article in it.
 */
article: string, };

export type ContradictionShown = { 
/**
 * Its key, which settling names.
 */
key: string, 
/**
 * basis, plan, n (a note), end, ended, rep or `rep_post`.
 */
field: string, 
/**
 * The item's words for a note, the unit whose plan it is; else nothing.
 */
about: string, 
/**
 * What was said, the one that counts first.
 */
said: Array<SaidShown>, };

export type Counted = { 
/**
 * Where a tap leads.
 */
place: Place | null, 
/**
 * The site's short name.
 */
site: string, 
/**
 * The finding's text, the visit's kind …
 */
line: string, 
/**
 * In the numerator.
 */
counts: boolean, 
/**
 * How many days it took, for numbers about time.
 */
days: number | null, 
/**
 * Its date.
 */
date: string | null, 
/**
 * By when it can still be done.
 */
due: Due | null, };

export type CountsFor = { 
/**
 * People with what it counts for.
 */
people: Array<[PersonShown, Array<TargetBrief>]>, 
/**
 * Units with what it counts for.
 */
units: Array<[UnitShown, Array<TargetBrief>]>, };

export type Dashboard = { 
/**
 * Whose; none for who has no unit.
 */
unit: UnitShown | null, 
/**
 * `2026-11`, `2026-Q4` or `2026`.
 */
period: string, 
/**
 * It is the running one: the numbers are of now.
 */
running: boolean, 
/**
 * Overdue, not ordered, not re-checked, major.
 */
numbers: Array<DashboardNumber>, 
/**
 * Rectified on time ÷ due in the period.
 */
rate: Rate | null, 
/**
 * The same of the period before.
 */
before: Rate | null, 
/**
 * How many were left out of the rate.
 */
left_out: number, 
/**
 * The unit's own goal for this rate, in per cent.
 */
goal: number | null, 
/**
 * The rate of each month of the year that has begun.
 */
months: Array<MonthRate>, 
/**
 * By township; within a township by site. What holds the rate back comes first.
 */
parts: Array<DashboardPart>, 
/**
 * Findings reported in the period by the checklist's section; the most first.
 */
kinds: Array<DashboardKind>, 
/**
 * The longest overdue, with whom it has come up to.
 */
overdue: Array<Escalated>, 
/**
 * Devices of the unit's people that have not synced for more than a day.
 */
unsynced: Array<Unsynced>, };

export type DashboardKind = { 
/**
 * The checklist's section; empty: found without a checklist.
 */
section: string, 
/**
 * Reported.
 */
reported: number, 
/**
 * Of these not closed.
 */
open: number, };

export type DashboardNumber = { 
/**
 * What it counts.
 */
measure: Measure, 
/**
 * How many.
 */
count: number, 
/**
 * How many of them are past the day by which something is to be done.
 */
late: number, 
/**
 * The one that waits longest: its site's short name and the days since, if there is one.
 */
longest: [string, number] | null, };

export type DashboardPart = { 
/**
 * The township or the site.
 */
unit: UnitShown, 
/**
 * Rectified on time ÷ due in the period.
 */
rate: Rate, 
/**
 * Overdue.
 */
overdue: number, 
/**
 * Not re-checked.
 */
not_rechecked: number, 
/**
 * Major, not closed.
 */
major: number, };

export type DeskScope = { 
/**
 * The unit; none = my first.
 */
unit: string | null, 
/**
 * `2026-11`, `2026-Q4` or `2026`; none = the running month, in tables all time.
 */
period: string | null, };

export type DeskUnit = { 
/**
 * The unit.
 */
unit: UnitShown, 
/**
 * How far below mine: 0 is mine.
 */
depth: number, };

export type DeviceRow = { 
/**
 * Which.
 */
id: string, 
/**
 * Whose.
 */
person: PersonShown, 
/**
 * What it runs on.
 */
platform: string, 
/**
 * When it enrolled.
 */
enrolled: Timestamp, 
/**
 * When it last asked for news.
 */
last_sync: Timestamp | null, 
/**
 * When it was revoked.
 */
revoked: Timestamp | null, 
/**
 * This very device.
 */
this: boolean, };

export type DeviceShown = { 
/**
 * Which.
 */
id: string, 
/**
 * The one in hand.
 */
here: boolean, 
/**
 * What it runs on.
 */
platform: string, 
/**
 * First half of its public key, for comparing by eye.
 */
key: string, 
/**
 * When the relay enrolled it.
 */
enrolled: Timestamp, 
/**
 * When it was revoked.
 */
revoked: Timestamp | null, };

export type Due = { 
/**
 * The last day.
 */
date: string, 
/**
 * Days left: 0 today, negative overdue.
 */
days: number, };

export type EndCounts = { 
/**
 * Items.
 */
items: number, 
/**
 * 符合 (numbers within limits, choices and texts too)
 */
ok: number, 
/**
 * 不符合 (numbers out of limits too)
 */
fail: number, 
/**
 * 不适用
 */
na: number, 
/**
 * Unanswered.
 */
unanswered: number, };

export type EndView = { 
/**
 * Its row.
 */
row: InspectionRow, 
/**
 * Answered 符合, 不符合, 不适用, unanswered.
 */
counts: EndCounts, 
/**
 * Items not answered: list, item, text.
 */
unanswered: Array<[string, string, string]>, 
/**
 * Findings recorded in it.
 */
findings: Array<FindingRow>, 
/**
 * The conclusion as written, or composed from the answers.
 */
conclusion: string, 
/**
 * Composed, not written by hand: a screen in another language composes its own from the
 * counts, the findings and how many of them were ordered.
 */
composed: boolean, 
/**
 * Findings that were ordered, or put right without an order.
 */
ordered: number, 
/**
 * Planned officers who aren't present, and who stands in.
 */
stand_ins: Array<[string, string | null]>, 
/**
 * Officers and leader: who is to sign and who did.
 */
officers: Array<[OfficerShown, SignatureShown | null]>, 
/**
 * The representative proposed: the site's principal or safety officer.
 */
representatives: Array<PersonShown>, 
/**
 * Name and post of the representative as written.
 */
rep: string | null, 
/**
 * Post of the representative.
 */
rep_post: string | null, 
/**
 * The representative's signature.
 */
rep_signature: SignatureShown | null, 
/**
 * Refusal: reason, witness.
 */
refusal: [string, string] | null, 
/**
 * What would be lacking if it ended now.
 */
lacking: Array<string>, 
/**
 * Fields that are no answers, in which people differ.
 */
contradictions: Array<ContradictionShown>, 
/**
 * I may say which of several words holds.
 */
settles: boolean, 
/**
 * What the leader saw, said and ordered, newest first.
 */
opinions: Array<SaidShown>, 
/**
 * I have the leader's role, and may write such an opinion.
 */
leads: boolean, 
/**
 * The end's time on paper; until somebody writes or signs at the end, it is now.
 */
ended: Timestamp | null, };

export type Escalated = { 
/**
 * Its row.
 */
row: FindingRow, 
/**
 * The leader that it has come up to.
 */
to: PersonShown | null, };

export type Event<A> = { 
/**
 * The events that it answers, for the timeline.
 */
re?: Array<string>, 
/**
 * The issuing unit: on everything by right of *order*, on `listed` and `decided`.
 */
unit?: string | null, 
/**
 * The two officers of an official act.
 */
officers?: [string, string] | null, 
/**
 * Words.
 */
text?: string | null, 
/**
 * Photos.
 */
photos?: Array<Photo>, } & A;

export type FieldConflict = { 
/**
 * text, where, level, clause, basis, due or who.
 */
field: string, 
/**
 * What was said, the one that counts first.
 */
said: Array<FieldSaid>, };

export type FieldSaid = { 
/**
 * What an edit sets to choose it.
 */
edit: FindingEdit, 
/**
 * As it stands in the record; a person's name.
 */
words: string, 
/**
 * By whom.
 */
by: By, };

export type FindingAct = { "k": "proposed", to: string, } | { "k": "ordered", due: string, who: string, ground: string, } | { "k": "graded", level: Level, clause?: Clause | null, } | { "k": "accepted" } | { "k": "assigned", who: string, } | { "k": "asked", due: string, reason: string, } | { "k": "granted", due: string, } | { "k": "declined", reason: string, } | { "k": "rectified", five?: Five | null, 
/**
 * Recorded by an inspector on behalf of a site without the app.
 */
behalf?: boolean, } | { "k": "corrected_on_spot" } | { "k": "passed" } | { "k": "failed", due: string, } | { "k": "halted", measure: string, ground: string, } | { "k": "resumed" } | { "k": "reassigned", who: string, } | { "k": "transferred", to: string, } | { "k": "listed", level: string, who: string, } | { "k": "unlisted" } | { "k": "decided" } | { "k": "settled", not: Array<string>, } | { "k": "withdrawn", reason: string, } | { "k": "duplicate", of: string, } | { "k": "sited", site: string, } | { "k": "commented" };

export type FindingAsk = { 
/**
 * Whose area; reported in which period, or counted in it by the measure.
 */
scope: DeskScope, 
/**
 * Exactly the records of a number of the dashboard.
 */
measure: Measure | null, 
/**
 * In these states; empty = all.
 */
states: Array<FindingState>, 
/**
 * Of this level.
 */
level: Level | null, 
/**
 * Of this section of a checklist; empty = found without one.
 */
section: string | null, 
/**
 * Words in text, place, site; pinyin initials of the site too.
 */
query: string, 
/**
 * Sorted by.
 */
by: FindingColumn, 
/**
 * The other way round.
 */
descending: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows at most; 0 = 50.
 */
limit: number, };

export type FindingColumn = "due" | "site" | "part" | "text" | "section" | "level" | "state" | "reported" | "deadline" | "reporter";

export type FindingEdit = { text: string | null, location: string | null, level: Level | null, clause: Clause | null, basis: string | null, due: string | null, who: string | null, };

export type FindingFilter = { 
/**
 * Words in text, site, place; pinyin initials of the site too.
 */
query: string, 
/**
 * In these states; empty = all.
 */
states: Array<FindingState>, 
/**
 * Of this site.
 */
site: string | null, 
/**
 * Past the deadline.
 */
overdue: boolean, 
/**
 * Major or suspected.
 */
major: boolean, 
/**
 * I reported it or am responsible.
 */
mine: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows at most; 0 = 50.
 */
limit: number, };

export type FindingLine = { 
/**
 * Its row.
 */
row: FindingRow, 
/**
 * The site's territory, short.
 */
part: string, 
/**
 * The section of its item.
 */
section: string, 
/**
 * official, self or report.
 */
origin: Origin, 
/**
 * When it was reported.
 */
reported: Timestamp, 
/**
 * By whom.
 */
reporter: string, 
/**
 * Deadline in force.
 */
deadline: string | null, 
/**
 * When it was rectified.
 */
rectified: Timestamp | null, 
/**
 * When it was closed.
 */
closed: Timestamp | null, 
/**
 * Who is to rectify.
 */
responsible: Array<string>, 
/**
 * The units that it is with, short.
 */
units: Array<string>, 
/**
 * The officers that it is with.
 */
officers: Array<string>, };

export type FindingPaper = { 
/**
 * The finding.
 */
id: string, 
/**
 * The event that it is the paper of.
 */
event: string, 
/**
 * Which paper.
 */
kind: PaperKind, 
/**
 * The issuing unit's full name.
 */
unit: string, 
/**
 * To whom.
 */
site: SiteOnPaper, 
/**
 * The two officers.
 */
officers: Array<OfficerShown>, 
/**
 * When, as counted.
 */
at: Timestamp, 
/**
 * The hazard, as the author saw it.
 */
text: string, 
/**
 * Where at the site.
 */
location: string, 
/**
 * The law or standard that it offends.
 */
basis: string, 
/**
 * Photos of it, as the author saw them.
 */
photos: Array<PhotoShown>, 
/**
 * The deadline: of the order, or the new one of a failed re-check.
 */
due: string | null, 
/**
 * Who is to rectify.
 */
who: PersonShown | null, 
/**
 * On what ground it was ordered.
 */
ground: string, 
/**
 * The measure of a halt.
 */
measure: string, 
/**
 * The author's words.
 */
words: string, 
/**
 * What a re-check answers; none on other papers.
 */
recheck: RecheckOnPaper | null, 
/**
 * It doesn't hold or count: a key for words.
 */
void: string | null, 
/**
 * Fewer than two valid certificates that day.
 */
marked: boolean, 
/**
 * First half of the hash of its change.
 */
fingerprint: string, };

export type FindingRow = { 
/**
 * Which.
 */
id: string, 
/**
 * The site, or
 */
site: UnitShown | null, 
/**
 * the place in words.
 */
place: string | null, 
/**
 * What.
 */
text: string, 
/**
 * Where at the site.
 */
location: string, 
/**
 * Level.
 */
level: Level, 
/**
 * Major without a clause yet.
 */
suspected: boolean, 
/**
 * State.
 */
state: FindingState, 
/**
 * The date that matters now: deadline, or the re-check's.
 */
due: Due | null, 
/**
 * Its thumbnail's hash.
 */
thumb: string | null, 
/**
 * Work halted.
 */
halted: boolean, 
/**
 * On a level's list.
 */
listed: boolean, 
/**
 * Contradictory events.
 */
disputed: boolean, 
/**
 * Past its deadline.
 */
overdue: boolean, 
/**
 * Number of its item in the inspection, if any.
 */
item: [string, string] | null, 
/**
 * Everything of it is synced.
 */
kept: Kept, 
/**
 * Not opened on this device.
 */
new: boolean, };

export type FindingState = "reported" | "ordered" | "accepted" | "extension_asked" | "rectified" | "withdrawn" | "closed";

export type FindingTable = { 
/**
 * Whose area; none for who has no unit.
 */
unit: UnitShown | null, 
/**
 * The rows.
 */
rows: Array<FindingLine>, 
/**
 * How many fit.
 */
total: number, 
/**
 * Sections to choose from: those that findings of the scope have.
 */
sections: Array<string>, };

export type FindingView = { 
/**
 * Its row.
 */
row: FindingRow, 
/**
 * official, self or report.
 */
origin: Origin, 
/**
 * The inspection it was found in.
 */
from: string | null, 
/**
 * Its item's text.
 */
item_text: string | null, 
/**
 * The clause of a major one.
 */
clause: Clause | null, 
/**
 * 依据
 */
basis: string, 
/**
 * Proposed deadline.
 */
proposed_due: string | null, 
/**
 * Proposed responsible person.
 */
proposed_who: PersonShown | null, 
/**
 * Deadline in force.
 */
deadline: Due | null, 
/**
 * Last day of the re-check.
 */
recheck_due: Due | null, 
/**
 * From when a later deadline can be asked for, while I answer for it and that day is to come.
 */
ask_from: string | null, 
/**
 * Photos before.
 */
before: Array<PhotoShown>, 
/**
 * Photos after.
 */
after: Array<PhotoShown>, 
/**
 * Who is responsible, and on what ground.
 */
responsible: Array<ResponsibleShown>, 
/**
 * Newest first.
 */
timeline: Array<TimelineEntry>, 
/**
 * What I may do now, the likely one first.
 */
actions: Array<ActionOffer>, 
/**
 * Fields of the report in which people who had not seen each other's words differ.
 */
conflicts: Array<FieldConflict>, 
/**
 * Contradictory events.
 */
disputes: Array<string>, 
/**
 * Reported by.
 */
by: By, 
/**
 * I may still change its report.
 */
may_edit: boolean, 
/**
 * Where it was recorded.
 */
loc: Location | null, };

export type Five = { 
/**
 * 措施
 */
measure: string, 
/**
 * 资金
 */
funds: string, 
/**
 * 时限
 */
due: string, 
/**
 * 责任人
 */
who: string, 
/**
 * 预案
 */
plan: string, };

export type Grade = "excellent" | "good" | "pass" | "fail";

export type ImportAnswer = { 
/**
 * Names these files, options and this state of the register.
 */
seal: string, 
/**
 * It is written.
 */
written: boolean, 
/**
 * Something is to be mended first, so nothing can be written.
 */
blocked: boolean, 
/**
 * Rows of the register that are (or would be) written.
 */
rows: number, 
/**
 * By kind of sheet.
 */
counts: Array<ImportCount>, 
/**
 * Those to mend first.
 */
problems: Array<ImportProblem>, 
/**
 * What changes.
 */
changes: Array<ImportChange>, };

export type ImportChange = { 
/**
 * `new`, `changed`, `retired`, `missing`.
 */
action: string, 
/**
 * The register's table.
 */
table: string, 
/**
 * The row in words.
 */
row: string, 
/**
 * What changes in it.
 */
fields: Array<ImportField>, };

export type ImportCount = { 
/**
 * `units`, `people`, `checklists`, `letters`, `plan`.
 */
kind: string, 
/**
 * Rows read (checklists: lists).
 */
read: number, 
/**
 * Rows of the register that are new.
 */
new: number, 
/**
 * That change.
 */
changed: number, 
/**
 * That are retired.
 */
retired: number, 
/**
 * That the files no longer have, and that are kept.
 */
missing: number, };

export type ImportField = { 
/**
 * Its header.
 */
column: string, 
/**
 * What it was; empty for nothing.
 */
before: string, 
/**
 * What it becomes.
 */
after: string, };

export type ImportFile = { 
/**
 * Its name, for the problems' places.
 */
name: string, 
/**
 * Its bytes.
 */
base64: string, };

export type ImportProblem = { 
/**
 * To be mended before anything is written.
 */
blocks: boolean, 
/**
 * The file.
 */
file: string, 
/**
 * The sheet.
 */
sheet: string, 
/**
 * The file's own row number, from 1.
 */
row: number | null, 
/**
 * The column's header.
 */
column: string | null, 
/**
 * What is there.
 */
found: string, 
/**
 * What is wrong, for screens that have words for it: a code, and what its sentence needs.
 */
fault: string, 
/**
 * See `fault`.
 */
details: { [key in string]: string }, 
/**
 * What is wrong and what to do, in the language of the spreadsheets.
 */
advice: string, 
/**
 * A known name with a new number: (old, new). The importer says whether it is the same person.
 */
phones: [string, string] | null, };

export type ImportRequest = { 
/**
 * .xlsx and .csv, in any order.
 */
files: Array<ImportFile>, 
/**
 * Moves 年度 and 证件有效期 so that the files' one year becomes this one.
 */
year: number | null, 
/**
 * The day from which targets are counted.
 */
counted_from: string | null, 
/**
 * Retires what the files no longer have.
 */
retire_missing: boolean, 
/**
 * Changed phone numbers of the same people: new number → old number.
 */
same_person: { [key in string]: string }, 
/**
 * Numbers of new people who have another's name.
 */
new_person: Array<string>, 
/**
 * Writes what the preview with this seal showed, and nothing else.
 */
seal: string | null, };

export type InspectionAct = { "k": "finished" } | { "k": "reopened", reason: string, } | { "k": "signed", as: SignedAs, name: string, drawing: string, 
/**
 * `agreed`, or the representative's words.
 */
opinion?: string | null, } | { "k": "refused", reason: string, witness: string, } | { "k": "withdrawn", reason: string, } | { "k": "lead" } | { "k": "settled", key: string, value: string | null, } | { "k": "commented" };

export type InspectionAsk = { 
/**
 * Whose area; begun in which period.
 */
scope: DeskScope, 
/**
 * How far; none = all.
 */
state: InspectionState | null, 
/**
 * Of these kinds; empty = all.
 */
kinds: Array<InspectionKind>, 
/**
 * Words in site, conclusion or team; pinyin initials of the site too.
 */
query: string, 
/**
 * Sorted by.
 */
by: InspectionColumn, 
/**
 * The other way round.
 */
descending: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows at most; 0 = 50.
 */
limit: number, };

export type InspectionColumn = "began" | "site" | "part" | "kind" | "state" | "answered" | "findings";

export type InspectionFilter = { 
/**
 * Words in site or conclusion; pinyin initials too.
 */
query: string, 
/**
 * Of this site.
 */
site: string | null, 
/**
 * Finished, unfinished, or both.
 */
finished: boolean | null, 
/**
 * I am in the team.
 */
mine: boolean, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows at most; 0 = 50.
 */
limit: number, };

export type InspectionKind = "routine" | "special" | "leader_led" | "recheck" | "self" | "post";

export type InspectionLine = { 
/**
 * Its row.
 */
row: InspectionRow, 
/**
 * The site's territory, short.
 */
part: string, 
/**
 * How far it is.
 */
state: InspectionState, 
/**
 * The units of its team, short.
 */
units: Array<string>, 
/**
 * The conclusion.
 */
end: string, };

export type InspectionRow = { 
/**
 * Which.
 */
id: string, 
/**
 * The site, or
 */
site: UnitShown | null, 
/**
 * the place in words.
 */
place: string | null, 
/**
 * Its kind.
 */
kind: InspectionKind, 
/**
 * When it began.
 */
began: Timestamp, 
/**
 * When it was finished.
 */
finished: Timestamp | null, 
/**
 * Names of the team.
 */
team: Array<string>, 
/**
 * Answered, items.
 */
answered: [number, number], 
/**
 * Findings recorded in it.
 */
findings: number, 
/**
 * Conflicts not settled.
 */
conflicts: number, 
/**
 * Withdrawn.
 */
withdrawn: boolean, 
/**
 * Everything of it is synced.
 */
kept: Kept, 
/**
 * Not opened on this device.
 */
new: boolean, };

export type InspectionState = "unfinished" | "finished" | "withdrawn";

export type InspectionTable = { 
/**
 * Whose area; none for who has no unit.
 */
unit: UnitShown | null, 
/**
 * The rows.
 */
rows: Array<InspectionLine>, 
/**
 * How many fit.
 */
total: number, };

export type InspectionView = { 
/**
 * Its row.
 */
row: InspectionRow, 
/**
 * plan, action, report or recheck.
 */
basis: string | null, 
/**
 * Who is in the team.
 */
team: Array<OfficerShown>, 
/**
 * Since when each of them is in: the first that they wrote here; none: named, not in yet.
 */
joined: Array<number | null>, 
/**
 * Who is planned and not in the team.
 */
awaited: Array<PersonShown>, 
/**
 * Who leads.
 */
leader: string | null, 
/**
 * Whose targets it counts for.
 */
counts_for: CountsFor, 
/**
 * Lists with their sections and items.
 */
lists: Array<ListView>, 
/**
 * Photos of no item.
 */
photos: Array<PhotoShown>, 
/**
 * Findings recorded in it.
 */
findings: Array<FindingRow>, 
/**
 * I may fill it.
 */
may_fill: boolean, 
/**
 * I may say which of several answers or words holds.
 */
settles: boolean, 
/**
 * Signatures that it lacks and that I may give here, before the end or after it: `officer` or
 * `leader` (mine), `representative`.
 */
to_sign: Array<string>, 
/**
 * Fields that are no answers, in which people differ.
 */
contradictions: Array<ContradictionShown>, 
/**
 * What the leader saw, said and ordered, newest first.
 */
opinions: Array<SaidShown>, 
/**
 * The planned visits that it fulfils.
 */
plan: Array<string>, 
/**
 * Why not.
 */
why_not: Problem | null, 
/**
 * Events.
 */
timeline: Array<TimelineEntry>, 
/**
 * Acts that I may do now, the likely one first: `finished`, `reopened`, `signed_officer` …
 */
actions: Array<string>, 
/**
 * The conclusion.
 */
end: string | null, 
/**
 * Complete, or what is lacking: `basis`, `officers`, `certificates`, `signatures`,
 * `representative`.
 */
lacking: Array<string>, 
/**
 * Signatures and refusal.
 */
signatures: Array<SignatureShown>, };

export type Invitation = { 
/**
 * Who.
 */
person: PersonShown, 
/**
 * For one device.
 */
code: string, 
/**
 * Opens the app with the code; what a QR picture holds.
 */
link: string, 
/**
 * It holds until this moment.
 */
expires: Timestamp, };

export type Item = { 
/**
 * Short code, unique in its list for ever.
 */
code: string, 
/**
 * 序号, for showing.
 */
number: number, 
/**
 * 检查类别
 */
section: string, 
/**
 * 检查内容
 */
text: string, 
/**
 * 检查内容（英文）
 */
english?: string, 
/**
 * 检查方法
 */
method?: string, 
/**
 * 答案类型
 */
answer: AnswerType, 
/**
 * 依据
 */
basis?: string, 
/**
 * 默认等级 is 疑似重大: a prompt, not a verdict.
 */
suspected_major?: boolean, 
/**
 * 重大判定条款: the prompt's standard and article.
 */
clause?: string, 
/**
 * 建议拍照: asked for, never forced.
 */
photo?: boolean, };

export type ItemView = { 
/**
 * The item.
 */
item: Item, 
/**
 * What counts: ok, fail, na, a number, words; none = unanswered.
 */
value: string | null, 
/**
 * A number out of limits.
 */
out_of_limits: boolean, 
/**
 * Who said it.
 */
by: By | null, 
/**
 * All that stand, if they differ; the one that counts first.
 */
conflict: Array<SaidShown>, 
/**
 * Written without having seen the end.
 */
late: Array<SaidShown>, 
/**
 * The note.
 */
note: string | null, 
/**
 * Two notes that differ: both.
 */
notes: Array<SaidShown>, 
/**
 * Photos.
 */
photos: Array<PhotoShown>, 
/**
 * Findings recorded at it.
 */
findings: Array<FindingRow>, };

export type Kept = "here" | "synced";

export type LeftItem = { 
/**
 * Where a tap leads.
 */
place: Place | null, 
/**
 * The site's short name.
 */
site: string, 
/**
 * By when.
 */
due: Due | null, 
/**
 * The month it falls into.
 */
month: number | null, };

export type LetterView = { 
/**
 * The letter.
 */
id: string, 
/**
 * The year.
 */
year: number, 
/**
 * Issued by.
 */
issuer: string, 
/**
 * Signed by.
 */
signer: string, 
/**
 * Its unit, for a unit's letter.
 */
unit: string | null, 
/**
 * Its targets.
 */
targets: Array<TargetRow>, 
/**
 * Total of the counted targets, 0..100, and their weight.
 */
total: number | null, 
/**
 * Weight of the counted targets.
 */
counted_weight: number, 
/**
 * Weight of all targets.
 */
weight: number, 
/**
 * A veto item isn't reached.
 */
vetoed: boolean, 
/**
 * What the total amounts to so far.
 */
grade: Grade | null, };

export type Letters = { 
/**
 * Units with a letter, in the order of the area.
 */
units: Array<UnitLetters>, 
/**
 * The unit shown.
 */
unit: UnitShown | null, 
/**
 * Its letter, then those of its people that I may see.
 */
letters: Array<LetterView>, };

export type Level = "general" | "major";

export type ListChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its English name, or nothing.
 */
english: string, 
/**
 * Number of items.
 */
items: number, 
/**
 * Proposed by the plan, the industry or the last time.
 */
chosen: boolean, 
/**
 * Offered under "more".
 */
more: boolean, };

export type ListView = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its English name, or nothing.
 */
english: string, 
/**
 * Its sections in order.
 */
sections: Array<SectionView>, };

export type Location = { 
/**
 * Degrees, WGS-84.
 */
lat: number, 
/**
 * Degrees, WGS-84.
 */
lon: number, 
/**
 * Metres.
 */
accuracy: number, 
/**
 * `gps`, `network`, `exif` or `hand`.
 */
source: string, 
/**
 * When it was measured, by the device's clock.
 */
time: Timestamp, };

export type Me = { 
/**
 * None: not enrolled.
 */
person: PersonShown | null, 
/**
 * All posts, the first one shown on Today.
 */
posts: Array<PersonShown>, 
/**
 * This device.
 */
device: string | null, 
/**
 * The relay's address.
 */
relay: string, 
/**
 * The app's version.
 */
version: string, 
/**
 * What I may do at all: decides which tabs and buttons are offered.
 */
rights: Rights, 
/**
 * Bytes on this device: records, photos.
 */
stored: [number, number], 
/**
 * First sync still under way: records so far, records in all.
 */
first_sync: [number, number] | null, 
/**
 * Today's day in the organisation's zone.
 */
today: string, 
/**
 * That zone's IANA name.
 */
zone: string, };

export type Measure = "overdue" | "not_ordered" | "not_rechecked" | "major_open" | "due" | "due_missed" | "reported";

export type MemberFilter = { 
/**
 * Name, title, unit or pinyin initials.
 */
query: string, 
/**
 * Of one unit.
 */
unit: string | null, 
/**
 * Only who has no device yet.
 */
without_device: boolean, 
/**
 * Rows at most; 0 = 50.
 */
limit: number, };

export type MemberRow = { 
/**
 * Who, with the post that matters most.
 */
person: PersonShown, 
/**
 * All posts.
 */
posts: Array<PersonShown>, 
/**
 * Devices that weren't revoked.
 */
devices: number, 
/**
 * I may invite them: by the table of rights.
 */
may_invite: boolean, };

export type MonthRate = { 
/**
 * 1–12
 */
month: number, 
/**
 * Its rate; none while it isn't counted (before counting began, or still to come).
 */
rate: Rate | null, 
/**
 * It is running: its number is so far.
 */
running: boolean, };

export type NewPhoto = { 
/**
 * The file's bytes, base64 (JPEG, PNG or WebP); empty for one that is kept here already.
 */
base64: string, 
/**
 * The one that is kept here already ([`super::Request::KeepPhoto`]).
 */
kept: Photo | null, 
/**
 * Where it was taken, if known.
 */
loc: Location | null, 
/**
 * When it was taken, by the file or the clock.
 */
taken: Timestamp | null, };

export type Notice = { "Record": { id: string, } } | { "Register": Record<symbol, never> } | { "Sync": Record<symbol, never> } | { "Refused": Record<symbol, never> } | { "Photo": { hash: string, } } | { "Enrolled": Record<symbol, never> };

export type Number = { 
/**
 * The target with its progress in this period.
 */
target: TargetRow, 
/**
 * Whose letter.
 */
whose: string, 
/**
 * Periods that can be chosen.
 */
periods: Array<string>, 
/**
 * What was counted, problems first.
 */
counted: Array<Counted>, 
/**
 * What was left out, by reason.
 */
left_out: Array<[string, Array<Counted>]>, };

export type OfficerShown = { 
/**
 * Who.
 */
person: PersonShown, 
/**
 * leader, member or expert.
 */
role: string, 
/**
 * 执法证号
 */
certificate: string | null, 
/**
 * Valid through.
 */
expires: string | null, 
/**
 * Valid today.
 */
valid: boolean, 
/**
 * Named by the plan.
 */
planned: boolean, };

export type Origin = "official" | "self" | "report";

export type Page<T> = { 
/**
 * The rows.
 */
rows: Array<T>, 
/**
 * How many there are in all.
 */
total: number, };

export type PaperKind = "order" | "measure" | "recheck";

export type Period = "month" | "quarter" | "year";

export type PersonCard = { 
/**
 * Who, with the post in this unit.
 */
person: PersonShown, 
/**
 * 执法证号
 */
certificate: string | null, 
/**
 * The certificate's last day.
 */
expires: Due | null, };

export type PersonShown = { 
/**
 * Who.
 */
id: string, 
/**
 * 姓名
 */
name: string, 
/**
 * The unit's short name of the post that matters here.
 */
unit: string, 
/**
 * 职务
 */
title: string, 
/**
 * 岗位类别
 */
kind: PostKind | null, 
/**
 * For `tel:`, where the reader may see it.
 */
phone: string | null, };

export type Photo = { 
/**
 * The picture's hash.
 */
h: string, 
/**
 * The picture's bytes.
 */
size: number, 
/**
 * The thumbnail's hash.
 */
thumb: string, 
/**
 * When it was taken, by the device's clock.
 */
taken: Timestamp, 
/**
 * Where it was taken.
 */
loc?: Location | null, };

export type PhotoShown = { 
/**
 * As the record names it.
 */
photo: Photo, 
/**
 * Who took it.
 */
by: By, 
/**
 * The picture is on this device.
 */
here: boolean, 
/**
 * The thumbnail is on this device.
 */
thumb_here: boolean, 
/**
 * The relay has the picture; if not, it is still on its author's device.
 */
uploaded: boolean, };

export type Place = { "Inspection": string } | { "Finding": string } | { "Site": string };

export type PlanMatter = { 
/**
 * What.
 */
kind: PlanMatterKind, 
/**
 * The sites, the riskier first.
 */
sites: Array<PlanMatterSite>, };

export type PlanMatterKind = "late" | "due" | "missed" | "gap" | "over" | "joint";

export type PlanMatterSite = { 
/**
 * The site.
 */
site: UnitShown, 
/**
 * The visit, if it is about one.
 */
visit: string | null, 
/**
 * The visit's month.
 */
month: number | null, 
/**
 * The officers, or the units that could go together.
 */
names: Array<string>, 
/**
 * The limit that was passed.
 */
limit: VisitLimit | null, };

export type PlanOfficer = { 
/**
 * Who.
 */
id: string, 
/**
 * 姓名
 */
name: string, };

export type PlanRow = { 
/**
 * The site.
 */
site: UnitShown, 
/**
 * Its planned visits by month, the unit's own first.
 */
visits: Array<PlanVisit>, 
/**
 * 本年已查 / 上限 of the unit that is nearest to its limit here.
 */
limit: VisitLimit | null, 
/**
 * Nobody is to visit it this quarter, and nobody did.
 */
gap: boolean, };

export type PlanShown = { 
/**
 * The row.
 */
id: string, 
/**
 * Its unit's short name.
 */
unit: string, 
/**
 * Its month.
 */
month: number, 
/**
 * Its kind.
 */
kind: InspectionKind, 
/**
 * Its officers' names.
 */
officers: Array<string>, };

export type PlanSum = { 
/**
 * All of the year that are counted.
 */
all: number, 
/**
 * Made, with a complete record.
 */
done: number, 
/**
 * Their month is over; a visit until the end of the next still fulfils them.
 */
late: number, 
/**
 * Not made, and no longer to be made.
 */
missed: number, 
/**
 * Due this month.
 */
due: number, 
/**
 * Later this year.
 */
coming: number, 
/**
 * Their month was over before counting began.
 */
before: number, };

export type PlanView = { 
/**
 * Whose plan; none for who has no unit.
 */
unit: UnitShown | null, 
/**
 * The year.
 */
year: number, 
/**
 * Years that have a plan.
 */
years: Array<number>, 
/**
 * The running month, if it is this year's.
 */
month: number | null, 
/**
 * Days left of the running month, today not counted.
 */
days_left: number, 
/**
 * Visits of the unit and those below it.
 */
sum: PlanSum, 
/**
 * Sites, the riskier first.
 */
rows: Array<PlanRow>, 
/**
 * What to deal with, the most urgent first.
 */
matters: Array<PlanMatter>, };

export type PlanVisit = { 
/**
 * The plan's row.
 */
id: string, 
/**
 * Its unit's short name.
 */
unit: string, 
/**
 * What officials call it, for a narrow cell.
 */
tiny: string, 
/**
 * It counts for the unit shown: its own, or one below it.
 */
own: boolean, 
/**
 * Its month.
 */
month: number, 
/**
 * Its kind.
 */
kind: InspectionKind, 
/**
 * Its officers.
 */
officers: Array<PlanOfficer>, 
/**
 * How it stands.
 */
state: VisitState, 
/**
 * Why I can't change it, by the rules that the relay refuses by; none if I can.
 */
fixed: string | null, 
/**
 * What it was before somebody changed it.
 */
was: PlanWas | null, 
/**
 * The inspection that fulfilled it, or one whose record is not complete.
 */
inspection: string | null, };

export type PlanWas = { 
/**
 * Its month, if it was moved.
 */
month: number | null, 
/**
 * Its officers, if they were others.
 */
officers: Array<string>, 
/**
 * Who changed it last.
 */
by: string, 
/**
 * Why.
 */
reason: string, };

export type Position = { 
/**
 * Degrees, WGS-84.
 */
lat: number, 
/**
 * Degrees, WGS-84.
 */
lon: number, 
/**
 * Metres.
 */
accuracy: number, };

export type PostKind = "party" | "main" | "in_charge" | "dual_duty" | "supervisor" | "inspector" | "principal" | "safety_officer" | "worker" | "administrator";

export type Problem = { 
/**
 * Its code.
 */
code: string, 
/**
 * Parameters of its text.
 */
details?: { [key in string]: string }, 
/**
 * Whether to try again.
 */
retry: Retry, 
/**
 * Finds the internal words in the log.
 */
trace?: string, };

export type ProblemOnPaper = { 
/**
 * The finding.
 */
id: string, 
/**
 * What, as whoever dealt with it first saw it.
 */
text: string, 
/**
 * Where at the site.
 */
location: string, 
/**
 * 依据
 */
basis: string, 
/**
 * Level.
 */
level: Level, 
/**
 * Called major without a clause yet.
 */
suspected: boolean, 
/**
 * The clause of a major one.
 */
clause: Clause | null, 
/**
 * How many photos.
 */
photos: number, 
/**
 * Put right on the spot.
 */
corrected: boolean, 
/**
 * Deadline of the first order.
 */
due: string | null, 
/**
 * Measure of a halt.
 */
measure: string | null, 
/**
 * The unit that it was proposed to.
 */
to: string | null, };

export type Queue = { 
/**
 * Groups with their counts, in the order shown.
 */
groups: Array<[QueueGroup, number]>, 
/**
 * The group shown.
 */
group: QueueGroup, 
/**
 * Its findings, soonest due first.
 */
findings: Array<FindingRow>, 
/**
 * Its inspections, newest first.
 */
inspections: Array<InspectionRow>, 
/**
 * Those not accepted that fit, by their numbers on this device.
 */
not_accepted: Array<number>, 
/**
 * Units to choose from.
 */
units: Array<UnitShown>, };

export type QueueFilter = { 
/**
 * Words in text, site and place, a person's name; pinyin initials of the site and the person.
 */
query: string, 
/**
 * At sites of this unit, or with it.
 */
unit: string | null, 
/**
 * Reported or begun in this period: `2026-11`, `2026-Q4`, `2026`.
 */
period: string | null, };

export type QueueGroup = "order" | "recheck" | "extension" | "overdue" | "major" | "due_today" | "conflict" | "refused_signature" | "new_inspection" | "not_accepted";

export type Rate = { 
/**
 * As they should be.
 */
good: number, 
/**
 * Of all; 0: there was nothing to count.
 */
of: number, };

export type RecheckOnPaper = { 
/**
 * Passed, or failed.
 */
passed: boolean, 
/**
 * Day of the order that it answers.
 */
ordered: string | null, 
/**
 * Full name of the unit that gave it.
 */
ordered_by: string | null, 
/**
 * Its deadline.
 */
due: string | null, 
/**
 * Until when more time was granted.
 */
extended: string | null, 
/**
 * What was reported as done.
 */
rectified: string | null, 
/**
 * When that was reported.
 */
rectified_at: Timestamp | null, 
/**
 * Photos after: the report's, then the re-check's own.
 */
photos: Array<PhotoShown>, };

export type RecordPaper = { 
/**
 * The inspection.
 */
id: string, 
/**
 * The inspecting unit's full name, at the head.
 */
unit: string, 
/**
 * Where.
 */
site: SiteOnPaper, 
/**
 * By government units: has certificates and the site's signature.
 */
official: boolean, 
/**
 * How.
 */
kind: InspectionKind, 
/**
 * plan, action, report or recheck.
 */
basis: string | null, 
/**
 * Months of the planned visits that it carries out.
 */
months: Array<number>, 
/**
 * From.
 */
began: Timestamp, 
/**
 * To: when the end was opened.
 */
ended: Timestamp | null, 
/**
 * Ended and not reopened.
 */
finished: boolean, 
/**
 * Withdrawn: the paper says so.
 */
withdrawn: boolean, 
/**
 * Who inspected, the leader first.
 */
officers: Array<OfficerShown>, 
/**
 * The checklists' names.
 */
lists: Array<string>, 
/**
 * The answers, counted.
 */
counts: EndCounts, 
/**
 * The conclusion, once written.
 */
conclusion: string | null, 
/**
 * What was found, and how it was handled.
 */
problems: Array<ProblemOnPaper>, 
/**
 * Signatures that count: officers and leader.
 */
signatures: Array<SignatureShown>, 
/**
 * What the leader saw, said and ordered, oldest first.
 */
opinions: Array<SaidShown>, 
/**
 * The representative's post.
 */
rep_post: string | null, 
/**
 * The representative's signature, if it counts.
 */
rep_signature: SignatureShown | null, 
/**
 * Refused to sign: reason and witness.
 */
refusal: [string, string] | null, 
/**
 * What is lacking, as in [`super::EndView`].
 */
lacking: Array<string>, 
/**
 * First half of the hash of the change that ended it: it stands for all that was seen then.
 */
fingerprint: string | null, };

export type RefusedRow = { 
/**
 * On this device.
 */
id: number, 
/**
 * The record.
 */
record: Place | null, 
/**
 * The record's id, also when it isn't here any more.
 */
doc: string, 
/**
 * Why.
 */
code: string, 
/**
 * Parameters of the reason's text; the way out among them.
 */
details: { [key in string]: string }, 
/**
 * What it was: the event's kind or the key's class.
 */
what: string, 
/**
 * Its words, whole.
 */
words: string, 
/**
 * The deadline that it names.
 */
due: string | null, 
/**
 * Its photos' thumbnails.
 */
photos: Array<string>, 
/**
 * The site's short name.
 */
site: string, 
/**
 * When it was written, and when it was refused.
 */
written: Timestamp, 
/**
 * When it was refused.
 */
refused: Timestamp, 
/**
 * How many other changes of the same push were accepted.
 */
accepted_beside: number, 
/**
 * What can be done.
 */
ways: Array<RefusedWay>, 
/**
 * What was done.
 */
resolved: RefusedWay | null, };

export type RefusedWay = { "Propose": { 
/**
 * The unit.
 */
to: string, 
/**
 * Its short name.
 */
name: string, } } | { "Comment": Record<symbol, never> } | { "Again": Record<symbol, never> } | { "Archive": Record<symbol, never> };

export type Reply = { "Me": Me } | { "SyncState": SyncState } | { "SyncLog": Array<SyncLogLine> } | { "Devices": Array<DeviceShown> } | { "Refused": Array<RefusedRow> } | { "Waiting": Array<WaitingShown> } | { "Today": Today } | { "Start": Start } | { "Sites": Array<SiteRow> } | { "Site": SiteView } | { "Visit": VisitView } | { "People": Array<PersonShown> } | { "Inspections": Page<InspectionRow> } | { "Inspection": InspectionView } | { "End": EndView } | { "Findings": Page<FindingRow> } | { "Finding": FindingView } | { "RecordPaper": RecordPaper } | { "FindingPapers": Array<FindingPaper> } | { "Queue": Queue } | { "Responsibility": Responsibility } | { "Unit": UnitView } | { "Number": Number } | { "DeskUnits": Array<DeskUnit> } | { "Plan": PlanView } | { "VisitChange": VisitChangeView } | { "Dashboard": Dashboard } | { "FindingTable": FindingTable } | { "InspectionTable": InspectionTable } | { "Organisation": Array<UnitPeople> } | { "Letters": Letters } | { "Photo": string | null } | { "Members": Page<MemberRow> } | { "Checklists": Array<ChecklistRow> } | { "Checklist": ChecklistView } | { "Invite": Array<Invitation> } | { "AllDevices": Array<DeviceRow> } | { "Acts": Array<ActShown> } | { "Settings": Array<SettingLine> } | { "SetSetting": Array<SettingLine> } | { "Import": ImportAnswer } | { "JoinCode": string } | { "Unfiled": string | null } | { "KeepPhoto": Photo } | { "Done": { id: string | null, command: number, undo_until: number | null, } } | { "None": Record<symbol, never> };

export type Report = { 
/**
 * The inspection it is found in.
 */
from: string | null, 
/**
 * Checklist and item.
 */
item: [string, string] | null, 
/**
 * The site, or
 */
site: string | null, 
/**
 * words for a place that isn't in the register.
 */
place: string | null, 
/**
 * Passed on from a complaint.
 */
complaint: boolean, 
/**
 * What is wrong; may come later if there is a photo.
 */
text: string, 
/**
 * Where at the site.
 */
location: string, 
/**
 * Level.
 */
level: Level, 
/**
 * The clause of a major one; without it: suspected.
 */
clause: Clause | null, 
/**
 * 依据
 */
basis: string, 
/**
 * Proposed deadline.
 */
due: string | null, 
/**
 * Proposed responsible person.
 */
who: string | null, 
/**
 * Photos.
 */
photos: Array<NewPhoto>, 
/**
 * Where.
 */
loc: Location | null, 
/**
 * Corrected on the spot: photos after.
 */
corrected: Array<NewPhoto> | null, };

export type Request = { "Me": Record<symbol, never> } | { "Enrol": { relay: string, code: string, } } | { "SyncState": Record<symbol, never> } | { "Sync": Record<symbol, never> } | { "GoOffline": Record<symbol, never> } | { "GoOnline": Record<symbol, never> } | { "SyncLog": { limit: number, } } | { "Devices": Record<symbol, never> } | { "Refused": Record<symbol, never> } | { "ResolveRefused": { id: number, way: RefusedWay, } } | { "Opened": { id: string, } } | { "Undo": { command: number, } } | { "Waiting": Record<symbol, never> } | { "Today": Record<symbol, never> } | { "Start": { near: Position | null, } } | { "Sites": { query: string, near: Position | null, limit: number, } } | { "Site": { site: string, } } | { "Visit": { site: string, plan: string | null, } } | { "People": { query: string, unit: string | null, limit: number, } } | { "Inspections": { filter: InspectionFilter, } } | { "Inspection": { id: string, } } | { "End": { id: string, } } | { "Findings": { filter: FindingFilter, } } | { "Finding": { id: string, } } | { "RecordPaper": { id: string, } } | { "FindingPapers": { id: string, } } | { "Queue": { group: QueueGroup | null, filter: QueueFilter, limit: number, } } | { "Responsibility": Record<symbol, never> } | { "Unit": { unit: string, } } | { "Number": { target: string, period: string | null, } } | { "DeskUnits": Record<symbol, never> } | { "Plan": { unit: string | null, year: number | null, } } | { "VisitChange": { row: string, month: number | null, officers: Array<string> | null, } } | { "Dashboard": { scope: DeskScope, } } | { "FindingTable": { ask: FindingAsk, } } | { "InspectionTable": { ask: InspectionAsk, } } | { "Organisation": Record<symbol, never> } | { "Letters": { unit: string | null, } } | { "Photo": { hash: string, } } | { "FetchPhoto": { hash: string, } } | { "Unfiled": { name: string, } } | { "KeepUnfiled": { name: string, content: string | null, } } | { "KeepPhoto": { photo: NewPhoto, } } | { "Members": { filter: MemberFilter, } } | { "Checklists": Record<symbol, never> } | { "Checklist": { code: string, } } | { "Invite": { people: Array<string>, hours: number | null, } } | { "AllDevices": Record<symbol, never> } | { "Revoke": { device: string, } } | { "Acts": Record<symbol, never> } | { "Settings": Record<symbol, never> } | { "SetSetting": { name: string, value: string, } } | { "ChangePlanned": { row: string, month: number | null, officers: Array<string> | null, reason: string, } } | { "Import": ImportRequest } | { "Begin": Begin } | { "Join": { code: string, } } | { "JoinCode": { id: string, } } | { "AddTeam": { id: string, person: string, role: string, } } | { "LeaveTeam": { id: string, person: string, } } | { "AddList": { id: string, list: string, } } | { "SetBasis": { id: string, basis: string, plan: Array<string>, } } | { "Answer": { id: string, list: string, item: string, value: string | null, } } | { "FillSection": { id: string, list: string, section: string, } } | { "Note": { id: string, list: string, item: string, text: string, } } | { "AddPhoto": { id: string, list: string, item: string, photo: NewPhoto, } } | { "RemovePhoto": { id: string, list: string, item: string, hash: string, } } | { "MoveTo": { id: string, site: string, } } | { "Settle": { id: string, list: string, item: string, value: string | null, } } | { "SettleField": { id: string, key: string, value: string | null, } } | { "SetEnd": { id: string, end: string | null, rep: string | null, rep_post: string | null, } } | { "Sign": { id: string, role: string, name: string, drawing: NewPhoto, opinion: string | null, } } | { "Finish": { id: string, } } | { "ActOnInspection": { id: string, event: Event<InspectionAct>, } } | { "Report": Report } | { "EditFinding": { id: string, edit: FindingEdit, } } | { "AddFindingPhoto": { id: string, photo: NewPhoto, } } | { "RemoveFindingPhoto": { id: string, hash: string, } } | { "Act": { id: string, event: Event<FindingAct>, photos: Array<NewPhoto>, } };

export type Responsibility = { 
/**
 * My own letters.
 */
own: Array<LetterView>, 
/**
 * My units' letters.
 */
unit: Array<LetterView>, 
/**
 * Units below that have letters, with their totals.
 */
below: Array<[UnitShown, number | null]>, };

export type ResponsibleShown = { 
/**
 * rectify, principal, territory or industry.
 */
ground: string, 
/**
 * The person.
 */
person: PersonShown | null, 
/**
 * The unit, for territory and industry.
 */
unit: UnitShown | null, };

export type Retry = "never" | "later" | "after_update" | "after_sign_in";

export type Rights = { 
/**
 * Official inspections.
 */
inspect: boolean, 
/**
 * Self-inspections of the own enterprise.
 */
self_inspect: boolean, 
/**
 * Post checks.
 */
post_check: boolean, 
/**
 * Order somewhere.
 */
order: boolean, 
/**
 * Answer orders.
 */
answer: boolean, 
/**
 * Lead.
 */
lead: boolean, 
/**
 * Has the supervisor's queue.
 */
supervise: boolean, 
/**
 * Administers.
 */
administer: boolean, };

export type Risk = "red" | "orange" | "yellow" | "blue";

export type SaidShown = { 
/**
 * What was said; none = cleared.
 */
value: string | null, 
/**
 * By whom.
 */
by: By, };

export type SectionView = { 
/**
 * 检查类别
 */
name: string, 
/**
 * Answered, items.
 */
answered: [number, number], 
/**
 * Its items.
 */
items: Array<ItemView>, };

export type SettingLine = { 
/**
 * Its name.
 */
name: string, 
/**
 * What holds.
 */
value: string, 
/**
 * What holds if nobody sets it.
 */
default: string, };

export type SignatureShown = { 
/**
 * officer, leader, representative or witness.
 */
role: string, 
/**
 * As signed.
 */
name: string, 
/**
 * The person, if it is one's own.
 */
person: string | null, 
/**
 * The drawing's hash.
 */
drawing: string, 
/**
 * `agreed`, or words.
 */
opinion: string | null, 
/**
 * On whose device and when.
 */
by: By, 
/**
 * It covers everything; if not, it is to be signed again.
 */
counts: boolean, };

export type SignedAs = "officer" | "leader" | "representative" | "witness";

export type SiteOnPaper = { 
/**
 * Its full name.
 */
name: string, 
/**
 * 统一社会信用代码
 */
code: string | null, 
/**
 * 地址
 */
address: string | null, 
/**
 * 主要负责人
 */
principal: PersonShown | null, };

export type SiteRow = { 
/**
 * The site.
 */
site: UnitShown, 
/**
 * 行业
 */
industry: string, 
/**
 * 地址
 */
address: string, 
/**
 * Metres from me.
 */
distance: number | null, 
/**
 * The planned visit.
 */
plan: string | null, 
/**
 * Its kind.
 */
kind: InspectionKind | null, 
/**
 * Its month.
 */
month: number | null, 
/**
 * 本年已查 by my unit.
 */
visits: number, 
/**
 * 上限
 */
limit: number | null, 
/**
 * Already begun and not finished: to go on with or to join.
 */
open: string | null, };

export type SiteView = { 
/**
 * The site.
 */
site: SiteRow, 
/**
 * Its people, principal and safety officer first.
 */
people: Array<PersonShown>, 
/**
 * Which of them is suggested as responsible.
 */
suggested: Suggested, 
/**
 * Territory: the township's in-charge leader; industry: the regulators'.
 */
overseers: Array<[UnitShown, PersonShown | null]>, 
/**
 * Its open findings.
 */
findings: Array<FindingRow>, 
/**
 * Its inspections, newest first.
 */
inspections: Array<InspectionRow>, 
/**
 * Its risk colour.
 */
risk: Risk | null, };

export type Standing = { "is": "reached" } | { "is": "met_by_nothing" } | { "is": "running" } | { "is": "out_of_reach" } | { "is": "missed" } | { "is": "not_counted", "why": string } | { "is": "not_started" } | { "is": "not_applicable" } | { "is": "no_points", "why": string };

export type Start = { 
/**
 * The month shown.
 */
month: number, 
/**
 * Planned visits of this month (and open ones of the last), mine first.
 */
planned: Array<SiteRow>, 
/**
 * The nearest, if a position was given.
 */
nearest: Array<SiteRow>, 
/**
 * Where I inspected last.
 */
recent: Array<SiteRow>, 
/**
 * Days left of the month.
 */
days_left: number, };

export type Suggested = { 
/**
 * For a general one.
 */
general: string | null, 
/**
 * For a major one.
 */
major: string | null, };

export type SyncLogLine = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Changes sent on which the relay gave its word.
 */
sent: number, 
/**
 * Those of them that it did not accept.
 */
refused: number, 
/**
 * Changes received.
 */
received: number, 
/**
 * Photos sent.
 */
photos: number, 
/**
 * Why it failed, if it did.
 */
problem: Problem | null, };

export type SyncState = { 
/**
 * The network works (as far as the last try knows).
 */
online: boolean, 
/**
 * A request is under way.
 */
busy: boolean, 
/**
 * Changes that are only here.
 */
unsent: number, 
/**
 * Photos (blobs) that are only here.
 */
photos_unsent: number, 
/**
 * The relay's time of the last complete sync.
 */
synced: Timestamp | null, 
/**
 * Why the last try failed.
 */
problem: Problem | null, 
/**
 * The device's clock and the relay's differ by so many milliseconds (device − relay).
 */
clock_off: number | null, 
/**
 * Not accepted and not resolved yet.
 */
refused: number, 
/**
 * Records that this version of the app can't open; the next one asks for them again.
 */
set_aside: number, };

export type TargetBrief = { 
/**
 * The target.
 */
id: string, 
/**
 * As the letter words it.
 */
name: string, 
/**
 * How many are left to do, if that can be said.
 */
missing: number | null, };

export type TargetMove = { 
/**
 * A unit's short name, or a person's.
 */
whose: string, 
/**
 * The period in which it no longer counts (`2026-11`, `2026-Q4`, `2026`).
 */
from: string | null, 
/**
 * The period in which it counts instead.
 */
to: string | null, };

export type TargetRow = { 
/**
 * The target.
 */
id: string, 
/**
 * As the letter words it.
 */
name: string, 
/**
 * Its metric's code, if known.
 */
metric: string | null, 
/**
 * What it runs over.
 */
period: Period, 
/**
 * The running period: `2026-11`, `2026-Q4`, `2026`.
 */
label: string, 
/**
 * How it stands.
 */
standing: Standing, 
/**
 * What was counted and out of how many (rates), or the count and the goal.
 */
value: [number, number] | null, 
/**
 * The goal as written.
 */
goal: number, 
/**
 * In per cent.
 */
percent: boolean, 
/**
 * 0..1 for the bar.
 */
progress: number | null, 
/**
 * Fewer is better.
 */
fewer: boolean, 
/**
 * Weight in points.
 */
weight: number, 
/**
 * Points so far, where the rule gives some.
 */
points: number | null, 
/**
 * Veto item.
 */
veto: boolean, 
/**
 * Items still doable, soonest first.
 */
left: Array<LeftItem>, 
/**
 * How many are left to do to reach the goal.
 */
missing: number | null, 
/**
 * Provisional until then.
 */
provisional: boolean, };

export type Task = { 
/**
 * What.
 */
kind: TaskKind, 
/**
 * Where a tap leads.
 */
place: Place | null, 
/**
 * The plan's row of a visit.
 */
plan: string | null, 
/**
 * The site's short name, or the place in words.
 */
site: string, 
/**
 * The finding's text, or who leads.
 */
line: string, 
/**
 * Who leads a planned visit.
 */
leader: string | null, 
/**
 * The month of a planned visit.
 */
month: number | null, 
/**
 * By when.
 */
due: Due | null, 
/**
 * The reminder of a deadline that comes near: set from its day on, until the deadline.
 */
reminder: boolean, 
/**
 * Not opened on this device.
 */
new: boolean, };

export type TaskKind = "visit" | "unfinished" | "order" | "rectify" | "extension" | "recheck" | "major" | "refused_signature" | "conflict" | "not_accepted" | "incomplete";

export type TimelineEntry = { 
/**
 * The event; none for the report itself.
 */
event: string | null, 
/**
 * The event's kind, or `reported`, `began`.
 */
kind: string, 
/**
 * Who.
 */
by: By, 
/**
 * Its unit's short name.
 */
unit: string | null, 
/**
 * Its officers' names.
 */
officers: Array<string>, 
/**
 * Its words: text, reason, ground.
 */
text: string, 
/**
 * Its date: deadline.
 */
due: string | null, 
/**
 * Person it names.
 */
who: string | null, 
/**
 * Unit it names.
 */
to: string | null, 
/**
 * Its photos.
 */
photos: Array<PhotoShown>, 
/**
 * It doesn't hold or count, and why: a key for the screen's words.
 */
void: string | null, 
/**
 * An official act without two valid certificates.
 */
marked: boolean, 
/**
 * Claimed and received are more than 24 h apart.
 */
clock: boolean, };

export type Timestamp = number;

export type Today = { 
/**
 * Me, with the post that is shown.
 */
me: PersonShown, 
/**
 * Today in the organisation's zone.
 */
date: string, 
/**
 * Days left of the month, the quarter and the year, today not counted.
 */
days_left: [number, number, number], 
/**
 * 本人
 */
own: Array<TargetRow>, 
/**
 * 本单位, for a unit's main leader.
 */
unit: Array<TargetRow>, 
/**
 * The unit's short name.
 */
unit_name: string, 
/**
 * Soonest first.
 */
tasks: Array<Task>, };

export type UnitLetters = { 
/**
 * The unit.
 */
unit: UnitShown, 
/**
 * How far below mine: 0 is mine.
 */
depth: number, 
/**
 * Targets in their running period: reached (also by nothing to count).
 */
reached: number, 
/**
 * On their way.
 */
running: number, 
/**
 * Not reached any more.
 */
missed: number, 
/**
 * Not counted or not applicable, with a reason of their own.
 */
not_counted: number, };

export type UnitLevel = "district" | "department" | "township" | "enterprise";

export type UnitPeople = { 
/**
 * The unit.
 */
unit: UnitShown, 
/**
 * How far below mine: 0 is mine.
 */
depth: number, 
/**
 * 层级
 */
level: UnitLevel, 
/**
 * 行业, of an enterprise.
 */
industry: string, 
/**
 * Its people, those who answer for it first.
 */
people: Array<PersonCard>, 
/**
 * Who answers for it, and on what ground, if it is a site.
 */
answering: Array<ResponsibleShown>, };

export type UnitShown = { 
/**
 * Which.
 */
id: string, 
/**
 * Its full name.
 */
name: string, 
/**
 * Its name as people say it: without the district and 有限公司.
 */
short: string, 
/**
 * Risk colour of a site.
 */
risk: Risk | null, };

export type UnitView = { 
/**
 * The unit.
 */
unit: UnitShown, 
/**
 * Its letters.
 */
letters: Array<LetterView>, 
/**
 * Its people.
 */
people: Array<PersonShown>, 
/**
 * Units below.
 */
below: Array<UnitShown>, };

export type Unsynced = { 
/**
 * Whose.
 */
person: PersonShown, 
/**
 * When the relay last heard of it; none: never, as far as this device was told.
 */
since: Timestamp | null, };

export type VisitChangeView = { 
/**
 * The visit as it is.
 */
visit: PlanVisit, 
/**
 * Where.
 */
site: UnitShown, 
/**
 * Whose visit it is.
 */
unit: UnitShown, 
/**
 * Its officers with their posts.
 */
officers: Array<PersonShown>, 
/**
 * The months that it may be moved to.
 */
months: Array<number>, 
/**
 * Who may stand in.
 */
stand_ins: Array<PersonShown>, 
/**
 * Which of its officers leads it.
 */
leader: string | null, 
/**
 * Who of the stand-ins may lead it instead.
 */
leaders: Array<string>, 
/**
 * Whom to ask, if I may not.
 */
ask: Array<PersonShown>, 
/**
 * Why it can't become what was chosen so far.
 */
wrong: Problem | null, 
/**
 * Whose plan completion the visit leaves and enters by what was chosen so far.
 */
moves: Array<TargetMove>, };

export type VisitLimit = { 
/**
 * The unit's short name.
 */
unit: string, 
/**
 * Visits made.
 */
made: number, 
/**
 * 年度检查上限
 */
limit: number, };

export type VisitState = "done" | "late" | "due" | "coming" | "missed" | "before";

export type VisitView = { 
/**
 * The site.
 */
site: SiteRow, 
/**
 * Kinds that I may begin here, the proposed one first.
 */
kinds: Array<InspectionKind>, 
/**
 * The basis that each of these kinds has by itself: plan, action or recheck; nothing = its
 * people say it.
 */
bases: Array<string>, 
/**
 * Planned visits that this one fulfils.
 */
plan: Array<PlanShown>, 
/**
 * Open planned visits of other units at the same site: may be made jointly.
 */
joint: Array<PlanShown>, 
/**
 * The last visit of my unit.
 */
last: string | null, 
/**
 * Findings not closed at this site.
 */
open_findings: number, 
/**
 * Checklists, the chosen ones first.
 */
lists: Array<ListChoice>, 
/**
 * The proposed team.
 */
team: Array<OfficerShown>, 
/**
 * Two officers with valid certificates?
 */
officers_valid: number, 
/**
 * Whose targets it counts for.
 */
counts_for: CountsFor, 
/**
 * Inspections of this site under way that I may join, and am not in yet.
 */
joinable: Array<InspectionRow>, };

export type WaitingShown = { 
/**
 * Its number, for undo.
 */
command: number, 
/**
 * Until then it can be taken back.
 */
undo_until: number, 
/**
 * What was decided: an event's kind.
 */
what: string, 
/**
 * Where: the site's short name, or the place in words.
 */
place: string, };
