"""办理时限：working days with holidays and make-up days (Article 3: the conference sets time limits)."""
