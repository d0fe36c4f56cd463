from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_launch.statistics import (
    SETTLE_AT_MOST,
    SMALL_GROUP,
    Interval,
    Share,
    Weighed,
    answers_to_settle,
    minimum_answers,
    reaches,
    weigh,
    wilson,
    wilson_finite,
)

FIFTH = Fraction(1, 5)
Z = NormalDist().inv_cdf(0.975)


@st.composite
def shares(draw: st.DrawFn, smallest: int = 1, largest: int = 2000) -> Share:
    denominator = draw(st.integers(smallest, largest))
    return Share(draw(st.integers(0, denominator)), denominator)


def thresholds() -> st.SearchStrategy[Fraction]:
    return st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=200)


def by_bisection(share: Share, effective_n: float, confidence: float = 0.95) -> tuple[float, float]:
    """The interval as it is defined: all x that the score test |p - x| <= z * sqrt(x(1-x)/n) does not reject."""
    p, z = share.numerator / share.denominator, NormalDist().inv_cdf((1 + confidence) / 2)

    def accepted(x: float) -> bool:
        return effective_n * (p - x) ** 2 <= z * z * x * (1 - x)

    def edge(outside: float, inside: float) -> float:
        if accepted(outside):
            return outside
        for _ in range(80):
            middle = (outside + inside) / 2
            outside, inside = (outside, middle) if accepted(middle) else (middle, inside)
        return inside

    # The middle of the interval is accepted for certain; p itself is not when p is 0 or 1 and floats round.
    centre = (p * effective_n + z * z / 2) / (effective_n + z * z)
    return edge(0.0, centre), edge(1.0, centre)


class TestShare:
    @pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (6, 5), (0, -1), (1, 0)])
    def test_what_is_no_share(self, numerator: int, denominator: int) -> None:
        """Fewer than none and more than all are not a share."""
        with pytest.raises(ValueError, match="not a share"):
            Share(numerator, denominator)

    def test_fraction_is_exact(self) -> None:
        """3 of 15 is one fifth; 0 of 0 is no number."""
        assert Share(3, 15).fraction == FIFTH
        with pytest.raises(ZeroDivisionError):
            _ = Share(0, 0).fraction


