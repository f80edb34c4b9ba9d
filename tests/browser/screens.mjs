// The table of screens: whose, where, and what is opened on it (words of the catalogue, by key).

const IMPORT = "单位名称,层级,上级单位（属地）,行业,行业主管部门,地址,风险等级,从业人数,统一社会信用代码\n";
const GOOD = "东关街道新能源汽车动力电池回收处理中心,生产经营单位,东关街道办事处,一般工商贸,青石区应急管理局,东关街道北环路9号,橙,12,91370200MA3LN0002Q\n";
const BAD = "青石区东风印刷有限公司,生产经营单位,东关街道,一般工商贸,青石区应急管理局,东关街道人民路88号,紫,若干,\n";

/** The office's sheet, chosen from the disk. */
const chosen = (text) => async (page) => {
  await page.locator("input[type=file]").setInputFiles({ name: "单位.csv", mimeType: "text/csv", buffer: Buffer.from(IMPORT + text) });
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

export function screensOf({ id, done, finding, fresh, site, target, list, unit }) {
  const screen = (name, who, path, opens, before) => ({ name, who, path, opens, before });
  return [
    screen("enrol", "new", "/enrol"),
    screen("enrolled", "wan", "/enrol"),
    screen("today", "wan", "/today"),
    screen("today-leader", "yu", "/today"),
    screen("today-enterprise", "safety", "/today"),

    screen("inspections", "wan", "/inspect"),
    screen("start", "wan", "/inspect/start"),
    screen("join", "wan", "/inspect/join"),
    screen("fill", "wan", `/inspect/${id}`),
    screen("fill-more", "wan", `/inspect/${id}`, ["inspect.more.title"]),
    screen("fill-basis", "wan", `/inspect/${id}`, ["inspect.more.title", "inspect.more.basis"]),
    screen("fill-lists", "wan", `/inspect/${id}`, ["inspect.more.title", "inspect.more.lists"]),
    screen("fill-move", "wan", `/inspect/${id}`, ["inspect.more.title", "inspect.more.move"]),
    screen("fill-withdraw", "wan", `/inspect/${id}`, ["inspect.more.title", "inspect.more.withdraw"]),
    screen("fill-team", "wan", `/inspect/${id}`, ["inspect.more.title", "inspect.more.team"]),
    screen("fill-conflict", "wan", `/inspect/${id}`, ["inspect.conflict.go"]),
    screen("end", "wan", `/inspect/${id}/end`),
    screen("end-sign", "wan", `/inspect/${id}/end`, ["inspect.end.sign"]),
    screen("end-refuse", "wan", `/inspect/${id}/end`, ["inspect.end.refuse"]),
    screen("record", "wan", `/inspect/${done}/record`),
    screen("record-paper", "wan", `/inspect/${done}/paper`),

    screen("findings", "wan", "/findings"),
    screen("report", "wan", "/findings", [["findings.report.write", "findings.report.title"]]),
    screen("finding", "wang", `/findings/${finding}`),
    screen("finding-failed", "wang", `/findings/${finding}`, ["findings.act.failed"]),
    screen("finding-ordered", "wang", `/findings/${fresh}`, ["findings.act.ordered"]),
    screen("finding-papers", "wang", `/findings/${finding}/papers`),

    screen("responsibility", "wan", "/responsibility"),
    screen("number", "wan", `/number/${target}`),
    screen("supervise", "wang", "/supervise"),
    screen("plan", "wang", "/plan"),
    screen("dashboard", "wang", "/dashboard"),
    screen("table-findings", "wang", "/tables/findings"),
    screen("table-inspections", "wang", "/tables/inspections"),
    screen("units", "wang", "/units"),
    screen("unit", "wang", `/units/${unit}`),
    screen("letters", "wang", "/letters"),
    screen("letter", "wang", `/letters/${unit}`),

    screen("me", "wan", "/me"),
    screen("me-sync", "wan", "/me/sync"),
    screen("me-devices", "wan", "/me/devices"),
    screen("me-help", "wan", "/me/help"),
    screen("me-say", "wan", "/me/say"),
    screen("me-about", "wan", "/me/about"),
    screen("refused", "wan", "/me/refused"),

    screen("admin", "guo", "/admin"),
    screen("admin-people", "guo", "/admin/people"),
    screen("admin-invite", "guo", "/admin/people", ["admin.invite"]),
    screen("admin-print", "guo", "/admin/print?query=东关街道&which=all"),
    screen("admin-printed", "guo", "/admin/print?query=东关街道&which=all", ["admin.sheet.make"]),
    screen("admin-devices", "guo", "/admin/devices"),
    screen("admin-revoke", "guo", "/admin/devices", [], (page) => page.getByRole("button", { name: /余卫东/ }).click()),
    screen("admin-acts", "guo", "/admin/acts"),
    screen("admin-settings", "guo", "/admin/settings"),
    screen("admin-setting", "guo", "/admin/settings", ["admin.setting.name.recheck_days"]),
    screen("admin-import", "guo", "/admin/import"),
    screen("admin-import-problems", "guo", "/admin/import", [], chosen(GOOD + BAD)),
    screen("admin-import-ready", "guo", "/admin/import", [], chosen(GOOD)),
    screen("admin-lists", "guo", "/admin/lists"),
    screen("admin-list", "guo", `/admin/lists/${encodeURIComponent(list)}`),
    screen("site-people", "wan", `/sites/${site}/people`),
    screen("site", "wan", `/units/${site}`),
  ];
}
