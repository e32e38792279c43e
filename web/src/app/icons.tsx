const PATHS = {
  mic: 'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm6.5-3.5a6.5 6.5 0 0 1-13 0M12 18v3.5',
  stop: 'M7.5 7.5h9v9h-9Z',
  send: 'M12 19V5m-6 6 6-6 6 6',
  menu: 'M4 7h16M4 12h16M4 17h10',
  notes: 'M6 4h12v16H6ZM9 8.5h6M9 12h6M9 15.5h4',
  close: 'm6 6 12 12M18 6 6 18',
  film: 'M4 6.5h11v11H4Zm11 4 5-3v9l-5-3',
  face: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-3.5-7c1 1.4 2.2 2 3.5 2s2.5-.6 3.5-2M9 9.7v.3m6-.3v.3',
  back: 'm14.5 5-7 7 7 7',
  bin: 'M5 7h14M10 7V4.5h4V7m-7.5 0 .8 12.5h9.4L17.500 7M10 10.500v6m4-6v6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.500 2',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
