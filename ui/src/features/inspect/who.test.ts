import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { afterEach, describe, expect, it } from "vitest";
import type { PersonShown } from "@/api/types";
import { i18n } from "@/i18n";
import WhoField from "./WhoField.vue";

const person = (name: string, kind: PersonShown["kind"], title: string): PersonShown => ({ id: name, name, unit: "恒源化工", title, kind, phone: null });
const people = [person("许雪松", "principal", "总经理"), person("雷玉兰", "safety_officer", "安全员")];
const site = { people, suggested: { general: "雷玉兰", major: "许雪松" } };
const global = { plugins: [i18n] };
afterEach(cleanup);

describe("who will be responsible", () => {
  it("is said before it is filed: who is suggested for its level", async () => {
    const view = render(WhoField, { props: { site, draft: { level: "general", who: null } }, global });
    expect(screen.getByRole("button").textContent).toContain("责任人 雷玉兰 安全员");
    await view.rerender({ draft: { level: "major", who: null } });
    expect(screen.getByRole("button").textContent).toContain("责任人 许雪松 总经理");
  });

  it("can be changed, and stays as chosen", async () => {
    const view = render(WhoField, { props: { site, draft: { level: "general", who: null } }, global });
    await fireEvent.click(screen.getByRole("button", { name: /换人/ }));
    expect(screen.getByRole("radio", { name: "雷玉兰 安全员" }).getAttribute("aria-checked")).toBe("true");
    await fireEvent.click(screen.getByRole("radio", { name: "许雪松 总经理" }));
    expect(view.emitted("pick")).toEqual([["许雪松"]]);
    expect(screen.queryByRole("radiogroup")).toBeNull();
    await view.rerender({ draft: { level: "general", who: "许雪松" } });
    expect(screen.getByRole("button").textContent).toContain("责任人 许雪松 总经理");
  });

  it("says so where nobody is registered", () => {
    render(WhoField, { props: { site: { people: [], suggested: { general: null, major: null } }, draft: { level: "general", who: null } }, global });
    expect(screen.getByText(/还没有登记人员/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
