-- title: Units that differ from the sum of their parts
-- group: reconciliation
-- grade: look
-- structural: information
-- rank: 30
-- remedy: Find out which cases belong to no listed part, or are counted twice. A difference that
--   comes every month is usually work that no listed team holds.
--
-- Areas and services against the county, teams against their area, for activity and indicators, this
-- month and last. A contradiction that another check explains is not listed again. Parts that
-- exceed their whole come first: they are harder to explain than work that no team holds. The
-- weight is the difference divided by the chance variation of a count of that size, its square root.
SELECT unit, code,
       CASE place WHEN 'num' THEN '' ELSE 'denominator, ' END
       || CASE WHEN residual <> 0 THEN 'this month' ELSE 'last month' END AS reading,
       unit_name || of_cohort || ' reports '
       || CASE WHEN residual <> 0
               THEN plain(reported) || ', its ' || part_words || ' add up to ' || plain(parts)
                    || ', ' || plain(abs(residual)) || CASE WHEN residual > 0 THEN ' less' ELSE ' more' END
                    || CASE WHEN last_reported IS NULL THEN '.'
                            WHEN last_residual = 0
                            THEN '; in ' || month_words(getvariable('last_month')) || ' they agreed.'
                            ELSE '; in ' || month_words(getvariable('last_month')) || ' '
                                 || plain(last_reported) || ' against ' || plain(last_parts) || '.' END
               ELSE plain(last_reported) || ' for ' || month_words(getvariable('last_month')) || ', its '
                    || part_words || ' add up to ' || plain(last_parts) || '; this month they agree.'
          END AS says,
       lasting, estimated,
       CASE WHEN residual < 0 THEN 1000000 ELSE 0 END
       + CAST(abs(coalesce(nullif(residual, 0), last_residual)) AS DOUBLE)
         / sqrt(CAST(greatest(reported, last_reported, 1) AS DOUBLE)) AS weight
FROM residuals
WHERE (code, cohort, place) NOT IN (SELECT (code, cohort, place) FROM contradicted)
   OR unit NOT IN (SELECT unit FROM contradicted AS c
                   WHERE c.code = residuals.code AND c.cohort = residuals.cohort
                     AND c.place = residuals.place
                   UNION ALL
                   SELECT top_unit FROM contradicted AS c
                   WHERE c.code = residuals.code AND c.cohort = residuals.cohort
                     AND c.place = residuals.place)
QUALIFY row_number() OVER (PARTITION BY unit, code ORDER BY cohort <> 'all', cohort, place DESC) = 1
