-- Who asked to be forgotten. When it is done, nothing here tells who it was: organisation and person
-- are emptied and the key is destroyed.
create table erasures (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  session_ids text[] not null default '{}',
  removals jsonb not null default '{}',
  pseudonym_key bytea,
  start_time timestamptz not null,
  end_time timestamptz
);
create unique index erasures_running on erasures (organisation_id, person_id)
  where end_time is null;

-- What was done that must be accounted for. The pseudonym is a keyed hash whose key is gone.
create table audit (
  id text primary key,
  time timestamptz not null,
  action text not null,
  pseudonym text not null,
  details jsonb not null
);