class TestWilson:
    @pytest.mark.parametrize(
        ("k", "n", "low", "high"),
        [
            (81, 263, "0.2553", "0.3662"),
            (15, 148, "0.0624", "0.1605"),
            (0, 20, "0.0000", "0.1611"),
            (1, 29, "0.0061", "0.1718"),
        ],
    )
    def test_published_table(self, k: int, n: int, low: str, high: str) -> None:
        """Newcombe (1998), table I, method 3, to the last printed digit."""
        interval = wilson(Share(k, n))
        assert (f"{interval.low:.4f}", f"{interval.high:.4f}") == (low, high)

    @pytest.mark.parametrize(
        ("k", "n", "low", "high"),
        [
            (2, 10, "5.7", "51.0"),
            (3, 15, "7.0", "45.2"),
            (6, 30, "9.5", "37.3"),
            (20, 100, "13.3", "28.9"),
            (60, 300, "15.9", "24.9"),
            (23, 87, "18.3", "36.6"),
            (6, 31, "9.2", "36.3"),
            (23, 200, "7.8", "16.7"),
            (28, 91, "22.2", "40.9"),
        ],
    )
    def test_figures_that_the_reports_quote(self, k: int, n: int, low: str, high: str) -> None:
        """The percentages of the worked examples."""
        interval = wilson(Share(k, n))
        assert (f"{interval.low:.1%}", f"{interval.high:.1%}") == (f"{low}%", f"{high}%")

    def test_one_yes_of_one(self) -> None:
        """The reason for a minimum of answers: a single yes has a lower bound over 20%."""
        assert f"{wilson(Share(1, 1)).low:.2%}" == "20.65%"

    def test_nobody_answered(self) -> None:
        """Nothing is known: 0 to 1, for the finite population too."""
        assert wilson(Share(0, 0)) == wilson_finite(Share(0, 0), 40) == Interval(0.0, 1.0)

    def test_laws_for_every_share_up_to_200(self) -> None:
        """0 <= low <= p <= high <= 1 exactly, both bounds rise with k, 0 of n starts at 0 and n of n ends at 1."""
        for n in range(1, 201):
            intervals = [wilson(Share(k, n)) for k in range(n + 1)]
            for k, interval in enumerate(intervals):
                assert 0 <= Fraction(interval.low) <= Fraction(k, n) <= Fraction(interval.high) <= 1
            for before, after in pairwise(intervals):
                assert before.low < after.low
                assert before.high < after.high
            assert intervals[0].low == 0.0
            assert intervals[-1].high == 1.0

    def test_equals_the_score_test_for_every_share_up_to_60(self) -> None:
        """The bounds are where the score test starts to reject."""
        for n in range(1, 61):
            for k in range(n + 1):
                interval = wilson(Share(k, n))
                assert (interval.low, interval.high) == pytest.approx(by_bisection(Share(k, n), n), abs=1e-12)

    @given(shares(), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
    def test_equals_the_score_test_at_any_confidence(self, share: Share, confidence: float) -> None:
        """Also for other confidences and larger numbers."""
        interval = wilson(share, confidence)
        assert (interval.low, interval.high) == pytest.approx(
            by_bisection(share, share.denominator, confidence), abs=1e-12
        )

    def test_the_written_out_quantile(self) -> None:
        """The 95% quantile that is written out is the library's: a hair over 95% gives the same interval."""
        written, computed = wilson(Share(23, 87)), wilson(Share(23, 87), 0.95 + 1e-15)
        assert (written.low, written.high) == pytest.approx((computed.low, computed.high), abs=1e-14)


class TestWilsonFinite:
    @given(shares(), st.integers(1, 5000))
    def test_equals_the_score_test_with_the_corrected_variance(self, share: Share, others: int) -> None:
        """The bounds are where the score test rejects when n is corrected for the people already heard."""
        n, population = share.denominator, share.denominator + others
        interval = wilson_finite(share, population)
        expected = by_bisection(share, n * (population - 1) / (population - n))
        assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-12)

    @given(shares(smallest=2), st.integers(0, 5000))
    def test_lies_inside_the_other(self, share: Share, others: int) -> None:
        """Never wider than Wilson's, and around the share."""
        finite, infinite = wilson_finite(share, share.denominator + others), wilson(share)
        assert infinite.low <= finite.low <= float(share.fraction) <= finite.high <= infinite.high

    @given(shares())
    def test_at_both_ends(self, share: Share) -> None:
        """Everybody answered: the share itself. A very large group: Wilson's."""
        point = float(share.fraction)
        assert wilson_finite(share, share.denominator) == Interval(point, point)
        finite, infinite = wilson_finite(share, 10**15), wilson(share)
        assert (finite.low, finite.high) == pytest.approx((infinite.low, infinite.high), abs=1e-9)

    def test_a_known_small_group(self) -> None:
        """28 of 91 from 180 people: 24.5% to 37.8% where Wilson says 22.2% to 40.9%."""
        interval = wilson_finite(Share(28, 91), 180)
        low, high = by_bisection(Share(28, 91), 91 * 179 / 89)
        assert (f"{interval.low:.1%}", f"{interval.high:.1%}") == (f"{low:.1%}", f"{high:.1%}") == ("24.5%", "37.8%")

    def test_more_answers_than_people(self) -> None:
        """Is refused."""
        with pytest.raises(ValueError, match="11 answers of 10 people"):
            wilson_finite(Share(3, 11), 10)


class TestMinimumAnswers:
    @pytest.mark.parametrize(
        ("size", "minimum"),
        [(None, 30), (0, 1), (1, 1), (2, 1), (3, 2), (15, 8), (58, 29), (59, 30), (60, 30), (10_000, 30)],
    )
    def test_thirty_or_half_of_a_smaller_group(self, size: int | None, minimum: int) -> None:
        """30, or half of a smaller known group rounded up, at least one."""
        assert minimum_answers(size) == minimum


class TestReaches:
    def test_compares_whole_numbers(self) -> None:
        """20% of 15 is exactly 3; 2 of 11 is 18.2%, under; nobody is never enough."""
        assert reaches(Share(3, 15), FIFTH)
        assert not reaches(Share(2, 11), FIFTH)
        assert not reaches(Share(0, 0), Fraction(0))

    @given(st.integers(1, 10**18), st.integers(2, 100))
    def test_one_answer_short_is_short(self, size: int, parts: int) -> None:
        """At the threshold is met and one answer fewer is not, at sizes where a float sees no difference."""
        threshold = Fraction(1, parts)
        assert reaches(Share(size, size * parts), threshold)
        assert not reaches(Share(size - 1, size * parts), threshold)


