"""The dry run, day by day: recurrences become days, days become minutes per person. Pure; no clock."""
