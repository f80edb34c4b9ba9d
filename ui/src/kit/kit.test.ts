import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { defineComponent, h, nextTick, ref } from "vue";
import { i18n } from "@/i18n";
import { type AnswerValue, installBack, XAnswer, XButton, XErrorBar, XField, XRow, XSheet, XTabs, XUndo, XWords, useRestore } from ".";

const global = { plugins: [i18n] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("XAnswer", () => {
  const pick = vi.fn<(value: AnswerValue | null) => Promise<boolean>>();
  const props = { label: "安全阀定期校验", value: null, pick };

  beforeEach(() => {
    pick.mockReset().mockResolvedValue(true);
  });

  it("answers with a tap and clears with a second on the same", async () => {
    const view = render(XAnswer, { props, global });
    await fireEvent.click(screen.getByRole("button", { name: "不符合" }));
    await view.rerender({ value: "fail", by: "我 14:15" });
    const chosen = screen.getByRole("button", { name: /不符合/ });
    expect(chosen.getAttribute("aria-pressed")).toBe("true");
    await fireEvent.click(chosen);
    expect(pick.mock.calls).toEqual([["fail"], [null]]);
  });

  it("asks for the rest after a long press on 符合, and that press answers nothing", async () => {
    const view = render(XAnswer, { props, global });
    const ok = screen.getByRole("button", { name: "符合" });
    await fireEvent.pointerDown(ok, { button: 0, clientX: 5, clientY: 5 });
    vi.advanceTimersByTime(600);
    await fireEvent.pointerUp(ok);
    await fireEvent.click(ok);
    expect(view.emitted("rest")).toHaveLength(1);
    expect(pick).not.toHaveBeenCalled();
  });

  it("settles a conflict by tapping the value that counts again", async () => {
    render(XAnswer, { props: { ...props, value: "fail", by: "我 14:15", others: [{ value: "ok", by: "马平 14:12" }] }, global });
    await fireEvent.click(screen.getByRole("button", { name: /不符合/ }));
    expect(pick.mock.calls).toEqual([["fail"]]);
    expect(screen.getByRole("button", { name: /^符合/ }).textContent).toContain("马平 14:12");
  });

  it("looks pressed until what was tapped is kept, and chosen only then", async () => {
    const view = render(XAnswer, { props, global });
    const fail = screen.getByRole("button", { name: /不符合/ });
    fail.click();
    // At once: the component isn't drawn anew for it.
    expect(fail.hasAttribute("data-heard")).toBe(true);
    await flushPromises();
    expect([fail.hasAttribute("data-heard"), fail.getAttribute("aria-pressed")]).toEqual([true, "false"]);
    await view.rerender({ value: "fail", by: "我 14:15" });
    expect([fail.hasAttribute("data-heard"), fail.getAttribute("aria-pressed")]).toEqual([false, "true"]);
  });

  it("looks pressed no longer when it could not be kept", async () => {
    pick.mockResolvedValue(false);
    render(XAnswer, { props, global });
    const fail = screen.getByRole("button", { name: /不符合/ });
    await fireEvent.click(fail);
    await flushPromises();
    expect([fail.hasAttribute("data-heard"), fail.getAttribute("aria-pressed")]).toEqual([false, "false"]);
  });

  it("leaves another answer pressed when an earlier one could not be kept", async () => {
    const kept = [Promise.resolve(false), new Promise<boolean>(() => undefined)];
    pick.mockImplementation(() => kept.shift() ?? Promise.resolve(true));
    render(XAnswer, { props, global });
    const [none, fail] = [screen.getByRole("button", { name: "不适用" }), screen.getByRole("button", { name: "不符合" })];
    await fireEvent.click(none);
    await fireEvent.click(fail);
    await flushPromises();
    expect([none.hasAttribute("data-heard"), fail.hasAttribute("data-heard"), pick.mock.calls]).toEqual([false, true, [["na"], ["fail"]]]);
  });

  it("moves no focus under a finger, unless somebody was writing; a mouse moves it", () => {
    render(XAnswer, { props, global });
    const fail = screen.getByRole("button", { name: /不符合/ });
    const movesFocus = (firesTouchEvents: boolean) =>
      fail.dispatchEvent(Object.assign(new MouseEvent("mousedown", { bubbles: true, cancelable: true }), { sourceCapabilities: { firesTouchEvents } }));
    expect([movesFocus(true), movesFocus(false)]).toEqual([false, true]);
    const note = document.body.appendChild(document.createElement("textarea"));
    note.focus();
    expect(movesFocus(true)).toBe(true);
    note.remove();
  });

  it("only shows, when it may not be changed", async () => {
    render(XAnswer, { props: { ...props, readonly: true }, global });
    await fireEvent.click(screen.getByRole("button", { name: "符合" }));
    expect(pick).not.toHaveBeenCalled();
  });
});

describe("XField", () => {
  it("says its words once, two seconds after the last key, and not again when it is left", async () => {
    const view = render(XField, { props: { label: "备注", modelValue: "" }, global });
    const field = screen.getByLabelText("备注");
    await fireEvent.update(field, "铅封");
    await view.rerender({ modelValue: "铅封" });
    vi.advanceTimersByTime(1900);
    expect(view.emitted("rest")).toBeUndefined();
    vi.advanceTimersByTime(200);
    await fireEvent.blur(field);
    expect(view.emitted("rest")).toEqual([["铅封"]]);
  });

  it("shows what a team-mate wrote, but never over what is being typed", async () => {
    const view = render(XField, { props: { label: "备注", modelValue: "" }, global });
    const field = screen.getByLabelText<HTMLInputElement>("备注");
    await view.rerender({ modelValue: "马平写的" });
    expect(field.value).toBe("马平写的");
    await fireEvent.update(field, "我写的");
    await view.rerender({ modelValue: "马平又写的" });
    expect(field.value).toBe("我写的");
    await fireEvent.blur(field);
    expect(view.emitted("rest")).toEqual([["我写的"]]);
  });

  it("writes nothing when it was only looked at", async () => {
    const view = render(XField, { props: { label: "备注", modelValue: "" }, global });
    await fireEvent.focus(screen.getByLabelText("备注"));
    await view.rerender({ modelValue: "马平写的" });
    await fireEvent.blur(screen.getByLabelText("备注"));
    expect(view.emitted("rest")).toBeUndefined();
  });
});

describe("XButton", () => {
  it("is never disabled without its reason", async () => {
    const view = render(XButton, { props: { blocked: "还没有选检查对象" }, slots: { default: "开始检查" }, global });
    const button = screen.getByRole("button", { name: "开始检查" });
    await fireEvent.click(button);
    expect(view.emitted("press")).toBeUndefined();
    const reason = document.getElementById(button.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe("还没有选检查对象");
  });

  it("shows by dots that it asks first, and is called by its word", () => {
    render(XButton, { props: { asks: true }, slots: { default: "不通过" }, global });
    expect(screen.getByRole("button", { name: "不通过" }).textContent).toBe("不通过…");
  });
});

describe("XWords", () => {
  it("lets a line end between names, and changes nothing of the words", () => {
    const { container } = render(XWords, { props: { words: "一般隐患·东关小学扩建项目部·站房后走道" } });
    expect(container.textContent).toBe("一般隐患·东关小学扩建项目部·站房后走道");
    const parts = container.querySelector(".x-words")?.innerHTML.split(/<wbr[^>]*>/).map((part) => part.replace(/<.*?>/g, ""));
    expect(parts).toEqual(["一般隐患·", "东关小学扩建项目部·", "站房后走道"]);
  });

  it("leaves no number behind what it counts", () => {
    const { container } = render(XWords, { props: { words: "最久 9 天，恒源化工 2# 储罐" } });
    expect(container.textContent).toBe("最久 9\u00A0天，恒源化工 2#\u00A0储罐");
    expect(render(XWords, { props: { words: "不符合 1，未答 4。" } }).container.textContent).toBe("不符合\u00A01，未答\u00A04。");
  });

  it("begins no line with a dot", () => {
    const { container } = render(XWords, { props: { words: "谢红旗、万春梅·隐患 2 条" } });
    expect([...container.querySelectorAll(".end")].map((end) => end.textContent)).toEqual(["梅·"]);
  });

  it("is what stands beneath a row's title", () => {
    const { container } = render(XRow, { props: { title: "恒源化工", sub: "余卫东带队·4 人" } });
    expect(container.querySelector(".sub .x-words")?.textContent).toBe("余卫东带队·4\u00A0人");
  });
});

describe("XRow", () => {
  it("shows a value that comes later, and none that has gone", async () => {
    const may = ref(false);
    render({ setup: () => () => h(XRow, { title: "许雪松" }, may.value ? { value: () => "邀请" } : {}) });
    expect(screen.queryByText("邀请")).toBeNull();
    may.value = true;
    await nextTick();
    screen.getByText("邀请");
    may.value = false;
    await nextTick();
    expect(screen.queryByText("邀请")).toBeNull();
  });
});

describe("XErrorBar", () => {
  const problem = { code: "net.unreachable", details: {}, retry: "later" as const, trace: "" };

  it("says what is wrong, and offers another try where that can help", async () => {
    const onAgain = vi.fn();
    const view = render(XErrorBar, { props: { problem, onAgain }, global });
    expect(screen.getByRole("alert").textContent).toContain("连不上服务器");
    await fireEvent.click(screen.getByRole("button", { name: "再试一次" }));
    expect(onAgain).toHaveBeenCalledOnce();
    await view.rerender({ problem: { ...problem, retry: "never" }, onAgain });
    expect(screen.queryByRole("button", { name: "再试一次" })).toBeNull();
  });

  it("has no button for another try that nobody makes", () => {
    render(XErrorBar, { props: { problem }, global });
    expect(screen.queryByRole("button", { name: "再试一次" })).toBeNull();
    expect(screen.getByRole("button", { name: "知道了" })).toBeTruthy();
  });
});

describe("XUndo", () => {
  it("is over after its time, and undoes before", async () => {
    const view = render(XUndo, { props: { words: "已答 5 项", ms: 10_000 }, global });
    await fireEvent.click(screen.getByRole("button", { name: /撤销/ }));
    vi.advanceTimersByTime(10_000);
    expect(view.emitted("undo")).toHaveLength(1);
    expect(view.emitted("over")).toHaveLength(1);
  });
});

describe("useRestore", () => {
  it("brings back what was taken away last, once", () => {
    const photos = ["a", "b"];
    const restore = useRestore();
    const gone = photos.pop() ?? "";
    restore.offer("已删掉一张照片", () => photos.push(gone));
    expect([restore.last.value?.words, restore.ms]).toEqual(["已删掉一张照片", 10_000]);
    restore.undo();
    restore.undo();
    expect([photos, restore.last.value]).toEqual([["a", "b"], undefined]);
  });
});

describe("XSheet", () => {
  const page = { render: () => h("main") };

  async function opened() {
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: "/a", component: page }, { path: "/b", component: page }] });
    installBack(router);
    await router.push("/a");
    await router.push("/b");
    const shown = ref(false);
    const Host = defineComponent(() => () => [
      h("button", { type: "button", onClick: () => (shown.value = true) }, "打开"),
      h(XSheet, { show: shown.value, "onUpdate:show": (now: boolean) => (shown.value = now), title: "以哪个为准？" }, () => h("button", { type: "button" }, "里面")),
    ]);
    render(Host, { global: { plugins: [i18n, router] } });
    const opener = screen.getByRole("button", { name: "打开" });
    opener.focus();
    await fireEvent.click(opener);
    await vi.advanceTimersByTimeAsync(50);
    return { router, shown, opener };
  }

  it("has a name, takes the focus, and gives it back when Escape closes it", async () => {
    const { shown, opener } = await opened();
    const sheet = screen.getByRole("dialog", { name: "以哪个为准？" });
    expect(sheet.contains(document.activeElement)).toBe(true);
    await fireEvent.keyDown(document, { key: "Escape" });
    expect(shown.value).toBe(false);
    await vi.advanceTimersByTimeAsync(50);
    expect(document.activeElement).toBe(opener);
  });

  it("is closed by the back button, which then does not leave the page", async () => {
    const { router, shown } = await opened();
    router.back();
    await vi.advanceTimersByTimeAsync(50);
    expect(shown.value).toBe(false);
    expect(router.currentRoute.value.path).toBe("/b");
    router.back();
    await vi.advanceTimersByTimeAsync(50);
    expect(router.currentRoute.value.path).toBe("/a");
  });
});

/** No engine lays anything out here: every element has such a place or size. */
function laidOut(name: "offsetLeft" | "offsetWidth" | "clientWidth", value: (element: HTMLElement) => number): void {
  vi.spyOn(HTMLElement.prototype, name, "get").mockImplementation(function (this: HTMLElement) {
    return value(this);
  });
}

describe("XTabs", () => {
  const tabs = ["0", "200", "500"].map((value) => ({ value, word: value }));

  it.each([
    ["0", 0],
    ["200", 0],
    ["500", 220],
  ])("shows the chosen tab %s of a row that is longer than the screen", async (modelValue, scrolled) => {
    laidOut("offsetLeft", (element) => Number(element.getAttribute("role") === "tab" && element.textContent));
    laidOut("offsetWidth", () => 80);
    laidOut("clientWidth", () => 360);
    render(XTabs, { props: { label: "状态", tabs, modelValue }, global });
    await nextTick();
    expect(screen.getByRole("tablist").scrollLeft).toBe(scrolled);
    vi.restoreAllMocks();
  });
});
