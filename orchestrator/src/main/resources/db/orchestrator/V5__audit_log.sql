-- Where each organisation's chain ends. Locked while entries are added, so that numbers have no gaps.
create table audit_heads (
  organisation_id text primary key,
  number bigint not null,
  hash text not null,
  -- the last entries that were added together, so that they are not added twice
  batch_id text not null
);

-- What was done, one chain of hashes per organisation; nobody's is the one with the empty name.
create table audit_entries (
  organisation_id text not null,
  number bigint not null,
  time timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  outcome text not null,
  request_id text not null,
  hash text not null,
  primary key (organisation_id, number)
);
create index audit_entries_action on audit_entries (organisation_id, action, number desc);

-- The keys of pseudonyms. Without its row nothing leads from a pseudonym to a person.
create table audit_keys (
  organisation_id text not null,
  person_id text not null,
  key bytea not null,
  pseudonym text not null,
  primary key (organisation_id, person_id)
);
create index audit_keys_pseudonym on audit_keys (organisation_id, pseudonym);

-- Entries are added and never changed: the rights are taken from whoever uses the table, and for
-- owners and superusers, who keep theirs, a trigger refuses.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only added to (% of %)', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entries_stay before update or delete or truncate on audit_entries
  for each statement execute function refuse_change();
create trigger audit_stays before update or delete or truncate on audit
  for each statement execute function refuse_change();
revoke update, delete, truncate on audit_entries, audit from public, current_user;
