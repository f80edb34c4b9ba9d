/**
 * The kit: the only place that knows Vant, and the only place that owns look, focus, back, 44 px
 * targets and states. Features arrange these and add no colours of their own.
 *
 * Frame
 *   XPage        a page: slots `top`, default (scrolls, keeps its place), `bottom`
 *   XFrame       the desk's three columns: slots `groups`, `list`, default = detail
 *   XTopBar      back, title, about; default slot right; `more` = ⋯; `progress` is its lower rule; back="none" on a tab's root
 *   XBottomBar   what one does here; put the secondary first, the primary last (it grows); `even` = equal widths; `note` above
 *   XSection     heading + meta at the right; `band` = the 8px break above it
 *   XTabs        tabs in a page, with counts
 * Lists
 *   XRow         a row: title, sub, value or `due` at the right (`lead`: due in its own column left); `to` = link, `press` = button; slots title, sub, value, start
 *   XTargetRow   a target: its lower rule is how far it is; one line when reached or not countable
 *   XRadioRow    one of several ways; slot `sub`; default slot opens beneath the chosen one (wrap them in role="radiogroup")
 *   XCheckRow    one of several that may be chosen together
 *   XFacts       label and value pairs (dl); a slot per key for more than text
 *   XTimeline    what happened; a slot per moment's key
 *   XList        a long virtual list: items, keyOf, label; slots default {item, at}, before, after; emits end
 *   XTable       the desk's sorted virtual table: columns, rows, to, v-model:sorting; slot cell {row, column}; emits end
 * To press
 *   XButton      kind primary (one a screen) | secondary | tertiary; `strip` 48 px; `hint` = desk key; `blocked` = why not
 *   XChips       a row of chips, one chosen (v-model); `columns`, `showLabel`; a choice may have a sentence and be `risk`
 *   XAnswer      the three answers; `pick` = has one written; emits rest (long press on 符合)
 *   XCamera      a button that takes a photo: emits taken(files)
 *   XSwitch      on or off
 *   XSelect      one of many, by the system's own list
 *   XDeskTools   whose work and when, for all pages of the desk (api/desk.ts)
 * To write
 *   XField       label, v-model; emits rest(words) when left or resting 2 s: that is when it is saved; `lines` = grows
 *   XSearch      a search field, `scan` or `hint`
 *   XDate        a day in a sheet (v-model:show), says how far off
 *   XSign        a signature; its exposed drawing() gives the PNG
 * To see
 *   XPhoto, XPhotos   by hash; say on whose phone a picture still is; a tap shows it large; `off` = one may be taken off
 *   XPreview     pictures large: its exposed open(hashes, at); `off` emits off(hash)
 *   XThumb       the small picture of a row (slot start), or why there is none
 *   XSyncState   how this device stands with the relay; every top bar has it at the right (brief beside other words)
 *   XSync        sync words with dot (relay's receipt) or ring (only here)
 *   XCode        a code to scan
 *   XRisk        a site's colour: dot + word
 *   XBars        bars with a goal's line, and the same as a table for screen readers
 *   XWay         the word in a row that says where it leads
 *   XWords       a line of several names: it breaks between them, never inside one
 *   XIcon        our own SVG set (icons.ts); never without a word beside it
 * States
 *   XSheet       v-model:show, title, close words; slots `about`, `bottom`; focus in/out, Escape, back button
 *   XUndo        what was just done, for `ms`; emits undo, over
 *   XEmpty       why there is nothing and what to do next
 *   XSkeleton    before the first answer
 *   XErrorBar    a problem: what, what is safe, what to do; emits dismiss; with @again another try
 * Behaviour
 *   useBack, useWide, useHold, tick
 *   useKept      a choice that is still there when one comes back to its page
 *   useRestore   what was taken away on this device alone, for an XUndo of its own
 */
export { installBack, useBack } from "./back";
export { installTaken } from "./taken";
export type { IconName } from "./icons";
export { tick, useHold } from "./useHold";
export { useKept } from "./useKept";
export { useRestore, type Restore } from "./useRestore";
export { useWide } from "./wide";
export { default as XAnswer, type AnswerValue } from "./XAnswer.vue";
export { default as XBottomBar } from "./XBottomBar.vue";
export { default as XButton } from "./XButton.vue";
export { default as XCamera } from "./XCamera.vue";
export { default as XCheckRow } from "./XCheckRow.vue";
export { default as XChip } from "./XChip.vue";
export { default as XChips, type Choice } from "./XChips.vue";
export { default as XEmpty } from "./XEmpty.vue";
export { default as XErrorBar } from "./XErrorBar.vue";
export { default as XFacts } from "./XFacts.vue";
export { default as XField } from "./XField.vue";
export { default as XFrame } from "./XFrame.vue";
export { default as XIcon } from "./XIcon.vue";
export { default as XList } from "./XList.vue";
export { default as XPage } from "./XPage.vue";
export { default as XPhoto } from "./XPhoto.vue";
export { default as XRadioRow } from "./XRadioRow.vue";
export { default as XRisk } from "./XRisk.vue";
export { default as XRow } from "./XRow.vue";
export { default as XSearch } from "./XSearch.vue";
export { default as XSection } from "./XSection.vue";
export { default as XSelect } from "./XSelect.vue";
export { default as XSheet } from "./XSheet.vue";
export { default as XSkeleton } from "./XSkeleton.vue";
export { default as XSync } from "./XSync.vue";
export { default as XSyncState } from "./XSyncState.vue";
export { default as XTabs, type Tab } from "./XTabs.vue";
export { default as XTargetRow } from "./XTargetRow.vue";
export { default as XThumb } from "./XThumb.vue";
export { default as XTimeline, type Moment } from "./XTimeline.vue";
export { default as XTopBar } from "./XTopBar.vue";
export { default as XUndo } from "./XUndo.vue";
export { default as XWay } from "./XWay.vue";
export { default as XWords } from "./XWords.vue";

// Heavier parts, on their own so that the first route doesn't carry them:
//   import XSign from "@/kit/XSign.vue"; XCode, XDate, XPhotos, XSwitch, XDeskTools, XTable, XBars likewise.
