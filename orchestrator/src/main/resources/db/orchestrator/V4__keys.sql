create table service_accounts (
  id text primary key,
  organisation_id text not null,
  display_name text not null,
  role text not null,
  request_id text not null,
  create_time timestamptz not null,
  unique (organisation_id, id)
);
create unique index service_accounts_request on service_accounts (organisation_id, request_id)
  where request_id <> '';

-- Of a secret only its SHA-256 is kept: 256 random bits cannot be guessed from it.
create table api_keys (
  id text primary key,
  organisation_id text not null,
  holder_id text not null,
  service_account boolean not null,
  display_name text not null,
  prefix text not null,
  kind text not null,
  permissions text[] not null,
  origins text[] not null,
  character_ids text[] not null,
  secret_hash text not null,
  request_id text not null,
  expire_time timestamptz,
  use_time timestamptz,
  create_time timestamptz not null
);
create unique index api_keys_secret on api_keys (secret_hash);
create unique index api_keys_request on api_keys (organisation_id, holder_id, request_id)
  where request_id <> '';
create index api_keys_newest on api_keys (organisation_id, id desc);
create index api_keys_holder on api_keys (organisation_id, holder_id);
