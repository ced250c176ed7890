import { language } from "../i18n";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size as people write it, such as "25 kB". */
export function bytes(size: number): string {
  const at = size < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(size) / 3));
  const shown = new Intl.NumberFormat(language(), {
    style: "unit",
    unit: UNITS[at]!,
    unitDisplay: at ? "short" : "long",
    maximumFractionDigits: at > 1 ? 1 : 0,
  });
  return shown.format(size / 1000 ** at);
}

/** What kind of file it is, such as "PDF": by its name, else by its media type. */
export function fileKind(filename: string, mediaType: string): string {
  return /[^.]\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]?.toUpperCase() ?? mediaType;
}

/** The day of a point in time. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(iso));
}
