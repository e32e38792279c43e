-- Which request began an erasure, as a hash with its person, so that the same request gives the same
-- erasure. Emptied a day after it is done.
alter table erasures add column request_hash bytea;
create unique index erasures_request on erasures (request_hash);
