"""Floor 4. Wiring only: settings, urls, api, command line."""
