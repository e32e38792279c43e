const PATHS = {
  mic: 'M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15Zm6.5-3.5a6.5 6.5 0 0 1-13 0M12 18v3.5',
  stop: 'M8 8h8v8H8Z',
  send: 'M12 19V5m-6 6 6-6 6 6',
  notes: 'M4.500 6h15M4.500 12h15M4.500 18h9',
  close: 'm6 6 12 12M18 6 6 18',
  film: 'M4 6.500h11v11H4Zm11 4 5-3v9l-5-3',
  back: 'm14.500 5-7 7 7 7',
  bin: 'M5 7h14M10 7V4.500h4V7m-7.500 0 .8 12.500h9.400L17.500 7M10 10.500v6m4-6v6',
  past: 'M4 12a8 8 0 1 0 2.600-5.900M4 4.500V9h4.500M12 8v4.300l3 1.700',
  time: 'M4 6h7M8 12h7M12 18h8',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
