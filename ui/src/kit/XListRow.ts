import { defineComponent, type PropType, type VNode } from "vue";

/**
 * What stands in a row of a long list. A row of its own draws itself anew only when its item does or
 * something that it shows: not with each pixel that the list is scrolled.
 */
export default defineComponent({
  name: "XListRow",
  props: {
    item: { type: null as unknown as PropType<unknown>, required: true },
    at: { type: Number, required: true },
    /** The list's slot. */
    draw: { type: Function as PropType<(row: { item: never; at: number }) => VNode[]>, required: true },
  },
  setup: (props) => () => props.draw({ item: props.item as never, at: props.at }),
});
