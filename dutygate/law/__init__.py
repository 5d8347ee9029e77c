"""What the regulation says: editions, provisions, working days, rules and procedure, as pure values.

This floor knows no Django, no database and no clock. Whatever depends on the day takes the day as an argument,
so that a jurist can read and test the folder alone.
"""
