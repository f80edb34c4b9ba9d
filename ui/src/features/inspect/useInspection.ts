/** One inspection being filled: its read model, and what may be done to it. */
import { computed, ref } from "vue";
import { newPhoto } from "@/api/blob";
import { shared } from "@/api/sharing";
import type { ItemView } from "@/api/types";
import { useCommand } from "@/api/useCommand";
import { useQuery } from "@/api/useQuery";
import { useUndo } from "@/api/useUndo";
import { listName } from "@/format/lists";
import { dots } from "@/format/names";
import { i18n } from "@/i18n";

/** A section with the list it stands in, as it is shown. */
export interface ShownSection {
  key: string;
  list: string;
  name: string;
  title: string;
  answered: readonly [number, number];
  items: ItemView[];
}

/** Photos that belong to the visit and to no item. */
const NO_ITEM = "-";

/** How many items “the rest conforms” answers: those with nothing said yet that can be 符合 at all. */
export function restOf(section: Pick<ShownSection, "items">): number {
  return section.items.filter((item) => item.item.answer.type === "conform" && item.value === null && item.conflict.length === 0).length;
}

export function useInspection(id: () => string) {
  const { t } = i18n.global;
  const { answer: view, problem, again } = useQuery("Inspection", () => ({ id: id() }));
  const command = useCommand();
  const undo = useUndo();
  const fresh = ref(new Set<string>());

  const sections = computed<ShownSection[]>((last) => {
    const now = (view.value?.lists ?? []).reduce<ShownSection[]>((all, list) => {
      const several = (view.value?.lists.length ?? 0) > 1;
      const name = listName(list).replace(/检查表$/u, "");
      const own = list.sections.map((section) => ({
        key: `${list.code}/${section.name}`,
        list: list.code,
        name: section.name,
        title: several ? dots(name, section.name) : section.name,
        answered: section.answered,
        items: section.items,
      }));
      return all.concat(own);
    }, []);
    // A tap draws the section anew that it is in, and no other.
    return shared(last, now);
  });
  /** Whether this person settles what others contradict each other in. */
  const settles = computed(() => view.value?.settles ?? false);
  const unanswered = computed(() => {
    const counts = view.value?.row.answered;
    return counts ? counts[1] - counts[0] : 0;
  });

  /** Tells whether it is kept. */
  async function answer(list: string, item: ItemView, value: string | null): Promise<boolean> {
    const key = `${list}/${item.item.code}`;
    // The strip opens only where this person just said 不符合, and stays open until it is filed.
    if (value === "fail") fresh.value.add(key);
    else fresh.value.delete(key);
    return (await command.run("Answer", { id: id(), list, item: item.item.code, value })) !== undefined;
  }
  async function fill(section: ShownSection): Promise<void> {
    const left = restOf(section);
    if (left === 0) return;
    const done = await command.run("FillSection", { id: id(), list: section.list, section: section.name });
    undo.offer(done, t("inspect.filled", { n: left, section: section.name }));
  }
  async function note(list: string, item: string, text: string): Promise<void> {
    await command.run("Note", { id: id(), list, item, text });
  }
  async function photos(list: string, item: string, files: File[]): Promise<void> {
    for (const file of files) {
      // One after the other: each is safe on the device before the next is read.
      // oxlint-disable-next-line no-await-in-loop
      await command.run("AddPhoto", { id: id(), list, item, photo: await newPhoto(file) });
    }
  }
  async function takeOff(list: string, item: string, hash: string): Promise<void> {
    const done = await command.run("RemovePhoto", { id: id(), list, item, hash });
    undo.offer(done, t("kit.photo.off"));
  }
  async function settle(list: string, item: string, value: string | null): Promise<void> {
    await command.run("Settle", { id: id(), list, item, value });
  }
  /** Who left by mistake comes back with one tap. */
  async function leave(person: string): Promise<void> {
    const done = await command.run("LeaveTeam", { id: id(), person });
    undo.offer(done, t("inspect.left"));
  }
  /** Photos of the visit. */
  const free = { add: (files: File[]) => photos(NO_ITEM, NO_ITEM, files), takeOff: (hash: string) => takeOff(NO_ITEM, NO_ITEM, hash) };
  return { view, problem, again, command, undo, fresh, sections, settles, unanswered, answer, fill, note, photos, takeOff, settle, leave, free };
}
