"""表单: writing and submitting the application (``writing``, ``submitting``), and asking the townships (``consulting``)."""
