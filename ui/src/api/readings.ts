/** When a question is asked: at once, and again when a notice says that its answer may be another. */
import { computed, onScopeDispose, ref } from "vue";
import { onNotice, type RequestName } from "./call";
import type { Notice } from "./types";

/** One reading, as whoever reads sees it. */
export interface Turn {
  /** A later one began, or nobody looks any more: what this one finds is old. */
  over: boolean;
  /** News came meanwhile: it is read once more as soon as this one is here. */
  news: boolean;
}

export interface Readings {
  /** Reads at once: the question is another one. */
  anew: () => void;
  /** Reads again; what is under way comes to its end first, so that a screen moves on while news go on. */
  again: () => void;
}

/** Questions whose answer isn't here yet. */
const open = ref(0);
/** Something is asked for that isn't here yet. What is only read once more, because of news, is here. */
export const awaited = computed(() => open.value > 0);

/** Sync goes on all the time: only what shows it asks at each of its steps. */
const OF_SYNC: ReadonlySet<RequestName> = new Set<RequestName>(["SyncState", "SyncLog", "Me"]);

/** Whether a question may have another answer after a notice. */
function concerns(name: RequestName, notice: Notice): boolean {
  if ("Photo" in notice) return false;
  return "Sync" in notice ? OF_SYNC.has(name) : true;
}

export function readings(name: RequestName, read: (turn: Turn) => Promise<void>): Readings {
  let turn: Turn = { over: false, news: false };
  let underWay = false;
  let due = false;
  let counted = false;

  function count(is: boolean): void {
    if (counted === is) return;
    counted = is;
    open.value += is ? 1 : -1;
  }
  async function anew(): Promise<void> {
    turn.over = true;
    const mine: Turn = { over: false, news: false };
    turn = mine;
    underWay = true;
    await read(mine);
    if (mine.over) return;
    underWay = false;
    count(false);
    if (mine.news) await anew();
  }
  function ask(): void {
    count(true);
    void anew();
  }
  function again(): void {
    if (underWay) turn.news = true;
    else void anew();
  }
  /** Several notices in one turn of the page are one reading. */
  function soon(): void {
    if (due) return;
    due = true;
    void Promise.resolve().then(() => {
      due = false;
      again();
    });
  }

  const unheard = onNotice((notice) => {
    if (concerns(name, notice)) soon();
  });
  onScopeDispose(() => {
    unheard();
    turn.over = true;
    count(false);
  });
  return { anew: ask, again: soon };
}
