create table characters (
  organisation_id text not null,
  id text not null,
  version bigint not null,
  request_id text not null default '',
  body jsonb not null,
  deleted boolean not null default false,
  primary key (organisation_id, id)
);
create unique index characters_request on characters (organisation_id, request_id)
  where request_id <> '';

create table character_versions (
  organisation_id text not null,
  character_id text not null,
  version bigint not null,
  body jsonb not null,
  primary key (organisation_id, character_id, version)
);

create table sessions (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  character_id text not null,
  title text not null,
  language text not null,
  resume_token text not null,
  request_id text not null,
  settings text not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  turn_count int not null,
  ended boolean not null
);
create unique index sessions_request on sessions (organisation_id, person_id, request_id)
  where request_id <> '';
create index sessions_newest on sessions (organisation_id, person_id, create_time desc, id desc);

create table turns (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  session_id text not null,
  character_id text not null,
  state text not null,
  input_text text not null,
  spoken_input boolean not null,
  reply_text text not null,
  cut_text text not null,
  words jsonb not null,
  media_duration_us bigint not null,
  create_time timestamptz not null,
  end_time timestamptz,
  receipt jsonb,
  request_id text not null
);
create unique index turns_request on turns (organisation_id, person_id, request_id)
  where request_id <> '';
create index turns_of_session on turns (session_id, create_time, id);
create index turns_unfinished on turns (state) where state in ('QUEUED', 'RUNNING');
