-- What organisations used by month, as it was counted in Redis some seconds ago.
create table usage (
  organisation_id text not null,
  period text not null,
  metered text not null,
  amount bigint not null,
  write_time timestamptz not null,
  primary key (organisation_id, period, metered)
);
