/**
 * A device core behind the page's own origin, as tests and pictures of screens run it: requests are
 * POSTed to `/__call`, notices are server-sent events of `/__notices`.
 */
import { opened, type Answer, type Transport } from "./transport";

export function pageTransport(): Transport {
  return {
    async call(request) {
      let response: Response;
      try {
        response = await fetch("/__call", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request),
        });
      } catch {
        throw { code: "net.unreachable", details: {}, retry: "later", trace: "" };
      }
      if (!response.headers.get("content-type")?.includes("json")) {
        throw { code: "net.answer", details: {}, retry: "later", trace: String(response.status) };
      }
      return opened((await response.json()) as Answer);
    },
    listen(notice) {
      const source = new EventSource("/__notices");
      // While the line was cut, anything may have changed.
      let cut = false;
      source.addEventListener("error", () => {
        cut = true;
      });
      source.addEventListener("open", () => {
        if (cut) notice({ Register: {} });
        cut = false;
      });
      source.addEventListener("message", (event: MessageEvent<string>) => notice(JSON.parse(event.data)));
    },
  };
}
