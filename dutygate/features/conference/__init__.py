"""联席会议（第三条）: meetings and written rounds, their agenda, attendance, conclusions and minutes; what the conference sets."""
