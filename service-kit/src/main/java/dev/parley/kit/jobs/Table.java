package dev.parley.kit.jobs;

/** The table as db-scheduler 16 wants it on PostgreSQL. */
final class Table {
  static final String DEFINITION =
      """
      create table if not exists scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamptz,
        picked boolean not null,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint not null,
        priority smallint,
        state text,
        primary key (task_name, task_instance)
      );
      create index if not exists scheduled_tasks_due on scheduled_tasks (execution_time);
      create index if not exists scheduled_tasks_beat on scheduled_tasks (last_heartbeat);
      """;

  private Table() {}
}
