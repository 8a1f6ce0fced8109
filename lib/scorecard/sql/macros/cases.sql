-- short_by(format, num, denom, threshold) → how much the numerator would have to grow for the result to be
-- exactly on the threshold, in parts of a case (parts_of_case); negative where it is above. Exact.
CREATE MACRO short_by(format, num, denom, threshold) AS
    ten_thousandths(threshold) * CASE WHEN format = 'count' THEN 10000 ELSE ten_thousandths(denom) END
    - ten_thousandths(num) * 10000 * factor_of(format);

-- parts_of_case(format) → the parts of a case that short_by is in: each of its two factors is in ten-thousandths.
CREATE MACRO parts_of_case(format) AS CAST(100000000 AS BIGINT) * factor_of(format);

-- whole_cases(format, short) → the fewest whole cases that fill what is `short` (short_by); 0 where nothing is
-- short, and for NULL, which `greatest` passes over.
CREATE MACRO whole_cases(format, short) AS greatest(0, (short + parts_of_case(format) - 1) // parts_of_case(format));

-- fewest_cases(way, format, num, denom, threshold, beyond) → as cases_to, also where there are not that many
-- cases. Its body names each argument once, since DuckDB plans an argument again at each place that names it.
CREATE MACRO fewest_cases(way, format, num, denom, threshold, beyond) AS
    whole_cases(format, way * short_by(format, num, denom, threshold) + CASE WHEN beyond THEN 1 ELSE 0 END);

-- cases_to(way, format, num, denom, threshold, beyond) → the least whole number of cases by which the
-- numerator of a percentage or a count would have to grow (way = 1) or shrink (way = -1), the denominator
-- being what it is, for the result to be on the threshold or past it; with beyond := true past it, since
-- exactly on it is not enough. 0 where it is there already; NULL where no number of cases would do,
-- for averages, and without a way, a result or a threshold.
CREATE MACRO cases_to(way, format, num, denom, threshold, beyond) AS
    CASE WHEN num IS NOT NULL AND way IS NOT NULL AND threshold IS NOT NULL
          AND counts_cases(format) AND (format = 'count' OR denom <> 0)
         THEN list_filter([fewest_cases(way, format, num, denom, threshold, beyond)],
                          lambda cases: CASE WHEN way = -1 THEN cases <= num
                                             ELSE format = 'count' OR cases <= denom - num END)[1] END;
