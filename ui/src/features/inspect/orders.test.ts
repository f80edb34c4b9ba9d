import { describe, expect, it, vi } from "vitest";
import { useTransport } from "@/api/call";
import type { FindingRow } from "@/api/types";
import { useUndo } from "@/api/useUndo";
import { useOrders } from "./useOrders";

const offer = { kind: "ordered", units: [{ id: "u1", name: "区应急管理局", short: "区应急管理局", risk: null }], officers: [], people: [{ id: "p1", name: "雷玉兰" }], to: [], due: "2026-12-01", refused: null };

describe("orders at the end of an inspection", () => {
  it("can be taken back together, as long as they wait", async () => {
    useTransport({
      call: async (request) => ({ Finding: { row: { id: (request as { Finding: { id: string } }).Finding.id, text: "x" }, actions: [offer], proposed_due: null, proposed_who: null, basis: "" } }),
      listen: () => undefined,
    });
    let command = 0;
    const run = vi.fn(async () => ({ id: "f", command: (command += 1), undo_until: Date.now() + 10_000 }));
    const undo = useUndo();
    const found = ["f1", "f2"].map((id) => ({ id, state: "reported" }) as FindingRow);
    const orders = useOrders(() => found, { run, pending: { value: false }, problem: { value: undefined } } as never, undo);
    await orders.read();
    await orders.send(orders.official.value);
    expect(run).toHaveBeenCalledTimes(2);
    expect(undo.last.value).toMatchObject({ words: "已责令 2 条", commands: [2, 1] });
  });
});
