-- Where the catalogue says that an indicator or measure is added up, a unit without a result of its own has
-- the sum of the units right below it, and they of those below them: numerators and denominators, exactly,
-- of the units that there are in the month. A result of its own always comes first, also one of another cohort.
--
-- There is no sum where a part is missing. A unit is expected as a part if it, or a unit below it, has had a result
-- of the indicator in this month or an earlier one. A unit that never had one adds nothing, and neither does one that
-- is not applicable. Without a part that is withheld or not available the sum is unknown, and a finished result has
-- nothing that could be added.
--
-- Sums have versions from load to load, as results have: a load that changes a part is one of its sums.

-- most_doubtful(['estimate', 'published']) → the first by provenance.csv that has a footnote, else
-- the first; NULL of none.
CREATE TEMP MACRO most_doubtful(names) AS
    coalesce(list_filter((SELECT list(provenance ORDER BY footnote IS NULL) FROM provenances),
                         lambda known: list_contains(names, known))[1], names[1]);

-- The results of what is added up: those of the months touched, and of others those that are here.
CREATE TEMP TABLE parts AS
FROM (FROM versions UNION ALL BY NAME SELECT * EXCLUDE (shown_from, revised, row) FROM result_versions)
WHERE NOT added_up AND code IN (SELECT code FROM indicators AS i WHERE i.added_up);

-- The loads with which a sum of a month may change: one that changed a result of the month, brought a unit's first
-- result of an earlier month, or took one away. No sum rests on later months.
CREATE TEMP TABLE moments AS
WITH months AS (SELECT DISTINCT code, month FROM parts WHERE month >= (SELECT min(month) FROM touched)),
loads_of AS (
    SELECT code, month, first_load AS load FROM parts SEMI JOIN months USING (code, month)
    UNION
    SELECT code, month, last_load + 1 FROM parts SEMI JOIN months USING (code, month) WHERE last_load < end_of_loads()
    UNION
    SELECT m.code, m.month, min(p.first_load)
    FROM months AS m JOIN parts AS p ON p.code = m.code AND p.month < m.month
    GROUP BY m.code, m.month, p.unit
    UNION
    SELECT m.code, m.month, p.last_load + 1
    FROM months AS m
    JOIN parts AS p ON p.code = m.code AND p.month < m.month AND p.last_load < end_of_loads()
    ANTI JOIN parts AS n
        ON n.unit = p.unit AND n.code = p.code AND n.cohort = p.cohort AND n.month = p.month
        AND n.first_load = p.last_load + 1
)
SELECT code, month, load,
       coalesce(lead(load) OVER (PARTITION BY code, month ORDER BY load) - 1, end_of_loads()) AS last_load
FROM loads_of;

-- From each unit without a result of its own down to the first units that have one: `path` are the units
-- between the two.
CREATE TEMP TABLE descents AS
WITH RECURSIVE owned AS (
    SELECT DISTINCT v.unit, m.code, m.month, m.load
    FROM moments AS m
    JOIN parts AS v ON v.code = m.code AND v.month = m.month AND m.load BETWEEN v.first_load AND v.last_load
),
inside AS (
    SELECT u.unit, m.code, m.month, m.load, u.unit AS part, CAST([] AS VARCHAR[]) AS path, false AS owns
    FROM moments AS m
    JOIN unit_spells AS u ON m.month BETWEEN u.first_month AND u.last_month
    ANTI JOIN owned AS o ON o.unit = u.unit AND o.code = m.code AND o.month = m.month AND o.load = m.load
    UNION ALL
    SELECT i.unit, i.code, i.month, i.load, u.unit, list_append(i.path, u.unit), o.unit IS NOT NULL
    FROM inside AS i
    JOIN unit_spells AS u ON u.parent = i.part AND i.month BETWEEN u.first_month AND u.last_month
    LEFT JOIN owned AS o ON o.unit = u.unit AND o.code = i.code AND o.month = i.month AND o.load = i.load
    WHERE NOT i.owns
)
FROM inside WHERE path <> [];

INSERT INTO versions
WITH terms AS (FROM descents WHERE owns),
incomplete AS (
    SELECT DISTINCT d.unit, d.code, d.month, d.load
    FROM descents AS d
    SEMI JOIN parts AS v
        ON v.unit = d.part AND v.code = d.code AND v.month < d.month
        AND d.load BETWEEN v.first_load AND v.last_load
    ANTI JOIN terms AS t
        ON t.unit = d.unit AND t.code = d.code AND t.month = d.month AND t.load = d.load
        AND list_contains(t.path, d.part)
    WHERE NOT d.owns
),
counted AS (
    SELECT unit, code, month, load, count(*) AS parts FROM terms
    ANTI JOIN incomplete USING (unit, code, month, load)
    GROUP BY ALL
),
summed AS (
    SELECT t.unit, t.code, v.cohort, t.month, t.load AS first_load, m.last_load,
           sum(v.num) AS num, sum(v.denom) AS denom,
           list_sort(list(DISTINCT v.provenance) FILTER (v.provenance IS NOT NULL)) AS provenances
    FROM terms AS t
    JOIN counted AS c USING (unit, code, month, load)
    JOIN moments AS m USING (code, month, load)
    JOIN parts AS v
        ON v.unit = t.part AND v.code = t.code AND v.month = t.month AND t.load BETWEEN v.first_load AND v.last_load
    GROUP BY t.unit, t.code, v.cohort, t.month, t.load, m.last_load
    -- A part that has a result, but none of this cohort, makes the sum of the cohort incomplete.
    HAVING count(*) = any_value(c.parts) AND count(v.num) > 0
       AND count(v.num) + count(*) FILTER (v.status = 'not_applicable') = count(*)
),
-- A load that did not change a sum is not one of its loads.
begun AS (
    SELECT *, lag(last_load) OVER series IS DISTINCT FROM first_load - 1
              OR lag((num, denom, provenances)) OVER series IS DISTINCT FROM (num, denom, provenances) AS another
    FROM summed
    WINDOW series AS (PARTITION BY unit, code, cohort, month ORDER BY first_load)
),
numbered AS (
    SELECT *, count(*) FILTER (another) OVER (PARTITION BY unit, code, cohort, month ORDER BY first_load) AS number
    FROM begun
)
SELECT unit, code, cohort, month, any_value(num), any_value(denom), NULL, NULL, NULL,
       most_doubtful(any_value(provenances)), true, coalesce(any_value(provenances), []),
       min(first_load), max(last_load)
FROM numbered GROUP BY unit, code, cohort, month, number;

DROP TABLE moments;
DROP TABLE descents;
DROP TABLE parts;
