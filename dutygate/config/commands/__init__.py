"""One module per command of the `dutygate` command line; see dutygate.config.cli for what each declares."""
