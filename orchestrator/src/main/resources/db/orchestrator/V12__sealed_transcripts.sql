-- The keys that transcripts are sealed with where that is wanted, one of each organisation, itself
-- sealed with a key that is not in the database.
create table transcript_keys (
  organisation_id text primary key,
  sealed_key text not null,
  create_time timestamptz not null
);
select isolate('transcript_keys');
