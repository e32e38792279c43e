-- Turns that memory has yet to take: set with the row of a turn that is over, so that neither the
-- end of a process nor an outage of memory loses one.
alter table turns add column unremembered boolean not null default false;
create index turns_unremembered on turns (end_time) where unremembered;
