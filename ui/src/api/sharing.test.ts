import { expect, it } from "vitest";
import { shared } from "./sharing";

it("keeps what didn't change, and only that", () => {
  const last = { items: [{ code: "1", value: null }, { code: "2", value: "ok" }], row: { n: 1 } };
  const next = shared(last, { items: [{ code: "1", value: "ok" }, { code: "2", value: "ok" }], row: { n: 1 } });
  expect(next).toEqual({ items: [{ code: "1", value: "ok" }, { code: "2", value: "ok" }], row: { n: 1 } });
  expect(next.items[1]).toBe(last.items[1]);
  expect(next.row).toBe(last.row);
  expect(next.items[0]).not.toBe(last.items[0]);
});

it("is the last answer itself when nothing changed", () => {
  const last = { a: [1, { b: null }] };
  expect(shared(last, { a: [1, { b: null }] })).toBe(last);
});

it.each([
  [{ a: 1 }, { b: 1 }],
  [{ a: 1, b: 2 }, { a: 1 }],
  [[1, 2], [1]],
  [{ a: [] }, { a: {} }],
  [{ a: undefined }, { b: undefined }],
])("tells %j from %j", (last, next) => expect(shared<unknown>(last, next)).toEqual(next));
