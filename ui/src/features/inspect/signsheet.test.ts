import { cleanup, fireEvent, render, screen } from "@testing-library/vue";
import { flushPromises } from "@vue/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { i18n } from "@/i18n";
import RefuseSheet from "./RefuseSheet.vue";
import SignSheet from "./SignSheet.vue";

vi.mock("@/kit/XSign.vue", async () => {
  const { defineComponent, h } = await import("vue");
  return {
    default: defineComponent((_, { emit, expose }) => {
      expose({ drawing: () => Promise.resolve(new Blob(["ink"])) });
      return () => h("button", { onClick: () => emit("drawn", true) }, "paper");
    }, { emits: ["drawn"] }),
  };
});
afterEach(cleanup);

/** A device that answers when the test says so, one request after the other. */
function device() {
  const asked: ((kept: boolean) => void)[] = [];
  return { asked, keep: vi.fn(() => new Promise<boolean>((done) => asked.push(done))) };
}
const problem = { code: "storage.full", details: {}, retry: "later" as const, trace: "a1" };

it("a signature's sheet stays until the device has it, also when it is refused at first", async () => {
  const { asked, keep } = device();
  const shown = vi.fn();
  const props = { show: true, title: "签名", about: "", ask: false, opinion: false, name: "万春梅", post: "", sign: keep, problem: undefined, "onUpdate:show": shown };
  const { rerender } = render(SignSheet, { props, global: { plugins: [i18n] } });
  await fireEvent.click(screen.getByText("paper"));
  const done = screen.getByRole("button", { name: "签好了" });
  await fireEvent.click(done);
  await fireEvent.click(done);
  await flushPromises();
  expect(keep).toHaveBeenCalledTimes(1);
  expect(shown).not.toHaveBeenCalled();
  asked[0]?.(false);
  await rerender({ ...props, problem });
  await flushPromises();
  expect(screen.getByRole("alert").textContent).toContain("storage.full");
  expect(shown).not.toHaveBeenCalled();
  await fireEvent.click(done);
  await flushPromises();
  asked[1]?.(true);
  await flushPromises();
  expect(shown).toHaveBeenLastCalledWith(false);
});

it("a refusal's words stay until the device has them", async () => {
  const { asked, keep } = device();
  const shown = vi.fn();
  const { rerender } = render(RefuseSheet, { props: { show: false, reportedTo: "", refuse: keep, problem: undefined, "onUpdate:show": shown }, global: { plugins: [i18n] } });
  await rerender({ show: true });
  await fireEvent.update(screen.getByLabelText(/原因|理由|为什么/u), "不认可结论");
  await fireEvent.update(screen.getByLabelText(/见证/u), "李建国");
  await fireEvent.click(screen.getByRole("button", { name: i18n.global.t("inspect.refuse.done") }));
  await flushPromises();
  expect(keep).toHaveBeenCalledWith("不认可结论", "李建国");
  expect(shown).not.toHaveBeenCalled();
  asked[0]?.(true);
  await flushPromises();
  expect(shown).toHaveBeenLastCalledWith(false);
});
