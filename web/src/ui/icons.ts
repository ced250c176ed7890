import { svg, type SVGTemplateResult, type TemplateResult, html } from "lit";

const PATHS = {
  documents: svg`<path d="M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5"/>`,
  share: svg`<circle cx="12" cy="12" r="7.5"/><path d="M12 12V4.5a7.5 7.5 0 0 1 7.5 7.5z" fill="currentColor"/>`,
  power: svg`<path d="M12 4v8M7.5 6.8a7.5 7.5 0 1 0 9 0"/>`,
  ask: svg`<path d="M5 5.5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7.5L7 20v-3.5H5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  send: svg`<path d="M12 19V5M6 11l6-6 6 6"/>`,
  stop: svg`<rect x="7" y="7" width="10" height="10" rx="1.5" fill="currentColor"/>`,
  close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  left: svg`<path d="M14.5 6L8.5 12l6 6"/>`,
  right: svg`<path d="M9.5 6l6 6-6 6"/>`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
  more: svg`<g fill="currentColor"><circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/></g>`,
  trash: svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7"/>`,
  edit: svg`<path d="M5 19l.8-3.6L16 5.2l2.8 2.8L8.6 18.2z"/>`,
  again: svg`<path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5h-9a2 2 0 0 0-2 2v8"/>`,
  up: svg`<path d="M7 11v8H4v-8zM7 11l4-7c1.4 0 2.2 1 2 2.4L12.5 10H18a2 2 0 0 1 2 2.4l-1.2 5.2a2 2 0 0 1-2 1.4H7"/>`,
  down: svg`<path d="M17 13V5h3v8zM17 13l-4 7c-1.4 0-2.2-1-2-2.4l.5-3.6H6a2 2 0 0 1-2-2.4l1.2-5.2a2 2 0 0 1 2-1.4H17"/>`,
  improve: svg`<path d="M4.5 17l5-5.5 3.5 3L19.5 8M14.5 7.5h5v5"/>`,
  info: svg`<circle cx="12" cy="12" r="7.5"/><path d="M12 11v5M12 8.1v.1"/>`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  warning: svg`<path d="M12 4.5l8.5 15h-17zM12 10v4.5M12 17.2v.1"/>`,
  upload: svg`<path d="M12 16V5M7 9.5L12 4.5l5 5M5 19.5h14"/>`,
  download: svg`<path d="M12 4.5V15M7 10.5l5 5 5-5M5 19.5h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="M15.5 15.5L20 20"/>`,
  larger: svg`<circle cx="11" cy="11" r="6"/><path d="M15.5 15.5L20 20M11 8.5v5M8.5 11h5"/>`,
  smaller: svg`<circle cx="11" cy="11" r="6"/><path d="M15.5 15.5L20 20M8.5 11h5"/>`,
  out: svg`<path d="M14 4.5H5v15h9M10 12h10M16.5 8l4 4-4 4"/>`,
  theme: svg`<circle cx="12" cy="12" r="7.5"/><path d="M12 4.5v15a7.5 7.5 0 0 0 0-15z" fill="currentColor"/>`,
  steps: svg`<path d="M5 6.5h3M11 6.5h8M5 12h3M11 12h8M5 17.5h3M11 17.5h8"/>`,
  sliders: svg`<path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="12" r="2"/><circle cx="15" cy="17" r="2"/>`,
  pin: svg`<path d="M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V20"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof PATHS;

/** A picture of 20 pixels in the colour of the text; screen readers skip it. */
export function icon(name: IconName, size = 20): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${PATHS[name]}
  </svg>`;
}
