create table collections (
  organisation_id text not null,
  id text not null,
  name text not null,
  max_tokens int not null,
  overlap_tokens int not null,
  classes jsonb not null,
  create_time timestamptz not null,
  primary key (organisation_id, id)
);

create table documents (
  id text primary key,
  organisation_id text not null,
  person_id text not null,
  collection_id text not null,
  name text not null,
  file_name text not null,
  format text not null,
  size_bytes bigint not null,
  sha256 text not null,
  stage text not null,
  done int not null,
  total int not null,
  failure text not null,
  failure_reason text not null,
  warnings jsonb not null,
  attempts int not null,
  title text not null,
  authors jsonb not null,
  written_time timestamptz,
  modified_time timestamptz,
  page_count int not null,
  word_count int not null,
  language text not null,
  headings jsonb not null,
  class_label text not null,
  class_confidence double precision not null,
  tags text[] not null,
  edited text[] not null,
  chunk_count int not null,
  version bigint not null,
  create_time timestamptz not null,
  update_time timestamptz not null,
  live int not null,
  work int not null,
  hidden boolean not null default false
);
create unique index documents_content on documents (organisation_id, collection_id, sha256)
  where not hidden;
create index documents_newest on documents (organisation_id, create_time desc, id desc);

create table pages (
  document_id text not null references documents (id) on delete cascade,
  revision int not null,
  number int not null,
  label text not null,
  text text not null,
  headings jsonb not null,
  layout bytea not null,
  primary key (document_id, revision, number)
);

create table chunks (
  document_id text not null references documents (id) on delete cascade,
  revision int not null,
  position int not null,
  chunk_id text not null,
  text text not null,
  headings jsonb not null,
  spans jsonb not null,
  tokens int not null,
  first_page int not null,
  last_page int not null,
  primary key (document_id, revision, position)
);
create index chunks_by_id on chunks (chunk_id);
