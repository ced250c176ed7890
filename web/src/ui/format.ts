import { locale } from "../i18n";

const DAY_MS = 86_400_000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size as people write it, such as "25 kB". */
export function bytes(size: number): string {
  const at = size < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  const shown = new Intl.NumberFormat(locale(), {
    style: "unit",
    unit: UNITS[at]!,
    unitDisplay: at ? "short" : "long",
    maximumFractionDigits: at > 1 ? 1 : 0,
  });
  return shown.format(size / 1000 ** at);
}

/** A point in time as one remembers it: "Today, 14:05", or the day. */
export function moment(iso: string): string {
  const then = new Date(iso);
  const daysAgo = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(iso).setHours(0, 0, 0, 0)) / DAY_MS);
  if (daysAgo < 0 || daysAgo > 1) return day(iso);
  const name = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-daysAgo, "day");
  const time = new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(then);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${time}`;
}

/** What kind of file it is, such as "PDF": by its name, else by its media type. */
export function fileKind(filename: string, mediaType: string): string {
  return /[^.]\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]?.toUpperCase() ?? mediaType;
}

/** The day of a point in time. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(iso));
}
