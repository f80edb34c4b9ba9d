/** Which columns are shown: kept on this device for each table. */
import { computed, ref } from "vue";
import type { Column } from "@/kit/XTable.vue";

function kept<K extends string>(name: string, all: readonly Column<K>[], first: readonly K[]): K[] {
  const found = (window.localStorage?.getItem(name) ?? "").split(",").filter((key): key is K => all.some((column) => column.key === key));
  return found.length > 0 ? found : [...first];
}

export function useColumns<K extends string>(table: string, all: readonly Column<K>[], first: readonly K[]) {
  const name = `xunan.columns.${table}`;
  const chosen = ref<string[]>(kept(name, all, first));
  return {
    all,
    isChosen: (key: K) => chosen.value.includes(key),
    /** At least one stays, and the order is the table's. */
    toggle(key: K) {
      const next = chosen.value.includes(key) ? chosen.value.filter((one) => one !== key) : [...chosen.value, key];
      if (next.length === 0) return;
      chosen.value = next;
      window.localStorage?.setItem(name, next.join(","));
    },
    shown: computed(() => all.filter((column) => chosen.value.includes(column.key))),
  };
}
