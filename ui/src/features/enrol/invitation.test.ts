import { expect, it } from "vitest";
import { readInvitation } from "./invitation";

it.each([
  ["https://xunan.example.org/#/enrol?code=7KQ2-M9", { relay: "https://xunan.example.org", code: "7KQ2-M9" }],
  ["http://10.0.0.5:8080/enrol?code=ABC", { relay: "http://10.0.0.5:8080", code: "ABC" }],
  ["  7KQ2-M9 ", { code: "7KQ2-M9" }],
  ["https://example.org/", {}],
])("%s", (text, read) => expect(readInvitation(text)).toEqual(read));
