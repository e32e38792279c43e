-- Addresses are compared without regard to case: email_key is the address in small letters.
create table people (
  id text primary key,
  email text not null,
  email_key text not null unique,
  display_name text not null,
  email_verified boolean not null,
  language text not null,
  password_hash text,
  generation bigint not null default 0,
  last_organisation_id text not null default '',
  create_time timestamptz not null
);

-- Accounts elsewhere that people sign in with.
create table external_accounts (
  provider_id text not null,
  subject text not null,
  person_id text not null references people on delete cascade,
  primary key (provider_id, subject)
);
create index external_accounts_person on external_accounts (person_id);

create table organisations (
  id text primary key,
  display_name text not null,
  plan_id text not null,
  mask_transcripts boolean not null,
  founder_id text not null,
  request_id text not null default '',
  create_time timestamptz not null
);
create unique index organisations_request on organisations (founder_id, request_id)
  where request_id <> '';

create table memberships (
  organisation_id text not null references organisations on delete cascade,
  person_id text not null references people on delete cascade,
  role int not null,
  join_time timestamptz not null,
  primary key (organisation_id, person_id)
);
create index memberships_person on memberships (person_id);

-- Of what proves something only the SHA-256 is kept: 256 random bits cannot be guessed from it.
create table invitations (
  id text primary key,
  organisation_id text not null references organisations on delete cascade,
  email text not null,
  email_key text not null,
  role int not null,
  token_hash text not null unique,
  request_id text not null,
  expire_time timestamptz not null,
  create_time timestamptz not null
);
create unique index invitations_request on invitations (organisation_id, request_id)
  where request_id <> '';
create index invitations_address on invitations (organisation_id, email_key);

create table sign_ins (
  id text primary key,
  person_id text not null references people on delete cascade,
  organisation_id text not null,
  user_agent text not null,
  create_time timestamptz not null,
  use_time timestamptz not null,
  expire_time timestamptz not null,
  end_time timestamptz
);
create index sign_ins_person on sign_ins (person_id, create_time desc);

-- A token that has a next one was used; used again with another next one it ends the sign-in.
create table refresh_tokens (
  hash text primary key,
  sign_in_id text not null references sign_ins on delete cascade,
  next_hash text
);
create index refresh_tokens_sign_in on refresh_tokens (sign_in_id);

create table links (
  hash text primary key,
  purpose text not null,
  person_id text not null references people on delete cascade,
  email text not null,
  expire_time timestamptz not null
);
create index links_person on links (person_id, purpose);

create table attempts (
  key text primary key,
  failures int not null,
  last_time timestamptz not null,
  until_time timestamptz
);

create table open_id_attempts (
  state_hash text primary key,
  provider_id text not null,
  nonce text not null,
  verifier text not null,
  redirect_uri text not null,
  expire_time timestamptz not null
);

create table signing_keys (
  id text primary key,
  public_key text not null,
  sealed_key text not null,
  create_time timestamptz not null
);

-- Whoever sits at a machine without accounts. No address and no password: nobody can sign in as it.
insert into people (id, email, email_key, display_name, email_verified, language, create_time)
  values ('local', '', '', 'Owner of this machine', false, '', now());
insert into organisations
  (id, display_name, plan_id, mask_transcripts, founder_id, create_time)
  values ('local', 'This machine', 'local', false, 'local', now());
insert into memberships (organisation_id, person_id, role, join_time)
  values ('local', 'local', 50, now());
