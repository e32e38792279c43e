-- Rows of an organisation are seen and changed only in a transaction that names it in
-- parley.organisation. Nobody connects as the owner of the tables: the service takes the role
-- parley_document, and parley_document_keeper to list what background work has left to do.
do $$
begin
  if not exists (select from pg_roles where rolname = 'parley_document') then
    create role parley_document nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- made by another database's migration
end $$;
do $$
begin
  if not exists (select from pg_roles where rolname = 'parley_document_keeper') then
    create role parley_document_keeper nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not pg_has_role(current_user, 'parley_document', 'member') then
    grant parley_document to current_user;
  end if;
  if not pg_has_role(current_user, 'parley_document_keeper', 'member') then
    grant parley_document_keeper to current_user;
  end if;
end $$;

grant usage on schema ${flyway:defaultSchema} to parley_document, parley_document_keeper;
grant select, insert, update, delete on all tables in schema ${flyway:defaultSchema}
  to parley_document, parley_document_keeper;
alter default privileges in schema ${flyway:defaultSchema}
  grant select, insert, update, delete on tables to parley_document, parley_document_keeper;
revoke insert, update, delete on flyway_schema_history from parley_document, parley_document_keeper;

-- Pages and passages say themselves whose they are, so that no row asks its document.
alter table pages add column organisation_id text;
update pages p set organisation_id = d.organisation_id from documents d where d.id = p.document_id;
alter table pages alter column organisation_id set not null,
  alter column organisation_id set default current_setting('parley.organisation');
alter table chunks add column organisation_id text;
update chunks c set organisation_id = d.organisation_id from documents d where d.id = c.document_id;
alter table chunks alter column organisation_id set not null,
  alter column organisation_id set default current_setting('parley.organisation');

-- Puts a table with an organisation_id behind the organisation that the transaction names.
create function isolate(isolated regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', isolated);
  execute format('alter table %s force row level security', isolated);
  execute format(
    'create policy of_organisation on %s to parley_document'
      ' using (organisation_id = nullif(current_setting(''parley.organisation'', true), ''''))', isolated);
  execute format('create policy of_keeper on %s to parley_document_keeper using (true)', isolated);
end $$;

select isolate('collections'), isolate('documents'), isolate('pages'), isolate('chunks');
