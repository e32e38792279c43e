-- Rows of an organisation are seen and changed only in a transaction that names it in
-- parley.organisation. Nobody connects as the owner of the tables: the service takes the role
-- parley_orchestrator, and parley_orchestrator_keeper for the few statements that look for something
-- by a secret or list work of all organisations.
do $$
begin
  if not exists (select from pg_roles where rolname = 'parley_orchestrator') then
    create role parley_orchestrator nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- made by another database's migration
end $$;
do $$
begin
  if not exists (select from pg_roles where rolname = 'parley_orchestrator_keeper') then
    create role parley_orchestrator_keeper nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not pg_has_role(current_user, 'parley_orchestrator', 'member') then
    grant parley_orchestrator to current_user;
  end if;
  if not pg_has_role(current_user, 'parley_orchestrator_keeper', 'member') then
    grant parley_orchestrator_keeper to current_user;
  end if;
end $$;

grant usage on schema ${flyway:defaultSchema} to parley_orchestrator, parley_orchestrator_keeper;
grant select, insert, update, delete on all tables in schema ${flyway:defaultSchema}
  to parley_orchestrator, parley_orchestrator_keeper;
alter default privileges in schema ${flyway:defaultSchema}
  grant select, insert, update, delete on tables to parley_orchestrator, parley_orchestrator_keeper;
alter default privileges in schema ${flyway:defaultSchema}
  grant usage on sequences to parley_orchestrator, parley_orchestrator_keeper;
revoke insert, update, delete on flyway_schema_history
  from parley_orchestrator, parley_orchestrator_keeper;

-- What is done is not changed: an entry of the audit log is only ever added.
revoke update, delete on audit, audit_entries from parley_orchestrator, parley_orchestrator_keeper;

-- Puts a table behind the organisation that the transaction names.
create function isolate(isolated regclass, named text default 'organisation_id') returns void
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', isolated);
  execute format('alter table %s force row level security', isolated);
  execute format(
    'create policy of_organisation on %s to parley_orchestrator'
      ' using (%I = nullif(current_setting(''parley.organisation'', true), ''''))', isolated, named);
  execute format(
    'create policy of_keeper on %s to parley_orchestrator_keeper using (true)', isolated);
end $$;

select isolate('characters'), isolate('character_versions'), isolate('sessions'), isolate('turns'),
  isolate('erasures'), isolate('service_accounts'), isolate('api_keys'), isolate('audit_heads'),
  isolate('audit_entries'), isolate('audit_keys'), isolate('usage'), isolate('memberships'),
  isolate('invitations'), isolate('sign_ins'), isolate('organisations', 'id');