class TestWeigh:
    @pytest.mark.parametrize(
        ("k", "n", "left_to_ask", "expected"),
        [
            (1, 1, True, Weighed.TOO_FEW),
            (2, 10, True, Weighed.TOO_FEW),
            (3, 15, True, Weighed.TOO_FEW),
            (0, 29, True, Weighed.TOO_FEW),
            (29, 29, True, Weighed.TOO_FEW),
            (6, 30, True, Weighed.MET),
            (20, 100, True, Weighed.MET),
            (23, 87, True, Weighed.MET),
            (6, 31, True, Weighed.UNDECIDED),
            (6, 31, False, Weighed.UNMET),
            (23, 200, True, Weighed.UNMET),
            (0, 30, True, Weighed.UNMET),
            (3, 15, False, Weighed.MET),
            (2, 15, False, Weighed.UNMET),
            (0, 0, True, Weighed.TOO_FEW),
            (0, 0, False, Weighed.TOO_FEW),
        ],
    )
    def test_against_twenty_percent(self, k: int, n: int, left_to_ask: bool, expected: Weighed) -> None:
        """Each answer that there is, with thirty as the minimum."""
        assert weigh(Share(k, n), FIFTH, 30, left_to_ask) is expected

    @given(shares(smallest=0, largest=300), thresholds(), st.integers(1, 60), st.booleans())
    def test_laws(self, share: Share, threshold: Fraction, minimum: int, left_to_ask: bool) -> None:
        """Under the minimum nothing is decided; met is at or over the threshold; nobody left means a decision."""
        weighed = weigh(share, threshold, minimum, left_to_ask)
        if weighed in {Weighed.MET, Weighed.UNMET}:
            assert share.denominator >= minimum or not left_to_ask
            assert (weighed is Weighed.MET) == (share.fraction >= threshold)
        elif weighed is Weighed.UNDECIDED:
            low, high = by_bisection(share, share.denominator)
            assert left_to_ask
            assert share.fraction < threshold
            assert low - 1e-9 <= threshold <= high + 1e-9
        else:
            assert share.denominator == 0 or (share.denominator < minimum and left_to_ask)

    @given(shares(largest=300), thresholds(), st.booleans())
    def test_more_yes_is_never_worse(self, share: Share, threshold: Fraction, left_to_ask: bool) -> None:
        """One no that becomes a yes never moves the outcome away from met."""
        order = [Weighed.UNMET, Weighed.UNDECIDED, Weighed.MET]
        if share.numerator < share.denominator:
            better = Share(share.numerator + 1, share.denominator)
            assert order.index(weigh(share, threshold, 1, left_to_ask)) <= order.index(
                weigh(better, threshold, 1, left_to_ask)
            )


class TestAnswersToSettle:
    @pytest.mark.parametrize(
        ("k", "n", "group", "expected"),
        [
            (23, 200, None, 0),  # settled: the upper bound is 16.7%
            (28, 91, None, 0),  # settled: the lower bound is 22.2%
            (23, 87, None, 62),  # 149 answers at 26.4%
            (23, 87, 250, 62),
            (23, 87, 249, 7),  # in a group of this size: the other 155 are all that is uncertain
            (23, 87, 149, 0),
            (5, 40, 60, 0),  # settled among 60, where it would take 105 of very many
            (19, 97, 100, None),  # so near that only the last three tell
            (10, 40, None, 206),
            (20, 100, None, None),  # exactly at the threshold
            (6, 31, None, None),  # 19.4% against 20% takes 14,765 answers
            (0, 0, None, None),
            (0, 10, None, 6),
        ],
    )
    def test_against_twenty_percent(self, k: int, n: int, group: int | None, expected: int | None) -> None:
        """So many more answers in this proportion, or none that would do."""
        assert answers_to_settle(Share(k, n), FIFTH, group) == expected

    @given(shares(largest=400), thresholds())
    def test_is_the_smallest_number_that_settles(self, share: Share, threshold: Fraction) -> None:
        """With so many more the score test tells the share from the threshold, with one fewer it does not."""

        def settled(total: int) -> bool:
            p, t = float(share.fraction), float(threshold)
            return total * (p - t) ** 2 > Z * Z * t * (1 - t)

        more = answers_to_settle(share, threshold)
        if more is None:
            assert share.fraction == threshold or not settled(SETTLE_AT_MOST)
        else:
            assert settled(share.denominator + more)
            assert more == 0 or not settled(share.denominator + more - 1)

    @given(shares(largest=120), thresholds(), st.integers(0, 130))
    def test_in_a_small_group_it_is_the_smallest_number_too(self, share: Share, threshold: Fraction, left: int) -> None:
        """The score test with the finite population's variance, once a tenth of the group has answered."""
        group = share.denominator + left
        more = answers_to_settle(share, threshold, group)
        p, t = float(share.fraction), float(threshold)

        def settled(total: int) -> bool:
            known = group < SMALL_GROUP and total >= group / 10
            part = (group - total) / (group - 1) if known and group > 1 else 1.0
            return total * (p - t) ** 2 > Z * Z * t * (1 - t) * part

        sizes = range(share.denominator, group)
        first = next((total for total in sizes if settled(total)), None) if share.fraction != threshold else None
        assert more == (None if first is None else first - share.denominator) or share.denominator == group

    @given(shares(largest=200), thresholds(), st.integers(2, 20))
    def test_the_interval_agrees(self, share: Share, threshold: Fraction, times: int) -> None:
        """The same answers several times over: the interval leaves the threshold out once that number is passed."""
        more = answers_to_settle(share, threshold)
        repeated = wilson(Share(share.numerator * times, share.denominator * times))
        outside = threshold < repeated.low or threshold > repeated.high
        assert outside == (more is not None and share.denominator * times >= share.denominator + more)
