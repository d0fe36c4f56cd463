"""What can be counted in a community, each with exactly one definition: one literal, named wherever it is used.

Definitions of one name differ between sources, and figures that were counted in two ways cannot be compared. Nothing is
ever divided by zero: where the whole is nothing, the metric has no value.
"""

from __future__ import annotations

from cop_launch.locales import Message, msg
from cop_launch.records import Record


class Metric(Record):
    """A figure: its name, how it is counted, and who defined it so; no source means that it was set here."""

    title: Message
    definition: Message
    source: str = ""
    note: Message | None = None
    """What a reader should know before comparing it."""


METRICS: dict[str, Metric] = {
    "contributor": Metric(
        msg("Contributor"), msg("Somebody who contributed in any way in the period; each person counts once."), "chaoss"
    ),
    "active-member": Metric(
        msg("Active member"), msg("A member with at least one contribution in the last 30 days."), "feverbee"
    ),
    "participation-rate": Metric(
        msg("Participation rate"),
        msg("Contributors in the period, divided by the members at its end."),
        note=msg("Sources also count readers; this does not."),
    ),
    "lurker": Metric(
        msg("Reader"),
        msg("A member without a contribution in the period."),
        "participation",
        msg("Reading along has its own value; say whether who never logged in is counted."),
    ),
    "engagement": Metric(msg("Engagement"), msg("Contributions in the period, divided by active members."), "feverbee"),
    "time-to-first-response": Metric(
        msg("Time to first response"),
        msg("From the moment that something was asked to the first response by another person; no automatic replies."),
        "chaoss",
    ),
    "median-first-reply": Metric(
        msg("Median time to first reply"),
        msg("The middle of all times to first reply, over the topics that have one."),
        "dsc",
        msg("Read it beside the reply coverage: topics without a reply are not in it."),
    ),
    "reply-coverage": Metric(
        msg("Reply coverage"),
        msg("Topics with a reply by another person within 7 days, divided by all topics."),
        "dsc",
    ),
    "solo-thread-rate": Metric(
        msg("Topics that stayed alone"),
        msg("Topics in which only the person who opened them ever wrote, divided by all topics."),
        "dsc",
    ),
    "posts-per-topic": Metric(
        msg("Posts per topic"), msg("All posts, the opening ones included, divided by topics."), "dsc"
    ),
    "replies-per-post": Metric(
        msg("Replies per opening post"), msg("All posts that open no topic, divided by those that do.")
    ),
    "new-contributors": Metric(
        msg("New contributors"),
        msg("People whose first post ever falls in the period; who signed up and never wrote is not one."),
        "dsc",
    ),
    "reactivated": Metric(
        msg("Back again"), msg("People who wrote in the period after 90 days or more of silence."), "dsc"
    ),
    "lost-regulars": Metric(
        msg("Lost regulars"),
        msg("People with 4 posts or more in the 90 days before the period, and none in it."),
        "dsc",
        msg("The period lasts 30 days or more."),
    ),
    "net-active-change": Metric(
        msg("Net change in active people"), msg("New contributors and those back again, less the lost regulars."), "dsc"
    ),
    "returning-poster-rate": Metric(
        msg("Returning writers"),
        msg("Of those who wrote in the period, the share that also wrote in the period of equal length before it."),
        "dsc",
    ),
    "top-10-share": Metric(
        msg("Share of the ten most active"),
        msg("Posts by the ten most active people, divided by all posts."),
        "dsc",
        msg("Made for large public forums; in a community of forty it says little."),
    ),
    "stickiness": Metric(
        msg("Stickiness"), msg("People active on an average day, divided by people active in the month."), "discourse"
    ),
    "member-driven-share": Metric(
        msg("Share driven by members"),
        msg("What members started themselves, posts and invitations alike, divided by all of it."),
        "feverbee",
    ),
    "composite-engagement": Metric(
        msg("Composite engagement"),
        msg("Subscribers for each member, messages for each member and responses for each thread, side by side."),
        "higher-logic",
        msg("The source names what goes into its score, not how it is added up; so nothing is added up here."),
    ),
    "orbit-gravity": Metric(
        msg("Gravity"),
        msg("Members stand in four levels of weight 1, 4, 7 and 10; commitment is the square of the weight for each."),
        "orbit",
        msg("Gravity is the change in commitment for each member."),
    ),
    "sense-of-community": Metric(
        msg("Sense of community"),
        msg("24 questions with 0 to 3 points each, six on each of needs, membership, influence and emotional bond."),
        "sci-2",
        msg("The questions belong to their makers, who ask users to register; they are not part of coplaunch."),
    ),
}
"""Every metric by its short name."""
