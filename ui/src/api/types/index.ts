// Generated from the Rust types of device/src/request by `cargo xtask gen`. Not edited by hand.

export type ActionOffer = { kind: string, units: Array<UnitShown>, officers: Array<OfficerShown>, people: Array<PersonShown>, to: Array<UnitShown>, due: string | null, refused: Problem | null };

export type AnswerType = { "type": "conform" } | { "type": "number", unit: string, low: string | null, high: string | null } | { "type": "choice", options: Array<string> } | { "type": "text" };

export type Begin = { site: string | null, place: string | null, kind: InspectionKind, basis: string | null, plan: Array<string>, lists: Array<string>, team: Array<[string, string]>, role: string, loc: Location | null };

export type By = { person: PersonShown | null, me: boolean, claimed: number, received: number | null };

export type Certificate = { number: string, expires: string };

export type Clause = { standard: string, article: string };

export type Counted = { place: Place | null, site: string, line: string, counts: boolean, days: number | null, date: string | null, due: Due | null };

export type CountsFor = { people: Array<[PersonShown, Array<TargetBrief>]>, units: Array<[UnitShown, Array<TargetBrief>]> };

export type Due = { date: string, days: number };

export type EndCounts = { items: number, ok: number, fail: number, na: number, unanswered: number };

export type EndView = { row: InspectionRow, counts: EndCounts, unanswered: Array<[string, string, string]>, findings: Array<FindingRow>, conclusion: string, composed: boolean, stand_ins: Array<[string, string | null]>, officers: Array<[OfficerShown, SignatureShown | null]>, representatives: Array<PersonShown>, rep: string | null, rep_post: string | null, rep_signature: SignatureShown | null, refusal: [string, string] | null, lacking: Array<string>, ended: number | null };

export type Event<A> = { re?: Array<string>, unit?: string, officers?: [string, string], text?: string, photos?: Array<Photo> } & A;

export type FindingAct = { "k": "proposed", to: string } | { "k": "ordered", due: string, who: string, ground: string } | { "k": "graded", level: Level, clause?: Clause } | { "k": "accepted" } | { "k": "assigned", who: string } | { "k": "asked", due: string, reason: string } | { "k": "granted", due: string } | { "k": "declined", reason: string } | { "k": "rectified", five?: Five, behalf?: boolean } | { "k": "corrected_on_spot" } | { "k": "passed" } | { "k": "failed", due: string } | { "k": "halted", measure: string, ground: string } | { "k": "resumed" } | { "k": "reassigned", who: string } | { "k": "transferred", to: string } | { "k": "listed", level: string, who: string } | { "k": "unlisted" } | { "k": "decided" } | { "k": "settled", not: Array<string> } | { "k": "withdrawn", reason: string } | { "k": "duplicate", of: string } | { "k": "sited", site: string } | { "k": "commented" };

export type FindingEdit = { text: string | null, location: string | null, level: Level | null, clause: Clause | null, basis: string | null, due: string | null, who: string | null };

export type FindingFilter = { query: string, states: Array<FindingState>, site: string | null, overdue: boolean, major: boolean, mine: boolean, offset: number, limit: number };

export type FindingRow = { id: string, site: UnitShown | null, place: string | null, text: string, location: string, level: Level, suspected: boolean, state: FindingState, due: Due | null, thumb: string | null, halted: boolean, listed: boolean, disputed: boolean, overdue: boolean, item: [string, string] | null, kept: Kept, new: boolean };

export type FindingState = "reported" | "ordered" | "accepted" | "extension_asked" | "rectified" | "withdrawn" | "closed";

export type FindingView = { row: FindingRow, origin: Origin, from: string | null, item_text: string | null, clause: Clause | null, basis: string, proposed_due: string | null, proposed_who: PersonShown | null, deadline: Due | null, recheck_due: Due | null, before: Array<PhotoShown>, after: Array<PhotoShown>, responsible: Array<ResponsibleShown>, timeline: Array<TimelineEntry>, actions: Array<ActionOffer>, conflicts: Array<[string, Array<SaidShown>]>, disputes: Array<string>, by: By, may_edit: boolean, loc: Location | null };

