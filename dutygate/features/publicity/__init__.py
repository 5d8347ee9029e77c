"""公开: the lists as they were published, for everybody and without log-in (Articles 4.4, 4.5); how to reach an office."""
