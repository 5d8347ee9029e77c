"""What a person meets in the browser: every page, and whole journeys."""