export type Five = { measure: string, funds: string, due: string, who: string, plan: string };

export type InspectionAct = { "k": "finished" } | { "k": "reopened", reason: string } | { "k": "signed", as: SignedAs, name: string, drawing: string, opinion?: string } | { "k": "refused", reason: string, witness: string } | { "k": "withdrawn", reason: string } | { "k": "lead" } | { "k": "settled", key: string, value: string | null } | { "k": "commented" };

export type InspectionFilter = { query: string, site: string | null, finished: boolean | null, mine: boolean, offset: number, limit: number };

export type InspectionKind = "routine" | "special" | "leader_led" | "recheck" | "self" | "post";

export type InspectionRow = { id: string, site: UnitShown | null, place: string | null, kind: InspectionKind, began: number, finished: number | null, team: Array<string>, answered: [number, number], findings: number, conflicts: number, withdrawn: boolean, kept: Kept, new: boolean };

export type InspectionView = { row: InspectionRow, basis: string | null, team: Array<OfficerShown>, leader: string | null, counts_for: CountsFor, lists: Array<ListView>, photos: Array<PhotoShown>, findings: Array<FindingRow>, may_fill: boolean, why_not: Problem | null, timeline: Array<TimelineEntry>, actions: Array<string>, end: string | null, lacking: Array<string>, signatures: Array<SignatureShown> };

export type Item = { code: string, number: number, section: string, text: string, english?: string, method?: string, answer: AnswerType, basis?: string, suspected_major?: boolean, clause?: string, photo?: boolean };

export type ItemView = { item: Item, value: string | null, out_of_limits: boolean, by: By | null, conflict: Array<SaidShown>, late: Array<SaidShown>, note: string | null, notes: Array<SaidShown>, photos: Array<PhotoShown>, findings: Array<FindingRow> };

export type Kept = "here" | "synced";

export type LeftItem = { place: Place | null, site: string, due: Due | null, month: number | null };

export type LetterView = { id: string, year: number, issuer: string, signer: string, unit: string | null, targets: Array<TargetRow>, total: number | null, counted_weight: number, weight: number, vetoed: boolean };

export type Level = "general" | "major";

export type ListChoice = { code: string, name: string, items: number, chosen: boolean, more: boolean };

export type ListView = { code: string, name: string, sections: Array<SectionView> };

export type Location = { lat: number, lon: number, accuracy: number, source: string, time: number };

export type Me = { person: PersonShown | null, posts: Array<PersonShown>, device: string | null, relay: string, version: string, rights: Rights, stored: [number, number], first_sync: [number, number] | null, today: string };

export type NewPhoto = { base64: string, loc: Location | null, taken: number | null };

export type NoEffect = "settled" | "overtaken" | "opening_unseen" | "not_resumed" | "own_work" | "nothing_rectified" | "five_missing" | "declined";

export type Notice = { "Record": { id: string } } | { "Register": Record<string, never> } | { "Sync": Record<string, never> } | { "Refused": Record<string, never> } | { "Photo": { hash: string } } | { "Enrolled": Record<string, never> };

export type Number = { target: TargetRow, whose: string, periods: Array<string>, counted: Array<Counted>, left_out: Array<[string, Array<Counted>]> };

export type OfficerShown = { person: PersonShown, role: string, certificate: string | null, expires: string | null, valid: boolean, planned: boolean };

export type Origin = "official" | "self" | "report";

export type Page<T> = { rows: Array<T>, total: number };

export type Period = "month" | "quarter" | "year";

export type PersonShown = { id: string, name: string, unit: string, title: string, kind: PostKind | null, phone: string | null };

export type Photo = { h: string, size: number, thumb: string, taken: number, loc?: Location };

export type PhotoShown = { photo: Photo, by: By, here: boolean, thumb_here: boolean, uploaded: boolean };

export type Place = { "Inspection": string } | { "Finding": string } | { "Site": string };

export type PlanShown = { id: string, unit: string, month: number, kind: InspectionKind, officers: Array<string> };

export type Position = { lat: number, lon: number, accuracy: number };

export type PostKind = "party" | "main" | "in_charge" | "dual_duty" | "supervisor" | "inspector" | "principal" | "safety_officer" | "worker" | "administrator";

