-- Whether the person's account goes as well: so when the person asks, not when an organisation ends.
alter table erasures add column with_account boolean not null default false;
