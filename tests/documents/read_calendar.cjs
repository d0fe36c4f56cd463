// Reads a calendar on standard input with ical.js, and writes its events as JSON: when they start and end, and what
// they say. Times are told in UTC, by the clock changes that the calendar itself states.
const ICAL = require("ical.js");

const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const told = (time) => (time.isDate ? time : time.convertToZone(ICAL.Timezone.utcTimezone)).toString();
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: told(event.startDate),
    end: told(event.endDate),
    summary: event.summary,
    description: event.description || "",
  };
});
process.stdout.write(JSON.stringify(events));