export type Power = "statutory" | "delegated";

export type Problem = { code: string, details?: { [key in string]: string }, retry: Retry, trace?: string };

export type Queue = { groups: Array<[QueueGroup, number]>, group: QueueGroup, findings: Array<FindingRow>, inspections: Array<InspectionRow> };

export type QueueGroup = "order" | "recheck" | "extension" | "overdue" | "major" | "due_today" | "conflict" | "refused_signature" | "new_inspection" | "not_accepted";

export type RefusedRow = { id: number, record: Place | null, doc: string, code: string, details: { [key in string]: string }, what: string, words: string, photos: Array<string>, site: string, written: number, refused: number, accepted_beside: number, ways: Array<RefusedWay>, resolved: RefusedWay | null };

export type RefusedWay = { "Propose": { to: string, name: string } } | { "Comment": Record<string, never> } | { "Again": Record<string, never> } | { "Archive": Record<string, never> };

export type Reply = { "Me": Me } | { "SyncState": SyncState } | { "SyncLog": Array<SyncLogLine> } | { "Refused": Array<RefusedRow> } | { "Today": Today } | { "Start": Start } | { "Sites": Array<SiteRow> } | { "Site": SiteView } | { "Visit": VisitView } | { "People": Array<PersonShown> } | { "Inspections": Page<InspectionRow> } | { "Inspection": InspectionView } | { "End": EndView } | { "Findings": Page<FindingRow> } | { "Finding": FindingView } | { "Queue": Queue } | { "Responsibility": Responsibility } | { "Unit": UnitView } | { "Number": Number } | { "Photo": string | null } | { "JoinCode": string } | { "Done": { id: string | null, command: number, undo_until: number | null } } | { "None": Record<string, never> };

export type Report = { from: string | null, item: [string, string] | null, site: string | null, place: string | null, complaint: boolean, text: string, location: string, level: Level, clause: Clause | null, basis: string, due: string | null, who: string | null, photos: Array<NewPhoto>, loc: Location | null, corrected: Array<NewPhoto> | null };

export type Request = { "Me": Record<string, never> } | { "Enrol": { relay: string, code: string } } | { "SyncState": Record<string, never> } | { "Sync": Record<string, never> } | { "GoOffline": Record<string, never> } | { "GoOnline": Record<string, never> } | { "SyncLog": { limit: number } } | { "Refused": Record<string, never> } | { "ResolveRefused": { id: number, way: RefusedWay } } | { "Opened": { id: string } } | { "Undo": { command: number } } | { "Today": Record<string, never> } | { "Start": { near: Position | null } } | { "Sites": { query: string, near: Position | null, limit: number } } | { "Site": { site: string } } | { "Visit": { site: string, plan: string | null } } | { "People": { query: string, unit: string | null, limit: number } } | { "Inspections": { filter: InspectionFilter } } | { "Inspection": { id: string } } | { "End": { id: string } } | { "Findings": { filter: FindingFilter } } | { "Finding": { id: string } } | { "Queue": { group: QueueGroup | null, limit: number } } | { "Responsibility": Record<string, never> } | { "Unit": { unit: string } } | { "Number": { target: string, period: string | null } } | { "Photo": { hash: string } } | { "FetchPhoto": { hash: string } } | { "Begin": Begin } | { "Join": { code: string } } | { "JoinCode": { id: string } } | { "AddTeam": { id: string, person: string, role: string } } | { "LeaveTeam": { id: string, person: string } } | { "AddList": { id: string, list: string } } | { "SetBasis": { id: string, basis: string, plan: Array<string> } } | { "Answer": { id: string, list: string, item: string, value: string | null } } | { "FillSection": { id: string, list: string, section: string } } | { "Note": { id: string, list: string, item: string, text: string } } | { "AddPhoto": { id: string, list: string, item: string, photo: NewPhoto } } | { "MoveTo": { id: string, site: string } } | { "Settle": { id: string, list: string, item: string, value: string | null } } | { "SetEnd": { id: string, end: string | null, rep: string | null, rep_post: string | null } } | { "Sign": { id: string, role: string, name: string, drawing: NewPhoto, opinion: string | null } } | { "Finish": { id: string } } | { "ActOnInspection": { id: string, event: Event<InspectionAct> } } | { "Report": Report } | { "EditFinding": { id: string, edit: FindingEdit } } | { "AddFindingPhoto": { id: string, photo: NewPhoto } } | { "Act": { id: string, event: Event<FindingAct>, photos: Array<NewPhoto> } };

