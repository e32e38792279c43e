alter table turns add column citations jsonb not null default '[]';
