//! What product.md and protocol.md say of rights, word for word as data, and nothing of how the
//! code decides. Whoever changes a rule changes it here by hand, too.

/// product.md, "Who may do what": kind | held in | inspect | order | answer | lead.
pub(super) const POSTS: &str = "
    Inspector     | government | official         | power+certificate | -        | -
    Supervisor    | government | official         | power             | -        | -
    Main          | government | official         | power             | -        | lead
    Party         | government | official         | power             | -        | lead
    InCharge      | government | official         | power             | -        | lead
    DualDuty      | government | official         | power             | -        | -
    Principal     | enterprise | self-inspection  | self-found        | answer   | -
    SafetyOfficer | enterprise | self-inspection  | self-found        | answer   | -
    Worker        | enterprise | post check       | -                 | if named | -
    Administrator | anywhere   | -                | -                 | -        | -
";

/// product.md, "The hazard loop", and protocol.md, rule 13: event | right | needed in its past.
pub(super) const FINDING: &str = "
    proposed          | inspect without power  |
    ordered           | order                  |
    graded            | order                  |
    accepted          | answer                 | ordered
    assigned          | answer                 | ordered
    asked             | answer                 | ordered
    granted           | order                  | asked
    declined          | order                  | asked
    rectified         | answer                 |
    rectified_behalf  | inspect officially     |
    corrected_on_spot | inspect                |
    passed            | order, not own work    | rectified
    failed            | order                  |
    halted            | order                  |
    resumed           | order                  | halted
    reassigned        | order                  | ordered
    transferred       | order                  | ordered
    listed            | lead                   |
    unlisted          | lead                   | listed
    decided           | lead                   |
    settled           | order                  |
    withdrawn         | reporter's side, then order |
    duplicate         | reporter's side, then order |
    commented         | see                    |
    text              | reporter's side until ordered |
    level             | reporter's side until ordered |
    due               | reporter's side until ordered |
    loc               | reporter's side until ordered |
    photo             | reporter's side until ordered |
    site              | nobody                 |
    origin            | nobody                 |
    sited             | nobody                 |
";

/// product.md, "Events of an inspection", and protocol.md's table of keys.
pub(super) const INSPECTION: &str = "
    basis                 | inspect, unfinished |
    plan                  | inspect, unfinished |
    list                  | inspect, unfinished |
    answer                | inspect, unfinished |
    note                  | inspect, unfinished |
    photo                 | inspect, unfinished |
    end                   | inspect, unfinished |
    ended                 | inspect, unfinished |
    rep                   | inspect, unfinished |
    rep_post              | inspect, unfinished |
    join                  | inspect or team, unfinished |
    name_other            | team, unfinished    |
    kind                  | nobody              |
    loc                   | nobody              |
    finished              | team                |
    reopened              | team                | finished
    signed_officer        | team                |
    signed_leader         | leader's role       |
    signed_representative | representative      |
    signed_witness        | witness             |
    refused               | team                |
    withdrawn             | began or leads, then order |
    lead                  | leader's role       |
    settled               | team, after the end |
    commented             | see                 |
";

/// The cells of a row, without blanks.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| line.split('|').map(str::trim).collect())
}