export type Responsibility = { own: Array<LetterView>, unit: Array<LetterView>, below: Array<[UnitShown, number | null]> };

export type ResponsibleShown = { ground: string, person: PersonShown | null, unit: UnitShown | null };

export type Retry = "never" | "later" | "after_update" | "after_sign_in";

export type Rights = { inspect: boolean, self_inspect: boolean, post_check: boolean, order: boolean, answer: boolean, lead: boolean, supervise: boolean, administer: boolean };

export type Risk = "red" | "orange" | "yellow" | "blue";

export type SaidShown = { value: string | null, by: By };

export type SectionView = { name: string, answered: [number, number], items: Array<ItemView> };

export type SignatureShown = { role: string, name: string, person: string | null, drawing: string, opinion: string | null, by: By, counts: boolean };

export type SignedAs = "officer" | "leader" | "representative" | "witness";

export type Signer = { "unit": string } | { "person": string };

export type SiteRow = { site: UnitShown, industry: string, address: string, distance: number | null, plan: string | null, kind: InspectionKind | null, month: number | null, visits: number, limit: number | null, open: string | null };

export type SiteView = { site: SiteRow, people: Array<PersonShown>, overseers: Array<[UnitShown, PersonShown | null]>, findings: Array<FindingRow>, inspections: Array<InspectionRow>, risk: Risk | null };

export type Standing = { "is": "reached" } | { "is": "met_by_nothing" } | { "is": "running" } | { "is": "out_of_reach" } | { "is": "missed" } | { "is": "not_counted", "why": string } | { "is": "not_started" } | { "is": "not_applicable" } | { "is": "no_points", "why": string };

export type Start = { month: number, planned: Array<SiteRow>, nearest: Array<SiteRow>, recent: Array<SiteRow>, days_left: number };

export type SyncLogLine = { at: number, sent: number, received: number, photos: number, problem: Problem | null };

export type SyncState = { online: boolean, busy: boolean, unsent: number, photos_unsent: number, synced: number | null, problem: Problem | null, clock_off: number | null, refused: number };

export type TargetBrief = { id: string, name: string, missing: number | null };

export type TargetRow = { id: string, name: string, metric: string | null, period: Period, label: string, standing: Standing, value: [number, number] | null, goal: number, percent: boolean, progress: number | null, fewer: boolean, weight: number, points: number | null, veto: boolean, left: Array<LeftItem>, missing: number | null, provisional: boolean };

export type Task = { kind: TaskKind, place: Place | null, plan: string | null, site: string, line: string, leader: string | null, month: number | null, due: Due | null, new: boolean };

export type TaskKind = "visit" | "unfinished" | "order" | "rectify" | "extension" | "recheck" | "major" | "refused_signature" | "conflict" | "not_accepted" | "incomplete";

export type TimelineEntry = { event: string | null, kind: string, by: By, unit: string | null, officers: Array<string>, text: string, due: string | null, who: string | null, to: string | null, photos: Array<PhotoShown>, void: string | null, marked: boolean, clock: boolean };

export type Today = { me: PersonShown, date: string, days_left: [number, number, number], own: Array<TargetRow>, unit: Array<TargetRow>, unit_name: string, tasks: Array<Task> };

export type UnitLevel = "district" | "department" | "township" | "enterprise";

export type UnitShown = { id: string, name: string, short: string, risk: Risk | null };

export type UnitView = { unit: UnitShown, letters: Array<LetterView>, people: Array<PersonShown>, below: Array<UnitShown> };

export type VisitView = { site: SiteRow, kinds: Array<InspectionKind>, basis: string, plan: Array<PlanShown>, joint: Array<PlanShown>, last: string | null, open_findings: number, lists: Array<ListChoice>, team: Array<OfficerShown>, officers_valid: number, counts_for: CountsFor, joinable: Array<InspectionRow> };

